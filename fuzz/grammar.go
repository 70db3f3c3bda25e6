package fuzz

import (
	"iter"
	"slices"

	"github.com/alicert/alicert/model"
)

// Generator makes sequences of inputs. It is safe for concurrent use; a sequence
// is not.
type Generator[I, O any] interface {
	// Begin begins a sequence that is made of the bytes of a source.
	Begin(*Source) Sequence[I, O]
}

// Sequence is a sequence of inputs that is being made while it is used: what is
// next may depend on the answers so far.
type Sequence[I, O any] interface {
	// Next returns the next input; ok is false at the end.
	Next() (input I, ok bool)
	// Learn tells the sequence what its last input was answered. It is not
	// called where there was no answer.
	Learn(input I, output O)
}

// Grammar is a generator made of kinds of inputs. B is what one sequence
// remembers, usually a pointer to a struct of [Bundle]s.
//
// Any byte string is a sequence of a grammar: the first bytes choose which kinds
// it leaves out, if any (swarm testing: what is never left out hides what only
// happens without it), then each input chooses its kind and its parts, until the
// bytes have run out.
type Grammar[B, I, O any] struct {
	Commands []Command[B, I]
	New      func() B             // what a sequence remembers at first
	Learn    func(b B, in I, o O) // remembers an answer; nil: nothing is
}

// Command is one kind of inputs.
type Command[B, I any] struct {
	Name   string
	Weight int // how often, against the other kinds; 0 counts as 1
	Make   func(s *Source, b B) I

	// Ready reports whether the kind's time has come: whether there is
	// anything that such an input could be about. Before that it is made
	// eight times less often. Nil: it always has.
	Ready func(b B) bool
}

// Without returns the grammar without the kinds of the given names.
func (g Grammar[B, I, O]) Without(names ...string) Grammar[B, I, O] {
	g.Commands = slices.DeleteFunc(slices.Clone(g.Commands), func(k Command[B, I]) bool { return slices.Contains(names, k.Name) })
	return g
}

// Begin begins a sequence.
func (g Grammar[B, I, O]) Begin(s *Source) Sequence[I, O] {
	q := &grammarSequence[B, I, O]{grammar: g, source: s, memory: g.New()}
	swarm, left := s.Bool(), 0
	for _, k := range g.Commands {
		w := max(k.Weight, 1)
		if swarm && s.OneIn(4) {
			w = 0
		}
		q.weights = append(q.weights, w)
		left += w
	}
	if left == 0 { // all are left out
		for i, k := range g.Commands {
			q.weights[i] = max(k.Weight, 1)
		}
	}
	return q
}

type grammarSequence[B, I, O any] struct {
	grammar Grammar[B, I, O]
	source  *Source
	memory  B
	weights []int // 0: left out
	now     []int // scratch: the weights as ready as they are
}

func (q *grammarSequence[B, I, O]) Next() (input I, ok bool) {
	if q.source.Done() || len(q.weights) == 0 {
		return input, false
	}
	now := q.now[:0]
	for i, k := range q.grammar.Commands {
		w := q.weights[i] * 8
		if w > 0 && k.Ready != nil && !k.Ready(q.memory) {
			w /= 8
		}
		now = append(now, w)
	}
	q.now = now
	before := len(q.source.data)
	input = q.grammar.Commands[q.source.Weighted(now...)].Make(q.source, q.memory)
	if len(q.source.data) == before { // nothing was to be chosen, but a sequence has an end
		q.source.byte()
	}
	return input, true
}

func (q *grammarSequence[B, I, O]) Learn(input I, output O) {
	if q.grammar.Learn != nil {
		q.grammar.Learn(q.memory, input, output)
	}
}

// Inputs yields the sequence that data is, with the answers that the machine
// gives. Every byte string is a sequence; the same one is the same sequence every
// time.
func Inputs[S, I, O any](m model.Machine[S, I, O], g Generator[I, O], data []byte) iter.Seq[I] {
	return func(yield func(I) bool) {
		sequence, state := g.Begin(NewSource(data)), m.Init()
		for {
			input, ok := sequence.Next()
			if !ok || !yield(input) {
				return
			}
			var output O
			state, output = m.Step(state, input)
			sequence.Learn(input, output)
		}
	}
}
