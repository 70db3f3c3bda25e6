package fakecloud_test

import (
	"strings"
	"testing"

	"github.com/alicert/alicert/model/fakecloud"
	"github.com/alicert/alicert/testdata"
)

// ofESA calls an operation of ESA, some of whose names the certificate center has, too.
func ofESA(t *testing.T, cloud *fakecloud.Cloud, action string, params ...string) answer {
	t.Helper()
	return call(t, cloud, action, append(params, "Version", "2024-09-10")...)
}

// TestCertificateOfSite makes the calls of tools for the site of the demo account: find it,
// look at its certificates and its quota, add a certificate of the center, replace it by an
// upload, and remove the one that uses up the quota.
func TestCertificateOfSite(t *testing.T) {
	cloud := fakecloud.New(fakecloud.Options{NoAuth: true, Progress: fakecloud.Manual()})
	if err := cloud.Seed(fakecloud.Demo()); err != nil {
		t.Fatal(err)
	}
	site := must(t, ofESA(t, cloud, "ListSites", "SiteName", "example.com", "SiteSearchType", "exact")).text("Sites", 0, "SiteId")
	of := func(action string, params ...string) answer {
		t.Helper()
		return ofESA(t, cloud, action, append(params, "SiteId", site)...)
	}
	quota := func() string {
		t.Helper()
		got := must(t, of("ListInstanceQuotasWithUsage", "QuotaNames", "customHttpCert"))
		return got.text("Quotas", 0, "Usage") + " of " + got.text("Quotas", 0, "QuotaValue")
	}
	if got := quota(); got != "1 of 2" {
		t.Error(got)
	}
	before := must(t, of("ListCertificates", "PageNumber", "1", "PageSize", "10"))
	if before.text("TotalCount") != "1" || before.text("Result", 0, "SAN") != "example.com,*.example.com" {
		t.Error(before.raw)
	}

	added := must(t, of("SetCertificate", "Type", "cas", "CasId", "2", "Region", "cn-hangzhou"))
	id := added.text("Id")
	want(t, of("SetCertificate", "Type", "cas", "CasId", "2", "Region", "cn-hangzhou"), 400, "Certificate.Duplicated")
	want(t, of("SetCertificate", "Type", "cas", "CasId", "1", "Name", "another"), 400, "CertQuotaCheckFailed")
	if got := quota(); got != "2 of 2" {
		t.Error(got)
	}
	pem, key := testdata.Read("p256/chain3.pem"), testdata.Read("p256/key.pem")
	if got := must(t, of("SetCertificate", "Type", "upload", "Id", id, "Certificate", pem, "PrivateKey", key)).text("Id"); got != id {
		t.Errorf("the certificate is %s; want %s", got, id)
	}
	if got := must(t, of("GetCertificate", "Id", id)); got.text("Certificate") != pem || got.text("Result", "Type") != "upload" || got.text("SiteName") != "example.com" || strings.Contains(got.raw, "PRIVATE KEY") {
		t.Error(got.raw)
	}
	must(t, of("DeleteCertificate", "Id", before.text("Result", 0, "Id")))
	want(t, of("DeleteCertificate", "Id", before.text("Result", 0, "Id")), 400, "Certificate.NotFound")
	must(t, of("SetCertificate", "Type", "cas", "CasId", "1", "Name", "another"))
	checkJournal(t, cloud, 0)

	// The page shows the site with its certificates, and what can be done to its plan.
	_, view := control(t, cloud, "GET", "view", "", nil)
	_, panel := control(t, cloud, "GET", "resource?kind=site&id="+site, "", nil)
	for text, wanted := range map[string][]string{view: {`"example.com"`, "2 of 2 certificates of the plan"}, panel: {`"another"`, "sp-demo", "PlanStatusChanged", "with certificates, quota used up"}} {
		for _, want := range wanted {
			if !strings.Contains(text, want) {
				t.Errorf("no %s in %s", want, text)
			}
		}
	}
	_, rows := control(t, cloud, "GET", "timeline?target="+site, "", nil)
	if !strings.Contains(rows, `"certificate":"another"`) || !strings.Contains(rows, "CertQuotaCheckFailed") {
		t.Error(rows)
	}

	// What is saved makes the same sites again.
	again := fakecloud.New(fakecloud.Options{})
	if err := again.Seed(savedSeed(t, cloud)); err != nil {
		t.Fatal(err)
	}
	if got, want := again.State().ESA, cloud.State().ESA; got.Certificates.Len() != want.Certificates.Len() || got.Class(site) != want.Class(site) {
		t.Errorf("%+v, then %+v", want, got)
	}
}

// TestAddSite checks that a site is there with room for a certificate, once.
func TestAddSite(t *testing.T) {
	cloud := open(t, fakecloud.Options{})
	id, err := cloud.AddSite("example.com")
	if err != nil || cloud.State().ESA.Class("1") != "no certificate" || id != 1 {
		t.Errorf("%d, %v", id, err)
	}
	if _, err := cloud.AddSite("example.com"); err == nil {
		t.Error("it is added twice")
	}
	if id, err := cloud.AddSite("example.org"); err != nil || id <= 1 {
		t.Errorf("%d, %v", id, err)
	}
}

// TestSeedOfSites checks what a seed refuses.
func TestSeedOfSites(t *testing.T) {
	for text, reason := range map[string]string{
		`{"sites": {"1": {"name": "example.com", "plan": "p"}}}`:                                                                             `no plan "p"`,
		`{"plans": {"p": {}}, "sites": {"one": {"name": "example.com", "plan": "p"}}}`:                                                       "does not apply",
		`{"siteCertificates": {"1 a": {"name": "a"}}}`:                                                                                       `no site "1"`,
		`{"plans": {"p": {}}, "sites": {"1": {"name": "example.com", "plan": "p"}}, "siteCertificates": {"1 a": {"name": "a", "pem": "x"}}}`: "certificate of site",
	} {
		seed, err := fakecloud.ParseSeed([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		if err := fakecloud.New(fakecloud.Options{}).Seed(seed); err == nil || !strings.Contains(err.Error(), reason) {
			t.Errorf("%s: %v; want %s", text, err, reason)
		}
	}
}
