package validate_test

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"math/rand/v2"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/validate"
)

// The changes that Normalize reports.
const (
	didRepair    = "repaired the BEGIN and END lines"
	didUndo      = "restored the base64 of the content, which is sound"
	didRewrite   = "rewrote it in lines of 64 characters, with nothing between the blocks"
	didOrder     = "put the chain in order"
	didConvert   = "converted the key from PKCS#8 to RSA PRIVATE KEY"
	didDuplicate = "dropped %d duplicate certificates"
	didMove      = "moved the leaf, block %d, to the front"
	didRoot      = "dropped the root, block %d"
	didUnrelated = "dropped block %d, which is no part of the chain"
	didLabel     = "labeled the key %s, as its content is"
)

// changesOf returns what was done to a parameter.
func changesOf(n validate.Normalized, parameter string) (did []string) {
	for _, c := range n.Changes {
		if c.Parameter == parameter {
			did = append(did, c.What.EN)
		}
	}
	return did
}

func dersOf(text string) (ders []string) {
	for block, rest := pem.Decode([]byte(text)); block != nil; block, rest = pem.Decode(rest) {
		ders = append(ders, string(block.Bytes))
	}
	return ders
}

// normalForm says what is wrong with what Normalize made of something, nil if
// nothing: it must be as promised for every input.
func normalForm(certificate string, key validate.Secret, out validate.Normalized) error {
	for _, c := range out.Changes {
		if c.Parameter != "ServerCertificate" && c.Parameter != "PrivateKey" || c.What.EN == "" || c.What.ZH == "" {
			return fmt.Errorf("an odd change: %+v", c)
		}
	}
	if (out.Certificate == "") != (certificate == "") || out.PrivateKey.IsZero() != key.IsZero() {
		return errors.New("something was lost, or made of nothing")
	}
	if changed := out.Certificate != certificate; changed != (len(changesOf(out, "ServerCertificate")) > 0) {
		return fmt.Errorf("certificate changed: %t, but the changes are %v", changed, out.Changes)
	}
	if changed := !out.PrivateKey.Equal(key); changed != (len(changesOf(out, "PrivateKey")) > 0) {
		return fmt.Errorf("key changed: %t, but the changes are %v", changed, out.Changes)
	}
	again, err := validate.Normalize(errcodes.SetDomainServerCertificate, out.Certificate, out.PrivateKey)
	if err != nil {
		return fmt.Errorf("second run: %w", err)
	}
	if again.Certificate != out.Certificate || !again.PrivateKey.Equal(out.PrivateKey) || len(again.Changes) > 0 {
		return fmt.Errorf("second run: %v", again.Changes)
	}
	options := validate.Options{Strict: true}
	switch {
	case out.Certificate == "":
		return validate.PrivateKey(out.PrivateKey, options).Err()
	case key.IsZero():
		options.Skip = []errcodes.Condition{errcodes.CondCertificateNotServer} // a matter of content
		return validate.ServerCertificate(out.Certificate, options).Err()
	default:
		options.Skip = []errcodes.Condition{errcodes.CondCertificateNotServer}
		return validate.KeyPair(out.Certificate, out.PrivateKey, options).Err()
	}
}

// crossSigned is a hierarchy in which root B is signed by root A too.
type crossSigned struct{ leaf, intermediate, rootA, rootB, cross string }

func newCrossSigned(t *testing.T) crossSigned {
	t.Helper()
	a, b := issue(t, issuer{}, "a root A"), issue(t, issuer{}, "a root B")
	intermediate := issue(t, b, "an intermediate")
	return crossSigned{
		leaf:         intermediate.leaf(t, nil),
		intermediate: intermediate.pem(),
		rootA:        a.pem(), rootB: b.pem(),
		cross: issueFor(t, a, "a root B", b.key).pem(),
	}
}

