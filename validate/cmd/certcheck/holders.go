package main

import (
	"cmp"
	"slices"
	"strings"

	"github.com/alicert/alicert/validate/internal/material"
)

// holders are the files that hold one private key.
type holders struct {
	files []*candidate
	fits  bool // there is a certificate for it

	// By folder; nil before there are many.
	near  map[string][]*candidate // the first two
	below map[string]*candidate   // one of those that take the fewest steps down
}

// addHolder adds a file to the holders of keys.
func (s *search) addHolder(c *candidate, keys []material.Digest) {
	for _, key := range keys {
		h := s.byKey[key]
		if h == nil {
			h = &holders{}
			s.byKey[key] = h
		}
		if n := len(h.files); n == 0 || h.files[n-1] != c {
			h.files = append(h.files, c)
		}
	}
}

// many is from how many holders on it pays to know which are in and below a folder.
const many = 8

// nearest returns the holder that is nearest to a certificate: one of its folder, else the
// file itself, or one that is fewer steps away.
func (h *holders) nearest(c *candidate) *candidate {
	if len(h.files) < many {
		return slices.MinFunc(h.files, func(a, b *candidate) int {
			return cmp.Or(cmp.Compare(steps(c, a), steps(c, b)), compareHolders(a, b))
		})
	}
	if h.near == nil {
		h.locate()
	}
	for _, k := range h.near[c.in.path] {
		if k != c {
			return k
		}
	}
	if slices.Contains(h.near[c.in.path], c) {
		return c
	}
	var best *candidate
	for at := c.in.path; ; at = above(at) {
		if k := h.below[at]; k != nil && (best == nil || cmp.Or(cmp.Compare(steps(c, k), steps(c, best)), compareHolders(k, best)) < 0) {
			best = k
		}
		if at == "" {
			return best
		}
	}
}

// locate finds the holders of each folder that come first, and the one below it.
func (h *holders) locate() {
	h.near, h.below = make(map[string][]*candidate), make(map[string]*candidate)
	for _, k := range slices.SortedFunc(slices.Values(h.files), compareHolders) {
		const most = 2 // the second for a certificate in the first one's file
		if near := h.near[k.in.path]; len(near) < most {
			h.near[k.in.path] = append(near, k)
		}
		for at := k.in.path; ; at = above(at) {
			if best := h.below[at]; best == nil || depth(k.in.path) < depth(best.in.path) {
				h.below[at] = k
			}
			if at == "" {
				break
			}
		}
	}
}

// compareHolders orders holders that are equally near.
func compareHolders(a, b *candidate) int {
	return cmp.Or(cmp.Compare(len(a.Certs), len(b.Certs)), cmp.Compare(a.order, b.order))
}

// above returns the folder above, which is "" for those of the root, and the root.
func above(folder string) string {
	if i := strings.LastIndexByte(folder, '/'); i >= 0 {
		return folder[:i]
	}
	return ""
}

func depth(folder string) int { return 1 + strings.Count(folder, "/") }
