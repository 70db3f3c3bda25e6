package validate

import (
	"bytes"
	"cmp"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	_ "crypto/md5" //nolint:gosec // old roots are signed with it
	"crypto/rsa"
	_ "crypto/sha1" //nolint:gosec // likewise
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
	maxLinks = 4 // links whose signatures are checked, besides the one to the root

	// What the signatures of one request may cost, in the unit of signatureCost:
	// five links, all by keys on P-521, or by RSA keys of 8192 bits. To tell issuers of
	// one name apart may cost a third of it where links are verified, too.
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
	cause := c.adviseCA(ch, own)
	before := len(c.notes)
	c.adviseLeaf(ch, own, domain)
	if !reason.IsZero() {
		c.advise(ChainLinkNotVerifiable, errcodes.FieldCertificate, ch.leaf.at, reason)
	}
	c.adviseOrder(ch, own)
	for i := range c.notes[before:] {
		n := &c.notes[before+i]
		if n.follows = cmp.Or(n.follows, cause); n.follows == "" && n.id == ChainOutOfOrder {
			n.follows = ch.cause.String()
		}
	}
	c.adviseStrength(ch)
}

// adviseCA says that the leaf is a CA's. It returns what the further findings on leaf
// and chain follow from: a CA that stands where the leaf should be.
func (c *checker) adviseCA(ch chain, own bool) (cause string) {
	if ch.onlyCAs {
		cause = ch.cause.String()
	}
	leaf := ch.leaf.Certificate
	if !leaf.BasicConstraintsValid || !leaf.IsCA {
		return cause
	}
	n := note{id: LeafIsCA, field: errcodes.FieldCertificate, at: ch.leaf.at, reason: message.LeafIsCA.With(), follows: cause}
	if ch.cause == 0 {
		switch found := c.misfitOf(ch.certs, nil); {
		case found.leaf > 0:
			n.reason = message.LeafIsCAByName.With(inText(ch.certs[found.leaf].at))
			cause = string(LeafIsCA)
		case own:
			n.follows = string(SelfSigned)
		case found.onlyCAs:
			n.reason = message.LeafIsCAOnly.With()
			cause = string(LeafIsCA)
		}
	}
	c.note(n)
	return cause
}

func (c *checker) adviseLeaf(ch chain, own bool, domain string) {
	parameter, at, leaf := errcodes.FieldCertificate, ch.leaf.at, ch.leaf.Certificate
	if own {
		c.advise(SelfSigned, parameter, at, message.SelfSigned.With())
	}
	c.adviseCoverage(*ch.leaf, domain)
	now, renewal := c.opts.Now, renewFrom(leaf.NotBefore, leaf.NotAfter, c.opts.ExpiresWithin)
	if left := leaf.NotAfter.Sub(now); !now.IsZero() && left >= 0 && now.After(renewal) {
		const day = 24 * time.Hour
		reason := message.ExpiresSoon.With(int(left/day), dateText(leaf.NotAfter), dateText(renewal))
		if left/day == 1 {
			reason = message.ExpiresInADay.With(dateText(leaf.NotAfter), dateText(renewal))
		}
		c.advise(ExpiresSoon, parameter, at, reason)
	}
}

