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

// TestCheckIsTheVerdict proves that the finished check of a request holds what
// Verdict answers, and nothing of the material of one that is refused.
func TestCheckIsTheVerdict(t *testing.T) {
	for _, c := range everyInput(t) {
		for _, strict := range []bool{false, true} {
			c.opts.Strict = strict
			check, ok := c.check()
			if !ok {
				continue
			}
			var want *errcodes.Error
			if err := c.verdict(); errors.As(err, &want) {
				if diff := cmp.Diff(validate.Check{Verdict: *want}, check); diff != "" || check.Accepted() {
					t.Errorf("%s: (-want +got)\n%s", c.name, diff)
				}
			} else if check.Verdict != (errcodes.Error{}) || !check.Accepted() {
				t.Errorf("%s: %v", c.name, check.Verdict)
			}
		}
	}
}

// TestCheckHoldsTheMaterial is about what a later decision needs.
func TestCheckHoldsTheMaterial(t *testing.T) {
	digest := func(der []byte) string {
		sum := sha256.Sum256(der)
		return hex.EncodeToString(sum[:])
	}
	for _, folder := range pkiKeyTypes {
		in := soundInput(t, errcodes.SetDomainServerCertificate)
		in.cdn.ServerCertificate, in.cdn.PrivateKey = pkiFile(t, folder+"/chain3.pem"), secretFile(t, folder+"/key.pem")
		leaf := parseCert(t, in.cdn.ServerCertificate)
		spki, err := x509.MarshalPKIXPublicKey(leaf.PublicKey)
		if err != nil {
			t.Fatal(err)
		}
		whole := validate.Check{
			Certificate: in.cdn.ServerCertificate,
			Leaf: validate.Leaf{
				SHA256: digest(leaf.Raw), Key: digest(spki), Name: "www.example.com", Names: "www.example.com,example.com,*.cdn.example.com",
				Serial: leaf.SerialNumber.Text(16), NotBefore: periodBegin.Unix(), NotAfter: periodEnd.Unix(),
			},
			Key: digest(spki),
		}
		if diff := cmp.Diff(whole, in.cdn.Check(in.opts)); diff != "" {
			t.Errorf("%s: (-want +got)\n%s", folder, diff)
		}

		// A check survives JSON, and is one value to compare.
		encoded, err := json.Marshal(whole)
		if err != nil {
			t.Fatal(err)
		}
		var decoded validate.Check
		if err := json.Unmarshal(encoded, &decoded); err != nil || decoded != whole {
			t.Errorf("%s: JSON gives %+v, %v", folder, decoded, err)
		}

		in.cdn.CertType, in.cdn.CertName = "cas", "shop"
		certOnly, keyOnly := in.cdn, in.cdn
		certOnly.PrivateKey, keyOnly.ServerCertificate = validate.Secret{}, ""
		if diff := cmp.Diff(validate.Check{Certificate: whole.Certificate, Leaf: whole.Leaf}, certOnly.Check(in.opts)); diff != "" {
			t.Errorf("%s, no key: (-want +got)\n%s", folder, diff)
		}
		if diff := cmp.Diff(validate.Check{Key: whole.Key}, keyOnly.Check(in.opts)); diff != "" {
			t.Errorf("%s, no certificate: (-want +got)\n%s", folder, diff)
		}
		// What is not looked at is not in the check.
		for name, edit := range map[string]func(*input){"free": certType("free"), "off": status("off"), "status absent": status("")} {
			ignored := *in
			edit(&ignored)
			if got := ignored.cdn.Check(in.opts); got != (validate.Check{}) {
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
		withText.cdn.ServerCertificate += "#" + strings.ReplaceAll(key.text, "\n", "\n#")
		check := withText.cdn.Check(withText.opts)
		if part := key.find(check.Certificate); !check.Accepted() || part != "" {
			t.Errorf("%s, commented out: %v, %q", key.name, check.Verdict, part)
		}
		for _, s := range spoilings() {
			in := soundInput(t, errcodes.SetDomainServerCertificate)
			in.cdn.CertType, in.cdn.CertName, in.cdn.ServerCertificate = "cas", "shop", ""
			in.cdn.PrivateKey = validate.NewSecret(s.edit(t, key.text))
			check := in.cdn.Check(in.opts)
			encoded, err := json.Marshal(check)
			if part := key.find(fmt.Sprintf("%+v %#v %s", check, check, encoded)); part != "" || err != nil {
				t.Errorf("%s, %s: %q, %v", key.name, s.name, part, err)
			}
		}
	}
}
