package validate_test

import (
	"bytes"
	"crypto/rsa"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"maps"
	"math/big"
	"net/url"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/testdata"
	"github.com/alicert/alicert/validate"
)

// marker is 24 characters of base64: 18 bytes of a private key.
const marker = "LEAKxMARKERxLEAKxMARKERx"

// A markedKey is a private key that shows the marker in its PEM text.
type markedKey struct {
	name  string
	text  string
	parts []string // other forms that its secret numbers may come out in
}

// markedKeys are keys of each type.
func markedKeys(tb testing.TB) []markedKey {
	tb.Helper()
	secret, err := base64.StdEncoding.DecodeString(marker)
	if err != nil {
		tb.Fatal(err)
	}
	numbers := func(n *big.Int) []string {
		return []string{n.Text(10)[:16], n.Text(16)[:16], strings.ToUpper(n.Text(16))[:16]}
	}
	parts := append(numbers(new(big.Int).SetBytes(secret)), string(secret[:8]), strings.Trim(fmt.Sprintf("%d", secret[:6]), "[]"))

	// The scalar of SEC 1 begins at byte 7, the seed of Ed25519 at byte 16: the
	// marker is put where its characters are not split.
	scalar := slices.Concat([]byte{1, 2}, secret, make([]byte, 12))
	seed := slices.Concat([]byte{1, 2}, secret, make([]byte, 12))
	ed25519Key := marshal(tb, pkcs8{Algorithm: pkix.AlgorithmIdentifier{Algorithm: asn1.ObjectIdentifier{1, 3, 101, 112}}, Key: marshal(tb, seed)})
	keys := []markedKey{
		{"EC", ecKeyPEM(tb, new(big.Int).SetBytes(scalar)), parts},
		{"Ed25519", pemOf("PRIVATE KEY", ed25519Key), parts},
	}
	// The numbers of an RSA key cannot be chosen: the second half of its text,
	// which is secret, stands for the marker.
	for _, name := range []string{"rsa1024/key.pem", "rsa2048/key-pkcs8.pem"} {
		rsaKey := markedKey{name: name, text: pkiFile(tb, name)}
		body := strings.Join(strings.Split(rsaKey.text, "\n")[1:], "")
		for i := len(body) / 2; i+20 < len(body)-40; i += 50 {
			rsaKey.parts = append(rsaKey.parts, body[i:i+20])
		}
		if key, ok := parseSigner(tb, rsaKey.text).(*rsa.PrivateKey); ok {
			for _, n := range append([]*big.Int{key.D}, key.Primes...) {
				rsaKey.parts = append(rsaKey.parts, numbers(n)...)
			}
		}
		keys = append(keys, rsaKey)
	}
	for _, key := range keys[:2] {
		if !strings.Contains(key.text, marker) {
			tb.Fatalf("the %s key does not show the marker:\n%s", key.name, key.text)
		}
	}
	return keys
}

// find returns what of the key is in an output, "" if nothing is.
func (k markedKey) find(output string) string {
	der := []byte(marker)
	for _, part := range append([]string{marker[:12], marker[12:], hex.EncodeToString(der[:8])}, k.parts...) {
		if strings.Contains(output, part) {
			return part
		}
	}
	return ""
}

// A spoiling is something that happens to a key before it is sent.
type spoiling struct {
	name string
	edit func(tb testing.TB, text string) string
}

// ofDER is a spoiling of the content of the first block.
func ofDER(name string, edit func(der []byte) string) spoiling {
	return spoiling{name, func(tb testing.TB, text string) string {
		tb.Helper()
		return edit(bytes.Clone(derOf(tb, text)))
	}}
}

