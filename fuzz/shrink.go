package fuzz

import "slices"

// shrink returns the shortest and simplest failure that it finds, with its source. The
// inputs that it tries do not count for coverage.
func (c conformance[S, I, O]) shrink(failed *Failure[I, O]) *Failure[I, O] {
	c.options.Coverage = nil
	s := &shrinker[S, I, O]{
		conformance: &c, best: failed, found: len(failed.Inputs),
		signature: failed.signature(c.options.outcome),
		attempts:  orDefault(c.options.Attempts, 2000),
	}
	for before := -1; before != s.kept; { // until neither finds anything more
		before = s.kept
		s.shorten()
		s.simplify()
	}
	s.best.Found = s.found
	c.options.describe(c.machine, c.open, s.best)
	return s.best
}

type shrinker[S, I, O any] struct {
	*conformance[S, I, O]
	best      *Failure[I, O]
	signature string
	found     int
	attempts  int // left
	kept      int // attempts that were better
}

// try keeps the inputs if they fail the same way.
func (s *shrinker[S, I, O]) try(inputs []I) bool {
	if s.attempts <= 0 {
		return false
	}
	s.attempts--
	failed := s.replay(inputs)
	if failed == nil || failed.signature(s.options.outcome) != s.signature {
		return false
	}
	s.best = failed
	s.kept++
	return true
}

// shorten removes inputs, many at first.
func (s *shrinker[S, I, O]) shorten() {
	for size := (len(s.best.Inputs) + 1) / 2; size > 0; size /= 2 {
		// From the end, because later inputs depend on earlier ones.
		for at := len(s.best.Inputs) - size; at > -size; at -= size {
			from, to := max(at, 0), min(at+size, len(s.best.Inputs))
			if from < to {
				s.try(slices.Concat(s.best.Inputs[:from], s.best.Inputs[to:]))
			}
		}
	}
}

// simplify replaces inputs by simpler ones.
func (s *shrinker[S, I, O]) simplify() {
	simpler := s.options.Shrink
	if simpler == nil {
		simpler = Shrink[I]
	}
	for i := 0; i < len(s.best.Inputs); i++ { //nolint:intrange // the length changes
		for progress := true; progress; {
			progress = false
			for input := range simpler(s.best.Inputs[i]) {
				inputs := slices.Clone(s.best.Inputs)
				inputs[i] = input
				if s.try(inputs) {
					progress = i < len(s.best.Inputs)
					break
				}
			}
		}
	}
}
