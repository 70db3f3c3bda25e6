package validate_test

import (
	"bytes"
	"encoding/json"
	"log/slog"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/testutil"
	"github.com/alicert/alicert/validate"
)

// TestLocalizedSaysTheSame: every finding of a report is in the other form, in order, and
// in one language only.
func TestLocalizedSaysTheSame(t *testing.T) {
	for _, req := range []*validate.CDNRequest{
		pairRequest(pkiFile(t, "rsa2048/chain3.pem"), pkiFile(t, "rsa2048/key.pem")),
		pairRequest(strings.ReplaceAll(pkiFile(t, "rsa2048/chain3.pem"), "\n", "\r\n"), pkiFile(t, "p256/key.pem")),
		pairRequest("", ""),
		pairRequest("-----BEGIN CERTIFICATE----\n", "x"),
	} {
		report := validate.Check(req, validate.Options{Now: inPeriod, Domains: []string{"elsewhere.example"}})
		for _, lang := range []errcodes.Lang{errcodes.English, errcodes.Chinese} {
			got := report.In(lang)
			if got.Operation != report.Operation.String() || got.Product != report.Operation.Product() {
				t.Errorf("%+v", got)
			}
			if diff := cmp.Diff(report.Certificates, got.Certificates); diff != "" && len(got.Certificates) > 0 {
				t.Error(diff)
			}
			sameViolations(t, report, got, lang)
			sameAdvisories(t, report, got, lang)
			text, err := json.Marshal(got)
			if err != nil || bytes.Contains(text, []byte(`"violations":null`)) || bytes.Contains(text, []byte(`"zh"`)) || bytes.Contains(text, []byte(`"en"`)) {
				t.Errorf("%s, %v", text, err)
			}
		}
	}
	if got := (*validate.Report)(nil).In(errcodes.English); got.Verdict != nil || got.Violations == nil {
		t.Errorf("%+v", got)
	}
}

func sameViolations(t *testing.T, report *validate.Report, got validate.Localized, lang errcodes.Lang) {
	t.Helper()
	if len(got.Violations) != len(report.Violations) {
		t.Fatalf("%+v", got)
	}
	for i, v := range report.Violations {
		l := got.Violations[i]
		if l.Code != v.Code || l.Condition != v.Condition || l.Hint != v.Hint().In(lang) || l.Line != v.Line || l.Level != validate.LevelError ||
			l.Reason == "" || !v.Reason.IsZero() && l.Reason != v.Why(lang) {
			t.Errorf("%+v of %+v", l, v)
		}
	}
	if _, refused := report.Verdict(); refused != (got.Verdict != nil) || refused && got.Verdict != &got.Violations[0] {
		t.Errorf("verdict %+v", got.Verdict)
	}
}

func sameAdvisories(t *testing.T, report *validate.Report, got validate.Localized, lang errcodes.Lang) {
	t.Helper()
	if len(got.Advisories) != len(report.Advisories) {
		t.Fatalf("%+v", got)
	}
	for i, a := range report.Advisories {
		if l := got.Advisories[i]; l.ID != a.ID || l.Level != a.Level || l.Reason != a.Why(lang) || l.Hint != a.Hint().In(lang) {
			t.Errorf("%+v of %+v", l, a)
		}
	}
}

// TestLogValue: a log has the verdict and its reason, on one line, and nothing of a key.
func TestLogValue(t *testing.T) {
	logged := func(r *validate.Report) string {
		var b bytes.Buffer
		drop := func(groups []string, a slog.Attr) slog.Attr {
			if len(groups) == 0 && a.Key == slog.TimeKey {
				return slog.Attr{}
			}
			return a
		}
		slog.New(slog.NewTextHandler(&b, &slog.HandlerOptions{ReplaceAttr: drop})).Info("checked", "report", r)
		return strings.TrimSpace(b.String())
	}
	chain, key := pkiFile(t, "rsa2048/chain3.pem"), pkiFile(t, "rsa2048/key.pem")
	check := func(cert, key string) *validate.Report {
		return validate.Check(pairRequest(cert, key), validate.Options{Now: inPeriod})
	}
	tests := map[string]struct {
		report *validate.Report
		want   string
	}{
		"accepted": {check(chain, key), "level=INFO msg=checked report.operation=SetDomainServerCertificate report.verdict=accepted report.notAfter=2049-12-31T23:59:59.000Z"},
		"refused":  {check(chain, pkiFile(t, "p256/key.pem")), "level=INFO msg=checked report.operation=SetDomainServerCertificate report.verdict=Certificate.MissMatch report.condition=KeyMismatch report.parameter=PrivateKey report.reason="},
		"nil":      {nil, "level=INFO msg=checked"},
	}
	for name, test := range tests {
		got := logged(test.report)
		if !strings.HasPrefix(got, test.want) || strings.Contains(got, "\n") {
			t.Errorf("%s: %s", name, got)
		}
	}
}

// TestReportThroughJSON: a report keeps its operation, also one whose name products share;
// without a product it is the first one of that name.
func TestReportThroughJSON(t *testing.T) {
	for op := range errcodes.Operations() {
		testutil.RoundTrip(t, validate.Report{Operation: op, Names: []validate.NameCoverage{{Domain: "example.com", Covered: true}}})
		first, _ := errcodes.FindOperation("", op.String())
		var old validate.Report
		if err := json.Unmarshal([]byte(`{"operation":"`+op.String()+`"}`), &old); err != nil || old.Operation != first {
			t.Errorf("%s without a product is %s, %v", op, old.Operation.ID(), err)
		}
	}
	if err := json.Unmarshal([]byte(`{"operation":"GetCertificateDetail","product":"Ecs"}`), new(validate.Report)); err == nil {
		t.Error("an operation that no product has")
	}
	if text, err := json.Marshal(validate.Report{Operation: 255}); err == nil {
		t.Errorf("%s", text)
	}
}
