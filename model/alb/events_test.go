package alb_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cas"
)

// Every event where it does not apply: Ignored, and nothing changes.
func TestEventsThatDoNotApply(t *testing.T) {
	s, _ := must(t, shop().Associated(c(3)).State(), update("u", c(2)), event(alb.JobFinished{Job: "job-u"}), associate("a", c(4)))
	provisioning := shop().Provisioning().State()
	stopped := shop().Stopped().State()
	bare := alb.Scenario{}.LoadBalancer("alb-1", alb.Basic).Quota(20).Listener("lsn-1", alb.HTTPS).State()
	https := alb.Listener{LoadBalancer: "alb-1", Protocol: alb.HTTPS}
	with := func(change func(*alb.Listener)) alb.Listener {
		l := https
		change(&l)
		return l
	}
	tests := []struct {
		why  string
		from alb.State
		act  model.Action
	}{
		{"no input at all", s, nil},
		{"unknown job", s, alb.JobFinished{Job: "job-9"}},
		{"unknown job", s, alb.JobFailed{Job: "job-9"}},
		{"no job", s, alb.JobFinished{}},
		{"ended already", s, alb.JobFinished{Job: "job-u"}},
		{"ended already", s, alb.JobFailed{Job: "job-u"}},
		{"there already", s, alb.LoadBalancerAdded{ID: "alb-1"}},
		{"no id", s, alb.LoadBalancerAdded{}},
		{"unknown", s, alb.PermissionChanged{LoadBalancer: "alb-9"}},
		{"permitted already", s, alb.PermissionChanged{LoadBalancer: "alb-1", Allowed: true}},
		{"forbidden already", shop().Forbidden().State(), alb.PermissionChanged{LoadBalancer: "alb-1"}},
		{"unknown", s, alb.QuotaRaised{LoadBalancer: "alb-9", Quota: 100}},
		{"as now", s, alb.QuotaRaised{LoadBalancer: "alb-1", Quota: 25}},
		{"lower", bare, alb.QuotaRaised{LoadBalancer: "alb-1", Quota: 19}},
		{"too much", bare, alb.QuotaRaised{LoadBalancer: "alb-1", Quota: 151}},
		{"too much", s, alb.QuotaRaised{LoadBalancer: "alb-1", Quota: 301}},
		{"there already", s, alb.ListenerAdded{ID: "lsn-1", Listener: https}},
		{"unknown load balancer", s, alb.ListenerAdded{ID: "lsn-2", Listener: alb.Listener{LoadBalancer: "alb-9", Protocol: alb.HTTPS}}},
		{"unknown certificate", s, alb.ListenerAdded{ID: "lsn-2", Listener: with(func(l *alb.Listener) { l.Default = "9" })}},
		{"unknown", s, alb.ListenerRemoved{ID: "lsn-9"}},
		{"unknown", s, alb.ListenerProvisioned{ID: "lsn-9"}},
		{"configuring", s, alb.ListenerProvisioned{ID: "lsn-1"}},
		{"stopped", stopped, alb.ListenerProvisioned{ID: "lsn-1"}},
		{"running", bare, alb.ListenerProvisioned{ID: "lsn-1"}},
		{"unknown", s, alb.ListenerStarted{ID: "lsn-9"}},
		{"configuring", s, alb.ListenerStarted{ID: "lsn-1"}},
		{"running", bare, alb.ListenerStarted{ID: "lsn-1"}},
		{"provisioning", provisioning, alb.ListenerStarted{ID: "lsn-1"}},
		{"unknown", s, alb.ListenerStopped{ID: "lsn-9"}},
		{"stopped already", stopped, alb.ListenerStopped{ID: "lsn-1"}},
		{"provisioning", provisioning, alb.ListenerStopped{ID: "lsn-1"}},
		{"unknown listener", s, alb.DefaultCertificateSet{Listener: "lsn-9", Certificate: c(2)}},
		{"unknown certificate", s, alb.DefaultCertificateSet{Listener: "lsn-1", Certificate: "9"}},
		{"no certificate", s, alb.DefaultCertificateSet{Listener: "lsn-1"}},
		{"the default already", s, alb.DefaultCertificateSet{Listener: "lsn-1", Certificate: c(2)}},
		{"unknown listener", s, alb.DefaultCertificateRemoved{Listener: "lsn-9"}},
		{"none", bare, alb.DefaultCertificateRemoved{Listener: "lsn-1"}},
		{"no name", s, cas.CertificateAdded{Certificate: cas.Certificate{ID: "n"}}},
		{"name taken", s, cas.CertificateAdded{Certificate: cas.Certificate{Name: "certificate " + c(1), ID: "n"}}},
		{"id taken", s, cas.CertificateAdded{Certificate: cas.Certificate{Name: "n", ID: c(1)}}},
		{"unknown", s, cas.CertificateRemoved{Name: "9"}},
		{"the default", s, cas.CertificateRemoved{Name: "certificate " + c(2)}},
		{"associated", s, cas.CertificateRemoved{Name: "certificate " + c(3)}},
		{"associating", s, cas.CertificateRemoved{Name: "certificate " + c(4)}},
		{"dissociating", shop().Associated(c(3)).Dissociating("d", c(3)).State(), cas.CertificateRemoved{Name: "certificate " + c(3)}},
		{"unknown", s, alb.TokenForgotten{Token: "t"}},
	}
	seen := map[string]bool{}
	for _, test := range tests {
		t.Run(fmt.Sprintf("%T %s", test.act, test.why), func(t *testing.T) { ignoredBy(t, test.from, test.act) })
		seen[fmt.Sprintf("%T", test.act)] = true
	}
	if len(seen) != 16 { // the 15 events, and no input at all
		t.Errorf("%d types of events were tried, want all 16", len(seen))
	}
}

