// Package table has the data structure of the models' states: an immutable sorted map
// from string to a comparable record. A change returns a new table, which shares all
// but one path with the old one. So old states need little memory, and a step on a
// million records costs about as much as one on ten.
//
// It is a B-tree. Paging, indices and canonical printing need the order of keys. At
// the sizes of exploring and fuzzing a change copies one node.
package table

import (
	"fmt"
	"iter"
)

// Table is an immutable sorted map. The zero value is empty. It is safe for
// concurrent use, as all immutable values are.
//
// A record may implement [Grouped], [Ending] and [Linked] with pointer receivers. Then the
// table counts its records by group, finds those that end in a time, and has an index of
// what they are linked to: see [Table.Where] and [Selection.LinkedTo]. All of this follows
// from the records and is no part of String and JSON.
type Table[V comparable] struct {
	root  *node[V]
	links *node[entry] // by linkKey; empty unless records are Linked
}

// Len returns the number of records.
func (t Table[V]) Len() int { return t.root.len() }

// Get returns the record of a key; ok is false if there is none.
func (t Table[V]) Get(key string) (v V, ok bool) {
	if found := t.root.get(key); found != nil {
		return found.value, true
	}
	return v, false
}

// Has reports whether there is a record of a key.
func (t Table[V]) Has(key string) bool {
	return t.root.get(key) != nil
}

// Set returns the table with the record of a key set to v.
func (t Table[V]) Set(key string, v V) Table[V] {
	it := &item[V]{key, v}
	root, old := t.root.set(it)
	return Table[V]{root, relink(t.links, old, it)}
}

// Update returns the table with the record of a key changed. It is Get followed by
// Set in a single descent. An absent key changes nothing.
func (t Table[V]) Update(key string, change func(*V)) Table[V] {
	root, old, it := t.root.edit(key, change)
	return Table[V]{root, relink(t.links, old, it)}
}

// Delete returns the table without the record of a key.
func (t Table[V]) Delete(key string) Table[V] {
	root, old := t.root.delete(key)
	return Table[V]{root, relink(t.links, old, nil)}
}

// All yields the records in the order of their keys.
func (t Table[V]) All() iter.Seq2[string, V] { return t.From("") }

// From yields the records whose keys are not less than key, in order.
func (t Table[V]) From(key string) iter.Seq2[string, V] {
	return func(yield func(string, V) bool) { t.root.walk(key, yield) }
}

// Skip yields the records in the order of their keys, without the first n.
func (t Table[V]) Skip(n int) iter.Seq2[string, V] { return t.Select().Skip(n) }

// At returns the record at a position in the order of the keys, from 0; ok is false if
// there is none.
func (t Table[V]) At(position int) (key string, v V, ok bool) {
	if position < 0 {
		return "", v, false
	}
	for key, v := range t.Skip(position) {
		return key, v, true
	}
	return "", v, false
}

// Rank returns the number of records whose keys are less than key.
func (t Table[V]) Rank(key string) int { return t.Select().Rank(key) }

// WithPrefix yields the records whose keys begin with prefix, in order.
func (t Table[V]) WithPrefix(prefix string) iter.Seq2[string, V] {
	return func(yield func(string, V) bool) {
		for k, v := range t.From(prefix) {
			if len(k) < len(prefix) || k[:len(prefix)] != prefix || !yield(k, v) {
				return
			}
		}
	}
}

// Equal reports whether two tables hold the same records. It skips the shared parts,
// so it is fast for tables that differ by few changes.
func (t Table[V]) Equal(other Table[V]) bool {
	return t.Len() == other.Len() && t.root.equal(other.root)
}

// Of returns a table with the given records.
func Of[V comparable](records map[string]V) Table[V] {
	var b Builder[V]
	for key, v := range records {
		b.Add(key, v)
	}
	return b.Table()
}

// String prints the records in order.
func (t Table[V]) String() string {
	b := []byte{'{'}
	for k, v := range t.All() {
		if len(b) > 1 {
			b = append(b, ' ')
		}
		b = fmt.Appendf(b, "%q:%+v", k, v)
	}
	return string(append(b, '}'))
}
