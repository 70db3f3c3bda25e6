package fakecloud

import "github.com/alicert/alicert/model/world"

// replace has the engine go on from another state.
func (e *engine) replace(s world.State) error {
	e.mu.Lock()
	defer e.mu.Unlock()
	s = world.Machine{Initial: s}.Init()
	e.begin(&moment{state: s})
	return nil
}
