package fuzz

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"slices"
	"strings"

	"github.com/alicert/alicert/model"
)

// Generator makes sequences of inputs. It is safe for concurrent use; a sequence is not.
type Generator[I, O any] interface {
	// Begin begins a sequence that is made from a source.
	Begin(*Source) Sequence[I, O]
}

// Sequence makes inputs one by one, because an input may depend on earlier answers.
type Sequence[I, O any] interface {
	// Next returns the next input; ok is false at the end.
	Next() (input I, ok bool)
	// Learn receives the answer to the last input. It is not called for an input
	// without an answer.
	Learn(input I, output O)
}

// Grammar is a [Generator] that is a list of commands. B is the memory of one sequence,
// usually a pointer to a struct of [Bundle] values.
//
// Any byte string is a sequence. The first three bytes may disable some commands (swarm
// testing: disabling some commands reaches states that the full mix masks). Then each
// input chooses its command and its parts, until all bytes are used.
type Grammar[B, I, O any] struct {
	Commands []Command[B, I]
	New      func() B             // makes the memory of a new sequence
	Learn    func(b B, in I, o O) // remembers an answer; may be nil

	// Initial remembers what the machine's initial state has, for a machine that
	// does not begin empty. The state has the machine's type of state. Nil means
	// that nothing is remembered.
	Initial func(b B, state any)
}

// Command makes one kind of input.
type Command[B, I any] struct {
	Name   string
	Weight int // relative frequency; 0 counts as 1
	Make   func(s *Source, b B) I

	// Ready reports whether the memory has something that such an input can
	// refer to. While it has not, the command has a thirty-second of its weight,
	// and of weight 3 at most: few inputs should not apply. Nil means always ready.
	Ready func(b B) bool
}

// Names returns the names of the commands.
func (g Grammar[B, I, O]) Names() []string {
	names := make([]string, len(g.Commands))
	for i, k := range g.Commands {
		names[i] = k.Name
	}
	return names
}

// Only returns the grammar with the commands of the given names alone, for a system that
// has one operation of many. It panics if there is no command of a name.
func (g Grammar[B, I, O]) Only(names ...string) Grammar[B, I, O] {
	return g.choose("Only", names, true)
}

// Without returns the grammar without the commands of the given names. It panics if
// there is no command of a name.
func (g Grammar[B, I, O]) Without(names ...string) Grammar[B, I, O] {
	return g.choose("Without", names, false)
}

func (g Grammar[B, I, O]) choose(method string, names []string, keep bool) Grammar[B, I, O] {
	all := g.Names()
	for _, name := range names {
		if !slices.Contains(all, name) {
			panic(fmt.Sprintf("fuzz: %s: no command is named %q; the names are %s", method, name, quotedNames(all)))
		}
	}
	g.Commands = slices.DeleteFunc(slices.Clone(g.Commands), func(k Command[B, I]) bool { return slices.Contains(names, k.Name) != keep })
	return g
}

func quotedNames(names []string) string {
	quoted := make([]string, len(names))
	for i, name := range names {
		quoted[i] = fmt.Sprintf("%q", name)
	}
	return strings.Join(quoted, ", ")
}

// choosing returns what choose returns, as a Generator. It is for [Options.Only] and
// [Options.Without], which do not know the type of the memory.
func (g Grammar[B, I, O]) choosing(method string, names []string, keep bool) Generator[I, O] {
	return g.choose(method, names, keep)
}

// Begin begins a sequence.
func (g Grammar[B, I, O]) Begin(s *Source) Sequence[I, O] {
	q := &grammarSequence[B, I, O]{grammar: g, source: s, memory: g.New()}
	var swarm *rand.Rand
	if s.Bool() { // two bytes choose which ones: one for each command would be most of a short sequence
		swarm = rand.New(rand.NewPCG(uint64(s.Intn(1<<16)), 0)) //nolint:gosec // a sequence must be repeatable
	}
	left := 0
	for _, k := range g.Commands {
		w := max(k.Weight, 1)
		if swarm != nil && swarm.IntN(4) == 0 {
			w = 0
		}
		q.weights = append(q.weights, w)
		left += w
	}
	if left == 0 { // all are disabled
		for i, k := range g.Commands {
			q.weights[i] = max(k.Weight, 1)
		}
	}
	return q
}

// unready is how much less often a command is chosen that is not ready.
const unready = 32

type grammarSequence[B, I, O any] struct {
	grammar Grammar[B, I, O]
	source  *Source
	memory  B
	weights []int // 0 means disabled
	now     []int // scratch: the weights with readiness applied
}

func (q *grammarSequence[B, I, O]) Next() (input I, ok bool) {
	if q.source.Done() || len(q.weights) == 0 {
		return input, false
	}
	now, scale := q.now[:0], 1
	isReady := func(k *Command[B, I]) bool { return k.Ready == nil || k.Ready(q.memory) }
	for i := range q.grammar.Commands {
		if q.weights[i] > 0 && !isReady(&q.grammar.Commands[i]) {
			scale = unready
			break
		}
	}
	for i := range q.grammar.Commands {
		w := q.weights[i] * scale
		if w > 0 && scale > 1 && !isReady(&q.grammar.Commands[i]) {
			w = min(w/scale, 3)
		}
		now = append(now, w)
	}
	q.now = now
	before := len(q.source.data)
	input = q.grammar.Commands[q.source.Weighted(now...)].Make(q.source, q.memory)
	if len(q.source.data) == before { // no choice was made, but every input must use a byte
		q.source.byte()
	}
	return input, true
}

func (q *grammarSequence[B, I, O]) Learn(input I, output O) {
	if q.grammar.Learn != nil {
		q.grammar.Learn(q.memory, input, output)
	}
}

func (q *grammarSequence[B, I, O]) initial(state any) {
	if q.grammar.Initial != nil {
		q.grammar.Initial(q.memory, state)
	}
}

// begin begins a sequence of a machine's inputs.
func begin[S, I, O any](g Generator[I, O], data []byte, m model.Machine[S, I, O]) Sequence[I, O] {
	sequence := g.Begin(NewSource(data))
	if s, ok := sequence.(interface{ initial(state any) }); ok {
		s.initial(m.Init())
	}
	return sequence
}

// Inputs yields the sequence that data encodes, with the machine as the system that
// answers. The same data always yields the same sequence.
func Inputs[S, I, O any](m model.Machine[S, I, O], g Generator[I, O], data []byte) iter.Seq[I] {
	return func(yield func(I) bool) {
		sequence, state := begin(g, data, m), m.Init()
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
