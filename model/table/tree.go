package table

import (
	"iter"
	"strings"
)

// A node's subtrees differ in weight by at most a factor of delta; gamma tells a
// single rotation from a double one. The pair is the proven one of Hirai and
// Yamamoto, "Balancing weight-balanced trees" (2011).
const delta, gamma = 3, 2

func (n *node[V]) count() int {
	if n == nil {
		return 0
	}
	return n.size
}

func (n *node[V]) get(key string) *V {
	for n != nil {
		switch c := strings.Compare(key, n.key); {
		case c < 0:
			n = n.left
		case c > 0:
			n = n.right
		default:
			return n.value
		}
	}
	return nil
}

func (n *node[V]) set(key string, value *V) *node[V] {
	if n == nil {
		return &node[V]{key: key, value: value, size: 1}
	}
	switch c := strings.Compare(key, n.key); {
	case c < 0:
		return n.withLeft(n.left.set(key, value))
	case c > 0:
		return n.withRight(n.right.set(key, value))
	default:
		return &node[V]{n.key, value, n.left, n.right, n.size}
	}
}

// delete removes a key that is there.
func (n *node[V]) delete(key string) *node[V] {
	switch c := strings.Compare(key, n.key); {
	case c < 0:
		return n.withLeft(n.left.delete(key))
	case c > 0:
		return n.withRight(n.right.delete(key))
	case n.left == nil:
		return n.right
	case n.right == nil:
		return n.left
	}
	next := n.right
	for next.left != nil {
		next = next.left
	}
	without := n.right.delete(next.key)
	return balance(next.key, next.value, n.left, without, n.left.count(), without.count())
}

// withLeft returns the node with another left subtree. The size of the right one
// follows from sizes that were read on the way down: to look it up would cost a
// cache miss at every level of a large table.
func (n *node[V]) withLeft(left *node[V]) *node[V] {
	return balance(n.key, n.value, left, n.right, left.count(), n.size-1-n.left.count())
}

// withRight is withLeft for the other side.
func (n *node[V]) withRight(right *node[V]) *node[V] {
	return balance(n.key, n.value, n.left, right, n.size-1-n.right.count(), right.count())
}

func join[V comparable](key string, value *V, left, right *node[V]) *node[V] {
	return &node[V]{key, value, left, right, left.count() + right.count() + 1}
}

// balance joins two subtrees of the given sizes, of which at most one is one
// record out of balance.
func balance[V comparable](key string, value *V, left, right *node[V], leftSize, rightSize int) *node[V] {
	switch l, r := leftSize+1, rightSize+1; {
	case r > delta*l:
		if right.left.count()+1 < gamma*(right.right.count()+1) {
			return join(right.key, right.value, join(key, value, left, right.left), right.right)
		}
		m := right.left
		return join(m.key, m.value, join(key, value, left, m.left), join(right.key, right.value, m.right, right.right))
	case l > delta*r:
		if left.right.count()+1 < gamma*(left.left.count()+1) {
			return join(left.key, left.value, left.left, join(key, value, left.right, right))
		}
		m := left.right
		return join(m.key, m.value, join(left.key, left.value, left.left, m.left), join(key, value, m.right, right))
	default:
		return &node[V]{key, value, left, right, leftSize + rightSize + 1}
	}
}

// build returns the tree of records whose keys are given in order.
func build[V comparable](keys []string, records map[string]V) *node[V] {
	if len(keys) == 0 {
		return nil
	}
	middle := len(keys) / 2
	value := records[keys[middle]]
	return &node[V]{keys[middle], &value, build(keys[:middle], records), build(keys[middle+1:], records), len(keys)}
}

// equal compares as the trees stand while their shapes are the same, so that it
// never looks into what they share.
func (n *node[V]) equal(other *node[V]) bool {
	switch {
	case n == other:
		return true
	case n.count() != other.count():
		return false
	case n.key == other.key:
		return n.left.equal(other.left) && *n.value == *other.value && n.right.equal(other.right)
	}
	next, stop := iter.Pull2(Table[V]{other}.All())
	defer stop()
	for k, v := range (Table[V]{n}).All() {
		if otherKey, otherValue, _ := next(); otherKey != k || otherValue != v {
			return false
		}
	}
	return true
}

// walk yields the records from key on; it returns false when yield does.
func (n *node[V]) walk(from string, yield func(string, V) bool) bool {
	if n == nil {
		return true
	}
	if from <= n.key {
		return n.left.walk(from, yield) && yield(n.key, *n.value) && n.right.walk("", yield)
	}
	return n.right.walk(from, yield)
}
