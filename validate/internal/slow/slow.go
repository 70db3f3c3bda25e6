// Package slow makes certificates that are slow to check: DER that no CA writes and
// that fills the limit on a certificate parameter with one element.
//
// The signatures are bytes of the right length, not signatures: to refuse them takes
// as long as to accept sound ones.
package slow

import (
	"crypto/ecdh"
	"encoding/asn1"
	"encoding/binary"
	"encoding/pem"
	"fmt"
	"math/big"
	"math/rand/v2"
	"slices"
	"strings"
)

// An Input is a PEM text of certificates within a limit.
type Input struct{ Name, Certificate string }

// Inputs returns certificates of at most limit bytes each.
func Inputs(limit int) []Input {
	return slices.Concat(keys(limit), names(limit), extensions(limit), chains(limit))
}

// Behind returns texts with a server certificate for a public key (a SubjectPublicKeyInfo
// in DER) behind as many others as fit, which may have issued it. Normalize follows
// this chain, and so do the checks before and after it.
func Behind(limit int, key []byte) []Input {
	signature := curveSignature(66)
	leaf := certificate{issuer: level(1), subject: level(0), key: key, algorithm: ecdsaSHA512, signature: signature, extensions: [][]byte{serverAuth}}.pem()
	return []Input{
		{"server certificate behind issuers of one name", candidates(limit-len(leaf), p521Key, ecdsaSHA512, signature) + leaf},
		{"server certificate behind its chain", chain(limit-len(leaf), p521Key, ecdsaSHA512, signature) + leaf},
	}
}

const (
	sequence  = 0x30
	set       = 0x31
	integer   = 0x02
	bitString = 0x03
	octets    = 0x04
	oid       = 0x06
	utf8Text  = 0x0c
)

// tlv writes one element.
func tlv(tag byte, content ...[]byte) []byte {
	body := slices.Concat(content...)
	return slices.Concat(tlvHeader(tag, len(body)), body)
}

// tlvHeader writes the tag and the length of an element.
func tlvHeader(tag byte, size int) []byte {
	n := binary.BigEndian.AppendUint32(nil, uint32(size)) //nolint:gosec // a few MiB at most
	switch {
	case size < 0x80:
		return []byte{tag, n[3]}
	case size < 0x100:
		return []byte{tag, 0x81, n[3]}
	case size < 0x10000:
		return []byte{tag, 0x82, n[2], n[3]}
	default:
		return []byte{tag, 0x83, n[1], n[2], n[3]}
	}
}

func oidOf(arcs ...int) []byte {
	der, err := asn1.Marshal(asn1.ObjectIdentifier(arcs))
	if err != nil {
		panic(err)
	}
	return der
}

// A certificate holds the fields of one. A field that is not set is as short as
// possible.
type certificate struct {
	serial          []byte
	issuer, subject []byte // names
	key             []byte // SubjectPublicKeyInfo
	extensions      [][]byte
	signature       []byte
	algorithm       []byte
}

var (
	sha256WithRSA = tlv(sequence, oidOf(1, 2, 840, 113549, 1, 1, 11), []byte{5, 0})
	sha512WithRSA = tlv(sequence, oidOf(1, 2, 840, 113549, 1, 1, 13), []byte{5, 0})
	ecdsaSHA512   = tlv(sequence, oidOf(1, 2, 840, 10045, 4, 3, 4))
	ed25519       = tlv(sequence, oidOf(1, 3, 101, 112))
	serverAuth    = extension([]int{2, 5, 29, 37}, tlv(sequence, oidOf(1, 3, 6, 1, 5, 5, 7, 3, 1)))
)

func (c certificate) der() []byte {
	or := func(set, standard []byte) []byte {
		if set == nil {
			return standard
		}
		return set
	}
	algorithm := or(c.algorithm, ed25519)
	tbs := [][]byte{
		tlv(0xa0, tlv(integer, []byte{2})),
		tlv(integer, or(c.serial, []byte{1})),
		algorithm,
		or(c.issuer, tlv(sequence)),
		tlv(sequence, tlv(0x17, []byte("200101000000Z")), tlv(0x17, []byte("490101000000Z"))),
		or(c.subject, tlv(sequence)),
		or(c.key, tlv(sequence, ed25519, tlv(bitString, make([]byte, 33)))),
	}
	if len(c.extensions) > 0 {
		tbs = append(tbs, tlv(0xa3, tlv(sequence, c.extensions...)))
	}
	return tlv(sequence, tlv(sequence, tbs...), algorithm, tlv(bitString, []byte{0}, or(c.signature, make([]byte, 64))))
}

func (c certificate) pem() string {
	return string(pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: c.der()}))
}

