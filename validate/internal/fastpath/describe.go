package fastpath

import (
	"crypto"
	"crypto/ecdsa"
	stded25519 "crypto/ed25519"
	"crypto/elliptic"
	stdrsa "crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"encoding/hex"
	"math/big"
	"net"
)

// Leaf holds what later decisions need of a server certificate.
type Leaf struct {
	SHA256, Key         [sha256.Size]byte // of the certificate, and of its SubjectPublicKeyInfo
	Name                string            // common name of the subject
	Names               string            // DNS names, joined by commas
	Serial              string            // lower-case hexadecimal
	NotBefore, NotAfter int64             // Unix seconds
}

// leafOf returns what is needed of a certificate that is recognized, and of this period.
// What it reads escapes to the heap.
func leafOf(der []byte, from, until int64) Leaf {
	p := partsOf(der)
	l := Leaf{SHA256: sha256.Sum256(der), Key: sha256.Sum256(p.publicKeyInfo), NotBefore: from, NotAfter: until}
	var digits [2 * longestSerial]byte
	serial := digits[:hex.Encode(digits[:], p.serial)]
	for len(serial) > 1 && serial[0] == '0' {
		serial = serial[1:]
	}
	l.Serial = string(serial)
	l.Name, l.Names = commonName(p.subject), dnsNames(alternativeNames(p.extensions))
	return l
}

// alternativeNames returns the value of that extension, nil if there is none.
func alternativeNames(extensions []byte) (names []byte) {
	all := extensionsIn(extensions)
	for id, value, more := all.nextExtension(); more; id, value, more = all.nextExtension() {
		if id == subjectAltName {
			names = value
		}
	}
	return names
}

// commonName returns the last common name of a subject, "" for none.
func commonName(subject []byte) (name string) {
	all := attributes{sets: walkIn(subject)}
	for oid, value, more := all.next(); more; oid, value, more = all.next() {
		if string(oid) == oidCommonName {
			name = string(value)
		}
	}
	return name
}

// dnsNames joins the DNS names of alternative names, which may be empty.
func dnsNames(value []byte) string {
	text := make([]byte, 0, len(value))
	first := true
	names := walkIn(value)
	for tag, name, more := names.next(); more; tag, name, more = names.next() {
		if tag != tagDNS {
			continue
		}
		if !first {
			text = append(text, ',')
		}
		text, first = append(text, name...), false
	}
	return string(text)
}

// Certificate describes a certificate that is recognized, without x509.ParseCertificate.
// It has the fields of it that package validate reads: not the attributes of names
// beyond those in fields of pkix.Name, unless a name has others, and of the extensions
// only those on usage. The rest says what ParseCertificate would say.
//
// What is recognized loads as any certificate of a chain. It may not be a server
// certificate.
func Certificate(der []byte) (cert *x509.Certificate, ok bool) {
	if len(der) > longestCertificate {
		return nil, false
	}
	c, ok := readCertificate(der)
	if !ok {
		return nil, false
	}
	public, ok := c.public()
	if !ok {
		return nil, false
	}
	p := partsOf(der)
	cert = &x509.Certificate{
		Raw: der, RawTBSCertificate: p.tbs, RawSubjectPublicKeyInfo: p.publicKeyInfo, RawSubject: p.subject, RawIssuer: p.issuer,
		Signature: p.signature, SignatureAlgorithm: signatureAlgorithm(p.algorithm),
		PublicKeyAlgorithm: c.algorithmOfKey(), PublicKey: public,
		Version: 3, SerialNumber: new(big.Int).SetBytes(p.serial), NotBefore: c.from, NotAfter: c.until,
	}
	cert.Subject = nameOf(p.subject)
	if cert.Issuer = cert.Subject; string(p.issuer) != string(p.subject) {
		cert.Issuer = nameOf(p.issuer)
	}
	describeExtensions(cert, p.extensions)
	return cert, true
}

// public returns the key; ok is false if it is a point that is not on its curve.
func (k *publicKey) public() (key crypto.PublicKey, ok bool) {
	var curve elliptic.Curve
	switch k.kind {
	case rsa:
		e := 0
		for _, b := range k.e {
			e = e<<8 | int(b)
		}
		return &stdrsa.PublicKey{N: new(big.Int).SetBytes(k.n), E: e}, true
	case ed25519:
		return stded25519.PublicKey(k.point), true
	case p384:
		curve = elliptic.P384()
	default:
		curve = elliptic.P256()
	}
	point, err := ecdsa.ParseUncompressedPublicKey(curve, k.point)
	return point, err == nil
}

