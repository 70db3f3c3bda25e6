package alb_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/alb"
)

func TestAssociateStartsAJob(t *testing.T) {
	s, output := must(t, shop().State(), associate("r", c(3), c(2)))
	if want := (model.Output{RequestID: "r", JobID: "job-r"}); !output.Equal(want) {
		t.Errorf("%+v, want %+v", output, want)
	}
	if got, want := additional(s), "2-cn-hangzhou Associating, 3-cn-hangzhou Associating"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if l := listener(t, s, "lsn-1"); l.Status != alb.Configuring || l.Job != "job-r" {
		t.Errorf("%+v, want Configuring by job-r", l)
	}
	want := alb.Job{Operation: "AssociateAdditionalCertificatesWithListener", Listener: "lsn-1", Status: alb.Processing, Token: "AssociateAdditionalCertificatesWithListener r"}
	if j, _ := s.Jobs.Get("job-r"); j != want {
		t.Errorf("%+v, want %+v", j, want)
	}
	if usage(s) != 2 || users(t, s, c(2)) != 1 || users(t, s, c(3)) != 1 {
		t.Errorf("usage %d, users %d and %d", usage(s), users(t, s, c(2)), users(t, s, c(3)))
	}
}

func TestFinishedJobAssociates(t *testing.T) {
	s, _ := must(t, shop().Associated(c(9)).State(), associate("r", c(2), c(3)), event(alb.JobFinished{Job: "job-r"}))
	if got, want := additional(s), "2-cn-hangzhou Associated, 3-cn-hangzhou Associated, 9-cn-hangzhou Associated"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
	if l := listener(t, s, "lsn-1"); l.Status != alb.Running || l.Job != "" {
		t.Errorf("%+v, want Running", l)
	}
	if j, _ := s.Jobs.Get("job-r"); j.Status != alb.Succeeded {
		t.Errorf("%+v, want Succeeded", j)
	}
	if usage(s) != 3 {
		t.Errorf("usage %d, want 3", usage(s))
	}
}

func TestFailedJobFreesTheQuota(t *testing.T) {
	s, _ := must(t, shop().Quota(2).State(), associate("r", c(2), c(3)))
	if usage(s) != 2 {
		t.Errorf("usage %d while the job is processing, want 2", usage(s))
	}
	s, _ = must(t, s, event(alb.JobFailed{Job: "job-r"}))
	if additional(s) != "" || usage(s) != 0 || users(t, s, c(2)) != 0 {
		t.Errorf("left: %s, usage %d", additional(s), usage(s))
	}
	if l := listener(t, s, "lsn-1"); l.Status != alb.Running || l.Job != "" {
		t.Errorf("%+v, want Running", l)
	}
	if j, _ := s.Jobs.Get("job-r"); j.Status != alb.Failed {
		t.Errorf("%+v, want Failed", j)
	}
	must(t, s, associate("r2", c(4), c(5)))
}

func TestStoppedMeanwhileStaysStopped(t *testing.T) {
	for _, end := range []model.Action{alb.JobFinished{Job: "job-r"}, alb.JobFailed{Job: "job-r"}} {
		s, _ := must(t, shop().State(), associate("r", c(2)), event(alb.ListenerStopped{ID: "lsn-1"}), event(end))
		if l := listener(t, s, "lsn-1"); l.Status != alb.Stopped || l.Job != "" {
			t.Errorf("after %T: %+v, want Stopped", end, l)
		}
		s, _ = must(t, s, event(alb.ListenerStarted{ID: "lsn-1"}))
		if l := listener(t, s, "lsn-1"); l.Status != alb.Running {
			t.Errorf("after %T and a start: %+v, want Running", end, l)
		}
	}
}

func TestStartedWhileAJobIsProcessingIsConfiguring(t *testing.T) {
	s, _ := must(t, shop().State(), associate("r", c(2)), event(alb.ListenerStopped{ID: "lsn-1"}))
	refused(t, s, associate("r2", c(3)), errcodes.CondListenerNotRunning)
	s, _ = must(t, s, event(alb.ListenerStarted{ID: "lsn-1"}))
	if l := listener(t, s, "lsn-1"); l.Status != alb.Configuring || l.Job != "job-r" {
		t.Errorf("%+v, want Configuring by job-r", l)
	}
	s, _ = must(t, s, event(alb.JobFinished{Job: "job-r"}))
	if l := listener(t, s, "lsn-1"); l.Status != alb.Running || additional(s) != c(2)+" Associated" {
		t.Errorf("%+v with %s", l, additional(s))
	}
}

func TestAllOrNothing(t *testing.T) {
	s := shop().NotServer("client-cn-x").Associated(c(9)).State()
	for _, bad := range []string{"unknown-cn-x", "client-cn-x", c(1), c(9)} {
		for at := range 3 {
			certificates := []string{c(2), c(3)}
			certificates = append(certificates[:at:at], append([]string{bad}, certificates[at:]...)...)
			next, output := step(s, associate("r", certificates...))
			if output.OK() {
				t.Errorf("%v: a success", certificates)
			}
			unchanged(t, s, next)
		}
	}
}