// room is how many bytes of DER fit into a text, less what a certificate has besides.
func room(limit int) int { return (limit-60)/65*48 - 400 }

// filled returns a text of one certificate after another, as many as fit.
func filled(limit int, of func(i int) certificate) string {
	var text strings.Builder
	for i := 0; ; i++ {
		next := of(i).pem()
		if text.Len()+len(next) > limit {
			return text.String()
		}
		text.WriteString(next)
	}
}

func named(name string) []byte { return attribute([]int{2, 5, 4, 3}, name) }

// attribute is a name of one attribute.
func attribute(of []int, value string) []byte { return tlv(sequence, set1(of, value)) }

func set1(of []int, value string) []byte {
	return tlv(set, tlv(sequence, oidOf(of...), tlv(utf8Text, []byte(value))))
}

func extension(id []int, value []byte) []byte { return tlv(sequence, oidOf(id...), tlv(octets, value)) }

// rsaKey is a key of an odd modulus that is no product of primes: verifying by it
// takes the same time.
func rsaKey(bits, seed int, exponent int64) []byte {
	random := rand.NewChaCha8([32]byte(big.NewInt(int64(seed)).FillBytes(make([]byte, 32))))
	modulus := make([]byte, bits/8)
	_, _ = random.Read(modulus) // never fails
	modulus[0] |= 0x80
	modulus[len(modulus)-1] |= 1
	key := tlv(sequence, tlv(integer, []byte{0}, modulus), number(exponent))
	return tlv(sequence, tlv(sequence, oidOf(1, 2, 840, 113549, 1, 1, 1), []byte{5, 0}), tlv(bitString, []byte{0}, key))
}

func number(n int64) []byte {
	der, err := asn1.Marshal(big.NewInt(n))
	if err != nil {
		panic(err)
	}
	return der
}

// curveKey is the key of the scalar n on a curve of NIST.
func curveKey(curve ecdh.Curve, id []int, size, n int) []byte {
	scalar := make([]byte, size)
	big.NewInt(int64(n + 2)).FillBytes(scalar)
	key, err := curve.NewPrivateKey(scalar)
	if err != nil {
		panic(err)
	}
	return tlv(sequence, tlv(sequence, oidOf(1, 2, 840, 10045, 2, 1), oidOf(id...)), tlv(bitString, []byte{0}, key.PublicKey().Bytes()))
}

func p521Key(n int) []byte { return curveKey(ecdh.P521(), []int{1, 3, 132, 0, 35}, 66, n) }
func p384Key(n int) []byte { return curveKey(ecdh.P384(), []int{1, 3, 132, 0, 34}, 48, n) }

// curveSignature is well formed; r and s are in range.
func curveSignature(size int) []byte {
	half := tlv(integer, []byte{1}, make([]byte, size-2))
	return tlv(sequence, half, half)
}

const (
	commonExponent  = 65537
	longExponent    = 1<<17 - 1 // the largest that signatures are verified by
	longestExponent = 1<<31 - 1 // the largest that Go verifies by
)

func keys(limit int) []Input {
	longest := room(limit) / 8 * 8 * 8
	selfIssued := func(bits int, exponent int64) string {
		return certificate{issuer: named("a"), subject: named("a"), key: rsaKey(bits, 1, exponent), algorithm: sha256WithRSA, signature: make([]byte, 1), extensions: [][]byte{serverAuth}}.pem()
	}
	byIssuer := certificate{issuer: named("a"), subject: named("b"), algorithm: sha256WithRSA, signature: make([]byte, 1)}.pem() +
		certificate{issuer: named("c"), subject: named("a"), key: rsaKey(longest-8*500, 1, longestExponent), algorithm: sha256WithRSA, signature: make([]byte, 1)}.pem()
	dsa := tlv(sequence,
		tlv(sequence, oidOf(1, 2, 840, 10040, 4, 1), tlv(sequence, number(23), number(11), number(4))),
		tlv(bitString, []byte{0}, tlv(integer, []byte{1}, make([]byte, room(limit)-200))))
	unknown := tlv(sequence, tlv(sequence, oidOf(1, 2, 3, 4)), tlv(bitString, []byte{0}, make([]byte, room(limit)-200)))
	return []Input{
		{"self-issued, longest modulus, exponent of 31 bits", selfIssued(longest, longestExponent)},
		{"self-issued, longest modulus", selfIssued(longest, commonExponent)},
		{"self-issued, modulus of 65536 bits", selfIssued(65536, commonExponent)},
		{"self-issued, modulus of 16384 bits", selfIssued(16384, longestExponent)},
		{"self-issued, modulus of 8192 bits", selfIssued(8192, longExponent)},
		{"issuer of the longest modulus", byIssuer},
		{"DSA key of one number", certificate{key: dsa}.pem()},
		{"key of an unknown algorithm", certificate{key: unknown}.pem()},
		{"signature to the limit", certificate{signature: make([]byte, room(limit))}.pem()},
		{"serial number to the limit", certificate{serial: slices.Repeat([]byte{0x7f}, room(limit))}.pem()},
	}
}

