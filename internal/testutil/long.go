package testutil

import "testing"

// Long skips a test in a short run. It is for tests that take long in one goroutine: the
// gate runs all of them once, and leaves them out where it looks for races.
func Long(t *testing.T) {
	t.Helper()
	if testing.Short() {
		t.Skip("it takes long, in one goroutine")
	}
}
