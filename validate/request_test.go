package validate_test

import (
	"errors"
	"fmt"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"time"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/validate"
)

// TestParseTakesEveryParameter sends every parameter of every operation whose
// requests are known here: none is lost, and nothing of another operation's names is
// taken.
func TestParseTakesEveryParameter(t *testing.T) {
	parsed := map[string]int{}
	for op := range errcodes.Operations() {
		form := url.Values{"Other": {"x"}}
		for p := range op.Parameters() {
			form.Set(strings.Replace(p.Name, ".N", ".1", 1), "value of "+p.Name)
		}
		req, err := validate.Parse(op, form)
		if err != nil {
			if !strings.Contains(err.Error(), op.String()) {
				t.Errorf("%s: %v", op, err)
			}
			continue
		}
		parsed[fmt.Sprintf("%T", req)]++
		if req.Operation() != op {
			t.Errorf("%s: the request is of %s", op, req.Operation())
		}
		text := reveal(req)
		for p := range op.Parameters() {
			if n := strings.Count(text, "value of "+p.Name+"|"); n != 1 {
				t.Errorf("%s: %s is there %d times: %s", op, p.Name, n, text)
			}
		}
	}
	if want := map[string]int{"*validate.CDNRequest": 7, "*validate.ALBRequest": 10, "*validate.CASRequest": 2}; !gocmp.Equal(want, parsed) {
		t.Errorf("%v; want %v", parsed, want)
	}
	for _, op := range []errcodes.Operation{0, 200, errcodes.ListTagResources, errcodes.GetLoadBalancerAttribute} {
		if req, err := validate.Parse(op, nil); err == nil || req != nil {
			t.Errorf("%s: %v, %v", op, req, err)
		}
	}
}

// reveal lists the texts of a request, each with a bar behind it.
func reveal(req validate.Request) string {
	var b strings.Builder
	var walk func(reflect.Value)
	walk = func(v reflect.Value) {
		switch v.Kind() {
		case reflect.String:
			b.WriteString(v.String() + "|")
		case reflect.Slice:
			for i := range v.Len() {
				walk(v.Index(i))
			}
		case reflect.Struct:
			if s, ok := reflect.TypeAssert[validate.Secret](v); ok {
				b.WriteString(s.Reveal() + "|")
				return
			}
			for _, field := range v.Fields() {
				walk(field)
			}
		default: // numbers and booleans have no text
		}
	}
	walk(reflect.ValueOf(req).Elem())
	return b.String()
}

// TestUnfitRequests: a request of an operation that has other parameters is refused,
// never accepted unread.
func TestUnfitRequests(t *testing.T) {
	chain, key := pkiFile(t, "p256/chain3.pem"), secretFile(t, "p256/key.pem")
	for op := range errcodes.Operations() {
		requests := []validate.Request{
			&validate.CDNRequest{Op: op, DomainName: "www.example.com", SiteID: "1", CertType: "upload", Status: "on", Certificate: chain, PrivateKey: key},
			&validate.ALBRequest{Op: op, ListenerID: "lsn-1", CertificateIDs: []string{"1-cn-hangzhou"}, Domains: []string{"a.example.com"}, LoadBalancerID: "ga-1", Region: "cn-hangzhou"},
			&validate.CASRequest{Op: op, Region: "cn-hangzhou", Name: "shop", Certificate: chain, PrivateKey: key},
		}
		own, _ := validate.Parse(op, nil)
		for _, req := range requests {
			fits := own != nil && reflect.TypeOf(own) == reflect.TypeOf(req)
			report, verdict, summary := validate.Check(req, validate.Options{}), validate.Verdict(req, validate.Options{}), validate.Summarize(req, validate.Options{})
			if accepted := report.Err() == nil; accepted != fits || accepted != (verdict == nil) || accepted != summary.Accepted() {
				t.Errorf("%s: %T: %v, %v, %v", op, req, report.Err(), verdict, summary.Verdict)
			}
			if !fits && (!strings.Contains(verdict.Error(), op.String()) || report.Operation != op) {
				t.Errorf("%s: %T: %v", op, req, verdict)
			}
		}
		if _, err := validate.Normalize(op, "x", validate.Secret{}); err == nil {
			t.Errorf("%s: garbage is normalized", op)
		}
	}
	if validate.Verdict(nil, validate.Options{}) == nil || validate.Check(nil, validate.Options{}).Err() == nil {
		t.Error("no request at all is accepted")
	}
	if s := validate.Summarize(nil, validate.Options{}); s.Accepted() {
		t.Error("no request at all has a summary")
	}
}

