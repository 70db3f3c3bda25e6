package fakecloud_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/model/fakecloud"
)

// TestSetProgress checks that a change of the progress counts for what is pending.
func TestSetProgress(t *testing.T) {
	clock := newClock()
	cloud := open(t, fakecloud.Options{Now: clock.now, Elapsed: clock.monotonic, Progress: fakecloud.Manual()})
	configuring := func() bool {
		d, _ := cloud.State().CDN.Domains.Get(www)
		return d.Configuring
	}
	setFree(t, cloud)
	clock.advance(time.Hour)
	if !configuring() {
		t.Fatal("the rollout has ended")
	}
	set := func(text string, want int) {
		t.Helper()
		if status, answer := control(t, cloud, "POST", "progress", `{"progress":"`+text+`"}`, nil); status != want {
			t.Fatal(status, answer)
		}
	}
	set("sometimes", http.StatusBadRequest)
	set("after=10s", http.StatusOK)
	clock.advance(9 * time.Second)
	if !configuring() {
		t.Error("the rollout has ended too soon")
	}
	set("manual", http.StatusOK)
	clock.advance(time.Hour)
	if !configuring() {
		t.Error("time ends it")
	}
	set("polls=2", http.StatusOK)
	for want := range 2 {
		if configuring() != (want < 2) {
			t.Errorf("after %d looks", want)
		}
		must(t, call(t, cloud, "DescribeDomainCertificateInfo", "DomainName", www))
	}
	if configuring() || cloud.Progress() != fakecloud.Polls(2) {
		t.Error("looks do not end it")
	}
	set("manual", http.StatusOK)
	associateFirst(t, cloud)
	set("polls=0", http.StatusOK)
	if l, _ := cloud.State().ALB.Listeners.Get(listener); l.Status != alb.Running {
		t.Errorf("%+v", l)
	}
	checkJournal(t, cloud, 0)
}

// TestFinishOverHTTP checks the control path that ends a change.
func TestFinishOverHTTP(t *testing.T) {
	cloud := open(t, fakecloud.Options{Progress: fakecloud.Manual()})
	setFree(t, cloud)
	job := associateFirst(t, cloud)
	for _, step := range []struct {
		body   string
		status int
	}{
		{`{"name":"www.example.com"}`, 200},
		{`{"name":"www.example.com"}`, 409},
		{`{"name":"absent.example.com"}`, 409},
		{`{"name":"` + job + `","fail":true,"code":"QuotaExceeded"}`, 200},
		{`{"nam":""}`, 400},
	} {
		if status, answer := control(t, cloud, "POST", "finish", step.body, nil); status != step.status {
			t.Errorf("%s: %d %s", step.body, status, answer)
		}
	}
	if j, _ := cloud.State().ALB.Jobs.Get(job); j.Status != alb.Failed || j.Code != "QuotaExceeded" {
		t.Errorf("%+v", j)
	}
}

// TestRemoveFault checks that one fault can be removed.
func TestRemoveFault(t *testing.T) {
	cloud := open(t, fakecloud.Options{})
	inject(t, cloud, fakecloud.Fault{Code: "Throttling", Times: 1})
	inject(t, cloud, fakecloud.Fault{Code: "ServiceUnavailable", Times: 1})
	v := get[struct{ Faults []struct{ ID int } }](t, cloud, "view")
	if status, _ := control(t, cloud, "DELETE", "faults?id=99", "", nil); status != http.StatusNotFound {
		t.Error(status)
	}
	if status, text := control(t, cloud, "DELETE", "faults?id="+str(v.Faults[0].ID), "", nil); status != http.StatusOK || !strings.Contains(text, "ServiceUnavailable") || strings.Contains(text, "Throttling") {
		t.Errorf("%d %s", status, text)
	}
	want(t, call(t, cloud, "DescribeCdnService"), 503, "ServiceUnavailable")
}

// TestUndo checks that a reset can be undone until something changes.
func TestUndo(t *testing.T) {
	cloud := open(t, fakecloud.Options{Progress: fakecloud.Manual()})
	must(t, deploy(t, cloud, "p256"))
	inject(t, cloud, fakecloud.Fault{Code: "Throttling", Times: 1, Action: "AddCdnDomain"})
	before, rows := key(cloud.State()), len(timelineOf(t, cloud, ""))
	post := func(path string) int {
		status, _ := control(t, cloud, "POST", path, "{}", nil)
		return status
	}
	if status := post("undo"); status != http.StatusConflict {
		t.Error(status)
	}
	if post("reset") != http.StatusOK || key(cloud.State()) == before || len(timelineOf(t, cloud, "")) != 0 || len(cloud.Faults()) != 0 {
		t.Error("no reset")
	}
	must(t, call(t, cloud, "DescribeDomainCertificateInfo", "DomainName", www)) // a read changes nothing
	if post("undo") != http.StatusOK || key(cloud.State()) != before || len(timelineOf(t, cloud, "")) != rows || len(cloud.Faults()) != 1 || len(cloud.Calls()) != 1 {
		t.Errorf("not undone: %d rows, want %d; %v", len(timelineOf(t, cloud, "")), rows, cloud.Faults())
	}
	checkJournal(t, cloud, 0)
	if err := cloud.Finish(www); err != nil {
		t.Error(err)
	}
	post("reset")
	cloud.Apply(onCDN(cdn.AccountSuspended{}))
	if status := post("undo"); status != http.StatusConflict {
		t.Error(status)
	}
}

