package fakecloud

import (
	"sync"
	"sync/atomic"
	"time"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/account"
)

// snapshot is the state after an input. It is immutable.
type snapshot struct {
	state account.State

	// batch writes the last change to the data directory. It is nil without a data
	// directory.
	batch *batch
}

// engine advances the state, one input at a time.
type engine struct {
	machine   account.Machine
	progress  Progress
	now       func() time.Time     // the time of inputs
	elapsed   func() time.Duration // measures durations
	persister *persister           // nil without a data directory

	current atomic.Pointer[snapshot]
	inputs  atomic.Int64 // counts inputs and other changes that the page shows
	due     atomic.Int64 // when the first rollout in inTime ends, by elapsed; never if there is none

	timeline timeline

	mu      sync.Mutex // held while the state advances
	journal journal
	rollouts
}

func newEngine(o *Options) *engine {
	e := &engine{
		machine:  account.Machine{Initial: o.State, Version: o.Version},
		progress: o.Progress.withDefault(),
		now:      o.Now,
		elapsed:  o.Elapsed,
		timeline: timeline{limit: o.Remember},
		journal:  journal{limit: o.Remember, observe: o.Observe},
	}
	e.journal.timeline = &e.timeline
	e.begin(&snapshot{state: e.machine.Init()}, startsNow)
	return e
}

// begin continues from a snapshot and clears the journal. since returns the age of a
// change that is pending in the snapshot.
func (e *engine) begin(m *snapshot, since func(at int64) time.Duration) {
	e.current.Store(m)
	e.journal.clear(m.state)
	e.timeline.clear()
	e.findRollouts(m, since)
	e.inputs.Add(1)
}

// result is the output for an input, the snapshot that the output is based on, and the
// number of the input in the timeline.
type result struct {
	output   model.Output
	snapshot *snapshot
	number   int
}

// do sends an input to the machine. It returns when the snapshot behind the output is
// written to the data directory. On an error the change did not take effect. With a
// failure the job fails that the input starts.
func (e *engine) do(in account.Input, failure *jobFailure) (r result, err error) {
	e.catchUp()
	if in.Kind() != model.Read {
		r = e.change(in, failure)
		return r, r.snapshot.wait()
	}
	for range readTries {
		r = e.read(in)
		if err = r.snapshot.wait(); err == nil {
			break // after an error the state was rolled back: read again
		}
	}
	return r, err
}

func (e *engine) change(in account.Input, failure *jobFailure) result {
	e.mu.Lock()
	defer e.mu.Unlock()
	r := e.advance(in, failure)
	e.observe(in, r.output)
	return r
}

// read computes the answer from a snapshot without holding the lock. If the state changed
// meanwhile, it repeats the read under the lock, so that the journal has the record in
// the right place.
func (e *engine) read(in account.Input) result {
	in = e.timed(in)
	before := e.current.Load()
	_, out := e.machine.Step(before.state, in)
	e.mu.Lock()
	defer e.mu.Unlock()
	if now := e.current.Load(); now != before {
		before = now
		_, out = e.machine.Step(before.state, in)
	}
	number := e.journal.add(&entry{before: before, after: before, batched: batched[Record]{Record{Input: in, Output: out}, before.batch}})
	e.inputs.Add(1)
	e.observe(in, out)
	return result{out, before, number}
}

// timed sets the time of an input to now, unless it has one.
func (e *engine) timed(in account.Input) account.Input {
	if in.At == 0 {
		in.At = e.now().UnixMilli()
	}
	return in
}

// advance applies one input. With a failure the job fails that the input starts. The
// caller holds the lock.
func (e *engine) advance(in account.Input, failure *jobFailure) result {
	in = e.timed(in)
	before := e.current.Load()
	state, out := e.machine.Step(before.state, in)
	e.inputs.Add(1)
	added := &entry{before: before, after: before, began: e.began(in), batched: batched[Record]{Record{Input: in, Output: out}, before.batch}}
	if !changed(in, out) {
		return result{out, before, e.journal.add(added)}
	}
	after := &snapshot{state: state, batch: before.batch}
	if e.persister != nil {
		after.batch = e.persister.next()
	}
	added.after, added.batch = after, after.batch
	number := e.journal.add(added)
	e.current.Store(after)
	e.trackRollout(in, before, after, failure)
	return result{out, e.current.Load(), number}
}

// replace continues from another state, and calls then before anything else happens. If
// that state cannot be written to the data directory, the previous one stays.
func (e *engine) replace(s account.State, then func()) error {
	e.mu.Lock()
	m := &snapshot{state: s}
	if e.persister != nil {
		m.batch = e.persister.next()
	}
	e.begin(m, startsNow)
	then()
	e.mu.Unlock()
	return m.wait()
}

// changed reports whether an input may have changed the state.
func changed(in account.Input, out model.Output) bool {
	return in.Kind() != model.Read && (out.OK() || out.Error.Condition == errcodes.CondSetNotEffective)
}
