package fuzz

import (
	"fmt"

	"github.com/alicert/alicert/model/table"
)

// IDs tells where inputs and outputs contain ids that the system chooses. The system's
// ids may differ from the machine's if they map one to one. The harness sends inputs
// with the system's ids and compares outputs with the machine's.
type IDs[I, O any] struct {
	// Given returns the ids in an output that may be new. Their order must not
	// depend on their values.
	Given func(O) []string
	// Input and Output return a copy with every id renamed.
	Input  func(in I, rename func(string) string) I
	Output func(out O, rename func(string) string) O
}

// names maps the machine's ids to the system's and back. It also has the ids that are
// equal, because the mapping must stay one to one.
type names struct {
	theirs, ours table.Table[string]
	other        bool // at least one id differs
}

// match adds the ids that an output gives. The contradiction tells of one that is mapped
// to another id already; it is empty if there is none.
func (n names) match(want, got []string) (_ names, contradiction string) {
	if len(want) != len(got) { // not the same kind of answer; Options.Equal decides
		return n, ""
	}
	for i, ours := range want {
		theirs := got[i]
		known, knownOurs := n.theirs.Get(ours)
		back, knownTheirs := n.ours.Get(theirs)
		switch {
		case !knownOurs && !knownTheirs:
			n.theirs, n.ours = n.theirs.Set(ours, theirs), n.ours.Set(theirs, ours)
			n.other = n.other || ours != theirs
		case knownOurs && known != theirs:
			return n, fmt.Sprintf("the machine's %q was the system's %q before and is %q now", ours, known, theirs)
		case back != ours:
			return n, fmt.Sprintf("the system's %q was the machine's %q before and is %q now", theirs, back, ours)
		}
	}
	return n, ""
}

func (n names) toTheirs(id string) string {
	if theirs, ok := n.theirs.Get(id); ok {
		return theirs
	}
	return id
}

func (n names) toOurs(id string) string {
	if ours, ok := n.ours.Get(id); ok {
		return ours
	}
	return id
}

func (n names) key() string { return n.theirs.String() }

// send returns the input with the system's ids.
func (d *IDs[I, O]) send(n names, input I) I {
	if d == nil || !n.other {
		return input
	}
	return d.Input(input, n.toTheirs)
}

// receive returns a system's output with the machine's ids, and the new names. The
// contradiction is not empty if the ids do not map one to one.
func (d *IDs[I, O]) receive(n names, want, got O) (_ names, _ O, contradiction string) {
	if d == nil {
		return n, got, ""
	}
	next, contradiction := n.match(d.Given(want), d.Given(got))
	if contradiction != "" || !next.other {
		return next, got, contradiction
	}
	return next, d.Output(got, next.toOurs), ""
}
