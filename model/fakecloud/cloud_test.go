package fakecloud_test

import (
	"context"
	"crypto/x509"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model/account"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/model/fakecloud"
	"github.com/alicert/alicert/testdata"
	"github.com/alicert/alicert/validate"
)

func TestStateAndReset(t *testing.T) {
	cloud := open(t, fakecloud.Options{Progress: fakecloud.Polls(1)})
	shopState := cloud.State()
	associateFirst(t, cloud)
	inject(t, cloud, fakecloud.Fault{Status: 500})
	if err := cloud.Reset(); err != nil {
		t.Fatal(err)
	}
	if s := cloud.State(); key(s) != key(shopState) || len(cloud.Calls()) != 0 || len(cloud.Faults()) != 0 || len(cloud.Journal().Records) != 0 {
		t.Errorf("after a reset: %v, %d calls, %d faults, %d records", s, len(cloud.Calls()), len(cloud.Faults()), len(cloud.Journal().Records))
	}
	if err := cloud.SetState(account.State{}); err != nil || cloud.State().CDN.Domains.Len() != 0 {
		t.Fatal(err)
	}
	if err := cloud.SetState(shopState); err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(shopState, cloud.State()); diff != "" {
		t.Error(diff)
	}
	job := associateFirst(t, cloud)
	call(t, cloud, "ListAsynJobs")
	if _, processing := going(cloud, job); processing {
		t.Error("a job does not end after the state was set")
	}
	checkJournal(t, cloud, 3)
}

// TestSetStateGoesOn checks that pending changes of a new state end.
func TestSetStateGoesOn(t *testing.T) {
	balanced := alb.Scenario{}.LoadBalancer("alb-1", alb.Basic).Listener("lsn-1", alb.HTTPS).Default("1-a").Associating("r", "2-a").State()
	state := account.State{CAS: balanced.CAS, CDN: cdn.Scenario{}.HTTPSDomain(www).Configuring().State().Own, ALB: balanced.Own}
	cloud := fakecloud.New(fakecloud.Options{State: state, NoAuth: true})
	for range 2 {
		if domain, processing := going(cloud, "job-r"); !domain || !processing {
			t.Error("ended at once")
		}
		call(t, cloud, "DescribeUserDomains")
		call(t, cloud, "GetListenerAttribute", "ListenerId", "lsn-1")
		if domain, processing := going(cloud, "job-r"); domain || processing {
			t.Error("does not end")
		}
		if err := cloud.SetState(state); err != nil {
			t.Fatal(err)
		}
	}
}

// TestSystem checks that a cloud takes inputs directly.
func TestSystem(t *testing.T) {
	cloud := open(t, fakecloud.Options{})
	output, err := cloud.Do(context.Background(), onCDN(cdn.AccountSuspended{}))
	if err != nil || !output.OK() {
		t.Error(output, err)
	}
	output, err = cloud.Do(context.Background(), onCDN(cdn.Set("r", &validate.CDNRequest{DomainName: www}, validate.Options{}).Action))
	if err != nil || output.Error.Code != errcodes.OperationDenied {
		t.Error(output, err)
	}
	canceled, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := cloud.Do(canceled, onCDN(cdn.AccountReinstated{})); err == nil || !cloud.State().CDN.Suspended {
		t.Error("a canceled input had an effect")
	}
}

// TestJournalIsBounded checks that the journal starts with the state after the dropped
// records.
func TestJournalIsBounded(t *testing.T) {
	cloud := open(t, fakecloud.Options{Remember: 10})
	for i := range 50 {
		associateFirst(t, cloud)
		call(t, cloud, "GetListenerAttribute", "ListenerId", listener)
		must(t, call(t, cloud, "DissociateAdditionalCertificatesFromListener", "ListenerId", listener, "Certificates.1.CertificateId", first))
		call(t, cloud, "GetListenerAttribute", "ListenerId", listener)
		checkJournal(t, cloud, 10)
		if calls := cloud.Calls(); len(calls) != min(10, 4*(i+1)) {
			t.Fatalf("%d calls are remembered", len(calls))
		}
	}
}

