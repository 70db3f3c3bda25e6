package readers_test

import (
	"encoding/pem"
	"slices"
	"strings"
	"testing"

	"github.com/alicert/alicert/internal/oracle/dertree"
	"github.com/alicert/alicert/testdata"
)

// tlv writes one element.
func tlv(tag byte, content ...[]byte) []byte {
	return dertree.Encode([]*dertree.Node{{Tag: tag, Content: slices.Concat(content...)}})
}

func text(tag byte, s string) []byte { return tlv(tag, []byte(s)) }

func oid(arcs ...byte) []byte { return tlv(0x06, arcs) }

// pair writes an attribute of a name.
func pair(last byte, value []byte) []byte { return tlv(0x30, oid(0x55, 4, last), value) }

func set(elements ...[]byte) []byte { return tlv(0x31, elements...) }

func seq(elements ...[]byte) []byte { return tlv(0x30, elements...) }

// directory is a name with text of several types.
func directory() []byte {
	return seq(set(pair(6, text(0x13, "CN"))), set(pair(10, text(0x0c, "alicert")), pair(11, text(0x1e, "\x00a\x00b"))),
		set(pair(3, text(0x14, "t61"))), set(pair(3, text(0x16, "ia5"))))
}

func issuer() []byte { return tlv(0xa4, directory()) }

func otherName() []byte {
	return tlv(0xa0, oid(0x2b, 6, 1, 4, 1, 0x82, 0x37, 0x14, 2, 3), tlv(0xa0, text(0x0c, "a@example.com")))
}

// values are extensions, each with all parts that it may have.
func values() map[string][]byte {
	ext := func(id, value []byte) []byte { return seq(id, tlv(0x04, value)) }
	ce := func(n byte) []byte { return oid(0x55, 0x1d, n) }
	pe := func(n byte) []byte { return oid(0x2b, 6, 1, 5, 5, 7, 1, n) }
	uri := text(0x86, "http://example.com/")
	dns := text(0x82, "www.example.com")
	return map[string][]byte{
		"names": ext(ce(17), seq(dns, text(0x81, "a@example.com"), issuer(), otherName(), tlv(0xa5, tlv(0xa0, text(0x0c, "a")), tlv(0xa1, text(0x13, "b"))),
			uri, text(0x87, "\x7f\x00\x00\x01"), tlv(0x88, []byte{0x2a, 3, 4}), tlv(0xa3, text(0x13, "x")))),
		"one name":         ext(ce(17), seq(dns)),
		"issuer's names":   ext(ce(18), seq(issuer())),
		"authority":        ext(ce(35), seq(tlv(0x80, []byte{1, 2, 3}), tlv(0xa1, issuer()), tlv(0x82, []byte{1, 2}))),
		"authority's name": ext(ce(35), seq(tlv(0xa1, issuer(), otherName()), tlv(0x82, []byte{5}))),
		"subject":          ext(ce(14), tlv(0x04, []byte{9, 8, 7})),
		"basic":            ext(ce(19), seq(tlv(0x01, []byte{0xff}), tlv(0x02, []byte{1}))),
		"no CA":            ext(ce(19), seq()),
		"usage":            seq(ce(15), tlv(0x01, []byte{0xff}), tlv(0x04, tlv(0x03, []byte{5, 0xa0}))),
		"purposes":         ext(ce(37), seq(oid(0x2b, 6, 1, 5, 5, 7, 3, 1), oid(0x2b, 6, 1, 5, 5, 7, 3, 2))),
		"Netscape":         ext(oid(0x60, 0x86, 0x48, 1, 0x86, 0xf8, 0x42, 1, 1), tlv(0x03, []byte{6, 0x40})),
		"constraints": ext(ce(30), seq(tlv(0xa0, seq(dns, tlv(0x80, []byte{0}), tlv(0x81, []byte{9})), seq(issuer())),
			tlv(0xa1, seq(text(0x81, "example.com")), seq(otherName())))),
		"lists": ext(ce(31), seq(seq(tlv(0xa0, tlv(0xa0, uri)), tlv(0x81, []byte{6, 0x40}), tlv(0xa2, issuer())),
			seq(tlv(0xa2, issuer(), uri)), seq(tlv(0xa0, tlv(0xa0, issuer(), uri))))),
		"one list": ext(ce(31), seq(seq(tlv(0xa0, tlv(0xa0, uri))))),
		"fresh":    ext(ce(46), seq(seq(tlv(0xa0, tlv(0xa0, uri))))),
		"policies": ext(ce(32), seq(seq(oid(0x67, 0x81, 0x0c, 1, 2, 1), seq(seq(pe(1), text(0x16, "http://example.com/")))))),
		"access":   ext(pe(1), seq(seq(oid(0x2b, 6, 1, 5, 5, 7, 0x30, 1), uri))),
		"proxy":    ext(pe(14), seq(tlv(0x02, []byte{1}), seq(oid(0x2b, 6, 1, 5, 5, 7, 0x15, 0), tlv(0x04, []byte("p"))))),
		"addresses": ext(pe(7), seq(seq(tlv(0x04, []byte{0, 1}), seq(tlv(0x03, []byte{0, 10}), seq(tlv(0x03, []byte{0, 11}), tlv(0x03, []byte{0, 12})))),
			seq(tlv(0x04, []byte{0, 2}), tlv(0x05)))),
		"systems":     ext(pe(8), seq(tlv(0xa0, seq(tlv(0x02, []byte{1}), seq(tlv(0x02, []byte{2}), tlv(0x02, []byte{3})))), tlv(0xa1, tlv(0x05)))),
		"timestamps":  ext(oid(0x2b, 6, 1, 4, 1, 0xd6, 0x79, 2, 4, 2), tlv(0x04, []byte{0, 0})),
		"TLS feature": ext(pe(24), seq(tlv(0x02, []byte{5}))),
	}
}

