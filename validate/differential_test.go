package validate_test

import (
	"bytes"
	"crypto/rsa"
	"crypto/tls"
	"crypto/x509"
	"fmt"
	"math/big"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/oracle"
	"github.com/alicert/alicert/validate"
)

// A pairCase is a certificate text and a key text, sound or not.
type pairCase struct {
	name      string
	cert, key string
}

// A disagreement is a pair that we refuse and an oracle accepts, or the other
// way round.
type disagreement struct {
	oracles []string
	pairs   string // pattern of path.Match
	known   string // the reason, by its name in oracle.Known
}

var (
	byTLS  = []string{oracle.TLS.Name}
	byStep = []string{oracle.Keyutil.Name}
	byBoth = slices.Concat(byTLS, byStep)
)

// theyAcceptMore lists what an oracle accepts and we refuse.
var theyAcceptMore = []disagreement{
	{byBoth, "*/damaged * before a sound one", "damaged armor"},
	{byBoth, "*/blank line in the certificate", "blank line"},
	{byTLS, "*/header in the certificate", "headers"},
	{byBoth, "*/header in the key", "headers"},
	{byBoth, "*/key in the certificate", "private key"},
	{byBoth, "*/key before the certificate", "private key"},
	{byTLS, "*/garbage behind the leaf", "later certificate"},
	{byTLS, "*/trailing byte in the issuer", "later certificate"},
	{byTLS, "*/key labeled OPENSSH PRIVATE KEY", "label of another kind"},
	{byTLS, "*/key labeled DSA PRIVATE KEY", "label of another kind"},
	{byTLS, "*/key twice", "several keys"},
	{byTLS, "*/other key behind the key", "several keys"},
	{byBoth, "*/trailing byte in the*key", "bytes behind the key"},
	{byStep, "special/DER certificate", "DER to pemutil"},
	{byBoth, "special/EC with the public key of another", "inconsistent key"},
	{byBoth, "special/PKCS#8 version 2", "PKCS#8 version 2"},
	{byBoth, "special/certificate for clients", "not a server certificate"},
	{byBoth, "special/certificate for signing certificates", "not a server certificate"},
	{byBoth, "special/undecodable extension", "extension of no meaning to Go"},
	{byBoth, "flipped p256 */public*", "inconsistent key"},
	{byBoth, "flipped p256 key.pem/curve, length *", "bytes behind the curve"},
	{byBoth, "flipped rsa2048 */version, *", "version of an RSA key"},
	{byBoth, "flipped rsa2048 key-pkcs8.pem/algorithm null, tag *", "parameters of an RSA key"},
	{byBoth, "flipped rsa2048 */dP, *", "coefficients of an RSA key"},
	{byBoth, "flipped rsa2048 */dQ, *", "coefficients of an RSA key"},
	{byBoth, "flipped rsa2048 */qInv, *", "coefficients of an RSA key"},
}

// weAcceptMore lists what we accept and an oracle refuses.
var weAcceptMore = []disagreement{
	{byStep, "*/*key labeled EC PRIVATE KEY", "label to pemutil"},
	{byStep, "*/*key labeled RSA PRIVATE KEY", "label to pemutil"},
	{byStep, "*/key labeled PRIVATE KEY", "label to pemutil"},
	{byStep, "*/key labeled ENCRYPTED PRIVATE KEY", "label to pemutil"},
	{byStep, "*/certificate before the key", "another block beside the key to pemutil"},
	{byStep, "*/certificate behind the key", "another block beside the key to pemutil"},
	{byStep, "*/text", "text behind the key to pemutil"},
	{byStep, "special/EC parameters", "another block beside the key to pemutil"},
}

