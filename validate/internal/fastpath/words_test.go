package fastpath

import (
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"
)

// randomWords returns words, often of the values at which a carry goes wrong.
func randomWords(random *rand.Rand, n int) []uint64 {
	x := make([]uint64, n)
	for i := range x {
		switch random.IntN(4) {
		case 0:
			x[i] = 0
		case 1:
			x[i] = ^uint64(0)
		case 2:
			x[i] = 1<<63 + uint64(random.IntN(3)) - 1
		default:
			x[i] = random.Uint64()
		}
	}
	return x
}

func bigOf(x []uint64) *big.Int {
	z := new(big.Int)
	for _, word := range slices.Backward(x) {
		z.Lsh(z, wordBits).Or(z, new(big.Int).SetUint64(word))
	}
	return z
}

// TestWords holds the arithmetic to math/big.
func TestWords(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 30_000 {
		n := 1 + random.IntN(5)
		x, y, m := randomWords(random, n), randomWords(random, n), randomWords(random, n)
		z := make([]uint64, 2*n)
		multiply(z, x, y)
		product := new(big.Int).Mul(bigOf(x), bigOf(y))
		if bigOf(z).Cmp(product) != 0 {
			t.Fatalf("%x · %x = %x", x, y, z)
		}
		m = m[:1+random.IntN(n)]
		m[len(m)-1] |= 1 << random.IntN(wordBits)
		for _, dividend := range [][]uint64{z, randomWords(random, 2*n), randomWords(random, n)} {
			want := new(big.Int).Mod(bigOf(dividend), bigOf(m))
			got, divisor := append(slices.Clone(dividend), 0), slices.Clone(m)
			if remainder(got, divisor); bigOf(got).Cmp(want) != 0 || !slices.Equal(divisor, m) {
				t.Fatalf("%x mod %x = %x; want %x", dividend, m, got, want)
			}
		}
		long := slices.Clone(x)
		long[n-1] |= 1
		apart := new(big.Int).Sub(bigOf(long), bigOf(m))
		if got := difference(make([]uint64, n+1), long, m); bigOf(got).Cmp(apart.Abs(apart)) != 0 {
			t.Fatalf("|%x - %x| = %x", long, m, got)
		}
		if got, want := compare(x, y), bigOf(x).Cmp(bigOf(y)); got != want {
			t.Fatalf("%x and %x compare as %d", x, y, got)
		}
		if got, want := bitLength(x), bigOf(x).BitLen(); got != want {
			t.Fatalf("%x has %d bits", x, got)
		}
		less := slices.Clone(x)
		borrow := subtract(less, y)
		want := new(big.Int).Sub(bigOf(x), bigOf(y))
		if want.Sign() < 0 {
			want.Add(want, new(big.Int).Lsh(big.NewInt(1), uint(n*wordBits)))
		}
		if (borrow == 1) != (bigOf(x).Cmp(bigOf(y)) < 0) || bigOf(less).Cmp(want) != 0 {
			t.Fatalf("%x - %x = %x", x, y, less)
		}
		if carry := add(less, y); carry != borrow || compare(less, x) != 0 {
			t.Fatalf("%x + %x = %x", want, y, less)
		}
		bytes := bigOf(x).Bytes()
		loaded := randomWords(random, n)
		if load(loaded, bytes); compare(loaded, x) != 0 {
			t.Fatalf("%x is loaded as %x", bytes, loaded)
		}
	}
}

// DecodeBlock returns how many bytes a text of one block has.
func DecodeBlock(text string) int {
	var scratch [longestCertificate]byte
	n, _ := decodeBlock(scratch[:], text, certificateBegin, certificateEnd)
	return n
}
