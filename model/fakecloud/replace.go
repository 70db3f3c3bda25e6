package fakecloud

import "github.com/alicert/alicert/model/world"

// replace has the engine go on from another state.
func (e *engine) replace(s world.State) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	m := &moment{state: world.Machine{Initial: s}.Init(), position: e.current.Load().position}
	e.begin(m)
	if e.keeper == nil {
		return nil
	}
	return e.keepAll()
}
