package table

import "fmt"

// CheckBalance says what is wrong with the tree: its order, its sizes, or its
// balance, on which the time of every operation rests.
func (t Table[V]) CheckBalance() error {
	_, err := t.root.check(nil, nil)
	return err
}

func (n *node[V]) check(above, below *string) (size int, err error) {
	if n == nil {
		return 0, nil
	}
	if above != nil && n.key <= *above || below != nil && n.key >= *below {
		return 0, fmt.Errorf("%q is out of order", n.key)
	}
	left, err := n.left.check(above, &n.key)
	if err != nil {
		return 0, err
	}
	right, err := n.right.check(&n.key, below)
	switch {
	case err != nil:
		return 0, err
	case n.size != left+right+1:
		return 0, fmt.Errorf("%q says %d records; there are %d", n.key, n.size, left+right+1)
	case left+1 > delta*(right+1) || right+1 > delta*(left+1):
		return 0, fmt.Errorf("%q has %d records on its left, %d on its right", n.key, left, right)
	}
	return n.size, nil
}
