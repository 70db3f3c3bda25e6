package model

import (
	"crypto/sha256"
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

// Exploration is the result of Explore. It does not keep the states, only by which input
// each was reached: States, AllTransitions and Graph compute them again.
type Exploration[S, I, O any] struct {
	space    Space[S, I, O]
	visits   []visit
	levels   []int // index of the first state of each depth
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
//
// Keys are compared by their first 128 bits of SHA-256.
func (space Space[S, I, O]) Explore(limits Limits) *Exploration[S, I, O] {
	e := &Exploration[S, I, O]{space: space, visits: []visit{{parent: -1}}, levels: []int{0}, Complete: true}
	seen := map[digest]struct{}{digestOf(space.Key(space.Machine.Init())): {}}
	outcomes, broken := map[string]bool{}, map[string]bool{}
	states := walk[S, I, O]{exploration: e}
	for depth := -1; e.expanded < len(e.visits); e.expanded++ {
		state, isDeeper := states.next(), e.expanded == e.levels[len(e.levels)-1]
		if isDeeper {
			depth++
			e.levels = append(e.levels, len(e.visits)) // of the next depth, if there is one
		}
		if limits.Progress != nil && (isDeeper || e.expanded%1000 == 0) {
			limits.Progress(Progress{depth, e.expanded, len(e.visits), e.Transitions, len(e.Outcomes)})
		}
		if limits.Depth > 0 && depth >= limits.Depth {
			e.Complete = false
			break
		}
		key, stuck := space.Key(state), true
		for i, input := range space.Inputs {
			next, output := space.Machine.Step(state, input)
			e.Transitions++
			t := Transition[S, I, O]{state, input, output, next}
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
			if space.Same != nil && space.Same(state, next) {
				continue
			}
			nextKey := space.Key(next)
			if nextKey == key {
				continue
			}
			stuck = false
			id := digestOf(nextKey)
			if _, known := seen[id]; known {
				continue
			}
			if limits.States > 0 && len(e.visits) >= limits.States {
				e.Complete = false
				continue
			}
			seen[id] = struct{}{}
			e.visits = append(e.visits, visit{e.expanded, i})
		}
		if stuck {
			e.DeadEnds = append(e.DeadEnds, state)
		}
	}
	return e
}

// digest stands for a key: keys are long.
type digest [16]byte

func digestOf(key string) digest {
	sum := sha256.Sum256([]byte(key))
	return digest(sum[:])
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
// shortest sequence of inputs that leads to it. It computes them again.
func (e *Exploration[S, I, O]) States() iter.Seq2[S, int] {
	return func(yield func(S, int) bool) {
		states, depth := walk[S, I, O]{exploration: e}, 0
		for i := range e.visits {
			if depth+1 < len(e.levels) && i >= e.levels[depth+1] {
				depth++
			}
			if !yield(states.next(), depth) {
				return
			}
		}
	}
}

// AllTransitions yields every transition that was tried. It computes them again.
func (e *Exploration[S, I, O]) AllTransitions() iter.Seq[Transition[S, I, O]] {
	return func(yield func(Transition[S, I, O]) bool) {
		states := walk[S, I, O]{exploration: e}
		for range e.expanded {
			state := states.next()
			for _, input := range e.space.Inputs {
				next, output := e.space.Machine.Step(state, input)
				if !yield(Transition[S, I, O]{state, input, output, next}) {
					return
				}
			}
		}
	}
}
