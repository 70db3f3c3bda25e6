package validate

import (
	"crypto"
	"crypto/ed25519"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/validate/internal/fastpath"
	"github.com/alicert/alicert/validate/internal/message"
	"github.com/alicert/alicert/validate/internal/pemscan"
)

// PrivateKey checks a private-key parameter alone: its length, its form and its
// content. The codes are those of CDN SetDomainServerCertificate. An absent key is
// a missing one. An encrypted key is refused at once: no pass-phrase is asked for.
func PrivateKey(key Secret, opts Options) *Report {
	c := newChecker(errcodes.SetDomainServerCertificate, opts)
	if key.IsZero() {
		c.violate(errcodes.CondPrivateKeyMissing, errcodes.Position{}, message.Reason{})
	}
	c.read("", key)
	return c.finish()
}

// A keyText holds the parts of a private-key parameter.
type keyText struct {
	found      []finding // faults of the form
	blank      bool      // the fault is that the parameter is empty
	holdsCerts bool      // a CERTIFICATE block is in the text
	several    bool      // the last fault is that there are several private keys

	label     string
	der       []byte // nil if the form is not sound
	encrypted bool
	at        errcodes.Position

	parsedKey // set by parsePrivateKey if the key is sound
}

func (c *checker) privateKeyTooLong(key string) bool {
	limit, n := c.opts.privateKeyLimit(), len(key)
	if n <= limit {
		return false
	}
	c.violate(errcodes.CondPrivateKeyTooLong, errcodes.Position{}, message.TooManyBytes.With(n, limit))
	return true
}

// scanPrivateKey reads the form. The caller records the faults, because a blank key
// outranks the certificate's form and a damaged one does not.
func (c *checker) scanPrivateKey(text string) keyText {
	a := c.newPEMText(errcodes.CondPrivateKeyNotPEM)
	var k keyText
	if blank(text) {
		k.blank = true
		a.blank(errcodes.Position{}, nothingReason())
	} else if rest, readable := a.encoding(text); readable {
		if !a.canonicalKey(&k, rest) {
			a.scanKeyBlocks(&k, rest)
		}
	}
	k.found = a.found
	return k
}

func (a *pemText) blank(at errcodes.Position, reason message.Reason) {
	a.found = append(a.found, finding{cond: errcodes.CondPrivateKeyBlank, at: at, reason: reason})
}

// canonicalKey reads a text of nothing but a private key in canonical form, about which
// the scanner has nothing to say.
func (a *pemText) canonicalKey(k *keyText, text string) bool {
	if a.opts.parsersOnly || len(a.found) > 0 {
		return false
	}
	form, der, ok := fastpath.KeyBlock(text)
	if !ok {
		return false
	}
	switch k.der, k.at = der, (errcodes.Position{Block: 1, Line: 1}); form {
	case fastpath.PKCS1:
		k.label = rsaLabel
	case fastpath.SEC1:
		k.label = ecLabel
	default:
		k.label = pkcs8Label
	}
	k.encrypted = isEncrypted(k.label, der)
	return true
}

func (a *pemText) scanKeyBlocks(k *keyText, text string) {
	var keys, others []pemscan.Item
	var seen struct{ text, blank bool }
	for s := pemscan.Scan(text); !a.enough(); {
		item, more := s.Next()
		if !more {
			break
		}
		switch {
		case item.Kind == pemscan.KindDamage:
			a.damage(item)
		case item.Kind != pemscan.KindBlock:
			a.outside(item, &seen)
		case isPrivateKeyLabel(item.Block.Label):
			keys = append(keys, item)
		default:
			k.holdsCerts = k.holdsCerts || item.Block.Label == certificateLabel
			others = append(others, item)
			// Readers pass over such a block whatever is in it.
			a.advise(ForeignBlock, errcodes.FieldPrivateKey, errcodes.Position{Block: item.Index, Line: item.Line}, message.ForeignBlock.With())
		}
	}
	sound := len(a.found) == 0
	if len(keys) == 0 {
		a.noPrivateKey(k, text, others)
		return
	}
	if a.onePrivateKey(k, keys, sound); sound && k.der != nil {
		a.lineEnds(text)
	}
	if !sound {
		k.der = nil
	}
}

