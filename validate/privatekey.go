package validate

import (
	"crypto"

	"github.com/alicert/alicert/errcodes"
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
	a := &pemText{checker: c, notPEM: errcodes.CondPrivateKeyNotPEM}
	var k keyText
	if blank(text) {
		k.blank = true
		a.blank(errcodes.Position{}, nothingReason())
	} else if rest, readable := a.encoding(text); readable {
		a.scanKeyBlocks(&k, rest)
	}
	k.found = a.found
	return k
}

func (a *pemText) blank(at errcodes.Position, reason message.Reason) {
	a.found = append(a.found, finding{cond: errcodes.CondPrivateKeyBlank, at: at, reason: reason})
}

func (a *pemText) scanKeyBlocks(k *keyText, text string) {
	var keys []pemscan.Item
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
			// Readers pass over such a block whatever is in it.
			a.advise(ForeignBlock, errcodes.FieldPrivateKey, errcodes.Position{Block: item.Index, Line: item.Line}, message.ForeignBlock.With())
		}
	}
	sound := len(a.found) == 0
	if a.onePrivateKey(k, keys, sound); sound && k.der != nil {
		a.lineEnds(text)
	}
	if !sound {
		k.der = nil
	}
}

// onePrivateKey checks the private-key blocks of a text: exactly one, of a label
// in use, with a sound body.
func (a *pemText) onePrivateKey(k *keyText, keys []pemscan.Item, sound bool) {
	switch {
	case len(keys) == 0 && sound && k.holdsCerts:
		a.damaged(errcodes.Position{}, message.CertificateNotKey.With())
		return
	case len(keys) == 0 && sound:
		a.damaged(errcodes.Position{}, message.NoKeyBlock.With())
		return
	case len(keys) == 0:
		return
	case len(keys) > 1:
		second := keys[1]
		a.damaged(errcodes.Position{Block: second.Index, Line: second.Line}, message.SeveralKeys.With())
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
		a.damaged(k.at, message.OpenSSHKey.With())
		return
	case "DSA PRIVATE KEY":
		a.damaged(k.at, message.DSAKeyBlock.With())
		return
	default:
		a.damaged(k.at, message.KeyLabelUnknown.With())
		return
	}
	if body, ok := a.decode(item); ok {
		k.der, k.encrypted = body.DER, body.Encrypted || k.label == encryptedLabel
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

// parsePrivateKey checks the content.
func (c *checker) parsePrivateKey(k *keyText) {
	if k.der == nil {
		return
	}
	if k.encrypted {
		c.violate(errcodes.CondPrivateKeyEncrypted, k.at, message.KeyEncrypted.With())
		return
	}
	key, problem := parseKey(k.der)
	if problem.cond != 0 {
		c.violate(problem.cond, k.at, problem.reason)
		return
	}
	k.parsedKey = key
	c.keyForm(k)
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
