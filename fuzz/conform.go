package fuzz

import (
	"context"
	"encoding/binary"
	"fmt"
	"io"
	"math/rand/v2"
	"strings"

	"github.com/alicert/alicert/model"
)

// T is the part of a test that the harness uses. [*testing.T], *testing.B, *testing.F
// and *rapid.T implement it.
type T interface {
	Helper()
	Logf(format string, args ...any)
	Fatalf(format string, args ...any)
}

// Conform generates sequences of inputs and sends them to the machine and to a system.
// It fails the test if their answers differ or an invariant breaks, with the shortest
// sequence found that shows the failure: its inputs and answers, the fields that differ,
// and a Go test. If the system conforms, it logs in one line what the run should have
// reached and did not, as Options.Unreached tells.
//
// open returns a new system in the machine's initial state. Conform calls it for every
// sequence, also while it shrinks a failure, and closes systems that implement
// [io.Closer]. Options.Seed selects the sequences, so a test does the same every time.
func Conform[S, I, O any](t T, m model.Machine[S, I, O], open func() model.System[I, O], o Options[S, I, O]) {
	t.Helper()
	if o.Coverage == nil && o.Unreached != nil {
		o.Coverage = &Coverage{}
	}
	c := conformance[S, I, O]{contextOf(t), m, open, o}
	for data := range Bytes(o.Seed, orDefault(o.Sequences, 100), orDefault(o.Bytes, 1024)) {
		if failed := c.generate(data); failed != nil {
			report(t, c.shrink(failed))
			return
		}
	}
	if o.Unreached != nil {
		if unreached := o.Unreached(o.Coverage); len(unreached) > 0 {
			t.Logf("the system conforms, but these were never reached: %s (Options.Coverage has what was, more Sequences or another Seed reach more)", summary(unreached))
		}
	}
}

// summary counts points by their dimension, and names the first of each.
func summary(points []Point) string {
	var dimensions []string
	counts, first := map[string]int{}, map[string]string{}
	for _, p := range points {
		if counts[p.Dimension] == 0 {
			dimensions = append(dimensions, p.Dimension)
			first[p.Dimension] = p.Name
		}
		counts[p.Dimension]++
	}
	var parts []string
	for _, d := range dimensions {
		plural := ""
		if counts[d] > 1 {
			plural = "s"
		}
		parts = append(parts, fmt.Sprintf("%d %s%s such as %q", counts[d], d, plural, shorten(first[d])))
	}
	return strings.Join(parts, ", ")
}

// ConformBytes is [Conform] for the one sequence that data encodes. Use it as the body
// of a native fuzz target, or of a property of pgregory.net/rapid that draws data.
func ConformBytes[S, I, O any](t T, m model.Machine[S, I, O], open func() model.System[I, O], o Options[S, I, O], data []byte) {
	t.Helper()
	c := conformance[S, I, O]{contextOf(t), m, open, o}
	if failed := c.generate(data); failed != nil {
		report(t, c.shrink(failed))
	}
}

// Replay is [Conform] for the given sequence of inputs. Printed failures call it: it fails
// as long as the mistake is there, and passes once it is mended, so keep it as a test. It
// does not shrink a failure. Of the options it needs those that compare: Equal, IDs, Key,
// Invariants, Timeout and MaxStates.
func Replay[S, I, O any](t T, m model.Machine[S, I, O], open func() model.System[I, O], o Options[S, I, O], inputs ...I) {
	t.Helper()
	c := conformance[S, I, O]{contextOf(t), m, open, o}
	if failed := c.replay(inputs); failed != nil {
		o.describe(m, open, failed)
		report(t, failed)
	}
}

// Find is [ConformBytes] without a test. It returns nil if the system conforms, and
// otherwise a shrunk [*Failure] with its source.
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

// Bytes yields n random byte strings of 8 to most+7 bytes. The same seed yields the same
// strings.
func Bytes(seed uint64, n, most int) func(yield func([]byte) bool) {
	return func(yield func([]byte) bool) {
		for i := range n {
			if !yield(randomBytes(seed, uint64(i), most)) {
				return
			}
		}
	}
}

// randomBytes is the n-th byte string of a seed.
func randomBytes(seed, n uint64, most int) []byte {
	random := rand.New(rand.NewPCG(seed, n)) //nolint:gosec // a test must be repeatable
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

// conformance compares a machine with systems.
type conformance[S, I, O any] struct {
	ctx     context.Context
	machine model.Machine[S, I, O]
	open    func() model.System[I, O]
	options Options[S, I, O]
}

// generate sends the sequence that data encodes to a new system.
func (c *conformance[S, I, O]) generate(data []byte) *Failure[I, O] {
	f, done := c.begin()
	defer done()
	sequence := begin(c.options.Generator, data, c.machine)
	for c.ctx.Err() == nil && !f.isLost() {
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
		if c.ctx.Err() != nil || f.isLost() {
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
