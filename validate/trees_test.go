package validate_test

import (
	"bytes"
	"cmp"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"fmt"
	"math/big"
	mathrand "math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/oracle"
	"github.com/alicert/alicert/validate"
)

// choices are numbers below a bound, read from bytes; 0 behind their end.
type choices struct{ rest []byte }

func (c *choices) intN(n int) int {
	if len(c.rest) == 0 {
		return 0
	}
	b := c.rest[0]
	c.rest = c.rest[1:]
	return int(b) % n
}

// oneIn is true once in n times.
func (c *choices) oneIn(n int) bool { return c.intN(n) == n-1 }

const mostCAs = 6

// treeKeys are the keys of the CAs of every tree.
var treeKeys = sync.OnceValue(func() (keys []crypto.Signer) {
	for i := range mostCAs + 1 {
		key, err := ecdsa.ParseRawPrivateKey(elliptic.P256(), bytes.Repeat([]byte{byte(i + 1)}, 32))
		if err != nil {
			panic(err)
		}
		keys = append(keys, key)
	}
	return keys
})

// A treeCA is a name with a key.
type treeCA struct {
	name string
	key  crypto.Signer
	id   []byte // nil: its certificates have no key identifier
}

// A tree is a random hierarchy: CAs of equal names, cross-signed by any other, with
// and without key identifiers.
type tree struct {
	*choices
	serial int64
	leaf   *x509.Certificate   // for pki/p256/key.pem
	others []*x509.Certificate // of CAs, and a second leaf
}

func newTree(tb testing.TB, data []byte) *tree {
	tb.Helper()
	t := &tree{choices: &choices{data}}
	cas := make([]treeCA, 1+t.intN(mostCAs))
	for i := range cas {
		cas[i] = treeCA{name: fmt.Sprintf("CA %d", i), key: treeKeys()[i], id: []byte{1, byte(i)}}
		if t.oneIn(3) {
			cas[i].name = "CA of one name"
		}
		if t.oneIn(3) {
			cas[i].id = nil
		}
	}
	for i, ca := range cas {
		parent := ca
		if i > 0 && !t.oneIn(5) {
			parent = cas[t.intN(i)]
		}
		t.others = append(t.others, t.issue(tb, parent, ca.name, ca.key.Public(), &ca))
		if t.oneIn(3) { // another certificate of the same key
			t.others = append(t.others, t.issue(tb, cas[t.intN(len(cas))], ca.name, ca.key.Public(), &ca))
		}
	}
	by := cas[len(cas)-1]
	if t.oneIn(3) {
		by = cas[t.intN(len(cas))]
	}
	name := "www.example.com"
	if t.oneIn(8) {
		name = "CA of one name"
	}
	t.leaf = t.issue(tb, by, name, parseSigner(tb, testKey()).Public(), nil)
	if t.oneIn(6) {
		t.others = append(t.others, t.issue(tb, cas[t.intN(len(cas))], "other.example.com", treeKeys()[mostCAs].Public(), nil))
	}
	return t
}

