package fastpath_test

import "encoding/pem"

// A node is an ASN.1 element that can be changed: lengths follow when it is
// encoded. Wrapped DER, as in extensions and PKCS#8, is taken apart too.
type node struct {
	tag     byte
	prefix  []byte // of a BIT STRING that wraps others: its count of unused bits
	content []byte // of a leaf
	inner   []*node
	long    bool // encode the length with a byte too many
}

// parse returns the elements of a text, nil if it is not made of such.
func parse(der []byte) (nodes []*node) {
	for len(der) > 0 {
		if len(der) < 2 {
			return nil
		}
		n := &node{tag: der[0]}
		length, header := int(der[1]), 2
		if length >= 0x80 {
			count := length & 0x7f
			if count == 0 || count > 2 || len(der) < 2+count {
				return nil
			}
			length = 0
			for _, b := range der[2 : 2+count] {
				length = length<<8 | int(b)
			}
			header += count
		}
		if n.tag&0x1f == 0x1f || len(der) < header+length {
			return nil
		}
		n.content, der = der[header:header+length], der[header+length:]
		switch wrapped := n.content; {
		case n.tag&0x20 != 0, n.tag == 0x04:
			n.inner = parse(wrapped)
		case n.tag == 0x03 && len(wrapped) > 1 && wrapped[0] == 0:
			if n.inner = parse(wrapped[1:]); n.inner != nil {
				n.prefix = wrapped[:1]
			}
		}
		nodes = append(nodes, n)
	}
	return nodes
}

func (n *node) clone() *node {
	again := *n
	again.inner = nil
	for _, in := range n.inner {
		again.inner = append(again.inner, in.clone())
	}
	return &again
}

func (n *node) encode(dst []byte) []byte {
	content := n.content
	if n.inner != nil {
		content = append([]byte(nil), n.prefix...)
		for _, in := range n.inner {
			content = in.encode(content)
		}
	}
	dst = append(dst, n.tag)
	switch length := len(content); {
	case length < 0x80 && n.long:
		dst = append(dst, 0x81, byte(length))
	case length < 0x80:
		dst = append(dst, byte(length))
	case length < 0x100 && !n.long:
		dst = append(dst, 0x81, byte(length))
	case length < 0x10000 && (!n.long || length < 0x100):
		dst = append(dst, 0x82, byte(length>>8), byte(length))
	default:
		dst = append(dst, 0x83, byte(length>>16), byte(length>>8), byte(length))
	}
	return append(dst, content...)
}

func encode(nodes []*node) (der []byte) {
	for _, n := range nodes {
		der = n.encode(der)
	}
	return der
}

// all returns every list of elements with one index into it, in order.
func all(nodes *[]*node) (places []location) {
	for i, n := range *nodes {
		places = append(places, location{nodes, i})
		if n.inner != nil {
			places = append(places, all(&n.inner)...)
		}
	}
	return places
}

type location struct {
	list *[]*node
	at   int
}

func (l location) node() *node { return (*l.list)[l.at] }

func pemOf(label string, der []byte) string {
	return string(pem.EncodeToMemory(&pem.Block{Type: label, Bytes: der}))
}
