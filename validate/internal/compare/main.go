// Command compare measures what a check costs, in terms of Go's tls.X509KeyPair
// on the same texts.
//
//	go run ./validate/internal/compare [-format text|json|markdown] [-rounds n] [-run pattern]
//
// The baselines take turns in small batches. A ratio compares processor times within
// a round, so that other work on the machine affects all alike; the table shows the
// median of all rounds. Differences below 5 % mean nothing. With -tags openssl
// OpenSSL takes part.
package main

import (
	"flag"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"regexp"

	"github.com/alicert/alicert/validate/internal/compare/baseline"
)

func main() {
	format := flag.String("format", "text", "text, json or markdown")
	rounds := flag.Int("rounds", 61, "rounds of each case")
	run := flag.String("run", "", "only the cases whose names match the `pattern`")
	folder := flag.String("pki", filepath.Join("testdata", "pki"), "the `folder` of the fixtures")
	flag.Parse()
	if err := compare(os.Stdout, *format, *rounds, *run, *folder); err != nil {
		fmt.Fprintln(os.Stderr, "compare:", err)
		os.Exit(1)
	}
}

func compare(w io.Writer, format string, rounds int, run, folder string) error {
	write, ok := formats[format]
	if !ok || rounds < 1 {
		return fmt.Errorf("no such format, or no rounds: %q, %d", format, rounds)
	}
	wanted, err := regexp.Compile(run)
	if err != nil {
		return err
	}
	pairs, err := baseline.ReadPairs(os.DirFS(folder))
	if err != nil {
		return fmt.Errorf("%w (run it in the root folder of the module)", err)
	}
	var results []result
	for _, p := range pairs {
		if !wanted.MatchString(p.Name) {
			continue
		}
		r, err := measure(p, rounds)
		if err != nil {
			return fmt.Errorf("%s: %w", p.Name, err)
		}
		results = append(results, r)
	}
	return write(w, results)
}