// adviseOrder follows the chain from the leaf as far as the text goes. own says
// that the leaf is its own issuer.
func (c *checker) adviseOrder(ch chain, own bool) {
	cond := errcodes.CondCertificateNotPEM
	path := c.followChain(c.dropDuplicates(ch), own)
	// What tells issuers apart comes before what verifies links, which may cost more.
	rest := c.outside(&path, ch.certs)
	for i, p := range path.chain[1:] {
		if p.apart {
			c.form(cond, ChainOutOfOrder, p.at, message.IssuerDoesNotFollow.With(path.chain[i].at.Block))
		}
		if i < maxLinks && c.opts.VerifyChain {
			c.verifyLink(path.chain[i].parsed, p.parsed)
		}
	}
	c.adviseAlternates(&path)
	last := path.chain[len(path.chain)-1].parsed
	if path.end != nil && len(path.chain) <= maxLinks && c.opts.VerifyChain {
		c.verifyLink(last, *path.end)
	}
	if path.ends() && (len(path.chain) == 1 || len(rest) > 0) {
		c.linkMissing(last, slices.ContainsFunc(rest, func(o outsider) bool { return o.above }))
	}
	for _, root := range path.roots {
		c.form(cond, RootIncluded, root.at, message.RootIncluded.With())
	}
	for _, o := range rest {
		switch {
		case o.above && o.root:
			c.form(cond, RootIncluded, o.at, message.RootIncluded.With())
		case o.issuer > 0:
			c.form(cond, ChainOutOfOrder, o.at, message.IssuerElsewhere.With(o.issuer))
		case o.above:
		case path.ends():
			c.form(cond, UnrelatedCertificate, o.at, message.Unlinked.With())
		default:
			c.form(cond, UnrelatedCertificate, o.at, message.Unrelated.With())
		}
	}
}

// adviseAlternates is about the order of the other ways to a root: there, too, a
// certificate stands before its issuers.
func (c *checker) adviseAlternates(p *path) {
	parts := make([]other, 0, len(p.chain)+len(p.rest))
	for _, l := range p.chain[1:] {
		parts = append(parts, other{parsed: l.parsed})
	}
	for _, o := range p.rest {
		if o.alternate {
			parts = append(parts, o)
		}
	}
	if len(parts) < len(p.chain) {
		return // there are none
	}
	certs := make([]parsed, len(parts))
	for i, p := range parts {
		certs[i] = p.parsed
	}
	_, before := c.relations(certs)
	for u, issuer := range parts {
		for a, child := range parts {
			if (issuer.alternate || child.alternate) && issuer.at.Block < child.at.Block && before[a].has(u) {
				c.form(errcodes.CondCertificateNotPEM, ChainOutOfOrder, issuer.at, message.IssuerDoesNotFollow.With(child.at.Block))
				break
			}
		}
	}
}

// relations returns the places of certificates, and for each the issuers that it
// stands before: all of them, unless the two issued each other, directly or not.
func (c *checker) relations(certs []parsed) (place []int, before []indexSet) {
	place = newPool(certs).place
	before = make([]indexSet, len(certs))
	above := make([]indexSet, len(certs)) // of places
	for a, child := range certs {
		before[a], above[a] = newIndexSet(len(certs)), newIndexSet(len(certs))
		for u, issuer := range certs {
			if place[u] != place[a] && c.issued(issuer, child) {
				before[a].add(u)
			}
		}
	}
	for a := range certs {
		for u := range certs {
			if before[a].has(u) {
				above[place[a]].add(place[u])
			}
		}
	}
	for via := range above {
		for a := range above {
			if above[a].has(via) {
				above[a].addAll(above[via])
			}
		}
	}
	for a := range certs {
		for u := range certs {
			if above[place[u]].has(place[a]) {
				before[a].remove(u)
			}
		}
	}
	return place, before
}

// An indexSet is a set of small indices.
type indexSet []uint64

func newIndexSet(n int) indexSet { return make(indexSet, (n+63)/64) }

func (s indexSet) has(i int) bool { return s[i/64]&(1<<(i%64)) != 0 }

func (s indexSet) add(i int) { s[i/64] |= 1 << (i % 64) }

func (s indexSet) remove(i int) { s[i/64] &^= 1 << (i % 64) }

func (s indexSet) addAll(other indexSet) {
	for i, word := range other {
		s[i] |= word
	}
}

// An outsider is a certificate that is neither in the chain nor another way from it
// to a root.
type outsider struct {
	parsed
	root   bool
	above  bool // it may be above the link that is missing
	issuer int  // the block of its issuer, if that is in the text and not the next
}

