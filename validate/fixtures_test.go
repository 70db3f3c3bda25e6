package validate_test

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/alicert/alicert/testdata"
	"github.com/alicert/alicert/validate"
)

// inPeriod is a time at which every fixture is valid, unless its name says
// otherwise.
var inPeriod = time.Date(2026, 6, 1, 0, 0, 0, 0, time.UTC)

// The period of the certificates that are made in these tests, which is that of
// the fixtures.
var (
	periodBegin = time.Date(2026, 1, 1, 0, 0, 0, 0, time.UTC)
	periodEnd   = time.Date(2049, 12, 31, 23, 59, 59, 0, time.UTC)
)

// pkiFile returns the content of a file below testdata/pki.
func pkiFile(_ testing.TB, name string) string { return testdata.Read(name) }

// pkiKeyTypes are the folders of testdata/pki that hold one hierarchy each.
var pkiKeyTypes = []string{"rsa1024", "rsa2048", "rsa4096", "p224", "p256", "p384", "p521", "ed25519"}

// derOf returns the content of the first PEM block of a text.
func derOf(tb testing.TB, text string) []byte {
	tb.Helper()
	block, _ := pem.Decode([]byte(text))
	if block == nil {
		tb.Fatalf("no PEM block in %.60q", text)
	}
	return block.Bytes
}

// pemOf writes one PEM block in the published form.
func pemOf(label string, der []byte) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: label, Bytes: der}))
}

// relabel puts a PEM text with one block under another label.
func relabel(tb testing.TB, text, label string) string {
	tb.Helper()
	return pemOf(label, derOf(tb, text))
}

func parseCert(tb testing.TB, text string) *x509.Certificate {
	tb.Helper()
	cert, err := x509.ParseCertificate(derOf(tb, text))
	if err != nil {
		tb.Fatal(err)
	}
	return cert
}

// parseSigner reads a private-key fixture.
func parseSigner(tb testing.TB, text string) crypto.Signer {
	tb.Helper()
	der := derOf(tb, text)
	if key, err := x509.ParsePKCS1PrivateKey(der); err == nil {
		return key
	}
	if key, err := x509.ParseECPrivateKey(der); err == nil {
		return key
	}
	key, err := x509.ParsePKCS8PrivateKey(der)
	if err != nil {
		tb.Fatal(err)
	}
	return key.(crypto.Signer)
}

// An issuer signs certificates with special properties, for which there is no
// fixture.
type issuer struct {
	cert *x509.Certificate
	key  crypto.Signer
}

var serialNumber atomic.Int64

// newRoot makes an issuer with a certificate of its own.
func newRoot(tb testing.TB, change ...func(*x509.Certificate)) issuer {
	tb.Helper()
	return issue(tb, issuer{}, "a root", change...)
}

// issue makes an issuer whose certificate is signed by parent.
func issue(tb testing.TB, parent issuer, name string, change ...func(*x509.Certificate)) issuer {
	tb.Helper()
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		tb.Fatal(err)
	}
	return issueFor(tb, parent, name, key, change...)
}

// issueFor is issue with a given key.
func issueFor(tb testing.TB, parent issuer, name string, key crypto.Signer, change ...func(*x509.Certificate)) issuer {
	tb.Helper()
	template := &x509.Certificate{
		SerialNumber:          big.NewInt(1<<40 + serialNumber.Add(1)),
		Subject:               pkix.Name{CommonName: name},
		NotBefore:             periodBegin,
		NotAfter:              periodEnd,
		KeyUsage:              x509.KeyUsageCertSign,
		IsCA:                  true,
		BasicConstraintsValid: true,
	}
	for _, f := range change {
		f(template)
	}
	if parent.cert == nil {
		parent = issuer{template, key}
	}
	der, err := x509.CreateCertificate(rand.Reader, template, parent.cert, key.Public(), parent.key)
	if err != nil {
		tb.Fatal(err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		tb.Fatal(err)
	}
	return issuer{cert, key}
}

func (i issuer) pem() string { return pemOf("CERTIFICATE", i.cert.Raw) }

// leaf signs a certificate for www.example.com. Its key is pki/p256/key.pem
// unless pub is another one.
func (i issuer) leaf(tb testing.TB, pub crypto.PublicKey, change ...func(*x509.Certificate)) string {
	tb.Helper()
	if pub == nil {
		pub = parseSigner(tb, pkiFile(tb, "p256/key.pem")).Public()
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1<<40 + serialNumber.Add(1)),
		Subject:      pkix.Name{CommonName: "www.example.com"},
		DNSNames:     []string{"www.example.com"},
		NotBefore:    periodBegin,
		NotAfter:     periodEnd,
		KeyUsage:     x509.KeyUsageDigitalSignature,
		ExtKeyUsage:  []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	for _, f := range change {
		f(template)
	}
	der, err := x509.CreateCertificate(rand.Reader, template, i.cert, pub, i.key)
	if err != nil {
		tb.Fatal(err)
	}
	return pemOf("CERTIFICATE", der)
}

// leafWith is a certificate for pki/p256/key.pem that departs in one way from
// the ordinary one.
func leafWith(tb testing.TB, change ...func(*x509.Certificate)) string {
	tb.Helper()
	return newRoot(tb).leaf(tb, nil, change...)
}

// leafFor is an ordinary certificate for another key.
func leafFor(tb testing.TB, pub crypto.PublicKey) string {
	tb.Helper()
	return newRoot(tb).leaf(tb, pub)
}

// badSignature changes the signature of a certificate and nothing else.
func badSignature(tb testing.TB, text string) string {
	tb.Helper()
	der := bytes.Clone(derOf(tb, text))
	der[len(der)-1] ^= 1
	return pemOf("CERTIFICATE", der)
}

// A pemEdit changes the text of a PEM parameter.
type pemEdit func(string) string

// damageBegin takes a dash from the first BEGIN line, which must be there.
func damageBegin(tb testing.TB, text string) string {
	tb.Helper()
	before, after, found := strings.Cut(text, "-----BEGIN")
	if !found {
		tb.Fatal("no BEGIN line in the text")
	}
	return before + "----BEGIN" + after
}

// editLines changes the lines of a text, which have no line ends then.
func editLines(edit func(lines []string) []string) pemEdit {
	return func(text string) string {
		lines := strings.Split(strings.TrimSuffix(text, "\n"), "\n")
		return strings.Join(edit(lines), "\n") + "\n"
	}
}

// secretFile is a private-key fixture.
func secretFile(tb testing.TB, name string) validate.Secret {
	tb.Helper()
	return validate.NewSecret(pkiFile(tb, name))
}
