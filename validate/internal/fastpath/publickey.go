package fastpath

import (
	"bytes"
	"math/bits"
)

// kind is the kind of a key; zero is none.
type kind uint8

const (
	rsa kind = iota + 1
	p256
	p384
	ed25519
)

// The algorithm identifiers of keys, without their SEQUENCE header.
const (
	oidRSA     = "\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01\x05\x00" // and NULL
	oidEC      = "\x06\x07\x2a\x86\x48\xce\x3d\x02\x01"                 // and a curve
	oidEd25519 = "\x06\x03\x2b\x65\x70"
	curveP256  = "\x06\x08\x2a\x86\x48\xce\x3d\x03\x01\x07"
	curveP384  = "\x06\x05\x2b\x81\x04\x00\x22"
)

// algorithmKind returns the kind of key that the content of an
// AlgorithmIdentifier stands for.
func algorithmKind(content []byte) kind {
	switch string(content) {
	case oidRSA:
		return rsa
	case oidEC + curveP256:
		return p256
	case oidEC + curveP384:
		return p384
	case oidEd25519:
		return ed25519
	default:
		return 0
	}
}

// curveKind returns the kind of key on a curve.
func curveKind(parameters []byte) kind {
	switch string(parameters) {
	case curveP256:
		return p256
	case curveP384:
		return p384
	default:
		return 0
	}
}

// fieldSize is the length of a coordinate and of a scalar, in bytes.
func (k kind) fieldSize() int {
	if k == p384 {
		return 48
	}
	return 32
}

// publicKey is a public key in its parts.
type publicKey struct {
	kind
	n, e  []byte // RSA: without sign bytes
	point []byte // EC: uncompressed; Ed25519: as it is
}

// Lengths in bytes. TLS servers load moduli of twice the length.
const (
	longestModulus = 1024
	longestPoint   = 1 + 2*48 // of P-384
)

func (k *publicKey) equal(other *publicKey) bool {
	return k.kind == other.kind && bytes.Equal(k.n, other.n) && bytes.Equal(k.e, other.e) && (k.kind == rsa || bytes.Equal(k.point, other.point))
}

// resembles reports whether two different keys have the same kind and, for RSA, moduli
// of the same length: then a reason has nothing more to say.
func (k *publicKey) resembles(other *publicKey) bool {
	if k.kind != other.kind {
		return false
	}
	return k.kind != rsa || len(k.n) == len(other.n) && bits.Len8(k.n[0]) == bits.Len8(other.n[0]) && !bytes.Equal(k.n, other.n)
}

// readPublicKey reads a SubjectPublicKeyInfo. It does not check that a point is on its
// curve.
func readPublicKey(in []byte) (k publicKey, rest []byte, ok bool) {
	const uncompressed = 4
	info, rest, ok := element(in, tagSequence)
	if !ok {
		return k, nil, false
	}
	algorithm, info, ok := element(info, tagSequence)
	if !ok {
		return k, nil, false
	}
	content, info, ok := octets(info)
	if !ok || len(info) > 0 {
		return k, nil, false
	}
	k.kind, k.point = algorithmKind(algorithm), content
	switch k.kind {
	case rsa:
		k.n, k.e, ok = readRSAPublicKey(content)
	case p256, p384:
		ok = len(content) == 1+2*k.fieldSize() && content[0] == uncompressed
	case ed25519:
		ok = len(content) == k.fieldSize()
	default:
		ok = false
	}
	return k, rest, ok
}

func readRSAPublicKey(in []byte) (n, e []byte, ok bool) {
	numbers, ok := whole(in, tagSequence)
	if !ok {
		return nil, nil, false
	}
	n, numbers, ok = positive(numbers)
	if !ok || len(n) > longestModulus {
		return nil, nil, false
	}
	e, numbers, ok = positive(numbers)
	return n, e, ok && len(numbers) == 0 && isExponent(e)
}

// isExponent reports whether a public exponent is odd, above 1 and below 2³¹.
func isExponent(e []byte) bool {
	odd := e[len(e)-1]&1 == 1
	return odd && len(e) <= longestExponent && (len(e) < longestExponent || e[0] < 0x80) && (len(e) > 1 || e[0] > 1)
}

// onCurve reports whether the key is no point, or one on its curve.
func (k *publicKey) onCurve() bool {
	if k.kind != p256 && k.kind != p384 {
		return true
	}
	return k.isPoint(k.point)
}
