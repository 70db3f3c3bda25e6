package validate

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"errors"
	"math/bits"
	"slices"
	"time"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/validate/internal/message"
)

const (
	expirySoon = 30 * 24 * time.Hour // when a certificate is due for renewal
	maxLinks   = 4                   // links whose signatures are checked, besides the one to the root

	// What the signatures of one request may cost, in the unit of signatureCost:
	// five links, all by keys on P-521, or by RSA keys of 8192 bits. To tell issuers of
	// one name apart may cost a third of it.
	maxSignatureCost = (maxLinks + 2) * p521Cost
	maxChoiceCost    = maxSignatureCost / 3

	// Keys that signatures are verified by. crypto/tls and rustls take no longer
	// modulus. CAs use the exponents 3 to 65537; one of 31 bits doubles the cost.
	minVerifyBits     = 1024
	maxVerifyBits     = 8192
	maxVerifyExponent = 1<<17 - 1
)

// adviseChain says what a deployer wants to know of the certificates. In strict
// mode the order of the chain is a matter of form, and so of violations. domain
// is the ASCII form of the domain that is to be covered, "" for none.
func (c *checker) adviseChain(ch chain, domain string) {
	if ch.leaf == nil || c.verdictOnly && !c.opts.Strict {
		return
	}
	own, reason := c.selfSigned(*ch.leaf)
	c.adviseLeaf(ch, own, domain)
	if !reason.IsZero() {
		c.advise(ChainLinkNotVerifiable, errcodes.FieldCertificate, ch.leaf.at, reason)
	}
	c.adviseOrder(ch, own)
	c.adviseStrength(ch)
}

func (c *checker) adviseLeaf(ch chain, own bool, domain string) {
	parameter, at, leaf := errcodes.FieldCertificate, ch.leaf.at, ch.leaf.Certificate
	if leaf.BasicConstraintsValid && leaf.IsCA {
		c.advise(LeafIsCA, parameter, at, message.LeafIsCA.With())
	}
	if own {
		c.advise(SelfSigned, parameter, at, message.SelfSigned.With())
	}
	if domain != "" && !covers(leaf.DNSNames, domain) {
		c.advise(DomainNotCovered, parameter, at, message.NotCovered.With(domain))
	}
	if left := leaf.NotAfter.Sub(c.opts.At); !c.opts.At.IsZero() && left >= 0 && left < expirySoon {
		c.advise(ExpiresSoon, parameter, at, message.ExpiresSoon.With(int(left.Hours()/24)))
	}
}

// adviseOrder follows the chain from the leaf as far as the text goes. own says
// that the leaf is its own issuer.
func (c *checker) adviseOrder(ch chain, own bool) {
	cond := errcodes.CondCertificateNotPEM
	path := c.followChain(c.dropDuplicates(ch), own)
	for i, p := range path.chain[1:] {
		if p.apart {
			c.form(cond, ChainOutOfOrder, p.at, message.IssuerDoesNotFollow.With(path.chain[i].at.Block))
		}
		if i < maxLinks && c.opts.VerifyChain {
			c.verifyLink(path.chain[i].parsed, p.parsed)
		}
	}
	last := path.chain[len(path.chain)-1].parsed
	if path.end != nil && len(path.chain) <= maxLinks && c.opts.VerifyChain {
		c.verifyLink(last, *path.end)
	}
	foreign := slices.ContainsFunc(path.rest, func(o other) bool { return !o.alternate })
	if !path.complete && len(path.roots) == 0 && (len(path.chain) == 1 || foreign) {
		c.linkMissing(last)
	}
	for _, root := range path.roots {
		c.form(cond, RootIncluded, root.at, message.RootIncluded.With())
	}
	c.adviseRest(newPool(ch.certs), path.rest)
}

// adviseRest is about the certificates that are outside the chain. all are those
// of the text.
func (c *checker) adviseRest(all *pool, rest []other) {
	cond := errcodes.CondCertificateNotPEM
	for _, p := range rest {
		if p.alternate {
			continue
		}
		if i := all.issuerOf(p.Certificate); i >= 0 && !selfIssued(p.Certificate) && all.certs[i].at.Block != p.at.Block+1 {
			c.form(cond, ChainOutOfOrder, p.at, message.IssuerElsewhere.With(all.certs[i].at.Block))
			continue
		}
		c.form(cond, UnrelatedCertificate, p.at, message.Unrelated.With())
	}
}

