package table

// piece is a part of a tree: a subtree or an item.
type piece[V comparable] struct {
	tree   *node[V]
	height int // of the subtree
	item   *item[V]
}

// pieces are the remaining parts of a tree in reverse order.
type pieces[V comparable] []piece[V]

// split adds the pieces of a subtree.
func (p pieces[V]) split(tree piece[V]) pieces[V] {
	n := tree.tree
	for at := n.n; at >= 0; at-- {
		if n.kids != nil {
			p = append(p, piece[V]{tree: n.kids.nodes[at], height: tree.height - 1})
		}
		if at > 0 {
			p = append(p, piece[V]{item: n.items[at-1]})
		}
	}
	return p
}

// equal reports whether two trees with the same number of items have the same items.
// It splits the higher one of two subtrees, so that it finds a shared subtree on both
// sides and skips it.
func (n *node[V]) equal(other *node[V]) bool {
	if n == other {
		return true
	}
	var room [2][64]piece[V]
	left := append(pieces[V](room[0][:0]), piece[V]{tree: n, height: n.height()})
	right := append(pieces[V](room[1][:0]), piece[V]{tree: other, height: other.height()})
	for len(left) > 0 && len(right) > 0 {
		l, r := left[len(left)-1], right[len(right)-1]
		left, right = left[:len(left)-1], right[:len(right)-1]
		switch {
		case l == r:
		case l.tree != nil && l.height >= r.height:
			left, right = left.split(l), append(right, r)
		case r.tree != nil:
			left, right = append(left, l), right.split(r)
		case *l.item != *r.item:
			return false
		}
	}
	return true
}
