package fakecloud

import (
	"errors"
	"fmt"
	"maps"
	"sync"
	"sync/atomic"
	"time"

	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/fakecloud/internal/gateway"
	"github.com/alicert/alicert/model/fakecloud/internal/store"
)

// Open returns a cloud whose state outlives the process: every change is in the
// folder before it is answered, and so is what any answer tells of. The state is
// that of the options with the seed in it where the folder is new, and that of
// the folder where it is not. Close it at the end; a process that is killed
// loses nothing that was answered.
//
// While the folder cannot be written, because the disk is full, changes are refused
// with InternalError and have not happened, reads are answered, and Options.Trouble
// is told the reason. Each change tries again.
//
// The nonce of a request that changes something is in the folder before the answer,
// that of others within a second, so that a request that is sent again after a
// restart is refused as it is before.
//
// In the folder is the state, with its times and nonces. No private key is part of
// it. The journal, the calls and the faults are not kept, nor how far a roll-out
// has come: one that was going on begins anew.
//
// A folder that another process has open, that is damaged, or that an older or a
// newer version wrote is an error that says so, and nothing in it is changed.
func Open(dir string, o Options, seed Seed) (*Cloud, error) {
	s, err := store.Open(dir, partNames())
	if err != nil {
		return nil, err
	}
	c := New(o)
	k := newKeeper(s, c.gate, o.Trouble)
	if s.Fresh() {
		err = c.Seed(seed)
	} else {
		c.beginWith(c.timed(seed.Events()))
		err = k.read()
	}
	if err == nil {
		err = c.engine.keepWith(k)
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("fakecloud: %s: %w", dir, err), s.Close())
	}
	return c, nil
}

// Close ends the keeping of a cloud that was opened with Open, and says if the last
// change could not be kept. Of others it does nothing.
func (c *Cloud) Close() error {
	if c.engine.keeper == nil {
		return nil
	}
	return c.engine.close()
}

// batch is changes that are kept in one transaction. No batch is of changes that
// need not be kept.
type batch struct {
	done chan struct{} // closed when it is kept, or cannot be
	err  error         // then
}

func newBatch() *batch { return &batch{done: make(chan struct{})} }

func (b *batch) end(err error) {
	b.err = err
	close(b.done)
}

func (b *batch) ended() bool {
	if b == nil {
		return true
	}
	select {
	case <-b.done:
		return true
	default:
		return false
	}
}

func (b *batch) failed() bool { return b != nil && b.ended() && b.err != nil }

// wait waits until a snapshot is kept.
func (m *snapshot) wait() error {
	if m.batch == nil {
		return nil
	}
	<-m.batch.done
	return m.batch.err
}

const (
	// readTries is how often a read is made that tells of a state that then
	// could not be kept.
	readTries = 10

	// noncesWithin is how long it takes at most to keep a nonce that no change
	// came with.
	noncesWithin = time.Second
)

// keeper keeps the state of an engine.
type keeper struct {
	store *store.Store
	gate  *gateway.Gate
	told  func(error)
	soon  atomic.Bool // a batch is to come for nonces
	ended chan struct{}

	// The engine's lock guards these.
	work    sync.Cond
	open    *batch // the next one, nil if nothing is to be kept
	kept    *snapshot
	nonces  noncesKept
	texts   map[string]int // how many certificates have a text, by its digest
	trouble error          // why the last batch could not be kept
	closing bool
	update  func(func(*store.Tx) error) error
}

// noncesKept says which nonces are kept: from a number to below another.
type noncesKept struct{ first, next uint64 }

func newKeeper(s *store.Store, g *gateway.Gate, told func(error)) *keeper {
	if told == nil {
		told = func(error) {}
	}
	return &keeper{store: s, gate: g, told: told, ended: make(chan struct{}), kept: &snapshot{}, texts: map[string]int{}, update: s.Update}
}

