package alb

import (
	"slices"

	"github.com/alicert/alicert/model/table"
)

// chosen reports whether a filter contains an id; an empty filter contains all.
func chosen(filter []string, id string) bool {
	return len(filter) == 0 || slices.Contains(filter, id)
}

// Group implements [table.Grouped] by the product and the protocol.
func (l *Listener) Group(string) table.Group { return groupOf(l.Product, l.Protocol) }

// Group implements [table.Grouped] by the product.
func (lb *LoadBalancer) Group(string) table.Group { return firstGroup(lb.Product) }

// Group implements [table.Grouped] by the product.
func (j *Job) Group(string) table.Group { return firstGroup(productOfJob(j.Operation)) }

// Link implements [table.Linked] with the load balancer.
func (l *Listener) Link() string { return l.LoadBalancer }

// Link implements [table.Linked] with the listener.
func (j *Job) Link() string { return j.Listener }

// groupsPerProduct is how many groups of listeners a product has: one for each of its
// protocols, and otherProtocol for one that is none of its own, as an event may have.
const (
	groupsPerProduct table.Group = 4
	otherProtocol    table.Group = groupsPerProduct - 1
)

// protocols are those of the products, in the order of their groups. UDP of GA is with the
// others.
var protocols = [...][otherProtocol]Protocol{{HTTP, HTTPS, QUIC}, {TCP, TCPSSL, UDP}, {HTTP, HTTPS, TCP}}

// firstGroup returns the first group of a product.
func firstGroup(product string) table.Group {
	return table.Group(max(0, slices.Index(products, product))) * groupsPerProduct //nolint:gosec // there are few products
}

// groupOf returns the group of a protocol of a product.
func groupOf(product string, p Protocol) table.Group {
	first := firstGroup(product)
	if i := slices.Index(protocols[first/groupsPerProduct][:], p); i >= 0 {
		return first + table.Group(i) //nolint:gosec // there are few protocols
	}
	return first + otherProtocol
}

// groupsOf returns the groups of a protocol of a product, and all of the product's for none.
func groupsOf(product string, p Protocol) table.Groups {
	if p != "" {
		return table.GroupsOf(groupOf(product, p))
	}
	first := firstGroup(product)
	return table.GroupsOf(first, first+1, first+2, first+otherProtocol)
}
