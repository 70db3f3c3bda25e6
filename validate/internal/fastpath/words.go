package fastpath

import (
	"cmp"
	"encoding/binary"
	"math/bits"
	"slices"
)

// The functions below work on unsigned numbers in words, the lowest first.
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
