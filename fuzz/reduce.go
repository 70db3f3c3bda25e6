package fuzz

import (
	"cmp"
	"slices"
	"sort"
)

// reduce returns a shorter history without an explanation. Only operations without an
// effect can be removed; removing others could make a valid history look invalid.
//
//   - Operations that began after some moment can be removed, because the past does
//     not depend on them. Operations in progress at that moment become unknown.
//   - Idle operations can be removed.
//
// Operations without an answer stay, because their effect may explain the rest.
func (c historyCheck[S, I, O]) reduce(history []Operation[I, O]) []Operation[I, O] {
	history = c.shortestPrefix(history)
	if c.options.Idle == nil {
		return history
	}
	idle := func(op Operation[I, O]) bool { return !op.Unknown && c.options.Idle(op.Input, op.Output) }
	for size := len(history); size > 0; size /= 2 {
		for at := len(history) - size; at > -size; at -= size {
			from, to := max(at, 0), min(at+size, len(history))
			if from >= to {
				continue
			}
			rest := slices.Clone(history[:from])
			for _, op := range history[from:to] {
				if !idle(op) {
					rest = append(rest, op)
				}
			}
			rest = append(rest, history[to:]...)
			if len(rest) < len(history) && !c.explained(rest) {
				history = rest
			}
		}
	}
	return history
}

// shortestPrefix returns the history up to the first moment at which it had no
// explanation. A history with an explanation has one at every earlier moment.
func (c historyCheck[S, I, O]) shortestPrefix(history []Operation[I, O]) []Operation[I, O] {
	var moments []int64
	for i := range history {
		if !history[i].Unknown {
			moments = append(moments, history[i].Return)
		}
	}
	slices.SortFunc(moments, cmp.Compare[int64])
	at := sort.Search(len(moments), func(i int) bool { return !c.explained(until(history, moments[i])) })
	if at == len(moments) {
		return history
	}
	return until(history, moments[at])
}

// until returns the history as it is known at a moment.
func until[I, O any](history []Operation[I, O], moment int64) []Operation[I, O] {
	var known []Operation[I, O]
	for _, op := range history {
		if op.Call > moment {
			continue
		}
		if op.end() > moment {
			var none O
			op.Output, op.Return, op.Unknown = none, 0, true
		}
		known = append(known, op)
	}
	return known
}
