package validate_test

import (
	"crypto/tls"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/testutil"
	"github.com/alicert/alicert/testdata/damaged"
	"github.com/alicert/alicert/testdata/vectors"
	"github.com/alicert/alicert/validate"
)

// TestDamaged damages certificates and keys in every way that is known. Each is named,
// and what leaves nothing to guess is repaired into what it was, byte by byte.
func TestDamaged(t *testing.T) {
	t.Parallel()
	count := map[string]int{}
	for _, v := range damaged.Variants() {
		count[v.Class]++
		t.Run(v.Class+"/"+v.Name, func(t *testing.T) {
			t.Parallel()
			for _, folder := range []string{"p384", "rsa2048"} {
				chain, key := pkiFile(t, folder+"/leaf.pem")+pkiFile(t, folder+"/issuing.pem"), pkiFile(t, folder+"/key.pem")
				checkDamaged(t, v, chain, "")
				checkDamaged(t, v, "", key)
				checkDamaged(t, v, chain, key)
			}
		})
	}
	const enough = 10
	for _, class := range []string{damaged.LookAlike, damaged.InFront, damaged.Base64, damaged.Dashes} {
		if count[class] < enough {
			t.Errorf("%s: %d variants", class, count[class])
		}
	}
}

// checkDamaged damages a certificate, a key or both.
func checkDamaged(t *testing.T, v damaged.Variant, certificate, key string) {
	t.Helper()
	given := struct{ certificate, key string }{certificate, key}
	if given.certificate != "" {
		given.certificate = v.Damage(certificate)
	}
	if given.key != "" {
		given.key = v.Damage(key)
	}
	if given.certificate == certificate && given.key == key { // it has no padding
		return
	}
	if given.certificate != certificate {
		explains(t, v, validate.ServerCertificate(given.certificate, validate.Options{}), errcodes.CondCertificateNotPEM, "")
	}
	if given.key != key {
		explains(t, v, validate.PrivateKey(validate.NewSecret(given.key), validate.Options{}), errcodes.CondPrivateKeyNotPEM, given.key)
	}
	out, err := validate.Normalize(errcodes.SetDomainServerCertificate, given.certificate, validate.NewSecret(given.key))
	if found := leaked(key, fmt.Sprint(out.Changes, err)); found != "" {
		t.Errorf("%q of the key shows in %v, %v", found, out.Changes, err)
	}
	switch {
	case v.Lost && err == nil:
		t.Errorf("repaired, though nobody knows what was there: %q", given)
	case v.Lost:
	case err != nil:
		t.Errorf("not repaired: %v\n%q", err, given)
	case out.Certificate != certificate || out.PrivateKey.Reveal() != key:
		t.Errorf("%q\nis repaired into\n%s%s", given, out.Certificate, out.PrivateKey.Reveal())
	}
}

// explains checks that a report refuses a text for its form, and says why and where. Of a
// key it says nothing else.
func explains(t *testing.T, v damaged.Variant, r *validate.Report, want errcodes.Condition, key string) {
	t.Helper()
	e, ok := errors.AsType[*errcodes.Error](r.Err())
	if !ok {
		t.Errorf("accepted; want %v", want)
		return
	}
	if e.Condition != want || !strings.Contains(e.Reason.EN, v.Says) || e.Line == 0 {
		t.Errorf("%v (%v); want %v, %q and a line", r.Err(), e.Condition, want, v.Says)
	}
	for _, v := range r.Violations {
		if found := leaked(key, fmt.Sprint(v.Error(), v.Reason, v.Remedy)); found != "" {
			t.Errorf("%q of the key shows in %v", found, v)
		}
	}
	for _, a := range r.Advisories {
		if found := leaked(key, fmt.Sprint(a.Reason, a.Hint())); found != "" {
			t.Errorf("%q of the key shows in %v", found, a)
		}
	}
}

// TestRepairedLoads gives what was repaired to OpenSSL and Go.
func TestRepairedLoads(t *testing.T) {
	testutil.Long(t)
	t.Parallel()
	openssl := newOpenSSL(t)
	chain, key := pkiFile(t, "p384/leaf.pem")+pkiFile(t, "p384/issuing.pem"), pkiFile(t, "p384/key.pem")
	keyFile := filepath.Join(t.TempDir(), "key.pem")
	for _, v := range damaged.Variants() {
		if v.Lost {
			continue
		}
		out, err := validate.Normalize(errcodes.SetDomainServerCertificate, v.Damage(chain), validate.NewSecret(v.Damage(key)))
		if err != nil {
			t.Errorf("%s: %v", v.Name, err)
			continue
		}
		if _, err := tls.X509KeyPair([]byte(out.Certificate), []byte(out.PrivateKey.Reveal())); err != nil {
			t.Errorf("%s: Go: %v", v.Name, err)
		}
		if got, want := openssl.fingerprint(t, out.Certificate), fingerprintByGo(chain); got != want {
			t.Errorf("%s: OpenSSL reads %s; want %s", v.Name, got, want)
		}
		if err := os.WriteFile(keyFile, []byte(out.PrivateKey.Reveal()), 0o600); err != nil {
			t.Fatal(err)
		}
		if text, err := exec.Command(openssl.path, "pkey", "-check", "-noout", "-in", keyFile).CombinedOutput(); err != nil {
			t.Errorf("%s: OpenSSL: %v: %s", v.Name, err, text)
		}
	}
}

