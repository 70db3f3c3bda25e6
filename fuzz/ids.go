package fuzz

import "github.com/alicert/alicert/model/table"

// IDs says where inputs and outputs have ids. A system is free to give other ids
// than the machine, as long as each of its ids stands for one of the machine's
// and the other way round: inputs are sent with the system's, and its answers
// compared with the machine's in place of them.
type IDs[I, O any] struct {
	// Given returns the ids in an output that may be new, in an order that
	// does not depend on them.
	Given func(O) []string
	// Input and Output return what they are given with every id renamed.
	Input  func(in I, rename func(string) string) I
	Output func(out O, rename func(string) string) O
}

// names maps the machine's ids to those of the system and back. Ids that are the
// same to both are there too: neither may stand for another.
type names struct {
	theirs, ours table.Table[string]
	other        bool // one of them is another to the system
}

// match returns the names with those added that an output gives; ok is false if
// one of them stands for something else already.
func (n names) match(want, got []string) (_ names, ok bool) {
	if len(want) != len(got) {
		return n, false
	}
	for i, ours := range want {
		theirs := got[i]
		known, knownOurs := n.theirs.Get(ours)
		back, knownTheirs := n.ours.Get(theirs)
		switch {
		case !knownOurs && !knownTheirs:
			n.theirs, n.ours = n.theirs.Set(ours, theirs), n.ours.Set(theirs, ours)
			n.other = n.other || ours != theirs
		case known != theirs || back != ours:
			return n, false
		}
	}
	return n, true
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

// send returns the input as the system knows it.
func (d *IDs[I, O]) send(n names, input I) I {
	if d == nil || !n.other {
		return input
	}
	return d.Input(input, n.toTheirs)
}

// receive returns a system's output as the machine knows it, and the names that
// there are then; ok is false if they do not fit.
func (d *IDs[I, O]) receive(n names, want, got O) (_ names, _ O, ok bool) {
	if d == nil {
		return n, got, true
	}
	next, ok := n.match(d.Given(want), d.Given(got))
	if !ok || !next.other {
		return next, got, ok
	}
	return next, d.Output(got, next.toOurs), true
}
