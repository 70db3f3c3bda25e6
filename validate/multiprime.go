package validate

import (
	"encoding/asn1"
	"math/big"
)

// multiPrimeKey is an RSA key of more than two primes in PKCS#1 form (RFC 8017,
// appendix A.1.2).
type multiPrimeKey struct {
	Version                                         int
	N                                               *big.Int
	E                                               int
	D, P, Q, FirstExponent, SecondExponent, Inverse *big.Int
	Others                                          []struct{ Prime, Exponent, Coefficient *big.Int }
}

// soundMultiPrime reports whether the numbers of a key of more than two primes
// fit each other as far as both Go and OpenSSL want it: d is below n, which is odd,
// and no two primes have a common factor. Neither of them looks at the product.
//
// The standard library takes up to fifty times as long: it prepares the modulus for
// use, computes inverses, and does all that twice if they do not exist.
func soundMultiPrime(der []byte) bool {
	var k multiPrimeKey
	if rest, err := asn1.Unmarshal(der, &k); err != nil || len(rest) > 0 {
		return false
	}
	one := big.NewInt(1)
	primes := []*big.Int{k.P, k.Q}
	for _, other := range k.Others {
		primes = append(primes, other.Prime)
	}
	for _, x := range []*big.Int{k.D, k.FirstExponent, k.SecondExponent, k.Inverse} {
		if x.Sign() <= 0 {
			return false
		}
	}
	if k.N.Bit(0) == 0 || k.D.Cmp(k.N) >= 0 {
		return false
	}
	product, common := big.NewInt(1), new(big.Int)
	for _, prime := range primes {
		if prime.Cmp(one) <= 0 || common.GCD(nil, nil, product, prime).Cmp(one) != 0 {
			return false
		}
		product.Mul(product, prime)
	}
	return true
}
