package fuzz

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/alicert/alicert/model"
)

// follower sends inputs to a system and follows it with a machine.
type follower[S, I, O any] struct {
	options Options[S, I, O]
	machine model.Machine[S, I, O]
	system  model.System[I, O]
	checker *model.Checker[branch[S], exchange[I, O], answer[O]]

	sent    []I
	unknown int   // inputs without an answer
	states  int   // that the machine may be in
	names   names // of the first of them
	keyed   bool  // states have to be told apart
	last    O     // what the machine answered to the last input, if it agrees
	broken  *Failure[I, O]
}

// branch is a state that the machine may be in.
type branch[S any] struct {
	state S
	names names
}

// exchange is an input and what the system answered.
type exchange[I, O any] struct {
	input   I
	got     O
	unknown bool
}

// answer is what the machine answers, and the system's answer in its words.
type answer[O any] struct {
	want, got O
	agreed    bool
}

func follow[S, I, O any](m model.Machine[S, I, O], system model.System[I, O], o Options[S, I, O]) *follower[S, I, O] {
	f := &follower[S, I, O]{options: o, machine: m, system: system, states: 1}
	f.checker = model.NewChecker(model.Func(branch[S]{state: m.Init()}, f.step), f.key,
		func(want, _ answer[O]) bool { return want.agreed })
	return f
}

// step is a step of one branch.
func (f *follower[S, I, O]) step(b branch[S], x exchange[I, O]) (branch[S], answer[O]) {
	next, want := f.machine.Step(b.state, x.input)
	t := model.Transition[S, I, O]{From: b.state, Input: x.input, Output: want, To: next}
	for _, inv := range f.options.Invariants {
		if f.broken != nil {
			break
		}
		if why := inv.Holds(f.machine, t); why != "" {
			f.broken = &Failure[I, O]{Broken: inv.Name, Why: why}
		}
	}
	if x.unknown {
		return branch[S]{next, b.names}, answer[O]{want: want}
	}
	names, got, ok := f.options.IDs.receive(b.names, want, x.got)
	if ok = ok && f.options.equal(want, got); ok {
		f.options.touch(t)
		f.last = want
	}
	return branch[S]{next, names}, answer[O]{want, got, ok}
}

// key tells branches apart. Where there is one, there is nothing to tell.
func (f *follower[S, I, O]) key(b branch[S]) string {
	if !f.keyed {
		return ""
	}
	return b.names.key() + f.options.key(b.state)
}

// next sends an input and says what is wrong, if anything is. answered reports
// whether the system did.
func (f *follower[S, I, O]) next(ctx context.Context, input I) (answered bool, failed *Failure[I, O]) {
	f.sent = append(f.sent, input)
	got, answered, panicked := f.do(ctx, f.options.IDs.send(f.names, input))
	if panicked != nil {
		return false, f.fail(&Failure[I, O]{Broken: "no panic", Why: fmt.Sprint(panicked)})
	}
	if !answered {
		f.unknown++
	}
	f.keyed = f.states > 1 || !answered
	x := exchange[I, O]{input, got, !answered}
	err := f.checker.Next(model.Record[exchange[I, O], answer[O]]{Input: x, Unknown: !answered})
	if f.broken != nil {
		return answered, f.fail(f.broken)
	}
	if diverged, ok := errors.AsType[*model.Divergence[branch[S], exchange[I, O], answer[O]]](err); ok {
		failed := &Failure[I, O]{Got: diverged.Want[0].Output.got}
		for _, t := range diverged.Want {
			failed.Want = append(failed.Want, t.Output.want)
		}
		return answered, f.fail(failed)
	}
	f.states = 0
	for b := range f.checker.States() {
		if f.states++; f.states == 1 {
			f.names = b.names
		}
	}
	return answered, nil
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
	return failed
}

// lost reports whether the machine may be in too many states to go on.
func (f *follower[S, I, O]) lost() bool { return f.states > orDefault(f.options.States, 64) }
