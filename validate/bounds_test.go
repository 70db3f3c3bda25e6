package validate_test

import (
	"crypto/x509"
	"errors"
	"math/big"
	"net"
	"slices"
	"strconv"
	"strings"
	"testing"
	"unicode/utf8"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/validate"
	"github.com/alicert/alicert/validate/internal/slow"
)

// An entryPoint is a call whose cost is bounded.
type entryPoint struct {
	name string
	call func(*validate.CDNRequest)
}

var entryPoints = []entryPoint{
	{"report", func(r *validate.CDNRequest) {
		validate.Check(r, validate.Options{Now: inPeriod})
	}},
	{"report, chain verified", func(r *validate.CDNRequest) {
		validate.Check(r, validate.Options{Now: inPeriod, VerifyChain: true})
	}},
	{"strict report", func(r *validate.CDNRequest) {
		validate.Check(r, validate.Options{Now: inPeriod, VerifyChain: true, Strict: true})
	}},
	{"verdict", func(r *validate.CDNRequest) { _ = validate.Verdict(r, validate.Options{Now: inPeriod}) }},
	{"strict verdict", func(r *validate.CDNRequest) {
		_ = validate.Verdict(r, validate.Options{Now: inPeriod, VerifyChain: true, Strict: true})
	}},
	{"check", func(r *validate.CDNRequest) { validate.Summarize(r, validate.Options{Now: inPeriod}) }},
	{"normalize", func(r *validate.CDNRequest) {
		_, _ = validate.Normalize(errcodes.SetDomainServerCertificate, r.Certificate, r.PrivateKey)
	}},
	{"normalize without key", func(r *validate.CDNRequest) {
		_, _ = validate.Normalize(errcodes.SetDomainServerCertificate, r.Certificate, validate.Secret{})
	}},
}

// TestBounds: no certificate and no key within the default limits costs more than
// 20 ms of processor time or 16 MiB of memory, in any call. It logs the slowest input of
// each call.
func TestBounds(t *testing.T) {
	if testing.Short() {
		t.Skip("runs nothing in parallel, and the race detector makes it many times as slow")
	}
	inputs := slowInputs(t)
	key := pkiFile(t, "p256/key.pem")
	for _, in := range slow.Inputs(validate.DefaultCertificateLimit) {
		inputs = append(inputs, slowInput{in.Name, in.Certificate, key})
	}
	for _, point := range entryPoints {
		var slowest slow.Cost
		var which, largest string
		var allocated uint64
		for _, in := range inputs {
			req := pairRequest(in.cert, in.key)
			cost := slow.Measure(func() { point.call(req) })
			cost.Check(t, point.name+" of "+in.name)
			if cost.Time > slowest.Time {
				slowest, which = cost, in.name
			}
			if cost.Allocated > allocated {
				allocated, largest = cost.Allocated, in.name
			}
		}
		t.Logf("%-24s %6.2f ms: %s; %6d KiB: %s", point.name, float64(slowest.Time.Microseconds())/1000, which, allocated>>10, largest)
	}
}

// TestLinear: with the limits lifted, four times the input costs four times as much
// memory, not sixteen times. Time would say the same, but not on a busy machine.
func TestLinear(t *testing.T) {
	if testing.Short() {
		t.Skip("runs nothing in parallel, and the race detector makes it many times as slow")
	}
	const small, large, most = 128 << 10, 512 << 10, 6
	inputs := func(limit int) []slow.Input {
		in := slow.Inputs(limit)
		fill := func(name, text string) {
			in = append(in, slow.Input{Name: name, Certificate: strings.Repeat(text, limit/len(text))})
		}
		fill("BEGIN lines", "-----BEGIN CERTIFICATE-----\n")
		fill("damaged BEGIN lines", "----BEGIN CERTIFICATE-----\n")
		fill("empty blocks", "-----BEGIN CERTIFICATE-----\n-----END CERTIFICATE-----\n")
		fill("blank lines", "\n")
		fill("text", "a\n")
		fill("dashes", "-")
		fill("one line", "a")
		return in
	}
	key := pkiFile(t, "p256/key.pem")
	lifted := validate.Options{Now: inPeriod, CertificateLimit: -1, PrivateKeyLimit: -1, VerifyChain: true}
	strict := lifted
	strict.Strict = true
	less, more := inputs(small), inputs(large)
	for i := range less {
		cost := func(in slow.Input) slow.Cost {
			req := pairRequest(in.Certificate, key)
			return slow.Once(func() {
				validate.Check(req, lifted)
				validate.Check(req, strict)
				_ = validate.Verdict(req, lifted)
			})
		}
		before, after := cost(less[i]), cost(more[i])
		t.Logf("%8.2f ms, %6d KiB: %s", float64(after.Time.Microseconds())/1000, after.Allocated>>10, more[i].Name)
		if after.Allocated > most*max(before.Allocated, 1<<20) {
			t.Errorf("%s: %d KiB for %d bytes, %d KiB for %d bytes", less[i].Name, before.Allocated>>10, small, after.Allocated>>10, large)
		}
	}
}