func TestNormalizeOrder(t *testing.T) {
	t.Parallel()
	file := func(name string) string { return pkiFile(t, name) }
	leaf, issuing, intermediate, root := file("p256/leaf.pem"), file("p256/issuing.pem"), file("p256/intermediate.pem"), file("p256/root.pem")
	chain, key := leaf+issuing+intermediate, file("p256/key.pem")
	stranger, selfSigned := file("ed25519/leaf.pem"), file("usage/self-signed.pem")
	x := newCrossSigned(t)
	did := func(format string, args ...any) string { return fmt.Sprintf(format, args...) }
	for _, tt := range []struct {
		name, certificate, key, want string
		did                          []string
	}{
		{"in order", chain, key, chain, nil},
		{"in order, no key", chain, "", chain, nil},
		{"leaf alone", leaf, key, leaf, nil},

		{"leaf second", issuing + leaf + intermediate, key, chain, []string{did(didMove, 2)}},
		{"leaf second, no key", issuing + leaf + intermediate, "", chain, []string{did(didMove, 2)}},
		{"backwards", intermediate + issuing + leaf, key, chain, []string{did(didMove, 3), didOrder}},
		{"backwards, no key", intermediate + issuing + leaf, "", chain, []string{did(didMove, 3), didOrder}},
		{"backwards, damaged", intermediate + issuing + strings.Replace(leaf, "-----", "----", 1), key, chain, []string{didRepair, did(didMove, 3), didOrder}},
		{"the issuers only backwards", leaf + intermediate + issuing, key, chain, []string{didOrder}},
		{"of two leaves the key's", stranger + issuing + leaf, key, leaf + issuing, []string{did(didMove, 3), did(didUnrelated, 1)}},
		{"of two strangers the first, no key", stranger + leaf, "", stranger, []string{did(didUnrelated, 2)}},
		{"of two strangers the key's", stranger + leaf, key, leaf, []string{did(didMove, 2), did(didUnrelated, 1)}},
		{"a CA, a stranger and the leaf", issuing + stranger + leaf, key, leaf + issuing, []string{did(didMove, 3), did(didUnrelated, 2)}},
		{"a gap in the chain", leaf + intermediate, key, leaf, []string{did(didUnrelated, 2)}},

		{"root last", chain + root, key, chain, []string{did(didRoot, 4)}},
		{"root first", root + intermediate + issuing + leaf, "", chain, []string{did(didMove, 4), didOrder, did(didRoot, 1)}},
		{"root alone stays", root, "", root, nil},
		{"self-signed leaf stays", selfSigned, key, selfSigned, nil},
		{"self-signed leaf and a chain", selfSigned + issuing + root, key, selfSigned, []string{did(didUnrelated, 2), did(didUnrelated, 3)}},

		{"duplicates", leaf + issuing + leaf + issuing + intermediate, key, chain, []string{did(didDuplicate, 2)}},
		{"a duplicate of the leaf, leaf last", issuing + leaf + leaf, key, leaf + issuing, []string{did(didDuplicate, 1), did(didMove, 2)}},
		{"a duplicate of the first, no key", issuing + issuing + leaf, "", leaf + issuing, []string{did(didDuplicate, 1), did(didMove, 3)}},
		{"unrelated", leaf + stranger + issuing, key, leaf + issuing, []string{did(didUnrelated, 2)}},
		{"another root", chain + file("ed25519/root.pem"), key, chain, []string{did(didUnrelated, 4)}},

		// The cross-signed intermediate serves clients that know root A only.
		{"cross-signed", x.leaf + x.intermediate + x.cross, key, x.leaf + x.intermediate + x.cross, nil},
		{"cross-signed and its root", x.leaf + x.intermediate + x.cross + x.rootA, key, x.leaf + x.intermediate + x.cross, []string{did(didRoot, 4)}},
		{"cross-signed before the root", x.leaf + x.intermediate + x.cross + x.rootB, key, x.leaf + x.intermediate + x.cross, []string{did(didRoot, 4)}},
		{"cross-signed behind the root", x.leaf + x.intermediate + x.rootB + x.cross, key, x.leaf + x.intermediate + x.cross, []string{did(didRoot, 3)}},
		{"root instead of the cross-signed one", x.leaf + x.intermediate + x.rootB, key, x.leaf + x.intermediate, []string{did(didRoot, 3)}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			out, err := validate.Normalize(errcodes.SetDomainServerCertificate, tt.certificate, validate.NewSecret(tt.key))
			if err != nil {
				t.Fatal(err)
			}
			if err := normalForm(tt.certificate, validate.NewSecret(tt.key), out); err != nil {
				t.Error(err)
			}
			if got := changesOf(out, "ServerCertificate"); !slices.Equal(got, tt.did) || out.Certificate != tt.want {
				t.Errorf("did %q, want %q\n got %s\nwant %s", got, tt.did, out.Certificate, tt.want)
			}
		})
	}
}

