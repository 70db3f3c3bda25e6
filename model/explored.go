package model

import (
	"fmt"
	"strings"
)

// Text returns the exploration for people: the size, each outcome with a shortest sequence
// of inputs, which invariants hold or how they are broken, and the dead ends. show prints
// an input in one line; nil prints it with its method Explain, or else with %+v. For a
// drawing see [Exploration.Graph].
func (e *Exploration[S, I, O]) Text(show func(I) string) string {
	if show == nil {
		show = func(in I) string { return explain(in) }
	}
	var b strings.Builder
	complete := "complete"
	if !e.Complete {
		complete = "cut short by a limit: there may be more"
	}
	fmt.Fprintf(&b, "states       %d\ntransitions  %d\nexploration  %s\n", e.Len(), e.Transitions, complete)
	path := func(inputs []I) {
		for i, in := range inputs {
			fmt.Fprintf(&b, "  %4d. %s\n", i+1, oneLine(show(in)))
		}
	}
	fmt.Fprintf(&b, "\nOUTCOMES (%d)\n", len(e.Outcomes))
	for _, o := range e.Outcomes {
		fmt.Fprintf(&b, "\n%s\n", oneLine(o.Name))
		path(o.Path)
	}
	broken := map[string]Violation[I]{}
	for _, v := range e.Broken {
		broken[v.Name] = v
	}
	fmt.Fprintf(&b, "\nINVARIANTS (%d)\n", len(e.space.Invariants))
	for i, inv := range e.space.Invariants {
		if i == 0 {
			b.WriteByte('\n')
		}
		v, is := broken[inv.Name]
		if !is {
			fmt.Fprintf(&b, "holds   %s\n", inv.Name)
			continue
		}
		fmt.Fprintf(&b, "BROKEN  %s: %s\n", inv.Name, v.Why)
		path(v.Path)
	}
	fmt.Fprintf(&b, "\nDEAD ENDS (states that no input leaves): %d\n", len(e.DeadEnds))
	return b.String()
}
