package inputs

import (
	"slices"
	"strconv"
	"strings"

	"github.com/alicert/alicert/fuzz"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/validate"
)

// The parameters that requests and events share: mostly names that exist, sometimes
// others, now and then a value at a limit.

// among is one of a bundle mostly, otherwise what else there may be.
func among(s *fuzz.Source, b *fuzz.Bundle[string], m *history, otherwise func(*fuzz.Source, *history) string) string {
	if b.Len() == 0 || s.OneIn(8) {
		return otherwise(s, m)
	}
	return b.Pick(s, "")
}

// fresh is mostly a value that is not taken.
func fresh[T any](s *fuzz.Source, taken func(T) bool, all ...T) T {
	free := slices.DeleteFunc(slices.Clone(all), taken)
	if len(free) == 0 || s.OneIn(6) {
		return fuzz.Pick(s, all...)
	}
	return fuzz.Pick(s, free...)
}

// toggled is mostly the other setting of the two.
func toggled(s *fuzz.Source, on bool) bool { return on == s.OneIn(6) }

func requestID(s *fuzz.Source, m *history) string {
	if s.OneIn(16) {
		return m.RequestIDs.Pick(s, "r0")
	}
	m.Requests++
	id := "r" + strconv.Itoa(m.Requests)
	m.RequestIDs.Add(id)
	return id
}

var domains = []string{"www.example.com", "shop.example.com", "img.example.com", "*.example.com", "xn--mnchen-3ya.example"}

// domain is the name of a domain in the form that the machine keeps.
func domain(s *fuzz.Source, m *history) string {
	if s.OneIn(12) {
		return fuzz.Pick(s, domains...)
	}
	return m.Domains.Pick(s, domains[0])
}

// hostileDomains are unusual, invalid or at a limit.
var hostileDomains = []Text{
	"", "WWW.Example.COM", "münchen.example", "*.example.com", ".example.com", "www.example.com,shop.example.com",
	"www.example.com.", "none.example.com", "-www.example.com", "www_1.example.com", "www.example.com\x00", "\xff.example.com",
	Text(strings.Repeat("a.", 125) + "com"), Text(strings.Repeat("a.", 126) + "c"), Text(strings.Repeat("a.", 126) + "co"),
	Text(strings.Repeat("a", 63) + ".com"), Text(strings.Repeat("a", 64) + ".com"),
}

// textDomain is anyDomain in valid UTF-8, for parameters that are kept as strings.
func textDomain(s *fuzz.Source, m *history, product string) string {
	return strings.ToValidUTF8(string(anyDomain(s, m, product)), "?")
}

// anyDomain is a domain as a client of a product may spell it. It is mostly one of that
// product.
func anyDomain(s *fuzz.Source, m *history, product string) Text {
	if s.OneIn(24) {
		return fuzz.Pick(s, hostileDomains...)
	}
	_, name := cdn.SplitID(domain(s, m))
	if s.OneIn(12) { // perhaps of another product
		return Text(name)
	}
	return Text(m.of(product).Pick(s, name))
}

var certificateNames = []string{"A", "B", "C"}

// certificateName is the name of a certificate that exists or may exist.
func certificateName(s *fuzz.Source, m *history) string {
	if s.OneIn(4) {
		return fuzz.Pick(s, certificateNames...)
	}
	return m.Names.Pick(s, certificateNames[0])
}

// hostileNames are unusual, invalid or at a limit, in characters and in bytes.
var hostileNames = []Text{
	"", Text(strings.Repeat("n", validate.MaxCertName-1)), Text(strings.Repeat("n", validate.MaxCertName)), Text(strings.Repeat("n", validate.MaxCertName+1)),
	Text(strings.Repeat("证", validate.MaxCertName-1)), Text(strings.Repeat("证", validate.MaxCertName)), Text(strings.Repeat("证", validate.MaxCertName+1)),
	Text(strings.Repeat("😀", validate.MaxCertName)), Text(strings.Repeat("😀", validate.MaxCertName) + "n"), Text(strings.Repeat("é", validate.MaxCertName/2)),
	Text(strings.Repeat("n", 512)), Text(strings.Repeat("n", 513)), "a b", " ", "a\nb", "\x7f", "\xff", "e\u0301", "\u202e", "cert-r1", "cert-r1-2",
	"-----BEGIN PRIVATE KEY-----",
}

