// Package testutil has helpers for the tests of several packages. Tests that import it
// have the flag -update, which writes their golden files.
package testutil

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files")

// Updating reports whether the flag -update is given.
func Updating() bool { return *update }

// Golden compares content with a committed file, and fails the test if they differ.
// The flag -update writes the file first.
func Golden(tb testing.TB, file, content string) {
	tb.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(file), 0o750); err != nil {
			tb.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(content), 0o600); err != nil {
			tb.Fatal(err)
		}
	}
	golden, err := os.ReadFile(file) //nolint:gosec // a test names the file
	if err != nil {
		tb.Fatal(err)
	}
	if diff := cmp.Diff(string(golden), content); diff != "" {
		tb.Errorf("%s is out of date; look at the difference and run with -update (-golden +now):\n%s", file, diff)
	}
}
