package esa

import (
	"crypto/x509"
	"encoding/pem"
	"strings"
	"time"
)

// public is what answers tell about a certificate beyond its leaf's record. It is empty
// for a text that is no certificate, as an event may have.
type public struct {
	issuer, issuerName             string // organization, common name
	keyAlgorithm, signingAlgorithm string
}

// parse reads the first certificate of a public text.
func parse(text string) (p public) {
	block, _ := pem.Decode([]byte(text))
	if block == nil {
		return p
	}
	c, err := x509.ParseCertificate(block.Bytes)
	if err != nil {
		return p
	}
	return public{
		issuer: strings.Join(c.Issuer.Organization, ","), issuerName: c.Issuer.CommonName,
		keyAlgorithm: c.PublicKeyAlgorithm.String(), signingAlgorithm: c.SignatureAlgorithm.String(),
	}
}

// The forms of times in answers, in UTC. Lists and changes have another form than sites
// and a single certificate's validity.
const (
	listForm = time.DateTime
	siteForm = time.RFC3339
)
