//go:build !(js || wasip1 || plan9)

package store

import (
	"cmp"
	"crypto/sha256"
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"time"

	bolt "go.etcd.io/bbolt"
	berrors "go.etcd.io/bbolt/errors"

	"github.com/alicert/alicert/internal/bilingual"
)

// Store is an open folder. Its methods must not be called concurrently.
type Store struct {
	dir    string
	parts  []string
	lock   *os.File
	db     *bolt.DB         // nil after Close or a fatal error
	err    error            // the fatal error, if any
	fresh  bool             // no update was made yet
	totals map[string]total // of the parts that the file has
}

// total describes all records of a part.
type total struct {
	Records int    `json:"records"`
	Sum     uint64 `json:"sum"` // sum of the checksums of the records, modulo 1<<64
}

// format is the bucket with the version and the totals. versionKey is its record with the
// version.
const (
	format     = "format"
	versionKey = "version"
)

// Open opens a folder with the given parts, and creates it if necessary. It returns an
// error for a folder that another process uses, that an older or newer version wrote,
// that has other parts, or whose file is damaged. A part of which the file knows nothing,
// because the program that wrote it had no such part, has no records.
func Open(dir string, parts []string) (*Store, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, err
	}
	lock, err := lockFolder(dir)
	if err != nil {
		return nil, err
	}
	s := &Store{dir: dir, parts: parts, lock: lock}
	if err := s.open(); err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return s, nil
}

func (s *Store) open() error {
	if err := refuseOld(s.dir); err != nil {
		return err
	}
	file := filepath.Join(s.dir, database)
	switch info, err := os.Stat(file); {
	case err == nil && info.Size() == 0: // bbolt would treat it as a new file
		return damaged("it is empty")
	case err == nil:
		return s.openOld(file)
	case !errors.Is(err, fs.ErrNotExist):
		return err
	}
	file = filepath.Join(s.dir, unfinished)
	if err := os.Remove(file); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return err
	}
	s.fresh, s.totals = true, map[string]total{}
	return s.openFile(file, false)
}

// refuseOld returns an error for a folder of the format before bbolt.
func refuseOld(dir string) error {
	entries, err := os.ReadDir(dir)
	if err != nil {
		return err
	}
	var old []string
	for _, e := range entries {
		if name := e.Name(); name == "snapshot" || strings.HasPrefix(name, "journal-") {
			old = append(old, name)
		}
	}
	if len(old) == 0 {
		return nil
	}
	return bilingual.Fail("%s holds the state of an older version (%s), which this version cannot read. Nothing was changed. Use another folder, or remove those files to start with a new state",
		"%s 中是旧版本的状态（%s），此版本无法读取。未做任何改动。请使用另一个目录，或删除这些文件以从新状态开始", dir, strings.Join(old, ", "))
}

// openOld opens an existing file. The file stays locked while its pages are checked.
func (s *Store) openOld(file string) error {
	if err := s.openFile(file, true); err != nil {
		return err
	}
	if err := errors.Join(checkPages(file), s.db.Close()); err != nil {
		s.db = nil
		return err
	}
	if err := s.openFile(file, false); err != nil {
		return err
	}
	return s.db.View(s.readFormat)
}

// openFile opens a file with bbolt. In read-only mode bbolt only reads the header pages.
func (s *Store) openFile(file string, readOnly bool) error {
	db, err := bolt.Open(file, 0o600, &bolt.Options{
		ReadOnly:     readOnly,
		Timeout:      100 * time.Millisecond,
		FreelistType: bolt.FreelistMapType,
		NoStatistics: true,
	})
	var path *fs.PathError
	switch {
	case err == nil:
		s.db = db
		return nil
	case errors.Is(err, berrors.ErrTimeout):
		return inUse(s.dir)
	case errors.As(err, &path):
		return err
	case readOnly:
		return damaged("%v", err)
	default:
		return fmt.Errorf("%s: %w", file, err)
	}
}

// readFormat checks the version and the parts, and reads the totals.
func (s *Store) readFormat(tx *bolt.Tx) error {
	head := tx.Bucket([]byte(format))
	if head == nil {
		return damaged("its part %q is missing", format)
	}
	var version int
	if err := readRecord(head, format, versionKey, &version); err != nil {
		return err
	}
	if version != formatVersion {
		return bilingual.Fail("%s has the format %d, this program reads the format %d. Nothing was changed. Use the program that wrote it, or another folder",
			"%s 的格式为 %d，此程序只能读取格式 %d。未做任何改动。请使用写入它的程序，或使用另一个目录", database, version, formatVersion)
	}
	s.totals = map[string]total{}
	for _, part := range s.parts {
		there, counted := tx.Bucket([]byte(part)) != nil, head.Get(storedKey(part)) != nil
		switch {
		case !there && !counted:
			continue
		case !there:
			return damaged("its part %q is missing", part)
		}
		var t total
		if err := readRecord(head, format, part, &t); err != nil {
			return err
		}
		s.totals[part] = t
	}
	return tx.ForEach(func(name []byte, _ *bolt.Bucket) error {
		if string(name) != format && !slices.Contains(s.parts, string(name)) {
			return damaged("it has an unknown part %q", name)
		}
		return nil
	})
}

