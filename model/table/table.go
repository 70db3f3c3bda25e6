// Package table has the data structure of the models' states: an immutable sorted map
// from string to a comparable record. A change returns a new table, which shares all
// but one path with the old one. So old states need little memory, and a step on a
// million records costs about as much as one on ten.
//
// It is a B-tree. Paging, indices and canonical printing need the order of keys. At
// the sizes of exploring and fuzzing a change copies one node.
package table

import (
	"encoding/json"
	"fmt"
	"iter"
	"maps"
	"slices"
)

// Table is an immutable sorted map. The zero value is empty. It is safe for
// concurrent use, as all immutable values are.
type Table[V comparable] struct {
	root *node[V]
	size int
}

// Len returns the number of records.
func (t Table[V]) Len() int { return t.size }

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
	root, added := t.root.set(&item[V]{key, v})
	if added {
		t.size++
	}
	return Table[V]{root, t.size}
}

// Update returns the table with the record of a key changed. It is Get followed by
// Set in a single descent. An absent key changes nothing.
func (t Table[V]) Update(key string, change func(*V)) Table[V] {
	return Table[V]{t.root.update(key, change), t.size}
}

// Delete returns the table without the record of a key.
func (t Table[V]) Delete(key string) Table[V] {
	root, deleted := t.root.delete(key)
	if deleted {
		t.size--
	}
	return Table[V]{root, t.size}
}

// All yields the records in the order of their keys.
func (t Table[V]) All() iter.Seq2[string, V] { return t.From("") }

// From yields the records whose keys are not less than key, in order.
func (t Table[V]) From(key string) iter.Seq2[string, V] {
	return func(yield func(string, V) bool) { t.root.walk(key, yield) }
}

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
func (t Table[V]) Equal(other Table[V]) bool { return t.size == other.size && t.root.equal(other.root) }

// Of returns a table with the given records.
func Of[V comparable](records map[string]V) (t Table[V]) {
	for _, key := range slices.Sorted(maps.Keys(records)) {
		t = t.Set(key, records[key])
	}
	return t
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

// MarshalJSON encodes the table as an object. It loses nothing if keys and records
// have only text in valid UTF-8.
func (t Table[V]) MarshalJSON() ([]byte, error) {
	b := []byte{'{'}
	for k, v := range t.All() {
		if len(b) > 1 {
			b = append(b, ',')
		}
		key, err := json.Marshal(k)
		if err != nil {
			return nil, err
		}
		value, err := json.Marshal(v)
		if err != nil {
			return nil, err
		}
		b = append(append(append(b, key...), ':'), value...)
	}
	return append(b, '}'), nil
}

// UnmarshalJSON decodes the result of MarshalJSON.
func (t *Table[V]) UnmarshalJSON(data []byte) error {
	var records map[string]V
	if err := json.Unmarshal(data, &records); err != nil {
		return err
	}
	*t = Of(records)
	return nil
}
