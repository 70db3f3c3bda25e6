package validate_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"unicode"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/testdata"
	"github.com/alicert/alicert/validate"
	"github.com/alicert/alicert/validate/internal/slow"
)

// window is the length of base64 that counts as key material.
const window = 16

// leaked returns a piece of the body of a key that shows in a text, "" if none
// does. BEGIN and END lines are no secret, nor is anything that is not base64.
func leaked(key, shown string) string {
	isBase64 := func(r rune) bool {
		return r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r == '+' || r == '/'
	}
	for run := range strings.FieldsFuncSeq(key, func(r rune) bool { return !isBase64(r) }) {
		for ; len(run) >= window; run = run[1:] {
			if strings.Contains(shown, run[:window]) {
				return run[:window]
			}
		}
	}
	return ""
}

// base64Of is a text without all that can stand between the characters of a
// body: white space, quotes, written line breaks.
func base64Of(text string) string {
	text = strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) || strings.ContainsRune("\"',", r) {
			return -1
		}
		return r
	}, text)
	return strings.NewReplacer(`\r`, "", `\n`, "", "\ufeff", "").Replace(text)
}

// FuzzNormalize gives Normalize any two texts. What it makes of them must be in
// normal form and made of what is in the texts; and no part of the key must show
// in what it says.
func FuzzNormalize(f *testing.F) {
	for _, text := range testdata.All() {
		switch {
		case !strings.Contains(text, "PRIVATE KEY"):
			f.Add(text, "")
			f.Add(text, pkiFile(f, "p256/key.pem"))
		default:
			f.Add("", text)
		}
	}
	for _, in := range slow.Inputs(smallSlow) {
		f.Add(in.Certificate, "")
	}
	small, key := pkiFile(f, "ed25519/leaf.pem"), pkiFile(f, "ed25519/key.pem")
	chain := pkiFile(f, "ed25519/issuing.pem") + small + pkiFile(f, "ed25519/root.pem")
	for _, tt := range textForms {
		f.Add(tt.form(small), tt.form(key))
		f.Add(tt.form(chain), "")
	}
	f.Add(pkiFile(f, "p256/chain3.pem"), pkiFile(f, "p256/other-key.pem"))
	f.Add(key, small)

	f.Fuzz(func(t *testing.T, certificate, key string) {
		secret := validate.NewSecret(key)
		out, err := validate.Normalize(errcodes.SetDomainServerCertificate, certificate, secret)
		// A certificate may hold a key too; that is not a secret any more.
		if found := leaked(key, fmt.Sprint(out.Changes, err, out)); found != "" && !strings.Contains(base64Of(certificate), found) {
			t.Fatalf("%q of the key shows in %v, %v", found, out.Changes, err)
		}
		if err != nil {
			var e *errcodes.Error
			if !errors.As(err, &e) || e.Condition == 0 {
				t.Fatalf("an error of another type: %v", err)
			}
			return
		}
		if err := normalForm(certificate, secret, out); err != nil {
			t.Fatal(err)
		}
		given := base64Of(certificate)
		for _, body := range strings.Split(out.Certificate, "-----BEGIN CERTIFICATE-----\n")[1:] {
			body, _, _ = strings.Cut(base64Of(body), "=")
			body, _, _ = strings.Cut(body, "-----END")
			if !strings.Contains(given, body[:len(body)-1]) { // the last character has bits without meaning
				t.Fatalf("not in the certificate: %s", body)
			}
		}
	})
}
