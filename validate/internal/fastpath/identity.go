package fastpath

import stded25519 "crypto/ed25519"

// An Identity is what tells of a certificate which other certificates and keys belong to
// it. Its parts are those of the DER.
type Identity struct {
	PublicKey       PublicKey
	Subject, Issuer []byte // as they are encoded
	KeyID, IssuedBy []byte // identifiers of its key and its issuer's, nil if it has none
	CA              bool
	CommonName      string

	extensions []byte
}

// A PublicKey is a public key in the form in which two equal ones are the same bytes: the
// numbers of an RSA key, else the SubjectPublicKeyInfo.
type PublicKey struct{ Modulus, Exponent, Info []byte }

// Identify reads a certificate that is recognized, for what belongs to it. It reads as
// x509.ParseCertificate does.
func Identify(der []byte) (id Identity, ok bool) {
	if len(der) > longestCertificate {
		return id, false
	}
	c, ok := readCertificate(der)
	if !ok || !c.onCurve() {
		return id, false
	}
	p := partsOf(der)
	id = Identity{
		PublicKey: PublicKey{Modulus: c.n, Exponent: c.e},
		Subject:   p.subject, Issuer: p.issuer, CommonName: commonName(p.subject), extensions: p.extensions,
	}
	if c.kind != rsa {
		id.PublicKey.Info = p.publicKeyInfo
	}
	extensions := extensionsIn(p.extensions)
	for which, value, more := extensions.nextExtension(); more; which, value, more = extensions.nextExtension() {
		switch which {
		case subjectKeyID:
			id.KeyID, _ = whole(value, tagOctetString)
		case authorityKeyID:
			id.IssuedBy = keyIDOfIssuer(value)
		case basicConstraints:
			id.CA = namesCA(value)
		default:
		}
	}
	return id, true
}

// DNSNames returns those of the certificate.
func (id *Identity) DNSNames() (all []string) {
	names := walkIn(alternativeNames(id.extensions))
	for tag, name, more := names.next(); more; tag, name, more = names.next() {
		if tag == tagDNS {
			all = append(all, string(name))
		}
	}
	return all
}

// What stands around a public key in its SubjectPublicKeyInfo.
const (
	infoP256    = "\x30\x59\x30\x13" + oidEC + curveP256 + "\x03\x42\x00"
	infoP384    = "\x30\x76\x30\x10" + oidEC + curveP384 + "\x03\x62\x00"
	infoEd25519 = "\x30\x2a\x30\x05" + oidEd25519 + "\x03\x21\x00"
)

// PublicHalf reads the public half of a private key that is recognized, be it sound or
// not. It returns what an EC key says that it is, without a multiplication: carried
// reports that, and the key may be wrong. ok is false for an EC key that does not say it.
func PublicHalf(der []byte) (p PublicKey, carried, ok bool) {
	k, ok := readPKCS1(der)
	if !ok {
		k, ok = readSEC1(der, 0)
	}
	if !ok {
		k, ok = readPKCS8(der)
	}
	switch {
	case !ok:
		return p, false, false
	case k.kind == rsa:
		return PublicKey{Modulus: k.numbers.n, Exponent: k.numbers.e}, false, true
	case k.kind == ed25519:
		own := stded25519.NewKeyFromSeed(k.secret)
		defer clear(own)
		return PublicKey{Info: append([]byte(infoEd25519), own[stded25519.SeedSize:]...)}, false, true
	case k.point == nil || !k.isPoint(k.point):
		return p, false, false
	case k.kind == p384:
		return PublicKey{Info: append([]byte(infoP384), k.point...)}, true, true
	default:
		return PublicKey{Info: append([]byte(infoP256), k.point...)}, true, true
	}
}
