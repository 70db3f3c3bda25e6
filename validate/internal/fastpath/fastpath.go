// Package fastpath recognizes usual certificates and keys fast. It builds no
// certificate and no key, and all of its scratch memory is on the stack.
//
// It only recognizes sound inputs, and whether a sound key is that of a sound
// certificate. It leaves everything unusual to the full check, which alone finds
// faults. A bug here can only be slow or accept too much; the fuzz target FuzzFastpath
// checks the latter. So each rule here accepts a subset of what Go, OpenSSL and the
// full check accept:
//
//   - PEM in its canonical form: blocks of 64-character lines, LF at the end of
//     each line, and between blocks no text that looks like one
//   - certificates of version 3 of at most 4 KiB, with the usual algorithms and
//     extensions, in DER
//   - keys in PKCS#1, SEC 1 or PKCS#8 form under the label that fits, in DER: RSA
//     of two primes, P-256, P-384, Ed25519
//
// The numbers of an RSA key are the one exception: [RSA] may also answer that they are
// not sound.
//
// The arithmetic on keys is not in constant time: the key is the caller's own,
// and so is the process. Scratch that held a key is cleared.
package fastpath

import (
	"bytes"
	"time"
)

// Longest contents of a block, in bytes. Most server certificates have less than
// 2 KiB, RSA-4096 keys in PKCS#8 form less than 2400 bytes. Longer contents are not
// recognized.
const (
	longestCertificate = 4 << 10
	longestKey         = 2560
)

const (
	certificateBegin = "-----BEGIN CERTIFICATE-----\n"
	certificateEnd   = "-----END CERTIFICATE-----"
)

// An Answer is the result for a certificate chain and a private key.
type Answer uint8

const (
	// Unknown leaves the decision to the full check.
	Unknown Answer = iota

	// Sound means that a TLS server can load chain and key, and that the first
	// certificate is a server certificate with this key.
	Sound

	// Mismatch means that chain and key are sound, but the key is that of none
	// of the certificates. It is of the same kind and length as the first one's.
	Mismatch
)

// Pair checks a certificate chain and a private key. A sound chain is valid at the
// given time, if that is not zero.
func Pair(chain, key string, at time.Time) Answer { return PairLeaf(chain, key, at, nil) }

// PairLeaf is Pair, and describes the first certificate of a sound pair, if there is a
// place for it.
func PairLeaf(chain, key string, at time.Time, described *Leaf) Answer {
	var secret [longestKey]byte
	defer clear(secret[:])
	k, ok := readKey(secret[:], key) // the shorter of the two
	if !ok {
		return Unknown
	}
	var scratch [longestCertificate]byte
	leaf, size, rest, ok := readLeaf(scratch[:], chain, at)
	if !ok || k.kind != leaf.kind {
		return Unknown
	}
	var point [longestPoint]byte
	own, ok := k.public(&leaf.publicKey, point[:0])
	switch {
	case !ok:
		return Unknown
	case own.equal(&leaf.publicKey):
		if described != nil {
			*described = leafOf(bytes.Clone(scratch[:size]), leaf.from.Unix(), leaf.until.Unix())
		}
		if readIssuers(scratch[:], rest, nil) {
			return Sound
		}
	case own.resembles(&leaf.publicKey) && leaf.onCurve():
		if readIssuers(scratch[:], rest, &own) {
			return Mismatch
		}
	}
	return Unknown
}

// Chain reports that a TLS server can load a certificate chain, that the first
// certificate is a server certificate, and that it is valid at the given time (if
// that is not zero).
func Chain(chain string, at time.Time) bool {
	var scratch [longestCertificate]byte
	leaf, _, rest, ok := readLeaf(scratch[:], chain, at)
	return ok && leaf.onCurve() && readIssuers(scratch[:], rest, nil)
}

// readLeaf reads the first certificate. It does not check that the public key is a
// point on its curve.
func readLeaf(scratch []byte, text string, at time.Time) (c certificate, size int, rest string, ok bool) {
	c, size, rest, ok = readNext(scratch, text)
	return c, size, rest, ok && c.server && (at.IsZero() || !at.Before(c.from) && !at.After(c.until))
}

// readIssuers reads the certificates behind the first one. None may have the given
// key, if there is one.
func readIssuers(scratch []byte, text string, none *publicKey) bool {
	for {
		rest, ok := skipText(text)
		if !ok || rest == "" {
			return ok
		}
		var c certificate
		if c, _, text, ok = readNext(scratch, rest); !ok || !c.onCurve() || none != nil && none.equal(&c.publicKey) {
			return false
		}
	}
}

// readNext reads the next certificate of a text, of so many bytes, into scratch.
func readNext(scratch []byte, text string) (c certificate, size int, rest string, ok bool) {
	if text, ok = skipText(text); !ok {
		return c, 0, "", false
	}
	size, rest = decodeBlock(scratch, text, certificateBegin, certificateEnd)
	if size == 0 {
		return c, 0, "", false
	}
	c, ok = readCertificate(scratch[:size])
	return c, size, rest, ok
}
