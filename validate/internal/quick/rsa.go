package quick

import (
	"cmp"
	"encoding/binary"
	"math/bits"
	"slices"
)

// rsaNumbers are the numbers of an RSA key of two primes, without sign bytes.
type rsaNumbers struct{ n, e, d, p, q, dP, dQ, qInv []byte }

// RSA reports whether an RSA key in PKCS#1 form is sound: whether its numbers, which
// follow the version, are all that both Go and OpenSSL want of them. known is false if
// the key is not one of those that are recognised: it has more than two primes, too
// short a modulus, or a number that is none.
//
// This is the one place that may also say no: to let crypto/rsa find it out takes
// a hundred times as long as a usual check, if the key is long.
func RSA(numbers []byte) (sound, known bool) {
	k, ok := readRSA(numbers)
	if !ok {
		return false, false
	}
	return k.consistent()
}

func readRSA(numbers []byte) (k rsaNumbers, ok bool) {
	var all [8][]byte
	for i := range all {
		if all[i], numbers, ok = positive(numbers); !ok {
			return k, false
		}
	}
	k = rsaNumbers{all[0], all[1], all[2], all[3], all[4], all[5], all[6], all[7]}
	return k, len(numbers) == 0 && isExponent(k.e)
}

// The lengths of moduli, in bits: Go signs with no shorter ones, OpenSSL takes no
// longer ones.
const (
	shortestRSA = 1024
	longestRSA  = 16384
)

// consistent checks of a key what crypto/rsa checks, and so nothing that only a
// test of primality could tell:
//
//   - p·q is n or a multiple, p and q are less
//   - dP·e ≡ 1 (mod p-1), dQ·e ≡ 1 (mod q-1)
//   - d ≡ dP (mod p-1), d ≡ dQ (mod q-1), d < n
//   - qInv·q ≡ 1 (mod p)
//   - |p-q| has more bits than half of those of n less 100, d more than half
//
// With the standard library this takes 25 to 60 times as long.
func (k *rsaNumbers) consistent() (sound, known bool) {
	if 8*len(k.n) < shortestRSA || 8*len(k.n) > longestRSA {
		return false, false
	}
	if max(len(k.d), len(k.p), len(k.q)) > len(k.n) || max(len(k.dP), len(k.qInv)) > len(k.p) || len(k.dQ) > len(k.q) {
		return false, true
	}
	const numbers, usual = 6, 4096/wordBits + 2 // words of a number; longer keys are rare
	var stack [numbers * usual]uint64
	scratch, size := stack[:], wordsFor(k.n)+2
	productSize := max(size, wordsFor(k.p)+wordsFor(k.q)+1)
	if all := (numbers-1)*size + productSize; all > len(stack) {
		scratch = make([]uint64, all)
	}
	defer clear(scratch)
	next := func(length int) (x []uint64) {
		x, scratch = scratch[:length:length], scratch[length:]
		return x
	}
	n, d, p, q, x, product := next(size), next(size), next(size), next(size), next(size), next(productSize)

	load(n, k.n)
	load(d, k.d)
	load(p, k.p)
	load(q, k.q)
	half := bitLength(n) / 2
	if n[0]&1 == 0 || compare(d, n) >= 0 || compare(p, n) >= 0 || compare(q, n) >= 0 || bitLength(d) <= half {
		return false, true
	}
	p, q = p[:wordsFor(k.p)], q[:wordsFor(k.q)]
	multiply(product, p, q)
	if compare(product[:size], n) != 0 || bitLength(product[size:]) != 0 { // Go does not mind a multiple
		if remainder(product, n[:wordsFor(k.n)]); bitLength(product) != 0 {
			return false, true
		}
	}
	if bitLength(difference(x, p, q)) <= half-100 {
		return false, true
	}
	load(x, k.qInv)
	if compare(x[:len(p)], p) >= 0 {
		return false, true
	}
	multiply(product, q, x[:len(p)])
	if remainder(product[:len(p)+len(q)+1], p); bitLength(product) != 1 {
		return false, true
	}
	e := uint64(0)
	for _, b := range k.e {
		e = e<<8 | uint64(b)
	}
	return fits(k.dP, p, d, e, x, product) && fits(k.dQ, q, d, e, x, product), true
}

