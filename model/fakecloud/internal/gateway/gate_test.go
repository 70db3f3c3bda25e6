package gateway

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/alicert/alicert/validate"
)

// both returns a request for each kind of signature.
func both(t *testing.T) map[string]*message {
	t.Helper()
	raw := captures(t)
	return map[string]*message{
		"HMAC-SHA1": open(t, raw["go-openapi-v1-AssociateAdditionalCertificatesWithListener"]),
		"ACS3":      open(t, raw["go-openapi-v3-AssociateAdditionalCertificatesWithListener"]),
	}
}

// set sets a value that belongs to the signature, in a parameter or a header.
func (m *message) set(parameter, value string) {
	headers := map[string]string{
		"Timestamp": "X-Acs-Date", "SignatureNonce": "X-Acs-Signature-Nonce", "SecurityToken": "X-Acs-Security-Token",
	}
	switch p := m.parameter(parameter); {
	case m.isACS3() && parameter == "AccessKeyId":
		m.header.Set("Authorization", strings.Replace(m.header.Get("Authorization"), "Credential=testid", "Credential="+value, 1))
	case m.isACS3():
		m.header.Set(headers[parameter], value)
	case p != nil:
		*p = value
	default:
		m.query = append(m.query, pair{parameter, value})
	}
}

// TestOrder breaks a request in one more way at every step, from the last check to the
// first. Each time the earlier check decides.
func TestOrder(t *testing.T) {
	for name, m := range both(t) {
		t.Run(name, func(t *testing.T) {
			g := gate()
			g.Window = 15 * time.Minute
			try := func(what, want string) {
				t.Helper()
				if got := check(t, g, m); got != want {
					t.Errorf("%s: %q; want %q", what, got, want)
				}
			}
			try("sound", "")
			try("used nonce", "SignatureNonceUsed")
			m.sign(t, "another secret")
			try("wrong signature", "SignatureDoesNotMatch")
			m.set("SignatureNonce", strings.Repeat("n", maxNonce+1))
			try("nonce too long", "InvalidSignatureNonce")
			m.set("SignatureNonce", "")
			try("no nonce", "MissingSignatureNonce")
			m.set("Timestamp", "2026-11-21T20:59:59Z")
			try("too old", "InvalidTimeStamp.Expired")
			m.set("Timestamp", "Sat, 21 Nov 2026 21:15:00 GMT")
			try("no time at all", "InvalidTimeStamp.Format")
			m.set("Timestamp", "")
			try("no time", "MissingTimestamp")
			m.set("SecurityToken", "another")
			try("foreign token", "InvalidSecurityToken.MismatchWithAccessKey")
			m.set("AccessKeyId", "nobody")
			try("unknown key", "InvalidAccessKeyId.NotFound")
			if m.isACS3() {
				m.query = append(m.query, pair{"Format", "YAML"})
			} else {
				*m.parameter("Format") = "YAML"
			}
			try("unknown format", "InvalidParameter.Format")
			m.method = http.MethodPut
			try("unknown method", "UnsupportedHTTPMethod")
		})
	}
}

func TestKeys(t *testing.T) {
	for _, test := range []struct{ id, token, want string }{
		{"testid", "", ""},
		{"testid", stsToken, ""},
		{"testid", "another", "InvalidSecurityToken.MismatchWithAccessKey"},
		{"temporary", "", "MissingSecurityToken"},
		{"temporary", stsToken, ""},
		{"disabled", "", "InvalidAccessKeyId.Inactive"},
		{"disabled", stsToken, "InvalidSecurityToken.MismatchWithAccessKey"},
		{"TESTID", "", "InvalidAccessKeyId.NotFound"},
		{"", "", "MissingAccessKeyId"},
	} {
		for name, m := range both(t) {
			if test.token != "" {
				m.set("SecurityToken", test.token)
			}
			m.sign(t, "testsecret")
			if m.set("AccessKeyId", test.id); test.id != "" { // an empty id cannot sign
				m.sign(t, "testsecret")
			}
			if got := check(t, gate(), m); got != test.want {
				t.Errorf("%s: id %q, token %q: %q; want %q", name, test.id, test.token, got, test.want)
			}
		}
	}
}

func TestWindow(t *testing.T) {
	const form = "2006-01-02T15:04:05Z"
	for _, test := range []struct {
		window time.Duration
		text   string
		want   string
	}{
		{15 * time.Minute, now.Format(form), ""},
		{15 * time.Minute, now.Add(15 * time.Minute).Format(form), ""},
		{15 * time.Minute, now.Add(-15 * time.Minute).Format(form), ""},
		{15 * time.Minute, now.Add(15*time.Minute + time.Second).Format(form), "InvalidTimeStamp.Expired"},
		{15 * time.Minute, now.Add(-15*time.Minute - time.Second).Format(form), "InvalidTimeStamp.Expired"},
		{0, "1970-01-01T00:00:00Z", ""},
		{0, "2026-11-21T21:15:00.5Z", "InvalidTimeStamp.Format"},
		{0, "2026-11-21T21:15:00+00:00", "InvalidTimeStamp.Format"},
		{0, "2026-11-21 21:15:00", "InvalidTimeStamp.Format"},
		{0, "2026-02-30T00:00:00Z", "InvalidTimeStamp.Format"},
	} {
		for name, m := range both(t) {
			g := gate()
			g.Window = test.window
			m.set("Timestamp", test.text)
			m.sign(t, "testsecret")
			if got := check(t, g, m); got != test.want {
				t.Errorf("%s: %s, window %v: %q; want %q", name, test.text, test.window, got, test.want)
			}
		}
	}
}