// noPrivateKey says what a text holds instead of a private-key block.
func (a *pemText) noPrivateKey(k *keyText, text string, others []pemscan.Item) {
	if a.nameWhole(text); len(a.found) > 0 {
		return
	}
	if k.holdsCerts {
		a.damaged(errcodes.Position{}, message.CertificateNotKey.With())
		return
	}
	for _, item := range others {
		if reason, ok := mislabeled(item); ok {
			a.damaged(errcodes.Position{Block: item.Index, Line: item.Line}, reason)
			return
		}
		if reason, ok := otherBlock(item.Block.Label); ok {
			a.damaged(errcodes.Position{}, reason)
			return
		}
	}
	a.damaged(errcodes.Position{}, message.NoKeyBlock.With())
}

// onePrivateKey checks the private-key blocks of a text: exactly one, of a label
// in use, with a sound body.
func (a *pemText) onePrivateKey(k *keyText, keys []pemscan.Item, sound bool) {
	if len(keys) > 1 {
		second := keys[1]
		a.damaged(errcodes.Position{Block: second.Index, Line: second.Line}, message.SeveralKeys.With())
		k.several = true
		return
	}
	item := keys[0]
	k.at, k.label = errcodes.Position{Block: item.Index, Line: item.Line}, item.Block.Label
	if sound && blank(item.Block.Body) {
		k.blank = true
		a.blank(k.at, message.KeyBlockEmpty.With())
		return
	}
	switch k.label {
	case rsaLabel, ecLabel, pkcs8Label, encryptedLabel:
	case "OPENSSH PRIVATE KEY":
		a.damaged(k.at, openSSHReason(item))
		return
	case "DSA PRIVATE KEY":
		a.damaged(k.at, message.DSAKeyBlock.With())
		return
	default:
		reason, ok := mislabeled(item)
		if !ok {
			reason = message.KeyLabelUnknown.With()
		}
		a.damaged(k.at, reason)
		return
	}
	if body, ok := a.decode(item); ok {
		k.der, k.encrypted = body.DER, body.Encrypted || isEncrypted(k.label, body.DER)
	}
}

// publicKey returns the public half of the key, nil if it is not sound. It is for
// explanations that come before the check of the key.
func (k *keyText) publicKey() crypto.PublicKey {
	if k.public != nil || k.der == nil || k.encrypted {
		return k.public
	}
	key, problem := parseKey(k.der)
	if problem.cond != 0 {
		return nil
	}
	return key.public
}

// parsePrivateKey checks the content. leaf is the certificate that the key is likely to
// belong to, nil if there is none.
func (c *checker) parsePrivateKey(k *keyText, leaf *parsed) {
	if k.der == nil {
		return
	}
	if k.encrypted {
		c.violate(errcodes.CondPrivateKeyEncrypted, k.at, message.KeyEncrypted.With())
		return
	}
	key, problem := c.parseKeyOf(leaf, k.der)
	if problem.cond != 0 {
		c.violate(problem.cond, k.at, nameKeyBlock(k.der, problem.reason))
		return
	}
	k.parsedKey = key
	c.keyForm(k)
}

// parseKeyOf is parseKey. It asks the fast path first whether a key on a curve is that of
// the certificate, which costs less than to read the key alone.
func (c *checker) parseKeyOf(leaf *parsed, der []byte) (parsedKey, keyProblem) {
	if leaf == nil || c.opts.parsersOnly {
		return parseKey(der)
	}
	form, ok := fastpath.Key(der, leaf.RawSubjectPublicKeyInfo)
	if !ok {
		return parseKey(der)
	}
	key := parsedKey{kind: kindECDSA, fits: ecLabel, public: leaf.PublicKey}
	if _, ok := leaf.PublicKey.(ed25519.PublicKey); ok {
		key.kind = kindEd25519
	}
	if form == fastpath.PKCS8 {
		key.fits = pkcs8Label
	}
	return key, keyProblem{}
}

// keyForm records where the form of a sound key departs from the published one.
func (c *checker) keyForm(k *keyText) {
	switch fits := k.fits; {
	case fits != k.label:
		c.form(errcodes.CondPrivateKeyNotPEM, LabelMisfit, k.at, message.LabelMisfit.With(fits))
	case fits == pkcs8Label && k.kind == kindRSA:
		c.form(errcodes.CondPrivateKeyNotPEM, PKCS8RSAKey, k.at, message.PKCS8RSAKey.With())
	}
}
