package redact_test

import (
	"bytes"
	"crypto/ecdh"
	"crypto/sha256"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"fmt"
	"maps"
	"math/rand/v2"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/alicert/alicert/internal/redact"
	"github.com/alicert/alicert/testdata"
)

// wrapped breaks a text into lines.
func wrapped(text string, width int) string {
	var b strings.Builder
	for len(text) > width {
		b.WriteString(text[:width] + "\n")
		text = text[width:]
	}
	return b.String() + text + "\n"
}

// forms are the encodings of the bytes of a key.
func forms(der []byte) map[string]string {
	plain := base64.StdEncoding.EncodeToString(der)
	armored := string(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}))
	quoted, _ := json.Marshal(armored)
	forms := map[string]string{
		"base64":       plain,
		"URL-safe":     base64.URLEncoding.EncodeToString(der),
		"URL-safe raw": base64.RawURLEncoding.EncodeToString(der),
		"raw":          strings.TrimRight(plain, "="),
		"PEM":          armored,
		"JSON":         string(quoted),
		"mislabeled":   strings.ReplaceAll(armored, "PRIVATE KEY", "CERTIFICATE"),
		"lower case":   strings.Replace(armored, "PRIVATE KEY", "private key", 1),
		"in a text":    "my key is " + plain + ", keep it",
		"in a host":    plain + ".example.com",
		"plus lost":    strings.ReplaceAll(plain, "+", " "),
		"CRLF escaped": strings.ReplaceAll(wrapped(plain, 64), "\n", `\r\n`),
		"slashes":      strings.ReplaceAll(plain, "/", `\/`),
	}
	for _, width := range []int{76, 64, 60, 48, 40, 20} {
		forms[fmt.Sprintf("lines of %d", width)] = wrapped(plain, width)
		if len(plain) > width && width >= 40 {
			forms[fmt.Sprintf("first line of %d", width)] = plain[:width]
		}
	}
	for name, text := range maps.Clone(forms) {
		once := url.QueryEscape(text)
		forms[name+", encoded"], forms[name+", encoded twice"] = once, url.QueryEscape(once)
	}
	return forms
}

func TestKeys(t *testing.T) {
	r := rand.NewChaCha8(sha256.Sum256([]byte("keys")))
	for range 200 {
		scalar := make([]byte, 32)
		_, _ = r.Read(scalar)
		if _, err := ecdh.P256().NewPrivateKey(scalar); err != nil {
			continue
		}
		for name, text := range forms(scalar) {
			if len(text) >= 40 && !redact.Is(text) {
				t.Errorf("scalar, %s: %q", name, text)
			}
		}
	}
	for _, file := range []string{"p256/key.pem", "rsa2048/key.pem", "rsa2048/key-pkcs8.pem", "ed25519/key.pem"} {
		block, _ := pem.Decode([]byte(testdata.Read(file)))
		for name, text := range forms(block.Bytes) {
			if !redact.Is(text) {
				t.Errorf("%s, %s: %.100q", file, name, text)
			}
		}
		for name, text := range map[string]string{"DER": string(block.Bytes), "hexadecimal": hex.EncodeToString(block.Bytes)} {
			if !redact.Is(text) {
				t.Errorf("%s, %s", file, name)
			}
		}
	}
	for _, text := range []string{
		"EC PRIVATE KEY", "-----BEGIN X", "-----BEGIN PRIVATE KEY-----",
		"key=MC4CAQAwBQYDK2VwBCIEIJ+DYvh6SEqVTm50DFtMDoQikTmiCqirVv9mWG9qfSnF.", "LTAI5t/CAIS" + strings.Repeat("u5Qk9xT0", 5), "pR7xK2mV9qLw4tZc8nBy3hJf6sDg1A",
		"LEAKxMARKERxLEAKxMARKERx" + strings.Repeat("A", 20),
	} {
		if !redact.Is(text) {
			t.Errorf("%q is shown", text)
		}
	}
}