// outside says what there is to know of the certificates outside the chain. certs are
// those of the text.
func (c *checker) outside(p *path, certs []parsed) (rest []outsider) {
	index := make(map[int]int, len(p.rest)) // into rest, by block
	for _, other := range p.rest {
		if !other.alternate {
			index[other.at.Block] = len(rest)
			rest = append(rest, outsider{parsed: other.parsed})
		}
	}
	if len(rest) == 0 {
		return nil
	}
	all := newPool(certs)
	linked := make([]bool, len(rest)) // with another of the rest
	for i, cert := range all.certs {
		at, known := index[cert.at.Block]
		if !known {
			continue
		}
		if rest[at].root = c.isRoot(cert); rest[at].root {
			continue
		}
		issuers := c.issuersOf(all, cert)
		if len(issuers) > 0 && !all.nextIs(i, issuers[0]) {
			rest[at].issuer = all.certs[issuers[0]].at.Block
		}
		for _, issuer := range issuers {
			if other, outside := index[all.certs[issuer].at.Block]; outside {
				linked[at], linked[other] = true, true
			}
		}
	}
	// Who sends two certificates of which one issued the other, or a root, sends what
	// is above the missing link. One certificate alone may be of any chain.
	gap := len(p.chain) == 1
	for i, o := range rest {
		gap = gap || linked[i] && o.root
	}
	for i := range rest {
		rest[i].above = p.ends() && gap && linked[i] && rest[i].BasicConstraintsValid && rest[i].IsCA
	}
	return rest
}

// ends reports whether the chain ends where an issuer is missing.
func (p *path) ends() bool { return !p.complete && len(p.roots) == 0 }

// A path is what followChain made of a text: each certificate is in one place.
type path struct {
	chain    []link   // the leaf and its issuers, without the root
	end      *parsed  // the root that issued the last of them, if it is in the text
	roots    []parsed // end, and the self-signed counterparts of cross-signed certificates
	rest     []other  // what is outside the chain
	complete bool     // the chain ends at a root, or in a certificate that may be one
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
	chain := []int{0}
	all.used[0] = true
	for current := 0; !p.complete; {
		next := c.chooseIssuer(all, certs[current])
		if next < 0 {
			// Nobody misses the issuer of what may be a root.
			p.complete = current > 0 && c.maybeRoot(certs[current])
			break
		}
		all.used[next], all.inChain[all.place[next]] = true, true
		if c.isRoot(certs[next]) {
			p.end, p.complete = &certs[next], true
			p.roots = append(p.roots, certs[next])
			break
		}
		p.chain = append(p.chain, link{parsed: certs[next]})
		chain = append(chain, next)
		current = next
	}
	alternate := c.alternates(all)
	for i, cert := range certs {
		switch {
		case all.used[i]:
		case alternate[i] && c.isRoot(cert):
			p.roots = append(p.roots, cert)
			alternate[i] = false
		default:
			p.rest = append(p.rest, other{cert, alternate[i]})
		}
	}
	for i, apart := range all.apart(chain, alternate) {
		p.chain[i].apart = apart
	}
	return p
}

// chooseIssuer returns the index of the issuer of a certificate that follows it in the
// chain, -1 if there is none: one whose place is not in the chain, and if there is a
// choice no root.
func (c *checker) chooseIssuer(all *pool, child parsed) int {
	issuers := slices.DeleteFunc(c.issuersOf(all, child), func(i int) bool { return all.used[i] || all.inChain[all.place[i]] })
	if len(issuers) == 0 {
		return -1
	}
	if len(issuers) > 1 {
		if i := slices.IndexFunc(issuers, func(i int) bool { return !c.isRoot(all.certs[i]) }); i >= 0 {
			return issuers[i]
		}
	}
	return issuers[0]
}

