package account_test

import (
	"slices"
	"testing"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model/account"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/validate"
)

// TestToolsOnNLB: a certificate that is uploaded once becomes the default one of a
// listener of NLB, as certimate and dnsmgr do it, and an additional one of another, as
// Terraform does it; it cannot be removed until Terraform has detached it and the default
// one is another.
func TestToolsOnNLB(t *testing.T) {
	const first, second = "lsn-1@443", "lsn-2@443"
	change := func(requestID string, op errcodes.Operation, listener, id string) account.Input {
		return input(alb.Change(requestID, &validate.ALBRequest{Op: op, ListenerID: listener, CertificateIDs: []string{id}, ClientToken: "token-" + requestID}).Action)
	}
	s, _ := accepted(t, account.State{}, shop()...)
	s, _ = accepted(t, s, input(alb.LoadBalancerAdded{ID: "nlb-1", LoadBalancer: alb.LoadBalancer{Product: alb.NLB}}))
	for _, id := range []string{first, second} {
		s, _ = accepted(t, s, input(alb.ListenerAdded{ID: id, Listener: alb.Listener{LoadBalancer: "nlb-1", Protocol: alb.TCPSSL, Status: alb.Running, Default: "1-cn-hangzhou"}}))
	}
	s, _ = accepted(t, s, upload(t, "r1", "renewed"))
	const id, number = uploaded, 1000001
	s, _ = accepted(t, s,
		change("u", errcodes.NLBUpdateListenerAttribute, first, id), finish("u"),
		change("a", errcodes.NLBAssociateAdditionalCertificatesWithListener, second, id), finish("a"),
	)
	remove := input(cas.DeleteUserCertificate{RequestID: "d", CertID: number})
	refuse := func(s account.State) {
		t.Helper()
		if next, out := (account.Machine{}).Step(s, remove); out.Error.Condition != errcodes.CondCertificateInUse || next != s {
			t.Errorf("the certificate in use: %s", out.Outcome())
		}
	}
	refuse(s)
	s, _ = accepted(t, s, change("x", errcodes.DisassociateAdditionalCertificatesWithListener, second, id), finish("x"))
	refuse(s)
	s, _ = accepted(t, s, change("v", errcodes.NLBUpdateListenerAttribute, first, "1-cn-hangzhou"), finish("v"), remove)
	for _, inv := range []string{first, second} {
		if l, _ := s.ALB.Listeners.Get(inv); l.Default != "1-cn-hangzhou" || l.Status != alb.Running {
			t.Errorf("%s: %+v", inv, l)
		}
	}
}

// TestNetworkListenerByDnsmgr: dnsmgr adds a certificate to a listener of NLB unless its list
// has it, and waits for nothing.
func TestNetworkListenerByDnsmgr(t *testing.T) {
	const listener = "lsn-1@443"
	s, _ := accepted(
		t, account.State{}, shop()[1],
		input(alb.LoadBalancerAdded{ID: "nlb-1", LoadBalancer: alb.LoadBalancer{Product: alb.NLB}}),
		input(alb.ListenerAdded{ID: listener, Listener: alb.Listener{LoadBalancer: "nlb-1", Protocol: alb.TCPSSL, Status: alb.Running, Default: "1-cn-hangzhou"}}),
		upload(t, "u", "renewed"),
	)
	add := input(alb.Change("a", &validate.ALBRequest{Op: errcodes.NLBAssociateAdditionalCertificatesWithListener, ListenerID: listener, CertificateIDs: []string{uploaded}}).Action)
	for round, want := range []bool{false, true, true} { // also while it is being added
		_, out := accepted(t, s, input(alb.ListListenerCertificates{Product: alb.NLB, RequestID: "l", ListenerID: listener, CertificateType: "Server", MaxResults: 50}))
		has := slices.Contains(decoded[struct {
			CertificateIDs []string `json:"CertificateIds"`
		}](t, out).CertificateIDs, uploaded)
		if has != want {
			t.Errorf("round %d: listed %v", round, has)
		}
		switch round {
		case 0:
			s, _ = accepted(t, s, add)
		case 1:
			s, _ = accepted(t, s, finish("a"))
		}
	}
}
