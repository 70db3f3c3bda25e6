package validate

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/x509"
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/validate/internal/fastpath"
	"github.com/alicert/alicert/validate/internal/message"
	"github.com/alicert/alicert/validate/internal/openssl"
	"github.com/alicert/alicert/validate/internal/pemscan"
)

// ServerCertificate checks a certificate parameter alone: its length, its form, its
// content, its usage and, if opts has a time, its validity. The codes are those
// of CDN SetDomainServerCertificate. An empty text is a missing certificate.
func ServerCertificate(pem string, opts Options) *Report {
	c := newChecker(errcodes.SetDomainServerCertificate, opts)
	if pem == "" {
		c.violate(errcodes.CondCertificateMissing, errcodes.Position{}, message.Reason{})
	}
	c.checkTexts(pem, Secret{}, "")
	return c.finish()
}

// chain holds the certificates of a parameter.
type chain struct {
	certs []parsed // the blocks that parsed, in order
	leaf  *parsed  // the first block of the text, if it parsed

	misfit                    // why the first certificate is not the leaf
	cause  errcodes.Condition // the condition that was told for it; 0: none
}

type parsed struct {
	*x509.Certificate
	at errcodes.Position
}

func (c *checker) certificateTooLong(text string) bool {
	if limit := c.opts.certificateLimit(); len(text) > limit {
		c.violate(errcodes.CondCertificateTooLong, errcodes.Position{}, message.TooManyBytes.With(len(text), limit))
		return true
	}
	if len(text) <= DefaultCertificateLimit {
		return false // so many certificates do not fit
	}
	if n := strings.Count(text, "-----END "+certificateLabel+"-----"); n > MaxChainCertificates {
		c.violate(errcodes.CondCertificateTooLong, errcodes.Position{}, message.TooManyCertificates.With(n, MaxChainCertificates))
		return true
	}
	return false
}

type certificateBody struct {
	der []byte
	at  errcodes.Position
}

// scanCertificates reads the form. If it finds a fault, the text must not be decoded
// further.
func (c *checker) scanCertificates(text string) (bodies []certificateBody, found []finding) {
	a := c.newPEMText(errcodes.CondCertificateNotPEM)
	if blank(text) {
		a.damaged(errcodes.Position{}, nothingReason())
		return nil, a.found
	}
	rest, readable := a.encoding(text)
	if !readable {
		return nil, a.found
	}
	if len(a.found) == 0 {
		if bodies := c.canonicalBodies(rest); bodies != nil {
			return bodies, nil
		}
	}
	var seen struct{ text, blank bool }
	for s := pemscan.Scan(rest); !a.enough(); {
		item, more := s.Next()
		if !more {
			break
		}
		at := errcodes.Position{Block: item.Index, Line: item.Line}
		switch {
		case item.Kind == pemscan.KindDamage:
			a.damage(item)
		case item.Kind != pemscan.KindBlock:
			a.outside(item, &seen)
		case item.Block.Label == certificateLabel:
			body, ok := a.decode(item)
			switch {
			case !ok:
			case body.Encrypted:
				a.damaged(at, message.EncryptedHeaders.With())
			default:
				bodies = append(bodies, certificateBody{body.DER, at})
			}
		default:
			a.damaged(at, foreignReason(item))
		}
	}
	if len(a.found) == 0 && len(bodies) > 0 {
		a.lineEnds(rest)
		return bodies, nil
	}
	if a.nameWhole(rest); len(a.found) == 0 {
		a.damaged(errcodes.Position{}, message.NoCertificateBlock.With())
	}
	return nil, a.found
}

// canonicalBodies reads a text of nothing but certificates in canonical form, about which
// the scanner has nothing to say. It returns nil for any other text.
func (c *checker) canonicalBodies(text string) (bodies []certificateBody) {
	if c.opts.parsersOnly {
		return nil
	}
	const usual = 1 << 10 // bytes of a certificate
	bodies = make([]certificateBody, 0, 1+len(text)/usual)
	for line := 1; text != ""; {
		der, lines, rest, ok := fastpath.CertificateBlock(text)
		if !ok {
			return nil
		}
		bodies = append(bodies, certificateBody{der, errcodes.Position{Block: len(bodies) + 1, Line: line}})
		text, line = rest, line+lines
	}
	return bodies
}

