package readers_test

import (
	"crypto/x509"
	"encoding/asn1"
	"errors"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/oracle"
	"github.com/alicert/alicert/internal/oracle/dertree"
	"github.com/alicert/alicert/internal/oracle/openssl"
	"github.com/alicert/alicert/testdata"
	"github.com/alicert/alicert/validate"
	"github.com/alicert/alicert/validate/internal/fastpath"
	rules "github.com/alicert/alicert/validate/internal/openssl"
	"github.com/alicert/alicert/validate/internal/pemscan"
)

var (
	wantedCertificates = flag.Int("changed.certificates", 20_000, "how many changed certificates to check")
	wantedKeys         = flag.Int("changed.keys", 5_000, "how many changed keys to check")
	wantedSeed         = flag.Uint64("changed.seed", 1, "where the changes begin")
	wantedShown        = flag.Int("changed.shown", 10, "how many differences that nothing explains to show")
)

var program string // OpenSSL's reader; "" if it cannot be built

func TestMain(m *testing.M) {
	flag.Parse()
	folder, err := os.MkdirTemp("", "readers")
	if err == nil {
		program, err = openssl.Build(folder)
	}
	if err != nil {
		fmt.Fprintf(os.Stderr, "OpenSSL is not asked: %v\n", err)
	}
	status := m.Run()
	_ = os.RemoveAll(folder)
	os.Exit(status)
}

// start starts OpenSSL's reader; nil where it cannot be built.
func start(tb testing.TB) *openssl.Reader {
	tb.Helper()
	if program == "" {
		return nil
	}
	reader, err := openssl.Start(program)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() { _ = reader.Close() })
	return reader
}

var noLimits = validate.Options{CertificateLimit: -1, PrivateKeyLimit: -1}

func has(r *validate.Report, conditions ...errcodes.Condition) bool {
	return slices.ContainsFunc(r.Violations, func(v *errcodes.Error) bool { return slices.Contains(conditions, v.Condition) })
}

// A difference is between what passes and what OpenSSL and Go load. It is known if it
// belongs to a class of oracle.Known.
type difference struct{ known, what string }

// encodedOtherwise reports whether DER passes once tags and lengths are the shortest, and
// one or two elements are constructed that were not, or the other way round: so that it
// was refused for an encoding that DER does not allow.
func encodedOtherwise(der []byte, passes func(der []byte) bool) bool {
	tree := dertree.Parse(der)
	return passes(dertree.Encode(tree)) || withOtherForms(&tree, 0, 2, passes)
}

// withOtherForms tries other forms of the elements behind the first ones, of so many
// of them at once.
func withOtherForms(tree *[]*dertree.Node, from, depth int, passes func(der []byte) bool) bool {
	const constructed = 0x20
	places := dertree.Places(tree)
	for i := from; i < len(places); i++ {
		n := places[i].Node()
		was := *n
		forms := []dertree.Node{was}
		if was.Tag&constructed != 0 && was.Inner != nil { // a string in pieces
			forms = append(forms, dertree.Node{Tag: was.Tag, Content: pieces(was.Inner)})
		} else if was.Tag&constructed == 0 { // a list that is not constructed
			forms = []dertree.Node{{Tag: was.Tag, Content: was.Content, Inner: dertree.Parse(was.Content)}}
		}
		for _, form := range forms {
			*n = form
			n.Tag ^= constructed
			if passes(dertree.Encode(*tree)) || depth > 1 && withOtherForms(tree, i+1, depth-1, passes) {
				return true
			}
		}
		*n = was
	}
	return false
}

// pieces puts the content of primitive elements together.
func pieces(nodes []*dertree.Node) (all []byte) {
	for _, n := range nodes {
		all = append(all, n.Content...)
		all = append(all, pieces(n.Inner)...)
	}
	return all
}

// unexplained is a difference that belongs to no class.
func unexplained(format string, args ...any) difference {
	return difference{"", fmt.Sprintf(format, args...)}
}

