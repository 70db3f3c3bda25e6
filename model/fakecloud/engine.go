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

	// position is that of the last change in the store, 0 without one.
	position int64
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
	tokens queue[string] // used up, the oldest first
}

// maxTokens is how many client tokens are remembered as used up; the oldest are
// forgotten first.
const maxTokens = 10_000

func newEngine(o *Options) *engine {
	e := &engine{
		machine:  world.Machine{Initial: o.State, Later: o.Later},
		progress: o.Progress.withDefault(),
		now:      o.Now,
		elapsed:  o.Elapsed,
		journal:  journal{limit: o.Remember, observe: o.Observe},
	}
	e.begin(&moment{state: e.machine.Init()})
	return e
}

// begin has the engine go on from a moment, as if nothing had been before.
func (e *engine) begin(m *moment) {
	e.current.Store(m)
	e.journal.clear(m.state)
	e.tokens = queue[string]{}
	for token := range m.state.ALB.Tokens.All() {
		e.tokens.push(token)
	}
	e.findRollouts(m)
	e.inputs.Add(1)
}

// result is what came of an input.
type result struct {
	output model.Output
	moment *moment // that the output tells of
}

// do sends an input to the machine and returns when what it tells of is kept.
// failJob has the job that it starts fail.
func (e *engine) do(in world.Input, failJob bool) (result, error) {
	e.catchUp()
	var r result
	if kindOf(in) == read {
		r = e.read(in)
	} else {
		r = e.change(in, failJob)
	}
	return r, e.wait(r.moment)
}

func (e *engine) wait(m *moment) error {
	if e.keeper == nil {
		return nil
	}
	return e.keeper.store.Wait(m.position)
}

func (e *engine) change(in world.Input, failJob bool) result {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.failJob = failJob
	out := e.advance(in)
	e.failJob = false
	m := e.current.Load()
	if e.keeper != nil {
		e.keepSome()
	}
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
	e.journal.add(before.state, in, out)
	e.inputs.Add(1)
	e.met(in)
	return result{out, before}
}

// advance takes one step now. The caller holds the lock.
func (e *engine) advance(in world.Input) model.Output {
	return e.advanceAt(in, e.now().UnixMilli())
}

// advanceAt takes one step at a time.
func (e *engine) advanceAt(in world.Input, at int64) model.Output {
	before := e.current.Load()
	state, out := e.machine.Step(before.state, in)
	e.journal.add(before.state, in, out)
	e.inputs.Add(1)
	if !changed(in, out) {
		return out
	}
	after := before.next(state, in, out, at)
	if e.keeper != nil {
		after.position = e.keeper.append(at, in)
	}
	e.current.Store(after)
	e.followTokens(in, before, after)
	e.followRollout(in, out, after)
	return out
}

// next returns the moment after an input that succeeded.
func (m *moment) next(state world.State, in world.Input, out model.Output, at int64) *moment {
	next := &moment{state: state, times: m.times, position: m.position}
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
	return next
}

// replace has the engine go on from another state.
func (e *engine) replace(s world.State) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.begin(&moment{state: world.Machine{Initial: s}.Init(), position: e.current.Load().position})
	if e.keeper == nil {
		return nil
	}
	return e.keepAll()
}