// spoilings are the ways in which a key arrives: sound, damaged, mislabeled.
func spoilings() []spoiling {
	edit := func(name string, f pemEdit) spoiling {
		return spoiling{name, func(_ testing.TB, text string) string { return f(text) }}
	}
	spoil := []spoiling{
		edit("sound", func(text string) string { return text }),
		edit("body alone", func(text string) string {
			lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
			return strings.Join(lines[1:len(lines)-1], "\n")
		}),
		edit("body in one line", func(text string) string {
			lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
			return strings.Join(lines[1:len(lines)-1], "")
		}),
		edit("boundary and body in one line", func(text string) string { return strings.ReplaceAll(text, "\n", "") }),
		edit("boundary and body in one line, no dashes behind BEGIN", func(text string) string {
			begin, rest, _ := strings.Cut(text, "-----\n")
			return begin + " " + strings.ReplaceAll(rest, "\n", "")
		}),
		edit("body in the label", func(text string) string {
			return strings.Replace(strings.ReplaceAll(text, "\n", ""), "KEY-----", "KEY ", 1) + "\n"
		}),
		edit("body as the label", func(text string) string {
			lines := strings.Split(text, "\n")
			return "-----BEGIN " + strings.ReplaceAll(lines[1], "/", "") + "-----\n-----END " + strings.ReplaceAll(lines[1], "/", "") + "-----\n"
		}),
		edit("body as a private-key label", func(text string) string {
			lines := strings.Split(text, "\n")
			return "-----BEGIN " + lines[1] + " PRIVATE KEY-----\nAAAA\n-----END " + lines[1] + " PRIVATE KEY-----\n"
		}),
		edit("body as a header", editLines(func(l []string) []string { l[1] = "Comment: " + l[1]; return l })),
		edit("body as DEK-Info", editLines(func(l []string) []string {
			return slices.Insert(l, 1, "Proc-Type: 4,ENCRYPTED", "DEK-Info: "+l[1], "")
		})),
		edit("no BEGIN", editLines(func(l []string) []string { return l[1:] })),
		edit("no END", editLines(func(l []string) []string { return l[:len(l)-1] })),
		edit("indented", func(text string) string { return "  " + strings.ReplaceAll(text, "\n", "\n  ") }),
		edit("commented out", func(text string) string { return "#" + strings.ReplaceAll(text, "\n", "\n#") }),
		edit("not base64", editLines(func(l []string) []string { l[1] = l[1][:len(l[1])-4] + "####"; return l })),
		edit("character lost", editLines(func(l []string) []string { l[1] = l[1][:len(l[1])-1]; return l })),
		edit("blank line", editLines(func(l []string) []string { return slices.Insert(l, 2, "") })),
		edit("twice", func(text string) string { return text + text }),
		edit("byte-order mark", func(text string) string { return "\xef\xbb\xbf" + text }),
		edit("line breaks escaped", func(text string) string { return strings.ReplaceAll(text, "\n", `\n`) }),
		edit("as JSON", func(text string) string {
			out, _ := json.Marshal(map[string]string{"PrivateKey": text})
			return string(out)
		}),
		edit("quoted", func(text string) string { return fmt.Sprintf("%q", text) }),
		edit("URL-encoded", url.QueryEscape),
		edit("base64 of the text", func(text string) string { return base64.StdEncoding.EncodeToString([]byte(text)) }),
		edit("UTF-16", func(text string) string { return toUTF16(text, false, true) }),
		edit("a Secret", func(text string) string {
			return "kind: Secret\ndata:\n  tls.key: " + base64.StdEncoding.EncodeToString([]byte(text)) + "\n"
		}),
		edit("behind a certificate", func(text string) string { return testdata.Read("p256/leaf.pem") + text }),
		edit("beside another key", func(text string) string { return text + testdata.Read("p256/other-key.pem") }),
		edit("a JWK", func(text string) string { return `{"kty": "EC", "d": "` + strings.Split(text, "\n")[1] + `"}` }),
		edit("a path", func(text string) string { return "/etc/" + strings.Split(text, "\n")[1] + ".pem" }),
		edit("a placeholder", func(text string) string { return "<" + strings.Split(text, "\n")[1] + ">" }),
		ofDER("DER", func(der []byte) string { return string(der) }),
		ofDER("cut DER", func(der []byte) string { return pemOf("PRIVATE KEY", der[:len(der)-1]) }),
		ofDER("trailing byte", func(der []byte) string { return pemOf("PRIVATE KEY", append(der, 0)) }),
		ofDER("base64 of DER in one line", base64.StdEncoding.EncodeToString),
		ofDER("hexadecimal", hex.EncodeToString),
	}
	bodyOf := func(text string) string {
		lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
		return strings.Join(lines[1:len(lines)-1], "")
	}
	for _, width := range []int{76, 64, 60, 48, 40} {
		spoil = append(spoil, edit(fmt.Sprintf("body in lines of %d", width), func(text string) string {
			var lines []string
			for part := range slices.Chunk([]byte(bodyOf(text)), width) {
				lines = append(lines, string(part))
			}
			return strings.Join(lines, "\n")
		}))
		for _, from := range []int{0, 1, 2, 3, 8} { // the marker is in what follows
			spoil = append(spoil, edit(fmt.Sprintf("%d characters from %d on", width, from), func(text string) string {
				body := bodyOf(text)
				return body[min(from, len(body)):min(from+width, len(body))]
			}))
		}
		spoil = append(spoil, edit(fmt.Sprintf("%d characters from the middle", width), func(text string) string {
			body := bodyOf(text)
			return body[len(body)/2 : min(len(body)/2+width, len(body))]
		}))
	}
	spoil = append(spoil,
		edit("URL-safe base64", func(text string) string { return strings.NewReplacer("+", "-", "/", "_").Replace(bodyOf(text)) }),
		edit("body URL-encoded twice", func(text string) string { return url.QueryEscape(url.QueryEscape(bodyOf(text)))[:60] }),
		edit("body behind a text", func(text string) string { return "my key: " + bodyOf(text)[:44] }),
		ofDER("scalar", func(der []byte) string { return base64.StdEncoding.EncodeToString(der[7:39]) }),
		ofDER("DER in pieces", func(der []byte) string { return string(der[:48]) }),
	)
	for _, label := range []string{"CERTIFICATE", "RSA PRIVATE KEY", "EC PRIVATE KEY", "PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "OPENSSH PRIVATE KEY", "EC PARAMETERS", "SECRET"} {
		spoil = append(spoil, ofDER("labeled "+label, func(der []byte) string { return pemOf(label, der) }))
	}
	for i := range 8 {
		spoil = append(spoil, ofDER(fmt.Sprintf("byte %d flipped", i), func(der []byte) string { return pemOf("PRIVATE KEY", flipByte(der, i)) }))
	}
	return spoil
}