// suites are extensions that stand together: each a seed for each kind of key.
var suites = [][]string{
	{},
	{"names", "authority"},
	{"authority's name", "lists", "subject", "usage"},
	{"names", "constraints", "basic"},
	{"lists", "one name"},
	{"proxy"},
	{"proxy", "usage", "authority"},
	{"addresses", "systems", "one name"},
	{"addresses", "purposes"},
	{"systems", "no CA"},
	{"one name", "usage", "purposes", "Netscape", "no CA", "policies", "access", "one list", "subject", "timestamps"},
	{"issuer's names", "fresh", "TLS feature", "purposes", "Netscape"},
	{"names", "authority", "subject", "basic", "usage", "purposes", "Netscape", "constraints", "lists", "policies", "access", "addresses", "systems", "timestamps"},
}

// unsound are extensions that do not go together: each change must leave them refused, or
// take one away.
var unsound = [][]string{{"proxy", "one name"}, {"proxy", "issuer's names"}, {"proxy", "basic"}}

// A seed is a certificate taken apart, and its key.
type seed struct {
	tree  []*dertree.Node
	whole string // its text
	key   string

	unsound bool // it does not load as it is
}

func block(s string) *pem.Block {
	b, _ := pem.Decode([]byte(s))
	return b
}

func armor(label string, ders ...[]byte) string {
	var b strings.Builder
	for _, der := range ders {
		b.Write(pem.EncodeToMemory(&pem.Block{Type: label, Bytes: der}))
	}
	return b.String()
}

// newSeed writes a certificate that nobody signed around the key of another.
func newSeed(folder string, names []string, uniqueIDs ...[]byte) seed {
	leaf := dertree.Parse(block(testdata.Read(folder + "/leaf.pem")).Bytes)
	publicKey := dertree.Encode(leaf[0].Inner[0].Inner[6:7])
	algorithm := seq(oid(0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2))
	if folder == "rsa2048" {
		algorithm = seq(oid(0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 0x0b), tlv(0x05))
	}
	parts := [][]byte{
		tlv(0xa0, tlv(0x02, []byte{2})), tlv(0x02, []byte{1, 2, 3}), algorithm, directory(),
		seq(text(0x17, "260101000000Z"), text(0x17, "491231235959Z")), directory(), publicKey,
	}
	parts = append(parts, uniqueIDs...)
	if len(names) > 0 {
		all, list := values(), make([][]byte, 0, len(names))
		for _, name := range names {
			list = append(list, all[name])
		}
		parts = append(parts, tlv(0xa3, seq(list...)))
	}
	der := seq(seq(parts...), algorithm, tlv(0x03, []byte("\x00signature")))
	return seed{dertree.Parse(der), armor("CERTIFICATE", der), testdata.Read(folder + "/key.pem"), false}
}

