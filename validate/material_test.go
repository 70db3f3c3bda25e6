package validate_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509/pkix"
	"encoding/asn1"
	"math/big"
	"sync"
	"testing"
)

// Keys and certificates with special properties, for which there is no fixture.

var oidNetscape = asn1.ObjectIdentifier{2, 16, 840, 1, 113730, 1, 1}

// pkcs1 is RSAPrivateKey of RFC 8017.
type pkcs1 struct {
	Version         int
	N               *big.Int
	E               int
	D, P, Q         *big.Int
	DP, DQ, QInv    *big.Int
	AdditionalPrime []otherPrime `asn1:"optional,omitempty"`
}

type otherPrime struct{ Prime, Exp, Coeff *big.Int }

func marshal(tb testing.TB, value any) []byte {
	tb.Helper()
	der, err := asn1.Marshal(value)
	if err != nil {
		tb.Fatal(err)
	}
	return der
}

// orderP256 is the order of P-256.
func orderP256() *big.Int {
	n, _ := new(big.Int).SetString("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551", 16)
	return n
}

func orderMinusOne() *big.Int { return new(big.Int).Sub(orderP256(), big.NewInt(1)) }

// flipByte changes one byte.
func flipByte(der []byte, i int) []byte {
	der[i] ^= 0x10
	return der
}

// sec1 is ECPrivateKey of RFC 5915.
type sec1 struct {
	Version int
	Scalar  []byte
	Curve   asn1.ObjectIdentifier `asn1:"optional,explicit,tag:0"`
	Public  asn1.BitString        `asn1:"optional,explicit,tag:1"`
}

var oidP256 = asn1.ObjectIdentifier{1, 2, 840, 10045, 3, 1, 7}

// ecKeyPEM is a key on P-256 without its public key, of the given scalar. size
// is in bytes; the usual one if it is not given.
func ecKeyPEM(tb testing.TB, scalar *big.Int, size ...int) string {
	tb.Helper()
	padded := scalar.FillBytes(make([]byte, append(size, 32)[0]))
	return pemOf("EC PRIVATE KEY", marshal(tb, sec1{Version: 1, Scalar: padded, Curve: oidP256}))
}

// leafForScalar is a certificate for the key that ecKeyPEM writes.
func leafForScalar(tb testing.TB, scalar *big.Int) string {
	tb.Helper()
	key, err := ecdsa.ParseRawPrivateKey(elliptic.P256(), scalar.FillBytes(make([]byte, 32)))
	if err != nil {
		tb.Fatal(err)
	}
	return leafFor(tb, key.Public())
}

// pkcs8 is PrivateKeyInfo of RFC 5208.
type pkcs8 struct {
	Version   int
	Algorithm pkix.AlgorithmIdentifier
	Key       []byte
}

// threePrimesOnce makes an RSA key of three primes, which OpenSSL and Go both
// take.
var threePrimesOnce = sync.OnceValues(func() (*rsa.PrivateKey, error) {
	e, one := big.NewInt(65537), big.NewInt(1)
	for {
		key := &rsa.PrivateKey{PublicKey: rsa.PublicKey{N: big.NewInt(1), E: 65537}}
		phi := big.NewInt(1)
		for _, bits := range []int{683, 683, 682} {
			prime, err := rand.Prime(rand.Reader, bits)
			if err != nil {
				return nil, err
			}
			key.Primes = append(key.Primes, prime)
			key.N.Mul(key.N, prime)
			phi.Mul(phi, new(big.Int).Sub(prime, one))
		}
		if key.D = new(big.Int).ModInverse(e, phi); key.D == nil {
			continue
		}
		key.Precompute()
		return key, key.Validate()
	}
})

func threePrimes(tb testing.TB) *rsa.PrivateKey {
	tb.Helper()
	key, err := threePrimesOnce()
	if err != nil {
		tb.Fatal(err)
	}
	return key
}

func extension(id asn1.ObjectIdentifier, value []byte) pkix.Extension {
	return pkix.Extension{Id: id, Value: value}
}
