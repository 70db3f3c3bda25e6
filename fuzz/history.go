package fuzz

import (
	"cmp"
	"context"
	"math"
	"slices"
	"sync"
	"sync/atomic"

	"github.com/alicert/alicert/model"
)

// Operation is one call in a history of concurrent clients. If the Return of an operation
// is less than the Call of another, it was over before the other began. Otherwise the two
// overlap.
type Operation[I, O any] struct {
	Client int   `json:"client"`
	Input  I     `json:"input"`
	Output O     `json:"output"`
	Call   int64 `json:"call"`
	Return int64 `json:"return"`

	// Unknown means that there was no answer. The input may have taken effect at
	// any time after its call, or never. Output and Return have no meaning then.
	Unknown bool `json:"unknown,omitempty"`
}

// end is the time after which an operation has no effect.
func (op *Operation[I, O]) end() int64 {
	if op.Unknown {
		return math.MaxInt64
	}
	return op.Return
}

// Recorder records the calls of concurrent clients. It is safe for concurrent use. Its
// times count events; they are not read from a clock.
type Recorder[I, O any] struct {
	system model.System[I, O]
	now    atomic.Int64

	mu      sync.Mutex
	clients []*client[I, O]
}

// NewRecorder returns a recorder of the calls to a system.
func NewRecorder[I, O any](system model.System[I, O]) *Recorder[I, O] {
	return &Recorder[I, O]{system: system}
}

// Client returns the system for one client. A client makes one call at a time; use one
// for each goroutine.
func (r *Recorder[I, O]) Client() model.System[I, O] {
	r.mu.Lock()
	defer r.mu.Unlock()
	c := &client[I, O]{recorder: r, number: len(r.clients)}
	r.clients = append(r.clients, c)
	return c
}

type client[I, O any] struct {
	recorder   *Recorder[I, O]
	number     int
	operations []Operation[I, O]
}

func (c *client[I, O]) Do(ctx context.Context, input I) (O, error) {
	call := c.recorder.now.Add(1)
	output, err := c.recorder.system.Do(ctx, input)
	op := Operation[I, O]{Client: c.number, Input: input, Output: output, Call: call, Return: c.recorder.now.Add(1), Unknown: err != nil}
	if err != nil {
		var none O
		op.Output = none
	}
	c.operations = append(c.operations, op)
	return output, err
}

// History returns the recorded operations in the order of calls. All clients must have
// finished.
func (r *Recorder[I, O]) History() []Operation[I, O] {
	r.mu.Lock()
	defer r.mu.Unlock()
	n := 0
	for _, c := range r.clients {
		n += len(c.operations)
	}
	history := make([]Operation[I, O], 0, n)
	for _, c := range r.clients {
		history = append(history, c.operations...)
	}
	slices.SortFunc(history, func(a, b Operation[I, O]) int { return cmp.Compare(a.Call, b.Call) })
	return history
}
