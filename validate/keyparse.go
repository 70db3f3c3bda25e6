package validate

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/elliptic"
	"encoding/asn1"

	"golang.org/x/crypto/cryptobyte"
	tag "golang.org/x/crypto/cryptobyte/asn1"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/validate/internal/message"
	"github.com/alicert/alicert/validate/internal/openssl"
)

// The labels of private-key blocks.
const (
	rsaLabel       = "RSA PRIVATE KEY" // PKCS#1
	ecLabel        = "EC PRIVATE KEY"  // SEC 1
	pkcs8Label     = "PRIVATE KEY"
	encryptedLabel = "ENCRYPTED PRIVATE KEY"
)

type keyKind string

const (
	kindRSA     keyKind = "RSA"
	kindECDSA   keyKind = "ECDSA"
	kindEd25519 keyKind = "Ed25519"
)

// parsedKey is a sound private key.
type parsedKey struct {
	kind   keyKind
	fits   string // the label that fits the form of the content
	public crypto.PublicKey
	pkcs1  []byte // for RSA: its PKCS#1 form
}

// keyProblem is the fault of a key; cond 0 means none.
type keyProblem struct {
	cond   errcodes.Condition
	reason message.Reason
}

func malformed(reason message.ID) keyProblem {
	return keyProblem{errcodes.CondPrivateKeyMalformed, reason.With()}
}

func unsupported(reason message.ID, args ...any) keyProblem {
	return keyProblem{errcodes.CondPrivateKeyUnsupported, reason.With(args...)}
}

func notAKey() (parsedKey, keyProblem) {
	return parsedKey{}, malformed(message.NotAKey)
}

// parseKey reads an unencrypted private key by its content, not by its label.
// The three forms are told apart by what follows the version: an INTEGER, an
// OCTET STRING or a SEQUENCE.
//
// Its structure is walked strictly here, because OpenSSL refuses extra elements
// that Go passes over. Whether the numbers fit each other, Go decides.
func parseKey(der []byte) (parsedKey, keyProblem) {
	input := cryptobyte.String(der)
	var seq cryptobyte.String
	if !input.ReadASN1(&seq, tag.SEQUENCE) {
		return notAKey()
	}
	if len(input) > 0 {
		return behindKey(der[:len(der)-len(input)], len(input))
	}
	var version int64
	body := seq
	if !seq.ReadASN1Integer(&version) {
		return notAKey()
	}
	switch {
	case seq.PeekASN1Tag(tag.INTEGER):
		return parsePKCS1(der, version, seq)
	case seq.PeekASN1Tag(tag.OCTET_STRING):
		return parseSEC1(body, nil)
	case seq.PeekASN1Tag(tag.SEQUENCE):
		return parsePKCS8(version, seq)
	default:
		return notAKey()
	}
}

// behindKey says what is wrong with a block in which so many bytes follow the first
// element: what follows, if the element is a key.
func behindKey(element []byte, more int) (parsedKey, keyProblem) {
	_, problem := parseKey(element)
	if problem.cond == 0 {
		problem = keyProblem{errcodes.CondPrivateKeyMalformed, message.BehindKey.With(more)}
	}
	return parsedKey{}, problem
}

var (
	oidP224 = asn1.ObjectIdentifier{1, 3, 132, 0, 33}
	oidP256 = asn1.ObjectIdentifier{1, 2, 840, 10045, 3, 1, 7}
	oidP384 = asn1.ObjectIdentifier{1, 3, 132, 0, 34}
	oidP521 = asn1.ObjectIdentifier{1, 3, 132, 0, 35}
)

// parseSEC1 reads an EC key. outer is the curve that a PKCS#8 wrapper names,
// or nil.
func parseSEC1(body cryptobyte.String, outer asn1.ObjectIdentifier) (parsedKey, keyProblem) {
	var (
		version       int64
		scalar        cryptobyte.String
		params, point cryptobyte.String
		hasParams     bool
		hasPoint      bool
	)
	if !body.ReadASN1Integer(&version) || version != 1 ||
		!body.ReadASN1(&scalar, tag.OCTET_STRING) ||
		!body.ReadOptionalASN1(&params, &hasParams, tag.Tag(0).ContextSpecific().Constructed()) ||
		!body.ReadOptionalASN1(&point, &hasPoint, tag.Tag(1).ContextSpecific().Constructed()) ||
		!body.Empty() {
		return parsedKey{}, malformed(message.NotSEC1)
	}
	oid := outer
	if hasParams {
		var problem keyProblem
		if oid, problem = namedCurve(params); problem.cond != 0 {
			return parsedKey{}, problem
		}
		if outer != nil && !outer.Equal(oid) {
			return parsedKey{}, malformed(message.ECTwoCurves)
		}
	}
	if oid == nil {
		return parsedKey{}, malformed(message.ECNoCurve)
	}
	curve := curveOf(oid)
	if curve == nil {
		return parsedKey{}, unsupported(message.ECCurveUnsupported)
	}
	key, ok := ecKey(curve, scalar)
	if !ok {
		return parsedKey{}, malformed(message.ECScalarRange)
	}
	if hasPoint && !isPointOf(point, key) {
		return parsedKey{}, malformed(message.ECPublicDiffers)
	}
	return parsedKey{kind: kindECDSA, fits: ecLabel, public: &key.PublicKey}, keyProblem{}
}

// namedCurve reads ECParameters: an object identifier, or a curve spelled out.
func namedCurve(params cryptobyte.String) (asn1.ObjectIdentifier, keyProblem) {
	var oid asn1.ObjectIdentifier
	switch {
	case params.PeekASN1Tag(tag.OBJECT_IDENTIFIER) && params.ReadASN1ObjectIdentifier(&oid) && params.Empty():
		return oid, keyProblem{}
	case params.PeekASN1Tag(tag.SEQUENCE):
		return nil, unsupported(message.ECExplicitCurve)
	default:
		return nil, malformed(message.ECCurveUnreadable)
	}
}

