package main

import (
	"cmp"
	"errors"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"github.com/alicert/alicert/validate/internal/material"
)

// A pair is a certificate and its key, relative to the folder that was searched,
// with forward slashes.
type pair struct {
	cert, key string // the same if one file holds both

	issuers string // the file that holds the rest of the chain, "" for none
	host    string // the host name of the folder that the certificate does not cover, "" for none
	keyOf   string // the certificate that the key fits instead, "" for none
	named   string // what that is called
}

// found is the content of a folder and those below it, sorted.
type found struct {
	pairs      []pair
	withoutKey []string  // certificates that no key fits
	without    []string  // keys that fit no certificate
	sealed     []string  // keystores, which take a pass-phrase to open
	unreadable []problem // files and folders that could not be read
}

type problem struct {
	path string
	err  error
}

// mostFiles is how many files that may be certificates or keys are looked at.
const mostFiles = 50_000

var (
	errNoFolder = errors.New("not a folder")
	errDangling = errors.New("the link leads nowhere")
	errTooMany  = errors.New("more than 50000 files that may be certificates or keys")
)

// A candidate is a file that may belong to a pair.
type candidate struct {
	dir, name string
	material.Content

	// The name without the words that certificates, keys, or both and issuers have.
	certStem, keyStem, bareStem string

	taken bool // it is part of a pair, or belongs to one

	named, full bool // a key that was paired by its name, and with a full chain
}

func (c *candidate) path() string { return path.Join(c.dir, c.name) }

// search looks for pairs.
type search struct {
	found
	root, rootName string
	apart          os.FileInfo // a folder that is passed over, nil for none
	files          []*candidate

	byFolder map[string][]*candidate
	byKey    map[material.Digest][]*candidate // keys by their public half
	byLeaf   map[material.Digest]*candidate   // the first certificate of a key
	issuers  map[issuerIn][]*candidate
	paired   map[string]bool // folders that have a pair

	namedKeys map[inFolder][]*candidate // keys alone, by what they are called
}

// inFolder is the name of a file in a folder, without the words around it.
type inFolder struct{ dir, stem string }

// issuerIn names the certificates of an issuer in a folder.
type issuerIn struct {
	dir     string
	subject material.Digest
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
	s := search{
		root: root, byFolder: make(map[string][]*candidate), byKey: make(map[material.Digest][]*candidate),
		byLeaf: make(map[material.Digest]*candidate), issuers: make(map[issuerIn][]*candidate), paired: make(map[string]bool), namedKeys: make(map[inFolder][]*candidate),
	}
	if absolute, err := filepath.Abs(root); err == nil {
		s.rootName = filepath.Base(absolute)
	}
	if apart != "" {
		if info, err := os.Stat(apart); err == nil { //nolint:gosec // as above
			s.apart = info
		}
	}
	if err := s.walk("."); err != nil {
		return found{}, err
	}
	s.pair()
	return s.found, nil
}

// walk collects the candidates of a folder, relative to the root, and those below it.
func (s *search) walk(dir string) error {
	entries, err := os.ReadDir(filepath.Join(s.root, filepath.FromSlash(dir)))
	if err != nil {
		s.unreadable = append(s.unreadable, problem{dir, err})
		return nil
	}
	host := hostOf(s.baseOf(dir))
	var below []string
	for _, entry := range entries {
		name := entry.Name()
		if entry.IsDir() {
			below = append(below, name)
			continue
		}
		if path.Ext(name) != "" && !isMaterial(name) {
			continue
		}
		if err := s.look(dir, name, host); err != nil {
			return err
		}
	}
	for _, name := range below {
		if s.skips(dir, name, below) {
			continue
		}
		if err := s.walk(path.Join(dir, name)); err != nil {
			return err
		}
	}
	return nil
}

// baseOf returns the name of a folder.
func (s *search) baseOf(dir string) string {
	if dir == "." {
		return s.rootName
	}
	return path.Base(dir)
}

// skips reports whether a folder holds nothing of interest: version control, the
// folders behind the links of a mounted Kubernetes secret, the earlier certificates of
// certbot, and what -fix wrote.
func (s *search) skips(dir, name string, siblings []string) bool {
	if name == ".git" || strings.HasPrefix(name, "..") || name == "archive" && slices.Contains(siblings, "live") {
		return true
	}
	if s.apart == nil {
		return false
	}
	info, err := os.Stat(filepath.Join(s.root, filepath.FromSlash(dir), name))
	return err == nil && os.SameFile(info, s.apart)
}

