// Command extract reads one published document and prints the error table in it
// as tab-separated lines: status, code and message, in document order. It made
// the golden tables in testdata/tables:
//
//	go run ./errcodes/internal/extract -form cdn FILE > testdata/tables/NAME.tsv
//
// FILE is a copy of the document; the documents are not part of this project.
package main

import (
	"bytes"
	"flag"
	"fmt"
	"io"
	"log"
	"os"

	"github.com/alicert/alicert/errcodes/internal/published"
)

// Exit codes.
const (
	exitOK = iota
	exitFailed
	exitUsage
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

func run(args []string, stdout, stderr io.Writer) int {
	logger := log.New(stderr, "extract: ", 0)
	flags := flag.NewFlagSet("extract -form cdn|alb|list [-heading TEXT] FILE", flag.ContinueOnError)
	flags.SetOutput(stderr)
	form := flags.String("form", "", "`form` of the document: cdn (Markdown table in Chinese), alb (flattened text) or list (Markdown table status, code, message)")
	heading := flags.String("heading", "", "the `text` of the heading above the table, with -form list")
	if err := flags.Parse(args); err != nil {
		return exitUsage // flag has said why
	}
	usage := func(why string) int {
		logger.Print(why)
		flags.Usage()
		return exitUsage
	}

	var read func(io.Reader) ([]published.Line, error)
	switch *form {
	case "cdn":
		read = published.CDN
	case "alb":
		read = published.ALB
	case "list":
		read = func(r io.Reader) ([]published.Line, error) { return published.List(r, *heading) }
	default:
		return usage(fmt.Sprintf("-form is %q; want cdn, alb or list", *form))
	}
	if (*form == "list") != (*heading != "") {
		return usage("-heading goes with -form list, and only with it")
	}
	if flags.NArg() != 1 {
		return usage(fmt.Sprintf("want one file; got %d", flags.NArg()))
	}
	if err := extract(flags.Arg(0), read, stdout); err != nil {
		logger.Print(err)
		return exitFailed
	}
	return exitOK
}

func extract(file string, read func(io.Reader) ([]published.Line, error), stdout io.Writer) error {
	data, err := os.ReadFile(file)
	if err != nil {
		return err
	}
	lines, err := read(bytes.NewReader(data))
	if err != nil {
		return fmt.Errorf("%s: %w", file, err)
	}
	return published.WriteTSV(stdout, lines)
}
