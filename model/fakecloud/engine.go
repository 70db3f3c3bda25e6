package fakecloud

import (
	"sync"
	"sync/atomic"
	"time"

	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/account"
)

// snapshot is the state between two inputs. Snapshots are not changed.
type snapshot struct {
	state account.State

	// batch is what the last change is kept with, nil if nothing is kept.
	batch *batch
}

// engine is the one place where the state advances.
type engine struct {
	machine  account.Machine
	progress Progress
	now      func() time.Time     // of inputs
	elapsed  func() time.Duration // for what takes a time
	keeper   *keeper              // nil: nothing is kept

	current atomic.Pointer[snapshot]
	inputs  atomic.Int64 // that took effect, and other news
	due     atomic.Int64 // when the earliest change in inTime ends, by elapsed; never if there is none

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
		journal:  journal{limit: o.Remember, observe: o.Observe},
	}
	e.begin(&snapshot{state: e.machine.Init()}, anew)
	return e
}

// begin has the engine go on from a snapshot, as if nothing had been before. since says
// how long ago that began which is going on.
func (e *engine) begin(m *snapshot, since func(at int64) time.Duration) {
	e.current.Store(m)
	e.journal.clear(m.state)
	e.findRollouts(m, since)
	e.inputs.Add(1)
}

// result is what came of an input.
type result struct {
	output   model.Output
	snapshot *snapshot // that the output tells of
}

// do sends an input to the machine and returns when what it tells of is kept. An
// error means that it cannot be kept: a change has not happened then. failJob has
// the job that it starts fail.
func (e *engine) do(in account.Input, failJob bool) (r result, err error) {
	e.catchUp()
	if in.Kind() != model.Read {
		r = e.change(in, failJob)
		return r, r.snapshot.wait()
	}
	for range readTries {
		r = e.read(in)
		if err = r.snapshot.wait(); err == nil {
			break // otherwise the state is again what it was
		}
	}
	return r, err
}

func (e *engine) change(in account.Input, failJob bool) result {
	e.mu.Lock()
	defer e.mu.Unlock()
	out := e.advance(in, failJob)
	m := e.current.Load()
	if out.Error.Code != "" {
		e.observe(in)
	}
	return result{out, m}
}

// read answers from the state of a snapshot, while others advance it. Only if that
// state is no longer the last one is the read repeated, so that the journal has
// it where it belongs.
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
	e.journal.add(before, in, out, before.batch)
	e.inputs.Add(1)
	e.observe(in)
	return result{out, before}
}

// timed returns the input with a time: that of now, unless it has one.
func (e *engine) timed(in account.Input) account.Input {
	if in.At == 0 {
		in.At = e.now().UnixMilli()
	}
	return in
}

// advance takes one step now. failJob has the job that it starts fail. The caller
// holds the lock.
func (e *engine) advance(in account.Input, failJob bool) model.Output {
	in = e.timed(in)
	before := e.current.Load()
	state, out := e.machine.Step(before.state, in)
	e.inputs.Add(1)
	if !changed(in, out) {
		e.journal.add(before, in, out, before.batch)
		return out
	}
	after := &snapshot{state: state, batch: before.batch}
	if e.keeper != nil {
		after.batch = e.keeper.next()
	}
	e.journal.add(before, in, out, after.batch)
	e.current.Store(after)
	e.trackRollout(in, out, after, failJob)
	return out
}

// replace has the engine go on from another state. Where that cannot be kept, it goes
// on from where it was.
func (e *engine) replace(s account.State) error {
	e.mu.Lock()
	m := &snapshot{state: s}
	if e.keeper != nil {
		m.batch = e.keeper.next()
	}
	e.begin(m, anew)
	e.mu.Unlock()
	return m.wait()
}