func names(limit int) []Input {
	size := room(limit)
	// both is a certificate that has a name of the given size for its issuer, or half of it
	// for issuer and subject.
	both := func(about string, of func(size int) []byte) []Input {
		return []Input{
			{"issuer " + about, certificate{issuer: of(size)}.pem()},
			{"issuer and subject " + about, certificate{issuer: of(size / 2), subject: append(of(size/2-100), []byte(nil)...)}.pem()},
		}
	}
	many := func(id []int, value string) func(int) []byte {
		return func(size int) []byte {
			one := set1(id, value)
			return tlv(sequence, slices.Repeat(one, (size-100)/len(one)))
		}
	}
	inOneSet := func(size int) []byte {
		one := tlv(sequence, oidOf(2, 5, 4, 11), tlv(utf8Text, []byte("x")))
		return tlv(sequence, tlv(set, slices.Repeat(one, (size-100)/len(one))))
	}
	long := func(id []int) func(int) []byte {
		return func(size int) []byte { return attribute(id, strings.Repeat("x", size-100)) }
	}
	longOID := func(size int) []byte {
		return tlv(sequence, tlv(set, tlv(sequence, tlv(oid, []byte{42}, slices.Repeat([]byte{1}, size-100)), tlv(utf8Text, []byte("x")))))
	}
	return slices.Concat(
		both("of many attributes of unknown type", many([]int{1, 3}, "")),
		both("of many organizational units", many([]int{2, 5, 4, 11}, "x")),
		both("of many attributes in one set", inOneSet),
		both("of one common name", long([]int{2, 5, 4, 3})),
		both("of one value of unknown type", long([]int{1, 3})),
		both("of one object identifier", longOID),
	)
}

// nested returns sequences one in the other, of size bytes or a few more. It writes
// them from the inside to the outside, the last byte first, so that none is copied.
func nested(size int) []byte {
	der := []byte{0, 5}
	for len(der) < size {
		header := tlvHeader(sequence, len(der))
		slices.Reverse(header)
		der = append(der, header...)
	}
	slices.Reverse(der)
	return der
}

func extensions(limit int) []Input {
	size := room(limit) - 100
	of := func(id []int, value []byte) string {
		return certificate{extensions: [][]byte{extension(id, value)}}.pem()
	}
	list := func(one []byte) []byte { return tlv(sequence, slices.Repeat(one, size/len(one))) }
	alternative := []int{2, 5, 29, 17}
	text := strings.Repeat("a", size)
	authority := tlv(sequence, tlv(0x80, []byte(text)))
	uri := tlv(0x86, []byte("http://a"))
	subtree := tlv(sequence, tlv(0x82, []byte("a")))
	var different, policies [][]byte
	for i, sum := 0, 0; sum < size-100; i++ {
		different = append(different, extension([]int{1, 3, i}, nil))
		sum += len(different[i])
	}
	for i, sum := 0, 0; sum < size-100; i++ {
		policies = append(policies, tlv(sequence, oidOf(1, 3, i)))
		sum += len(policies[i])
	}
	return []Input{
		{"many DNS names", of(alternative, list(tlv(0x82, []byte("a"))))},
		{"one DNS name", of(alternative, tlv(sequence, tlv(0x82, []byte(text))))},
		{"one DNS name of many labels", of(alternative, tlv(sequence, tlv(0x82, []byte(strings.Repeat("a.", size/2)+"a"))))},
		{"many IP addresses", of(alternative, list(tlv(0x87, make([]byte, 16))))},
		{"many mail addresses", of(alternative, list(tlv(0x81, []byte("a@a"))))},
		{"one mail address", of(alternative, tlv(sequence, tlv(0x81, []byte(text+"@a"))))},
		{"many URIs", of(alternative, list(uri))},
		{"one URI", of(alternative, tlv(sequence, tlv(0x86, []byte("http://"+text))))},
		{"URI that is none", of(alternative, tlv(sequence, tlv(0x86, []byte("http://%"+text))))},
		{"many directory names", of(alternative, list(tlv(0xa4, tlv(sequence))))},
		{"many other names", of(alternative, list(tlv(0xa0, oidOf(1, 3), tlv(0xa0, []byte{5, 0}))))},
		{"many purposes", of([]int{2, 5, 29, 37}, list(oidOf(1, 3, 4)))},
		{"many policies", of([]int{2, 5, 29, 32}, tlv(sequence, policies...))},
		{"many distribution points", of([]int{2, 5, 29, 31}, list(tlv(sequence, tlv(0xa0, tlv(0xa0, uri)))))},
		{"many name constraints", of([]int{2, 5, 29, 30}, tlv(sequence, tlv(0xa0, slices.Repeat(subtree, size/len(subtree)))))},
		{"many access descriptions", of([]int{1, 3, 6, 1, 5, 5, 7, 1, 1}, list(tlv(sequence, oidOf(1, 3, 6, 1, 5, 5, 7, 48, 1), uri)))},
		{"one issuer's key identifier", of([]int{2, 5, 29, 35}, authority)},
		{"one subject's key identifier", of([]int{2, 5, 29, 14}, tlv(octets, []byte(text)))},
		{"an extension of unknown content", of([]int{1, 3, 1}, []byte(text))},
		{"deep ASN.1", of([]int{1, 3, 1}, nested(size))},
		{"many extensions", certificate{extensions: different}.pem()},
	}
}

