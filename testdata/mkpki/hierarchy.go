package main

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"fmt"
	"time"

	"go.step.sm/crypto/keyutil"
	"go.step.sm/crypto/minica"
	"go.step.sm/crypto/pemutil"
	"go.step.sm/crypto/x509util"
)

// The validity period of most certificates.
var (
	notBefore = time.Date(2026, time.January, 1, 0, 0, 0, 0, time.UTC)
	notAfter  = time.Date(2049, time.December, 31, 23, 59, 59, 0, time.UTC)
)

// keyType is a type of key with a hierarchy of its own.
type keyType struct {
	name     string
	serial   int64 // of the root; the certificates below it count on from here
	generate func() (crypto.Signer, error)
}

var keyTypes = []keyType{
	{"rsa1024", 101, rsaKey(1024)},
	{"rsa2048", 201, rsaKey(2048)},
	{"rsa4096", 301, rsaKey(4096)},
	{"p224", 401, p224Key},
	{"p256", 501, ecKey("P-256")},
	{"p384", 601, ecKey("P-384")},
	{"p521", 701, ecKey("P-521")},
	{"ed25519", 801, ed25519Key},
}

// rsaKey returns a generator of RSA keys, including small sizes that keyutil normally
// refuses.
func rsaKey(bits int) func() (crypto.Signer, error) {
	return func() (crypto.Signer, error) {
		defer keyutil.Insecure()()
		return keyutil.GenerateSigner("RSA", "", bits)
	}
}

func ecKey(curve string) func() (crypto.Signer, error) {
	return func() (crypto.Signer, error) {
		return keyutil.GenerateSigner("EC", curve, 0)
	}
}

// p224Key generates a key on P-224, which keyutil does not support.
func p224Key() (crypto.Signer, error) {
	return ecdsa.GenerateKey(elliptic.P224(), rand.Reader)
}

func ed25519Key() (crypto.Signer, error) {
	return keyutil.GenerateSigner("OKP", "Ed25519", 0)
}

// hierarchy is a root, the two CAs below it and a leaf, all with keys of the
// same type.
type hierarchy struct {
	root         *x509.Certificate
	intermediate *x509.Certificate
	issuing      *x509.Certificate
	leaf         *x509.Certificate

	issuer  *minica.CA // signs with the issuing certificate
	leafKey crypto.Signer
}

// chain returns the certificates a server sends for leaf, in order.
func (h *hierarchy) chain(leaf *x509.Certificate) []*x509.Certificate {
	return []*x509.Certificate{leaf, h.issuing, h.intermediate}
}

// issue signs template for pub with the issuing CA.
func (h *hierarchy) issue(template *x509.Certificate, pub crypto.PublicKey) (*x509.Certificate, error) {
	template.PublicKey = pub
	return h.issuer.Sign(template)
}

// makeHierarchies makes a hierarchy and its files for every key type.
func (g *generator) makeHierarchies() error {
	for _, kt := range keyTypes {
		if err := g.makeHierarchy(kt); err != nil {
			return fmt.Errorf("%s: %w", kt.name, err)
		}
	}
	return nil
}

// newLeaf issues a certificate for a key of its own.
func (g *generator) newLeaf(h *hierarchy, generate func() (crypto.Signer, error), serial int64, file string, names ...string) (*x509.Certificate, crypto.Signer, error) {
	key, err := generate()
	if err != nil {
		return nil, nil, err
	}
	template, err := g.leafTemplate(serial, file, names[0], names...)
	if err != nil {
		return nil, nil, err
	}
	leaf, err := h.issue(template, key.Public())
	return leaf, key, err
}

// newCA makes a CA with a key of its own, a number of levels below the root. The root has
// no parent.
func (g *generator) newCA(kt keyType, depth int64, role string, maxPathLen int, parent *x509.Certificate, parentKey crypto.Signer) (ca *x509.Certificate, key crypto.Signer, err error) {
	if key, err = kt.generate(); err != nil {
		return nil, nil, err
	}
	template, err := g.caTemplate(kt, depth, role, maxPathLen)
	if err != nil {
		return nil, nil, err
	}
	if parent == nil {
		ca, err = selfSign(template, key)
	} else {
		ca, err = x509util.CreateCertificate(template, parent, key.Public(), parentKey)
	}
	return ca, key, err
}