// TestPairsAgreeWithOthers checks a matrix of sound and damaged pairs. What we
// accept the others must accept, and what they accept we; every exception is
// listed with its reason, and every line of the lists is needed.
func TestPairsAgreeWithOthers(t *testing.T) {
	used := make(map[string]bool)
	explained := func(list []disagreement, by, name string) bool {
		for _, d := range list {
			if ok, err := path.Match(d.pairs, name); err != nil {
				t.Fatalf("%s: %v", d.pairs, err)
			} else if ok && slices.Contains(d.oracles, by) {
				used[by+" "+d.pairs] = true
				return true
			}
		}
		return false
	}
	names := make(map[string]bool)
	accepted := 0
	pairs := pairMatrix(t)
	for _, p := range pairs {
		if names[p.name] {
			t.Errorf("two pairs are called %s", p.name)
		}
		names[p.name] = true
		ours := validate.KeyPair(p.cert, validate.NewSecret(p.key), validate.Options{}).Err()
		if ours == nil {
			accepted++
		}
		for _, o := range oracle.Pairs {
			theirs := o.Accepts(p.cert, p.key)
			switch {
			case ours == nil && theirs != nil && !explained(weAcceptMore, o.Name, p.name):
				t.Errorf("%s: we accept; %s: %v", p.name, o.Name, theirs)
			case ours != nil && theirs == nil && !explained(theyAcceptMore, o.Name, p.name):
				t.Errorf("%s: %s accepts; we: %v", p.name, o.Name, ours)
			}
		}
	}
	for _, d := range slices.Concat(theyAcceptMore, weAcceptMore) {
		oracle.Find(d.known)
		for _, by := range d.oracles {
			if !used[by+" "+d.pairs] {
				t.Errorf("there is no disagreement with %s on %s", by, d.pairs)
			}
		}
	}
	t.Logf("%d pairs, %d accepted", len(pairs), accepted)
}

func pairMatrix(tb testing.TB) []pairCase {
	tb.Helper()
	var pairs []pairCase
	for _, folder := range pkiKeyTypes {
		pairs = append(pairs, pairsOfType(tb, folder)...)
	}
	return slices.Concat(pairs, specialPairs(tb), flippedPairs(tb))
}

