package main

import (
	"bytes"
	"io"
	"os"
	"path/filepath"
	"testing"
)

var (
	fixtures = filepath.Join("..", "..", "..", "..", "..", "testdata", "pki")
	embedded = filepath.Join("..", "..", "material")
)

// The committed copies are what the fixtures are, and there are no others.
func TestCopiesAreUpToDate(t *testing.T) {
	to := filepath.Join(t.TempDir(), "new")
	if status := run([]string{"-from", fixtures, "-to", to}, io.Discard); status != exitOK {
		t.Fatal("exit status", status)
	}
	for name := range copies {
		want, err := os.ReadFile(filepath.Join(to, name))
		if err != nil {
			t.Fatal(err)
		}
		if got, err := os.ReadFile(filepath.Join(embedded, name)); err != nil || !bytes.Equal(got, want) {
			t.Errorf("%s is out of date; run go generate ./model/cmd/explore (%v)", name, err)
		}
	}
	if files, err := os.ReadDir(embedded); err != nil || len(files) != len(copies) {
		t.Errorf("%d files, %v; want %d", len(files), err, len(copies))
	}
}

func TestExitStatus(t *testing.T) {
	for _, c := range []struct {
		want int
		args []string
	}{
		{exitUsage, []string{"-unknown"}},
		{exitUsage, []string{"-from", fixtures}},
		{exitUsage, []string{"-from", fixtures, "-to", t.TempDir(), "more"}},
		{exitFailed, []string{"-from", t.TempDir(), "-to", t.TempDir()}},
	} {
		if got := run(c.args, io.Discard); got != c.want {
			t.Errorf("%q: exit status %d, want %d", c.args, got, c.want)
		}
	}
}
