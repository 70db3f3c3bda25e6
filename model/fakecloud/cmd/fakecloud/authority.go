package main

import (
	"bytes"
	"crypto"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"io/fs"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"github.com/alicert/alicert/internal/bilingual"
)

// authority is a certificate authority that issues certificates for host names on demand.
type authority struct {
	key     crypto.Signer
	cert    *x509.Certificate
	leafKey *ecdsa.PrivateKey // of every certificate; never written
	now     func() time.Time

	// The files for clients, with the certificate of the authority alone.
	certFile  string // PEM
	storeFile string // a trust store of Java

	mu    sync.Mutex
	known map[string]*tls.Certificate
}

// maxKnown is the largest number of cached certificates.
const maxKnown = 100

// openAuthority returns the authority in a file. If the file does not exist, openAuthority
// makes it, with a new certificate and key that only the user can read.
func openAuthority(file string, now func() time.Time) (*authority, error) {
	file, err := filepath.Abs(file)
	if err != nil {
		return nil, err
	}
	text, err := os.ReadFile(file) //nolint:gosec // the user names the file
	if errors.Is(err, fs.ErrNotExist) {
		if text, err = newAuthority(now()); err == nil {
			text, err = writeOnce(file, text)
		}
	}
	if err != nil {
		return nil, err
	}
	a, err := parseAuthority(text, now)
	if err != nil {
		return nil, bilingual.Fail("%s: %v; delete the file to have a new one made", "%s：%v；删除该文件即可重新生成", file, err)
	}
	base := strings.TrimSuffix(file, filepath.Ext(file))
	if base+".crt" == file || base+".jks" == file {
		base = file
	}
	return a, a.publish(base)
}

// temporaryAuthority returns a new authority whose key stays in memory. remove deletes the
// files for clients.
func temporaryAuthority(now func() time.Time) (a *authority, remove func(), err error) {
	text, err := newAuthority(now())
	if err != nil {
		return nil, nil, err
	}
	folder, err := os.MkdirTemp("", "fakecloud-")
	if err != nil {
		return nil, nil, err
	}
	remove = func() { _ = os.RemoveAll(folder) }
	if a, err = parseAuthority(text, now); err == nil {
		err = a.publish(filepath.Join(folder, "ca"))
	}
	if err != nil {
		remove()
		return nil, nil, err
	}
	return a, remove, nil
}

// newAuthority returns a new certificate and its key in PEM.
func newAuthority(now time.Time) ([]byte, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	serial, err := newSerial()
	if err != nil {
		return nil, err
	}
	template := &x509.Certificate{
		SerialNumber: serial, Subject: pkix.Name{CommonName: "fakecloud, for tests on this machine"},
		NotBefore: now.Add(-time.Hour), NotAfter: now.AddDate(10, 0, 0),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		return nil, err
	}
	secret, err := x509.MarshalPKCS8PrivateKey(key)
	if err != nil {
		return nil, err
	}
	return append(certificateText(der), pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: secret})...), nil
}

func newSerial() (*big.Int, error) {
	return rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 127))
}

func certificateText(der []byte) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
}

// writeOnce writes a file that only the user can read, unless it exists. It returns the
// content of the file. Another process never sees half of it.
func writeOnce(file string, text []byte) ([]byte, error) {
	temporary, err := os.CreateTemp(filepath.Dir(file), ".fakecloud-") // with mode 0600
	if err != nil {
		return nil, err
	}
	defer func() { _ = os.Remove(temporary.Name()) }() //nolint:gosec // CreateTemp made the file
	_, err = temporary.Write(text)
	if err = errors.Join(err, temporary.Close()); err != nil {
		return nil, err
	}
	switch err := os.Link(temporary.Name(), file); {
	case err == nil:
		return text, nil
	case errors.Is(err, fs.ErrExist):
		return os.ReadFile(file) //nolint:gosec // the user names the file
	default: // a file system without links
		return text, os.Rename(temporary.Name(), file) //nolint:gosec // the user names the file
	}
}

// parseAuthority returns the authority in a PEM text with its certificate and key.
func parseAuthority(text []byte, now func() time.Time) (*authority, error) {
	pair, err := tls.X509KeyPair(text, text)
	if err != nil {
		return nil, bilingual.Fail("it does not have a certificate and its private key in PEM", "其中没有 PEM 格式的证书及其私钥")
	}
	key, canSign := pair.PrivateKey.(crypto.Signer)
	cert := pair.Leaf
	switch at := now(); {
	case !canSign || !cert.IsCA:
		return nil, bilingual.Fail("its certificate is not one of a certificate authority", "其中的证书不是 CA 证书")
	case at.Before(cert.NotBefore) || at.After(cert.NotAfter):
		return nil, bilingual.Fail("its certificate is valid from %s to %s only", "其中的证书仅在 %s 至 %s 有效", cert.NotBefore.Format(time.DateOnly), cert.NotAfter.Format(time.DateOnly))
	}
	leafKey, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	return &authority{key: key, cert: cert, leafKey: leafKey, now: now, known: map[string]*tls.Certificate{}}, err
}

// publish writes the files for clients, with the extensions .crt and .jks.
func (a *authority) publish(base string) error {
	a.certFile, a.storeFile = base+".crt", base+".jks"
	return errors.Join(
		writeIfOther(a.certFile, certificateText(a.cert.Raw)),
		writeIfOther(a.storeFile, trustStore(a.cert)),
	)
}

// writeIfOther writes a public file unless it has that content already.
func writeIfOther(file string, data []byte) error {
	if old, err := os.ReadFile(file); err == nil && bytes.Equal(old, data) { //nolint:gosec // the user names the file
		return nil
	}
	return os.WriteFile(file, data, 0o644) //nolint:gosec // the certificate is public, and the user names the file
}

// config returns the configuration for a connection. host is the name for the certificate
// if the client sends none; "" means the address of the connection.
func (a *authority) config(host string) *tls.Config {
	return &tls.Config{
		MinVersion: tls.VersionTLS12,
		GetCertificate: func(hello *tls.ClientHelloInfo) (*tls.Certificate, error) {
			name := hello.ServerName
			if name == "" {
				name = host
			}
			if name == "" {
				name, _, _ = net.SplitHostPort(hello.Conn.LocalAddr().String())
			}
			return a.certificate(name)
		},
	}
}

// certificate returns a certificate for a host name or an address.
func (a *authority) certificate(name string) (*tls.Certificate, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	now := a.now()
	if c := a.known[name]; c != nil && now.Before(c.Leaf.NotAfter.AddDate(0, -1, 0)) {
		return c, nil
	}
	serial, err := newSerial()
	if err != nil {
		return nil, err
	}
	template := &x509.Certificate{
		SerialNumber: serial, Subject: pkix.Name{CommonName: "fakecloud"},
		NotBefore: now.Add(-time.Hour), NotAfter: now.AddDate(1, 0, 0), // clients refuse longer periods
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	if template.NotAfter.After(a.cert.NotAfter) {
		template.NotAfter = a.cert.NotAfter
	}
	if ip := net.ParseIP(name); ip != nil {
		template.IPAddresses = []net.IP{ip}
	} else {
		template.DNSNames = []string{name}
	}
	der, err := x509.CreateCertificate(rand.Reader, template, a.cert, a.leafKey.Public(), a.key)
	if err != nil {
		return nil, err
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, err
	}
	c := &tls.Certificate{Certificate: [][]byte{der, a.cert.Raw}, PrivateKey: a.leafKey, Leaf: leaf}
	if len(a.known) >= maxKnown {
		clear(a.known)
	}
	a.known[name] = c
	return c, nil
}
