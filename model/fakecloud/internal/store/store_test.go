//go:build !(js || wasip1 || plan9)

package store

import (
	"bytes"
	"errors"
	"flag"
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"

	bolt "go.etcd.io/bbolt"
)

var (
	damages    = flag.Int("damage.times", 800, "number of damages of TestFlipped")
	damageSeed = flag.Uint64("damage.seed", 0, "seed of TestFlipped; 0 means a random seed")
)

var parts = []string{"a", "b", "c"}

// contents are the values of a store, by part and key.
type contents map[string]string

func openStore(t testing.TB, dir string) *Store {
	t.Helper()
	s, err := Open(dir, parts)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// read returns the contents of a folder.
func read(dir string) (contents, error) {
	s, err := Open(dir, parts)
	if err != nil {
		return nil, err
	}
	c := contents{}
	for _, part := range parts {
		err = errors.Join(err, s.Read(part, func(key string, value []byte) error {
			c[part+" "+key] = string(value)
			return nil
		}))
	}
	return c, errors.Join(err, s.Close())
}

// changeAtRandom updates some random records.
func changeAtRandom(t testing.TB, s *Store, c contents, random *rand.Rand, keys int) {
	t.Helper()
	err := s.Update(func(tx *Tx) error {
		for range random.IntN(40) {
			part, key := parts[random.IntN(len(parts))], strings.Repeat("key ", random.IntN(keys)%200*random.IntN(2))+fmt.Sprint(random.IntN(keys))
			if random.IntN(3) == 0 {
				delete(c, part+" "+key)
				if err := tx.Delete(part, key); err != nil {
					return err
				}
				continue
			}
			value := strings.Repeat(fmt.Sprint(random.IntN(100)), random.IntN(30))
			c[part+" "+key] = value
			if err := tx.Put(part, key, []byte(value)); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// example returns a folder whose tree has several pages and free ones, and its contents.
func example(t testing.TB) (dir string, c contents) {
	t.Helper()
	dir, c = t.TempDir(), contents{}
	s := openStore(t, dir)
	random := rand.New(rand.NewPCG(1, 2))
	for range 30 {
		changeAtRandom(t, s, c, random, 300)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	if got, err := read(dir); err != nil || !maps.Equal(got, c) {
		t.Fatalf("%v: read %v; want %v", err, got, c)
	}
	return dir, c
}

// TestStore checks that all updates are there after the store is opened again.
func TestStore(t *testing.T) {
	dir, c := filepath.Join(t.TempDir(), "a", "b"), contents{}
	random := rand.New(rand.NewPCG(3, 4))
	for i := range 60 {
		s := openStore(t, dir)
		if s.Fresh() != (i == 0) {
			t.Errorf("start %d: Fresh() = %v", i, s.Fresh())
		}
		for range 3 {
			changeAtRandom(t, s, c, random, 1+i*5)
		}
		if i%20 == 0 {
			refused := errors.New("refused")
			if err := s.Update(func(tx *Tx) error { return errors.Join(tx.Put("a", "", nil), refused) }); !errors.Is(err, refused) {
				t.Errorf("an update that fails: %v", err)
			}
		}
		if err := s.Close(); err != nil {
			t.Fatal(err)
		}
		if got, err := read(dir); err != nil || !maps.Equal(got, c) {
			t.Fatalf("start %d, %v: read %v; want %v", i, err, got, c)
		}
	}
	s := openStore(t, dir)
	_ = s.Close()
	if err := s.Update(func(*Tx) error { return nil }); !errors.Is(err, ErrClosed) {
		t.Errorf("after the end: %v", err)
	}
	if err := s.Close(); err != nil {
		t.Errorf("closed twice: %v", err)
	}
	info, err := os.Stat(filepath.Join(dir, database))
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("%v, %v", info, err)
	}
}

// TestLargeFirstUpdate checks that the first update may be larger than what is committed
// at once, and that nothing is left of one that fails in the middle.
func TestLargeFirstUpdate(t *testing.T) {
	const records = 40
	dir, c := t.TempDir(), contents{}
	s := openStore(t, dir)
	value := bytes.Repeat([]byte("x"), portion/10)
	fill := func(tx *Tx, name string) (err error) {
		for i := range records {
			key := fmt.Sprint(name, i)
			err = errors.Join(err, tx.Put("a", key, value))
			c["a "+key] = string(value)
		}
		return err
	}
	refused := errors.New("refused")
	if err := s.Update(func(tx *Tx) error { return errors.Join(fill(tx, "lost"), refused) }); !errors.Is(err, refused) || !s.Fresh() {
		t.Fatalf("an update that fails: %v", err)
	}
	clear(c)
	err := s.Update(func(tx *Tx) error {
		err := fill(tx, "kept")
		if info, err := os.Stat(filepath.Join(dir, unfinished)); err != nil || info.Size() < records/2*int64(len(value)) {
			t.Errorf("nothing is in the file before the end: %v, %v", info, err)
		}
		return err
	})
	if err != nil || s.Fresh() {
		t.Fatal(err)
	}
	_ = s.Close()
	if got, err := read(dir); err != nil || !maps.Equal(got, c) {
		t.Errorf("%d records, %v", len(got), err)
	}
}

// TestUnfinished checks that an interrupted first update leaves a fresh folder.
func TestUnfinished(t *testing.T) {
	good, _ := example(t)
	whole, err := os.ReadFile(filepath.Join(good, database))
	if err != nil {
		t.Fatal(err)
	}
	for _, length := range []int{0, 100, 4096, 5000, 16384, len(whole)} {
		dir := t.TempDir()
		if err := os.WriteFile(filepath.Join(dir, unfinished), whole[:length], 0o600); err != nil {
			t.Fatal(err)
		}
		s := openStore(t, dir)
		if !s.Fresh() {
			t.Errorf("%d bytes: not fresh", length)
		}
		_ = s.Close()
		s = openStore(t, dir) // without an update the folder is still fresh
		err := s.Update(func(tx *Tx) error { return tx.Put("a", "k", []byte("v")) })
		_ = s.Close()
		if got, err2 := read(dir); err != nil || err2 != nil || len(got) != 1 {
			t.Errorf("%d bytes: %v, %v, %v", length, err, err2, got)
		}
	}
}

// refuses fails the test unless Open or Read returns an error with all the given texts
// and leaves the folder unchanged.
func refuses(t *testing.T, what, dir string, says ...string) {
	t.Helper()
	before := listing(t, dir)
	_, err := read(dir)
	if err == nil {
		t.Errorf("%s: opened", what)
		return
	}
	for _, part := range append(says, "othing was changed", "another folder") {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("%s: %v; want %q in it", what, err, part)
		}
	}
	if listing(t, dir) != before {
		t.Errorf("%s: the folder was changed", what)
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

// damage returns a folder with a changed copy of the file.
func damage(t *testing.T, whole []byte, change func([]byte) []byte) string {
	t.Helper()
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, database), change(append([]byte(nil), whole...)), 0o600); err != nil {
		t.Fatal(err)
	}
	return dir
}

// TestTruncated cuts the file at page boundaries and within pages.
func TestTruncated(t *testing.T) {
	dir, c := example(t)
	whole, err := os.ReadFile(filepath.Join(dir, database))
	if err != nil {
		t.Fatal(err)
	}
	page := os.Getpagesize()
	for length := 0; length < len(whole); length += page {
		for _, n := range []int{length, length + 1 + page/3} {
			cut := damage(t, whole, func(b []byte) []byte { return b[:n] })
			got, err := read(cut)
			if err == nil && maps.Equal(got, c) {
				continue // bbolt makes the file longer than necessary
			}
			refuses(t, fmt.Sprintf("%d bytes of %d", n, len(whole)), cut, "state.db")
		}
	}
	refuses(t, "half", damage(t, whole, func(b []byte) []byte { return b[:len(b)/4] }), "damaged", "were written")
	refuses(t, "nothing", damage(t, whole, func([]byte) []byte { return nil }), "damaged")
}

// TestFlipped flips bits, zeroes ranges and exchanges pages. Either the contents are
// unchanged, or an error reports the damage. The file never changes.
func TestFlipped(t *testing.T) {
	dir, c := example(t)
	whole, err := os.ReadFile(filepath.Join(dir, database))
	if err != nil {
		t.Fatal(err)
	}
	page := os.Getpagesize()
	seed := *damageSeed
	if seed == 0 {
		seed = rand.Uint64()
	}
	t.Logf("-damage.seed %d", seed)
	random := rand.New(rand.NewPCG(5, seed))
	file := filepath.Join(t.TempDir(), database)
	refused, tried := 0, 0
	try := func(what string, change func([]byte)) {
		t.Helper()
		data := append([]byte(nil), whole...)
		change(data)
		if err := os.WriteFile(file, data, 0o600); err != nil {
			t.Fatal(err)
		}
		got, err := read(filepath.Dir(file))
		tried++
		switch {
		case err != nil:
			refused++
			if text := err.Error(); !strings.Contains(text, "othing was changed") || !strings.Contains(text, database) {
				t.Errorf("%s: %v", what, err)
			}
		case !maps.Equal(got, c):
			t.Fatalf("%s: other contents without an error", what)
		}
		if after, _ := os.ReadFile(file); string(after) != string(data) {
			t.Fatalf("%s: the file was changed", what)
		}
	}
	bit := func(what string, at, bits int) {
		n := random.IntN(bits)
		try(fmt.Sprintf("bit %d of %s at %d", n, what, at), func(b []byte) { b[at+n/8] ^= 1 << (n % 8) })
	}
	somePage := func() int { return page * random.IntN(len(whole)/page) }
	for range *damages {
		switch random.IntN(5) {
		case 0:
			bit("the file's header", page*random.IntN(2), 8*80)
		case 1: // with its first elements
			bit("the page's header", somePage(), 8*48)
		case 2:
			bit("the file", 0, 8*len(whole))
		case 3:
			from, length := random.IntN(len(whole)), 1+random.IntN(page)
			try(fmt.Sprintf("%d zeros at %d", length, from), func(b []byte) { clear(b[from:min(len(b), from+length)]) })
		case 4:
			from, to := somePage(), somePage()
			try(fmt.Sprintf("the page at %d instead of that at %d", from, to), func(b []byte) { copy(b[to:to+page], whole[from:from+page]) })
		}
	}
	t.Logf("%d of %d refused", refused, tried)
	if refused < tried/4 {
		t.Errorf("only %d of %d are refused", refused, tried)
	}
}

// TestOldPages replaces pages by their older versions, as a disk does that has lost a
// write.
func TestOldPages(t *testing.T) {
	dir, c := example(t)
	file := filepath.Join(dir, database)
	old, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	s := openStore(t, dir)
	for range 10 {
		changeAtRandom(t, s, c, rand.New(rand.NewPCG(7, 8)), 300)
	}
	_ = s.Close()
	now, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	page, refused := os.Getpagesize(), 0
	for at := 0; at+page <= len(old); at += page {
		other := damage(t, now, func(b []byte) []byte {
			copy(b[at:at+page], old[at:])
			return b
		})
		got, err := read(other)
		if err != nil {
			refused++
		} else if !maps.Equal(got, c) {
			t.Errorf("the old page at %d: other contents without an error", at)
		}
	}
	if refused == 0 {
		t.Error("no page has changed")
	}
}

// TestAddedParts opens a folder of a program that had fewer parts: those that it did not
// have are empty, and the next update makes them.
func TestAddedParts(t *testing.T) {
	dir, c := example(t)
	before := listing(t, dir)
	more := append(slices.Clone(parts), "added")
	open := func() *Store {
		s, err := Open(dir, more)
		if err != nil {
			t.Fatal(err)
		}
		return s
	}
	records := func(s *Store) contents {
		got := contents{}
		for _, part := range more {
			if err := s.Read(part, func(key string, value []byte) error {
				got[part+" "+key] = string(value)
				return nil
			}); err != nil {
				t.Fatal(err)
			}
		}
		return got
	}
	s := open()
	if got := records(s); s.Fresh() || !maps.Equal(got, c) {
		t.Errorf("fresh: %t, %v; want %v", s.Fresh(), got, c)
	}
	if listing(t, dir) != before {
		t.Error("opening has changed the folder")
	}
	failed := errors.New("no")
	if err := s.Update(func(*Tx) error { return failed }); !errors.Is(err, failed) {
		t.Errorf("%v; want %v", err, failed)
	}
	err := s.Update(func(tx *Tx) error {
		if !tx.Empty("added") {
			t.Error("the added part is not empty")
		}
		return tx.Put("added", "key", []byte("value"))
	})
	if err := errors.Join(err, s.Close()); err != nil {
		t.Fatal(err)
	}
	c["added key"] = "value"
	s = open()
	if got := records(s); !maps.Equal(got, c) {
		t.Errorf("after an update: %v; want %v", got, c)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	refuses(t, "the program with fewer parts", dir, `an unknown part "added"`)
}

// TestDamagedRecords changes the file with bbolt, so that all its pages are valid.
func TestDamagedRecords(t *testing.T) {
	for name, test := range map[string]struct {
		change func(tx *bolt.Tx) error
		says   string
	}{
		"a part is missing":      {func(tx *bolt.Tx) error { return tx.DeleteBucket([]byte("b")) }, `part "b" is missing`},
		"the format is missing":  {func(tx *bolt.Tx) error { return tx.DeleteBucket([]byte(format)) }, `part "format" is missing`},
		"all parts are missing":  {func(tx *bolt.Tx) error { return removeAll(tx) }, `part "format" is missing`},
		"the version is missing": {func(tx *bolt.Tx) error { return tx.Bucket([]byte(format)).Delete([]byte("=version")) }, "version"},
		"a newer version":        {func(tx *bolt.Tx) error { return put(tx, format, versionKey, "2") }, "format 2, this program reads the format 1"},
		"no version":             {func(tx *bolt.Tx) error { return put(tx, format, versionKey, `"x"`) }, "version"},
		"a part of another kind": {func(tx *bolt.Tx) error { _, err := tx.CreateBucket([]byte("z")); return err }, `an unknown part "z"`},
		"a bucket in a part":     {func(tx *bolt.Tx) error { _, err := tx.Bucket([]byte("a")).CreateBucket([]byte("=z")); return err }, `"=z" of its part "a"`},
		"a record is missing": {func(tx *bolt.Tx) error {
			return firstOf(tx, func(b *bolt.Bucket, k, _ []byte) error { return b.Delete(k) })
		}, `part "a" has`},
		"a record more":           {func(tx *bolt.Tx) error { return put(tx, "a", "one more", "1") }, `part "a" has`},
		"a record of other text":  {func(tx *bolt.Tx) error { return firstOf(tx, changed) }, "another checksum"},
		"a record of no checksum": {func(tx *bolt.Tx) error { return tx.Bucket([]byte("a")).Put([]byte("=k"), []byte("short")) }, "another checksum"},
		"a record of another key": {func(tx *bolt.Tx) error { return firstOf(tx, moved) }, "another checksum"},
		"a record of another part": {func(tx *bolt.Tx) error {
			return firstOf(tx, func(_ *bolt.Bucket, k, v []byte) error { return tx.Bucket([]byte("b")).Put(k, v) })
		}, "another checksum"},
		"the totals are missing": {func(tx *bolt.Tx) error { return tx.Bucket([]byte(format)).Delete([]byte("=a")) }, `"=a" of its part "format" is missing`},
	} {
		t.Run(name, func(t *testing.T) {
			dir, _ := example(t)
			db, err := bolt.Open(filepath.Join(dir, database), 0o600, nil)
			if err != nil {
				t.Fatal(err)
			}
			if err := errors.Join(db.Update(test.change), db.Close()); err != nil {
				t.Fatal(err)
			}
			refuses(t, name, dir, test.says, "state.db")
		})
	}
}

func removeAll(tx *bolt.Tx) (err error) {
	for _, part := range append([]string{format}, parts...) {
		err = errors.Join(err, tx.DeleteBucket([]byte(part)))
	}
	return err
}

func put(tx *bolt.Tx, part, key, value string) error {
	return tx.Bucket([]byte(part)).Put(storedKey(key), record(part, key, []byte(value)))
}

func firstOf(tx *bolt.Tx, do func(b *bolt.Bucket, k, v []byte) error) error {
	b := tx.Bucket([]byte("a"))
	k, v := b.Cursor().Seek([]byte("="))
	return do(b, append([]byte(nil), k...), append([]byte(nil), v...))
}

func changed(b *bolt.Bucket, k, v []byte) error { return b.Put(k, append(v, ' ')) }

func moved(b *bolt.Bucket, k, v []byte) error { return b.Put(append(k, "x"...), v) }

// TestOldStore checks that a folder of the format before bbolt is neither read nor
// changed.
func TestOldStore(t *testing.T) {
	const line = `e152cff1 {"at":1795643215930,"input":{"cdn":{"DomainAdded":{"name":"e0.example.com","domain":{}}}}}` + "\n"
	for name, files := range map[string]map[string]string{
		"whole":             {"snapshot": "500f92df 3 {}\n", "journal-3": line, "lock": ""},
		"without snapshot":  {"journal-3": line},
		"without journal":   {"snapshot": "500f92df 3 {}\n"},
		"its last snapshot": {"snapshot": "", "snapshot.new": ""},
	} {
		for _, mixed := range []bool{false, true} {
			dir := t.TempDir()
			if mixed {
				dir, _ = example(t)
			}
			for file, text := range files {
				if err := os.WriteFile(filepath.Join(dir, file), []byte(text), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			refuses(t, name, dir, "older version")
		}
	}
}

// TestOneProcess checks that an open folder cannot be opened again, whatever files are
// removed beside the database.
func TestOneProcess(t *testing.T) {
	dir, _ := example(t)
	s := openStore(t, dir)
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 1 {
		t.Errorf("%v beside the database: %v", entries, err)
	}
	if _, err := Open(dir, parts); err == nil || !strings.Contains(err.Error(), "another process uses "+dir) {
		t.Errorf("opened twice: %v", err)
	}
	_ = s.Close()
	db, err := bolt.Open(filepath.Join(dir, database), 0o600, nil) // as another program does
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Open(dir, parts); err == nil || !strings.Contains(err.Error(), "another process uses "+dir) {
		t.Errorf("opened twice: %v", err)
	}
	_ = db.Close()
	openStore(t, dir)

	fresh := t.TempDir()
	openStore(t, fresh)
	if _, err := Open(fresh, parts); err == nil && runtime.GOOS == "linux" {
		t.Error("a new folder was opened twice")
	}
}

// TestTakenAway checks that an update returns an error and the process continues after
// another program shortens the file.
func TestTakenAway(t *testing.T) {
	dir, c := example(t)
	s := openStore(t, dir)
	if err := os.Truncate(filepath.Join(dir, database), int64(2*os.Getpagesize())); err != nil {
		t.Fatal(err)
	}
	var err error
	for key := range c {
		part, key, _ := strings.Cut(key, " ")
		err = errors.Join(err, s.Update(func(tx *Tx) error { return tx.Delete(part, key) }))
		break
	}
	if err == nil || !strings.Contains(err.Error(), "damaged") {
		t.Errorf("after the pages are gone: %v", err)
	}
	if again := s.Update(func(*Tx) error { return nil }); again == nil || again.Error() != err.Error() {
		t.Errorf("the next update: %v", again)
	}
}

func TestUnusableFolders(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(file, parts); err == nil || !strings.Contains(err.Error(), file) {
		t.Errorf("a file: %v", err)
	}
	dir := t.TempDir()
	if err := os.Mkdir(filepath.Join(dir, database), 0o700); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(dir, parts); err == nil || !strings.Contains(err.Error(), database) {
		t.Errorf("a folder in the place of the database: %v", err)
	}
	if os.Getuid() == 0 || runtime.GOOS == "windows" {
		t.Skip("no folder is read-only for this user")
	}
	dir = t.TempDir()
	if err := os.Chmod(dir, 0o500); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(dir, parts); err == nil || !strings.Contains(err.Error(), "permission denied") {
		t.Errorf("a read-only folder: %v", err)
	}
}
