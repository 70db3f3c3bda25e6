package gateway

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"maps"
	"net/http/httptest"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/alicert/alicert/testdata"
)

// wrap breaks a text into lines.
func wrap(text string, width int) string {
	var lines []string
	for part := range slices.Chunk([]byte(text), width) {
		lines = append(lines, string(part))
	}
	return strings.Join(lines, "\n")
}

// secrets returns values that no answer may repeat, by their form. Each value contains
// one of the traces.
func secrets(t testing.TB) (forms map[string]string, traces []string) {
	t.Helper()
	armored := testdata.Read("p256/key.pem")
	block, _ := pem.Decode([]byte(armored))
	body := base64.StdEncoding.EncodeToString(block.Bytes)
	scalar := base64.StdEncoding.EncodeToString(block.Bytes[7:39])
	quoted, _ := json.Marshal(armored)
	forms = map[string]string{
		"PEM":        armored,
		"lower case": strings.ToLower(armored[:28]) + armored[28:],
		"no armor":   body, "76": wrap(body, 76), "64": wrap(body, 64), "60": wrap(body, 60), "48": wrap(body, 48),
		"first 48": body[:48], "scalar": scalar,
		"URL-safe": base64.RawURLEncoding.EncodeToString(block.Bytes), "URL-safe scalar": base64.RawURLEncoding.EncodeToString(block.Bytes[7:39]),
		"hexadecimal": hex.EncodeToString(block.Bytes), "JSON": string(quoted), "DER": string(block.Bytes),
		"encoded": url.QueryEscape(body), "encoded twice": url.QueryEscape(url.QueryEscape(scalar)),
		"secret": "testsecret", "a text with the secret": "my testsecret!", "token": stsToken, "encoded token": url.QueryEscape(stsToken),
		"foreign token": "CAISpwN1q6Ft5B2yfSjIr5fFCNPTi+pY1aOPbUSGoXgiTOVbjvLMpzz2IHhMdHRqCOEbvvg+nmFR6P4clqp+SpJOTkPNYMd5tMfFJHUqMY+T",
	}
	for _, text := range []string{body[:40], scalar, forms["URL-safe"], forms["URL-safe scalar"], forms["hexadecimal"], forms["foreign token"]} {
		traces = append(traces, text[8:24])
	}
	return forms, append(traces, "testsecret", "CAIS+/", "token~*", string(block.Bytes[10:20]))
}

// reveals returns the trace that a text contains under any number of encodings, or "".
func reveals(text string, traces []string) string {
	for range 5 {
		for _, trace := range traces {
			if strings.Contains(text, trace) {
				return trace
			}
		}
		decoded, err := url.QueryUnescape(text)
		if err != nil || decoded == text {
			return ""
		}
		text = decoded
	}
	return ""
}

// TestNothingIsRepeated puts a key, a token and a secret, in every form, into every
// parameter and header of every captured request and into new ones. It checks that no
// refusal repeats them.
func TestNothingIsRepeated(t *testing.T) {
	forms, traces := secrets(t)
	for _, name := range slices.Sorted(maps.Keys(forms)) {
		if reveals(forms[name], traces) == "" && name != "PEM" && name != "lower case" {
			t.Errorf("%s: no trace in %q", name, forms[name])
		}
	}
	told := 0
	for capture, data := range captures(t) {
		m := open(t, data)
		check := func(where string, m *message) {
			t.Helper()
			incoming := m.request(t)
			r, failure := Read(incoming, DefaultLimit)
			g := gate()
			if r.Keys = g.Keys; failure == nil {
				failure = g.Admit(r)
			}
			if failure == nil { // the signature does not cover this value
				failure = NonceUsed
			}
			if strings.Contains(failure.Message, "string to sign is:") {
				told++
			}
			for _, format := range []string{"JSON", "XML"} {
				w := httptest.NewRecorder()
				r.Values.Set("Format", format)
				r.Write(w, Refusal(r, "Cdn", "R-1", failure))
				if trace := reveals(failure.Message+w.Body.String(), traces); trace != "" {
					t.Errorf("%s: %s: %q in %s", capture, where, trace, w.Body)
				}
			}
		}
		for form, text := range forms {
			changed := m.clone()
			for _, pairs := range [][]pair{changed.query, changed.form} {
				for i := range pairs {
					before := pairs[i].value
					pairs[i].value = text
					check(form+" as "+pairs[i].name, changed)
					pairs[i].value = before
				}
			}
			for _, parameter := range []string{"securitytoken", "PRIVATEKEY", "Other", text} {
				more := m.clone()
				more.query = append(more.query, pair{parameter, text})
				check(form+" as the new "+strconv.Quote(parameter), more)
			}
			if strings.ContainsFunc(text, func(r rune) bool { return r < ' ' || r > '~' }) {
				continue // a header cannot hold it
			}
			for header := range m.header {
				more := m.clone()
				more.header.Set(header, text)
				check(form+" as "+header, more)
			}
			if !strings.ContainsAny(text, " /?#%\\\"") {
				more := m.clone()
				more.host = text
				check(form+" as Host", more)
			}
		}
	}
	if told < 100 { // not every answer is without the string to sign
		t.Errorf("%d answers have the string to sign", told)
	}
}

// TestMismatchIsTold checks that a request without a secret gets the whole string to
// sign, with long names and certificates.
func TestMismatchIsTold(t *testing.T) {
	m := open(t, captures(t)["go-sdk-v1-DescribeDomainCertificateInfo"])
	m.query = append(m.query, pair{"CertName", "a-rather-long-name-of-a-certificate-for-production-2026"},
		pair{"ServerCertificate", testdata.Read("rsa2048/chain3.pem")}, pair{"DomainName", strings.Repeat("a", 60) + ".example.com"},
		pair{"ClientToken", "6d0c6a3b-1b7c-4d2e-9f0a-1c2d3e4f5a6b"})
	r, _ := Read(m.request(t), DefaultLimit)
	r.Keys = keys()
	if _, text, _ := strings.Cut(gate().Admit(r).Message, " server string to sign is:"); text != string(r.stringToSign()) {
		t.Errorf("told %q", text)
	}
}

// TestSignatureIsStrict checks that a signature in lenient base64 is refused.
func TestSignatureIsStrict(t *testing.T) {
	m := open(t, captures(t)["go-sdk-v1-DescribeDomainCertificateInfo"])
	m.sign(t, "testsecret")
	sound := *m.parameter("Signature")
	last := sound[len(sound)-2]
	for _, text := range []string{
		sound[:10] + "\n" + sound[10:], sound[:10] + "\r\n" + sound[10:], sound + "\n", "\n" + sound, " " + sound, sound[:len(sound)-1],
		sound[:len(sound)-2] + string(last+1) + "=", sound + "=",
	} {
		*m.parameter("Signature") = text
		if got := check(t, gate(), m); got != "IncompleteSignature" {
			t.Errorf("%q: %q", text, got)
		}
	}
	*m.parameter("Signature") = sound
	if got := check(t, gate(), m); got != "" {
		t.Errorf("%q: %q", sound, got)
	}
}
