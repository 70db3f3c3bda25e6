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

func wordsOf(x *big.Int) []uint64 {
	words := make([]uint64, wordsFor(x.Bytes()))
	load(words, x.Bytes())
	return words
}

// TestWords holds the arithmetic to math/big.
func TestWords(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for range 30_000 {
		n := 1 + random.IntN(9)
		x, y, m := randomWords(random, n), randomWords(random, n), randomWords(random, n)
		z := make([]uint64, 2*n)
		multiply(z, x, y)
		product := new(big.Int).Mul(bigOf(x), bigOf(y))
		if bigOf(z).Cmp(product) != 0 {
			t.Fatalf("%x · %x = %x", x, y, z)
		}
		m = m[:1+random.IntN(n)]
		m[len(m)-1] |= 1 << random.IntN(wordBits)
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
		less = append(slices.Clone(x), 1)
		decrement(less)
		if want := new(big.Int).Sub(bigOf(append(slices.Clone(x), 1)), big.NewInt(1)); bigOf(less).Cmp(want) != 0 {
			t.Fatalf("%x - 1 = %x", x, less)
		}
		bytes := bigOf(x).Bytes()
		loaded := randomWords(random, n)
		if load(loaded, bytes); compare(loaded, x) != 0 {
			t.Fatalf("%x is loaded as %x", bytes, loaded)
		}
	}
}

// checkDivides holds what is said of two numbers to math/big; m is not 0.
func checkDivides(t *testing.T, m, x []uint64) (divided bool) {
	t.Helper()
	x = append(slices.Clone(x), make([]uint64, len(m)+1)...)
	want := new(big.Int).Mod(bigOf(x), bigOf(m)).Sign() == 0
	odd, zeros := oddPart(slices.Clone(m))
	if again := new(big.Int).Lsh(bigOf(odd), uint(zeros)); again.Cmp(bigOf(m)) != 0 || odd[0]&1 == 0 || odd[len(odd)-1] == 0 {
		t.Fatalf("%x = %x · 2^%d", m, odd, zeros)
	}
	// At the least length that is allowed, and at longer ones.
	least := max(len(odd)+zeros/wordBits, (bigOf(x).BitLen()+wordBits-1)/wordBits) + 1
	for length := least; length <= len(x); length++ {
		if got := divides(odd, zeros, slices.Clone(x[:length])); got != want {
			t.Fatalf("%x divides %x: %t", m, x[:length], got)
		}
	}
	return want
}

// TestDivides is about multiples, numbers beside them, and any others, of all lengths.
func TestDivides(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	divided := 0
	for range 4000 {
		m, factor := randomWords(random, 1+random.IntN(6)), randomWords(random, 1+random.IntN(6))
		m[random.IntN(len(m))] |= 1 << random.IntN(wordBits)
		x := make([]uint64, len(m)+len(factor))
		multiply(x, m, factor)
		for _, change := range []func(){
			func() {},
			func() { decrement(x) },
			func() { x[random.IntN(len(x))] ^= 1 << random.IntN(wordBits) },
			func() { copy(x, randomWords(random, len(x))) },
			func() { clear(x) },
			func() { copy(x, m) },
		} {
			if change(); checkDivides(t, m, x) {
				divided++
			}
		}
	}
	if divided < 3*4000 {
		t.Errorf("only %d multiples", divided)
	}
}

// TestDividesSmall is about all small numbers.
func TestDividesSmall(t *testing.T) {
	for m := range uint64(80) {
		for x := range uint64(200) {
			checkDivides(t, []uint64{m + 1}, []uint64{x})
			checkDivides(t, []uint64{0, m + 1}, []uint64{0, x})
			checkDivides(t, []uint64{m + 1}, []uint64{x, ^uint64(0) - m})
		}
	}
}

func TestInverse(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	for i := range uint64(1000) {
		for _, x := range []uint64{2*i + 1, -(2*i + 1), random.Uint64() | 1, 1<<63 - (2*i + 1)} {
			if x*inverse(x) != 1 {
				t.Errorf("%x · %x = %x", x, inverse(x), x*inverse(x))
			}
		}
	}
}

// FuzzDivides holds the arithmetic to math/big on numbers of the fuzzer's, and on a
// multiple of one of them.
func FuzzDivides(f *testing.F) {
	f.Add([]byte{3}, []byte{9})
	f.Add([]byte{1, 0, 0, 0, 0, 0, 0, 0, 0}, []byte{1, 0, 0, 0, 0, 0, 0, 0, 0, 0})
	f.Add([]byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 2}, []byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff})
	f.Fuzz(func(t *testing.T, one, other []byte) {
		const longest = 64
		m, x := new(big.Int).SetBytes(one[:min(len(one), longest)]), new(big.Int).SetBytes(other[:min(len(other), longest)])
		if m.Sign() == 0 || x.Sign() == 0 {
			return
		}
		checkDivides(t, wordsOf(m), wordsOf(x))
		product := make([]uint64, len(wordsOf(m))+len(wordsOf(x)))
		multiply(product, wordsOf(m), wordsOf(x))
		if want := new(big.Int).Mul(m, x); bigOf(product).Cmp(want) != 0 || !checkDivides(t, wordsOf(m), product) {
			t.Fatalf("%x · %x = %x", m, x, product)
		}
	})
}

// DecodeBlock returns how many bytes a text of one block has.
func DecodeBlock(text string) int {
	var scratch [longestCertificate]byte
	n, _ := decodeBlock(scratch[:], text, certificateBegin, certificateEnd)
	return n
}
