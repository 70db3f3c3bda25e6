package main

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"math/big"
	"net"
	"os"
	"path/filepath"
	"sync"
	"time"
)

// authority is a certificate authority that issues certificates for host names on demand.
type authority struct {
	key  *ecdsa.PrivateKey // the key of the authority and of every certificate
	cert *x509.Certificate

	mu    sync.Mutex
	known map[string]*tls.Certificate
}

// maxKnown is the largest number of cached certificates.
const maxKnown = 100

func newAuthority(now time.Time) (*authority, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, err
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(now.UnixNano()), Subject: pkix.Name{CommonName: "fakecloud, for tests on this machine"},
		NotBefore: now.Add(-time.Hour), NotAfter: now.AddDate(1, 0, 0),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		return nil, err
	}
	cert, err := x509.ParseCertificate(der)
	return &authority{key: key, cert: cert, known: map[string]*tls.Certificate{}}, err
}

// write writes the certificate of the authority to a file in the folder. Without a folder
// it uses a temporary one, which remove deletes.
func (a *authority) write(folder string) (name string, remove func(), err error) {
	remove = func() {}
	if folder == "" {
		if folder, err = os.MkdirTemp("", "fakecloud-"); err != nil {
			return "", nil, err
		}
		remove = func() { _ = os.RemoveAll(folder) } //nolint:gosec // MkdirTemp made the folder
	}
	name = filepath.Join(folder, "ca.pem")
	text := pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: a.cert.Raw})
	return name, remove, os.WriteFile(name, text, 0o644) //nolint:gosec // the certificate is public, and the user names the folder
}

func (a *authority) config() *tls.Config {
	return &tls.Config{
		MinVersion: tls.VersionTLS12,
		GetCertificate: func(hello *tls.ClientHelloInfo) (*tls.Certificate, error) {
			name := hello.ServerName
			if name == "" { // the client connected to an IP address
				name, _, _ = net.SplitHostPort(hello.Conn.LocalAddr().String())
			}
			return a.certificate(name)
		},
	}
}

func (a *authority) certificate(name string) (*tls.Certificate, error) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if c := a.known[name]; c != nil {
		return c, nil
	}
	template := &x509.Certificate{
		SerialNumber: new(big.Int).Add(a.cert.SerialNumber, big.NewInt(int64(len(a.known)+1))),
		Subject:      pkix.Name{CommonName: "fakecloud"},
		NotBefore:    a.cert.NotBefore, NotAfter: a.cert.NotAfter,
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	if ip := net.ParseIP(name); ip != nil {
		template.IPAddresses = []net.IP{ip}
	} else {
		template.DNSNames = []string{name}
	}
	der, err := x509.CreateCertificate(rand.Reader, template, a.cert, a.key.Public(), a.key)
	if err != nil {
		return nil, err
	}
	c := &tls.Certificate{Certificate: [][]byte{der, a.cert.Raw}, PrivateKey: a.key}
	if len(a.known) >= maxKnown {
		clear(a.known)
	}
	a.known[name] = c
	return c, nil
}
