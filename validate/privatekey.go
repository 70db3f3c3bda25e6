package validate

import (
	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/validate/internal/armour"
)

// PrivateKey checks a private-key parameter alone: its length, its form and its
// content. The codes are those of CDN SetDomainServerCertificate. An absent key is
// a missing one. A pass-phrase is never asked for and nothing is derived: an
// encrypted key is refused at once.
func PrivateKey(key Secret, opts Options) *Report {
	c := newChecker(errcodes.SetDomainServerCertificate, opts)
	if key.IsZero() {
		c.violate(errcodes.CondPrivateKeyMissing, errcodes.Position{}, errcodes.Message{})
	}
	c.read("", key)
	return c.finish()
}

// A keyText is what was read of a private-key parameter.
type keyText struct {
	found      []finding // faults of the form
	blank      bool      // they are that there is nothing in it
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
	c.violate(errcodes.CondPrivateKeyTooLong, errcodes.Position{}, say("%[1]d bytes; the limit is %[2]d", "%[1]d 字节，上限为 %[2]d", n, limit))
	return true
}

// scanPrivateKey reads the form. The caller records the faults, since a blank key
// comes before the certificate's form and a damaged one behind it.
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

func (a *pemText) blank(at errcodes.Position, reason errcodes.Message) {
	a.found = append(a.found, finding{cond: errcodes.CondPrivateKeyBlank, at: at, reason: reason})
}

func (a *pemText) scanKeyBlocks(k *keyText, text string) {
	var keys []armour.Item
	var seen struct{ text, blank bool }
	for s := armour.Scan(text); !a.enough(); {
		item, more := s.Next()
		if !more {
			break
		}
		switch {
		case item.Kind == armour.KindDamage:
			a.damage(item)
		case item.Kind != armour.KindBlock:
			a.outside(item, &seen)
		case isPrivateKeyLabel(item.Block.Label):
			keys = append(keys, item)
		default:
			k.holdsCerts = k.holdsCerts || item.Block.Label == certificateLabel
			if _, ok := a.decode(item); ok {
				a.advise(ForeignBlock, errcodes.FieldPrivateKey, errcodes.Position{Block: item.Index, Line: item.Line}, say("a block that is not a private key is passed over", "跳过了一个不是私钥的块"))
			}
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
func (a *pemText) onePrivateKey(k *keyText, keys []armour.Item, sound bool) {
	switch {
	case len(keys) == 0 && sound && k.holdsCerts:
		a.damaged(errcodes.Position{}, say("no private key in the text, but a certificate", "文本中没有私钥，只有证书"))
		return
	case len(keys) == 0 && sound:
		a.damaged(errcodes.Position{}, say("no private-key block in the text", "文本中没有私钥块"))
		return
	case len(keys) == 0:
		return
	case len(keys) > 1:
		second := keys[1]
		a.damaged(errcodes.Position{Block: second.Index, Line: second.Line}, say("more than one private key; nothing says which is meant", "存在多个私钥，无法确定使用哪一个"))
		return
	}
	item := keys[0]
	k.at, k.label = errcodes.Position{Block: item.Index, Line: item.Line}, item.Block.Label
	if sound && blank(item.Block.Body) {
		k.blank = true
		a.blank(k.at, say("the private-key block is empty", "私钥块内容为空"))
		return
	}
	switch k.label {
	case rsaLabel, ecLabel, pkcs8Label, encryptedLabel:
	case "OPENSSH PRIVATE KEY":
		a.damaged(k.at, say("an OpenSSH key: convert with ssh-keygen -p -m PEM", "OpenSSH 格式的私钥：请用 ssh-keygen -p -m PEM 转换"))
		return
	case "DSA PRIVATE KEY":
		a.damaged(k.at, say("a DSA key; TLS servers no longer take DSA", "DSA 私钥；TLS 服务器已不再支持 DSA"))
		return
	default:
		a.damaged(k.at, say("the label is none of RSA PRIVATE KEY, EC PRIVATE KEY, PRIVATE KEY", "标签不是 RSA PRIVATE KEY、EC PRIVATE KEY 或 PRIVATE KEY"))
		return
	}
	if body, ok := a.decode(item); ok {
		k.der, k.encrypted = body.DER, body.Encrypted || k.label == encryptedLabel
	}
}

// parsePrivateKey checks the content.
func (c *checker) parsePrivateKey(k *keyText) {
	if k.der == nil {
		return
	}
	if k.encrypted {
		c.violate(errcodes.CondPrivateKeyEncrypted, k.at, say("the key is encrypted", "私钥已加密"))
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

// keyForm records how the form of a sound key departs from the published one.
func (c *checker) keyForm(k *keyText) {
	switch fits := k.fits; {
	case fits != k.label:
		c.form(errcodes.CondPrivateKeyNotPEM, LabelMisfit, k.at, say("the content is that of a block labelled %[1]s", "内容应使用标签 %[1]s", fits))
	case fits == pkcs8Label && k.kind == kindRSA:
		c.form(errcodes.CondPrivateKeyNotPEM, PKCS8RSAKey, k.at, say("an RSA key in PKCS#8 form; the vendor's pages ask for RSA PRIVATE KEY", "PKCS#8 格式的 RSA 私钥；官方文档要求 RSA PRIVATE KEY"))
	}
}
