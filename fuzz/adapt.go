package fuzz

import (
	"context"
	"io"

	"github.com/alicert/alicert/model"
)

// MachineOf returns a machine with another type of input. The function converts each
// input:
//
//	fuzz.MachineOf(cdn.Machine{}, inputs.Input.CDN)
func MachineOf[S, I, J, O any](m model.Machine[S, I, O], input func(J) I) model.Machine[S, J, O] {
	return adaptedMachine[S, I, J, O]{m, input}
}

// AdaptMachine returns a machine with other types of input and output, so that it can be
// held against a model that speaks these. The functions convert each input and output.
func AdaptMachine[S, I, J, O, P any](m model.Machine[S, I, O], input func(J) I, output func(O) P) model.Machine[S, J, P] {
	return model.Func(m.Init(), func(s S, in J) (S, P) {
		next, out := m.Step(s, input(in))
		return next, output(out)
	})
}

type adaptedMachine[S, I, J, O any] struct {
	inner model.Machine[S, I, O]
	input func(J) I
}

func (a adaptedMachine[S, I, J, O]) Init() S               { return a.inner.Init() }
func (a adaptedMachine[S, I, J, O]) Step(s S, in J) (S, O) { return a.inner.Step(s, a.input(in)) }

// adapts returns the machine and the function, for printing.
func (a adaptedMachine[S, I, J, O]) adapts() (inner, input any) { return a.inner, a.input }

// SystemOf returns a system with another type of input. The function converts each
// input. Closing it closes the given system, if that implements [io.Closer].
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
