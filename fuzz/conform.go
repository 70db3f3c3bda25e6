package fuzz

import (
	"context"
	"encoding/binary"
	"io"
	"math/rand/v2"

	"github.com/alicert/alicert/model"
)

// T is what the harness needs of a test: a [*testing.T], *testing.B, *testing.F
// or *rapid.T is one.
type T interface {
	Helper()
	Logf(format string, args ...any)
	Fatalf(format string, args ...any)
}

// Conform sends random sequences of inputs to a system and to the machine, and
// fails the test where they part or an invariant breaks: with the shortest and
// simplest sequence found that shows it, printed as Go source. open returns a
// system that begins as the machine does; it is called for every sequence, and
// again while a failure is made shorter. What it returns is closed, if it is an
// [io.Closer].
//
// Which sequences is decided by Options.Seed, so a test does the same every time.
func Conform[S, I, O any](t T, m model.Machine[S, I, O], open func() model.System[I, O], o Options[S, I, O]) {
	t.Helper()
	c := conformance[S, I, O]{contextOf(t), m, open, o}
	for data := range Bytes(o.Seed, orDefault(o.Sequences, 100), orDefault(o.Bytes, 1024)) {
		if failed := c.generate(data); failed != nil {
			report(t, c.shrink(failed))
			return
		}
	}
}

// ConformBytes is [Conform] for the one sequence that data is. It is the body of
// a native fuzz target, and of a property of pgregory.net/rapid that draws data.
func ConformBytes[S, I, O any](t T, m model.Machine[S, I, O], open func() model.System[I, O], o Options[S, I, O], data []byte) {
	t.Helper()
	c := conformance[S, I, O]{contextOf(t), m, open, o}
	if failed := c.generate(data); failed != nil {
		report(t, c.shrink(failed))
	}
}

// Replay is [Conform] for one sequence of inputs as it is, without making a
// failure shorter. Printed failures call it.
func Replay[S, I, O any](t T, m model.Machine[S, I, O], open func() model.System[I, O], o Options[S, I, O], inputs ...I) {
	t.Helper()
	c := conformance[S, I, O]{contextOf(t), m, open, o}
	if failed := c.replay(inputs); failed != nil {
		failed.Source = goSource(o.Program, failed.Inputs)
		report(t, failed)
	}
}

// Find is [ConformBytes] without a test. It returns nil if the system conforms, and
// otherwise a [*Failure], made shorter, with its source.
func Find[S, I, O any](ctx context.Context, m model.Machine[S, I, O], open func() model.System[I, O], o Options[S, I, O], data []byte) error {
	c := conformance[S, I, O]{ctx, m, open, o}
	if failed := c.generate(data); failed != nil {
		return c.shrink(failed)
	}
	return nil
}

func report[I, O any](t T, failed *Failure[I, O]) {
	t.Helper()
	t.Fatalf("%v\n\n%s", failed, failed.Source)
}

// Bytes yields n random byte strings of up to most bytes. The first is the one of
// the given seed.
func Bytes(seed uint64, n, most int) func(yield func([]byte) bool) {
	return func(yield func([]byte) bool) {
		for i := range n {
			if !yield(randomBytes(seed, uint64(i), most)) { //nolint:gosec // an index is not negative
				return
			}
		}
	}
}

// randomBytes is the n-th byte string of a seed, of any length up to most.
func randomBytes(seed, n uint64, most int) []byte {
	random := rand.New(rand.NewPCG(seed, n))
	data := make([]byte, 0, most+8)
	for length := 1 + random.IntN(max(most, 1)); len(data) < length; {
		data = binary.LittleEndian.AppendUint64(data, random.Uint64())
	}
	return data
}

func contextOf(t T) context.Context {
	if c, ok := t.(interface{ Context() context.Context }); ok {
		return c.Context()
	}
	return context.Background()
}

// conformance is a machine and the systems that are held against it.
type conformance[S, I, O any] struct {
	ctx     context.Context
	machine model.Machine[S, I, O]
	open    func() model.System[I, O]
	options Options[S, I, O]
}

// generate sends the sequence that data is to a new system.
func (c *conformance[S, I, O]) generate(data []byte) *Failure[I, O] {
	f, done := c.begin()
	defer done()
	sequence := c.options.Generator.Begin(NewSource(data))
	for c.ctx.Err() == nil && !f.lost() {
		input, ok := sequence.Next()
		if !ok {
			return nil
		}
		answered, failed := f.next(c.ctx, input)
		if failed != nil {
			return failed
		}
		if answered {
			sequence.Learn(input, f.last)
		}
	}
	return nil
}

// replay sends given inputs to a new system.
func (c *conformance[S, I, O]) replay(inputs []I) *Failure[I, O] {
	f, done := c.begin()
	defer done()
	for _, input := range inputs {
		if c.ctx.Err() != nil || f.lost() {
			return nil
		}
		if _, failed := f.next(c.ctx, input); failed != nil {
			return failed
		}
	}
	return nil
}

func (c *conformance[S, I, O]) begin() (f *follower[S, I, O], done func()) {
	system := c.open()
	return follow(c.machine, system, c.options), func() {
		if closer, ok := system.(io.Closer); ok {
			_ = closer.Close() // the system has answered all it was asked
		}
	}
}
