package targets

import (
	"slices"
	"testing"

	"github.com/alicert/alicert/fuzz"
	"github.com/alicert/alicert/fuzz/inputs"
	"github.com/alicert/alicert/internal/oracle"
	"github.com/alicert/alicert/validate"
)

// The first byte of an input of FuzzPEM selects one of these texts, which the other bytes
// mangle; or the other bytes are the text.
var pemTexts = []inputs.Fixture{"ed25519/leaf", "p256/chain3", "p256/leaf+p256/key", "forms/trusted", "p256/leaf|spaced", "ed25519/leaf|header"}

const pemRaw = 0xff // the rest is the text

func pemText(data []byte) string {
	if len(data) > 0 && data[0] == pemRaw {
		return string(data[1:])
	}
	s := fuzz.NewSource(data)
	m := oracle.NewMangler(s.Intn, inputs.Fixture("p384/leaf").Text())
	return m.Mangle(fuzz.Pick(s, pemTexts...).Text())
}

// FuzzPEM compares our reading of a text with that of OpenSSL and Go. If we accept it, the
// two must agree about its certificates. If they agree, we must accept it exactly if we
// accept the same certificates in the published form, apart from the known reasons.
func FuzzPEM(f *testing.F) {
	f.Fuzz(func(t *testing.T, data []byte) {
		text := pemText(data)
		ours := validate.ServerCertificate(text, validate.Options{CertificateLimit: -1})
		alike := oracle.CertificatesReadAlike(text)
		if ours.Err() == nil && !alike {
			t.Fatalf("passes; OpenSSL and Go do not read the same in\n%q", text)
		}
		if !alike || len(oracle.CertificateReasons(text)) > 0 {
			return
		}
		published := validate.ServerCertificate(oracle.PublishedCertificates(text), validate.Options{CertificateLimit: -1})
		if (ours.Err() == nil) != (published.Err() == nil) {
			t.Fatalf("OpenSSL and Go read the same; we say %v, and %v of the published form of\n%q", ours.Err(), published.Err(), text)
		}
		if ours.Err() == nil && !slices.Equal(digests(ours), digests(published)) {
			t.Fatalf("other certificates than in the published form of\n%q", text)
		}
	})
}

func digests(r *validate.Report) (all []string) {
	for _, c := range r.Certificates {
		all = append(all, c.SHA256)
	}
	return all
}
