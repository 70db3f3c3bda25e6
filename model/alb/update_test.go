package alb_test

import (
	"testing"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/alb"
)

// Every condition and row of the operation is reached.
func TestUpdateReachesEveryRow(t *testing.T) {
	s := shop().NotServer("client-cn-x").State()
	at := func(listener, certificate string) alb.Input {
		return event(alb.UpdateListenerAttribute{RequestID: "r", ListenerID: listener, CertificateID: certificate})
	}
	tests := []way{
		{
			errcodes.CondListenerIDMissing, s, at("", ""),
			errcodes.InvalidParameter, 400, invalidParameter, "the request", "ListenerId",
		},
		{
			errcodes.CondCertificateIDMissing, s, at("lsn-9", ""),
			errcodes.InvalidParameter, 400, invalidParameter, "the request", "Certificates.1.CertificateId",
		},
		{
			errcodes.CondListenerNotFound, s, at("lsn-9", c(2)),
			errcodes.ResourceNotFoundListener, 404, "The specified resource lsn-9 is not found.", "listener lsn-9", "ListenerId",
		},
		{
			errcodes.CondLoadBalancerForbidden, shop().Forbidden().Stopped().State(), update("r", c(2)),
			errcodes.ForbiddenLoadBalancer, 403, "Authentication has failed for LoadBalancer.", "load balancer alb-1", "ListenerId",
		},
		{
			errcodes.CondListenerProtocolUnsupported, alb.Scenario{}.LoadBalancer("alb-1", alb.WAF).Listener("lsn-1", alb.HTTP).Stopped().State(), update("r", c(2)),
			errcodes.OperationDeniedHTTPListenerNotSupport, 400, "The operation is not allowed because of HttpListenerNotSupport.", "listener lsn-1", "ListenerId",
		},
		{
			errcodes.CondListenerConfiguring, shop().Associating("a", c(3)).State(), update("r", "unknown-cn-x"),
			errcodes.IncorrectStatusListener, 400, "The status of lsn-1 [Configuring] is incorrect.", "listener lsn-1", "ListenerId",
		},
		{
			errcodes.CondListenerNotRunning, shop().Stopped().State(), update("r", "unknown-cn-x"),
			errcodes.IncorrectStatusListener, 400, "The status of lsn-1 [Stopped] is incorrect.", "listener lsn-1", "ListenerId",
		},
		{
			errcodes.CondCertificateNotFound, s, update("r", "unknown-cn-x"),
			errcodes.ResourceNotFoundCertificate, 404, "The specified resource unknown-cn-x is not found.", "certificate unknown-cn-x", "Certificates.1.CertificateId",
		},
		{
			errcodes.CondCertificateNotServer, s, update("r", "client-cn-x"),
			errcodes.ResourceNotFoundCertificate, 404, "The specified resource client-cn-x is not found.", "certificate client-cn-x", "Certificates.1.CertificateId",
		},
	}
	table := errcodes.UpdateListenerAttribute.Table()
	reached, rows := map[errcodes.Condition]bool{}, map[errcodes.Row]bool{}
	for _, e := range tests {
		next, output := step(e.from, e.in)
		unchanged(t, e.from, next)
		row, _ := table.Row(e.cond)
		want := errcodes.Error{
			Operation: errcodes.UpdateListenerAttribute, Code: e.code, Status: e.status, Message: e.message, Condition: e.cond,
			Parameter: e.parameter, Evidence: table.Evidence(e.cond), Source: table.Source(e.cond).String(), Origin: row.Origin,
		}
		if want := (model.Output{RequestID: "r", Error: want, Target: e.subject}); !output.Equal(want) {
			t.Errorf("%v:\n%+v, want\n%+v", e.cond, output, want)
		}
		reached[e.cond], rows[row] = true, true
	}
	for cond := range table.Conditions() {
		if !reached[cond] {
			t.Errorf("%v is not reached", cond)
		}
	}
	for row := range table.Rows() {
		if !rows[row] {
			t.Errorf("row %s is not reached", row.Code)
		}
	}
}

