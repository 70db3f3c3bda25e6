package validate

import (
	"cmp"
	"encoding/pem"
	"slices"
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/validate/internal/message"
	"github.com/alicert/alicert/validate/internal/pemscan"
)

// Normalized is the result of [Normalize].
type Normalized struct {
	Certificate string   // PEM text in the published form
	PrivateKey  Secret   // likewise; absent if none was given
	Changes     []Change // all changes, in order
}

// Change is one change by [Normalize]. It holds no private-key material.
type Change struct {
	Parameter string           `json:"parameter"` // name on the wire: that of the certificate or of the key
	What      errcodes.Message `json:"what"`

	// Remedy says what a repair leaves to do, such as to have a certificate issued again
	// whose key others may have read. It is zero nearly always.
	Remedy errcodes.Message `json:"remedy,omitzero"`
}

// Normalize writes a certificate and its key in the form that the vendor
// publishes: the leaf first, each certificate followed by its issuer, root and
// duplicates dropped, lines of 64 characters that end with LF, nothing between
// the blocks, an RSA key as RSA PRIVATE KEY. Keys of other kinds keep the
// standard label of their form, and a self-signed leaf stays. Either input may
// be absent.
//
// It takes anything sound. It repairs damaged BEGIN and END lines, what copying does to
// base64 if the result proves itself, a byte-order mark and the order of the
// certificates, if nothing is left to guess. It takes them out of base64, UTF-16, DER,
// PKCS#7, JSON strings and Kubernetes Secrets. A private key in the certificate's text
// goes where it belongs, certificate and key in each other's parameters are exchanged,
// and of several keys the one that fits the first certificate stays. The leaf is the first
// certificate, unless another one fits the key or, without a key, is the only one that
// issued no other. The bytes of a certificate never change. The output
// passes strict mode as far as form goes, and normalizing it again changes
// nothing.
//
// A certificate that issued another one is never the leaf: the key of a CA is a
// KeyMismatch. A certificate that another one of the text
// issued is never dropped, repeated copies and roots aside. So two leaves of one
// issuer that is in the text are a CertificateNotPEM: nothing says which is meant.
//
// If it cannot normalize, it returns only an error: the [*errcodes.Error] of the
// service's answer to the input, or one of these two. The default
// limits hold for input and output. Codes and parameter names are those of the
// operation, which must take a certificate and a key.
func Normalize(op errcodes.Operation, certificate string, key Secret) (Normalized, error) {
	if !op.Table().Has(errcodes.CondCertificateNotPEM) {
		return Normalized{}, unfit(op)
	}
	n := normalizer{checker: newChecker(op, Options{})}
	out := Normalized{}
	certificate, key = n.unpack(certificate, key)
	k := n.privateKey(key)
	chain := n.certificates(certificate, k)
	if certificate == "" && key.IsZero() {
		n.violate(errcodes.CondCertificateMissing, errcodes.Position{}, message.Reason{})
	}
	if err := n.finish().Err(); err != nil {
		return Normalized{}, err
	}
	if certificate != "" {
		out.Certificate = n.writeCertificates(certificate, chain)
	}
	if !key.IsZero() {
		out.PrivateKey = n.writeKey(key, k)
	}
	if err := n.finish().Err(); err != nil {
		return Normalized{}, err
	}
	out.Changes = n.changes
	return out, nil
}

type normalizer struct {
	*checker
	changes []Change
}

func (n *normalizer) changed(of errcodes.Condition, what message.ID, args ...any) {
	n.change(of, what.With(args...))
}

func (n *normalizer) change(of errcodes.Condition, what message.Reason) {
	n.changes = append(n.changes, Change{Parameter: n.parameter(fieldOf(of), 0), What: what.Text(), Remedy: what.Remedy()})
}