// TestTokensAreBounded checks that the oldest client tokens are dropped, in the model,
// too.
func TestTokensAreBounded(t *testing.T) {
	cloud := open(t, fakecloud.Options{Progress: fakecloud.Polls(0), Remember: 20})
	request := func(i int) account.Input {
		req := &validate.ALBRequest{ListenerID: listener, CertificateIDs: []string{first}, ClientToken: fmt.Sprint("token-", i)}
		if i%2 == 1 {
			req.Op = errcodes.DissociateAdditionalCertificatesFromListener
		}
		return onALB(alb.Change(fmt.Sprint("r-", i), req).Action)
	}
	const bound, more = 10_000, 40
	for i := range bound + more {
		if output := cloud.Apply(request(i))[0]; !output.OK() {
			t.Fatal(i, output.Explain())
		}
	}
	tokens := cloud.State().ALB.Tokens
	if tokens.Len() != bound {
		t.Errorf("%d tokens", tokens.Len())
	}
	for i, there := range map[int]bool{more - 2: false, more - 1: false, more: true, bound + more - 1: true} {
		operation := []errcodes.Operation{errcodes.AssociateAdditionalCertificatesWithListener, errcodes.DissociateAdditionalCertificatesFromListener}[i%2].String()
		if tokens.Has(fmt.Sprint(operation, " token-", i)) != there {
			t.Errorf("token %d is there: %v", i, !there)
		}
	}
	if jobs := cloud.State().ALB.Jobs.Len(); jobs > alb.MaxFinishedJobs {
		t.Errorf("%d jobs", jobs)
	}
	checkJournal(t, cloud, 0)
}

// TestConcurrentUse checks that the model follows the journal of many concurrent clients.
func TestConcurrentUse(t *testing.T) {
	cloud := open(t, fakecloud.Options{Remember: 100_000})
	var clients sync.WaitGroup
	for client := range 8 {
		clients.Go(func() {
			for i := range 40 {
				switch (client + i) % 5 {
				case 0:
					call(t, cloud, "AssociateAdditionalCertificatesWithListener", "ListenerId", listener, "Certificates.1.CertificateId", first)
				case 1:
					call(t, cloud, "DissociateAdditionalCertificatesFromListener", "ListenerId", listener, "Certificates.1.CertificateId", first)
				case 2:
					call(t, cloud, "SetDomainServerCertificate", "DomainName", www, "ServerCertificateStatus", "on", "CertType", "cas", "CertName", "first")
				case 3:
					call(t, cloud, "ListListenerCertificates", "ListenerId", listener)
				case 4:
					call(t, cloud, "DescribeUserDomains")
				}
			}
		})
	}
	clients.Wait()
	checkJournal(t, cloud, 0)
	if n := len(cloud.Calls()); n != 8*40 {
		t.Errorf("%d calls", n)
	}
}

