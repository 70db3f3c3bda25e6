package fuzz

import (
	"encoding/json"
	"fmt"
	"strings"
)

// Failure is a sequence of inputs on which a system and a machine differ, or on which
// the machine breaks an invariant. It is an error.
type Failure[I, O any] struct {
	// Inputs is the sequence. The last one shows the failure.
	Inputs []I
	// Unknown is the number of inputs that the system left without an answer.
	Unknown int

	// Got is the system's output for the last input, with its ids renamed to the
	// machine's. Want has the machine's outputs, one for each state that it may
	// be in.
	Got  O
	Want []O

	// Broken is the name of the invariant that broke, and Why says how. Got and
	// Want have no meaning then.
	Broken, Why string

	// Found is the length of the sequence before shrinking.
	Found int
	// Source is a Go test that fails in the same way.
	Source string
}

// Error describes the failure in a few lines, without its source.
func (f *Failure[I, O]) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "after %d inputs", len(f.Inputs))
	if f.Found > len(f.Inputs) {
		fmt.Fprintf(&b, " (cut down from %d)", f.Found)
	}
	if f.Unknown > 0 {
		fmt.Fprintf(&b, ", %d of them without an answer", f.Unknown)
	}
	if f.Broken != "" {
		fmt.Fprintf(&b, "\nthis does not hold: %s\nbecause %s", f.Broken, f.Why)
		return b.String()
	}
	got := f.show(f.Got, false)
	fmt.Fprintf(&b, "\nthe system answers   %s", got)
	for _, want := range f.Want {
		shown := f.show(want, false)
		if shown == got { // the difference is in the full form only
			shown = f.show(want, true) + "\nthe system in full   " + f.show(f.Got, true)
		}
		fmt.Fprintf(&b, "\nthe machine answers  %s", shown)
	}
	return b.String()
}

func (f *Failure[I, O]) show(output O, full bool) string {
	if !full {
		return shown(output)
	}
	if data, err := json.Marshal(output); err == nil {
		return string(data)
	}
	return fmt.Sprintf("%+v", output)
}

// signature identifies the kind of a failure, which shrinking keeps.
func (f *Failure[I, O]) signature(outcome func(O) string) string {
	if f.Broken != "" {
		return "broken " + f.Broken
	}
	s := "got " + outcome(f.Got)
	for _, want := range f.Want {
		if w := " want " + outcome(want); !strings.Contains(s, w) {
			s += w
		}
	}
	return s
}
