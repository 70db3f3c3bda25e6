package quick

import (
	"cmp"
	"encoding/binary"
	"math/bits"
	"slices"
)

// rsaNumbers are the numbers of an RSA key of two primes, without sign bytes.
type rsaNumbers struct{ n, e, d, p, q, dP, dQ, qInv []byte }

// RSA reports whether an RSA key in PKCS#1 form is sound: whether its numbers are
// all that both Go and OpenSSL want of them. known is false if the key is not one
// of those that are recognised.
//
// This is the one place that may also say no: to let crypto/rsa find it out takes
// a hundred times as long as a usual check, if the key is long.
func RSA(der []byte) (sound, known bool) {
	k, ok := readRSA(der)
	if !ok || !k.recognised() {
		return false, false
	}
	return k.consistent(), true
}

func readRSA(der []byte) (k rsaNumbers, ok bool) {
	const version = "\x02\x01\x00"
	in, ok := whole(der, tagSequence)
	if !ok || len(in) < len(version) || string(in[:len(version)]) != version {
		return k, false
	}
	in = in[len(version):]
	var all [8][]byte
	for i := range all {
		if all[i], in, ok = positive(in); !ok {
			return k, false
		}
	}
	k = rsaNumbers{all[0], all[1], all[2], all[3], all[4], all[5], all[6], all[7]}
	return k, len(in) == 0 && isExponent(k.e)
}

// The lengths of moduli, in bits: Go takes no shorter ones, OpenSSL no longer ones.
const (
	shortestRSA = 1024
	longestRSA  = 16384
)

// recognised reports whether p and q have half as many bits as n each, and fill
// their words, and nothing is longer than it may be. So the divisors in the
// arithmetic need no shifting.
func (k *rsaNumbers) recognised() bool {
	half := len(k.p)
	return half%wordBytes == 0 && 2*half >= shortestRSA/8 && 2*half <= longestRSA/8 &&
		len(k.n) == 2*half && len(k.q) == half && k.n[0] >= 0x80 && k.p[0] >= 0x80 && k.q[0] >= 0x80 &&
		len(k.d) <= 2*half && len(k.dP) <= half && len(k.dQ) <= half && len(k.qInv) <= half
}

// consistent checks of a recognised key what crypto/rsa checks, and so nothing
// that only a test of primality could tell:
//
//   - p·q = n
//   - dP·e ≡ 1 (mod p-1), dQ·e ≡ 1 (mod q-1)
//   - d ≡ dP (mod p-1), d ≡ dQ (mod q-1), d < n
//   - qInv·q ≡ 1 (mod p)
//   - |p-q| has more than n/2-100 bits and d more than n/2
//
// With the standard library this takes 25 to 60 times as long.
func (k *rsaNumbers) consistent() bool {
	const halves, usual = 9, 4096 / 2 / wordBits // of n, d, product, p, q and x; longer keys are rare
	words := len(k.p) / wordBytes
	var stack [halves * usual]uint64
	scratch := stack[:]
	if words > usual {
		scratch = make([]uint64, halves*words)
	}
	defer clear(scratch)
	n, scratch := scratch[:2*words], scratch[2*words:]
	d, scratch := scratch[:2*words], scratch[2*words:]
	product, scratch := scratch[:2*words], scratch[2*words:]
	p, q, x := scratch[:words], scratch[words:2*words], scratch[2*words:3*words]

	load(n, k.n)
	load(p, k.p)
	load(q, k.q)
	multiply(product, p, q)
	if !equal(product, n) || n[0]&1 == 0 {
		return false
	}
	load(d, k.d)
	if compare(d, n) >= 0 || bitLength(d) <= words*wordBits {
		return false
	}
	copy(x, p)
	if compare(p, q) > 0 {
		subtract(x, q)
	} else {
		copy(x, q)
		subtract(x, p)
	}
	if bitLength(x) <= words*wordBits-100 {
		return false
	}

	load(x, k.qInv)
	if compare(x, p) >= 0 {
		return false
	}
	multiply(product, q, x)
	if remainder(product, p); !isOne(product[:words]) {
		return false
	}

	var e [1]uint64
	load(e[:], k.e)
	for _, prime := range []struct {
		less1    []uint64
		exponent []byte
	}{{p, k.dP}, {q, k.dQ}} {
		prime.less1[0]-- // it is odd
		load(x, prime.exponent)
		if compare(x, prime.less1) >= 0 {
			return false
		}
		copy(product, d)
		if remainder(product, prime.less1); !equal(product[:words], x) {
			return false
		}
		clear(product)
		product[words] = multiplyWord(product[:words], x, e[0])
		if remainder(product[:words+1], prime.less1); !isOne(product[:words]) {
			return false
		}
	}
	return true
}

