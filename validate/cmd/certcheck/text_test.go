package main

import (
	"bufio"
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"net/url"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/bilingual"
	"github.com/alicert/alicert/internal/cli"
	"github.com/alicert/alicert/internal/redact"
	"github.com/alicert/alicert/validate"
	"github.com/alicert/alicert/validate/internal/diagnosis"
)

// textOf returns what the given function writes in English.
func textOf(write func(*textReporter)) string {
	var b strings.Builder
	out := bufio.NewWriter(&b)
	write(&textReporter{printer: printer{out: out}, width: defaultWidth})
	_ = out.Flush()
	return b.String()
}

func TestCertificateInText(t *testing.T) {
	day := func(year int) time.Time { return time.Date(year, 1, 2, 0, 0, 0, 0, time.UTC) }
	names := make([]string, 20)
	for i := range names {
		names[i] = fmt.Sprintf("n%d.example.com", i)
	}
	c := validate.Certificate{Block: 3, Names: names, Issuer: strings.Repeat("证", 300), NotBefore: day(2026), NotAfter: day(2028), KeyType: "Ed25519", KeyBits: 256, Signature: "SHA256-RSA"}
	got := textOf(func(r *textReporter) { r.certificate(c, day(2027)) })
	for _, want := range []string{
		"  3 (no subject)\n",
		"names   n0.example.com n1.example.com n2.example.com n3.example.com n4.example.com n5.example.com n6.example.com n7.example.com and 12 more\n",
		"issuer  " + strings.Repeat("证", longestName) + "…\n",
		"valid   2026-01-02 to 2028-01-02, 365 days left\n",
		"key     Ed25519, signed with SHA256-RSA\n",
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %q in\n%s", want, got)
		}
	}
}

// TestTextIsSafe writes control characters into every field of a report.
func TestTextIsSafe(t *testing.T) {
	const evil = "\x1b]0;title\x07\n\rFORGED\u009b\u202e"
	text := errcodes.Message{EN: evil, ZH: evil}
	violation := &errcodes.Error{Code: evil, Message: evil, Condition: errcodes.CondKeyMismatch, Parameter: evil, Reason: text}
	r := &result{
		Diagnosis: diagnosis.Diagnosis{Files: map[string]string{evil: evil}, Report: &validate.Report{
			Operation:    errcodes.SetDomainServerCertificate,
			Violations:   []*errcodes.Error{violation, violation},
			Advisories:   []validate.Advisory{{ID: evil, Parameter: evil, Reason: text}},
			Certificates: []validate.Certificate{{Subject: evil, Issuer: evil + evil, Names: []string{evil}, KeyType: evil, Curve: evil, Signature: evil}},
		}},
		pair:   &pair{cert: evil, key: evil},
		fix:    &fixed{changes: []validate.Change{{Parameter: evil, What: text}}, written: []string{evil}},
		groups: []group{{evil, 1}},
	}
	var b strings.Builder
	out := bufio.NewWriter(&b)
	p := printer{out: out}
	reporters := []reporter{
		&textReporter{printer: p, width: defaultWidth},
		&textReporter{printer: p, width: defaultWidth, all: true},
		&listReporter{printer: p, sum: &summary{withoutKey: []string{evil}}},
		&jsonReporter{out: out},
		&sarifReporter{out: out},
	}
	for _, reporter := range reporters {
		if err := reporter.show(r); err != nil {
			t.Fatal(err)
		}
		if err := reporter.finish(); err != nil {
			t.Fatal(err)
		}
	}
	cli.Complain(out, "certcheck", errcodes.English, bilingual.Fail("%s", "%s", evil))
	_ = out.Flush()
	for line := range strings.Lines(b.String()) {
		if line = strings.TrimSuffix(line, "\n"); redact.Printable(line) != line || strings.HasPrefix(line, "FORGED") {
			t.Errorf("unsafe line %q", line)
		}
	}
}

func TestDump(t *testing.T) {
	const evil = "a\n        Issuer: CN=forged\x1b"
	name := pkix.Name{Names: []pkix.AttributeTypeAndValue{{Type: []int{2, 5, 4, 3}, Value: evil}}}
	cert := &x509.Certificate{
		Version: 3, Subject: name, Issuer: name, SerialNumber: nil,
		DNSNames: []string{evil}, URIs: []*url.URL{{Path: evil}}, OCSPServer: []string{evil},
	}
	// A certificate that the dump stumbles over is told of.
	all := &dumps{certs: map[string]*x509.Certificate{"x": cert}}
	if _, err := all.of(validate.Certificate{SHA256: "x"}); err == nil {
		t.Error("no error for a certificate without a serial number")
	}
	got := textOf(func(r *textReporter) { r.dump(all.of(validate.Certificate{SHA256: "x"})) })
	if !strings.HasPrefix(got, "    no dump of this certificate: ") {
		t.Errorf("dump writes %q", got)
	}
	if _, err := all.of(validate.Certificate{SHA256: "y", Block: 2}); err == nil || !strings.Contains(err.Error(), "block 2") {
		t.Errorf("error %v for a certificate that is not there", err)
	}
	clean := oneLine(cert)
	for _, text := range []string{clean.Subject.Names[0].Value.(string), clean.Issuer.Names[0].Value.(string), clean.DNSNames[0], clean.OCSPServer[0]} {
		if redact.Printable(text) != text {
			t.Errorf("%q is not printable", text)
		}
	}
	if cert.DNSNames[0] != evil || cert.Subject.Names[0].Value != evil {
		t.Error("the certificate itself was changed")
	}
}

func TestListNamesFewWithoutKey(t *testing.T) {
	dir := t.TempDir()
	var names []string
	for i := range mostLeft + 3 {
		names = append(names, fmt.Sprintf("%d.pem", i))
		writeFile(t, filepath.Join(dir, names[i]), certText)
	}
	writeFile(t, filepath.Join(dir, "pair.crt"), readText(t, "pki", "p256", "chain3.pem"))
	writeFile(t, filepath.Join(dir, "pair.key"), readText(t, "pki", "p256", "key.pem"))
	got := runHere(t, "", false, "-dir", dir)
	if want := "without a key that fits, not checked: 23 (" + strings.Join(names[:mostLeft], " ") + " and 3 more)\n"; got.status != exitAccepted || !strings.HasSuffix(got.stdout, want) {
		t.Errorf("%+v; want it to end with %q", got, want)
	}
}

func TestShorten(t *testing.T) {
	if got := shorten("证书abc", 3); got != "证书a…" {
		t.Errorf("shorten = %q", got)
	}
}
