package fastpath

import (
	"math/bits"
	"slices"
)

// longestFactor is the largest common factor of p-1 and q-1 for which dividedByBoth looks.
// Those of random primes are rarely above it.
const longestFactor = 64

// dividedByBoth reports whether p-1 and q-1 divide e·d-1, if that is a multiple of their
// product φ, or of φ/g for a small g that divides both, such as their least common multiple. So
// it is for nearly all keys, and d·e·g = φ·k + g is shown by two multiplications by a
// word, where two divisions would take most of the time of a check. false says nothing.
//
// If the equation holds, e·d-1 = φ/g·k, which is (p-1)·((q-1)/g)·k and (q-1)·((p-1)/g)·k.
//
// p and q are odd, n is p·q, d is below it, e below 2³¹. All have the same length, and their two
// highest words are 0. phi and z are for scratch and have this length, too.
func dividedByBoth(e uint64, d, n, p, q, phi, z []uint64) bool {
	copy(phi, n)
	subtract(phi, p)
	phi[0] |= 1 // adds 1: the difference is even
	subtract(phi, q)

	length := bitLength(phi)
	numerator, denominator := bitsBelow(d, length), bitsBelow(phi, length)
	if bitLength(d) > length || numerator >= denominator {
		return false
	}
	fraction, _ := bits.Div64(numerator, 0, denominator) // 2⁶⁴·d/φ, to within 8
	for g := uint64(1); g <= longestFactor; g++ {
		k, rest := bits.Mul64(fraction, e*g)
		if k += rest >> (wordBits - 1); min(rest, -rest) > 8*e*g {
			continue // d·e·g/φ is no integer, as it would be but for 1/φ
		}
		// The sum of d·e·g and the complement of φ·k + g - 1 is 0 if both sides are equal.
		m := len(n) - 2
		z = z[:m+1]
		clear(z)
		z[0] = g - 1
		z[m] = multiplyWord(z[:m], phi[:m], k)
		for i := range z {
			z[i] = ^z[i]
		}
		z[m] += multiplyWord(z[:m], d[:m], e*g)
		return bitLength(z) == 0 && (g <= 2 || remainder(p, g) == 1 && remainder(q, g) == 1)
	}
	return false
}

// bitsBelow returns the 64 bits of x below a bit, of which there are more. The highest
// word of x is above it.
func bitsBelow(x []uint64, bit int) uint64 {
	i, shift := (bit-wordBits)/wordBits, (bit-wordBits)%wordBits
	return x[i]>>shift | x[i+1]<<(wordBits-shift)
}

// remainder returns the remainder of x by y.
func remainder(x []uint64, y uint64) (r uint64) {
	for _, word := range slices.Backward(x) {
		_, r = bits.Div64(r, word, y)
	}
	return r
}
