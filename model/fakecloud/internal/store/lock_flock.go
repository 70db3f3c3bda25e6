//go:build darwin || dragonfly || freebsd || linux || netbsd || openbsd

package store

import (
	"errors"
	"os"
	"syscall"
)

// lockFolder keeps other processes out until the file is closed, at the latest
// by the end of this one. It locks the folder itself, so that there is no lock file
// that somebody could remove. Where the file system cannot lock a folder, the lock
// of the database is the only one.
func lockFolder(name string) (*os.File, error) {
	f, err := os.Open(name)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); errors.Is(err, syscall.EWOULDBLOCK) {
		return nil, errors.Join(inUse(name), f.Close())
	}
	return f, nil
}
