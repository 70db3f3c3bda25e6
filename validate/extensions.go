package validate

import (
	"crypto/x509"
	"encoding/asn1"

	"golang.org/x/crypto/cryptobyte"
	tag "golang.org/x/crypto/cryptobyte/asn1"
)

// Go reads only parts of an extension. OpenSSL decodes the extensions below as a
// whole, and SSL_CTX_use_certificate refuses a certificate ("invalid certificate") if
// one of them does not decode. So a certificate with such an extension does not pass.
// Both ignore bytes behind the outermost SEQUENCE of a value.

var (
	oidSubjectAltName   = asn1.ObjectIdentifier{2, 5, 29, 17}
	oidBasicConstraints = asn1.ObjectIdentifier{2, 5, 29, 19}
	oidNameConstraints  = asn1.ObjectIdentifier{2, 5, 29, 30}
	oidCRLDistribution  = asn1.ObjectIdentifier{2, 5, 29, 31}
	oidAuthorityKeyInfo = asn1.ObjectIdentifier{2, 5, 29, 35}
)

// unreadableExtension names the first extension of the certificate that OpenSSL
// would not decode, "" if there is none.
func unreadableExtension(cert *x509.Certificate) string {
	if cert = withExtensions(cert); cert == nil {
		return "extensions, in a certificate that is not of version 3"
	}
	for i := range cert.Extensions {
		value := cryptobyte.String(cert.Extensions[i].Value)
		switch id := cert.Extensions[i].Id; {
		case id.Equal(oidKeyUsage):
			if cert.KeyUsage == 0 {
				return "key usage (it has no bit set)"
			}
		case id.Equal(oidNetscapeCertType):
			if _, ok := netscapeCertType(value); !ok {
				return "Netscape certificate type"
			}
		case id.Equal(oidSubjectAltName):
			if !sequenceOf(&value, generalName) {
				return "subject alternative name"
			}
		case id.Equal(oidBasicConstraints):
			if !basicConstraints(&value) {
				return "basic constraints"
			}
		case id.Equal(oidNameConstraints):
			if !nameConstraints(value) {
				return "name constraints"
			}
		case id.Equal(oidCRLDistribution):
			if !sequenceOf(&value, distributionPoint) {
				return "CRL distribution points"
			}
		case id.Equal(oidAuthorityKeyInfo):
			if !authorityKeyIdentifier(value) {
				return "authority key identifier"
			}
		}
	}
	return ""
}

// An element reads one ASN.1 element off the front of a string.
type element func(*cryptobyte.String) bool

func context(n uint8) tag.Tag { return tag.Tag(n).ContextSpecific() }

func sequenceOf(s *cryptobyte.String, of element) bool { return taggedOf(s, tag.SEQUENCE, of) }

func taggedOf(s *cryptobyte.String, t tag.Tag, of element) bool {
	rest, ok := enter(s, t)
	if !ok {
		return false
	}
	for !s.Empty() {
		if !of(s) {
			return false
		}
	}
	*s = rest
	return true
}

// enter replaces a string by the content of the element at its front and returns the
// rest. A second string for the content would escape to the heap when it is passed to
// an element.
func enter(s *cryptobyte.String, t tag.Tag) (rest cryptobyte.String, ok bool) {
	var content cryptobyte.String
	rest = *s
	ok = rest.ReadASN1(&content, t)
	*s = content
	return rest, ok
}

// optional reads an element that may be absent.
func optional(s *cryptobyte.String, t tag.Tag, read element) bool {
	return !s.PeekASN1Tag(t) || read(s)
}

func primitive(t tag.Tag) element {
	return func(s *cryptobyte.String) bool { return s.SkipASN1(t) }
}

func generalName(s *cryptobyte.String) bool {
	var content cryptobyte.String
	var t tag.Tag
	if !s.ReadAnyASN1(&content, &t) {
		return false
	}
	switch t {
	case context(0).Constructed(): // otherName
		return content.SkipASN1(tag.OBJECT_IDENTIFIER) && content.SkipASN1(context(0).Constructed()) && content.Empty()
	case context(1), context(2), context(6), context(7), context(8), context(3).Constructed():
		return true
	case context(4).Constructed(): // directoryName
		return content.SkipASN1(tag.SEQUENCE) && content.Empty()
	case context(5).Constructed(): // ediPartyName: explicit tags
		assigner, party := context(0).Constructed(), context(1).Constructed()
		return optional(&content, assigner, func(s *cryptobyte.String) bool { return directoryString(s, assigner) }) &&
			directoryString(&content, party) && content.Empty()
	default:
		return false
	}
}

func basicConstraints(s *cryptobyte.String) bool {
	return exactly(s,
		func(s *cryptobyte.String) bool { return optional(s, tag.BOOLEAN, primitive(tag.BOOLEAN)) },
		func(s *cryptobyte.String) bool { return optional(s, tag.INTEGER, primitive(tag.INTEGER)) })
}

func nameConstraints(value cryptobyte.String) bool {
	var content cryptobyte.String
	if !value.ReadASN1(&content, tag.SEQUENCE) {
		return false
	}
	for n := range uint8(2) {
		t := context(n).Constructed()
		if !optional(&content, t, func(s *cryptobyte.String) bool { return taggedOf(s, t, generalSubtree) }) {
			return false
		}
	}
	return content.Empty()
}

func generalSubtree(s *cryptobyte.String) bool {
	var content cryptobyte.String
	return s.ReadASN1(&content, tag.SEQUENCE) &&
		generalName(&content) &&
		optional(&content, context(0), primitive(context(0))) &&
		optional(&content, context(1), primitive(context(1))) &&
		content.Empty()
}

// distributionPoint reads one that has a name or an issuer, as OpenSSL demands.
func distributionPoint(s *cryptobyte.String) bool {
	var content cryptobyte.String
	if !s.ReadASN1(&content, tag.SEQUENCE) {
		return false
	}
	name, issuer := context(0).Constructed(), context(2).Constructed()
	named := content.PeekASN1Tag(name)
	if !optional(&content, name, primitive(name)) || !optional(&content, context(1), reasons) {
		return false
	}
	named = named || content.PeekASN1Tag(issuer)
	return named && optional(&content, issuer, func(s *cryptobyte.String) bool { return taggedOf(s, issuer, generalName) }) && content.Empty()
}

// reasons is an implicitly tagged BIT STRING.
func reasons(s *cryptobyte.String) bool {
	var content cryptobyte.String
	return s.ReadASN1(&content, context(1)) && len(content) > 0 && content[0] < 8
}

func authorityKeyIdentifier(value cryptobyte.String) bool {
	var content cryptobyte.String
	issuer := context(1).Constructed()
	return value.ReadASN1(&content, tag.SEQUENCE) &&
		optional(&content, context(0), primitive(context(0))) &&
		optional(&content, issuer, func(s *cryptobyte.String) bool { return taggedOf(s, issuer, generalName) }) &&
		optional(&content, context(2), primitive(context(2))) &&
		content.Empty()
}

// directoryString reads a DirectoryString under an explicit tag.
func directoryString(s *cryptobyte.String, t tag.Tag) bool {
	const universalString, bmpString = tag.Tag(28), tag.Tag(30)
	var content, text cryptobyte.String
	var kind tag.Tag
	if !s.ReadASN1(&content, t) || !content.ReadAnyASN1(&text, &kind) || !content.Empty() {
		return false
	}
	switch kind {
	case tag.PrintableString, tag.T61String, tag.UTF8String, universalString, bmpString:
		return true
	default:
		return false
	}
}