// outputs is everything that the package makes of a request. The functions for its
// parts are not asked about a certificate and a key that are as sound has them.
func outputs(in, sound *input) map[string]string {
	out := make(map[string]string)
	show := func(name string, value any) {
		out[name] = fmt.Sprintf("%+v %#v %q", value, value, value)
		encoded, err := json.Marshal(value)
		out[name+", JSON"] = string(encoded)
		if err != nil {
			out[name+", JSON error"] = err.Error()
		}
	}
	showReport := func(name string, report *validate.Report) {
		show(name, report)
		show(name+", value", *report)
		show(name+", error", report.Err())
		for i, v := range report.Violations {
			show(fmt.Sprintf("%s, violation %d", name, i), *v)
			out[fmt.Sprintf("%s, reason %d", name, i)] = v.Error() + v.Why(errcodes.English) + v.Why(errcodes.Chinese)
		}
		for i, a := range report.Advisories {
			show(fmt.Sprintf("%s, advisory %d", name, i), a)
			out[fmt.Sprintf("%s, told %d", name, i)] = a.Why(errcodes.English) + a.Why(errcodes.Chinese)
		}
		show(name+", certificates", report.Certificates)
	}
	texts := in.cdn.Certificate != sound.cdn.Certificate || !in.cdn.PrivateKey.Equal(sound.cdn.PrivateKey)
	strict := in.opts
	strict.Strict, strict.VerifyChain = true, true
	for name, opts := range map[string]validate.Options{"plain": in.opts, "strict": strict} {
		checked := *in
		checked.opts = opts
		showReport(name+" report", checked.report())
		show(name+" verdict", checked.verdict())
		if texts {
			showReport(name+" KeyPair", validate.KeyPair(in.cdn.Certificate, in.cdn.PrivateKey, opts))
			showReport(name+" PrivateKey", validate.PrivateKey(in.cdn.PrivateKey, opts))
			showReport(name+" ServerCertificate", validate.ServerCertificate(in.cdn.Certificate, opts))
		}
	}
	if in.op != errcodes.SetDomainServerCertificate {
		return out
	}
	ascii, err := validate.DomainName(in.cdn.DomainName)
	show("DomainName", err)
	if err != nil {
		out["DomainName, result"] = ascii
	}
	show("CertName", validate.CertName(in.cdn.CertName))
	if !texts {
		return out
	}
	normalized, err := validate.Normalize(errcodes.SetDomainServerCertificate, in.cdn.Certificate, in.cdn.PrivateKey)
	show("Normalize, error", err)
	show("Normalize, changes", normalized.Changes)
	show("Normalize", normalized)
	return out
}

// checkLeaks reports the first output that shows a part of the key.
func checkLeaks(t *testing.T, key markedKey, name string, in *input) (leaking bool) {
	t.Helper()
	out := outputs(in, soundInput(t, in.op))
	for _, from := range slices.Sorted(maps.Keys(out)) {
		if part := key.find(out[from]); part != "" {
			t.Errorf("%s, %s: %s shows %q", key.name, name, from, part)
			return true
		}
	}
	return false
}

