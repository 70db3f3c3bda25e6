package validate

import (
	"crypto/rsa"
	"crypto/x509"
	"encoding/asn1"
	"math"
	"math/big"

	"golang.org/x/crypto/cryptobyte"
	tag "golang.org/x/crypto/cryptobyte/asn1"

	"github.com/alicert/alicert/validate/internal/fastpath"
	"github.com/alicert/alicert/validate/internal/message"
)

// parsePKCS1 reads an RSA key; numbers has the elements behind its version.
func parsePKCS1(der []byte, version int64, numbers cryptobyte.String) (parsedKey, keyProblem) {
	var n, e []byte
	count, rest := 0, numbers
	for rest.PeekASN1Tag(tag.INTEGER) {
		var integer cryptobyte.String
		if !rest.ReadASN1(&integer, tag.INTEGER) {
			return notAKey()
		}
		switch count++; count {
		case 1:
			n = integer
		case 2:
			e = integer
		}
	}
	modulus := new(big.Int).SetBytes(n)
	switch {
	case count == 5 && rest.Empty():
		return parsedKey{}, unsupported(message.DSAKey)
	case count != 8:
		return notAKey()
	case len(n) > maxRSABits/8+1 || modulus.BitLen() > maxRSABits:
		return parsedKey{}, unsupported(message.RSATooLong, maxRSABits)
	}
	primes, ok := otherPrimes(rest)
	switch {
	case !ok:
		return notAKey()
	case primes > maxPrimes-2:
		return parsedKey{}, unsupported(message.RSATooManyPrimes, maxPrimes)
	case version > 1, version == 1 && primes == 0, version < math.MinInt32:
		return parsedKey{}, malformed(message.RSAVersionMisfit)
	}
	exponent, ok := rsaExponent(e)
	if ok {
		ok = soundNumbers(der, version, numbers, primes)
	}
	if !ok {
		return parsedKey{}, malformed(message.RSANumbersMisfit)
	}
	public := &rsa.PublicKey{N: modulus, E: exponent}
	return parsedKey{kind: kindRSA, fits: rsaLabel, public: public, pkcs1: der}, keyProblem{}
}

// rsaExponent reads the content of an INTEGER; ok is false if it is no public
// exponent that Go takes: odd, above 1 and below 2³¹.
func rsaExponent(content []byte) (e int, ok bool) {
	if len(content) == 0 || content[0] >= 0x80 {
		return 0, false
	}
	x := new(big.Int).SetBytes(content)
	return int(x.Int64()), x.Bit(0) == 1 && x.BitLen() > 1 && x.BitLen() < 32
}

// soundNumbers reports whether the numbers of a key, the elements behind its version,
// fit each other. The fast path answers for usual keys in a fiftieth of the time that
// Go takes; Go ignores negative versions.
func soundNumbers(der []byte, version int64, numbers []byte, otherPrimes int) bool {
	if whole := cryptobyte.String(der); !whole.SkipASN1(tag.SEQUENCE) || !whole.Empty() {
		return false // inside PKCS#8, something may be behind the key
	}
	if otherPrimes > 0 {
		return soundMultiPrime(der)
	}
	if sound, known := fastpath.RSA(numbers); known && version <= 0 {
		return sound
	}
	_, err := x509.ParsePKCS1PrivateKey(der)
	return err == nil
}

// maxPrimes is how many primes OpenSSL takes in an RSA key.
const maxPrimes = 5

// otherPrimes counts the primes of a multi-prime key beyond the first two.
func otherPrimes(rest cryptobyte.String) (n int, ok bool) {
	if rest.Empty() {
		return 0, true
	}
	var infos, info cryptobyte.String
	if !rest.ReadASN1(&infos, tag.SEQUENCE) || !rest.Empty() {
		return 0, false
	}
	for ; !infos.Empty(); n++ {
		if !infos.ReadASN1(&info, tag.SEQUENCE) {
			return 0, false
		}
		for range 3 {
			if !info.SkipASN1(tag.INTEGER) {
				return 0, false
			}
		}
		if !info.Empty() {
			return 0, false
		}
	}
	return n, true
}

// multiPrimeKey is an RSA key of more than two primes in PKCS#1 form (RFC 8017,
// appendix A.1.2).
type multiPrimeKey struct {
	Version                                         int
	N                                               *big.Int
	E                                               int
	D, P, Q, FirstExponent, SecondExponent, Inverse *big.Int
	Others                                          []struct{ Prime, Exponent, Coefficient *big.Int }
}

// soundMultiPrime reports whether Go accepts the numbers of a key of more than two
// primes: d is below n, n is odd, and no two primes have a common factor. Neither Go
// nor OpenSSL checks the product of the primes.
//
// The standard library takes up to 25 times as long: it prepares the modulus for use,
// computes inverses, and does all that twice if they do not exist.
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
