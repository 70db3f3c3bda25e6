package cas

import (
	"crypto/sha1" //nolint:gosec // the service shows this fingerprint; nothing relies on it
	"crypto/x509"
	"encoding/hex"
	"encoding/pem"
	"strings"
	"time"
)

// public is what answers tell about a certificate beyond its leaf's record. It is empty
// for a text that is no certificate, as an event may have.
type public struct {
	algorithm, fingerprint, issuer        string
	organization, city, province, country string
	chain                                 []chainLink
}

// chainLink is one certificate of a chain. Times are in Unix milliseconds.
type chainLink struct {
	CommonName       string
	IssuerCommonName string
	NotAfter         int64
	NotBefore        int64
	RemainDay        int // whole days until NotAfter; 0 without a time
}

// parse reads a public text. The time, which may be unknown, tells the remaining days.
func parse(at int64, text string) public {
	p := public{chain: []chainLink{}}
	for rest := []byte(text); ; {
		var block *pem.Block
		if block, rest = pem.Decode(rest); block == nil {
			return p
		}
		c, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			return p
		}
		if len(p.chain) == 0 {
			p.read(c)
		}
		link := chainLink{
			CommonName: c.Subject.CommonName, IssuerCommonName: c.Issuer.CommonName, NotAfter: c.NotAfter.UnixMilli(), NotBefore: c.NotBefore.UnixMilli(),
		}
		if at > 0 {
			link.RemainDay = int(max(0, link.NotAfter-at) / millisecondsADay)
		}
		p.chain = append(p.chain, link)
	}
}

// Fingerprint returns the SHA-1 of the first certificate of a public text in lower-case
// hexadecimal, "" for a text that is no certificate.
func Fingerprint(text string) string { return parse(0, text).fingerprint }

func (p *public) read(c *x509.Certificate) {
	sum := sha1.Sum(c.Raw) //nolint:gosec // as above
	p.fingerprint = hex.EncodeToString(sum[:])
	p.algorithm = strings.ToUpper(c.PublicKeyAlgorithm.String())
	p.issuer = c.Issuer.CommonName
	first := func(values []string) string { return strings.Join(values[:min(1, len(values))], "") }
	p.organization, p.city, p.province, p.country = first(c.Subject.Organization), first(c.Subject.Locality), first(c.Subject.Province), first(c.Subject.Country)
}

// date returns the date of a time in Unix seconds, "" for none.
func date(seconds int64) string {
	if seconds == 0 {
		return ""
	}
	return time.Unix(seconds, 0).UTC().Format(time.DateOnly)
}
