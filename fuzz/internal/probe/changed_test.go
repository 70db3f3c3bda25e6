package probe

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"net/http"
	"net/http/httptest"
	"net/url"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/testutil"
	"github.com/alicert/alicert/model/fakecloud"
	"github.com/alicert/alicert/validate"
)

// A call is what a changed rule looks at.
type call struct {
	action string
	form   url.Values
	code   string // the right one
}

// cdn reports whether the operation is that of CDN.
func (c *call) cdn() bool { return c.action == cdnEndpoint.Action }

// condition is the one that the request alone shows.
func (c *call) condition() errcodes.Condition {
	request, err := validate.Parse(errcodes.SetCdnDomainSSLCertificate, c.form)
	if err != nil {
		return 0
	}
	if v, refused := validate.Check(request, validate.Options{Now: time.Now()}).Verdict(); refused {
		return v.Condition
	}
	return 0
}

// changed is a fake cloud with one rule changed: rule returns another code, or "" to leave
// the answer as it is.
func changed(rule func(*call) string) http.Handler {
	cloud := fakecloud.New(fakecloud.Options{})
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		form := formOf(r)
		inner := httptest.NewRecorder()
		cloud.ServeHTTP(inner, r)
		parse := parseJSON
		if strings.EqualFold(form.Get("Format"), "XML") {
			parse = parseXML
		}
		a, err := parse(inner.Body.Bytes())
		body := inner.Body.Bytes()
		if err == nil {
			if code := rule(&call{form.Get("Action"), form, a.Code}); code != "" {
				body = encoded(code, "Another answer.", form.Get("Format"))
			}
		}
		w.Header().Set("Content-Type", inner.Header().Get("Content-Type"))
		w.WriteHeader(inner.Code)
		_, _ = w.Write(body)
	})
}

// encoded is an answer in either format.
func encoded(code, message, format string) []byte {
	answer := struct {
		XMLName                                     xml.Name `json:"-" xml:"Error"`
		RequestId, HostId, Code, Message, Recommend string   //nolint:revive // the names on the wire
	}{RequestId: "4C467B38-3910-447D-87BC-AC049166F216", HostId: "cdn.aliyuncs.com", Code: code, Message: message, Recommend: "https://api.example"}
	var b bytes.Buffer
	if strings.EqualFold(format, "XML") {
		_ = xml.NewEncoder(&b).Encode(answer)
	} else {
		_ = json.NewEncoder(&b).Encode(answer)
	}
	return bytes.TrimSpace(b.Bytes())
}

