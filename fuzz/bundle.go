package fuzz

import (
	"iter"
	"slices"
)

// Bundle keeps values of earlier inputs and outputs, such as ids of jobs, so that later
// inputs can refer to them. It keeps the latest [BundleSize] distinct values. The zero
// value is empty.
type Bundle[T comparable] struct{ values []T }

// BundleSize is the number of values that a [Bundle] keeps.
const BundleSize = 32

// Add adds a value, or moves it to the end as the latest.
func (b *Bundle[T]) Add(value T) {
	if i := slices.Index(b.values, value); i >= 0 {
		b.values = slices.Delete(b.values, i, i+1)
	}
	if len(b.values) == BundleSize {
		b.values = slices.Delete(b.values, 0, 1)
	}
	b.values = append(b.values, value)
}

// Remove removes a value.
func (b *Bundle[T]) Remove(value T) {
	if i := slices.Index(b.values, value); i >= 0 {
		b.values = slices.Delete(b.values, i, i+1)
	}
}

// Has reports whether the bundle keeps a value.
func (b *Bundle[T]) Has(value T) bool { return slices.Contains(b.values, value) }

// All yields the values, the earliest first.
func (b *Bundle[T]) All() iter.Seq[T] { return slices.Values(b.values) }

// Len returns the number of values.
func (b *Bundle[T]) Len() int { return len(b.values) }

// Pick returns one of the values, later ones more often, or otherwise if the bundle is
// empty.
func (b *Bundle[T]) Pick(s *Source, otherwise T) T {
	n := len(b.values)
	if n == 0 {
		return otherwise
	}
	return b.values[n-1-min(s.Intn(n), s.Intn(n))]
}

// Some returns up to n distinct values.
func (b *Bundle[T]) Some(s *Source, n int) []T {
	n = min(n, len(b.values))
	first := s.Intn(len(b.values))
	var some []T
	for i := range n {
		some = append(some, b.values[(first+i)%len(b.values)])
	}
	return some
}
