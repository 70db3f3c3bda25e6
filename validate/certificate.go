package validate

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/x509"
	"fmt"
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/validate/internal/armour"
)

// ServerCertificate checks a certificate parameter alone: its length, its form, its
// content, its usage and, where opts says when, its validity. The codes are those
// of CDN SetDomainServerCertificate. An empty text is a missing certificate.
func ServerCertificate(pem string, opts Options) *Report {
	c := newChecker(errcodes.SetDomainServerCertificate, opts)
	if pem == "" {
		c.violate(errcodes.CondCertificateMissing, errcodes.Position{}, errcodes.Message{})
	}
	c.checkTexts(pem, Secret{}, "")
	return c.finish()
}

// chain is what was read of a certificate parameter.
type chain struct {
	certs []parsed // the blocks that parsed, in order
	leaf  *parsed  // the first block of the text, if it parsed
}

type parsed struct {
	*x509.Certificate
	at errcodes.Position
}

func (c *checker) certificateTooLong(text string) bool {
	if limit := c.opts.certificateLimit(); len(text) > limit {
		c.violate(errcodes.CondCertificateTooLong, errcodes.Position{}, say("%[1]d bytes; the limit is %[2]d", "%[1]d 字节，上限为 %[2]d", len(text), limit))
		return true
	}
	if len(text) <= DefaultCertificateLimit {
		return false // so many certificates do not fit
	}
	if n := strings.Count(text, "-----END "+certificateLabel+"-----"); n > MaxChainCertificates {
		c.violate(errcodes.CondCertificateTooLong, errcodes.Position{}, say("%[1]d certificates; the limit is %[2]d", "%[1]d 张证书，上限为 %[2]d", n, MaxChainCertificates))
		return true
	}
	return false
}

type certificateBody struct {
	der []byte
	at  errcodes.Position
}

// scanCertificates reads the form. If it finds a fault, the text must not be decoded
// further.
func (c *checker) scanCertificates(text string) (bodies []certificateBody, found []finding) {
	a := &pemText{checker: c, notPEM: errcodes.CondCertificateNotPEM}
	if blank(text) {
		a.damaged(errcodes.Position{}, nothingReason())
		return nil, a.found
	}
	rest, readable := a.encoding(text)
	if !readable {
		return nil, a.found
	}
	var seen struct{ text, blank bool }
	for s := armour.Scan(rest); !a.enough(); {
		item, more := s.Next()
		if !more {
			break
		}
		at := errcodes.Position{Block: item.Index, Line: item.Line}
		switch {
		case item.Kind == armour.KindDamage:
			a.damage(item)
		case item.Kind != armour.KindBlock:
			a.outside(item, &seen)
		case item.Block.Label == certificateLabel:
			body, ok := a.decode(item)
			switch {
			case !ok:
			case body.Encrypted:
				a.damaged(at, say("the block has the headers of an encrypted one", "块内含有加密头部"))
			default:
				bodies = append(bodies, certificateBody{body.DER, at})
			}
		default:
			a.damaged(at, foreignReason(item.Block.Label))
		}
	}
	switch {
	case len(a.found) > 0:
		return nil, a.found
	case len(bodies) == 0:
		a.damaged(errcodes.Position{}, say("no CERTIFICATE block in the text", "文本中没有 CERTIFICATE 块"))
	default:
		a.lineEnds(rest)
	}
	return bodies, a.found
}

// foreignReason says what a complete block of another kind is doing in the
// certificate parameter. Labels that are not in use are not shown.
func foreignReason(label string) errcodes.Message {
	switch label {
	case "PKCS7", "CMS":
		return say("a PKCS#7 block: convert with openssl pkcs7 -print_certs", "PKCS#7 块：请用 openssl pkcs7 -print_certs 转换")
	case "TRUSTED CERTIFICATE", "X509 CERTIFICATE":
		return say("a block labelled %[1]s, which not every TLS server reads: convert with openssl x509", "标签为 %[1]s 的块，并非所有 TLS 服务器都能读取：请用 openssl x509 转换", label)
	case "CERTIFICATE REQUEST", "NEW CERTIFICATE REQUEST":
		return say("a certificate request, not a certificate: send what the CA returned for it", "这是证书签名请求而不是证书：请发送 CA 返回的证书")
	case "EC PARAMETERS", "DH PARAMETERS", "PUBLIC KEY", "X509 CRL":
		return say("a block labelled %[1]s inside the certificate", "证书中含有标签为 %[1]s 的块", label)
	}
	if isPrivateKeyLabel(label) {
		return say("a private-key block inside the certificate: whoever reads the certificate reads the key", "证书中含有私钥块：能读取证书的人都能读取私钥")
	}
	return say("a block of another kind inside the certificate", "证书中含有其他类型的块")
}

