package fuzz

import "iter"

// Footprint tells which resources inputs access, so that [Linearizable] can check
// independent inputs separately. It receives the initial state and the inputs of a
// history. It calls link with resources that are linked in that state, such as a domain
// and its certificate. It returns a function that calls access for every resource that
// may decide the output or the effect of an input, and for every resource that the
// input may change.
//
// Links that already exist in the state are reported through link. An input that
// creates a link must [Write] both ends.
type Footprint[S, I any] func(initial S, inputs iter.Seq[I], link func(resources ...string)) func(input I, access func(resource string, how Access))

// Access is how an input uses a resource.
type Access uint8

// The kinds of access. Two reads of a resource are independent, and so are two
// additions; any other pair depends on the order.
const (
	Read  Access = iota + 1 // its output or effect depends on the resource
	Add                     // it changes the resource, and the order of additions shows nowhere, as with a count
	Write                   // it changes the resource in any other way
)

// All is a resource that every input reads. An input with an unknown footprint should
// write it.
const All = "all"

// parts splits a history into independent parts. Two operations are in the same part
// if they depend on each other, directly or through others. Parts keep the order of
// operations.
func parts[S, I, O any](footprint Footprint[S, I], initial S, history []Operation[I, O]) [][]Operation[I, O] {
	if footprint == nil {
		return [][]Operation[I, O]{history}
	}
	inputs := func(yield func(I) bool) {
		for i := range history {
			if !yield(history[i].Input) {
				return
			}
		}
	}
	p := &partition{numbers: map[string]int{}}
	of := footprint(initial, inputs, func(resources ...string) {
		for _, resource := range resources {
			p.link(p.number(resources[0]), p.number(resource))
		}
	})
	all := p.number(All)
	accesses := make([]accessed, 0, 4*len(history))
	record := func(resource string, how Access) { accesses = append(accesses, accessed{p.number(resource), how}) }
	ends := make([]int, len(history)) // of each operation's, in accesses
	for i := range history {
		accesses = append(accesses, accessed{all, Read})
		of(history[i].Input, record)
		ends[i] = len(accesses)
	}
	return group(history, p.components(accesses, ends))
}

type accessed struct {
	resource int
	how      Access
}

// partition is a forest of disjoint sets: first of resources, then of operations
// behind them.
type partition struct {
	numbers map[string]int
	parents []int
}

func (p *partition) number(resource string) int {
	n, known := p.numbers[resource]
	if !known {
		n = p.more()
		p.numbers[resource] = n
	}
	return n
}

func (p *partition) more() int {
	p.parents = append(p.parents, len(p.parents))
	return len(p.parents) - 1
}

func (p *partition) root(n int) int {
	for p.parents[n] != n {
		p.parents[n] = p.parents[p.parents[n]]
		n = p.parents[n]
	}
	return n
}

func (p *partition) link(a, b int) { p.parents[p.root(a)] = p.root(b) }

// components returns the number of each operation's component. ends has the end of each
// operation's accesses.
func (p *partition) components(accesses []accessed, ends []int) []int {
	// Linked resources are one resource.
	hows := make([][Write + 1]bool, len(p.parents))
	for _, t := range accesses {
		hows[p.root(t.resource)][t.how] = true
	}
	resources := len(p.parents)
	roots := make([]int, resources)
	for n := range roots {
		roots[n] = p.root(n)
	}
	of, begin := make([]int, len(ends)), 0
	for i, end := range ends {
		of[i] = p.more()
		for _, t := range accesses[begin:end] {
			if how := hows[roots[t.resource]]; how[Write] || how[Add] && how[Read] {
				p.link(roots[t.resource], of[i])
			}
		}
		begin = end
	}
	for i := range of {
		of[i] = p.root(of[i])
	}
	return of
}

// group returns the operations of each component. They share one array.
func group[I, O any](history []Operation[I, O], of []int) [][]Operation[I, O] {
	places := map[int]int{}
	var sizes []int
	for _, component := range of {
		place, known := places[component]
		if !known {
			place = len(sizes)
			places[component], sizes = place, append(sizes, 0)
		}
		sizes[place]++
	}
	parts, array := make([][]Operation[I, O], len(sizes)), make([]Operation[I, O], len(history))
	for place, size := range sizes {
		parts[place], array = array[:0:size], array[size:]
	}
	for i := range history {
		place := places[of[i]]
		parts[place] = append(parts[place], history[i])
	}
	return parts
}
