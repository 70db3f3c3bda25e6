// Package invariant makes invariants of machines that answer with a model.Output.
package invariant

import "github.com/alicert/alicert/model"

// Builder makes invariants of a machine with states S and inputs I.
type Builder[S comparable, I interface{ Kind() model.Kind }] struct{}

// Transition is what holds of every transition by itself.
func (Builder[S, I]) Transition(name string, holds func(model.Transition[S, I, model.Output]) string) model.Invariant[S, I, model.Output] {
	return model.Invariant[S, I, model.Output]{
		Name: name,
		Holds: func(_ model.Machine[S, I, model.Output], t model.Transition[S, I, model.Output]) string {
			return holds(t)
		},
	}
}

// Change is what holds of every transition that leads elsewhere. A state that
// stays what it was has been checked before.
func (of Builder[S, I]) Change(name string, holds func(model.Transition[S, I, model.Output]) string) model.Invariant[S, I, model.Output] {
	return of.Transition(name, func(t model.Transition[S, I, model.Output]) string {
		if t.From == t.To {
			return ""
		}
		return holds(t)
	})
}

// State is what holds of every state that a transition leads to.
func (of Builder[S, I]) State(name string, holds func(S) string) model.Invariant[S, I, model.Output] {
	return of.Change(name, func(t model.Transition[S, I, model.Output]) string { return holds(t.To) })
}

// Idle is that transitions of one kind change nothing. changed says what they did.
func (of Builder[S, I]) Idle(name string, kind func(model.Transition[S, I, model.Output]) bool, changed func(from, to S) string) model.Invariant[S, I, model.Output] {
	return of.Change(name, func(t model.Transition[S, I, model.Output]) string {
		if !kind(t) {
			return ""
		}
		return changed(t.From, t.To)
	})
}

// Ignored is the kind whose input was ignored.
func (Builder[S, I]) Ignored(t model.Transition[S, I, model.Output]) bool { return t.Output.Ignored }

// Refused is the kind whose input was answered with an error.
func (Builder[S, I]) Refused(t model.Transition[S, I, model.Output]) bool {
	return t.Output.Error.Code != ""
}

// Read is the kind whose input is a read.
func (Builder[S, I]) Read(t model.Transition[S, I, model.Output]) bool {
	return t.Input.Kind() == model.Read
}