// certificates compares what is made of a file of certificates and the first one's key.
func certificates(reader *openssl.Reader, cert, key string) (all []difference, err error) {
	request := &validate.CDNRequest{DomainName: "www.example.com", Status: "on", Certificate: cert, PrivateKey: validate.NewSecret(key)}
	report := validate.Check(request, noLimits)
	if d := sameVerdict(request, report); d != "" {
		all = append(all, unexplained("%s", d))
	}
	ours := !has(report, errcodes.CondCertificateMissing, errcodes.CondCertificateNotPEM, errcodes.CondCertificateMalformed)
	first, both := goTakes(cert)
	theirs := openssl.Chain{Loads: true}
	if reader != nil {
		if theirs, err = reader.Chain(cert); err != nil {
			return nil, err
		}
	}
	both = both && theirs.Loads
	quick := fastpath.Chain(cert, time.Time{})
	switch {
	case ours && !both, quick && !both:
		all = append(all, unexplained("passes (fast path: %t), but not both load it; OpenSSL: %+v", quick, theirs))
	case quick && !ours:
		all = append(all, unexplained("the fast path passes it, the report does not: %v", report.Err()))
	case reader == nil:
	case both && !ours:
		all = append(all, difference{whyMalformed(theirs, first, cert, report.Err()), fmt.Sprintf("refused, though both load it: %v", report.Err())})
	case ours && has(report, errcodes.CondCertificateNotServer) == theirs.Server:
		if !theirs.Server && slices.Contains(first.ExtKeyUsage, x509.ExtKeyUsageAny) {
			all = append(all, difference{"anyExtendedKeyUsage", ""})
		} else {
			all = append(all, unexplained("a server's to OpenSSL: %t", theirs.Server))
		}
	}
	return all, nil
}

// goTakes reports whether Go reads all certificates of a text, and returns the first.
func goTakes(cert string) (first *x509.Certificate, all bool) {
	all = true
	for i, b := range oracle.GoBlocks(cert) {
		parsed, err := x509.ParseCertificate(b.DER)
		if all = all && err == nil; i == 0 {
			first = parsed
		}
	}
	return first, all
}

// whyMalformed names the class of a file that both readers load, "" if there is none.
func whyMalformed(theirs openssl.Chain, first *x509.Certificate, cert string, why error) string {
	switch {
	case !theirs.Signs:
		return "type of key"
	case berInside(cert):
		return "BER"
	case len(first.Extensions) == 0 && strings.Contains(why.Error(), "Go passes over them"):
		return "extensions that Go passes over"
	default:
		return ""
	}
}

// berInside reports whether a file of certificates was refused for BER in the one that
// was changed, the last. Go is not asked again: it looks at strings that are in one piece.
func berInside(cert string) bool {
	blocks := oracle.GoBlocks(cert)
	return encodedOtherwise(blocks[len(blocks)-1].DER, func(der []byte) bool {
		c, ok := rules.Exact(der)
		return ok && (len(blocks) > 1 || c.PublicKey() && c.Extensions() == 0)
	})
}

// sameVerdict says how the verdict, which may take the fast path, differs from the
// report.
func sameVerdict(request *validate.CDNRequest, whole *validate.Report) string {
	verdict, report := validate.Verdict(request, noLimits), whole.Err()
	code := func(err error) (c errcodes.Condition) {
		if e, ok := errors.AsType[*errcodes.Error](err); ok {
			return e.Condition
		}
		return 0
	}
	if (verdict == nil) != (report == nil) || code(verdict) != code(report) {
		return fmt.Sprintf("verdict: %v; report: %v", verdict, report)
	}
	return ""
}

// privateKey compares what is made of a private key, whose reader was asked about the
// certificate before.
func privateKey(reader *openssl.Reader, cert, label string, der []byte) (all []difference, err error) {
	text := armor(label, der)
	request := &validate.CDNRequest{DomainName: "www.example.com", Status: "on", Certificate: cert, PrivateKey: validate.NewSecret(text)}
	whole := validate.Check(request, noLimits)
	if d := sameVerdict(request, whole); d != "" {
		all = append(all, unexplained("%s", d))
	}
	report := validate.PrivateKey(validate.NewSecret(text), noLimits)
	ours, goReads := len(report.Violations) == 0, goReadsKey(der)
	if ours && !goReads {
		all = append(all, unexplained("passes; Go does not read it"))
	}
	if reader == nil {
		return all, nil
	}
	theirs, err := reader.Key(text)
	if err != nil {
		return nil, err
	}
	switch {
	case ours && goReads && !theirs.Loads:
		known, err := labelMisfits(reader, der)
		if err != nil {
			return nil, err
		}
		all = append(all, difference{known, fmt.Sprintf("passes; OpenSSL: %+v", theirs)})
	case !ours && goReads && theirs.Loads:
		all = append(all, difference{whyRefused(theirs, der), fmt.Sprintf("refused, though both load it: %v", report.Err())})
	case whole.Err() == nil && theirs.Loads && !theirs.Fits:
		all = append(all, unexplained("the pair passes; OpenSSL: %+v", theirs))
	}
	return all, nil
}

