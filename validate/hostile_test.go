package validate_test

import (
	"bytes"
	"encoding/pem"
	"strings"
	"testing"
	"time"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/validate"
)

// TestHostileInput: input made to be slow is answered at once: in milliseconds,
// but a bound that a busy machine keeps has to tell a hang, not a time.
func TestHostileInput(t *testing.T) {
	const hang = 30 * time.Second
	certificate, key := pkiFile(t, "p256/leaf.pem"), pkiFile(t, "p256/key.pem")
	block := func(label string, der []byte) string {
		return string(pem.EncodeToMemory(&pem.Block{Type: label, Bytes: der}))
	}
	nested := bytes.Repeat([]byte{0x30, 0x80}, 20_000)
	endless := append([]byte{0x30, 0x84, 0xff, 0xff, 0xff, 0xff}, make([]byte, 1000)...)

	for _, c := range []struct {
		name             string
		certificate, key string
		limit            int
		want             errcodes.Condition
	}{
		{"ten thousand certificates", strings.Repeat(certificate, 10_000), key, 0, errcodes.CondCertificateTooLong},
		{"a hundred thousand short blocks, no limit", strings.Repeat("-----BEGIN CERTIFICATE-----\n", 100_000), key, -1, errcodes.CondCertificateNotPEM},
		{"a thousand short blocks", strings.Repeat("-----BEGIN CERTIFICATE-----\nMAA=\n-----END CERTIFICATE-----\n", 1000), key, 0, errcodes.CondCertificateMalformed},
		{"blank lines", strings.Repeat("\n", validate.DefaultCertificateLimit), key, 0, errcodes.CondCertificateNotPEM},
		{"dashes", strings.Repeat("-", validate.DefaultCertificateLimit), key, 0, errcodes.CondCertificateNotPEM},
		{"the same certificate as often as it fits", strings.Repeat(certificate, validate.DefaultCertificateLimit/len(certificate)), key, 0, 0},
		{"deep ASN.1", block("CERTIFICATE", nested), key, 0, errcodes.CondCertificateMalformed},
		{"endless ASN.1", block("CERTIFICATE", endless), key, 0, errcodes.CondCertificateMalformed},
		{"a deep key", certificate, block("PRIVATE KEY", nested[:10_000]), 0, errcodes.CondPrivateKeyMalformed},
		{"an endless key", certificate, block("RSA PRIVATE KEY", endless), 0, errcodes.CondPrivateKeyMalformed},
		{"a pass-phrase to be stretched two billion times", certificate, pkiFile(t, "encrypted/pkcs8-huge-iterations.pem"), 0, errcodes.CondPrivateKeyEncrypted},
	} {
		t.Run(c.name, func(t *testing.T) {
			opts := validate.Options{CertificateLimit: c.limit, VerifyChain: true}
			req := &validate.CDNRequest{
				DomainName: "www.example.com", Status: "on",
				Certificate: c.certificate, PrivateKey: validate.NewSecret(c.key),
			}
			start := time.Now()
			verdict, refused := validate.Check(req, opts).Verdict()
			if took := time.Since(start); took > hang {
				t.Errorf("the report takes %v", took)
			}
			var got errcodes.Condition
			if refused {
				got = verdict.Condition
			}
			if got != c.want {
				t.Errorf("%q; want %q", got, c.want)
			}
			start = time.Now()
			_ = validate.Verdict(req, opts)
			if took := time.Since(start); took > hang {
				t.Errorf("the verdict takes %v", took)
			}
		})
	}
}
