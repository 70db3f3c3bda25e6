package validate_test

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"math/big"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/alicert/alicert/validate"
	"github.com/alicert/alicert/validate/internal/slow"
)

// adviceOn returns the ids of the advisories on certificates of which the first is for
// pki/p256/key.pem.
func adviceOn(tb testing.TB, certs ...string) []validate.AdvisoryID {
	tb.Helper()
	req := pairRequest(strings.Join(certs, ""), pkiFile(tb, "p256/key.pem"))
	report := validate.Check(req, validate.Options{Now: inPeriod, VerifyChain: true})
	if err := report.Err(); err != nil {
		tb.Error(err)
	}
	var ids []validate.AdvisoryID
	for _, a := range report.Advisories {
		ids = append(ids, a.ID)
	}
	return ids
}

// TestCrossSigned: a root and its cross-signed counterpart are one link of the chain.
// All other advisories on them would be untrue.
func TestCrossSigned(t *testing.T) {
	const root, disorder, missing, unrelated, bad = validate.RootIncluded, validate.ChainOutOfOrder, validate.ChainLinkMissing, validate.UnrelatedCertificate, validate.ChainSignatureBad
	for _, withIDs := range []bool{true, false} {
		keyID := func(own issuer) func(*x509.Certificate) {
			return func(c *x509.Certificate) {
				c.SubjectKeyId = own.cert.SubjectKeyId
				if !withIDs {
					c.SubjectKeyId, c.KeyUsage, c.IsCA, c.BasicConstraintsValid = nil, 0, false, false // a CA gets a key identifier of its own
				}
			}
		}
		plain := func(c *x509.Certificate) {
			if !withIDs {
				c.KeyUsage, c.IsCA, c.BasicConstraintsValid = 0, false, false
			}
		}
		named := func(name string) func(*x509.Certificate) {
			return func(c *x509.Certificate) { c.Subject.CommonName = name }
		}
		older, other := newRoot(t, named("older"), plain), newRoot(t, named("other"), plain)
		young := newRoot(t, named("young"), plain)
		cross := issueFor(t, older, "young", young.key, keyID(young))
		secondCross := issueFor(t, other, "young", young.key, keyID(young))
		between := issue(t, young, "between", plain)
		leaf := between.leaf(t, nil)
		direct := young.leaf(t, nil)
		impostor := newRoot(t, named("young"), plain)
		r, c, c2, i, o := young.pem(), cross.pem(), secondCross.pem(), between.pem(), older.pem()
		tests := []struct {
			name  string
			certs []string
			want  []validate.AdvisoryID
		}{
			{"counterpart behind", []string{leaf, i, c, r}, []validate.AdvisoryID{root}},
			{"counterpart before", []string{leaf, i, r, c}, []validate.AdvisoryID{root}},
			{"both roots, older first", []string{leaf, i, c, o, r}, []validate.AdvisoryID{root, root}},
			{"both roots, older last", []string{leaf, i, c, r, o}, []validate.AdvisoryID{root, root}},
			{"both roots, counterpart before", []string{leaf, i, r, c, o}, []validate.AdvisoryID{root, root}},
			{"both roots, older in between", []string{leaf, i, r, o, c}, []validate.AdvisoryID{root, root}},
			{"no intermediate", []string{direct, c, r}, []validate.AdvisoryID{root}},
			{"no intermediate, counterpart before", []string{direct, r, c}, []validate.AdvisoryID{root}},
			{"no intermediate, both roots", []string{direct, r, c, o}, []validate.AdvisoryID{root, root}},
			{"no counterpart", []string{leaf, i, c}, nil},
			{"root alone", []string{leaf, i, r}, []validate.AdvisoryID{root}},
			{"signed by two", []string{leaf, i, c, c2}, nil},
			{"signed by two, with all roots", []string{leaf, i, c, c2, r, o, other.pem()}, []validate.AdvisoryID{root, root, root}},
			{"a stranger", []string{leaf, i, c, r, pkiFile(t, "p384/intermediate.pem")}, []validate.AdvisoryID{root, unrelated}},
			{"older root too early", []string{leaf, o, i, c, r}, []validate.AdvisoryID{disorder, root, root}},
			{"intermediate last", []string{leaf, c, r, i}, []validate.AdvisoryID{disorder, root}},
			{"a bad signature", []string{leaf, badSignature(t, i), c, r}, []validate.AdvisoryID{bad, root}},
			{"a root of the same name and another key", []string{leaf, i, c, impostor.pem()}, []validate.AdvisoryID{missing, unrelated}},
			{"roots of the same name and different keys", []string{leaf, i, impostor.pem(), r}, []validate.AdvisoryID{root, unrelated}},
			{"two leaves of one issuer", []string{direct, young.leaf(t, nil), r}, []validate.AdvisoryID{root, unrelated, validate.SecondLeaf}},
			{"gap", []string{leaf, c, r}, []validate.AdvisoryID{missing, unrelated, unrelated}},
		}
		for _, test := range tests {
			if test.name == "gap" && !withIDs { // the root neither says that it is a CA nor shows it
				test.want = append(test.want, validate.SecondLeaf)
			}
			got := adviceOn(t, test.certs...)
			slices.Sort(got)
			slices.Sort(test.want)
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("key identifiers %v, %s (-want +got)\n%s", withIDs, test.name, diff)
			}
		}
	}
}

