package main

import (
	"crypto"
	"crypto/x509"
	"fmt"

	"go.step.sm/crypto/keyutil"
	"go.step.sm/crypto/pemutil"
)

// The folders beside the output folder.
const (
	demoDir    = "../demo/"
	layoutsDir = "../layouts/"
)

// makeDemo makes the certificate and key of the README's example, with the most common
// mistake: the certificates are out of order.
func (g *generator) makeDemo() error {
	const name = demoDir + "shop.example.com"
	h := g.hierarchies["rsa2048"]
	key, err := keyutil.GenerateSigner("RSA", "", 2048)
	if err != nil {
		return err
	}
	template, err := g.leafTemplate(1501, name+".pem", "shop.example.com", "shop.example.com", "www.shop.example.com")
	if err != nil {
		return err
	}
	template.KeyUsage |= x509.KeyUsageKeyEncipherment
	leaf, err := h.issue(template, key.Public())
	if err != nil {
		return err
	}
	if err := g.addCerts(name+".pem", h.issuing, leaf, h.intermediate); err != nil {
		return err
	}
	return g.addKey(name+".key", key, pemutil.WithPKCS8(true))
}

// layout describes the files in which an ACME client or a person keeps a certificate and
// its key. A file without a name does not exist.
type layout struct {
	domain string
	serial int64
	dir    string

	leaf      string        // the leaf alone
	issuers   string        // the CA certificates alone
	fullchain string        // the leaf and the CA certificates
	key       string        // the private key
	pkcs8     bool          // the private key is PKCS#8 rather than SEC 1
	otherKey  crypto.Signer // to write in place of the right key
}

// makeLayouts makes the folders to scan for certificates and keys.
func (g *generator) makeLayouts() error {
	layouts := []layout{
		{
			domain: "example.com", serial: 1601, dir: "certbot/live/example.com/",
			leaf: "cert.pem", issuers: "chain.pem", fullchain: "fullchain.pem", key: "privkey.pem", pkcs8: true,
		},
		{
			domain: "example.com", serial: 1602, dir: "acme.sh/example.com/",
			leaf: "example.com.cer", issuers: "ca.cer", fullchain: "fullchain.cer", key: "example.com.key",
		},
		{
			domain: "example.net", serial: 1603, dir: "acme.sh/example.net_ecc/",
			leaf: "example.net.cer", issuers: "ca.cer", fullchain: "fullchain.cer", key: "example.net.key",
		},
		{
			domain: "example.com", serial: 1604, dir: "lego/certificates/",
			issuers: "example.com.issuer.crt", fullchain: "example.com.crt", key: "example.com.key",
		},
		{
			domain: "good.example.com", serial: 1605, dir: "plain/",
			fullchain: "good.crt", key: "good.key",
		},
		{
			domain: "mismatch.example.com", serial: 1606, dir: "plain/",
			fullchain: "mismatch.crt", key: "mismatch.key", otherKey: g.hierarchies["p256"].leafKey,
		},
		{
			domain: "lonely.example.com", serial: 1607, dir: "plain/",
			fullchain: "lonely.crt",
		},
	}
	for _, l := range layouts {
		if err := g.makeLayout(l); err != nil {
			return fmt.Errorf("%s %s: %w", l.dir, l.domain, err)
		}
	}

	// Other files beside the certificates and keys.
	for name, text := range map[string]string{
		"certbot/live/README": `This directory contains your keys and certificates.

[cert name]/privkey.pem    the private key for your certificate
[cert name]/fullchain.pem  the certificate file used in most server software
[cert name]/chain.pem      the CA certificates alone
[cert name]/cert.pem       the certificate alone
`,
		"acme.sh/example.com/example.com.conf": `Le_Domain='example.com'
Le_Alt='no'
Le_Webroot='/srv/www'
Le_API='https://acme.example/directory'
`,
		"lego/certificates/example.com.json": `{
	"domain": "example.com",
	"certUrl": "https://acme.example/cert/1604",
	"certStableUrl": "https://acme.example/cert/1604"
}
`,
	} {
		if err := g.add(layoutsDir+name, []byte(text), publicMode); err != nil {
			return err
		}
	}
	return nil
}

// makeLayout issues a certificate from the P-256 issuing CA, and adds it and its key in
// the files of the layout.
func (g *generator) makeLayout(l layout) error {
	dir := layoutsDir + l.dir
	h := g.hierarchies["p256"]
	leaf, key, err := g.newLeaf(h, ecKey("P-256"), l.serial, dir+l.fullchain, l.domain, "www."+l.domain)
	if err != nil {
		return err
	}
	if l.otherKey != nil {
		key = l.otherKey
	}

	chain := h.chain(leaf)
	for _, f := range []struct {
		name  string
		certs []*x509.Certificate
	}{
		{l.leaf, chain[:1]},
		{l.issuers, chain[1:]},
		{l.fullchain, chain},
	} {
		if f.name == "" {
			continue
		}
		if err := g.addCerts(dir+f.name, f.certs...); err != nil {
			return err
		}
	}
	if l.key == "" {
		return nil
	}
	return g.addKey(dir+l.key, key, pemutil.WithPKCS8(l.pkcs8))
}
