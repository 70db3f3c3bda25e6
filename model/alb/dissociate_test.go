package alb_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cas"
)

// dissociations has every condition of the operation.
func dissociations(t *testing.T) []way {
	t.Helper()
	s := shop().Associated(c(2), c(3)).State()
	used, _ := must(t, s, dissociation("r0", &request{ListenerID: "lsn-1", CertificateIDs: ids(3), ClientToken: "t"}))
	ask := func(change func(*request)) alb.Input {
		req := &request{ListenerID: "lsn-1", CertificateIDs: ids(2)}
		change(req)
		return dissociation("r", req)
	}
	malformed := parsed(t, url.Values{
		"ListenerId": {"lsn-1"}, "Certificates.1.CertificateId": {c(2)}, "DryRun": {"yes"},
	})
	sixteen := strings.Split(strings.Repeat("a-b-c ", 15)+"a-b-c", " ")
	bad := func(cond errcodes.Condition, in alb.Input, parameter string) way {
		return way{cond, s, in, errcodes.InvalidParameter, 400, invalidParameter, "the request", parameter}
	}
	return []way{
		bad(errcodes.CondListenerIDMissing, ask(func(r *request) { r.ListenerID = "" }), "ListenerId"),
		bad(errcodes.CondCertificatesMissing, ask(func(r *request) { r.CertificateIDs = nil }), "Certificates"),
		bad(errcodes.CondTooManyCertificates, ask(func(r *request) { r.CertificateIDs = sixteen }), "Certificates"),
		bad(errcodes.CondCertificateIDMissing, ask(func(r *request) { r.CertificateIDs = []string{c(2), ""} }), "Certificates.2.CertificateId"),
		bad(errcodes.CondCertificateIDMalformed, ask(func(r *request) { r.CertificateIDs = []string{" "} }), "Certificates.1.CertificateId"),
		bad(errcodes.CondClientTokenTooLong, ask(func(r *request) { r.ClientToken = strings.Repeat("t", 65) }), "ClientToken"),
		bad(errcodes.CondClientTokenNotASCII, ask(func(r *request) { r.ClientToken = "é" }), "ClientToken"),
		bad(errcodes.CondDryRunMalformed, dissociation("r", malformed), "DryRun"),
		{
			errcodes.CondCertificateRepeated, s, dissociate("r", c(2), c(3), c(2)),
			errcodes.InvalidParameter, 400, invalidParameter, "certificate " + c(2), "Certificates.3.CertificateId",
		},
		{
			errcodes.CondListenerNotFound, s, ask(func(r *request) { r.ListenerID = "lsn-9" }),
			errcodes.ResourceNotFoundListener, 404, "The specified resource lsn-9 is not found.", "listener lsn-9", "ListenerId",
		},
		{
			errcodes.CondLoadBalancerForbidden, shop().Forbidden().State(), dissociate("r", c(2)),
			errcodes.ForbiddenLoadBalancer, 403, "Authentication has failed for LoadBalancer.", "load balancer alb-1", "ListenerId",
		},
		{
			errcodes.CondListenerProtocolUnsupported, alb.Scenario{}.LoadBalancer("alb-1", alb.WAF).Listener("lsn-1", alb.HTTP).State(), dissociate("r", c(2)),
			errcodes.OperationDeniedHTTPListenerNotSupport, 400, "The operation is not allowed because of HttpListenerNotSupport.", "listener lsn-1", "ListenerId",
		},
		{
			errcodes.CondTokenReused, used, ask(func(r *request) { r.ClientToken = "t" }),
			errcodes.IdempotenceSignatureMismatch, 400, "The idempotence token of request is same with the prev one, but the signature is different.", `client token "t"`, "ClientToken",
		},
		{
			errcodes.CondListenerConfiguring, used, dissociate("r", c(2)),
			errcodes.IncorrectStatusListener, 400, "The status of lsn-1 [Configuring] is incorrect.", "listener lsn-1", "ListenerId",
		},
		{
			errcodes.CondListenerNotRunning, shop().Stopped().State(), dissociate("r", c(2)),
			errcodes.IncorrectStatusListener, 400, "The status of lsn-1 [Stopped] is incorrect.", "listener lsn-1", "ListenerId",
		},
		{
			errcodes.CondCertificateIsDefault, s, dissociate("r", c(2), c(1)),
			errcodes.OperationDeniedDefaultCertificateUsed, 400, "The operation is not allowed because of DefaultCertificateUsed.", "certificate " + c(1), "Certificates.2.CertificateId",
		},
		{
			errcodes.CondCertificateNotAssociated, s, dissociate("r", "23759533"),
			errcodes.ResourceNotAssociatedCertificate, 400, "The specified resource 23759533 is not associated.", "certificate 23759533", "Certificates.1.CertificateId",
		},
		{
			errcodes.CondDryRun, s, ask(func(r *request) { r.DryRun = true }),
			errcodes.DryRunOperation, 400, "Request validation has been passed with DryRun flag set.", "the request", "DryRun",
		},
	}
}