// textForms change the form of PEM text and leave nothing to guess.
var textForms = []struct {
	name string
	form func(string) string
	did  string
}{
	{"no final newline", func(s string) string { return s[:len(s)-1] }, didRewrite},
	{"CRLF", func(s string) string { return strings.ReplaceAll(s, "\n", "\r\n") }, didRewrite},
	{"some CRLF", func(s string) string { return strings.Replace(s, "\n", "\r\n", 3) }, didRewrite},
	{"long lines", eachBody(oneLine), didRewrite},
	{"text between", func(s string) string {
		return "text\n" + strings.ReplaceAll(s, "-----BEGIN", "subject=CN = www.example.com\n-----BEGIN") + "text"
	}, didRewrite},
	{"dashes and other marks between", func(s string) string { return "---\n```\n" + s + "- an item\n```\n" }, didRewrite},
	{"blank lines around", func(s string) string { return "\n\r\n" + strings.ReplaceAll(s, "-----BEGIN", " \n-----BEGIN") + "\n" }, didRewrite},
	{"spaces behind lines", func(s string) string { return strings.ReplaceAll(s, "\n", " \t\n") }, didRewrite},
	{"spaces before lines of the body", eachBody(func(lines []string) string { return "  " + strings.Join(lines, "  ") }), didRewrite},
	{"a blank line behind BEGIN", eachBody(func(lines []string) string { return "\n" + strings.Join(lines, "") }), didRewrite},

	{"byte-order mark", func(s string) string { return "\ufeff" + s }, didRepair},
	{"a byte-order mark before each block", func(s string) string { return strings.ReplaceAll(s, "-----BEGIN", "\ufeff-----BEGIN") }, didRepair},
	{"byte-order mark and CRLF", func(s string) string { return "\ufeff" + strings.ReplaceAll(s, "\n", "\r\n") }, didRepair},
	{"one line", func(s string) string { return strings.ReplaceAll(s, "\n", "") }, didRepair},
	{"one line with spaces", func(s string) string { return strings.ReplaceAll(s, "\n", " ") }, didRepair},
	{"one line for each block", func(s string) string {
		return strings.ReplaceAll(strings.ReplaceAll(s, "\n", " "), " -----BEGIN", "\n-----BEGIN")
	}, didRepair},
	{"CR for LF", func(s string) string { return strings.ReplaceAll(s, "\n", "\r") }, didRepair},
	{"CRLF, cut behind CR", func(s string) string { return strings.TrimSuffix(strings.ReplaceAll(s, "\n", "\r\n"), "\n") }, didRepair},
	{`backslash and n`, func(s string) string { return strings.ReplaceAll(s, "\n", `\n`) }, didRepair},
	{`backslash, r, backslash and n`, func(s string) string { return strings.ReplaceAll(s, "\n", `\r\n`) }, didRepair},
	{`backslash and n before a line break`, func(s string) string { return strings.ReplaceAll(s, "\n", "\\n\n") }, didRepair},
	{"a JSON string", jsonString, didRepair},
	{"a JSON string in a list", func(s string) string { return "[\n  " + jsonString(s) + ",\n]" }, didRepair},
	{"JSON strings of lines", func(s string) string { return "  \"" + strings.ReplaceAll(s, "\n", "\",\n  \"") + "\"" }, didRepair},
	{"single quotes", func(s string) string { return "'" + s + "'" }, didRepair},
	{"indented", func(s string) string { return "key: |\n    " + strings.ReplaceAll(s, "\n", "\n    ") }, didRepair},
	{"indented with tabs", func(s string) string { return "\t" + strings.ReplaceAll(s, "\n", "\n\t") }, didRepair},
	{"END indented", func(s string) string { return strings.ReplaceAll(s, "-----END", " -----END") }, didRepair},
	{"four dashes", func(s string) string { return strings.ReplaceAll(s, "-----", "----") }, didRepair},
	{"six dashes", func(s string) string { return strings.ReplaceAll(s, "-----", "------") }, didRepair},
	{"six dashes, one line", func(s string) string { return strings.ReplaceAll(strings.ReplaceAll(s, "-----", "------"), "\n", "") }, didRepair},
	{"one dash", func(s string) string { return strings.ReplaceAll(s, "-----", "-") }, didRepair},
	{"long dashes", func(s string) string { return strings.ReplaceAll(s, "-----", "——") }, didRepair},
	{"spaces in the dashes", func(s string) string { return strings.ReplaceAll(s, "-----BEGIN", "- - -BEGIN") }, didRepair},
	{"spaces around the label", strings.NewReplacer("BEGIN ", "BEGIN  ", "KEY-----", "KEY -----", "CATE-----", "CATE -----").Replace, didRepair},
	{"no newline before END", func(s string) string { return strings.ReplaceAll(s, "\n-----END", "-----END") }, didRepair},
	{"no newline behind the boundary", strings.NewReplacer("KEY-----\n", "KEY-----", "CATE-----\n", "CATE-----").Replace, didRepair},
	{"text behind END", func(s string) string { return s[:len(s)-1] + " # mine" }, didRepair},
	{"a blank line in each body", func(s string) string { return strings.ReplaceAll(s, "\n-----END", "\n\n-----END") }, didRepair},
	{"a blank line behind every line", func(s string) string { return strings.ReplaceAll(s, "\n", "\n\n") }, didRepair},
	{"a blank line behind BEGIN, long lines", eachBody(func(lines []string) string { return "\n" + oneLine(lines) }), didRepair},
	{"a zero byte", func(s string) string { return "\x00\n" + s }, didRepair},
	{"much white space behind the boundary", func(s string) string { return strings.ReplaceAll(s, "-----\n", "-----"+strings.Repeat(" ", 300)+"\n") }, didRepair},
}

