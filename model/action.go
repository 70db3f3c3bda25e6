package model

// Action is the action of an input of this library's machines.
type Action interface {
	// Kind returns whether the action is a request, a read or an event.
	Kind() Kind
	// About returns the resource of the action, as far as the input alone names it.
	About() Resource
}

// Kind is the origin of an input.
type Kind uint8

// The kinds of inputs.
const (
	Request Kind = iota + 1 // a call that may change the state
	Read                    // a call that changes nothing
	Event                   // happens without a call
)

// Resource names a part of a state. The Type is account, domain, certificate, load
// balancer, listener, job, client token, site or plan; of the classic load balancer, it is
// classic load balancer, classic listener, server certificate or domain extension. Without
// an ID, it is all of that type.
type Resource struct{ Type, ID string }

// String returns type and id, separated by a space.
func (r Resource) String() string {
	if r.ID == "" {
		return r.Type
	}
	return r.Type + " " + r.ID
}
