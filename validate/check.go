package validate

import (
	"crypto"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"strings"

	"github.com/alicert/alicert/errcodes"
)

// Check is the finished check of a request: what a model or a journal needs of
// it once it is judged. It is a small comparable value without key material, so
// a request can be replayed without its private key and without parsing
// anything again.
type Check struct {
	// Verdict is what the request alone earns; its Code is empty if it
	// passes.
	Verdict errcodes.Error `json:"verdict,omitzero"`

	// Certificate is the public PEM text, as [PublicText] returns it, if one
	// was given and the request passes.
	Certificate string `json:"certificate,omitempty"`

	// Leaf is the first certificate of that text.
	Leaf Leaf `json:"leaf,omitzero"`

	// Key is the digest of the public half of the private key that was
	// given, in the form of Leaf.Key; "" if none was.
	Key string `json:"key,omitempty"`
}

// Leaf is what of a server certificate later decisions rest on.
type Leaf struct {
	SHA256    string `json:"sha256,omitempty"`    // of the DER, lower-case hexadecimal
	Key       string `json:"key,omitempty"`       // SHA-256 of the SubjectPublicKeyInfo, lower-case hexadecimal
	Name      string `json:"name,omitempty"`      // common name of the subject
	Names     string `json:"names,omitempty"`     // DNS names, joined by commas
	Serial    string `json:"serial,omitempty"`    // lower-case hexadecimal
	NotBefore int64  `json:"notBefore,omitempty"` // Unix seconds
	NotAfter  int64  `json:"notAfter,omitempty"`  // Unix seconds
}

// Accepted reports whether the request passes.
func (c *Check) Accepted() bool { return c.Verdict.Code == "" }

// Check judges the request as Verdict does and returns the finished check.
func (req *SetDomainServerCertificateRequest) Check(opts Options) Check {
	req = orEmpty(req)
	j := newJudge(errcodes.SetDomainServerCertificate, opts)
	j.verdictOnly = !opts.Strict
	j.judgeCDN(req)
	return j.check(req.ServerCertificate)
}

// check returns what is known once a request with the certificate is judged.
func (j *judge) check(certificate string) Check {
	if v, refused := j.finish().Verdict(); refused {
		return Check{Verdict: v}
	}
	check := Check{Key: keyDigest(j.key)}
	if j.leaf != nil {
		check.Certificate, check.Leaf = PublicText(certificate), leafOf(j.leaf)
	}
	return check
}

// PublicText returns the certificate blocks of a PEM text that is accepted, and
// the blank lines around them, as they stand. Other text is no part of a
// certificate, and nobody has looked at it: it may be a private key that is
// commented out.
func PublicText(pem string) string {
	var kept strings.Builder
	inside := false
	for line := range strings.Lines(pem) {
		if strings.HasPrefix(line, "-----BEGIN CERTIFICATE-----") {
			inside = true
		}
		if inside || strings.TrimSpace(line) == "" {
			kept.WriteString(line)
		}
		if strings.HasPrefix(line, "-----END CERTIFICATE-----") {
			inside = false
		}
	}
	if kept.Len() == len(pem) {
		return pem // shared, not copied
	}
	return kept.String()
}

func leafOf(cert *x509.Certificate) Leaf {
	sum := sha256.Sum256(cert.Raw)
	return Leaf{
		SHA256:    hex.EncodeToString(sum[:]),
		Key:       keyDigest(cert.PublicKey),
		Name:      cert.Subject.CommonName,
		Names:     strings.Join(cert.DNSNames, ","),
		Serial:    cert.SerialNumber.Text(16),
		NotBefore: cert.NotBefore.Unix(),
		NotAfter:  cert.NotAfter.Unix(),
	}
}

func keyDigest(public crypto.PublicKey) string {
	if public == nil {
		return ""
	}
	der, err := x509.MarshalPKIXPublicKey(public)
	if err != nil { // of no kind that is served
		return ""
	}
	sum := sha256.Sum256(der)
	return hex.EncodeToString(sum[:])
}