// TestForeignFields: a field that the operation has no parameter for is ignored, and
// the report says so.
func TestForeignFields(t *testing.T) {
	for op := range errcodes.Operations() {
		req := &validate.CDNRequest{Op: op, DomainName: "www.example.com", Status: "off", CertType: "upload", CertID: "1", CertRegion: "cn-hangzhou", Env: "staging", Overwrite: "1"}
		if op.Parameter(errcodes.FieldStatus) == "" {
			continue
		}
		want := 0
		for _, f := range []errcodes.Field{errcodes.FieldCertType, errcodes.FieldCertID, errcodes.FieldCertRegion, errcodes.FieldEnv, errcodes.FieldOverwrite} {
			if op.Parameter(f) == "" {
				want++
			}
		}
		report, got := validate.Check(req, validate.Options{}), 0
		for _, a := range report.Advisories {
			if a.ID == validate.ParameterIgnored && strings.Contains(a.Reason.EN, "is no parameter of "+op.String()) && strings.Contains(a.Reason.ZH, op.String()) {
				got++
			}
		}
		if got != want || want == 0 || report.Err() != nil {
			t.Errorf("%s: %d fields are foreign, want %d: %v, %+v", op, got, want, report.Err(), report.Advisories)
		}
	}
}

// TestDeploy: the three things that a deployer has are checked as an upload that is
// switched on, at a time.
func TestDeploy(t *testing.T) {
	chain, key := pkiFile(t, "p256/chain3.pem"), secretFile(t, "p256/key.pem")
	for op := range errcodes.Operations() {
		report, err := validate.Deploy(op, "www.example.com", chain, key, inPeriod)
		if op.Parameter(errcodes.FieldStatus) == "" {
			if err == nil || report != nil {
				t.Errorf("%s: %v, %v", op, report, err)
			}
			continue
		}
		if err != nil || len(report.Certificates) != 3 {
			t.Errorf("%s: %v", op, err)
		}
		if _, ignored := report.Advisory(validate.NothingChecked); ignored {
			t.Errorf("%s: nothing is checked", op)
		}
		report, err = validate.Deploy(op, "www.example.com", chain, key, periodEnd.Add(time.Hour))
		if !errors.Is(err, errcodes.CondCertificateExpired) || report.Err() == nil {
			t.Errorf("%s, expired: %v", op, err)
		}
		if _, err = validate.Deploy(op, "www.example.com", chain, validate.Secret{}, inPeriod); !errors.Is(err, errcodes.CondPrivateKeyMissing) {
			t.Errorf("%s, no key: %v", op, err)
		}
		if _, err = validate.Deploy(op, "", chain, key, inPeriod); !errors.Is(err, errcodes.CondDomainNameMissing) {
			t.Errorf("%s, no domain: %v", op, err)
		}
	}
}

// TestVersion: the version picks the table; one that an operation does not have is
// the usual one.
func TestVersion(t *testing.T) {
	for op := range errcodes.Operations() {
		req, err := validate.Parse(op, nil)
		if err != nil {
			continue
		}
		for v := range errcodes.Version(3) {
			got := validate.Check(req, validate.Options{Version: v}).Violations[0]
			table := errcodes.Table{Operation: op, Version: v}
			if !table.Has(got.Condition) {
				table = op.Table()
			}
			if got.Origin != table.Error(got.Condition).Origin || got.Evidence != table.Evidence(got.Condition) || got.Source != table.Source(got.Condition).String() {
				t.Errorf("%s, %q: %+v", op, v, got)
			}
		}
	}
}

