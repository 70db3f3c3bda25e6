package fakecloud

import (
	"sync"
	"time"
)

// elapsedOn returns a clock of what passes on another one, from now on. It does not
// go back: where the other one does, no time passes. Readings of time.Now have a
// monotonic part, so that setting the system's clock is not seen at all.
func elapsedOn(now func() time.Time) func() time.Duration {
	var (
		mu     sync.Mutex
		last   = now()
		passed time.Duration
	)
	return func() time.Duration {
		mu.Lock()
		defer mu.Unlock()
		at := now() // under the lock: in the order of the readings
		passed += max(0, at.Sub(last))
		last = at
		return passed
	}
}