// look reads one file. A file may be a link, as those of certbot are.
func (s *search) look(dir, name, host string) error {
	full := filepath.Join(s.root, filepath.FromSlash(dir), name)
	info, err := os.Stat(full)
	switch {
	case path.Ext(name) == "" && (err != nil || !info.Mode().IsRegular() || info.Size() > mostRead):
		return nil
	case errors.Is(err, fs.ErrNotExist):
		s.unreadable = append(s.unreadable, problem{path.Join(dir, name), errDangling})
		return nil
	case err != nil:
		s.unreadable = append(s.unreadable, problem{path.Join(dir, name), err})
		return nil
	case !info.Mode().IsRegular():
		return nil
	case len(s.files) == mostFiles:
		return errTooMany
	}
	c := &candidate{
		dir: dir, name: name,
		certStem: stem(name, certificateWords), keyStem: stem(name, keyWords), bareStem: stem(name, allWords),
	}
	if c.Content, err = readContent(full, host); err != nil {
		s.unreadable = append(s.unreadable, problem{path.Join(dir, name), err})
		return nil
	}
	if path.Ext(name) == "" && !c.Certificate && !c.Key && !c.Sealed {
		return nil
	}
	s.files = append(s.files, c)
	return nil
}

// index sorts the candidates, and keeps them by what they are looked up by.
func (s *search) index() {
	slices.SortFunc(s.files, func(a, b *candidate) int { return compareNames(a.path(), b.path()) })
	for _, c := range s.files {
		s.byFolder[c.dir] = append(s.byFolder[c.dir], c)
		for _, key := range c.Keys {
			s.byKey[key] = append(s.byKey[key], c)
		}
		if c.Key && !c.Certificate {
			at := inFolder{c.dir, c.keyStem}
			s.namedKeys[at] = append(s.namedKeys[at], c)
		}
		leaf := c.Leaf()
		if leaf == nil {
			continue
		}
		if s.byLeaf[leaf.Key] == nil {
			s.byLeaf[leaf.Key] = c
		}
		if leaf.CA {
			for i := range c.Certs {
				at := issuerIn{c.dir, c.Certs[i].Subject}
				s.issuers[at] = append(s.issuers[at], c)
			}
		}
	}
}

// pair pairs the candidates.
func (s *search) pair() {
	s.index()
	s.dropParts()
	for _, c := range s.files {
		if !c.taken {
			s.pairByKey(c)
		}
	}
	// A full chain goes before the leaf that is kept beside it.
	for _, full := range []bool{true, false} {
		for _, c := range s.files {
			if !c.taken && strings.Contains(c.name, "fullchain") == full {
				s.pairByName(c)
			}
		}
	}
	for _, c := range s.files {
		switch {
		case c.taken:
		case c.Sealed:
			s.sealed = append(s.sealed, c.path())
		case c.Certificate && !c.OnlyIssuers() && !s.holdsIssuers(c):
			s.withoutKey = append(s.withoutKey, c.path())
		case c.Key && !c.Certificate:
			s.without = append(s.without, c.path())
		}
	}
	slices.SortFunc(s.pairs, func(a, b pair) int { return cmp.Or(compareNames(a.cert, b.cert), compareNames(a.key, b.key)) })
	slices.SortFunc(s.unreadable, func(a, b problem) int { return compareNames(a.path, b.path) })
}

// dropParts leaves out files whose certificates another file of the same folder has in
// the same order, and perhaps more behind them: a leaf beside its chain, the same file
// for another server. A copy that has a key of its own name stays.
func (s *search) dropParts() {
	type place struct {
		dir  string
		leaf material.Digest
	}
	wholes := make(map[place][]*candidate)
	for _, c := range s.files {
		if len(c.Certs) > 0 && !c.OnlyIssuers() {
			at := place{c.dir, c.Certs[0].Sum}
			wholes[at] = append(wholes[at], c)
		}
	}
	for _, all := range wholes {
		slices.SortStableFunc(all, func(a, b *candidate) int {
			return cmp.Or(cmp.Compare(len(b.Certs), len(a.Certs)), cmp.Compare(len(a.Keys), len(b.Keys)), compareNames(a.name, b.name))
		})
		var wholes []*candidate
		stems := make(map[string]bool) // of those that stay
		for _, c := range all {
			part := slices.ContainsFunc(wholes, func(whole *candidate) bool { return isPart(c, whole) })
			own := c.certStem != "" && !stems[""] && !stems[c.certStem] && len(s.namedKeys[inFolder{c.dir, c.certStem}]) > 0
			if c.taken = part && !own; c.taken {
				continue
			}
			if stems[c.bareStem] = true; !part {
				wholes = append(wholes, c)
			}
		}
	}
}

func isPart(part, whole *candidate) bool {
	return len(part.Certs) <= len(whole.Certs) && slices.EqualFunc(part.Certs, whole.Certs[:len(part.Certs)], func(a, b material.Summary) bool { return a.Sum == b.Sum })
}

// pairByKey pairs a file with the nearest one that holds the key of one of its
// certificates: rather one of its name in its folder, else another of its folder, the
// file itself, or one that is fewer steps away.
func (s *search) pairByKey(c *candidate) {
	for i := range c.Certs {
		cert := &c.Certs[i]
		keys := s.byKey[cert.Key]
		if cert.CA && cert != c.Leaf() || len(keys) == 0 {
			continue
		}
		for _, k := range s.namedKeys[inFolder{c.dir, c.certStem}] {
			if slices.Contains(k.Keys, cert.Key) {
				s.add(c, k, cert)
				return
			}
		}
		s.add(c, slices.MinFunc(keys, func(a, b *candidate) int {
			return cmp.Or(cmp.Compare(steps(c, a), steps(c, b)), cmp.Compare(len(a.Certs), len(b.Certs)), compareNames(a.path(), b.path()))
		}), cert)
		return
	}
}

