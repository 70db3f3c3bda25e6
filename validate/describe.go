package validate

import (
	"bytes"
	"crypto/ecdsa"
	"crypto/ed25519"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"math/big"
	"slices"
	"time"
)

// Certificate describes one certificate. Its texts are those of the certificate: make
// them printable before showing them on a terminal. A text of more than 200 characters
// is cut and ends with an ellipsis.
type Certificate struct {
	Block     int       `json:"block"` // PEM block in the parameter, from 1
	Line      int       `json:"line"`  // its BEGIN line, from 1
	Subject   string    `json:"subject"`
	Names     []string  `json:"names,omitempty"`     // DNS names and IP addresses, at most 250
	MoreNames int       `json:"moreNames,omitempty"` // how many names there are beyond those
	Issuer    string    `json:"issuer"`
	Serial    string    `json:"serial"` // lower-case hexadecimal
	NotBefore time.Time `json:"notBefore"`
	NotAfter  time.Time `json:"notAfter"`
	KeyType   string    `json:"keyType"` // RSA, ECDSA, Ed25519 or another name
	KeyBits   int       `json:"keyBits,omitempty"`
	Curve     string    `json:"curve,omitempty"` // P-256 and so on
	Signature string    `json:"signature"`       // the algorithm it is signed with
	CA        bool      `json:"ca"`
	SHA256    string    `json:"sha256"` // fingerprint of the DER, lower-case hexadecimal
}

// RenewFrom returns the time from which the certificate has the advisory [ExpiresSoon]
// under Options.ExpiresWithin: that long before its end, or for 0 when a third of its
// lifetime is left. It returns the end itself for a negative duration.
func (c *Certificate) RenewFrom(within time.Duration) time.Time {
	return renewFrom(c.NotBefore, c.NotAfter, within)
}

func renewFrom(notBefore, notAfter time.Time, within time.Duration) time.Time {
	const part = 3 // of the lifetime: what ACME clients wait for
	switch {
	case within < 0:
		return notAfter
	case within == 0:
		return notAfter.Add(-max(0, notAfter.Sub(notBefore)/part))
	default:
		return notAfter.Add(-within)
	}
}

const (
	longestText = 200 // characters of a text out of a certificate that are shown
	mostNames   = 250 // names of one certificate that are shown; CAs put in 100 at most
)

// cut shortens a text of a certificate for display: one text may fill the whole
// certificate.
func cut(text string) string { return cutAt(text, longestText) }

// cutAt shortens a text to a number of characters.
func cutAt(text string, longest int) string {
	if len(text) <= longest {
		return text
	}
	n := 0
	for i := range text {
		if n == longest {
			return text[:i] + "…"
		}
		n++
	}
	return text
}

// hexText is cut for bytes that are shown in hexadecimal.
func hexText(b []byte) string {
	return cut(hex.EncodeToString(b[:min(len(b), longestText)]))
}

// serialText is cut for a serial number in hexadecimal.
func serialText(n *big.Int) string {
	const bitsOfDigit = 4
	beyond := (n.BitLen()+bitsOfDigit-1)/bitsOfDigit - longestText
	if beyond <= 0 {
		return n.Text(1 << bitsOfDigit)
	}
	return new(big.Int).Rsh(n, uint(bitsOfDigit*beyond)).Text(1<<bitsOfDigit) + "…"
}

// describe describes certificates. It formats the name of an issuer that follows only
// once, because formatting a name takes as long as reading it.
func describe(certs []parsed) (all []Certificate) {
	all = slices.Grow(all, len(certs))
	for i, p := range certs {
		c := describeOne(p)
		if i > 0 && bytes.Equal(p.RawSubject, certs[i-1].RawIssuer) {
			c.Subject = all[i-1].Issuer
		} else {
			c.Subject = nameText(p.Subject)
		}
		if c.Issuer = c.Subject; !bytes.Equal(p.RawIssuer, p.RawSubject) {
			c.Issuer = nameText(p.Issuer)
		}
		all = append(all, c)
	}
	return all
}

// describeOne describes a certificate without its names.
func describeOne(p parsed) Certificate {
	cert := p.Certificate
	sum := sha256.Sum256(cert.Raw)
	c := Certificate{
		Block:     p.at.Block,
		Line:      p.at.Line,
		Serial:    serialText(cert.SerialNumber),
		NotBefore: cert.NotBefore,
		NotAfter:  cert.NotAfter,
		KeyType:   publicKeyKind(cert),
		Signature: cert.SignatureAlgorithm.String(),
		CA:        cert.BasicConstraintsValid && cert.IsCA,
		SHA256:    hex.EncodeToString(sum[:]),
	}
	for _, name := range cert.DNSNames[:min(len(cert.DNSNames), mostNames)] {
		c.Names = append(c.Names, cut(name))
	}
	for _, ip := range cert.IPAddresses[:min(len(cert.IPAddresses), mostNames-len(c.Names))] {
		c.Names = append(c.Names, ip.String())
	}
	c.MoreNames = len(cert.DNSNames) + len(cert.IPAddresses) - len(c.Names)
	c.KeyBits, c.Curve = keySize(cert)
	return c
}

func keySize(cert *x509.Certificate) (bits int, curve string) {
	switch pub := cert.PublicKey.(type) {
	case *rsa.PublicKey:
		return pub.N.BitLen(), ""
	case *ecdsa.PublicKey:
		return pub.Curve.Params().BitSize, pub.Curve.Params().Name
	case ed25519.PublicKey:
		return 8 * len(pub), ""
	default:
		return 0, ""
	}
}
