package validate_test

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/rsa"
	"crypto/x509"
	"math/big"
	"slices"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/validate"
)

// long is tlv for content of any length.
func long(tag byte, content ...[]byte) []byte {
	value := slices.Concat(content...)
	switch n := len(value); {
	case n < 0x80:
		return tlv(tag, value)
	case n < 0x100:
		return slices.Concat([]byte{tag, 0x81, byte(n)}, value)
	default:
		return slices.Concat([]byte{tag, 0x82, byte(n >> 8), byte(n)}, value)
	}
}

// A keyForm is a private key with a structure of its own. cond is 0 where both
// OpenSSL and Go take it.
type keyForm struct {
	name, cert, label string
	der               []byte
	cond              errcodes.Condition
}

func keyForms(tb testing.TB) []keyForm {
	tb.Helper()
	return slices.Concat(ecKeyForms(tb), pkcs8Forms(tb), rsaKeyForms(tb))
}

const (
	malformedKey   = errcodes.CondPrivateKeyMalformed
	unsupportedKey = errcodes.CondPrivateKeyUnsupported
)

// ASN.1 tags as they stand in a key.
const (
	derSequence = 0x30
	derInteger  = 0x02
	derBits     = 0x03
	derOctets   = 0x04
	derNull     = 0x05
	derOID      = 0x06
	derContext0 = 0xa0
	derContext1 = 0xa1
)

var (
	derP256 = tlv(derOID, []byte{0x2a, 0x86, 0x48, 0xce, 0x3d, 0x03, 0x01, 0x07})
	derP384 = tlv(derOID, []byte{0x2b, 0x81, 0x04, 0x00, 0x22})
	derEC   = tlv(derOID, []byte{0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01})
	derRSA  = tlv(derOID, []byte{0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01})
	derEd   = tlv(derOID, []byte{0x2b, 0x65, 0x70})
	derV0   = tlv(derInteger, []byte{0})
	derV1   = tlv(derInteger, []byte{1})
)

func ecKeyForms(tb testing.TB) []keyForm {
	tb.Helper()
	key, ok := parseSigner(tb, pkiFile(tb, "p256/key.pem")).(*ecdsa.PrivateKey)
	if !ok {
		tb.Fatal("p256/key.pem is no EC key")
	}
	scalar, err := key.Bytes()
	if err != nil {
		tb.Fatal(err)
	}
	point, err := key.PublicKey.Bytes()
	if err != nil {
		tb.Fatal(err)
	}
	x, y := point[1:33], point[33:]
	parity := y[31] & 1
	octets, curve := tlv(derOctets, scalar), tlv(derContext0, derP256)
	public := func(form byte, coordinates ...[]byte) []byte {
		return tlv(derContext1, tlv(derBits, []byte{0, form}, slices.Concat(coordinates...)))
	}
	wrong := flipByte(bytes.Clone(x), 5)
	form := func(name string, cond errcodes.Condition, elements ...[]byte) keyForm {
		return keyForm{"EC/" + name, pkiFile(tb, "p256/leaf.pem"), "EC PRIVATE KEY", long(derSequence, elements...), cond}
	}
	return []keyForm{
		form("uncompressed point", 0, derV1, octets, curve, public(4, x, y)),
		form("compressed point", 0, derV1, octets, curve, public(2|parity, x)),
		form("hybrid point", 0, derV1, octets, curve, public(6|parity, x, y)),
		form("compressed point of the other parity", malformedKey, derV1, octets, curve, public(3^parity, x)),
		form("hybrid point of the other parity", malformedKey, derV1, octets, curve, public(7^parity, x, y)),
		form("another point", malformedKey, derV1, octets, curve, public(4, wrong, y)),
		form("another compressed point", malformedKey, derV1, octets, curve, public(2|parity, wrong)),
		form("point at infinity", malformedKey, derV1, octets, curve, public(0)),
		form("unknown form of point", malformedKey, derV1, octets, curve, public(5, x, y)),
		form("point cut", malformedKey, derV1, octets, curve, public(4, x)),
		form("no bits", malformedKey, derV1, octets, curve, tlv(derContext1, tlv(derBits, []byte{0}))),
		form("point that is no bit string", malformedKey, derV1, octets, curve, tlv(derContext1, tlv(derOctets, point))),
		form("point and more", malformedKey, derV1, octets, curve, tlv(derContext1, tlv(derBits, []byte{0}, point), derV1)),
		form("no curve", malformedKey, derV1, octets),
		form("curve that is no name", malformedKey, derV1, octets, tlv(derContext0, derV1)),
		form("curve and more", malformedKey, derV1, octets, tlv(derContext0, derP256, derP256)),
		form("curve spelled out", unsupportedKey, derV1, octets, tlv(derContext0, tlv(derSequence, derV1))),
		form("unknown curve", unsupportedKey, derV1, octets, tlv(derContext0, derRSA)),
		form("version 0", malformedKey, derV0, octets, curve),
		form("version 2", malformedKey, tlv(derInteger, []byte{2}), octets, curve),
		form("no scalar", malformedKey, derV1, curve),
		form("empty scalar", malformedKey, derV1, tlv(derOctets), curve),
		form("more behind it", malformedKey, derV1, octets, curve, public(4, x, y), derV1),
	}
}

