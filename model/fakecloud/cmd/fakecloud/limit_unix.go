//go:build unix

package main

import (
	"os/signal"
	"syscall"
)

// outliveFileLimit makes a write beyond the file-size limit an error instead of a signal
// that ends the process.
func outliveFileLimit() { signal.Ignore(syscall.SIGXFSZ) }