// pairsOfType are the variants of one key type's certificate and key.
func pairsOfType(tb testing.TB, folder string) []pairCase {
	tb.Helper()
	file := func(name string) string { return pkiFile(tb, folder+"/"+name) }
	leaf, chain, key, pkcs8 := file("leaf.pem"), file("chain3.pem"), file("key.pem"), file("key-pkcs8.pem")
	garbage := pemOf("CERTIFICATE", []byte("garbage"))
	trailing := func(text, label string) string { return pemOf(label, append(bytes.Clone(derOf(tb, text)), 0)) }
	_, rest, _ := strings.Cut(key, "BEGIN ")
	label, _, _ := strings.Cut(rest, "-")
	other := "rsa2048/key.pem"
	if folder == "rsa2048" {
		other = "p256/key.pem"
	}
	pairs := []pairCase{
		{"leaf", leaf, key},
		{"leaf, PKCS#8", leaf, pkcs8},
		{"chain", chain, key},
		{"chain, PKCS#8", chain, pkcs8},
		{"other key of the type", chain, file("other-key.pem")},
		{"key of another type", chain, pkiFile(tb, other)},
		{"issuer first", file("issuing.pem") + leaf, key},
		{"leaf twice", leaf + leaf, key},
		{"root alone", file("root.pem"), key},
		{"no certificate", "", key},
		{"no key", leaf, ""},
		{"key as certificate", key, key},
		{"certificate as key", leaf, leaf},
		{"swapped", key, leaf},

		{"trailing byte in the certificate", trailing(leaf, "CERTIFICATE"), key},
		{"trailing byte in the issuer", leaf + trailing(file("issuing.pem"), "CERTIFICATE"), key},
		{"garbage behind the leaf", leaf + garbage, key},
		{"garbage before the leaf", garbage + leaf, key},
		{"trailing byte in the key", leaf, trailing(key, label)},
		{"trailing byte in the PKCS#8 key", leaf, trailing(pkcs8, "PRIVATE KEY")},
		{"cut DER of the key", leaf, pemOf(label, derOf(tb, key)[:len(derOf(tb, key))-1])},

		{"certificate labeled X509 CERTIFICATE", relabel(tb, leaf, "X509 CERTIFICATE"), key},
		{"certificate labeled TRUSTED CERTIFICATE", relabel(tb, leaf, "TRUSTED CERTIFICATE"), key},
		{"certificate labeled PRIVATE KEY", relabel(tb, leaf, "PRIVATE KEY"), key},
		{"key labeled CERTIFICATE", leaf, relabel(tb, key, "CERTIFICATE")},
		{"key labeled OPENSSH PRIVATE KEY", leaf, relabel(tb, key, "OPENSSH PRIVATE KEY")},
		{"key labeled ENCRYPTED PRIVATE KEY", leaf, relabel(tb, pkcs8, "ENCRYPTED PRIVATE KEY")},
		{"key labeled DSA PRIVATE KEY", leaf, relabel(tb, key, "DSA PRIVATE KEY")},
		{"key labeled PUBLIC KEY", leaf, relabel(tb, key, "PUBLIC KEY")},

		{"key in the certificate", leaf + key, key},
		{"key before the certificate", key + leaf, key},
		{"certificate before the key", leaf, leaf + key},
		{"certificate behind the key", leaf, key + leaf},
		{"key twice", leaf, key + key},
		{"other key behind the key", leaf, key + file("other-key.pem")},
		{"other key before the key", leaf, file("other-key.pem") + key},
		{"CR LF", strings.ReplaceAll(chain, "\n", "\r\n"), strings.ReplaceAll(key, "\n", "\r\n")},
		{"text", "subject\n" + leaf + "text\n", "text\n" + key + "text\n"},
		{"byte-order mark before the certificate", "\xef\xbb\xbf" + leaf, key},
		{"byte-order mark before the key", leaf, "\xef\xbb\xbf" + key},
		{"damaged leaf before a sound one", damageBegin(tb, leaf) + leaf, key},
		{"damaged key before a sound one", leaf, damageBegin(tb, key) + key},
		{"header in the certificate", editLines(func(l []string) []string { return slices.Insert(l, 1, "Comment: x", "") })(leaf), key},
		{"header in the key", leaf, editLines(func(l []string) []string { return slices.Insert(l, 1, "Comment: x", "") })(key)},
		{"blank line in the certificate", editLines(func(l []string) []string { return slices.Insert(l, 3, "") })(leaf), key},
	}
	for _, other := range []string{"RSA PRIVATE KEY", "EC PRIVATE KEY", "PRIVATE KEY"} {
		if other != label {
			pairs = append(pairs, pairCase{"key labeled " + other, leaf, relabel(tb, key, other)})
		}
		if other != "PRIVATE KEY" {
			pairs = append(pairs, pairCase{"PKCS#8 key labeled " + other, leaf, relabel(tb, pkcs8, other)})
		}
	}
	for i := range pairs {
		pairs[i].name = folder + "/" + pairs[i].name
	}
	return pairs
}

