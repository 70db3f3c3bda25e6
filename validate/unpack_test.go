package validate_test

import (
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/validate"
)

// A containerForm is a form in which a PEM text arrives that is none any more.
type containerForm struct {
	name  string
	form  func(tb testing.TB, text string) string
	names string // what the reason calls it
}

func toUTF16(text string, big, mark bool) string {
	if mark {
		text = "\ufeff" + text
	}
	var b strings.Builder
	for _, r := range text {
		high, low := byte(r>>8), byte(r&0xff)
		if !big {
			high, low = low, high
		}
		b.WriteByte(high)
		b.WriteByte(low)
	}
	return b.String()
}

func base64Lines(text string, width int, end string) string {
	text = base64.StdEncoding.EncodeToString([]byte(text))
	var b strings.Builder
	for ; len(text) > width; text = text[width:] {
		b.WriteString(text[:width] + end)
	}
	return b.String() + text + end
}

// containerForms are those that Normalize opens, for texts of any number of blocks.
func containerForms() []containerForm {
	plain := func(name, names string, form func(text string) string) containerForm {
		return containerForm{name, func(_ testing.TB, text string) string { return form(text) }, names}
	}
	std := func(text string) string { return base64.StdEncoding.EncodeToString([]byte(text)) }
	crlf := func(text string) string { return strings.ReplaceAll(text, "\n", "\r\n") }
	return []containerForm{
		plain("base64", "base64 of a PEM text", std),
		plain("base64 in lines of 76", "base64 of a PEM text", func(text string) string { return base64Lines(text, 76, "\n") }),
		plain("base64 in lines of 64 with CR LF", "base64 of a PEM text", func(text string) string { return base64Lines(text, 64, "\r\n") }),
		plain("base64, URL-safe", "base64 of a PEM text", func(text string) string { return base64.URLEncoding.EncodeToString([]byte(text)) }),
		plain("base64 without padding", "base64 of a PEM text", func(text string) string { return base64.RawStdEncoding.EncodeToString([]byte(text + "\n")) }),
		plain("base64 in quotes", "base64 of a PEM text", func(text string) string { return `"` + std(text) + "\"\n" }),
		plain("base64 behind a byte-order mark", "base64 of a PEM text", func(text string) string { return "\ufeff" + std(text) }),
		plain("base64 of CR LF", "base64 of a PEM text", func(text string) string { return std(crlf(text)) }),
		plain("base64 twice", "base64 of base64 of a PEM text", func(text string) string { return std(std(text)) }),
		plain("base64 twice, in lines", "base64 of base64 of a PEM text", func(text string) string { return base64Lines(base64Lines(text, 76, "\n"), 76, "\n") }),
		plain("base64 of a text with a byte-order mark", "base64 of a PEM text", func(text string) string { return std("\ufeff" + text) }),
		plain("base64 of an indented text", "base64 of a PEM text", func(text string) string { return std("  " + strings.ReplaceAll(strings.TrimSpace(text), "\n", "\n  ")) }),
		plain("UTF-16", "UTF-16", func(text string) string { return toUTF16(text, false, true) }),
		plain("UTF-16, big-endian", "UTF-16", func(text string) string { return toUTF16(text, true, true) }),
		plain("UTF-16 without mark", "UTF-16", func(text string) string { return toUTF16(text, false, false) }),
		plain("UTF-16, big-endian, without mark", "UTF-16", func(text string) string { return toUTF16(text, true, false) }),
		plain("UTF-16 with CR LF", "UTF-16", func(text string) string { return toUTF16(crlf(text), false, true) }),
		plain("base64 of UTF-16", "base64 of text in UTF-16", func(text string) string { return std(toUTF16(text, false, true)) }),
		plain("UTF-16 of base64", "UTF-16", func(text string) string { return toUTF16(std(text), false, true) }),
		plain("a value of a Secret in JSON", "Kubernetes Secret", func(text string) string {
			return fmt.Sprintf(`{"kind": "Secret", "data": {"tls.crt": %q, "ca.crt": ""}}`, std(text))
		}),
		plain("a value of a Secret", "Kubernetes Secret", func(text string) string {
			return "apiVersion: v1\nkind: Secret\nmetadata:\n  name: shop\ndata:\n  tls.crt: " + std(text) + "\n"
		}),
		plain("a value of a Secret with CR LF and quotes", "Kubernetes Secret", func(text string) string {
			return "kind: Secret\r\ndata:\r\n  tls.crt: \"" + std(text) + "\"\r\n"
		}),
	}
}

