package validate

import (
	"bytes"
	"crypto/x509"
	"encoding/base64"
	"strings"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/validate/internal/message"
)

// checkSecondLeaf checks whether the text has two end-entity certificates: several
// chains, as when the files of several domains were joined. The same certificate again
// is no second one.
func (c *checker) checkSecondLeaf(p *pair) {
	if c.verdictOnly && c.table.Operation != 0 && !c.has(errcodes.CondSecondLeaf) {
		return
	}
	var first *parsed
	for i := range p.chain.certs {
		cert := &p.chain.certs[i]
		switch {
		case !c.isEndEntity(*cert):
		case first == nil:
			first = cert
		case !sameCertificate(first.Certificate, cert.Certificate):
			c.violate(errcodes.CondSecondLeaf, cert.at, message.SecondLeaf.With(leafName(cert.Certificate), first.at.Block, leafName(first.Certificate)))
			return
		}
	}
}

// isEndEntity reports whether a certificate is that of a server: no CA, or its own
// issuer with the name of a host.
func (c *checker) isEndEntity(cert parsed) bool {
	if !cert.BasicConstraintsValid || !cert.IsCA {
		return true
	}
	return len(cert.DNSNames)+len(cert.IPAddresses) > 0 && c.isRoot(cert)
}

// leafName shows what a certificate is for.
func leafName(cert *x509.Certificate) message.Reason {
	name := cert.Subject.CommonName
	if len(cert.DNSNames) > 0 {
		name = cert.DNSNames[0]
	}
	return message.Quoted.With(cut(name))
}

// issuersFollow reports whether all certificates behind the first one are plainly those
// of intermediates: CAs that another CA has issued. The text has passed the fast path, so
// it is in canonical form. A text with another certificate is left to the full check. It
// allocates nothing.
func issuersFollow(text string) bool {
	const begin, end = "-----BEGIN " + certificateLabel + "-----\n", "-----END "
	_, rest, _ := strings.Cut(text, begin)
	for {
		_, block, another := strings.Cut(rest, begin)
		if !another {
			return true
		}
		if rest = block; !isIntermediate(block[:max(0, strings.Index(block, end))]) {
			return false
		}
	}
}

// isIntermediate reports whether the body of a block holds the certificate of a CA that
// has another name than its issuer.
func isIntermediate(body string) bool {
	const longest = 6 << 10 // of what the fast path reads
	var text, der [longest]byte
	if len(body) > longest {
		return false
	}
	n, err := base64.StdEncoding.Decode(der[:], text[:copy(text[:], body)])
	if err != nil {
		return false
	}
	var content, tbs, issuer, subject cryptobyte.String
	outer := cryptobyte.String(der[:n])
	version, extensions := asn1.Tag(0).Constructed().ContextSpecific(), asn1.Tag(3).Constructed().ContextSpecific()
	if !outer.ReadASN1(&content, asn1.SEQUENCE) || !content.ReadASN1(&tbs, asn1.SEQUENCE) ||
		!tbs.SkipOptionalASN1(version) || !tbs.SkipASN1(asn1.INTEGER) || !tbs.SkipASN1(asn1.SEQUENCE) ||
		!tbs.ReadASN1(&issuer, asn1.SEQUENCE) || !tbs.SkipASN1(asn1.SEQUENCE) || !tbs.ReadASN1(&subject, asn1.SEQUENCE) ||
		!tbs.SkipASN1(asn1.SEQUENCE) || !tbs.ReadASN1(&content, extensions) {
		return false
	}
	return !bytes.Equal(issuer, subject) && allowsIssuing(content)
}

// allowsIssuing reports whether a list of extensions has CA:TRUE.
func allowsIssuing(list cryptobyte.String) bool {
	const basicConstraints = "\x55\x1d\x13"
	var extension, id, value, constraints cryptobyte.String
	if !list.ReadASN1(&list, asn1.SEQUENCE) {
		return false
	}
	for list.ReadASN1(&extension, asn1.SEQUENCE) {
		if !extension.ReadASN1(&id, asn1.OBJECT_IDENTIFIER) || string(id) != basicConstraints {
			continue
		}
		var ca bool
		return extension.SkipOptionalASN1(asn1.BOOLEAN) && extension.ReadASN1(&value, asn1.OCTET_STRING) &&
			value.ReadASN1(&constraints, asn1.SEQUENCE) && constraints.ReadASN1Boolean(&ca) && ca
	}
	return false
}