// A path is what followChain made of a text: each certificate is in one place.
type path struct {
	chain    []link   // the leaf and its issuers, without the root
	end      *parsed  // the root that issued the last of them, if it is in the text
	roots    []parsed // end, and the self-signed counterparts of cross-signed certificates
	rest     []other  // what is outside the chain
	complete bool     // the chain ends at a root, or in a self-signed leaf
}

type link struct {
	parsed
	apart bool // it does not follow the one before, and another that belongs elsewhere stands before it
}

// An other certificate is outside the chain.
type other struct {
	parsed
	alternate bool // it has the name and key of one in the chain, or issued one that has
}

// followChain follows the chain from the first certificate, by names and key
// identifiers, and by signatures where these leave a choice between keys. Of
// several issuers with one key it prefers one that is not a root, so that a
// cross-signed intermediate is kept. own says that the first is its own issuer.
func (c *checker) followChain(certs []parsed, own bool) path {
	all := newPool(certs)
	p := path{chain: []link{{parsed: certs[0]}}, complete: own}
	all.used[0] = true
	for current := 0; !p.complete; {
		next := c.chooseIssuer(all, certs[current])
		if next < 0 {
			break
		}
		apart := !all.follows(current, next) && !all.follows(-1, next)
		all.used[next] = true
		if selfIssued(certs[next].Certificate) {
			p.end, p.complete = &certs[next], true
			p.roots = append(p.roots, certs[next])
			break
		}
		all.inChain[all.place[next]] = true
		p.chain = append(p.chain, link{certs[next], apart})
		current = next
	}
	alternate := all.alternates()
	for i, cert := range certs {
		switch {
		case all.used[i]:
		case alternate[i] && selfIssued(cert.Certificate):
			p.roots = append(p.roots, cert)
		default:
			p.rest = append(p.rest, other{cert, alternate[i]})
		}
	}
	return p
}

// chooseIssuer returns the index of the issuer of a certificate among those that
// are not used, -1 if there is none.
func (c *checker) chooseIssuer(all *pool, child parsed) int {
	candidates := all.issuersOf(child.Certificate)
	if len(candidates) == 0 {
		return -1
	}
	// Certificates of one key verify the same signatures, so one key is no choice.
	first := all.place[candidates[0]]
	if !slices.ContainsFunc(candidates, func(i int) bool { return all.place[i] != first }) {
		return candidates[0]
	}
	unknown := -1
	for _, i := range candidates {
		signed, unverifiable := c.verify(all.certs[i], child, maxChoiceCost)
		if signed {
			return i
		}
		if unknown < 0 && !unverifiable.IsZero() {
			unknown = i
		}
	}
	if unknown >= 0 {
		return unknown
	}
	return candidates[0]
}

// A pool finds issuers among certificates by name.
type pool struct {
	certs     []parsed
	bySubject map[string][]int
	place     []int  // of each: the first with its name and key, which share a place in the chain
	used      []bool // the certificates that are in the chain
	inChain   []bool // the places that are in the chain, without the leaf's
}

func newPool(certs []parsed) *pool {
	all := &pool{
		certs:     certs,
		bySubject: make(map[string][]int, len(certs)),
		place:     make([]int, len(certs)),
		used:      make([]bool, len(certs)),
		inChain:   make([]bool, len(certs)),
	}
	places := make(map[[sha256.Size]byte]int, len(certs))
	for i, c := range certs {
		all.bySubject[string(c.RawSubject)] = append(all.bySubject[string(c.RawSubject)], i)
		key := sha256.Sum256(slices.Concat(c.RawSubject, c.RawSubjectPublicKeyInfo))
		if _, known := places[key]; !known {
			places[key] = i
		}
		all.place[i] = places[key]
	}
	return all
}

// issuersOf returns the certificates that may have issued the child and are not
// used: those that are no roots first.
func (all *pool) issuersOf(child *x509.Certificate) []int {
	var issuers, roots []int
	for _, i := range all.bySubject[string(child.RawIssuer)] {
		switch cert := all.certs[i].Certificate; {
		case all.used[i] || !issues(cert, child) || sameCertificate(cert, child):
		case selfIssued(cert):
			roots = append(roots, i)
		default:
			issuers = append(issuers, i)
		}
	}
	return append(issuers, roots...)
}

// issuerOf returns the first of issuersOf, -1 if there is none.
func (all *pool) issuerOf(child *x509.Certificate) int {
	if issuers := all.issuersOf(child); len(issuers) > 0 {
		return issuers[0]
	}
	return -1
}

