package fuzz

import (
	"io/fs"
	"slices"
	"testing"

	"github.com/alicert/alicert/testdata"
)

// Every fixture in PEM form is an entry, which has its text.
func TestMaterial(t *testing.T) {
	names := Entries()
	if !slices.IsSorted(names) || !slices.Contains(names, "p256/chain3") || !slices.Contains(names, "forms/pkcs7") {
		t.Errorf("the entries are %q", names)
	}
	for _, name := range names {
		want, err := fs.ReadFile(testdata.PKI(), name+".pem")
		if got := Material(name).Text(); err != nil || got != string(want) {
			t.Errorf("%s has %d bytes; want %d, %v", name, len(got), len(want), err)
		}
	}
}