// eachBody changes the body of each block, given as lines with their ends.
func eachBody(edit func(lines []string) string) func(string) string {
	return func(text string) string {
		var out strings.Builder
		var body []string
		for line := range strings.Lines(text) {
			if !strings.HasPrefix(line, "-----") {
				body = append(body, line)
				continue
			}
			if len(body) > 0 {
				out.WriteString(edit(body))
				body = nil
			}
			out.WriteString(line)
		}
		return out.String()
	}
}

func oneLine(lines []string) string {
	return strings.ReplaceAll(strings.Join(lines, ""), "\n", "") + "\n"
}

func jsonString(text string) string {
	quoted, err := json.Marshal(text)
	if err != nil {
		panic(err)
	}
	return string(quoted)
}

func TestNormalizeForms(t *testing.T) {
	t.Parallel()
	for _, input := range []struct{ parameter, text string }{
		{"ServerCertificate", pkiFile(t, "p256/chain3.pem")},
		{"ServerCertificate", pkiFile(t, "rsa2048/leaf.pem")},
		{"PrivateKey", pkiFile(t, "rsa2048/key.pem")},
		{"PrivateKey", pkiFile(t, "p256/key.pem")},
		{"PrivateKey", pkiFile(t, "p521/key-pkcs8.pem")},
	} {
		for _, tt := range textForms {
			t.Run(input.parameter+"/"+tt.name, func(t *testing.T) {
				t.Parallel()
				text := tt.form(input.text)
				if text == input.text {
					t.Fatal("the form is the same")
				}
				certificate, key := text, ""
				if input.parameter == "PrivateKey" {
					certificate, key = key, certificate
				}
				out, err := validate.Normalize(errcodes.SetDomainServerCertificate, certificate, validate.NewSecret(key))
				if err != nil {
					t.Fatalf("%v\n%q", err, text)
				}
				if err := normalForm(certificate, validate.NewSecret(key), out); err != nil {
					t.Error(err)
				}
				if got := out.Certificate + out.PrivateKey.Reveal(); got != input.text {
					t.Errorf("got %q\nwant %q", got, input.text)
				}
				if got := changesOf(out, input.parameter); !slices.Equal(got, []string{tt.did}) {
					t.Errorf("did %q, want %q", got, tt.did)
				}
			})
		}
	}
}

// Comments stay out, also if other damage has to be repaired.
func TestNormalizeKeepsCommentsOut(t *testing.T) {
	t.Parallel()
	old, leaf := pkiFile(t, "ed25519/leaf.pem"), pkiFile(t, "p256/leaf.pem")
	commented := func(mark string) string {
		return mark + strings.ReplaceAll(strings.TrimSuffix(old, "\n"), "\n", "\n"+mark) + "\n"
	}
	for _, tt := range []struct{ name, text string }{
		{"#", commented("# ")},
		{"# without a space", commented("#")},
		{"//", commented("//")},
		{"indented", commented("  # ")},
		{"one line", "# " + strings.ReplaceAll(old, "\n", " ") + "\n"},
		{"a JSON string", "# " + jsonString(old) + "\n"},
		{"a JSON string behind text", "# was:\\n" + strings.ReplaceAll(old, "\n", `\n`) + "\n"},
		{"a JSON string behind text, indented", "  // was:\\n" + strings.ReplaceAll(old, "\n", `\n`) + "\n"},
		{"behind a byte-order mark", "\ufeff" + commented("# ")},
	} {
		for kind, damage := range map[string]func(string) string{
			"sound":   func(s string) string { return s },
			"damaged": func(s string) string { return strings.ReplaceAll(s, "-----", "----") },
		} {
			t.Run(tt.name+"/"+kind, func(t *testing.T) {
				t.Parallel()
				for _, text := range []string{tt.text + damage(leaf), damage(leaf) + tt.text} {
					out, err := validate.Normalize(errcodes.SetDomainServerCertificate, text, validate.Secret{})
					if err != nil || out.Certificate != leaf {
						t.Errorf("%q\nerror %v\ngot %s", text, err, out.Certificate)
					}
				}
			})
		}
	}
}

