package fuzz

// Source makes choices of bytes. It is total: when the bytes have run out every
// choice is the first one, so whatever reads from it comes to an end. Shorter
// texts and smaller bytes make simpler choices, which is what fuzzers and
// property tests shrink towards. It is not safe for concurrent use.
type Source struct{ data []byte }

// NewSource returns a source that reads from data.
func NewSource(data []byte) *Source { return &Source{data} }

// Done reports whether the bytes have run out.
func (s *Source) Done() bool { return len(s.data) == 0 }

// Intn returns a number from 0 to n-1, and 0 for n < 2. It takes no byte where
// there is nothing to choose, one for up to 256 choices, and two for more.
func (s *Source) Intn(n int) int {
	if n < 2 {
		return 0
	}
	chosen := s.byte()
	if n > 256 {
		chosen = chosen<<8 | s.byte()
	}
	return chosen % n
}

func (s *Source) byte() int {
	if s.Done() {
		return 0
	}
	b := s.data[0]
	s.data = s.data[1:]
	return int(b)
}

// Bool returns true or false.
func (s *Source) Bool() bool { return s.Intn(2) == 1 }

// OneIn returns true about once in n times, and false when the bytes have run
// out.
func (s *Source) OneIn(n int) bool { return s.Intn(n) == n-1 && n > 1 }

// Weighted returns an index of weights, each as often as its weight says. Weights
// below 1 count as none.
func (s *Source) Weighted(weights ...int) int {
	total := 0
	for _, w := range weights {
		total += max(w, 0)
	}
	chosen := s.Intn(total)
	for i, w := range weights {
		if chosen -= max(w, 0); chosen < 0 {
			return i
		}
	}
	return 0
}

// Pick returns one of the values, and the zero value of none.
func Pick[T any](s *Source, from ...T) T {
	if len(from) == 0 {
		var none T
		return none
	}
	return from[s.Intn(len(from))]
}
