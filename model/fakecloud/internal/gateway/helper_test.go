package gateway

import (
	"bufio"
	"bytes"
	"crypto/hmac"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"io"
	"maps"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/alicert/alicert/validate"
)

const stsToken = "CAIS+/=token~*"

// now is shortly after the time of the captures.
var now = time.Date(2026, 11, 21, 21, 15, 0, 0, time.UTC)

// keys are the keys of the captures.
func keys() Keys {
	secret := validate.NewSecret("testsecret")
	return NewKeys(
		Key{ID: "testid", Secret: secret},
		Key{ID: "testid", Secret: secret, SecurityToken: validate.NewSecret(stsToken)},
		Key{ID: "disabled", Secret: secret, Disabled: true},
		Key{ID: "temporary", Secret: secret, SecurityToken: validate.NewSecret(stsToken)},
	)
}

func gate() *Gate { return &Gate{Keys: keys(), Now: func() time.Time { return now }} }

// captures returns the captured requests by name.
func captures(t testing.TB) map[string][]byte {
	t.Helper()
	files, err := filepath.Glob(filepath.Join("..", "..", "testdata", "captures", "*.http"))
	if err != nil {
		t.Fatal(err)
	}
	raw := map[string][]byte{}
	for _, file := range files {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		raw[strings.TrimSuffix(filepath.Base(file), ".http")] = data
	}
	return raw
}

// message is a request in parts that tests can change.
type message struct {
	method, host string
	query, form  []pair
	header       http.Header
}

func open(t testing.TB, raw []byte) *message {
	t.Helper()
	r, err := http.ReadRequest(bufio.NewReader(bytes.NewReader(raw)))
	if err != nil {
		t.Fatal(err)
	}
	body, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	m := &message{method: r.Method, host: r.Host, header: r.Header}
	var queryErr, formErr error
	m.query, queryErr = parse(r.URL.RawQuery)
	m.form, formErr = parse(string(body))
	if queryErr != nil || formErr != nil {
		t.Fatal(queryErr, formErr)
	}
	return m
}

func (m *message) clone() *message {
	return &message{m.method, m.host, slices.Clone(m.query), slices.Clone(m.form), m.header.Clone()}
}

func encode(pairs []pair) string {
	var parts []string
	for _, p := range pairs {
		parts = append(parts, url.QueryEscape(p.name)+"="+url.QueryEscape(p.value))
	}
	return strings.Join(parts, "&")
}

func (m *message) request(t testing.TB) *http.Request {
	t.Helper()
	r, err := http.NewRequest(m.method, "http://"+m.host+"/?"+encode(m.query), strings.NewReader(encode(m.form)))
	if err != nil {
		t.Fatal(err)
	}
	r.Header = m.header
	return r
}

// parameter returns a pointer to the value of a parameter, nil for none.
func (m *message) parameter(name string) *string {
	for _, pairs := range [][]pair{m.query, m.form} {
		for i := range pairs {
			if pairs[i].name == name {
				return &pairs[i].value
			}
		}
	}
	return nil
}

func (m *message) isACS3() bool { return m.header.Get("Authorization") != "" }

// sign makes the signature valid again.
func (m *message) sign(t testing.TB, secret string) {
	t.Helper()
	r, _ := Read(m.request(t), DefaultLimit)
	if !m.isACS3() {
		*m.parameter("Signature") = macSHA1(secret+"&", r.stringToSign())
		return
	}
	a := r.parseAuthorization()
	a.signedHeaders = strings.Join(m.signable(), ";")
	m.header.Set("X-Acs-Content-Sha256", r.payload)
	m.header.Set("Authorization", a.method+" Credential="+a.credential+",SignedHeaders="+a.signedHeaders+
		",Signature="+macSHA256(secret, acs3+"\n"+hexSHA256(r.canonicalRequest(a.signedHeaders))))
}

func (m *message) signable() []string {
	names := []string{"host"}
	for name := range maps.Keys(m.header) {
		if name = strings.ToLower(name); strings.HasPrefix(name, "x-acs-") {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// check returns the code of the refusal of a request, or "" if it is admitted.
func check(t testing.TB, g *Gate, m *message) string {
	t.Helper()
	r, failure := Read(m.request(t), DefaultLimit)
	if failure == nil {
		failure = g.Admit(r)
	}
	if failure == nil {
		return ""
	}
	return failure.Code
}

func macSHA1(key string, text []byte) string {
	mac := hmac.New(sha1.New, []byte(key))
	mac.Write(text)
	return base64.StdEncoding.EncodeToString(mac.Sum(nil))
}

func macSHA256(key, text string) string {
	mac := hmac.New(sha256.New, []byte(key))
	mac.Write([]byte(text))
	return hex.EncodeToString(mac.Sum(nil))
}

func hexSHA256(data []byte) string {
	sum := sha256.Sum256(data)
	return hex.EncodeToString(sum[:])
}