func TestSeed(t *testing.T) {
	for name, seed := range map[string]fakecloud.Seed{"shop": shop(), "demo": fakecloud.Demo(), "empty": {}} {
		data, err := json.Marshal(seed)
		if err != nil {
			t.Fatal(err)
		}
		again, err := fakecloud.ParseSeed(data)
		if diff := cmp.Diff(seed, again); diff != "" || err != nil {
			t.Errorf("%s: %v %s", name, err, diff)
		}
		cloud := fakecloud.New(fakecloud.Options{})
		if err := cloud.Seed(seed); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if s := cloud.State(); s.CDN.Domains.Len() != len(seed.Domains) || s.ALB.Listeners.Len() != len(seed.Listeners) {
			t.Errorf("%s: %v", name, s)
		}
		if err := cloud.Seed(seed); (err == nil) != (name == "empty") {
			t.Errorf("%s: a second time: %v", name, err)
		}
	}
	for text, part := range map[string]string{
		`{`:                               "unexpected",
		`{"domain":{}}`:                   "unknown field",
		`{"domains":{"a.com":{"x":1}}}`:   "unknown field",
		`{} {}`:                           "more than one",
		`{"listeners":{"l":{"port":{}}}}`: "cannot unmarshal",
	} {
		if _, err := fakecloud.ParseSeed([]byte(text)); err == nil || !strings.Contains(err.Error(), part) {
			t.Errorf("%s: %v", text, err)
		}
	}
	// The error of a seed that does not apply names the reason.
	for part, seed := range map[string]fakecloud.Seed{
		`seed: listener "lsn-9": there is no load balancer "alb-9"`:                     {Listeners: map[string]alb.Listener{"lsn-9": {LoadBalancer: "alb-9"}}},
		`seed: listener "lsn-9": there is no certificate with the id "404-cn-hangzhou"`: {Listeners: map[string]alb.Listener{"lsn-9": {LoadBalancer: "alb-1", Default: "404-cn-hangzhou"}}},
		`seed: the listener "` + listener + `" exists already`:                          {Listeners: map[string]alb.Listener{listener: {LoadBalancer: "alb-1"}}},
		`seed: the domain "www.example.com" exists already`:                             {Domains: map[string]cdn.Domain{www: {}}},
		`"name":"WWW.example.com"`:                                                      {Domains: map[string]cdn.Domain{"WWW.example.com": {}}},
	} {
		if err := open(t, fakecloud.Options{}).Seed(seed); err == nil || !strings.Contains(err.Error(), part) {
			t.Errorf("%v; want %q", err, part)
		}
	}
	cloud := open(t, fakecloud.Options{})
	if err := cloud.Seed(fakecloud.Seed{Certificates: map[string]cas.Certificate{"with text": {ID: "9-cn-hangzhou", PEM: testdata.Read("p256/chain3.pem")}}}); err != nil {
		t.Fatal(err)
	}
	if got := must(t, call(t, cloud, "GetUserCertificateDetail", "CertId", "9")); got.text("Cert") != testdata.Read("p256/chain3.pem") || !strings.Contains(got.raw, "www.example.com") {
		t.Error(got.raw)
	}
	secret := fakecloud.Seed{Certificates: map[string]cas.Certificate{"a": {PEM: testdata.Read("p256/key.pem")}}}
	if err := fakecloud.New(fakecloud.Options{}).Seed(secret); err == nil || strings.Contains(err.Error(), "BEGIN") {
		t.Error("a private key in a seed")
	}
}

// TestDemoCertificates checks that clients find names, dates, serial number and chain of
// every certificate of the demo account, and that none expires soon.
func TestDemoCertificates(t *testing.T) {
	cloud := fakecloud.New(fakecloud.Options{NoAuth: true})
	if err := cloud.Seed(fakecloud.Demo()); err != nil {
		t.Fatal(err)
	}
	serials := map[string]bool{}
	for number, names := range map[string]string{"1": "example.com,*.example.com", "2": "www.example.com", "3": "shop.example.com,www.shop.example.com"} {
		got := must(t, call(t, cloud, "GetUserCertificateDetail", "CertId", number))
		chain := []byte(got.text("Cert"))
		var last *x509.Certificate
		for i := range 3 {
			var block *pem.Block
			if block, chain = pem.Decode(chain); block == nil {
				t.Fatalf("certificate %s has %d blocks", number, i)
			}
			cert, err := x509.ParseCertificate(block.Bytes)
			if err != nil {
				t.Fatal(err)
			}
			if last != nil && last.CheckSignatureFrom(cert) != nil || cert.NotAfter.Year() < 2049 || cert.NotBefore.After(newClock().now()) {
				t.Errorf("certificate %s, block %d: %v to %v, issued by %v", number, i+1, cert.NotBefore, cert.NotAfter, cert.Issuer)
			}
			last = cert
		}
		common, _, _ := strings.Cut(names, ",")
		if got.text("Sans") != names || got.text("Common") != common || len(got.text("SerialNo")) < 3 || serials[got.text("SerialNo")] {
			t.Error(got.raw)
		}
		serials[got.text("SerialNo")] = true
		if detail := must(t, call(t, cloud, "GetCertificateDetail", "CertificateId", number)); detail.text("NotAfter") != "2524607999000" {
			t.Error(detail.raw)
		}
	}
}
