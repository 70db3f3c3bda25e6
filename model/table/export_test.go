package table

import "fmt"

// CheckBalance says what is wrong with the tree: its order, its totals, its index of
// links, or how full its nodes are, on which the time of every operation rests.
func (t Table[V]) CheckBalance() error {
	if err := t.root.checkTree(); err != nil {
		return err
	}
	links := 0
	for k := range t.All() {
		it := t.root.get(k)
		id := linkOf(it)
		if id == "" {
			continue
		}
		links++
		if e := t.links.get(linkPrefix(id) + k); e == nil || e.value != (entry{markOf(it)}) {
			return fmt.Errorf("%q is not linked to %q", k, id)
		}
	}
	if links != t.links.len() {
		return fmt.Errorf("%d links, but %d records are linked", t.links.len(), links)
	}
	return t.links.checkTree()
}

func (n *node[V]) checkTree() error {
	if n == nil {
		return nil
	}
	if n.n < 1 {
		return fmt.Errorf("an empty root")
	}
	size := 0
	for k := range (Table[V]{root: n}).All() {
		if size++; n.get(k) == nil {
			return fmt.Errorf("%q is out of order", k)
		}
	}
	if size != n.len() {
		return fmt.Errorf("the tree says %d records; there are %d", n.len(), size)
	}
	return n.check(n.height())
}

func (n *node[V]) check(height int) error {
	if err := n.checkItems(); err != nil {
		return err
	}
	if n.kids == nil {
		if height != 1 {
			return fmt.Errorf("a leaf at height %d", height)
		}
		return nil
	}
	if want := n.walkTotals(); n.kids.totals != want {
		return fmt.Errorf("the totals are %v; want %v", n.kids.totals, want)
	}
	for i, kid := range n.kids.nodes {
		switch {
		case (i <= n.n) != (kid != nil):
			return fmt.Errorf("%d kids in use, but see place %d", n.n+1, i)
		case kid == nil:
		case kid.n < least:
			return fmt.Errorf("a node of %d items", kid.n)
		default:
			if err := kid.check(height - 1); err != nil {
				return err
			}
		}
	}
	return nil
}

func (n *node[V]) checkItems() error {
	first := n.first()
	for k := range (Table[V]{root: n}).All() {
		if common(k, first, n.skip) != n.skip {
			return fmt.Errorf("%q and %q do not share %d bytes", first, k, n.skip)
		}
	}
	for i, it := range n.items {
		switch {
		case i < n.n && n.heads[i] != headOf(it.key, n.skip):
			return fmt.Errorf("%q has another head than it says", it.key)
		case (i < n.n) != (it != nil):
			return fmt.Errorf("%d items in use, but see place %d", n.n, i)
		case i > 0 && i < n.n && n.items[i-1].key >= it.key:
			return fmt.Errorf("%q is out of order", it.key)
		case i < n.n && n.group(i) != groupOf(it):
			return fmt.Errorf("%q is in group %d, but the node says %d", it.key, groupOf(it), n.group(i))
		}
	}
	return nil
}

// walkTotals computes the totals from the items.
func (n *node[V]) walkTotals() totals {
	t := totals{soonest: Forever}
	for k := range (Table[V]{root: n}).All() {
		m := markOf(n.get(k))
		t.groups[m.group]++
		t.soonest = min(t.soonest, m.end)
	}
	return t
}

// Opened returns how many subtrees Diff takes apart.
func Opened[V comparable](from, to Table[V]) int {
	return from.root.diff(to.root, func(Change[V]) bool { return true })
}

// OpenedBy returns how many nodes a selection looks into to count its records, and to
// find those from a position on, of which it takes a few.
func OpenedBy[V comparable](s Selection[V], position, page int) int {
	w := search{Filter: s.filter, skip: position}
	if s.linked {
		before(&w, s.table.links, behind(s.prefix))
		w.skip += before(&w, s.table.links, s.prefix)
		pass(&w, s.table.links, func(*item[entry]) bool { page--; return page > 0 })
		return w.opened
	}
	count(&w, s.table.root)
	pass(&w, s.table.root, func(*item[V]) bool { page--; return page > 0 })
	return w.opened
}
