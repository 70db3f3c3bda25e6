package alb

import (
	"iter"
	"slices"
	"strings"

	"github.com/alicert/alicert/model/table"
)

// records are the records of a list in the order of their keys.
type records[V any] struct {
	total int

	// behind yields records whose keys are greater than after: all, or at least most.
	behind func(after string, most int) iter.Seq2[string, V]
}

// list returns one page of records, those behind the given key. It describes only the
// records on the page.
func list[V, W any](r records[V], describe func(string, V) W, maxResults int, after string) ([]W, page) {
	if maxResults <= 0 || maxResults > 100 {
		maxResults = 20
	}
	items, p, last := []W{}, page{MaxResults: maxResults, TotalCount: r.total}, ""
	for key, v := range r.behind(after, maxResults+1) {
		if len(items) == maxResults {
			p.NextToken = last
			break
		}
		items, last = append(items, describe(key, v)), key
	}
	return items, p
}

// selected returns the records of a selection.
func selected[V comparable](s table.Selection[V]) records[V] {
	return records[V]{s.Len(), func(after string, _ int) iter.Seq2[string, V] { return s.From(next(after)) }}
}

// next returns the first key behind a key.
func next(key string) string { return key + "\x00" }

// linked returns the records of a selection that are linked to any of some ids.
func linked[V comparable](s table.Selection[V], ids []string) records[V] {
	ids = slices.Compact(slices.Sorted(slices.Values(ids)))
	r := records[V]{}
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

// named returns the wanted ones of the records of some keys.
func named[V comparable](t table.Table[V], keys []string, wanted func(string, V) bool) records[V] {
	return walked(func(yield func(string, V) bool) {
		for _, key := range slices.Compact(slices.Sorted(slices.Values(keys))) {
			if v, is := t.Get(key); is && wanted(key, v) && !yield(key, v) {
				return
			}
		}
	})
}

// walked returns the records of a short sequence, or of one that nothing counts.
func walked[V any](all iter.Seq2[string, V]) records[V] {
	total := 0
	for range all {
		total++
	}
	return records[V]{total, func(after string, _ int) iter.Seq2[string, V] {
		return where(all, func(key string, _ V) bool { return key > after })
	}}
}

// where yields the records that are wanted.
func where[V any](records iter.Seq2[string, V], wanted func(id string, v V) bool) iter.Seq2[string, V] {
	return func(yield func(string, V) bool) {
		for id, v := range records {
			if wanted(id, v) && !yield(id, v) {
				return
			}
		}
	}
}

// chosen reports whether a filter contains an id; an empty filter contains all.
func chosen(filter []string, id string) bool {
	return len(filter) == 0 || slices.Contains(filter, id)
}

// Group implements [table.Grouped] by the product and the protocol.
func (l *Listener) Group(string) table.Group { return groupOf(l.Product, l.Protocol) }

// Group implements [table.Grouped] by the product.
func (lb *LoadBalancer) Group(string) table.Group { return firstGroup(lb.Product) }

// Group implements [table.Grouped] by the product.
func (j *Job) Group(string) table.Group { return firstGroup(productOfJob(j.Operation)) }

// Link implements [table.Linked] with the load balancer.
func (l *Listener) Link() string { return l.LoadBalancer }

// Link implements [table.Linked] with the listener.
func (j *Job) Link() string { return j.Listener }

// groupsPerProduct is how many groups of listeners a product has: one for each of its
// protocols, and otherProtocol for one that is none of its own, as an event may have.
const (
	groupsPerProduct table.Group = 4
	otherProtocol    table.Group = groupsPerProduct - 1
)

// protocols are those of the products, in the order of their groups. UDP of GA is with the
// others.
var protocols = [...][otherProtocol]Protocol{{HTTP, HTTPS, QUIC}, {TCP, TCPSSL, UDP}, {HTTP, HTTPS, TCP}}

// firstGroup returns the first group of a product.
func firstGroup(product string) table.Group {
	return table.Group(max(0, slices.Index(products, product))) * groupsPerProduct //nolint:gosec // there are few products
}

// groupOf returns the group of a protocol of a product.
func groupOf(product string, p Protocol) table.Group {
	first := firstGroup(product)
	if i := slices.Index(protocols[first/groupsPerProduct][:], p); i >= 0 {
		return first + table.Group(i) //nolint:gosec // there are few protocols
	}
	return first + otherProtocol
}

// groupsOf returns the groups of a protocol of a product, and all of the product's for none.
func groupsOf(product string, p Protocol) table.Groups {
	if p != "" {
		return table.GroupsOf(groupOf(product, p))
	}
	first := firstGroup(product)
	return table.GroupsOf(first, first+1, first+2, first+otherProtocol)
}
