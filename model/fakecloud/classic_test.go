package fakecloud_test

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/alicert/alicert/model/account"
	"github.com/alicert/alicert/model/clb"
	"github.com/alicert/alicert/model/fakecloud"
	"github.com/alicert/alicert/testdata"
)

// demo returns the demo account.
func demo(t *testing.T) *fakecloud.Cloud {
	t.Helper()
	cloud := fakecloud.New(fakecloud.Options{NoAuth: true})
	if err := cloud.Seed(fakecloud.Demo()); err != nil {
		t.Fatal(err)
	}
	return cloud
}

// on calls an operation of the classic load balancer in its version: other products have
// operations of the same name.
func on(t *testing.T, cloud *fakecloud.Cloud, action string, params ...string) answer {
	t.Helper()
	return call(t, cloud, action, append([]string{"Version", "2014-05-15"}, params...)...)
}

// TestClassicCertimate makes the calls of certimate's deployment to a listener of the demo
// account: look for the certificate, upload it, read the listener, set the default
// certificate; then to the domain extension of one domain.
func TestClassicCertimate(t *testing.T) {
	cloud := demo(t)
	list := must(t, on(t, cloud, "DescribeServerCertificates", "RegionId", "cn-hangzhou"))
	if id := list.text("ServerCertificates", "ServerCertificate", 0, "ServerCertificateId"); id != clb.CertificateID("demo") {
		t.Error(list.raw)
	}
	uploaded := must(t, on(t, cloud, "UploadServerCertificate", "RegionId", "cn-hangzhou", "ServerCertificateName", "certimate_1790000000000",
		"ServerCertificate", strings.TrimSpace(testdata.Read("p256/chain3.pem")), "PrivateKey", strings.TrimSpace(testdata.Read("p256/key.pem"))))
	id := uploaded.text("ServerCertificateId")
	get := func() answer {
		return must(t, on(t, cloud, "DescribeLoadBalancerHTTPSListenerAttribute", "LoadBalancerId", "lb-demo", "ListenerPort", "443"))
	}
	if got := get(); got.text("ServerCertificateId") != clb.CertificateID("demo") || got.text("Status") != "running" {
		t.Error(got.raw)
	}
	must(t, on(t, cloud, "SetLoadBalancerHTTPSListenerAttribute", "RegionId", "cn-hangzhou", "LoadBalancerId", "lb-demo", "ListenerPort", "443", "ServerCertificateId", id))
	if got := get(); got.text("ServerCertificateId") != id {
		t.Error(got.raw)
	}
	extensions := must(t, on(t, cloud, "DescribeDomainExtensions", "RegionId", "cn-hangzhou", "LoadBalancerId", "lb-demo", "ListenerPort", "443"))
	if got := extensions.text("DomainExtensions", "DomainExtension", 0, "Domain"); got != www {
		t.Fatal(extensions.raw)
	}
	extension := extensions.text("DomainExtensions", "DomainExtension", 0, "DomainExtensionId")
	must(t, on(t, cloud, "SetDomainExtensionAttribute", "RegionId", "cn-hangzhou", "DomainExtensionId", extension, "ServerCertificateId", id))
	if got := get(); got.text("DomainExtensions", "DomainExtension", 0, "ServerCertificateId") != id {
		t.Error(got.raw)
	}

	// In another region there is no such certificate, which is what a tool is told.
	if err := cloud.AddClassicListener("lb-2", 443, ""); err != nil {
		t.Fatal(err)
	}
	abroad := must(t, on(t, cloud, "UploadServerCertificate", "RegionId", "cn-beijing", "ServerCertificate", testdata.Read("p256/chain3.pem"), "PrivateKey", testdata.Read("p256/key.pem")))
	want(t, on(t, cloud, "SetLoadBalancerHTTPSListenerAttribute", "RegionId", "cn-hangzhou", "LoadBalancerId", "lb-2", "ListenerPort", "443",
		"ServerCertificateId", abroad.text("ServerCertificateId")), 404, "ServerCertificateId.NotFound")
	checkJournal(t, cloud, 0)
}

