package validate_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/validate"
)

// TestConditions judges the whole table: exactly the condition that a case is
// about, with its row, and nothing else.
func TestConditions(t *testing.T) {
	for _, c := range requestCases(t) {
		t.Run(c.fullName(), func(t *testing.T) {
			report := c.input(t).report()
			if diff := cmp.Diff(c.want(), conditionsOf(report)); diff != "" {
				t.Fatalf("conditions (-want +got)\n%s%v", diff, report.Err())
			}
			for _, v := range report.Violations {
				checkRow(t, c.op, v)
			}
			if !c.earned {
				return
			}
			v, _ := report.Verdict()
			if v.Condition == c.of && !strings.Contains(v.Why(errcodes.English), c.reason) {
				t.Errorf("the reason is %q; want %q in it", v.Why(errcodes.English), c.reason)
			}
		})
	}
}

// checkRow checks all that a violation has from its catalog.
func checkRow(t *testing.T, op errcodes.Catalog, v *errcodes.Error) {
	t.Helper()
	row, ok := op.Row(v.Condition)
	if !ok {
		t.Fatalf("%s is no condition of %s", v.Condition, op)
	}
	message := row.Message
	if v.Condition == errcodes.CondCertificateRepeated || op != errcodes.SetDomainServerCertificate && v.Condition == errcodes.CondCertificateNotServer {
		before, after, _ := strings.Cut(message, "%s")
		if !strings.HasPrefix(v.Message, before) || !strings.HasSuffix(v.Message, after) || len(v.Message) == len(before)+len(after) {
			t.Errorf("the message is %q; want %q with the id filled in", v.Message, message)
		}
		message = v.Message
	}
	parameter, _, numbered := strings.Cut(op.Parameter(v.Condition), "N")
	if !strings.HasPrefix(v.Parameter, parameter) || !numbered && v.Parameter != parameter {
		t.Errorf("the parameter is %q; want %q", v.Parameter, op.Parameter(v.Condition))
	}
	if (v.Reason.EN == "") != (v.Reason.ZH == "") {
		t.Errorf("the reason is in one language only: %q, %q", v.Reason.EN, v.Reason.ZH)
	}
	if strings.Contains(v.Reason.ZH, "a value of") {
		t.Errorf("the Chinese reason is %q", v.Reason.ZH)
	}
	want := &errcodes.Error{
		Operation: op.Operation(), Code: row.Code, Status: row.Status, Message: message,
		Condition: v.Condition, Grade: op.Grade(v.Condition), Edition: row.Edition,
		// The state of the listener may earn another code first.
		Provisional: op != errcodes.SetDomainServerCertificate && v.Condition == errcodes.CondCertificateNotServer,
		// What the request decides.
		Parameter: v.Parameter, Block: v.Block, Line: v.Line, Reason: v.Reason,
	}
	if diff := cmp.Diff(want, v); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// TestEveryConditionHasItsCases proves that no condition of a request was
// forgotten: each is earned by a named case, and another one only just does not
// earn it; and each code that a request alone can earn is earned.
func TestEveryConditionHasItsCases(t *testing.T) {
	codes := map[errcodes.Catalog][]errcodes.Code{
		errcodes.SetDomainServerCertificate: {
			"SetDomainServerCertificate.ParameterError", "InvalidServerCertificateStatus.ValueNotSupported",
			"InvalidCertName.TooLong", "ServerCertificate.MissingParameter", "PrivateKey.MissingParameter",
			"InvalidCertificate.TooLong", "Certificate.KeyNull", "Certificate.FormatError", "Key.Malformed",
			"InvalidCertificate", "InvalidPrivateKey", "Certificate.MissMatch", "Certificate.StatusError",
		},
		errcodes.AssociateAdditionalCertificatesWithListener: {
			"InvalidParameter", "ResourceAlreadyAssociated.Certificate", "ResourceNotFound.Certificate",
		},
	}
	names := make(map[string]bool)
	refused, passed := make(map[errcodes.Catalog]map[errcodes.Condition]bool), make(map[errcodes.Catalog]map[errcodes.Condition]bool)
	earned := make(map[errcodes.Catalog]map[errcodes.Code]bool)
	for op := range codes {
		refused[op], passed[op], earned[op] = make(map[errcodes.Condition]bool), make(map[errcodes.Condition]bool), make(map[errcodes.Code]bool)
	}
	for _, c := range requestCases(t) {
		if names[c.fullName()] {
			t.Errorf("two cases are called %s", c.fullName())
		}
		names[c.fullName()] = true
		if !c.earned {
			passed[c.op][c.of] = true
			continue
		}
		refused[c.op][c.of] = true
		if v, refused := c.input(t).report().Verdict(); refused {
			earned[c.op][v.Code] = true
		}
	}
	for op, want := range codes {
		for cond := range op.Conditions() {
			// The last condition that the request itself shows.
			if cond > errcodes.CondCertificateRepeated {
				continue
			}
			if !refused[op][cond] {
				t.Errorf("%s: no case earns %s", op, cond)
			}
			if !passed[op][cond] {
				t.Errorf("%s: no case only just does not earn %s", op, cond)
			}
		}
		for _, code := range want {
			if !earned[op][code] {
				t.Errorf("%s: no case earns %s", op, code)
			}
			delete(earned[op], code)
		}
		for code := range earned[op] {
			t.Errorf("%s: a request alone earns %s", op, code)
		}
	}
	// The later edition differs in rows that only the state can earn.
	for cond := range errcodes.AssociateAdditionalCertificatesWithListenerLater.Conditions() {
		if cond <= errcodes.CondCertificateRepeated && !refused[errcodes.AssociateAdditionalCertificatesWithListener][cond] {
			t.Errorf("%s: no case earns %s", errcodes.AssociateAdditionalCertificatesWithListenerLater, cond)
		}
	}
}

// TestPartsAgree proves that the functions for one part find in it what the
// operation finds.
func TestPartsAgree(t *testing.T) {
	for _, c := range requestCases(t) {
		if c.op != errcodes.SetDomainServerCertificate || !c.earned {
			continue
		}
		in := c.input(t)
		whole := in.report()
		var part *validate.Report
		switch c.op.Parameter(c.of) {
		case "DomainName":
			_, err := validate.DomainName(in.cdn.DomainName)
			if diff := cmp.Diff(whole.Err(), err); diff != "" {
				t.Errorf("%s: DomainName (-whole +part)\n%s", c.fullName(), diff)
			}
			continue
		case "ServerCertificate":
			part = validate.ServerCertificate(in.cdn.ServerCertificate, in.opts)
		case "PrivateKey":
			if c.of == errcodes.CondKeyMismatch {
				part = validate.KeyPair(in.cdn.ServerCertificate, in.cdn.PrivateKey, in.opts)
			} else {
				part = validate.PrivateKey(in.cdn.PrivateKey, in.opts)
			}
		case "CertName":
			if c.of == errcodes.CondCertificateUnidentified {
				continue
			}
			if diff := cmp.Diff(whole.Err(), validate.CertName(in.cdn.CertName)); diff != "" {
				t.Errorf("%s: CertName (-whole +part)\n%s", c.fullName(), diff)
			}
			continue
		default:
			continue
		}
		if len(c.also) > 0 {
			continue // the other part has a fault as well, and both may be told of each other
		}
		if diff := cmp.Diff(whole.Violations, part.Violations); diff != "" {
			t.Errorf("%s (-whole +part)\n%s", c.fullName(), diff)
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