// A value that is not secret is shown unchanged.
func TestPublic(t *testing.T) {
	for _, text := range []string{
		"", "shop.example.com.key", "/etc/letsencrypt/live/a-very-long-domain-name.example.com/privkey.pem", "www.example.com", "*.example.com", "1234567-cn-hangzhou", "lsn-o4u54y73wq7b", "6d0c6a3b-1b7c-4d2e-9f0a-1c2d3e4f5a6b",
		"a-really-very-long-name-of-a-service-in-some-region.example.com", strings.Repeat("a", 63) + ".example.com", strings.Repeat("a", 63),
		"AssociateAdditionalCertificatesWithListener", "SetDomainServerCertificate", "2026-11-21T21:15:00Z",
		"cert-example-com-2026-11-21-Production-Frankfurt", "certificate of www.example.com, renewed in 2026 for the shop in Cologne",
		"b051db361809c861274ad3b7345dec568f8f66999d1985ca0ae6405f227107ba", "cert-6d0c6a3b-1b7c-4d2e-9f0a-1c2d3e4f5a6b", "job-66FBE5D6-4397-49FC-A633-E11E8D801A6E",
		"TF-AssociateAdditional-1700000000-66FBE5D6-4397-49FC-A633-E11E8D", "1234567-cn-hangzhou\xff", strings.Repeat("a", 99),
		"/etc/letsencrypt/live/averylongdomainnamewithoutpunctuation/privkey", "证书", "100% \\ done",
		"TF-UpdateListenerAttribute-1700000000-6d0c6a3b1b7c4d2e9f0a1c2d3e4f5a6",
	} {
		if redact.Is(text) || redact.Text(text) != text {
			t.Errorf("%q is not shown", text)
		}
	}
	for _, file := range []string{"p256/leaf.pem", "rsa2048/chain3.pem", "rsa2048/leaf.pem"} {
		text := testdata.Read(file)
		quoted, _ := json.Marshal(map[string]string{"Cert": text})
		if redact.Is(text) || redact.Is(strings.ReplaceAll(text, "\n", "\r\n")) || redact.IsJSON(quoted) {
			t.Errorf("%s is not shown", file)
		}
		if !redact.Is(text + testdata.Read("p256/key.pem")) {
			t.Errorf("%s hides a key", file)
		}
	}
}

func TestText(t *testing.T) {
	value := base64.StdEncoding.EncodeToString([]byte("a private scalar of 32 bytes 012"))
	if got := redact.Text(value); got != "a value of 44 bytes" {
		t.Error(got)
	}
	if a, b := redact.Name(value), redact.Name(value+"x"); a == b || redact.Is(a) || redact.Name(a) != a {
		t.Error(a, b)
	}
}

func TestIsName(t *testing.T) {
	block, _ := pem.Decode([]byte(testdata.Read("p256/key.pem")))
	body := base64.StdEncoding.EncodeToString(block.Bytes)
	for _, name := range []string{body, body[8:48], body[:60] + "\n" + body[60:], base64.RawURLEncoding.EncodeToString(block.Bytes[7:39]), testdata.Read("p256/key.pem")} {
		if !redact.IsName(name) {
			t.Errorf("%q is the name of a file", name)
		}
	}
	for _, name := range []string{
		"", "key.pem", "/home/Me/Projects2026/Certificates/Production/Frankfurt", "Users/Me/SSL/certs2026/averylongdomainnamewithoutpunctuation/Live",
		"/tmp/TestKeysNeverShow40_characters1234567890/001", "out-6d0c6a3b-1b7c-4d2e-9f0a-1c2d3e4f5a6b", "b051db361809c861274ad3b7345dec568f8f66999d1985ca0ae6405f227107ba",
	} {
		if redact.IsName(name) {
			t.Errorf("%q is no name of a file", name)
		}
	}
}

