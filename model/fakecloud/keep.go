package fakecloud

import (
	"encoding/json"
	"fmt"

	"github.com/alicert/alicert/model/centre"
	"github.com/alicert/alicert/model/fakecloud/internal/store"
	"github.com/alicert/alicert/model/world"
)

// Open returns a cloud whose state outlives the process: every change is in the
// folder before it is answered, and so is what any answer tells of. The state is
// that of the options with the seed in it where the folder is new, and that of
// the folder where it is not. Close it at the end; a process that is killed
// loses nothing that was answered.
//
// Where the folder can no longer be written, calls are answered with
// InternalError.
//
// In the folder are inputs of the model and its states. No private key is among
// them.
func Open(dir string, o Options, seed Seed) (*Cloud, error) {
	kept, contents, err := store.Open(dir)
	if err != nil {
		return nil, err
	}
	c := New(o)
	if contents.Empty() {
		err = c.Seed(seed)
	} else {
		c.beginWith(seed)
		err = c.engine.restore(contents)
	}
	if err == nil {
		err = c.engine.keepIn(kept)
	}
	if err != nil {
		_ = kept.Close() // nothing was changed
		return nil, fmt.Errorf("fakecloud: %s: %w", dir, err)
	}
	return c, nil
}

// Close ends the keeping of a cloud that was opened with Open. Of others it does
// nothing.
func (c *Cloud) Close() error {
	if c.engine.keeper == nil {
		return nil
	}
	return c.engine.keeper.close()
}

// snapshotSize is how many bytes of changes a snapshot is made after.
const snapshotSize = 8 << 20

// change is a change of the state as it is kept.
type change struct {
	At    int64       `json:"at"` // Unix milliseconds
	Input world.Input `json:"input"`
}

// snapshot is a moment as it is kept.
type snapshot struct {
	State  world.State `json:"state"` // the certificate centre is in its CDN part only
	Times  times       `json:"times"`
	Tokens []string    `json:"tokens,omitempty"` // used up, the oldest first
}

// keeper keeps the changes of an engine.
type keeper struct {
	store *store.Store
	limit int64         // bytes of changes before the next snapshot
	busy  chan struct{} // taken while a snapshot is made
}

func newKeeper(s *store.Store) *keeper {
	return &keeper{store: s, limit: snapshotSize, busy: make(chan struct{}, 1)}
}

// restore goes through what was kept. Nothing is kept meanwhile, and nothing ends
// by itself.
func (e *engine) restore(contents *store.Contents) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	progress, observe := e.progress, e.journal.observe
	e.progress, e.journal.observe = Manual(), nil
	if contents.Snapshot != nil {
		var s snapshot
		if err := json.Unmarshal(contents.Snapshot, &s); err != nil {
			return fmt.Errorf("the snapshot: %w", err)
		}
		e.begin(&moment{state: world.Machine{Initial: s.State}.Init(), times: s.Times})
		e.tokens = queue[string]{items: s.Tokens}
	}
	for i, record := range contents.Records {
		var c change
		if err := json.Unmarshal(record, &c); err != nil {
			return fmt.Errorf("record %d: %w", i, err)
		}
		e.advanceAt(c.Input, c.At)
	}
	e.progress, e.journal.observe = progress, observe
	m := e.current.Load()
	e.journal.clear(m.state)
	e.findRollouts(m)
	return nil
}

// keepIn begins to keep changes. The state as it is goes into a snapshot.
func (e *engine) keepIn(s *store.Store) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.keeper = newKeeper(s)
	return e.keepAll()
}

// keepAll makes a snapshot and waits for it. The caller holds the lock.
func (e *engine) keepAll() error {
	e.keeper.busy <- struct{}{} // no other snapshot may come after it
	defer func() { <-e.keeper.busy }()
	number, err := e.keeper.store.Rotate()
	if err != nil {
		return err
	}
	data, err := json.Marshal(e.kept())
	if err != nil {
		return err
	}
	return e.keeper.store.Keep(number, data)
}

// keepSome makes a snapshot, if it is time for one, while others go on. The caller
// holds the lock. Where it fails, nothing is lost: the journals stay.
func (e *engine) keepSome() {
	k := e.keeper
	if k.store.Size() < k.limit {
		return
	}
	select {
	case k.busy <- struct{}{}:
	default:
		return // one is being made
	}
	number, err := k.store.Rotate()
	if err != nil {
		<-k.busy
		return // the store has ended, and says so to whoever waits
	}
	s := e.kept()
	go func() {
		defer func() { <-k.busy }()
		if data, err := json.Marshal(s); err == nil {
			_ = k.store.Keep(number, data) // the next one makes up for it
		}
	}()
}

// kept returns what a snapshot of now has.
func (e *engine) kept() snapshot {
	m := e.current.Load()
	s := snapshot{State: m.state, Times: m.times, Tokens: append([]string(nil), e.tokens.items[e.tokens.head:]...)}
	s.State.ALB.Centre = centre.State{} // the same as the CDN's
	return s
}

// append keeps a change and returns its position. What cannot be encoded ends the
// keeping.
func (k *keeper) append(at int64, in world.Input) int64 {
	data, err := json.Marshal(change{at, in})
	if err != nil {
		k.store.Fail(err)
	}
	return k.store.Append(data)
}

// close waits for a snapshot that is being made.
func (k *keeper) close() error {
	k.busy <- struct{}{}
	defer func() { <-k.busy }()
	return k.store.Close()
}