// keepWith begins to keep the state: as it is now, and then its changes. It shows
// at once if the folder cannot be written. A keeper that has read a state has the
// engine go on from that.
func (e *engine) keepWith(k *keeper) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if !k.store.Fresh() {
		e.begin(k.kept, e.sinceWall)
	}
	b, m := newBatch(), *e.current.Load()
	m.batch = b
	change := k.changeTo(&m)
	if err := k.update(change.write); err != nil {
		return err
	}
	k.take(change)
	b.end(nil)
	e.current.Store(&m)
	k.work.L = &e.mu
	e.keeper = k
	go e.keep()
	return nil
}

// next returns the batch that the change of now is kept with.
func (k *keeper) next() *batch {
	switch {
	case k.closing:
		b := newBatch()
		b.end(store.ErrClosed)
		return b
	case k.open == nil:
		k.open = newBatch()
		k.work.Signal()
	}
	return k.open
}

// keep keeps one batch after the other, until the keeper is closed. What comes while
// it keeps one makes up the next.
func (e *engine) keep() {
	k := e.keeper
	defer close(k.ended)
	e.mu.Lock()
	defer e.mu.Unlock()
	for {
		for k.open == nil && !k.closing {
			k.work.Wait()
		}
		if k.open == nil {
			return
		}
		b, change, update, before := k.open, k.changeTo(e.current.Load()), k.update, k.trouble
		k.open = nil
		e.mu.Unlock()
		err := update(change.write)
		e.mu.Lock()
		if k.trouble = err; err == nil {
			k.take(change)
			b.end(nil)
			e.journal.kept()
		} else {
			e.takeBack(b, err)
		}
		if fmt.Sprint(err) != fmt.Sprint(before) {
			e.inputs.Add(1)
			e.mu.Unlock()
			k.told(err)
			e.mu.Lock()
		}
	}
}

// takeBack has the engine go on from the state that is kept, after a batch that
// could not be. Changes that came after it rest on it: they have not happened
// either.
func (e *engine) takeBack(b *batch, err error) {
	k := e.keeper
	b.end(err)
	if k.open != nil {
		k.open.end(err)
		k.open = nil
	}
	s := &k.kept.state
	e.current.Store(k.kept)
	e.journal.drop(*s)
	maps.DeleteFunc(e.byDomain, func(name string, _ *rollout) bool {
		d, _ := s.CDN.Domains.Get(name)
		return !d.Configuring
	})
	maps.DeleteFunc(e.byJob, func(id string, _ *rollout) bool {
		j, _ := s.ALB.Jobs.Get(id)
		return j.Status != alb.Processing
	})
	e.findMoreRollouts(k.kept, e.sinceWall)
	e.inputs.Add(1)
}

// keepSoon has the nonces that were used kept in a while, with a change or without.
func (e *engine) keepSoon() {
	k := e.keeper
	if k == nil || !k.soon.CompareAndSwap(false, true) {
		return
	}
	time.AfterFunc(noncesWithin, func() {
		k.soon.Store(false)
		e.mu.Lock()
		defer e.mu.Unlock()
		if k.noncesLeft() {
			k.next()
		}
	})
}

// noncesLeft reports whether there are nonces that are not kept.
func (k *keeper) noncesLeft() bool {
	_, _, next := k.gate.NoncesSince(k.nonces.next)
	return next != k.nonces.next
}

// settled returns the last snapshot, when it is kept.
func (e *engine) settled() *snapshot {
	for range readTries {
		if m := e.upToDate(); m.wait() == nil {
			return m
		}
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.keeper.kept
}

// trouble returns why changes cannot be kept, "" if they can.
func (e *engine) trouble() string {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.keeper == nil || e.keeper.trouble == nil {
		return ""
	}
	return e.keeper.trouble.Error()
}

// close keeps what is not kept yet, and ends the keeping.
func (e *engine) close() error {
	k := e.keeper
	e.mu.Lock()
	if !k.closing && k.noncesLeft() {
		k.next()
	}
	k.closing = true
	k.work.Signal()
	e.mu.Unlock()
	<-k.ended
	e.mu.Lock()
	defer e.mu.Unlock()
	err := errors.Join(k.trouble, k.store.Close())
	k.trouble = nil
	return err
}
