package main

import (
	"cmp"
	"errors"
	"io/fs"
	"iter"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/alicert/alicert/validate/internal/material"
)

// mostFiles is how many files that may be certificates or keys are looked at.
const mostFiles = 50_000

var (
	errNoFolder = errors.New("not a folder")
	errDangling = errors.New("the link leads nowhere")
	errTooMany  = errors.New("more than 50000 files that may be certificates or keys")
)

// A candidate is a file that may belong to a pair.
type candidate struct {
	in   *folder
	path string // relative to the root
	material.Content

	order int  // among all candidates
	taken bool // it is part of a pair, or belongs to one

	named, full bool // a key that was paired by its name, and with a full chain
}

func (c *candidate) name() string { return path.Base(c.path) }

func (c *candidate) certStem() string { return stem(c.name(), certificateWords) }

// search looks for pairs.
type search struct {
	found
	root, rootName string
	apart          os.FileInfo // a folder that is passed over, nil for none
	folders        []*folder   // those with a candidate
	files          []*candidate

	byKey  map[material.Digest]*holders
	byLeaf map[material.Digest]*candidate // the first certificate of a key; nil before it is asked for
}

// findPairs searches a folder and those below it, except the one with the name apart, ""
// for none. What is in the files decides which belong together; only where it does not
// decide, their names do.
func findPairs(root, apart string) (found, error) {
	info, err := os.Stat(root) //nolint:gosec // the folder is the one it is told to search
	switch {
	case err != nil:
		return found{}, err
	case !info.IsDir():
		return found{}, errNoFolder
	}
	s := search{root: root, byKey: make(map[material.Digest]*holders)}
	if absolute, err := filepath.Abs(root); err == nil {
		s.rootName = filepath.Base(absolute)
	}
	if apart != "" {
		if info, err := os.Stat(apart); err == nil { //nolint:gosec // as above
			s.apart = info
		}
	}
	if err := s.collect(); err != nil {
		return found{}, err
	}
	s.pair()
	return s.found, nil
}

// An entry is a file to look at, or a folder that cannot be read.
type entry struct {
	in   *folder
	name string
	kind fs.FileMode
	err  error // of the folder
}

// A look is what came of an entry.
type look struct {
	*candidate          // nil if it is nothing that belongs to a pair
	problem    *problem // nil if it can be read
	isRead     bool
}

// collect looks at all files. The cores share them.
func (s *search) collect() error {
	return inOrder(batches(s.walk), s.lookAt, func(looks []look) error {
		for _, l := range looks {
			switch {
			case l.isRead && len(s.files) == mostFiles:
				return errTooMany
			case l.problem != nil:
				s.unreadable = append(s.unreadable, *l.problem)
			case l.candidate != nil:
				s.files = append(s.files, l.candidate)
				if l.in.files == nil {
					s.folders = append(s.folders, l.in)
				}
				l.in.files = append(l.in.files, l.candidate)
			}
		}
		return nil
	})
}

// batches puts entries together: to look at one takes little longer than to pass it on.
func batches(entries iter.Seq[entry]) iter.Seq[[]entry] {
	const size = 16
	return func(yield func([]entry) bool) {
		var batch []entry
		for e := range entries {
			if batch = append(batch, e); len(batch) == size {
				if !yield(batch) {
					return
				}
				batch = nil
			}
		}
		if batch != nil {
			yield(batch)
		}
	}
}

// walk yields the files below the root that may be certificates or keys.
func (s *search) walk(yield func(entry) bool) {
	s.walkFolder(&folder{path: ".", base: s.rootName}, yield)
}

// walkFolder yields the files of a folder and those below it. It returns false to end the
// walk.
func (s *search) walkFolder(in *folder, yield func(entry) bool) bool {
	entries, err := os.ReadDir(filepath.Join(s.root, filepath.FromSlash(in.path)))
	if err != nil {
		return yield(entry{in: in, err: err})
	}
	in.host = hostOf(in.base)
	var below []string
	live := false
	for _, e := range entries {
		name := e.Name()
		if e.IsDir() {
			below = append(below, name)
			live = live || name == "live"
			continue
		}
		if path.Ext(name) != "" && !isMaterial(name) {
			continue
		}
		if !yield(entry{in: in, name: name, kind: e.Type()}) {
			return false
		}
	}
	for _, name := range below {
		at := path.Join(in.path, name)
		if s.skips(at, name, live) {
			continue
		}
		if !s.walkFolder(&folder{path: at, base: name}, yield) {
			return false
		}
	}
	return true
}

