package validate_test

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	cryptorand "crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"errors"
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/validate"
)

// A family knows who signed whom among certificates, as Go's verifier says, and
// nothing of what this library thinks.
type family struct {
	given []string
	certs map[string]*x509.Certificate
}

func newFamily(tb testing.TB, given []string) family {
	tb.Helper()
	f := family{given, make(map[string]*x509.Certificate)}
	for _, text := range given {
		f.certs[text] = parseCert(tb, text)
	}
	return f
}

// signatures remembers what signed found: the tests ask the same again and again.
var signatures sync.Map // of pairs of certificates in DER to bool

func signed(issuer, child *x509.Certificate) bool {
	if !bytes.Equal(issuer.RawSubject, child.RawIssuer) {
		return false
	}
	pair := [2]string{string(issuer.Raw), string(child.Raw)}
	known, found := signatures.Load(pair)
	if !found {
		known = issuer.CheckSignature(child.SignatureAlgorithm, child.RawTBSCertificate, child.Signature) == nil
		signatures.Store(pair, known)
	}
	return known.(bool)
}

// issued says which certificates another one signed, self-signed ones aside.
func (f family) issued() (texts []string) {
	for text, cert := range f.certs {
		if signed(cert, cert) {
			continue
		}
		for other, issuer := range f.certs {
			if other != text && signed(issuer, cert) {
				texts = append(texts, text)
				break
			}
		}
	}
	return texts
}

// besideChain reports whether there is a certificate that another one issued,
// and that is no part of the chain of one of the leaves.
func (f family) besideChain(leaves []string) bool {
	return slices.ContainsFunc(leaves, func(leaf string) bool {
		chain := []string{leaf}
		for i := 0; i < len(chain) && f.certs[chain[i]] != nil; i++ {
			for text, cert := range f.certs {
				if own := f.certs[chain[i]]; !signed(own, own) && !slices.Contains(chain, text) && signed(cert, f.certs[chain[i]]) {
					chain = append(chain, text)
				}
			}
		}
		return slices.ContainsFunc(f.issued(), func(text string) bool { return !slices.Contains(chain, text) })
	})
}

// kept says what is wrong with a text that was made of the certificates, nil if
// nothing: a certificate that another one issued is lost, one was moved behind its
// issuer, one is new, or a key put its issuer first.
func (f family) kept(out string, key validate.Secret) error {
	var order []*x509.Certificate
	for _, der := range dersOf(out) {
		cert, err := x509.ParseCertificate([]byte(der))
		if err != nil {
			return err
		}
		order = append(order, cert)
		if f.certs[pemOf("CERTIFICATE", cert.Raw)] == nil {
			return fmt.Errorf("a certificate that was not given: %s", cert.Subject)
		}
	}
	for _, text := range f.issued() {
		if !strings.Contains(out, text) {
			return fmt.Errorf("lost: %s", f.certs[text].Subject)
		}
	}
	for i, issuer := range order {
		for _, child := range order[i+1:] {
			if signed(issuer, child) && f.position(child) < f.position(issuer) {
				return fmt.Errorf("%s was put before %s, which it issued", issuer.Subject, child.Subject)
			}
		}
	}
	for _, cert := range f.certs {
		if !key.IsZero() && !bytes.Equal(cert.Raw, order[0].Raw) && !bytes.Equal(cert.RawSubject, cert.RawIssuer) && signed(order[0], cert) {
			return fmt.Errorf("the first, %s, issued %s", order[0].Subject, cert.Subject)
		}
	}
	return nil
}

// position is where a certificate was first given.
func (f family) position(cert *x509.Certificate) int {
	return slices.Index(f.given, pemOf("CERTIFICATE", cert.Raw))
}

// keyText writes a private key in the form of its kind.
func keyText(tb testing.TB, key crypto.Signer) validate.Secret {
	tb.Helper()
	der, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		tb.Fatal(err)
	}
	return validate.NewSecret(pemOf("PRIVATE KEY", der))
}

func newKey(tb testing.TB, kind string) crypto.Signer {
	tb.Helper()
	var key crypto.Signer
	var err error
	if kind == "RSA" {
		key, err = rsa.GenerateKey(cryptorand.Reader, 2048)
	} else {
		key, err = ecdsa.GenerateKey(elliptic.P256(), cryptorand.Reader)
	}
	if err != nil {
		tb.Fatal(err)
	}
	return key
}

// noExtensions makes a certificate like one of a CA that was made by hand: it does not
// even say that it is one.
func noExtensions(c *x509.Certificate) { c.BasicConstraintsValid, c.IsCA, c.KeyUsage = false, false, 0 }

func noKeyUsage(c *x509.Certificate) { c.KeyUsage = 0 }

