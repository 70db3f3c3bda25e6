package validate

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/x509"
	"slices"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/validate/internal/message"
	"github.com/alicert/alicert/validate/internal/pemscan"
)

// KeyPair checks a certificate and its private key as [ServerCertificate] and
// [PrivateKey] do, and that the key belongs to the first certificate. The codes are those of CDN SetDomainServerCertificate.
func KeyPair(certificate string, key Secret, opts Options) *Report {
	c := newChecker(errcodes.SetDomainServerCertificate, opts)
	c.checkGiven(certificate != "", !key.IsZero())
	c.checkTexts(certificate, key, "")
	return c.finish()
}

// Pair is a certificate and its private key, read and checked once by [ParsePair].
// Requests that carry it are checked without reading the texts again. It holds no
// private-key material, never changes, and can be used by any number of requests at
// a time.
type Pair struct {
	hasCertificate, hasKey bool

	findings     []finding
	notes        []note
	certificates []Certificate
	reading      reading
	summary      Summary
}

// ParsePair reads a certificate and its private key and checks them as far as they
// alone decide; either may be absent. Check the requests that carry it with the
// same limits, Strict and Skip. Domain, operation, time, Version and VerifyChain may
// differ from request to request.
func ParsePair(certificate string, key Secret, o Options) *Pair {
	p := parsePair(certificate, key, o)
	p.summary = p.reading.summary()
	return p
}

// parsePair does all but the summary.
func parsePair(certificate string, key Secret, o Options) *Pair {
	c := &checker{opts: o}
	p := &Pair{hasCertificate: certificate != "", hasKey: !key.IsZero(), reading: c.read(certificate, key)}
	p.findings, p.notes, p.certificates = c.findings, c.notes, c.certificates
	return p
}

// checkShared checks a parsed pair as checkTexts checks its texts.
func (c *checker) checkShared(p *Pair, domain string) reading {
	for _, f := range p.findings {
		if c.record(f); c.done() {
			return p.reading
		}
	}
	for _, n := range p.notes {
		c.note(n)
	}
	if !c.verdictOnly {
		c.certificates = slices.Clone(p.certificates)
		for i := range c.certificates {
			c.certificates[i].Names = slices.Clone(c.certificates[i].Names)
		}
	}
	c.checkDated(p.reading, domain)
	return p.reading
}

// checkTexts checks certificate and key. domain is for advisories. A report comes from
// a parsed pair, so that it does not depend on who has parsed it.
func (c *checker) checkTexts(certificate string, key Secret, domain string) reading {
	if !c.verdictOnly {
		return c.checkShared(parsePair(certificate, key, c.opts), domain)
	}
	r := c.read(certificate, key)
	if !c.done() {
		c.checkDated(r, domain)
	}
	return r
}

// checkDated checks what depends on the time and the domain of a request.
func (c *checker) checkDated(r reading, domain string) {
	ch := r.chain
	if !c.hasFinding(ch.cause) { // it may be skipped
		ch.misfit, ch.cause = misfit{}, 0
	}
	if ch.misfit.leaf > 0 {
		ch = ch.leafFirst(c.opts.Strict)
	}
	if c.checkValidity(ch); c.done() {
		return
	}
	if c.checkSite(ch, domain); !c.done() {
		c.adviseChain(ch, domain)
	}
}

// A reading holds the parsed certificate and the public half of the key.
type reading struct {
	chain       chain
	key         crypto.PublicKey // of the private key, if it is sound
	certificate string           // the text
}

// A pair holds the state of the checks of one certificate and key. Each check leaves
// in it the values that later ones need.
type pair struct {
	certificate string // as given
	key         Secret // as given

	certText, keyText string // the same, empty if they must not be read

	scannedKey keyText
	bodies     []certificateBody
	chain      chain
}

