package fakecloud

import (
	"encoding/json"
	"io"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/account"
)

// Record is an input that reached the model, with its output.
type Record = model.Record[account.Input, model.Output]

// Journal is a state and the records that follow it.
type Journal struct {
	Initial account.State // the state before the first record
	Records []Record
}

// Machine returns the machine that checks the journal of a cloud with the given version
// of the tables.
func (j Journal) Machine(version errcodes.Version) account.Machine {
	return account.Machine{Initial: j.Initial, Version: version}
}

// WriteTo writes the records as JSON lines, the form that model.Checker reads.
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

// journal stores the most recent records. The caller of its methods holds the engine's
// lock.
type journal struct {
	limit   int
	initial account.State // the state if there are no entries
	entries queue[*entry]
	observe func(Record)      // receives every record, if set
	waiting []batched[Record] // wait for their batches before observe receives them

	timeline *timeline // gets every entry, too
}

// entry is a record with the snapshots before and after it. They share most of their
// memory.
type entry struct {
	before, after *snapshot
	began         int64 // when the change began that the record ends, in Unix milliseconds; 0 if it ends none
	batched[Record]
}

// lost reports whether the record could not be written to the data directory.
func (e *entry) lost() bool { return e.batch.failed() }

// batched is an item that depends on a batch; the batch is nil without a data directory.
type batched[T any] struct {
	item  T
	batch *batch
}

func (j *journal) clear(s account.State) { j.initial, j.entries = s, queue[*entry]{} }

// add returns the number of the entry in the timeline.
func (j *journal) add(e *entry) (number int) {
	if j.entries.push(e); j.entries.len() > j.limit {
		j.entries.pop()
	}
	switch {
	case j.observe == nil:
	case e.batch.ended():
		j.observe(e.item)
	default:
		j.waiting = append(j.waiting, e.batched)
	}
	return j.timeline.addRecord(e)
}

// persisted passes the records whose batches are written to observe.
func (j *journal) persisted() {
	for len(j.waiting) > 0 && j.waiting[0].batch.ended() {
		j.observe(j.waiting[0].item)
		j.waiting = j.waiting[1:]
	}
}

// drop removes the records of changes that could not be written. s is the state to
// continue from.
func (j *journal) drop(s account.State) {
	j.waiting, j.initial = nil, s
	q := &j.entries
	for q.len() > 0 && q.items[len(q.items)-1].lost() {
		q.items = q.items[:len(q.items)-1]
	}
}

func (j *journal) copy() Journal {
	c := Journal{Initial: j.initial}
	for i, e := range j.entries.items[j.entries.head:] {
		if i == 0 {
			c.Initial = e.before.state
		}
		c.Records = append(c.Records, e.item)
	}
	return c
}

// queue is a first-in, first-out queue.
type queue[T any] struct {
	items []T
	head  int
}

func (q *queue[T]) len() int { return len(q.items) - q.head }

func (q *queue[T]) push(item T) {
	if q.head > 64 && q.head > len(q.items)/2 {
		q.items = append(q.items[:0:0], q.items[q.head:]...)
		q.head = 0
	}
	q.items = append(q.items, item)
}

// pop removes and returns the oldest item. The queue must not be empty.
func (q *queue[T]) pop() T {
	var none T
	item := q.items[q.head]
	q.items[q.head] = none
	q.head++
	return item
}
