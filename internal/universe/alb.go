package universe

import (
	"slices"
	"strconv"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/validate"
)

// ALB returns a space to explore: a load balancer with a quota so low that three
// certificates reach it, and inputs that reach every condition of the operation. The
// medium one has a second listener, and more requests and events.
func ALB(size Size, version errcodes.Version) model.Space[alb.State, alb.Input, model.Output] {
	inputs := slices.Concat(refusedRequests(), smallRequests(), smallEvents())
	if size == Medium {
		inputs = slices.Concat(inputs, mediumRequests(), mediumEvents())
	}
	return model.Space[alb.State, alb.Input, model.Output]{
		Machine:    alb.Machine{Initial: albState(size), Version: version},
		Inputs:     slices.Concat(inputs, albReads()),
		Key:        alb.State.Key,
		Same:       func(from, to alb.State) bool { return from == to },
		Outcome:    outcomeOf(errcodes.AssociateAdditionalCertificatesWithListener),
		Invariants: alb.Invariants(),
	}
}

// outcomeOf returns the name of the condition that decided, "Ignored" or "Success". The name
// of a missing parameter follows, and that of another operation than the given one comes
// first, because operations share names of conditions; with 0 that is every operation.
func outcomeOf(op errcodes.Operation) func(model.Output) string {
	return func(o model.Output) string {
		name := o.Outcome()
		if o.Error.Condition == errcodes.CondParameterMissing {
			name += " " + o.Error.Parameter
		}
		if other := o.Error.Operation; other != 0 && other != op {
			return other.ID() + ": " + name
		}
		return name
	}
}

// Listener is the main listener of the universes.
const Listener = "lsn-1"

const notServerID = "client-cn-hangzhou"

func albState(size Size) alb.State {
	b := alb.Scenario{}.Certificates(3).NotServer(notServerID).LoadBalancer("alb-1", alb.Standard).Quota(1).Listener("lsn-http", alb.HTTP)
	if size == Medium {
		b = b.Listener("lsn-2", alb.QUIC).Default(cas.IDOf(1)).Provisioning()
	}
	return b.Listener(Listener, alb.HTTPS).Default(cas.IDOf(1)).State()
}

type albRequest = validate.ALBRequest

func associate(requestID string, req *albRequest) alb.Input { return alb.Change(requestID, req) }

func dissociate(requestID string, req *albRequest) alb.Input {
	req.Op = errcodes.DissociateAdditionalCertificatesFromListener
	return alb.Change(requestID, req)
}

func spaceIDs(numbers ...int) (ids []string) {
	for _, n := range numbers {
		ids = append(ids, cas.IDOf(n))
	}
	return ids
}

// refusedRequests reach each condition of the request alone.
func refusedRequests() (inputs []alb.Input) {
	many := make([]string, validate.MaxCertificates+1)
	for i := range many {
		many[i] = cas.IDOf(i + 1)
	}
	for i, req := range flawed(Listener, many) {
		inputs = append(inputs, associate("refused-"+strconv.Itoa(i+1), &req))
	}
	return inputs
}

func smallRequests() []alb.Input {
	return []alb.Input{
		associate("a1", &albRequest{ListenerID: Listener, CertificateIDs: spaceIDs(2), ClientToken: "token"}),
		associate("a2", &albRequest{ListenerID: Listener, CertificateIDs: spaceIDs(3), ClientToken: "token"}),
		associate("a3", &albRequest{ListenerID: Listener, CertificateIDs: spaceIDs(2, 3)}),
		associate("a4", &albRequest{ListenerID: Listener, CertificateIDs: spaceIDs(2), DryRun: true}),
		associate("a5", &albRequest{ListenerID: Listener, CertificateIDs: append(spaceIDs(2), "9-cn-hangzhou")}),
		associate("a6", &albRequest{ListenerID: Listener, CertificateIDs: []string{notServerID}}),
		associate("a7", &albRequest{ListenerID: Listener, CertificateIDs: spaceIDs(1)}),
		associate("a8", &albRequest{ListenerID: "lsn-9", CertificateIDs: spaceIDs(2)}),
		associate("a9", &albRequest{ListenerID: "lsn-http", CertificateIDs: spaceIDs(2)}),
		dissociate("d1", &albRequest{ListenerID: Listener, CertificateIDs: spaceIDs(2)}),
	}
}

func smallEvents() []alb.Input {
	inputs := jobEnds("a1", "a2", "a3", "d1")
	for _, event := range []model.Action{
		alb.ListenerStopped{ID: Listener},
		alb.ListenerStarted{ID: Listener},
		alb.DefaultCertificateRemoved{Listener: Listener},
		alb.DefaultCertificateSet{Listener: Listener, Certificate: cas.IDOf(1)},
		alb.PermissionChanged{LoadBalancer: "alb-1"},
		alb.PermissionChanged{LoadBalancer: "alb-1", Allowed: true},
		alb.QuotaRaised{LoadBalancer: "alb-1", Quota: 2},
		cas.CertificateRemoved{Name: "certificate " + cas.IDOf(3)},
	} {
		inputs = append(inputs, alb.Input{Action: event})
	}
	return inputs
}

// jobEnds ends the jobs of requests, both with success and with failure.
func jobEnds(requestIDs ...string) (inputs []alb.Input) {
	for _, id := range requestIDs {
		inputs = append(inputs, alb.Input{Action: alb.JobFinished{Job: "job-" + id}}, alb.Input{Action: alb.JobFailed{Job: "job-" + id}})
	}
	return inputs
}

func mediumRequests() []alb.Input {
	return []alb.Input{
		associate("b1", &albRequest{ListenerID: "lsn-2", CertificateIDs: spaceIDs(2)}),
		dissociate("d2", &albRequest{ListenerID: Listener, CertificateIDs: spaceIDs(1)}),
		dissociate("d3", &albRequest{ListenerID: Listener, CertificateIDs: spaceIDs(2), DryRun: true}),
		dissociate("d4", &albRequest{ListenerID: Listener, CertificateIDs: spaceIDs(2, 2)}),
		{Action: alb.UpdateListenerAttribute{RequestID: "u1", ListenerID: Listener, CertificateID: cas.IDOf(2)}},
		{Action: alb.UpdateListenerAttribute{RequestID: "u2", ListenerID: Listener, CertificateID: notServerID}},
	}
}

// mediumEvents end no job of the second listener, restore no removed listener and
// forget no token, because the number of jobs would grow without limit.
func mediumEvents() []alb.Input {
	inputs := jobEnds("u1")
	for _, event := range []model.Action{
		alb.ListenerProvisioned{ID: "lsn-2"},
		alb.ListenerRemoved{ID: "lsn-2"},
	} {
		inputs = append(inputs, alb.Input{Action: event})
	}
	return inputs
}

func albReads() []alb.Input {
	return []alb.Input{
		{Action: alb.ListListenerCertificates{RequestID: "q1", ListenerID: Listener}},
		{Action: alb.GetListenerAttribute{RequestID: "q2", ListenerID: Listener}},
		{Action: alb.ListListeners{RequestID: "q3"}},
		{Action: alb.GetLoadBalancerAttribute{RequestID: "q4", LoadBalancerID: "alb-1"}},
		{Action: alb.ListAsynJobs{RequestID: "q5"}},
	}
}
