package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestPageIsUpToDate(t *testing.T) {
	status, want, stderr := command("-page")
	if status != exitOK || stderr != "" {
		t.Fatal(status, stderr)
	}
	got, err := os.ReadFile(filepath.Join("..", "..", "EXPLORE.md"))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(want, string(got)); diff != "" {
		t.Errorf("EXPLORE.md is out of date; run go generate ./model/cmd/explore (-want +got)\n%s", diff)
	}
	// What the page leaves out would not be missed by a comparison.
	for _, code := range append(append([]string{"ResourceInConfiguring.Listener"}, cdnCodes...), albCodes...) {
		contains(t, want, "\n| `"+code+"`")
	}
	if n := strings.Count(want, "```mermaid\n"); n != 2 {
		t.Errorf("%d diagrams", n)
	}
	for line := range strings.Lines(want) {
		if strings.HasPrefix(line, "|") && strings.Count(line, "|")-strings.Count(line, `\|`) != 4 {
			t.Errorf("not three columns: %s", line)
		}
	}
}
