package validate_test

import (
	"errors"
	"testing"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/validate"
)

// TestNamesSite is about which names are for a site: those that cover it, and those below
// it.
func TestNamesSite(t *testing.T) {
	for _, test := range []struct {
		names, site string
		want        bool
	}{
		{"example.com", "example.com", true},
		{"EXAMPLE.com", "example.com", true},
		{"www.example.com", "example.com", true},
		{"a.b.example.com", "example.com", true},
		{"*.example.com", "example.com", true},
		{"*.a.example.com", "example.com", true},
		{"*.example.com", "shop.example.com", true},
		{"other.test,www.example.com", "example.com", true},
		{"example.com", "shop.example.com", false},
		{"*.example.com", "a.shop.example.com", false},
		{"notexample.com", "example.com", false},
		{"www.example.com.", "example.com", false},
		{"www.example.com.test", "example.com", false},
		{"*.com", "example.com", true}, // covers it
		{"", "example.com", false},
	} {
		if got := (&validate.Leaf{Names: test.names}).NamesSite(test.site); got != test.want {
			t.Errorf("%q names the site %s: %v; want %v", test.names, test.site, got, test.want)
		}
	}
}

// TestSiteByName: a request that says the name of its site is checked against it,
// whichever way it is asked. The answer is provisional, and the advisory follows from it.
func TestSiteByName(t *testing.T) {
	req := validate.CDNRequest{
		Op: errcodes.SetCertificate, SiteID: "1", CertType: "upload", Certificate: pkiFile(t, "p256/chain3.pem"), PrivateKey: secretFile(t, "p256/key.pem"),
	}
	opts := validate.Options{Now: inPeriod}
	for site, accepted := range map[string]bool{"": true, "example.com": true, "Example.COM": true, "www.example.com": true, "example.org": false, "shop.example.com": false} {
		req.DomainName = site
		report := validate.Check(&req, opts)
		e, refused := errors.AsType[*errcodes.Error](report.Err())
		if refused == accepted || refused && (e.Condition != errcodes.CondSiteNotCovered || e.Code != "CertificateDomainNotMatchSite" || !e.Provisional || e.Parameter != "Certificate" || e.Block != 1) {
			t.Errorf("site %q: %v", site, report.Err())
		}
		verdict, summary := validate.Verdict(&req, opts), validate.Summarize(&req, opts)
		if (verdict == nil) != accepted || summary.Accepted() != accepted || refused && (verdict.Error() != e.Error() || summary.Verdict != *e) {
			t.Errorf("site %q: verdict %v, summary %v, report %v", site, verdict, summary.Verdict, e)
		}
		a, told := report.Advisory(validate.DomainNotCovered)
		if told == accepted || told && a.Follows != errcodes.CondSiteNotCovered.String() {
			t.Errorf("site %q: %+v", site, report.Advisories)
		}
	}
	req.DomainName, req.PrivateKey = "example.org", secretFile(t, "p256/other-key.pem")
	if err := validate.Verdict(&req, opts); !errors.Is(err, errcodes.CondKeyMismatch) {
		t.Errorf("another key for another site: %v", err)
	}
}

// TestStoredCertificateOfASite: with the type cas nothing but the number is looked at.
func TestStoredCertificateOfASite(t *testing.T) {
	req := validate.CDNRequest{
		Op: errcodes.SetCertificate, SiteID: "1", CertType: "cas", CertID: "2", DomainName: "example.org", Certificate: "rubbish", PrivateKey: validate.NewSecret("rubbish"),
	}
	if s := validate.Summarize(&req, validate.Options{}); s.Verdict.Code != "" || s.Certificate != "" || s.Key != "" {
		t.Errorf("%+v", s)
	}
	req.CertID, req.CertName = "", "shop"
	if err := validate.Verdict(&req, validate.Options{}); !errors.Is(err, errcodes.CondCertificateUnidentified) {
		t.Errorf("a name alone: %v", err)
	}
}
