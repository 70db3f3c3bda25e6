package fuzz

import "iter"

// Footprint says what inputs may touch, so that those that have nothing to do with
// each other can be judged by themselves: see [Linearizable]. It is given the
// initial state and the inputs of a history. It calls link with things that are
// linked in that state, such as a domain and the certificate that it is bound to,
// and returns a function that calls touch for every thing whose state may decide an
// input's answer or effect, and for every thing that it may change.
//
// What is found only in a state need not be touched by an input, as long as every
// input that may make the link touches both ends with [Write].
type Footprint[S, I any] func(initial S, inputs iter.Seq[I], link func(things ...string)) func(input I, touch func(thing string, how Access))

// Access is how an input touches a thing.
type Access uint8

// The ways to touch. Reads do not disturb each other, nor do additions; anything
// else of the same thing does.
const (
	Read  Access = iota + 1 // its answer or effect depends on the thing
	Add                     // it changes the thing in a way that leaves the order of additions unseen, such as a count
	Write                   // it changes the thing, or makes sure that it is judged with everything else that does
)

// All is a thing that every input reads. An input of which it is not known
// what it touches writes it.
const All = "all"

// parts splits a history into parts that can be judged by themselves: two
// operations are in the same part if they touch a thing in ways that disturb each
// other, or others in between do. The order of operations is kept.
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
	of := footprint(initial, inputs, func(things ...string) {
		for _, thing := range things {
			p.link(p.number(things[0]), p.number(thing))
		}
	})
	everything := p.number(All)
	touched := make([]touch, 0, 4*len(history))
	note := func(thing string, how Access) { touched = append(touched, touch{p.number(thing), how}) }
	ends := make([]int, len(history)) // of each operation's, in touched
	for i := range history {
		touched = append(touched, touch{everything, Read})
		of(history[i].Input, note)
		ends[i] = len(touched)
	}
	return group(history, p.components(touched, ends))
}

type touch struct {
	thing int
	how   Access
}

// partition is a forest of disjoint sets: first of things, then of operations
// behind them.
type partition struct {
	numbers map[string]int
	parents []int
}

func (p *partition) number(thing string) int {
	n, known := p.numbers[thing]
	if !known {
		n = p.more()
		p.numbers[thing] = n
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

// components returns the number of each operation's component. ends says where the
// touches of an operation end; those of the next one follow.
func (p *partition) components(touched []touch, ends []int) []int {
	// Linked things are one thing.
	hows := make([][Write + 1]bool, len(p.parents))
	for _, t := range touched {
		hows[p.root(t.thing)][t.how] = true
	}
	things := len(p.parents)
	roots := make([]int, things)
	for n := range roots {
		roots[n] = p.root(n)
	}
	of, begin := make([]int, len(ends)), 0
	for i, end := range ends {
		of[i] = p.more()
		for _, t := range touched[begin:end] {
			if how := hows[roots[t.thing]]; how[Write] || how[Add] && how[Read] {
				p.link(roots[t.thing], of[i])
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