// What may be a comment, and may not, is left to guess.
func TestNormalizeLeavesGuesses(t *testing.T) {
	t.Parallel()
	old, leaf := pkiFile(t, "ed25519/leaf.pem"), pkiFile(t, "p256/leaf.pem")
	behind := func(mark string) string {
		return mark + strings.ReplaceAll(strings.TrimSuffix(old, "\n"), "\n", "\n"+mark) + "\n"
	}
	for name, text := range map[string]string{
		";":                         behind("; "),
		"; alone":                   "; " + old,
		">, but not every block":    behind("> "),
		"--":                        behind("-- "),
		"a comment of HTML":         "<!-- " + strings.TrimSuffix(old, "\n") + " -->\n",
		"a comment of C":            "/* " + old + "*/\n",
		"a list of stars":           behind(" * "),
		"boundaries commented out":  strings.NewReplacer("-----BEGIN", "# -----BEGIN", "-----END", "# -----END").Replace(old),
		"BEGIN commented out":       "# " + old,
		"behind 254 bytes":          strings.Repeat("x", 254) + strings.ReplaceAll(old, "-----END", strings.Repeat("x", 254)+"-----END"),
		"a line is lost, no BEGIN":  strings.Join(slices.Delete(strings.SplitAfter(pkiFile(t, "rsa2048/leaf.pem"), "\n"), 0, 3), ""),
		"a line is lost, neither":   strings.Join(strings.SplitAfter(pkiFile(t, "rsa2048/leaf.pem"), "\n")[2:12], ""),
		"END of another":            "–––––" + strings.Replace(old, "-----END CERT", "-----END X509 CERT", 1)[5:],
		"a piece left out":          strings.Replace(old, "MDEw", "…", 1),
		"a piece left out, in dots": strings.Replace(old, "MDEw", "...", 1),
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			for _, text := range []string{text + leaf, leaf + text, strings.ReplaceAll(text+leaf, "-----", "–––––")} {
				if strings.Contains(name, "line is lost") { // which is text unless there is damage
					text = strings.Replace(text, "-----BEGIN", "–––––BEGIN", 1)
				}
				out, err := validate.Normalize(errcodes.SetDomainServerCertificate, text, validate.Secret{})
				if !errors.Is(err, errcodes.CondCertificateNotPEM) || out.Certificate != "" {
					t.Errorf("%q\nerror %v\ngot %s", text, err, out.Certificate)
				}
			}
		})
	}
}

func TestNormalizeKeys(t *testing.T) {
	t.Parallel()
	file := func(name string) string { return pkiFile(t, name) }
	as := func(label, name string) string { return relabel(t, file(name), label) }
	did := func(format string, args ...any) string { return fmt.Sprintf(format, args...) }
	rsaKey, ecKey, edKey := file("rsa2048/key.pem"), file("p256/key.pem"), file("ed25519/key.pem")
	ecPKCS8, params := file("p256/key-pkcs8.pem"), file("forms/ec-with-params.pem")
	for _, tt := range []struct {
		name, key, want string
		did             []string
	}{
		{"RSA", rsaKey, rsaKey, nil},
		{"EC", ecKey, ecKey, nil},
		{"EC, PKCS#8", ecPKCS8, ecPKCS8, nil},
		{"Ed25519", edKey, edKey, nil},
		{"EC without public key", file("forms/ec-no-public.pem"), file("forms/ec-no-public.pem"), nil},

		{"RSA, PKCS#8", file("rsa2048/key-pkcs8.pem"), rsaKey, []string{didConvert}},
		{"RSA, PKCS#8, damaged", "\ufeff" + file("rsa2048/key-pkcs8.pem"), rsaKey, []string{didRepair, didConvert}},
		{"RSA of 4096 bits, PKCS#8", file("rsa4096/key-pkcs8.pem"), file("rsa4096/key.pem"), []string{didConvert}},
		{"RSA, PKCS#8, labeled RSA", as("RSA PRIVATE KEY", "rsa2048/key-pkcs8.pem"), rsaKey, []string{didConvert}},

		{"RSA, labeled PKCS#8", as("PRIVATE KEY", "rsa2048/key.pem"), rsaKey, []string{did(didLabel, "RSA PRIVATE KEY")}},
		{"RSA, labeled EC", as("EC PRIVATE KEY", "rsa2048/key.pem"), rsaKey, []string{did(didLabel, "RSA PRIVATE KEY")}},
		{"EC, labeled PKCS#8", as("PRIVATE KEY", "p256/key.pem"), ecKey, []string{did(didLabel, "EC PRIVATE KEY")}},
		{"EC, PKCS#8, labeled EC", as("EC PRIVATE KEY", "p256/key-pkcs8.pem"), ecPKCS8, []string{did(didLabel, "PRIVATE KEY")}},
		{"Ed25519, labeled RSA", as("RSA PRIVATE KEY", "ed25519/key.pem"), edKey, []string{did(didLabel, "PRIVATE KEY")}},
		{"EC, labeled RSA, damaged", " " + as("RSA PRIVATE KEY", "p256/key.pem"), ecKey, []string{didRepair, did(didLabel, "EC PRIVATE KEY")}},

		{"EC PARAMETERS", params, params[strings.Index(params, "-----BEGIN EC PRIVATE"):], []string{didRewrite}},
		{"EC PARAMETERS, damaged", strings.ReplaceAll(params, "-----", "----"), params[strings.Index(params, "-----BEGIN EC PRIVATE"):], []string{didRepair}},
		{"a certificate and the key", file("p256/leaf.pem") + ecKey, ecKey, []string{didRewrite}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			key := validate.NewSecret(tt.key)
			out, err := validate.Normalize(errcodes.SetDomainServerCertificate, "", key)
			if err != nil {
				t.Fatal(err)
			}
			if err := normalForm("", key, out); err != nil {
				t.Error(err)
			}
			if got := changesOf(out, "PrivateKey"); !slices.Equal(got, tt.did) {
				t.Errorf("did %q, want %q", got, tt.did)
			}
			if got := out.PrivateKey.Reveal(); got != tt.want {
				t.Errorf("got %s\nwant %s", got, tt.want)
			}
		})
	}
}

