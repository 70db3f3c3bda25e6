package fuzz_test

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/fuzz"
	"github.com/alicert/alicert/fuzz/inputs"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/validate"
)

// failures stands in for the *testing.T of a test.
type failures struct{}

func (failures) Helper()                    {}
func (failures) Logf(f string, args ...any) { fmt.Printf(f+"\n", args...) }
func (failures) Fatalf(f string, args ...any) {
	fmt.Printf(f+"\n", args...)
}

// A machine of three states and a system, both the user's own. The system does not
// conform: the shortest sequence that shows it is printed as a test.
func ExampleConform() {
	var t failures
	fuzz.Conform(t, turnstileMachine, openGate, fuzz.Options[turnstile, move, reply]{
		Generator: turnstileInputs,
		Program:   fuzz.Program{Machine: "turnstileMachine"}, // what model.Func returns has no source
	})
	// Output:
	// after 3 inputs (cut down from 61)
	//      1 move{Name: "coin"} → {Text:thank you Coin:1}
	//      2 move{Name: "repair"} → {Text:locked Coin:0}
	//      3 move{Name: "push"}
	// the system answers   {Text:pass Coin:0}
	// the machine answers  {Text:no Coin:0}
	// they differ in       Text: the system has "pass", the machine "no"
	//
	// package fuzz_test
	//
	// import (
	// 	"testing"
	//
	// 	"github.com/alicert/alicert/fuzz"
	// )
	//
	// func TestFailure(t *testing.T) {
	// 	fuzz.Replay(t, turnstileMachine, openGate, fuzz.Options[turnstile, move, reply]{},
	// 		move{Name: "coin"},
	// 		move{Name: "repair"},
	// 		move{Name: "push"},
	// 	)
	// }
}

// A stub of one operation of many. It begins with what the operation needs, so the
// machine does, too, and Only keeps the inputs that the stub knows: the request, the same
// request again, and the two ends of its job. This stub takes the quota for one more.
func ExampleOptions_Only() {
	var t failures
	machine := fuzz.MachineOf(alb.Machine{Initial: oneListener}, inputs.Input.ALB)
	options := inputs.ALB().Only("associate", "again", "job finished", "job failed")
	options.Program.Machine = "stubMachine" // or the initial state is printed, too
	fuzz.Conform(t, machine, openOffByOne, options)
	// Output:
	// after 3 inputs (cut down from 12)
	//      1 inputs.Input{Action: inputs.Change{RequestID: "r8", ListenerID: "lsn-1", CertificateIDs: []string{"3-cn-hangzhou", "4-cn-hangzhou"}}} → Success
	//      2 inputs.Input{Action: alb.JobFinished{Job: "job-r8"}} → Success
	//      3 inputs.Input{Action: inputs.Change{ListenerID: "lsn-1", CertificateIDs: []string{"5-cn-hangzhou", "6-cn-hangzhou", "7-cn-hangzhou"}}}
	// the system answers   Success
	// the machine answers  ResourceQuotaExceeded.LoadBalancerCertificatesNum because of QuotaExceeded on load balancer alb-1 (documented)
	// they differ in       JobID: the system has "job-", the machine ""
	// they differ in       Error.Code: the system has "", the machine "ResourceQuotaExceeded.LoadBalancerCertificatesNum"
	// they differ in       Error.Status: the system has 0, the machine 400
	// they differ in       Error.Message: the system has "", the machine "The quota of alb_quota_loadbalancer_certificates_num_basic_edition is exceeded for resource alb-1, usage 2/4."
	//
	// package fuzz_test
	//
	// import (
	// 	"testing"
	//
	// 	"github.com/alicert/alicert/fuzz"
	// 	"github.com/alicert/alicert/fuzz/inputs"
	// 	"github.com/alicert/alicert/model/alb"
	// )
	//
	// func TestFailure(t *testing.T) {
	// 	fuzz.Replay(t, stubMachine, openOffByOne, inputs.ALB(),
	// 		inputs.Input{Action: inputs.Change{RequestID: "r8", ListenerID: "lsn-1", CertificateIDs: []string{"3-cn-hangzhou", "4-cn-hangzhou"}}},
	// 		inputs.Input{Action: alb.JobFinished{Job: "job-r8"}},
	// 		inputs.Input{Action: inputs.Change{ListenerID: "lsn-1", CertificateIDs: []string{"5-cn-hangzhou", "6-cn-hangzhou", "7-cn-hangzhou"}}},
	// 	)
	// }
}

func openOffByOne() model.System[inputs.Input, model.Output] {
	return &stub{tokens: map[string][]string{}, offByOne: true}
}

// order is an input of somebody's own model of a listener: a certificate to add, or the end
// of the change of that number. Its outputs are codes, "" for success.
type order struct {
	Number      int
	Certificate int // 0: the change ends
}

// ownListener is the own model. It forgets that the default certificate, of number 8, is
// no additional one.
type ownListener struct {
	has  [10]bool
	busy int // the number of the change
}