// escapedForms are texts with the escapes of JSON. What they are called is the matter of the
// BEGIN line.
func escapedForms() []containerForm {
	form := func(name string, value func(text string) any) containerForm {
		return containerForm{name, func(tb testing.TB, text string) string {
			tb.Helper()
			encoded, err := json.Marshal(value(text))
			if err != nil {
				tb.Fatal(err)
			}
			return string(encoded)
		}, ""}
	}
	return []containerForm{
		form("a JSON string", func(text string) any { return text }),
		form("a JSON object", func(text string) any { return map[string]string{"certificate": text, "note": "x"} }),
		form("a JSON array", func(text string) any { return []string{text} }),
		form("JSON in JSON", func(text string) any { return map[string]any{"data": map[string]any{"pem": []any{text, 1, nil}}} }),
		form("blocks in an array", func(text string) any {
			parts := strings.SplitAfter(text, "-----\n")
			var blocks []string
			for i := 0; i+1 < len(parts); i += 2 {
				blocks = append(blocks, parts[i]+parts[i+1])
			}
			return blocks
		}),
		{"a JSON string with escaped slashes", func(tb testing.TB, text string) string {
			tb.Helper()
			encoded, err := json.Marshal(text)
			if err != nil {
				tb.Fatal(err)
			}
			return strings.NewReplacer("/", `\/`, "+", `\u002b`, "=", `\u003d`).Replace(string(encoded))
		}, ""},
	}
}

// derForms are for texts of one block.
func derForms() []containerForm {
	b64 := base64.StdEncoding
	form := func(name, names string, encode func(der []byte) string) containerForm {
		return containerForm{name, func(tb testing.TB, text string) string {
			tb.Helper()
			return encode(derOf(tb, text))
		}, names}
	}
	const bare = "without its BEGIN and END lines"
	return []containerForm{
		form("DER", "in DER form (binary), not PEM text", func(der []byte) string { return string(der) }),
		form("base64 of DER", bare, b64.EncodeToString),
		form("lines of base64", bare, func(der []byte) string { return base64Lines(string(der), 64, "\n") }),
		form("lines of base64 with CR LF", bare, func(der []byte) string { return base64Lines(string(der), 64, "\r\n") }),
		form("base64 of DER without padding", bare, base64.RawStdEncoding.EncodeToString),
		form("base64 of DER, URL-safe", bare, base64.URLEncoding.EncodeToString),
		form("base64 of base64 of DER", "base64 of base64", func(der []byte) string { return b64.EncodeToString([]byte(b64.EncodeToString(der))) }),
	}
}

// TestContainersAreOpened: whatever certificate and key come in, the answer is the code
// that it was, the reason names the form, and Normalize writes the text that is in it,
// which both readers load.
func TestContainersAreOpened(t *testing.T) {
	t.Parallel()
	for _, folder := range []string{"rsa2048", "p256", "ed25519"} {
		chain, leaf, key := pkiFile(t, folder+"/chain3.pem"), pkiFile(t, folder+"/leaf.pem"), pkiFile(t, folder+"/key.pem")
		for _, f := range slices.Concat(containerForms(), escapedForms()) {
			t.Run(folder+"/"+f.name, func(t *testing.T) {
				t.Parallel()
				openContainer(t, f, f.form(t, chain), chain, key)
				openKeyContainer(t, f, f.form(t, key), chain, key)
			})
		}
		for _, f := range derForms() {
			t.Run(folder+"/"+f.name, func(t *testing.T) {
				t.Parallel()
				openContainer(t, f, f.form(t, leaf), leaf, key)
				openKeyContainer(t, f, f.form(t, key), leaf, key)
			})
		}
	}
}