// The PKCS#1 form of a key is that which Go and OpenSSL write.
func TestNormalizePKCS1(t *testing.T) {
	t.Parallel()
	for _, size := range []string{"rsa1024", "rsa2048", "rsa4096"} {
		name := size + "/key-pkcs8.pem"
		out, err := validate.Normalize(errcodes.SetDomainServerCertificate, "", secretFile(t, name))
		if err != nil {
			t.Fatal(err)
		}
		key := parseSigner(t, pkiFile(t, name)).(*rsa.PrivateKey)
		if want := pemOf("RSA PRIVATE KEY", x509.MarshalPKCS1PrivateKey(key)); out.PrivateKey.Reveal() != want {
			t.Errorf("%s: not what Go writes", name)
		}
		path, err := exec.LookPath("openssl")
		if err != nil {
			t.Log("no openssl command to compare with")
			continue
		}
		cmd := exec.Command(path, "rsa", "-traditional")
		cmd.Stdin = strings.NewReader(pkiFile(t, name))
		if want, err := cmd.Output(); err != nil || out.PrivateKey.Reveal() != string(want) {
			t.Errorf("%s: not what openssl writes (%v)", name, err)
		}
	}
}

func TestNormalizeErrors(t *testing.T) {
	t.Parallel()
	file := func(name string) string { return pkiFile(t, name) }
	leaf, chain, key := file("p256/leaf.pem"), file("p256/chain3.pem"), file("p256/key.pem")
	lines := strings.SplitAfter(leaf, "\n")
	cutOff := strings.Join(lines[:len(lines)-3], "")
	fourDashes := func(s string) string { return strings.ReplaceAll(s, "-----", "----") }
	for _, tt := range []struct {
		name, certificate, key string
		want                   errcodes.Condition
	}{
		{"nothing", "", "", errcodes.CondCertificateMissing},

		{"white space", " \n", "", errcodes.CondCertificateNotPEM},
		{"text", "certificate", "", errcodes.CondCertificateNotPEM},
		{"DER", string(derOf(t, leaf)), "", errcodes.CondCertificateNotPEM},
		{"UTF-16", "\xff\xfe-\x00-\x00", "", errcodes.CondCertificateNotPEM},
		{"PKCS#7", file("forms/pkcs7.pem"), "", errcodes.CondCertificateNotPEM},
		{"a trusted certificate", file("forms/trusted.pem"), "", errcodes.CondCertificateNotPEM},
		{"cut off", cutOff, "", errcodes.CondCertificateNotPEM},
		{"cut off in END", chain[:len(chain)-8], "", errcodes.CondCertificateNotPEM},
		{"cut off in the middle", cutOff + chain, "", errcodes.CondCertificateNotPEM},
		{"BEGIN commented out", "# " + leaf + fourDashes(leaf), "", errcodes.CondCertificateNotPEM},
		{"BEGIN for END", strings.Replace(leaf, "END", "BEGIN", 1), "", errcodes.CondCertificateNotPEM},
		{"END of another", strings.Replace(leaf, "END CERT", "END X509 CERT", 1), "", errcodes.CondCertificateNotPEM},
		{"no base64", strings.Replace(leaf, "A", "!", 1), "", errcodes.CondCertificateNotPEM},
		{"an empty block", "----BEGIN CERTIFICATE----\n----END CERTIFICATE----\n", "", errcodes.CondCertificateNotPEM},
		{"headers", strings.Replace(leaf, "-\n", "-\nComment: mine\n\n", 1), "", errcodes.CondCertificateNotPEM},
		{"a key behind the certificate", leaf + key, "", errcodes.CondCertificateNotPEM},
		{"a key behind the certificate, damaged", fourDashes(leaf + key), "", errcodes.CondCertificateNotPEM},
		{"a key for a certificate", key, key, errcodes.CondCertificateNotPEM},
		{"not a certificate", pemOf("CERTIFICATE", []byte("\x30\x00")), "", errcodes.CondCertificateMalformed},
		{"not a certificate, damaged", fourDashes(pemOf("CERTIFICATE", []byte("\x30\x00"))), "", errcodes.CondCertificateMalformed},
		{"the second is not a certificate", leaf + pemOf("CERTIFICATE", []byte("\x30\x00")), "", errcodes.CondCertificateMalformed},
		{"a leaf of a key type not served", file("unsupported/ed448.pem"), "", errcodes.CondCertificateMalformed},
		{"a leaf of a key type not served, not first", file("p256/issuing.pem") + file("unsupported/ed448.pem"), "", errcodes.CondCertificateMalformed},
		{"too long", leaf + strings.Repeat("\n", validate.DefaultCertificateLimit), "", errcodes.CondCertificateTooLong},
		{"too long in lines of 64", longLeaf(t), "", errcodes.CondCertificateTooLong},

		{"a blank key", "", " \r\n", errcodes.CondPrivateKeyBlank},
		{"an empty key block", "", "-----BEGIN PRIVATE KEY-----\n-----END PRIVATE KEY-----\n", errcodes.CondPrivateKeyBlank},
		{"a key in DER", "", file("forms/key.der"), errcodes.CondPrivateKeyNotPEM},
		{"a certificate for a key", leaf, leaf, errcodes.CondPrivateKeyNotPEM},
		{"two keys", "", key + key, errcodes.CondPrivateKeyNotPEM},
		{"two keys, damaged", "", fourDashes(key + key), errcodes.CondPrivateKeyNotPEM},
		{"a key cut off", "", key[:len(key)/2], errcodes.CondPrivateKeyNotPEM},
		{"an OpenSSH key", "", file("unsupported/openssh-key.pem"), errcodes.CondPrivateKeyNotPEM},
		{"an OpenSSH key, damaged", "", fourDashes(file("unsupported/openssh-key.pem")), errcodes.CondPrivateKeyNotPEM},
		{"a DSA key, old form", "", file("unsupported/dsa-legacy-key.pem"), errcodes.CondPrivateKeyNotPEM},
		{"a public key", "", relabel(t, key, "PUBLIC KEY"), errcodes.CondPrivateKeyNotPEM},
		{"an encrypted key", "", file("encrypted/pkcs8.pem"), errcodes.CondPrivateKeyEncrypted},
		{"an encrypted key, damaged", "", fourDashes(file("encrypted/pkcs8.pem")), errcodes.CondPrivateKeyEncrypted},
		{"an encrypted key, old form", "", file("encrypted/legacy.pem"), errcodes.CondPrivateKeyEncrypted},
		{"an encrypted key and its certificate", file("rsa2048/chain3.pem"), file("encrypted/pkcs8.pem"), errcodes.CondPrivateKeyEncrypted},
		{"a DSA key", "", file("unsupported/dsa-key.pem"), errcodes.CondPrivateKeyUnsupported},
		{"a key with another public key", "", file("forms/ec-wrong-public.pem"), errcodes.CondPrivateKeyMalformed},
		{"a key too long", "", key + strings.Repeat("\n", validate.DefaultPrivateKeyLimit), errcodes.CondPrivateKeyTooLong},
		{"a key too long in lines of 64", "", longKey(t), errcodes.CondPrivateKeyTooLong},

		{"another key", chain, file("p256/other-key.pem"), errcodes.CondKeyMismatch},
		{"another key, damaged", fourDashes(chain), fourDashes(file("p256/other-key.pem")), errcodes.CondKeyMismatch},
		// The order of the table, not of the checks.
		{"a blank key and no certificate in the text", "x", "\n", errcodes.CondPrivateKeyBlank},
		{"neither is PEM", "x", "x", errcodes.CondCertificateNotPEM},
		{"no key in the text, and not a certificate", pemOf("CERTIFICATE", []byte("\x30\x00")), "x", errcodes.CondPrivateKeyNotPEM},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			out, err := validate.Normalize(errcodes.SetDomainServerCertificate, tt.certificate, validate.NewSecret(tt.key))
			if !errors.Is(err, tt.want) {
				t.Errorf("error %v, want %v", err, tt.want)
			}
			if out.Certificate != "" || !out.PrivateKey.IsZero() || out.Changes != nil {
				t.Errorf("with an error: %+v", out)
			}
		})
	}
}

