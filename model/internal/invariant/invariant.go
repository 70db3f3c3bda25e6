// Package invariant makes invariants of machines that answer with a model.Output.
package invariant

import "github.com/alicert/alicert/model"

// Builder makes invariants of a machine with states S and inputs I.
type Builder[S comparable, I interface{ Kind() model.Kind }] struct{}

// Transition makes a property of every single transition.
func (Builder[S, I]) Transition(name string, holds func(model.Transition[S, I, model.Output]) string) model.Invariant[S, I, model.Output] {
	return model.Invariant[S, I, model.Output]{
		Name: name,
		Holds: func(_ model.Machine[S, I, model.Output], t model.Transition[S, I, model.Output]) string {
			return holds(t)
		},
	}
}

// Change makes a property of every transition that changes the state. An unchanged
// state was checked before.
func (of Builder[S, I]) Change(name string, holds func(model.Transition[S, I, model.Output]) string) model.Invariant[S, I, model.Output] {
	return of.Transition(name, func(t model.Transition[S, I, model.Output]) string {
		if t.From == t.To {
			return ""
		}
		return holds(t)
	})
}

// State makes a property of every state after a transition.
func (of Builder[S, I]) State(name string, holds func(S) string) model.Invariant[S, I, model.Output] {
	return of.Change(name, func(t model.Transition[S, I, model.Output]) string { return holds(t.To) })
}

// Idle makes the property that transitions of one kind change nothing. changed
// describes a change.
func (of Builder[S, I]) Idle(name string, kind func(model.Transition[S, I, model.Output]) bool, changed func(from, to S) string) model.Invariant[S, I, model.Output] {
	return of.Change(name, func(t model.Transition[S, I, model.Output]) string {
		if !kind(t) {
			return ""
		}
		return changed(t.From, t.To)
	})
}

// Ignored reports whether the input was ignored.
func (Builder[S, I]) Ignored(t model.Transition[S, I, model.Output]) bool { return t.Output.Ignored }

// Refused reports whether the input was answered with an error.
func (Builder[S, I]) Refused(t model.Transition[S, I, model.Output]) bool {
	return t.Output.Error.Code != ""
}

// Read reports whether the input is a read.
func (Builder[S, I]) Read(t model.Transition[S, I, model.Output]) bool {
	return t.Input.Kind() == model.Read
}