// certificates reads the certificates and puts them into order; nil after a
// violation.
func (n *normalizer) certificates(text string, k keyText) []parsed {
	if text == "" || n.certificateTooLong(text) {
		return nil
	}
	before := len(n.findings)
	bodies, found := n.scanCertificates(text)
	if len(found) > 0 {
		blocks, undone, ok := repair(text)
		if !ok || len(blocks) == 0 || slices.ContainsFunc(blocks, func(b piece) bool { return b.label != certificateLabel }) {
			n.recordAll(found)
			return nil
		}
		n.repaired(errcodes.CondCertificateNotPEM, text, undone)
		bodies = bodies[:0]
		for _, b := range blocks {
			bodies = append(bodies, certificateBody{b.der, errcodes.Position{Block: b.block}})
		}
	}
	c := n.parseCertificates(bodies)
	if len(n.findings) > before {
		return nil
	}
	return n.order(c, k)
}

// order puts the leaf first and drops certificates outside its chain. A
// certificate that another one of the text issued is never dropped, roots aside:
// order refuses instead.
func (n *normalizer) order(c chain, k keyText) []parsed {
	certs := n.dropDuplicates(c)
	if len(certs) < len(c.certs) {
		n.changed(errcodes.CondCertificateNotPEM, message.ChangeDroppedDuplicates, len(c.certs)-len(certs))
	}
	leaf, ok := n.leafAmong(certs, k)
	if !ok {
		return nil
	}
	if reason, ok := servedFirst(certs[leaf].Certificate); !ok {
		n.violate(errcodes.CondCertificateMalformed, certs[leaf].at, reason)
		return nil
	}
	if leaf > 0 {
		n.changed(errcodes.CondCertificateNotPEM, message.ChangeMovedLeaf, certs[leaf].at.Block)
		certs = slices.Concat(certs[leaf:leaf+1], certs[:leaf], certs[leaf+1:])
	}
	own, _ := n.selfSigned(certs[0])
	path := n.followChain(certs, own)
	if p, by, ok := n.issuedOutside(&path, certs); ok {
		n.violate(errcodes.CondCertificateNotPEM, p.at, message.IssuedBesideChain.With(by.at.Block, certs[0].at.Block))
		return nil
	}
	ordered, ok := n.settle(&path, own)
	if !ok {
		return nil
	}
	if n.spent { // another order of the same certificates would be settled in another way
		n.violate(errcodes.CondCertificateNotPEM, certs[0].at, message.TooManyOfOneName.With())
		return nil
	}
	if !slices.IsSortedFunc(ordered[1:], func(a, b parsed) int { return cmp.Compare(a.at.Block, b.at.Block) }) {
		n.changed(errcodes.CondCertificateNotPEM, message.ChangeOrdered)
	}
	for _, root := range path.roots {
		n.changed(errcodes.CondCertificateNotPEM, message.ChangeDroppedRoot, root.at.Block)
	}
	for _, p := range path.rest {
		if p.alternate {
			continue
		}
		n.changed(errcodes.CondCertificateNotPEM, message.ChangeDroppedUnrelated, p.at.Block)
	}
	return ordered
}

// settle arranges a path until it stays as it is: without its roots, and in another
// order, a text may look otherwise. ok is false after a violation.
func (n *normalizer) settle(p *path, own bool) (ordered []parsed, ok bool) {
	const most = 3
	ordered = n.arrange(p)
	for range most {
		again := n.followChain(ordered, own)
		next := n.arrange(&again)
		if slices.Equal(next, ordered) || len(next) < len(ordered) {
			break
		}
		ordered = next
	}
	if !n.published(ordered, own) {
		n.violate(errcodes.CondCertificateNotPEM, ordered[0].at, message.NoOrder.With())
		return nil, false
	}
	if child, by, moved := n.movedBehind(ordered); moved {
		n.violate(errcodes.CondCertificateNotPEM, child.at, message.IssuersOfEachOther.With(by.at.Block))
		return nil, false
	}
	return ordered, true
}

// published reports whether strict mode takes certificates in this order, and another
// run would not change it.
func (n *normalizer) published(ordered []parsed, own bool) bool {
	written := slices.Clone(ordered)
	for i := range written {
		written[i].at.Block = i + 1
	}
	strict := &checker{opts: Options{Strict: true}, signatures: n.signatures, signatureCost: n.signatureCost}
	strict.adviseOrder(chain{certs: written, leaf: &written[0]}, own)
	path := strict.followChain(written, own)
	return len(strict.findings) == 0 && slices.Equal(strict.arrange(&path), written)
}

