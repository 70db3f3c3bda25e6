package table

import (
	"slices"
	"strings"
)

// Builder makes a table of many records in time in proportion to their number, and without
// the tables between. The zero value is ready to use.
type Builder[V comparable] struct{ items []*item[V] }

// Add adds a record. Of records with the same key the last one counts.
func (b *Builder[V]) Add(key string, v V) { b.items = append(b.items, &item[V]{key, v}) }

// Table returns the table of the records. It uses them up.
func (b *Builder[V]) Table() Table[V] {
	items := inOrder(b.items)
	b.items = nil
	t := Table[V]{root: build(items)}
	var links []*item[entry]
	for _, it := range items {
		if id := linkOf(it); id != "" {
			links = append(links, &item[entry]{linkPrefix(id) + it.key, entry{markOf(it)}})
		}
	}
	t.links = build(inOrder(links))
	return t
}

// inOrder sorts items by their keys, and keeps the last one of each.
func inOrder[V comparable](items []*item[V]) []*item[V] {
	byKey := func(a, b *item[V]) int { return strings.Compare(a.key, b.key) }
	if !slices.IsSortedFunc(items, byKey) {
		slices.SortStableFunc(items, byKey)
	}
	kept := items[:0]
	for i, it := range items {
		if i+1 == len(items) || items[i+1].key != it.key {
			kept = append(kept, it)
		}
	}
	return kept
}

// build returns a tree of items that are in order. It makes one level of nodes after the
// other; the items between the nodes of a level make the next one.
func build[V comparable](items []*item[V]) *node[V] {
	if len(items) == 0 {
		return nil
	}
	var kids []*node[V]
	for {
		nodes, between := level(items, kids)
		if len(nodes) == 1 {
			return nodes[0]
		}
		items, kids = between, nodes
	}
}

// level divides items, and the kids around them unless they are leaves', evenly into
// nodes that have room for a few more items. The items between the nodes are left.
func level[V comparable](items []*item[V], kids []*node[V]) (nodes []*node[V], between []*item[V]) {
	const filled = width - 2
	number := (len(items) + 1 + filled) / (filled + 1)
	at := 0
	for i := range number {
		n := (len(items)+1)*(i+1)/number - at - 1
		var around []*node[V]
		if kids != nil {
			around = kids[at : at+n+1]
		}
		nodes = append(nodes, newNode(items[at:at+n], around))
		if at += n; at < len(items) {
			between = append(between, items[at])
			at++
		}
	}
	return nodes, between
}