// specialPairs are those for which there is a fixture or a key made by hand.
func specialPairs(tb testing.TB) []pairCase {
	tb.Helper()
	file := func(name string) string { return pkiFile(tb, name) }
	p256, key := file("p256/leaf.pem"), file("p256/key.pem")
	one := big.NewInt(1)
	special := func(name, cert, key string) pairCase { return pairCase{"special/" + name, cert, key} }
	pairs := []pairCase{
		special("EC parameters", p256, file("forms/ec-with-params.pem")),
		special("EC without public key", p256, file("forms/ec-no-public.pem")),
		special("EC with the public key of another", p256, file("forms/ec-wrong-public.pem")),
		special("scalar 1", leafForScalar(tb, one), ecKeyPEM(tb, one)),
		special("scalar 1 in 40 bytes", leafForScalar(tb, one), ecKeyPEM(tb, one, 40)),
		special("scalar 1 in 1 byte", leafForScalar(tb, one), ecKeyPEM(tb, one, 1)),
		special("scalar n-1", leafForScalar(tb, orderMinusOne()), ecKeyPEM(tb, orderMinusOne())),
		special("scalar n", p256, ecKeyPEM(tb, orderP256())),
		special("scalar 0", p256, ecKeyPEM(tb, new(big.Int))),
		special("PKCS#8 version 2", file("ed25519/leaf.pem"), file("forms/pkcs8-v2-ed25519.pem")),
		special("RSA of three primes", leafFor(tb, threePrimes(tb).Public()), pemOf("RSA PRIVATE KEY", x509.MarshalPKCS1PrivateKey(threePrimes(tb)))),
		special("RSA, headers of an encrypted key", file("rsa2048/leaf.pem"), file("encrypted/legacy.pem")),
		special("RSA, encrypted PKCS#8", file("rsa2048/leaf.pem"), file("encrypted/pkcs8.pem")),
		special("certificate for clients", file("usage/client-only.pem"), key),
		special("certificate for signing certificates", file("usage/ku-cert-sign.pem"), key),
		special("expired certificate", file("validity/expired.pem"), key),
		special("signed with MD5", file("weak/md5.pem"), file("rsa2048/key.pem")),
		special("PKCS#7", file("forms/pkcs7.pem"), file("rsa2048/key.pem")),
		special("trusted certificate", file("forms/trusted.pem"), file("rsa2048/key.pem")),
		special("DER certificate", file("forms/leaf.der"), file("rsa2048/key.pem")),
		special("DER key", file("rsa2048/leaf.pem"), file("forms/key.der")),
		special("undecodable extension", leafWith(tb, func(t *x509.Certificate) {
			t.ExtraExtensions = append(t.ExtraExtensions, extension(oidNetscape, []byte{0x04, 0x00}))
		}), key),
	}
	for _, name := range []string{"dsa", "ed448", "explicit", "rsa-pss", "secp256k1", "sm2"} {
		pairs = append(pairs, special(name, file("unsupported/"+name+".pem"), file("unsupported/"+name+"-key.pem")))
	}
	return pairs
}

// An asn1Element is one element of a DER value: the offsets of its tag, of the
// last byte of its length, of its content and of what follows.
type asn1Element struct{ tag, length, content, end int }

// elements lists the elements of a DER value, those inside others behind them.
func elements(der []byte, from, to int) []asn1Element {
	var all []asn1Element
	for at := from; at+2 <= to; {
		e := asn1Element{tag: at, length: at + 1}
		size := int(der[at+1])
		if size >= 0x80 {
			size = 0
			for range der[at+1] & 0x7f {
				e.length++
				size = size<<8 | int(der[e.length])
			}
		}
		e.content, e.end = e.length+1, e.length+1+size
		all = append(all, e)
		inside := der[at]&0x20 != 0
		// The octet string of PKCS#8 holds an element of its own.
		if der[at] == 0x04 && size > 2 && (der[e.content] == 0x30 || der[e.content] == 0x04) {
			inside = elementEnd(der, e.content) == e.end
		}
		if inside {
			all = append(all, elements(der, e.content, e.end)...)
		}
		at = e.end
	}
	return all
}

func elementEnd(der []byte, at int) int {
	size, length := int(der[at+1]), at+2
	if size >= 0x80 {
		n := size & 0x7f
		size = 0
		for range n {
			size = size<<8 | int(der[length])
			length++
		}
	}
	return length + size
}