// TestCAKey sends the key of a CA: the verdict is a mismatch that says so, and
// nothing is repaired, wherever the CA stands.
func TestCAKey(t *testing.T) {
	t.Parallel()
	for _, kind := range []string{"RSA", "EC"} {
		for name, form := range map[string]func(*x509.Certificate){"keyCertSign": func(*x509.Certificate) {}, "no key usage": noKeyUsage, "no extensions": noExtensions} {
			t.Run(kind+", "+name, func(t *testing.T) {
				t.Parallel()
				root := issueFor(t, issuer{}, "a root", newKey(t, kind), form)
				upper := issueFor(t, root, "an upper CA", newKey(t, kind), form)
				lower := issueFor(t, upper, "a lower CA", newKey(t, kind), form)
				leaf := lower.leaf(t, nil)
				stranger := leafFor(t, newKey(t, "EC").Public())
				const first, indirect = "which issued block 1:", "from which block 1 descends"
				for _, tt := range []struct {
					name  string
					texts []string
					of    issuer
					block int // of the CA
					want  string
				}{
					{"its CA", []string{leaf, lower.pem()}, lower, 2, first},
					{"its CA in a chain", []string{leaf, lower.pem(), upper.pem(), root.pem()}, lower, 2, first},
					{"its CA, at the end", []string{leaf, root.pem(), upper.pem(), lower.pem()}, lower, 4, first},
					{"its CA behind a copy", []string{leaf, leaf, lower.pem()}, lower, 3, first},
					{"the upper CA", []string{leaf, lower.pem(), upper.pem()}, upper, 3, indirect},
					{"the upper CA, second", []string{leaf, upper.pem(), lower.pem()}, upper, 2, indirect},
					{"the root", []string{leaf, lower.pem(), upper.pem(), root.pem()}, root, 4, indirect},
					{"the root, second", []string{leaf, root.pem(), upper.pem(), lower.pem()}, root, 2, indirect},
					{"a CA behind another", []string{upper.pem(), lower.pem(), leaf}, lower, 2, "which issued block 3:"},
					{"the CA of the second leaf", []string{stranger, leaf, lower.pem()}, lower, 3, "which issued block 2:"},
				} {
					key := keyText(t, tt.of.key)
					text := strings.Join(tt.texts, "")
					checkCAKey(t, tt.name, text, key, tt.block, tt.want)
				}
				for _, texts := range [][]string{{lower.pem(), leaf}, {root.pem(), upper.pem(), lower.pem(), leaf}, {stranger, lower.pem(), leaf}} {
					text := strings.Join(texts, "")
					out, err := validate.Normalize(errcodes.SetDomainServerCertificate, text, secretFile(t, "p256/key.pem"))
					if err != nil || !strings.HasPrefix(out.Certificate, leaf) {
						t.Errorf("the leaf's key does not put it first: %v", err)
					}
				}
			})
		}
	}
}

// checkCAKey checks what is said of the key of a CA that is not first.
func checkCAKey(t *testing.T, name, text string, key validate.Secret, block int, want string) {
	t.Helper()
	report := validate.KeyPair(text, key, validate.Options{})
	i := slices.IndexFunc(report.Violations, func(v *errcodes.Error) bool { return v.Condition == errcodes.CondKeyMismatch })
	if i < 0 {
		t.Fatalf("%s: no mismatch: %v", name, report.Err())
	}
	reason := report.Violations[i].Reason
	for _, part := range []string{fmt.Sprintf("the CA in block %d (line ", block), want, "must not be sent"} {
		if !strings.Contains(reason.EN, part) {
			t.Errorf("%s: %q lacks %q", name, reason.EN, part)
		}
	}
	for _, part := range []string{fmt.Sprintf("第 %d 份证书（第 ", block), "CA", "不得发送"} {
		if !strings.Contains(reason.ZH, part) {
			t.Errorf("%s: %q lacks %q", name, reason.ZH, part)
		}
	}
	if strings.Contains(reason.EN, "leaf is not first") {
		t.Errorf("%s: %q", name, reason.EN)
	}
	out, err := validate.Normalize(errcodes.SetDomainServerCertificate, text, key)
	if !errors.Is(err, errcodes.CondKeyMismatch) || out.Certificate != "" {
		t.Errorf("%s: Normalize: %v, %s", name, err, out.Certificate)
	}
	var e *errcodes.Error
	if errors.As(err, &e) && e.Reason != reason {
		t.Errorf("%s: Normalize says %q, the report %q", name, e.Reason.EN, reason.EN)
	}
}

// sameName gives a certificate a name, and takes its key identifiers.
func sameName(c *x509.Certificate) {
	c.Subject = pkix.Name{CommonName: "localhost"}
	c.SubjectKeyId, c.AuthorityKeyId = nil, nil
}

