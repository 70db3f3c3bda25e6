package container

import (
	"bytes"
	"encoding/base64"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"
)

var lenient = base64.RawStdEncoding

// The tags of the elements that tell one DER from another.
const (
	tagInteger   = 0x02
	tagBitString = 0x03
	tagOctets    = 0x04
	tagOID       = 0x06
	tagUTCTime   = 0x17
	tagTime      = 0x18
	tagSequence  = 0x30
	tagExplicit0 = 0xa0
)

// The contents of object identifiers.
var (
	oidSM2Curve   = []byte{0x2a, 0x81, 0x1c, 0xcf, 0x55, 0x01, 0x82, 0x2d}
	oidPKCS7      = []byte{0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07}
	oidSignedData = append(bytes.Clone(oidPKCS7), 2)
	oidPKCS12PBE  = []byte{0x06, 0x0a, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x0c, 0x01}
)

// looksLikeDER reports whether data begins with the header of a SEQUENCE whose length
// takes several bytes or fits, or is an object identifier as a whole.
func looksLikeDER(data []byte) bool {
	switch {
	case len(data) < 3:
		return false
	case data[0] == tagOID:
		return int(data[1])+2 == len(data)
	case data[0] != tagSequence:
		return false
	default:
		return 0x80 <= data[1] && data[1] <= 0x84 || int(data[1])+2 == len(data)
	}
}

// An element is one piece of DER, or of BER with an indefinite length.
type element struct {
	tag     byte
	content []byte
	whole   bool // all bytes that the length promises are there
}

// next reads the first element of data.
func next(data []byte) (e element, rest []byte, ok bool) {
	if len(data) < 2 || data[0]&0x1f == 0x1f {
		return element{}, nil, false
	}
	e.tag = data[0]
	if data[1] == indefinite {
		e.content = data[2:]
		return e, nil, true
	}
	size, header, ok := lengthOf(data)
	if !ok {
		return element{}, nil, false
	}
	data = data[header:]
	if size < 0 || size > len(data) {
		e.content = data
		return e, nil, true
	}
	e.content, e.whole = data[:size], true
	return e, data[size:], true
}

// indefinite is the length of an element that ends with a mark.
const indefinite = 0x80

// lengthOf reads the length of an element: of its content, and of the header before it.
// ok is false if it is indefinite, too long or cut off.
func lengthOf(data []byte) (size, header int, ok bool) {
	const longest = 4
	if len(data) < 2 {
		return 0, 0, false
	}
	if data[1] < indefinite {
		return int(data[1]), 2, true
	}
	n := int(data[1] & 0x7f)
	if n == 0 || n > longest || len(data) < 2+n {
		return 0, 0, false
	}
	for _, b := range data[2 : 2+n] {
		size = size<<8 | int(b)
	}
	return size, 2 + n, true
}

// children returns the first elements of a content.
func children(content []byte) (all []element) {
	const most = 10
	for len(content) > 0 && len(all) < most {
		e, rest, ok := next(content)
		if !ok {
			break
		}
		all = append(all, e)
		content = rest
	}
	return all
}

// tagsAre reports whether elements begin with the given tags.
func tagsAre(all []element, tags ...byte) bool {
	if len(all) < len(tags) {
		return false
	}
	for i, tag := range tags {
		if all[i].tag != tag {
			return false
		}
	}
	return true
}

// DER says what the content of a block or a binary file is. A structure that is cut off
// is CutOff, whatever it was to be.
func DER(data []byte) Kind {
	if len(data) > 0 && data[0] == tagOID {
		if _, rest, ok := next(data); ok && len(rest) == 0 {
			return CurveName
		}
		return Unknown
	}
	outer, rest, ok := next(data)
	if !ok || outer.tag != tagSequence {
		return Unknown
	}
	indefinite := data[1] == 0x80
	kind := structure(outer.content)
	switch {
	case indefinite && (kind == PKCS7 || kind == Sealed || kind == PKCS12 || kind == PKCS12Legacy):
		return kind
	case indefinite, kind == Unknown && !outer.whole && len(children(outer.content)) < 1:
		return Unknown
	case !outer.whole:
		return CutOff
	case len(rest) > 0:
		return Surplus
	case kind == Certificate && !fits(data):
		return Broken
	default:
		return kind
	}
}

// structure tells what a SEQUENCE is by the tags in it.
func structure(content []byte) Kind {
	all := children(content)
	switch {
	case tagsAre(all, tagSequence, tagSequence, tagBitString), tagsAre(all, tagSequence) && len(all) == 1 && !all[0].whole:
		return signed(all[0].content)
	case tagsAre(all, tagSequence, tagBitString) && tagsAre(children(all[0].content), tagOID):
		return PublicKey
	case tagsAre(all, tagSequence, tagOctets) && len(all) == 2 && tagsAre(children(all[0].content), tagOID):
		return EncryptedKey
	case tagsAre(all, tagOID, tagExplicit0) && bytes.Equal(all[0].content, oidSignedData):
		return PKCS7
	case tagsAre(all, tagOID, tagExplicit0) && bytes.HasPrefix(all[0].content, oidPKCS7):
		return Sealed
	case tagsAre(all, tagInteger):
		return versioned(all, content)
	default:
		return Unknown
	}
}