// readRecord decodes a record of the bucket format.
func readRecord(b *bolt.Bucket, part, key string, v any) error {
	_, value, err := parse(part, storedKey(key), b.Get(storedKey(key)))
	if err != nil {
		return err
	}
	if err := json.Unmarshal(value, v); err != nil {
		return damaged("the record %q of its part %q: %v", key, part, err)
	}
	return nil
}

// Fresh reports whether the folder is new: no update was made yet.
func (s *Store) Fresh() bool { return s.fresh }

// Read calls do with every record of a part. The value is only valid during the call.
func (s *Store) Read(part string, do func(key string, value []byte) error) error {
	return s.db.View(func(tx *bolt.Tx) error {
		if _, there := s.totals[part]; !there {
			return nil
		}
		var found total
		err := tx.Bucket([]byte(part)).ForEach(func(stored, record []byte) error {
			key, value, err := parse(part, stored, record)
			if err != nil {
				return err
			}
			found.Records++
			found.Sum += checksumOf(record)
			if err := do(key, value); err != nil {
				return bilingual.Fail("%s has a record that cannot be read, %q of its part %q: %v. Nothing was changed. Use the program that wrote it, or another folder",
					"%s 中有无法读取的记录，位于 %[3]q 的 %[2]q：%[4]v。未做任何改动。请使用写入它的程序，或使用另一个目录", database, key, part, err)
			}
			return nil
		})
		if err == nil && found != s.totals[part] {
			err = damaged("its part %q has %d records, want the %d that were written last", part, found.Records, s.totals[part].Records)
		}
		return err
	})
}

// Tx is an update in progress.
type Tx struct {
	db     *bolt.DB
	tx     *bolt.Tx
	totals map[string]total
	room   int // bytes until the next commit; 0 means that there is one commit only
}

// portion is how many bytes of records a new file gets with one commit. bbolt keeps in
// memory what is not committed.
const portion = 2 << 20

// Update makes the changes of a function in one transaction. The changes are on the disk
// when it returns nil. After an error nothing has changed, and another update may
// succeed. The first update of a new folder may be large: it makes several transactions in
// the file with the temporary name, and then gives the file its final name.
func (s *Store) Update(change func(*Tx) error) (err error) {
	if s.db == nil {
		return cmp.Or(s.err, ErrClosed)
	}
	// If another program shortens the file, reading a page is a processor fault, and bbolt
	// panics on an invalid page. bbolt then still holds its locks and cannot be closed, so
	// this store becomes unusable.
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if p := recover(); p != nil {
			s.err, s.db = damaged("it was changed by another program: %v", p), nil
			err = s.err
		}
	}()
	tx, err := s.db.Begin(true)
	if err != nil {
		return err
	}
	t := &Tx{db: s.db, tx: tx, totals: maps.Clone(s.totals)}
	if s.fresh {
		t.room = portion
	}
	err = t.create(s.parts)
	if err == nil {
		err = change(t)
	}
	if err == nil {
		err = t.putFormat(s.totals)
	}
	if err == nil {
		err = t.tx.Commit()
	}
	if err != nil {
		return errors.Join(err, s.undo(t))
	}
	s.totals = t.totals
	if s.fresh {
		return s.putInPlace()
	}
	return nil
}

// undo takes an update back. A new file may have a part of it, so it begins again.
func (s *Store) undo(t *Tx) error {
	if err := t.tx.Rollback(); err != nil && !errors.Is(err, berrors.ErrTxClosed) {
		return err
	}
	if !s.fresh {
		return nil
	}
	err := s.db.Close()
	s.db = nil
	file := filepath.Join(s.dir, unfinished)
	if err := errors.Join(err, os.Remove(file)); err != nil {
		return err
	}
	return s.openFile(file, false)
}

// create makes the parts that the file does not have: all of a new file.
func (tx *Tx) create(parts []string) error {
	if _, err := tx.tx.CreateBucketIfNotExists([]byte(format)); err != nil {
		return err
	}
	for _, part := range parts {
		if _, there := tx.totals[part]; there {
			continue
		}
		if _, err := tx.tx.CreateBucket([]byte(part)); err != nil {
			return err
		}
		tx.totals[part] = total{}
	}
	return nil
}

// use counts the bytes of a record, and commits a portion of a new file.
func (tx *Tx) use(bytes int) (err error) {
	switch {
	case tx.room == 0:
		return nil
	case tx.room > bytes:
		tx.room -= bytes
		return nil
	}
	if err := tx.tx.Commit(); err != nil {
		return err
	}
	tx.room = portion
	tx.tx, err = tx.db.Begin(true)
	return err
}