func (k kind) algorithmOfKey() x509.PublicKeyAlgorithm {
	switch k {
	case rsa:
		return x509.RSA
	case ed25519:
		return x509.Ed25519
	default:
		return x509.ECDSA
	}
}

// parts are those of a certificate as they are encoded; serial, algorithm, signature and
// extensions without what stands around them.
type parts struct {
	tbs, issuer, subject, publicKeyInfo      []byte
	serial, algorithm, signature, extensions []byte
}

// partsOf takes a certificate apart that is recognized.
func partsOf(der []byte) (p parts) {
	outer, _ := whole(der, tagSequence)
	in, rest, _ := element(outer, tagSequence)
	p.tbs = front(outer, rest)
	_, rest, _ = element(rest, tagSequence)
	p.signature, _, _ = octets(rest)
	p.serial, in, _ = element(in[len(version3):], tagInteger)
	p.algorithm, in, _ = element(in, tagSequence)
	_, rest, _ = element(in, tagSequence)
	p.issuer = front(in, rest)
	_, in, _ = element(rest, tagSequence) // period
	_, rest, _ = element(in, tagSequence)
	p.subject = front(in, rest)
	_, p.extensions, _ = element(rest, tagSequence)
	p.publicKeyInfo = front(rest, p.extensions)
	return p
}

// front returns what stands in front of the rest.
func front(in, rest []byte) []byte { return in[:len(in)-len(rest)] }

// A walk goes over the elements of a part of a certificate that is recognized.
type walk struct{ rest []byte }

// walkIn returns a walk over what is in a SEQUENCE.
func walkIn(in []byte) walk {
	content, _ := whole(in, tagSequence)
	return walk{content}
}

func (w *walk) next() (tag byte, content []byte, more bool) {
	if len(w.rest) == 0 {
		return 0, nil, false
	}
	tag = w.rest[0]
	content, w.rest, _ = element(w.rest, tag)
	return tag, content, true
}

// attributes is a walk over those of a name, through its sets.
type attributes struct{ sets, set walk }

func (a *attributes) next() (oid, value []byte, more bool) {
	_, pair, more := a.set.next()
	if !more {
		_, set, more := a.sets.next()
		if !more {
			return nil, nil, false
		}
		a.set = walk{set}
		_, pair, _ = a.set.next()
	}
	oid, value, _ = element(pair, tagOID)
	value, _ = whole(value, value[0])
	return oid, value, true
}

// extensionsIn returns a walk over extensions for nextExtension.
func extensionsIn(extensions []byte) walk {
	list, _ := whole(extensions, tagConstructed|3)
	return walkIn(list)
}

func (w *walk) nextExtension() (id extension, value []byte, more bool) {
	_, one, more := w.next()
	if !more {
		return 0, nil, false
	}
	oid, value, _ := element(one, tagOID)
	if value[0] == tagBoolean {
		_, value, _ = element(value, tagBoolean)
	}
	value, _ = whole(value, tagOctetString)
	return which(oid), value, true
}

const (
	oidAttribute  = "\x55\x04" // and a byte that tells the type
	oidCommonName = oidAttribute + "\x03"
)

// nameOf describes a name.
func nameOf(der []byte) (name pkix.Name) {
	all := attributes{sets: walkIn(der)}
	for oid, content, more := all.next(); more; oid, content, more = all.next() {
		value := string(content)
		var list *[]string
		if len(oid) == len(oidCommonName) && hasPrefix(oid, oidAttribute) {
			switch oid[2] {
			case 3:
				name.CommonName = value
				continue
			case 5:
				name.SerialNumber = value
				continue
			case 6:
				list = &name.Country
			case 7:
				list = &name.Locality
			case 8:
				list = &name.Province
			case 9:
				list = &name.StreetAddress
			case 10:
				list = &name.Organization
			case 11:
				list = &name.OrganizationalUnit
			case 17:
				list = &name.PostalCode
			}
		}
		if list != nil {
			*list = append(*list, value)
		} else {
			name.Names = append(name.Names, pkix.AttributeTypeAndValue{Type: identifier(oid), Value: value})
		}
	}
	return name
}

// identifier reads the content of an OBJECT IDENTIFIER.
func identifier(content []byte) (oid asn1.ObjectIdentifier) {
	value := 0
	for _, b := range content {
		if value = value<<7 | int(b&0x7f); b >= 0x80 {
			continue
		}
		if oid == nil {
			first := min(value/40, 2)
			oid = append(oid, first)
			value -= 40 * first
		}
		oid, value = append(oid, value), 0
	}
	return oid
}

