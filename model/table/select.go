package table

import (
	"iter"
	"strings"
)

// Filter selects records by their groups and ends. The zero value selects none.
type Filter struct {
	Groups Groups // all records of these groups

	// The records of these groups that end at From or later, and before To. A Selection
	// looks into every part of the table with a record of these groups that ends before
	// From, or before To if there is such a limit.
	During   Groups
	From, To int64
}

// Forever is a To that is no limit.
const Forever = 1<<63 - 1

// Selection is the part of a table that a filter selects.
type Selection[V comparable] struct {
	table  Table[V]
	filter Filter
	linked bool
	prefix string // of the keys of links
}

// Select returns all records.
func (t Table[V]) Select() Selection[V] { return t.Where(Filter{Groups: AllGroups}) }

// Where returns the records that a filter selects.
func (t Table[V]) Where(f Filter) Selection[V] { return Selection[V]{table: t, filter: f} }

// LinkedTo returns those of the records that are linked to an id.
func (s Selection[V]) LinkedTo(id string) Selection[V] {
	s.linked, s.prefix = true, linkPrefix(id)
	return s
}

// Len returns the number of records. It takes time in proportion to the logarithm of the
// table's size.
func (s Selection[V]) Len() int {
	w := search{Filter: s.filter}
	if s.linked {
		return before(&w, s.table.links, behind(s.prefix)) - before(&w, s.table.links, s.prefix)
	}
	return count(&w, s.table.root)
}

// Skip yields the records in the order of their keys, without the first n. It finds the
// first one in time in proportion to the logarithm of the table's size.
func (s Selection[V]) Skip(n int) iter.Seq2[string, V] {
	return func(yield func(string, V) bool) {
		w := search{Filter: s.filter}
		if !s.linked {
			w.skip = n
			pass(&w, s.table.root, func(it *item[V]) bool { return yield(it.key, it.value) })
			return
		}
		w.skip = before(&w, s.table.links, s.prefix) + n
		pass(&w, s.table.links, func(it *item[entry]) bool {
			key, is := strings.CutPrefix(it.key, s.prefix)
			if !is {
				return false
			}
			found := s.table.root.get(key)
			return yield(found.key, found.value)
		})
	}
}

// From yields the records whose keys are not less than key, in order.
func (s Selection[V]) From(key string) iter.Seq2[string, V] {
	return func(yield func(string, V) bool) { s.Skip(s.Rank(key))(yield) }
}

// Rank returns the number of records whose keys are less than key. With [Selection.Skip]
// it goes back and forth in a list.
func (s Selection[V]) Rank(key string) int {
	w := search{Filter: s.filter}
	if s.linked {
		return before(&w, s.table.links, s.prefix+key) - before(&w, s.table.links, s.prefix)
	}
	return before(&w, s.table.root, key)
}

// behind returns the first text behind all texts with a prefix of links.
func behind(prefix string) string {
	b := []byte(prefix)
	for b[len(b)-1] == 0xff {
		b = b[:len(b)-1]
	}
	b[len(b)-1]++
	return string(b)
}

// search is a walk through a tree.
type search struct {
	Filter
	skip   int // selected items to go past
	opened int // nodes that were looked into
}

// selects reports whether the filter selects an item of a node.
func selects[V comparable](w *search, n *node[V], at int) bool {
	g := n.group(at)
	if w.Groups.Has(g) || !w.During.Has(g) {
		return w.Groups.Has(g)
	}
	end := endOf(n.items[at])
	return w.From <= end && (end < w.To || w.To == Forever)
}

// known returns how many items of a tree the filter selects, if that follows from the
// node itself.
func known[V comparable](w *search, n *node[V]) (selected int, ok bool) {
	if n.kids == nil {
		for at := range n.n {
			if selects(w, n, at) {
				selected++
			}
		}
		return selected, true
	}
	during := 0
	for group, number := range n.kids.groups {
		switch g := Group(group); {
		case w.Groups.Has(g):
			selected += int(number)
		case w.During.Has(g):
			during += int(number)
		}
	}
	switch {
	case during == 0, n.kids.soonest >= w.To && w.To != Forever:
		return selected, true
	case n.kids.soonest >= w.From && w.To == Forever:
		return selected + during, true
	default:
		return 0, false
	}
}

// count returns how many items of a tree the filter selects.
func count[V comparable](w *search, n *node[V]) int {
	if n == nil {
		return 0
	}
	if selected, ok := known(w, n); ok {
		return selected
	}
	w.opened++
	return countTo(w, n, n.n) + count(w, n.kids.nodes[n.n])
}

// countTo does the same for the items of a node before a place, and their left kids.
func countTo[V comparable](w *search, n *node[V], to int) (selected int) {
	for at := range to {
		if n.kids != nil {
			selected += count(w, n.kids.nodes[at])
		}
		if selects(w, n, at) {
			selected++
		}
	}
	return selected
}

// before returns how many of the items with keys less than key the filter selects.
func before[V comparable](w *search, n *node[V], key string) (selected int) {
	for n != nil {
		at, found := n.place(key)
		w.opened++
		selected += countTo(w, n, at)
		switch {
		case n.kids == nil:
			return selected
		case found:
			return selected + count(w, n.kids.nodes[at])
		}
		n = n.kids.nodes[at]
	}
	return selected
}

// pass yields the selected items of a tree behind those to skip. It returns false when
// yield does.
func pass[V comparable](w *search, n *node[V], yield func(*item[V]) bool) bool {
	if n == nil {
		return true
	}
	if selected, ok := known(w, n); ok && selected <= w.skip {
		w.skip -= selected
		return true
	}
	w.opened++
	for at := range n.n + 1 {
		if n.kids != nil && !pass(w, n.kids.nodes[at], yield) {
			return false
		}
		switch {
		case at == n.n || !selects(w, n, at):
		case w.skip > 0:
			w.skip--
		case !yield(n.items[at]):
			return false
		}
	}
	return true
}
