// Package pki reads the throw-away certificates and keys in testdata/pki. It is for
// tests.
package pki

import (
	"io/fs"
	"os"
	"path/filepath"
	"testing"
)

// Folder returns the path of the fixtures from where a package's tests run.
func Folder(tb testing.TB) string {
	tb.Helper()
	folder := filepath.Join("testdata", "pki")
	for range 8 {
		if _, err := os.Stat(folder); err == nil {
			return folder
		}
		folder = filepath.Join("..", folder)
	}
	tb.Fatal("no fixtures in testdata/pki")
	return ""
}

// Read returns the content of a fixture, such as p256/chain3.pem.
func Read(tb testing.TB, name string) string {
	tb.Helper()
	data, err := os.ReadFile(filepath.Join(Folder(tb), filepath.FromSlash(name)))
	if err != nil {
		tb.Fatal(err)
	}
	return string(data)
}

// All returns the contents of all fixtures.
func All(tb testing.TB) (texts []string) {
	tb.Helper()
	names, err := fs.Glob(os.DirFS(Folder(tb)), "*/*")
	if err != nil {
		tb.Fatal(err)
	}
	for _, name := range names {
		texts = append(texts, Read(tb, name))
	}
	return texts
}
