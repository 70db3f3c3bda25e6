package fakecloud_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/alicert/alicert/model/fakecloud"
)

// TestToolsOnGA makes the calls of certimate, dnsmgr and Terraform for a domain of an
// accelerator's listener, and then for its default certificate.
func TestToolsOnGA(t *testing.T) {
	cloud := open(t, fakecloud.Options{Progress: fakecloud.Polls(1)})
	first := firstID(t, cloud)
	if err := cloud.AddListener("lsr-1", "ga-1", first); err != nil {
		t.Fatal(err)
	}
	id := uploaded(t, cloud)
	ga := func(action string, params ...string) answer {
		t.Helper()
		return call(t, cloud, action, append([]string{"Version", "2019-11-20", "RegionId", "cn-hangzhou", "AcceleratorId", "ga-1", "ListenerId", "lsr-1"}, params...)...)
	}
	active := func() {
		t.Helper()
		for range 3 {
			if must(t, ga("DescribeListener")).text("State") == "active" && must(t, ga("DescribeAccelerator")).text("State") == "active" {
				return
			}
		}
		t.Fatal("the listener is not active")
	}
	if got := must(t, ga("ListListeners", "PageNumber", "1", "PageSize", "50")); got.text("Listeners", 0, "Protocol") != "https" {
		t.Errorf("%s", got.raw)
	}
	must(t, ga("ListListenerCertificates", "MaxResults", "20"))
	if got := must(t, ga("AssociateAdditionalCertificatesWithListener", "Certificates.1.Id", first, "Certificates.1.Domain", "www.example.com", "ClientToken", "TF-1")); got.text("ListenerId") != "lsr-1" {
		t.Errorf("%s", got.raw)
	}
	want(t, ga("UpdateAdditionalCertificateWithListener", "Domain", "www.example.com", "CertificateId", id), 400, "NotActive.Listener")
	active()
	must(t, ga("UpdateAdditionalCertificateWithListener", "Domain", "www.example.com", "CertificateId", id))
	active()
	if got := must(t, ga("ListListenerCertificates", "Role", "additional")); got.text("Certificates", 0, "CertificateId") != id || got.text("Certificates", 0, "Domain") != "www.example.com" {
		t.Errorf("%s", got.raw)
	}
	must(t, ga("UpdateListener", "Certificates.1.Id", id))
	active()
	must(t, ga("DissociateAdditionalCertificatesFromListener", "Domains.1", "www.example.com", "ClientToken", "TF-2"))
	active()
	want(t, ga("DissociateAdditionalCertificatesFromListener"), 400, "MissingDomains")
	want(t, call(t, cloud, "DescribeListener", "Version", "2019-11-20", "RegionId", "cn-hangzhou", "ListenerId", "lsr-9"), 400, "NotExist.Listener")
	checkJournal(t, cloud, 0)
}

