package reply

import (
	"iter"
	"slices"
	"strings"

	"github.com/alicert/alicert/model/table"
)

// Records are the records of a list in the order of their keys.
type Records[V any] struct {
	total int

	// behind yields records whose keys are greater than after: all, or at least most.
	behind func(after string, most int) iter.Seq2[string, V]
}

// TokenPage has the members at the end of a list whose pages are named by tokens.
type TokenPage struct {
	MaxResults int
	NextToken  string `json:",omitempty" xml:",omitempty"`
	TotalCount int
}

// Tokens returns one page of records, those behind the given key: at most 100, 20 for
// another number. It describes only the records on the page.
func Tokens[V, W any](r Records[V], describe func(string, V) W, maxResults int, after string) ([]W, TokenPage) {
	if maxResults <= 0 || maxResults > 100 {
		maxResults = 20
	}
	items, p, last := []W{}, TokenPage{MaxResults: maxResults, TotalCount: r.total}, ""
	for key, v := range r.behind(after, maxResults+1) {
		if len(items) == maxResults {
			p.NextToken = last
			break
		}
		items, last = append(items, describe(key, v)), key
	}
	return items, p
}

// Selected returns the records of a selection.
func Selected[V comparable](s table.Selection[V]) Records[V] {
	return Records[V]{s.Len(), func(after string, _ int) iter.Seq2[string, V] { return s.From(next(after)) }}
}

// next returns the first key behind a key.
func next(key string) string { return key + "\x00" }

// Linked returns the records of a selection that are linked to any of some ids.
func Linked[V comparable](s table.Selection[V], ids []string) Records[V] {
	ids = slices.Compact(slices.Sorted(slices.Values(ids)))
	r := Records[V]{}
	for _, id := range ids {
		r.total += s.LinkedTo(id).Len()
	}
	r.behind = func(after string, most int) iter.Seq2[string, V] {
		return func(yield func(string, V) bool) {
			var first []found[V]
			for _, id := range ids {
				first = firstOf(first, s.LinkedTo(id).From(next(after)), most)
			}
			inOrder(first)(yield)
		}
	}
	return r
}

// found is a record with its key.
type found[V any] struct {
	key   string
	value V
}

// firstOf appends the first records of a sequence.
func firstOf[V any](list []found[V], records iter.Seq2[string, V], most int) []found[V] {
	for key, v := range records {
		if most == 0 {
			break
		}
		list = append(list, found[V]{key, v})
		most--
	}
	return list
}

// inOrder yields records in the order of their keys.
func inOrder[V any](list []found[V]) iter.Seq2[string, V] {
	slices.SortFunc(list, func(a, b found[V]) int { return strings.Compare(a.key, b.key) })
	return func(yield func(string, V) bool) {
		for _, f := range list {
			if !yield(f.key, f.value) {
				return
			}
		}
	}
}

// Named returns the wanted ones of the records of some keys.
func Named[V comparable](t table.Table[V], keys []string, wanted func(string, V) bool) Records[V] {
	return Walked(func(yield func(string, V) bool) {
		for _, key := range slices.Compact(slices.Sorted(slices.Values(keys))) {
			if v, is := t.Get(key); is && wanted(key, v) && !yield(key, v) {
				return
			}
		}
	})
}

// Walked returns the records of a short sequence, or of one that nothing counts.
func Walked[V any](all iter.Seq2[string, V]) Records[V] {
	total := 0
	for range all {
		total++
	}
	return Records[V]{total, func(after string, _ int) iter.Seq2[string, V] {
		return Where(all, func(key string, _ V) bool { return key > after })
	}}
}

// Where yields the records that are wanted.
func Where[V any](records iter.Seq2[string, V], wanted func(id string, v V) bool) iter.Seq2[string, V] {
	return func(yield func(string, V) bool) {
		for id, v := range records {
			if wanted(id, v) && !yield(id, v) {
				return
			}
		}
	}
}
