package validate_test

import (
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/validate"
)

// TestSummaryIsTheVerdict proves that the summary of a request holds what
// Verdict answers, and nothing of the material of one that is refused.
func TestSummaryIsTheVerdict(t *testing.T) {
	for _, c := range everyInput(t) {
		for _, strict := range []bool{false, true} {
			c.opts.Strict = strict
			check := c.summary()
			var want *errcodes.Error
			if err := c.verdict(); errors.As(err, &want) {
				if diff := cmp.Diff(validate.Summary{Verdict: *want}, check); diff != "" || check.Accepted() {
					t.Errorf("%s: (-want +got)\n%s", c.name, diff)
				}
			} else if check.Verdict != (errcodes.Error{}) || !check.Accepted() {
				t.Errorf("%s: %v", c.name, check.Verdict)
			}
		}
	}
}

// TestSummaryHoldsTheMaterial is about what a later decision needs.
func TestSummaryHoldsTheMaterial(t *testing.T) {
	digest := func(der []byte) string {
		sum := sha256.Sum256(der)
		return hex.EncodeToString(sum[:])
	}
	for _, folder := range pkiKeyTypes {
		in := soundInput(t, errcodes.SetDomainServerCertificate)
		in.cdn.Certificate, in.cdn.PrivateKey = pkiFile(t, folder+"/chain3.pem"), secretFile(t, folder+"/key.pem")
		leaf := parseCert(t, in.cdn.Certificate)
		spki, err := x509.MarshalPKIXPublicKey(leaf.PublicKey)
		if err != nil {
			t.Fatal(err)
		}
		whole := validate.Summary{
			Domain:      "www.example.com",
			Certificate: in.cdn.Certificate,
			Leaf: validate.Leaf{
				SHA256: digest(leaf.Raw), Key: digest(spki), Name: "www.example.com", Names: "www.example.com,example.com,*.cdn.example.com",
				Serial: leaf.SerialNumber.Text(16), NotBefore: periodBegin.Unix(), NotAfter: periodEnd.Unix(),
			},
			Key: digest(spki),
		}
		if diff := cmp.Diff(whole, validate.Summarize(&in.cdn, in.opts)); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", folder, diff)
		}

		// A check survives JSON, and is one value to compare.
		encoded, err := json.Marshal(whole)
		if err != nil {
			t.Fatal(err)
		}
		var decoded validate.Summary
		if err := json.Unmarshal(encoded, &decoded); err != nil || decoded != whole {
			t.Errorf("%s: JSON gives %+v, %v", folder, decoded, err)
		}

		in.cdn.CertType, in.cdn.CertName = "cas", "shop"
		certOnly, keyOnly := in.cdn, in.cdn
		certOnly.PrivateKey, keyOnly.Certificate = validate.Secret{}, ""
		if diff := cmp.Diff(validate.Summary{Domain: whole.Domain, Certificate: whole.Certificate, Leaf: whole.Leaf}, validate.Summarize(&certOnly, in.opts)); diff != "" {
			t.Errorf("%s, no key: (-want +got)\n%s", folder, diff)
		}
		if diff := cmp.Diff(validate.Summary{Domain: whole.Domain, Key: whole.Key}, validate.Summarize(&keyOnly, in.opts)); diff != "" {
			t.Errorf("%s, no certificate: (-want +got)\n%s", folder, diff)
		}
		// What is not looked at is not in the check.
		for name, edit := range map[string]func(*input){"free": certType("free"), "off": status("off"), "status absent": status("")} {
			ignored := *in
			edit(&ignored)
			if got := validate.Summarize(&ignored.cdn, in.opts); got != (validate.Summary{Domain: whole.Domain}) {
				t.Errorf("%s, %s: %+v", folder, name, got)
			}
		}
	}
}

// TestNoLeakOfCheck: a check goes into journals.
func TestNoLeakOfCheck(t *testing.T) {
	for _, key := range markedKeys(t) {
		// Text beside the certificate passes; a key may be commented out there.
		withText := soundInput(t, errcodes.SetDomainServerCertificate)
		withText.cdn.Certificate += "#" + strings.ReplaceAll(key.text, "\n", "\n#")
		check := validate.Summarize(&withText.cdn, withText.opts)
		if part := key.find(check.Certificate); !check.Accepted() || part != "" {
			t.Errorf("%s, commented out: %v, %q", key.name, check.Verdict, part)
		}
		for _, s := range spoilings() {
			in := soundInput(t, errcodes.SetDomainServerCertificate)
			in.cdn.CertType, in.cdn.CertName, in.cdn.Certificate = "cas", "shop", ""
			in.cdn.PrivateKey = validate.NewSecret(s.edit(t, key.text))
			check := validate.Summarize(&in.cdn, in.opts)
			encoded, err := json.Marshal(check)
			if part := key.find(fmt.Sprintf("%+v %#v %s", check, check, encoded)); part != "" || err != nil {
				t.Errorf("%s, %s: %q, %v", key.name, s.name, part, err)
			}
		}
	}
}