// TestClassicRefusals: what the gateway refuses, and what the service does.
func TestClassicRefusals(t *testing.T) {
	cloud := demo(t)
	key := testdata.Read("p256/key.pem")
	for _, test := range []struct {
		action string
		params []string
		status int
		code   string
	}{
		{"UploadServerCertificate", []string{"ServerCertificate", testdata.Read("p256/leaf.pem"), "PrivateKey", key}, 400, "MissingRegionId"},
		{"UploadServerCertificate", []string{"RegionId", "cn-hangzhou", "ServerCertificate", testdata.Read("p384/leaf.pem"), "PrivateKey", key}, 400, "CertificateNotMatchPrivateKey"},
		{"UploadServerCertificate", []string{"RegionId", "cn-hangzhou", "ServerCertificate", testdata.Read("p256/leaf.pem"), "PrivateKey", testdata.Read("encrypted/pkcs8.pem")}, 400, "PrivateKeyEncryption"},
		{"DescribeLoadBalancerHTTPSListenerAttribute", []string{"LoadBalancerId", "lb-demo", "ListenerPort", "https"}, 400, "InvalidListenerPort"},
		{"SetLoadBalancerHTTPSListenerAttribute", []string{"LoadBalancerId", "lb-demo", "ListenerPort", "80", "ServerCertificateId", "x"}, 400, "UnsupportedOperationonfixedprotocalport"},
		{"SetLoadBalancerHTTPSListenerAttribute", []string{"LoadBalancerId", "lb-demo", "ListenerPort", "443", "DryRun", "yes"}, 400, "InvalidDryRun"},
		{"SetLoadBalancerHTTPSListenerAttribute", []string{"LoadBalancerId", "lb-demo", "ListenerPort", "443", "DryRun", "true"}, 400, "DryRunOperation"},
		{"DeleteServerCertificate", []string{"ServerCertificateId", clb.CertificateID("demo")}, 400, "CertificateAndPrivateKeyIsRefered"},
		{"DescribeLoadBalancerAttribute", []string{"LoadBalancerId", "lb-9"}, 404, "InvalidLoadBalancerId.NotFound"},
	} {
		want(t, on(t, cloud, test.action, test.params...), test.status, test.code)
	}
	cloud.Apply(account.Input{Action: clb.BalancerListenerChanged{LoadBalancer: "lb-demo", Port: 443, Status: clb.Configuring}})
	want(t, on(t, cloud, "SetDomainExtensionAttribute", "RegionId", "cn-hangzhou", "DomainExtensionId", "de-demo", "ServerCertificateId", clb.CertificateID("demo")),
		400, "DomainExtensionProcessing")
}

// TestClassicHelpers: what the helpers add can be used, and mistakes are told.
func TestClassicHelpers(t *testing.T) {
	cloud := fakecloud.New(fakecloud.Options{NoAuth: true})
	var ids []string
	for _, name := range []string{"first", "second"} {
		id, err := cloud.AddServerCertificate("cn-beijing", name, testdata.Read("p256/chain3.pem"))
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, id)
	}
	ok(t, cloud.AddClassicListener("lb-1", 443, ids[0]))
	ok(t, cloud.AddClassicListener("lb-1", 8443, ids[1]))
	s := cloud.State().CLB
	if lb, _ := s.LoadBalancers.Get("lb-1"); lb.Region != "cn-beijing" || s.Class("lb-1 8443") != "running" || ids[0] == ids[1] {
		t.Errorf("%+v, %s, %q", lb, s.Class("lb-1 8443"), ids)
	}
	wantError(t, cloud.AddClassicListener("lb-1", 443, ids[0]), "exists already")
	wantError(t, cloud.AddClassicListener("lb-1", 444, "absent"), `no server certificate with the id "absent"`)
	for _, text := range []string{"", "no certificate"} {
		_, err := cloud.AddServerCertificate("", "x", text)
		wantError(t, err, "server certificate \"x\"")
	}
	for _, seed := range []struct{ text, want string }{
		{`{"classicListeners": [{"loadBalancer": "lb-9", "port": 443}]}`, `there is no classic load balancer "lb-9"`},
		{`{"domainExtensions": {"de-1": {"loadBalancer": "lb-1", "port": 1, "domain": "www.example.com", "certificate": "c"}}}`, `there is no classic listener "lb-1 1"`},
		{`{"serverCertificates": {"c": {"pem": "none"}}}`, `server certificate "c"`},
	} {
		parsed, err := fakecloud.ParseSeed([]byte(seed.text))
		if err != nil {
			t.Fatal(err)
		}
		wantError(t, cloud.Seed(parsed), seed.want)
	}
}