// skips reports whether a folder holds nothing of interest: version control, the
// folders behind the links of a mounted Kubernetes secret, the earlier certificates of
// certbot beside the live ones, and what -fix wrote.
func (s *search) skips(at, name string, live bool) bool {
	if name == ".git" || strings.HasPrefix(name, "..") || name == "archive" && live {
		return true
	}
	if s.apart == nil {
		return false
	}
	info, err := os.Stat(filepath.Join(s.root, filepath.FromSlash(at)))
	return err == nil && os.SameFile(info, s.apart)
}

func (s *search) lookAt(batch []entry) []look {
	looks := make([]look, len(batch))
	for i := range batch {
		looks[i] = s.look(&batch[i])
	}
	return looks
}

// look reads one file. A file may be a link, as those of certbot are.
func (s *search) look(e *entry) look {
	at := path.Join(e.in.path, e.name)
	failed := func(err error) look {
		if e.err == nil && errors.Is(err, fs.ErrNotExist) {
			err = errDangling
		}
		return look{problem: &problem{at, err}}
	}
	if e.err != nil {
		return failed(e.err)
	}
	full := filepath.Join(s.root, filepath.FromSlash(at))
	if bare := path.Ext(e.name) == ""; bare || !e.kind.IsRegular() {
		info, err := os.Stat(full)
		switch {
		case bare && (err != nil || !info.Mode().IsRegular() || info.Size() > mostRead):
			return look{}
		case err != nil:
			return failed(err)
		case !info.Mode().IsRegular():
			return look{}
		}
	}
	c := &candidate{in: e.in, path: at}
	var err error
	if c.Content, err = readContent(full, e.in.host, material.Glance); err != nil {
		l := failed(err)
		l.isRead = true
		return l
	}
	if path.Ext(e.name) == "" && !c.Certificate && !c.Key && !c.Sealed {
		return look{isRead: true}
	}
	return look{candidate: c, isRead: true}
}

// index sorts the candidates, and keeps them by what they are looked up by.
func (s *search) index() {
	slices.SortFunc(s.files, func(a, b *candidate) int { return compareNames(a.path, b.path) })
	for i, c := range s.files {
		c.order = i
		s.addHolder(c, c.Keys)
	}
	for _, c := range s.files {
		for i := range c.Certs {
			if h := s.byKey[c.Certs[i].Key]; h != nil {
				h.fits = true
			}
		}
	}
	for _, f := range s.folders {
		f.index()
	}
}

func compareOrder(a, b *candidate) int { return cmp.Compare(a.order, b.order) }

// lookAgain reads the files again whose keys say of themselves which certificates are
// theirs, but no certificate agrees.
func (s *search) lookAgain() {
	again := slices.Collect(func(yield func(*candidate) bool) {
		for _, c := range s.files {
			doubtful := c.Carried && slices.ContainsFunc(c.Keys, func(key material.Digest) bool { return !s.byKey[key].fits })
			if doubtful && !yield(c) {
				return
			}
		}
	})
	type second struct {
		of   *candidate
		keys []material.Digest
	}
	_ = inOrder(slices.Values(again), func(c *candidate) second {
		content, err := readContent(filepath.Join(s.root, filepath.FromSlash(c.path)), c.in.host, material.Of)
		if err != nil { // it was read a moment ago
			return second{c, c.Keys}
		}
		return second{c, content.Keys}
	}, func(l second) error {
		s.addHolder(l.of, slices.DeleteFunc(slices.Clone(l.keys), func(key material.Digest) bool { return slices.Contains(l.of.Keys, key) }))
		l.of.Keys = l.keys
		return nil
	})
}