// TestKeyOfLookAlikes sends keys of certificates that are CAs by some signs only.
func TestKeyOfLookAlikes(t *testing.T) {
	t.Parallel()
	named := func(c *x509.Certificate) { noExtensions(c); sameName(c) }
	server := func(c *x509.Certificate) { c.KeyUsage = 0; c.DNSNames = []string{"www.example.com"} }
	ca := issue(t, issuer{}, "a CA", noExtensions)
	again := issue(t, issuer{}, "a CA", noExtensions) // made again under the same name
	leaf := ca.leaf(t, nil)
	one, two := issue(t, issuer{}, "", named), issue(t, issuer{}, "", named)
	renewed := issueFor(t, issuer{}, "", two.key, named)
	child := issue(t, one, "", named) // of a CA with its own name
	sub := issue(t, ca, "a server", server)
	other := issue(t, issuer{}, "another CA", noKeyUsage)
	const (
		moved    = "the leaf is not first"
		caKey    = "must not be sent"
		accepted = ""
	)
	for _, tt := range []struct {
		name  string
		texts []string
		of    issuer
		says  string
		first string // of what Normalize writes; "" if it refuses
	}{
		{"a CA that was made again", []string{leaf, again.pem()}, again, caKey, ""},
		{"two self-signed certificates of one name", []string{one.pem(), two.pem()}, two, moved, two.pem()},
		{"three, one of them renewed", []string{one.pem(), two.pem(), renewed.pem()}, two, moved, two.pem()},
		{"a CA of the leaf's own name", []string{child.pem(), one.pem()}, one, caKey, ""},
		{"a leaf of its CA's name", []string{one.pem(), child.pem()}, child, moved, child.pem()},
		{"a CA with a host name that issued nothing here", []string{ca.pem(), sub.pem()}, sub, moved, sub.pem()},
		{"a CA of nobody here", []string{leaf, other.pem()}, other, caKey, ""},
		{"a CA certificate alone", []string{other.pem()}, other, accepted, other.pem()},
		{"the CA first, its own key", []string{ca.pem(), leaf}, ca, accepted, ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			text, key := strings.Join(tt.texts, ""), keyText(t, tt.of.key)
			err := validate.KeyPair(text, key, validate.Options{Skip: []errcodes.Condition{errcodes.CondCertificateNotServer}}).Err()
			if tt.says == accepted && err != nil || tt.says != accepted && (!errors.Is(err, errcodes.CondKeyMismatch) || !strings.Contains(err.Error(), tt.says)) {
				t.Errorf("%v; want %q", err, tt.says)
			}
			out, err := validate.Normalize(errcodes.SetDomainServerCertificate, text, key)
			switch {
			case tt.first == "" && !errors.Is(err, errcodes.CondKeyMismatch):
				t.Errorf("Normalize: %v\n%s", err, out.Certificate)
			case tt.first != "" && (err != nil || !strings.HasPrefix(out.Certificate, tt.first)):
				t.Errorf("Normalize: %v\n%s", err, out.Certificate)
			}
		})
	}
}

// TestNormalizeGuessesNothing gives Normalize texts of which it would have to
// drop a certificate that another one issued.
func TestNormalizeGuessesNothing(t *testing.T) {
	t.Parallel()
	root := newRoot(t)
	lower := issue(t, root, "a CA")
	beside := issue(t, root, "a CA beside it")
	leaf, second := lower.leaf(t, nil), lower.leaf(t, newKey(t, "EC").Public())
	rollover := issueFor(t, root, "a root", newKey(t, "EC"), func(c *x509.Certificate) { c.SubjectKeyId = nil })
	for _, tt := range []struct {
		name       string
		texts      []string
		key        bool
		block, by  int
		ofChainOfN int
	}{
		{"two leaves", []string{leaf, lower.pem(), second}, true, 3, 2, 1},
		{"two leaves, no key", []string{leaf, lower.pem(), second}, false, 3, 2, 1},
		{"the other leaf first", []string{second, leaf, lower.pem()}, true, 1, 3, 2},
		{"the CA first, no key", []string{lower.pem(), leaf, second}, false, 2, 1, 1},
		{"a CA beside the chain", []string{leaf, lower.pem(), beside.pem(), root.pem()}, true, 3, 4, 1},
		{"a gap", []string{leaf, beside.pem(), root.pem()}, true, 2, 3, 1},
		{"a root's new key, signed with the old one", []string{leaf, lower.pem(), rollover.pem(), root.pem()}, true, 3, 4, 1},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			key := validate.Secret{}
			if tt.key {
				key = secretFile(t, "p256/key.pem")
			}
			text := strings.Join(tt.texts, "")
			out, err := validate.Normalize(errcodes.SetDomainServerCertificate, text, key)
			want := fmt.Sprintf("block %d issued it, but it is no part of the chain of block %d", tt.by, tt.ofChainOfN)
			var e *errcodes.Error
			if !errors.As(err, &e) || e.Condition != errcodes.CondCertificateNotPEM || e.Block != tt.block || !strings.Contains(e.Reason.EN, want) {
				t.Errorf("%v; want block %d: %s\n%s", err, tt.block, want, out.Certificate)
			}
		})
	}
}