// fits reports whether an exponent fits its prime, and d and e. It takes 1 off the
// prime, and uses the last two for scratch. The prime may be even, if p·q is a multiple
// of n; its highest word does not become 0, because it is no power of two: n, which is
// odd and above the other prime, divides p·q.
func fits(exponent []byte, prime, d []uint64, e uint64, x, product []uint64) bool {
	for i := range prime {
		if prime[i]--; prime[i] != ^uint64(0) {
			break
		}
	}
	load(x, exponent)
	if compare(x[:len(prime)], prime) >= 0 {
		return false
	}
	clear(product)
	copy(product, d)
	if remainder(product, prime); compare(product[:len(x)], x) != 0 {
		return false
	}
	clear(product)
	product[len(prime)] = multiplyWord(product[:len(prime)], x[:len(prime)], e)
	remainder(product[:len(prime)+2], prime)
	return bitLength(product) == 1
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

// wordsFor is how many words a number without leading zeros fills.
func wordsFor(bytes []byte) int { return (len(bytes) + wordBytes - 1) / wordBytes }

// compare compares two numbers of the same length.
func compare(x, y []uint64) int {
	for i, word := range slices.Backward(x) {
		if word != y[i] {
			return cmp.Compare(word, y[i])
		}
	}
	return 0
}

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

// difference sets z to |x-y|, and returns it; z is longer than both, and their
// highest words are not 0.
func difference(z, x, y []uint64) []uint64 {
	if longer := len(x) - len(y); longer < 0 || longer == 0 && compare(x, y) < 0 {
		x, y = y, x
	}
	clear(z)
	copy(z, x)
	borrow := subtract(z[:len(y)], y)
	for i := len(y); borrow > 0; i++ {
		z[i], borrow = bits.Sub64(z[i], 0, borrow)
	}
	return z
}

// add sets x to x+y, and returns the carry.
func add(x, y []uint64) (carry uint64) {
	for i := range x {
		x[i], carry = bits.Add64(x[i], y[i], carry)
	}
	return carry
}

// multiply sets z to x·y; z is at least as long as both together.
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

// remainder sets x to x mod m, where the highest word of x is 0 and that of m is
// not (Knuth, The Art of Computer Programming, volume 2, 4.3.1, algorithm D).
func remainder(x, m []uint64) {
	n := len(m)
	shift := bits.LeadingZeros64(m[n-1])
	shiftLeft(m, shift)
	shiftLeft(x, shift)
	for at := len(x) - n - 1; at >= 0; at-- {
		// The quotient of the first two words by the first is at most two too high.
		quotient := ^uint64(0)
		if x[at+n] < m[n-1] {
			quotient, _ = bits.Div64(x[at+n], x[at+n-1], m[n-1])
		}
		if quotient == 0 {
			continue
		}
		part, high := x[at:at+n], x[at+n]
		for borrow := subtractWord(part, m, quotient); borrow > high; {
			borrow -= add(part, m)
		}
		x[at+n] = 0
	}
	shiftRight(x, shift)
	shiftRight(m, shift)
}

func shiftLeft(x []uint64, bits int) {
	if bits == 0 {
		return
	}
	for i := len(x) - 1; i > 0; i-- {
		x[i] = x[i]<<bits | x[i-1]>>(wordBits-bits)
	}
	x[0] <<= bits
}

func shiftRight(x []uint64, bits int) {
	if bits == 0 {
		return
	}
	for i := range len(x) - 1 {
		x[i] = x[i]>>bits | x[i+1]<<(wordBits-bits)
	}
	x[len(x)-1] >>= bits
}
