package fastpath

import (
	"bytes"
	stded25519 "crypto/ed25519"
	"strings"
)

// Form is the form of a private key.
type Form uint8

// The forms that are recognized.
const (
	PKCS1 Form = iota + 1
	SEC1
	PKCS8
)

// key is a private key in its parts, which may not fit each other.
type key struct {
	kind
	numbers rsaNumbers
	secret  []byte // EC: the scalar; Ed25519: the seed
	point   []byte // EC: the embedded public key, if there is one
}

// readKey reads a text of one private key into scratch.
func readKey(scratch []byte, text string) (k key, ok bool) {
	f, n := decodeKey(scratch, text)
	if n == 0 {
		return k, false
	}
	switch der := scratch[:n]; f {
	case PKCS1:
		return readPKCS1(der)
	case SEC1:
		return readSEC1(der, 0)
	default:
		return readPKCS8(der)
	}
}

// decodeKey decodes a text of one private key; n is 0 if it is not recognized.
func decodeKey(dst []byte, text string) (f Form, n int) {
	f, n, text = decodeKeyBlock(dst, text)
	if rest, ok := skipText(text); n == 0 || !ok || rest != "" {
		return 0, 0
	}
	return f, n
}

// decodeKeyBlock decodes the block of a private key that a text begins with.
func decodeKeyBlock(dst []byte, text string) (f Form, n int, rest string) {
	const dashes = "-----"
	const rsaLabel, ecLabel, plainLabel = "RSA PRIVATE KEY-----", "EC PRIVATE KEY-----", "PRIVATE KEY-----"
	const begin, end = dashes + "BEGIN ", dashes + "END "
	switch label := strings.TrimPrefix(text, begin); {
	case strings.HasPrefix(label, plainLabel):
		f = PKCS8
		n, rest = decodeBlock(dst, text, begin+plainLabel+"\n", end+plainLabel)
	case strings.HasPrefix(label, rsaLabel):
		f = PKCS1
		n, rest = decodeBlock(dst, text, begin+rsaLabel+"\n", end+rsaLabel)
	case strings.HasPrefix(label, ecLabel):
		f = SEC1
		n, rest = decodeBlock(dst, text, begin+ecLabel+"\n", end+ecLabel)
	}
	return f, n, rest
}

func readPKCS1(der []byte) (k key, ok bool) {
	const version = "\x02\x01\x00"
	in, ok := whole(der, tagSequence)
	if !ok || !hasPrefix(in, version) {
		return k, false
	}
	k.kind = rsa
	k.numbers, ok = readRSA(in[len(version):])
	return k, ok
}

func readPKCS8(der []byte) (k key, ok bool) {
	const version = "\x02\x01\x00"
	in, ok := whole(der, tagSequence)
	if !ok || !hasPrefix(in, version) {
		return k, false
	}
	algorithm, in, ok := element(in[len(version):], tagSequence)
	if !ok {
		return k, false
	}
	inner, ok := whole(in, tagOctetString)
	if !ok {
		return k, false
	}
	switch kind := algorithmKind(algorithm); kind {
	case rsa:
		return readPKCS1(inner)
	case p256, p384:
		return readSEC1(inner, kind)
	case ed25519:
		k.kind = kind
		k.secret, ok = whole(inner, tagOctetString)
		return k, ok && len(k.secret) == stded25519.SeedSize
	default:
		return k, false
	}
}

// readSEC1 reads an EC key; outer is the kind that a PKCS#8 wrapper names, or 0.
func readSEC1(der []byte, outer kind) (k key, ok bool) {
	const version = "\x02\x01\x01"
	in, ok := whole(der, tagSequence)
	if !ok || !hasPrefix(in, version) {
		return k, false
	}
	if k.secret, in, ok = element(in[len(version):], tagOctetString); !ok {
		return k, false
	}
	k.kind = outer
	if curve, rest, named := element(in, tagConstructed); named {
		k.kind, in = curveKind(curve), rest
	}
	if len(in) > 0 {
		bits, ok := whole(in, tagConstructed|1)
		if !ok {
			return k, false
		}
		if k.point, in, ok = octets(bits); !ok || len(in) > 0 {
			return k, false
		}
	}
	return k, k.kind != 0 && (outer == 0 || outer == k.kind) && len(k.secret) == k.fieldSize()
}

// public returns the public half of a key, if the key is sound. likely is the key that
// it probably is; a point of another key is appended to a buffer.
func (k *key) public(likely *publicKey, buffer []byte) (p publicKey, sound bool) {
	switch k.kind {
	case rsa:
		sound, _ = k.numbers.consistent()
		return publicKey{kind: rsa, n: k.numbers.n, e: k.numbers.e}, sound
	case ed25519:
		own := stded25519.NewKeyFromSeed(k.secret)
		defer clear(own)
		return publicKey{kind: ed25519, point: append(buffer, own[stded25519.SeedSize:]...)}, true
	default:
		if !k.isScalar(k.secret) {
			return p, false
		}
		p = publicKey{kind: k.kind, point: k.publicPoint(k.secret, likely.point, buffer)}
		return p, k.point == nil || bytes.Equal(k.point, p.point)
	}
}

// Key reports whether the DER of a private key on a curve that is recognized is sound and
// has the public half in a SubjectPublicKeyInfo, and in which form it is.
func Key(der, publicKeyInfo []byte) (f Form, ok bool) {
	likely, rest, ok := readPublicKey(publicKeyInfo)
	if !ok || len(rest) > 0 || likely.kind == rsa {
		return 0, false
	}
	f = SEC1
	k, ok := readSEC1(der, 0)
	if !ok {
		f = PKCS8
		k, ok = readPKCS8(der)
	}
	if !ok || k.kind != likely.kind {
		return 0, false
	}
	var buffer [longestPoint]byte
	own, ok := k.public(&likely, buffer[:0])
	return f, ok && own.equal(&likely)
}
