package dertree

import "slices"

// A Changer changes DER by its structure at random.
type Changer struct {
	intN   func(n int) int
	donors []*Node // elements to put where they do not belong
}

// NewChanger returns a changer that makes its choices with intN, which returns a number
// from 0 to n-1. It puts elements of the donors where they do not belong, and some that
// are unsound in themselves.
func NewChanger(intN func(n int) int, donors []*Node) Changer { return Changer{intN, donors} }

// Donors returns all elements that are not long of some DER.
func Donors(ders ...[]byte) (donors []*Node) {
	const longest = 200
	for _, der := range ders {
		nodes := Parse(der)
		for _, place := range Places(&nodes) {
			if n := place.Node(); len(Encode([]*Node{n})) <= longest {
				donors = append(donors, n)
			}
		}
	}
	return donors
}

// unsound has elements of which some reader does not take the content, and the usual
// ones beside them.
var unsound = [][]byte{
	{0x05, 0},
	{0x05, 1, 0}, // NULL
	{0x02, 1, 1},
	{0x02, 0},
	{0x02, 2, 0, 1},
	{0x02, 2, 0xff, 0xff},
	{0x02, 1, 0xff}, // INTEGER
	{0x01, 1, 0xff},
	{0x01, 1, 0},
	{0x01, 2, 0, 0},
	{0x01, 0}, // BOOLEAN
	{0x06, 2, 0x2a, 3},
	{0x06, 0},
	{0x06, 1, 0xff},
	{0x06, 2, 0x80, 1},
	{0x06, 3, 0x2a, 0x80, 1},
	{0x06, 11, 0x2a, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1}, // OID
	{0x03, 1, 0},
	{0x03, 0},
	{0x03, 1, 9},
	{0x03, 2, 9, 0},
	{0x03, 2, 7, 0xff}, // BIT STRING
	{0x30, 0},
	{0x31, 0},
	{0x30, 2, 0x05, 0},
	{0x31, 2, 0x05, 0},
	{0x04, 0},
	{0x04, 1, 1},
	{0x0c, 1, 'a'},
	{0x0c, 1, 0xff},
	{0x0c, 3, 0xed, 0xa0, 0x80},
	{0x1e, 1, 0},
	{0x1e, 2, 0xd8, 0},
	{0x1e, 2, 0, 'a'},
	{0x1c, 3, 0, 0, 0},
	{0x1c, 4, 0, 0x11, 0, 0},
	{0x1c, 4, 0, 0, 0, 'a'},
	{0x13, 1, '*'},
	{0x14, 1, 0xe9},
	{0x16, 1, 0xe9},
	{0x1a, 1, 'a'},
	{0x1b, 1, 'a'},
	{0x12, 1, 'a'},
	{0x0a, 1, 1},
	{0x0a, 0},
	{0x07, 1, 'a'},
	{0x19, 1, 'a'},
	{0x15, 1, 'a'},
	{0x80, 1, 1},
	{0x81, 1, 'a'},
	{0x82, 1, 'a'},
	{0x82, 0},
	{0x86, 1, 'a'},
	{0x87, 1, 1},
	{0x88, 1, 0xff},
	{0x88, 0},
	{0x88, 2, 0x80, 1},
	{0x89, 1, 'a'},
	{0x8a, 0},
	{0xa0, 0},
	{0xa0, 2, 0x05, 0},
	{0xa1, 0},
	{0xa1, 2, 0x05, 0},
	{0xa2, 0},
	{0xa3, 0},
	{0xa4, 2, 0x30, 0},
	{0xa4, 0},
	{0xa5, 0},
	{0xa9, 0},
	{0xa9, 2, 0x05, 0},
	{0x1f, 0x81, 0x00, 0},
	{0x9f, 0x81, 0x00, 0},
	{0x00, 0},
	{0x41, 0},
	{0xc1, 0},
}