// steps orders keys by how near they are to a certificate.
func steps(c, k *candidate) int {
	switch {
	case k == c:
		return 1
	case k.dir == c.dir:
		return 0
	default:
		return 1 + distance(k.dir, c.dir)
	}
}

// distance is how many steps lead from one folder to another.
func distance(a, b string) int {
	as, bs := strings.Split(a, "/"), strings.Split(b, "/")
	common := 0
	for common < min(len(as), len(bs)) && as[common] == bs[common] {
		common++
	}
	return len(as) + len(bs) - 2*common
}

// pairByName pairs a file that no key fits with the key that was probably meant.
func (s *search) pairByName(c *candidate) {
	if c.Sealed || !c.Certificate && !isCertificateName(c.name) || s.holdsIssuers(c) {
		return
	}
	k := s.meant(c)
	switch {
	case k == nil && c.Certificate && c.Key:
		s.add(c, c, c.Leaf())
	case k == nil:
	case len(c.Certs) == 0 && k.named && (c.Key || k.full):
		c.taken = true // the same for another server, or the leaf beside its chain
	default:
		k.named, k.full = true, strings.Contains(c.name, "fullchain")
		s.add(c, k, c.Leaf())
	}
}

// holdsIssuers reports whether a file is there for the issuers of other certificates. One
// that cannot be read is taken to be so by its name, if its folder has a pair.
func (s *search) holdsIssuers(c *candidate) bool {
	return namedAfterIssuer(c.name) && (c.OnlyIssuers() || len(c.Certs) == 0 && s.paired[c.dir])
}

// meant returns the key whose name fits that of a certificate, nil for none: rather one
// that fits nothing than one that has its certificate.
func (s *search) meant(c *candidate) (key *candidate) {
	for _, k := range s.byFolder[c.dir] {
		isKey := (k.Key || path.Ext(k.name) == keySuffix) && !k.Certificate && k != c
		if isKey && (key == nil || key.taken && !k.taken) && s.namesFit(c, k) {
			key = k
		}
	}
	return key
}

// namesFit reports whether the names say that a certificate and a key belong together.
// A file whose content is something else has to have the very name of the key.
func (s *search) namesFit(c, k *candidate) bool {
	if strings.TrimSuffix(c.name, path.Ext(c.name)) == strings.TrimSuffix(k.name, path.Ext(k.name)) {
		return true
	}
	if c.Other {
		return false
	}
	cert, key := c.certStem, k.keyStem
	domain := strings.TrimSuffix(strings.ToLower(s.baseOf(c.dir)), "_ecc")
	return cert == key || cert == "" && key == domain || key == "" && cert == domain
}

// add adds a pair. cert is the certificate that it is about, nil if none can be read.
func (s *search) add(c, k *candidate, cert *material.Summary) {
	c.taken, k.taken, s.paired[c.dir] = true, true, true
	p := pair{cert: c.path(), key: k.path()}
	if cert != nil {
		if host := hostOf(s.baseOf(c.dir)); !cert.Covers {
			p.host = host
		}
		if issuers := s.issuersOf(c, cert); issuers != nil {
			issuers.taken = true
			p.issuers = issuers.path()
		}
		if other := s.certificateOf(k); len(k.Keys) > 0 && !slices.Contains(k.Keys, cert.Key) && other != nil {
			p.keyOf, p.named = other.path(), other.Leaf().Name
		}
	}
	s.pairs = append(s.pairs, p)
}

// issuersOf returns the file of the folder that holds the issuer of a certificate, if the
// file of the certificate does not.
func (s *search) issuersOf(c *candidate, cert *material.Summary) *candidate {
	issued := func(other *candidate) bool {
		return slices.ContainsFunc(other.Certs, func(issuer material.Summary) bool {
			return issuer.CA && issuer.Subject == cert.Issuer && (issuer.KeyID == cert.IssuedBy || issuer.KeyID == "" || cert.IssuedBy == "")
		})
	}
	if cert.Subject == cert.Issuer || issued(c) {
		return nil
	}
	var best *candidate
	for _, other := range s.issuers[issuerIn{c.dir, cert.Issuer}] {
		if issued(other) && (best == nil || len(other.Certs) > len(best.Certs)) {
			best = other
		}
	}
	return best
}

// certificateOf returns the file with the certificate that a key belongs to, nil for
// none.
func (s *search) certificateOf(k *candidate) *candidate {
	for _, key := range k.Keys {
		if c := s.byLeaf[key]; c != nil {
			return c
		}
	}
	return nil
}
