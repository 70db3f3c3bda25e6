// Command gen writes every code of the library, with the conditions that
// map to it, as Markdown tables. It runs through go generate:
//
//	go generate ./errcodes
package main

import (
	"bytes"
	"flag"
	"io"
	"log"
	"os"

	"github.com/alicert/alicert/errcodes"
)

// Exit codes.
const (
	exitOK = iota
	exitFailed
	exitUsage
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

func run(args []string, stdout, stderr io.Writer) int {
	logger := log.New(stderr, "gen: ", 0)
	flags := flag.NewFlagSet("gen", flag.ContinueOnError)
	flags.SetOutput(stderr)
	out := flags.String("out", "", "`file` to write; empty for the standard output")
	if err := flags.Parse(args); err != nil {
		return exitUsage // flag has said why
	}
	if flags.NArg() != 0 {
		logger.Printf("want no arguments; got %q", flags.Args())
		return exitUsage
	}
	if err := write(*out, stdout); err != nil {
		logger.Print(err)
		return exitFailed
	}
	return exitOK
}

func write(file string, stdout io.Writer) error {
	if file == "" {
		return Render(stdout, errcodes.Tables())
	}
	// Render into memory first, so that a failure does not leave half a file.
	var b bytes.Buffer
	if err := Render(&b, errcodes.Tables()); err != nil {
		return err
	}
	return os.WriteFile(file, b.Bytes(), 0o644) //nolint:gosec // a document for everybody
}
