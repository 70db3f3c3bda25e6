package alb_test

import (
	"testing"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cas"
)

func ask(requestID, token string, dryRun bool, certificates ...string) alb.Input {
	return alb.Change(requestID, &request{ListenerID: "lsn-1", CertificateIDs: certificates, ClientToken: token, DryRun: dryRun})
}

// Same token, same parameters: the first answer again, and no second effect,
// whatever became of the job and of what it did.
func TestTokenAnswersAgain(t *testing.T) {
	first, output := must(t, shop().State(), ask("r1", "t", false, c(2), c(3)))
	later := map[string][]alb.Input{
		"at once":      nil,
		"finished":     {event(alb.JobFinished{Job: "job-r1"})},
		"failed":       {event(alb.JobFailed{Job: "job-r1"})},
		"stopped":      {event(alb.ListenerStopped{ID: "lsn-1"})},
		"no default":   {event(alb.DefaultCertificateRemoved{Listener: "lsn-1"})},
		"dissociated":  {event(alb.JobFinished{Job: "job-r1"}), dissociate("d", c(2), c(3)), event(alb.JobFinished{Job: "job-d"})},
		"cert removed": {event(alb.JobFailed{Job: "job-r1"}), event(cas.CertificateRemoved{Name: "certificate " + c(2)})},
	}
	for name, inputs := range later {
		s := first
		if inputs != nil {
			s, _ = must(t, first, inputs...)
		}
		for range 2 {
			next, again := step(s, ask("r2", "t", false, c(2), c(3)))
			if again != output || again.JobID == "" || again.RequestID != "r1" {
				t.Errorf("%s: %+v, want %+v", name, again, output)
			}
			unchanged(t, s, next)
		}
	}
}

// Another listener, other ids or another order is another request.
func TestTokenReused(t *testing.T) {
	s, _ := must(t, shop().Listener("lsn-2", alb.HTTPS).Default(c(1)).State(), ask("r1", "t", false, c(2), c(3)))
	for _, in := range []alb.Input{
		ask("r2", "t", false, c(3), c(2)),
		ask("r2", "t", false, c(2)),
		ask("r2", "t", false, c(2), c(3), c(4)),
		ask("r2", "t", true, c(3), c(2)),
		alb.Change("r2", &request{ListenerID: "lsn-2", CertificateIDs: ids(2, 3), ClientToken: "t"}),
	} {
		refused(t, s, in, errcodes.CondTokenReused)
	}
	refused(t, s, ask("r2", "t2", false, c(2), c(3)), errcodes.CondListenerConfiguring)
}

// What stands before the token decides before it.
func TestTokenOfAListenerThatIsGone(t *testing.T) {
	s, _ := must(t, shop().State(), ask("r1", "t", false, c(2)))
	forbidden, _ := must(t, s, event(alb.PermissionChanged{LoadBalancer: "alb-1"}))
	refused(t, forbidden, ask("r2", "t", false, c(2)), errcodes.CondLoadBalancerForbidden)
	gone, _ := must(t, s, event(alb.ListenerRemoved{ID: "lsn-1"}))
	refused(t, gone, ask("r2", "t", false, c(2)), errcodes.CondListenerNotFound)
}

// An absent token is the RequestId.
func TestAbsentTokenIsTheRequestID(t *testing.T) {
	s, output := must(t, shop().State(), ask("r1", "", false, c(2)))
	for _, in := range []alb.Input{ask("r1", "", false, c(2)), ask("r2", "r1", false, c(2))} {
		if next, again := step(s, in); again != output {
			t.Errorf("%+v, want %+v", again, output)
		} else {
			unchanged(t, s, next)
		}
	}
	refused(t, s, ask("r1", "", false, c(3)), errcodes.CondTokenReused)
	refused(t, s, ask("r2", "r1", false, c(3)), errcodes.CondTokenReused)
	refused(t, s, ask("r2", "", false, c(2)), errcodes.CondListenerConfiguring)
}

// Only a success uses up a token.
func TestRefusalUsesUpNoToken(t *testing.T) {
	s := shop().Quota(1).Associated(c(9)).NotServer("client-cn-x").State()
	for _, in := range []alb.Input{
		ask("r1", "t", false, "unknown-cn-x"),
		ask("r1", "t", false, "client-cn-x"),
		ask("r1", "t", false, c(1)),
		ask("r1", "t", false, c(9)),
		ask("r1", "t", false, c(2)), // over the quota
		ask("r1", "t", false, c(2), c(2)),
		alb.Change("r1", &request{ListenerID: "lsn-9", CertificateIDs: ids(2), ClientToken: "t"}),
	} {
		next, output := step(s, in)
		if output.OK() || next.Tokens.Len() != 0 {
			t.Errorf("%+v: %+v, %d tokens used up", in, output, next.Tokens.Len())
		}
		unchanged(t, s, next)
	}
	s, _ = must(t, s, event(alb.QuotaRaised{LoadBalancer: "alb-1", Quota: 2}), ask("r2", "t", false, c(2)))
	if s.Tokens.Len() != 1 {
		t.Errorf("%d tokens used up by a success, want 1", s.Tokens.Len())
	}
}

// A dry run uses up no token and changes nothing, before a success and after
// one; it is never answered with the success of an earlier request.
func TestDryRunUsesUpNoToken(t *testing.T) {
	s := shop().State()
	refused(t, s, ask("r1", "t", true, c(2)), errcodes.CondDryRun)
	refused(t, s, ask("r1", "t", true, c(3)), errcodes.CondDryRun)
	refused(t, s, ask("r1", "", true, c(2)), errcodes.CondDryRun)
	s, _ = must(t, s, ask("r1", "t", false, c(2)))
	refused(t, s, ask("r2", "t", true, c(2)), errcodes.CondListenerConfiguring)
	s, _ = must(t, s, event(alb.JobFinished{Job: "job-r1"}))
	refused(t, s, ask("r2", "t", true, c(2)), errcodes.CondCertificateAssociated)
	refused(t, s, ask("r2", "t", true, c(3)), errcodes.CondTokenReused)
}

// The same token of another operation is another token.
func TestTokensBelongToTheirOperation(t *testing.T) {
	s, _ := must(t, shop().State(), ask("r1", "t", false, c(2)), event(alb.JobFinished{Job: "job-r1"}))
	in := dissociation("r2", &request{ListenerID: "lsn-1", CertificateIDs: ids(2), ClientToken: "t"})
	s, output := must(t, s, in)
	if want := (model.Output{RequestID: "r2", JobID: "job-r2"}); !output.Equal(want) {
		t.Errorf("%+v, want %+v", output, want)
	}
	if s.Tokens.Len() != 2 {
		t.Errorf("%d tokens, want 2", s.Tokens.Len())
	}
}

func TestTokenForgotten(t *testing.T) {
	s, _ := must(t, shop().State(), ask("r1", "t", false, c(2)), event(alb.JobFailed{Job: "job-r1"}))
	ignoredBy(t, s, alb.TokenForgotten{Token: "t"})
	const key = "AssociateAdditionalCertificatesWithListener t"
	s, _ = must(t, s, event(alb.TokenForgotten{Token: key}))
	ignoredBy(t, s, alb.TokenForgotten{Token: key})
	_, output := must(t, s, ask("r2", "t", false, c(3)))
	if output.JobID != "job-r2" {
		t.Errorf("%+v, want a new job", output)
	}
}