// TestMissing removes one part of the signature at a time.
func TestMissing(t *testing.T) {
	for _, name := range []string{"AccessKeyId", "Timestamp", "SignatureNonce", "SignatureMethod", "SignatureVersion", "Signature"} {
		m := both(t)["HMAC-SHA1"]
		*m.parameter(name) = ""
		if got := check(t, gate(), m); got != "Missing"+name {
			t.Errorf("without %s: %q", name, got)
		}
	}
	if got := check(t, gate(), &message{method: http.MethodGet, host: "127.0.0.1", header: http.Header{}}); got != "MissingAccessKeyId" {
		t.Errorf("an empty request: %q", got)
	}
}

// TestMismatchTellsNoKey checks that the quoted string to sign, which has all parameters,
// never contains a key.
func TestMismatchTellsNoKey(t *testing.T) {
	raw := captures(t)
	for capture, told := range map[string]bool{
		"go-sdk-v1-AssociateAdditionalCertificatesWithListener": true,
		"go-sdk-v1-SetDomainServerCertificate":                  false,
		"go-sdk-v1-DescribeDomainCertificateInfo":               true,
	} {
		m := open(t, raw[capture])
		*m.parameter("SignatureNonce") += "x"
		r, _ := Read(m.request(t), DefaultLimit)
		_, text, found := strings.Cut(gate().Admit(r).Message, " server string to sign is:")
		if found != told || told && text != string(r.stringToSign()) {
			t.Errorf("%s: told %v: %q", capture, found, text)
		}
	}
}

// TestNoncesAreBounded checks that only the oldest nonces are dropped.
func TestNoncesAreBounded(t *testing.T) {
	var n nonces
	for i := range maxNonces + 10 {
		if !n.use("key", strconv.Itoa(i), 0, 0) {
			t.Fatalf("nonce %d was not used before", i)
		}
	}
	if len(n.used) != maxNonces || len(n.list)-n.head != maxNonces || n.first != 10 {
		t.Errorf("%d nonces are remembered, in order %d from %d; want %d", len(n.used), len(n.list)-n.head, n.first, maxNonces)
	}
	if n.use("key", "10", 0, 0) || !n.use("key", "9", 0, 0) || !n.use("another key", "10", 0, 0) {
		t.Error("not the oldest is forgotten")
	}
}

// TestNoncesOfTheWindow checks that a nonce is stored until its request expires, and no
// longer.
func TestNoncesOfTheWindow(t *testing.T) {
	var n nonces
	for second := range int64(10_000) {
		n.use("key", strconv.FormatInt(second, 10), second, second+100)
		if second%500 == 250 && n.use("key", strconv.FormatInt(second-100, 10), second, second) {
			t.Fatalf("at %d that of %d could be used again", second, second-100)
		}
	}
	if len(n.used) > 110 || len(n.list) > 300 {
		t.Errorf("%d nonces are remembered, in a list of %d", len(n.used), len(n.list))
	}
}

// TestNoncesAreRestored checks that a gate can continue with the nonces of another one.
func TestNoncesAreRestored(t *testing.T) {
	var old, gate Gate
	for i := range int64(300) {
		old.nonces.use("key", strconv.FormatInt(i, 10), i, i+50)
	}
	used, first, next := old.NoncesSince(0)
	if first != 249 || next != 300 || len(used) != 51 {
		t.Fatalf("%d nonces from %d to %d", len(used), first, next)
	}
	if some, _, _ := old.NoncesSince(290); len(some) != 10 || some[0] != used[41] {
		t.Errorf("since 290: %v", some)
	}
	if none, _, _ := old.NoncesSince(next); len(none) != 0 {
		t.Errorf("since the last one: %v", none)
	}
	gate.RestoreNonces(first, used)
	if again, f, n := gate.NoncesSince(0); !slices.Equal(again, used) || f != first || n != next {
		t.Errorf("restored: %v from %d to %d", again, f, n)
	}
	if gate.nonces.use("key", "280", 299, 400) || !gate.nonces.use("key", "300", 299, 400) {
		t.Error("other nonces than before can be used")
	}
}

// TestSecretsAreHidden checks that a printed key shows no secret.
func TestSecretsAreHidden(t *testing.T) {
	k := Key{ID: "id", Secret: validate.NewSecret("first secret"), SecurityToken: validate.NewSecret("second secret")}
	if text := strings.ToLower(strings.Join([]string{sprint("%v", k), sprint("%+v", k), sprint("%#v", k)}, " ")); strings.Contains(text, "secret\"") || strings.Contains(text, "first") {
		t.Error(text)
	}
}
