package table

// totals are over an inner node's own items and everything below it.
type totals struct {
	groups  [maxGroups]uint32 // number of records
	soonest int64             // the first end of a record
}

// mark has what totals need of a record.
type mark struct {
	group Group
	end   int64
}

func markOf[V comparable](it *item[V]) mark { return mark{groupOf(it), endOf(it)} }

func groupOf[V comparable](it *item[V]) Group {
	if r, is := any(&it.value).(Grouped); is {
		return r.Group(it.key) % maxGroups
	}
	return 0
}

func endOf[V comparable](it *item[V]) int64 {
	if r, is := any(&it.value).(Ending); is {
		return r.End()
	}
	return 0
}

// change is what a step changes below a node: it adds a record, removes one, or both.
type change struct {
	added, removed mark
	adds, removes  bool
}

// count adds a change to the totals of a node that has it already and is not in a tree
// yet.
func (n *node[V]) count(c *change) {
	if n.kids == nil {
		return
	}
	t := &n.kids.totals
	if c.adds {
		t.groups[c.added.group]++
	}
	if c.removes {
		t.groups[c.removed.group]--
	}
	switch {
	case c.adds && c.added.end <= t.soonest:
		t.soonest = c.added.end
	case c.removes && c.removed.end == t.soonest:
		t.soonest = n.soonest(t.soonest)
	}
}

// sum computes the totals of a new node.
func (n *node[V]) sum() {
	if n.kids == nil {
		return
	}
	t := &n.kids.totals
	for at := range n.n {
		t.groups[n.group(at)]++
	}
	for _, kid := range n.kids.nodes[:n.n+1] {
		if kid.kids != nil {
			for group, more := range kid.kids.groups {
				t.groups[group] += more
			}
			continue
		}
		for at := range kid.n {
			t.groups[kid.group(at)]++
		}
	}
	if _, ends := any(&n.items[0].value).(Ending); ends {
		t.soonest = n.soonest(never)
	}
}

// never is before the end of every record.
const never = -1 << 63

// soonest returns the first end of the node's items and of those below it, or any end
// that is not after enough.
func (n *node[V]) soonest(enough int64) int64 {
	first := int64(1<<63 - 1)
	for _, it := range n.items[:n.n] {
		if first = min(first, endOf(it)); first <= enough {
			return first
		}
	}
	if n.kids == nil {
		return first
	}
	for _, kid := range n.kids.nodes[:n.n+1] {
		if kid.kids != nil {
			first = min(first, kid.kids.soonest)
		} else {
			first = min(first, kid.soonest(enough))
		}
		if first <= enough {
			return first
		}
	}
	return first
}

// len returns the number of items in a tree.
func (n *node[V]) len() int {
	switch {
	case n == nil:
		return 0
	case n.kids == nil:
		return n.n
	}
	sum := uint32(0)
	for _, group := range n.kids.groups {
		sum += group
	}
	return int(sum)
}

// The groups of a node's items are packed: four bits for each, so that counting them
// reads no item.

func (n *node[V]) group(at int) Group { return Group(n.groups >> (4 * at) & (maxGroups - 1)) }

func (n *node[V]) setGroup(at int, g Group) {
	n.groups = n.groups&^((maxGroups-1)<<(4*at)) | uint64(g)<<(4*at)
}

// growGroup makes room for an item.
func (n *node[V]) growGroup(at int) {
	low := n.groups & (1<<(4*at) - 1)
	n.groups = low | n.groups>>(4*at)<<(4*(at+1))
}

// cutGroup removes the group of an item.
func (n *node[V]) cutGroup(at int) {
	low := n.groups & (1<<(4*at) - 1)
	n.groups = low | n.groups>>(4*(at+1))<<(4*at)
}
