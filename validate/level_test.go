package validate_test

import (
	"crypto/x509"
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/validate"
)

func TestLevels(t *testing.T) {
	order := []validate.Level{validate.LevelNote, validate.LevelWarning, validate.LevelError}
	for i, a := range order {
		for k, b := range order {
			if a.AtLeast(b) != (i >= k) {
				t.Errorf("%s at least %s: %v", a, b, a.AtLeast(b))
			}
		}
		if validate.LevelIgnore.AtLeast(a) || validate.Level("").AtLeast(a) || validate.Level("other").AtLeast(a) {
			t.Errorf("ignored and unknown levels are at least %s", a)
		}
	}
}

// TestOptionsLevels raises, lowers and silences an advisory.
func TestOptionsLevels(t *testing.T) {
	in := soundInput(t, errcodes.SetDomainServerCertificate)
	in.cdn.DomainName = "other.example.net"
	for level, want := range map[validate.Level]validate.Level{
		"":                    validate.LevelWarning,
		"unknown":             validate.LevelWarning,
		validate.LevelNote:    validate.LevelNote,
		validate.LevelWarning: validate.LevelWarning,
		validate.LevelError:   validate.LevelError,
		validate.LevelIgnore:  "",
	} {
		in.opts.Levels = map[validate.AdvisoryID]validate.Level{validate.DomainNotCovered: level}
		report := in.report()
		a, told := report.Advisory(validate.DomainNotCovered)
		if a.Level != want || told != (want != "") || report.Worst() != want || report.Err() != nil {
			t.Errorf("level %q: %v, %+v; the worst is %q; %v", level, told, a, report.Worst(), report.Err())
		}
	}
	in.cdn.Status = "neither"
	if report := in.report(); report.Worst() != validate.LevelError {
		t.Errorf("refused, but the worst is %q", report.Worst())
	}
	if got := (*validate.Report)(nil).Worst(); got != "" {
		t.Errorf("the worst of no report is %q", got)
	}
}

// TestExpiresWithin is about when a certificate is due for renewal.
func TestExpiresWithin(t *testing.T) {
	const day = 24 * time.Hour
	begin := time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	for _, test := range []struct {
		days    int           // lifetime
		within  time.Duration // option
		age     time.Duration
		advised bool
		reason  string
	}{
		{90, 0, 60 * day, false, ""},
		{90, 0, 60*day + time.Second, true, "it expires in 29 days, on 2026-04-01; it was due for renewal from 2026-03-02"},
		{6, 0, 4 * day, false, ""},
		{6, 0, 4*day + time.Hour, true, "it expires in a day, on 2026-01-07; it was due for renewal from 2026-01-05"},
		{6, 30 * day, time.Hour, true, "it expires in 5 days, on 2026-01-07; it was due for renewal from 2025-12-08"},
		{45, 14 * day, 30 * day, false, ""},
		{45, 14 * day, 32 * day, true, "it expires in 13 days, on 2026-02-15; it was due for renewal from 2026-02-01"},
		{90, -1, 90 * day, false, ""},
	} {
		in := soundInput(t, errcodes.SetDomainServerCertificate)
		in.cdn.Certificate = leafWith(t, func(c *x509.Certificate) { c.NotBefore, c.NotAfter = begin, begin.Add(time.Duration(test.days)*day) })
		in.opts = validate.Options{Now: begin.Add(test.age), ExpiresWithin: test.within}
		a, told := in.report().Advisory(validate.ExpiresSoon)
		if told != test.advised || a.Reason.EN != test.reason {
			t.Errorf("%d days, %v, %v: %v, %q; want %v, %q", test.days, test.within, test.age, told, a.Reason.EN, test.advised, test.reason)
		}
	}
}

// TestNames reads one certificate for several domains.
func TestNames(t *testing.T) {
	in := soundInput(t, errcodes.SetDomainServerCertificate)
	in.cdn.DomainName = "WWW.example.com"
	in.cdn.Certificate = leafWith(t, func(c *x509.Certificate) {
		c.DNSNames = []string{"www.example.com", "*.Example.com", "*.xn--fiqs8s.example"}
	})
	in.opts.Domains = []string{".example.com", "www.example.com", "a.b.example.com", "api.example.com", "www.中国.example", "example.com:443", "*.example.com"}
	want := []validate.NameCoverage{
		{Domain: "www.example.com", Covered: true, By: "www.example.com"},
		{Domain: ".example.com", Covered: true, By: "*.Example.com"},
		{Domain: "a.b.example.com"},
		{Domain: "api.example.com", Covered: true, By: "*.Example.com"},
		{Domain: "www.xn--fiqs8s.example", Covered: true, By: "*.xn--fiqs8s.example"},
		{Domain: "example.com:443"},
		{Domain: "*.example.com", Covered: true, By: "*.Example.com"},
	}
	shared := *in
	shared.cdn.Pair = validate.ParsePair(in.cdn.Certificate, in.cdn.PrivateKey, in.opts)
	for name, report := range map[string]*validate.Report{"texts": in.report(), "a pair": shared.report()} {
		if diff := cmp.Diff(want, report.Names); diff != "" {
			t.Errorf("%s (-want +got)\n%s", name, diff)
		}
		var reasons []string
		for _, a := range report.Advisories {
			if a.ID == validate.DomainNotCovered {
				reasons = append(reasons, a.Reason.EN)
			}
		}
		said := []string{"its names do not cover a.b.example.com", `"example.com:443" is not a host name: it has a port at the end (:443); use "example.com"`}
		if diff := cmp.Diff(said, reasons); diff != "" || report.Err() != nil {
			t.Errorf("%s: %v (-want +got)\n%s", name, report.Err(), diff)
		}
	}
}

// TestReportAsJSON: levels, causes and coverage are in the JSON of a report.
func TestReportAsJSON(t *testing.T) {
	root := newRoot(t)
	req := pairRequest(root.pem()+root.leaf(t, nil), pkiFile(t, "p256/other-key.pem"))
	data, err := json.Marshal(validate.Check(req, validate.Options{Now: inPeriod, Domains: []string{"a.example.net"}}))
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{
		`"condition":"KeyMismatch","parameter":"PrivateKey"`, `"follows":"CertificateNotServer"`,
		`{"id":"root-included","level":"note","parameter":"ServerCertificate","block":1,"line":1,`,
		`"names":[{"domain":"www.example.com","covered":true,"by":"www.example.com"},{"domain":"a.example.net","covered":false}]`,
	} {
		if !strings.Contains(string(data), want) {
			t.Errorf("no %s in\n%s", want, data)
		}
	}
}
