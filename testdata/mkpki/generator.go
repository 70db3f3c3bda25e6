package main

import (
	"crypto"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"maps"
	"math/big"
	"os"
	"path/filepath"
	"slices"

	"go.step.sm/crypto/pemutil"
)

// The file modes of the fixtures. Git does not keep them.
const (
	publicMode  os.FileMode = 0o644
	privateMode os.FileMode = 0o600
)

// file is the content of one fixture.
type file struct {
	data []byte
	mode os.FileMode
}

// generator keeps the fixtures in memory until all of them are made, so a failure does not
// leave a mixture of old and new keys on disk.
type generator struct {
	hierarchies map[string]*hierarchy // by key type name
	files       map[string]file       // by slash-separated path below the output folder
	serials     map[int64]string      // serial numbers in use, with the file that has it
}

func newGenerator() *generator {
	return &generator{
		hierarchies: make(map[string]*hierarchy),
		files:       make(map[string]file),
		serials:     make(map[int64]string),
	}
}

// generate makes all fixtures. The hierarchies come first, because they issue the other
// certificates, or the others use their keys.
func (g *generator) generate() error {
	steps := []struct {
		name string
		run  func() error
	}{
		{"hierarchies", g.makeHierarchies},
		{"usage", g.makeUsage},
		{"validity", g.makeValidity},
		{"names", g.makeNames},
		{"weak", g.makeWeak},
		{"unsupported", g.makeUnsupported},
		{"encrypted", g.makeEncrypted},
		{"forms", g.makeForms},
		{"demo", g.makeDemo},
		{"layouts", g.makeLayouts},
		{"folders", g.makeFolders},
		{"account", g.makeAccount},
	}
	for _, step := range steps {
		if err := step.run(); err != nil {
			return fmt.Errorf("%s: %w", step.name, err)
		}
	}
	return nil
}

// write writes the fixtures below dir, replacing those of an earlier run.
func (g *generator) write(dir string) error {
	for _, name := range slices.Sorted(maps.Keys(g.files)) {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil { //nolint:gosec // as open as git makes them
			return err
		}
		f := g.files[name]
		if err := os.WriteFile(path, f.data, f.mode); err != nil {
			return err
		}
	}
	return nil
}

// serial reserves a serial number for the certificate in the named file. Serial numbers are
// chosen by hand and are distinct in all fixtures, so a number identifies a certificate.
func (g *generator) serial(n int64, name string) (*big.Int, error) {
	if other, ok := g.serials[n]; ok {
		return nil, fmt.Errorf("%s: serial number %d is that of %s", name, n, other)
	}
	g.serials[n] = name
	return big.NewInt(n), nil
}

// add records a fixture.
func (g *generator) add(name string, data []byte, mode os.FileMode) error {
	if _, ok := g.files[name]; ok {
		return fmt.Errorf("%s is made twice", name)
	}
	g.files[name] = file{data, mode}
	return nil
}

// addCerts records a PEM file with the certificates in the order given.
func (g *generator) addCerts(name string, certs ...*x509.Certificate) error {
	var data []byte
	for _, cert := range certs {
		data = append(data, certPEM(cert.Raw)...)
	}
	return g.add(name, data, publicMode)
}

// addKey records a PEM file with a private key: PKCS#1 for RSA, SEC 1 for EC
// and PKCS#8 for Ed25519, unless opts select another form.
func (g *generator) addKey(name string, key crypto.Signer, opts ...pemutil.Options) error {
	data, err := keyPEM(key, opts...)
	if err != nil {
		return fmt.Errorf("%s: %w", name, err)
	}
	return g.add(name, data, privateMode)
}

// certPEM returns the PEM form of a DER certificate.
func certPEM(der []byte) []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: der})
}

// keyPEM returns the PEM form of a private key.
func keyPEM(key crypto.Signer, opts ...pemutil.Options) ([]byte, error) {
	block, err := pemutil.Serialize(key, opts...)
	if err != nil {
		return nil, err
	}
	return pem.EncodeToMemory(block), nil
}