// versioned tells what a SEQUENCE that begins with a number is: a key, or PKCS#12.
func versioned(all []element, content []byte) Kind {
	switch {
	case tagsAre(all, tagInteger, tagInteger) && len(all) == 2:
		return PublicKey
	case tagsAre(all, tagInteger, tagInteger, tagInteger, tagInteger):
		return PrivateKey
	case tagsAre(all, tagInteger, tagOctets), tagsAre(all, tagInteger, tagSequence, tagOctets):
		if bytes.Contains(content, oidSM2Curve) {
			return SM2PrivateKey
		}
		return PrivateKey
	case tagsAre(all, tagInteger, tagSequence) && bytes.Equal(all[0].content, []byte{3}) && tagsAre(children(all[1].content), tagOID):
		return pkcs12(content)
	default:
		return Unknown
	}
}

// pkcs12 looks for the algorithms that OpenSSL 3 does not load by itself: numbers 1, 2
// (RC4), 5 and 6 (RC2).
func pkcs12(content []byte) Kind {
	for at := bytes.Index(content, oidPKCS12PBE); at >= 0; at = bytes.Index(content, oidPKCS12PBE) {
		content = content[at+len(oidPKCS12PBE):]
		if len(content) > 0 && content[0] != 3 && content[0] != 4 {
			return PKCS12Legacy
		}
	}
	return PKCS12
}

// signed tells what is signed: a certificate, a request or a revocation list.
func signed(content []byte) Kind {
	all := children(content)
	for _, e := range all {
		if e.tag == tagUTCTime || e.tag == tagTime {
			return RevocationList
		}
	}
	switch {
	case tagsAre(all, tagInteger, tagSequence, tagSequence) && len(all) <= 4:
		return Request
	case tagsAre(all, tagExplicit0, tagInteger, tagSequence, tagSequence, tagSequence), tagsAre(all, tagInteger, tagSequence, tagSequence, tagSequence, tagSequence):
		if bytes.Contains(content, oidSM2Curve) {
			return SM2Certificate
		}
		return Certificate
	default:
		return Unknown
	}
}

// fits reports whether every element ends where the one around it ends, in constructed
// elements all the way down.
func fits(data []byte) bool {
	const deepest = 32
	var walk func(content []byte, depth int) bool
	walk = func(content []byte, depth int) bool {
		for len(content) > 0 {
			e, rest, ok := next(content)
			if !ok || !e.whole || depth == deepest || e.tag&0x20 != 0 && !walk(e.content, depth+1) {
				return false
			}
			content = rest
		}
		return true
	}
	return walk(data, 0)
}

// Missing returns how many bytes a DER promises that are not there: negative if there
// are more than it promises.
func Missing(der []byte) int {
	size, header, ok := lengthOf(der)
	if !ok {
		return 0
	}
	return size + header - len(der)
}

// Certificates returns the certificates of a PKCS#7 structure in DER, as they stand
// there. ok is false if it is none, or holds none.
func Certificates(der []byte) (all [][]byte, ok bool) {
	var content, signed, certificates cryptobyte.String
	var oid cryptobyte.String
	input := cryptobyte.String(der)
	explicit := asn1.Tag(0).ContextSpecific().Constructed()
	var has bool
	if !input.ReadASN1(&content, asn1.SEQUENCE) || !input.Empty() ||
		!content.ReadASN1(&oid, asn1.OBJECT_IDENTIFIER) || !bytes.Equal(oid, oidSignedData) ||
		!content.ReadASN1(&signed, explicit) || !signed.ReadASN1(&signed, asn1.SEQUENCE) ||
		!signed.SkipASN1(asn1.INTEGER) || !signed.SkipASN1(asn1.SET) || !signed.SkipASN1(asn1.SEQUENCE) ||
		!signed.ReadOptionalASN1(&certificates, &has, explicit) || !has {
		return nil, false
	}
	for !certificates.Empty() {
		var one cryptobyte.String
		if !certificates.ReadASN1Element(&one, asn1.SEQUENCE) {
			return nil, false
		}
		all = append(all, one)
	}
	return all, len(all) > 0
}

// openSSHMagic begins the content of a block OPENSSH PRIVATE KEY.
const openSSHMagic = "openssh-key-v1\x00"

// OpenSSH reads the public part of the content of a block OPENSSH PRIVATE KEY: the type
// of the key, such as ssh-rsa, and whether it is encrypted. ok is false if it is none.
func OpenSSH(data []byte) (keyType string, encrypted, ok bool) {
	s, isKey := bytes.CutPrefix(data, []byte(openSSHMagic))
	if !isKey {
		return "", false, false
	}
	field := func() (value []byte) {
		input := cryptobyte.String(s)
		var size uint32
		if !input.ReadUint32(&size) || uint64(size) > uint64(len(input)) || !input.ReadBytes(&value, int(size)) {
			ok = false
		}
		s = input
		return value
	}
	ok = true
	cipher := field()
	field() // the derivation
	field() // its options
	if len(s) < 4 {
		return "", false, false
	}
	s = s[4:] // the number of keys
	s = field()
	name := string(field())
	return name, string(cipher) != "none", ok
}
