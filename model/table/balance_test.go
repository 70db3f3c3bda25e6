package table

import (
	"fmt"
	"testing"
)

// TestEverySmallTreeStaysBalanced makes every balanced tree of up to eleven
// records, and each with every insertion and every deletion.
func TestEverySmallTreeStaysBalanced(t *testing.T) {
	const largest = 11
	shapes := [largest + 1][]*node[int]{{nil}}
	trees := 0
	for size := 1; size <= largest; size++ {
		for left := range size {
			right := size - 1 - left
			if left+1 > delta*(right+1) || right+1 > delta*(left+1) {
				continue
			}
			for _, l := range shapes[left] {
				for _, r := range shapes[right] {
					shapes[size] = append(shapes[size], &node[int]{left: l, right: r, size: size})
				}
			}
		}
		for _, shape := range shapes[size] {
			tree, _ := shape.number(0)
			for i := range size {
				key := position(i)
				for _, changed := range []*node[int]{tree.set(key+"x", new(int)), tree.set(key, new(int)), tree.delete(key)} {
					if err := (Table[int]{changed}).CheckBalance(); err != nil {
						t.Fatalf("a tree of %d, at %s: %v", size, key, err)
					}
				}
			}
			if err := (Table[int]{tree.set("", new(int))}).CheckBalance(); err != nil {
				t.Fatalf("a tree of %d, in front: %v", size, err)
			}
			trees++
		}
	}
	if trees < 1000 {
		t.Errorf("%d trees: that tests little", trees)
	}
}

// number returns the tree with keys in order, from a number on, and the next one.
func (n *node[V]) number(from int) (*node[V], int) {
	if n == nil {
		return nil, from
	}
	left, at := n.left.number(from)
	right, next := n.right.number(at + 1)
	return &node[V]{position(at), new(V), left, right, n.size}, next
}

func position(i int) string { return fmt.Sprintf("%03d", i) }