func pkcs8Forms(tb testing.TB) []keyForm {
	tb.Helper()
	ec, rsaDER := derOf(tb, pkiFile(tb, "p256/key.pem")), derOf(tb, pkiFile(tb, "rsa2048/key.pem"))
	ed := derOf(tb, pkiFile(tb, "ed25519/key.pem"))
	seed := tlv(derOctets, ed[len(ed)-32:])
	algorithm := func(elements ...[]byte) []byte { return tlv(derSequence, elements...) }
	form := func(folder, name string, cond errcodes.Condition, elements ...[]byte) keyForm {
		return keyForm{"PKCS#8/" + folder + "/" + name, pkiFile(tb, folder+"/leaf.pem"), "PRIVATE KEY", long(derSequence, elements...), cond}
	}
	ecAlgorithm, rsaAlgorithm, edAlgorithm := algorithm(derEC, derP256), algorithm(derRSA, tlv(derNull)), algorithm(derEd)
	attributes := tlv(derContext0, tlv(derSequence, derEC, tlv(0x31, derV1)))
	return []keyForm{
		form("p256", "curve named twice", 0, derV0, ecAlgorithm, long(derOctets, ec)),
		form("p256", "two curves", malformedKey, derV0, algorithm(derEC, derP384), long(derOctets, ec)),
		form("p256", "attributes", 0, derV0, ecAlgorithm, long(derOctets, ec), attributes),
		form("p256", "version 1 without public key", 0, derV1, ecAlgorithm, long(derOctets, ec)),
		form("p256", "no curve", malformedKey, derV0, algorithm(derEC), long(derOctets, ec)),
		form("p256", "curve spelled out", unsupportedKey, derV0, algorithm(derEC, tlv(derSequence, derV1)), long(derOctets, ec)),
		form("p256", "not a SEC 1 key inside", malformedKey, derV0, ecAlgorithm, tlv(derOctets, derV0)),
		form("p256", "nothing inside", malformedKey, derV0, ecAlgorithm, tlv(derOctets)),
		form("p256", "octets missing", malformedKey, derV0, ecAlgorithm),
		form("p256", "no algorithm", malformedKey, derV0, algorithm(), long(derOctets, ec)),
		form("p256", "more behind it", malformedKey, derV0, ecAlgorithm, long(derOctets, ec), attributes, derV0),
		form("rsa2048", "NULL", 0, derV0, rsaAlgorithm, long(derOctets, rsaDER)),
		form("rsa2048", "no parameters", 0, derV0, algorithm(derRSA), long(derOctets, rsaDER)),
		form("rsa2048", "two parameters", malformedKey, derV0, algorithm(derRSA, tlv(derNull), tlv(derNull)), long(derOctets, rsaDER)),
		form("rsa2048", "not a PKCS#1 key inside", malformedKey, derV0, rsaAlgorithm, tlv(derOctets, derV0)),
		form("rsa2048", "EC key inside", malformedKey, derV0, rsaAlgorithm, long(derOctets, ec)),
		form("rsa2048", "trailing byte inside", malformedKey, derV0, rsaAlgorithm, long(derOctets, rsaDER, []byte{0})),
		form("ed25519", "seed", 0, derV0, edAlgorithm, tlv(derOctets, seed)),
		form("ed25519", "parameters", malformedKey, derV0, algorithm(derEd, tlv(derNull)), tlv(derOctets, seed)),
		form("ed25519", "seed not wrapped", malformedKey, derV0, edAlgorithm, seed),
		form("ed25519", "public key beside it", malformedKey, derV1, edAlgorithm, tlv(derOctets, seed), tlv(0x81, make([]byte, 33))),
		form("ed25519", "unknown algorithm", unsupportedKey, derV0, algorithm(tlv(derOID, []byte{0x2b, 0x65, 0x7f})), tlv(derOctets, seed)),
	}
}

