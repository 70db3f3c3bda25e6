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
	"fmt"
	"math/big"
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/columns"
	"github.com/alicert/alicert/validate"
	"github.com/alicert/alicert/validate/internal/container"
	"github.com/alicert/alicert/validate/internal/fastpath"
)

// A Digest stands for a public key, a name or a certificate: half of its SHA-256, because
// a folder may have many, and whoever makes two alike gets them judged together.
type Digest [sha256.Size / 2]byte

func digestOf(data []byte) Digest {
	sum := sha256.Sum256(data)
	return Digest(sum[:len(Digest{})])
}

// Content is what a file holds, as far as it decides which files belong together.
// Nothing of a private key is kept.
type Content struct {
	Certs []Summary
	Keys  []Digest // the public halves of the private keys that can be read

	Certificate bool // it holds a certificate, which perhaps cannot be read
	Key         bool // it holds a private key, which perhaps cannot be read
	Other       bool // it holds PEM blocks, but neither certificate nor key
	Sealed      bool // it is a keystore, which takes a pass-phrase to open

	Carried bool // one of Keys is what the private key says of itself; see Glance
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

// A reader reads contents.
type reader struct {
	folder  string // the host name that the folder of the file is named after, "" for none
	carried bool   // take the word of a private key for its public half
	parsers bool   // do not use the fast path
}

// Of looks for PEM blocks, or for one certificate or key in DER. Where it finds
// neither it looks for what -fix would make certificates and keys of.
func Of(text []byte, folder string) Content {
	return (&reader{folder: folder}).content(text)
}

// Glance is Of without the multiplication that an EC key costs, if the key carries its
// public half. Who does not find a certificate for that half must ask Of: the half may be
// wrong.
func Glance(text []byte, folder string) Content {
	return (&reader{folder: folder, carried: true}).content(text)
}

func (r *reader) content(text []byte) Content {
	c := r.plain(text)
	if len(c.Certs)+len(c.Keys) > 0 || len(text) == 0 {
		return c
	}
	switch kind := container.Recognize(string(text)).Kind; kind {
	case container.PKCS12, container.PKCS12Legacy, container.JKS, container.JCEKS:
		return Content{Sealed: true}
	case container.Request, container.RevocationList, container.PublicKey, container.ZIP, container.Gzip, container.TarGzip, container.Archive:
	default:
		if !c.Other || bytes.Contains(text, []byte("-----BEGIN PKCS")) || bytes.Contains(text, []byte("-----BEGIN CMS")) {
			r.addRepaired(&c, text)
		}
	}
	return c
}

// addRepaired adds what -fix would make of a text.
func (r *reader) addRepaired(c *Content, text []byte) {
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
		found := r.plain([]byte(repaired))
		c.Certs, c.Keys = append(c.Certs, found.Certs...), append(c.Keys, found.Keys...)
		c.Certificate, c.Key, c.Carried = c.Certificate || found.Certificate, c.Key || found.Key, c.Carried || found.Carried
	}
	c.Other = c.Other && !c.Certificate && !c.Key
}

func (r *reader) plain(text []byte) Content {
	c := Content{
		Certificate: bytes.Contains(text, []byte("-----BEGIN CERTIFICATE-----")) || bytes.Contains(text, []byte("-----BEGIN TRUSTED CERTIFICATE-----")),
		Key:         bytes.Contains(text, []byte("PRIVATE KEY-----")),
	}
	c.Other = !c.Certificate && !c.Key && bytes.Contains(text, []byte("-----BEGIN "))
	if len(text) > 0 && text[0] == 0x30 { // the sequence that every certificate and key in DER is
		r.addCertificate(&c, text)
		r.addKey(&c, text)
		c.Certificate, c.Key = c.Certificate || len(c.Certs) > 0, c.Key || len(c.Keys) > 0
		return c
	}
	if !c.Key && !r.parsers { // a copy of a key would stay behind
		text = r.addCanonical(&c, string(text), text)
	}
	for block, rest := pem.Decode(text); block != nil; block, rest = pem.Decode(rest) {
		switch {
		case block.Type == "CERTIFICATE" && len(c.Certs) < mostCertificates:
			r.addCertificate(&c, block.Bytes)
		case strings.HasSuffix(block.Type, "PRIVATE KEY") && len(c.Keys) < mostKeys:
			r.addKey(&c, block.Bytes)
			clear(block.Bytes)
		}
	}
	return c
}

// addCanonical adds the certificates in canonical form at the beginning of a text, and
// returns the rest of it.
func (r *reader) addCanonical(c *Content, text string, whole []byte) (rest []byte) {
	const usual = 2 << 10 // bytes of a certificate
	var scratch [usual]byte
	for text != "" && len(c.Certs) < mostCertificates {
		n, after, ok := fastpath.DecodeCertificate(scratch[:], text)
		if !ok {
			break
		}
		r.addCertificate(c, scratch[:n])
		text = after
	}
	return whole[len(whole)-len(text):]
}

func (r *reader) addCertificate(c *Content, der []byte) {
	if !r.parsers {
		if id, ok := fastpath.Identify(der); ok && id.CommonName != "" {
			c.Certs = append(c.Certs, Summary{
				Sum: digestOf(der), Subject: digestOf(id.Subject), Issuer: digestOf(id.Issuer),
				KeyID: string(id.KeyID), IssuedBy: string(id.IssuedBy),
				CA: id.CA, Name: columns.Fit(id.CommonName, longestName), Covers: r.folder != "" && coverHost(id.DNSNames(), r.folder),
				Key: digest(&id.PublicKey),
			})
			return
		}
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		return
	}
	s := Summary{
		Sum: digestOf(cert.Raw), Subject: digestOf(cert.RawSubject), Issuer: digestOf(cert.RawIssuer),
		KeyID: string(cert.SubjectKeyId), IssuedBy: string(cert.AuthorityKeyId),
		CA: cert.IsCA, Name: columns.Fit(nameOf(cert), longestName), Covers: r.folder != "" && coverHost(cert.DNSNames, r.folder),
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

// coverHost reports whether names cover a host name or a wildcard.
func coverHost(names []string, host string) bool {
	for _, name := range names {
		if strings.EqualFold(name, host) {
			return true
		}
	}
	return len(names) > 0 && (&x509.Certificate{DNSNames: names}).VerifyHostname(host) == nil
}

// addKey reads the public half of a key in DER.
func (r *reader) addKey(c *Content, der []byte) {
	if r.carried {
		if key, carried, ok := fastpath.PublicHalf(der); ok {
			c.Keys, c.Carried = append(c.Keys, digest(&key)), c.Carried || carried
			return
		}
	}
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
	return digestOf(der), err == nil
}

// digestOfRSA takes the signs, too: a damaged key may have negative numbers.
func digestOfRSA(modulus, exponent *big.Int) Digest {
	if modulus.Sign() <= 0 || exponent.Sign() <= 0 {
		return digestOf([]byte("RSA " + modulus.Text(16) + " " + exponent.Text(16)))
	}
	return digest(&fastpath.PublicKey{Modulus: modulus.Bytes(), Exponent: exponent.Bytes()})
}

// digest stands for a public key: equal keys have equal digests, and others do not.
func digest(key *fastpath.PublicKey) Digest {
	if key.Info != nil {
		return digestOf(key.Info)
	}
	text := fmt.Appendf(nil, "RSA %d ", len(key.Modulus))
	return digestOf(append(append(text, key.Modulus...), key.Exponent...))
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