// tags are those that an element gets instead of its own.
var tags = []byte{
	0x01, 0x02, 0x03, 0x04, 0x05, 0x06, 0x0a, 0x0c, 0x12, 0x13, 0x14, 0x16, 0x17, 0x18, 0x1a, 0x1c, 0x1e, 0x30, 0x31,
	0x80, 0x81, 0x82, 0x83, 0x84, 0x85, 0x86, 0x87, 0x88, 0x89, 0xa0, 0xa1, 0xa2, 0xa3, 0xa4, 0xa5, 0xa6, 0xa7, 0xa8, 0xa9,
	0x24, 0x2c, 0x23, 0x36, 0x10, 0x11, 0x00, 0x40, 0xc0,
}

func pick[T any](c Changer, from []T) T { return from[c.intN(len(from))] }

func (c Changer) anyByte() byte { return byte(c.intN(256)) } //nolint:gosec // G115: it is below 256

// donor returns an element that does not belong where it is put.
func (c Changer) donor() *Node {
	if len(c.donors) > 0 && c.intN(4) == 0 {
		return pick(c, c.donors).Clone()
	}
	raw := pick(c, unsound)
	if n, rest := parseOne(raw); n != nil && len(rest) == 0 {
		return n.Clone()
	}
	return &Node{Tag: raw[0], Content: raw[2:], Lie: int(raw[1]) - len(raw) + 2}
}

// Change makes a few changes to DER.
func (c Changer) Change(nodes []*Node) []byte {
	nodes = Clone(nodes)
	for range 1 + c.intN(6)/5 + c.intN(6)/5 {
		if places := Places(&nodes); len(places) > 0 {
			c.change(pick(c, places))
		}
	}
	return Encode(nodes)
}

func (c Changer) change(place Place) {
	n, list, at := place.Node(), place.List, place.At
	switch c.intN(20) {
	case 0, 1: // left out
		*list = slices.Delete(*list, at, at+1)
	case 2: // twice
		*list = slices.Insert(*list, at, n.Clone())
	case 3: // emptied
		n.Inner, n.Prefix, n.Content = nil, nil, nil
	case 4, 5: // another type
		n.Tag = pick(c, tags)
	case 6:
		n.Tag ^= pick(c, []byte{0x20, 0x80, 0x01, 0x02})
	case 7, 8, 9: // something in front, or behind
		*list = slices.Insert(*list, at+c.intN(2), c.donor())
	case 10: // something else instead
		(*list)[at] = c.donor()
	case 11: // something more inside
		if n.Inner == nil && n.Tag&0x20 == 0 {
			n.flatten()
			n.Content = append(n.Content, c.anyByte())
			return
		}
		n.Inner = append(n.Inner, c.donor())
	case 12: // a length that is not its own
		n.Lie = pick(c, []int{-1, 1, 1, 2, 127})
	case 13: // a length that is not the shortest
		n.Long = true
	case 14, 15, 16:
		c.damage(n)
	case 17: // wrapped
		(*list)[at] = &Node{Tag: pick(c, tags), Inner: []*Node{n}}
	case 18: // without what is around its inside
		*list = slices.Replace(*list, at, at+1, n.Inner...)
	case 19: // in another place
		other := c.intN(len(*list))
		(*list)[at], (*list)[other] = (*list)[other], (*list)[at]
	}
}

// damage changes the content of an element.
func (c Changer) damage(n *Node) {
	n.flatten()
	if len(n.Content) == 0 {
		n.Content = []byte{c.anyByte()}
		return
	}
	where := c.intN(len(n.Content))
	switch c.intN(8) {
	case 0:
		n.Content[where] = c.anyByte()
	case 1:
		n.Content[where] ^= 1 << c.intN(8)
	case 2: // a byte in front: padding of a number, of an arc, a count of bits
		n.Content = slices.Insert(n.Content, 0, pick(c, []byte{0, 0x80, 0xff, 9}))
	case 3: // an arc that does not end, half a character
		n.Content[len(n.Content)-1] |= 0x80
	case 4:
		n.Content = n.Content[:where]
	case 5:
		n.Content = n.Content[:len(n.Content)-1]
	case 6:
		n.Content[0] = pick(c, []byte{0, 7, 8, 9, 0x80, 0xff})
	case 7:
		n.Content = append(n.Content, pick(c, []byte{0, 0x80, 0xff}))
	}
}
