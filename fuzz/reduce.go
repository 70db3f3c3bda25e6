package fuzz

import (
	"cmp"
	"slices"
	"sort"
)

// reduce returns a history that is shorter and has no explanation either, because
// the given one has none. Not every operation may be left out for that: without
// one that had an effect, what came after it could have no explanation although
// it had one.
//
//   - What began after some moment may: the past does not depend on it. What was
//     not over by then has no answer yet.
//   - What changes nothing may, whatever came before.
//
// What never got an answer stays: it may have had the effect that explains the
// rest.
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

// shortestPrefix returns what had happened when it first had no explanation. A
// history that has one has one at every moment before.
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

// until returns what is known of a history at a moment.
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
