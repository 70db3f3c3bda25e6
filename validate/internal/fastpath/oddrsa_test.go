package fastpath_test

import (
	"math/big"
	"math/rand/v2"
	"testing"
)

// A shape says how to make an RSA key out of two odd numbers x and y: n is x·y, and
// p and q are multiples of them.
type shape struct {
	name         string
	xBits, yBits int
	x            int64 // if not 0, x itself
	a, b         *big.Int
}

func shapes() []shape {
	one := big.NewInt(1)
	power := func(n uint) *big.Int { return new(big.Int).Lsh(one, n) }
	return []shape{
		{"usual", 512, 512, 0, one, one},
		{"p longer", 900, 300, 0, one, one},
		{"p much longer", 1000, 40, 0, one, one},
		{"q much longer", 70, 1100, 0, one, one},
		{"q longer by words", 64, 1000, 0, one, one},
		{"p = 3", 0, 1100, 3, one, one},
		{"p = 5", 0, 1100, 5, one, one},
		{"p = 257", 0, 1100, 257, one, one},
		{"p = 65539", 0, 1100, 65539, one, one},
		{"p a multiple", 512, 520, 0, big.NewInt(3), one},
		{"q a multiple", 512, 520, 0, one, big.NewInt(5)},
		{"p even", 512, 520, 0, big.NewInt(2), one},
		{"q even", 512, 520, 0, one, big.NewInt(6)},
		{"both multiples", 512, 520, 0, big.NewInt(3), big.NewInt(5)},
		{"p ends in zeros", 400, 640, 0, power(64), one},
		{"p is a power of two but for 3", 0, 1040, 3, power(128), one},
		{"q ends in zeros", 640, 400, 0, one, power(130)},
		{"p a large multiple", 300, 740, 0, new(big.Int).Add(power(200), one), one},
		{"both far above their part of n", 520, 520, 0, power(300), new(big.Int).Exp(big.NewInt(3), big.NewInt(190), nil)},
		{"p above n", 1100, 3, 0, big.NewInt(9), one},
		{"q above n", 0, 1100, 5, one, big.NewInt(7)},
		{"p far above n", 520, 520, 0, power(540), one},
	}
}

// odd returns an odd number of so many bits.
func odd(random *rand.Rand, bits int) *big.Int {
	x := new(big.Int).SetBit(new(big.Int), bits-1, 1)
	for i := range bits - 1 {
		x.SetBit(x, i, uint(random.IntN(2)))
	}
	return x.SetBit(x, 0, 1)
}

// key makes a key whose numbers fit each other as far as they can; ok is false if
// there is none of these x and y.
func (s *shape) key(random *rand.Rand) (k rsaKey, ok bool) {
	e := big.NewInt(int64([]int{3, 17, 65537, 1<<31 - 1}[random.IntN(4)]))
	x, y := big.NewInt(s.x), odd(random, s.yBits)
	if s.x == 0 {
		x = odd(random, s.xBits)
	}
	return keyOf(new(big.Int).Mul(x, y), new(big.Int).Mul(s.a, x), new(big.Int).Mul(s.b, y), e)
}

// keyOf makes a key; ok is false if there is none of these numbers.
func keyOf(n, p, q, e *big.Int) (k rsaKey, ok bool) {
	one := big.NewInt(1)
	pLess, qLess := new(big.Int).Sub(p, one), new(big.Int).Sub(q, one)
	lcm := new(big.Int).Mul(pLess, qLess)
	lcm.Div(lcm, new(big.Int).GCD(nil, nil, pLess, qLess))
	d, inverse := new(big.Int).ModInverse(e, lcm), new(big.Int).ModInverse(q, p)
	if d == nil || inverse == nil {
		return k, false
	}
	return rsaKey{
		N: n, E: int(e.Int64()), D: d, P: p, Q: q,
		DP: new(big.Int).Mod(d, pLess), DQ: new(big.Int).Mod(d, qLess), QInverted: inverse,
	}, true
}

// TestRSAOfZeros: Go takes a p that ends in zeros, if p-1 and q-1 have much in common.
func TestRSAOfZeros(t *testing.T) {
	random := rand.New(rand.NewPCG(15, 16))
	for _, zeros := range []uint{64, 70, 128} {
		power := new(big.Int).Lsh(big.NewInt(1), zeros)
		for sounds := 0; sounds < 5; {
			common := odd(random, int(zeros)+30)
			pPart := new(big.Int).ModInverse(common, power)
			pPart.Sub(new(big.Int).Mul(odd(random, 420), power), pPart)
			p := new(big.Int).Mul(common, pPart)
			p.Add(p, big.NewInt(1))
			q := new(big.Int).Mul(common, new(big.Int).Lsh(odd(random, 480), 1))
			q.Add(q, big.NewInt(1))
			n := new(big.Int).Rsh(p, zeros)
			if k, ok := keyOf(n.Mul(n, q), p, q, big.NewInt(65537)); ok && n.Bit(0) == 1 {
				if !checkKnown(t, "zeros", k) {
					t.Fatalf("%d zeros: not sound: %+v", zeros, k)
				}
				sounds++
			}
		}
	}
}

