package main

import (
	"fmt"
	"io"
	"strings"
)

// writeText writes a finding for people.
func writeText(w io.Writer, f *finding) error {
	var b strings.Builder
	complete := "complete"
	if !f.complete {
		complete = "cut short by a limit: there may be more"
	}
	fmt.Fprintf(&b, "machine      %s, %s\nstates       %d\ntransitions  %d\nexploration  %s\n\n",
		f.machine, f.table, f.states, f.transitions, complete)
	fmt.Fprintf(&b, "OUTCOMES (%d)\n\n", len(f.outcomes))
	for _, o := range f.outcomes {
		writeOutcome(&b, &o)
	}
	fmt.Fprintf(&b, "INVARIANTS (%d)\n\n", len(f.invariants))
	for _, p := range f.invariants {
		if p.holds() {
			fmt.Fprintf(&b, "holds   %s\n", p.name)
			continue
		}
		fmt.Fprintf(&b, "BROKEN  %s: %s\n", p.name, p.why)
		writeInputs(&b, p.path)
	}
	fmt.Fprintf(&b, "\nDEAD ENDS (states that no input leaves)\n\n%d\n", f.deadEnds)
	_, err := io.WriteString(w, b.String())
	return err
}

func writeOutcome(b *strings.Builder, o *outcome) {
	if o.condition == 0 {
		fmt.Fprintln(b, o.name)
	} else {
		fmt.Fprintf(b, "%s (%d)\n  message    %s\n  condition  %s: %s\n",
			o.row.Code, o.row.Status, o.row.Message, o.name, o.condition.Meaning().EN)
	}
	fmt.Fprintf(b, "  depth      %d\n", len(o.path))
	writeInputs(b, o.path)
	b.WriteByte('\n')
}

func writeInputs(b *strings.Builder, path []input) {
	for i, in := range path {
		fmt.Fprintf(b, "  %9d. %s\n", i+1, in.text)
	}
}
