package probe

import (
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/hex"
	"encoding/pem"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"time"
)

// Material makes what the values of a plan stand for. All keys are fresh and serve
// nothing: the certificates are for a name below .invalid, which nobody can own, and are
// valid for a day. It is not safe for concurrent use.
type Material struct {
	random string
	now    time.Time
	bits   int // of RSA keys
	made   map[string]string
	keys   map[string]crypto.Signer
	serial int64
}

// NewMaterial returns material with a new random part in its names.
func NewMaterial(now time.Time) *Material {
	var random [8]byte
	_, _ = rand.Read(random[:]) // never fails
	return materialNamed(hex.EncodeToString(random[:]), now)
}

func materialNamed(random string, now time.Time) *Material {
	return &Material{random: random, now: now, bits: rsaBits, made: map[string]string{}, keys: map[string]crypto.Signer{}}
}

// validFor is how long the certificates are valid.
const validFor = 24 * time.Hour

// Domain is the name that every request about a domain has. RFC 2606 reserves .invalid,
// so it can be in no account.
func (m *Material) Domain() string { return "probe." + m.random + ".invalid" }

// Listener is the id that every request about a listener has. It has the form of the
// vendor's ids, and a random part of 64 bits.
func (m *Material) Listener() string { return "lsn-" + (m.random + m.random)[:18] }

// id returns one of the certificate ids of no account.
func (m *Material) id(n string) string { return "9" + digitsOf(m.random) + n + "-cn-hangzhou" }

// digitsOf turns hexadecimal digits into decimal ones.
func digitsOf(random string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'a' {
			return r - 'a' + '0'
		}
		return r
	}, random)[:15]
}

// Value returns what a value of a case stands for: itself, unless it begins with @.
func (m *Material) Value(value string) (string, error) {
	kind, name, reference := strings.Cut(value, "/")
	if !reference || !strings.HasPrefix(value, "@") {
		return value, nil
	}
	if made, known := m.made[value]; known {
		return made, nil
	}
	made, err := m.make(kind, name)
	if err != nil {
		return "", fmt.Errorf("probe: %s: %w", value, err)
	}
	m.made[value] = made
	return made, nil
}

func (m *Material) make(kind, name string) (string, error) {
	switch kind {
	case "@domain":
		return m.Domain(), nil
	case "@listener":
		return m.Listener(), nil
	case "@id":
		return m.id(name), nil
	case "@name":
		return m.name(name)
	case "@cert":
		if form, known := certificateForms()[name]; known {
			return form(m)
		}
	case "@key":
		if form, known := keyForms()[name]; known {
			return form(m)
		}
	}
	return "", fmt.Errorf("there is no such material")
}

// A form makes one text of the material.
type form func(*Material) (string, error)

// knownReference reports whether a value is material that this package makes.
func knownReference(value string) bool {
	kind, name, _ := strings.Cut(value, "/")
	switch kind {
	case "@domain", "@listener":
		return name == "unknown"
	case "@id":
		return slices.Contains(idNames, name)
	case "@name":
		return names[name] != nil
	case "@cert":
		return certificateForms()[name] != nil
	case "@key":
		return keyForms()[name] != nil
	default:
		return false
	}
}

// key returns the key of a name, and makes it the first time.
func (m *Material) key(name string, fresh func() (crypto.Signer, error)) (crypto.Signer, error) {
	if key, known := m.keys[name]; known {
		return key, nil
	}
	key, err := fresh()
	if err == nil {
		m.keys[name] = key
	}
	return key, err
}

const (
	rsaBits   = 2048
	quickBits = 1024 // of keys that are judged by this library only
)

func freshRSA(bits int) func() (crypto.Signer, error) {
	return func() (crypto.Signer, error) { return rsa.GenerateKey(rand.Reader, bits) }
}

func freshEC(curve elliptic.Curve) func() (crypto.Signer, error) {
	return func() (crypto.Signer, error) { return ecdsa.GenerateKey(curve, rand.Reader) }
}

// own is the key of the good certificate. It is sent nowhere.
func (m *Material) own() (crypto.Signer, error) { return m.key("own", freshRSA(m.bits)) }

// other is the key that is sent with certificates: that of no certificate.
func (m *Material) other() (crypto.Signer, error) { return m.key("other", freshRSA(m.bits)) }

// issue signs a certificate. A nil issuer means that it signs itself.
func (m *Material) issue(key crypto.Signer, change func(*x509.Certificate), issuer *x509.Certificate, issuerKey crypto.Signer) (*x509.Certificate, error) {
	m.serial++
	template := &x509.Certificate{
		SerialNumber: big.NewInt(m.serial),
		Subject:      pkix.Name{CommonName: m.Domain()},
		DNSNames:     []string{m.Domain()},
		NotBefore:    m.now.Add(-time.Hour),
		NotAfter:     m.now.Add(validFor),
		KeyUsage:     x509.KeyUsageDigitalSignature,
		ExtKeyUsage:  []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},

		BasicConstraintsValid: true,
	}
	if change != nil {
		change(template)
	}
	if issuer == nil {
		issuer, issuerKey = template, key
	}
	der, err := x509.CreateCertificate(rand.Reader, template, issuer, key.Public(), issuerKey)
	if err != nil {
		return nil, err
	}
	return x509.ParseCertificate(der)
}

// good is the certificate that nothing is wrong with: a leaf of the plan's own CA.
func (m *Material) good() (*x509.Certificate, error) { return m.leaf("own", nil) }

// leaf returns a certificate of the plan's CA. It has the key of that name, which is one
// of RSA if it is new.
func (m *Material) leaf(key string, change func(*x509.Certificate)) (*x509.Certificate, error) {
	_, intermediate, signer, err := m.authority()
	if err != nil {
		return nil, err
	}
	own, err := m.key(key, freshRSA(m.bits))
	if err != nil {
		return nil, err
	}
	return m.issue(own, change, intermediate, signer)
}

// authority returns the plan's root and the intermediate that issues its leafs. Both have
// short keys of a usual curve.
func (m *Material) authority() (root, intermediate *x509.Certificate, signer crypto.Signer, err error) {
	rootKey, err := m.key("root", freshEC(elliptic.P256()))
	if err != nil {
		return nil, nil, nil, err
	}
	if signer, err = m.key("intermediate", freshEC(elliptic.P256())); err != nil {
		return nil, nil, nil, err
	}
	root, err = m.authorityNamed("probe root "+m.random, rootKey, nil, nil)
	if err != nil {
		return nil, nil, nil, err
	}
	intermediate, err = m.authorityNamed("probe intermediate "+m.random, signer, root, rootKey)
	return root, intermediate, signer, err
}

// authorityNamed returns the certificate of a CA, the same each time.
func (m *Material) authorityNamed(name string, key crypto.Signer, issuer *x509.Certificate, issuerKey crypto.Signer) (*x509.Certificate, error) {
	if made, known := m.made[name]; known {
		block, _ := pem.Decode([]byte(made))
		return x509.ParseCertificate(block.Bytes)
	}
	cert, err := m.issue(key, func(c *x509.Certificate) {
		c.Subject.CommonName, c.DNSNames, c.ExtKeyUsage = name, nil, nil
		c.IsCA, c.KeyUsage = true, x509.KeyUsageCertSign
	}, issuer, issuerKey)
	if err == nil {
		m.made[name] = armored("CERTIFICATE", cert.Raw)
	}
	return cert, err
}

func armored(label string, der []byte) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: label, Bytes: der}))
}
