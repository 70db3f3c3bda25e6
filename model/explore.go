package model

import (
	"iter"
	"slices"
)

// Space is a machine with the values for exploring it.
type Space[S, I, O any] struct {
	Machine Machine[S, I, O]

	// Inputs is the universe. Explore tries each input in every state.
	Inputs []I

	// Key is the canonical text of a state: two states are the same if and
	// only if their keys are. A key with a clock never repeats, and the exploration
	// never ends: write a time as what is left of it, such as "2 ticks until it
	// expires", and nothing for a time that no later step depends on.
	Key func(S) string

	// Same, if set, is a cheap comparison of states. It may return false for equal
	// states. Most inputs change nothing in most states, so == saves most keys if
	// states are comparable.
	Same func(from, to S) bool

	// Outcome returns the name of an output's outcome, such as the condition that
	// decided. There are finitely many outcomes.
	Outcome func(O) string

	// Invariants are checked at every transition.
	Invariants []Invariant[S, I, O]
}

// Invariant is a property of every transition of a machine. Holds returns a
// description of the violation, "" if there is none. It may take further steps from
// the states of the transition, because steps are pure.
type Invariant[S, I, O any] struct {
	Name  string
	Holds func(m Machine[S, I, O], t Transition[S, I, O]) string
}

// Limits bound an exploration. Zero is no limit.
type Limits struct {
	Depth  int // length of the longest sequence of inputs
	States int // number of states

	// Progress is called once for every new depth and every 1,000 states.
	Progress func(Progress)
}

// Progress is the progress of an exploration.
type Progress struct {
	Depth       int // of the state being expanded
	Expanded    int // states all of whose inputs were tried
	States      int // states found
	Transitions int // inputs tried
	Outcomes    int // outcomes seen
}

// Exploration is the result of Explore.
type Exploration[S, I, O any] struct {
	space    Space[S, I, O]
	visits   []visit[S]
	expanded int

	// Transitions is the number of inputs tried.
	Transitions int
	// Complete reports whether no limit cut the exploration short.
	Complete bool
	// Outcomes are in the order of discovery, so their paths are in the order of
	// length.
	Outcomes []Outcome[I, O]
	// DeadEnds are states without an input that leads to another state.
	DeadEnds []S
	// Broken has a violation with a shortest path for each broken invariant.
	Broken []Violation[I]
}

type visit[S any] struct {
	state  S
	parent int // index of the state it was reached from, -1 for the initial one
	input  int // index of the input that led here
	depth  int
}

// Outcome is an outcome that was reached.
type Outcome[I, O any] struct {
	Name   string
	Output O   // the first output of that name
	Path   []I // a shortest sequence of inputs; the last one has the output
}

// Violation is a broken invariant.
type Violation[I any] struct {
	Name string
	Why  string
	Path []I // a shortest sequence of inputs; the last one breaks it
}

// Explore visits, breadth first, every state that the universe of inputs reaches
// within the limits. It checks what must hold at every step. It does not check liveness,
// that something happens in the end: a dead end is the only hint of it.
func (space Space[S, I, O]) Explore(limits Limits) *Exploration[S, I, O] {
	e := &Exploration[S, I, O]{space: space, Complete: true}
	seen := map[string]bool{}
	outcomes, broken := map[string]bool{}, map[string]bool{}
	initial := space.Machine.Init()
	seen[space.Key(initial)] = true
	e.visits = []visit[S]{{state: initial, parent: -1}}
	depth := 0
	for ; e.expanded < len(e.visits); e.expanded++ {
		at := e.visits[e.expanded]
		if limits.Progress != nil && (at.depth > depth || e.expanded%1000 == 0) {
			limits.Progress(Progress{at.depth, e.expanded, len(e.visits), e.Transitions, len(e.Outcomes)})
		}
		depth = at.depth
		if limits.Depth > 0 && at.depth >= limits.Depth {
			e.Complete = false
			break
		}
		key, stuck := space.Key(at.state), true
		for i, input := range space.Inputs {
			next, output := space.Machine.Step(at.state, input)
			e.Transitions++
			t := Transition[S, I, O]{at.state, input, output, next}
			if name := space.Outcome(output); !outcomes[name] {
				outcomes[name] = true
				e.Outcomes = append(e.Outcomes, Outcome[I, O]{name, output, e.path(e.expanded, i)})
			}
			for _, inv := range space.Invariants {
				if broken[inv.Name] {
					continue
				}
				if why := inv.Holds(space.Machine, t); why != "" {
					broken[inv.Name] = true
					e.Broken = append(e.Broken, Violation[I]{inv.Name, why, e.path(e.expanded, i)})
				}
			}
			if space.Same != nil && space.Same(at.state, next) {
				continue
			}
			nextKey := space.Key(next)
			stuck = stuck && nextKey == key
			if seen[nextKey] {
				continue
			}
			if limits.States > 0 && len(e.visits) >= limits.States {
				e.Complete = false
				continue
			}
			seen[nextKey] = true
			e.visits = append(e.visits, visit[S]{next, e.expanded, i, at.depth + 1})
		}
		if stuck {
			e.DeadEnds = append(e.DeadEnds, at.state)
		}
	}
	return e
}

// path returns the inputs that lead to a state, and one further input.
func (e *Exploration[S, I, O]) path(to, last int) []I {
	path := []I{e.space.Inputs[last]}
	for v := e.visits[to]; v.parent >= 0; v = e.visits[v.parent] {
		path = append(path, e.space.Inputs[v.input])
	}
	slices.Reverse(path)
	return path
}

// Len returns the number of states found.
func (e *Exploration[S, I, O]) Len() int { return len(e.visits) }

// States yields the states in the order of discovery, each with the length of a
// shortest sequence of inputs that leads to it.
func (e *Exploration[S, I, O]) States() iter.Seq2[S, int] {
	return func(yield func(S, int) bool) {
		for _, v := range e.visits {
			if !yield(v.state, v.depth) {
				return
			}
		}
	}
}

// AllTransitions yields every transition that was tried. It computes them again.
func (e *Exploration[S, I, O]) AllTransitions() iter.Seq[Transition[S, I, O]] {
	return func(yield func(Transition[S, I, O]) bool) {
		for _, v := range e.visits[:e.expanded] {
			for _, input := range e.space.Inputs {
				next, output := e.space.Machine.Step(v.state, input)
				if !yield(Transition[S, I, O]{v.state, input, output, next}) {
					return
				}
			}
		}
	}
}
