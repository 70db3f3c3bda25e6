package inputs

import (
	"io/fs"
	"slices"
	"testing"

	"github.com/alicert/alicert/testdata"
)

// Every fixture in PEM form has a name, which stands for its text.
func TestFixtures(t *testing.T) {
	names := FixtureNames()
	if !slices.IsSorted(names) || !slices.Contains(names, "p256/chain3") || !slices.Contains(names, "forms/pkcs7") {
		t.Errorf("the names are %q", names)
	}
	for _, name := range names {
		want, err := fs.ReadFile(testdata.PKI(), name+".pem")
		if got := Fixture(name).Text(); err != nil || got != string(want) {
			t.Errorf("%s has %d bytes; want %d, %v", name, len(got), len(want), err)
		}
	}
}
