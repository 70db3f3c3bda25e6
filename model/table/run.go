package table

// run is a sequence of items, and of the kids around them, that may be too long
// for one node. The zero value is empty.
type run[V comparable] struct {
	n     int
	inner bool // there are kids
	items [2*width + 1]*item[V]
	kids  [2*width + 2]*node[V]
}

// add appends a range of a node's items and the kids around them.
func (r *run[V]) add(n *node[V], from, to int) {
	copy(r.items[r.n:], n.items[from:to])
	if n.kids != nil {
		r.inner = true
		copy(r.kids[r.n:], n.kids.nodes[from:to+1])
	}
	r.n += to - from
}

// push appends an item.
func (r *run[V]) push(it *item[V]) {
	r.items[r.n] = it
	r.n++
}

// nodes returns the run as one node, or as two nodes and the item at a place between
// them if it is too long.
func (r *run[V]) nodes(at int) (left *node[V], middle *item[V], right *node[V]) {
	if r.n <= width {
		return r.node(0, r.n), nil, nil
	}
	return r.node(0, at), r.items[at], r.node(at+1, r.n)
}

// node returns the items of a range, and the kids around them, as a node.
func (r *run[V]) node(from, to int) *node[V] {
	if r.inner {
		return newNode(r.items[from:to], r.kids[from:to+1])
	}
	return newNode(r.items[from:to], nil)
}