func rsaKeyForms(tb testing.TB) []keyForm {
	tb.Helper()
	key, ok := parseSigner(tb, pkiFile(tb, "rsa2048/key.pem")).(*rsa.PrivateKey)
	if !ok {
		tb.Fatal("rsa2048/key.pem is no RSA key")
	}
	number := func(n *big.Int) []byte { return marshal(tb, n) }
	numbers := [][]byte{
		number(key.N), number(big.NewInt(int64(key.E))), number(key.D), number(key.Primes[0]), number(key.Primes[1]),
		number(key.Precomputed.Dp), number(key.Precomputed.Dq), number(key.Precomputed.Qinv),
	}
	one := number(big.NewInt(1))
	prime := tlv(derSequence, one, one, one)
	form := func(name string, cond errcodes.Condition, version []byte, elements ...[]byte) keyForm {
		return keyForm{"RSA/" + name, pkiFile(tb, "rsa2048/leaf.pem"), "RSA PRIVATE KEY", long(derSequence, version, slices.Concat(elements...)), cond}
	}
	with := func(more ...[]byte) []byte { return slices.Concat(append(slices.Clone(numbers), more...)...) }
	three, err := x509.ParsePKCS1PrivateKey(x509.MarshalPKCS1PrivateKey(threePrimes(tb)))
	if err != nil {
		tb.Fatal(err)
	}
	return []keyForm{
		form("eight numbers", 0, derV0, with()),
		form("seven numbers", malformedKey, derV0, numbers[:7]...),
		form("three numbers", malformedKey, derV0, numbers[:3]...),
		form("nine numbers", malformedKey, derV0, with(one)),
		form("five numbers, as of DSA", unsupportedKey, derV0, numbers[:5]...),
		form("a number cut", malformedKey, derV0, with([]byte{derInteger, 9, 1})),
		form("no more primes", malformedKey, derV1, with(tlv(derSequence))),
		form("another prime of one number", malformedKey, derV1, with(tlv(derSequence, tlv(derSequence, one)))),
		form("another prime of four numbers", malformedKey, derV1, with(tlv(derSequence, tlv(derSequence, one, one, one, one)))),
		form("another prime that is no sequence", malformedKey, derV1, with(tlv(derSequence, one))),
		form("another prime that does not fit", malformedKey, derV1, with(tlv(derSequence, prime))),
		form("other primes and more", malformedKey, derV1, with(tlv(derSequence, prime), one)),
		form("other primes that are no sequence", malformedKey, derV1, with(tlv(derOctets, prime))),
		{"RSA/three primes", leafFor(tb, three.Public()), "RSA PRIVATE KEY", x509.MarshalPKCS1PrivateKey(three), 0},
	}
}

// TestKeyForms: a key passes if both OpenSSL and Go take its structure.
func TestKeyForms(t *testing.T) {
	for _, form := range keyForms(t) {
		t.Run(form.name, func(t *testing.T) {
			var want []errcodes.Condition
			if form.cond != 0 {
				want = []errcodes.Condition{form.cond}
			}
			report := validate.KeyPair(form.cert, validate.NewSecret(pemOf(form.label, form.der)), validate.Options{})
			if diff := cmp.Diff(want, conditionsOf(report)); diff != "" {
				t.Errorf("(-want +got)\n%s%v", diff, report.Err())
			}
		})
	}
}