// TestExplain checks that every code, condition and advisory has an explanation in both
// languages, and that a typing error is noticed.
func TestExplain(t *testing.T) {
	cloud := open(t, fakecloud.Options{})
	type explanation struct {
		Word, Kind, Meaning, Hint, Advice string
		Rows                              []struct {
			Table  string
			Causes []struct{ Condition, Meaning, Evidence, Source string }
		}
	}
	words := []string{"NotImplemented.Fake", "leaf-not-in-period", "Throttling.User", "SignatureDoesNotMatch"}
	for code := range errcodes.Codes() {
		words = append(words, string(code))
	}
	for cond := range errcodes.Conditions() {
		words = append(words, cond.String())
	}
	for _, word := range words {
		en := get[[]explanation](t, cloud, "explain?code="+url.QueryEscape(word))
		zh := get[[]explanation](t, cloud, "explain?lang=zh&code="+url.QueryEscape(word))
		if len(en) == 0 || en[0].Meaning == "" || en[0].Hint == "" || len(zh) != len(en) || zh[0].Meaning == en[0].Meaning || en[0].Kind == "condition" && len(en[0].Rows) == 0 {
			t.Errorf("%s: %+v %+v", word, en, zh)
		}
	}
	status, text := control(t, cloud, "GET", "explain?code=Certificate.MisMatch", "", nil)
	if status != http.StatusNotFound || !strings.Contains(text, `"Certificate.MissMatch"`) {
		t.Errorf("%d %s", status, text)
	}
	if _, text = control(t, cloud, "GET", "explain?code="+url.QueryEscape("MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgqVQ3Xo1Tq5xY"), "", nil); strings.Contains(text, "MIGHAgEAMB") {
		t.Errorf("it repeats what may be a key: %s", text)
	}
}

// TestActions checks in several states that everything that a panel offers has an effect.
func TestActions(t *testing.T) {
	prepare := map[string]func(*fakecloud.Cloud){
		"at first": func(*fakecloud.Cloud) {},
		"pending":  func(c *fakecloud.Cloud) { setFree(t, c); associateFirst(t, c) },
		"reversed": func(c *fakecloud.Cloud) {
			for _, a := range []model.Action{
				cdn.DomainTakenOffline{Domain: www},
				cdn.ProtectionChanged{Domain: www, On: true},
				cdn.ScheduleChanged{Domain: www, On: true},
				cdn.PermissionChanged{Domain: www},
				alb.ListenerStopped{ID: listener},
				alb.PermissionChanged{LoadBalancer: "alb-1"},
			} {
				c.Apply(onCDN(a))
			}
		},
		"provisioning": func(c *fakecloud.Cloud) {
			c.Apply(onALB(alb.ListenerRemoved{ID: listener}), onALB(alb.ListenerAdded{ID: listener, Listener: alb.Listener{LoadBalancer: "alb-1", Protocol: alb.HTTPS, Port: 443}}))
		},
	}
	offered := 0
	for name, make := range prepare {
		for _, resource := range []string{"domain=" + www, "listener=" + listener, "certificate=first", "loadBalancer=alb-1", "job=", "listener=lsr-1", "accelerator=ga-1"} {
			for i := 0; ; i++ {
				cloud := open(t, fakecloud.Options{Progress: fakecloud.Manual()})
				if err := cloud.AddListener("lsr-1", "ga-1", firstID(t, cloud)); err != nil {
					t.Fatal(err)
				}
				make(cloud)
				kind, id, _ := strings.Cut(resource, "=")
				if kind == "job" {
					for job := range cloud.State().ALB.Jobs.All() {
						id = job
					}
				}
				if id == "" {
					break
				}
				v := get[struct {
					Actions []struct {
						Key, Label, Path string
						Body             json.RawMessage
						Primary          bool
					}
				}](t, cloud, "resource?kind="+kind+"&id="+url.QueryEscape(id))
				if i == len(v.Actions) {
					break
				}
				a := v.Actions[i]
				offered++
				if status, answer := control(t, cloud, "POST", a.Path, string(a.Body), nil); status != http.StatusOK || strings.Contains(answer, "ignored") || a.Label == "" {
					t.Errorf("%s, %s: %s: %d %s", name, resource, a.Key, status, answer)
				}
				if a.Primary != (a.Key == "finish") || i > 0 && a.Primary {
					t.Errorf("%s, %s: %+v", name, resource, a)
				}
			}
		}
	}
	if offered < 40 {
		t.Errorf("%d actions", offered)
	}
	if status, _ := control(t, open(t, fakecloud.Options{}), "GET", "resource?kind=domain&id=absent", "", nil); status != http.StatusNotFound {
		t.Error(status)
	}
}

// TestCard checks what a panel says of a certificate: who uses it, and that it does not
// cover the domain.
func TestCard(t *testing.T) {
	cloud := fakecloud.New(fakecloud.Options{NoAuth: true})
	if err := cloud.Seed(fakecloud.Demo()); err != nil {
		t.Fatal(err)
	}
	must(t, call(t, cloud, "SetCdnDomainSSLCertificate", "DomainName", www, "SSLProtocol", "on", "CertType", "cas", "CertId", "3", "CertName", "second"))
	type card struct {
		Name, Issuer, Key, SHA256, NotAfter string
		Names                               []string
		Users                               []struct{ Kind, ID string }
		Advisories                          []struct{ ID, Reason string }
	}
	for _, query := range []string{"kind=domain&id=" + www, "kind=certificate&id=second"} {
		v := get[struct{ Certificates []card }](t, cloud, "resource?"+query)
		c := v.Certificates[0]
		covered := true
		for _, a := range c.Advisories {
			covered = covered && a.ID != "domain-not-covered"
		}
		if c.Name != "second" || c.Issuer == "" || c.Key == "" || len(c.SHA256) != 64 || len(c.Names) != 2 || len(c.Users) != 1 || c.Users[0].ID != www || covered {
			t.Errorf("%s: %+v", query, c)
		}
	}
}