func goReadsKey(der []byte) bool {
	_, pkcs1 := x509.ParsePKCS1PrivateKey(der)
	_, sec1 := x509.ParseECPrivateKey(der)
	_, pkcs8 := x509.ParsePKCS8PrivateKey(der)
	return pkcs1 == nil || sec1 == nil || pkcs8 == nil
}

// labelMisfits names the class of a key that OpenSSL loads under another label.
func labelMisfits(reader *openssl.Reader, der []byte) (known string, err error) {
	for _, label := range []string{"RSA PRIVATE KEY", "EC PRIVATE KEY", "PRIVATE KEY"} {
		k, err := reader.Key(armor(label, der))
		if err != nil {
			return "", err
		}
		if k.Loads {
			known = "label of another form"
		}
	}
	return known, nil
}

// whyRefused names the class of a key that both readers load, "" if there is none.
func whyRefused(theirs openssl.Key, der []byte) string {
	switch {
	case !theirs.Consistent:
		return "inconsistent key"
	case primes(der) > mostPrimes:
		return "primes of an RSA key"
	case behind(der):
		return "bytes behind the key"
	case notConstructed(der), encodedOtherwise(der, func(der []byte) bool {
		return primes(der) > mostPrimes || len(validate.PrivateKey(validate.NewSecret(armor("PRIVATE KEY", der)), noLimits).Violations) == 0
	}):
		return "BER"
	default:
		return ""
	}
}

// notConstructed reports whether a SEQUENCE is not constructed, into which nobody looks.
func notConstructed(der []byte) bool {
	tree := dertree.Parse(der)
	return slices.ContainsFunc(dertree.Places(&tree), func(p dertree.Place) bool { return p.Node().Tag == 0x10 })
}

const mostPrimes = 5

// primes counts the primes of an RSA key, in PKCS#8 or not.
func primes(der []byte) int {
	const octets, others = 2, 9 // their places
	tree := dertree.Parse(der)
	if len(tree) == 1 && len(tree[0].Inner) > octets && tree[0].Inner[octets].Tag == 0x04 {
		tree = tree[0].Inner[octets].Inner
	}
	if len(tree) != 1 || len(tree[0].Inner) <= others {
		return 0
	}
	return 2 + len(tree[0].Inner[others].Inner)
}

// behind reports whether something follows a key in its block, the one inside PKCS#8 in
// its octets, or the octets where attributes are due.
func behind(der []byte) bool {
	var outer, inner asn1.RawValue
	more, err := asn1.Unmarshal(der, &outer)
	if err != nil || len(more) > 0 {
		return err == nil
	}
	for i, rest := 0, outer.Bytes; len(rest) > 0; i++ {
		var e asn1.RawValue
		if rest, err = asn1.Unmarshal(rest, &e); err != nil {
			return false
		}
		if e.Class == asn1.ClassUniversal && e.Tag == asn1.TagOctetString && i == 2 {
			if more, err := asn1.Unmarshal(e.Bytes, &inner); err == nil && len(more) > 0 {
				return true
			}
		}
		if i == 3 && e.Class == asn1.ClassContextSpecific && !e.IsCompound {
			return true
		}
	}
	return false
}

// A tally counts differences by their class.
type tally struct {
	sync.Mutex
	known map[string]int
	shown int
}

// compareMany compares n changed samples on two readers at a time.
func compareMany(t *testing.T, title, about string, n int, one func(reader *openssl.Reader, rng *rand.Rand) (cert, key string, all []difference, err error)) {
	t.Helper()
	if program == "" {
		t.Skip("OpenSSL's reader cannot be built: see what the tests say at the beginning")
	}
	const workers = 2
	if testing.Short() {
		n /= 5
	}
	counts := tally{known: map[string]int{}}
	var group sync.WaitGroup
	began := time.Now()
	for w := range workers {
		reader := start(t)
		rng := rand.New(rand.NewPCG(*wantedSeed, uint64(w)))
		group.Go(func() {
			for i := range n / workers {
				cert, key, all, err := one(reader, rng)
				if err != nil {
					t.Errorf("%v\n%s%s", err, cert, key)
					return
				}
				counts.Lock()
				for _, d := range all {
					if counts.known[d.known]++; d.known == "" {
						if counts.shown++; counts.shown <= *wantedShown {
							t.Errorf("%d of worker %d, after %v: %s\n%s%s", i, w, time.Since(began), d.what, cert, key)
						}
					}
				}
				counts.Unlock()
			}
		})
	}
	group.Wait()
	t.Logf("in %v\n%s", time.Since(began), counts.section(title, about, n/workers*workers))
}