var (
	oidKeyUsage     = asn1.ObjectIdentifier{2, 5, 29, 15}
	oidExtKeyUsage  = asn1.ObjectIdentifier{2, 5, 29, 37}
	oidNetscapeType = asn1.ObjectIdentifier{2, 16, 840, 1, 113730, 1, 1}
)

func describeExtensions(cert *x509.Certificate, list []byte) {
	const usual = 2 // extensions on usage, of a server certificate
	cert.Extensions = make([]pkix.Extension, 0, usual)
	extensions := extensionsIn(list)
	for id, value, more := extensions.nextExtension(); more; id, value, more = extensions.nextExtension() {
		switch id {
		case subjectKeyID:
			cert.SubjectKeyId, _ = whole(value, tagOctetString)
		case authorityKeyID:
			cert.AuthorityKeyId = keyIDOfIssuer(value)
		case basicConstraints:
			cert.BasicConstraintsValid, cert.IsCA = true, namesCA(value)
		case subjectAltName:
			names := walkIn(value)
			for tag, content, more := names.next(); more; tag, content, more = names.next() {
				switch tag {
				case tagDNS:
					cert.DNSNames = append(cert.DNSNames, string(content))
				case tagAddress:
					cert.IPAddresses = append(cert.IPAddresses, net.IP(content))
				}
			}
		case keyUsage:
			bits, _ := whole(value, tagBitString)
			for i := range 8 * len(bits[1:]) {
				cert.KeyUsage |= x509.KeyUsage(bits[1+i/8]>>(7-i%8)&1) << i
			}
			cert.Extensions = append(cert.Extensions, pkix.Extension{Id: oidKeyUsage, Value: value})
		case extKeyUsage:
			usages := walkIn(value)
			for _, oid, more := usages.next(); more; _, oid, more = usages.next() {
				if usage, known := usageOf(oid); known {
					cert.ExtKeyUsage = append(cert.ExtKeyUsage, usage)
				}
			}
			cert.Extensions = append(cert.Extensions, pkix.Extension{Id: oidExtKeyUsage, Value: value})
		case netscapeType:
			cert.Extensions = append(cert.Extensions, pkix.Extension{Id: oidNetscapeType, Value: value})
		default:
		}
	}
}

// keyIDOfIssuer returns the key identifier of an authority key identifier, nil if it has
// none.
func keyIDOfIssuer(value []byte) []byte {
	content, _ := whole(value, tagSequence)
	id, _, _ := element(content, tagContext)
	return id
}

// namesCA reports whether basic constraints say that the certificate is that of a CA.
func namesCA(value []byte) bool {
	const isCA = "\x01\x01\xff"
	content, _ := whole(value, tagSequence)
	return hasPrefix(content, isCA)
}

// usageOf returns the usage that an object identifier stands for, of those that make a
// server certificate or are usual beside them.
func usageOf(oid []byte) (usage x509.ExtKeyUsage, known bool) {
	const purpose = "\x2b\x06\x01\x05\x05\x07\x03"
	switch string(oid) {
	case "\x55\x1d\x25\x00":
		return x509.ExtKeyUsageAny, true
	case purpose + "\x01":
		return x509.ExtKeyUsageServerAuth, true
	case purpose + "\x02":
		return x509.ExtKeyUsageClientAuth, true
	case "\x2b\x06\x01\x04\x01\x82\x37\x0a\x03\x03":
		return x509.ExtKeyUsageMicrosoftServerGatedCrypto, true
	case "\x60\x86\x48\x01\x86\xf8\x42\x04\x01":
		return x509.ExtKeyUsageNetscapeServerGatedCrypto, true
	default:
		return 0, false
	}
}

// signatureAlgorithm names the algorithm of one of the identifiers that are recognized.
func signatureAlgorithm(content []byte) x509.SignatureAlgorithm {
	switch string(content) {
	case pkcs1Signature + "\x05" + null:
		return x509.SHA1WithRSA
	case pkcs1Signature + "\x0b" + null:
		return x509.SHA256WithRSA
	case pkcs1Signature + "\x0c" + null:
		return x509.SHA384WithRSA
	case pkcs1Signature + "\x0d" + null:
		return x509.SHA512WithRSA
	case ecdsaSHA1:
		return x509.ECDSAWithSHA1
	case ecdsaSHA2 + "\x02":
		return x509.ECDSAWithSHA256
	case ecdsaSHA2 + "\x03":
		return x509.ECDSAWithSHA384
	case ecdsaSHA2 + "\x04":
		return x509.ECDSAWithSHA512
	case oidEd25519:
		return x509.PureEd25519
	default:
		return x509.UnknownSignatureAlgorithm
	}
}