// TestOddRSA holds what is said of keys that nobody makes to what Go says: such a
// key is known, or to find out would take Go a hundred times as long as a usual
// check, if it is long.
func TestOddRSA(t *testing.T) {
	random := rand.New(rand.NewPCG(11, 12))
	sounds := map[string]int{}
	for _, s := range shapes() {
		for made := 0; made < 12; {
			k, ok := s.key(random)
			if !ok {
				continue
			}
			made++
			numbers := []*big.Int{k.N, k.D, k.P, k.Q, k.DP, k.DQ, k.QInverted}
			if checkKnown(t, s.name, k) {
				sounds[s.name]++
			}
			of, other := numbers[random.IntN(len(numbers))], numbers[random.IntN(len(numbers))]
			was := new(big.Int).Set(of)
			for _, change := range []func(){
				func() { of.SetBit(of, random.IntN(of.BitLen()), uint(random.IntN(2))) },
				func() { of.Add(of, other) },
				func() { of.Set(other) },
				func() { of.Lsh(of, uint(random.IntN(80))) },
				func() { of.Rsh(of, uint(random.IntN(of.BitLen()))) },
			} {
				change()
				checkKnown(t, s.name+", changed", k)
				of.Set(was)
			}
		}
	}
	for _, name := range []string{"usual", "p longer", "p much longer", "p = 5", "p = 65539", "p a multiple", "q a multiple", "q even"} {
		if sounds[name] == 0 {
			t.Errorf("%s: no sound key", name)
		}
	}
	t.Log(sounds)
}

// checkKnown reports whether a key is sound, and checks that this is known, and that
// Go says so too.
func checkKnown(t *testing.T, name string, k rsaKey) bool {
	t.Helper()
	sound, known := checkRSA(t, marshal(t, k))
	positive := true
	for _, x := range []*big.Int{k.D, k.P, k.Q, k.DP, k.DQ, k.QInverted} {
		positive = positive && x.Sign() > 0
	}
	if !known && positive && k.N.BitLen() > 1024-8 {
		t.Errorf("%s: not known: %+v", name, k)
	}
	return sound
}

// TestPrivateExponent is about private exponents of every kind: the least one, one below φ,
// others, and ones for which e·d-1 is φ/g·k although g divides p-1 or q-1 alone.
func TestPrivateExponent(t *testing.T) {
	random := rand.New(rand.NewPCG(17, 18))
	one, sounds, faults := big.NewInt(1), 0, 0
	for _, common := range []int64{1, 2, 3, 7, 12, 31, 32, 33, 64, 1001} {
		for made := 0; made < 8; {
			prime := func() *big.Int {
				return new(big.Int).Add(new(big.Int).Mul(odd(random, 511), big.NewInt(2*common)), one)
			}
			p, q, e := prime(), prime(), big.NewInt(int64([]int{3, 257, 65537, 1<<31 - 1}[random.IntN(4)]))
			k, ok := keyOf(new(big.Int).Mul(p, q), p, q, e)
			if !ok {
				continue
			}
			made++
			pLess, qLess := new(big.Int).Sub(p, one), new(big.Int).Sub(q, one)
			phi := new(big.Int).Mul(pLess, qLess)
			lcm := new(big.Int).Div(phi, new(big.Int).GCD(nil, nil, pLess, qLess))
			check := func(name string, d *big.Int, want bool) {
				if d.Cmp(k.N) >= 0 {
					return
				}
				k.D = d
				if sound := checkKnown(t, name, k); sound != want {
					t.Errorf("common factor %d, %s: sound is %t: %+v", 2*common, name, sound, k)
				}
				if want {
					sounds++
				} else {
					faults++
				}
			}
			check("least", k.D, true)
			check("below φ", new(big.Int).ModInverse(e, phi), true)
			check("any", new(big.Int).Add(k.D, new(big.Int).Mul(lcm, big.NewInt(random.Int64N(2*common)))), true)
			check("one more", new(big.Int).Add(k.D, one), false)
			for _, g := range []int64{2, 3, 5, 6, 31, 62} {
				part, rest := new(big.Int).DivMod(phi, big.NewInt(g), new(big.Int))
				if d := new(big.Int).ModInverse(e, part); rest.Sign() == 0 && d != nil {
					check("of a part of φ", d, new(big.Int).Mod(part, lcm).Sign() == 0 || new(big.Int).Mod(new(big.Int).Sub(new(big.Int).Mul(d, e), one), lcm).Sign() == 0)
				}
			}
		}
	}
	if sounds < 100 || faults < 100 {
		t.Errorf("%d sound keys and %d faulty ones", sounds, faults)
	}
}