// TestPairIsSharedSafely: requests with one pair differ in their domains, times and
// operations, and nothing of the private key is in the pair.
func TestPairIsSharedSafely(t *testing.T) {
	chain, key := pkiFile(t, "p256/chain3.pem"), secretFile(t, "p256/key.pem")
	pair := validate.ParsePair(chain, key, validate.Options{})
	first := validate.Check(&validate.CDNRequest{DomainName: "www.example.com", Status: "on", Pair: pair}, validate.Options{Now: inPeriod})
	first.Certificates[0].Names[0] = "changed"
	for name, test := range map[string]struct {
		domain string
		opts   validate.Options
		want   error
		covers bool
	}{
		"covered":     {"www.example.com", validate.Options{Now: inPeriod}, nil, true},
		"not covered": {"www.example.org", validate.Options{Now: inPeriod}, nil, false},
		"expired":     {"www.example.com", validate.Options{Now: periodEnd.Add(time.Hour)}, errcodes.CondCertificateExpired, true},
		"skipped":     {"www.example.com", validate.Options{Now: periodEnd.Add(time.Hour), Skip: []errcodes.Condition{errcodes.CondCertificateExpired}}, nil, true},
	} {
		for op := range errcodes.Operations() {
			if op.Parameter(errcodes.FieldStatus) == "" {
				continue
			}
			req := &validate.CDNRequest{Op: op, DomainName: test.domain, Status: "on", Pair: pair}
			report := validate.Check(req, test.opts)
			if err := report.Err(); !errors.Is(err, test.want) || (err == nil) != (validate.Verdict(req, test.opts) == nil) {
				t.Errorf("%s: %s: %v", name, op, err)
			}
			if _, not := report.Advisory(validate.DomainNotCovered); not == test.covers {
				t.Errorf("%s: %s: %+v", name, op, report.Advisories)
			}
			if report.Certificates[0].Names[0] == "changed" {
				t.Errorf("%s: two reports share a name", name)
			}
		}
	}
	for _, marked := range markedKeys(t) {
		for _, cert := range []string{"", chain} {
			pair := validate.ParsePair(cert, validate.NewSecret(marked.text), validate.Options{})
			if part := marked.find(fmt.Sprintf("%+v %#v", *pair, *pair)); part != "" {
				t.Errorf("%s: %q", marked.name, part)
			}
		}
	}
}

// TestParseLeaf: what is no server certificate has no leaf.
func TestParseLeaf(t *testing.T) {
	for _, folder := range pkiKeyTypes {
		text := pkiFile(t, folder+"/chain3.pem")
		want := validate.Summarize(&validate.CDNRequest{DomainName: "www.example.com", Status: "on", CertType: "cas", Certificate: text}, validate.Options{})
		if leaf, err := validate.ParseLeaf("text\n" + text); err != nil || leaf != want.Leaf || leaf == (validate.Leaf{}) {
			t.Errorf("%s: %+v, %v", folder, leaf, err)
		}
	}
	for text, want := range map[string]error{
		"":                                  errcodes.CondCertificateMissing,
		" ":                                 errcodes.CondCertificateNotPEM,
		pkiFile(t, "usage/client-only.pem"): errcodes.CondCertificateNotServer,
		pkiFile(t, "p256/key.pem"):          errcodes.CondCertificateNotPEM,
	} {
		if leaf, err := validate.ParseLeaf(text); !errors.Is(err, want) || leaf != (validate.Leaf{}) {
			t.Errorf("%.30q: %+v, %v; want %v", text, leaf, err, want)
		}
	}
}