// TestDamagedLeafIsNeverPassedOver puts a damaged leaf before another one of the same key.
// The other one is never taken in its place, and never written without it.
func TestDamagedLeafIsNeverPassedOver(t *testing.T) {
	t.Parallel()
	fresh, old, key := pkiFile(t, "p256/leaf.pem"), pkiFile(t, "usage/self-signed.pem"), pkiFile(t, "p256/key.pem")
	for _, v := range damaged.Variants() {
		text := v.Damage(fresh) + old
		if text == fresh+old { // it has no padding
			continue
		}
		for name, err := range map[string]error{
			"report":  validate.KeyPair(text, validate.NewSecret(key), validate.Options{}).Err(),
			"verdict": validate.Verdict(pairRequest(text, key), validate.Options{}),
		} {
			if !errors.Is(err, errcodes.CondCertificateNotPEM) {
				t.Errorf("%s: %s: %v", v.Name, name, err)
			}
		}
		out, err := validate.Normalize(errcodes.SetDomainServerCertificate, text, validate.NewSecret(key))
		if err == nil && (len(dersOf(out.Certificate)) == 0 || !slices.Equal(dersOf(out.Certificate)[:1], dersOf(fresh))) {
			t.Errorf("%s: another leaf is written", v.Name)
		}
	}
}

// TestMultipleOfFour is about a key that lost four plus signs, so that what is left is
// base64 of something.
func TestMultipleOfFour(t *testing.T) {
	t.Parallel()
	for _, file := range []string{"rsa2048/key.pem", "p256/key-pkcs8.pem", "rsa1024/key.pem"} {
		key := pkiFile(t, file)
		body := strings.Index(key, "\n")
		lost := key[:body] + strings.Replace(key[body:], "+", " ", strings.Count(key, "+")/4*4)
		if lost == key {
			t.Fatalf("%s has not enough plus signs", file)
		}
		err := validate.PrivateKey(validate.NewSecret(lost), validate.Options{}).Err()
		if e, ok := errors.AsType[*errcodes.Error](err); !ok || e.Condition != errcodes.CondPrivateKeyNotPEM || !strings.Contains(e.Reason.EN, "plus sign") || e.Column != 0 {
			t.Errorf("%s: %v", file, err)
		}
		out, err := validate.Normalize(errcodes.SetDomainServerCertificate, "", validate.NewSecret(lost))
		want, _ := validate.Normalize(errcodes.SetDomainServerCertificate, "", validate.NewSecret(key))
		if err != nil || !out.PrivateKey.Equal(want.PrivateKey) {
			t.Errorf("%s: %v", file, err)
		}
	}
}

// TestColumns: of a certificate the reason names the place to the character.
func TestColumns(t *testing.T) {
	t.Parallel()
	leaf := pkiFile(t, "p384/leaf.pem")
	lines := strings.SplitAfter(leaf, "\n")
	third := func(change func(string) string) string {
		return strings.Join(lines[:2], "") + change(lines[2]) + strings.Join(lines[3:], "")
	}
	for _, tt := range []struct {
		name, text   string
		line, column int
	}{
		{"en dashes", strings.Replace(leaf, "-----BEGIN", "---––BEGIN", 1), 1, 4},
		{"a no-break space behind text in the line", "é -----BEGIN\u00a0" + leaf[len("-----BEGIN "):], 1, 13},
		{"text in front", "é = " + leaf, 1, 5},
		{"a small letter", strings.Replace(leaf, "CATE", "CaTE", 1), 1, 20},
		{"an escape behind the dashes", strings.Replace(leaf, "\n", `\n`, 1), 1, 28},
		{"text before END", strings.Replace(leaf, "\n-----END", "-----END", 1), len(lines) - 2, 1 + len(lines[len(lines)-3]) - 1},
		{"a character", third(func(s string) string { return s[:10] + "é*" + s[12:] }), 3, 11},
		{"a hyphen", third(func(s string) string { return s[:63] + "-\n" }), 3, 64},
		{"an entity", third(func(s string) string { return s[:7] + "&#43;" + s[8:] }), 3, 8},
	} {
		e, ok := errors.AsType[*errcodes.Error](validate.ServerCertificate(tt.text, validate.Options{}).Err())
		if !ok || e.Line != tt.line || e.Column != tt.column {
			t.Errorf("%s: %v; want line %d, column %d", tt.name, e, tt.line, tt.column)
		}
	}
}

// TestHyphenOfAnotherScript: the hyphens that have no name here are not invisible.
func TestHyphenOfAnotherScript(t *testing.T) {
	t.Parallel()
	leaf := pkiFile(t, "p384/leaf.pem")
	for _, hyphen := range []string{"\u058a", "\u05be", "\u1400", "\u30a0"} {
		report := validate.ServerCertificate(strings.Replace(leaf, "-----BEGIN", "--"+hyphen+"--BEGIN", 1)+leaf, validate.Options{})
		e, refused := report.Verdict()
		if !refused || e.Condition != errcodes.CondCertificateNotPEM || e.Column != 3 || !strings.Contains(e.Reason.EN, "where a hyphen") {
			t.Errorf("%q: %v", hyphen, report.Err())
		}
	}
}

// TestDamagedVectors checks that the vectors of damaged text are those that are made, apart
// from the answers.
func TestDamagedVectors(t *testing.T) { checkMade(t, damaged.Vectors()) }

// checkMade checks that committed vectors are those that a generator makes, apart from the
// answers.
func checkMade(t *testing.T, made []vectors.Vector) {
	t.Helper()
	committed := map[string]vectors.Vector{}
	for _, v := range readVectors(t) {
		committed[v.Name] = v
	}
	for _, v := range made {
		ignored := cmpopts.IgnoreFields(vectors.Vector{}, "At", "Also", "Advisories")
		if diff := cmp.Diff(v, committed[v.Name], cmpopts.EquateEmpty(), ignored); diff != "" {
			t.Errorf("%s (-made +committed)\n%s", v.Name, diff)
		}
	}
}
