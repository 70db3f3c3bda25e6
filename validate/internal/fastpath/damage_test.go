package fastpath_test

import (
	"crypto/rsa"
	"crypto/tls"
	"crypto/x509"
	"encoding/asn1"
	"math/big"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/alicert/alicert/testdata"
	"github.com/alicert/alicert/testdata/damaged"
	"github.com/alicert/alicert/validate/internal/fastpath"
)

func certificateOf(tb testing.TB, text string) *x509.Certificate {
	tb.Helper()
	c, err := x509.ParseCertificate(blocks(text)[0].Bytes)
	if err != nil {
		tb.Fatal(err)
	}
	return c
}

// TestEveryBit changes each bit of each key: none is the certificate's any more. And
// each bit of a certificate: what is recognized then loads.
func TestEveryBit(t *testing.T) {
	for _, folder := range []string{"rsa1024", "rsa2048", "p256", "p384", "ed25519"} {
		t.Run(folder, func(t *testing.T) {
			t.Parallel()
			cert := testdata.Read(folder + "/leaf.pem")
			for _, name := range []string{"key.pem", "key-pkcs8.pem"} {
				key := blocks(testdata.Read(folder + "/" + name))[0]
				for i := range 8 * len(key.Bytes) {
					der := slices.Clone(key.Bytes)
					der[i/8] ^= 1 << (i % 8)
					if i%7 == 0 && key.Type == "RSA PRIVATE KEY" { // Go takes its time
						checkRSA(t, der)
					}
					changed := pemOf(key.Type, der)
					if checkRecognized(t, cert, changed); fastpath.Pair(cert, changed, time.Time{}) == fastpath.Sound {
						t.Errorf("%s: sound with bit %d of byte %d changed", name, i%8, i/8)
					}
				}
			}
			key, c := testdata.Read(folder+"/key.pem"), blocks(cert)[0]
			signature := len(c.Bytes) - len(certificateOf(t, cert).Signature)
			for i := range 8 * signature { // Nobody looks at the signature.
				der := slices.Clone(c.Bytes)
				der[i/8] ^= 1 << (i % 8)
				checkRecognized(t, pemOf(c.Type, der), key)
				checkCertificates(t, pemOf(c.Type, der))
			}
		})
	}
}

// rsaKey is an RSA key in PKCS#1 form.
type rsaKey struct {
	Version           int
	N                 *big.Int
	E                 int
	D, P, Q           *big.Int
	DP, DQ, QInverted *big.Int
}

func sec1Key(tb testing.TB, text string) (key struct {
	Version int
	Scalar  []byte
	Curve   asn1.ObjectIdentifier `asn1:"optional,explicit,tag:0"`
	Point   asn1.BitString        `asn1:"optional,explicit,tag:1"`
},
) {
	tb.Helper()
	if _, err := asn1.Unmarshal(blocks(text)[0].Bytes, &key); err != nil {
		tb.Fatal(err)
	}
	return key
}

func marshal(tb testing.TB, value any) []byte {
	tb.Helper()
	der, err := asn1.Marshal(value)
	if err != nil {
		tb.Fatal(err)
	}
	return der
}

// A damagedKey is a key of which a part is not its own.
type damagedKey struct {
	name, folder, text string
	want               bool // it is sound all the same
	loads              bool // Go passes over the damage
}

