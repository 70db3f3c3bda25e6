package table

import "fmt"

// CheckBalance says what is wrong with the tree: its order, its size, or how full
// its nodes are, on which the time of every operation rests.
func (t Table[V]) CheckBalance() error {
	if t.root == nil {
		if t.size != 0 {
			return fmt.Errorf("an empty tree says %d records", t.size)
		}
		return nil
	}
	if t.root.n < 1 {
		return fmt.Errorf("an empty root")
	}
	size := 0
	for k := range t.All() {
		if size++; !t.Has(k) {
			return fmt.Errorf("%q is out of order", k)
		}
	}
	if size != t.size {
		return fmt.Errorf("the tree says %d records; there are %d", t.size, size)
	}
	return t.root.check(t.root.height())
}

func (n *node[V]) check(height int) error {
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
		}
	}
	if n.kids == nil {
		if height != 1 {
			return fmt.Errorf("a leaf at height %d", height)
		}
		return nil
	}
	for i, kid := range n.kids {
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

// Opened returns how many subtrees Diff takes apart.
func Opened[V comparable](from, to Table[V]) int {
	return from.root.diff(to.root, func(Change[V]) bool { return true })
}
