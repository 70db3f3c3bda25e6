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

// keyProblem is what is wrong with a key; cond 0 is nothing.
type keyProblem struct {
	cond   errcodes.Condition
	reason errcodes.Message
}

func malformed(en, zh string) keyProblem {
	return keyProblem{errcodes.CondPrivateKeyMalformed, errcodes.Message{EN: en, ZH: zh}}
}

func unsupported(en, zh string, args ...any) keyProblem {
	return keyProblem{errcodes.CondPrivateKeyUnsupported, say(en, zh, args...)}
}

func notAKey() (parsedKey, keyProblem) {
	return parsedKey{}, malformed("not a private key in PKCS#1, SEC 1 or PKCS#8 form", "不是 PKCS#1、SEC 1 或 PKCS#8 格式的私钥")
}

// parseKey reads an unencrypted private key by its content, whatever its label.
// The three forms are told apart by what follows the version: an INTEGER, an
// OCTET STRING or a SEQUENCE.
//
// Its structure is walked strictly here, because OpenSSL refuses extra elements
// that Go passes over. Whether the numbers fit each other, Go decides.
func parseKey(der []byte) (parsedKey, keyProblem) {
	input := cryptobyte.String(der)
	var seq cryptobyte.String
	if !input.ReadASN1(&seq, tag.SEQUENCE) || !input.Empty() {
		return notAKey()
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
		return parsedKey{}, malformed("an EC key that is not in SEC 1 form", "EC 私钥不符合 SEC 1 格式")
	}
	oid := outer
	if hasParams {
		var problem keyProblem
		if oid, problem = namedCurve(params); problem.cond != 0 {
			return parsedKey{}, problem
		}
		if outer != nil && !outer.Equal(oid) {
			return parsedKey{}, malformed("an EC key that names two curves", "EC 私钥指明了两条不同的曲线")
		}
	}
	if oid == nil {
		return parsedKey{}, malformed("an EC key that names no curve", "EC 私钥没有指明曲线")
	}
	curve := curveOf(oid)
	if curve == nil {
		return parsedKey{}, unsupported("an EC key on a curve other than P-224, P-256, P-384 and P-521", "EC 私钥的曲线不是 P-224、P-256、P-384 或 P-521")
	}
	key, ok := ecKey(curve, scalar)
	if !ok {
		return parsedKey{}, malformed("an EC key whose scalar is out of range", "EC 私钥的标量超出范围")
	}
	if hasPoint && !isPointOf(point, key) {
		return parsedKey{}, malformed("an EC key whose embedded public key is that of another key", "EC 私钥内嵌的公钥与私钥不一致")
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
		return nil, unsupported("an EC key with explicit curve parameters instead of a named curve", "EC 私钥使用显式曲线参数，而不是命名曲线")
	default:
		return nil, malformed("an EC key whose curve cannot be read", "EC 私钥的曲线无法读取")
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

// ecKey makes a key of a scalar. Leading zeros may be missing or too many: both
// Go and OpenSSL pass over that.
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
	var bits []byte
	if !point.ReadASN1BitStringAsBytes(&bits) || !point.Empty() {
		return false
	}
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

// parsePKCS8 reads what follows the version of a PKCS#8 key.
func parsePKCS8(version int64, rest cryptobyte.String) (parsedKey, keyProblem) {
	var (
		algorithm, inner, attributes cryptobyte.String
		oid                          asn1.ObjectIdentifier
		hasAttributes                bool
	)
	if !rest.ReadASN1(&algorithm, tag.SEQUENCE) || !algorithm.ReadASN1ObjectIdentifier(&oid) ||
		!rest.ReadASN1(&inner, tag.OCTET_STRING) ||
		!rest.ReadOptionalASN1(&attributes, &hasAttributes, tag.Tag(0).ContextSpecific().Constructed()) {
		return parsedKey{}, malformed("not a sound PKCS#8 key", "PKCS#8 结构不合法")
	}
	if !rest.Empty() {
		if version == 1 {
			return parsedKey{}, malformed("a PKCS#8 key of version 2 with a public key in it, which OpenSSL 3.0 does not read: convert with a newer openssl pkey", "带公钥的 PKCS#8 第 2 版私钥，OpenSSL 3.0 无法读取：请用较新的 openssl pkey 转换")
		}
		return parsedKey{}, malformed("a PKCS#8 key with something behind it", "PKCS#8 私钥之后有多余内容")
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
		if len(params) > 0 && string(params) != "\x05\x00" {
			return parsedKey{}, malformed("a PKCS#8 RSA key with parameters, which it must not have", "PKCS#8 中的 RSA 私钥带有不应存在的参数")
		}
		numbers := inner
		var version int64
		if !numbers.ReadASN1(&numbers, tag.SEQUENCE) || !numbers.ReadASN1Integer(&version) || !numbers.PeekASN1Tag(tag.INTEGER) {
			return parsedKey{}, malformed("a PKCS#8 key whose RSA key cannot be read", "PKCS#8 中的 RSA 私钥无法读取")
		}
		return parsePKCS1(inner, version, numbers)
	case oid.Equal(oidEC):
		curve, problem := namedCurve(params)
		if problem.cond != 0 {
			return parsedKey{}, problem
		}
		body := inner
		if !body.ReadASN1(&body, tag.SEQUENCE) {
			return parsedKey{}, malformed("a PKCS#8 key whose EC key cannot be read", "PKCS#8 中的 EC 私钥无法读取")
		}
		return parseSEC1(body, curve)
	case oid.Equal(oidEd25519):
		var seed cryptobyte.String
		if !params.Empty() || !inner.ReadASN1(&seed, tag.OCTET_STRING) || !inner.Empty() || len(seed) != ed25519.SeedSize {
			return parsedKey{}, malformed("an Ed25519 key that is not one of 32 bytes", "Ed25519 私钥不是 32 字节")
		}
		return parsedKey{kind: kindEd25519, public: ed25519.NewKeyFromSeed(seed).Public()}, keyProblem{}
	case oid.Equal(oidRSAPSS):
		return parsedKey{}, unsupported("an RSA-PSS key: use a plain RSA key", "RSA-PSS 私钥：请使用普通 RSA 私钥")
	case oid.Equal(oidDSA):
		return parsedKey{}, unsupported("a DSA key", "DSA 私钥")
	default:
		return parsedKey{}, unsupported("a key of algorithm %[1]v, which is none of RSA, ECDSA and Ed25519", "算法为 %[1]v 的私钥，不是 RSA、ECDSA 或 Ed25519", oid)
	}
}
