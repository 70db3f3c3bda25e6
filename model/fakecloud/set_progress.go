package fakecloud

import (
	"maps"
	"slices"
)

// Progress returns when rollouts and jobs end.
func (c *Cloud) Progress() Progress {
	c.engine.mu.Lock()
	defer c.engine.mu.Unlock()
	return c.engine.progress
}

// SetProgress changes when rollouts and jobs end, also those that are pending: their looks
// and their time count anew.
func (c *Cloud) SetProgress(p Progress) {
	e := c.engine
	e.catchUp()
	e.mu.Lock()
	defer e.mu.Unlock()
	e.progress = p.withDefault()
	pending := slices.Concat(slices.Collect(maps.Values(e.byDomain)), slices.Collect(maps.Values(e.byJob)))
	slices.SortFunc(pending, inOrder)
	e.inTime = nil
	e.due.Store(never)
	for _, r := range pending {
		e.start(r, 0)
	}
	e.inputs.Add(1)
}
