package fuzz

import (
	"fmt"
	"strings"
)

// Failure is a sequence of inputs on which a system and a machine differ, or on which
// the machine breaks an invariant. It is an error.
type Failure[I, O any] struct {
	// Inputs is the sequence. The last one shows the failure.
	Inputs []I
	// Answers has the machine's answers to the inputs before the last one. An input
	// without an answer of the system has the zero value.
	Answers []O
	// Unknown is the number of inputs that the system left without an answer.
	Unknown int

	// Got is the system's output for the last input, with its ids renamed to the
	// machine's. Want has the machine's outputs, one for each state that it may
	// be in.
	Got  O
	Want []O
	// Differences are the parts in which Got differs from the most similar output of
	// Want, as far as the comparison looks at them. IDs tells, if it is not empty, how
	// the system's ids contradict each other.
	Differences []Difference
	IDs         string

	// Broken is the name of the invariant that broke, and Why says how. Got, Want and
	// Differences have no meaning then.
	Broken, Why string

	// Found is the length of the sequence before shrinking.
	Found int
	// Source is a Go test that fails in the same way.
	Source string

	unanswered []bool // by the index of an input
	home       string // path of the package that inputs are printed for
}

// Error describes the failure: the inputs with their answers, what the system and the
// machine answer to the last one, and in what these differ. It leaves out the source.
func (f *Failure[I, O]) Error() string {
	var b strings.Builder
	fmt.Fprintf(&b, "after %d inputs", len(f.Inputs))
	if f.Found > len(f.Inputs) {
		fmt.Fprintf(&b, " (cut down from %d)", f.Found)
	}
	if f.Unknown > 0 {
		fmt.Fprintf(&b, ", %d of them without an answer", f.Unknown)
	}
	f.writeSteps(&b)
	if f.Broken != "" {
		fmt.Fprintf(&b, "\nthis does not hold: %s\nbecause %s", f.Broken, f.Why)
		return b.String()
	}
	fmt.Fprintf(&b, "\nthe system answers   %s", shown(f.Got))
	for _, want := range f.Want {
		fmt.Fprintf(&b, "\nthe machine answers  %s", shown(want))
	}
	if f.IDs != "" {
		fmt.Fprintf(&b, "\nthe ids contradict each other: %s", f.IDs)
	}
	for _, d := range f.Differences {
		fmt.Fprintf(&b, "\nthey differ in       %s", d)
	}
	return b.String()
}

// maxSteps is the number of inputs that Error shows. A shrunk failure seldom has more.
const maxSteps = 20

// writeSteps writes the inputs and the answers on the way to the failure.
func (f *Failure[I, O]) writeSteps(b *strings.Builder) {
	first := max(0, len(f.Inputs)-maxSteps)
	if first > 0 {
		fmt.Fprintf(b, "\n     … %d more", first)
	}
	for i := first; i < len(f.Inputs); i++ {
		fmt.Fprintf(b, "\n%6d %s", i+1, sourceOf(f.home, f.Inputs[i]))
		switch {
		case i < len(f.unanswered) && f.unanswered[i]:
			b.WriteString(" → no answer")
		case i < len(f.Answers) && i < len(f.Inputs)-1:
			b.WriteString(" → " + shown(f.Answers[i]))
		}
	}
}

// shown returns an output in one line.
func shown(output any) string {
	if e, ok := output.(interface{ Explain() string }); ok {
		return shorten(e.Explain())
	}
	text := fmt.Sprintf("%+v", output)
	if text == "" {
		return `""`
	}
	return shorten(text)
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
