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

func TestParseProgress(t *testing.T) {
	for text, ok := range map[string]bool{
		"polls=0": true, "polls=12": true, "after=0s": true, "after=1m30s": true, "manual": true,
		"": false, "polls": false, "polls=": false, "polls=-1": false, "polls=x": false, "after=": false, "after=5": false, "after=-1s": false, "manual=": false, "never": false,
	} {
		p, err := fakecloud.ParseProgress(text)
		if (err == nil) != ok || ok && p.String() != text {
			t.Errorf("%q: %v, %v", text, p, err)
		}
	}
	if text := (fakecloud.Progress{}).String(); text != "polls=1" {
		t.Errorf("the zero value is %s", text)
	}
}
