package fakecloud_test

import (
	"strings"
	"testing"

	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/model/fakecloud"
	"github.com/alicert/alicert/testdata"
)

// wantError fails the test unless an error has a text that names what is wrong.
func wantError(t *testing.T, err error, part string) {
	t.Helper()
	if err == nil || !strings.Contains(err.Error(), part) {
		t.Errorf("%v; want %q", err, part)
	}
}

// wantComplaints fails the test unless an assertion says each of the parts, and no more.
func wantComplaints(t *testing.T, assert func(fakecloud.TB), parts ...string) {
	t.Helper()
	var failed complaints
	assert(&failed)
	if len(failed.texts) != len(parts) {
		t.Errorf("%d complaints %q; want %q", len(failed.texts), failed.texts, parts)
		return
	}
	for i, part := range parts {
		if !strings.Contains(failed.texts[i], part) {
			t.Errorf("%q; want %q", failed.texts[i], part)
		}
	}
}

func ok(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

// TestHelpers checks the helpers and assertions in a test as users write it: deployments
// to a domain and a listener.
func TestHelpers(t *testing.T) {
	const lsn, domain = "lsn-1", "new.example.com"
	chain := testdata.Read("p256/chain3.pem")
	cloud := fakecloud.New(fakecloud.Options{NoAuth: true, Progress: fakecloud.Manual()})
	ok(t, cloud.AddDomain("New.Example.com"))
	wantError(t, cloud.AddDomain(domain), `the domain "new.example.com" exists already`)
	wantError(t, cloud.AddDomain("no domain"), `domain "no domain"`)
	id, err := cloud.AddCertificate("old", testdata.Read("rsa2048/chain3.pem"))
	ok(t, err)
	if id != "1000001-cn-hangzhou" {
		t.Error(id)
	}
	_, err = cloud.AddCertificate("old", chain)
	wantError(t, err, `the certificate "old" exists already`)
	_, err = cloud.AddCertificate("damaged", "text")
	wantError(t, err, `certificate "damaged": `)
	_, err = cloud.AddCertificate("none", "")
	wantError(t, err, "the text is empty")
	wantError(t, cloud.AddListener(lsn, "alb-1", "9-cn-hangzhou"), `there is no certificate with the id "9-cn-hangzhou"`)
	if cloud.State().ALB.LoadBalancers.Len() != 0 {
		t.Error("a load balancer without its listener")
	}
	ok(t, cloud.AddListener(lsn, "alb-1", id))
	ok(t, cloud.AddListener("lsn-2", "alb-1", ""))
	wantError(t, cloud.AddListener(lsn, "alb-2", id), `the listener "lsn-1" exists already`)
	if lbs := cloud.State().ALB.LoadBalancers; lbs.Len() != 1 || !lbs.Has("alb-1") {
		t.Error(lbs)
	}

	served := func(want string) func(fakecloud.TB) {
		return func(t fakecloud.TB) { cloud.AssertServed(t, domain, want) }
	}
	associated := func(id string) func(fakecloud.TB) {
		return func(t fakecloud.TB) { cloud.AssertAssociated(t, lsn, id) }
	}
	deploy := func(name, chain, key string) {
		t.Helper()
		must(t, call(t, cloud, "SetDomainServerCertificate", "DomainName", domain, "ServerCertificateStatus", "on", "CertName", name,
			"ServerCertificate", testdata.Read(chain), "PrivateKey", testdata.Read(key)))
	}
	wantComplaints(t, served(chain), "new.example.com has no certificate; want the one of www.example.com")
	deploy("one", "rsa2048/chain3.pem", "rsa2048/key.pem")
	wantComplaints(t, served(testdata.Read("rsa2048/leaf.pem")))
	wantComplaints(t, served(chain), `new.example.com has "one", the certificate of www.example.com`)
	wantComplaints(t, served("text"), "the certificate that new.example.com is to serve")
	wantComplaints(t, func(t fakecloud.TB) { cloud.AssertServed(t, "no.example.com", chain) }, `there is no domain "no.example.com"`)
	ok(t, cloud.Finish("NEW.example.com"))
	wantError(t, cloud.Finish(domain), `domain "new.example.com" has no pending rollout`)
	cloud.Apply(onCDN(cdn.ProtectionChanged{Domain: domain, On: true}))
	call(t, cloud, "SetDomainServerCertificate", "DomainName", domain, "ServerCertificateStatus", "on", "CertName", "two",
		"ServerCertificate", chain, "PrivateKey", testdata.Read("p256/key.pem"))
	wantComplaints(t, served(chain), "does not serve it: its state is")
	cloud.Apply(onCDN(cdn.ProtectionChanged{Domain: domain}))
	wantComplaints(t, served(chain))
	ok(t, cloud.FinishAll())

	second, err := cloud.AddCertificate("second", chain)
	ok(t, err)
	associate := func() (job string) {
		t.Helper()
		return must(t, call(t, cloud, "AssociateAdditionalCertificatesWithListener", "ListenerId", lsn, "Certificates.1.CertificateId", second)).text("JobId")
	}
	wantComplaints(t, associated(id))
	wantComplaints(t, associated(second), "listener lsn-1 does not have certificate \"1000002-cn-hangzhou\"; it has 1000001-cn-hangzhou (default)")
	wantComplaints(t, associated(""), "does not have certificate")
	wantComplaints(t, func(t fakecloud.TB) { cloud.AssertAssociated(t, "lsn-9", id) }, `there is no listener "lsn-9"`)
	job := associate()
	wantComplaints(t, associated(second), "is Associating; its job "+job+" is pending")
	ok(t, cloud.FailJob(job, "VipStatusNotSupport", "The VIP does not support it."))
	if got := call(t, cloud, "ListAsynJobs", "JobIds.1", job); got.text("Jobs", 0, "ErrorCode") != "VipStatusNotSupport" || got.text("Jobs", 0, "ErrorMessage") != "The VIP does not support it." {
		t.Error(got.raw)
	}
	wantError(t, cloud.FailJob(job, "", ""), `job "`+job+`" has ended: Failed`)
	wantError(t, cloud.FailJob(lsn, "", ""), `listener "lsn-1" has no pending job; its status is Running`)
	wantError(t, cloud.FailJob("job-0", "", ""), `there is no domain, listener or job "job-0"`)
	associate()
	ok(t, cloud.FailJob(lsn, "", ""))
	associate()
	ok(t, cloud.Finish(lsn))
	wantComplaints(t, associated(second))
	deploy("three", "rsa2048/chain3.pem", "rsa2048/key.pem")
	wantError(t, cloud.FailJob(domain, "A", ""), "a rollout cannot fail")
	job = must(t, call(t, cloud, "UpdateListenerAttribute", "ListenerId", lsn, "Certificates.1.CertificateId", second)).text("JobId")
	ok(t, cloud.FinishAll())
	if s := cloud.State(); s.CDN.Class(domain) != "on" || s.ALB.Class(lsn) != "Running" {
		t.Errorf("after FinishAll: %q, %q", s.CDN.Class(domain), s.ALB.Class(lsn))
	}
	wantError(t, cloud.Finish(job), "has ended: Succeeded")
	wantComplaints(t, associated(second))
	checkJournal(t, cloud, 0)
}

// TestFinishProvisions checks that Finish and FinishAll end the creation of a listener.
func TestFinishProvisions(t *testing.T) {
	for name, finish := range map[string]func(*fakecloud.Cloud) error{
		"Finish":    func(c *fakecloud.Cloud) error { return c.Finish("lsn-0") },
		"FinishAll": (*fakecloud.Cloud).FinishAll,
	} {
		cloud := open(t, fakecloud.Options{})
		ok(t, cloud.Seed(fakecloud.Seed{Listeners: map[string]alb.Listener{"lsn-0": {LoadBalancer: "alb-1", Status: alb.Provisioning}}}))
		wantError(t, cloud.FailJob("lsn-0", "A", ""), "its status is Provisioning")
		ok(t, finish(cloud))
		if l, _ := cloud.State().ALB.Listeners.Get("lsn-0"); l.Status != alb.Running {
			t.Errorf("%s: %s", name, l.Status)
		}
		checkJournal(t, cloud, 0)
	}
}

// TestFailJobHidesSecrets checks that a private key in the message of a job reaches neither
// the state nor the journal.
func TestFailJobHidesSecrets(t *testing.T) {
	cloud := open(t, fakecloud.Options{Progress: fakecloud.Manual()})
	ok(t, cloud.FailJob(associateFirst(t, cloud), "A", testdata.Read("p256/key.pem")))
	var journal strings.Builder
	if _, err := cloud.Journal().WriteTo(&journal); err != nil || strings.Contains(journal.String(), "PRIVATE") || strings.Contains(key(cloud.State()), "PRIVATE") {
		t.Error(err, journal.String())
	}
}

// TestRemovedListener checks that the pending job of a removed listener is not ended twice.
func TestRemovedListener(t *testing.T) {
	cloud := open(t, fakecloud.Options{Progress: fakecloud.Manual()})
	job := associateFirst(t, cloud)
	cloud.Apply(onALB(alb.ListenerRemoved{ID: listener}))
	records := len(cloud.Journal().Records)
	ok(t, cloud.FinishAll())
	if more := len(cloud.Journal().Records) - records; more != 0 {
		t.Errorf("%d more records", more)
	}
	wantError(t, cloud.Finish(job), "has ended: Failed")
}

func TestAssertNothingUnknown(t *testing.T) {
	cloud := open(t, fakecloud.Options{})
	call(t, cloud, "ListListeners")
	inject(t, cloud, fakecloud.Fault{Times: 1, Code: "InvalidAction.NotFound"})
	want(t, call(t, cloud, "ListListeners"), 404, "InvalidAction.NotFound")
	cloud.AssertNothingUnknown(t)
	for range 2 {
		call(t, cloud, "StartListener", "Version", "2022-04-30")
		call(t, cloud, "GetListenerAtribute")
		callHost(t, cloud, "alidns.aliyuncs.com", "DescribeDomainRecords", "Version", "2015-01-09")
	}
	wantComplaints(t, func(t fakecloud.TB) { cloud.AssertNothingUnknown(t) },
		"StartListener (Nlb 2022-04-30) was called", `"GetListenerAtribute" of version "2020-06-16" was called at 127.0.0.1`,
		`"DescribeDomainRecords" of version "2015-01-09" was called at alidns.aliyuncs.com`)
}

// TestCallsShowHost checks that a call has the host that the client addressed, and not the
// parts of its signature.
func TestCallsShowHost(t *testing.T) {
	cloud := newShop(t, fakecloud.Options{Keys: keysOfCaptures()})
	must(t, send(t, cloud, captured(t, "testdata/captures/go-sdk-v1-get-SetDomainServerCertificate.http")))
	callHost(t, cloud, "cas.ap-southeast-1.aliyuncs.com:443", "ListUserCertificateOrder", "Version", "2020-04-07")
	calls := cloud.Calls()
	if len(calls[0].Values) < 5 || calls[1].Host != "cas.ap-southeast-1.aliyuncs.com" {
		t.Errorf("%+v", calls)
	}
	for name := range calls[0].Values {
		if strings.HasPrefix(name, "Signature") {
			t.Errorf("%s is shown", name)
		}
	}
	if _, text := control(t, cloud, "GET", "calls", "", nil); !strings.Contains(text, `"host":"cas.ap-southeast-1.aliyuncs.com"`) {
		t.Error(text)
	}
}

// TestHelpersProducts checks the helpers with domains of each product: they are not those
// of the same name of another product.
func TestHelpersProducts(t *testing.T) {
	chain := testdata.Read("p256/chain3.pem")
	for _, product := range []string{"", "Cdn", "dcdn", "vod", "live"} {
		t.Run("product "+product, func(t *testing.T) {
			cloud := fakecloud.New(fakecloud.Options{NoAuth: true, Progress: fakecloud.Manual()})
			name := "www.example.com"
			id := cdn.DomainID(product, name)
			ok(t, cloud.AddDomain(cdn.DomainID(product, "WWW.Example.com")))
			wantError(t, cloud.AddDomain(id), "exists already")
			if all := cloud.State().CDN.Domains; all.Len() != 1 || !all.Has(id) {
				t.Fatal(all)
			}
			wantError(t, cloud.Finish(id), "has no pending rollout")
			operation := map[string]string{"dcdn": "SetDcdnDomainSSLCertificate", "vod": "SetVodDomainCertificate", "live": "SetLiveDomainCertificate"}[product]
			values := []string{"DomainName", name, "SSLProtocol", "on", "CertName", "one", "SSLPub", chain, "SSLPri", testdata.Read("p256/key.pem")}
			if operation == "" {
				operation = "SetCdnDomainSSLCertificate"
			}
			must(t, call(t, cloud, operation, values...))
			ok(t, cloud.Finish(id))
			wantError(t, cloud.Finish(id), "has no pending rollout")
			wantComplaints(t, func(t fakecloud.TB) { cloud.AssertServed(t, id, chain) })
			other := cdn.DomainID("dcdn", name)
			if product == "dcdn" {
				other = name
			}
			wantComplaints(t, func(t fakecloud.TB) { cloud.AssertServed(t, other, chain) }, "there is no domain")
		})
	}
}