// TestListenerOfGAOnThePage: the page, the assertions and the polls know that the certificate
// of a domain is additional.
func TestListenerOfGAOnThePage(t *testing.T) {
	cloud := open(t, fakecloud.Options{Progress: fakecloud.Polls(2)})
	first := firstID(t, cloud)
	if err := cloud.AddListener("lsr-1", "ga-1", first); err != nil {
		t.Fatal(err)
	}
	id := uploaded(t, cloud)
	ga := func(action string, params ...string) answer {
		t.Helper()
		return call(t, cloud, action, append([]string{"Version", "2019-11-20", "RegionId", "cn-hangzhou", "AcceleratorId", "ga-1", "ListenerId", "lsr-1"}, params...)...)
	}
	type card struct {
		Title string
		Users []struct{ Kind, ID string }
	}
	cards := func(lang string) []card {
		t.Helper()
		return get[struct{ Certificates []card }](t, cloud, "resource?kind=listener&id=lsr-1&lang="+lang).Certificates
	}
	must(t, ga("AssociateAdditionalCertificatesWithListener", "Certificates.1.Id", first, "Certificates.1.Domain", "www.example.com"))
	if err := cloud.Finish("lsr-1"); err != nil {
		t.Fatal(err)
	}
	must(t, ga("UpdateAdditionalCertificateWithListener", "Domain", "www.example.com", "CertificateId", id))
	for lang, want := range map[string]string{"en": "Additional certificate · www.example.com · updating", "zh": "扩展证书 · www.example.com · 替换中"} {
		if got := cards(lang); len(got) != 2 || got[1].Title != want {
			t.Errorf("%+v; want %s", got, want)
		}
	}
	var failing complaints
	cloud.AssertAssociated(&failing, "lsr-1", id)
	if len(failing.texts) != 1 || !strings.Contains(failing.texts[0], id+" of listener lsr-1 is Updating") {
		t.Errorf("while it is being updated: %q", failing.texts)
	}
	for _, state := range []string{"updating", "updating", "active"} { // the list shows the change, too
		if got := must(t, ga("ListListenerCertificates", "Role", "additional")); got.text("Certificates", 0, "State") != state {
			t.Errorf("%s; want %s", got.raw, state)
		}
	}
	cloud.AssertAssociated(t, "lsr-1", id)
	cloud.AssertAssociated(t, "lsr-1", first)
	failing.texts = nil
	cloud.AssertAssociated(&failing, "lsr-1", "99-cn-hangzhou")
	if len(failing.texts) != 1 || !strings.Contains(failing.texts[0], id+" of www.example.com (Associated)") {
		t.Errorf("a certificate that it does not have: %q", failing.texts)
	}
	if got := cards("en"); len(got) != 2 || len(got[1].Users) != 1 || got[1].Users[0].ID != "lsr-1" {
		t.Errorf("%+v", got)
	}
	if got := get[struct{ Kind string }](t, cloud, "resource?kind=accelerator&id=ga-1"); got.Kind != "accelerator" {
		t.Errorf("%+v", got)
	}
}

// TestListenerOfGAKept: a data directory keeps the certificates of domains, and a change to one
// that was pending ends after it was opened again.
func TestListenerOfGAKept(t *testing.T) {
	dir := t.TempDir()
	cloud, err := fakecloud.Open(dir, fakecloud.Options{NoAuth: true, Progress: fakecloud.Manual()}, fakecloud.Demo())
	if err != nil {
		t.Fatal(err)
	}
	ga := func(action string, params ...string) answer {
		t.Helper()
		return call(t, cloud, action, append([]string{"Version", "2019-11-20", "RegionId", "cn-hangzhou", "AcceleratorId", "ga-demo", "ListenerId", "lsr-https"}, params...)...)
	}
	must(t, ga("AssociateAdditionalCertificatesWithListener", "Certificates.1.Id", "2-cn-hangzhou", "Certificates.1.Domain", "www.example.com"))
	ok(t, cloud.Finish("lsr-https"))
	must(t, ga("UpdateAdditionalCertificateWithListener", "Domain", "www.example.com", "CertificateId", "3-cn-hangzhou"))
	before := cloud.State()
	ok(t, cloud.Close())
	if cloud, err = fakecloud.Open(dir, fakecloud.Options{NoAuth: true, Progress: fakecloud.Manual()}, fakecloud.Seed{}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cloud.Close() })
	if diff := cmp.Diff(before.Key(), cloud.State().Key()); diff != "" {
		t.Errorf("(-before +after)\n%s", diff)
	}
	cloud.AssertAssociated(t, "lsr-https", "1-cn-hangzhou")
	ok(t, cloud.Finish("lsr-https"))
	cloud.AssertAssociated(t, "lsr-https", "3-cn-hangzhou")
	if got := must(t, ga("DescribeAccelerator")); got.text("State") != "active" {
		t.Errorf("%s", got.raw)
	}
}
