package inputs

import (
	"embed"
	"io/fs"
	"iter"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/alicert/alicert/validate"
)

// Copies of throw-away fixtures, made by the test TestMaterial -update.
//
//go:embed material
var materialFiles embed.FS

// entries has the texts of the material by name: the path in the folder, without
// .pem.
var entries = sync.OnceValue(func() map[string]string {
	texts := map[string]string{}
	err := fs.WalkDir(materialFiles, "material", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		text, err := materialFiles.ReadFile(path)
		texts[strings.TrimSuffix(strings.TrimPrefix(path, "material/"), ".pem")] = string(text)
		return err
	})
	if err != nil {
		panic(err) // embedded files can be read
	}
	return texts
})

// Fixture names a text, so that a sequence of inputs is short to print and holds
// no private key: entries of the material, joined by "+", then changes, each
// behind a "|":
//
//	p256/chain3                   leaf, issuing and intermediate certificate
//	p256/leaf+p256/key            a private key behind the certificate
//	p256/chain3|reversed|crlf     the leaf last, lines that end in CR LF
//
// The entries are what [FixtureNames] returns, the changes what [MutationNames] does. What is
// neither stands for itself, so every Fixture has a text; "" is an absent one.
type Fixture string

// What is known of materials, each worked out once.
var (
	texts  sync.Map // Fixture to string
	leaves sync.Map // Fixture to leaf
)

type leaf struct {
	validate.Leaf
	pem string // the public text
}

// Text returns the text. It may hold a throw-away private key.
func (m Fixture) Text() string {
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
			if apply, known := mutations[change]; known {
				result = apply(result)
			}
		}
	}
	texts.Store(m, result)
	return result
}

// Shrink yields materials with fewer changes, then an absent one.
func (m Fixture) Shrink() iter.Seq[Fixture] {
	return func(yield func(Fixture) bool) {
		if m == "" {
			return
		}
		if !yield("") {
			return
		}
		steps := strings.Split(string(m), "|")
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

// leaf returns the first certificate of a material, and its public text; nothing
// where a request with it would be refused.
func (m Fixture) leaf() leaf {
	if known, ok := leaves.Load(m); ok {
		return known.(leaf)
	}
	req := validate.SetDomainServerCertificateRequest{
		DomainName: "example.com", ServerCertificateStatus: "on", CertType: "cas", ServerCertificate: m.Text(),
	}
	check := req.Check(validate.Options{})
	l := leaf{check.Leaf, check.Certificate}
	leaves.Store(m, l)
	return l
}

// FixtureNames returns the names of the entries, sorted.
func FixtureNames() []string { return slices.Sorted(maps.Keys(entries())) }