func anyName(s *fuzz.Source, m *history) Text {
	if s.OneIn(6) {
		return fuzz.Pick(s, hostileNames...)
	}
	return Text(certificateName(s, m))
}

// certificateID is the id of a certificate that exists or may exist.
func certificateID(s *fuzz.Source, m *history) string {
	if s.OneIn(6) {
		return cas.IDIn(fuzz.Pick(s, 1, 2, 3, 4, 5, 6, cas.FirstNumber, cas.FirstNumber+1), region(s))
	}
	return m.IDs.Pick(s, cas.IDOf(1))
}

// certificateNumber is the number of a certificate that exists or may exist.
func certificateNumber(s *fuzz.Source, m *history) int {
	if s.OneIn(4) {
		return fuzz.Pick(s, 1, 2, cas.FirstNumber, cas.FirstNumber+1, 0, -1)
	}
	return m.Numbers.Pick(s, cas.FirstNumber)
}

// certificateDecimal is a certificate's number as text.
func certificateDecimal(s *fuzz.Source, m *history) string {
	number, _, _ := strings.Cut(certificateID(s, m), "-")
	return number
}

// The time of a call: none, or one within, before and after the validity of most
// fixtures.
var times = []int64{0, 1_790_000_000, 1, 4_102_444_800}

func callTime(s *fuzz.Source) int64 {
	if s.OneIn(8) {
		return fuzz.Pick(s, times...)
	}
	return 0
}

// goodPairs are certificates with their keys.
var goodPairs = [][2]Fixture{
	{"p256/chain3", "p256/key"},
	{"p384/leaf", "p384/key"},
	{"ed25519/leaf", "ed25519/key"},
	{"rsa2048/chain3", "rsa2048/key"},
	{"p256/leaf", "p256/key-pkcs8"},
	{"rsa2048/leaf", "rsa2048/key-pkcs8"},
	{"usage/any-eku", "p256/key"},
	{"validity/short", "p256/key"},
}

// hostileCertificates are wrong, or look wrong.
var hostileCertificates = []Fixture{
	"p256/chain3|reversed", "p256/issuing+p256/leaf", "p384/leaf+p256/leaf", "p256/leaf|doubled", "p256/leaf+p256/key", "p256/leaf+p256/root",
	"usage/client-only", "usage/self-signed", "usage/ca-true", "validity/expired", "validity/not-yet", "weak/sha1", "names/idn", "names/no-san",
	"unsupported/rsa-pss", "unsupported/secp256k1", "forms/pkcs7", "forms/trusted", "p256/root", "p256/key", "certificate", "",
}

var hostileKeys = []Fixture{
	"p256/other-key", "p384/key", "rsa2048/key", "encrypted/legacy", "encrypted/pkcs8", "unsupported/secp256k1-key", "unsupported/openssh-key",
	"unsupported/dsa-key", "forms/ec-with-params", "forms/ec-no-public", "forms/ec-wrong-public", "p256/key+p256/other-key", "p256/leaf+p256/key",
	"p256/leaf", "key", "",
}

var mutationNames = MutationNames()

// pairOfFixtures is a certificate and a private key: mostly a good pair, sometimes with
// one of the two replaced or damaged.
func pairOfFixtures(s *fuzz.Source) (certificate, key Fixture) {
	good := goodPairs[s.Intn(len(goodPairs))]
	certificate, key = good[0], good[1]
	switch s.Weighted(16, 2, 2, 1, 1) {
	case 1:
		certificate = fuzz.Pick(s, hostileCertificates...)
	case 2:
		key = fuzz.Pick(s, hostileKeys...)
	case 3:
		certificate += "|" + Fixture(fuzz.Pick(s, mutationNames...))
	case 4:
		key += "|" + Fixture(fuzz.Pick(s, mutationNames...))
	}
	return certificate, key
}
