package validate_test

import (
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"math/rand/v2"
	"testing"

	"github.com/alicert/alicert/validate"
)

// TestNameText: names are written as pkix.Name writes them, the long ones up to their
// 200th character.
func TestNameText(t *testing.T) {
	types := []asn1.ObjectIdentifier{
		{2, 5, 4, 3},
		{2, 5, 4, 5},
		{2, 5, 4, 6},
		{2, 5, 4, 7},
		{2, 5, 4, 8},
		{2, 5, 4, 9},
		{2, 5, 4, 10},
		{2, 5, 4, 11},
		{2, 5, 4, 17},
		{2, 5, 4, 12},    // title: pkix.Name has no field for this and what follows
		{2, 5, 4, 3, 1},  // longer than the type of a common name
		{2, 5, 29, 3},    // in another arc
		{1, 5, 4, 3},     // shorter
		{2, 16, 4, 3},    // likewise in another arc
		{2, 5, 4, 46},    // distinguished-name qualifier
		{2, 5, 4, 11, 0}, // longer than that of an organizational unit
		{1, 2, 840, 113549, 1, 9, 1},
	}
	values := []string{"x", "", "a, b", "#", " ", "  ", " a ", "a#", "über", "+", `"\<>;=`, "证书 ", "\u2028", "\x00"}
	random := rand.New(rand.NewPCG(5, 6))
	for i := range 300 {
		attributes := random.IntN(8)
		if i < 20 {
			attributes += 60 + random.IntN(80)
		}
		text := leafWith(t, func(c *x509.Certificate) {
			c.Subject = pkix.Name{}
			for range attributes {
				c.Subject.ExtraNames = append(c.Subject.ExtraNames, pkix.AttributeTypeAndValue{
					Type: types[random.IntN(len(types))], Value: values[random.IntN(len(values))],
				})
			}
		})
		report := validate.ServerCertificate(text, validate.Options{})
		if len(report.Certificates) == 0 {
			t.Fatal(report.Err())
		}
		want := parseCert(t, text).Subject.String()
		if runes := []rune(want); len(runes) > 200 {
			want = string(runes[:200]) + "…"
		}
		if got := report.Certificates[0].Subject; got != want {
			t.Fatalf("%q\nwant %q", got, want)
		}
	}
}
