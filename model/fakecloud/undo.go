package fakecloud

import (
	"maps"
	"net/http"
	"slices"
)

// past is what a reset takes away. The private keys of uploads are not in it: they stay
// away.
type past struct {
	snapshot *snapshot
	journal  queue[*entry]
	moments  queue[*moment]
	faults   []*scripted
	calls    queue[Call]
	missing  []Missing
	missedBy map[missedBy]int

	since *snapshot // the state after the reset; once it changes, there is no way back
}

// past returns what a reset would take away now.
func (c *Cloud) past() *past {
	e := c.engine
	e.mu.Lock()
	p := &past{snapshot: e.current.Load(), journal: e.journal.entries.clone()}
	e.mu.Unlock()
	e.timeline.mu.Lock()
	p.moments = e.timeline.queue.clone()
	e.timeline.mu.Unlock()
	c.script.mu.Lock()
	p.faults = slices.Clone(c.script.faults)
	c.script.mu.Unlock()
	c.calls.mu.Lock()
	p.calls = c.calls.queue.clone()
	c.calls.mu.Unlock()
	c.missing.mu.Lock()
	p.missing, p.missedBy = slices.Clone(c.missing.list), maps.Clone(c.missing.by)
	c.missing.mu.Unlock()
	return p
}

// rememberForUndo keeps what a reset took away.
func (c *Cloud) rememberForUndo(p *past) {
	p.since = c.engine.current.Load()
	c.mu.Lock()
	c.undo = p
	c.mu.Unlock()
}

// undoable reports whether the last reset can be undone.
func (c *Cloud) undoable() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.undo != nil && c.undo.since == c.engine.current.Load()
}

// postUndo undoes the last reset, if nothing has changed since.
func (c *Cloud) postUndo(w http.ResponseWriter, _ *http.Request) {
	if !c.undoable() {
		respond(w, http.StatusConflict, problem{"there is no reset to undo, or the account has changed since"})
		return
	}
	c.mu.Lock()
	p := c.undo
	c.undo = nil
	c.mu.Unlock()
	if err := c.engine.replace(p.snapshot.state, func() { c.restore(p) }); err != nil {
		respond(w, http.StatusInternalServerError, problemOf(err))
		return
	}
	respond(w, http.StatusOK, struct{}{})
}

// restore puts back what is beside the state. The caller holds the engine's lock.
func (c *Cloud) restore(p *past) {
	e := c.engine
	e.journal.entries = p.journal
	e.timeline.restore(p.moments)
	c.script.mu.Lock()
	c.script.faults = p.faults
	c.script.busy.Store(len(p.faults) > 0)
	c.script.mu.Unlock()
	c.calls.mu.Lock()
	c.calls.queue = p.calls
	c.calls.mu.Unlock()
	c.missing.mu.Lock()
	c.missing.list, c.missing.by = p.missing, p.missedBy
	c.missing.mu.Unlock()
	e.inputs.Add(1)
}

// restore puts moments back, with new numbers: those in between are used.
func (t *timeline) restore(moments queue[*moment]) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.queue = queue[*moment]{}
	for _, m := range moments.items[moments.head:] {
		again := *m
		t.add(&again)
	}
}

// clone returns a copy that shares no memory.
func (q *queue[T]) clone() queue[T] { return queue[T]{items: slices.Clone(q.items[q.head:])} }