func openContainer(t *testing.T, f containerForm, packed, want, key string) {
	t.Helper()
	report := validate.KeyPair(packed, validate.NewSecret(key), validate.Options{})
	if v, _ := report.Verdict(); v.Condition != errcodes.CondCertificateNotPEM || !strings.Contains(v.Reason.EN, f.names) || v.Reason.ZH == "" {
		t.Errorf("certificate: %v: %+v; want %q", v.Condition, v.Reason, f.names)
	}
	normalizesTo(t, packed, key, want, key)
	normalizesTo(t, packed, "", want, "")
}

func openKeyContainer(t *testing.T, f containerForm, packed, chain, want string) {
	t.Helper()
	report := validate.KeyPair(chain, validate.NewSecret(packed), validate.Options{})
	v, _ := report.Verdict()
	if v.Condition != errcodes.CondPrivateKeyNotPEM || !strings.Contains(v.Reason.EN, f.names) || v.Reason.ZH == "" {
		t.Errorf("key: %v: %+v; want %q", v.Condition, v.Reason, f.names)
	}
	if found := leaked(want, fmt.Sprint(report, v.Reason, v.Hint())); found != "" {
		t.Errorf("%q of the key shows", found)
	}
	normalizesTo(t, chain, packed, chain, want)
}

func normalizesTo(t *testing.T, certificate, key, wantCertificate, wantKey string) {
	t.Helper()
	out, err := validate.Normalize(errcodes.SetDomainServerCertificate, certificate, validate.NewSecret(key))
	if err != nil {
		t.Errorf("not repaired: %v", err)
		return
	}
	if out.Certificate != wantCertificate || out.PrivateKey.Reveal() != wantKey {
		t.Errorf("certificate as expected: %t, key: %t; %v", out.Certificate == wantCertificate, out.PrivateKey.Reveal() == wantKey, out.Changes)
	}
	if wantCertificate != "" && wantKey != "" {
		if _, err := tls.X509KeyPair([]byte(out.Certificate), []byte(out.PrivateKey.Reveal())); err != nil {
			t.Errorf("Go does not load it: %v", err)
		}
	}
}

// pkcs7Of makes a PKCS#7 structure that holds certificates.
func pkcs7Of(tb testing.TB, texts ...string) []byte {
	tb.Helper()
	var b cryptobyte.Builder
	explicit := asn1.Tag(0).ContextSpecific().Constructed()
	oid := func(b *cryptobyte.Builder, last int) {
		b.AddASN1ObjectIdentifier([]int{1, 2, 840, 113549, 1, 7, last})
	}
	b.AddASN1(asn1.SEQUENCE, func(b *cryptobyte.Builder) {
		oid(b, 2)
		b.AddASN1(explicit, func(b *cryptobyte.Builder) {
			b.AddASN1(asn1.SEQUENCE, func(b *cryptobyte.Builder) {
				b.AddASN1Int64(1)
				b.AddASN1(asn1.SET, func(*cryptobyte.Builder) {})
				b.AddASN1(asn1.SEQUENCE, func(b *cryptobyte.Builder) { oid(b, 1) })
				b.AddASN1(explicit, func(b *cryptobyte.Builder) {
					for _, text := range texts {
						b.AddBytes(derOf(tb, text))
					}
				})
				b.AddASN1(asn1.SET, func(*cryptobyte.Builder) {})
			})
		})
	})
	der, err := b.Bytes()
	if err != nil {
		tb.Fatal(err)
	}
	return der
}

// TestPKCS7IsOpened: its certificates are a set, which has no order.
func TestPKCS7IsOpened(t *testing.T) {
	leaf, issuing, intermediate, root := pkiFile(t, "p256/leaf.pem"), pkiFile(t, "p256/issuing.pem"), pkiFile(t, "p256/intermediate.pem"), pkiFile(t, "p256/root.pem")
	chain, key := leaf+issuing+intermediate, pkiFile(t, "p256/key.pem")
	for i, texts := range [][]string{
		{leaf, issuing, intermediate}, {intermediate, issuing, leaf}, {issuing, leaf, intermediate}, {root, leaf, intermediate, issuing},
	} {
		der := pkcs7Of(t, texts...)
		for name, text := range map[string]string{
			"DER":         string(der),
			"base64":      base64.StdEncoding.EncodeToString(der),
			"PKCS7":       pemOf("PKCS7", der),
			"CMS":         pemOf("CMS", der),
			"CERTIFICATE": pemOf("CERTIFICATE", der),
		} {
			v, _ := validate.KeyPair(text, validate.NewSecret(key), validate.Options{}).Verdict()
			if !strings.Contains(v.Reason.EN, "PKCS#7") || !strings.Contains(v.Hint().EN, "openssl pkcs7") && name != "base64" {
				t.Errorf("%d, %s: %+v; %+v", i, name, v.Reason, v.Hint())
			}
			normalizesTo(t, text, key, chain, key)
			normalizesTo(t, text, "", chain, "")
		}
	}
	empty := pkcs7Of(t)
	if _, err := validate.Normalize(errcodes.SetDomainServerCertificate, string(empty), validate.Secret{}); err == nil {
		t.Error("a PKCS#7 structure without certificates is one")
	}
}