func TestUpdateSetsTheDefaultCertificate(t *testing.T) {
	s, output := must(t, shop().State(), update("u", c(2)))
	if want := (model.Output{RequestID: "u", JobID: "job-u"}); !output.Equal(want) {
		t.Errorf("%+v, want %+v", output, want)
	}
	if l := listener(t, s, "lsn-1"); l.Status != alb.Configuring || l.Job != "job-u" || l.Default != c(1) {
		t.Errorf("while the job is processing: %+v", l)
	}
	want := alb.Job{Operation: "UpdateListenerAttribute", Listener: "lsn-1", Status: alb.Processing, Default: c(2)}
	if j, _ := s.Jobs.Get("job-u"); j != want {
		t.Errorf("%+v, want %+v", j, want)
	}
	done, _ := must(t, s, event(alb.JobFinished{Job: "job-u"}))
	if l := listener(t, done, "lsn-1"); l.Status != alb.Running || l.Job != "" || l.Default != c(2) {
		t.Errorf("finished: %+v", l)
	}
	if users(t, done, c(1)) != 0 || users(t, done, c(2)) != 1 {
		t.Errorf("finished: %d and %d users", users(t, done, c(1)), users(t, done, c(2)))
	}
	failed, _ := must(t, s, event(alb.JobFailed{Job: "job-u"}))
	if l := listener(t, failed, "lsn-1"); l.Status != alb.Running || l.Job != "" || l.Default != c(1) {
		t.Errorf("failed: %+v", l)
	}
	if users(t, failed, c(1)) != 1 || users(t, failed, c(2)) != 0 {
		t.Errorf("failed: %d and %d users", users(t, failed, c(1)), users(t, failed, c(2)))
	}
}

// An additional certificate that becomes the default stops being additional, once
// the job is done and not before.
func TestAdditionalCertificateBecomesTheDefault(t *testing.T) {
	s, _ := must(t, shop().Associated(c(2), c(3)).State(), update("u", c(2)))
	if additional(s) != "2-cn-hangzhou Associated, 3-cn-hangzhou Associated" || usage(s) != 2 || users(t, s, c(2)) != 2 {
		t.Errorf("while the job is processing: %s, usage %d, users %d", additional(s), usage(s), users(t, s, c(2)))
	}
	failed, _ := must(t, s, event(alb.JobFailed{Job: "job-u"}))
	if additional(failed) != "2-cn-hangzhou Associated, 3-cn-hangzhou Associated" || usage(failed) != 2 {
		t.Errorf("failed: %s", additional(failed))
	}
	s, _ = must(t, s, event(alb.JobFinished{Job: "job-u"}))
	if additional(s) != c(3)+" Associated" || usage(s) != 1 || users(t, s, c(2)) != 1 || listener(t, s, "lsn-1").Default != c(2) {
		t.Errorf("finished: %s, usage %d, users %d", additional(s), usage(s), users(t, s, c(2)))
	}
	refused(t, s, associate("r", c(2)), errcodes.CondCertificateIsDefault)
	must(t, s, associate("r", c(1)))
}

// Setting the certificate that is the default already is a change like any other.
func TestUpdateToTheSameCertificate(t *testing.T) {
	s, _ := must(t, shop().State(), update("u", c(1)), event(alb.JobFinished{Job: "job-u"}))
	if l := listener(t, s, "lsn-1"); l.Default != c(1) || users(t, s, c(1)) != 1 {
		t.Errorf("%+v, %d users", l, users(t, s, c(1)))
	}
}

// A listener without a default certificate can be given one.
func TestUpdateGivesADefaultCertificate(t *testing.T) {
	s, _ := must(t, shop().State(), event(alb.DefaultCertificateRemoved{Listener: "lsn-1"}), update("u", c(2)), event(alb.JobFinished{Job: "job-u"}))
	if got := listener(t, s, "lsn-1").Default; got != c(2) {
		t.Errorf("default %q, want %s", got, c(2))
	}
}