// The quota counts every listener of the load balancer, what is in flight, and
// nothing of another load balancer. The default certificates do not count.
func TestQuotaCountsWhatIsInFlight(t *testing.T) {
	b := alb.Scenario{}.Certificates(30).LoadBalancer("alb-2", alb.Basic).Listener("lsn-9", alb.HTTPS).Default(c(30)).Associated(c(29))
	b = b.LoadBalancer("alb-1", alb.Basic).Quota(6).
		Listener("lsn-2", alb.HTTPS).Default(c(1)).Associating("a", c(2), c(3)).
		Listener("lsn-3", alb.QUIC).Default(c(1)).Associated(c(2), c(4)).Dissociating("d", c(4)).
		Listener("lsn-1", alb.HTTPS).Default(c(1))
	s := b.State()
	if usage(s) != 4 {
		t.Errorf("usage %d, want 4", usage(s))
	}
	output := refused(t, s, associate("r", c(2), c(3), c(4)), errcodes.CondQuotaExceeded)
	want := "The quota of alb_quota_loadbalancer_certificates_num_basic_edition is exceeded for resource alb-1, usage 4/6."
	if output.Error.Message != want {
		t.Errorf("%s, want %s", output.Error.Message, want)
	}
	s, _ = must(t, s, associate("r", c(2), c(3)))
	for _, end := range []model.Action{alb.JobFinished{Job: "job-d"}, alb.JobFailed{Job: "job-a"}, alb.JobFinished{Job: "job-r"}} {
		s, _ = must(t, s, event(end))
	}
	if usage(s) != 3 {
		t.Errorf("usage %d in the end, want 3", usage(s))
	}
	must(t, s, associate("r2", c(4), c(5), c(6)))
}

// The default quotas, and what they can be raised to.
func TestQuotaOfTheEditions(t *testing.T) {
	tests := []struct {
		edition  alb.Edition
		now, max int
		name     string
	}{
		{alb.Basic, 10, 150, "basic"},
		{alb.Standard, 25, 300, "standard"},
		{alb.WAF, 25, 300, "waf"},
	}
	for _, test := range tests {
		b := alb.Scenario{}.LoadBalancer("alb-1", test.edition).Listener("lsn-1", alb.HTTPS).Default(c(1)).Certificates(40)
		for i := range test.now - 1 {
			b = b.Associated(c(i + 2))
		}
		s := b.State()
		must(t, s, associate("r", c(35)))
		output := refused(t, s, associate("r", c(35), c(36)), errcodes.CondQuotaExceeded)
		want := fmt.Sprintf("The quota of alb_quota_loadbalancer_certificates_num_%s_edition is exceeded for resource alb-1, usage %d/%d.", test.name, test.now-1, test.now)
		if output.Error.Message != want {
			t.Errorf("%s, want %s", output.Error.Message, want)
		}
		ignoredBy(t, s, alb.QuotaRaised{LoadBalancer: "alb-1", Quota: test.now})
		ignoredBy(t, s, alb.QuotaRaised{LoadBalancer: "alb-1", Quota: test.max + 1})
		s, _ = must(t, s, event(alb.QuotaRaised{LoadBalancer: "alb-1", Quota: test.max}))
		must(t, s, associate("r", c(35), c(36)))
		ignoredBy(t, s, alb.QuotaRaised{LoadBalancer: "alb-1", Quota: test.max})
	}
}

// Finished jobs are remembered up to a bound, and the oldest is forgotten first.
// A job that is processing is never forgotten.
func TestFinishedJobsAreBounded(t *testing.T) {
	s := shop().Listener("lsn-2", alb.HTTPS).Default(c(1)).Associating("long", c(2)).State()
	for i := range alb.MaxFinishedJobs + 3 {
		r := fmt.Sprintf("r%d", i)
		s, _ = must(t, s, update(r, c(i%7+1)), event(alb.JobFinished{Job: "job-" + r}))
		want := min(i+1, alb.MaxFinishedJobs)
		if s.Jobs.Len() != want+1 || s.Finished.Len() != want {
			t.Fatalf("after %d jobs: %d remembered, %d in order, want %d", i+1, s.Jobs.Len()-1, s.Finished.Len(), want)
		}
	}
	for i := range alb.MaxFinishedJobs + 3 {
		if got, want := s.Jobs.Has(fmt.Sprintf("job-r%d", i)), i >= 3; got != want {
			t.Errorf("job %d is remembered: %t, want %t", i, got, want)
		}
	}
	if j, _ := s.Jobs.Get("job-long"); j.Status != alb.Processing {
		t.Errorf("the job that is processing: %+v", j)
	}
	must(t, s, event(alb.JobFinished{Job: "job-long"}))
}

// A job's id is made from the RequestId; a second job of the same one has
// another.
func TestJobIDsAreUnique(t *testing.T) {
	s, first := must(t, shop().State(), update("r", c(2)))
	s, _ = must(t, s, event(alb.JobFinished{Job: first.JobID}))
	s, second := must(t, s, update("r", c(3)))
	s, _ = must(t, s, event(alb.JobFinished{Job: second.JobID}))
	_, third := must(t, s, update("r", c(4)))
	if got := strings.Join([]string{first.JobID, second.JobID, third.JobID}, " "); got != "job-r job-r-2 job-r-3" {
		t.Error(got)
	}
}