// foreignReason explains a complete block of another kind in the certificate
// parameter. It does not show labels that are not in use.
func foreignReason(item pemscan.Item) message.Reason {
	label := item.Block.Label
	switch label {
	case "PKCS7", "CMS":
		return message.PKCS7Block.With()
	case "TRUSTED CERTIFICATE", "X509 CERTIFICATE":
		return message.UncommonLabel.With(label)
	case "CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST":
		return message.RequestBlock.With()
	case "EC PARAMETERS", "DH PARAMETERS", "PUBLIC KEY", "X509 CRL":
		return message.OtherLabel.With(label)
	}
	if isPrivateKeyLabel(label) {
		return message.KeyInCertificate.With()
	}
	if reason, ok := mislabeled(item); ok {
		return reason
	}
	return message.OtherBlock.With()
}

// parseCertificates checks the content: every block must be a certificate, and TLS
// servers must load the kind of the first one's public key.
func (c *checker) parseCertificates(bodies []certificateBody) (ch chain) {
	ch.certs = make([]parsed, 0, len(bodies))
	for i, b := range bodies {
		cert, reason := c.readCertificate(b.der, i == 0)
		if cert == nil {
			c.violate(errcodes.CondCertificateMalformed, b.at, reason)
			if c.done() {
				return ch
			}
			continue
		}
		ch.certs = append(ch.certs, parsed{cert, b.at})
		if i == 0 {
			ch.leaf = &parsed{cert, b.at}
			if reason, ok := servedKey(cert); !ok {
				c.violate(errcodes.CondCertificateMalformed, b.at, reason)
				if c.done() {
					return ch
				}
			}
		}
	}
	if !c.verdictOnly {
		c.certificates = describe(ch.certs)
	}
	return ch
}

// readCertificate reads one certificate, the first of a file or another, and describes
// what the fast path recognizes without the parsers.
func (c *checker) readCertificate(der []byte, first bool) (cert *x509.Certificate, reason message.Reason) {
	if !c.opts.parsersOnly {
		if cert, ok := fastpath.Certificate(der); ok {
			return cert, message.Reason{}
		}
	}
	if cert, reason = parseCertificate(der); cert == nil || !first {
		return cert, reason
	}
	if reason, ok := decodesFirst(cert); !ok {
		return nil, reason
	}
	return cert, message.Reason{}
}

// parseCertificate reads one certificate as Go and OpenSSL both read it, wherever it
// stands.
func parseCertificate(der []byte) (*x509.Certificate, message.Reason) {
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, nameBlock(der, message.NotX509.With(cut(err.Error())))
	}
	if _, ok := openssl.Exact(der); !ok {
		return nil, message.NotOpenSSL.With()
	}
	return cert, message.Reason{}
}

// decodesFirst reports whether OpenSSL decodes of a certificate what it decodes of the
// first one only, its extensions and its public key, and if not, why.
func decodesFirst(cert *x509.Certificate) (reason message.Reason, ok bool) {
	exact, ok := openssl.Exact(cert.Raw)
	if !ok {
		return message.NotOpenSSL.With(), false
	}
	if !exact.PublicKey() {
		return message.PublicKeyUnreadable.With(), false
	}
	if bad := exact.Extensions(); bad != 0 {
		return message.ExtensionUnreadable.With(extensionNames[bad].With()), false
	}
	if withExtensions(cert) == nil {
		return message.ExtensionsPassedOver.With(), false
	}
	return message.Reason{}, true
}

// servedFirst reports whether TLS servers load a certificate as the first one of a file,
// and if not, why.
func servedFirst(cert *x509.Certificate) (reason message.Reason, ok bool) {
	if reason, ok = decodesFirst(cert); !ok {
		return reason, false
	}
	return servedKey(cert)
}

