package validate_test

import (
	"encoding/base64"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/testdata"
	"github.com/alicert/alicert/testdata/damaged"
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

// lettersOf is a text without all but its ASCII letters and digits, also in fullwidth
// forms: what damage to base64 leaves as it is.
func lettersOf(text string) string {
	return strings.Map(func(r rune) rune {
		if r >= '\uff01' && r <= '\uff5e' {
			r += '!' - '\uff01'
		}
		if r < utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
			return r
		}
		return -1
	}, text)
}

// isWithin reports whether the characters of a piece are in a text in their order.
func isWithin(piece, text string) bool {
	for i := range len(piece) {
		at := strings.IndexByte(text, piece[i])
		if at < 0 {
			return false
		}
		text = text[at+1:]
	}
	return true
}

// unwrapped returns texts with what is in them under up to four layers of base64 and
// UTF-16: every run of base64, decoded, whatever it is.
func unwrapped(texts ...string) (all []string) {
	const shortest = 64
	for range 5 {
		all = append(all, texts...)
		var inside []string
		for _, text := range texts {
			plain := strings.Join(strings.Fields(strings.NewReplacer("\x00", "", `\u002b`, "+", `\u003d`, "=", `\/`, "/", "-----", "=").Replace(text)), "")
			plain = strings.NewReplacer("-", "+", "_", "/").Replace(plain)
			for run := range strings.FieldsFuncSeq(plain, func(r rune) bool { return !strings.ContainsRune(base64Alphabet, r) }) {
				for from := 0; from < 4 && len(run)-from >= shortest; from++ {
					piece := run[from:]
					if len(piece)%4 == 1 {
						piece = piece[:len(piece)-1]
					}
					if decoded, err := base64.RawStdEncoding.DecodeString(piece); err == nil {
						inside = append(inside, string(decoded))
					}
				}
			}
		}
		texts = inside
	}
	return all
}

const base64Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"

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
	for _, v := range damaged.Variants() {
		f.Add(v.Damage(small), v.Damage(key))
		f.Add(v.Damage(chain), "")
	}
	f.Add(pkiFile(f, "p256/chain3.pem"), pkiFile(f, "p256/other-key.pem"))
	f.Add(key, small)

	f.Fuzz(func(t *testing.T, certificate, key string) {
		secret := validate.NewSecret(key)
		out, err := validate.Normalize(errcodes.SetDomainServerCertificate, certificate, secret)
		// A certificate may hold a key too; that is not a secret any more. Nor is a
		// certificate in the place of the key.
		if found := leaked(key, fmt.Sprint(out.Changes, err, out)); found != "" && !strings.Contains(lettersOf(certificate), lettersOf(found)) && !strings.Contains(lettersOf(out.Certificate), lettersOf(found)) {
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
		plain, swapped := lettersOf(certificate), lettersOf(key) // each may be in the other's place
		var given []string
		for _, der := range dersOf(out.Certificate) {
			body := lettersOf(base64.StdEncoding.EncodeToString([]byte(der)))
			body = body[:len(body)-1] // the last character has bits without meaning
			if isWithin(body, plain) || isWithin(body, swapped) {
				continue
			}
			if given == nil {
				given = unwrapped(certificate, key)
			}
			if !slices.ContainsFunc(given, func(text string) bool { return strings.Contains(text, der) }) {
				t.Fatalf("not in the texts: %x", der)
			}
		}
	})
}