// issue makes a certificate for a CA, or of a server.
func (t *tree) issue(tb testing.TB, by treeCA, name string, key crypto.PublicKey, ca *treeCA) *x509.Certificate {
	tb.Helper()
	t.serial++
	template := &x509.Certificate{
		SerialNumber: big.NewInt(t.serial),
		Subject:      pkix.Name{CommonName: name},
		NotBefore:    periodBegin,
		NotAfter:     periodEnd,
	}
	if len(by.id) > 0 && !t.oneIn(4) {
		template.AuthorityKeyId = by.id
	}
	if ca != nil {
		// Not by IsCA, which would add a key identifier.
		template.ExtraExtensions = []pkix.Extension{{Id: []int{2, 5, 29, 19}, Critical: true, Value: []byte("\x30\x03\x01\x01\xff")}}
		if !t.oneIn(4) {
			template.SubjectKeyId = ca.id
		}
	} else {
		template.DNSNames = []string{"www.example.com"}
	}
	parent := &x509.Certificate{Subject: pkix.Name{CommonName: by.name}}
	der, err := x509.CreateCertificate(rand.Reader, template, parent, key, by.key)
	if err != nil {
		tb.Fatal(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		tb.Fatal(err)
	}
	return cert
}

// text puts certificates of the tree together: those of the leaf's chain in order, or
// nearly so, with roots and others in any place.
func (t *tree) text() (certs []*x509.Certificate) {
	certs = []*x509.Certificate{t.leaf}
	for i := 0; i < len(certs); i++ {
		for _, o := range t.others {
			if !signs(certs[i], certs[i]) && signs(o, certs[i]) && !slices.Contains(certs, o) {
				certs = append(certs, o)
			}
		}
	}
	for range t.intN(5) {
		at := 1 + t.intN(len(certs))
		switch t.intN(4) {
		case 0:
			if at < len(certs) { // a gap
				certs = slices.Delete(certs, at, at+1)
			}
		case 1:
			certs = slices.Insert(certs, at, t.others[t.intN(len(t.others))])
		case 2:
			if len(certs) > 2 {
				a, b := 1+t.intN(len(certs)-1), 1+t.intN(len(certs)-1)
				certs[a], certs[b] = certs[b], certs[a]
			}
		case 3:
			certs = slices.Insert(certs, at, certs[t.intN(len(certs))]) // a copy
		}
	}
	return certs
}

// A plainChain says of certificates, the leaf first, what follows from all signatures
// and all paths, at any cost.
type plainChain struct {
	text []*x509.Certificate
	once []*x509.Certificate        // without copies
	part map[*x509.Certificate]bool // of the leaf's chains, the leaf aside
}

func newPlainChain(text []*x509.Certificate) *plainChain {
	p := &plainChain{text: text, part: map[*x509.Certificate]bool{}}
	for _, c := range text {
		if !slices.Contains(p.once, c) {
			p.once = append(p.once, c)
		}
	}
	queue := []*x509.Certificate{text[0]}
	for ; len(queue) > 0; queue = queue[1:] {
		if isRoot(queue[0]) {
			continue
		}
		for _, issuer := range p.once {
			if signs(issuer, queue[0]) && !p.part[issuer] && issuer != text[0] {
				p.part[issuer] = true
				queue = append(queue, issuer)
			}
		}
	}
	return p
}

func isRoot(c *x509.Certificate) bool { return signs(c, c) }

// signs is signed, remembered.
func signs(issuer, child *x509.Certificate) bool {
	if !bytes.Equal(issuer.RawSubject, child.RawIssuer) {
		return false
	}
	key := [2]*x509.Certificate{issuer, child}
	if known, ok := treeSignatures.Load(key); ok {
		return known.(bool)
	}
	does := signed(issuer, child)
	treeSignatures.Store(key, does)
	return does
}

var treeSignatures sync.Map

// samePlace: certificates of one name and one key.
func samePlace(a, b *x509.Certificate) bool {
	return bytes.Equal(a.RawSubject, b.RawSubject) && bytes.Equal(a.RawSubjectPublicKeyInfo, b.RawSubjectPublicKeyInfo)
}

// named: by name and key identifiers issuer may have issued child.
func named(issuer, child *x509.Certificate) bool {
	return bytes.Equal(issuer.RawSubject, child.RawIssuer) &&
		(len(issuer.SubjectKeyId) == 0 || len(child.AuthorityKeyId) == 0 || bytes.Equal(issuer.SubjectKeyId, child.AuthorityKeyId))
}

// root reports whether the text has a root of the leaf's chain.
func (p *plainChain) root() bool {
	return isRoot(p.text[0]) || slices.ContainsFunc(p.once, func(c *x509.Certificate) bool { return p.part[c] && isRoot(c) })
}

// outsiders are the certificates that are no part of the leaf's chains.
func (p *plainChain) outsiders() (out []*x509.Certificate) {
	for _, c := range p.once[1:] {
		if !p.part[c] {
			out = append(out, c)
		}
	}
	return out
}

// issuedAmong reports whether one of the others issued a certificate that is no root.
func issuedAmong(c *x509.Certificate, others []*x509.Certificate) bool {
	return !isRoot(c) && slices.ContainsFunc(others, func(o *x509.Certificate) bool { return o != c && signs(o, c) })
}

// above reports whether an outsider is silently taken for what is above a missing
// link: it is that of a CA, and linked with another outsider.
func (p *plainChain) above(c *x509.Certificate) bool {
	out := p.outsiders()
	linked := func(c *x509.Certificate) bool {
		return issuedAmong(c, out) ||
			slices.ContainsFunc(out, func(o *x509.Certificate) bool { return issuedAmong(o, []*x509.Certificate{c}) })
	}
	whole := len(p.part) == 0 || slices.ContainsFunc(out, func(o *x509.Certificate) bool { return isRoot(o) && linked(o) })
	return !p.root() && whole && c.IsCA && linked(c)
}

// followed reports whether an issuer of the certificate stands at the next place.
func (p *plainChain) followed(c *x509.Certificate) bool {
	next := slices.Index(p.text, c) + 1
	for next < len(p.text) && samePlace(p.text[next], c) {
		next++
	}
	return next < len(p.text) && signs(p.text[next], c)
}

// inOrder reports whether each certificate, or others of its place, is followed by one
// that issued it: the published form, roots aside.
func (p *plainChain) inOrder() bool {
	for i, c := range p.text[1:] {
		before := p.text[i]
		together := i > 0 && samePlace(c, before)
		if !p.part[c] || !together && !signs(c, before) {
			return false
		}
	}
	return true
}

// ascending reports whether the text begins with the leaf and the parts of its chains,
// roots aside, each before its issuers.
func (p *plainChain) ascending() bool {
	parts := 0
	for i, c := range p.text[1:] {
		if !p.part[c] || isRoot(c) {
			continue
		}
		if parts++; i+1 != parts {
			return false
		}
		for _, child := range p.text[i+2:] {
			if p.part[child] && signs(c, child) {
				return false
			}
		}
	}
	return true
}

// eachOther reports whether two certificates issued each other, directly or not.
func (p *plainChain) eachOther() bool {
	for _, c := range p.once {
		above := newPlainChain(append([]*x509.Certificate{c}, p.once...)).part
		for a := range above {
			if !isRoot(a) && !isRoot(c) && newPlainChain(append([]*x509.Certificate{a}, p.once...)).part[c] {
				return true
			}
		}
	}
	return false
}

// rootless is known of the text without its roots.
func (p *plainChain) rootless() string {
	without := slices.DeleteFunc(slices.Clone(p.once), func(c *x509.Certificate) bool { return c != p.text[0] && isRoot(c) })
	return newPlainChain(without).known(len(without) * len(without))
}

// leafNamed reports whether a certificate of another name names the leaf as its
// issuer: the disagreement "leaf of an issuer's name".
func (p *plainChain) leafNamed() bool {
	return slices.ContainsFunc(p.once, func(c *x509.Certificate) bool {
		return !bytes.Equal(c.RawSubject, c.RawIssuer) && bytes.Equal(c.RawIssuer, p.text[0].RawSubject)
	})
}

// known names the disagreement that a text belongs to, "" for none. Issuers are told apart by at most so
// many signatures.
func (p *plainChain) known(most int) string {
	checks := 0
	doubt := false
	for _, c := range p.once {
		candidates := slices.DeleteFunc(slices.Clone(p.once), func(o *x509.Certificate) bool { return !named(o, c) })
		ownName := bytes.Equal(c.RawSubject, c.RawIssuer)
		if ownName || len(candidates) > 1 {
			checks += len(candidates)
		}
		if len(candidates) > 0 && !ownName && !slices.ContainsFunc(candidates, func(o *x509.Certificate) bool { return signs(o, c) }) {
			doubt = true
		}
	}
	switch {
	case checks > most:
		return oracle.Find("signatures beyond the budget").Name
	case doubt:
		return oracle.Find("issuer by name alone").Name
	case p.eachOther():
		return oracle.Find("issuers of each other").Name
	default:
		return ""
	}
}

// An advice is an advisory about a certificate of a text.
type advice struct {
	Block int
	ID    validate.AdvisoryID
}

// wanted is the advice on the chain, but for the order of its parts.
func (p *plainChain) wanted() (want []advice) {
	if isRoot(p.text[0]) {
		want = append(want, advice{1, validate.SelfSigned})
	}
	for i, c := range p.text {
		switch {
		case slices.Index(p.text, c) < i:
			want = append(want, advice{i + 1, validate.DuplicateCertificate})
		case i == 0:
		case p.part[c] && isRoot(c), p.above(c) && isRoot(c):
			want = append(want, advice{i + 1, validate.RootIncluded})
		case p.part[c]:
		case issuedAmong(c, p.once) && !p.followed(c):
			want = append(want, advice{i + 1, validate.ChainOutOfOrder})
		case !p.above(c):
			want = append(want, advice{i + 1, validate.UnrelatedCertificate})
		}
	}
	if !p.root() && (len(p.part) == 0 || len(p.outsiders()) > 0) {
		want = append(want, advice{0, validate.ChainLinkMissing})
	}
	return want
}

func pemTexts(certs []*x509.Certificate) (texts []string) {
	for _, c := range certs {
		texts = append(texts, pemOf("CERTIFICATE", c.Raw))
	}
	return texts
}

// hasIssuer reports whether the text has a certificate whose key signed one.
func (p *plainChain) hasIssuer(c *x509.Certificate) bool {
	return slices.ContainsFunc(p.once, func(o *x509.Certificate) bool { return signs(o, c) })
}

// checkAdvice holds the advice on a text to what follows from all signatures.
func (p *plainChain) checkAdvice(known string) error {
	req := pairRequest(strings.Join(pemTexts(p.text), ""), testKey())
	report := validate.Check(req, validate.Options{Now: inPeriod, VerifyChain: true})
	if known != "" || report.Err() != nil {
		return report.Err()
	}
	got := []advice{}
	for _, a := range report.Advisories {
		block := a.Block
		of := p.text[block-1]
		switch a.ID {
		case validate.ChainLinkMissing:
			if p.hasIssuer(of) {
				return fmt.Errorf("the issuer of block %d is said to be missing", block)
			}
			block = 0
		case validate.ChainOutOfOrder:
			if p.part[of] {
				if p.inOrder() || p.ascending() {
					return errors.New("what is in order is said to be out of order")
				}
				continue
			}
		case validate.SecondLeaf: // of what says that it is a CA only a server's own root is one
			if of.IsCA && len(of.DNSNames) == 0 {
				return fmt.Errorf("block %d is said to be a second leaf", block)
			}
			continue
		default:
		}
		got = append(got, advice{block, a.ID})
	}
	want := p.wanted()
	order := func(a, b advice) int { return cmp.Or(cmp.Compare(a.Block, b.Block), cmp.Compare(a.ID, b.ID)) }
	slices.SortFunc(got, order)
	slices.SortFunc(want, order)
	if diff := gocmp.Diff(append([]advice{}, want...), got); diff != "" {
		return fmt.Errorf("advice (-want +got)\n%s", diff)
	}
	return p.checkStrict(req)
}

// checkStrict holds strict mode to the published form.
func (p *plainChain) checkStrict(req *validate.CDNRequest) error {
	err := validate.Check(req, validate.Options{Now: inPeriod, Strict: true}).Err()
	sendsRoot := p.root() && !isRoot(p.text[0])
	switch copies := len(p.once) < len(p.text); {
	case p.inOrder() && !copies && !sendsRoot:
		if err != nil {
			return fmt.Errorf("the published form: %w", err)
		}
	case err != nil:
	case !p.ascending():
		return errors.New("strict mode takes a certificate before one that it issued")
	case copies || len(p.outsiders()) > 0 || sendsRoot:
		return errors.New("strict mode takes a copy, a root or a certificate outside the chain")
	}
	return nil
}

var testKey = sync.OnceValue(func() string { return pkiFile(nil, "p256/key.pem") })

// checkNormalized holds what Normalize makes of the certificates in an order to the
// same. It reports whether there is something.
func (p *plainChain) checkNormalized(tb testing.TB, shuffled []*x509.Certificate, known string) (bool, error) {
	tb.Helper()
	text, key := strings.Join(pemTexts(shuffled), ""), validate.NewSecret(testKey())
	out, err := validate.Normalize(errcodes.SetDomainServerCertificate, text, key)
	issuedOutside := slices.ContainsFunc(p.outsiders(), func(c *x509.Certificate) bool { return issuedAmong(c, p.once) })
	if err != nil {
		switch {
		case errors.Is(err, errcodes.CondKeyMismatch) && p.leafNamed():
			return false, nil
		case !errors.Is(err, errcodes.CondCertificateNotPEM) && known == "":
			return false, err
		case known == "" && !issuedOutside && p.rootless() == "":
			return false, fmt.Errorf("refused: %w", err)
		}
		return false, nil
	}
	if err := errors.Join(newFamily(tb, pemTexts(shuffled)).kept(out.Certificate, key), normalForm(text, key, out)); err != nil {
		return false, err
	}
	if _, err := tls.X509KeyPair([]byte(out.Certificate), []byte(out.PrivateKey.Reveal())); err != nil {
		return false, err
	}
	kept := dersOf(out.Certificate)
	if before, after := p.verified(pemTexts(p.once)), p.verified([]string{out.Certificate}); before && !after {
		return false, errors.New("no path to a root is left")
	}
	if known != "" {
		return true, nil
	}
	if issuedOutside {
		return false, errors.New("a certificate beside the chain was dropped, though another one issued it")
	}
	for _, c := range p.once {
		want := c == p.text[0] || p.part[c] && !isRoot(c)
		if got := slices.Contains(kept, string(c.Raw)); got != want {
			return false, fmt.Errorf("%s by %s (%d) is kept: %v", c.Subject, c.Issuer, c.SerialNumber, got)
		}
	}
	return true, nil
}

// verified reports whether crypto/x509 finds a way from the leaf to a root of the text
// by certificates that a server sends.
func (p *plainChain) verified(sent []string) bool {
	roots, between := x509.NewCertPool(), x509.NewCertPool()
	for _, c := range p.once {
		if isRoot(c) {
			roots.AddCert(c)
		}
	}
	between.AppendCertsFromPEM([]byte(strings.Join(sent, "")))
	_, err := p.text[0].Verify(x509.VerifyOptions{Roots: roots, Intermediates: between, CurrentTime: inPeriod, KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageAny}})
	return err == nil
}