// level names a certificate of a chain.
func level(i int) []byte { return named(fmt.Sprint("s", i)) }

// chain is one certificate after the other, each issued by the next.
func chain(limit int, key func(i int) []byte, algorithm, signature []byte) string {
	return filled(limit, func(i int) certificate {
		return certificate{issuer: level(i + 1), subject: level(i), key: key(i), algorithm: algorithm, signature: signature}
	})
}

// candidates is a certificate, and behind it as many of its issuer's name as fit, all of
// different keys.
func candidates(limit int, key func(i int) []byte, algorithm, signature []byte) string {
	return filled(limit, func(i int) certificate {
		return certificate{issuer: level(min(i, 1) + 1), subject: level(min(i, 1)), key: key(i), algorithm: algorithm, signature: signature}
	})
}

func chains(limit int) []Input {
	rsaOf := func(bits int, exponent int64) func(int) []byte {
		return func(i int) []byte { return rsaKey(bits, i, exponent) }
	}
	inputs := []Input{}
	add := func(about string, newKey func(i int) []byte, algorithm, signature []byte) {
		var made [][]byte // the second text has the keys of the first
		key := func(i int) []byte {
			for len(made) <= i {
				made = append(made, newKey(len(made)))
			}
			return made[i]
		}
		inputs = append(inputs,
			Input{"chain of " + about, chain(limit, key, algorithm, signature)},
			Input{"issuers of one name, of " + about, candidates(limit, key, algorithm, signature)})
	}
	for _, bits := range []int{2048, 8192, 16384, 35152} {
		add(fmt.Sprintf("RSA of %d bits, exponent of 17 bits", bits), rsaOf(bits, longExponent), sha512WithRSA, make([]byte, bits/8))
	}
	add("RSA of 8192 bits, exponent of 31 bits", rsaOf(8192, longestExponent), sha256WithRSA, make([]byte, 1024))
	add("RSA of 16384 bits, exponent of 31 bits", rsaOf(16384, longestExponent), sha256WithRSA, make([]byte, 2048))
	add("P-521", p521Key, ecdsaSHA512, curveSignature(66))
	add("P-384", p384Key, ecdsaSHA512, curveSignature(48))
	tiny := tlv(sequence, tlv(sequence, tlv(oid, []byte{42})), tlv(bitString, []byte{0}))
	reversed := filled(limit, func(i int) certificate {
		return certificate{issuer: level(i), subject: level(i + 1), key: tiny, signature: []byte{}}
	})
	return append(inputs,
		Input{"smallest certificates", filled(limit, func(i int) certificate {
			return certificate{serial: big.NewInt(int64(i + 1<<16)).Bytes(), key: tiny, signature: []byte{}}
		})},
		Input{"smallest certificates, all the same", filled(limit, func(int) certificate { return certificate{key: tiny, signature: []byte{}} })},
		Input{"smallest certificates, each issued by the one before", certificate{issuer: level(-1), subject: level(0)}.pem() + reversed[:strings.LastIndex(reversed[:len(reversed)-400], "-----BEGIN")]},
		Input{"smallest certificates, each issued by the next", filled(limit, func(i int) certificate {
			return certificate{issuer: level(i + 1), subject: level(i), key: tiny, signature: []byte{}}
		})},
		Input{"smallest certificates of different names", filled(limit, func(i int) certificate {
			return certificate{issuer: level(1 << 20), subject: level(i), key: tiny, signature: []byte{}}
		})},
		Input{"a chain and many counterparts of one of it", filled(limit, func(i int) certificate {
			return certificate{serial: big.NewInt(int64(i + 1<<16)).Bytes(), issuer: level(i/2 + 1), subject: level(min(i, 1)), key: tiny, signature: []byte{}}
		})},
	)
}
