// Package dertree takes DER apart, changes it by its structure, and puts it together
// again, for tests that hold readers of certificates and keys to each other.
package dertree

import (
	"bytes"
	"encoding/binary"
	"slices"
)

// A Node is an element. Lengths follow when it is encoded. DER inside an OCTET STRING or
// a BIT STRING, as in extensions, public keys and PKCS#8, is taken apart too.
type Node struct {
	Tag     byte
	Prefix  []byte // of a BIT STRING that wraps others: its count of unused bits
	Content []byte // of an element without inner ones
	Inner   []*Node
	Long    bool // the length has a byte too many
	Lie     int  // the length is so much too large
}

// Parse takes elements apart; nil if they are not made of such.
func Parse(der []byte) (nodes []*Node) {
	for len(der) > 0 {
		n, rest := parseOne(der)
		if n == nil {
			return nil
		}
		nodes, der = append(nodes, n), rest
	}
	return nodes
}

func parseOne(der []byte) (n *Node, rest []byte) {
	const tagNumber = 0x1f
	if len(der) < 2 {
		return nil, nil
	}
	n = &Node{Tag: der[0]}
	if n.Tag&tagNumber == tagNumber { // one that needs no byte of its own is written without
		if der = der[1:]; len(der) < 2 || der[0] >= tagNumber {
			return nil, nil
		}
		n.Tag ^= tagNumber ^ der[0]
	}
	length, header := int(der[1]), 2
	if length >= 0x80 {
		count := length & 0x7f
		if count == 0 || count > 3 || len(der) < 2+count { // two bytes, and one too many
			return nil, nil
		}
		length, header = 0, header+count
		for _, b := range der[2:header] {
			length = length<<8 | int(b)
		}
	}
	if len(der) < header+length {
		return nil, nil
	}
	n.Content, rest = der[header:header+length], der[header+length:]
	switch wrapped := n.Content; {
	case n.Tag&0x20 != 0, n.Tag == 0x04:
		n.Inner = Parse(wrapped)
	case n.Tag == 0x03 && len(wrapped) > 1 && wrapped[0] == 0:
		if n.Inner = Parse(wrapped[1:]); n.Inner != nil {
			n.Prefix = wrapped[:1]
		}
	}
	return n, rest
}

// Clone copies an element and all in it.
func (n *Node) Clone() *Node {
	again := *n
	again.Inner = Clone(n.Inner)
	return &again
}

// Clone copies elements and all in them.
func Clone(nodes []*Node) []*Node {
	if nodes == nil {
		return nil
	}
	again := make([]*Node, len(nodes))
	for i, n := range nodes {
		again[i] = n.Clone()
	}
	return again
}

// encoded returns the content put together again, which may be changed.
func (n *Node) encoded() []byte {
	if n.Inner == nil {
		return slices.Clone(n.Content)
	}
	return append(slices.Clone(n.Prefix), Encode(n.Inner)...)
}

func (n *Node) flatten() { n.Content, n.Inner, n.Prefix = n.encoded(), nil, nil }

func (n *Node) append(dst []byte) []byte {
	content := n.encoded()
	length := binary.BigEndian.AppendUint64(nil, uint64(max(0, len(content)+n.Lie)))
	length = bytes.TrimLeft(length, "\x00")
	short := len(length) == 0 || len(length) == 1 && length[0] < 0x80
	switch {
	case len(length) == 0:
		length = []byte{0}
	case n.Long && !short:
		length = slices.Insert(length, 0, 0)
	}
	if dst = append(dst, n.Tag); n.Long || !short {
		dst = append(dst, 0x80|byte(len(length))) //nolint:gosec // G115: of at most nine bytes
	}
	return append(append(dst, length...), content...)
}

// Encode puts elements together again.
func Encode(nodes []*Node) (der []byte) {
	for _, n := range nodes {
		der = n.append(der)
	}
	return der
}

// A Place is an element in the list that it stands in.
type Place struct {
	List *[]*Node
	At   int
}

// Node returns the element.
func (p Place) Node() *Node { return (*p.List)[p.At] }

// Places returns all elements, those in others behind them.
func Places(nodes *[]*Node) (places []Place) {
	for i, n := range *nodes {
		places = append(places, Place{nodes, i})
		if n.Inner != nil {
			places = append(places, Places(&n.Inner)...)
		}
	}
	return places
}
