package model

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"reflect"
)

// Record is one line of a trace: an input and a system's output.
type Record[I, O any] struct {
	Input  I `json:"input"`
	Output O `json:"output"`

	// Unknown reports that there was no answer. The input may or may not have taken
	// effect, and Output has no meaning.
	Unknown bool `json:"unknown,omitempty"`
}

// Checker compares a trace with a machine.
type Checker[S, I, O any] struct {
	machine Machine[S, I, O]
	key     func(S) string
	equal   func(want, got O) bool
	states  []S
	index   int
}

// NewChecker returns a checker that begins at the machine's initial state. key is the
// canonical text of a state. equal reports whether an output of the trace agrees with
// the machine's. If it is nil, outputs are compared by their method Equal, as
// [Output] has one, or by deep equality.
func NewChecker[S, I, O any](m Machine[S, I, O], key func(S) string, equal func(want, got O) bool) *Checker[S, I, O] {
	if equal == nil {
		equal = func(want, got O) bool {
			if w, ok := any(want).(interface{ Equal(O) bool }); ok {
				return w.Equal(got)
			}
			return reflect.DeepEqual(want, got)
		}
	}
	return &Checker[S, I, O]{machine: m, key: key, equal: equal, states: []S{m.Init()}}
}

// Next checks one record. The error is a [*Divergence] and leaves the checker as it
// was.
func (c *Checker[S, I, O]) Next(r Record[I, O]) error {
	var next []S
	var steps []Transition[S, I, O]
	seen := map[string]bool{}
	add := func(s S) {
		if k := c.key(s); !seen[k] {
			seen[k] = true
			next = append(next, s)
		}
	}
	for _, s := range c.states {
		to, output := c.machine.Step(s, r.Input)
		steps = append(steps, Transition[S, I, O]{s, r.Input, output, to})
		switch {
		case r.Unknown:
			add(s)
			add(to)
		case c.equal(output, r.Output):
			add(to)
		}
	}
	if len(next) == 0 {
		return &Divergence[S, I, O]{c.index, r.Input, r.Output, steps}
	}
	c.states = next
	c.index++
	return nil
}

// States yields the possible states of the machine, one for each key.
func (c *Checker[S, I, O]) States() iter.Seq[S] {
	return func(yield func(S) bool) {
		for _, s := range c.states {
			if !yield(s) {
				return
			}
		}
	}
}

// Follow checks a recorded trace, which has JSON lines of [Record]. It returns the
// number of records that agree. The error is the first [*Divergence], or tells why
// the trace cannot be read.
func (c *Checker[S, I, O]) Follow(trace io.Reader) (records int, err error) {
	for d := json.NewDecoder(trace); ; records++ {
		var r Record[I, O]
		if err := d.Decode(&r); errors.Is(err, io.EOF) {
			return records, nil
		} else if err != nil {
			return records, fmt.Errorf("model: record %d of the trace: %w", records, err)
		}
		if err := c.Next(r); err != nil {
			return records, err
		}
	}
}
