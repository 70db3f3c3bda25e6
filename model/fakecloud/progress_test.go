package fakecloud_test

import (
	"testing"
	"time"

	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/model/fakecloud"
)

const first = "12315790343_166f8204689_1714763408_709981430" // a certificate of the shop

// associateFirst starts a job and returns its id.
func associateFirst(t *testing.T, cloud *fakecloud.Cloud) string {
	t.Helper()
	return must(t, call(t, cloud, "AssociateAdditionalCertificatesWithListener", "ListenerId", listener, "Certificates.1.CertificateId", first)).text("JobId")
}

// setFree starts a rollout.
func setFree(t *testing.T, cloud *fakecloud.Cloud) {
	t.Helper()
	cloud.Apply(onCDN(cdn.FreeCertificateIssued{Domain: www}))
	must(t, call(t, cloud, "SetDomainServerCertificate", "DomainName", www, "ServerCertificateStatus", "on", "CertType", "free"))
}

func going(cloud *fakecloud.Cloud, job string) (domain, processing bool) {
	s := cloud.State()
	d, _ := s.CDN.Domains.Get(www)
	j, _ := s.ALB.Jobs.Get(job)
	return d.Configuring, j.Status == alb.Processing
}

func TestPolls(t *testing.T) {
	for polls := range 4 {
		cloud := open(t, fakecloud.Options{Progress: fakecloud.Polls(polls)})
		job := associateFirst(t, cloud)
		setFree(t, cloud)
		for range 3 { // answers about other resources do not count
			call(t, cloud, "ListUserCertificateOrder")
			call(t, cloud, "GetListenerAttribute", "ListenerId", "another")
			call(t, cloud, "ListAsynJobs", "JobIds.1", "another")
			call(t, cloud, "DescribeCdnDomainDetail", "DomainName", "another.example.com")
		}
		for look := range polls {
			if domain, processing := going(cloud, job); !domain || !processing {
				t.Errorf("polls=%d: ended before look %d: domain %v, job %v", polls, look+1, !domain, !processing)
			}
			switch look % 3 {
			case 0:
				call(t, cloud, "ListAsynJobs", "ResourceIds.1", listener)
				call(t, cloud, "DescribeUserDomains")
			case 1:
				call(t, cloud, "ListListeners")
				call(t, cloud, "DescribeDomainCertificateInfo", "DomainName", www)
			case 2:
				want(t, call(t, cloud, "UpdateListenerAttribute", "ListenerId", listener, "Certificates.1.CertificateId", first), 400, "IncorrectStatus.Listener")
				want(t, call(t, cloud, "SetDomainServerCertificate", "DomainName", www), 403, "ServiceBusy")
			}
		}
		if domain, processing := going(cloud, job); domain || processing {
			t.Errorf("polls=%d: not ended: domain %v, job %v", polls, domain, processing)
		}
		checkJournal(t, cloud, 0)
	}
}

func TestAfter(t *testing.T) {
	clock := newClock()
	cloud := open(t, fakecloud.Options{Progress: fakecloud.After(10 * time.Second), Now: clock.now})
	job := associateFirst(t, cloud)
	clock.advance(5 * time.Second)
	setFree(t, cloud)
	for _, step := range []struct {
		after       time.Duration
		domain, job bool // going on
	}{{0, true, true}, {4999 * time.Millisecond, true, true}, {time.Millisecond, true, false}, {5 * time.Second, false, false}} {
		clock.advance(step.after)
		for range 3 {
			call(t, cloud, "ListAsynJobs")
		}
		if domain, processing := going(cloud, job); domain != step.domain || processing != step.job {
			t.Errorf("%v later: domain %v, job %v; want %v, %v", step.after, domain, processing, step.domain, step.job)
		}
	}
	jobs := must(t, call(t, cloud, "ListAsynJobs", "JobIds.1", job))
	if jobs.text("Jobs", 0, "CreateTime") != "1795295700000" || jobs.text("Jobs", 0, "ModifyTime") != "1795295710000" {
		t.Error(jobs.raw)
	}
	checkJournal(t, cloud, 0)
}

func TestManual(t *testing.T) {
	clock := newClock()
	cloud := open(t, fakecloud.Options{Progress: fakecloud.Manual(), Now: clock.now})
	job := associateFirst(t, cloud)
	setFree(t, cloud)
	for range 20 {
		clock.advance(time.Hour)
		call(t, cloud, "ListAsynJobs")
		call(t, cloud, "DescribeUserDomains")
	}
	if domain, processing := going(cloud, job); !domain || !processing {
		t.Error("ended by itself")
	}
	cloud.Apply(onCDN(cdn.ConfigurationFinished{Domain: www}), onALB(alb.JobFailed{Job: job}))
	if domain, processing := going(cloud, job); domain || processing {
		t.Error("not ended")
	}
	if got := call(t, cloud, "ListListenerCertificates", "ListenerId", listener); got.text("TotalCount") != "1" {
		t.Errorf("a failed job leaves %s", got.raw)
	}
}

