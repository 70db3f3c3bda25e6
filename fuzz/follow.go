package fuzz

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/alicert/alicert/model"
)

// follower sends inputs to a system and follows it with a machine. While every
// input is answered, the machine is in one state. An input without an answer may
// have taken effect or not, so the machine is in either of two states after it.
type follower[S, I, O any] struct {
	options  Options[S, I, O]
	machine  model.Machine[S, I, O]
	system   model.System[I, O]
	branches []branch[S] // the states that the machine may be in; one at least

	sent    []I
	answers []O    // of the machine to sent; the zero value for one without an answer
	lost    []bool // of sent: which have no answer
	unknown int    // how many these are
	last    O      // the machine's answer to the last input
}

// branch is a state that the machine may be in, with the ids that the system chose on
// the way to it.
type branch[S any] struct {
	state S
	names names
}

func follow[S, I, O any](m model.Machine[S, I, O], system model.System[I, O], o Options[S, I, O]) *follower[S, I, O] {
	return &follower[S, I, O]{options: o, machine: m, system: system, branches: []branch[S]{{state: m.Init()}}}
}

// next sends an input and returns the failure that it shows, or nil. answered
// reports whether the system answered.
func (f *follower[S, I, O]) next(ctx context.Context, input I) (answered bool, failed *Failure[I, O]) {
	f.sent = append(f.sent, input)
	got, answered, panicked := f.do(ctx, f.options.IDs.send(f.branches[0].names, input))
	if panicked != nil {
		return false, f.fail(&Failure[I, O]{Broken: "no panic", Why: fmt.Sprint(panicked)})
	}
	if answered {
		failed = f.answered(input, got)
	} else {
		f.unknown++
		failed = f.unanswered(input)
	}
	if failed != nil {
		return answered, f.fail(failed)
	}
	var answer O
	if answered {
		answer = f.last
	}
	f.answers, f.lost = append(f.answers, answer), append(f.lost, !answered)
	return answered, nil
}

// answered keeps the branches in which the machine gives the same answer as the
// system.
func (f *follower[S, I, O]) answered(input I, got O) *Failure[I, O] {
	var left []branch[S]
	failed := &Failure[I, O]{}
	for i, b := range f.branches {
		t, broken := f.step(b.state, input)
		if broken != nil {
			return broken
		}
		names, renamed, contradiction := f.options.IDs.receive(b.names, t.Output, got)
		if contradiction == "" && f.options.equal(t.Output, renamed) {
			f.options.touch(t)
			f.last = t.Output
			left = append(left, branch[S]{t.To, names})
		}
		failed.Want = append(failed.Want, t.Output)
		if i == 0 {
			failed.Got, failed.IDs = renamed, contradiction
		}
	}
	if len(left) == 0 {
		return failed
	}
	f.branches = f.distinct(left)
	return nil
}

// unanswered keeps every branch as it is, and adds the one after the input.
func (f *follower[S, I, O]) unanswered(input I) *Failure[I, O] {
	var left []branch[S]
	for _, b := range f.branches {
		t, broken := f.step(b.state, input)
		if broken != nil {
			return broken
		}
		left = append(left, b, branch[S]{t.To, b.names})
	}
	f.branches = f.distinct(left)
	return nil
}

// step is a step of the machine, and the invariant that it breaks, if any.
func (f *follower[S, I, O]) step(state S, input I) (t model.Transition[S, I, O], broken *Failure[I, O]) {
	next, output := f.machine.Step(state, input)
	t = model.Transition[S, I, O]{From: state, Input: input, Output: output, To: next}
	for _, inv := range f.options.Invariants {
		if why := inv.Holds(f.machine, t); why != "" {
			return t, &Failure[I, O]{Broken: inv.Name, Why: why}
		}
	}
	return t, nil
}

// distinct returns the branches without repetitions. A single one costs no key.
func (f *follower[S, I, O]) distinct(branches []branch[S]) []branch[S] {
	if len(branches) == 1 {
		return branches
	}
	seen := map[string]bool{}
	return slices.DeleteFunc(branches, func(b branch[S]) bool {
		key := b.names.key() + f.options.key(b.state)
		known := seen[key]
		seen[key] = true
		return known
	})
}

// do calls the system.
func (f *follower[S, I, O]) do(ctx context.Context, input I) (got O, answered bool, panicked any) {
	timeout := f.options.Timeout
	if timeout == 0 {
		timeout = 10 * time.Second
	}
	ctx, cancel := context.WithTimeout(ctx, timeout)
	defer cancel()
	defer func() { panicked = recover() }()
	got, err := f.system.Do(ctx, input)
	return got, err == nil, nil
}

func (f *follower[S, I, O]) fail(failed *Failure[I, O]) *Failure[I, O] {
	failed.Inputs, failed.Unknown = slices.Clone(f.sent), f.unknown
	failed.Answers, failed.unanswered = slices.Clone(f.answers), slices.Clone(f.lost)
	return failed
}

// isLost reports whether the machine may be in too many states to go on.
func (f *follower[S, I, O]) isLost() bool {
	return len(f.branches) > orDefault(f.options.MaxStates, 64)
}
