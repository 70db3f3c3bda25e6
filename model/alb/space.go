package alb

import (
	"slices"
	"strconv"
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/validate"
)

// Size says how much is in a space to explore.
type Size string

// The sizes. Both spaces are finite: exploring the small one takes a fraction of a
// second, the medium one some ten seconds.
const (
	Small  Size = "small"
	Medium Size = "medium"
)

// Space returns a space to explore: a load balancer with a quota so low that
// three certificates reach it, and inputs that earn every condition of the
// operation. The medium one has a second listener, and more requests and events.
func Space(size Size, later bool) model.Space[State, Input, model.Output] {
	inputs := slices.Concat(refusedRequests(), smallRequests(), smallEvents())
	if size == Medium {
		inputs = slices.Concat(inputs, mediumRequests(), mediumEvents())
	}
	return model.Space[State, Input, model.Output]{
		Machine:    Machine{Initial: spaceState(size), Later: later},
		Inputs:     slices.Concat(inputs, spaceReads()),
		Key:        Key,
		Same:       func(from, to State) bool { return from == to },
		Outcome:    outcome,
		Invariants: Invariants(),
	}
}

// outcome names what decided: a condition of the operation itself, one of
// another operation under that one's name, "Ignored" or "Success".
func outcome(o model.Output) string {
	if op := o.Error.Operation; op != 0 && op != errcodes.AssociateAdditionalCertificatesWithListener {
		return op.String() + ": " + o.Outcome()
	}
	return o.Outcome()
}

const (
	spaceListener = "lsn-1"
	notServerID   = "client-cn-hangzhou"
)

func spaceState(size Size) State {
	b := NewScenario().Certificates(3).NotServer(notServerID).LoadBalancer("alb-1", Standard).Quota(1).Listener("lsn-http", HTTP)
	if size == Medium {
		b = b.Listener("lsn-2", QUIC).Default(CertificateID(1)).Provisioning()
	}
	return b.Listener(spaceListener, HTTPS).Default(CertificateID(1)).State()
}

type albRequest = validate.ALBRequest

func spaceIDs(numbers ...int) (ids []string) {
	for _, n := range numbers {
		ids = append(ids, CertificateID(n))
	}
	return ids
}

// refusedRequests earn each condition that a request shows by itself.
func refusedRequests() []Input {
	long := strings.Repeat("t", validate.MaxClientToken+1)
	many := make([]string, validate.MaxCertificates+1)
	for i := range many {
		many[i] = CertificateID(i + 1)
	}
	var inputs []Input
	for i, req := range []albRequest{
		{CertificateIDs: spaceIDs(2)},
		{ListenerID: spaceListener},
		{ListenerID: spaceListener, CertificateIDs: many},
		{ListenerID: spaceListener, CertificateIDs: []string{""}},
		{ListenerID: spaceListener, CertificateIDs: []string{"2 cn-hangzhou"}},
		{ListenerID: spaceListener, CertificateIDs: spaceIDs(2), ClientToken: long},
		{ListenerID: spaceListener, CertificateIDs: spaceIDs(2), ClientToken: "é"},
		{ListenerID: spaceListener, CertificateIDs: spaceIDs(2), Malformed: validate.Malformed{DryRun: "yes"}},
		{ListenerID: spaceListener, CertificateIDs: spaceIDs(2, 2)},
	} {
		inputs = append(inputs, Associate("refused-"+strconv.Itoa(i+1), &req))
	}
	return inputs
}

func smallRequests() []Input {
	return []Input{
		Associate("a1", &albRequest{ListenerID: spaceListener, CertificateIDs: spaceIDs(2), ClientToken: "token"}),
		Associate("a2", &albRequest{ListenerID: spaceListener, CertificateIDs: spaceIDs(3), ClientToken: "token"}),
		Associate("a3", &albRequest{ListenerID: spaceListener, CertificateIDs: spaceIDs(2, 3)}),
		Associate("a4", &albRequest{ListenerID: spaceListener, CertificateIDs: spaceIDs(2), DryRun: true}),
		Associate("a5", &albRequest{ListenerID: spaceListener, CertificateIDs: append(spaceIDs(2), "9-cn-hangzhou")}),
		Associate("a6", &albRequest{ListenerID: spaceListener, CertificateIDs: []string{notServerID}}),
		Associate("a7", &albRequest{ListenerID: spaceListener, CertificateIDs: spaceIDs(1)}),
		Associate("a8", &albRequest{ListenerID: "lsn-9", CertificateIDs: spaceIDs(2)}),
		Associate("a9", &albRequest{ListenerID: "lsn-http", CertificateIDs: spaceIDs(2)}),
		Dissociate("d1", &albRequest{ListenerID: spaceListener, CertificateIDs: spaceIDs(2)}),
	}
}

func smallEvents() []Input {
	inputs := jobEnds("a1", "a2", "a3", "d1")
	for _, event := range []Action{
		ListenerStopped{spaceListener},
		ListenerStarted{spaceListener},
		DefaultCertificateRemoved{spaceListener},
		DefaultCertificateSet{spaceListener, CertificateID(1)},
		PermissionChanged{"alb-1", false},
		PermissionChanged{"alb-1", true},
		QuotaRaised{"alb-1", 2},
		CertificateRemoved{CertificateID(3)},
	} {
		inputs = append(inputs, Input{event})
	}
	return inputs
}

// jobEnds ends the jobs of requests, either way.
func jobEnds(requestIDs ...string) (inputs []Input) {
	for _, id := range requestIDs {
		inputs = append(inputs, Input{JobFinished{"job-" + id}}, Input{JobFailed{"job-" + id}})
	}
	return inputs
}

func mediumRequests() []Input {
	return []Input{
		Associate("b1", &albRequest{ListenerID: "lsn-2", CertificateIDs: spaceIDs(2)}),
		Dissociate("d2", &albRequest{ListenerID: spaceListener, CertificateIDs: spaceIDs(1)}),
		Dissociate("d3", &albRequest{ListenerID: spaceListener, CertificateIDs: spaceIDs(2), DryRun: true}),
		Dissociate("d4", &albRequest{ListenerID: spaceListener, CertificateIDs: spaceIDs(2, 2)}),
		{UpdateListenerAttribute{"u1", spaceListener, CertificateID(2)}},
		{UpdateListenerAttribute{"u2", spaceListener, notServerID}},
	}
}

// mediumEvents end no job of the second listener, add no listener that was removed
// and forget no token: there would be more and more jobs to remember.
func mediumEvents() []Input {
	inputs := jobEnds("u1")
	for _, event := range []Action{
		ListenerProvisioned{"lsn-2"},
		ListenerRemoved{"lsn-2"},
	} {
		inputs = append(inputs, Input{event})
	}
	return inputs
}

func spaceReads() []Input {
	return []Input{
		{ListListenerCertificates{RequestID: "q1", ListenerID: spaceListener}},
		{GetListenerAttribute{RequestID: "q2", ListenerID: spaceListener}},
		{ListListeners{RequestID: "q3"}},
		{GetLoadBalancerAttribute{RequestID: "q4", LoadBalancerID: "alb-1"}},
		{ListAsynJobs{RequestID: "q5"}},
	}
}