// certificateSeeds returns certificates with every extension in every form of it, and
// some as authorities issue them.
func certificateSeeds() (seeds []seed) {
	uniqueIDs := [][][]byte{
		{tlv(0x81, []byte{0, 1}), tlv(0x82, []byte{3, 8})},
		nil,
		{tlv(0xa1, tlv(0x81, []byte{0, 1}), tlv(0x03, []byte{2})), tlv(0x82, []byte{3, 8})}, // one in pieces
	}
	for i, names := range suites {
		for j, folder := range []string{"p256", "rsa2048", "ed25519"} {
			seeds = append(seeds, newSeed(folder, names, uniqueIDs[(i+j)%len(uniqueIDs)]...))
		}
	}
	for _, names := range unsound {
		s := newSeed("p256", names)
		s.unsound = true
		seeds = append(seeds, s)
	}
	for _, folder := range []string{"p224", "p256", "p384", "p521", "rsa1024", "rsa2048", "ed25519"} {
		for _, file := range []string{"leaf.pem", "issuing.pem"} {
			whole := testdata.Read(folder + "/" + file)
			seeds = append(seeds, seed{dertree.Parse(block(whole).Bytes), whole, testdata.Read(folder + "/key.pem"), false})
		}
	}
	return seeds
}

// donorsOf returns elements of the seeds, the extensions above all.
func donorsOf(seeds []seed) []*dertree.Node {
	ders := make([][]byte, 0, len(seeds))
	for _, s := range seeds {
		ders = append(ders, dertree.Encode(s.tree))
	}
	return dertree.Donors(ders...)
}

// A keySeed is a private key taken apart, and a certificate with its public key.
type keySeed struct {
	tree        []*dertree.Node
	label       string
	certificate string
}

// keySeeds returns keys of every kind in every form, with the attributes that some
// write, and with more primes than two.
func keySeeds(tb testing.TB) (seeds []keySeed) {
	tb.Helper()
	add := func(certificate, label string, der []byte) {
		tree := dertree.Parse(der)
		if tree == nil {
			tb.Fatalf("a key of label %s cannot be taken apart", label)
		}
		seeds = append(seeds, keySeed{tree, label, certificate})
	}
	attributes := tlv(0xa0, seq(oid(0x55, 0x1d, 0x0f), set(tlv(0x03, []byte{7, 0x80}))), seq(oid(0x2a, 3, 4), set(text(0x0c, "a"), seq(tlv(0x02, []byte{1})))))
	for _, folder := range []string{"p256", "p256", "p384", "p521", "p224", "rsa1024", "rsa2048", "ed25519", "ed25519"} {
		certificate := testdata.Read(folder + "/leaf.pem")
		for _, file := range []string{"key.pem", "key-pkcs8.pem"} {
			b := block(testdata.Read(folder + "/" + file))
			add(certificate, b.Type, b.Bytes)
			if b.Type == "PRIVATE KEY" {
				inner := dertree.Parse(b.Bytes)[0].Inner
				add(certificate, b.Type, seq(dertree.Encode(inner), attributes))
				if strings.HasPrefix(folder, "rsa") {
					more := seq(dertree.Encode(inner[1].Inner[:1]), seq(text(0x0c, "a")))
					add(certificate, b.Type, seq(dertree.Encode(inner[:1]), more, dertree.Encode(inner[2:])))
				}
			}
		}
	}
	for _, primes := range [][]byte{{101}, {101, 103, 107, 109}} { // and the usual two
		inner := dertree.Parse(block(testdata.Read("rsa2048/key.pem")).Bytes)[0].Inner
		infos := make([][]byte, 0, len(primes))
		for _, prime := range primes {
			infos = append(infos, seq(tlv(0x02, []byte{prime}), tlv(0x02, []byte{3}), tlv(0x02, []byte{5})))
		}
		add(testdata.Read("rsa2048/leaf.pem"), "RSA PRIVATE KEY", seq(tlv(0x02, []byte{1}), dertree.Encode(inner[1:]), seq(infos...)))
	}
	for _, file := range []string{"ec-with-params.pem", "ec-no-public.pem", "ec-wrong-public.pem"} {
		for rest := []byte(testdata.Read("forms/" + file)); ; {
			var b *pem.Block
			if b, rest = pem.Decode(rest); b == nil {
				break
			}
			if strings.HasSuffix(b.Type, "PRIVATE KEY") {
				add(testdata.Read("p256/leaf.pem"), b.Type, b.Bytes)
			}
		}
	}
	return seeds
}
