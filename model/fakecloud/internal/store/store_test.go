package store

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
)

func openStore(t *testing.T, dir string) (*Store, *Contents) {
	t.Helper()
	s, c, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s, c
}

func texts(records [][]byte) (list []string) {
	for _, r := range records {
		list = append(list, string(r))
	}
	return list
}

func put(t *testing.T, s *Store, records ...string) {
	t.Helper()
	for _, r := range records {
		if err := s.Wait(s.Append([]byte(r))); err != nil {
			t.Fatal(err)
		}
	}
}

// copied is the folder as a kill at this moment leaves it.
func copied(t *testing.T, dir string) string {
	t.Helper()
	to := t.TempDir()
	if err := os.CopyFS(to, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	return to
}

func TestStore(t *testing.T) {
	dir := filepath.Join(t.TempDir(), "a", "b")
	s, c := openStore(t, dir)
	if !c.Empty() {
		t.Error("a new folder is not empty")
	}
	put(t, s, "one", "two", "")
	check := func(what string, snapshot string, records ...string) {
		t.Helper()
		_, c := openStore(t, copied(t, dir))
		if string(c.Snapshot) != snapshot || !slices.Equal(texts(c.Records), records) || c.Empty() {
			t.Errorf("%s: %q, %q; want %q, %q", what, c.Snapshot, texts(c.Records), snapshot, records)
		}
	}
	check("records", "", "one", "two", "")
	number, err := s.Rotate()
	if err != nil {
		t.Fatal(err)
	}
	check("a new journal", "", "one", "two", "")
	put(t, s, "three")
	check("a record in it", "", "one", "two", "", "three")
	if err := s.Keep(number, []byte("{1 2}")); err != nil {
		t.Fatal(err)
	}
	check("a snapshot", "{1 2}", "three")
	put(t, s, "four")
	check("a record after it", "{1 2}", "three", "four")
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	check("closed", "{1 2}", "three", "four")
	if files, _ := filepath.Glob(filepath.Join(dir, "journal-*")); len(files) != 1 {
		t.Errorf("old journals are left: %q", files)
	}
	if err := s.Wait(s.Append([]byte("late"))); !errors.Is(err, ErrClosed) {
		t.Errorf("after the end: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Errorf("closed twice: %v", err)
	}
	s, _ = openStore(t, dir)
	put(t, s, "five")
	check("opened again", "{1 2}", "three", "four", "five")
}

// TestKilledAnywhere cuts the last journal off after every byte: what was whole
// stays, and the next record follows it.
func TestKilledAnywhere(t *testing.T) {
	dir := t.TempDir()
	s, _ := openStore(t, dir)
	put(t, s, "one", "two", "three")
	whole, err := os.ReadFile(s.journal(1))
	if err != nil {
		t.Fatal(err)
	}
	for length := range len(whole) + 1 {
		cut := copied(t, dir)
		if err := os.WriteFile(filepath.Join(cut, "journal-1"), whole[:length], 0o600); err != nil {
			t.Fatal(err)
		}
		want := []string{"one", "two", "three"}[:bytes.Count(whole[:length], []byte("\n"))]
		again, c := openStore(t, cut)
		if !slices.Equal(texts(c.Records), want) {
			t.Errorf("%d bytes: %q; want %q", length, texts(c.Records), want)
		}
		put(t, again, "next")
		_ = again.Close()
		if _, c := openStore(t, cut); !slices.Equal(texts(c.Records), append(slices.Clone(want), "next")) {
			t.Errorf("%d bytes: afterwards %q", length, texts(c.Records))
		}
	}
}

// TestDamage: what cannot come from a kill is an error, and is left as it is.
func TestDamage(t *testing.T) {
	for name, damage := range map[string]func(t *testing.T, dir string){
		"a changed byte before a whole line": func(t *testing.T, dir string) {
			change(t, filepath.Join(dir, "journal-3"), "four", "fouR")
		},
		"a journal that is not the last is cut off": func(t *testing.T, dir string) {
			change(t, filepath.Join(dir, "journal-2"), "three\n", "thr")
		},
		"a changed snapshot": func(t *testing.T, dir string) { change(t, filepath.Join(dir, "snapshot"), "{1", "{2") },
		"an empty snapshot":  func(t *testing.T, dir string) { _ = os.Truncate(filepath.Join(dir, "snapshot"), 0) },
		"a snapshot of no number": func(t *testing.T, dir string) {
			_ = os.WriteFile(filepath.Join(dir, "snapshot"), appendLine(nil, []byte("x {}")), 0o600)
		},
	} {
		t.Run(name, func(t *testing.T) {
			dir := t.TempDir()
			s, _ := openStore(t, dir)
			number, err := s.Rotate()
			if err != nil {
				t.Fatal(err)
			}
			if err := s.Keep(number, []byte("{1}")); err != nil {
				t.Fatal(err)
			}
			put(t, s, "three")
			if _, err := s.Rotate(); err != nil {
				t.Fatal(err)
			}
			put(t, s, "four", "five")
			_ = s.Close()
			damage(t, dir)
			before := listing(t, dir)
			if _, _, err := Open(dir); err == nil {
				t.Error("opened")
			}
			if after := listing(t, dir); after != before {
				t.Errorf("changed:\n%s\n%s", before, after)
			}
		})
	}
}

func change(t *testing.T, file, old, changed string) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil || !strings.Contains(string(data), old) {
		t.Fatal(err, string(data))
	}
	if err := os.WriteFile(file, []byte(strings.Replace(string(data), old, changed, 1)), 0o600); err != nil {
		t.Fatal(err)
	}
}

func listing(t *testing.T, dir string) string {
	t.Helper()
	var b strings.Builder
	entries, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range entries {
		data, err := os.ReadFile(filepath.Join(dir, e.Name()))
		fmt.Fprintln(&b, e.Name(), string(data), err)
	}
	return b.String()
}

func TestOneProcess(t *testing.T) {
	dir := t.TempDir()
	s, _ := openStore(t, dir)
	if _, _, err := Open(dir); err == nil || !strings.Contains(err.Error(), "another process") {
		t.Errorf("opened twice: %v", err)
	}
	_ = s.Close()
	openStore(t, dir)
}

// TestConcurrentAppends: records of many, in one order, while journals rotate.
func TestConcurrentAppends(t *testing.T) {
	dir := t.TempDir()
	s, _ := openStore(t, dir)
	var order []string
	var mu sync.Mutex // of whoever appends: no rotation meanwhile
	var writers sync.WaitGroup
	for writer := range 4 {
		writers.Go(func() {
			for i := range 50 {
				record := fmt.Sprint(writer, " ", i)
				mu.Lock()
				position := s.Append([]byte(record))
				order = append(order, record)
				if i == 25 {
					if _, err := s.Rotate(); err != nil {
						t.Error(err)
					}
				}
				mu.Unlock()
				if err := s.Wait(position); err != nil {
					t.Error(err)
				}
			}
		})
	}
	writers.Wait()
	if s.Size() == 0 {
		t.Error("no size")
	}
	_ = s.Close()
	if _, c := openStore(t, dir); !slices.Equal(texts(c.Records), order) {
		t.Errorf("%q; want %q", texts(c.Records), order)
	}
}

// TestFailingDisk: what cannot be written is never acknowledged.
func TestFailingDisk(t *testing.T) {
	s, _ := openStore(t, t.TempDir())
	put(t, s, "one")
	_ = s.file.Close() // from now on every write fails
	if err := s.Wait(s.Append([]byte("two"))); err == nil {
		t.Error("acknowledged")
	}
	if err := s.Wait(1); err != nil {
		t.Errorf("what was kept: %v", err)
	}
	if _, err := s.Rotate(); err == nil {
		t.Error("rotated")
	}
}
