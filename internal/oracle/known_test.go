package oracle

import (
	"io/fs"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// TestKnownIsUsed: every entry has a test that refers to it, and a reason.
func TestKnownIsUsed(t *testing.T) {
	var tests strings.Builder
	err := filepath.WalkDir(filepath.Join("..", ".."), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		text, err := os.ReadFile(path)
		tests.Write(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, d := range Known {
		if !strings.Contains(tests.String(), strconv.Quote(d.Name)) {
			t.Errorf("no test refers to %q", d.Name)
		}
		if seen[d.Name] || !strings.HasSuffix(d.Why, ".") || Find(d.Name) != d {
			t.Errorf("%q: twice, or without a sentence", d.Name)
		}
		seen[d.Name] = true
	}
}
