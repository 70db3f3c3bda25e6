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

// Operation is one call in a history of concurrent clients. An operation whose
// Return is less than another's Call was over before that one began; all others
// happened at the same time.
type Operation[I, O any] struct {
	Client int   `json:"client"`
	Input  I     `json:"input"`
	Output O     `json:"output"`
	Call   int64 `json:"call"`
	Return int64 `json:"return"`

	// Unknown: there was no answer. The input may have taken effect at any
	// time since its call, even after every other operation, or never will.
	// Output and Return mean nothing then.
	Unknown bool `json:"unknown,omitempty"`
}

// end is when an operation was over.
func (op *Operation[I, O]) end() int64 {
	if op.Unknown {
		return math.MaxInt64
	}
	return op.Return
}

// Recorder records what concurrent clients do with a system. It is safe for
// concurrent use; its times are the order of events and no clock's.
type Recorder[I, O any] struct {
	system model.System[I, O]
	now    atomic.Int64

	mu      sync.Mutex
	clients []*client[I, O]
}

// NewRecorder returns a recorder of what is done with a system.
func NewRecorder[I, O any](system model.System[I, O]) *Recorder[I, O] {
	return &Recorder[I, O]{system: system}
}

// Client returns the system as one client sees it. A client makes one call at a
// time; use one for each goroutine.
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

// History returns what was recorded, in the order of calls. The clients must have
// come to an end.
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