// pairChecks is the order of the table.
var pairChecks = [...]func(*checker, *pair){
	(*checker).checkLengths,         // CertificateTooLong, PrivateKeyTooLong
	(*checker).checkKeyBlank,        // PrivateKeyBlank
	(*checker).checkCertificateForm, // CertificateNotPEM
	(*checker).checkKeyForm,         // PrivateKeyNotPEM
	(*checker).checkChain,           // CertificateMalformed
	(*checker).checkUsage,           // CertificateNotServer
	(*checker).checkSecondLeaf,      // SecondLeaf
	(*checker).checkKey,             // PrivateKeyEncrypted, PrivateKeyUnsupported, PrivateKeyMalformed
	(*checker).checkMatch,           // KeyMismatch
}

// read reads certificate and key, if they are given, and checks them as far as they
// alone decide.
func (c *checker) read(certificate string, key Secret) reading {
	p := pair{certificate: certificate, key: key, certText: certificate, keyText: key.Reveal()}
	for _, check := range pairChecks {
		if check(c, &p); c.done() {
			break
		}
	}
	return reading{p.chain, p.scannedKey.public, certificate}
}

func (c *checker) checkLengths(p *pair) {
	if c.certificateTooLong(p.certText) {
		p.certText = ""
	}
	if !c.done() && c.privateKeyTooLong(p.keyText) {
		p.keyText = ""
	}
}

// checkKeyBlank scans the key, and leaves other faults of its form to checkKeyForm.
func (c *checker) checkKeyBlank(p *pair) {
	if p.keyText == "" {
		return
	}
	if p.scannedKey = c.scanPrivateKey(p.keyText); p.scannedKey.blank {
		c.recordAll(p.scannedKey.found)
		p.scannedKey.found = nil
	}
}

func (c *checker) checkCertificateForm(p *pair) {
	if p.certText == "" {
		return
	}
	var found []finding
	p.bodies, found = c.scanCertificates(p.certText)
	c.recordAll(p.explainSwap(found))
}

func (c *checker) checkKeyForm(p *pair) {
	p.explainSeveral()
	found := p.explainSwap(p.scannedKey.found)
	if c.hasFinding(errcodes.CondCertificateNotPEM) && len(found) > 0 && p.swapped() { // the certificate's form has told it
		for i := range found {
			found[i].follows = errcodes.CondCertificateNotPEM
		}
		for i := range c.notes {
			if f := c.notes[i].field; f == errcodes.FieldCertificate || f == errcodes.FieldPrivateKey {
				c.notes[i].follows = errcodes.CondCertificateNotPEM.String()
			}
		}
	}
	c.recordAll(found)
}

// explainSeveral says of several private keys whether they are one, and which of them
// fits the first certificate.
func (p *pair) explainSeveral() {
	if !p.scannedKey.several {
		return
	}
	k, readable := unpackText(p.keyText, 0)
	if !readable || len(k.keys) < 2 {
		return
	}
	reason := &p.scannedKey.found[len(p.scannedKey.found)-1].reason
	keys := distinctKeys(k.keys)
	if len(keys) == 1 {
		*reason = message.SameKeyTwice.With()
		return
	}
	if p.certText == "" {
		return
	}
	if one, ok := keyFor(keys, certificatesIn(p.certText)); ok {
		*reason = message.SeveralKeysOneFits.With(len(k.keys), one.block)
	}
}

// explainSwap rewrites the reasons if certificate and key are swapped.
func (p *pair) explainSwap(found []finding) []finding {
	if len(found) == 0 || !p.swapped() {
		return found
	}
	for i := range found {
		found[i].at = errcodes.Position{}
		found[i].reason = message.Swapped.With()
	}
	return found
}

// swapped reports whether certificate and key are in each other's parameter.
func (p *pair) swapped() bool {
	return p.certText != "" && firstLabel(p.key.Reveal()) == certificateLabel && isPrivateKeyLabel(firstLabel(p.certificate))
}

func (c *checker) recordAll(found []finding) {
	for _, f := range found {
		c.record(f)
	}
}

