package validate

import (
	"bytes"
	"crypto"
	"crypto/x509"
	"slices"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/validate/internal/message"
)

// issued reports whether issuer signed child. Names and key identifiers come
// first, because a signature costs much more. Where the signature cannot be
// verified, or too many were, the names decide.
func (c *checker) issued(issuer, child parsed) bool {
	if !issues(issuer.Certificate, child.Certificate) || sameCertificate(issuer.Certificate, child.Certificate) {
		return false
	}
	check := c.verify(issuer, child, c.choiceCost())
	return check.signed || !check.settled
}

// issuedOther reports whether ca is the issuer of another certificate of the
// text, and of which. The issuer's name is enough where it is not the subject's
// too: only CAs are named as issuers, and their keys must not be sent even where
// a signature is by another key. A certificate that names itself may be one of
// several self-signed server certificates, so there the signature decides.
func (c *checker) issuedOther(certs []parsed, ca parsed) (child parsed, ok bool) {
	for _, p := range certs {
		switch {
		case !bytes.Equal(ca.RawSubject, p.RawIssuer) || sameCertificate(ca.Certificate, p.Certificate):
		case !bytes.Equal(p.RawSubject, p.RawIssuer):
			return p, true
		case samePublicKey(p.PublicKey, ca.PublicKey): // the same certificate, renewed
		case c.issued(ca, p):
			return p, true
		}
	}
	return parsed{}, false
}

// leafByKey returns the index of the certificate that the key makes the leaf, and
// the index of the first certificate with this key; -1 for none. The two differ
// where the key is that of a CA: a certificate that issued another one of the
// text is not the leaf, and a CA certificate that does not stand first does not
// become the leaf because its key was sent.
func (c *checker) leafByKey(certs []parsed, key crypto.PublicKey) (leaf, holder int) {
	holder = -1
	for i, candidates := 0, 0; i < len(certs) && candidates < maxLinks; i++ {
		if !samePublicKey(certs[i].PublicKey, key) {
			continue
		}
		candidates++
		if holder < 0 {
			holder = i
		}
		if i > 0 && namesOnlyCA(certs[i].Certificate) {
			continue
		}
		if _, ok := c.issuedOther(certs, certs[i]); !ok {
			return i, holder
		}
	}
	return -1, holder
}

// onlyLeaf returns the index of the leaf if there is no key: the first
// certificate, unless that one issued another and exactly one issued none.
// Where the child has the name of its issuer, signatures tell which of the two it is.
func (c *checker) onlyLeaf(certs []parsed) int {
	issuing := func(p parsed) bool {
		return slices.ContainsFunc(certs, func(child parsed) bool {
			return !sameCertificate(p.Certificate, child.Certificate) && issues(p.Certificate, child.Certificate) &&
				(!selfIssued(child.Certificate) || c.issued(p, child))
		})
	}
	if !issuing(certs[0]) {
		return 0
	}
	var leaf, leaves int
	for i, p := range certs {
		if !issuing(p) {
			leaf, leaves = i, leaves+1
		}
	}
	if leaves != 1 {
		return 0
	}
	return leaf
}

// A misfit says why the first certificate of a text is not the leaf.
type misfit struct {
	leaf    int  // the index of the leaf; 0: nothing says that it is not the first
	proven  bool // the key belongs to the leaf; else names tell
	onlyCAs bool // the text has certificates of CAs only
	child   int  // the index of a certificate that the first one issued, if names do not tell which is the leaf; 0: none
}

// misfitOf says what certificates, and the public half of the key (nil for none), tell of
// the first one.
func (c *checker) misfitOf(certs []parsed, key crypto.PublicKey) misfit {
	byKey := -1
	if key != nil {
		byKey, _ = c.leafByKey(certs, key)
	}
	if byKey > 0 {
		return misfit{leaf: byKey, proven: true}
	}
	if !slices.ContainsFunc(certs, func(p parsed) bool { return !namesOnlyCA(p.Certificate) }) {
		return misfit{onlyCAs: true}
	}
	if byKey == 0 {
		return misfit{}
	}
	if i := c.onlyLeaf(certs); i > 0 && !namesOnlyCA(certs[i].Certificate) {
		return misfit{leaf: i}
	}
	return misfit{child: max(0, slices.IndexFunc(certs, func(p parsed) bool {
		return issues(certs[0].Certificate, p.Certificate) && !sameCertificate(certs[0].Certificate, p.Certificate)
	}))}
}

// tell remembers the condition that was told for a misfit, the first one of them.
func (c *checker) tell(ch *chain, found misfit, cond errcodes.Condition) {
	if ch.cause == 0 && (found.leaf > 0 || found.onlyCAs) && c.hasFinding(cond) {
		ch.misfit, ch.cause = found, cond
	}
}

// leafFirst returns the chain with the leaf in front, as it was told to be. Strict rules
// are about the text, so for them the certificates stay in its order.
func (ch chain) leafFirst(strict bool) chain {
	leaf := ch.certs[ch.misfit.leaf]
	ch.leaf = &leaf
	if !strict {
		ch.certs = slices.Concat([]parsed{leaf}, ch.certs[:ch.misfit.leaf], ch.certs[ch.misfit.leaf+1:])
	}
	return ch
}

