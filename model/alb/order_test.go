package alb_test

import (
	"testing"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model/alb"
)

// A situation is a state and a request in which any of several conditions hold.
type situation struct {
	state   alb.State
	request request
}

// A making makes one condition hold in a situation that it would otherwise be
// checked in, and leaves the others as they are.
type making struct {
	cond errcodes.Condition
	make func(*situation)
}

// makings are the state conditions, in the order of checking. Those on a single
// certificate are checked for each in turn, so they are not in one order.
func makings() []making {
	listener := func(change func(*alb.Listener)) func(*situation) {
		return func(s *situation) {
			l, _ := s.state.Listeners.Get("lsn-1")
			change(&l)
			s.state.Listeners = s.state.Listeners.Set("lsn-1", l)
		}
	}
	certificate := func(id string) func(*situation) {
		return func(s *situation) { s.request.CertificateIDs = append(s.request.CertificateIDs, id) }
	}
	return []making{
		{errcodes.CondCertificateRepeated, func(s *situation) {
			s.request.CertificateIDs = append([]string{c(2)}, s.request.CertificateIDs...)
		}},
		{errcodes.CondListenerNotFound, func(s *situation) { s.request.ListenerID = "lsn-9" }},
		{errcodes.CondLoadBalancerForbidden, func(s *situation) {
			lb, _ := s.state.LoadBalancers.Get("alb-1")
			lb.Forbidden = true
			s.state.LoadBalancers = s.state.LoadBalancers.Set("alb-1", lb)
		}},
		{errcodes.CondListenerProtocolUnsupported, listener(func(l *alb.Listener) { l.Protocol = alb.HTTP })},
		{errcodes.CondTokenReused, func(s *situation) { s.request.ClientToken = "used" }},
		{errcodes.CondListenerConfiguring, listener(func(l *alb.Listener) { l.Status = alb.Configuring })},
		{errcodes.CondListenerNotRunning, listener(func(l *alb.Listener) {
			if l.Status == alb.Running {
				l.Status = alb.Stopped
			}
		})},
		{errcodes.CondDefaultCertificateMissing, listener(func(l *alb.Listener) { l.Default = "" })},
		{errcodes.CondCertificateNotFound, certificate("unknown-cn-x")},
		{errcodes.CondQuotaExceeded, func(s *situation) {
			lb, _ := s.state.LoadBalancers.Get("alb-1")
			lb.Quota = 1
			s.state.LoadBalancers = s.state.LoadBalancers.Set("alb-1", lb)
		}},
		{errcodes.CondDryRun, func(s *situation) { s.request.DryRun = true }},
	}
}

// start is a situation in which no condition holds: lsn-1 has an additional
// certificate, and the token "used" was used up by it.
func start(t *testing.T) situation {
	t.Helper()
	s, _ := must(t, shop().State(), withToken("r0", "used", c(3)), event(alb.JobFinished{Job: "job-r0"}))
	return situation{s, request{ListenerID: "lsn-1", CertificateIDs: ids(2)}}
}

// Of two conditions that both hold, the one that is checked first decides.
func TestOrderOfJudging(t *testing.T) {
	all := makings()
	for i, first := range all {
		alone := start(t)
		first.make(&alone)
		checkedAs(t, alone, first.cond, "alone")
		for _, second := range all[i+1:] {
			both := start(t)
			second.make(&both)
			first.make(&both)
			checkedAs(t, both, first.cond, "with "+second.cond.String())
		}
		catalog := errcodes.AssociateAdditionalCertificatesWithListener.Table()
		if i > 0 && catalog.Rank(all[i-1].cond) >= catalog.Rank(first.cond) {
			t.Errorf("the catalog has %v behind %v", all[i-1].cond, first.cond)
		}
	}
	if _, output := step(start(t).state, associate("r", c(2))); !output.OK() {
		t.Errorf("without any condition: %+v", output)
	}
}

func checkedAs(t *testing.T, s situation, want errcodes.Condition, how string) {
	t.Helper()
	req := s.request
	if got := refused(t, s.state, alb.Change("r", &req), want); got.Error.Condition != want {
		t.Errorf("%v %s: %v", want, how, got.Error.Condition)
	}
}

// Certificates are checked one after the other: the first one that fails decides,
// whatever is wrong with it, and nothing is associated.
func TestFirstCertificateThatFailsDecides(t *testing.T) {
	s := shop().NotServer("client-cn-x").Associated(c(3)).State()
	bad := []struct {
		id   string
		cond errcodes.Condition
	}{
		{"unknown-cn-x", errcodes.CondCertificateNotFound},
		{"client-cn-x", errcodes.CondCertificateNotServer},
		{c(1), errcodes.CondCertificateIsDefault},
		{c(3), errcodes.CondCertificateAssociated},
	}
	for _, first := range bad {
		for _, second := range bad {
			if first == second {
				continue
			}
			refused(t, s, associate("r", c(2), first.id, c(4), second.id), first.cond)
		}
		refused(t, s, associate("r", c(2), c(4), first.id), first.cond)
	}
}

// A certificate that is not a server certificate is that before it is anything
// else.
func TestOneCertificateSeveralConditions(t *testing.T) {
	s := shop().NotServer("client-cn-x").Default("client-cn-x").State()
	refused(t, s, associate("r", "client-cn-x"), errcodes.CondCertificateNotServer)
}

// Whatever the status of the association, the certificate is taken.
func TestAssociatedInAnyStatus(t *testing.T) {
	for _, b := range []alb.Scenario{shop().Associated(c(2)), shop().Associating("a", c(2)), shop().Associated(c(2)).Dissociating("d", c(2))} {
		s := b.State()
		l := listener(t, s, "lsn-1")
		l.Status, l.Job = alb.Running, ""
		s.Listeners = s.Listeners.Set("lsn-1", l)
		refused(t, s, associate("r", c(2)), errcodes.CondCertificateAssociated)
	}
}