// TestCombined: certificate and key in one text, or in each other's parameter, are
// separated, and of several keys the one that fits stays.
func TestCombined(t *testing.T) {
	chain, key, pkcs8 := pkiFile(t, "p256/chain3.pem"), pkiFile(t, "p256/key.pem"), pkiFile(t, "p256/key-pkcs8.pem")
	rsaKey, other, parameters := pkiFile(t, "rsa2048/key.pem"), pkiFile(t, "p256/other-key.pem"), pkiFile(t, "forms/ec-with-params.pem")
	rsaChain, rsaPKCS8 := pkiFile(t, "rsa2048/chain3.pem"), pkiFile(t, "rsa2048/key-pkcs8.pem")
	leaf, rest := pkiFile(t, "p256/leaf.pem"), strings.TrimPrefix(chain, pkiFile(t, "p256/leaf.pem"))
	dh := "-----BEGIN DH PARAMETERS-----\nMAYCAQcCAQI=\n-----END DH PARAMETERS-----\n"
	normalized := func(text string) string {
		out, err := validate.Normalize(errcodes.SetDomainServerCertificate, "", validate.NewSecret(text))
		if err != nil {
			t.Fatal(err)
		}
		return out.PrivateKey.Reveal()
	}
	for _, tt := range []struct{ name, certificate, key, wantCertificate, wantKey string }{
		{"one text for both", chain + key, chain + key, chain, key},
		{"one text for both, key first", key + chain, key + chain, chain, key},
		{"one text for both, key in the middle", leaf + key + rest, leaf + key + rest, chain, key},
		{"one text for both, with text between", "# shop\n" + chain + "\n# key\n" + key, "# shop\n" + chain + "\n# key\n" + key, chain, key},
		{"one text for both, with DH parameters", chain + key + dh, chain + key + dh, chain, key},
		{"one text for both, with EC parameters", chain + parameters, chain + parameters, chain, normalized(parameters)},
		{"one text for both, PKCS#8", chain + pkcs8, chain + pkcs8, chain, normalized(pkcs8)},
		{"one text for both, RSA", rsaKey + rsaChain, rsaKey + rsaChain, rsaChain, rsaKey},
		{"one text for both, in base64", base64Lines(chain+key, 76, "\n"), base64Lines(chain+key, 76, "\n"), chain, key},
		{"one text for both, indented", "  " + strings.ReplaceAll(chain+key, "\n", "\n  "), "  " + strings.ReplaceAll(chain+key, "\n", "\n  "), chain, key},
		{"key in the certificate, the same as key", chain + key, key, chain, key},
		{"key in the certificate, the same as PKCS#8", chain + key, pkcs8, chain, normalized(pkcs8)},
		{"key in the certificate, another as key", chain + key, other, chain, key},
		{"another key in the certificate", chain + other, key, chain, key},
		{"RSA key in the certificate", chain + rsaKey, key, chain, key},
		{"key in the certificate, nothing as key", chain + key, "", chain, key},
		{"an encrypted key in the certificate, the plain one as key", rsaChain + pkiFile(t, "encrypted/pkcs8.pem"), rsaKey, rsaChain, rsaKey},
		{"the key twice", chain, key + key, chain, key},
		{"the key twice, once as PKCS#8", chain, key + pkcs8, chain, key},
		{"the RSA key twice, first as PKCS#8", rsaChain, rsaPKCS8 + rsaKey, rsaChain, rsaKey},
		{"the key three times", chain, key + pkcs8 + key, chain, key},
		{"two keys, the first fits", chain, key + rsaKey, chain, key},
		{"two keys, the second fits", chain, rsaKey + key, chain, key},
		{"two keys of one type, the second fits", chain, other + key, chain, key},
		{"the RSA key of a dual setup", rsaChain, key + rsaKey, rsaChain, rsaKey},
		{"a chain and two keys as key", chain, chain + rsaKey + key, chain, key},
		{"exchanged", key, chain, chain, key},
		{"exchanged, PKCS#8", rsaPKCS8, rsaChain, rsaChain, rsaKey},
		{"exchanged, leaf last", key, rest + leaf, chain, key},
		{"exchanged, in base64", base64Lines(key, 76, "\n"), base64Lines(chain, 76, "\n"), chain, key},
		{"exchanged, DER", string(derOf(t, key)), string(derOf(t, leaf)), leaf, key},
		{"key as certificate, both as key", key, chain + key, chain, key},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if err := validate.KeyPair(tt.certificate, validate.NewSecret(tt.key), validate.Options{}).Err(); err == nil {
				t.Error("accepted as it is")
			}
			normalizesTo(t, tt.certificate, tt.key, tt.wantCertificate, tt.wantKey)
			out, err := validate.Normalize(errcodes.SetDomainServerCertificate, tt.certificate, validate.NewSecret(tt.key))
			if found := leaked(tt.wantKey, fmt.Sprint(out.Changes, err)); found != "" {
				t.Errorf("%q of the key shows", found)
			}
		})
	}
}