// namesOnlyCA reports whether a certificate is that of a CA and names no host.
// Self-signed server certificates are CA certificates too, but name their hosts.
func namesOnlyCA(cert *x509.Certificate) bool {
	return cert.BasicConstraintsValid && cert.IsCA && len(cert.DNSNames)+len(cert.IPAddresses) == 0
}

// caKeyReason says whose key was sent where it is that of a CA.
func (c *checker) caKeyReason(certs []parsed, ca parsed) message.Reason {
	first := certs[0]
	where := inText(ca.at)
	ofFirst := message.SendKeyOfBlock.With(first.at.Block)
	ofLeaf := message.SendKeyOfServer.With()
	child, issued := c.issuedOther(certs, ca)
	direct := issued && child.at == first.at
	switch {
	case direct && !c.issued(ca, first):
		return message.KeyOfNamesake.With(first.at.Block, where, ofFirst)
	case direct:
		return message.KeyOfIssuer.With(first.at.Block, where, ofFirst)
	case c.above(certs, ca):
		return message.KeyOfAncestor.With(first.at.Block, where, ofFirst)
	case issued:
		return message.KeyOfIssuer.With(child.at.Block, where, ofLeaf)
	default:
		return message.KeyOfCA.With(where, ofLeaf)
	}
}

// inText says where a certificate stands, such as "block 2 (line 22)". Repaired
// text has no lines.
func inText(p errcodes.Position) message.Reason {
	if p.Line == 0 {
		return message.BlockNumber.With(p.Block)
	}
	return message.BlockAndLine.With(p.Block, p.Line)
}

// above reports whether the chain of the first certificate leads to the key of
// the CA.
func (c *checker) above(certs []parsed, ca parsed) bool {
	path := c.followChain(certs, false)
	holds := func(p parsed) bool { return samePublicKey(p.PublicKey, ca.PublicKey) }
	return slices.ContainsFunc(path.roots, holds) ||
		slices.ContainsFunc(path.chain[1:], func(l link) bool { return holds(l.parsed) }) ||
		slices.ContainsFunc(path.rest, func(o other) bool { return o.alternate && holds(o.parsed) })
}

// issuedOutside returns a certificate outside the chain that another certificate
// of the text issued, and its issuer. Self-signed certificates issued themselves.
func (c *checker) issuedOutside(p *path, certs []parsed) (child, issuer parsed, ok bool) {
	outside := slices.Clone(p.roots)
	for _, other := range p.rest {
		if !other.alternate {
			outside = append(outside, other.parsed)
		}
	}
	for _, child := range outside {
		if c.isRoot(child) {
			continue
		}
		for _, issuer := range certs {
			own := selfIssued(child.Certificate) && samePublicKey(issuer.PublicKey, child.PublicKey)
			if !own && c.issued(issuer, child) {
				return child, issuer, true
			}
		}
	}
	return parsed{}, parsed{}, false
}

// arrange returns the chain and the other ways from it to a root, each certificate
// before its issuers, and those that share a place together.
func (c *checker) arrange(p *path) (ordered []parsed) {
	var all []parsed
	for _, l := range p.chain {
		all = append(all, l.parsed)
	}
	for _, other := range p.rest {
		if other.alternate {
			all = append(all, other.parsed)
		}
	}
	if len(all) == len(p.chain) {
		return all
	}
	parts := all[1:] // the leaf comes first
	place, before := c.relations(parts)
	for i := range len(p.chain) - 2 { // the chain is in order, even in a circle
		before[i].add(i + 1)
	}
	// Depth first from the last, issuers before their children, then turned round: the
	// chain, which comes first, stays together as far as the others allow.
	visited := make([]bool, len(parts))
	var upwards []int
	var visit func(at int)
	visit = func(at int) {
		if visited[at] {
			return
		}
		visited[at] = true
		for i := range slices.Backward(parts) {
			if place[i] != at {
				continue
			}
			for k := range slices.Backward(parts) {
				if before[i].has(k) {
					visit(place[k])
				}
			}
		}
		upwards = append(upwards, at)
	}
	for i := range slices.Backward(parts) {
		visit(place[i])
	}
	ordered = append(ordered, all[0])
	for _, at := range slices.Backward(upwards) {
		for i, cert := range parts {
			if place[i] == at {
				ordered = append(ordered, cert)
			}
		}
	}
	return ordered
}

// movedBehind returns a certificate that was moved behind one that may be its
// issuer. That takes certificates that name each other.
func (c *checker) movedBehind(ordered []parsed) (child, issuer parsed, ok bool) {
	for i, issuer := range ordered {
		for _, child := range ordered[i+1:] {
			if child.at.Block < issuer.at.Block && c.issued(issuer, child) {
				return child, issuer, true
			}
		}
	}
	return parsed{}, parsed{}, false
}