// TestNormalizeKeepsAlternates: a CA that two others signed is kept twice, with the
// issuers of both, each behind what it issued.
func TestNormalizeKeepsAlternates(t *testing.T) {
	t.Parallel()
	rootA, rootB := issue(t, issuer{}, "root A"), issue(t, issuer{}, "root B")
	upperA, upperB := issue(t, rootA, "upper A"), issue(t, rootB, "upper B")
	one := issue(t, upperA, "a CA")
	two := issueFor(t, upperB, "a CA", one.key)
	all := []string{one.leaf(t, nil), one.pem(), two.pem(), upperA.pem(), upperB.pem(), rootA.pem(), rootB.pem()}
	key := secretFile(t, "p256/key.pem")
	r := rand.New(rand.NewPCG(3, 0))
	for range 50 {
		text := strings.Join(all, "")
		out, err := validate.Normalize(errcodes.SetDomainServerCertificate, text, key)
		if err != nil {
			t.Fatalf("%v\nof %s", err, subjects(t, text))
		}
		if n := len(dersOf(out.Certificate)); n != 5 {
			t.Fatalf("%d certificates; want all but the roots\nof %s\nmade %s", n, subjects(t, text), subjects(t, out.Certificate))
		}
		if err := errors.Join(newFamily(t, all).kept(out.Certificate, key), normalForm(text, key, out)); err != nil {
			t.Fatalf("%v\nof %s\nmade %s", err, subjects(t, text), subjects(t, out.Certificate))
		}
		r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
	}
}

// TestNormalizeFamilies makes hierarchies at random: whatever Normalize makes of
// some of their certificates in any order, none that another one issued is lost,
// none is moved behind its issuer, and no CA comes first because its key was sent.
func TestNormalizeFamilies(t *testing.T) {
	t.Parallel()
	r := rand.New(rand.NewPCG(2, 0))
	families := 60
	if testing.Short() {
		families = 10
	}
	forms := []func(*x509.Certificate){func(*x509.Certificate) {}, noKeyUsage, noExtensions}
	var written, refused int
	for range families {
		cas := []issuer{}
		for i := range 1 + r.IntN(4) {
			parent := issuer{}
			if i > 0 && r.IntN(4) > 0 {
				parent = cas[r.IntN(i)]
			}
			cas = append(cas, issue(t, parent, fmt.Sprintf("CA %d", r.IntN(4)), forms[r.IntN(len(forms))]))
		}
		var all []string
		for _, ca := range cas {
			all = append(all, ca.pem())
		}
		keys := make(map[string]crypto.Signer)
		for range 1 + r.IntN(3) {
			key := newKey(t, "EC")
			leaf := cas[r.IntN(len(cas))].leaf(t, key.Public())
			keys[leaf], all = key, append(all, leaf)
		}
		for range 20 {
			r.Shuffle(len(all), func(i, j int) { all[i], all[j] = all[j], all[i] })
			given := slices.Clone(all[:1+r.IntN(len(all))])
			given = append(given, given[r.IntN(len(given))]) // a copy
			key := validate.Secret{}
			switch r.IntN(3) {
			case 0:
				key = keyText(t, cas[r.IntN(len(cas))].key)
			case 1:
				if own := keys[given[r.IntN(len(given))]]; own != nil {
					key = keyText(t, own)
				}
			}
			text := strings.Join(given, "")
			out, err := validate.Normalize(errcodes.SetDomainServerCertificate, text, key)
			if err != nil {
				refused++
				continue
			}
			written++
			if err := newFamily(t, given).kept(out.Certificate, key); err != nil {
				t.Fatalf("%v\nof %s\nmade %s", err, subjects(t, text), subjects(t, out.Certificate))
			}
			if err := normalForm(text, key, out); err != nil {
				t.Fatalf("%v\nof %s\nmade %s", err, subjects(t, text), subjects(t, out.Certificate))
			}
		}
	}
	if written == 0 || refused == 0 {
		t.Errorf("%d texts written, %d refused: nothing is tried", written, refused)
	}
}

// subjects says who issued what in a text.
func subjects(tb testing.TB, text string) (all []string) {
	tb.Helper()
	for _, der := range dersOf(text) {
		cert, err := x509.ParseCertificate([]byte(der))
		if err != nil {
			tb.Fatal(err)
		}
		all = append(all, fmt.Sprintf("%s by %s (%x)", cert.Subject, cert.Issuer, cert.SerialNumber))
	}
	return all
}
