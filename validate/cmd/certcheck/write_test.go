package main

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"testing"
)

func namesIn(t *testing.T, dir string) (names []string) {
	t.Helper()
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		names = append(names, e.Name())
	}
	return names
}

// TestLeftovers finds files of runs that were killed: they go, but not those of a
// process that lives.
func TestLeftovers(t *testing.T) {
	ended := exec.Command(os.Args[0], "-test.run=^$")
	if err := ended.Run(); err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	living := fmt.Sprintf(".certcheck-%d-1", os.Getppid())
	others := []string{".certcheck-notes", ".certcheckrc", "x"}
	for _, name := range append(others, living, ".certcheck-4123456789", fmt.Sprintf(".certcheck-%d-1", ended.Process.Pid), fmt.Sprintf(".certcheck-%d-1.old", os.Getpid())) {
		writeFile(t, filepath.Join(dir, name), "left")
	}
	got := runHere(t, "", false, "-cert", repository("pki", "p256", "leaf.pem"), "-key", repository("pki", "p256", "key.pem"), "-fix", dir)
	if got.status != exitAccepted {
		t.Fatalf("%+v", got)
	}
	want := append(others, living, "leaf.pem", "key.pem")
	slices.Sort(want)
	if names := namesIn(t, dir); !slices.Equal(names, want) {
		t.Errorf("in the folder: %q; want %q", names, want)
	}
}

// TestWriteAllOrNothing lets the second of two files fail at the last moment.
func TestWriteAllOrNothing(t *testing.T) {
	text := func(s string) func() string { return func() string { return s } }
	for _, before := range []string{"", "before"} {
		dir := t.TempDir()
		first := filepath.Join(dir, "first")
		if before != "" {
			writeFile(t, first, before)
		}
		want := namesIn(t, dir)
		o := &options{fix: dir}
		err := o.write([]target{
			{path: first, mode: certificateMode, text: text("after")},
			{path: filepath.Join(dir, "missing", "second"), mode: keyMode, text: text("key")},
		})
		if err == nil {
			t.Fatal("no error")
		}
		if names := namesIn(t, dir); !slices.Equal(names, want) {
			t.Errorf("in the folder: %q; want %q", names, want)
		}
		if got, _ := os.ReadFile(first); string(got) != before {
			t.Errorf("the first file holds %q; want %q", got, before)
		}
	}
}