func TestLoadBalancerAdded(t *testing.T) {
	for _, test := range []struct{ given, want alb.LoadBalancer }{
		{alb.LoadBalancer{}, alb.LoadBalancer{Edition: alb.Standard}},
		{alb.LoadBalancer{Edition: alb.Basic, Quota: 150, Forbidden: true, Associations: 7}, alb.LoadBalancer{Edition: alb.Basic, Quota: 150, Forbidden: true}},
		{alb.LoadBalancer{Edition: alb.WAF, Quota: 1}, alb.LoadBalancer{Edition: alb.WAF, Quota: 1}},
	} {
		s, output := must(t, alb.State{}, event(alb.LoadBalancerAdded{ID: "alb-1", LoadBalancer: test.given}))
		if lb, _ := s.LoadBalancers.Get("alb-1"); lb != test.want || output != (model.Output{}) {
			t.Errorf("%+v becomes %+v, want %+v", test.given, lb, test.want)
		}
	}
}

func TestPermissionChanged(t *testing.T) {
	s, _ := must(t, shop().State(), event(alb.PermissionChanged{LoadBalancer: "alb-1"}))
	refused(t, s, associate("r", c(2)), errcodes.CondLoadBalancerForbidden)
	s, _ = must(t, s, event(alb.PermissionChanged{LoadBalancer: "alb-1", Allowed: true}))
	must(t, s, associate("r", c(2)))
}

func TestListenerAdded(t *testing.T) {
	for _, test := range []struct {
		given, want alb.ListenerStatus
	}{
		{"", alb.Provisioning},
		{alb.Provisioning, alb.Provisioning},
		{alb.Configuring, alb.Provisioning},
		{alb.Running, alb.Running},
		{alb.Stopped, alb.Stopped},
	} {
		l := alb.Listener{LoadBalancer: "alb-1", Protocol: alb.QUIC, Port: 8443, Status: test.given, Default: c(2), Job: "job-9"}
		s, _ := must(t, shop().State(), event(alb.ListenerAdded{ID: "lsn-2", Listener: l}))
		want := alb.Listener{LoadBalancer: "alb-1", Protocol: alb.QUIC, Port: 8443, Status: test.want, Default: c(2)}
		if got := listener(t, s, "lsn-2"); got != want {
			t.Errorf("%+v, want %+v", got, want)
		}
		if users(t, s, c(2)) != 1 || usage(s) != 0 {
			t.Errorf("%d users, usage %d: a default certificate is used, but does not count", users(t, s, c(2)), usage(s))
		}
		ignoredBy(t, s, cas.CertificateRemoved{Name: "certificate " + c(2)})
	}
}

