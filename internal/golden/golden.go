// Package golden holds what a test makes to a file that is committed. A test that
// uses it has the flag -update, which writes the file.
package golden

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write the golden files")

// Update reports whether the files are written.
func Update() bool { return *update }

// Check writes the file if that is asked for, and fails the test if it has another
// content.
func Check(tb testing.TB, file, content string) {
	tb.Helper()
	if *update {
		if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
			tb.Fatal(err)
		}
		if err := os.WriteFile(file, []byte(content), 0o644); err != nil {
			tb.Fatal(err)
		}
	}
	golden, err := os.ReadFile(file)
	if err != nil {
		tb.Fatal(err)
	}
	if diff := cmp.Diff(string(golden), content); diff != "" {
		tb.Errorf("%s is out of date; look at the difference and run with -update (-golden +now):\n%s", file, diff)
	}
}
