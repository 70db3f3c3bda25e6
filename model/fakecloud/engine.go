package fakecloud

import (
	"sync"
	"sync/atomic"
	"time"

	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/world"
)

// moment is the state between two inputs, with what the model leaves to whoever
// has a clock. Moments are not changed.
type moment struct {
	state world.State
	times times

	// batch is what the last change is kept with, nil if nothing is kept.
	batch *batch
}

// engine is the one place where the state advances.
type engine struct {
	machine  world.Machine
	progress Progress
	now      func() time.Time     // for what is shown and kept
	elapsed  func() time.Duration // for what takes a time
	keeper   *keeper              // nil: nothing is kept

	current atomic.Pointer[moment]
	inputs  atomic.Int64 // that took effect, and other news
	due     atomic.Int64 // when the earliest change in inTime ends, by elapsed; never if there is none

	mu      sync.Mutex // held while the state advances
	journal journal
	rollouts
}

func newEngine(o *Options) *engine {
	e := &engine{
		machine:  world.Machine{Initial: o.State, Later: o.Later},
		progress: o.Progress.withDefault(),
		now:      o.Now,
		elapsed:  o.Elapsed,
		journal:  journal{limit: o.Remember, observe: o.Observe},
	}
	e.begin(momentOf(e.machine.Init()))
	return e
}

// momentOf returns the moment of a state that nothing is known of otherwise.
func momentOf(s world.State) *moment {
	m := &moment{state: s}
	for token := range s.ALB.Tokens.All() {
		m.times = m.times.tokenUsed(token)
	}
	return m
}

// begin has the engine go on from a moment, as if nothing had been before.
func (e *engine) begin(m *moment) {
	e.current.Store(m)
	e.journal.clear(m.state)
	e.findRollouts(m)
	e.inputs.Add(1)
}

// result is what came of an input.
type result struct {
	output model.Output
	moment *moment // that the output tells of
}

// do sends an input to the machine and returns when what it tells of is kept. An
// error means that it cannot be kept: a change has not happened then. failJob has
// the job that it starts fail.
func (e *engine) do(in world.Input, failJob bool) (r result, err error) {
	e.catchUp()
	if kindOf(in) != read {
		r = e.change(in, failJob)
		return r, r.moment.wait()
	}
	for range readTries {
		r = e.read(in)
		if err = r.moment.wait(); err == nil {
			break // otherwise the state is again what it was
		}
	}
	return r, err
}

func (e *engine) change(in world.Input, failJob bool) result {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.failJob = failJob
	out := e.advance(in)
	e.failJob = false
	m := e.current.Load()
	if out.Error.Code != "" {
		e.met(in)
	}
	return result{out, m}
}

// read answers from the state of a moment, while others advance it. Only if that
// state is no longer the last one is the read repeated, so that the journal has
// it where it belongs.
func (e *engine) read(in world.Input) result {
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
	e.met(in)
	return result{out, before}
}

// advance takes one step now. The caller holds the lock.
func (e *engine) advance(in world.Input) model.Output {
	before := e.current.Load()
	state, out := e.machine.Step(before.state, in)
	e.inputs.Add(1)
	if !changed(in, out) {
		e.journal.add(before, in, out, before.batch)
		return out
	}
	after := before.next(state, in, out, e.now().UnixMilli())
	if e.keeper != nil {
		after.batch = e.keeper.next()
	}
	e.journal.add(before, in, out, after.batch)
	e.current.Store(after)
	e.forgetTokens()
	e.followRollout(in, out, after)
	return out
}

// next returns the moment after an input that succeeded.
func (m *moment) next(state world.State, in world.Input, out model.Output, at int64) *moment {
	next := &moment{state: state, times: m.times, batch: m.batch}
	if name := domainOf(in); name != "" {
		was, _ := m.state.CDN.Domains.Get(name)
		if is, there := state.CDN.Domains.Get(name); is != was || !there {
			next.times = next.times.domainChanged(name, &next.state, at)
		}
	}
	if id := jobOf(in, out); id != "" {
		was, _ := m.state.ALB.Jobs.Get(id)
		if is, there := state.ALB.Jobs.Get(id); there && is != was {
			next.times = next.times.jobChanged(id, &next.state, at)
		}
	}
	if token := tokenOf(in); token != "" && !m.state.ALB.Tokens.Has(token) && state.ALB.Tokens.Has(token) {
		next.times = next.times.tokenUsed(token)
	}
	return next
}

// replace has the engine go on from another state. Where that cannot be kept, it goes
// on from where it was.
func (e *engine) replace(s world.State) error {
	e.mu.Lock()
	m := momentOf(world.Machine{Initial: s}.Init())
	if e.keeper != nil {
		m.batch = e.keeper.next()
	}
	e.begin(m)
	e.mu.Unlock()
	return m.wait()
}
