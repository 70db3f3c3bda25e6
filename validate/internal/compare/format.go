package main

import (
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"github.com/alicert/alicert/validate/internal/compare/baseline"
)

var formats = map[string]func(io.Writer, []result) error{
	"text": writeText, "json": writeJSON, "markdown": writeMarkdown,
}

// row is one line of a table, the allocations of the verdict at its end.
func (r *result) row() []string {
	cells := []string{r.Name, fmt.Sprintf("%.0f", float64(r.Base.Nanoseconds())/1000)}
	for _, name := range r.Others {
		cells = append(cells, fmt.Sprintf("%.3f", r.Ratios[name]))
	}
	return append(cells, fmt.Sprintf("%.0f", r.Allocs[baseline.Verdict]))
}

func header(results []result) []string {
	cells := []string{"case", "X509KeyPair, µs"}
	if len(results) > 0 {
		cells = append(cells, results[0].Others...)
	}
	return append(cells, "allocations of the verdict")
}

func writeText(w io.Writer, results []result) error {
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	_, _ = fmt.Fprintln(table, strings.Join(header(results), "\t"))
	for _, r := range results {
		_, _ = fmt.Fprintln(table, strings.Join(r.row(), "\t"))
	}
	return table.Flush()
}

func writeMarkdown(w io.Writer, results []result) error {
	line := func(cells []string) string { return "| " + strings.Join(cells, " | ") + " |" }
	titles := header(results)
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n|---|%s\n", line(titles), strings.Repeat("---:|", len(titles)-1))
	for _, r := range results {
		fmt.Fprintln(&b, line(r.row()))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

func writeJSON(w io.Writer, results []result) error {
	cases := make([]map[string]any, 0, len(results))
	for _, r := range results {
		one := map[string]any{
			"name": r.Name, "allocs": r.Allocs[baseline.Verdict], "reportAllocs": r.Allocs[baseline.Report],
			"x509KeyPairMicroseconds": float64(r.Base.Nanoseconds()) / 1000,
		}
		for name, ratio := range r.Ratios {
			one[name] = ratio
		}
		cases = append(cases, one)
	}
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	return encoder.Encode(map[string]any{"cases": cases})
}
