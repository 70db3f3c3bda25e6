package fakecloud

import (
	"math/rand/v2"
	"slices"
	"sync"
	"sync/atomic"
	"time"
)

// Inject scripts a fault. If several faults match a call, the one that was scripted first
// applies. It returns an error for a fault that is contradictory or has no effect, and for
// a code that neither an operation nor the gateway has, unless AnyCode is set.
func (c *Cloud) Inject(f Fault) error {
	if err := f.check(); err != nil {
		return err
	}
	c.script.add(f)
	c.engine.inputs.Add(1)
	return nil
}

// Faults returns the scripted faults, with the Times that remain.
func (c *Cloud) Faults() []Fault { return c.script.left() }

// ClearFaults removes all faults.
func (c *Cloud) ClearFaults() {
	c.script.clear()
	c.engine.inputs.Add(1)
}

// script holds the scripted faults.
type script struct {
	busy   atomic.Bool // there is at least one fault
	mu     sync.Mutex
	random *rand.Rand
	faults []*scripted
	last   int // the id of the fault that was added last
}

type scripted struct {
	Fault
	id      int
	windows map[window]int // counts calls, for Rates
}

// window is a period in which the calls of one key are counted.
type window struct {
	action, key string
	number      int64
}

func (s *script) reset(random *rand.Rand) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.random, s.faults = random, nil
	s.busy.Store(false)
}

func (s *script) add(f Fault) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f.scripted = true
	s.last++
	s.faults = append(s.faults, &scripted{Fault: f, id: s.last})
	s.busy.Store(true)
}

func (s *script) clear() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.faults = nil
	s.busy.Store(false)
}

// remove removes the fault with an id. It returns false if there is none.
func (s *script) remove(id int) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	before := len(s.faults)
	s.faults = slices.DeleteFunc(slices.Clone(s.faults), func(f *scripted) bool { return f.id == id })
	s.busy.Store(len(s.faults) > 0)
	return len(s.faults) < before
}

// numbered returns the faults with their ids.
func (s *script) numbered() []faultView {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := []faultView{}
	for _, f := range s.faults {
		all = append(all, faultView{f.id, f.Fault})
	}
	return all
}

func (s *script) left() []Fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	var left []Fault
	for _, f := range s.faults {
		left = append(left, f.Fault)
	}
	return left
}

// meet returns the fault that applies to a call, or the zero value.
func (s *script) meet(op *operation, key string, elapsed func() time.Duration) Fault {
	if !s.busy.Load() {
		return Fault{}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for i, f := range s.faults {
		if f.Action != "" && !op.isCalled(f.Action) || f.Chance > 0 && s.random.Float64() >= f.Chance {
			continue
		}
		if f.Rates && !f.exceeded(op.product.name+" "+op.name, key, op.rate, elapsed()) {
			continue
		}
		met := f.Fault
		if f.Times--; f.Times == 0 {
			s.faults = append(s.faults[:i:i], s.faults[i+1:]...)
			s.busy.Store(len(s.faults) > 0)
		}
		f.Times = max(f.Times, 0) // 0 means no limit
		return met
	}
	return Fault{}
}

// exceeded counts a call and reports whether it is over the rate.
func (f *scripted) exceeded(action, key string, r rate, at time.Duration) bool {
	if r.calls == 0 {
		return false
	}
	now := window{action, key, int64(at / r.per)}
	if _, going := f.windows[now]; !going {
		fresh := map[window]int{} // without the previous windows of this key
		for w, n := range f.windows {
			if w.action != action || w.key != key {
				fresh[w] = n
			}
		}
		f.windows = fresh
	}
	f.windows[now]++
	return f.windows[now] > r.calls
}
