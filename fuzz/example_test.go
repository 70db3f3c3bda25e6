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
	"github.com/alicert/alicert/model/cdn"
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
	// after 3 inputs (cut down from 107)
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