// leafAmong returns the index of the leaf. ok is false after a violation: the
// key belongs to no certificate, or to a CA.
func (n *normalizer) leafAmong(certs []parsed, k keyText) (leaf int, ok bool) {
	if k.public == nil {
		return n.onlyLeaf(certs), true
	}
	leaf, holder := n.leafByKey(certs, k.public)
	switch {
	case leaf >= 0:
		return leaf, true
	case holder >= 0:
		n.violate(errcodes.CondKeyMismatch, errcodes.Position{}, n.caKeyReason(certs, certs[holder]))
	default:
		n.match(&chain{certs: certs, leaf: &certs[0]}, k)
	}
	return 0, false
}

func (n *normalizer) writeCertificates(text string, chain []parsed) string {
	var out strings.Builder
	for _, l := range chain {
		_ = pem.Encode(&out, &pem.Block{Type: certificateLabel, Bytes: l.Raw})
	}
	n.rewritten(errcodes.CondCertificateNotPEM, text, out.String())
	n.certificateTooLong(out.String())
	return out.String()
}

// rewritten records a change of form, unless another change explains the difference.
func (n *normalizer) rewritten(of errcodes.Condition, before, after string) {
	parameter := n.parameter(fieldOf(of), 0)
	if before != after && !slices.ContainsFunc(n.changes, func(c Change) bool { return c.Parameter == parameter }) {
		n.changed(of, message.ChangeRewrote)
	}
}

// privateKey reads the key; after a violation its public half is nil.
func (n *normalizer) privateKey(key Secret) keyText {
	if key.IsZero() || n.privateKeyTooLong(key.Reveal()) {
		return keyText{}
	}
	k := n.scanPrivateKey(key.Reveal())
	if len(k.found) > 0 && !k.blank {
		if block, undone, ok := repairKey(key); ok {
			n.repaired(errcodes.CondPrivateKeyNotPEM, key.Reveal(), undone)
			k = keyText{label: block.label, der: block.der, encrypted: isEncrypted(block.label, block.der), at: errcodes.Position{Block: block.block}}
		}
	}
	n.recordAll(k.found)
	n.parsePrivateKey(&k, nil)
	return k
}

// repaired records what was repaired in a text. undone says that damage to its base64 was.
func (n *normalizer) repaired(of errcodes.Condition, text string, undone bool) {
	did := damagedParts(text)
	did.content = did.content || undone
	if did.lines || !did.content {
		n.changed(of, message.ChangeRepaired)
	}
	if did.content {
		n.changed(of, message.ChangeUndone)
	}
}

// repairKey reads the only private key of a text with damaged BEGIN or END lines or
// damaged base64.
func repairKey(key Secret) (block piece, undone, ok bool) {
	if items, sound := soundBlocks(key.Reveal()); sound && len(slices.DeleteFunc(items, isNoPrivateKey)) > 1 {
		return piece{}, false, false // it would be read to find more than one again
	}
	blocks, undone, ok := repair(key.Reveal())
	if !ok {
		return piece{}, false, false
	}
	keys := slices.DeleteFunc(blocks, func(b piece) bool { return !isPrivateKeyLabel(b.label) })
	if len(keys) != 1 || !slices.Contains(properLabels, keys[0].label) {
		return piece{}, false, false
	}
	return keys[0], undone, true
}

func isNoPrivateKey(item pemscan.Item) bool { return !isPrivateKeyLabel(item.Block.Label) }

func (n *normalizer) writeKey(key Secret, k keyText) Secret {
	block := pem.Block{Type: k.fits, Bytes: k.der}
	switch {
	case k.kind == kindRSA && k.fits == pkcs8Label:
		block = pem.Block{Type: rsaLabel, Bytes: k.pkcs1}
		n.changed(errcodes.CondPrivateKeyNotPEM, message.ChangeConverted)
	case k.label != k.fits:
		n.changed(errcodes.CondPrivateKeyNotPEM, message.ChangeLabeled, k.fits)
	}
	text := string(pem.EncodeToMemory(&block))
	n.rewritten(errcodes.CondPrivateKeyNotPEM, key.Reveal(), text)
	out := NewSecret(text)
	n.privateKeyTooLong(text)
	return out
}
