package main

import (
	"encoding/json"
	"fmt"
	"io"
	"path"
	"text/tabwriter"
	"time"
)

// A result is what came of one target.
type result struct {
	Package    string   `json:"package"`
	Name       string   `json:"name"`
	Seconds    float64  `json:"seconds"`           // that it ran
	Executions int      `json:"executions"`        // of its body
	Ceiling    float64  `json:"ceiling,omitempty"` // executions in a second with an empty body
	Added      int      `json:"added"`             // inputs that reach new code
	Corpus     int      `json:"corpus"`            // all of them, with the seeds
	Codes      []string `json:"codes,omitempty"`   // error codes that its executions earned
	Failure    string   `json:"failure,omitempty"` // what the engine printed
	Input      string   `json:"input,omitempty"`   // the file of the input that failed, in the package
}

func (r *result) failed() bool { return r.Failure != "" }

// perSecond is the number of executions in a second.
func (r *result) perSecond() float64 {
	return rate(r.Executions, time.Duration(r.Seconds*float64(time.Second)))
}

type summary struct {
	Parallel    int      `json:"parallel"` // processes that ran inputs
	Interrupted bool     `json:"interrupted,omitempty"`
	Targets     []result `json:"targets"`
}

func (s *summary) failures() (n int) {
	for i := range s.Targets {
		if s.Targets[i].failed() {
			n++
		}
	}
	return n
}

func (s *summary) failed() bool { return s.failures() > 0 }

func (s *summary) write(w io.Writer, asJSON bool) error {
	if asJSON {
		enc := json.NewEncoder(w)
		enc.SetIndent("", "\t")
		enc.SetEscapeHTML(false)
		return enc.Encode(s)
	}
	table := tabwriter.NewWriter(w, 0, 0, 2, ' ', tabwriter.AlignRight)
	_, _ = fmt.Fprint(table, "target\texecutions\ta second\tempty body\tnew inputs\tinputs\tcodes\t\n")
	var all result
	codes := map[string]bool{}
	for i := range s.Targets {
		r := &s.Targets[i]
		row(table, path.Base(r.Package)+"."+r.Name, r, len(r.Codes))
		all.Executions += r.Executions
		all.Seconds += r.Seconds
		all.Added += r.Added
		all.Corpus += r.Corpus
		for _, code := range r.Codes {
			codes[code] = true
		}
	}
	row(table, "all", &all, len(codes))
	if err := table.Flush(); err != nil {
		return err
	}
	for i := range s.Targets {
		if r := &s.Targets[i]; r.failed() {
			_, _ = fmt.Fprintf(w, "FAIL: %s.%s\n", r.Package, r.Name)
			if r.Input != "" {
				_, _ = fmt.Fprintf(w, "\tgo test -run='^%s$' %s; the input is %s\n", r.Name, r.Package, r.Input)
			}
		}
	}
	took := time.Duration(all.Seconds * float64(time.Second)).Round(time.Second)
	_, err := fmt.Fprintf(w, "%d targets, %d failed; %v of fuzzing in %d processes\n", len(s.Targets), s.failures(), took, s.Parallel)
	return err
}

func row(w io.Writer, name string, r *result, codes int) {
	ceiling, earned := "-", "-"
	if r.Ceiling > 0 {
		ceiling = fmt.Sprintf("%.0f", r.Ceiling)
	}
	if codes > 0 {
		earned = fmt.Sprint(codes)
	}
	_, _ = fmt.Fprintf(w, "%s\t%d\t%.0f\t%s\t%d\t%d\t%s\t\n", name, r.Executions, r.perSecond(), ceiling, r.Added, r.Corpus, earned)
}
