package model

// Action is what an input of this library's machines does.
type Action interface {
	// Kind says who does it.
	Kind() Kind
	// About returns what it is about, as far as the input alone tells.
	About() Resource
}

// Kind says where an input comes from.
type Kind uint8

// The kinds of inputs.
const (
	Request Kind = iota + 1 // a call that may change the state
	Read                    // a call that changes nothing
	Event                   // happens without a call
)

// Resource names a part of a state. The Type is account, domain, certificate, load
// balancer, listener, job or client token. Without an ID, it is all of that type.
type Resource struct{ Type, ID string }

// String returns type and id, separated by a space.
func (r Resource) String() string {
	if r.ID == "" {
		return r.Type
	}
	return r.Type + " " + r.ID
}
