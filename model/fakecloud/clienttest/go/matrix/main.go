// Command matrix writes the observations of the clients to a page, between the lines
// <!-- clients --> and <!-- /clients -->.
//
//	go run ./matrix [-update] PAGE RESULTS...
//
// Without -update it compares. The exit status is 0 if the page matches the results,
// 1 if not, 2 for a usage error or an unreadable file.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"strings"

	clienttest "github.com/alicert/alicert/model/fakecloud/clienttest/go"
)

const (
	begins = "<!-- clients -->\n"
	ends   = "<!-- /clients -->\n"
)

func main() { os.Exit(run(os.Args[1:], "..", os.Stderr)) }

// run executes the command. The suite is in a folder.
func run(args []string, suite string, stderr io.Writer) int {
	flags := flag.NewFlagSet("matrix", flag.ContinueOnError)
	flags.SetOutput(stderr)
	update := flags.Bool("update", false, "write the page")
	if err := flags.Parse(args); err != nil {
		return 2
	}
	if flags.NArg() < 2 {
		_, _ = fmt.Fprintln(stderr, "matrix: want a page and results")
		return 2
	}
	current, err := write(flags.Arg(0), flags.Args()[1:], suite, *update)
	switch {
	case err != nil:
		_, _ = fmt.Fprintf(stderr, "matrix: %v\n", err)
		return 2
	case !current:
		_, _ = fmt.Fprintf(stderr, "matrix: %s does not match the results; -update writes it\n", flags.Arg(0))
		return 1
	}
	return 0
}

// write compares the page with the results, and updates it if asked. It reports whether
// the page then matches.
func write(page string, files []string, folder string, update bool) (current bool, err error) {
	suite, err := clienttest.ReadSuite(folder)
	if err != nil {
		return false, err
	}
	var results []clienttest.Result
	for _, file := range files {
		more, err := clienttest.ReadResults(file)
		if err != nil {
			return false, fmt.Errorf("%s: %w", file, err)
		}
		results = append(results, more...)
	}
	tables, err := tables(suite, results)
	if err != nil {
		return false, err
	}
	data, err := os.ReadFile(page) //nolint:gosec // the caller names the file
	if err != nil {
		return false, err
	}
	before, rest, begun := strings.Cut(string(data), begins)
	_, after, ended := strings.Cut(rest, ends)
	if !begun || !ended {
		return false, fmt.Errorf("%s: no %s and %s", page, strings.TrimSpace(begins), strings.TrimSpace(ends))
	}
	text := before + begins + tables + ends + after
	if text == string(data) || !update {
		return text == string(data), nil
	}
	return true, os.WriteFile(page, []byte(text), 0o644) //nolint:gosec // everybody may read the page
}
