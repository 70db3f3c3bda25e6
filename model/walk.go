package model

// visit tells how a state was reached.
type visit struct {
	parent int // index of the state it was reached from, -1 for the initial one
	input  int // index of the input that led here
}

// walk computes the states of an exploration in the order of discovery, each by one
// step from the state it was reached from. It keeps the states that others are still to
// be reached from, and no others. The visits may grow while it walks.
type walk[S, I, O any] struct {
	exploration *Exploration[S, I, O]
	state       S   // the last one
	index       int // of the state after it
	child       int // index of the first state whose parent is not before the last one
	parents     queue[parent[S]]
}

type parent[S any] struct {
	state S
	index int
}

// next returns the next state. By then the visits from the last one must be known.
func (w *walk[S, I, O]) next() S {
	e := w.exploration
	if w.index == 0 {
		w.state, w.index, w.child = e.space.Machine.Init(), 1, 1
		return w.state
	}
	first := w.child
	for w.child < len(e.visits) && e.visits[w.child].parent == w.index-1 {
		w.child++
	}
	if w.child > first {
		w.parents.push(parent[S]{w.state, w.index - 1})
	}
	to := e.visits[w.index]
	for w.parents.first().index < to.parent {
		w.parents.pop()
	}
	w.state, _ = e.space.Machine.Step(w.parents.first().state, e.space.Inputs[to.input])
	w.index++
	return w.state
}

// queue is a queue of values, in blocks so that growing does not copy them.
type queue[T any] struct {
	blocks [][]T
	gone   int // how many of the first block are popped
}

const blockSize = 256

func (q *queue[T]) push(value T) {
	last := len(q.blocks) - 1
	if last < 0 || len(q.blocks[last]) == blockSize {
		q.blocks = append(q.blocks, make([]T, 0, blockSize))
		last++
	}
	q.blocks[last] = append(q.blocks[last], value)
}

func (q *queue[T]) first() *T { return &q.blocks[0][q.gone] }

// pop removes the first value, and what it refers to.
func (q *queue[T]) pop() {
	var none T
	*q.first() = none
	if q.gone++; q.gone == blockSize {
		q.blocks[0] = nil
		q.blocks, q.gone = q.blocks[1:], 0
	}
}