// TestEndedByHand checks that an event may end a rollout early, and that a later rollout
// of the same domain is not affected.
func TestEndedByHand(t *testing.T) {
	clock := newClock()
	cloud := open(t, fakecloud.Options{Progress: fakecloud.After(10 * time.Second), Now: clock.now})
	setFree(t, cloud)
	clock.advance(6 * time.Second)
	cloud.Apply(onCDN(cdn.ConfigurationFinished{Domain: www}))
	setFree(t, cloud)
	clock.advance(6 * time.Second)
	if domain, _ := going(cloud, ""); !domain {
		t.Error("the second rollout ended with the first")
	}
	clock.advance(4 * time.Second)
	if domain, _ := going(cloud, ""); domain {
		t.Error("the second rollout does not end")
	}
}

// TestDefaultProgress checks that a rollout ends with the first look or after a second,
// whichever comes first, also for clients that never look.
func TestDefaultProgress(t *testing.T) {
	deploy := func(cloud *fakecloud.Cloud) answer {
		return call(t, cloud, "SetDomainServerCertificate", "DomainName", www, "ServerCertificateStatus", "on", "CertType", "cas", "CertName", "first")
	}
	open := func(t *testing.T) (*fakecloud.Cloud, *clock) {
		t.Helper()
		clock := newClock()
		return open(t, fakecloud.Options{Now: clock.now, Elapsed: clock.monotonic}), clock
	}
	t.Run("deploys again later", func(t *testing.T) {
		cloud, clock := open(t)
		for range 5 {
			must(t, deploy(cloud))
			clock.advance(time.Second)
		}
		if domain, _ := going(cloud, ""); domain {
			t.Error("the last rollout does not end")
		}
		checkJournal(t, cloud, 0)
	})
	t.Run("retries at once", func(t *testing.T) {
		cloud, clock := open(t)
		must(t, deploy(cloud))
		for range 3 {
			clock.advance(999 * time.Millisecond)
			want(t, deploy(cloud), 403, "ServiceBusy")
			must(t, deploy(cloud))
		}
		checkJournal(t, cloud, 0)
	})
	t.Run("polls", func(t *testing.T) {
		cloud, _ := open(t)
		job := associateFirst(t, cloud)
		for _, status := range []string{"Processing", "Succeeded"} {
			if got := call(t, cloud, "ListAsynJobs", "JobIds.1", job); got.text("Jobs", 0, "Status") != status {
				t.Error(got.raw)
			}
		}
	})
	t.Run("ends by time after a look at another", func(t *testing.T) {
		cloud, clock := open(t)
		job := associateFirst(t, cloud)
		setFree(t, cloud)
		call(t, cloud, "GetListenerAttribute", "ListenerId", listener)
		if domain, processing := going(cloud, job); !domain || processing {
			t.Errorf("domain %v, job %v", domain, processing)
		}
		job = associateSecond(t, cloud)
		clock.advance(time.Second)
		if domain, processing := going(cloud, job); domain || processing {
			t.Errorf("a second later: domain %v, job %v", domain, processing)
		}
		checkJournal(t, cloud, 0)
	})
}

// associateSecond starts a job and returns its id.
func associateSecond(t *testing.T, cloud *fakecloud.Cloud) string {
	t.Helper()
	return must(t, call(t, cloud, "AssociateAdditionalCertificatesWithListener", "ListenerId", listener,
		"Certificates.1.CertificateId", "12315790344_166f8204690_1714763409_709981431-cn-hangzhou")).text("JobId")
}

