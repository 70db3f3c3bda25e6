package inputs

import (
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"github.com/alicert/alicert/internal/golden"
	"github.com/alicert/alicert/internal/pki"
)

// copied are the fixtures of this package.
var copied = []string{
	"ed25519/key", "ed25519/leaf",
	"encrypted/legacy", "encrypted/pkcs8",
	"forms/ec-no-public", "forms/ec-with-params", "forms/ec-wrong-public", "forms/pkcs7", "forms/trusted",
	"names/idn", "names/no-san",
	"p256/chain3", "p256/intermediate", "p256/issuing", "p256/key", "p256/key-pkcs8", "p256/leaf", "p256/other-key", "p256/root",
	"p384/key", "p384/leaf",
	"rsa2048/chain3", "rsa2048/key", "rsa2048/key-pkcs8", "rsa2048/leaf",
	"unsupported/dsa-key", "unsupported/openssh-key", "unsupported/rsa-pss", "unsupported/secp256k1", "unsupported/secp256k1-key",
	"usage/any-eku", "usage/ca-true", "usage/client-only", "usage/self-signed",
	"validity/expired", "validity/not-yet", "validity/short",
	"weak/sha1",
}

// The committed copies are what the fixtures are, and there are no others.
func TestFixtures(t *testing.T) {
	if golden.Update() {
		if err := os.RemoveAll("material"); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range copied {
		golden.Check(t, filepath.Join("material", filepath.FromSlash(name)+".pem"), pki.Read(t, name+".pem"))
	}
	var files []string
	err := fs.WalkDir(os.DirFS("material"), ".", func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			files = append(files, path[:len(path)-len(".pem")])
		}
		return err
	})
	slices.Sort(files)
	if err != nil || !slices.Equal(files, copied) {
		t.Errorf("the fixtures are %q, %v", files, err)
	}
	if !golden.Update() && !slices.Equal(FixtureNames(), copied) {
		t.Errorf("the names are %q", FixtureNames())
	}
}