// longLeaf is a certificate in one line that is within the limit only as such.
func longLeaf(t *testing.T) string {
	t.Helper()
	const size = 48_000
	text := leafWith(t, func(c *x509.Certificate) {
		c.ExtraExtensions = []pkix.Extension{{Id: []int{1, 2, 3, 4}, Value: make([]byte, size)}}
	})
	text = eachBody(oneLine)(text)
	if len(text) > validate.DefaultCertificateLimit {
		t.Fatalf("%d bytes", len(text))
	}
	return text
}

// longKey is likewise a key, with attributes.
func longKey(t *testing.T) string {
	t.Helper()
	const size = 12_000
	key, err := ecdsa.ParseRawPrivateKey(elliptic.P256(), bytes.Repeat([]byte{1}, 32))
	if err != nil {
		t.Fatal(err)
	}
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		t.Fatal(err)
	}
	var sound cryptobyte.String = der
	var b cryptobyte.Builder
	sound.ReadASN1(&sound, asn1.SEQUENCE)
	b.AddASN1(asn1.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddBytes(sound)
		b.AddASN1(asn1.Tag(0).ContextSpecific().Constructed(), func(b *cryptobyte.Builder) {
			b.AddASN1(asn1.SEQUENCE, func(b *cryptobyte.Builder) { // an attribute
				b.AddASN1ObjectIdentifier(oidNetscape)
				b.AddASN1(asn1.SET, func(b *cryptobyte.Builder) { b.AddASN1OctetString(make([]byte, size)) })
			})
		})
	})
	text := eachBody(oneLine)(pemOf("PRIVATE KEY", b.BytesOrPanic()))
	if len(text) > validate.DefaultPrivateKeyLimit {
		t.Fatalf("%d bytes", len(text))
	}
	return text
}