// follows reports whether the place of the next one of the chain comes behind a
// certificate, with nothing in between that belongs elsewhere; -1 is the beginning of
// the text.
func (all *pool) follows(current, next int) bool {
	for i := current + 1; i < len(all.certs); i++ {
		switch {
		case all.used[i]:
		case all.place[i] == all.place[next]:
			return true
		case !all.inChain[all.place[i]]:
			return false
		}
	}
	return false
}

// alternates says which of the certificates outside the chain are other ways from
// it to a root: those that share a place with one in the chain, such as the root
// that is cross-signed there, and the issuers of those.
func (all *pool) alternates() []bool {
	alternate := make([]bool, len(all.certs))
	var queue []int
	for i := range all.certs {
		if !all.used[i] && all.inChain[all.place[i]] {
			alternate[i] = true
			queue = append(queue, i)
		}
	}
	for ; len(queue) > 0; queue = queue[1:] {
		for _, i := range all.issuersOf(all.certs[queue[0]].Certificate) {
			if !alternate[i] {
				alternate[i] = true
				queue = append(queue, i)
			}
		}
	}
	return alternate
}

// dropDuplicates returns the certificates, each once, the leaf first.
func (c *checker) dropDuplicates(ch chain) []parsed {
	once := make([]parsed, 0, len(ch.certs))
	blocks := make(map[string]int, len(ch.certs))
	for _, p := range ch.certs {
		if first, again := blocks[string(p.Raw)]; again {
			c.form(errcodes.CondCertificateNotPEM, DuplicateCertificate, p.at, message.Duplicate.With(first))
			continue
		}
		blocks[string(p.Raw)] = p.at.Block
		once = append(once, p)
	}
	return once
}

func (c *checker) linkMissing(of parsed) {
	parameter := errcodes.FieldCertificate
	issuer := nameText(of.Issuer)
	if len(of.AuthorityKeyId) > 0 {
		id := hexText(of.AuthorityKeyId)
		c.advise(ChainLinkMissing, parameter, of.at, message.IssuerMissingWithID.With(issuer, id))
		return
	}
	c.advise(ChainLinkMissing, parameter, of.at, message.IssuerMissing.With(issuer))
}

// verifyLink checks one signature of the chain.
func (c *checker) verifyLink(child, issuer parsed) {
	parameter := errcodes.FieldCertificate
	switch signed, reason := c.verify(issuer, child, maxSignatureCost); {
	case signed:
	case !reason.IsZero():
		c.advise(ChainLinkNotVerifiable, parameter, child.at, reason)
	default:
		c.advise(ChainSignatureBad, parameter, child.at, message.SignatureByAnotherKey.With(issuer.at.Block))
	}
}

// A signature is that of a child by an issuer's key, both given by block.
type signature struct{ issuer, child int }

// verify reports whether the issuer's key signed the child, and if that cannot be
// told, why. It remembers what it found, and verifies nothing that would bring the
// cost of all signatures of the request above most.
func (c *checker) verify(issuer, child parsed, most int) (signed bool, unverifiable message.Reason) {
	if reason := unusableKey(issuer); !reason.IsZero() {
		return false, reason
	}
	at := signature{issuer.at.Block, child.at.Block}
	err, known := c.signatures[at]
	if !known {
		cost := signatureCost(issuer.Certificate, child.Certificate)
		if c.signatureCost+cost > most {
			return false, message.SignatureBudget.With(len(c.signatures))
		}
		err = issuer.CheckSignature(child.SignatureAlgorithm, child.RawTBSCertificate, child.Signature)
		if c.signatures == nil {
			c.signatures = make(map[signature]error)
		}
		c.signatures[at] = err
		c.signatureCost += cost
	}
	if err == nil {
		return true, message.Reason{}
	}
	var insecure x509.InsecureAlgorithmError
	size, _ := keySize(issuer.Certificate)
	short := publicKeyKind(issuer.Certificate) == string(kindRSA) && size < minVerifyBits
	if short || errors.As(err, &insecure) || errors.Is(err, x509.ErrUnsupportedAlgorithm) {
		return false, message.SignatureNotVerifiable.With(child.SignatureAlgorithm)
	}
	return false, message.Reason{}
}

const (
	p521Cost  = 1200
	p384Cost  = 450
	otherCost = 150 // P-256, P-224, Ed25519, and what is refused
)

