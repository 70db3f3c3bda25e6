package main

import (
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/hex"
	"encoding/pem"
	"fmt"
	"strings"

	"github.com/smallstep/certinfo"

	"github.com/alicert/alicert/internal/redact"
	"github.com/alicert/alicert/validate"
)

// dumps are the certificates of some PEM texts, by fingerprint.
type dumps map[string]*x509.Certificate

func newDumps(texts []string) dumps {
	all := make(dumps)
	for _, text := range texts {
		for block, rest := pem.Decode([]byte(text)); block != nil; block, rest = pem.Decode(rest) {
			if block.Type != "CERTIFICATE" {
				continue
			}
			if cert, err := x509.ParseCertificate(block.Bytes); err == nil {
				sum := sha256.Sum256(cert.Raw)
				all[hex.EncodeToString(sum[:])] = cert
			}
		}
	}
	return all
}

// of returns a readable dump of one certificate, and an error if there is none.
func (d dumps) of(c validate.Certificate) (text string, err error) {
	cert, found := d[c.SHA256]
	if !found {
		return "", fmt.Errorf("block %d is not read", c.Block)
	}
	defer func() {
		// The dump shows extensions that nothing else has looked into.
		if problem := recover(); problem != nil {
			err = fmt.Errorf("%v", problem)
		}
	}()
	return certinfo.CertificateText(oneLine(cert))
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
	for line := range strings.Lines(text) {
		t.line(dumpIndent, plain, strings.TrimRight(line, "\n"))
	}
}
