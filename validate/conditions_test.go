package validate_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/testdata/vectors"
	"github.com/alicert/alicert/validate"
)

// mappingOf returns the mapping of a violation: of a condition with a row for each
// parameter that of its parameter.
func mappingOf(table errcodes.Table, v *errcodes.Error) (found errcodes.Mapping, ok bool) {
	for m := range table.Mappings() {
		if m.Condition == v.Condition && (!ok || m.Parameter == v.Parameter) {
			found, ok = m, true
		}
	}
	return found, ok
}

// checkRow checks the fields of a violation that come from its table.
func checkRow(t *testing.T, op errcodes.Operation, v *errcodes.Error) {
	t.Helper()
	m, ok := mappingOf(op.Table(), v)
	if !ok {
		t.Fatalf("%s is no condition of %s", v.Condition, op)
	}
	row, message := m.Row, m.Row.Message
	if row.Code == errcodes.IllegalParam { // names the parameter
		message = op.Table().Error(v.Condition).Message
	}
	if before, after, filled := strings.Cut(message, "%s"); filled {
		if !strings.HasPrefix(v.Message, before) || !strings.HasSuffix(v.Message, after) || len(v.Message) == len(before)+len(after) {
			t.Errorf("the message is %q; want %q with the id filled in", v.Message, message)
		}
		message = v.Message
	}
	parameter, _, numbered := strings.Cut(m.Parameter, "N")
	if !strings.HasPrefix(v.Parameter, parameter) || !numbered && v.Parameter != parameter {
		t.Errorf("the parameter is %q; want %q", v.Parameter, m.Parameter)
	}
	if (v.Reason.EN == "") != (v.Reason.ZH == "") {
		t.Errorf("the reason is in one language only: %q, %q", v.Reason.EN, v.Reason.ZH)
	}
	if (v.Remedy.EN == "") != (v.Remedy.ZH == "") || v.Hint().IsZero() {
		t.Errorf("what to do is %+v, %+v", v.Remedy, v.Hint())
	}
	if strings.Contains(v.Reason.ZH, "a value of") {
		t.Errorf("the Chinese reason is %q", v.Reason.ZH)
	}
	listener := op.Table().Rank(errcodes.CondListenerNotFound)
	want := &errcodes.Error{
		Operation: op, Code: row.Code, Status: row.Status, Message: message,
		Condition: v.Condition, Evidence: m.Evidence, Source: m.Source.String(), Contrary: m.Contrary.Says, Origin: row.Origin,
		Remedy: v.Remedy, Follows: v.Follows, // belong to the reason and to the other findings
		// The state of the listener may map to another code first.
		Provisional: listener >= 0 && op.Table().Rank(v.Condition) > listener,
		// What the request decides.
		Parameter: v.Parameter, Position: v.Position, Reason: v.Reason,
	}
	if diff := cmp.Diff(want, v); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// TestPartsAgree proves that the functions for one part find in it what the
// operation finds in a request with one fault.
func TestPartsAgree(t *testing.T) {
	for _, v := range readVectors(t) {
		if !slices.Contains(v.Operations, errcodes.SetDomainServerCertificate.String()) || v.Expect == vectors.Accepted || v.Expect != v.About() || len(v.Also) > 0 {
			continue
		}
		in := vectorInput(t, v, errcodes.SetDomainServerCertificate.String())
		whole := in.report()
		cond := whole.Violations[0].Condition
		var part *validate.Report
		switch in.op.Table().Parameter(cond) {
		case "DomainName":
			_, err := validate.DomainName(in.cdn.DomainName)
			if diff := cmp.Diff(whole.Err(), err); diff != "" {
				t.Errorf("%s: DomainName (-whole +part)\n%s", v.Name, diff)
			}
			continue
		case "ServerCertificate":
			part = validate.ServerCertificate(in.cdn.Certificate, in.opts)
		case "PrivateKey":
			if cond == errcodes.CondKeyMismatch || strings.Contains(whole.Violations[0].Reason.EN, "fits the first certificate") {
				part = validate.KeyPair(in.cdn.Certificate, in.cdn.PrivateKey, in.opts)
			} else {
				part = validate.PrivateKey(in.cdn.PrivateKey, in.opts)
			}
		case "CertName":
			if cond == errcodes.CondCertificateUnidentified {
				continue
			}
			if diff := cmp.Diff(whole.Err(), validate.CertName(in.cdn.CertName)); diff != "" {
				t.Errorf("%s: CertName (-whole +part)\n%s", v.Name, diff)
			}
			continue
		default:
			continue
		}
		if diff := cmp.Diff(whole.Violations, part.Violations); diff != "" {
			t.Errorf("%s (-whole +part)\n%s", v.Name, diff)
		}
	}
}

// TestDomainNameForm is about what DomainName returns beside the error.
func TestDomainNameForm(t *testing.T) {
	for domain, want := range map[string]string{
		"www.example.com":          "www.example.com",
		"WWW.Example.COM":          "www.example.com",
		".Example.com":             ".example.com",
		"*.Example.com":            "*.example.com",
		"中国.Example":               "xn--fiqs8s.example",
		"*.中国.example":             "*.xn--fiqs8s.example",
		"XN--FIQS8S.example":       "xn--fiqs8s.example",
		"www。example。com":          "www.example.com",
		"BÜCHER.example":           "xn--bcher-kva.example",
		"ｗｗｗ．example．com":          "www.example.com",
		"www.example.com.":         "",
		"":                         "",
		"a.example.com,b.test.com": "",
	} {
		got, err := validate.DomainName(domain)
		if got != want || (err == nil) != (want != "") {
			t.Errorf("DomainName(%q) = %q, %v; want %q", domain, got, err, want)
		}
	}
}
