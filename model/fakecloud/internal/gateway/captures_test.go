package gateway

import (
	"bufio"
	"bytes"
	"net/http"
	"strings"
	"testing"

	"github.com/alicert/alicert/validate"
)

// TestCaptures checks that requests that real clients signed are admitted as captured.
func TestCaptures(t *testing.T) {
	raw := captures(t)
	if len(raw) != 61 {
		t.Fatalf("%d captures; want 61", len(raw))
	}
	for name, data := range raw {
		t.Run(name, func(t *testing.T) {
			incoming, err := http.ReadRequest(bufio.NewReader(bytes.NewReader(data)))
			if err != nil {
				t.Fatal(err)
			}
			r, failure := Read(incoming, DefaultLimit)
			if failure != nil {
				t.Fatal(*failure)
			}
			g := gate()
			if failure := g.Admit(r); failure != nil {
				t.Errorf("refused with %+v", *failure)
			}
			if failure := g.Admit(r); failure != NonceUsed {
				t.Errorf("a second time: %v; want %v", failure, NonceUsed)
			}
			if !strings.HasSuffix(name, "-"+r.Action()) {
				t.Errorf("action %q", r.Action())
			}
			if want := strings.Contains(name, "format-xml"); r.XML() != want {
				t.Errorf("XML %v; want %v", r.XML(), want)
			}
		})
	}
}

// TestCapturesChanged checks that every change of a signed request is detected and
// answered with the code of the first check that fails.
func TestCapturesChanged(t *testing.T) {
	for name, data := range captures(t) {
		t.Run(name, func(t *testing.T) {
			m := open(t, data)
			try := func(what, want string, change func(*message)) {
				t.Helper()
				changed := m.clone()
				change(changed)
				if got := check(t, gate(), changed); got != want {
					t.Errorf("%s: %q; want %q", what, got, want)
				}
			}
			try("nothing changed", "", func(*message) {})
			for _, pairs := range [][]pair{m.query, m.form} {
				for _, p := range pairs {
					try("changed "+p.name, afterChange(p.name), func(m *message) { *m.parameter(p.name) += "x" })
				}
			}
			try("a parameter more", "SignatureDoesNotMatch", func(m *message) { m.query = append(m.query, pair{"Extra", ""}) })
			if m.isACS3() {
				tryHeaders(t, m, try)
			}
			try("another method", "SignatureDoesNotMatch", func(m *message) {
				m.method = map[string]string{http.MethodGet: http.MethodPost, http.MethodPost: http.MethodGet}[m.method]
			})
			other := gate()
			other.Keys = NewKeys(
				Key{ID: "testid", Secret: validate.NewSecret("testsecre")},
				Key{ID: "testid", Secret: validate.NewSecret("testsecre"), SecurityToken: validate.NewSecret(stsToken)})
			if got := check(t, other, m); got != "SignatureDoesNotMatch" {
				t.Errorf("another secret: %q", got)
			}
		})
	}
}

// afterChange returns the code for a request after "x" is appended to a parameter.
func afterChange(name string) string {
	switch name {
	case "AccessKeyId":
		return "InvalidAccessKeyId.NotFound"
	case "SecurityToken":
		return "InvalidSecurityToken.MismatchWithAccessKey"
	case "Timestamp":
		return "InvalidTimeStamp.Format"
	case "SignatureMethod", "SignatureVersion":
		return "Invalid" + name
	case "Format":
		return "InvalidParameter.Format"
	case "Signature":
		return "IncompleteSignature"
	default:
		return "SignatureDoesNotMatch"
	}
}

// tryHeaders changes every signed header of an ACS3 request, and the parts of its
// Authorization header.
func tryHeaders(t *testing.T, m *message, try func(what, want string, change func(*message))) {
	t.Helper()
	signed := strings.Split((&Request{authorization: m.header.Get("Authorization")}).parseAuthorization().signedHeaders, ";")
	if len(signed) < 6 {
		t.Fatalf("signed headers %q", signed)
	}
	for _, name := range signed {
		want := "SignatureDoesNotMatch"
		switch name {
		case "host":
			try("changed host", want, func(m *message) { m.host = "127.0.0.1:9001" })
			continue
		case "x-acs-security-token":
			want = "InvalidSecurityToken.MismatchWithAccessKey"
		case "x-acs-date":
			want = "InvalidTimeStamp.Format"
		}
		try("changed "+name, want, func(m *message) { m.header.Set(name, m.header.Get(name)+"x") })
		try("a second "+name, "SignatureDoesNotMatch", func(m *message) {
			m.header.Add(name, "x")
		})
	}
	try("an unsigned x-acs- header", "IncompleteSignature", func(m *message) { m.header.Set("X-Acs-Extra", "1") })
	for _, part := range []struct{ old, new, want string }{
		{"Credential=testid", "Credential=testidx", "InvalidAccessKeyId.NotFound"},
		{"Credential=testid", "Credential=", "MissingAccessKeyId"},
		{"ACS3-HMAC-SHA256", "ACS3-RSA-SHA256", "InvalidSignatureMethod"},
		{"x-acs-action;", "", "IncompleteSignature"},
		{"host;", "", "IncompleteSignature"},
		{"Signature=", "Signature=0", "IncompleteSignature"},
		{"Signature=", "Signed=", "IncompleteSignature"},
	} {
		try("in Authorization "+part.new+" for "+part.old, part.want, func(m *message) {
			m.header.Set("Authorization", strings.Replace(m.header.Get("Authorization"), part.old, part.new, 1))
		})
	}
}