// checkTree makes a tree and a text of it, and holds everything to all signatures. It
// returns which known disagreement they belong to, and whether Normalize wrote something.
func checkTree(tb testing.TB, data []byte) (known string, normalized bool) {
	tb.Helper()
	t := newTree(tb, data)
	p := newPlainChain(t.text())
	const verifying, only = 16, 24 // links are verified, too
	known = p.known(verifying)
	fail := func(what string, err error) {
		if err != nil {
			tb.Fatalf("%s: %v\nof %s\n%x", what, err, subjects(tb, strings.Join(pemTexts(p.text), "")), data)
		}
	}
	fail("advice", p.checkAdvice(known))
	shuffled := slices.Clone(p.text)
	for i := range shuffled {
		k := t.intN(i + 1)
		shuffled[i], shuffled[k] = shuffled[k], shuffled[i]
	}
	if t.oneIn(2) {
		shuffled = p.text
	}
	normalized, err := p.checkNormalized(tb, shuffled, p.known(only))
	fail("Normalize, "+fmt.Sprint(subjects(tb, strings.Join(pemTexts(shuffled), ""))), err)
	return known, normalized
}

const treeBytes = 80 // choices for a tree and a text

func treeData(r *mathrand.Rand) []byte {
	data := make([]byte, treeBytes)
	for i := range data {
		data[i] = byte(r.UintN(1 << 8))
	}
	return data
}

