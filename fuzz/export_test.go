package fuzz

import "github.com/alicert/alicert/model"

// Parts returns the independent parts of a history.
func Parts[S, I, O any](m model.Machine[S, I, O], history []Operation[I, O], o Options[S, I, O]) [][]Operation[I, O] {
	return parts(o.Footprint, m.Init(), history)
}
