package validate

import (
	"crypto"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/validate/internal/fastpath"
	"github.com/alicert/alicert/validate/internal/message"
)

// Summary is the data that a model or a journal keeps of a checked request. It is a
// small comparable value without key material, so a request can be replayed without
// its private key and without parsing anything again.
type Summary struct {
	// Verdict is the answer as far as the request alone decides; it is zero if
	// the request passes.
	Verdict errcodes.Error `json:"verdict,omitzero"`

	// Domain is the lower-case ASCII form of the domain, if the request has one
	// and passes.
	Domain string `json:"domain,omitempty"`

	// Certificate is the public PEM text, as [PublicText] returns it, if one
	// was given and the request passes.
	Certificate string `json:"certificate,omitempty"`

	// Leaf is the first certificate of that text.
	Leaf Leaf `json:"leaf,omitzero"`

	// Key is the digest of the public half of the private key that was
	// given, in the form of Leaf.Key; "" if none was.
	Key string `json:"key,omitempty"`
}

// Leaf holds the fields of a server certificate that later decisions need.
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
func (s *Summary) Accepted() bool { return s.Verdict == (errcodes.Error{}) }

// Summarize checks a request as [Verdict] does and returns its summary.
func Summarize(r Request, o Options) Summary {
	if r == nil || !r.fits() {
		v, _ := unfitReport(r).Verdict()
		return Summary{Verdict: v}
	}
	c := newChecker(r.Operation(), o)
	c.verdictOnly = !o.Strict // strict rules on order need the whole chain
	var s Summary
	switch r := r.(type) {
	case *CDNRequest:
		s = c.summarizeDomain(orEmpty(r))
	case *CASRequest:
		upload, region := r.upload()
		c.region = region
		s = c.summarizeDomain(&upload)
	case *ALBRequest:
		c.checkListener(orEmpty(r))
	}
	if len(c.findings) == 0 {
		return s
	}
	if v, refused := c.finish().Verdict(); refused {
		return Summary{Verdict: v}
	}
	return s
}

func (c *checker) summarizeDomain(r *CDNRequest) (s Summary) {
	w := c.checkWords(r)
	if c.done() {
		return s
	}
	if c.verdictOnly {
		var leaf fastpath.Leaf
		if c.fastPair(r, &w, &leaf) == fastpath.Sound {
			s.Leaf = leafOfFast(&leaf)
			s.Certificate, s.Key, s.Domain = PublicText(r.Certificate), s.Leaf.Key, w.domain
			return s
		}
	}
	read := c.checkRest(r, &w)
	switch {
	case c.done():
	case w.pair && r.Pair != nil:
		s = r.Pair.summary
	case w.pair:
		s = read.summary()
	}
	s.Domain = w.domain
	return s
}

func (r *reading) summary() (s Summary) {
	s.Key = keyDigest(r.key)
	if r.chain.leaf != nil {
		s.Certificate, s.Leaf = PublicText(r.certificate), leafOf(r.chain.leaf.Certificate)
	}
	return s
}

// ParseLeaf reads the first certificate of a PEM text, which must be a server
// certificate. The error is that of [ServerCertificate] at no particular time; no
// limit holds for the length of the text.
func ParseLeaf(pem string) (Leaf, error) {
	c := newChecker(errcodes.SetDomainServerCertificate, Options{CertificateLimit: -1})
	c.verdictOnly = true
	if pem == "" {
		c.violate(errcodes.CondCertificateMissing, errcodes.Position{}, message.Reason{})
	}
	r := c.read(pem, Secret{})
	if err := c.verdict(); err != nil {
		return Leaf{}, err
	}
	return leafOf(r.chain.leaf.Certificate), nil
}

// PublicText returns the certificate blocks of a PEM text that is accepted, and the
// blank lines around them, unchanged. It drops other text, which no check has read and
// which may be a private key that is commented out.
func PublicText(pem string) string {
	var kept strings.Builder
	at, inside, whole := 0, false, true
	for line := range strings.Lines(pem) {
		if strings.HasPrefix(line, "-----BEGIN CERTIFICATE-----") {
			inside = true
		}
		switch keep := inside || strings.TrimSpace(line) == ""; {
		case keep && !whole:
			kept.WriteString(line)
		case !keep && whole:
			kept.WriteString(pem[:at])
			whole = false
		}
		if at += len(line); strings.HasPrefix(line, "-----END CERTIFICATE-----") {
			inside = false
		}
	}
	if whole {
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

// leafOfFast is leafOf for what the fast path has described.
func leafOfFast(l *fastpath.Leaf) Leaf {
	const length = 2 * sha256.Size
	var digits [2 * length]byte
	hex.Encode(digits[:length], l.SHA256[:])
	hex.Encode(digits[length:], l.Key[:])
	digests := string(digits[:])
	return Leaf{
		SHA256: digests[:length], Key: digests[length:], Name: l.Name, Names: l.Names, Serial: l.Serial,
		NotBefore: l.NotBefore, NotAfter: l.NotAfter,
	}
}

func keyDigest(public crypto.PublicKey) string {
	if public == nil {
		return ""
	}
	der, err := x509.MarshalPKIXPublicKey(public)
	if err != nil { // a kind that TLS servers do not load
		return ""
	}
	sum := sha256.Sum256(der)
	return hex.EncodeToString(sum[:])
}