// What follows are unsigned numbers in words, the lowest first.
const (
	wordBits  = 64
	wordBytes = wordBits / 8
)

// load reads a big-endian number that fits into x.
func load(x []uint64, bytes []byte) {
	clear(x)
	i := 0
	for ; len(bytes) >= wordBytes; i++ {
		at := len(bytes) - wordBytes
		x[i], bytes = binary.BigEndian.Uint64(bytes[at:]), bytes[:at]
	}
	for _, b := range bytes {
		x[i] = x[i]<<8 | uint64(b)
	}
}

func equal(x, y []uint64) bool { return compare(x, y) == 0 }

// compare compares two numbers of the same length.
func compare(x, y []uint64) int {
	for i, word := range slices.Backward(x) {
		if word != y[i] {
			return cmp.Compare(word, y[i])
		}
	}
	return 0
}

func isOne(x []uint64) bool { return bitLength(x) == 1 }

func bitLength(x []uint64) int {
	for i, word := range slices.Backward(x) {
		if word != 0 {
			return i*wordBits + bits.Len64(word)
		}
	}
	return 0
}

// subtract sets x to x-y, and returns what there was to borrow.
func subtract(x, y []uint64) (borrow uint64) {
	for i := range x {
		x[i], borrow = bits.Sub64(x[i], y[i], borrow)
	}
	return borrow
}

// add sets x to x+y, and returns the carry.
func add(x, y []uint64) (carry uint64) {
	for i := range x {
		x[i], carry = bits.Add64(x[i], y[i], carry)
	}
	return carry
}

// multiply sets z to x·y; z is as long as both together.
func multiply(z, x, y []uint64) {
	clear(z)
	for i := range y {
		z[i+len(x)] = multiplyWord(z[i:i+len(x)], x, y[i])
	}
}

// multiplyWord sets z to z+x·y, and returns the carry.
func multiplyWord(z, x []uint64, y uint64) (carry uint64) {
	z = z[:len(x)]
	for i := range x {
		hi, lo := bits.Mul64(x[i], y)
		lo, c := bits.Add64(lo, z[i], 0)
		hi += c
		z[i], c = bits.Add64(lo, carry, 0)
		carry = hi + c
	}
	return carry
}

// subtractWord sets z to z-x·y, and returns what there was to borrow.
func subtractWord(z, x []uint64, y uint64) (borrow uint64) {
	z = z[:len(x)]
	for i := range x {
		hi, lo := bits.Mul64(x[i], y)
		lo, c := bits.Add64(lo, borrow, 0)
		hi += c
		z[i], c = bits.Sub64(z[i], lo, 0)
		borrow = hi + c
	}
	return borrow
}

// remainder sets x to x mod m, where m has its highest bit set (Knuth, The Art of
// Computer Programming, volume 2, 4.3.1, algorithm D).
func remainder(x, m []uint64) {
	n := len(m)
	if top := x[len(x)-n:]; compare(top, m) >= 0 {
		subtract(top, m)
	}
	for at := len(x) - n - 1; at >= 0; at-- {
		// The quotient of the first two words by the first is at most two too high.
		quotient := ^uint64(0)
		if x[at+n] < m[n-1] {
			quotient, _ = bits.Div64(x[at+n], x[at+n-1], m[n-1])
		}
		part, high := x[at:at+n], x[at+n]
		for borrow := subtractWord(part, m, quotient); borrow > high; {
			borrow -= add(part, m)
		}
		x[at+n] = 0
	}
}
