package fastpath

// rsaNumbers are the numbers of an RSA key of two primes, without sign bytes.
type rsaNumbers struct{ n, e, d, p, q, dP, dQ, qInv []byte }

// RSA reports whether an RSA key in PKCS#1 form is sound: whether Go and OpenSSL both
// accept the numbers that follow its version. known is false if the key is not
// recognized: it has more than two primes, too short a modulus, or a malformed number.
//
// RSA alone in this package may also answer no: for a long key, crypto/rsa would take a
// hundred times as long as a usual check to find a fault.
func RSA(numbers []byte) (sound, known bool) {
	k, ok := readRSA(numbers)
	if !ok {
		return false, false
	}
	return k.consistent()
}

func readRSA(numbers []byte) (k rsaNumbers, ok bool) {
	var all [8][]byte
	for i := range all {
		if all[i], numbers, ok = positive(numbers); !ok {
			return k, false
		}
	}
	k = rsaNumbers{all[0], all[1], all[2], all[3], all[4], all[5], all[6], all[7]}
	return k, len(numbers) == 0 && isExponent(k.e)
}

// The lengths of moduli, in bits: Go signs with no shorter ones, OpenSSL takes no
// longer ones.
const (
	shortestRSA = 1024
	longestRSA  = 16384
)

// consistent checks the same as crypto/rsa, which does not test primality:
//
//   - p·q is n or a multiple, p and q are less
//   - dP·e ≡ 1 (mod p-1), dQ·e ≡ 1 (mod q-1)
//   - d ≡ dP (mod p-1), d ≡ dQ (mod q-1), d < n
//   - qInv·q ≡ 1 (mod p)
//   - |p-q| has more bits than half of those of n less 100, d more than half
//
// With the standard library this takes 25 to 60 times as long.
func (k *rsaNumbers) consistent() (sound, known bool) {
	if 8*len(k.n) < shortestRSA || 8*len(k.n) > longestRSA {
		return false, false
	}
	if max(len(k.d), len(k.p), len(k.q)) > len(k.n) || max(len(k.dP), len(k.qInv)) > len(k.p) || len(k.dQ) > len(k.q) {
		return false, true
	}
	const numbers, usual = 6, 4096/wordBits + 2 // words of a number; longer keys are rare
	var stack [numbers * usual]uint64
	scratch, size := stack[:], wordsFor(k.n)+2
	productSize := max(size, wordsFor(k.p)+wordsFor(k.q)+1)
	all := (numbers-1)*size + productSize
	if all > len(stack) {
		scratch = make([]uint64, all)
	}
	defer clear(scratch[:all])
	next := func(length int) (x []uint64) {
		x, scratch = scratch[:length:length], scratch[length:]
		return x
	}
	n, d, p, q, x, product := next(size), next(size), next(size), next(size), next(size), next(productSize)

	load(n, k.n)
	load(d, k.d)
	load(p, k.p)
	load(q, k.q)
	half := bitLength(n) / 2
	if n[0]&1 == 0 || compare(d, n) >= 0 || compare(p, n) >= 0 || compare(q, n) >= 0 || bitLength(d) <= half {
		return false, true
	}
	p, q = p[:wordsFor(k.p)], q[:wordsFor(k.q)]
	multiply(product, p, q)
	exact := compare(product[:size], n) == 0 && bitLength(product[size:]) == 0
	if !exact { // Go does not mind a multiple
		if !divides(n[:wordsFor(k.n)], 0, product) {
			return false, true
		}
	}
	if bitLength(difference(x, p, q)) <= half-100 {
		return false, true
	}
	if !inverts(k.qInv, q, p, x, product) {
		return false, true
	}
	e := k.exponent()
	if exact && dividedByBoth(e, d, n, p[:size], q[:size], x, product) {
		d = nil // if exponent·e ≡ 1 ≡ d·e, e has an inverse, and exponent ≡ d
	} else {
		d = d[:wordsFor(k.n)+1]
	}
	return fits(k.dP, p, d, e, x, product) && fits(k.dQ, q, d, e, x, product), true
}

// exponent returns the public exponent, which fits into a word.
func (k *rsaNumbers) exponent() uint64 {
	var e [1]uint64
	load(e[:], k.e)
	return e[0]
}

// inverts reports whether a number is below p, and the inverse of q modulo p. It uses the
// last two for scratch.
func inverts(number []byte, q, p, x, product []uint64) bool {
	load(x, number)
	if compare(x[:len(p)], p) >= 0 {
		return false
	}
	multiply(product, q, x[:len(p)])
	decrement(product)
	copy(x, p)
	odd, zeros := oddPart(x[:len(p)])
	return divides(odd, zeros, product[:len(p)+len(q)+1])
}

// fits reports whether an exponent fits its prime, e, and d, if that is not nil. It takes 1
// off the prime, which is above 2: p·q is a multiple of n, which is odd and above the other
// prime. It uses the prime and the last two for scratch. The highest word of d is 0.
func fits(exponent []byte, prime, d []uint64, e uint64, x, product []uint64) bool {
	decrement(prime)
	load(x, exponent)
	if compare(x[:len(prime)], prime) >= 0 {
		return false
	}
	odd, zeros := oddPart(prime)
	clear(product)
	product[len(prime)] = multiplyWord(product[:len(prime)], x[:len(prime)], e)
	decrement(product)
	if !divides(odd, zeros, product[:len(prime)+2]) {
		return false
	}
	if d == nil {
		return true
	}
	product = product[:len(d)]
	copy(product, d)
	return subtract(product, x[:len(d)]) == 0 && divides(odd, zeros, product)
}
