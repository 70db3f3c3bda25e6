package main

import (
	"bytes"
	"crypto"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/asn1"
	"encoding/pem"
	"io"
	"math/big"
	"os"
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/validate"
	"github.com/alicert/alicert/validate/internal/container"
)

// A digest stands for a public key, a name or a certificate.
type digest [sha256.Size]byte

// content is what a file holds, as far as it decides which files belong together.
// Nothing of a private key is kept.
type content struct {
	certs []summaryOf
	keys  []digest // the public halves of the private keys that can be read

	certificate bool // it holds a certificate, which perhaps cannot be read
	key         bool // it holds a private key, which perhaps cannot be read
	other       bool // it holds PEM blocks, but neither certificate nor key
	sealed      bool // it is a keystore, which takes a pass-phrase to open
}

// summaryOf is what is kept of a certificate.
type summaryOf struct {
	sum, key        digest
	subject, issuer digest
	keyID, issuedBy string // identifiers of its key and its issuer's, "" if it has none
	ca              bool
	name            string // for people
	covers          bool   // its names cover the name of the folder
}

const (
	mostRead         = 1 << 20 // bytes of a file that are looked at to find pairs
	mostCertificates = 300     // of one file
	mostKeys         = 8       // of one file
	mostRepaired     = 1 << 16 // bytes of a file that is repaired to find pairs
)

// readContent looks into a file. folder is the host name that the folder has for its
// name, "" for none.
func readContent(path, folder string) (content, error) {
	file, err := os.Open(path) //nolint:gosec // reading the files of a folder is what -dir is for
	if err != nil {
		return content{}, err
	}
	defer func() { _ = file.Close() }()
	text, err := io.ReadAll(io.LimitReader(file, mostRead))
	defer clear(text)
	if err != nil {
		return content{}, err
	}
	return contentOf(text, folder), nil
}

// contentOf looks for PEM blocks, or for one certificate or key in DER. Where it finds
// neither it looks for what -fix would make certificates and keys of.
func contentOf(text []byte, folder string) content {
	c := plainContent(text, folder)
	if len(c.certs)+len(c.keys) > 0 || len(text) == 0 {
		return c
	}
	switch kind := container.Recognize(string(text)).Kind; kind {
	case container.PKCS12, container.PKCS12Legacy, container.JKS, container.JCEKS:
		return content{sealed: true}
	case container.Request, container.RevocationList, container.PublicKey, container.ZIP, container.Gzip, container.TarGzip, container.Archive:
	default:
		if !c.other || bytes.Contains(text, []byte("-----BEGIN PKCS")) || bytes.Contains(text, []byte("-----BEGIN CMS")) {
			c.addRepaired(text, folder)
		}
	}
	return c
}

// addRepaired adds what -fix would make of a text.
func (c *content) addRepaired(text []byte, folder string) {
	if len(text) > mostRepaired {
		return
	}
	secret := validate.NewSecret(string(text))
	certificate, err := validate.Normalize(errcodes.SetDomainServerCertificate, string(text), validate.Secret{})
	if err != nil {
		certificate.Certificate = ""
	}
	key, err := validate.Normalize(errcodes.SetDomainServerCertificate, "", secret)
	if err != nil {
		key.PrivateKey = validate.Secret{}
	}
	for _, repaired := range []string{certificate.Certificate, key.PrivateKey.Reveal()} {
		found := plainContent([]byte(repaired), folder)
		c.certs, c.keys = append(c.certs, found.certs...), append(c.keys, found.keys...)
		c.certificate, c.key = c.certificate || found.certificate, c.key || found.key
	}
	c.other = c.other && !c.certificate && !c.key
}

