// Package material tells certificates from private keys by their content, and separates
// those that came in one text. It decides which files belong together.
package material

import (
	"bytes"
	"crypto"
	"crypto/rsa"
	"crypto/sha256"
	"crypto/x509"
	"encoding/asn1"
	"encoding/pem"
	"math/big"
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/columns"
	"github.com/alicert/alicert/validate"
	"github.com/alicert/alicert/validate/internal/container"
)

// A Digest stands for a public key, a name or a certificate.
type Digest [sha256.Size]byte

// Content is what a file holds, as far as it decides which files belong together.
// Nothing of a private key is kept.
type Content struct {
	Certs []Summary
	Keys  []Digest // the public halves of the private keys that can be read

	Certificate bool // it holds a certificate, which perhaps cannot be read
	Key         bool // it holds a private key, which perhaps cannot be read
	Other       bool // it holds PEM blocks, but neither certificate nor key
	Sealed      bool // it is a keystore, which takes a pass-phrase to open
}

// A Summary is what is kept of a certificate.
type Summary struct {
	Sum, Key        Digest
	Subject, Issuer Digest
	KeyID, IssuedBy string // identifiers of its key and its issuer's, "" if it has none
	CA              bool
	Name            string // for people
	Covers          bool   // its names cover the name of the folder
}

const (
	longestName      = 200     // of a certificate, in columns
	mostCertificates = 300     // of one file
	mostKeys         = 8       // of one file
	mostRepaired     = 1 << 16 // bytes of a file that is repaired to find pairs
)

// Of looks for PEM blocks, or for one certificate or key in DER. Where it finds
// neither it looks for what -fix would make certificates and keys of.
func Of(text []byte, folder string) Content {
	c := plainContent(text, folder)
	if len(c.Certs)+len(c.Keys) > 0 || len(text) == 0 {
		return c
	}
	switch kind := container.Recognize(string(text)).Kind; kind {
	case container.PKCS12, container.PKCS12Legacy, container.JKS, container.JCEKS:
		return Content{Sealed: true}
	case container.Request, container.RevocationList, container.PublicKey, container.ZIP, container.Gzip, container.TarGzip, container.Archive:
	default:
		if !c.Other || bytes.Contains(text, []byte("-----BEGIN PKCS")) || bytes.Contains(text, []byte("-----BEGIN CMS")) {
			c.addRepaired(text, folder)
		}
	}
	return c
}

// addRepaired adds what -fix would make of a text.
func (c *Content) addRepaired(text []byte, folder string) {
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
		c.Certs, c.Keys = append(c.Certs, found.Certs...), append(c.Keys, found.Keys...)
		c.Certificate, c.Key = c.Certificate || found.Certificate, c.Key || found.Key
	}
	c.Other = c.Other && !c.Certificate && !c.Key
}

func plainContent(text []byte, folder string) Content {
	c := Content{
		Certificate: bytes.Contains(text, []byte("-----BEGIN CERTIFICATE-----")) || bytes.Contains(text, []byte("-----BEGIN TRUSTED CERTIFICATE-----")),
		Key:         bytes.Contains(text, []byte("PRIVATE KEY-----")),
	}
	c.Other = !c.Certificate && !c.Key && bytes.Contains(text, []byte("-----BEGIN "))
	if len(text) > 0 && text[0] == 0x30 { // the sequence that every certificate and key in DER is
		c.addCertificate(text, folder)
		c.addKey(text)
		c.Certificate, c.Key = c.Certificate || len(c.Certs) > 0, c.Key || len(c.Keys) > 0
		return c
	}
	for block, rest := pem.Decode(text); block != nil; block, rest = pem.Decode(rest) {
		switch {
		case block.Type == "CERTIFICATE" && len(c.Certs) < mostCertificates:
			c.addCertificate(block.Bytes, folder)
		case strings.HasSuffix(block.Type, "PRIVATE KEY") && len(c.Keys) < mostKeys:
			c.addKey(block.Bytes)
			clear(block.Bytes)
		}
	}
	return c
}

