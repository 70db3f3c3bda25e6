package table

import (
	"strings"
)

// A node holds at most width records. One too many, and it splits into two and the
// record between them, each about half full. Any node but the root holds at least
// a quarter of the width: were it half, a deletion next to a split would join again
// what was just split, and in a table that grew in order so on every level.
// A leaf of this width takes 176 bytes.
const width, least = 12, width / 4

// item is a record with its key. Items never change; all trees that have one
// share it.
type item[V comparable] struct {
	key   string
	value V
}

// node is a node of a B-tree. It does not change once it is in a tree.
//
// In a large tree the time goes into memory that is not in the caches, and most of
// that would be keys. So a node has the heads of its keys in itself: the four
// bytes behind the skip bytes that all keys below it share.
type node[V comparable] struct {
	kids  *kids[V] // nil in a leaf
	n     int      // items in use; one kid more
	skip  int
	heads [width]uint32
	items [width]*item[V]
}

type kids[V comparable] [width + 1]*node[V]

// find returns the place among a node's items where a key is. If the key is not
// in the tree, there is a place, too, but not always the right one.
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

// place is find for any key: the place is where the key is or would be.
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
		n = n.kids[at]
	}
	return nil
}

// set returns the tree with an item, and whether its key is new.
func (n *node[V]) set(it *item[V]) (_ *node[V], added bool) {
	if n == nil {
		return newNode([]*item[V]{it}, nil), true
	}
	left, middle, right, added := n.put(it)
	if right == nil {
		return left, added
	}
	return newNode([]*item[V]{middle}, []*node[V]{left, right}), added
}

// put is set for any node. One that would be too full becomes two, and the item
// between them.
func (n *node[V]) put(it *item[V]) (left *node[V], middle *item[V], right *node[V], added bool) {
	at, found := n.place(it.key)
	switch {
	case found:
		left = n.copy()
		left.items[at] = it
		return left, nil, nil, false
	case n.kids == nil:
		left, middle, right = n.insert(at, it, nil, nil)
		return left, middle, right, true
	}
	before, between, after, added := n.kids[at].put(it)
	switch {
	case after != nil:
		left, middle, right = n.insert(at, between, before, after)
	default:
		left = n.withKid(at, before)
	}
	if added && right == nil {
		left.admit(it.key)
	}
	return left, middle, right, added
}

// insert adds an item, with the nodes before and after it unless n is a leaf.
func (n *node[V]) insert(at int, it *item[V], before, after *node[V]) (left *node[V], middle *item[V], right *node[V]) {
	if n.n == width {
		var r run[V]
		r.add(n, 0, at)
		r.push(it)
		r.add(n, at, n.n)
		r.kids[at], r.kids[at+1] = before, after
		if at == width { // keys come in order, as numbers do: nothing more will come to the left
			return r.nodes(width - least)
		}
		return r.nodes(width / 2)
	}
	c := n.copy()
	c.admit(it.key)
	copy(c.items[at+1:], c.items[at:c.n])
	copy(c.heads[at+1:], c.heads[at:c.n])
	c.replace(at, it)
	c.n++
	if n.kids != nil {
		copy(c.kids[at+2:], n.kids[at+1:n.n+1])
		c.kids[at], c.kids[at+1] = before, after
	}
	return c, nil, nil
}

// update returns the tree with a record changed, or the same tree.
func (n *node[V]) update(key string, change func(*V)) *node[V] {
	if n == nil {
		return nil
	}
	at, found := n.find(key)
	switch {
	case found:
		it := *n.items[at]
		change(&it.value)
		c := n.copy()
		c.items[at] = &it
		return c
	case n.kids == nil:
		return n
	}
	kid := n.kids[at].update(key, change)
	if kid == n.kids[at] {
		return n
	}
	return n.withKid(at, kid)
}

// delete returns the tree without a key, and whether it was there.
func (n *node[V]) delete(key string) (_ *node[V], deleted bool) {
	if n == nil {
		return nil, false
	}
	n, deleted = n.cut(key)
	switch {
	case n.n > 0:
		return n, deleted
	case n.kids == nil:
		return nil, deleted
	default:
		return n.kids[0], deleted
	}
}

// cut is delete for any node; what it returns may have an item too few.
func (n *node[V]) cut(key string) (_ *node[V], deleted bool) {
	at, found := n.find(key)
	switch {
	case n.kids == nil && found:
		return n.without(at), true
	case n.kids == nil:
		return n, false
	case found: // the item before it takes its place
		kid, before := n.kids[at].cutLast()
		c := n.copy()
		c.replace(at, before)
		return c.mend(at, kid), true
	}
	kid, deleted := n.kids[at].cut(key)
	if !deleted {
		return n, false
	}
	return n.mend(at, kid), true
}

// cutLast removes the last item below a node and returns it; what it returns may
// have an item too few.
func (n *node[V]) cutLast() (*node[V], *item[V]) {
	last := n.n - 1
	if n.kids == nil {
		return n.without(last), n.items[last]
	}
	kid, it := n.kids[n.n].cutLast()
	return n.mend(n.n, kid), it
}

// mend returns the node with another kid. If that has an item too few, it is
// joined with the one beside it, and split again if that is too much.
func (n *node[V]) mend(at int, kid *node[V]) *node[V] {
	if kid.n >= least {
		return n.withKid(at, kid)
	}
	neighbors := [2]*node[V]{kid, n.kids[min(at+1, n.n)]}
	if at == n.n {
		at--
		neighbors = [2]*node[V]{n.kids[at], kid}
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
		c.kids[at+1] = right
	} else {
		c = n.without(at)
		copy(c.kids[at+1:], n.kids[at+2:n.n+1])
		c.kids[n.n] = nil
	}
	c.kids[at] = left
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
		if n.kids != nil && !n.kids[at].walk(from, yield) || !yield(n.items[at].key, n.items[at].value) {
			return false
		}
		from = ""
	}
	return n.kids == nil || n.kids[n.n].walk(from, yield)
}

// height returns how many levels a tree has.
func (n *node[V]) height() int {
	levels := 1
	for ; n.kids != nil; n = n.kids[0] {
		levels++
	}
	return levels
}