// flippedPairs are keys with single bits changed in every field.
func flippedPairs(tb testing.TB) []pairCase {
	tb.Helper()
	pkcs1Fields := []string{"key", "version", "n", "e", "d", "p", "q", "dP", "dQ", "qInv"}
	sec1Fields := []string{"key", "version", "scalar", "curve", "curve OID", "public", "public bits"}
	wrap := func(fields []string, algorithm ...string) []string {
		return slices.Concat([]string{"PKCS#8", "PKCS#8 version", "algorithm", "algorithm OID"}, algorithm, []string{"octets"}, fields)
	}
	var pairs []pairCase
	for _, form := range []struct {
		folder, file, label string
		fields              []string
	}{
		{"rsa2048", "key.pem", "RSA PRIVATE KEY", pkcs1Fields},
		{"rsa2048", "key-pkcs8.pem", "PRIVATE KEY", wrap(pkcs1Fields, "algorithm null")},
		{"p256", "key.pem", "EC PRIVATE KEY", sec1Fields},
		{"p256", "key-pkcs8.pem", "PRIVATE KEY", wrap([]string{"key", "version", "scalar", "public", "public bits"}, "algorithm curve")},
		{"ed25519", "key.pem", "PRIVATE KEY", wrap([]string{"seed"})},
	} {
		leaf, der := pkiFile(tb, form.folder+"/leaf.pem"), derOf(tb, pkiFile(tb, form.folder+"/"+form.file))
		found := elements(der, 0, len(der))
		if len(found) != len(form.fields) {
			tb.Fatalf("%s/%s has %d elements; want %d", form.folder, form.file, len(found), len(form.fields))
		}
		for i, e := range found {
			flip := func(what string, at int, bit byte) {
				damaged := bytes.Clone(der)
				damaged[at] ^= bit
				pairs = append(pairs, pairCase{
					fmt.Sprintf("flipped %s %s/%s, %s ^ %#02x", form.folder, form.file, form.fields[i], what, bit), leaf, pemOf(form.label, damaged),
				})
			}
			for _, bit := range []byte{0x01, 0x20, 0x80} {
				flip("tag", e.tag, bit)
			}
			flip("length", e.length, 0x01)
			if e.content == e.end || i+1 < len(found) && found[i+1].tag < e.end {
				continue // empty, or made of the elements that follow
			}
			for _, bit := range []byte{0x01, 0x02, 0x40, 0x80} {
				flip("first byte", e.content, bit)
			}
			flip("middle byte", (e.content+e.end)/2, 0x10)
			flip("last byte", e.end-1, 0x01)
		}
	}
	// The same bit may be the first, the middle and the last one.
	seen := make(map[string]bool)
	return slices.DeleteFunc(pairs, func(p pairCase) bool {
		again := seen[p.key+p.name]
		seen[p.key+p.name] = true
		return again
	})
}

