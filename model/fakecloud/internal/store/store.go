// Package store keeps records in a bbolt file, state.db in a folder, so that a killed
// process loses no record that was acknowledged.
//
// Records belong to parts; each has a key and a value. An update is one transaction:
// when it returns, all of it is on the disk, or nothing of it. Each record has a
// checksum, and each part stores the number of its records and the sum of their
// checksums. Therefore reading a part detects damaged, missing and outdated records. The
// pages of the file are checked before bbolt opens it, because bbolt trusts them. A
// damaged file is an error, and nothing is changed.
//
// One process uses a folder at a time: the folder and the file are locked.
package store

import (
	"errors"

	"github.com/alicert/alicert/internal/bilingual"
)

// formatVersion is the version of the file format.
const formatVersion = 1

// The files in the folder. A new database has a temporary name until its first update is
// on the disk.
const (
	database   = "state.db"
	unfinished = "state.db.new"
)

// ErrClosed is the error of an update after Close.
var ErrClosed = errors.New("the folder is closed")

// inUse returns the error for a folder that another process uses.
func inUse(dir string) error {
	return bilingual.Fail("another process uses %s: stop that process, or use another folder", "另一个进程正在使用 %s：请停止该进程，或使用另一个目录", dir)
}

// damaged returns the error for a damaged file. What is wrong inside is for developers.
func damaged(what string, args ...any) error {
	return bilingual.Fail(database+" is damaged: "+what+". Nothing was changed. Restore the file from a copy, or use another folder",
		database+" 已损坏："+what+"。未做任何改动。请用副本恢复该文件，或使用另一个目录", args...)
}
