package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"
)

// withProcs runs the rest of a test on so many cores.
func withProcs(t *testing.T, n int) {
	t.Helper()
	before := runtime.GOMAXPROCS(n)
	t.Cleanup(func() { runtime.GOMAXPROCS(before) })
}

// TestCores: the answer does not depend on how many cores there are, in any format, with
// sound and damaged pairs, other forms, combined files, keys elsewhere, links that lead
// nowhere and folders that cannot be read.
func TestCores(t *testing.T) {
	root := mixedFolder(t)
	for _, args := range [][]string{
		{"-all"},
		{"-quiet", "-lang", "zh"},
		{"-format", "json"},
		{"-format", "sarif"},
		{"-fix", "fixed"},
		{"-fix", "fixed", "-format", "json"},
		{"-fix", "fixed", "-format", "sarif", "-quiet"},
	} {
		var want ran
		var written map[string]string
		for _, procs := range []int{1, 4} {
			t.Run(fmt.Sprintf("%q on %d", args, procs), func(t *testing.T) {
				withProcs(t, procs)
				t.Chdir(t.TempDir())
				got := runHere(t, "", false, append([]string{"-dir", root, "-at", testTime}, args...)...)
				files := filesBelow(t, "fixed")
				if procs == 1 {
					want, written = got, files
					if lines := strings.Count(got.stdout, "\n"); lines < 5 || strings.Count(got.stderr, "gone.pem") != 30 || slices.Contains(args, "-fix") != (len(files) > 20) {
						t.Fatalf("%d lines, %d files, and on standard error %s", lines, len(files), got.stderr)
					}
					return
				}
				if got != want {
					t.Errorf("%+v; one core says %+v", got, want)
				}
				if fmt.Sprint(files) != fmt.Sprint(written) {
					t.Error("other files are written")
				}
			})
		}
	}
}

// mixedFolder makes a folder of all that there is.
func mixedFolder(t *testing.T) (root string) {
	t.Helper()
	root = t.TempDir()
	for _, from := range []string{"layouts", "folders", "damaged"} {
		if err := os.CopyFS(filepath.Join(root, from), os.DirFS(repository(from))); err != nil {
			t.Fatal(err)
		}
	}
	for i := range 30 {
		dir := filepath.Join(root, fmt.Sprintf("shop%d.example.com", i))
		kind := []string{"rsa2048", "p256", "p384", "ed25519"}[i%4]
		chain, key := readText(t, "pki", kind, "chain3.pem"), readText(t, "pki", kind, "key.pem")
		if i%5 == 0 {
			key = readText(t, "pki", kind, "other-key.pem")
		}
		if i%7 == 0 {
			chain = strings.Replace(chain, "-----BEGIN", "–––––BEGIN", 1)
		}
		if i%3 == 0 {
			writeFile(t, filepath.Join(dir, "both.pem"), chain+key)
		} else {
			writeFile(t, filepath.Join(dir, "fullchain.pem"), chain)
			writeFile(t, filepath.Join(dir, "privkey.pem"), key)
		}
		if err := os.Symlink("nowhere", filepath.Join(dir, "gone.pem")); err != nil {
			t.Skip(err)
		}
	}
	return root
}

// filesBelow returns the files below a folder with their texts.
func filesBelow(t *testing.T, root string) map[string]string {
	t.Helper()
	files := make(map[string]string)
	_ = filepath.WalkDir(root, func(path string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			text, err := os.ReadFile(path)
			if err != nil {
				t.Error(err)
			}
			files[path] = string(text)
		}
		return nil
	})
	return files
}

// TestInOrder: results come in the order of the items whatever takes how long, and nobody
// works far ahead of them.
func TestInOrder(t *testing.T) {
	withProcs(t, 4)
	const n = 500
	var made, taken atomic.Int64
	items := func(yield func(int) bool) {
		for i := range n {
			if made.Add(1); !yield(i) {
				return
			}
		}
	}
	next := 0
	err := inOrder(items, func(i int) int {
		if i%7 == 0 {
			time.Sleep(time.Millisecond)
		}
		return i * i
	}, func(square int) error {
		if square != next*next {
			t.Fatalf("%d; want %d", square, next*next)
		}
		if most := int64(ahead*4 + 3); made.Load()-taken.Add(1) > most {
			t.Fatalf("%d made, %d taken", made.Load(), taken.Load())
		}
		next++
		return nil
	})
	if err != nil || next != n {
		t.Errorf("%d taken, %v", next, err)
	}
}

// TestInOrderEnds: after an error nothing goes on.
func TestInOrderEnds(t *testing.T) {
	withProcs(t, 4)
	var working, worked atomic.Int64
	broken := errors.New("broken")
	endless := func(yield func(int) bool) {
		for i := 0; ; i++ {
			if !yield(i) {
				return
			}
		}
	}
	err := inOrder(endless, func(i int) int {
		working.Add(1)
		defer working.Add(-1)
		worked.Add(1)
		return i
	}, func(i int) error {
		if i == 10 {
			return broken
		}
		return nil
	})
	if !errors.Is(err, broken) || working.Load() != 0 {
		t.Errorf("%v, and %d still work", err, working.Load())
	}
	if most := int64(10 + ahead*4 + 8); worked.Load() > most {
		t.Errorf("%d items for ten", worked.Load())
	}
}

// TestClosedPipe: a run whose output ends does not read the rest of the folder.
func TestClosedPipe(t *testing.T) {
	root := mixedFolder(t)
	before := runtime.NumGoroutine()
	status := run([]string{"-dir", root, "-format", "json"}, environment{stdin: strings.NewReader(""), stdout: brokenPipe{}, stderr: &strings.Builder{}, now: time.Now})
	if status != exitUsage {
		t.Errorf("status %d", status)
	}
	// A goroutine that reports its end may still be counted for a moment.
	after := runtime.NumGoroutine()
	for end := time.Now().Add(10 * time.Second); after > before && time.Now().Before(end); after = runtime.NumGoroutine() {
		time.Sleep(time.Millisecond)
	}
	if after > before {
		t.Errorf("%d goroutines, %d before", after, before)
	}
}