// TestClassicKept: a data directory and a seed keep all of it.
func TestClassicKept(t *testing.T) {
	dir := t.TempDir()
	cloud, err := fakecloud.Open(dir, fakecloud.Options{NoAuth: true}, fakecloud.Demo())
	if err != nil {
		t.Fatal(err)
	}
	must(t, on(t, cloud, "CreateDomainExtension", "RegionId", "cn-hangzhou", "LoadBalancerId", "lb-demo", "ListenerPort", "443", "Domain", "a.example.com", "ServerCertificateId", clb.CertificateID("demo")))
	before := cloud.State().CLB
	ok(t, cloud.Close())
	again, err := fakecloud.Open(dir, fakecloud.Options{NoAuth: true}, fakecloud.Seed{})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = again.Close() })
	if diff := cmp.Diff(before.Key(), again.State().CLB.Key()); diff != "" || before.Extensions.Len() != 2 {
		t.Errorf("%d extensions (-before +after)\n%s", before.Extensions.Len(), diff)
	}
	seeded := fakecloud.New(fakecloud.Options{NoAuth: true})
	ok(t, seeded.Seed(savedSeed(t, again)))
	if diff := cmp.Diff(fakecloud.SeedOf(again.State()).Classic, fakecloud.SeedOf(seeded.State()).Classic); diff != "" {
		t.Errorf("(-saved +seeded)\n%s", diff)
	}
}

// A classicPanel is what the page shows of one resource.
type classicPanel struct {
	State        string
	Certificates []struct {
		Title string
		Names []string
		Users []struct{ Value, ID string }
	}
	Actions []struct {
		Key, Path string
		Body      json.RawMessage
	}
}

func lookAt(t *testing.T, cloud *fakecloud.Cloud, kind, id string) classicPanel {
	t.Helper()
	return get[classicPanel](t, cloud, "resource?kind="+kind+"&id="+url.QueryEscape(id))
}

// TestClassicPage: the page lists the resources, and shows them with their certificates.
func TestClassicPage(t *testing.T) {
	cloud := demo(t)
	byName := map[string]group{}
	for _, g := range get[struct{ Groups []group }](t, cloud, "view?lang=zh").Groups {
		byName[g.Name] = g
	}
	if g := byName["classicListeners"]; g.Total != 2 || g.Items[0].ID != "lb-demo 443" || g.Items[0].State != "运行中" || g.Items[0].Certificate.Name != "default" {
		t.Errorf("%+v", g)
	}
	if g := byName["serverCertificates"]; g.Total != 1 || g.Items[0].Name != "default" || g.Items[0].Tone != "good" {
		t.Errorf("%+v", g)
	}
	p := lookAt(t, cloud, "classicListener", "lb-demo 443")
	if len(p.Certificates) != 2 || p.Certificates[0].Title != "Default certificate" || p.Certificates[1].Title != "Domain extension · www.example.com" || len(p.Actions) != 3 {
		t.Errorf("%+v", p)
	}
	if c := lookAt(t, cloud, "serverCertificate", clb.CertificateID("demo")); len(c.Certificates) != 1 || len(c.Certificates[0].Users) != 2 || len(c.Certificates[0].Names) != 2 {
		t.Errorf("%+v", c)
	}
}

// TestClassicActions: the actions of the page apply, and the timeline tells what they changed.
func TestClassicActions(t *testing.T) {
	cloud := demo(t)
	for _, kind := range []string{"classicBalancer", "classicListener"} {
		for _, a := range lookAt(t, cloud, kind, map[string]string{"classicBalancer": "lb-demo", "classicListener": "lb-demo 443"}[kind]).Actions {
			if a.Key == "remove" {
				continue
			}
			if status, text := control(t, cloud, "POST", a.Path, string(a.Body), nil); status != 200 {
				t.Errorf("%s: %s: %d %s", kind, a.Key, status, text)
			}
		}
	}
	if b := lookAt(t, cloud, "classicBalancer", "lb-demo"); b.State != "not permitted" && b.State != "configuring" {
		t.Errorf("%+v", b)
	}
	if l := lookAt(t, cloud, "classicListener", "lb-demo 443"); l.State != "stopped" {
		t.Errorf("%+v", l)
	}
	rows := get[struct {
		Rows []struct {
			Changes []struct{ Target, From, To string }
		}
	}](t, cloud, "timeline").Rows
	if len(rows) == 0 || len(rows[0].Changes) != 1 || rows[0].Changes[0].Target != "lb-demo 443" || !strings.HasPrefix(rows[0].Changes[0].To, "stopped") {
		t.Errorf("%+v", rows[:min(1, len(rows))])
	}
}