// extensionNames has what an extension is called, and what is wrong with it where that
// is one thing.
var extensionNames = map[openssl.Extension]message.ID{
	openssl.BasicConstraints:       message.ExtBasicConstraints,
	openssl.ProxyCertInfo:          message.ExtProxyCertInfo,
	openssl.KeyUsage:               message.ExtKeyUsage,
	openssl.NetscapeCertType:       message.ExtNetscapeCertType,
	openssl.AuthorityKeyIdentifier: message.ExtAuthorityKeyIdentifier,
	openssl.SubjectAltName:         message.ExtSubjectAltName,
	openssl.NameConstraints:        message.ExtNameConstraints,
	openssl.CRLDistributionPoints:  message.ExtCRLDistributionPoints,
	openssl.IPAddressBlocks:        message.ExtIPAddressBlocks,
	openssl.AutonomousSystems:      message.ExtAutonomousSystems,
}

// servedKey reports whether the certificate's public key is of a kind that TLS
// servers load, and if not, why.
func servedKey(cert *x509.Certificate) (reason message.Reason, ok bool) {
	switch pub := cert.PublicKey.(type) {
	case *rsa.PublicKey:
		if bits := pub.N.BitLen(); bits > maxRSABits {
			return message.RSAModulusTooLong.With(bits, maxRSABits), false
		}
		return message.Reason{}, true
	case *ecdsa.PublicKey, ed25519.PublicKey:
		return message.Reason{}, true
	default:
		return message.PublicKeyUnsupported.With(), false
	}
}

// checkUsage checks whether the first certificate is a server certificate. If it is
// not, the reason says where the server's is, as far as key and names tell.
func (c *checker) checkUsage(p *pair) {
	ch := &p.chain
	if ch.leaf == nil {
		return
	}
	reason, ok := serverUsage(ch.leaf.Certificate)
	if ok {
		return
	}
	found := c.misfitOf(ch.certs, p.scannedKey.publicKey())
	switch {
	case found.onlyCAs:
		reason = message.NotServerOnlyCAs.With(reason)
	case found.proven:
		reason = message.NotServerLeafByKey.With(inText(ch.certs[found.leaf].at), reason)
	case found.leaf > 0:
		reason = message.NotServerLeafByName.With(inText(ch.certs[found.leaf].at), reason)
	case found.child > 0:
		reason = message.NotServerIssuer.With(inText(ch.certs[found.child].at), reason)
	}
	c.violate(errcodes.CondCertificateNotServer, ch.leaf.at, reason)
	c.tell(ch, found, errcodes.CondCertificateNotServer)
}

// checkValidity checks whether the leaf is in its validity period: the first
// certificate, unless it was told that another one is the leaf.
func (c *checker) checkValidity(ch chain) {
	if ch.leaf == nil {
		return
	}
	if c.opts.Now.IsZero() {
		c.advise(ValidityNotChecked, errcodes.FieldCertificate, ch.leaf.at, message.ValidityNotChecked.With())
		return
	}
	const form = "2006-01-02 15:04:05 UTC"
	f := finding{at: ch.leaf.at}
	switch at, cert := c.opts.Now, ch.leaf.Certificate; {
	case at.After(cert.NotAfter):
		f.cond, f.reason = errcodes.CondCertificateExpired, message.Expired.With(cert.NotAfter.UTC().Format(form))
	case at.Before(cert.NotBefore):
		f.cond, f.reason = errcodes.CondCertificateNotYetValid, message.NotYetValid.With(cert.NotBefore.UTC().Format(form))
	default:
		return
	}
	if ch.onlyCAs {
		f.follows = ch.cause
	}
	c.record(f)
}

// sameCertificate reports whether two certificates are the same bytes.
func sameCertificate(a, b *x509.Certificate) bool { return bytes.Equal(a.Raw, b.Raw) }
