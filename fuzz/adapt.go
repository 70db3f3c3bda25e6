package fuzz

import (
	"context"
	"io"

	"github.com/alicert/alicert/model"
)

// MachineOf returns the machine with other inputs, each of which is made into one
// of its own:
//
//	fuzz.MachineOf(cdn.Machine{}, fuzz.Input.CDN)
func MachineOf[S, I, J, O any](m model.Machine[S, I, O], input func(J) I) model.Machine[S, J, O] {
	return model.Func(m.Init(), func(s S, in J) (S, O) { return m.Step(s, input(in)) })
}

// SystemOf returns the system with other inputs, each of which is made into one of
// its own.
func SystemOf[I, J, O any](system model.System[I, O], input func(J) I) model.System[J, O] {
	return adapted[I, J, O]{system, input}
}

type adapted[I, J, O any] struct {
	system model.System[I, O]
	input  func(J) I
}

func (a adapted[I, J, O]) Do(ctx context.Context, in J) (O, error) {
	return a.system.Do(ctx, a.input(in))
}

// Close closes the system if it can be closed.
func (a adapted[I, J, O]) Close() error {
	if c, ok := a.system.(io.Closer); ok {
		return c.Close()
	}
	return nil
}

// invariantsOf returns invariants that see other inputs. wrap is the other way
// round.
func invariantsOf[S, I, J, O any](invariants []model.Invariant[S, I, O], input func(J) I, wrap func(I) J) []model.Invariant[S, J, O] {
	adapted := make([]model.Invariant[S, J, O], len(invariants))
	for i, inv := range invariants {
		adapted[i] = model.Invariant[S, J, O]{Name: inv.Name, Holds: func(m model.Machine[S, J, O], t model.Transition[S, J, O]) string {
			return inv.Holds(MachineOf(m, wrap), model.Transition[S, I, O]{From: t.From, Input: input(t.Input), Output: t.Output, To: t.To})
		}}
	}
	return adapted
}
