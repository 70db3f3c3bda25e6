package inputs

import (
	"io/fs"
	"iter"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/alicert/alicert/testdata"
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

// Fixture names a text, so that a sequence of inputs is short to print and contains no
// private key. It consists of names joined by "+", then mutations, each after a "|":
//
//	p256/chain3                   leaf, issuing and intermediate certificate
//	p256/leaf+p256/key            a private key after the certificate
//	p256/chain3|reversed|crlf     the leaf last, lines that end in CR LF
//
// [FixtureNames] returns the names and [MutationNames] the mutations. An unknown name
// stands for itself, so every Fixture has a text; "" is an absent one.
type Fixture string

// texts has the texts of fixtures, because mutating is slow.
var texts sync.Map // Fixture to string

// Text returns the text. It may contain a throw-away private key.
func (f Fixture) Text() string {
	if text, known := texts.Load(f); known {
		return text.(string)
	}
	names, steps, _ := strings.Cut(string(f), "|")
	var text strings.Builder
	for name := range strings.SplitSeq(names, "+") {
		if entry, known := entries()[name]; known {
			text.WriteString(entry)
		} else {
			text.WriteString(name)
		}
	}
	result := text.String()
	if steps != "" {
		for step := range strings.SplitSeq(steps, "|") {
			if apply, known := mutations[step]; known {
				result = apply(result)
			}
		}
	}
	texts.Store(f, result)
	return result
}

// Shrink yields an absent text, then fixtures with fewer mutations or names.
func (f Fixture) Shrink() iter.Seq[Fixture] {
	return func(yield func(Fixture) bool) {
		if f == "" {
			return
		}
		if !yield("") {
			return
		}
		steps := strings.Split(string(f), "|")
		for i := 1; i < len(steps); i++ {
			fewer := append(append([]string{}, steps[:i]...), steps[i+1:]...)
			if !yield(Fixture(strings.Join(fewer, "|"))) {
				return
			}
		}
		if name, _, several := strings.Cut(steps[0], "+"); several {
			steps[0] = name
			yield(Fixture(strings.Join(steps, "|")))
		}
	}
}

// FixtureNames returns the names of all fixtures, sorted.
func FixtureNames() []string { return slices.Sorted(maps.Keys(entries())) }
