package fuzz

// Source turns bytes into choices. Every byte string is valid: after the last byte each
// choice is the first one, so generation ends. Shorter strings and smaller bytes make
// simpler choices, which suits the shrinking of fuzzers and property tests. A Source is
// not safe for concurrent use.
type Source struct{ data []byte }

// NewSource returns a source that reads from data.
func NewSource(data []byte) *Source { return &Source{data} }

// Done reports whether all bytes are used.
func (s *Source) Done() bool { return len(s.data) == 0 }

// Intn returns a number from 0 to n-1, and 0 for n < 2. It uses no byte for n < 2, one
// byte for n up to 256, and two bytes for larger n, which should be at most 65536.
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

// OneIn returns true about once in n times, and false after the last byte.
func (s *Source) OneIn(n int) bool { return s.Intn(n) == n-1 && n > 1 }

// Weighted returns an index into weights, with a probability that is proportional to
// the weight. Weights below 1 count as 0.
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

// Pick returns one of the values, or the zero value if there are none.
func Pick[T any](s *Source, from ...T) T {
	if len(from) == 0 {
		var none T
		return none
	}
	return from[s.Intn(len(from))]
}
