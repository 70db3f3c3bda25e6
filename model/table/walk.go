package table

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
