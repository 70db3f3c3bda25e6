//go:build !unix

package baseline

import "time"

// CPUTime returns the time since the process began: here that is all that the
// standard library tells.
func CPUTime() time.Duration { return time.Since(begin) }

var begin = time.Now()