// TestSignaturesVerified: which keys signatures are verified by, and how many are.
func TestSignaturesVerified(t *testing.T) {
	const bad, not = validate.ChainSignatureBad, validate.ChainLinkNotVerifiable
	for _, test := range []struct {
		name     string
		bits     int
		exponent int
		want     validate.AdvisoryID
		why      string
	}{
		{"longest modulus", 8192, 65537, bad, "not by the key of block 2"},
		{"too long a modulus", 8200, 65537, not, "the RSA key of block 2 has 8200 bits"},
		{"longest exponent", 2048, 1<<17 - 1, bad, "not by the key of block 2"},
		{"too long an exponent", 2048, 1<<17 + 1, not, "the RSA key of block 2 has the exponent 131073"},
		{"the longest exponent that Go has", 2048, 1<<31 - 1, not, "has the exponent 2147483647"},
	} {
		modulus := new(big.Int).Lsh(big.NewInt(1), uint(test.bits-1))
		key := &rsa.PublicKey{N: modulus.Add(modulus, big.NewInt(1)), E: test.exponent}
		ca := newRoot(t) // signs in the place of the one with the long key
		long := ca.leaf(t, key, func(c *x509.Certificate) { c.Subject.CommonName = "long" })
		ca.cert.RawSubject = parseCert(t, long).RawSubject
		ca.cert.SubjectKeyId = nil
		req := pairRequest(ca.leaf(t, nil)+long, pkiFile(t, "p256/key.pem"))
		report := validate.Check(req, validate.Options{Now: inPeriod, VerifyChain: true})
		a, found := report.Advisory(test.want)
		if !found || !strings.Contains(a.Reason.EN, test.why) || a.Reason.ZH == "" || a.Block != 1 {
			t.Errorf("%s: %+v", test.name, report.Advisories)
		}
		if quiet := validate.Check(req, validate.Options{Now: inPeriod}); slices.ContainsFunc(quiet.Advisories, func(a validate.Advisory) bool { return a.ID == bad || a.ID == not }) {
			t.Errorf("%s: without VerifyChain: %+v", test.name, quiet.Advisories)
		}
	}
	for _, in := range slow.Inputs(validate.DefaultCertificateLimit) {
		if !strings.HasPrefix(in.Name, "self-issued, ") {
			continue
		}
		report := validate.Check(pairRequest(in.Certificate, pkiFile(t, "p256/key.pem")), validate.Options{Now: inPeriod})
		a, found := report.Advisory(not)
		if want := !strings.Contains(in.Name, " 8192 "); found != want || want && a.Reason.ZH == "" {
			t.Errorf("%s: %+v", in.Name, report.Advisories)
		}
	}
}

// TestIssuersOfOneName: of certificates with the name of the issuer the one that signed
// is the issuer. Where they are too many to try them all, nothing untrue is said.
func TestIssuersOfOneName(t *testing.T) {
	named := func(c *x509.Certificate) { c.Subject.CommonName, c.KeyUsage, c.IsCA = "one", 0, false }
	ca := newRoot(t, named)
	certs := []string{ca.leaf(t, nil)}
	for range 40 {
		certs = append(certs, newRoot(t, named).pem())
	}
	if got := adviceOn(t, certs[:5]...); !slices.Contains(got, validate.ChainSignatureBad) {
		t.Errorf("none of the issuers signed it: %v", got)
	}
	within := append(slices.Clone(certs[:5]), ca.pem())
	if got := adviceOn(t, within...); slices.Contains(got, validate.ChainSignatureBad) || !slices.Contains(got, validate.RootIncluded) {
		t.Errorf("the fifth signed it: %v", got)
	}
}

// TestLongestChainVerified: chains that CAs make are verified in full, by the slowest
// of keys, too.
func TestLongestChainVerified(t *testing.T) {
	ca := newRoot(t)
	certs := []string{ca.pem()}
	for level := range 4 {
		key, err := ecdsa.GenerateKey(elliptic.P521(), rand.Reader)
		if err != nil {
			t.Fatal(err)
		}
		ca = issueFor(t, ca, "level "+strconv.Itoa(level), key)
		certs = append(certs, ca.pem())
	}
	certs = append(certs, ca.leaf(t, nil))
	slices.Reverse(certs)
	if got := adviceOn(t, certs...); !slices.Equal(got, []validate.AdvisoryID{validate.RootIncluded}) {
		t.Errorf("got %v", got)
	}
	certs[3] = badSignature(t, certs[3])
	if got := adviceOn(t, certs...); !slices.Contains(got, validate.ChainSignatureBad) {
		t.Errorf("a bad signature: %v", got)
	}
}
