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

// decrement sets x to x-1, if it is not 0.
func decrement(x []uint64) {
	for i := range x {
		if x[i]--; x[i] != ^uint64(0) {
			break
		}
	}
}

// multiply sets z to x·y; z is at least as long as both together.
func multiply(z, x, y []uint64) {
	clear(z)
	for i := range y {
		z[i+len(x)] = multiplyWord(z[i:i+len(x)], x, y[i])
	}
}

// multiplyWord sets z to z+x·y, and returns the carry, which is a word: the sum of n
// words is below 2^(64·n)·2⁶⁴. It takes four words at once, whose carries run through
// two chains.
func multiplyWord(z, x []uint64, y uint64) (carry uint64) {
	z = z[:len(x)]
	for len(x) >= 4 && len(z) >= 4 {
		h0, l0 := bits.Mul64(x[0], y)
		h1, l1 := bits.Mul64(x[1], y)
		h2, l2 := bits.Mul64(x[2], y)
		h3, l3 := bits.Mul64(x[3], y)
		l0, c := bits.Add64(l0, carry, 0)
		l1, c = bits.Add64(l1, h0, c)
		l2, c = bits.Add64(l2, h1, c)
		l3, c = bits.Add64(l3, h2, c)
		h3 += c
		z[0], c = bits.Add64(z[0], l0, 0)
		z[1], c = bits.Add64(z[1], l1, c)
		z[2], c = bits.Add64(z[2], l2, c)
		z[3], c = bits.Add64(z[3], l3, c)
		carry = h3 + c
		x, z = x[4:], z[4:]
	}
	for i := range x {
		hi, lo := bits.Mul64(x[i], y)
		lo, c := bits.Add64(lo, z[i], 0)
		hi += c
		z[i], c = bits.Add64(lo, carry, 0)
		carry = hi + c
	}
	return carry
}

// oddPart divides a number, which is not 0, by the highest power of two that divides
// it. It overwrites the number, and returns the quotient without leading zeros.
func oddPart(x []uint64) (odd []uint64, zeros int) {
	for x[0] == 0 {
		x, zeros = x[1:], zeros+wordBits
	}
	for x[len(x)-1] == 0 {
		x = x[:len(x)-1]
	}
	shift := bits.TrailingZeros64(x[0])
	if shiftRight(x, shift); x[len(x)-1] == 0 {
		x = x[:len(x)-1]
	}
	return x, zeros + shift
}

// divides reports whether m = odd·2^zeros divides x, which it overwrites. x has more
// words than odd and 2^zeros together, and its highest word is 0.
//
// The power of two divides x if its lowest bits are 0; let x be without them from here
// on. For the odd part this is one Montgomery reduction, from the low end: with
// R = 2^(64·rows) and Q so that x + Q·odd is a multiple of R, 0 <= Q < R, it computes
// y = (x + Q·odd) / R. R has no factor in common with odd, so odd divides x if and
// only if it divides y. Let odd have k words, and x k+rows. Then x < 2^(64·(k+rows-1)),
// because its highest word is 0, and 2^(64·(k-1)) <= odd, so x/R < odd and y < 2·odd:
// odd divides y if and only if y is 0 or odd. A carry beyond the k words of y says that
// y is above odd.
func divides(odd []uint64, zeros int, x []uint64) bool {
	for ; zeros >= wordBits; zeros -= wordBits {
		if x[0] != 0 {
			return false
		}
		x = x[1:]
	}
	if x[0]&(1<<zeros-1) != 0 {
		return false
	}
	shiftRight(x, zeros)
	k, factor, carry := len(odd), -inverse(odd[0]), uint64(0)
	for ; len(x) > k; x = x[1:] {
		high := multiplyWord(x[:k], odd, x[0]*factor) // x[0] becomes 0
		x[k], carry = bits.Add64(x[k], high, carry)
	}
	return carry == 0 && (compare(x, odd) == 0 || bitLength(x) == 0)
}

// inverse returns the inverse of an odd word modulo 2⁶⁴. Each step doubles the number
// of right bits: of x·y = 1 + r, x·y·(2-x·y) = 1 - r². At first there are three,
// because the square of an odd number is 1 modulo 8.
func inverse(x uint64) uint64 {
	y := x
	for range 5 {
		y *= 2 - x*y
	}
	return y
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