// putFormat writes the version and the totals that have changed.
func (tx *Tx) putFormat(before map[string]total) error {
	records := map[string]any{versionKey: formatVersion}
	for part, t := range tx.totals {
		if was, known := before[part]; !known || was != t {
			records[part] = t
		}
	}
	for key, v := range records {
		value, err := json.Marshal(v)
		if err != nil {
			return err
		}
		if err := tx.bucket(format).Put(storedKey(key), record(format, key, value)); err != nil {
			return err
		}
	}
	return nil
}

// putInPlace renames the new file to its final name.
func (s *Store) putInPlace() error {
	err := s.db.Close()
	s.db = nil
	if err != nil {
		return err
	}
	file := filepath.Join(s.dir, database)
	if err := os.Rename(filepath.Join(s.dir, unfinished), file); err != nil {
		return err
	}
	if runtime.GOOS != "windows" { // Windows cannot sync a folder
		if err := s.lock.Sync(); err != nil {
			return err
		}
	}
	s.fresh = false
	return s.openFile(file, false)
}

// Put sets a record.
func (tx *Tx) Put(part, key string, value []byte) error {
	b, stored, text := tx.bucket(part), storedKey(key), record(part, key, value)
	t := tx.totals[part]
	if old := b.Get(stored); old != nil {
		t.Records--
		t.Sum -= checksumOf(old)
	}
	t.Records++
	t.Sum += checksumOf(text)
	tx.totals[part] = t
	if err := b.Put(stored, text); err != nil {
		return err
	}
	return tx.use(len(stored) + len(text))
}

// Empty reports whether a part has no records.
func (tx *Tx) Empty(part string) bool { return tx.totals[part].Records == 0 }

// Delete removes a record if it exists.
func (tx *Tx) Delete(part, key string) error {
	b, stored := tx.bucket(part), storedKey(key)
	old := b.Get(stored)
	if old == nil {
		return nil
	}
	t := tx.totals[part]
	t.Records--
	t.Sum -= checksumOf(old)
	tx.totals[part] = t
	return b.Delete(stored)
}

func (tx *Tx) bucket(part string) *bolt.Bucket {
	b := tx.tx.Bucket([]byte(part))
	b.FillPercent = 0.8 // most keys arrive in order or are updated in place
	return b
}

// Close closes the folder.
func (s *Store) Close() error {
	var err error
	if s.db != nil {
		err = s.db.Close()
		s.db = nil
	}
	if s.lock != nil {
		err = errors.Join(err, s.lock.Close())
		s.lock = nil
	}
	return err
}

// A stored key is "=" and the key or, for a long key, "#" and its digest: bbolt's
// keys must not be empty or over 32 KiB. A stored record is its checksum, the key
// with its length if the key is long, and the value.
const longKey = 512

func storedKey(key string) []byte {
	if len(key) < longKey {
		return append([]byte("="), key...)
	}
	sum := sha256.Sum256([]byte(key))
	return append([]byte("#"), sum[:]...)
}

const checksumSize = 8

func record(part, key string, value []byte) []byte {
	text := make([]byte, checksumSize, checksumSize+len(value)+16)
	if len(key) >= longKey {
		text = append(binary.AppendUvarint(text, uint64(len(key))), key...)
	}
	text = append(text, value...)
	copy(text, checksum(part, storedKey(key), text[checksumSize:]))
	return text
}

// parse returns the key and the value of a stored record.
func parse(part string, stored, text []byte) (key string, value []byte, err error) {
	switch {
	case text == nil:
		return "", nil, damaged("the record %q of its part %q is missing", stored, part)
	case len(text) < checksumSize || string(text[:checksumSize]) != string(checksum(part, stored, text[checksumSize:])):
		return "", nil, damaged("the record %q of its part %q has another checksum", stored, part)
	}
	value = text[checksumSize:]
	if stored[0] == '=' {
		return string(stored[1:]), value, nil
	}
	length, n := binary.Uvarint(value)
	if n <= 0 || length > uint64(len(value[n:])) {
		return "", nil, damaged("the record %q of its part %q has no key", stored, part)
	}
	value = value[n:]
	return string(value[:length]), value[length:], nil
}

// checksum returns the checksum of a record. It covers the part and the key, so that a
// record in the place of another one is detected.
func checksum(part string, stored, rest []byte) []byte {
	h := sha256.New()
	h.Write(fmt.Appendf(nil, "%d %s %d ", len(part), part, len(stored)))
	h.Write(stored)
	h.Write(rest)
	return h.Sum(nil)[:checksumSize]
}

func checksumOf(text []byte) uint64 {
	if len(text) < checksumSize {
		return 0
	}
	return binary.LittleEndian.Uint64(text)
}
