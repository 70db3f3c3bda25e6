package store

import (
	"errors"
	"fmt"
)

// Version is the version of the format.
const Version = 1

// The files in the folder. The database is made under another name and put in
// place when its first update is on the disk.
const (
	database   = "state.db"
	unfinished = "state.db.new"
)

// ErrClosed is the error of what comes after Close.
var ErrClosed = errors.New("the folder is closed")

// inUse is the error of a folder that another process has.
func inUse(dir string) error {
	return fmt.Errorf("another process uses %s: stop that one, or use another folder", dir)
}

// damaged is the error of a file that is not as it was written.
func damaged(what string, args ...any) error {
	return fmt.Errorf(database+" is damaged: "+what+". Nothing was changed. Put a copy of the file in its place, or use another folder", args...)
}
