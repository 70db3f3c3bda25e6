//go:build !(darwin || dragonfly || freebsd || linux || netbsd || openbsd || js || wasip1 || plan9)

package store

import "os"

// lockFolder opens a folder without a lock, because this system cannot lock it. The lock
// of the database keeps other processes out.
func lockFolder(name string) (*os.File, error) { return os.Open(name) }
