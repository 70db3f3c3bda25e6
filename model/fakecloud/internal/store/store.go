package store

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"sync"
)

// Store is an open folder. It is safe for concurrent use.
type Store struct {
	dir  string
	lock *os.File

	mu         sync.Mutex
	changed    sync.Cond // something below is
	file       *os.File  // the last journal
	number     int       // of it
	snapshot   int       // number of the first journal that the snapshot does not stand for
	pending    []byte    // lines to be written
	appended   int64     // records so far
	kept       int64     // of them, on the disk
	size       int64     // bytes since the last snapshot was begun
	err        error     // that ended it
	closing    bool
	committing sync.WaitGroup
}

// Contents is what a folder held when it was opened.
type Contents struct {
	Snapshot []byte   // nil: none
	Records  [][]byte // after it
}

// Empty reports whether nothing was kept.
func (c *Contents) Empty() bool { return c.Snapshot == nil && len(c.Records) == 0 }

// ErrClosed is the error of what comes after Close.
var ErrClosed = errors.New("store: closed")

// Open opens a folder, which is made if need be. Another process that has it open
// is an error.
func Open(dir string) (*Store, *Contents, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, nil, err
	}
	lock, err := lockFolder(filepath.Join(dir, "lock"))
	if err != nil {
		return nil, nil, err
	}
	s := &Store{dir: dir, lock: lock}
	s.changed.L = &s.mu
	contents, err := s.load()
	if err != nil {
		_ = lock.Close() // nothing was changed
		return nil, nil, err
	}
	s.committing.Go(s.commit)
	return s, contents, nil
}

func (s *Store) journal(number int) string {
	return filepath.Join(s.dir, "journal-"+strconv.Itoa(number))
}

// load reads everything and opens the last journal.
func (s *Store) load() (*Contents, error) {
	var c Contents
	var err error
	if s.snapshot, c.Snapshot, err = readSnapshot(s.dir); err != nil {
		return nil, err
	}
	for s.number = s.snapshot; ; s.number++ {
		records, last, err := s.loadJournal(s.number)
		if err != nil {
			return nil, err
		}
		c.Records = append(c.Records, records...)
		if last {
			break
		}
	}
	s.file, err = os.OpenFile(s.journal(s.number), os.O_CREATE|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return nil, err
	}
	return &c, errors.Join(s.file.Sync(), syncFolder(s.dir), s.removeOld())
}

// loadJournal reads a journal. The last one may end in a line that is not whole,
// which is cut off.
func (s *Store) loadJournal(number int) (records [][]byte, last bool, err error) {
	data, err := os.ReadFile(s.journal(number))
	if err != nil && !errors.Is(err, os.ErrNotExist) {
		return nil, false, err
	}
	if _, err := os.Stat(s.journal(number + 1)); err != nil {
		last = true
	}
	records, whole, damaged := parseLines(data)
	if damaged || !last && whole < len(data) {
		return nil, false, fmt.Errorf("store: %s is damaged after %d bytes", s.journal(number), whole)
	}
	if whole < len(data) {
		err = os.Truncate(s.journal(number), int64(whole))
	} else {
		err = nil
	}
	s.size += int64(whole)
	return records, last, err
}

// Append adds a record, which has no line feed, and returns its position. It does
// not wait.
func (s *Store) Append(record []byte) (position int64) {
	s.mu.Lock()
	defer s.mu.Unlock()
	before := len(s.pending)
	s.pending = appendLine(s.pending, record)
	s.size += int64(len(s.pending) - before)
	s.appended++
	s.changed.Broadcast()
	return s.appended
}

// Wait returns when the record of a position is on the disk, or with the reason
// why it never will be.
func (s *Store) Wait(position int64) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	for s.kept < position && s.err == nil {
		s.changed.Wait()
	}
	if s.kept >= position {
		return nil
	}
	return s.err
}

// Fail ends the keeping: nothing that is not kept yet ever will be.
func (s *Store) Fail(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.err = errors.Join(s.err, err)
	s.changed.Broadcast()
}

// Size returns how many bytes of records have come since the last snapshot.
func (s *Store) Size() int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.size
}

// commit writes what is pending, all of it at once, until the store is closed.
func (s *Store) commit() {
	s.mu.Lock()
	defer s.mu.Unlock()
	for {
		for len(s.pending) == 0 && !s.closing && s.err == nil {
			s.changed.Wait()
		}
		if len(s.pending) == 0 || s.err != nil {
			return
		}
		lines, upTo, file := s.pending, s.appended, s.file
		s.pending = nil
		s.mu.Unlock()
		_, err := file.Write(lines)
		if err == nil {
			err = file.Sync()
		}
		s.mu.Lock()
		if err == nil {
			s.kept = upTo
		}
		s.err = errors.Join(s.err, err)
		s.changed.Broadcast()
	}
}

// Close keeps what was appended and closes the folder.
func (s *Store) Close() error {
	s.mu.Lock()
	s.closing = true
	s.changed.Broadcast()
	s.mu.Unlock()
	s.committing.Wait()
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.file == nil {
		return nil
	}
	err := errors.Join(s.err, s.file.Close(), s.lock.Close())
	s.file = nil
	if s.err == nil {
		s.err = ErrClosed
	}
	s.changed.Broadcast()
	return err
}