func TestParameter(t *testing.T) {
	for _, name := range []string{"PrivateKey", "privateKEY", "Key", "SSLPri", "SecurityToken", "securitytoken", "X-Acs-Security-Token", "security_token", "AccessKeySecret", "Certificates.1.PrivateKey", "Authorization", "Signature"} {
		if !redact.Parameter(name) {
			t.Errorf("%s is no secret", name)
		}
	}
	for _, name := range []string{"", "AccessKeyId", "ClientToken", "NextToken", "SSLPub", "CertName", "SignatureNonce", "SignatureMethod", "SSLProtocol"} {
		if redact.Parameter(name) {
			t.Errorf("%s is a secret", name)
		}
	}
}

func TestIsJSON(t *testing.T) {
	key, _ := json.Marshal(testdata.Read("p256/key.pem"))
	for text, want := range map[string]bool{
		`{"a":["b",{"c":1}]}`: false, `{"a":["b",{"c":` + string(key) + `}]}`: true, `{` + string(key) + `:1}`: true, "PRIVATE KEY": true, `"x"`: false,
	} {
		if got := redact.IsJSON([]byte(text)); got != want {
			t.Errorf("%.40s: %v", text, got)
		}
	}
}

func TestPrintable(t *testing.T) {
	tests := []struct{ name, in, want string }{
		{"plain", "CN=www.example.com,O=例子", "CN=www.example.com,O=例子"},
		{"empty", "", ""},
		{"escape", "\x1b[31mred", `\x1b[31mred`},
		{"line break", "a\nb\r", `a\x0ab\x0d`},
		{"tab", "a\tb", `a\x09b`},
		{"delete", "a\x7f", `a\x7f`},
		{"C1 control", "a\u009b31m", `a\u009b31m`},
		{"right to left", "a\u202egpj", `a\u202egpj`},
		{"zero width", "a\u200bb", `a\u200bb`},
		{"broken UTF-8", "a\xff\xfeb", `a\xff\xfeb`},
		{"replacement character", "a\ufffdb", "a\ufffdb"},
		{"beyond the first plane", "\U000e0001😀", `\U000e0001😀`},
		{"cut off", "证"[:2], `\xe8\xaf`},
	}
	for _, test := range tests {
		if got := redact.Printable(test.in); got != test.want {
			t.Errorf("%s: redact.Printable(%q) = %q; want %q", test.name, test.in, got, test.want)
		}
	}
}

// TestPrintableCharacters is about every character alone.
func TestPrintableCharacters(t *testing.T) {
	for r := range rune(0x30000) {
		if got := redact.Printable(string(r)); utf8.ValidRune(r) && (got == string(r)) != strconv.IsPrint(r) {
			t.Errorf("redact.Printable(%q) = %q", r, got)
		}
	}
}

// FuzzPrintable checks that the result is printable, and does not change again.
func FuzzPrintable(f *testing.F) {
	for _, seed := range []string{"", "a\u202eb", "\u2028\u2029\u200b\ufeff", "\xff\x1b[31m\n", "\U000e0001"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got := redact.Printable(s)
		if strings.ContainsFunc(got, func(r rune) bool { return !unicode.IsPrint(r) }) || redact.Printable(got) != got {
			t.Errorf("%q: %q", s, got)
		}
		lines := redact.Lines(s)
		if strings.ContainsFunc(lines, func(r rune) bool { return !unicode.IsPrint(r) && r >= 0x80 }) {
			t.Errorf("%q: %q", s, lines)
		}
		_ = redact.Is(s)
	})
}

// BenchmarkIs measures the check of one value of a request.
func BenchmarkIs(b *testing.B) {
	chain := testdata.Read("rsa2048/chain3.pem")
	for name, text := range map[string]string{"id": "1234567-cn-hangzhou", "chain": chain, "1 MB": string(bytes.Repeat([]byte("x1 "), 1<<20/3))} {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				_ = redact.Is(text)
			}
		})
	}
}