// TestNoLeakOfKey sends keys in their own parameter.
func TestNoLeakOfKey(t *testing.T) {
	for _, key := range markedKeys(t) {
		for _, s := range spoilings() {
			in := soundInput(t, errcodes.SetDomainServerCertificate)
			in.cdn.PrivateKey = validate.NewSecret(s.edit(t, key.text))
			checkLeaks(t, key, s.name, in)
			for format, out := range map[string]string{"%v": fmt.Sprintf("%v", in.cdn), "%+v": fmt.Sprintf("%+v", in.cdn), "%#v": fmt.Sprintf("%#v", in.cdn)} {
				if part := key.find(out); part != "" {
					t.Errorf("%s, %s, %s of the request: %q", key.name, s.name, format, part)
				}
			}
			encoded, err := json.Marshal(in.cdn)
			if part := key.find(string(encoded)); part != "" || err != nil {
				t.Errorf("%s, %s, JSON of the request: %q, %v", key.name, s.name, part, err)
			}
		}
	}
}

// TestNoLeakOfMatchingKey: a sound key with its own certificate.
func TestNoLeakOfMatchingKey(t *testing.T) {
	for _, key := range markedKeys(t) {
		in := soundInput(t, errcodes.SetDomainServerCertificate)
		in.cdn.Certificate = leafFor(t, parseSigner(t, key.text).Public())
		in.cdn.PrivateKey = validate.NewSecret(key.text)
		if err := in.report().Err(); err != nil {
			t.Errorf("%s: %v", key.name, err)
		}
		checkLeaks(t, key, "matching", in)
	}
}

// TestNoLeakOfMisplacedKey sends keys, and pieces of them, as any other parameter. A
// value of fewer than 40 characters may be shown: no key in a form that is in use is
// that short.
func TestNoLeakOfMisplacedKey(t *testing.T) {
	cdn := map[string]func(*input, string){
		"ServerCertificate":       func(in *input, v string) { in.cdn.Certificate = v },
		"ServerCertificate, leaf": func(in *input, v string) { in.cdn.Certificate += v },
		"both": func(in *input, v string) {
			in.cdn.Certificate, in.cdn.PrivateKey = v, validate.NewSecret(v)
		},
		"DomainName":              func(in *input, v string) { in.cdn.DomainName = v },
		"DomainName, label":       func(in *input, v string) { in.cdn.DomainName = v + ".例子" },
		"ServerCertificateStatus": func(in *input, v string) { in.cdn.Status = v },
		"CertType":                func(in *input, v string) { in.cdn.CertType = v },
		"CertName":                func(in *input, v string) { in.cdn.CertName = v },
		"ForceSet":                func(in *input, v string) { in.cdn.Overwrite = v },
		"off": func(in *input, v string) {
			in.cdn.Status, in.cdn.CertName, in.cdn.Overwrite = "off", v, v
		},
	}
	alb := map[string]func(*input, string){
		"ListenerId":    func(in *input, v string) { in.alb.ListenerID = v },
		"CertificateId": func(in *input, v string) { in.alb.CertificateIDs = []string{v} },
		"CertificateId twice": func(in *input, v string) {
			in.alb.CertificateIDs = []string{v, v}
		},
		"CertificateId, unknown": func(in *input, v string) {
			in.alb.CertificateIDs = []string{v}
			in.opts.Certificate = func(string) (string, bool) { return "", false }
		},
		"CertificateId, no server certificate": func(in *input, v string) {
			in.alb.CertificateIDs = []string{v}
			in.opts.Certificate = func(string) (string, bool) { return "x", true }
		},
		"ClientToken":  func(in *input, v string) { in.alb.ClientToken = v },
		"DryRun":       func(in *input, v string) { wireDryRun(v)(in) },
		"Certificates": func(in *input, v string) { in.alb.CertificateIDs, in.alb.Malformed.Certificates = nil, v },
		"what the look-up gives": func(in *input, v string) {
			in.opts.Certificate = func(string) (string, bool) { return v, true }
		},
	}
	keys := markedKeys(t)
	keys = []markedKey{keys[0], keys[2]} // the shortest and a long one
	for op, placings := range map[errcodes.Operation]map[string]func(*input, string){
		errcodes.SetDomainServerCertificate: cdn, errcodes.AssociateAdditionalCertificatesWithListener: alb,
	} {
		for name, put := range placings {
			t.Run(op.String()+"/"+name, func(t *testing.T) {
				t.Parallel()
				for _, key := range keys {
					misplaceKey(t, op, name, key, put)
				}
			})
		}
	}
}

