package table

import "iter"

// Change is the difference of two tables at one key: a record that was added, removed
// or changed.
type Change[V comparable] struct {
	Key    string
	Before V    // the zero value where the first table has no record
	After  V    // the zero value where the second table has no record
	Was    bool // the first table has a record
	Is     bool // the second table has a record
}

// Diff yields the changes from the table to another in the order of keys. It skips
// the shared parts, so its time is proportional to the number of changes and the
// logarithm of the size.
func (t Table[V]) Diff(to Table[V]) iter.Seq[Change[V]] {
	return func(yield func(Change[V]) bool) { t.root.diff(to.root, yield) }
}

// diff yields the changes from one tree to another, and returns the number of
// subtrees that it split. Like equal, it splits the higher one of two subtrees, so
// that it finds a shared subtree on both sides and skips it.
func (n *node[V]) diff(other *node[V], yield func(Change[V]) bool) (opened int) {
	left, right := pieces[V]{}.tree(n), pieces[V]{}.tree(other)
	for len(left) > 0 || len(right) > 0 {
		l, r := left.top(), right.top()
		switch {
		case l == r:
			left, right = left.rest(), right.rest()
		case l.tree != nil && l.height >= r.height:
			left = left.rest().split(l)
			opened++
		case r.tree != nil:
			right = right.rest().split(r)
			opened++
		case r.item == nil || l.item != nil && l.item.key < r.item.key:
			left = left.rest()
			if !yield(Change[V]{Key: l.item.key, Before: l.item.value, Was: true}) {
				return opened
			}
		case l.item == nil || r.item.key < l.item.key:
			right = right.rest()
			if !yield(Change[V]{Key: r.item.key, After: r.item.value, Is: true}) {
				return opened
			}
		default:
			left, right = left.rest(), right.rest()
			if l.item.value != r.item.value && !yield(Change[V]{l.item.key, l.item.value, r.item.value, true, true}) {
				return opened
			}
		}
	}
	return opened
}

// tree adds a tree, which may be empty.
func (p pieces[V]) tree(n *node[V]) pieces[V] {
	if n == nil {
		return p
	}
	return append(p, piece[V]{tree: n, height: n.height()})
}

// top returns the next piece, or the zero value at the end.
func (p pieces[V]) top() piece[V] {
	if len(p) == 0 {
		return piece[V]{}
	}
	return p[len(p)-1]
}

// rest returns the pieces without the next one.
func (p pieces[V]) rest() pieces[V] { return p[:len(p)-1] }