// parseCertificates checks the content: every block must be a certificate, and the
// first one's public key of a kind that is served.
func (c *checker) parseCertificates(bodies []certificateBody) (ch chain) {
	for i, b := range bodies {
		cert, reason := parseCertificate(b.der)
		if cert == nil {
			c.violate(errcodes.CondCertificateMalformed, b.at, reason)
			if c.done() {
				return ch
			}
			continue
		}
		ch.certs = append(ch.certs, parsed{cert, b.at})
		if i == 0 {
			ch.leaf = &parsed{cert, b.at}
			if reason, ok := servedKey(cert); !ok {
				c.violate(errcodes.CondCertificateMalformed, b.at, reason)
				if c.done() {
					return ch
				}
			}
		}
	}
	if !c.verdictOnly {
		c.certificates = describe(ch.certs)
	}
	return ch
}

// parseCertificate reads one certificate as Go and OpenSSL both read it.
func parseCertificate(der []byte) (*x509.Certificate, errcodes.Message) {
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, say("not an X.509 certificate that Go reads (%[1]s)", "不是 Go 可解析的 X.509 证书（%[1]s）", cut(err.Error()))
	}
	if !exactCertificate(der) {
		return nil, say("OpenSSL refuses the certificate: there are elements too many in it", "OpenSSL 拒绝该证书：其中有多余的元素")
	}
	if what := unreadableExtension(cert); what != "" {
		return nil, say("OpenSSL refuses the certificate: its %[1]s cannot be decoded", "OpenSSL 拒绝该证书：无法解码其 %[1]s", what)
	}
	return cert, errcodes.Message{}
}

// servedKey reports whether the certificate's public key is of a kind that TLS
// servers load, and if not, why.
func servedKey(cert *x509.Certificate) (reason errcodes.Message, ok bool) {
	switch pub := cert.PublicKey.(type) {
	case *rsa.PublicKey:
		if bits := pub.N.BitLen(); bits > maxRSABits {
			return say("an RSA modulus of %[1]d bits; TLS servers take at most %[2]d", "RSA 模数为 %[1]d 位，TLS 服务器最多支持 %[2]d 位", bits, maxRSABits), false
		}
		return errcodes.Message{}, true
	case *ecdsa.PublicKey, ed25519.PublicKey:
		return errcodes.Message{}, true
	default:
		return say("the public key is none of RSA, ECDSA (P-224 to P-521) and Ed25519", "公钥不是 RSA、ECDSA（P-224 至 P-521）或 Ed25519"), false
	}
}

// checkUsage checks whether the first certificate is a server certificate.
func (c *checker) checkUsage(p *pair) {
	ch := p.chain
	if ch.leaf == nil {
		return
	}
	reason, ok := serverUsage(ch.leaf.Certificate)
	if ok {
		return
	}
	for _, other := range ch.certs {
		if other.at != ch.leaf.at && issues(ch.leaf.Certificate, other.Certificate) {
			reason.EN += fmt.Sprintf("; it issued block %d: is that the leaf?", other.at.Block)
			reason.ZH += fmt.Sprintf("；它签发了第 %d 块：那一块才是服务器证书？", other.at.Block)
			break
		}
	}
	c.violate(errcodes.CondCertificateNotServer, ch.leaf.at, reason)
}

// checkValidity checks whether the first certificate is in its validity period.
func (c *checker) checkValidity(ch chain) {
	if ch.leaf == nil {
		return
	}
	if c.opts.At.IsZero() {
		c.advise(ValidityNotChecked, errcodes.FieldCertificate, ch.leaf.at, say("no time is given, so its validity was not checked", "未提供时间，因此未检查有效期"))
		return
	}
	const form = "2006-01-02 15:04:05 UTC"
	switch at, cert := c.opts.At, ch.leaf.Certificate; {
	case at.After(cert.NotAfter):
		c.violate(errcodes.CondCertificateExpired, ch.leaf.at, say("it expired at %[1]s", "已于 %[1]s 过期", cert.NotAfter.UTC().Format(form)))
	case at.Before(cert.NotBefore):
		c.violate(errcodes.CondCertificateNotYetValid, ch.leaf.at, say("it is not valid before %[1]s", "在 %[1]s 之前无效", cert.NotBefore.UTC().Format(form)))
	}
}

// sameCertificate reports whether two certificates are the same bytes.
func sameCertificate(a, b *x509.Certificate) bool { return bytes.Equal(a.Raw, b.Raw) }
