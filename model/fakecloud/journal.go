package fakecloud

import (
	"encoding/json"
	"io"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/account"
)

// Record is an input that reached the model, and its output.
type Record = model.Record[account.Input, model.Output]

// Journal is what reached the model since a state.
type Journal struct {
	Initial account.State // before the first record
	Records []Record
}

// Machine returns the machine to check the journal with, for a cloud of that
// version.
func (j Journal) Machine(version errcodes.Version) account.Machine {
	return account.Machine{Initial: j.Initial, Version: version}
}

// WriteTo writes the records as JSON lines, as model.Checker follows them.
func (j Journal) WriteTo(w io.Writer) (written int64, err error) {
	counting := &counter{w: w}
	encoder := json.NewEncoder(counting)
	for _, r := range j.Records {
		if err := encoder.Encode(r); err != nil {
			return counting.n, err
		}
	}
	return counting.n, nil
}

type counter struct {
	w io.Writer
	n int64
}

func (c *counter) Write(p []byte) (int, error) {
	n, err := c.w.Write(p)
	c.n += int64(n)
	return n, err
}

// journal keeps the last records. Its methods are called by whoever advances the
// state.
type journal struct {
	limit   int
	initial account.State // if there are no entries
	entries queue[entry]
	observe func(Record)      // told of every record, if set
	waiting []batched[Record] // to be told of when they are kept
}

// entry is a record with the state before it, which shares nearly everything with
// the others.
type entry struct {
	before account.State
	batched[Record]
}

// batched is something that rests on what is kept with a batch, nil for none.
type batched[T any] struct {
	item  T
	batch *batch
}

func (j *journal) clear(s account.State) { j.initial, j.entries = s, queue[entry]{} }

func (j *journal) add(before *snapshot, in account.Input, out model.Output, b *batch) {
	e := entry{before.state, batched[Record]{Record{Input: in, Output: out}, b}}
	if j.entries.push(e); j.entries.len() > j.limit {
		j.entries.pop()
	}
	switch {
	case j.observe == nil:
	case b.ended():
		j.observe(e.item)
	default:
		j.waiting = append(j.waiting, e.batched)
	}
}

// kept tells of the records that are kept now.
func (j *journal) kept() {
	for len(j.waiting) > 0 && j.waiting[0].batch.ended() {
		j.observe(j.waiting[0].item)
		j.waiting = j.waiting[1:]
	}
}

// drop forgets the records of what could not be kept. s is the state to go on from.
func (j *journal) drop(s account.State) {
	j.waiting, j.initial = nil, s
	q := &j.entries
	for q.len() > 0 && q.items[len(q.items)-1].batch.failed() {
		q.items = q.items[:len(q.items)-1]
	}
}

func (j *journal) copy() Journal {
	c := Journal{Initial: j.initial}
	for i, e := range j.entries.items[j.entries.head:] {
		if i == 0 {
			c.Initial = e.before
		}
		c.Records = append(c.Records, e.item)
	}
	return c
}
