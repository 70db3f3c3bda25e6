package validate

import (
	"golang.org/x/crypto/cryptobyte"
	tag "golang.org/x/crypto/cryptobyte/asn1"
)

// Go ignores elements behind the last one that it knows of a SEQUENCE, since later
// versions may add some; OpenSSL refuses them. So a certificate that Go has parsed is
// walked once more, to check that each part ends where it must.

// exactCertificate reports whether a certificate has no surplus elements.
func exactCertificate(der []byte) bool {
	input := cryptobyte.String(der)
	var cert cryptobyte.String
	return input.ReadASN1(&cert, tag.SEQUENCE) && input.Empty() &&
		exactTBS(&cert) &&
		exactAlgorithm(&cert) &&
		cert.SkipASN1(tag.BIT_STRING) && cert.Empty()
}

func exactTBS(s *cryptobyte.String) bool {
	version, extensions := context(0).Constructed(), context(3).Constructed()
	var tbs cryptobyte.String
	return s.ReadASN1(&tbs, tag.SEQUENCE) &&
		optional(&tbs, version, primitive(version)) &&
		tbs.SkipASN1(tag.INTEGER) && // serial number
		exactAlgorithm(&tbs) &&
		exactName(&tbs) && // issuer
		exactly(&tbs, anyElement, anyElement) && // validity
		exactName(&tbs) && // subject
		exactly(&tbs, exactAlgorithm, primitive(tag.BIT_STRING)) && // public key
		uniqueID(&tbs, 1) &&
		uniqueID(&tbs, 2) &&
		optional(&tbs, extensions, exactExtensions) &&
		tbs.Empty()
}

// uniqueID reads an optional unique identifier. Go and OpenSSL ignore its form.
func uniqueID(s *cryptobyte.String, n uint8) bool {
	t := context(n)
	return optional(s, t, primitive(t)) && optional(s, t.Constructed(), primitive(t.Constructed()))
}

// exactName reads a Name: a SEQUENCE of SETs of pairs.
func exactName(s *cryptobyte.String) bool {
	return sequenceOf(s, func(s *cryptobyte.String) bool {
		return taggedOf(s, tag.SET, func(s *cryptobyte.String) bool {
			return exactly(s, primitive(tag.OBJECT_IDENTIFIER), anyElement)
		})
	})
}

func exactExtensions(s *cryptobyte.String) bool {
	var content cryptobyte.String
	return s.ReadASN1(&content, context(3).Constructed()) &&
		sequenceOf(&content, exactExtension) && content.Empty()
}

func exactExtension(s *cryptobyte.String) bool {
	critical := func(s *cryptobyte.String) bool { return optional(s, tag.BOOLEAN, primitive(tag.BOOLEAN)) }
	return exactly(s, primitive(tag.OBJECT_IDENTIFIER), critical, primitive(tag.OCTET_STRING))
}

// exactly reads a SEQUENCE of just the given elements.
func exactly(s *cryptobyte.String, elements ...element) bool {
	rest, ok := enter(s, tag.SEQUENCE)
	if !ok {
		return false
	}
	for _, read := range elements {
		if !read(s) {
			return false
		}
	}
	ok, *s = s.Empty(), rest
	return ok
}

// exactAlgorithm reads an AlgorithmIdentifier, whose parameters may be absent.
func exactAlgorithm(s *cryptobyte.String) bool {
	parameters := func(s *cryptobyte.String) bool { return s.Empty() || anyElement(s) }
	return exactly(s, primitive(tag.OBJECT_IDENTIFIER), parameters)
}

func anyElement(s *cryptobyte.String) bool {
	var content cryptobyte.String
	var t tag.Tag
	return s.ReadAnyASN1(&content, &t)
}
