package validate

import (
	"bytes"
	"crypto/x509"
	"errors"
	"slices"
	"time"

	"github.com/alicert/alicert/errcodes"
)

const (
	expirySoon = 30 * 24 * time.Hour // when a certificate is due for renewal
	maxLinks   = 4                   // signatures that are checked at most
)

// adviseChain says what a deployer wants to know of the certificates. In strict
// mode the order of the chain is a matter of form, and so of violations. domain
// is the ASCII form of the domain that is to be covered, "" for none.
func (j *judge) adviseChain(c chain, domain string) {
	if c.leaf == nil || j.verdictOnly && !j.opts.Strict {
		return
	}
	own := selfSigned(c.leaf.Certificate)
	j.adviseLeaf(c, own, domain)
	j.adviseOrder(c, own)
	j.adviseStrength(c)
}

func (j *judge) adviseLeaf(c chain, own bool, domain string) {
	parameter, at, leaf := j.parameter(errcodes.CondCertificateMalformed), c.leaf.at, c.leaf.Certificate
	if leaf.BasicConstraintsValid && leaf.IsCA {
		j.advise(LeafIsCA, parameter, at, say("the first certificate is a CA (CA:TRUE)", "第一张证书是 CA 证书（CA:TRUE）"))
	}
	if own {
		j.advise(SelfSigned, parameter, at, say("the first certificate is self-signed", "第一张证书是自签名证书"))
	}
	if domain != "" && !covers(leaf.DNSNames, leaf.IPAddresses, domain) {
		j.advise(DomainNotCovered, parameter, at, say("its names do not cover %[1]s", "证书的域名不包含 %[1]s", domain))
	}
	if left := leaf.NotAfter.Sub(j.opts.At); !j.opts.At.IsZero() && left >= 0 && left < expirySoon {
		j.advise(ExpiresSoon, parameter, at, say("it expires in %[1]d days", "将在 %[1]d 天后过期", int(left.Hours()/24)))
	}
}

// adviseOrder follows the chain from the leaf as far as the text goes. own says
// that the leaf is its own issuer.
func (j *judge) adviseOrder(c chain, own bool) {
	cond := errcodes.CondCertificateNotPEM
	path := followChain(j.dropDuplicates(c), own)
	for i, p := range path.chain[1:] {
		if p.skipped > 0 {
			j.form(cond, ChainOutOfOrder, p.at, say("the issuer of block %[1]d does not follow it", "第 %[1]d 块的签发者没有紧随其后", path.chain[i].at.block))
		}
		if i < maxLinks && j.opts.VerifyChain {
			j.verifyLink(path.chain[i].parsed, p.parsed)
		}
	}
	last := path.chain[len(path.chain)-1].parsed
	if path.root != nil && len(path.chain) <= maxLinks && j.opts.VerifyChain {
		j.verifyLink(last, *path.root)
	}
	if !path.complete && (len(path.chain) == 1 || len(path.rest) > 0) {
		j.linkMissing(last)
	}
	if path.root != nil {
		j.form(cond, RootIncluded, path.root.at, say("the root is included", "包含了根证书"))
	}
	for _, p := range path.rest {
		if i := issuerAmong(c.certs, p.Certificate); i >= 0 {
			j.form(cond, ChainOutOfOrder, p.at, say("it was issued by block %[1]d, which does not follow it", "由第 %[1]d 块签发，但该块没有紧随其后", c.certs[i].at.block))
			continue
		}
		j.form(cond, UnrelatedCertificate, p.at, say("it is no part of the first certificate's chain", "不属于第一张证书的证书链"))
	}
}

// A path is what followChain made of a text: each certificate is in one place.
type path struct {
	chain    []link   // the leaf and its issuers, without the root
	root     *parsed  // the root, if it is in the text; nil for a self-signed leaf
	rest     []parsed // what does not belong to the chain
	complete bool     // the chain ends at a root, or in a self-signed leaf
}

type link struct {
	parsed
	skipped int // certificates between the one before and this one, in what was left of the text
}

// followChain follows the chain from the first certificate, by names and key
// identifiers. Of several issuers it prefers one that is not a root, so that a
// cross-signed intermediate is kept. own says that the first is its own issuer.
func followChain(certs []parsed, own bool) path {
	current, rest := certs[0], append([]parsed(nil), certs[1:]...)
	p := path{chain: []link{{parsed: current}}, complete: own}
	for !p.complete {
		i := issuerAmong(rest, current.Certificate)
		if i < 0 {
			break
		}
		current = rest[i]
		rest = append(rest[:i], rest[i+1:]...)
		if selfIssued(current.Certificate) {
			root := current
			p.root, p.complete = &root, true
			break
		}
		p.chain = append(p.chain, link{current, i})
	}
	for _, r := range rest {
		if p.root == nil && selfIssued(r.Certificate) && len(p.chain) > 1 && issues(r.Certificate, p.chain[len(p.chain)-2].Certificate) {
			root := r
			p.root = &root
			continue
		}
		p.rest = append(p.rest, r)
	}
	return p
}

// dropDuplicates returns the certificates, each once, the leaf first.
func (j *judge) dropDuplicates(c chain) []parsed {
	once := make([]parsed, 0, len(c.certs))
	for _, p := range c.certs {
		first := slices.IndexFunc(once, func(q parsed) bool { return sameCertificate(p.Certificate, q.Certificate) })
		if first >= 0 {
			j.form(errcodes.CondCertificateNotPEM, DuplicateCertificate, p.at, say("the same certificate as block %[1]d", "与第 %[1]d 块是同一张证书", once[first].at.block))
			continue
		}
		once = append(once, p)
	}
	return once
}

