package fuzz

import (
	"fmt"
	"iter"
	"reflect"
	"time"

	"github.com/alicert/alicert/model"
)

// Options tells the harness about a machine. The zero value is enough for [Replay].
// Every function that generates inputs needs a Generator; all other fields are
// optional.
type Options[S, I, O any] struct {
	// Generator makes the inputs. A [Grammar] is one.
	Generator Generator[I, O]

	// Equal reports whether the system's output agrees with the machine's.
	// Nil means deep equality.
	Equal func(want, got O) bool

	// IDs tells where inputs and outputs contain ids that the system chooses.
	// Nil means nowhere.
	IDs *IDs[I, O]

	// Key returns the canonical text of a state: equal states, and only they,
	// have equal keys. The harness needs it after an input without an answer,
	// when the machine may be in several states. Nil prints the state with %+v.
	Key func(S) string

	// Same reports whether two states are equal. It may be faster than Key.
	// Nil compares keys.
	Same func(a, b S) bool

	// Invariants are checked after every step of the machine.
	Invariants []model.Invariant[S, I, O]

	// Outcome classifies an output in a few words. Shrinking keeps the outcomes
	// of a failure, so that it does not turn into another failure. Nil puts all
	// outputs into one class.
	Outcome func(O) string

	// Shrink yields simpler versions of an input, the simplest first. Nil means
	// the function [Shrink].
	Shrink func(I) iter.Seq[I]

	// Coverage counts the points that Touched yields for each step on which
	// machine and system agree. If either is nil, nothing is counted.
	Touched  func(model.Transition[S, I, O]) iter.Seq[Point]
	Coverage *Coverage

	// Unreached returns points that a run should reach and did not, such as codes
	// of the operations that it called. [Conform] logs them when the system
	// conforms, because what was not reached was not compared. Nil means none.
	Unreached func(reached *Coverage) []Point

	// Footprint tells which resources an input accesses, so that [Linearizable]
	// can check independent parts of a history separately. Nil means that a
	// history is one part.
	Footprint Footprint[S, I]

	// Idle reports whether an input with this output changes no state.
	// [Linearizable] may leave such inputs out of a failure. Nil means that no
	// input is known to be idle.
	Idle func(I, O) bool

	// Sequences is the number of sequences that [Conform] generates; 0 means 100.
	// Bytes is about the most bytes that one is generated from; 0 means 1024.
	Sequences, Bytes int
	// Seed selects the sequences.
	Seed uint64

	// Timeout bounds one call of the system; 0 means 10 seconds. The effect of a
	// call that timed out is unknown.
	Timeout time.Duration
	// MaxStates bounds the states that the machine may be in after inputs without
	// an answer; 0 means 64. A sequence that exceeds it ends.
	MaxStates int
	// Attempts bounds the sequences that are tried to shrink a failure; 0 means
	// 2,000, a negative number none.
	Attempts int

	// Program has the Go expressions of a printed failure.
	Program Program
}

// Only returns the options with a generator of the commands of the given names alone, as
// [Grammar.Only] does. The generator must be a [Grammar].
func (o Options[S, I, O]) Only(names ...string) Options[S, I, O] {
	o.Generator = o.choose("Only", names, true)
	return o
}

// Without returns the options with a generator without the commands of the given names,
// as [Grammar.Without] does. The generator must be a [Grammar].
func (o Options[S, I, O]) Without(names ...string) Options[S, I, O] {
	o.Generator = o.choose("Without", names, false)
	return o
}

func (o *Options[S, I, O]) choose(method string, names []string, keep bool) Generator[I, O] {
	g, ok := o.Generator.(interface {
		choosing(method string, names []string, keep bool) Generator[I, O]
	})
	if !ok {
		panic(fmt.Sprintf("fuzz: %s: the generator is no Grammar but a %T, which has no names of commands", method, o.Generator))
	}
	return g.choosing(method, names, keep)
}

func (o *Options[S, I, O]) equal(want, got O) bool {
	if o.Equal != nil {
		return o.Equal(want, got)
	}
	return reflect.DeepEqual(want, got)
}

// describe completes a failure with what people read: the differences of the outputs and
// the source.
func (o *Options[S, I, O]) describe(m model.Machine[S, I, O], open func() model.System[I, O], failed *Failure[I, O]) {
	failed.Source, failed.home = printedTest(*o, m, open, failed.Inputs)
	if failed.Broken != "" {
		return
	}
	for i, want := range failed.Want {
		d := differences(want, failed.Got, o.equal)
		if i == 0 || len(d) < len(failed.Differences) {
			failed.Differences = d
		}
	}
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
