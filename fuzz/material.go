package fuzz

import (
	"io/fs"
	"iter"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/alicert/alicert/testdata"
	"github.com/alicert/alicert/validate"
)

// entries has the texts of the fixtures by name: the path in testdata/pki, without
// .pem.
var entries = sync.OnceValue(func() map[string]string {
	texts := map[string]string{}
	names, err := fs.Glob(testdata.PKI(), "*/*.pem")
	if err != nil {
		panic(err) // the pattern is well-formed
	}
	for _, name := range names {
		texts[strings.TrimSuffix(name, ".pem")] = testdata.Read(name)
	}
	return texts
})

// Material names a text, so that a sequence of inputs is short to print and holds
// no private key: entries of the material, joined by "+", then changes, each
// behind a "|":
//
//	p256/chain3                   leaf, issuing and intermediate certificate
//	p256/leaf+p256/key            a private key behind the certificate
//	p256/chain3|reversed|crlf     the leaf last, lines that end in CR LF
//
// The entries are the fixtures in PEM form, which [Entries] lists, the changes what
// [Changes] does. What is neither stands for itself, so every Material has a text; ""
// is an absent one.
type Material string

// What is known of materials, each worked out once.
var (
	texts  sync.Map // Material to string
	leaves sync.Map // Material to leaf
)

type leaf struct {
	validate.Leaf
	pem string // the public text
}

// Text returns the text. It may hold a throw-away private key.
func (m Material) Text() string {
	if text, known := texts.Load(m); known {
		return text.(string)
	}
	names, changes, _ := strings.Cut(string(m), "|")
	var text strings.Builder
	for name := range strings.SplitSeq(names, "+") {
		if entry, known := entries()[name]; known {
			text.WriteString(entry)
		} else {
			text.WriteString(name)
		}
	}
	result := text.String()
	if changes != "" {
		for change := range strings.SplitSeq(changes, "|") {
			if apply, known := materialChanges[change]; known {
				result = apply(result)
			}
		}
	}
	texts.Store(m, result)
	return result
}

// Simpler yields materials with fewer changes, then an absent one.
func (m Material) Simpler() iter.Seq[Material] {
	return func(yield func(Material) bool) {
		if m == "" {
			return
		}
		if !yield("") {
			return
		}
		steps := strings.Split(string(m), "|")
		for i := 1; i < len(steps); i++ {
			fewer := append(append([]string{}, steps[:i]...), steps[i+1:]...)
			if !yield(Material(strings.Join(fewer, "|"))) {
				return
			}
		}
		if name, _, several := strings.Cut(steps[0], "+"); several {
			steps[0] = name
			yield(Material(strings.Join(steps, "|")))
		}
	}
}

// leaf returns the first certificate of a material, and its public text; nothing
// where a request with it would be refused.
func (m Material) leaf() leaf {
	if known, ok := leaves.Load(m); ok {
		return known.(leaf)
	}
	var l leaf
	if text := m.Text(); len(text) <= validate.DefaultCertificateLimit {
		if parsed, err := validate.ParseLeaf(text); err == nil {
			l = leaf{parsed, validate.PublicText(text)}
		}
	}
	leaves.Store(m, l)
	return l
}

// Entries returns the names of the entries, sorted.
func Entries() []string { return slices.Sorted(maps.Keys(entries())) }