// newHierarchy makes a root and the two CAs below it, and a key for a leaf.
func (g *generator) newHierarchy(kt keyType) (*hierarchy, error) {
	root, rootKey, err := g.newCA(kt, 0, "Root", -1, nil, nil)
	if err != nil {
		return nil, err
	}
	intermediate, intermediateKey, err := g.newCA(kt, 1, "Intermediate", 1, root, rootKey)
	if err != nil {
		return nil, err
	}
	issuing, issuingKey, err := g.newCA(kt, 2, "Issuing", 0, intermediate, intermediateKey)
	if err != nil {
		return nil, err
	}
	leafKey, err := kt.generate()
	if err != nil {
		return nil, err
	}
	return &hierarchy{
		root:         root,
		intermediate: intermediate,
		issuing:      issuing,
		issuer:       &minica.CA{Root: root, RootSigner: rootKey, Intermediate: issuing, Signer: issuingKey},
		leafKey:      leafKey,
	}, nil
}

func (g *generator) makeHierarchy(kt keyType) error {
	h, err := g.newHierarchy(kt)
	if err != nil {
		return err
	}
	otherKey, err := kt.generate()
	if err != nil {
		return err
	}
	template, err := g.leafTemplate(kt.serial+3, kt.name+"/leaf.pem", "www.example.com",
		"www.example.com", "example.com", "*.cdn.example.com")
	if err != nil {
		return err
	}
	if h.issuing.PublicKeyAlgorithm == x509.RSA {
		template.KeyUsage |= x509.KeyUsageKeyEncipherment
	}
	if h.leaf, err = h.issue(template, h.leafKey.Public()); err != nil {
		return err
	}
	g.hierarchies[kt.name] = h

	for _, f := range []struct {
		name  string
		certs []*x509.Certificate
	}{
		{"root.pem", []*x509.Certificate{h.root}},
		{"intermediate.pem", []*x509.Certificate{h.intermediate}},
		{"issuing.pem", []*x509.Certificate{h.issuing}},
		{"leaf.pem", []*x509.Certificate{h.leaf}},
		{"chain3.pem", h.chain(h.leaf)},
	} {
		if err := g.addCerts(kt.name+"/"+f.name, f.certs...); err != nil {
			return err
		}
	}
	for _, f := range []struct {
		name  string
		key   crypto.Signer
		pkcs8 bool
	}{
		{"key.pem", h.leafKey, false},
		{"key-pkcs8.pem", h.leafKey, true},
		{"other-key.pem", otherKey, false},
	} {
		if err := g.addKey(kt.name+"/"+f.name, f.key, pemutil.WithPKCS8(f.pkcs8)); err != nil {
			return err
		}
	}
	return nil
}

// subject returns a name that is clearly not that of a real certificate.
func subject(commonName string) pkix.Name {
	return pkix.Name{Organization: []string{"alicert test"}, CommonName: commonName}
}

// caTemplate returns the template of the CA certificate depth levels below the
// root. A negative maxPathLen leaves the path length unlimited.
func (g *generator) caTemplate(kt keyType, depth int64, role string, maxPathLen int) (*x509.Certificate, error) {
	serial, err := g.serial(kt.serial+depth, kt.name+" "+role)
	if err != nil {
		return nil, err
	}
	template := &x509.Certificate{
		SerialNumber:          serial,
		Subject:               subject("alicert test " + role + " " + kt.name),
		NotBefore:             notBefore,
		NotAfter:              notAfter,
		KeyUsage:              x509.KeyUsageCertSign | x509.KeyUsageCRLSign,
		BasicConstraintsValid: true,
		IsCA:                  true,
		MaxPathLen:            maxPathLen,
		MaxPathLenZero:        maxPathLen == 0,
	}
	if maxPathLen == 0 {
		// Public issuing CAs have the usages of the leaves that they issue. So
		// the usage of such a certificate in the place of the leaf is accepted.
		template.KeyUsage |= x509.KeyUsageDigitalSignature
		template.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth}
	}
	return template, nil
}

// leafTemplate returns the template of an ordinary server certificate, for the
// named file.
func (g *generator) leafTemplate(n int64, name, commonName string, dnsNames ...string) (*x509.Certificate, error) {
	serial, err := g.serial(n, name)
	if err != nil {
		return nil, err
	}
	return &x509.Certificate{
		SerialNumber:          serial,
		Subject:               subject(commonName),
		DNSNames:              dnsNames,
		NotBefore:             notBefore,
		NotAfter:              notAfter,
		KeyUsage:              x509.KeyUsageDigitalSignature,
		ExtKeyUsage:           []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth, x509.ExtKeyUsageClientAuth},
		BasicConstraintsValid: true,
	}, nil
}

// selfSign signs template with the key it is for.
func selfSign(template *x509.Certificate, key crypto.Signer) (*x509.Certificate, error) {
	id, err := x509util.GenerateSubjectKeyID(key.Public())
	if err != nil {
		return nil, err
	}
	template.SubjectKeyId = id
	template.AuthorityKeyId = id
	return x509util.CreateCertificate(template, template, key.Public(), key)
}
