package fastpath

// The words of a coordinate, at most: those of P-521. A product has twice as many,
// and remainder wants one more.
const (
	longestField   = 9
	longestProduct = 2*longestField + 1
)

// An equation is that of a curve, y² = x³ - 3x + b (mod p). Its numbers have the
// length of products, filled up with zeros.
type equation struct {
	p, b  [longestProduct]uint64
	words int // of a coordinate
}

// equation returns that of the curve which a key of this kind is on (SP 800-186,
// section 3.2.1).
func (k kind) equation() equation {
	if k == p384 {
		return equation{
			p: [longestProduct]uint64{
				0x00000000ffffffff, 0xffffffff00000000, 0xfffffffffffffffe,
				0xffffffffffffffff, 0xffffffffffffffff, 0xffffffffffffffff,
			},
			b: [longestProduct]uint64{
				0x2a85c8edd3ec2aef, 0xc656398d8a2ed19d, 0x0314088f5013875a,
				0x181d9c6efe814112, 0x988e056be3f82d19, 0xb3312fa7e23ee7e4,
			},
			words: 6,
		}
	}
	return equation{
		p:     [longestProduct]uint64{0xffffffffffffffff, 0x00000000ffffffff, 0x0000000000000000, 0xffffffff00000001},
		b:     [longestProduct]uint64{0x3bce3c3e27d2604b, 0x651d06b0cc53b0f6, 0xb3ebbd55769886bc, 0x5ac635d8aa3a93e7},
		words: 4,
	}
}

// has reports whether two coordinates of equal length are those of a point: below
// p, and y² + 3x = x·x² + b.
func (c equation) has(coordinates []byte) bool {
	half := len(coordinates) / 2
	var numbers [4][longestProduct]uint64
	size := 2*c.words + 1
	x, y, left, right := numbers[0][:size], numbers[1][:size], numbers[2][:size], numbers[3][:size]
	p := c.p[:c.words]
	load(x, coordinates[:half])
	load(y, coordinates[half:])
	if compare(x, c.p[:size]) >= 0 || compare(y, c.p[:size]) >= 0 {
		return false
	}
	multiply(right, x[:c.words], x[:c.words])
	remainder(right, p)
	multiply(left, x[:c.words], right[:c.words])
	add(left, c.b[:size])
	remainder(left, p)
	multiply(right, y[:c.words], y[:c.words])
	multiplyWord(right, x, 3)
	remainder(right, p)
	return compare(left, right) == 0
}
