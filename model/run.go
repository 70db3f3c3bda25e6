package model

import (
	"iter"
	"slices"
)

// Transition is one step of a machine.
type Transition[S, I, O any] struct {
	From   S
	Input  I
	Output O
	To     S
}

// Run applies a sequence of inputs to a machine, from its initial state on, and
// returns every step.
func Run[S, I, O any](m Machine[S, I, O], inputs ...I) []Transition[S, I, O] {
	steps := make([]Transition[S, I, O], 0, len(inputs))
	for t := range RunSeq(m, slices.Values(inputs)) {
		steps = append(steps, t)
	}
	return steps
}

// RunSeq is [Run] for a sequence of any length. It yields each step before it takes
// the next input.
func RunSeq[S, I, O any](m Machine[S, I, O], inputs iter.Seq[I]) iter.Seq[Transition[S, I, O]] {
	return func(yield func(Transition[S, I, O]) bool) {
		state := m.Init()
		for input := range inputs {
			next, output := m.Step(state, input)
			if !yield(Transition[S, I, O]{state, input, output, next}) {
				return
			}
			state = next
		}
	}
}
