package main

import (
	"archive/zip"
	"bytes"
	"errors"
	"flag"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// TestSeeds: every target has seeds, and they are in its archive as bytes.
func TestSeeds(t *testing.T) {
	t.Chdir(filepath.Join("..", "..", ".."))
	out := t.TempDir()
	if err := run([]string{"-out", out, "-seeds"}, io.Discard); err != nil {
		t.Fatal(err)
	}
	targets, err := targetsIn(source)
	if err != nil || len(targets) < 5 {
		t.Fatalf("%q, %v", targets, err)
	}
	for _, name := range targets {
		r, err := zip.OpenReader(filepath.Join(out, name+"_seed_corpus.zip"))
		if err != nil {
			t.Fatal(err)
		}
		if len(r.File) == 0 {
			t.Errorf("%s has no seeds", name)
		}
		if err := r.Close(); err != nil {
			t.Error(err)
		}
	}
}

func TestUsage(t *testing.T) {
	for _, args := range []string{"", "-nonsense", "-out x -target (", "-out x more"} {
		var stderr strings.Builder
		if err := run(strings.Fields(args), &stderr); err == nil || stderr.String() != "" {
			t.Errorf("%q: %v, and before it %q", args, err, stderr.String())
		}
	}
	var help strings.Builder
	if err := run([]string{"-h"}, &help); !errors.Is(err, flag.ErrHelp) || !strings.Contains(help.String(), "-target regexp") {
		t.Errorf("%v\n%s", err, help.String())
	}
}

func TestReadInput(t *testing.T) {
	const version = "go test fuzz v1\n"
	for text, want := range map[string]string{
		version + "[]byte(\"a\\xff\\n\")\n": "a\xff\n",
		version + "string(\"b\")\n":         "b",
		version + "string(`c`)":             "c",
		version + "int(7)\n":                "error",
		version + "string(\"a\")\nint(7)\n": "error",
		"string(\"a\")\n":                   "error",
	} {
		name := filepath.Join(t.TempDir(), "seed")
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
		got, err := readInput(name)
		if err != nil {
			got = []byte("error")
		}
		if string(got) != want {
			t.Errorf("%q is %q, %v; want %q", text, got, err, want)
		}
	}
}

func TestFlags(t *testing.T) {
	for _, args := range []string{"", "-out x -target (", "-nonsense"} {
		if err := run(strings.Fields(args), io.Discard); err == nil {
			t.Errorf("%q passes", args)
		}
	}
}

// TestBuild builds one target, and runs its seeds, where clang is at hand.
func TestBuild(t *testing.T) {
	if testing.Short() {
		t.Skip("builds a program")
	}
	if _, err := exec.LookPath("clang++"); err != nil {
		t.Skip("no clang++")
	}
	if os.Getenv("ALICERT_LIBFUZZER") == "" {
		t.Skip("takes a minute; ALICERT_LIBFUZZER=1 asks for it")
	}
	t.Chdir(filepath.Join("..", "..", ".."))
	out := t.TempDir()
	var said bytes.Buffer
	if err := run([]string{"-out", out, "-target", "FuzzServerUsage"}, &said); err != nil {
		t.Fatalf("%v\n%s", err, &said)
	}
	program := exec.Command(filepath.Join(out, "FuzzServerUsage"), "-runs=2000", "-seed=1")
	program.Dir = out
	text, err := program.CombinedOutput()
	if err != nil || !bytes.Contains(text, []byte("Done 2000 runs")) {
		t.Errorf("%v\n%.2000s", err, text)
	}
}
