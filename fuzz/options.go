package fuzz

import (
	"fmt"
	"iter"
	"reflect"
	"time"

	"github.com/alicert/alicert/model"
)

// Options is what the harness has to know of a machine beyond its steps. The
// zero value will do where inputs are not to be made. [CDN], [ALB] and [World]
// return the options of this library's machines.
type Options[S, I, O any] struct {
	// Generator makes the inputs.
	Generator Generator[I, O]

	// Equal says whether a system's answer is the machine's. Nil is deep
	// equality.
	Equal func(want, got O) bool

	// IDs says where inputs and outputs have ids that are the system's to
	// give. Nil: there are none.
	IDs *IDs[I, O]

	// Key is the canonical text of a state: two states are the same if and
	// only if their keys are. It is needed where the machine may be in one
	// of several states, after an input without an answer. Nil prints the
	// state.
	Key func(S) string

	// Same says whether two states are the same, quickly. Nil compares keys.
	Same func(a, b S) bool

	// Invariants are checked at every step of the machine.
	Invariants []model.Invariant[S, I, O]

	// Outcome names an output in few words: a failure is not cut down to one
	// with other outcomes. Nil: all are the same.
	Outcome func(O) string

	// Shrink yields inputs that are simpler than the given one, the
	// simplest first. Nil is [Shrink].
	Shrink func(I) iter.Seq[I]

	// Touched yields what a step that machine and system agree on counts as,
	// for Coverage, where it is counted. Either may be nil.
	Touched  func(model.Transition[S, I, O]) iter.Seq[Point]
	Coverage *Coverage

	// Footprint says what an input touches, so that [Linearizable] can judge
	// parts of a history by themselves. Nil: a history is one part.
	Footprint Footprint[S, I]

	// Idle reports whether an input that is answered so changes nothing,
	// whatever the state. Nil: of none it is known.
	Idle func(I, O) bool

	// Sequences is how many sequences [Conform] makes, 0 means 100, of at
	// most Bytes bytes, 0 means 1024.
	Sequences, Bytes int
	// Seed decides which sequences these are.
	Seed uint64

	// Timeout is how long a system may take to answer, 0 means 10 seconds.
	// After that nobody knows whether the input took effect.
	Timeout time.Duration
	// MaxStates is in how many states the machine may be at a time, 0 means
	// 64: a sequence with more inputs without an answer than that allows is
	// ended.
	MaxStates int
	// Attempts is how many sequences may be tried to make a failure shorter
	// and simpler, 0 means 2,000; negative: none.
	Attempts int

	// Program is what a printed failure is made of.
	Program Program
}

// Program has Go expressions, of which a failure is printed as a test that
// compiles. Empty ones are printed as the names machine, open and options, for
// the reader to define.
type Program struct {
	Machine string   // such as cdn.Machine{}
	Open    string   // a function that returns a new system
	Options string   // such as fuzz.CDN()
	Imports []string // paths of the packages in these expressions

	// Package is the path of the package that the test is to be pasted into,
	// whose names it can use as they are: for an external test package, that
	// of the package it tests with _test behind it. Empty: a package of its
	// own.
	Package string
}

func (o *Options[S, I, O]) equal(want, got O) bool {
	if o.Equal != nil {
		return o.Equal(want, got)
	}
	return reflect.DeepEqual(want, got)
}

func (o *Options[S, I, O]) key(s S) string {
	if o.Key != nil {
		return o.Key(s)
	}
	return fmt.Sprintf("%+v", s)
}

func (o *Options[S, I, O]) same(a, b S) bool {
	if o.Same != nil {
		return o.Same(a, b)
	}
	return o.key(a) == o.key(b)
}

func (o *Options[S, I, O]) outcome(output O) string {
	if o.Outcome != nil {
		return o.Outcome(output)
	}
	return ""
}

func (o *Options[S, I, O]) touch(t model.Transition[S, I, O]) {
	if o.Coverage == nil || o.Touched == nil {
		return
	}
	for p := range o.Touched(t) {
		o.Coverage.Touch(p)
	}
}

func orDefault(n, standard int) int {
	if n == 0 {
		return standard
	}
	return n
}