// TestRSARelations: an RSA key of which one number does not fit the others is
// malformed, whichever it is.
func TestRSARelations(t *testing.T) {
	key, ok := parseSigner(t, pkiFile(t, "rsa2048/key.pem")).(*rsa.PrivateKey)
	other, ok2 := parseSigner(t, pkiFile(t, "rsa2048/other-key.pem")).(*rsa.PrivateKey)
	if !ok || !ok2 {
		t.Fatal("the fixtures are no RSA keys")
	}
	one, two := big.NewInt(1), big.NewInt(2)
	sound := func() pkcs1 {
		return pkcs1{
			N: new(big.Int).Set(key.N), E: key.E, D: new(big.Int).Set(key.D), P: new(big.Int).Set(key.Primes[0]), Q: new(big.Int).Set(key.Primes[1]),
			DP: new(big.Int).Set(key.Precomputed.Dp), DQ: new(big.Int).Set(key.Precomputed.Dq), QInv: new(big.Int).Set(key.Precomputed.Qinv),
		}
	}
	pMinus1 := new(big.Int).Sub(key.Primes[0], one)
	qMinus1 := new(big.Int).Sub(key.Primes[1], one)
	lambda := new(big.Int).Div(new(big.Int).Mul(pMinus1, qMinus1), new(big.Int).GCD(nil, nil, pMinus1, qMinus1))
	tests := []struct {
		name   string
		change func(*pkcs1)
		sound  bool
		onlyGo bool // sound to Go alone
	}{
		{"as it is", func(*pkcs1) {}, true, false},
		{"d, congruent modulo lambda", func(k *pkcs1) { k.D.Mod(k.D, lambda) }, true, false},
		{"d + 2", func(k *pkcs1) { k.D.Add(k.D, two) }, false, false},
		{"d = 0", func(k *pkcs1) { k.D.SetInt64(0) }, false, false},
		{"d negative", func(k *pkcs1) { k.D.Neg(k.D) }, false, false},
		{"d of another key", func(k *pkcs1) { k.D.Set(other.D) }, false, false},
		{"p and q swapped", func(k *pkcs1) { k.P, k.Q = k.Q, k.P }, false, false},
		{"p and q, dP and dQ swapped", func(k *pkcs1) { k.P, k.Q, k.DP, k.DQ = k.Q, k.P, k.DQ, k.DP }, false, false},
		{"everything swapped", func(k *pkcs1) {
			k.P, k.Q, k.DP, k.DQ = k.Q, k.P, k.DQ, k.DP
			k.QInv = new(big.Int).ModInverse(k.Q, k.P)
		}, true, false},
		{"p + 2", func(k *pkcs1) { k.P.Add(k.P, two) }, false, false},
		{"p = 1, q = n", func(k *pkcs1) { k.P.SetInt64(1); k.Q.Set(k.N) }, false, false},
		{"p of another key", func(k *pkcs1) { k.P.Set(other.Primes[0]) }, false, false},
		{"q negative", func(k *pkcs1) { k.Q.Neg(k.Q) }, false, false},
		{"p and q negative", func(k *pkcs1) { k.P.Neg(k.P); k.Q.Neg(k.Q) }, false, false},
		{"dP + 2", func(k *pkcs1) { k.DP.Add(k.DP, two) }, false, false},
		{"dP = d", func(k *pkcs1) { k.DP.Set(k.D) }, false, false},
		{"dP + p - 1", func(k *pkcs1) { k.DP.Add(k.DP, pMinus1) }, false, false},
		{"dQ + 2", func(k *pkcs1) { k.DQ.Add(k.DQ, two) }, false, false},
		{"dQ = dP", func(k *pkcs1) { k.DQ.Set(k.DP) }, false, false},
		{"qInv + 1", func(k *pkcs1) { k.QInv.Add(k.QInv, one) }, false, false},
		{"qInv of p", func(k *pkcs1) { k.QInv.ModInverse(k.P, k.Q) }, false, false},
		{"qInv + p", func(k *pkcs1) { k.QInv.Add(k.QInv, k.P) }, false, false},
		{"n of another key", func(k *pkcs1) { k.N.Set(other.N) }, false, false},
		{"n + 2", func(k *pkcs1) { k.N.Add(k.N, two) }, false, false},
		{"n negative", func(k *pkcs1) { k.N.Neg(k.N) }, false, false},
		{"e = 3", func(k *pkcs1) { k.E = 3 }, false, false},
		{"e = 65538", func(k *pkcs1) { k.E = 65538 }, false, false},
		{"e = 1", func(k *pkcs1) { k.E = 1 }, false, false},
		{"e negative", func(k *pkcs1) { k.E = -k.E }, false, false},
		{"version 1 without more primes", func(k *pkcs1) { k.Version = 1 }, false, true},
		{"version 2", func(k *pkcs1) { k.Version = 2 }, false, false},
		{"version negative", func(k *pkcs1) { k.Version = -1 }, true, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			numbers := sound()
			test.change(&numbers)
			text := pemOf("RSA PRIVATE KEY", marshal(t, numbers))
			var want []errcodes.Condition
			if !test.sound {
				want = []errcodes.Condition{errcodes.CondPrivateKeyMalformed}
			}
			report := validate.KeyPair(pkiFile(t, "rsa2048/leaf.pem"), validate.NewSecret(text), validate.Options{})
			if diff := cmp.Diff(want, conditionsOf(report)); diff != "" {
				t.Errorf("(-want +got)\n%s%v", diff, report.Err())
			}
			if _, err := tls.X509KeyPair([]byte(pkiFile(t, "rsa2048/leaf.pem")), []byte(text)); (err == nil) != (test.sound || test.onlyGo) {
				t.Errorf("tls.X509KeyPair: %v", err)
			}
		})
	}
}