// TestNotSeparated: where something is left to guess, nothing is changed.
func TestNotSeparated(t *testing.T) {
	chain, key, other := pkiFile(t, "p256/chain3.pem"), pkiFile(t, "p256/key.pem"), pkiFile(t, "p256/other-key.pem")
	request := "-----BEGIN CERTIFICATE REQUEST-----\nMAA=\n-----END CERTIFICATE REQUEST-----\n"
	for _, tt := range []struct {
		name, certificate, key string
		want                   errcodes.Condition
	}{
		{"a request in the combined text", chain + request + key, key, errcodes.CondCertificateNotPEM},
		{"two foreign keys", chain + other, pkiFile(t, "rsa2048/key.pem"), errcodes.CondCertificateNotPEM},
		{"two keys for CAs", pkiFile(t, "p256/issuing.pem"), key + other, errcodes.CondPrivateKeyNotPEM},
		{"certificates as both", chain, chain, errcodes.CondPrivateKeyNotPEM},
		{"keys as both", key, other, errcodes.CondCertificateNotPEM},
		{"a trusted certificate and a key", pkiFile(t, "forms/trusted.pem") + key, key, errcodes.CondCertificateNotPEM},
		{"a key under CERTIFICATE", pemOf("CERTIFICATE", derOf(t, key)), key, errcodes.CondCertificateMalformed},
		{"UTF-16 with a Chinese character", toUTF16(chain+"证", false, true), key, errcodes.CondCertificateNotPEM},
		{"base64 four times", four(chain), key, errcodes.CondCertificateNotPEM},
	} {
		out, err := validate.Normalize(errcodes.SetDomainServerCertificate, tt.certificate, validate.NewSecret(tt.key))
		if !errors.Is(err, tt.want) || out.Certificate != "" {
			t.Errorf("%s: %v, %v", tt.name, err, out.Changes)
		}
	}
}

func four(text string) string {
	for range 4 {
		text = base64.StdEncoding.EncodeToString([]byte(text))
	}
	return text
}

// requestFor makes a certificate request, always the same: Ed25519 signs without chance.
func requestFor(tb testing.TB) []byte {
	tb.Helper()
	template := x509.CertificateRequest{Subject: pkix.Name{CommonName: "www.example.com"}}
	der, err := x509.CreateCertificateRequest(rand.Reader, &template, parseSigner(tb, pkiFile(tb, "ed25519/key.pem")))
	if err != nil {
		tb.Fatal(err)
	}
	return der
}

