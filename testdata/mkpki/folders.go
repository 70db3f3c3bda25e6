package main

import (
	"crypto"
	"crypto/x509"
	"fmt"
	"maps"
	"slices"

	"go.step.sm/crypto/minica"
	"go.step.sm/crypto/pemutil"
)

// foldersDir is beside the output folder.
const foldersDir = "../folders/"

// folder is a folder as a tool or a vendor's archive leaves it: a certificate for a
// domain in files of any name. The content of a file is written in letters: l the leaf, i
// the issuing CA, k the key, K the key as PKCS#8, d the leaf in DER, o the key of the
// folder before.
type folder struct {
	dir, domain string
	serial      int64
	files       map[string]string
}

// folders are the layouts beyond those that names alone give away.
var folders = []folder{
	{"aliyun-apache/", "shop.example.com", 1711, map[string]string{"1234567_shop.example.com_public.crt": "l", "1234567_shop.example.com_chain.crt": "i", "1234567_shop.example.com.key": "k"}},
	{"ca-first/", "shop.example.com", 1712, map[string]string{"fullchain.pem": "il", "privkey.pem": "K"}},
	{"caddy/certificates/acme.example-directory/shop.example.com/", "shop.example.com", 1713, map[string]string{"shop.example.com.crt": "li", "shop.example.com.key": "k"}},
	{"caddy/certificates/acme.example-directory/wildcard_.example.com/", "*.example.com", 1714, map[string]string{"wildcard_.example.com.crt": "li", "wildcard_.example.com.key": "k"}},
	{"certbot/archive/shop.example.com/", "shop.example.com", 1715, map[string]string{"cert1.pem": "l", "chain1.pem": "i", "fullchain1.pem": "li", "privkey1.pem": "K"}},
	{"certbot/archive/shop.example.com/", "shop.example.com", 1716, map[string]string{"cert2.pem": "l", "chain2.pem": "i", "fullchain2.pem": "li", "privkey2.pem": "K"}},
	{"der/", "shop.example.com", 1717, map[string]string{"shop.example.com.cer": "d", "shop.example.com.key": "k"}},
	{"godaddy/", "shop.example.com", 1718, map[string]string{"8f2c1b.crt": "l", "gd_bundle.crt": "i", "server.key": "k"}},
	{"haproxy/", "shop.example.com", 1719, map[string]string{"shop.pem": "lik"}},
	{"haproxy/", "api.example.com", 1720, map[string]string{"api.pem": "kl"}},
	{"lego/certificates/", "shop.example.com", 1721, map[string]string{"shop.example.com.crt": "li", "shop.example.com.issuer.crt": "i", "shop.example.com.key": "k", "shop.example.com.pem": "lik"}},
	{"lineage/live/www.example.org-0002/", "shop.example.com", 1722, map[string]string{"cert.pem": "l", "chain.pem": "i", "fullchain.pem": "li", "privkey.pem": "K"}},
	{"lone/", "shop.example.com", 1723, map[string]string{"request.key": "k"}},
	{"lone/", "shop.example.com", 1724, map[string]string{"shop.crt": "li"}},
	{"old/", "shop.example.com", 1725, map[string]string{"shop.crt": "li", "shop.key": "k"}},
	{"mail/", "mail.example.com", 1726, map[string]string{"mail.crt": "li", "mail.key": "o"}},
	{"openssl/", "shop.example.com", 1727, map[string]string{"server.pem": "l", "server-key.pem": "k", "ca.pem": "i"}},
	{"sites/", "site2.example.com", 1728, map[string]string{"site2.crt": "li", "site2.key": "k"}},
	{"sites/", "site10.example.com", 1729, map[string]string{"site10.crt": "li", "site10.key": "k"}},
	{"tencent/shop.example.com_nginx/", "shop.example.com", 1730, map[string]string{"shop.example.com_bundle.crt": "li", "shop.example.com_bundle.pem": "li", "shop.example.com.key": "k"}},
	{"traefik/", "shop.example.com", 1731, map[string]string{"certs/shop.example.com.crt": "li", "private/shop.example.com.key": "k"}},
	{"win-acme/", "shop.example.com", 1732, map[string]string{"shop.example.com-crt.pem": "l", "shop.example.com-chain.pem": "li", "shop.example.com-chain-only.pem": "i", "shop.example.com-key.pem": "K"}},
	{"zerossl/", "shop.example.com", 1733, map[string]string{"certificate.crt": "l", "ca_bundle.crt": "i", "private.key": "k"}},
}

// makeFolders makes the folders, below a CA of their own.
func (g *generator) makeFolders() error {
	kt := keyType{"folders", 1701, ecKey("P-256")}
	root, rootKey, err := g.newCA(kt, 0, "Root", -1, nil, nil)
	if err != nil {
		return err
	}
	issuing, issuingKey, err := g.newCA(kt, 1, "Issuing", 0, root, rootKey)
	if err != nil {
		return err
	}
	h := &hierarchy{issuing: issuing, issuer: &minica.CA{Root: root, RootSigner: rootKey, Intermediate: issuing, Signer: issuingKey}}
	var before crypto.Signer
	for _, f := range folders {
		if before, err = g.makeFolder(f, h, before); err != nil {
			return fmt.Errorf("%s %s: %w", f.dir, f.domain, err)
		}
	}
	return nil
}

// makeFolder makes one folder, and returns its key.
func (g *generator) makeFolder(f folder, h *hierarchy, before crypto.Signer) (crypto.Signer, error) {
	leaf, key, err := g.newLeaf(h, ecKey("P-256"), f.serial, foldersDir+f.dir+f.domain, f.domain)
	if err != nil {
		return nil, err
	}
	for _, name := range slices.Sorted(maps.Keys(f.files)) {
		var data []byte
		mode := publicMode
		for _, part := range f.files[name] {
			text, err := folderPart(part, leaf, h.issuing, key, before)
			if err != nil {
				return nil, err
			}
			if part == 'k' || part == 'K' || part == 'o' {
				mode = privateMode
			}
			data = append(data, text...)
		}
		if err := g.add(foldersDir+f.dir+name, data, mode); err != nil {
			return nil, err
		}
	}
	return key, nil
}

// folderPart returns what a letter stands for.
func folderPart(part rune, leaf, issuing *x509.Certificate, key, before crypto.Signer) ([]byte, error) {
	switch part {
	case 'l':
		return certPEM(leaf.Raw), nil
	case 'i':
		return certPEM(issuing.Raw), nil
	case 'd':
		return leaf.Raw, nil
	case 'k':
		return keyPEM(key)
	case 'K':
		return keyPEM(key, pemutil.WithPKCS8(true))
	case 'o':
		return keyPEM(before)
	default:
		return nil, fmt.Errorf("nothing is written as %q", part)
	}
}