func TestListenerProvisioned(t *testing.T) {
	s, _ := must(t, shop().Provisioning().State(), event(alb.ListenerProvisioned{ID: "lsn-1"}))
	if l := listener(t, s, "lsn-1"); l.Status != alb.Running {
		t.Errorf("%+v, want Running", l)
	}
}

func TestListenerStoppedAndStarted(t *testing.T) {
	s, _ := must(t, shop().State(), event(alb.ListenerStopped{ID: "lsn-1"}))
	if l := listener(t, s, "lsn-1"); l.Status != alb.Stopped {
		t.Errorf("%+v, want Stopped", l)
	}
	s, _ = must(t, s, event(alb.ListenerStarted{ID: "lsn-1"}))
	if l := listener(t, s, "lsn-1"); l.Status != alb.Running {
		t.Errorf("%+v, want Running", l)
	}
}

// A listener that is removed takes its associations and its use of certificates
// along, and a job that was processing has failed.
func TestListenerRemoved(t *testing.T) {
	s, _ := must(t, shop().Listener("lsn-10", alb.HTTPS).Default(c(2)).Associated(c(3)).Listener("lsn-2", alb.HTTPS).Default(c(1)).State(),
		associate("r", c(3), c(4)), event(alb.ListenerRemoved{ID: "lsn-1"}))
	if s.Listeners.Has("lsn-1") || additional(s) != "" || usage(s) != 1 {
		t.Errorf("left: %s, usage %d", additional(s), usage(s))
	}
	if users(t, s, c(1)) != 1 || users(t, s, c(3)) != 1 || users(t, s, c(4)) != 0 {
		t.Errorf("users: %d, %d, %d; want 1, 1, 0", users(t, s, c(1)), users(t, s, c(3)), users(t, s, c(4)))
	}
	if j, _ := s.Jobs.Get("job-r"); j.Status != alb.Failed || j.Code != "ResourceNotFound.Listener" || !strings.Contains(j.Message, "lsn-1") {
		t.Errorf("%+v, want Failed", j)
	}
	ignoredBy(t, s, alb.JobFinished{Job: "job-r"})
	// The job of the old listener does not touch a new one of the same id.
	s, _ = must(t, s, event(alb.ListenerAdded{ID: "lsn-1", Listener: alb.Listener{LoadBalancer: "alb-1", Protocol: alb.HTTPS, Status: alb.Running, Default: c(1)}}), associate("r2", c(4)))
	ignoredBy(t, s, alb.JobFailed{Job: "job-r"})
	if got := additional(s); got != c(4)+" Associating" {
		t.Error(got)
	}
}

func TestDefaultCertificateSet(t *testing.T) {
	s, _ := must(t, shop().Associated(c(2)).State(), event(alb.DefaultCertificateSet{Listener: "lsn-1", Certificate: c(3)}))
	if l := listener(t, s, "lsn-1"); l.Default != c(3) || l.Status != alb.Running || users(t, s, c(1)) != 0 || users(t, s, c(3)) != 1 {
		t.Errorf("%+v, users %d and %d", l, users(t, s, c(1)), users(t, s, c(3)))
	}
	// An additional one stops being additional.
	s, _ = must(t, s, event(alb.DefaultCertificateSet{Listener: "lsn-1", Certificate: c(2)}))
	if additional(s) != "" || usage(s) != 0 || users(t, s, c(2)) != 1 {
		t.Errorf("%s, usage %d, users %d", additional(s), usage(s), users(t, s, c(2)))
	}
}