// A blockContent is what a block holds instead of what its label says.
type blockContent struct {
	name, label string
	content     []byte
	says, hint  string
	never       string // in the hint
}

// beginOfPKCS12 is the header of a PKCS#12 file, with zeros for its contents.
func beginOfPKCS12() []byte {
	begin := []byte("\x30\x82\x01\x00\x02\x01\x03\x30\x81\xfa\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07\x01\xa0\x81\xec\x04\x81\xe9")
	return append(begin, make([]byte, 260-len(begin))...)
}

func contentsOfBlocks(tb testing.TB) []blockContent {
	tb.Helper()
	chain, leaf, key := pkiFile(tb, "rsa2048/chain3.pem"), pkiFile(tb, "rsa2048/leaf.pem"), pkiFile(tb, "rsa2048/key.pem")
	der, keyDER := derOf(tb, leaf), derOf(tb, key)
	request, public, pfx := requestFor(tb), parseCert(tb, leaf).RawSubjectPublicKeyInfo, beginOfPKCS12()
	const line = 48
	cut := func(der []byte, from, to int) []byte { return slices.Concat(der[:from], der[to:]) }
	return []blockContent{
		{"PKCS#7", "CERTIFICATE", pkcs7Of(tb, leaf), "PKCS#7", "openssl pkcs7 -in FILE -print_certs", "issued again"},
		{"a request", "CERTIFICATE", request, "certificate request (CSR)", "the certificate that the CA issued", "issued again"},
		{"a PKCS#1 key", "CERTIFICATE", keyDER, "a private key", "send the certificate", "issued again"},
		{"a SEC 1 key", "CERTIFICATE", derOf(tb, pkiFile(tb, "p256/key.pem")), "a private key", "send the certificate", "issued again"},
		{"a PKCS#8 key", "CERTIFICATE", derOf(tb, pkiFile(tb, "rsa2048/key-pkcs8.pem")), "a private key", "send the certificate", "issued again"},
		{"an encrypted key", "CERTIFICATE", derOf(tb, pkiFile(tb, "encrypted/pkcs8.pem")), "an encrypted private key", "send the certificate", "issued again"},
		{"a public key", "CERTIFICATE", public, "a public key", "send the certificate", "issued again"},
		{"PKCS#12", "CERTIFICATE", pfx, "PKCS#12", "-pass file:PASS", "issued again"},
		{"PEM", "CERTIFICATE", []byte(chain), "a PEM text", "base64 -d", "issued again"},
		{"base64", "CERTIFICATE", []byte(base64.StdEncoding.EncodeToString(der)), "base64 of a certificate", "grep -v -e ----- FILE | base64 -d | base64 -d | openssl x509", "issued again"},
		{"SM2", "CERTIFICATE", derOf(tb, pkiFile(tb, "unsupported/sm2.pem")), "SM2", "SetCdnDomainSMCertificate", "issued again"},
		{"cut off", "CERTIFICATE", der[:500], "bytes are missing", "copy it again", "have the certificate issued again"},
		{"first line only", "CERTIFICATE", der[:line], "bytes are missing", "copy it again", "have the certificate issued again"},
		{"second line lost", "CERTIFICATE", cut(der, line, 2*line), "48 bytes are missing", "copy it again", "have the certificate issued again"},
		{"a line in the middle lost", "CERTIFICATE", cut(der, 5*line, 6*line), "48 bytes are missing", "copy it again", "have the certificate issued again"},
		{"two lines lost", "CERTIFICATE", cut(der, 5*line, 7*line), "96 bytes are missing", "copy it again", "have the certificate issued again"},
		{"a line twice", "CERTIFICATE", slices.Concat(der[:3*line], der[2*line:]), "48 bytes too many", "copy it again", "have the certificate issued again"},
		{"a line twice, another lost", "CERTIFICATE", slices.Concat(der[:3*line], der[2*line:5*line], der[6*line:]), "damaged", "copy it again", "have the certificate issued again"},
		{"two certificates in a block", "CERTIFICATE", slices.Concat(der, der), "too many", "copy it again", "have the certificate issued again"},

		{"a certificate", "PRIVATE KEY", der, "holds a certificate, not a private key", "send the private key", ""},
		{"a certificate, labeled as PKCS#1", "RSA PRIVATE KEY", der, "holds a certificate, not a private key", "send the private key", ""},
		{"a request", "PRIVATE KEY", request, "certificate request (CSR)", "send the private key", ""},
		{"a public key", "PRIVATE KEY", public, "a public key", "send the private key", ""},
		{"PKCS#7", "PRIVATE KEY", pkcs7Of(tb, leaf), "PKCS#7", "send the private key", ""},
		{"PKCS#12", "PRIVATE KEY", pfx, "PKCS#12", "-pass file:PASS", ""},
		{"PEM", "PRIVATE KEY", []byte(key), "a PEM text", "base64 -d", ""},
		{"an OpenSSH key", "PRIVATE KEY", derOf(tb, pkiFile(tb, "unsupported/openssh-key.pem")), "OpenSSH", "certcheck -key", "ssh-keygen -p"},
		{"cut off", "RSA PRIVATE KEY", keyDER[:line*9], "bytes are missing", "copy it again", ""},
		{"a line lost", "RSA PRIVATE KEY", cut(keyDER, 5*line, 6*line), "48 bytes are missing", "copy it again", ""},
		{"SM2", "EC PRIVATE KEY", derOf(tb, pkiFile(tb, "unsupported/sm2-key.pem")), "SM2", "SetCdnDomainSMCertificate", ""},
		{"an encrypted key", "PRIVATE KEY", derOf(tb, pkiFile(tb, "encrypted/pkcs8.pem")), "ENCRYPTED PRIVATE KEY", "", ""},
	}
}

