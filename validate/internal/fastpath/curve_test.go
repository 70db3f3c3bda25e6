package fastpath

import (
	"crypto/ecdh"
	"crypto/elliptic"
	"math/big"
	"math/rand/v2"
	"slices"
	"testing"
)

// A testedCurve is a curve as the standard library knows it, and ours.
type testedCurve struct {
	*elliptic.CurveParams
	std ecdh.Curve
	kind
}

func testedCurves() []testedCurve {
	return []testedCurve{
		{elliptic.P256().Params(), ecdh.P256(), p256},
		{elliptic.P384().Params(), ecdh.P384(), p384},
	}
}

// point encodes coordinates, whatever they are.
func (c *testedCurve) point(x, y *big.Int) []byte {
	size := (c.BitSize + 7) / 8
	point := make([]byte, 1+2*size)
	point[0] = 4
	x.FillBytes(point[1 : 1+size])
	y.FillBytes(point[1+size:])
	return point
}

// square returns x³ - 3x + b.
func (c *testedCurve) square(x *big.Int) *big.Int {
	square := new(big.Int).Exp(x, big.NewInt(3), c.P)
	square.Sub(square, new(big.Int).Mul(x, big.NewInt(3)))
	square.Add(square, c.B)
	return square.Mod(square, c.P)
}

// lift returns a y that goes with x, nil if there is none.
func (c *testedCurve) lift(x *big.Int) (y *big.Int) {
	return new(big.Int).ModSqrt(c.square(x), c.P)
}

// random returns a point of a random scalar.
func (c *testedCurve) random(t *testing.T, random *rand.Rand) (x, y *big.Int) {
	t.Helper()
	scalar := make([]byte, (c.BitSize+7)/8)
	for i := range scalar {
		scalar[i] = byte(random.Uint32())
	}
	scalar[0] = 0 // below the order
	key, err := c.std.NewPrivateKey(scalar)
	if err != nil {
		t.Fatal(err)
	}
	point := key.PublicKey().Bytes()[1:]
	return new(big.Int).SetBytes(point[:len(point)/2]), new(big.Int).SetBytes(point[len(point)/2:])
}

// holds checks one point, and that Go says the same of it.
func (c *testedCurve) holds(t *testing.T, what string, point []byte, want bool) {
	t.Helper()
	if key := (publicKey{kind: c.kind, point: point}); key.onCurve() != want {
		t.Errorf("%s, %s: on the curve: %t: %x", c.Name, what, !want, point)
	}
	if _, err := c.std.NewPublicKey(point); (err == nil) != want {
		t.Errorf("%s, %s: crypto/ecdh: %v: %x", c.Name, what, err, point)
	}
}

// TestScalars is about scalars at the limits, and random ones: which are private keys,
// and of which points.
func TestScalars(t *testing.T) {
	random := rand.New(rand.NewPCG(21, 22))
	for _, c := range testedCurves() {
		size := (c.BitSize + 7) / 8
		var scalars []*big.Int
		for bit := range c.BitSize {
			power := new(big.Int).Lsh(big.NewInt(1), uint(bit))
			for _, near := range []int64{-1, 0, 1} {
				x := new(big.Int).Add(power, big.NewInt(near))
				scalars = append(scalars, x, new(big.Int).Sub(c.N, x))
			}
		}
		for _, beyond := range []int64{-1, 0, 1, 2} {
			scalars = append(scalars, new(big.Int).Add(c.N, big.NewInt(beyond)))
		}
		scalars = append(scalars, new(big.Int).Sub(new(big.Int).Lsh(big.NewInt(1), uint(8*size)), big.NewInt(1)))
		for range 100 {
			x := new(big.Int)
			for range size {
				x.Lsh(x, 8).Or(x, big.NewInt(int64(random.IntN(256))))
			}
			scalars = append(scalars, x)
		}
		for _, x := range scalars {
			scalar := x.FillBytes(make([]byte, size))
			key, err := c.std.NewPrivateKey(scalar)
			if c.isScalar(scalar) != (err == nil) {
				t.Errorf("%s: a scalar: %t; crypto/ecdh: %v: %x", c.Name, err != nil, err, scalar)
			}
			if err != nil {
				continue
			}
			want := key.PublicKey().Bytes()
			negative := slices.Clone(want)
			y := new(big.Int).SetBytes(want[1+size:])
			y.Sub(c.P, y).FillBytes(negative[1+size:])
			for _, likely := range [][]byte{want, negative, c.point(c.Gx, c.Gy), nil} {
				if got := c.publicPoint(scalar, likely, nil); !slices.Equal(got, want) {
					t.Errorf("%s: %x has the point %x; crypto/ecdh: %x", c.Name, scalar, got, want)
				}
			}
		}
		if c.isScalar(make([]byte, size-1)) || c.isScalar(append([]byte{0}, c.Gx.FillBytes(make([]byte, size))...)) {
			t.Errorf("%s: a scalar of another length", c.Name)
		}
	}
}

