package table

import (
	"strings"
)

// A node has at most width records. A fuller node splits into two half-full nodes and
// the record between them. Every node except the root has at least a quarter of the
// width: with a minimum of half, a deletion after a split would join the nodes again,
// at every level of a table that grew in order. A leaf of this width takes 176 bytes.
const width, least = 12, width / 4

// item is a record with its key. Items never change, and trees share them.
type item[V comparable] struct {
	key   string
	value V
}

// node is a node of a B-tree. It does not change once it is in a tree.
//
// In a large tree most of the time goes into cache misses, and most of these would be
// for keys. So a node contains the heads of its keys: the four bytes behind the skip
// bytes that all keys below it share.
type node[V comparable] struct {
	kids   *kids[V] // nil in a leaf
	n      int      // items in use; one kid more
	skip   int
	groups uint64 // of the items, four bits each
	heads  [width]uint32
	items  [width]*item[V]
}

// kids are the kids of a node, and totals over everything below it and its own items.
type kids[V comparable] struct {
	nodes [width + 1]*node[V]
	totals
}

// find returns the place of a key among a node's items. For a key that is not in the
// tree the place may be wrong.
func (n *node[V]) find(key string) (at int, found bool) {
	head := headOf(key, n.skip)
	for at < n.n && n.heads[at] < head {
		at++
	}
	for ; at < n.n && n.heads[at] == head; at++ {
		if c := strings.Compare(key, n.items[at].key); c <= 0 {
			return at, c == 0
		}
	}
	return at, false
}

// place is find for any key. It returns the place where the key is or belongs.
func (n *node[V]) place(key string) (at int, found bool) {
	some := n.items[0].key
	switch {
	case common(key, some, n.skip) == n.skip:
		return n.find(key)
	case key < some:
		return 0, false
	default:
		return n.n, false
	}
}

func (n *node[V]) get(key string) *item[V] {
	for n != nil {
		at, found := n.find(key)
		switch {
		case found:
			return n.items[at]
		case n.kids == nil:
			return nil
		}
		n = n.kids.nodes[at]
	}
	return nil
}

// set returns the tree with an item, and the item that it replaces, if any.
func (n *node[V]) set(it *item[V]) (_ *node[V], old *item[V]) {
	if n == nil {
		return newNode([]*item[V]{it}, nil), nil
	}
	c := change{added: markOf(it), adds: true}
	left, middle, right, old := n.put(it, &c)
	if right == nil {
		return left, old
	}
	return newNode([]*item[V]{middle}, []*node[V]{left, right}), old
}

// put is set for any node. A node that would be too full becomes two nodes and the
// item between them. It completes the change with the item that it replaces.
func (n *node[V]) put(it *item[V], c *change) (left *node[V], middle *item[V], right *node[V], old *item[V]) {
	at, found := n.place(it.key)
	switch {
	case found:
		old = n.items[at]
		c.removed, c.removes = markOf(old), true
		left = n.copy()
		left.items[at] = it
		left.setGroup(at, c.added.group)
		left.count(c)
		return left, nil, nil, old
	case n.kids == nil:
		left, middle, right = n.insert(at, it, nil, nil)
		return left, middle, right, nil
	}
	before, between, after, old := n.kids.nodes[at].put(it, c)
	switch {
	case after != nil:
		left, middle, right = n.insert(at, between, before, after)
	default:
		left = n.withKid(at, before)
	}
	if right != nil { // both are new nodes
		return left, middle, right, old
	}
	if old == nil {
		left.admit(it.key)
	}
	left.count(c)
	return left, nil, nil, old
}

// insert adds an item, with the nodes before and after it unless n is a leaf.
func (n *node[V]) insert(at int, it *item[V], before, after *node[V]) (left *node[V], middle *item[V], right *node[V]) {
	if n.n == width {
		var r run[V]
		r.add(n, 0, at)
		r.push(it)
		r.add(n, at, n.n)
		r.kids[at], r.kids[at+1] = before, after
		if at == width { // keys arrive in order, as numbers do, so the left node stays full
			return r.nodes(width - least)
		}
		return r.nodes(width / 2)
	}
	c := n.copy()
	c.admit(it.key)
	copy(c.items[at+1:], c.items[at:c.n])
	copy(c.heads[at+1:], c.heads[at:c.n])
	c.growGroup(at)
	c.replace(at, it)
	c.n++
	if n.kids != nil {
		copy(c.kids.nodes[at+2:], n.kids.nodes[at+1:n.n+1])
		c.kids.nodes[at], c.kids.nodes[at+1] = before, after
	}
	return c, nil, nil
}