func (c *Content) addCertificate(der []byte, folder string) {
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		return
	}
	s := Summary{
		Sum: sha256.Sum256(cert.Raw), Subject: sha256.Sum256(cert.RawSubject), Issuer: sha256.Sum256(cert.RawIssuer),
		KeyID: string(cert.SubjectKeyId), IssuedBy: string(cert.AuthorityKeyId),
		CA: cert.IsCA, Name: columns.Fit(nameOf(cert), longestName), Covers: folder != "" && coversHost(cert, folder),
	}
	s.Key, _ = DigestOf(cert.PublicKey)
	c.Certs = append(c.Certs, s)
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
func (c *Content) addKey(der []byte) {
	if key, ok := publicOfRSA(der); ok {
		c.Keys = append(c.Keys, key)
		return
	}
	for _, parse := range []func([]byte) (any, error){
		func(der []byte) (any, error) { return x509.ParsePKCS8PrivateKey(der) },
		func(der []byte) (any, error) { return x509.ParseECPrivateKey(der) },
	} {
		if private, err := parse(der); err == nil {
			if key, ok := DigestOf(PublicHalf(private)); ok {
				c.Keys = append(c.Keys, key)
			}
			return
		}
	}
}

// publicOfRSA reads the two public numbers of an RSA key, PKCS#1 or PKCS#8: to check the
// others would take longer than all the rest.
func publicOfRSA(der []byte) (key Digest, ok bool) {
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
			return Digest{}, false
		}
		der = wrapped.Key
	}
	var public struct{ Version, Modulus, Exponent *big.Int }
	if _, err := asn1.Unmarshal(der, &public); err != nil {
		return Digest{}, false
	}
	return digestOfRSA(public.Modulus, public.Exponent), true
}

// DigestOf returns the digest of a public key. ok is false for a kind of key that is not
// known here.
func DigestOf(public crypto.PublicKey) (key Digest, ok bool) {
	if public, isRSA := public.(*rsa.PublicKey); isRSA {
		return digestOfRSA(public.N, big.NewInt(int64(public.E))), true
	}
	der, err := x509.MarshalPKIXPublicKey(public)
	return sha256.Sum256(der), err == nil
}

func digestOfRSA(modulus, exponent *big.Int) Digest {
	return sha256.Sum256([]byte("RSA " + modulus.Text(16) + " " + exponent.Text(16)))
}

// PublicHalf returns the public half of a private key, nil if there is none.
func PublicHalf(private any) crypto.PublicKey {
	if signer, ok := private.(crypto.Signer); ok {
		return signer.Public()
	}
	return nil
}

// PublicOf returns the public half of a key in the form that validate.Normalize writes, nil
// for any other text.
func PublicOf(key validate.Secret) crypto.PublicKey {
	block, _ := pem.Decode([]byte(key.Reveal()))
	if block == nil {
		return nil
	}
	defer clear(block.Bytes)
	var private any
	var err error
	switch block.Type {
	case "RSA PRIVATE KEY":
		private, err = x509.ParsePKCS1PrivateKey(block.Bytes)
	case "EC PRIVATE KEY":
		private, err = x509.ParseECPrivateKey(block.Bytes)
	default:
		private, err = x509.ParsePKCS8PrivateKey(block.Bytes)
	}
	if err != nil {
		return nil
	}
	return PublicHalf(private)
}

// Leaf returns the certificate that the text is about: the first that is not a CA's, or
// else the first, nil if there is none.
func (c *Content) Leaf() *Summary {
	for i := range c.Certs {
		if !c.Certs[i].CA {
			return &c.Certs[i]
		}
	}
	if len(c.Certs) > 0 {
		return &c.Certs[0]
	}
	return nil
}

// OnlyIssuers reports whether there are certificates, all of CAs.
func (c *Content) OnlyIssuers() bool {
	leaf := c.Leaf()
	return leaf != nil && leaf.CA
}
