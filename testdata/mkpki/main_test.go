package main

import (
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"testing"
)

// TestTree checks that the generator makes the committed files and no others. It does not
// compare their content, because the keys are new.
func TestTree(t *testing.T) {
	g := newGenerator()
	if err := g.generate(); err != nil {
		t.Fatal(err)
	}
	out := t.TempDir() // for the root of the repository
	if err := g.write(filepath.Join(out, "testdata", "pki")); err != nil {
		t.Fatal(err)
	}
	made, committed := tree(t, out), tree(t, "../..")
	if !maps.Equal(made, committed) {
		t.Errorf("made are %q; committed are %q", slices.Sorted(maps.Keys(made)), slices.Sorted(maps.Keys(committed)))
	}
}

// tree returns the names of the files below a folder that the generator makes.
func tree(t *testing.T, folder string) map[string]bool {
	t.Helper()
	names := map[string]bool{}
	for _, part := range []string{"testdata/pki", "testdata/demo", "testdata/layouts", "testdata/folders", "model/fakecloud/demo"} {
		err := fs.WalkDir(os.DirFS(folder), part, func(name string, d fs.DirEntry, err error) error {
			if err == nil && !d.IsDir() && filepath.Ext(name) != ".go" {
				names[name] = true
			}
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	return names
}