func damagedKeys(tb testing.TB) (all []damagedKey) {
	tb.Helper()
	one, two := big.NewInt(1), big.NewInt(2)
	parse := func(name string) *rsa.PrivateKey {
		key, err := x509.ParsePKCS1PrivateKey(blocks(testdata.Read(name))[0].Bytes)
		if err != nil {
			tb.Fatal(err)
		}
		return key
	}
	key, other := parse("rsa2048/key.pem"), parse("rsa2048/other-key.pem")
	p, q := key.Primes[0], key.Primes[1]
	pLess1, qLess1 := new(big.Int).Sub(p, one), new(big.Int).Sub(q, one)
	lambda := new(big.Int).Mul(pLess1, qLess1)
	lambda.Div(lambda, new(big.Int).GCD(nil, nil, pLess1, qLess1))
	for _, c := range []struct {
		name   string
		change func(*rsaKey)
		want   bool
	}{
		{"as it is", func(*rsaKey) {}, true},
		{"d modulo lambda", func(k *rsaKey) { k.D.Mod(k.D, lambda) }, true},
		{"everything swapped", func(k *rsaKey) {
			k.P, k.Q, k.DP, k.DQ = k.Q, k.P, k.DQ, k.DP
			k.QInverted = new(big.Int).ModInverse(k.Q, k.P)
		}, true},
		{"d + lambda beyond n", func(k *rsaKey) { k.D.Add(k.D, new(big.Int).Mul(lambda, two)).Add(k.D, k.N) }, false},
		{"d + 2", func(k *rsaKey) { k.D.Add(k.D, two) }, false},
		{"d = 1", func(k *rsaKey) { k.D.Set(one) }, false},
		{"d = 0", func(k *rsaKey) { k.D.SetInt64(0) }, false},
		{"d negative", func(k *rsaKey) { k.D.Neg(k.D) }, false},
		{"d of another key", func(k *rsaKey) { k.D.Set(other.D) }, false},
		{"primes swapped", func(k *rsaKey) { k.P, k.Q = k.Q, k.P }, false},
		{"primes and exponents swapped", func(k *rsaKey) { k.P, k.Q, k.DP, k.DQ = k.Q, k.P, k.DQ, k.DP }, false},
		{"p + 2", func(k *rsaKey) { k.P.Add(k.P, two) }, false},
		{"p = 1, q = n", func(k *rsaKey) { k.P.SetInt64(1); k.Q.Set(k.N) }, false},
		{"p of another key", func(k *rsaKey) { k.P.Set(other.Primes[0]) }, false},
		{"p = q", func(k *rsaKey) { k.P.Set(k.Q) }, false},
		{"q negative", func(k *rsaKey) { k.Q.Neg(k.Q) }, false},
		{"dP + 2", func(k *rsaKey) { k.DP.Add(k.DP, two) }, false},
		{"dP = d", func(k *rsaKey) { k.DP.Set(k.D) }, false},
		{"dP + p - 1", func(k *rsaKey) { k.DP.Add(k.DP, pLess1) }, false},
		{"dQ + 2", func(k *rsaKey) { k.DQ.Add(k.DQ, two) }, false},
		{"dQ = dP", func(k *rsaKey) { k.DQ.Set(k.DP) }, false},
		{"qInv + 1", func(k *rsaKey) { k.QInverted.Add(k.QInverted, one) }, false},
		{"qInv of p", func(k *rsaKey) { k.QInverted.ModInverse(k.P, k.Q) }, false},
		{"qInv + p", func(k *rsaKey) { k.QInverted.Add(k.QInverted, k.P) }, false},
		{"qInv = 0", func(k *rsaKey) { k.QInverted.SetInt64(0) }, false},
		{"n of another key", func(k *rsaKey) { k.N.Set(other.N) }, false},
		{"n + 2", func(k *rsaKey) { k.N.Add(k.N, two) }, false},
		{"e = 3", func(k *rsaKey) { k.E = 3 }, false},
		{"e = 1", func(k *rsaKey) { k.E = 1 }, false},
		{"e = 65538", func(k *rsaKey) { k.E = 65538 }, false},
		{"version 2", func(k *rsaKey) { k.Version = 2 }, false},
	} {
		k := rsaKey{
			N: new(big.Int).Set(key.N), E: key.E, D: new(big.Int).Set(key.D), P: new(big.Int).Set(p), Q: new(big.Int).Set(q),
			DP: new(big.Int).Set(key.Precomputed.Dp), DQ: new(big.Int).Set(key.Precomputed.Dq), QInverted: new(big.Int).Set(key.Precomputed.Qinv),
		}
		c.change(&k)
		all = append(all, damagedKey{name: c.name, folder: "rsa2048", text: pemOf("RSA PRIVATE KEY", marshal(tb, k)), want: c.want})
	}
	for _, folder := range []string{"p256", "p384"} {
		own, other := sec1Key(tb, testdata.Read(folder+"/key.pem")), sec1Key(tb, testdata.Read(folder+"/other-key.pem"))
		wrongScalar, wrongPoint, noPoint, noCurve, short, long := own, own, own, own, own, own
		wrongScalar.Scalar = other.Scalar
		wrongPoint.Point = other.Point
		noPoint.Point = asn1.BitString{}
		noCurve.Curve = nil
		short.Scalar = own.Scalar[1:]
		long.Scalar = append([]byte{0}, own.Scalar...)
		add := func(name string, key any, want, loads bool) {
			all = append(all, damagedKey{folder + " " + name, folder, pemOf("EC PRIVATE KEY", marshal(tb, key)), want, loads})
		}
		add("as it is", own, true, true)
		add("scalar of another key", wrongScalar, false, false)
		add("embedded point of another key", wrongPoint, false, true)
		add("no embedded point", noPoint, true, true)
		add("no curve", noCurve, false, false)
		add("scalar without its first byte", short, false, false)
		add("scalar with a zero in front", long, false, true)
	}
	for _, folder := range []string{"rsa2048", "p256", "p384", "ed25519"} {
		for _, name := range []string{"key.pem", "key-pkcs8.pem"} {
			key := blocks(testdata.Read(folder + "/" + name))[0]
			title := folder + " " + name + ", "
			all = append(all, damagedKey{title + "a byte behind it", folder, pemOf(key.Type, append(slices.Clone(key.Bytes), 0)), false, key.Type != "RSA PRIVATE KEY"})
			all = append(all, damagedKey{title + "its last byte missing", folder, pemOf(key.Type, key.Bytes[:len(key.Bytes)-1]), false, false})
			for _, label := range []string{"RSA PRIVATE KEY", "EC PRIVATE KEY", "PRIVATE KEY", "ENCRYPTED PRIVATE KEY", "PUBLIC KEY", "CERTIFICATE"} {
				if label != key.Type {
					all = append(all, damagedKey{title + "labeled " + label, folder, pemOf(label, key.Bytes), false, strings.HasSuffix(label, "PRIVATE KEY")})
				}
			}
		}
	}
	return all
}