// TestLooks checks which answers show a pending change: a page of a list shows what is on
// it, and a refusal shows the change only if it is the reason.
func TestLooks(t *testing.T) {
	tests := []struct {
		action      string
		params      []string
		domain, job bool // still going on
	}{
		{"DescribeUserDomains", []string{"PageSize", "1"}, true, true}, // another domain
		{"DescribeUserDomains", []string{"PageSize", "1", "PageNumber", "2"}, false, true},
		{"DescribeUserDomains", []string{"PageNumber", "3"}, true, true},
		{"DescribeUserDomains", nil, false, true},
		{"DescribeCdnDomainDetail", []string{"DomainName", "a.example.com"}, true, true},
		{"DescribeCdnDomainDetail", []string{"DomainName", "WWW.example.com"}, false, true},
		{"SetDomainServerCertificate", []string{"DomainName", www, "ServerCertificateStatus", "maybe"}, true, true},
		{"SetDomainServerCertificate", []string{"DomainName", www}, false, true},
		{"ListListeners", []string{"MaxResults", "1"}, true, true}, // another listener
		{"ListListeners", []string{"MaxResults", "1", "NextToken", "lsn-0"}, true, false},
		{"ListListeners", []string{"ListenerProtocol", "QUIC"}, true, true},
		{"ListListeners", nil, true, false},
		{"ListAsynJobs", []string{"MaxResults", "1", "NextToken", "z"}, true, true},
		{"ListAsynJobs", []string{"ResourceIds.1", "lsn-0"}, true, true},
		{"ListAsynJobs", nil, true, false},
		{"GetListenerAttribute", []string{"ListenerId", "lsn-0"}, true, true},
		{"GetListenerAttribute", []string{"ListenerId", listener}, true, false},
		{"ListListenerCertificates", []string{"ListenerId", listener, "MaxResults", "1"}, true, true}, // the default one
		{"ListListenerCertificates", []string{"ListenerId", listener, "CertificateType", "Ca"}, true, true},
		{"ListListenerCertificates", []string{"ListenerId", listener}, true, false},
		{"AssociateAdditionalCertificatesWithListener", []string{"ListenerId", listener}, true, true},
		{"AssociateAdditionalCertificatesWithListener", []string{"ListenerId", listener, "Certificates.1.CertificateId", first}, true, false},
		{"UpdateListenerAttribute", []string{"ListenerId", listener, "Certificates.1.CertificateId", first}, true, false},
	}
	for _, test := range tests {
		cloud := open(t, fakecloud.Options{Progress: fakecloud.Polls(1)})
		if err := cloud.Seed(fakecloud.Seed{
			Domains:   map[string]cdn.Domain{"a.example.com": {}},
			Listeners: map[string]alb.Listener{"lsn-0": {LoadBalancer: "alb-1"}},
		}); err != nil {
			t.Fatal(err)
		}
		job := associateFirst(t, cloud)
		setFree(t, cloud)
		got := call(t, cloud, test.action, test.params...)
		if domain, processing := going(cloud, job); domain != test.domain || processing != test.job {
			t.Errorf("%s %q: domain %v, job %v; want %v, %v\n%s", test.action, test.params, domain, processing, test.domain, test.job, got.raw)
		}
		checkJournal(t, cloud, 0)
	}
}

// TestLooksAtDefault checks that the list of certificates shows the change of the default
// one where the present one is on the page.
func TestLooksAtDefault(t *testing.T) {
	cloud := open(t, fakecloud.Options{Progress: fakecloud.Polls(1)})
	job := must(t, call(t, cloud, "UpdateListenerAttribute", "ListenerId", listener, "Certificates.1.CertificateId", first)).text("JobId")
	call(t, cloud, "ListListenerCertificates", "ListenerId", listener, "NextToken", "z")
	if _, processing := going(cloud, job); !processing {
		t.Error("an empty page ended the job")
	}
	call(t, cloud, "ListListenerCertificates", "ListenerId", listener)
	if _, processing := going(cloud, job); processing {
		t.Error("the job does not end")
	}
}

func TestParseProgress(t *testing.T) {
	for text, ok := range map[string]bool{
		"polls=0": true, "polls=12": true, "after=0s": true, "after=1m30s": true, "manual": true, "polls=1,after=1s": true, "polls=0,after=0s": true,
		"polls=1,": false, ",after=1s": false, "polls=1,polls=2": false, "after=1s,after=2s": false, "polls=1,manual": false, "manual,after=1s": false, "polls=1,after=-1s": false, "polls=1;after=1s": false,
		"": false, "polls": false, "polls=": false, "polls=-1": false, "polls=x": false, "after=": false, "after=5": false, "after=-1s": false, "manual=": false, "never": false,
	} {
		p, err := fakecloud.ParseProgress(text)
		if (err == nil) != ok || ok && p.String() != text {
			t.Errorf("%q: %v, %v", text, p, err)
		}
	}
	if p, err := fakecloud.ParseProgress("after=1s,polls=2"); err != nil || p != fakecloud.PollsOrAfter(2, time.Second) {
		t.Errorf("in the other order: %v, %v", p, err)
	}
	if text := (fakecloud.Progress{}).String(); text != "polls=1,after=1s" {
		t.Errorf("the zero value is %s", text)
	}
}