func (j *judge) linkMissing(of parsed) {
	parameter := j.parameter(errcodes.CondCertificateMalformed)
	issuer := of.Issuer.String()
	if len(of.AuthorityKeyId) > 0 {
		j.advise(ChainLinkMissing, parameter, of.at, say("its issuer %[1]q (key identifier %[2]x) is not in the text", "文本中没有其签发者 %[1]q（密钥标识 %[2]x）", issuer, of.AuthorityKeyId))
		return
	}
	j.advise(ChainLinkMissing, parameter, of.at, say("its issuer %[1]q is not in the text", "文本中没有其签发者 %[1]q", issuer))
}

// verifyLink checks one signature of the chain.
func (j *judge) verifyLink(child, issuer parsed) {
	parameter := j.parameter(errcodes.CondCertificateMalformed)
	switch signed, verifiable := verify(issuer.Certificate, child.Certificate); {
	case signed:
	case !verifiable:
		j.advise(ChainLinkNotVerifiable, parameter, child.at, say("not verifiable: its signature is %[1]s", "无法验证：签名算法为 %[1]s", child.SignatureAlgorithm))
	default:
		j.advise(ChainSignatureBad, parameter, child.at, say("its signature is not by the key of block %[1]d, although the names fit", "名称相符，但签名与第 %[1]d 块的密钥不符", issuer.at.block))
	}
}

// verify reports whether the issuer's key signed the child, and if not, whether
// Go can tell: it refuses some algorithms, and RSA keys below 1024 bits.
func verify(issuer, child *x509.Certificate) (signed, verifiable bool) {
	const shortest = 1024
	err := issuer.CheckSignature(child.SignatureAlgorithm, child.RawTBSCertificate, child.Signature)
	if err == nil {
		return true, true
	}
	var insecure x509.InsecureAlgorithmError
	bits, _ := keySize(issuer)
	short := publicKeyKind(issuer) == string(kindRSA) && bits < shortest
	return false, !short && !errors.As(err, &insecure) && !errors.Is(err, x509.ErrUnsupportedAlgorithm)
}

// adviseStrength looks at every certificate: keys, signatures, periods.
func (j *judge) adviseStrength(c chain) {
	parameter := j.parameter(errcodes.CondCertificateMalformed)
	for _, p := range c.certs {
		bits, curve := keySize(p.Certificate)
		switch kind := publicKeyKind(p.Certificate); {
		case kind == string(kindRSA) && bits < 2048:
			j.advise(WeakKey, parameter, p.at, say("an RSA key of %[1]d bits", "RSA 密钥只有 %[1]d 位", bits))
		case curve == "P-224":
			j.advise(WeakKey, parameter, p.at, say("a key on P-224", "密钥在 P-224 曲线上"))
		case p.at.block == c.leaf.at.block && (kind == string(kindEd25519) || curve == "P-521"):
			j.advise(KeyTypeMayNotServe, parameter, p.at, say("an %[1]s key, which many clients do not take and the vendor's pages do not name", "%[1]s 密钥，许多客户端不支持，官方文档也未提及", kind+curveSuffix(curve)))
		}
		if weakSignature(p.SignatureAlgorithm) && !selfIssued(p.Certificate) {
			j.advise(WeakSignature, parameter, p.at, say("signed with %[1]s", "签名算法为 %[1]s", p.SignatureAlgorithm))
		}
		if at := j.opts.At; p.at.block != c.leaf.at.block && !at.IsZero() && (at.After(p.NotAfter) || at.Before(p.NotBefore)) {
			j.advise(IntermediateExpired, parameter, p.at, say("valid from %[1]s to %[2]s only", "有效期仅为 %[1]s 至 %[2]s", p.NotBefore.Format(time.DateOnly), p.NotAfter.Format(time.DateOnly)))
		}
	}
}

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

// selfSigned is selfIssued, settled by the signature where there are no key
// identifiers. It is for the leaf alone: to verify the signature of every
// certificate would cost too much in a text made for it.
func selfSigned(cert *x509.Certificate) bool {
	if !selfIssued(cert) {
		return false
	}
	if len(cert.AuthorityKeyId) > 0 && len(cert.SubjectKeyId) > 0 {
		return true
	}
	signed, verifiable := verify(cert, cert)
	return signed || !verifiable
}

// issues reports whether, by name and key identifiers, issuer may have issued
// the child.
func issues(issuer, child *x509.Certificate) bool {
	return bytes.Equal(issuer.RawSubject, child.RawIssuer) &&
		(len(child.AuthorityKeyId) == 0 || len(issuer.SubjectKeyId) == 0 || bytes.Equal(child.AuthorityKeyId, issuer.SubjectKeyId))
}

// issuerAmong returns the index of the first certificate that issues the child,
// of the first root if no other does, and -1 if there is none.
func issuerAmong(certs []parsed, child *x509.Certificate) int {
	root := -1
	for i := range certs {
		switch {
		case !issues(certs[i].Certificate, child) || sameCertificate(certs[i].Certificate, child):
		case !selfIssued(certs[i].Certificate):
			return i
		case root < 0:
			root = i
		}
	}
	return root
}
