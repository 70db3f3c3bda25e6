package main

import (
	"cmp"
	"crypto/sha256"
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

// pair pairs the candidates.
func (s *search) pair() {
	s.index()
	s.lookAgain()
	for _, f := range s.folders {
		f.dropParts()
	}
	for _, c := range s.files {
		if !c.taken {
			s.pairByKey(c)
		}
	}
	// A full chain goes before the leaf that is kept beside it.
	for _, full := range []bool{true, false} {
		for _, c := range s.files {
			if !c.taken && strings.Contains(c.name(), "fullchain") == full {
				s.pairByName(c)
			}
		}
	}
	for _, c := range s.files {
		switch {
		case c.taken:
		case c.Sealed:
			s.sealed = append(s.sealed, c.path)
		case c.Certificate && !c.OnlyIssuers() && !s.holdsIssuers(c):
			s.withoutKey = append(s.withoutKey, c.path)
		case c.Key && !c.Certificate:
			s.without = append(s.without, c.path)
		}
	}
	slices.SortFunc(s.pairs, func(a, b pair) int { return cmp.Or(compareNames(a.cert, b.cert), compareNames(a.key, b.key)) })
	slices.SortFunc(s.unreadable, func(a, b problem) int { return compareNames(a.path, b.path) })
}

// dropParts leaves out files whose certificates another file of the same folder has in
// the same order, and perhaps more behind them: a leaf beside its chain, the same file
// for another server. A copy that has a key of its own name stays.
func (f *folder) dropParts() {
	alike := make(map[material.Digest][]*candidate) // by their first certificate
	for _, c := range f.files {
		if len(c.Certs) > 0 && !c.OnlyIssuers() {
			alike[c.Certs[0].Sum] = append(alike[c.Certs[0].Sum], c)
		}
	}
	for _, all := range alike {
		if len(all) > 1 {
			f.dropPartsOf(all)
		}
	}
}

func (f *folder) dropPartsOf(all []*candidate) {
	slices.SortFunc(all, func(a, b *candidate) int {
		return cmp.Or(cmp.Compare(len(b.Certs), len(a.Certs)), cmp.Compare(len(a.Keys), len(b.Keys)), compareOrder(a, b))
	})
	fronts := make(map[material.Digest]bool) // of the chains of those that have more than the others
	stems := make(map[string]bool)           // of those that stay
	for _, c := range all {
		chain := chainDigests(c)
		part, certStem := fronts[chain[len(chain)-1]], c.certStem()
		own := certStem != "" && !stems[""] && !stems[certStem] && slices.ContainsFunc(f.keysNamed(certStem), func(k namedKey) bool { return k.Key })
		if c.taken = part && !own; c.taken {
			continue
		}
		if stems[stem(c.name(), allWords)] = true; !part {
			for _, front := range chain {
				fronts[front] = true
			}
		}
	}
}

// chainDigests returns a digest of the first certificate of a file, of the first two, and
// so on.
func chainDigests(c *candidate) []material.Digest {
	chain := make([]material.Digest, len(c.Certs))
	var last material.Digest
	for i := range c.Certs {
		sum := sha256.Sum256(append(last[:], c.Certs[i].Sum[:]...))
		copy(last[:], sum[:])
		chain[i] = last
	}
	return chain
}

// pairByKey pairs a file with the nearest one that holds the key of one of its
// certificates: rather one of its name in its folder, else another of its folder, the
// file itself, or one that is fewer steps away.
func (s *search) pairByKey(c *candidate) {
	for i := range c.Certs {
		cert := &c.Certs[i]
		keys := s.byKey[cert.Key]
		if cert.CA && cert != c.Leaf() || keys == nil {
			continue
		}
		for _, k := range c.in.keysNamed(c.certStem()) {
			if k.Key && slices.Contains(k.Keys, cert.Key) {
				s.add(c, k.candidate, cert)
				return
			}
		}
		s.add(c, keys.nearest(c), cert)
		return
	}
}

// steps orders keys by how near they are to a certificate.
func steps(c, k *candidate) int {
	switch {
	case k == c:
		return 1
	case k.in == c.in:
		return 0
	default:
		return 1 + distance(k.in.path, c.in.path)
	}
}

// distance is how many steps lead from one folder to another.
func distance(a, b string) int {
	common, begin := 0, 0
	for i := 0; i <= min(len(a), len(b)); i++ {
		endOfA, endOfB := i == len(a) || a[i] == '/', i == len(b) || b[i] == '/'
		if endOfA && endOfB && a[begin:i] == b[begin:i] {
			common, begin = common+1, i+1
			continue
		}
		if i == len(a) || i == len(b) || a[i] != b[i] {
			break
		}
	}
	return depth(a) + depth(b) - 2*common
}

// pairByName pairs a file that no key fits with the key that was probably meant.
func (s *search) pairByName(c *candidate) {
	if c.Sealed || !c.Certificate && !isCertificateName(c.name()) || s.holdsIssuers(c) {
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
		k.named, k.full = true, strings.Contains(c.name(), "fullchain")
		s.add(c, k, c.Leaf())
	}
}

// holdsIssuers reports whether a file is there for the issuers of other certificates. One
// that cannot be read is taken to be so by its name, if its folder has a pair.
func (s *search) holdsIssuers(c *candidate) bool {
	return namedAfterIssuer(c.name()) && (c.OnlyIssuers() || len(c.Certs) == 0 && c.in.paired)
}

// meant returns the key whose name fits that of a certificate, nil for none: rather one
// that fits nothing than one that has its certificate. A file whose content is something
// else has to have the very name of the key.
func (s *search) meant(c *candidate) (key *candidate) {
	consider := func(keys []namedKey) {
		for _, named := range keys {
			k := named.candidate
			if k != c && (key == nil || key.taken && !k.taken || key.taken == k.taken && k.order < key.order) {
				key = k
			}
		}
	}
	consider(c.in.keysOfName(withoutSuffix(c.name())))
	if c.Other {
		return key
	}
	cert, domain := c.certStem(), strings.TrimSuffix(strings.ToLower(c.in.base), "_ecc")
	consider(c.in.keysNamed(cert))
	if cert == "" {
		consider(c.in.keysNamed(domain))
	}
	if cert == domain {
		consider(c.in.keysNamed(""))
	}
	return key
}

// add adds a pair. cert is the certificate that it is about, nil if none can be read.
func (s *search) add(c, k *candidate, cert *material.Summary) {
	c.taken, k.taken, c.in.paired = true, true, true
	p := pair{cert: c.path, key: k.path}
	if cert != nil {
		if !cert.Covers {
			p.host = c.in.host
		}
		if issuers := issuersOf(c, cert); issuers != nil {
			issuers.taken = true
			p.issuers = issuers.path
		}
		if len(k.Keys) > 0 && !slices.Contains(k.Keys, cert.Key) {
			if other := s.certificateOf(k); other != nil {
				p.keyOf, p.named = other.path, other.Leaf().Name
			}
		}
	}
	if s.pairs == nil {
		s.pairs = make([]pair, 0, 1+len(s.files)/2) // as many as there are in most folders
	}
	s.pairs = append(s.pairs, p)
}

// issuersOf returns the file of the folder that holds the issuer of a certificate, if the
// file of the certificate does not: of several the one with the most certificates.
func issuersOf(c *candidate, cert *material.Summary) *candidate {
	if cert.Subject == cert.Issuer || slices.ContainsFunc(c.Certs, func(issuer material.Summary) bool {
		return issuer.CA && issuer.Subject == cert.Issuer && (issuer.KeyID == cert.IssuedBy || issuer.KeyID == "" || cert.IssuedBy == "")
	}) {
		return nil
	}
	return c.in.issuersOf(cert)
}

// certificateOf returns the file with the certificate that a key belongs to, nil for
// none.
func (s *search) certificateOf(k *candidate) *candidate {
	if s.byLeaf == nil {
		s.byLeaf = make(map[material.Digest]*candidate)
		for _, c := range s.files {
			if leaf := c.Leaf(); leaf != nil && s.byLeaf[leaf.Key] == nil {
				s.byLeaf[leaf.Key] = c
			}
		}
	}
	for _, key := range k.Keys {
		if c := s.byLeaf[key]; c != nil {
			return c
		}
	}
	return nil
}