// checkChain parses the certificates.
func (c *checker) checkChain(p *pair) { p.chain = c.parseCertificates(p.bodies) }

// checkKey parses the key.
func (c *checker) checkKey(p *pair) { c.parsePrivateKey(&p.scannedKey, p.chain.leaf) }

// checkMatch checks whether the key is that of the first certificate, and says
// where it belongs if it is not.
func (c *checker) checkMatch(p *pair) { c.match(&p.chain, p.scannedKey) }

// firstLabel returns the first label that can be read. Damaged blocks count.
func firstLabel(text string) string {
	for s := pemscan.Scan(text); ; {
		item, more := s.Next()
		if label := item.Label + item.Block.Label; label != "" || !more { // one of the two at most
			return label
		}
	}
}

// match checks a parsed key against a parsed chain.
func (c *checker) match(ch *chain, k keyText) {
	if ch.leaf == nil || k.public == nil || samePublicKey(ch.leaf.PublicKey, k.public) {
		return
	}
	found := c.misfitOf(ch.certs, k.public)
	c.record(finding{cond: errcodes.CondKeyMismatch, reason: c.mismatchReason(*ch, k, found), follows: ch.cause})
	if found.proven || found.onlyCAs {
		c.tell(ch, found, errcodes.CondKeyMismatch)
	}
}

func (c *checker) mismatchReason(ch chain, k keyText, found misfit) message.Reason {
	_, holder := c.leafByKey(ch.certs, k.public)
	switch {
	case found.proven:
		return message.KeyOfLaterBlock.With(inText(ch.certs[found.leaf].at))
	case holder >= 0:
		return c.caKeyReason(ch.certs, ch.certs[holder])
	case found.onlyCAs:
		return message.KeyAndOnlyCAs.With()
	}
	certKind := publicKeyKind(ch.leaf.Certificate)
	if certKind != string(k.kind) {
		return message.KeyOfAnotherType.With(k.kind, certKind)
	}
	leaf, isRSA := ch.leaf.PublicKey.(*rsa.PublicKey)
	if own, ok := k.public.(*rsa.PublicKey); ok && isRSA {
		switch {
		case leaf.N.Cmp(own.N) == 0:
			return message.KeyExponentDiffers.With(own.E, leaf.E)
		case leaf.N.BitLen() != own.N.BitLen():
			return message.KeyLengthDiffers.With(own.N.BitLen(), leaf.N.BitLen())
		}
	}
	leafEC, isEC := ch.leaf.PublicKey.(*ecdsa.PublicKey)
	if own, ok := k.public.(*ecdsa.PublicKey); ok && isEC && own.Curve != leafEC.Curve {
		return message.KeyCurveDiffers.With(own.Curve.Params().Name, leafEC.Curve.Params().Name)
	}
	return anotherKey()
}

// anotherKey is the reason if nothing more is known.
func anotherKey() message.Reason { return message.KeyOfNone.With() }

// samePublicKey reports whether a certificate's public key is the given one.
func samePublicKey(certificate, key crypto.PublicKey) bool {
	switch pub := certificate.(type) {
	case *rsa.PublicKey:
		return pub.Equal(key)
	case *ecdsa.PublicKey:
		other, ok := key.(*ecdsa.PublicKey)
		return ok && (pub == other || pub.Equal(other)) // to compare numbers allocates
	case ed25519.PublicKey:
		return pub.Equal(key)
	default:
		return false
	}
}

// publicKeyKind names the algorithm of a certificate's public key.
func publicKeyKind(cert *x509.Certificate) string {
	switch cert.PublicKey.(type) {
	case *rsa.PublicKey:
		return string(kindRSA)
	case *ecdsa.PublicKey:
		return string(kindECDSA)
	case ed25519.PublicKey:
		return string(kindEd25519)
	}
	if cert.PublicKeyAlgorithm != x509.UnknownPublicKeyAlgorithm {
		return cert.PublicKeyAlgorithm.String()
	}
	return "of another algorithm"
}
