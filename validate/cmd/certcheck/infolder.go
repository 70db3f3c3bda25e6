package main

import (
	"cmp"
	"path"
	"slices"
	"strings"

	"github.com/alicert/alicert/validate/internal/material"
)

// A folder is one that was searched, with what is looked up in it.
type folder struct {
	path, base string // relative to the root, and its own name
	host       string // that it is named after, "" for none
	paired     bool   // it has a pair

	files          []*candidate
	byStem, byName []namedKey              // those that may be keys
	issuers        map[issuedBy]*candidate // nil before it is asked for
}

// A namedKey is a file that may be a key, and what is looked up of its name.
type namedKey struct {
	name string
	*candidate
}

// issuedBy is what certificates name their issuer by.
type issuedBy struct {
	subject material.Digest
	keyID   string
	any     bool // whatever its identifier is
}

// index sorts the files.
func (f *folder) index() {
	slices.SortFunc(f.files, compareOrder)
	f.byStem = f.keysBy(func(c *candidate) string { return stem(c.name(), keyWords) })
}

// keysBy returns those that may be keys, by a part of their names.
func (f *folder) keysBy(part func(*candidate) string) (keys []namedKey) {
	for _, c := range f.files {
		if !c.Certificate && (c.Key || path.Ext(c.path) == keySuffix) {
			keys = append(keys, namedKey{part(c), c})
		}
	}
	slices.SortFunc(keys, func(a, b namedKey) int {
		return cmp.Or(strings.Compare(a.name, b.name), compareOrder(a.candidate, b.candidate))
	})
	return keys
}

// keysNamed returns those that may be keys and have a name without the words around it.
func (f *folder) keysNamed(stem string) []namedKey { return equalRange(f.byStem, stem) }

// keysOfName returns those that may be keys and have a name without its suffix.
func (f *folder) keysOfName(name string) []namedKey {
	if f.byName == nil && f.byStem != nil {
		f.byName = f.keysBy(func(c *candidate) string { return withoutSuffix(c.name()) })
	}
	return equalRange(f.byName, name)
}

func withoutSuffix(name string) string { return strings.TrimSuffix(name, path.Ext(name)) }

// equalRange returns the keys of a name.
func equalRange(keys []namedKey, name string) []namedKey {
	first, _ := slices.BinarySearchFunc(keys, name, func(k namedKey, name string) int { return strings.Compare(k.name, name) })
	last := first
	for last < len(keys) && keys[last].name == name {
		last++
	}
	return keys[first:last]
}

// issuersOf returns the file of issuers only that has that of a certificate, nil for
// none.
func (f *folder) issuersOf(cert *material.Summary) *candidate {
	if f.issuers == nil {
		f.issuers = make(map[issuedBy]*candidate)
		for _, c := range f.files {
			if !c.OnlyIssuers() {
				continue
			}
			for i := range c.Certs {
				for _, by := range []issuedBy{{c.Certs[i].Subject, c.Certs[i].KeyID, false}, {c.Certs[i].Subject, "", true}} {
					f.issuers[by] = betterIssuers(f.issuers[by], c)
				}
			}
		}
	}
	if cert.IssuedBy == "" {
		return f.issuers[issuedBy{cert.Issuer, "", true}]
	}
	return betterIssuers(f.issuers[issuedBy{cert.Issuer, cert.IssuedBy, false}], f.issuers[issuedBy{cert.Issuer, "", false}])
}

// betterIssuers returns the file that has more certificates, or else comes first. Either
// may be nil.
func betterIssuers(a, b *candidate) *candidate {
	if a == nil || b != nil && cmp.Or(cmp.Compare(len(b.Certs), len(a.Certs)), compareOrder(a, b)) > 0 {
		return b
	}
	return a
}
