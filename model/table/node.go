package table

// inner is a node with its kids in one object, which is cheaper to allocate, read and
// collect than two. It takes 352 bytes.
type inner[V comparable] struct {
	node node[V]
	kids kids[V]
}

// init sets the node's kids and returns the node.
func (n *inner[V]) init() *node[V] {
	n.node.kids = &n.kids
	return &n.node
}

// newNode returns a node of items, with the kids around them unless it is a leaf.
func newNode[V comparable](items []*item[V], around []*node[V]) *node[V] {
	var n *node[V]
	if around == nil {
		n = new(node[V])
	} else {
		n = new(inner[V]).init()
		copy(n.kids.nodes[:], around)
	}
	n.n = len(items)
	copy(n.items[:], items)
	for at, it := range items {
		n.setGroup(at, groupOf(it))
	}
	first, last := n.first(), n.last()
	n.readHeads(common(first, last, len(first)))
	n.sum()
	return n
}

// first returns the first key below a node.
func (n *node[V]) first() string {
	for n.kids != nil {
		n = n.kids.nodes[0]
	}
	return n.items[0].key
}

// last returns the last key below a node.
func (n *node[V]) last() string {
	for n.kids != nil {
		n = n.kids.nodes[n.n]
	}
	return n.items[n.n-1].key
}

func (n *node[V]) readHeads(skip int) {
	n.skip = skip
	for i := range n.n {
		n.heads[i] = headOf(n.items[i].key, skip)
	}
}

// The methods below change or return a node that is not in a tree yet.

// admit prepares a node for a further key below it, which may shorten the common
// prefix of the keys.
func (n *node[V]) admit(key string) {
	if skip := common(key, n.items[0].key, n.skip); skip < n.skip {
		n.readHeads(skip)
	}
}

// replace replaces an item. The keys below the node keep their common prefix.
func (n *node[V]) replace(at int, it *item[V]) {
	n.items[at], n.heads[at] = it, headOf(it.key, n.skip)
	n.setGroup(at, groupOf(it))
}

func (n *node[V]) copy() *node[V] {
	if n.kids == nil {
		c := *n
		return &c
	}
	return (&inner[V]{*n, *n.kids}).init()
}

func (n *node[V]) withKid(at int, kid *node[V]) *node[V] {
	c := n.copy()
	c.kids.nodes[at] = kid
	return c
}

// without returns the node without an item. It does not change the kids.
func (n *node[V]) without(at int) *node[V] {
	c := n.copy()
	c.n--
	copy(c.items[at:], n.items[at+1:n.n])
	copy(c.heads[at:], n.heads[at+1:n.n])
	c.items[c.n] = nil
	c.cutGroup(at)
	return c
}

// headOf returns four bytes of a key as a number with the same order. Missing bytes
// at the end count as zeros.
func headOf(key string, skip int) uint32 {
	if len(key) >= skip+4 {
		k := key[skip : skip+4]
		return uint32(k[0])<<24 | uint32(k[1])<<16 | uint32(k[2])<<8 | uint32(k[3])
	}
	head := uint32(0)
	for i := skip; i < skip+4; i++ {
		head <<= 8
		if i < len(key) {
			head |= uint32(key[i])
		}
	}
	return head
}

// common returns the length of the common prefix of two keys, at most limit.
func common(a, b string, limit int) int {
	limit = min(limit, len(a), len(b))
	if a[:limit] == b[:limit] {
		return limit
	}
	n := 0
	for a[n] == b[n] {
		n++
	}
	return n
}
