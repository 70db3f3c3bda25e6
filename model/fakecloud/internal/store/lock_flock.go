//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package store

import (
	"errors"
	"os"
	"syscall"
)

// lockFolder locks a folder against other processes until the file is closed. It locks
// the folder itself, because a lock file could be removed. If the file system cannot lock
// a folder, the lock of the database is the only one.
func lockFolder(name string) (*os.File, error) {
	f, err := os.Open(name) //nolint:gosec // the user names the folder
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); errors.Is(err, syscall.EWOULDBLOCK) {
		return nil, errors.Join(inUse(name), f.Close())
	}
	return f, nil
}
