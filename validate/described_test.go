package validate_test

import (
	"encoding/pem"
	"math/rand/v2"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/alicert/alicert/internal/oracle/dertree"
	"github.com/alicert/alicert/validate"
	"github.com/alicert/alicert/validate/internal/fastpath"
)

// checkDescribed holds what is said of a pair with the fast path to what the parsers
// alone say, field by field. It reports whether the fast path knows the certificates.
func checkDescribed(t *testing.T, name, cert, key string) (known bool) {
	t.Helper()
	req := pairRequest(cert, key)
	for _, opts := range []validate.Options{
		{Now: inPeriod, VerifyChain: true, Domains: []string{"other.example.net"}, CertificateLimit: -1, PrivateKeyLimit: -1},
		{Strict: true},
	} {
		if diff := cmp.Diff(validate.Check(req, validate.ParsersOnly(opts)), validate.Check(req, opts)); diff != "" {
			t.Errorf("%s: report (-parsers +fast path)\n%s\n%s", name, diff, cert)
		}
		if diff := cmp.Diff(validate.Summarize(req, validate.ParsersOnly(opts)), validate.Summarize(req, opts)); diff != "" {
			t.Errorf("%s: summary (-parsers +fast path)\n%s\n%s", name, diff, cert)
		}
		want, got := validate.Verdict(req, validate.ParsersOnly(opts)), validate.Verdict(req, opts)
		if diff := cmp.Diff(want, got); diff != "" {
			t.Errorf("%s: verdict (-parsers +fast path)\n%s\n%s", name, diff, cert)
		}
	}
	return fastpath.Chain(cert, time.Time{})
}

func TestDescribed(t *testing.T) {
	known := 0
	for _, p := range pairMatrix(t) {
		if checkDescribed(t, p.name, p.cert, p.key) {
			known++
		}
	}
	if known < 50 {
		t.Errorf("only %d chains are recognized", known)
	}
}

// describedSeeds are certificates to change, and their keys.
type describedSeed struct {
	tree []*dertree.Node
	key  string
}

func describedSeeds(tb testing.TB) (seeds []describedSeed, donors []*dertree.Node) {
	tb.Helper()
	var ders [][]byte
	for _, folder := range []string{"rsa1024", "p256", "p384", "ed25519"} {
		for _, file := range []string{"leaf.pem", "issuing.pem", "root.pem"} {
			block, _ := pem.Decode([]byte(pkiFile(tb, folder+"/"+file)))
			seeds = append(seeds, describedSeed{dertree.Parse(block.Bytes), pkiFile(tb, folder+"/key.pem")})
			ders = append(ders, block.Bytes)
		}
	}
	return seeds, dertree.Donors(ders...)
}

// TestDescribedChanged changes certificates, one to three elements of each.
func TestDescribedChanged(t *testing.T) {
	seeds, donors := describedSeeds(t)
	n := 4000
	if testing.Short() {
		n /= 10
	}
	rng := rand.New(rand.NewPCG(31, 32))
	known := 0
	for i := range n {
		s := seeds[i%len(seeds)]
		cert := pemOf("CERTIFICATE", dertree.NewChanger(rng.IntN, donors).Change(s.tree))
		if rng.IntN(4) == 0 {
			cert = pemOf("CERTIFICATE", dertree.Encode(seeds[0].tree)) + cert
		}
		if checkDescribed(t, "changed", cert, s.key) {
			known++
		}
	}
	if t.Logf("%d of %d are recognized", known, n); known < n/20 {
		t.Errorf("only %d of %d are recognized", known, n)
	}
}

// FuzzDescribed lets the fuzzer choose the changes.
func FuzzDescribed(f *testing.F) {
	seeds, donors := describedSeeds(f)
	for i := range seeds {
		f.Add(uint8(i), []byte{1, 2, 3, byte(i), 5, 6, 7, 8})
	}
	f.Fuzz(func(t *testing.T, which uint8, choices []byte) {
		s := seeds[int(which)%len(seeds)]
		choose := func(n int) int {
			if len(choices) < 2 || n <= 1 {
				return 0
			}
			x := int(choices[0])<<8 | int(choices[1])
			choices = choices[1:]
			return x % n
		}
		checkDescribed(t, "changed", pemOf("CERTIFICATE", dertree.NewChanger(choose, donors).Change(s.tree)), s.key)
	})
}

func TestCorpusDescribed(t *testing.T) {
	t.Parallel()
	c := needCorpus(t)
	known := 0
	certificates, _ := partition(c.files, func(f *corpusFile) bool { return f.Format == "pem" && len(f.Data) > 0 })
	for _, is := range inParallel(certificates, func(f *corpusFile) bool { return checkDescribed(t, f.ID, string(f.Data), "") }) {
		if is {
			known++
		}
	}
	pairs, _ := partition(c.pairs, func(p *corpusPair) bool { return p.Formats == [2]string{"pem", "pem"} })
	inParallel(pairs, func(p *corpusPair) bool {
		return checkDescribed(t, p.CertID+" with "+p.KeyID, string(p.Cert.Data), string(p.Key.Data))
	})
	if t.Logf("%d files, of which %d are recognized, and %d pairs", len(certificates), known, len(pairs)); known == 0 {
		t.Error("none is recognized")
	}
}