func plainContent(text []byte, folder string) content {
	c := content{
		certificate: bytes.Contains(text, []byte("-----BEGIN CERTIFICATE-----")) || bytes.Contains(text, []byte("-----BEGIN TRUSTED CERTIFICATE-----")),
		key:         bytes.Contains(text, []byte("PRIVATE KEY-----")),
	}
	c.other = !c.certificate && !c.key && bytes.Contains(text, []byte("-----BEGIN "))
	if len(text) > 0 && text[0] == 0x30 { // the sequence that every certificate and key in DER is
		c.addCertificate(text, folder)
		c.addKey(text)
		c.certificate, c.key = c.certificate || len(c.certs) > 0, c.key || len(c.keys) > 0
		return c
	}
	for block, rest := pem.Decode(text); block != nil; block, rest = pem.Decode(rest) {
		switch {
		case block.Type == "CERTIFICATE" && len(c.certs) < mostCertificates:
			c.addCertificate(block.Bytes, folder)
		case strings.HasSuffix(block.Type, "PRIVATE KEY") && len(c.keys) < mostKeys:
			c.addKey(block.Bytes)
			clear(block.Bytes)
		}
	}
	return c
}

func (c *content) addCertificate(der []byte, folder string) {
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		return
	}
	s := summaryOf{
		sum: sha256.Sum256(cert.Raw), subject: sha256.Sum256(cert.RawSubject), issuer: sha256.Sum256(cert.RawIssuer),
		keyID: string(cert.SubjectKeyId), issuedBy: string(cert.AuthorityKeyId),
		ca: cert.IsCA, name: shorten(nameOf(cert), longestName), covers: folder != "" && coversHost(cert, folder),
	}
	s.key, _ = digestOf(cert.PublicKey)
	c.certs = append(c.certs, s)
}

// nameOf returns what people call a certificate.
func nameOf(cert *x509.Certificate) string {
	switch {
	case cert.Subject.CommonName != "":
		return cert.Subject.CommonName
	case len(cert.DNSNames) > 0:
		return cert.DNSNames[0]
	default:
		return cert.Subject.String()
	}
}

// coversHost reports whether the names of a certificate cover a host name or a wildcard.
func coversHost(cert *x509.Certificate, host string) bool {
	if cert.VerifyHostname(host) == nil {
		return true
	}
	for _, name := range cert.DNSNames {
		if strings.EqualFold(name, host) {
			return true
		}
	}
	return false
}

// addKey reads the public half of a key in DER.
func (c *content) addKey(der []byte) {
	if key, ok := publicOfRSA(der); ok {
		c.keys = append(c.keys, key)
		return
	}
	for _, parse := range []func([]byte) (any, error){
		func(der []byte) (any, error) { return x509.ParsePKCS8PrivateKey(der) },
		func(der []byte) (any, error) { return x509.ParseECPrivateKey(der) },
	} {
		if private, err := parse(der); err == nil {
			if key, ok := digestOf(publicHalf(private)); ok {
				c.keys = append(c.keys, key)
			}
			return
		}
	}
}

// publicOfRSA reads the two public numbers of an RSA key, PKCS#1 or PKCS#8: to check the
// others would take longer than all the rest.
func publicOfRSA(der []byte) (key digest, ok bool) {
	var wrapped struct {
		Version   int
		Algorithm struct {
			Algorithm  asn1.ObjectIdentifier
			Parameters asn1.RawValue `asn1:"optional"`
		}
		Key []byte
	}
	if _, err := asn1.Unmarshal(der, &wrapped); err == nil {
		defer clear(wrapped.Key)
		if !wrapped.Algorithm.Algorithm.Equal(asn1.ObjectIdentifier{1, 2, 840, 113549, 1, 1, 1}) {
			return digest{}, false
		}
		der = wrapped.Key
	}
	var public struct{ Version, Modulus, Exponent *big.Int }
	if _, err := asn1.Unmarshal(der, &public); err != nil {
		return digest{}, false
	}
	return digestOfRSA(public.Modulus, public.Exponent), true
}

// digestOf returns the digest of a public key. ok is false for a kind of key that is not
// known here.
func digestOf(public crypto.PublicKey) (key digest, ok bool) {
	if public, isRSA := public.(*rsa.PublicKey); isRSA {
		return digestOfRSA(public.N, big.NewInt(int64(public.E))), true
	}
	der, err := x509.MarshalPKIXPublicKey(public)
	return sha256.Sum256(der), err == nil
}

func digestOfRSA(modulus, exponent *big.Int) digest {
	return sha256.Sum256([]byte("RSA " + modulus.Text(16) + " " + exponent.Text(16)))
}
