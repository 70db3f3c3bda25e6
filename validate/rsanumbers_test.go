package validate_test

import (
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/asn1"
	"math/big"
	"math/rand/v2"
	"testing"

	"github.com/alicert/alicert/validate"
)

// sameAsGo checks that an RSA key passes if Go takes it, in both forms.
func sameAsGo(t *testing.T, name string, der []byte) (passes bool) {
	t.Helper()
	_, err := x509.ParsePKCS1PrivateKey(der)
	wrapped := marshal(t, pkcs8{0, pkix.AlgorithmIdentifier{Algorithm: asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 1}, Parameters: asn1.NullRawValue}, der})
	for _, text := range []string{pemOf("RSA PRIVATE KEY", der), pemOf("PRIVATE KEY", wrapped)} {
		if ours := validate.PrivateKey(validate.NewSecret(text), validate.Options{}).Err(); (ours == nil) != (err == nil) {
			t.Errorf("%s: %v; x509.ParsePKCS1PrivateKey: %v\n%x", name, ours, err, der)
		}
	}
	return err == nil
}

// TestRSANumbers: what is found out without Go about the numbers of RSA keys is what
// Go would find.
func TestRSANumbers(t *testing.T) {
	sound, n := longRSA(544, 544), func(x int64) *big.Int { return big.NewInt(x) }
	if !sameAsGo(t, "as it is", marshal(t, sound)) {
		t.Error("refused as it is")
	}
	if sameAsGo(t, "a byte behind it", append(marshal(t, sound), 0)) {
		t.Error("a byte behind it: accepted")
	}
	for _, version := range []int{-1, -1 << 15, 2, 3, 1 << 20} {
		k := sound
		k.Version = version
		if passes := sameAsGo(t, "version", marshal(t, k)); passes != (version < 0) {
			t.Errorf("version %d: %t", version, passes)
		}
	}
	for _, e := range []int64{-65537, -1, 0, 1, 2, 4, 65536, 1 << 31, 1<<31 + 1, 1<<40 + 1} {
		two, three := sound, sound
		two.E = int(e)
		three.E, three.Version, three.AdditionalPrime = int(e), 1, []otherPrime{{n(4), n(1), n(1)}}
		if sameAsGo(t, "exponent", marshal(t, two)) || sameAsGo(t, "exponent of a key of three primes", marshal(t, three)) {
			t.Errorf("exponent %d: accepted", e)
		}
	}
	for _, c := range []struct {
		name   string
		change func(*pkcs1)
		want   bool
	}{
		{"whatever the product", func(*pkcs1) {}, true},
		{"n = 1", func(k *pkcs1) { k.N = n(1) }, false},
		{"n even", func(k *pkcs1) { k.N = n(90); k.D = n(7) }, false},
		{"n short", func(k *pkcs1) { k.N = n(91); k.D = n(7) }, true},
		{"n negative", func(k *pkcs1) { k.N = n(-91); k.D = n(7) }, false},
		{"d = n", func(k *pkcs1) { k.D = k.N }, false},
		{"d = 0", func(k *pkcs1) { k.D = n(0) }, false},
		{"p = 1", func(k *pkcs1) { k.P = n(1) }, false},
		{"p even", func(k *pkcs1) { k.P = n(1 << 40) }, true},
		{"p negative", func(k *pkcs1) { k.P = n(-7) }, false},
		{"p = q", func(k *pkcs1) { k.P = k.Q }, false},
		{"dP of no use", func(k *pkcs1) { k.DP = k.N }, true},
		{"dP = 0", func(k *pkcs1) { k.DP = n(0) }, false},
		{"dQ negative", func(k *pkcs1) { k.DQ = n(-1) }, false},
		{"qInv = 0", func(k *pkcs1) { k.QInv = n(0) }, false},
		{"third = 1", func(k *pkcs1) { k.AdditionalPrime[0].Prime = n(1) }, false},
		{"third = 0", func(k *pkcs1) { k.AdditionalPrime[0].Prime = n(0) }, false},
		{"third negative", func(k *pkcs1) { k.AdditionalPrime[0].Prime = n(-3) }, false},
		{"third = q", func(k *pkcs1) { k.AdditionalPrime[0].Prime = k.Q }, false},
		{"fourth a multiple of the third", func(k *pkcs1) {
			k.AdditionalPrime = append(k.AdditionalPrime, otherPrime{new(big.Int).Mul(k.AdditionalPrime[0].Prime, n(2)), n(1), n(1)})
		}, false},
		{"others of no use", func(k *pkcs1) { k.AdditionalPrime[0].Exp, k.AdditionalPrime[0].Coeff = n(0), n(-5) }, true},
	} {
		k := sound
		k.Version, k.P, k.Q, k.AdditionalPrime = 1, n(1<<13-1), n(1<<17-1), []otherPrime{{n(1<<19 - 1), n(1), n(1)}}
		c.change(&k)
		if got := sameAsGo(t, "three primes, "+c.name, marshal(t, k)); got != c.want {
			t.Errorf("three primes, %s: %t", c.name, got)
		}
	}
	random, passed := rand.New(rand.NewPCG(13, 14)), 0
	small := func(below int64) *big.Int { return n(random.Int64N(below)) }
	const keys = 400
	for range keys {
		k := pkcs1{Version: 1, N: small(1 << 40), E: 3, D: small(1 << 39), P: small(40), Q: small(50), DP: small(20), DQ: small(20), QInv: small(20)}
		for range 1 + random.IntN(3) {
			k.AdditionalPrime = append(k.AdditionalPrime, otherPrime{small(1000), small(2), small(2)})
		}
		if sameAsGo(t, "random numbers", marshal(t, k)) {
			passed++
		}
	}
	if passed < keys/50 || passed > keys/2 {
		t.Errorf("%d of %d random keys pass", passed, keys)
	}
}