// TestNormalizeProperties puts the certificates of a hierarchy together at random
// and changes their form: the result of Normalize is in normal form, has
// the leaf first, and is made of what was given.
func TestNormalizeProperties(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(1, 0))
	runs := 1000
	if testing.Short() {
		runs = 100
	}
	for range runs {
		kind := pkiKeyTypes[r.IntN(len(pkiKeyTypes))]
		pool := []string{
			pkiFile(t, kind+"/leaf.pem"), pkiFile(t, kind+"/issuing.pem"), pkiFile(t, kind+"/intermediate.pem"), pkiFile(t, kind+"/root.pem"),
			pkiFile(t, "p256/leaf.pem"), pkiFile(t, "p256/issuing.pem"), pkiFile(t, "usage/self-signed.pem"),
		}
		r.Shuffle(len(pool), func(i, j int) { pool[i], pool[j] = pool[j], pool[i] })
		pool = pool[:1+r.IntN(len(pool))]
		for range r.IntN(3) {
			pool = append(pool, pool[r.IntN(len(pool))])
		}
		given := strings.Join(pool, "")
		var key string
		if r.IntN(3) > 0 {
			key = pkiFile(t, kind+"/"+[]string{"key.pem", "key-pkcs8.pem"}[r.IntN(2)])
		}
		certificate, secret := textForms[r.IntN(len(textForms))].form(given), validate.NewSecret(key)
		if key != "" {
			secret = validate.NewSecret(textForms[r.IntN(len(textForms))].form(key))
		}

		out, err := validate.Normalize(errcodes.SetDomainServerCertificate, certificate, secret)
		ofKey := []string{pkiFile(t, kind+"/leaf.pem")}
		if kind == "p256" {
			ofKey = append(ofKey, pkiFile(t, "usage/self-signed.pem"))
		}
		switch fits := func(leaf string) bool { return slices.Contains(pool, leaf) }; {
		case key != "" && !slices.ContainsFunc(ofKey, fits):
			if !errors.Is(err, errcodes.CondKeyMismatch) {
				t.Fatalf("the key is that of none: %v\n%q", err, certificate)
			}
			continue
		case err != nil:
			leaves := pool
			if key != "" {
				leaves = ofKey
			}
			if !errors.Is(err, errcodes.CondCertificateNotPEM) || !newFamily(t, pool).besideChain(leaves) {
				t.Fatalf("%v\n%s", err, subjects(t, given))
			}
			continue
		case key != "" && !slices.ContainsFunc(ofKey, func(leaf string) bool { return strings.HasPrefix(out.Certificate, leaf) }):
			t.Fatalf("the leaf is not first in %s\n%q", out.Certificate, certificate)
		}
		if err := normalForm(certificate, secret, out); err != nil {
			t.Fatalf("%v\n%q", err, certificate)
		}
		if err := newFamily(t, pool).kept(out.Certificate, secret); err != nil {
			t.Fatalf("%v\n%q", err, certificate)
		}
	}
}
