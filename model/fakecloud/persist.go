package fakecloud

import (
	"errors"
	"fmt"
	"maps"
	"sync"
	"sync/atomic"
	"time"

	"github.com/alicert/alicert/internal/bilingual"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/fakecloud/internal/gateway"
	"github.com/alicert/alicert/model/fakecloud/internal/store"
)

// Open returns a cloud that stores its state in a folder. Every change is on the disk
// before its answer is sent, and so is every state that a read answers from. Therefore a
// killed process loses nothing that was answered. A new folder starts with the state of
// the options and the seed; an existing one continues with its own state. Call Close at
// the end.
//
// While the folder cannot be written, for example because the disk is full, changes are
// refused with InternalError and have no effect. Reads are still answered.
// Options.Trouble receives the error. Each change tries to write again.
//
// The nonce of a request that changes the state is on the disk before the answer, the
// nonce of any other request within a second. Therefore a restart does not admit a
// request a second time.
//
// The folder holds the state with its times and nonces. It never holds a private key. The
// journal, the calls, the faults and the progress of rollouts are not stored: a pending
// rollout starts its polls again.
//
// A folder that an earlier version wrote opens, too: products that came later have nothing
// in it. Open returns an error for a folder that another process uses, that is damaged, or
// whose format is that of the first versions or of a newer one. It does not change such a
// folder.
func Open(dir string, o Options, seed Seed) (*Cloud, error) {
	s, err := store.Open(dir, partNames())
	if err != nil {
		return nil, err
	}
	c := New(o)
	k := newPersister(s, c.gate, o.Trouble)
	if s.Fresh() {
		err = c.Seed(seed)
	} else {
		c.beginWith(c.timed(seed.Events()))
		err = k.read()
	}
	if err == nil {
		err = c.engine.persistWith(k)
	}
	if err != nil {
		return nil, errors.Join(bilingual.Fail("fakecloud: %s: %v", "fakecloud：%s：%v", dir, err), s.Close())
	}
	return c, nil
}

// Close flushes and closes the data directory. It returns an error if the last change
// could not be written. It is a no-op for a Cloud made by New.
func (c *Cloud) Close() error {
	if c.engine.persister == nil {
		return nil
	}
	return c.engine.close()
}

// batch is a set of changes that one transaction writes. A nil batch means that nothing
// has to be written.
type batch struct {
	done chan struct{} // closed when the transaction has ended
	err  error         // the result of the transaction, valid after done
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

// wait returns when the snapshot is on the disk, or with the error that prevented it.
func (m *snapshot) wait() error {
	if m.batch == nil {
		return nil
	}
	<-m.batch.done
	return m.batch.err
}

const (
	// readTries is how often a read is repeated after its snapshot could not be written.
	readTries = 10

	// nonceDelay is the longest time until a nonce is written that no change wrote.
	nonceDelay = time.Second
)

// persister writes the state of an engine to a store.
type persister struct {
	store  *store.Store
	gate   *gateway.Gate
	notify func(error)
	soon   atomic.Bool // a timer is running that writes nonces
	ended  chan struct{}

	// The engine's lock guards the fields below.
	work    sync.Cond
	open    *batch // the next batch, nil if there is nothing to write
	saved   *snapshot
	nonces  nonceRange
	texts   map[string]int // counts the certificates with a text, by its digest
	trouble error          // the error of the last batch
	closing bool
	update  func(func(*store.Tx) error) error
}

// nonceRange is the range of nonce numbers in the store: first is included, next is not.
type nonceRange struct{ first, next uint64 }

func newPersister(s *store.Store, g *gateway.Gate, notify func(error)) *persister {
	if notify == nil {
		notify = func(error) {}
	}
	return &persister{store: s, gate: g, notify: notify, ended: make(chan struct{}), saved: &snapshot{}, texts: map[string]int{}, update: s.Update}
}

// persistWith writes the current state and starts to write changes. It returns an error
// if the folder cannot be written. The engine continues from the state that the persister
// has read, if the folder is not new.
func (e *engine) persistWith(k *persister) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	if !k.store.Fresh() {
		e.begin(k.saved, e.sinceWall)
	}
	b, m := newBatch(), *e.current.Load()
	m.batch = b
	change := k.deltaTo(&m)
	if err := k.update(change.write); err != nil {
		return err
	}
	k.commit(change)
	b.end(nil)
	e.current.Store(&m)
	k.work.L = &e.mu
	e.persister = k
	go e.persist()
	return nil
}

// next returns the batch that writes the current change.
func (k *persister) next() *batch {
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

// persist writes one batch after another until the persister is closed. Changes that
// arrive during a write go into the next batch.
func (e *engine) persist() {
	k := e.persister
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
		b, change, update, before := k.open, k.deltaTo(e.current.Load()), k.update, k.trouble
		k.open = nil
		e.mu.Unlock()
		err := update(change.write)
		e.mu.Lock()
		if k.trouble = err; err == nil {
			k.commit(change)
			b.end(nil)
			e.journal.persisted()
		} else {
			e.rollBack(b, err)
		}
		if fmt.Sprint(err) != fmt.Sprint(before) {
			e.inputs.Add(1)
			e.mu.Unlock()
			k.notify(err)
			e.mu.Lock()
		}
	}
}

// rollBack returns the engine to the saved state after a batch failed. The changes after
// that batch depend on it, so they fail, too.
func (e *engine) rollBack(b *batch, err error) {
	k := e.persister
	b.end(err)
	if k.open != nil {
		k.open.end(err)
		k.open = nil
	}
	s := &k.saved.state
	e.current.Store(k.saved)
	e.journal.drop(*s)
	maps.DeleteFunc(e.byDomain, func(name string, _ *rollout) bool {
		d, _ := s.CDN.Domains.Get(name)
		return !d.Configuring
	})
	maps.DeleteFunc(e.byJob, func(id string, _ *rollout) bool {
		j, _ := s.ALB.Jobs.Get(id)
		return j.Status != alb.Processing
	})
	e.findNewRollouts(k.saved, e.sinceWall)
	e.inputs.Add(1)
}

// persistNoncesSoon starts a timer that writes the used nonces if no change writes them
// before.
func (e *engine) persistNoncesSoon() {
	k := e.persister
	if k == nil || !k.soon.CompareAndSwap(false, true) {
		return
	}
	time.AfterFunc(nonceDelay, func() {
		k.soon.Store(false)
		e.mu.Lock()
		defer e.mu.Unlock()
		if k.hasNewNonces() {
			k.next()
		}
	})
}

// hasNewNonces reports whether the gate has nonces that are not written.
func (k *persister) hasNewNonces() bool {
	_, _, next := k.gate.NoncesSince(k.nonces.next)
	return next != k.nonces.next
}

// settled returns the current snapshot when it is on the disk.
func (e *engine) settled() *snapshot {
	for range readTries {
		if m := e.upToDate(); m.wait() == nil {
			return m
		}
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.persister.saved
}

// trouble returns the reason why changes cannot be written, or "".
func (e *engine) trouble() string {
	e.mu.Lock()
	defer e.mu.Unlock()
	if e.persister == nil || e.persister.trouble == nil {
		return ""
	}
	return e.persister.trouble.Error()
}

// close writes what is pending and closes the store.
func (e *engine) close() error {
	k := e.persister
	e.mu.Lock()
	if !k.closing && k.hasNewNonces() {
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
