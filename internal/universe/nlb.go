package universe

import (
	"iter"
	"slices"
	"strconv"
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/validate"
)

// OfProduct yields the operations of a product.
func OfProduct(product string) iter.Seq[errcodes.Operation] {
	return func(yield func(errcodes.Operation) bool) {
		for op := range errcodes.Operations() {
			if op.Product() == product && !yield(op) {
				return
			}
		}
	}
}

// NLB returns a space to explore: a load balancer of NLB, one of ALB beside it, and inputs
// that reach every condition of every operation of NLB. The outcomes have the names of the
// conditions, with the operation before them if it is not the given one, and with the
// parameter after one that has several rows.
func NLB(op errcodes.Operation) model.Space[alb.State, alb.Input, model.Output] {
	inputs := nlbReads()
	for changing := range OfProduct(alb.NLB) {
		if req, err := validate.Parse(changing, nil); err == nil {
			if _, changes := req.(*albRequest); changes {
				inputs = append(inputs, changesOf(changing)...)
			}
		}
	}
	for _, event := range []model.Action{
		alb.ListenerStopped{ID: Network},
		alb.ListenerStarted{ID: Network},
		alb.PermissionChanged{LoadBalancer: "nlb-1"},
		alb.PermissionChanged{LoadBalancer: "nlb-1", Allowed: true},
		alb.DefaultCertificateSet{Listener: Network, Certificate: cas.IDOf(1)},
		alb.QuotaRaised{LoadBalancer: "nlb-1", Quota: 300},
	} {
		inputs = append(inputs, alb.Input{Action: event})
	}
	return spaceOf(op, nlbState(), inputs)
}

// spaceOf returns the space of an operation. The outcomes have the names of the conditions,
// with the operation before them if it is not the given one, and with the parameter after
// one that has several rows.
func spaceOf(op errcodes.Operation, initial alb.State, inputs []alb.Input) model.Space[alb.State, alb.Input, model.Output] {
	return model.Space[alb.State, alb.Input, model.Output]{
		Machine:    alb.Machine{Initial: initial},
		Inputs:     inputs,
		Key:        alb.State.Key,
		Same:       func(from, to alb.State) bool { return from == to },
		Outcome:    outcomeOf(op),
		Invariants: alb.Invariants(),
	}
}

// Network is the listener of the universes of NLB.
const Network = "lsn-1@443"

func nlbState() alb.State {
	return alb.Scenario{}.Certificates(3).NotServer(notServerID).
		LoadBalancer("alb-1", alb.Standard).Listener(Listener, alb.HTTPS).Default(cas.IDOf(1)).
		NetworkLoadBalancer("nlb-1").Listener("lsn-1@80", alb.TCP).Listener(Network, alb.TCPSSL).Default(cas.IDOf(1)).State()
}

// changesOf returns requests of an operation that changes the certificates of a listener,
// and the ends of their jobs. Their RequestIds begin with the operation's number.
func changesOf(op errcodes.Operation) (inputs []alb.Input) {
	prefix := "r" + strconv.Itoa(int(op)) + "-"
	for i, req := range slices.Concat(flawed(Network, append(spaceIDs(1, 2, 3), slices.Repeat([]string{"x"}, validate.MaxCertificates)...)), []albRequest{
		{ListenerID: "lsn-9@443", CertificateIDs: spaceIDs(2)},
		{ListenerID: Listener, CertificateIDs: spaceIDs(2)}, // of ALB
		{ListenerID: "lsn-1@80", CertificateIDs: spaceIDs(2)},
		{ListenerID: Network, CertificateIDs: spaceIDs(2), DryRun: true},
		{ListenerID: Network, CertificateIDs: []string{"9-cn-hangzhou"}},
		{ListenerID: Network, CertificateIDs: []string{notServerID}},
		{ListenerID: Network, CertificateIDs: spaceIDs(1), DryRun: true},
		{ListenerID: Network, CertificateIDs: spaceIDs(2), ClientToken: "token"},
		{ListenerID: Network, CertificateIDs: spaceIDs(3), ClientToken: "token"},
	}) {
		id := prefix + strconv.Itoa(i+1)
		req.Op = op
		inputs = append(inputs, alb.Change(id, &req))
		if req.ClientToken == "token" {
			inputs = append(inputs, jobEnds(id)...)
		}
	}
	return inputs
}

// flawed has a request for each condition of the request alone. many are more ids than any
// operation takes.
func flawed(listener string, many []string) []albRequest {
	ids, long := spaceIDs(2), strings.Repeat("t", validate.MaxClientToken+1)
	return []albRequest{
		{CertificateIDs: ids},
		{ListenerID: listener},
		{ListenerID: listener, Malformed: validate.Malformed{Certificates: "[]"}},
		{ListenerID: listener, CertificateIDs: many},
		{ListenerID: listener, CertificateIDs: []string{""}},
		{ListenerID: listener, CertificateIDs: []string{"2 cn-hangzhou"}},
		{ListenerID: listener, CertificateIDs: ids, ClientToken: long},
		{ListenerID: listener, CertificateIDs: ids, ClientToken: "é"},
		{ListenerID: listener, CertificateIDs: ids, Malformed: validate.Malformed{DryRun: "yes"}},
		{ListenerID: listener, CertificateIDs: spaceIDs(2, 2)},
	}
}

func nlbReads() []alb.Input {
	var inputs []alb.Input
	for _, action := range []model.Action{
		alb.ListListenerCertificates{Product: alb.NLB, RequestID: "q1", ListenerID: Network},
		alb.ListListenerCertificates{Product: alb.NLB, RequestID: "q2", ListenerID: "lsn-9@443"},
		alb.ListListenerCertificates{Product: alb.NLB, RequestID: "q3", ListenerID: "lsn-1@80"},
		alb.ListListenerCertificates{Product: alb.NLB, RequestID: "q4"},
		alb.GetListenerAttribute{Product: alb.NLB, RequestID: "q5", ListenerID: Network},
		alb.ListListeners{Product: alb.NLB, RequestID: "q6", Protocol: alb.TCPSSL},
		alb.GetLoadBalancerAttribute{Product: alb.NLB, RequestID: "q7", LoadBalancerID: "nlb-1"},
		alb.GetLoadBalancerAttribute{Product: alb.NLB, RequestID: "q8", LoadBalancerID: "alb-1"},
		alb.GetLoadBalancerAttribute{Product: alb.NLB, RequestID: "q9"},
		alb.GetJobStatus{RequestID: "q10", JobID: "job-1"},
		alb.GetJobStatus{RequestID: "q11"},
	} {
		inputs = append(inputs, alb.Input{Action: action})
	}
	return inputs
}