// issuersOf returns the certificates that issued a child. They have one name and one
// key: certificates of one key verify the same signatures.
//
// Names and key identifiers tell them, and signatures where these leave a choice
// between keys, or where the child has the name of its issuer and no identifier says
// which is which: then every certificate of that name seems to be one. If no signature can be told to be sound, the first
// that may be is taken, and if none may be, the first: its signature is a bad one then.
func (c *checker) issuersOf(all *pool, child parsed) []int {
	candidates := all.candidates(child.Certificate)
	if len(candidates) == 0 {
		return nil
	}
	place := all.place[candidates[0]]
	ownName := bytes.Equal(child.RawSubject, child.RawIssuer) &&
		!slices.ContainsFunc(candidates, func(i int) bool { return len(child.AuthorityKeyId) > 0 && len(all.certs[i].SubjectKeyId) > 0 })
	if ownName || slices.ContainsFunc(candidates, func(i int) bool { return all.place[i] != place }) {
		chosen, maybe := -1, -1
		tried := make(map[int]bool, len(candidates))
		for _, i := range candidates {
			if tried[all.place[i]] {
				continue
			}
			tried[all.place[i]] = true
			check := c.verify(all.certs[i], child, c.choiceCost())
			if check.signed {
				chosen = all.place[i]
				break
			}
			if maybe < 0 && !check.settled {
				maybe = all.place[i]
			}
		}
		switch {
		case chosen >= 0:
			place = chosen
		case maybe >= 0:
			place = maybe
		case ownName:
			return nil
		}
	}
	return slices.DeleteFunc(candidates, func(i int) bool { return all.place[i] != place })
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
	marks := make([]bool, 2*len(certs))
	all := &pool{
		certs:   certs,
		place:   make([]int, len(certs)),
		used:    marks[:len(certs)],
		inChain: marks[len(certs):],
	}
	if len(certs) == 1 { // it is no issuer of itself
		return all
	}
	all.bySubject = make(map[string][]int, len(certs))
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

// candidates returns the certificates that may have issued the child by name and key
// identifiers: those that cannot have issued themselves first.
func (all *pool) candidates(child *x509.Certificate) []int {
	var issuers, roots []int
	for _, i := range all.bySubject[string(child.RawIssuer)] {
		switch cert := all.certs[i].Certificate; {
		case !issues(cert, child) || sameCertificate(cert, child):
		case selfIssued(cert):
			roots = append(roots, i)
		default:
			issuers = append(issuers, i)
		}
	}
	return append(issuers, roots...)
}

// nextIs reports whether the place of an issuer is the next one behind a certificate.
func (all *pool) nextIs(child, issuer int) bool {
	next := child + 1
	for next < len(all.certs) && all.place[next] == all.place[child] {
		next++
	}
	return next < len(all.certs) && all.place[next] == all.place[issuer]
}

// apart says of each certificate of a chain, given by index, whether its place comes
// neither behind the one before nor at the beginning of the text, with nothing in
// between that belongs elsewhere. Other ways to a root, roots aside, belong anywhere
// behind the leaf.
func (all *pool) apart(chain []int, alternate []bool) []bool {
	passed := make([]bool, len(all.certs)) // the chain so far
	places := make([]bool, len(all.certs)) // its places, without the leaf's
	follows := func(current, next int) bool {
		for i := current + 1; i < len(all.certs); i++ {
			switch {
			case passed[i]:
			case all.place[i] == all.place[next]:
				return true
			case !places[all.place[i]] && !alternate[i]:
				return false
			}
		}
		return false
	}
	apart := make([]bool, len(chain))
	passed[0] = true
	for k, next := range chain[1:] {
		apart[k+1] = !follows(chain[k], next) && !follows(-1, next)
		passed[next], places[all.place[next]] = true, true
	}
	return apart
}

// alternates says which of the certificates outside the chain are other ways from
// it to a root: those that share a place with one in the chain, such as the root
// that is cross-signed there, and the issuers of those.
func (c *checker) alternates(all *pool) []bool {
	alternate := make([]bool, len(all.certs))
	var queue []int
	for i := range all.certs {
		if !all.used[i] && all.inChain[all.place[i]] {
			alternate[i] = true
			queue = append(queue, i)
		}
	}
	for ; len(queue) > 0; queue = queue[1:] {
		for _, i := range c.issuersOf(all, all.certs[queue[0]]) {
			if !all.used[i] && !alternate[i] {
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
	for _, p := range ch.certs {
		first := slices.IndexFunc(once, func(other parsed) bool { return sameCertificate(other.Certificate, p.Certificate) })
		if first >= 0 {
			c.form(errcodes.CondCertificateNotPEM, DuplicateCertificate, p.at, message.Duplicate.With(once[first].at.Block))
			continue
		}
		once = append(once, p)
	}
	return once
}

// linkMissing says that the issuer of a certificate is missing. A gap is a matter of
// form: certificates of the text stand behind it.
func (c *checker) linkMissing(of parsed, gap bool) {
	issuer := c.issuerText(of)
	reason := message.IssuerMissing.With(issuer)
	if len(of.AuthorityKeyId) > 0 {
		reason = message.IssuerMissingWithID.With(issuer, hexText(of.AuthorityKeyId))
	}
	if gap {
		c.form(errcodes.CondCertificateNotPEM, ChainLinkMissing, of.at, reason)
		return
	}
	c.advise(ChainLinkMissing, errcodes.FieldCertificate, of.at, reason)
}

// issuerText is nameText of an issuer, which the description of the certificate has.
func (c *checker) issuerText(of parsed) string {
	for i := range c.certificates {
		if c.certificates[i].Block == of.at.Block {
			return c.certificates[i].Issuer
		}
	}
	return nameText(of.Issuer)
}

// verifyLink checks one signature of the chain.
func (c *checker) verifyLink(child, issuer parsed) {
	parameter := errcodes.FieldCertificate
	switch check := c.verify(issuer, child, maxSignatureCost); {
	case !check.reason.IsZero():
		c.advise(ChainLinkNotVerifiable, parameter, child.at, check.reason)
	case check.signed:
	default:
		c.advise(ChainSignatureBad, parameter, child.at, message.SignatureByAnotherKey.With(issuer.at.Block))
	}
}

// A signature is that of a child by an issuer's key.
type signature struct{ issuer, child *x509.Certificate }

// A signatureCheck is what was found of a signature.
type signatureCheck struct {
	signed  bool           // the key made it
	settled bool           // whether the key made it is known
	reason  message.Reason // why nobody can rely on it: it was not verified, or its algorithm is refused
}

// verify checks whether the issuer's key signed the child. It remembers what it found,
// and verifies nothing that would bring the cost of all signatures of the request above
// most. Signatures with MD5 and SHA-1 prove nothing, but tell whose key was meant.
func (c *checker) verify(issuer, child parsed, most int) signatureCheck {
	if reason := unusableKey(issuer); !reason.IsZero() {
		return signatureCheck{reason: reason}
	}
	at := signature{issuer.Certificate, child.Certificate}
	if check, known := c.signatures[at]; known {
		return check
	}
	cost := signatureCost(issuer.Certificate, child.Certificate)
	if c.signatureCost+cost > most {
		c.spent = true
		return signatureCheck{reason: message.SignatureBudget.With(len(c.signatures))}
	}
	check := checkSignature(issuer.Certificate, child.Certificate)
	if c.signatures == nil {
		c.signatures = make(map[signature]signatureCheck)
	}
	c.signatures[at] = check
	c.signatureCost += cost
	return check
}

func checkSignature(issuer, child *x509.Certificate) signatureCheck {
	err := issuer.CheckSignature(child.SignatureAlgorithm, child.RawTBSCertificate, child.Signature)
	if err == nil {
		return signatureCheck{signed: true, settled: true}
	}
	refused := message.SignatureNotVerifiable.With(child.SignatureAlgorithm)
	size, _ := keySize(issuer)
	switch {
	case publicKeyKind(issuer) == string(kindRSA) && size < minVerifyBits, errors.Is(err, x509.ErrUnsupportedAlgorithm):
		return signatureCheck{reason: refused}
	case errors.As(err, new(x509.InsecureAlgorithmError)):
		signed, settled := checkInsecure(issuer, child)
		return signatureCheck{signed, settled, refused}
	default:
		return signatureCheck{settled: true}
	}
}

// checkInsecure checks a signature with an algorithm that crypto/x509 refuses.
func checkInsecure(issuer, child *x509.Certificate) (signed, settled bool) {
	hash := crypto.SHA1
	switch child.SignatureAlgorithm {
	case x509.MD5WithRSA:
		hash = crypto.MD5
	case x509.SHA1WithRSA, x509.ECDSAWithSHA1:
	default:
		return false, false
	}
	h := hash.New()
	h.Write(child.RawTBSCertificate)
	switch pub := issuer.PublicKey.(type) {
	case *rsa.PublicKey:
		isRSA := child.SignatureAlgorithm != x509.ECDSAWithSHA1
		return isRSA && rsa.VerifyPKCS1v15(pub, hash, h.Sum(nil), child.Signature) == nil, true
	case *ecdsa.PublicKey:
		isECDSA := child.SignatureAlgorithm == x509.ECDSAWithSHA1
		return isECDSA && ecdsa.VerifyASN1(pub, h.Sum(nil), child.Signature), true
	default:
		return false, true
	}
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
			c.advise(KeyTypeUncommon, parameter, p.at, message.UncommonKey.With(kind+curveSuffix(curve)))
		}
		if weakSignature(p.SignatureAlgorithm) && !c.isRoot(p) && !c.maybeRoot(p) {
			c.advise(WeakSignature, parameter, p.at, message.WeakSignature.With(p.SignatureAlgorithm))
		}
		if at := c.opts.Now; p.at.Block != ch.leaf.at.Block && !at.IsZero() && (at.After(p.NotAfter) || at.Before(p.NotBefore)) {
			c.advise(IntermediateNotInPeriod, parameter, p.at, message.NotInPeriod.With(dateText(p.NotBefore), dateText(p.NotAfter)))
		}
	}
}

func dateText(t time.Time) string { return t.UTC().Format(time.DateOnly) }

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

// settledByID reports whether the key identifiers of a certificate say whether it is
// its own issuer.
func settledByID(cert *x509.Certificate) bool {
	return len(cert.AuthorityKeyId) > 0 && len(cert.SubjectKeyId) > 0
}

// selfSigned is selfIssued, settled by the signature where there are no key
// identifiers; unverifiable says why the signature does not prove it.
func (c *checker) selfSigned(leaf parsed) (own bool, unverifiable message.Reason) {
	if !selfIssued(leaf.Certificate) {
		return false, message.Reason{}
	}
	if settledByID(leaf.Certificate) {
		return true, message.Reason{}
	}
	check := c.verify(leaf, leaf, maxSignatureCost)
	if !check.signed && check.settled {
		return false, message.Reason{}
	}
	return true, check.reason
}

// choiceCost is what the signatures may cost that tell issuers of one name apart.
func (c *checker) choiceCost() int {
	if c.opts.VerifyChain {
		return maxChoiceCost
	}
	return maxSignatureCost
}

// isRoot reports whether a certificate is its own issuer: its names alone do not say
// so, for an intermediate may have its root's name.
func (c *checker) isRoot(cert parsed) bool {
	return selfIssued(cert.Certificate) &&
		(settledByID(cert.Certificate) || c.verify(cert, cert, c.choiceCost()).signed)
}

// maybeRoot reports whether a certificate has the names of a root, and nothing says
// whether it is one.
func (c *checker) maybeRoot(cert parsed) bool {
	return selfIssued(cert.Certificate) &&
		!settledByID(cert.Certificate) && !c.verify(cert, cert, c.choiceCost()).settled
}

// issues reports whether, by name and key identifiers, issuer may have issued
// the child.
func issues(issuer, child *x509.Certificate) bool {
	return bytes.Equal(issuer.RawSubject, child.RawIssuer) &&
		(len(child.AuthorityKeyId) == 0 || len(issuer.SubjectKeyId) == 0 || bytes.Equal(child.AuthorityKeyId, issuer.SubjectKeyId))
}
