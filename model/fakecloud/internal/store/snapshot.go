package store

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strconv"
)

// Rotate begins a new journal: a snapshot of what was appended so far may now be
// given to Keep. The caller sees to it that nothing is appended meanwhile.
func (s *Store) Rotate() (number int, err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for s.kept < s.appended && s.err == nil {
		s.changed.Wait()
	}
	if s.err != nil {
		return 0, s.err
	}
	next, err := os.OpenFile(s.journal(s.number+1), os.O_CREATE|os.O_TRUNC|os.O_WRONLY|os.O_APPEND, 0o600)
	if err != nil {
		return 0, err
	}
	if err := errors.Join(next.Sync(), syncFolder(s.dir), s.file.Close()); err != nil {
		s.err = err
		return 0, err
	}
	s.file, s.size = next, 0
	s.number++
	return s.number, nil
}

// Keep puts a snapshot in place of everything before the journal of a number, as
// Rotate gave it.
func (s *Store) Keep(number int, snapshot []byte) error {
	temporary := filepath.Join(s.dir, "snapshot.new")
	text := appendLine(nil, append(strconv.AppendInt(nil, int64(number), 10), append([]byte(" "), snapshot...)...))
	if err := writeSynced(temporary, text); err != nil {
		return err
	}
	if err := os.Rename(temporary, filepath.Join(s.dir, "snapshot")); err != nil {
		return err
	}
	if err := syncFolder(s.dir); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.snapshot = max(s.snapshot, number)
	return s.removeOld()
}

// removeOld removes the journals that the snapshot stands for.
func (s *Store) removeOld() error {
	for number := s.snapshot - 1; ; number-- {
		err := os.Remove(s.journal(number))
		if errors.Is(err, os.ErrNotExist) {
			return nil
		}
		if err != nil {
			return err
		}
	}
}

// readSnapshot returns the snapshot of a folder and the number of the first journal
// after it.
func readSnapshot(dir string) (number int, snapshot []byte, err error) {
	data, err := os.ReadFile(filepath.Join(dir, "snapshot"))
	if errors.Is(err, os.ErrNotExist) {
		return 1, nil, nil
	}
	if err != nil {
		return 0, nil, err
	}
	records, whole, _ := parseLines(data)
	if len(records) != 1 || whole != len(data) {
		return 0, nil, fmt.Errorf("store: the snapshot in %s is damaged", dir)
	}
	digits, snapshot, _ := bytes.Cut(records[0], []byte(" "))
	if number, err = strconv.Atoi(string(digits)); err != nil {
		return 0, nil, fmt.Errorf("store: the snapshot in %s: %w", dir, err)
	}
	return number, snapshot, nil
}

func writeSynced(name string, data []byte) error {
	f, err := os.OpenFile(name, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	_, err = f.Write(data)
	if err == nil {
		err = f.Sync()
	}
	return errors.Join(err, f.Close())
}

// syncFolder keeps the names of new files, where the system can.
func syncFolder(dir string) error {
	if runtime.GOOS == "windows" {
		return nil
	}
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	return errors.Join(f.Sync(), f.Close())
}