// TestMaxChainCertificates: where the limit on bytes is lifted, there is one on
// certificates.
func TestMaxChainCertificates(t *testing.T) {
	leaf, issuing := pkiFile(t, "p256/leaf.pem"), pkiFile(t, "p256/issuing.pem")
	for _, limit := range []int{-1, 1 << 20} {
		opts := validate.Options{Now: inPeriod, CertificateLimit: limit}
		full := leaf + strings.Repeat(issuing, validate.MaxChainCertificates-1)
		req := pairRequest(full, pkiFile(t, "p256/key.pem"))
		if err := validate.Verdict(req, opts); err != nil {
			t.Errorf("limit %d: %v", limit, err)
		}
		req.Certificate += issuing
		report := validate.Check(req, opts)
		if got := conditionsOf(report); !slices.Equal(got, []errcodes.Condition{errcodes.CondCertificateTooLong}) {
			t.Errorf("limit %d: %v", limit, got)
		}
		if verdict, _ := report.Verdict(); verdict.Reason.EN != "513 certificates; the limit is 512" {
			t.Errorf("limit %d: %q", limit, verdict.Reason.EN)
		}
		if got := validate.Verdict(req, opts); !errors.Is(got, errcodes.CondCertificateTooLong) || !errors.Is(got, errcodes.InvalidCertificateTooLong) {
			t.Errorf("limit %d: the verdict is %v", limit, got)
		}
	}
}

// TestManyIDs: a request with far too many certificates has one violation, although
// each of them has a fault.
func TestManyIDs(t *testing.T) {
	const many = 200_000
	for _, id := range []string{"", "a b", "1", "1-cn-a"} {
		req := &validate.ALBRequest{ListenerID: "lsn-1", CertificateIDs: slices.Repeat([]string{id}, many)}
		looked := 0
		opts := validate.Options{Certificate: func(string) (string, bool) { looked++; return "", false }}
		var report *validate.Report
		slow.Measure(func() { report = validate.Check(req, opts) }).Check(t, "the report on many ids")
		if got := conditionsOf(report); !slices.Equal(got, []errcodes.Condition{errcodes.CondTooManyCertificates}) || len(report.Advisories) > 0 || looked > 0 {
			t.Errorf("%q: %d violations, %d advisories, %d look-ups", id, len(report.Violations), len(report.Advisories), looked)
		}
		if err := validate.Verdict(req, opts); !errors.Is(err, errcodes.CondTooManyCertificates) {
			t.Errorf("%q: %v", id, err)
		}
	}
}

