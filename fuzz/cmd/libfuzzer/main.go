// Command libfuzzer builds fuzz targets of package fuzz as libFuzzer programs, with
// their seed corpora as archives, for services that fuzz on many machines.
//
//	go run ./fuzz/cmd/libfuzzer -out DIR [-target REGEXP] [-seeds]
//
// A target is built without a change to it: an overlay makes its package's tests
// part of the package, with a stand-in for testing.F that takes the body and hands
// it to libFuzzer. For each target DIR gets the program, linked by the compiler $CXX
// (clang++) with $CXXFLAGS and $LIB_FUZZING_ENGINE (-fsanitize=fuzzer), and
// FuzzX_seed_corpus.zip with what is in testdata/fuzz/FuzzX. -seeds makes the
// archives only.
//
// Run it in the module's folder. It needs cgo and clang.
package main

import (
	"cmp"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/alicert/alicert/internal/cli"
)

func main() {
	if err := run(os.Args[1:], os.Stderr); err != nil && !errors.Is(err, flag.ErrHelp) {
		fmt.Fprintln(os.Stderr, "libfuzzer:", err)
		os.Exit(1)
	}
}

// source is the folder of the package, in the module.
const source = "fuzz"

func run(args []string, stderr io.Writer) error {
	flags := flag.NewFlagSet("libfuzzer", flag.ContinueOnError)
	out := flags.String("out", "", "`folder` for the programs and archives")
	pattern := flags.String("target", "", "build targets that match this `regexp`")
	seedsOnly := flags.Bool("seeds", false, "make the archives only")
	if err := cli.Parse(flags, "libfuzzer -out folder [flags]", args, stderr); err != nil {
		return err
	}
	wanted, err := regexp.Compile(*pattern)
	switch {
	case err != nil:
		return err
	case flags.NArg() > 0:
		return fmt.Errorf("want flags only, got the argument %q", flags.Arg(0))
	case *out == "":
		return errors.New("give -out")
	}
	if err := os.MkdirAll(*out, 0o755); err != nil {
		return err
	}
	targets, err := targetsIn(source)
	if err != nil {
		return err
	}
	for _, name := range targets {
		if !wanted.MatchString(name) {
			continue
		}
		if err := archive(filepath.Join(*out, name+"_seed_corpus.zip"), filepath.Join(source, "testdata", "fuzz", name)); err != nil {
			return err
		}
		if *seedsOnly {
			continue
		}
		if err := build(filepath.Join(*out, name), name, stderr); err != nil {
			return fmt.Errorf("%s: %w", name, err)
		}
	}
	return nil
}

// build builds one target.
func build(out, name string, stderr io.Writer) error {
	dir, err := os.MkdirTemp("", "libfuzzer")
	if err != nil {
		return err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	overlay, err := overlayFor(name, dir)
	if err != nil {
		return err
	}
	archive := filepath.Join(dir, name+".a")
	compile := exec.Command("go", "build", "-overlay="+overlay, "-buildmode=c-archive", "-tags=libfuzzer", "-gcflags=all=-d=libfuzzer",
		"-o", archive, "./"+source+"/cmd/libfuzzer/program")
	compile.Env = append(os.Environ(), "CGO_ENABLED=1")
	link := exec.Command(cmp.Or(os.Getenv("CXX"), "clang++"), linkFlags(archive, out)...) //nolint:gosec // the caller's compiler
	for _, cmd := range []*exec.Cmd{compile, link} {
		cmd.Stdout, cmd.Stderr = stderr, stderr
		if err := cmd.Run(); err != nil {
			return fmt.Errorf("%s: %w", cmd.Path, err)
		}
	}
	return nil
}

func linkFlags(archive, out string) []string {
	flags := strings.Fields(os.Getenv("CXXFLAGS"))
	flags = append(flags, archive)
	return append(append(flags, strings.Fields(cmp.Or(os.Getenv("LIB_FUZZING_ENGINE"), "-fsanitize=fuzzer"))...), "-o", out)
}