// TestDamagedPairs holds damaged keys to what is right, and Go and OpenSSL to be
// no stricter.
func TestDamagedPairs(t *testing.T) {
	openssl, _ := exec.LookPath("openssl")
	file := filepath.Join(t.TempDir(), "key.pem")
	for _, d := range damagedKeys(t) {
		cert := testdata.Read(d.folder + "/leaf.pem")
		got := fastpath.Pair(cert, d.text, time.Time{}) == fastpath.Sound
		if got != d.want {
			t.Errorf("%s: %t", d.name, got)
		}
		if found := blocks(d.text); len(found) > 0 && found[0].Type == "RSA PRIVATE KEY" {
			checkRSA(t, found[0].Bytes)
		}
		if _, err := tls.X509KeyPair([]byte(cert), []byte(d.text)); (err == nil) != (d.want || d.loads) {
			t.Errorf("%s: tls.X509KeyPair: %v", d.name, err)
		}
		if !got || openssl == "" {
			continue
		}
		if err := os.WriteFile(file, []byte(d.text), 0o600); err != nil {
			t.Fatal(err)
		}
		if out, err := exec.Command(openssl, "pkey", "-in", file, "-check", "-noout").CombinedOutput(); err != nil {
			t.Errorf("%s: openssl pkey -check: %v\n%.500s", d.name, err, out)
		}
	}
}

// TestDamagedText puts damaged certificates before sound ones: to pass over them would
// take another leaf. Only lines that are text to everybody are passed over.
func TestDamagedText(t *testing.T) {
	t.Parallel()
	for _, folder := range []string{"p256", "p384", "rsa2048"} {
		chain, other, key := testdata.Read(folder+"/chain3.pem"), testdata.Read("ed25519/leaf.pem"), testdata.Read(folder+"/key.pem")
		for _, v := range damaged.Variants() {
			for _, text := range []string{v.Damage(other) + chain, "x " + v.Damage(other) + chain, chain + v.Damage(other)} {
				if v.Damage(other) == other || strings.HasPrefix(text, "x -----BEGIN") && text[2:] == other+chain {
					continue // nothing is damaged
				}
				if fastpath.Chain(text, time.Time{}) || fastpath.Pair(text, key, time.Time{}) != fastpath.Unknown {
					t.Errorf("%s/%s: recognized in %.200q", v.Class, v.Name, text)
				}
			}
		}
		for _, line := range []string{"", "subject=CN = www.example.com", "Bag Attributes", "    Modulus: 00:ab", "Made - by hand", "M", "My certificate:"} {
			if text := line + "\n" + chain; fastpath.Chain(text, time.Time{}) != (line != "M") {
				t.Errorf("%q in front: %t", line, line == "M")
			}
		}
	}
}