// changedRules are the fakes, and the rules that a comparison has to name.
var changedRules = []struct {
	name string
	rule func(*call) string
	want []string
}{
	{"domain judged first", func(c *call) string {
		if c.cdn() && !strings.HasPrefix(c.code, "Missing") && c.code != "InvalidCertId" && c.code != "InvalidDomain.NotFound" {
			return "InvalidDomain.NotFound"
		}
		return ""
	}, []string{"SetCdnDomainSSLCertificate order DomainNotFound"}},
	{"gateway off", func(c *call) string {
		return map[string]string{
			"MissingDomainName": "SetDomainCertificate.ParameterError", "MissingSSLProtocol": "InvalidSSLProtocol.ValueNotSupported",
			"InvalidCertId": "SetDomainCertificate.ParameterError", "InvalidDryRun": "InvalidParameter",
			"MissingCertificates": "InvalidParameter", "InvalidCertificates": "InvalidParameter",
		}[c.code]
	}, []string{
		"AssociateAdditionalCertificatesWithListener row CertificatesMissing",
		"AssociateAdditionalCertificatesWithListener row DryRunMalformed",
		"AssociateAdditionalCertificatesWithListener row ParameterUnreadable(Certificates)",
		"SetCdnDomainSSLCertificate row CertIDMalformed",
		"SetCdnDomainSSLCertificate row DomainNameMissing",
		"SetCdnDomainSSLCertificate row ParameterMissing(SSLProtocol)",
	}},
	{"MissMatch before malformed", func(c *call) string {
		if cond := c.condition(); c.cdn() && (cond == errcodes.CondCertificateNotPEM || cond == errcodes.CondCertificateMalformed) && strings.Contains(c.form.Get("SSLPri"), "PRIVATE KEY") {
			return "Certificate.MissMatch"
		}
		return ""
	}, []string{"SetCdnDomainSSLCertificate order KeyMismatch"}},
	{"one-line PEM accepted", func(c *call) string {
		if text := c.form.Get("SSLPub"); c.cdn() && strings.Contains(text, "BEGIN") && !strings.ContainsAny(text, "\n\r\\") {
			return "Certificate.MissMatch"
		}
		return ""
	}, []string{"SetCdnDomainSSLCertificate accepted P6/one-line"}},
	{"client certificates accepted", func(c *call) string {
		if c.cdn() && c.condition() == errcodes.CondCertificateNotServer && strings.Count(c.form.Get("SSLPub"), "BEGIN") == 1 && isClient(c.form.Get("SSLPub")) {
			return "Certificate.MissMatch"
		}
		return ""
	}, []string{"SetCdnDomainSSLCertificate accepted P6/client-auth"}},
	{"a new code", func(c *call) string {
		if c.cdn() && c.condition() == errcodes.CondSecondLeaf {
			return "InvalidSSLPub.SecondLeaf"
		}
		return ""
	}, []string{"SetCdnDomainSSLCertificate row SecondLeaf"}},
	{"encrypted keys are an error of format", func(c *call) string {
		if c.cdn() && c.condition() == errcodes.CondPrivateKeyEncrypted {
			return "Key.Malformed"
		}
		return ""
	}, []string{"SetCdnDomainSSLCertificate row PrivateKeyEncrypted"}},
	{"names count in bytes", func(c *call) string {
		if name := c.form.Get("CertName"); c.cdn() && len(name) > 128 && utf8.RuneCountInString(name) <= 128 {
			return "InvalidCertName.TooLong"
		}
		return ""
	}, []string{"SetCdnDomainSSLCertificate refused P4/name-128-chinese"}},
	{"an empty certificate is too long", func(c *call) string {
		if _, given := c.form["SSLPub"]; c.cdn() && given && c.form.Get("SSLPub") == "" {
			return "InvalidCertificate.TooLong"
		}
		return ""
	}, []string{"SetCdnDomainSSLCertificate refused P5/pub-empty"}},
	{"validity before the match", func(c *call) string {
		if c.cdn() && c.code == "Certificate.MissMatch" && expired(c.form) {
			return "Certificate.Expired"
		}
		return ""
	}, []string{"SetCdnDomainSSLCertificate order CertificateExpired"}},
	{"stored certificate before the domain", func(c *call) string {
		if c.cdn() && c.form.Get("CertType") == "cas" && c.code == "InvalidDomain.NotFound" {
			return "SSLPri.MissingParameter"
		}
		return ""
	}, []string{"SetCdnDomainSSLCertificate order CertificateNotFound"}},
	{"regions judged before the certificate", func(c *call) string {
		if c.cdn() && c.form.Get("CertRegion") == "x" {
			return "Abs.CertRegion.ValueNotSupported"
		}
		return ""
	}, []string{"SetCdnDomainSSLCertificate refused P4/region-unknown"}},
	{"listener looked up first", func(c *call) string {
		if c.action == albEndpoint.Action && (c.code == "InvalidParameter" || c.code == "ResourceAlreadyAssociated.Certificate") {
			return "ResourceNotFound.Listener"
		}
		return ""
	}, []string{"AssociateAdditionalCertificatesWithListener order ListenerNotFound"}},
	{"another text", func(c *call) string {
		if c.cdn() && c.code == "Certificate.KeyNull" {
			return c.code
		}
		return ""
	}, []string{"SetCdnDomainSSLCertificate text Certificate.KeyNull"}},
	{"the center has a code for pairs of nothing", func(c *call) string {
		if c.action == casEndpoint.Action && c.code == "ParseCertificateFailed" {
			return "CertificateFormatError.Pair"
		}
		return ""
	}, []string{"UploadUserCertificate row CertificateNotPEM"}},
}

// TestChangedRules: of fakes that differ from this library in one rule, the comparison
// names that rule and no other.
func TestChangedRules(t *testing.T) {
	testutil.Long(t)
	for _, test := range changedRules {
		t.Run(test.name, func(t *testing.T) {
			all, err := Compare(observed(t, false, changed(test.rule)))
			if err != nil {
				t.Fatal(err)
			}
			if diff := cmp.Diff(test.want, ruleNames(all)); diff != "" {
				t.Errorf("rules (-want +got)\n%s", diff)
			}
			for _, line := range all.Lines {
				if (line.Verdict == Agrees) == (line.Rule != "") && !strings.Contains(line.Rule, " text ") {
					t.Errorf("%s: %s, rule %q", line.Case, line.Verdict, line.Rule)
				}
				if known := isKnown(errcodes.Code(line.Answer.Code)); known == (line.Verdict == NewCode) {
					t.Errorf("%s: %s is %s", line.Case, line.Answer.Code, line.Verdict)
				}
			}
		})
	}
}

func isClient(text string) bool {
	leaf := firstOf(text)
	return leaf != nil && len(leaf.ExtKeyUsage) == 1 && !leaf.IsCA
}

func expired(form url.Values) bool {
	leaf := firstOf(form.Get("SSLPub"))
	return leaf != nil && leaf.NotAfter.Before(time.Now())
}

// TestEveningNamesTheOrder: the short plan is enough for what matters most.
func TestEveningNamesTheOrder(t *testing.T) {
	all, err := Compare(observed(t, true, changed(func(c *call) string {
		if c.cdn() && !strings.HasPrefix(c.code, "Missing") && c.code != "InvalidCertId" && c.code != "InvalidDomain.NotFound" {
			return "InvalidDomain.NotFound"
		}
		return ""
	})))
	if err != nil {
		t.Fatal(err)
	}
	if got := ruleNames(all); !slices.Equal(got, []string{"SetCdnDomainSSLCertificate order DomainNotFound"}) {
		t.Errorf("%q", got)
	}
}