// TestContentOfBlocks tells apart what is under the label CERTIFICATE or PRIVATE KEY that
// does not belong there, and what to do about each.
func TestContentOfBlocks(t *testing.T) {
	chain, key := pkiFile(t, "rsa2048/chain3.pem"), pkiFile(t, "rsa2048/key.pem")
	for _, tt := range contentsOfBlocks(t) {
		t.Run(tt.label+"/"+tt.name, func(t *testing.T) {
			text := pemOf(tt.label, tt.content)
			report, want := validate.KeyPair(chain, validate.NewSecret(text), validate.Options{}), errcodes.Code("InvalidPrivateKey")
			if tt.label == "CERTIFICATE" {
				report, want = validate.KeyPair(text, validate.NewSecret(key), validate.Options{}), "InvalidCertificate"
			}
			v, _ := report.Verdict()
			if v.Code != want || !strings.Contains(v.Reason.EN, tt.says) || !strings.Contains(v.Hint().EN, tt.hint) || tt.never != "" && strings.Contains(v.Hint().EN, tt.never) {
				t.Errorf("%s: %s; %s", v.Code, v.Reason.EN, v.Hint().EN)
			}
			for _, secret := range []string{key, pkiFile(t, "p256/key.pem"), pkiFile(t, "rsa2048/key-pkcs8.pem")} {
				if found := leaked(secret, fmt.Sprintf("%v %v", v, v.Hint())); found != "" {
					t.Errorf("%q of a key shows", found)
				}
			}
		})
	}
}

// TestOnlyCAs: a text of CA certificates alone lacks the server's, whatever their key
// usage.
func TestOnlyCAs(t *testing.T) {
	key := validate.NewSecret(pkiFile(t, "p256/key.pem"))
	issuing, intermediate, root := pkiFile(t, "p256/issuing.pem"), pkiFile(t, "p256/intermediate.pem"), pkiFile(t, "p256/root.pem")
	for name, chain := range map[string]string{
		"issuing CA": issuing, "chain": issuing + intermediate, "chain and root": issuing + intermediate + root, "root": root,
		"of RSA": pkiFile(t, "rsa2048/issuing.pem") + pkiFile(t, "rsa2048/intermediate.pem"), "backwards": intermediate + issuing,
	} {
		v, _ := validate.KeyPair(chain, key, validate.Options{}).Verdict()
		if !strings.Contains(v.Reason.EN, "only CA certificates") || !strings.Contains(v.Hint().EN, "fullchain.pem") || strings.Contains(v.Hint().EN, "issued") {
			t.Errorf("%s: %s: %s; %s", name, v.Code, v.Reason.EN, v.Hint().EN)
		}
	}
	v, _ := validate.KeyPair(issuing+pkiFile(t, "p256/leaf.pem"), key, validate.Options{}).Verdict()
	if strings.Contains(v.Reason.EN, "only CA") || strings.Contains(v.Hint().EN, "have it issued") {
		t.Errorf("a chain whose leaf is last: %s; %s", v.Reason.EN, v.Hint().EN)
	}
}