// signatureCost is about how many microseconds it takes to verify a signature on
// common hardware.
func signatureCost(issuer, child *x509.Certificate) int {
	const (
		bytesEach = 256 // signed bytes that are hashed
		wordsEach = 360 // products of words
		wordBits  = 64
	)
	cost := len(child.RawTBSCertificate) / bytesEach
	switch pub := issuer.PublicKey.(type) {
	case *rsa.PublicKey:
		words := pub.N.BitLen()/wordBits + 1
		products := bits.Len(uint(pub.E)) + bits.OnesCount(uint(pub.E))
		return cost + otherCost + words*words*products/wordsEach
	case *ecdsa.PublicKey:
		switch pub.Curve {
		case elliptic.P521():
			return cost + p521Cost
		case elliptic.P384():
			return cost + p384Cost
		}
	}
	return cost + otherCost
}

// unusableKey says why no signature is verified by the key of an issuer: a long
// RSA key takes seconds.
func unusableKey(issuer parsed) message.Reason {
	pub, isRSA := issuer.PublicKey.(*rsa.PublicKey)
	if !isRSA {
		return message.Reason{}
	}
	if size := pub.N.BitLen(); size > maxVerifyBits {
		return message.VerifierKeyTooLong.With(issuer.at.Block, size, maxVerifyBits)
	}
	if pub.E > maxVerifyExponent {
		return message.VerifierExponentTooLarge.With(issuer.at.Block, pub.E, maxVerifyExponent)
	}
	return message.Reason{}
}

// adviseStrength looks at every certificate: keys, signatures, periods.
func (c *checker) adviseStrength(ch chain) {
	parameter := errcodes.FieldCertificate
	for _, p := range ch.certs {
		bits, curve := keySize(p.Certificate)
		switch kind := publicKeyKind(p.Certificate); {
		case kind == string(kindRSA) && bits < 2048:
			c.advise(WeakKey, parameter, p.at, message.WeakRSA.With(bits))
		case curve == "P-224":
			c.advise(WeakKey, parameter, p.at, message.WeakP224.With())
		case p.at.Block == ch.leaf.at.Block && (kind == string(kindEd25519) || curve == "P-521"):
			c.advise(KeyTypeMayNotServe, parameter, p.at, message.UncommonKey.With(kind+curveSuffix(curve)))
		}
		if weakSignature(p.SignatureAlgorithm) && !selfIssued(p.Certificate) {
			c.advise(WeakSignature, parameter, p.at, message.WeakSignature.With(p.SignatureAlgorithm))
		}
		if at := c.opts.At; p.at.Block != ch.leaf.at.Block && !at.IsZero() && (at.After(p.NotAfter) || at.Before(p.NotBefore)) {
			c.advise(IntermediateExpired, parameter, p.at, message.NotInPeriod.With(p.NotBefore.Format(time.DateOnly), p.NotAfter.Format(time.DateOnly)))
		}
	}
}

func curveSuffix(curve string) string {
	if curve == "" {
		return ""
	}
	return " " + curve
}

func weakSignature(a x509.SignatureAlgorithm) bool {
	switch a {
	case x509.MD2WithRSA, x509.MD5WithRSA, x509.SHA1WithRSA, x509.DSAWithSHA1, x509.ECDSAWithSHA1:
		return true
	default:
		return false
	}
}

// selfIssued reports whether, by name and key identifiers, a certificate may be
// its own issuer.
func selfIssued(cert *x509.Certificate) bool { return issues(cert, cert) }

// selfSigned is selfIssued, settled by the signature where there are no key
// identifiers; unverifiable says why the signature could not settle it. It is for
// the leaf alone: to verify the signature of every certificate would cost too much.
func (c *checker) selfSigned(leaf parsed) (own bool, unverifiable message.Reason) {
	if !selfIssued(leaf.Certificate) {
		return false, message.Reason{}
	}
	if len(leaf.AuthorityKeyId) > 0 && len(leaf.SubjectKeyId) > 0 {
		return true, message.Reason{}
	}
	signed, unverifiable := c.verify(leaf, leaf, maxSignatureCost)
	return signed || !unverifiable.IsZero(), unverifiable
}

// issues reports whether, by name and key identifiers, issuer may have issued
// the child.
func issues(issuer, child *x509.Certificate) bool {
	return bytes.Equal(issuer.RawSubject, child.RawIssuer) &&
		(len(child.AuthorityKeyId) == 0 || len(issuer.SubjectKeyId) == 0 || bytes.Equal(child.AuthorityKeyId, issuer.SubjectKeyId))
}