// TestPoints is about points at which a wrong check would go wrong.
func TestPoints(t *testing.T) {
	zero, one := new(big.Int), big.NewInt(1)
	for _, c := range testedCurves() {
		for _, x := range []*big.Int{zero, one, c.Gx, new(big.Int).Sub(c.P, one)} {
			c.holds(t, "y = 0", c.point(x, zero), false)
			y := c.lift(x)
			if y == nil {
				continue
			}
			c.holds(t, "lifted", c.point(x, y), true)
			c.holds(t, "negative", c.point(x, new(big.Int).Sub(c.P, y)), true)
		}
		c.holds(t, "base", c.point(c.Gx, c.Gy), true)
		c.holds(t, "swapped", c.point(c.Gy, c.Gx), false)
		c.holds(t, "-x", c.point(new(big.Int).Sub(c.P, c.Gx), c.Gy), false)
		c.holds(t, "x = y = p", c.point(c.P, c.P), false)
		c.holds(t, "y = p", c.point(c.Gx, c.P), false)
		x := new(big.Int) // the least: with p on top it has no more bytes
		for c.lift(x) == nil {
			x.Add(x, one)
		}
		y := c.lift(x)
		c.holds(t, "least", c.point(x, y), true)
		c.holds(t, "x + p", c.point(new(big.Int).Add(x, c.P), y), false)
	}
}

// TestPointsNearlyRight is about points for which the two sides of the equation
// differ in one bit.
func TestPointsNearlyRight(t *testing.T) {
	random := rand.New(rand.NewPCG(9, 10))
	for _, c := range testedCurves() {
		tried := 0
		for bit := range c.BitSize {
			x, _ := c.random(t, random)
			square := c.square(x)
			square.SetBit(square, bit, square.Bit(bit)^1)
			if y := new(big.Int).ModSqrt(square, c.P); y != nil && square.Cmp(c.P) < 0 {
				tried++
				c.holds(t, "one bit off", c.point(x, y), false)
			}
		}
		if tried < c.BitSize/3 { // every second number is a square
			t.Errorf("%s: only %d points", c.Name, tried)
		}
	}
}

// TestPointsDamaged changes sound points, bit by bit and in every other way.
func TestPointsDamaged(t *testing.T) {
	random := rand.New(rand.NewPCG(7, 8))
	for _, c := range testedCurves() {
		for range 100 {
			x, y := c.random(t, random)
			c.holds(t, "random", c.point(x, y), true)
			damaged := c.point(x, y)
			damaged[1+random.IntN(len(damaged)-1)] ^= byte(1 + random.IntN(255))
			c.holds(t, "another byte", damaged, false)
			other, _ := c.random(t, random)
			c.holds(t, "another x", c.point(other, y), false)
			for i := range damaged[1:] {
				damaged[1+i] = []byte{0, 0xff, byte(random.Uint32())}[random.IntN(3)]
			}
			c.holds(t, "random bytes", damaged, false)
		}
		x, y := c.random(t, random)
		sound := c.point(x, y)
		for bit := range 8 * (len(sound) - 1) {
			damaged := slices.Clone(sound)
			damaged[1+bit/8] ^= 1 << (bit % 8)
			c.holds(t, "another bit", damaged, false)
		}
	}
}