// TestLabelOfEncryptedKeys: a plain key under ENCRYPTED PRIVATE KEY passes by its content,
// as both readers load it, and an encrypted one does not.
func TestLabelOfEncryptedKeys(t *testing.T) {
	for _, folder := range []string{"rsa1024", "rsa2048", "rsa4096", "p224", "p256", "p384", "p521", "ed25519"} {
		for _, name := range []string{"key.pem", "key-pkcs8.pem"} {
			text := relabel(t, pkiFile(t, folder+"/"+name), "ENCRYPTED PRIVATE KEY")
			report := validate.KeyPair(pkiFile(t, folder+"/chain3.pem"), validate.NewSecret(text), validate.Options{})
			if a, ok := report.Advisory(validate.LabelMisfit); report.Err() != nil || !ok || !strings.Contains(a.Reason.EN, "PRIVATE KEY") {
				t.Errorf("%s/%s: %v, %+v", folder, name, report.Err(), a)
			}
		}
	}
	for _, name := range []string{"encrypted/pkcs8.pem", "encrypted/pkcs8-huge-iterations.pem"} {
		if err := validate.PrivateKey(validate.NewSecret(pkiFile(t, name)), validate.Options{}).Err(); !errors.Is(err, errcodes.CondPrivateKeyEncrypted) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestLabelsAreRepaired: a label in other letters, misspelled or of the same content is
// named, and put right by the content of the block.
func TestLabelsAreRepaired(t *testing.T) {
	leaf, key, rsaLeaf, rsaKey := pkiFile(t, "p256/leaf.pem"), pkiFile(t, "p256/key.pem"), pkiFile(t, "rsa2048/leaf.pem"), pkiFile(t, "rsa2048/key.pem")
	for _, label := range []string{"certificate", "Certificate", "CERTFICATE", "CERTIFCATE", "CERTIFICATES", "CERT", "SSL CERTIFICATE", "SERVER CERTIFICATE", "CERTIFICAT", "X509 CERTIFICATE"} {
		text := relabel(t, leaf, label)
		v, _ := validate.KeyPair(text, validate.NewSecret(key), validate.Options{}).Verdict()
		if known := label == "X509 CERTIFICATE"; v.Condition != errcodes.CondCertificateNotPEM || !known && !strings.Contains(v.Reason.EN, "must be CERTIFICATE") && !strings.Contains(v.Reason.EN, "capital letters") {
			t.Errorf("%s: %s: %s", label, v.Code, v.Reason.EN)
		}
		normalizesTo(t, text, key, leaf, key)
	}
	for _, label := range []string{"rsa private key", "Rsa Private Key", "RSA PRIVAT KEY", "RSA PRIVATEKEY", "PRIVATE RSA KEY", "RSA KEY", "KEY", "RSA PRIVATE KEYS", "PRIVKEY", "SERVER PRIVATE KEY"} {
		text := relabel(t, rsaKey, label)
		v, _ := validate.KeyPair(rsaLeaf, validate.NewSecret(text), validate.Options{}).Verdict()
		if v.Condition != errcodes.CondPrivateKeyNotPEM || !strings.Contains(v.Reason.EN, "must be RSA PRIVATE KEY") && !strings.Contains(v.Reason.EN, "capital letters") {
			t.Errorf("%s: %s: %s", label, v.Code, v.Reason.EN)
		}
		normalizesTo(t, rsaLeaf, text, rsaLeaf, rsaKey)
	}
	// The label of a public key around a private one may be a leak, and is left alone.
	if _, err := validate.Normalize(errcodes.SetDomainServerCertificate, rsaLeaf, validate.NewSecret(relabel(t, rsaKey, "PUBLIC KEY"))); err == nil {
		t.Error("a private key under PUBLIC KEY is repaired")
	}
}
