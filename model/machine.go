package model

import (
	"context"
	"sync"
)

// Machine is a model: a state to begin with, and what one input does to a state.
// Step is pure, total and deterministic: it reads no clock and no random source,
// answers every input in every state, and the same way every time. States are
// values that Step does not change, so keeping an old one is free.
type Machine[S, I, O any] interface {
	Init() S
	Step(S, I) (S, O)
}

// System is anything that answers inputs one at a time: a fake over HTTP, a stub,
// the real service in a sandbox account, or a machine ([NewSystem]). An error
// means that there is no answer and that nobody knows whether the input took
// effect, as when a client times out; an answer that refuses is an O.
type System[I, O any] interface {
	Do(ctx context.Context, input I) (O, error)
}

// Func makes a machine from an initial state and a step function. Func(s, m.Step) is
// the machine m with the initial state s.
func Func[S, I, O any](initial S, step func(S, I) (S, O)) Machine[S, I, O] {
	return funcMachine[S, I, O]{initial, step}
}

type funcMachine[S, I, O any] struct {
	initial S
	step    func(S, I) (S, O)
}

func (m funcMachine[S, I, O]) Init() S              { return m.initial }
func (m funcMachine[S, I, O]) Step(s S, i I) (S, O) { return m.step(s, i) }

// NewSystem returns a system that answers as the machine does, from its initial
// state on. It is safe for concurrent use.
func NewSystem[S, I, O any](m Machine[S, I, O]) System[I, O] {
	return &localSystem[S, I, O]{machine: m, state: m.Init()}
}

type localSystem[S, I, O any] struct {
	machine Machine[S, I, O]
	mu      sync.Mutex
	state   S
}

func (l *localSystem[S, I, O]) Do(ctx context.Context, input I) (O, error) {
	if err := ctx.Err(); err != nil {
		var none O
		return none, err
	}
	l.mu.Lock()
	defer l.mu.Unlock()
	var output O
	l.state, output = l.machine.Step(l.state, input)
	return output, nil
}