// section renders the counts as a section of CORPUS.md.
func (c *tally) section(title, about string, n int) string {
	var b strings.Builder
	unexplained := c.known[""]
	delete(c.known, "")
	explained := 0
	for _, n := range c.known {
		explained += n
	}
	unit := strings.TrimPrefix(title, "Changed ")
	fmt.Fprintf(&b, "## %s\n\n%s Seed %d.\n\n", title, about, *wantedSeed)
	fmt.Fprintf(&b, "| %s compared | equal | explained | unexplained |\n|---:|---:|---:|---:|\n", unit)
	fmt.Fprintf(&b, "| %d | %d | %d | %d |\n", n, n-explained-unexplained, explained, unexplained)
	fmt.Fprintf(&b, "\n| class of differences | %s | why |\n|---|---:|---|\n", unit)
	for _, known := range slices.Sorted(maps.Keys(c.known)) {
		fmt.Fprintf(&b, "| %s | %d | %s |\n", known, c.known[known], oracle.Find(known).Why)
	}
	return b.String()
}

const (
	aboutCertificates = "Certificates with every extension, one to three of whose DER elements were left out, doubled, emptied, put elsewhere, given another tag, another length or " +
		"another content, the first of a file or the second: whether they pass `ServerCertificate` as far as form and content go, by the report and by the fast path, and as what, " +
		"against `SSL_CTX_use_certificate_chain_file` (security level 0), `X509_check_purpose` and `crypto/x509`."
	aboutKeys = "Private keys in all forms, changed likewise: whether they pass `PrivateKey`, and the pair, against `PEM_read_bio_PrivateKey`, `SSL_CTX_use_PrivateKey`, " +
		"`SSL_CTX_check_private_key` and Go's three parsers."
	aboutBeside = "Keys beside a certificate whose text was changed."
)

// TestChangedCertificates changes certificates, the first or the second of a file.
func TestChangedCertificates(t *testing.T) {
	seeds := certificateSeeds()
	donors := donorsOf(seeds)
	compareMany(t, "Changed certificates", aboutCertificates, *wantedCertificates, func(reader *openssl.Reader, rng *rand.Rand) (cert, key string, all []difference, err error) {
		s := seeds[rng.IntN(len(seeds))]
		cert = armor("CERTIFICATE", dertree.NewChanger(rng.IntN, donors).Change(s.tree))
		if rng.IntN(4) == 0 {
			cert = s.whole + cert
		}
		all, err = certificates(reader, cert, s.key)
		return cert, "", all, err
	})
}

// TestChangedKeys changes private keys.
func TestChangedKeys(t *testing.T) {
	seeds := keySeeds(t)
	var donors []*dertree.Node
	for _, s := range seeds {
		donors = append(donors, dertree.Donors(dertree.Encode(s.tree))...)
	}
	compareMany(t, "Changed keys", aboutKeys, *wantedKeys, func(reader *openssl.Reader, rng *rand.Rand) (cert, key string, all []difference, err error) {
		s := seeds[rng.IntN(len(seeds))]
		der := dertree.NewChanger(rng.IntN, donors).Change(s.tree)
		if _, err := reader.Chain(s.certificate); err != nil {
			return "", "", nil, err
		}
		all, err = privateKey(reader, s.certificate, s.label, der)
		return s.certificate, armor(s.label, der), all, err
	})
}

// TestBlocksBesideKey changes the text of a certificate beside a private key, which is
// passed over whatever is in it.
func TestBlocksBesideKey(t *testing.T) {
	key, beside := testdata.Read("p256/key.pem"), testdata.Read("p256/leaf.pem")
	compareMany(t, "Changed blocks beside keys", aboutBeside, *wantedKeys, func(reader *openssl.Reader, rng *rand.Rand) (cert, text string, all []difference, err error) {
		m := oracle.NewMangler(rng.IntN, "text\n") // a hidden certificate is the business of package pemscan
		if text = m.Mangle(beside) + "\n" + key; rng.IntN(2) == 0 {
			text = key + m.Mangle(beside)
		}
		report := validate.PrivateKey(validate.NewSecret(text), noLimits)
		passes := len(report.Violations) == 0
		theirs, err := reader.Key(text)
		if err != nil {
			return "", "", nil, err
		}
		goTakes := slices.ContainsFunc(oracle.GoBlocks(text), func(b oracle.Block) bool { return b.Label == "EC PRIVATE KEY" })
		switch both := theirs.Reads && goTakes; {
		case passes && !both:
			all = append(all, difference{"", fmt.Sprintf("passes; Go: %t; OpenSSL: %+v", goTakes, theirs)})
		case both && !passes:
			known := ""
			if damaged(text) {
				known = "damaged armor"
			}
			all = append(all, difference{known, fmt.Sprint(report.Err())})
		}
		return "", text, all, nil
	})
}