// TestJobFailedTellsWhy checks that the code and message of a failed job are in the list
// of jobs, without a private key that was given by mistake.
func TestJobFailedTellsWhy(t *testing.T) {
	s, _ := must(t, shop().State(), associate("r", c(2)), event(alb.JobFailed{Job: "job-r", Code: "VipStatusNotSupport", Message: "No.\xff"}))
	_, output := step(s, event(alb.ListAsynJobs{RequestID: "r"}))
	if got := text(t, output); !strings.Contains(got, `"ErrorCode":"VipStatusNotSupport","ErrorMessage":"No.�","Id":"job-r"`) {
		t.Error(got)
	}
	const key = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIAABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f\n-----END PRIVATE KEY-----\n"
	s, _ = must(t, shop().State(), associate("r", c(2)), event(alb.JobFailed{Job: "job-r", Code: "A", Message: key}))
	if j, _ := s.Jobs.Get("job-r"); j.Code != "A" || strings.Contains(j.Message, "BEGIN") {
		t.Errorf("%+v", j)
	}
}

// A certificate in flight that becomes the default is out of the job's hands.
func TestDefaultCertificateSetToOneInFlight(t *testing.T) {
	for _, end := range []model.Action{alb.JobFinished{Job: "job-r"}, alb.JobFailed{Job: "job-r"}} {
		s, _ := must(t, shop().State(), associate("r", c(2), c(3)), event(alb.DefaultCertificateSet{Listener: "lsn-1", Certificate: c(2)}))
		if additional(s) != c(3)+" Associating" || usage(s) != 1 {
			t.Errorf("%s, usage %d", additional(s), usage(s))
		}
		s, _ = must(t, s, event(end))
		if users(t, s, c(2)) != 1 || listener(t, s, "lsn-1").Default != c(2) || listener(t, s, "lsn-1").Status != alb.Running {
			t.Errorf("after %T: %+v", end, listener(t, s, "lsn-1"))
		}
	}
}

func TestDefaultCertificateRemovedLeavesAdditionalOnes(t *testing.T) {
	s, _ := must(t, shop().Associated(c(2)).State(), event(alb.DefaultCertificateRemoved{Listener: "lsn-1"}))
	if listener(t, s, "lsn-1").Default != "" || additional(s) != c(2)+" Associated" || users(t, s, c(1)) != 0 {
		t.Errorf("%+v with %s", listener(t, s, "lsn-1"), additional(s))
	}
	refused(t, s, associate("r", c(3)), errcodes.CondDefaultCertificateMissing)
}

func TestCertificateAddedAndRemoved(t *testing.T) {
	const id, pem = "7-cn-shanghai", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n"
	s := shop().State()
	refused(t, s, associate("r", id), errcodes.CondCertificateNotFound)
	with, _ := must(t, s, event(cas.CertificateAdded{Certificate: cas.Certificate{Name: "seven", ID: id, Domains: 3, Listeners: 3, PEM: pem}}))
	if got, _ := with.CAS.ByID(id); got.Listeners != 0 || got.Domains != 0 || got.Status != cas.Issued || got.PEM != pem {
		t.Errorf("%+v", got)
	}
	must(t, with, associate("r", id))
	without, _ := must(t, with, event(cas.CertificateRemoved{Name: "seven"}))
	unchanged(t, s, without)
}

// The events of other listeners change nothing here.
func TestJobsOfOtherListeners(t *testing.T) {
	s := shop().Associating("a", c(2)).Listener("lsn-2", alb.HTTPS).Default(c(1)).Associating("b", c(2)).State()
	s, _ = must(t, s, event(alb.JobFailed{Job: "job-b"}))
	if additional(s) != c(2)+" Associating" || listener(t, s, "lsn-1").Status != alb.Configuring || listener(t, s, "lsn-2").Status != alb.Running {
		t.Errorf("%s", additional(s))
	}
}
