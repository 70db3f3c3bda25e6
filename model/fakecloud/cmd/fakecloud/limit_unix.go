//go:build unix

package main

import (
	"os/signal"
	"syscall"
)

// outliveFileLimit has a write beyond the file-size limit be an error, which is told,
// and not the end of the process.
func outliveFileLimit() { signal.Ignore(syscall.SIGXFSZ) }
