package validate

import (
	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/validate/internal/armour"
)

// PrivateKey judges a private-key parameter alone: rows on its length, its form
// and its content. The codes are those of CDN SetDomainServerCertificate. An
// absent key is a missing one. A pass-phrase is never asked for and nothing is
// derived: an encrypted key is refused at once.
func PrivateKey(key Secret, opts Options) *Report {
	j := newJudge(errcodes.SetDomainServerCertificate, opts)
	if key.IsZero() {
		j.violate(errcodes.CondPrivateKeyMissing, place{}, errcodes.Text{})
		return j.finish()
	}
	if !j.privateKeyTooLong(key) {
		k := j.scanPrivateKey(key)
		j.violateAll(k.form)
		j.parsePrivateKey(&k)
	}
	return j.finish()
}

// A keyText is what was read of a private-key parameter. Its form is judged
// before the certificate's and reported behind it, since a blank key comes first
// and a damaged one later; form keeps the violations in between.
type keyText struct {
	form       []*errcodes.Error
	blank      bool
	holdsCerts bool // a CERTIFICATE block is in the text

	label     string
	der       []byte // nil if the form is not sound
	encrypted bool
	at        place

	parsedKey // set by parsePrivateKey if the key is sound
}

func (j *judge) privateKeyTooLong(key Secret) bool {
	limit, n := j.opts.privateKeyLimit(), len(key.Reveal())
	if n <= limit {
		return false
	}
	j.violate(errcodes.CondPrivateKeyTooLong, place{}, say("%[1]d bytes; the limit is %[2]d", "%[1]d 字节，上限为 %[2]d", n, limit))
	return true
}

// scanPrivateKey reads the form. It records nothing in the report.
func (j *judge) scanPrivateKey(key Secret) (k keyText) {
	scratch := &judge{catalog: j.catalog, opts: j.opts, verdictOnly: j.verdictOnly, report: Report{Operation: j.catalog}}
	a := armoured{judge: scratch, notPEM: errcodes.CondPrivateKeyNotPEM, text: key.Reveal()}
	defer func() {
		k.form = scratch.report.Violations
		j.report.Advisories = append(j.report.Advisories, scratch.report.Advisories...)
	}()

	if blank(a.text) {
		k.blank = true
		a.violate(errcodes.CondPrivateKeyBlank, place{}, say("nothing but white space", "内容只有空白字符"))
		return k
	}
	rest, readable := a.encoding()
	if !readable {
		return k
	}
	sound := len(rest) == len(a.text)
	var keys []armour.Item
	var seen struct{ text, blank bool }
	for s := armour.Scan(rest); !scratch.done(); {
		item, more := s.Next()
		if !more {
			break
		}
		switch {
		case item.Kind == armour.KindDamage:
			sound = false
			a.damage(item)
		case item.Kind != armour.KindBlock:
			a.outside(item, &seen)
		case isPrivateKeyLabel(item.Block.Label):
			keys = append(keys, item)
		default:
			k.holdsCerts = k.holdsCerts || item.Block.Label == certificateLabel
			if _, ok := a.decode(item); !ok {
				sound = false
				break
			}
			a.advise(ForeignBlock, a.parameter(a.notPEM), place{item.Index, item.Line}, say("a block that is not a private key is passed over", "跳过了一个不是私钥的块"))
		}
	}
	a.onePrivateKey(&k, keys, sound)
	if sound && k.der != nil {
		a.lineEnds(rest)
	}
	if !sound {
		k.der = nil
	}
	return k
}

// onePrivateKey judges the private-key blocks of a text: exactly one, of a label
// in use, with a sound body.
func (a armoured) onePrivateKey(k *keyText, keys []armour.Item, sound bool) {
	switch {
	case len(keys) == 0 && sound && k.holdsCerts:
		a.violate(a.notPEM, place{}, say("no private key in the text, but a certificate", "文本中没有私钥，只有证书"))
		return
	case len(keys) == 0 && sound:
		a.violate(a.notPEM, place{}, say("no private-key block in the text", "文本中没有私钥块"))
		return
	case len(keys) == 0:
		return
	case len(keys) > 1:
		second := keys[1]
		a.violate(a.notPEM, place{second.Index, second.Line}, say("more than one private key; nothing says which is meant", "存在多个私钥，无法确定使用哪一个"))
		return
	}
	item := keys[0]
	k.at, k.label = place{item.Index, item.Line}, item.Block.Label
	if sound && blank(item.Block.Body) {
		k.blank = true
		a.violate(errcodes.CondPrivateKeyBlank, k.at, say("the private-key block is empty", "私钥块内容为空"))
		return
	}
	switch k.label {
	case rsaLabel, ecLabel, pkcs8Label, encryptedLabel:
	case "OPENSSH PRIVATE KEY":
		a.violate(a.notPEM, k.at, say("an OpenSSH key: convert with ssh-keygen -p -m PEM", "OpenSSH 格式的私钥：请用 ssh-keygen -p -m PEM 转换"))
		return
	case "DSA PRIVATE KEY":
		a.violate(a.notPEM, k.at, say("a DSA key; TLS servers no longer take DSA", "DSA 私钥；TLS 服务器已不再支持 DSA"))
		return
	default:
		a.violate(a.notPEM, k.at, say("the label is none of RSA PRIVATE KEY, EC PRIVATE KEY, PRIVATE KEY", "标签不是 RSA PRIVATE KEY、EC PRIVATE KEY 或 PRIVATE KEY"))
		return
	}
	if body, ok := a.decode(item); ok {
		k.der, k.encrypted = body.DER, body.Encrypted || k.label == encryptedLabel
	}
}

// violateAll records violations found earlier.
func (j *judge) violateAll(found []*errcodes.Error) {
	j.report.Violations = append(j.report.Violations, found...)
}

// parsePrivateKey judges the content.
func (j *judge) parsePrivateKey(k *keyText) {
	if k.der == nil {
		return
	}
	if k.encrypted {
		j.violate(errcodes.CondPrivateKeyEncrypted, k.at, say("the key is encrypted", "私钥已加密"))
		return
	}
	key, problem := parseKey(k.der)
	if problem.cond != 0 {
		j.violate(problem.cond, k.at, problem.reason)
		return
	}
	k.parsedKey = key
	j.keyForm(k)
}

// keyForm records how the form of a sound key departs from the published one.
func (j *judge) keyForm(k *keyText) {
	switch fits := k.fits; {
	case fits != k.label:
		j.form(errcodes.CondPrivateKeyNotPEM, LabelMisfit, k.at, say("the content is that of a block labelled %[1]s", "内容应使用标签 %[1]s", fits))
	case fits == pkcs8Label && k.kind == kindRSA:
		j.form(errcodes.CondPrivateKeyNotPEM, PKCS8RSAKey, k.at, say("an RSA key in PKCS#8 form; the vendor's pages ask for RSA PRIVATE KEY", "PKCS#8 格式的 RSA 私钥；官方文档要求 RSA PRIVATE KEY"))
	}
}
