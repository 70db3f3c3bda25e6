package validate

import (
	"crypto/x509"

	"golang.org/x/crypto/cryptobyte"
	tag "golang.org/x/crypto/cryptobyte/asn1"
)

// withExtensions returns the certificate with its extensions, nil if they cannot be read.
// Go reads none in a certificate that is not of version 3, and none behind a unique
// identifier in BER's constructed form, but OpenSSL does. So such a certificate is read
// again as one of version 3 that has no such identifier.
func withExtensions(cert *x509.Certificate) *x509.Certificate {
	var outer, tbs, element cryptobyte.String
	context := func(n uint8) tag.Tag { return tag.Tag(n).ContextSpecific().Constructed() }
	version, issuerID, subjectID, extensions := context(0), context(1), context(2), context(3)
	whole := cryptobyte.String(cert.Raw)
	if len(cert.Extensions) > 0 || !whole.ReadASN1(&outer, tag.SEQUENCE) || !outer.ReadASN1(&tbs, tag.SEQUENCE) || !tbs.SkipOptionalASN1(version) {
		return cert
	}
	found := false
	var kept []byte
	for !tbs.Empty() {
		var t tag.Tag
		if !tbs.ReadAnyASN1Element(&element, &t) {
			return cert
		}
		if t != issuerID && t != subjectID {
			kept = append(kept, element...)
		}
		found = t == extensions
	}
	if !found {
		return cert
	}
	var b cryptobyte.Builder
	b.AddASN1(tag.SEQUENCE, func(b *cryptobyte.Builder) {
		b.AddASN1(tag.SEQUENCE, func(b *cryptobyte.Builder) {
			b.AddASN1(version, func(b *cryptobyte.Builder) { b.AddASN1Int64(2) })
			b.AddBytes(kept)
		})
		b.AddBytes(outer)
	})
	der, err := b.Bytes()
	if err != nil {
		return nil
	}
	again, err := x509.ParseCertificate(der)
	if err != nil {
		return nil
	}
	return again
}