// damaged reports whether a line is armor that is damaged.
func damaged(text string) bool {
	for s := pemscan.Scan(strings.TrimPrefix(text, "\ufeff")); ; {
		item, more := s.Next()
		if !more || item.Kind == pemscan.KindDamage {
			return more || strings.HasPrefix(text, "\ufeff")
		}
	}
}

// TestSeedsLoad: what is changed passes as it is, but for what is not sound on purpose.
func TestSeedsLoad(t *testing.T) {
	reader := start(t)
	for i, s := range certificateSeeds() {
		all, err := certificates(reader, s.whole, s.key)
		report := validate.ServerCertificate(s.whole, noLimits)
		if err != nil || len(all) > 0 || has(report, errcodes.CondCertificateMalformed) != s.unsound {
			t.Errorf("certificate %d: %v, %v, %v\n%s", i, err, all, report.Err(), s.whole)
		}
	}
	for i, s := range keySeeds(t) {
		der := dertree.Encode(s.tree)
		var all []difference
		var err error
		if reader != nil {
			_, err = reader.Chain(s.certificate)
		}
		if err == nil {
			all, err = privateKey(reader, s.certificate, s.label, der)
		}
		if err != nil || slices.ContainsFunc(all, func(d difference) bool { return d.known == "" }) {
			t.Errorf("key %d: %v, %v\n%s", i, err, all, armor(s.label, der))
		}
	}
}

// decider makes choices out of bytes of the fuzzer's: one or two for each.
func decider(choices []byte) func(n int) int {
	return func(n int) int {
		if len(choices) < 2 || n <= 1 {
			return 0
		}
		x := int(choices[0])
		choices = choices[1:]
		if n > 256 {
			x, choices = x<<8|int(choices[0]), choices[1:]
		}
		return x % n
	}
}

func randomChoices(rng *rand.Rand) []byte {
	choices := make([]byte, 24)
	for i := range choices {
		choices[i] = byte(rng.IntN(256))
	}
	return choices
}

// FuzzChangedCertificate lets the fuzzer choose the changes. Without OpenSSL's reader it
// asks Go alone.
func FuzzChangedCertificate(f *testing.F) {
	seeds := certificateSeeds()
	donors := donorsOf(seeds)
	rng := rand.New(rand.NewPCG(1, 2))
	for i := range seeds {
		f.Add(uint8(i), i%4 == 0, randomChoices(rng))
	}
	reader := start(f)
	f.Fuzz(func(t *testing.T, which uint8, second bool, choices []byte) {
		s := seeds[int(which)%len(seeds)]
		cert := armor("CERTIFICATE", dertree.NewChanger(decider(choices), donors).Change(s.tree))
		if second {
			cert = s.whole + cert
		}
		all, err := certificates(reader, cert, s.key)
		check(t, all, err, cert)
	})
}

// FuzzChangedKey does the same for private keys.
func FuzzChangedKey(f *testing.F) {
	seeds := keySeeds(f)
	rng := rand.New(rand.NewPCG(1, 3))
	for i := range seeds {
		f.Add(uint8(i), randomChoices(rng))
	}
	reader := start(f)
	f.Fuzz(func(t *testing.T, which uint8, choices []byte) {
		s := seeds[int(which)%len(seeds)]
		der := dertree.NewChanger(decider(choices), nil).Change(s.tree)
		if reader != nil {
			if _, err := reader.Chain(s.certificate); err != nil {
				t.Fatal(err)
			}
		}
		all, err := privateKey(reader, s.certificate, s.label, der)
		check(t, all, err, armor(s.label, der))
	})
}

func check(t *testing.T, all []difference, err error, text string) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	for _, d := range all {
		if d.known == "" {
			t.Errorf("%s\n%s", d.what, text)
		} else {
			oracle.Find(d.known)
		}
	}
}