// TestShownTexts: no text of a report is long, for the oddest certificates.
func TestShownTexts(t *testing.T) {
	const longest, mostNames = 200, 250
	key := pkiFile(t, "p256/key.pem")
	for _, in := range slow.Inputs(validate.DefaultCertificateLimit) {
		report := validate.Check(pairRequest(in.Certificate, key), validate.Options{Now: inPeriod, VerifyChain: true})
		for _, c := range report.Certificates {
			for _, text := range append([]string{c.Subject, c.Issuer, c.Serial}, c.Names...) {
				if n := utf8.RuneCountInString(text); n > longest+1 || n == longest+1 && !strings.HasSuffix(text, "…") {
					t.Errorf("%s: a text of %d characters: %.80q", in.Name, n, text)
				}
			}
			if len(c.Names) > mostNames || c.MoreNames > 0 != (len(c.Names) == mostNames) {
				t.Errorf("%s: %d names and %d more", in.Name, len(c.Names), c.MoreNames)
			}
		}
		const mostReason = 4 * longest
		for _, a := range report.Advisories {
			if len(a.Reason.EN) > mostReason || len(a.Reason.ZH) > mostReason {
				t.Errorf("%s: %s has a reason of %d bytes", in.Name, a.ID, len(a.Reason.EN))
			}
		}
		for _, v := range report.Violations {
			if len(v.Reason.EN) > mostReason || len(v.Error()) > 2*mostReason {
				t.Errorf("%s: %v has a reason of %d bytes", in.Name, v.Condition, len(v.Reason.EN))
			}
		}
	}
}

// TestShownNames: names that are not shown still cover a domain, and are counted.
func TestShownNames(t *testing.T) {
	text := leafWith(t, func(c *x509.Certificate) {
		c.DNSNames = nil
		for i := range 299 {
			c.DNSNames = append(c.DNSNames, "n"+strconv.Itoa(i)+".example.com")
		}
		c.IPAddresses = []net.IP{{192, 0, 2, 1}}
		c.SerialNumber = new(big.Int).Lsh(big.NewInt(0xabc), 4*400)
		c.Subject.CommonName = strings.Repeat("证", 201)
	})
	req := pairRequest(text, pkiFile(t, "p256/key.pem"))
	req.DomainName = "n298.example.com"
	report := validate.Check(req, validate.Options{Now: inPeriod})
	if a, found := report.Advisory(validate.DomainNotCovered); found {
		t.Errorf("told that %s", a.Reason.EN)
	}
	c := report.Certificates[0]
	if len(c.Names) != 250 || c.MoreNames != 50 {
		t.Errorf("%d names and %d more; want 250 and 50", len(c.Names), c.MoreNames)
	}
	if want := "abc" + strings.Repeat("0", 197) + "…"; c.Serial != want {
		t.Errorf("serial number %q; want %q", c.Serial, want)
	}
	if want := "CN=" + strings.Repeat("证", 197) + "…"; c.Subject != want {
		t.Errorf("subject %q; want %q", c.Subject, want)
	}
}

// TestNil: nil is an empty request, a report in which nothing was found, and no
// server certificate.
func TestNil(t *testing.T) {
	opts := validate.Options{}
	for _, test := range []struct {
		name       string
		got, empty validate.Request
	}{
		{"CDN", (*validate.CDNRequest)(nil), &validate.CDNRequest{}},
		{"ALB", (*validate.ALBRequest)(nil), &validate.ALBRequest{}},
		{"CAS", (*validate.CASRequest)(nil), &validate.CASRequest{}},
	} {
		if diff := gocmp.Diff(validate.Check(test.empty, opts), validate.Check(test.got, opts)); diff != "" {
			t.Errorf("%s: Check (-empty +nil)\n%s", test.name, diff)
		}
		if diff := gocmp.Diff(validate.Verdict(test.empty, opts), validate.Verdict(test.got, opts)); diff != "" {
			t.Errorf("%s: Verdict (-empty +nil)\n%s", test.name, diff)
		}
		if diff := gocmp.Diff(validate.Summarize(test.empty, opts), validate.Summarize(test.got, opts)); diff != "" {
			t.Errorf("%s: Summarize (-empty +nil)\n%s", test.name, diff)
		}
		if validate.Verdict(test.got, opts) == nil {
			t.Errorf("%s: an empty request is accepted", test.name)
		}
	}
	var report *validate.Report
	if v, refused := report.Verdict(); refused {
		t.Errorf("the verdict of no report is %v", v)
	}
	if err := report.Err(); err != nil {
		t.Errorf("the error of no report is %v", err)
	}
	if a, found := report.Advisory(validate.CRLF); found {
		t.Errorf("no report has the advisory %v", a)
	}
	if err := validate.ServerUsage(nil); !errors.Is(err, errcodes.CondCertificateNotServer) {
		t.Errorf("the usage of no certificate is %v", err)
	}
}
