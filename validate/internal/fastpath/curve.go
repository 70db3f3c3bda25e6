package fastpath

import "filippo.io/nistec"

// The orders of the groups (SP 800-186, section 3.2.1), big-endian.
const (
	orderP256 = "\xff\xff\xff\xff\x00\x00\x00\x00\xff\xff\xff\xff\xff\xff\xff\xff" +
		"\xbc\xe6\xfa\xad\xa7\x17\x9e\x84\xf3\xb9\xca\xc2\xfc\x63\x25\x51"
	orderP384 = "\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff\xff" +
		"\xc7\x63\x4d\x81\xf4\x37\x2d\xdf\x58\x1a\x0d\xb2\x48\xb0\xa7\x7a\xec\xec\x19\x6a\xcc\xc5\x29\x73"
)

// isScalar reports whether the bytes are a private key: as many as those of the order
// of the group, neither zero nor above it. Go and OpenSSL take no other.
func (k kind) isScalar(scalar []byte) bool {
	order := orderP256
	if k == p384 {
		order = orderP384
	}
	if len(scalar) != len(order) || string(scalar) >= order {
		return false
	}
	bits := byte(0)
	for _, b := range scalar {
		bits |= b
	}
	return bits != 0
}

// The functions below are written out for each curve: through an interface or a type
// parameter all points would escape to the heap.

// isPoint reports whether the bytes are an uncompressed point on the curve, with
// coordinates below the prime.
func (k kind) isPoint(point []byte) bool {
	if len(point) != 1+2*k.fieldSize() {
		return false
	}
	var err error
	if k == p384 {
		_, err = nistec.NewP384Point().SetBytes(point)
	} else {
		_, err = nistec.NewP256Point().SetBytes(point)
	}
	return err == nil
}

// publicPoint returns the uncompressed point of a private key: likely, an
// uncompressed point too, if it is that one, otherwise appended to a buffer. To encode a point costs an inversion, to compare
// two does not. It returns nil for a scalar of another length.
func (k kind) publicPoint(scalar, likely, buffer []byte) []byte {
	if k == p384 {
		own, err := nistec.NewP384Point().ScalarBaseMult(scalar)
		if err != nil {
			return nil
		}
		if other, err := nistec.NewP384Point().SetBytes(likely); err == nil && own.Equal(other) == 1 {
			return likely
		}
		return append(buffer, own.Bytes()...)
	}
	own, err := nistec.NewP256Point().ScalarBaseMult(scalar)
	if err != nil {
		return nil
	}
	if other, err := nistec.NewP256Point().SetBytes(likely); err == nil && own.Equal(other) == 1 {
		return likely
	}
	return append(buffer, own.Bytes()...)
}
