package validate

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/x509"
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/validate/internal/armour"
	"github.com/alicert/alicert/validate/internal/quick"
)

// KeyPair judges a certificate and its private key together: what
// [ServerCertificate] and [PrivateKey] judge, and whether the key is that of the
// first certificate. The codes are those of CDN SetDomainServerCertificate.
func KeyPair(certificate string, key Secret, opts Options) *Report {
	j := newJudge(errcodes.SetDomainServerCertificate, opts)
	j.judgeGiven(certificate, key)
	j.judgePair(certificate, key, "")
	return j.finish()
}

// judgePair judges the rows on certificate and key, whichever of them is given,
// in the order of the catalog. domain is for advisories.
func (j *judge) judgePair(certificate string, key Secret, domain string) {
	readCert := certificate != "" && !j.certificateTooLong(certificate)
	if j.done() {
		return
	}
	readKey := !key.IsZero() && !j.privateKeyTooLong(key)
	if j.done() {
		return
	}
	var (
		bodies        []certificateBody
		sound, looked bool
	)
	// For a verdict, damage of one text is not to cost a look at the content of the
	// other: nothing that is wrong with a key that begins like one comes before the
	// certificate's form.
	both := j.verdictOnly && readCert && readKey
	canonical := both && quick.IsForm(certificate)
	if both && !canonical && beginsWithKey(key.Reveal()) {
		bodies, sound = j.scanCertificates(certificate)
		looked = true
	}
	if j.done() {
		return
	}
	var k keyText
	if readKey {
		k = j.scanPrivateKey(key)
		if k.blank {
			j.violateAll(k.form)
			k.form = nil
		}
	}
	if canonical && len(k.form) > 0 {
		j.violateAll(k.form)
	}
	if j.done() {
		return
	}
	if readCert && !looked {
		bodies, sound = j.scanCertificates(certificate)
	}
	if !j.done() {
		j.violateAll(k.form)
	}
	if readCert {
		j.noteSwapped(certificate, key)
	}
	if j.done() {
		return
	}
	var c chain
	if sound {
		c = j.parseCertificates(bodies)
	}
	if j.done() {
		return
	}
	if j.judgeUsage(c); j.done() {
		return
	}
	if j.parsePrivateKey(&k); j.done() {
		return
	}
	if j.judgeMatch(c, k); j.done() {
		return
	}
	if j.key = k.public; c.leaf != nil {
		j.leaf = c.leaf.Certificate
	}
	j.judgeValidity(c)
	j.adviseChain(c, domain)
}

// beginsWithKey reports whether a text begins with a private-key block that is
// not empty.
func beginsWithKey(text string) bool {
	line, body, _ := strings.Cut(text[:min(len(text), 100)], "\n")
	switch line {
	case "-----BEGIN " + rsaLabel + "-----", "-----BEGIN " + ecLabel + "-----", "-----BEGIN " + pkcs8Label + "-----":
		return body != "" && body[0] > ' ' && body[0] != '-'
	default:
		return false
	}
}

// noteSwapped rewrites the reasons of two inputs that took each other's place.
func (j *judge) noteSwapped(certificate string, key Secret) {
	if len(j.report.Violations) == 0 || firstLabel(key.Reveal()) != certificateLabel || !isPrivateKeyLabel(firstLabel(certificate)) {
		return
	}
	for _, v := range j.report.Violations {
		switch v.Condition {
		case errcodes.CondCertificateNotPEM, errcodes.CondPrivateKeyNotPEM:
			v.Block, v.Line = 0, 0
			v.Reason = say("certificate and private key are swapped: each stands in the other's parameter", "证书和私钥放反了：各自出现在对方的参数中")
		}
	}
}

// firstLabel returns the label of the first block, damaged ones included, whose
// label can be told.
func firstLabel(text string) string {
	for s := armour.Scan(text); ; {
		item, more := s.Next()
		if label := item.Label + item.Block.Label; label != "" || !more { // one of the two at most
			return label
		}
	}
}

// judgeMatch judges whether the key is that of the first certificate, and says
// where it belongs if it is not.
func (j *judge) judgeMatch(c chain, k keyText) {
	if c.leaf == nil || k.public == nil || samePublicKey(c.leaf.PublicKey, k.public) {
		return
	}
	j.violate(errcodes.CondKeyMismatch, place{}, j.mismatchReason(c, k))
}

func (j *judge) mismatchReason(c chain, k keyText) errcodes.Text {
	switch meant, holder := j.leafByKey(c.certs, k.public); {
	case meant >= 0:
		where := c.certs[meant].at.inText()
		return say("the key belongs to the certificate in %[1]s: the leaf is not first",
			"私钥属于%[2]s的证书：服务器证书没有放在最前", where.EN, where.ZH)
	case holder >= 0:
		return j.caKeyReason(c.certs, c.certs[holder])
	}
	certKind := publicKeyKind(c.leaf.Certificate)
	if certKind != string(k.kind) {
		return say("the key is %[1]s, the first certificate's is %[2]s", "私钥类型为 %[1]s，第一张证书的公钥类型为 %[2]s", k.kind, certKind)
	}
	leaf, isRSA := c.leaf.PublicKey.(*rsa.PublicKey)
	if own, ok := k.public.(*rsa.PublicKey); ok && isRSA {
		switch {
		case leaf.N.Cmp(own.N) == 0:
			return say("same RSA modulus, but the key's exponent is %[1]d and the certificate's %[2]d", "RSA 模数相同，但私钥的指数为 %[1]d，证书的为 %[2]d", own.E, leaf.E)
		case leaf.N.BitLen() != own.N.BitLen():
			return say("the key has %[1]d bits, the first certificate's %[2]d", "私钥为 %[1]d 位，第一张证书的公钥为 %[2]d 位", own.N.BitLen(), leaf.N.BitLen())
		}
	}
	leafEC, isEC := c.leaf.PublicKey.(*ecdsa.PublicKey)
	if own, ok := k.public.(*ecdsa.PublicKey); ok && isEC && own.Curve != leafEC.Curve {
		return say("the key is on %[1]s, the first certificate's on %[2]s", "私钥在 %[1]s 曲线上，第一张证书的公钥在 %[2]s 上", own.Curve.Params().Name, leafEC.Curve.Params().Name)
	}
	return anotherKey()
}

// anotherKey is the reason where nothing more can be told.
func anotherKey() errcodes.Text {
	return say("it belongs to none of the certificates, although its type fits: it is the key of another certificate", "类型相符，但不属于其中任何一张证书：这是另一张证书的私钥")
}

// samePublicKey reports whether a certificate's public key is the given one.
func samePublicKey(certificate, key crypto.PublicKey) bool {
	switch pub := certificate.(type) {
	case *rsa.PublicKey:
		return pub.Equal(key)
	case *ecdsa.PublicKey:
		return pub.Equal(key)
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
