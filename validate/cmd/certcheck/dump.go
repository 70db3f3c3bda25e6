package main

import (
	"crypto/dsa" //nolint:staticcheck // a certificate may hold such a key
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/hex"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"strings"

	"github.com/smallstep/certinfo"

	"github.com/alicert/alicert/internal/redact"
	"github.com/alicert/alicert/validate"
)

// Bounds on what is dumped. A certificate may be nothing but one number.
const (
	dumpBytes     = 16 << 10 // of all certificates together, in DER
	dumpKeyWork   = 4 << 20  // squared bytes of all key numbers: certinfo copies each as often as it has bytes
	dumpKeyBits   = 16384    // of a number of the public key
	dumpSerial    = 512      // bits; RFC 5280 allows 160
	dumpLines     = 400      // of one certificate; an RSA key of 16384 bits and its signature take 251
	dumpLineWidth = 8 << 10  // characters; a hundred DNS names take a quarter of that
)

// dumps are the certificates of some PEM texts, by fingerprint.
type dumps struct {
	certs          map[string]*x509.Certificate
	bytes, keyWork int // spent so far
}

func newDumps(texts []string) *dumps {
	all := &dumps{certs: make(map[string]*x509.Certificate)}
	for _, text := range texts {
		for block, rest := pem.Decode([]byte(text)); block != nil; block, rest = pem.Decode(rest) {
			if block.Type != "CERTIFICATE" {
				continue
			}
			if cert, err := x509.ParseCertificate(block.Bytes); err == nil {
				sum := sha256.Sum256(cert.Raw)
				all.certs[hex.EncodeToString(sum[:])] = cert
			}
		}
	}
	return all
}

// of returns a readable dump of one certificate, and an error if there is none.
func (d *dumps) of(c validate.Certificate) (text string, err error) {
	cert, found := d.certs[c.SHA256]
	if !found {
		return "", fmt.Errorf("block %d is not read", c.Block)
	}
	defer func() {
		// The dump shows extensions that nothing else has looked into.
		if problem := recover(); problem != nil {
			err = fmt.Errorf("%v", problem)
		}
	}()
	if err := d.spend(cert); err != nil {
		return "", err
	}
	return certinfo.CertificateText(oneLine(cert))
}

// spend returns an error if a dump of the certificate would be too much.
func (d *dumps) spend(cert *x509.Certificate) error {
	if bits := cert.SerialNumber.BitLen(); bits > dumpSerial {
		return fmt.Errorf("its serial number has %d bits", bits)
	}
	var numbers []*big.Int
	switch key := cert.PublicKey.(type) {
	case *rsa.PublicKey:
		numbers = []*big.Int{key.N}
	case *dsa.PublicKey:
		numbers = []*big.Int{key.P, key.Q, key.G, key.Y}
	}
	work := 0
	for _, n := range numbers {
		if n.BitLen() > dumpKeyBits {
			return fmt.Errorf("its key has a number of %d bits", n.BitLen())
		}
		length := (n.BitLen() + 7) / 8
		work += length * length
	}
	if d.bytes+len(cert.Raw) > dumpBytes || d.keyWork+work > dumpKeyWork {
		return errors.New("all certificates together would take too long a dump")
	}
	d.bytes += len(cert.Raw)
	d.keyWork += work
	return nil
}

// oneLine returns a copy of a certificate whose texts cannot break out of their
// line of the dump, where a line break would forge others.
func oneLine(cert *x509.Certificate) *x509.Certificate {
	c := *cert
	c.Subject, c.Issuer = oneLineName(c.Subject), oneLineName(c.Issuer)
	for _, list := range []*[]string{
		&c.DNSNames, &c.EmailAddresses, &c.OCSPServer, &c.IssuingCertificateURL, &c.CRLDistributionPoints,
		&c.PermittedDNSDomains, &c.PermittedEmailAddresses, &c.PermittedURIDomains,
		&c.ExcludedDNSDomains, &c.ExcludedEmailAddresses, &c.ExcludedURIDomains,
	} {
		clean := make([]string, len(*list))
		for i, text := range *list {
			clean[i] = redact.Printable(text)
		}
		*list = clean
	}
	return &c
}

func oneLineName(name pkix.Name) pkix.Name {
	attributes := make([]pkix.AttributeTypeAndValue, len(name.Names))
	for i, attribute := range name.Names {
		if text, ok := attribute.Value.(string); ok {
			attribute.Value = redact.Printable(text)
		}
		attributes[i] = attribute
	}
	name.Names = attributes
	return name
}

const dumpIndent = 6

// dump writes a dump under its certificate.
func (t *textReporter) dump(text string, err error) {
	if err != nil {
		t.line(certificateIndent, dim, t.format(labelNoDump, err))
		return
	}
	n := 0
	for line := range strings.Lines(text) {
		if n++; n <= dumpLines {
			t.line(dumpIndent, plain, shorten(strings.TrimRight(line, "\n"), dumpLineWidth))
		}
	}
	if n > dumpLines {
		t.line(dumpIndent, dim, t.format(labelMoreLines, n-dumpLines))
	}
}