// misplaceKey stops at the first leak: the others are the same one.
func misplaceKey(t *testing.T, op errcodes.Operation, name string, key markedKey, put func(*input, string)) {
	t.Helper()
	for _, s := range spoilings() {
		value := s.edit(t, key.text)
		if len(value) < 40 {
			continue
		}
		in := soundInput(t, op)
		put(in, value)
		if checkLeaks(t, key, name+", "+s.name, in) {
			return
		}
	}
}

// TestNoLeakOfShortBody: the body of an Ed25519 key is one line of exactly 64
// characters, and all of the key.
func TestNoLeakOfShortBody(t *testing.T) {
	der := derOf(t, pkiFile(t, "ed25519/key.pem"))
	body := base64.StdEncoding.EncodeToString(der)
	if len(body) != 64 {
		t.Fatalf("%d characters", len(body))
	}
	key := markedKey{name: "Ed25519", parts: []string{body[30:50]}}
	for name, edit := range map[string]func(*input){
		"DomainName": domain(body), "ServerCertificateStatus": status(body), "CertType": certType(body), "ForceSet": forceSet(body),
	} {
		in := soundInput(t, errcodes.SetDomainServerCertificate)
		edit(in)
		checkLeaks(t, key, name, in)
	}
	for name, edit := range map[string]func(*input){"CertificateId": ids(body + " "), "DryRun": wireDryRun(body)} {
		in := soundInput(t, errcodes.AssociateAdditionalCertificatesWithListener)
		edit(in)
		checkLeaks(t, key, name, in)
	}
}

// TestReportSharesNothing: a caller may keep a report and reuse the request.
func TestReportSharesNothing(t *testing.T) {
	in := soundInput(t, errcodes.SetDomainServerCertificate)
	report := in.report()
	report.Certificates[0].Names[0] = "changed"
	if in.report().Certificates[0].Names[0] == "changed" {
		t.Error("two reports share the names of a certificate")
	}
}

// TestTextsArePrintable: texts for people are one printable line, for every character
// in a request and its certificates.
func TestTextsArePrintable(t *testing.T) {
	for _, hostile := range []string{"\u202e", "\u2028", "\u2029", "\u2066", "\u200b", "\u200f", "\ufeff", "\u00ad", "\u0085", "\U000e0041", "\x1b[31m", "\n", "\r", "\x00", "\xff"} {
		id := "1234567-cn-" + hostile + "hangzhou"
		lookUp := func(string) (string, bool) { return "x", true }
		inputs := []*input{soundInput(t, errcodes.SetDomainServerCertificate), soundInput(t, errcodes.AssociateAdditionalCertificatesWithListener), soundInput(t, errcodes.AssociateAdditionalCertificatesWithListener)}
		inputs[0].cdn.DomainName, inputs[0].cdn.CertName, inputs[0].cdn.CertType, inputs[0].cdn.Overwrite = "a"+hostile+".例子", id, id, id
		inputs[0].cdn.Status = id
		inputs[1].alb.ListenerID, inputs[1].alb.ClientToken, inputs[1].alb.CertificateIDs = id, id, []string{id, id}
		inputs[1].opts.Certificate = lookUp
		inputs[2].alb.CertificateIDs, inputs[2].alb.Malformed.DryRun = []string{id}, id
		inputs[2].opts.Certificate = func(string) (string, bool) { return "", false }
		for _, in := range inputs {
			report := in.report()
			if len(report.Violations) == 0 {
				t.Errorf("%q: nothing is wrong", hostile)
			}
			var texts []string
			for _, v := range report.Violations {
				texts = append(texts, v.Error(), v.Why(errcodes.English), v.Why(errcodes.Chinese), v.Reason.EN, v.Reason.ZH)
				if strings.ContainsFunc(v.Message, func(r rune) bool { return r >= 0x80 && !unicode.IsPrint(r) }) {
					t.Errorf("%q: message %q", hostile, v.Message)
				}
			}
			for _, a := range report.Advisories {
				texts = append(texts, a.Why(errcodes.English), a.Why(errcodes.Chinese), a.Reason.EN, a.Reason.ZH)
			}
			for _, text := range texts {
				if strings.ContainsFunc(text, func(r rune) bool { return !unicode.IsPrint(r) }) {
					t.Errorf("%q: %q", hostile, text)
				}
			}
		}
	}
}