func curveOf(oid asn1.ObjectIdentifier) elliptic.Curve {
	switch {
	case oid.Equal(oidP256):
		return elliptic.P256()
	case oid.Equal(oidP384):
		return elliptic.P384()
	case oid.Equal(oidP521):
		return elliptic.P521()
	case oid.Equal(oidP224):
		return elliptic.P224()
	default:
		return nil
	}
}

// ecKey makes a key of a scalar. Go and OpenSSL both accept missing and surplus
// leading zeros.
func ecKey(curve elliptic.Curve, scalar []byte) (*ecdsa.PrivateKey, bool) {
	size := (curve.Params().N.BitLen() + 7) / 8
	for len(scalar) > size {
		if scalar[0] != 0 {
			return nil, false
		}
		scalar = scalar[1:]
	}
	padded := make([]byte, size)
	copy(padded[size-len(scalar):], scalar)
	key, err := ecdsa.ParseRawPrivateKey(curve, padded)
	return key, err == nil
}

// isPointOf reports whether an embedded public key, a BIT STRING, is that of the
// private key, in any of the encodings of a point.
func isPointOf(point cryptobyte.String, key *ecdsa.PrivateKey) bool {
	var s asn1.BitString // whose count of unused bits nobody looks at, as long as they are 0
	if !point.ReadASN1BitString(&s) || !point.Empty() {
		return false
	}
	bits := s.Bytes
	full, err := key.PublicKey.Bytes()
	if err != nil || len(bits) == 0 {
		return false
	}
	coordinate := (len(full) - 1) / 2
	parity := full[len(full)-1] & 1
	switch bits[0] {
	case 4:
		return string(bits) == string(full)
	case 6 | parity: // hybrid
		return string(bits[1:]) == string(full[1:])
	case 2 | parity: // compressed
		return string(bits[1:]) == string(full[1:1+coordinate])
	default:
		return false
	}
}

var (
	oidRSA     = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 1}
	oidRSAPSS  = asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 10}
	oidDSA     = asn1.ObjectIdentifier{1, 2, 840, 10040, 4, 1}
	oidEC      = asn1.ObjectIdentifier{1, 2, 840, 10045, 2, 1}
	oidEd25519 = asn1.ObjectIdentifier{1, 3, 101, 112}
)

// parsePKCS8 reads the elements behind the version of a PKCS#8 key.
func parsePKCS8(version int64, rest cryptobyte.String) (parsedKey, keyProblem) {
	var (
		algorithm, inner, attributes cryptobyte.String
		oid                          asn1.ObjectIdentifier
		hasAttributes                bool
	)
	if !rest.ReadASN1(&algorithm, tag.SEQUENCE) || !algorithm.ReadASN1ObjectIdentifier(&oid) ||
		!rest.ReadASN1(&inner, tag.OCTET_STRING) ||
		!rest.ReadOptionalASN1(&attributes, &hasAttributes, tag.Tag(0).ContextSpecific().Constructed()) {
		return parsedKey{}, malformed(message.NotPKCS8)
	}
	if !rest.Empty() {
		if version == 1 {
			return parsedKey{}, malformed(message.PKCS8Version2)
		}
		return parsedKey{}, malformed(message.PKCS8Trailing)
	}
	if !openssl.Parameters(algorithm) {
		return parsedKey{}, malformed(message.PKCS8Parameters)
	}
	if !openssl.Attributes(attributes) {
		return parsedKey{}, malformed(message.PKCS8Attributes)
	}
	key, problem := parsePKCS8Inner(oid, algorithm, inner)
	if problem.cond != 0 {
		return parsedKey{}, problem
	}
	key.fits = pkcs8Label
	return key, keyProblem{}
}

func parsePKCS8Inner(oid asn1.ObjectIdentifier, params, inner cryptobyte.String) (parsedKey, keyProblem) {
	switch {
	case oid.Equal(oidRSA):
		numbers := inner
		var version int64
		if !numbers.ReadASN1(&numbers, tag.SEQUENCE) || !numbers.ReadASN1Integer(&version) || !numbers.PeekASN1Tag(tag.INTEGER) {
			return parsedKey{}, malformed(message.PKCS8RSAUnreadable)
		}
		return parsePKCS1(inner, version, numbers)
	case oid.Equal(oidEC):
		curve, problem := namedCurve(params)
		if problem.cond != 0 {
			return parsedKey{}, problem
		}
		body := inner
		if !body.ReadASN1(&body, tag.SEQUENCE) {
			return parsedKey{}, malformed(message.PKCS8ECUnreadable)
		}
		return parseSEC1(body, curve)
	case oid.Equal(oidEd25519):
		var seed cryptobyte.String
		if !params.Empty() || !inner.ReadASN1(&seed, tag.OCTET_STRING) || !inner.Empty() || len(seed) != ed25519.SeedSize {
			return parsedKey{}, malformed(message.Ed25519Length)
		}
		return parsedKey{kind: kindEd25519, public: ed25519.NewKeyFromSeed(seed).Public()}, keyProblem{}
	case oid.Equal(oidRSAPSS):
		return parsedKey{}, unsupported(message.RSAPSSKey)
	case oid.Equal(oidDSA):
		return parsedKey{}, unsupported(message.DSAKey)
	default:
		return parsedKey{}, unsupported(message.KeyAlgorithmUnsupported, oid)
	}
}
