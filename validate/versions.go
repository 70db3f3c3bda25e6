package validate

import (
	"crypto/x509"

	"golang.org/x/crypto/cryptobyte"
	tag "golang.org/x/crypto/cryptobyte/asn1"
)

// withExtensions returns the certificate with its extensions, nil if they cannot
// be read. Go reads none in a certificate that is not of version 3, but OpenSSL does.
// So such a certificate is read again as one of version 3.
func withExtensions(cert *x509.Certificate) *x509.Certificate {
	var outer, tbs, content cryptobyte.String
	version, extensions := tag.Tag(0).ContextSpecific().Constructed(), tag.Tag(3).ContextSpecific().Constructed()
	whole := cryptobyte.String(cert.Raw)
	if cert.Version >= 3 || !whole.ReadASN1(&outer, tag.SEQUENCE) || !outer.ReadASN1(&tbs, tag.SEQUENCE) || !tbs.SkipOptionalASN1(version) {
		return cert
	}
	found := false
	for rest := tbs; !rest.Empty(); {
		var t tag.Tag
		if !rest.ReadAnyASN1(&content, &t) {
			return cert
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
			b.AddBytes(tbs)
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