// edit returns the tree with a record changed, and the item before and after, or the
// same tree.
func (n *node[V]) edit(key string, apply func(*V)) (_ *node[V], old, it *item[V]) {
	var c change
	return n.update(key, apply, &c)
}

// update is edit for any node. It sets the change.
func (n *node[V]) update(key string, apply func(*V), c *change) (_ *node[V], old, it *item[V]) {
	if n == nil {
		return nil, nil, nil
	}
	at, found := n.find(key)
	switch {
	case found:
		old, it = n.items[at], &item[V]{key: n.items[at].key, value: n.items[at].value}
		apply(&it.value)
		*c = change{added: markOf(it), adds: true, removed: markOf(old), removes: true}
		next := n.copy()
		next.items[at] = it
		next.setGroup(at, c.added.group)
		next.count(c)
		return next, old, it
	case n.kids == nil:
		return n, nil, nil
	}
	kid, old, it := n.kids.nodes[at].update(key, apply, c)
	if old == nil {
		return n, nil, nil
	}
	next := n.withKid(at, kid)
	next.count(c)
	return next, old, it
}

// delete returns the tree without a key, and the item that it had, if any.
func (n *node[V]) delete(key string) (_ *node[V], old *item[V]) {
	if n == nil {
		return nil, nil
	}
	n, old = n.cut(key)
	switch {
	case n.n > 0:
		return n, old
	case n.kids == nil:
		return nil, old
	default:
		return n.kids.nodes[0], old
	}
}

// cut is delete for any node. The result may have one item too few.
func (n *node[V]) cut(key string) (_ *node[V], old *item[V]) {
	at, found := n.find(key)
	var c *node[V]
	switch {
	case n.kids == nil && found:
		return n.without(at), n.items[at]
	case n.kids == nil:
		return n, nil
	case found: // the item before it takes its place
		kid, before := n.kids.nodes[at].cutLast()
		c, old = n.copy(), n.items[at]
		c.replace(at, before)
		c = c.joinKid(at, kid)
	default:
		var kid *node[V]
		if kid, old = n.kids.nodes[at].cut(key); old == nil {
			return n, nil
		}
		c = n.joinKid(at, kid)
	}
	c.count(&change{removed: markOf(old), removes: true})
	return c, old
}

// cutLast removes and returns the last item below a node. The resulting node may have
// one item too few.
func (n *node[V]) cutLast() (*node[V], *item[V]) {
	last := n.n - 1
	if n.kids == nil {
		return n.without(last), n.items[last]
	}
	kid, it := n.kids.nodes[n.n].cutLast()
	c := n.joinKid(n.n, kid)
	c.count(&change{removed: markOf(it), removes: true})
	return c, it
}

// joinKid returns the node with another kid. A kid with too few items is joined with
// its neighbor, and split again if the result is too full. The totals stay.
func (n *node[V]) joinKid(at int, kid *node[V]) *node[V] {
	if kid.n >= least {
		return n.withKid(at, kid)
	}
	neighbors := [2]*node[V]{kid, n.kids.nodes[min(at+1, n.n)]}
	if at == n.n {
		at--
		neighbors = [2]*node[V]{n.kids.nodes[at], kid}
	}
	var joined run[V]
	joined.add(neighbors[0], 0, neighbors[0].n)
	joined.push(n.items[at])
	joined.add(neighbors[1], 0, neighbors[1].n)
	left, middle, right := joined.nodes(joined.n / 2)

	var c *node[V]
	if right != nil {
		c = n.copy()
		c.replace(at, middle)
		c.kids.nodes[at+1] = right
	} else {
		c = n.without(at)
		copy(c.kids.nodes[at+1:], n.kids.nodes[at+2:n.n+1])
		c.kids.nodes[n.n] = nil
	}
	c.kids.nodes[at] = left
	return c
}

// walk yields the items from a key on; it returns false when yield does.
func (n *node[V]) walk(from string, yield func(string, V) bool) bool {
	if n == nil {
		return true
	}
	at := 0
	if from != "" {
		at, _ = n.place(from)
	}
	for ; at < n.n; at++ {
		if n.kids != nil && !n.kids.nodes[at].walk(from, yield) || !yield(n.items[at].key, n.items[at].value) {
			return false
		}
		from = ""
	}
	return n.kids == nil || n.kids.nodes[n.n].walk(from, yield)
}

// height returns how many levels a tree has.
func (n *node[V]) height() int {
	levels := 1
	for ; n.kids != nil; n = n.kids.nodes[0] {
		levels++
	}
	return levels
}
