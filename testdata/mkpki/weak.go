package main

import (
	_ "crypto/md5" //nolint:gosec // makes crypto.MD5 available
	"crypto/x509"
)

// makeWeak makes the certificates signed with a broken hash.
func (g *generator) makeWeak() error {
	err := g.makeVariants("weak", []variant{
		{name: "sha1.pem", serial: 1301, change: func(t *x509.Certificate) {
			t.SignatureAlgorithm = x509.ECDSAWithSHA1
		}},
	})
	if err != nil {
		return err
	}

	// Go refuses to sign with MD5, so sign again without x509.
	h := g.hierarchies["rsa2048"]
	template, err := g.leafTemplate(1302, "weak/md5.pem", "www.example.com", "www.example.com")
	if err != nil {
		return err
	}
	template.KeyUsage |= x509.KeyUsageKeyEncipherment
	cert, err := h.issue(template, h.leafKey.Public())
	if err != nil {
		return err
	}
	der, err := resign(cert, cert.RawSubjectPublicKeyInfo, md5WithRSA, h.issuer.Signer)
	if err != nil {
		return err
	}
	return g.add("weak/md5.pem", certPEM(der), publicMode)
}