func (l ownListener) step(in order) (ownListener, string) {
	switch c := in.Certificate; {
	case c == 0 && in.Number == l.busy:
		l.busy = 0
		return l, ""
	case c == 0:
		return l, ""
	case l.busy != 0:
		return l, "IncorrectStatus.Listener"
	case c > 8:
		return l, "ResourceNotFound.Certificate"
	case l.has[c]:
		return l, "ResourceAlreadyAssociated.Certificate"
	default:
		l.has[c], l.busy = true, in.Number
		return l, ""
	}
}

// orders makes the inputs. A number is given once, as a RequestId is.
var orders = fuzz.Grammar[*int, order, string]{
	New: func() *int { return new(int) },
	Commands: []fuzz.Command[*int, order]{
		{Name: "add", Make: func(s *fuzz.Source, n *int) order { *n++; return order{*n, 1 + s.Intn(9)} }},
		{Name: "end", Make: func(_ *fuzz.Source, n *int) order { return order{*n, 0} }},
	},
}

// An own model with its own inputs and outputs, held against the one of this library.
// AdaptMachine makes ours speak them. The own model is the system.
func ExampleAdaptMachine() {
	ours := fuzz.AdaptMachine(alb.Machine{Initial: oneListener}, func(in order) alb.Input {
		id := fmt.Sprintf("r%d", in.Number)
		if in.Certificate == 0 {
			return alb.Input{Action: alb.JobFinished{Job: "job-" + id}}
		}
		return alb.Change(id, &validate.ALBRequest{ListenerID: "lsn-1", CertificateIDs: []string{cas.IDOf(in.Certificate)}})
	}, func(out model.Output) string { return string(out.Error.Code) })
	openOwn := func() model.System[order, string] {
		return model.NewSystem(model.Func(ownListener{}, ownListener.step))
	}
	for data := range fuzz.Bytes(0, 100, 200) {
		err := fuzz.Find(context.Background(), ours, openOwn, fuzz.Options[alb.State, order, string]{Generator: orders}, data)
		if err != nil {
			fmt.Println(err)
			return
		}
	}
	// Output:
	// after 1 inputs (cut down from 6)
	//      1 order{Certificate: 8}
	// the system answers   ""
	// the machine answers  OperationDenied.DefaultCertificateUsed
	// they differ in       the whole: the system has "", the machine "OperationDenied.DefaultCertificateUsed"
}

// Any byte string is a sequence of inputs.
func ExampleInputs() {
	for in := range fuzz.Inputs(turnstileMachine, turnstileInputs, []byte("\x00any")) {
		fmt.Println(in.Name)
	}
	// Output:
	// push
	// coin
	// push
}

// Two clients use a gate. One breaks it while it is open, the other repairs it and
// passes without a coin. No order of their operations explains that, so the failure
// leaves out the later operations.
func ExampleLinearizable() {
	recorder := fuzz.NewRecorder(openGate())
	first, second := recorder.Client(), recorder.Client()
	ctx := context.Background()
	for _, in := range []move{{"push"}, {"coin"}, {"kick"}} {
		_, _ = first.Do(ctx, in)
	}
	for _, in := range []move{{"repair"}, {"push"}, {"coin"}} {
		_, _ = second.Do(ctx, in)
	}

	var t failures
	fuzz.Linearizable(t, turnstileMachine, recorder.History(), fuzz.Options[turnstile, move, reply]{
		// A refused push changes nothing, so the failure can leave it out.
		Idle: func(_ move, out reply) bool { return out.Text == "no" },
	})
	// Output:
	// not linearizable: 4 operations of 6 have no explanation
	// 3-4 client 0: move{Name: "coin"}: {Text:thank you Coin:1}
	// 5-6 client 0: move{Name: "kick"}: {Text:out of order Coin:0}
	// 7-8 client 1: move{Name: "repair"}: {Text:locked Coin:0}
	// 9-10 client 1: move{Name: "push"}: {Text:pass Coin:0}
	// CheckHistory returns a picture of it
}

// Require fails a test whose runs did not reach the documented codes.
func ExampleCoverage_Require() {
	var t failures
	coverage := &fuzz.Coverage{}
	machine := fuzz.MachineOf(cdn.Machine{}, inputs.Input.CDN)
	options := inputs.CDN()
	options.Coverage, options.Sequences, options.Seed = coverage, 1, 3
	options.Unreached = nil // or Conform logs what Require is asked about below
	fuzz.Conform(t, machine, func() model.System[inputs.Input, model.Output] { return model.NewSystem(machine) }, options)

	missing := coverage.Missing(inputs.Documented(errcodes.SetDomainServerCertificate.Table())...)
	fmt.Println("some codes are missing:", len(missing) > 0)
	i := slices.IndexFunc(missing, func(p fuzz.Point) bool {
		return p.Dimension == "code" && strings.Contains(p.Name, "Certificate.SettedNotEffect") // it needs a protected domain
	})
	coverage.Require(t, missing[i])
	// Output:
	// some codes are missing: true
	// 1 of 1 were never touched:
	// code       SetDomainServerCertificate Certificate.SettedNotEffect: Certificate was successfully setted but does't take effect for protecting current service, please contact customer service.
}