// TestTrees makes trees at random: advice and Normalize say what follows from all
// signatures, or belong to a known disagreement.
func TestTrees(t *testing.T) {
	t.Parallel()
	runs := 1500
	if testing.Short() {
		runs = 300
	}
	r := mathrand.New(mathrand.NewPCG(14, 0))
	counts := map[string]int{}
	written := 0
	for range runs {
		known, normalized := checkTree(t, treeData(r))
		counts[known]++
		if normalized {
			written++
		}
	}
	t.Logf("%d normalized, %v", written, counts)
	for _, name := range []string{"", "issuer by name alone", "issuers of each other", "signatures beyond the budget"} {
		if counts[name] == 0 {
			t.Errorf("no tree is %q", name)
		}
	}
	if counts[""] < runs/2 || written < runs/3 {
		t.Errorf("%d of %d are checked in full, %d are written", counts[""], runs, written)
	}
}

// FuzzTrees is TestTrees with any choices.
func FuzzTrees(f *testing.F) {
	r := mathrand.New(mathrand.NewPCG(15, 0))
	for range 50 {
		f.Add(treeData(r))
	}
	f.Fuzz(func(t *testing.T, data []byte) { checkTree(t, data) })
}

// TestTreesOpenSSL asks openssl verify -partial_chain which certificates of a text a
// way leads to from the leaf: these are the parts of its chain.
func TestTreesOpenSSL(t *testing.T) {
	t.Parallel()
	path, err := exec.LookPath("openssl")
	if err != nil {
		t.Skip("no openssl command")
	}
	runs := 60
	if testing.Short() {
		runs = 10
	}
	r := mathrand.New(mathrand.NewPCG(16, 0))
	dir := t.TempDir()
	write := func(name, text string) string {
		file := filepath.Join(dir, name)
		if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		return file
	}
	asked, explained := 0, 0
	for range runs {
		tree := newTree(t, treeData(r))
		p := newPlainChain(tree.text())
		if isRoot(p.text[0]) {
			continue
		}
		texts := pemTexts(p.once)
		leaf, all := write("leaf", texts[0]), write("all", strings.Join(texts, ""))
		for i, c := range p.once[1:] {
			anchor := write("anchor", texts[i+1])
			cmd := exec.Command(path, "verify", "-partial_chain", "-no_check_time", "-auth_level", "0", "-trusted", anchor, "-untrusted", all, leaf)
			says, err := cmd.CombinedOutput()
			asked++
			if verified := err == nil; verified != p.part[c] {
				if verified || !p.choice() {
					t.Fatalf("block of %s (%d): openssl verifies: %v\n%s\nof %s", c.Subject, c.SerialNumber, verified, says, subjects(t, strings.Join(texts, "")))
				}
				explained++
			}
		}
	}
	t.Logf("%d asked, %d explained", asked, explained)
	if name := oracle.Find("issuer that OpenSSL does not try").Name; asked == 0 || explained == 0 && !testing.Short() {
		t.Errorf("%d asked, %d are %q", asked, explained, name)
	}
}

// choice reports whether names leave a choice between issuers.
func (p *plainChain) choice() bool {
	return slices.ContainsFunc(p.once, func(c *x509.Certificate) bool {
		n := 0
		for _, o := range p.once {
			if o != c && named(o, c) {
				n++
			}
		}
		return n > 1 || n == 1 && named(c, c)
	})
}