// Every condition and row of the operation is reached, with the exact answer,
// whatever the edition of its sibling.
func TestDissociateReachesEveryRow(t *testing.T) {
	table := errcodes.DissociateAdditionalCertificatesFromListener.Table()
	for _, version := range []errcodes.Version{0, errcodes.Current} {
		reached, rows := map[errcodes.Condition]bool{}, map[errcodes.Row]bool{}
		for _, e := range dissociations(t) {
			next, output := alb.Machine{Version: version}.Step(e.from, e.in)
			unchanged(t, e.from, next)
			row, _ := table.Row(e.cond)
			want := errcodes.Error{
				Operation: errcodes.DissociateAdditionalCertificatesFromListener, Code: e.code, Status: e.status, Message: e.message, Condition: e.cond,
				Parameter: e.parameter, Reason: output.Error.Reason, Evidence: table.Evidence(e.cond), Source: table.Source(e.cond).String(), Origin: row.Origin,
			}
			if want := (model.Output{RequestID: "r", Error: want, Target: e.subject}); !output.Equal(want) {
				t.Errorf("%v:\n%+v, want\n%+v", e.cond, output, want)
			}
			reached[output.Error.Condition], rows[row] = true, true
		}
		for cond := range table.Conditions() {
			if !reached[cond] {
				t.Errorf("%v is not reached", cond)
			}
		}
		for row := range table.Rows() {
			// The table prints a row that a real answer shows unused here.
			if !rows[row] && row.Code != errcodes.ResourceInConfiguringListener {
				t.Errorf("row %s is not reached", row.Code)
			}
		}
	}
}

func TestDissociateStartsAJob(t *testing.T) {
	s, output := must(t, shop().Associated(c(2), c(3)).State(), dissociate("d", c(2)))
	if want := (model.Output{RequestID: "d", JobID: "job-d"}); !output.Equal(want) {
		t.Errorf("%+v, want %+v", output, want)
	}
	if got, want := additional(s), "2-cn-hangzhou Dissociating, 3-cn-hangzhou Associated"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if l := listener(t, s, "lsn-1"); l.Status != alb.Configuring || l.Job != "job-d" {
		t.Errorf("%+v, want Configuring", l)
	}
	if usage(s) != 2 || users(t, s, c(2)) != 1 {
		t.Errorf("usage %d, users %d: what is in flight counts", usage(s), users(t, s, c(2)))
	}
	if j, _ := s.Jobs.Get("job-d"); j.Operation != "DissociateAdditionalCertificatesFromListener" || j.Status != alb.Processing {
		t.Errorf("%+v", j)
	}
}

func TestFinishedDissociationIsGone(t *testing.T) {
	s, _ := must(t, shop().Associated(c(2), c(3)).State(), dissociate("d", c(2)), event(alb.JobFinished{Job: "job-d"}))
	if additional(s) != c(3)+" Associated" || usage(s) != 1 || users(t, s, c(2)) != 0 || listener(t, s, "lsn-1").Status != alb.Running {
		t.Errorf("%s, usage %d, users %d", additional(s), usage(s), users(t, s, c(2)))
	}
	must(t, s, event(cas.CertificateRemoved{Name: "certificate " + c(2)}))
}

func TestFailedDissociationIsAssociatedAgain(t *testing.T) {
	s, _ := must(t, shop().Associated(c(2), c(3)).State(), dissociate("d", c(2)), event(alb.JobFailed{Job: "job-d"}))
	if additional(s) != "2-cn-hangzhou Associated, 3-cn-hangzhou Associated" || usage(s) != 2 || listener(t, s, "lsn-1").Status != alb.Running {
		t.Errorf("%s, usage %d", additional(s), usage(s))
	}
}

// A dissociation needs no default certificate.
func TestDissociateWithoutDefaultCertificate(t *testing.T) {
	must(t, shop().Associated(c(2)).State(), event(alb.DefaultCertificateRemoved{Listener: "lsn-1"}), dissociate("d", c(2)))
}

// What is in flight is not associated yet, or no longer.
func TestDissociateOnlyWhatIsAssociated(t *testing.T) {
	for _, b := range []alb.Scenario{shop().Associating("a", c(2)), shop().Associated(c(2)).Dissociating("x", c(2))} {
		s := b.State()
		l := listener(t, s, "lsn-1")
		l.Status, l.Job = alb.Running, ""
		s.Listeners = s.Listeners.Set("lsn-1", l)
		refused(t, s, dissociate("d", c(2)), errcodes.CondCertificateNotAssociated)
	}
}

func TestDissociateTokenAnswersAgain(t *testing.T) {
	ask := func(r string, dryRun bool, n ...int) alb.Input {
		return dissociation(r, &request{ListenerID: "lsn-1", CertificateIDs: ids(n...), ClientToken: "t", DryRun: dryRun})
	}
	s := shop().Associated(c(2), c(3)).State()
	refused(t, s, ask("r0", true, 2), errcodes.CondDryRun)
	s, first := must(t, s, ask("r1", false, 2, 3))
	for _, end := range []model.Action{alb.JobFinished{Job: "job-r1"}, alb.JobFailed{Job: "job-r1"}} {
		ended, _ := must(t, s, event(end))
		next, again := step(ended, ask("r2", false, 2, 3))
		if !again.Equal(first) {
			t.Errorf("after %T: %+v, want %+v", end, again, first)
		}
		unchanged(t, ended, next)
		refused(t, ended, ask("r2", false, 3, 2), errcodes.CondTokenReused)
	}
}
