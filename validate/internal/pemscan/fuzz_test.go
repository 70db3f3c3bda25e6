package pemscan

import (
	"slices"
	"strings"
	"testing"

	"github.com/alicert/alicert/internal/oracle"
	"github.com/alicert/alicert/testdata"
)

// disagreements are the texts without damaged boundaries in which encoding/pem does
// not find every sound block.
var disagreements = []struct {
	known   string // the reason, by its name in oracle.Known
	example string
	in      func(all []Item) bool
}{
	{
		known:   "label with a colon",
		example: "-----BEGIN A:-----\n-----END A:-----\n" + blockA,
		in: func(all []Item) bool {
			return slices.ContainsFunc(all, func(item Item) bool {
				_, defect := item.Block.Decode(nil)
				return strings.Contains(item.Block.Label, ":") && defect.Kind != 0
			})
		},
	},
}

// The list cannot outlive its reasons.
func TestDisagreements(t *testing.T) {
	t.Parallel()
	for _, d := range disagreements {
		all := items(d.example)
		sound := slices.DeleteFunc(slices.Clone(all), func(item Item) bool {
			_, defect := item.Block.Decode(nil)
			return item.Kind != KindBlock || defect.Kind != 0
		})
		if !d.in(all) || len(sound) == 0 || len(oracle.GoBlocks(d.example)) == len(sound) {
			t.Errorf("%s: no disagreement in %q", oracle.Find(d.known).Name, d.example)
		}
	}
}

func FuzzScan(f *testing.F) {
	for _, text := range testdata.All() {
		f.Add(text)
	}
	for _, tt := range scanTests {
		f.Add(tt.text)
	}
	for _, oddity := range []string{
		"-----BEGIN A-----\n" + soundBody + "-----END A-----\n-----BEGIN B-----\n\n" + soundBody + "-----END B-----",
		"-----BEGIN A-----\n" + encryptedHeaders + "\n" + soundBody + "-----END A-----\n",
		"-----BEGIN A-----\nx: y\n-----END A-----\n" + blockA,
		"-----BEGIN \n-----BEGIN A-----\nAAAA\n-----END A-----\n-----END \n" + blockA,
	} {
		f.Add(oddity)
	}
	for _, d := range disagreements {
		f.Add(d.example)
	}

	f.Fuzz(func(t *testing.T, text string) {
		all := scanAll(t, text)
		checkLookAlikes(t, text, all)
		if slices.ContainsFunc(all, func(item Item) bool { return item.Kind == KindDamage }) {
			return
		}
		ours, sound := soundBlocks(t, all)
		theirs := oracle.GoBlocks(text)
		if sound && !slices.EqualFunc(ours, theirs, oracle.Block.Equal) {
			t.Errorf("no damage, no defect; we find %q, encoding/pem %q", ours, theirs)
		}
		if blocks, err := oracle.OpenSSLBlocks(text); sound && (err != nil || !slices.EqualFunc(ours, blocks, oracle.Block.Equal)) {
			t.Errorf("no damage, no defect; we find %q, OpenSSL %q, %v", ours, blocks, err)
		}
		for _, d := range disagreements {
			if d.in(all) {
				return
			}
		}
		for _, block := range theirs { // ours must be among theirs, in order
			if len(ours) > 0 && ours[0].Equal(block) {
				ours = ours[1:]
			}
		}
		if len(ours) > 0 {
			t.Errorf("encoding/pem does not find %q, but %q", ours, theirs)
		}
	})
}

// checkLookAlikes holds the items to what a person takes for a BEGIN or END line: none is
// text or inside a block.
func checkLookAlikes(t *testing.T, text string, all []Item) {
	t.Helper()
	passed := func(line int) bool {
		for i, item := range all {
			last := 1 + strings.Count(text, "\n")
			if i+1 < len(all) {
				last = all[i+1].Line - 1
				if opened := all[i+1].Opened; opened > 0 {
					last = opened - 1
				}
			}
			switch {
			case line < item.Line || line > last:
			case item.Kind == KindText, item.Kind == KindBlock && line <= item.Line+strings.Count(item.Block.Body, "\n"):
				return true
			}
		}
		return false
	}
	for _, line := range oracle.LookAlikes(text) {
		if passed(line) {
			t.Errorf("line %d of %q is passed over in %+v", line, text, all)
		}
	}
	if slices.ContainsFunc(all, func(item Item) bool { return item.Kind == KindDamage }) {
		return
	}
	const short = 4 << 10
	if len(text) <= short && oracle.BareMaterial(text) {
		t.Errorf("a certificate or key in base64 is passed over in %q", text)
	}
}

// soundBlocks returns the blocks that decode, and whether all do. It checks that a
// defect is inside its block.
func soundBlocks(t *testing.T, all []Item) (blocks []oracle.Block, sound bool) {
	t.Helper()
	sound = true
	for _, item := range all {
		if item.Kind != KindBlock {
			continue
		}
		body, defect := item.Block.Decode(nil)
		if defect.Kind == 0 {
			blocks = append(blocks, oracle.Block{Label: item.Block.Label, DER: body.DER})
			continue
		}
		sound = false
		if last := item.Line + strings.Count(item.Block.Body, "\n"); defect.Line < item.Line || defect.Line > last {
			t.Errorf("defect %v in line %d of a block from %d to %d", defect.Kind, defect.Line, item.Line, last)
		}
	}
	return blocks, sound
}

// scanAll reads a text and checks that every item is where it says, and that
// nothing of the text is lost between them.
func scanAll(t *testing.T, text string) (all []Item) {
	t.Helper()
	s := Scan(text)
	for at := 0; ; {
		first, index := s.line, s.index
		item, ok := s.Next()
		if !ok {
			if at != len(text) {
				t.Fatalf("the scan ends at %d of %d bytes", at, len(text))
			}
			return all
		}
		if at+len(s.rest) >= len(text) || !strings.HasSuffix(text, s.rest) {
			t.Fatalf("%+v: %d bytes are left from byte %d on, of %d", item, len(s.rest), at, len(text))
		}
		consumed := text[at : len(text)-len(s.rest)]
		at += len(consumed)
		if at < len(text) && s.line != 1+strings.Count(text[:at], "\n") {
			t.Fatalf("%+v: the next line is said to be %d", item, s.line)
		}
		if item.Line < first || item.Line > s.line || item.Opened != 0 && item.Opened != first {
			t.Errorf("%+v is not in the lines from %d to %d", item, first, s.line)
		}
		if len(all) > 0 && item.Line < all[len(all)-1].Line {
			t.Errorf("%+v is before %+v", item, all[len(all)-1])
		}
		checkItem(t, item, index, consumed)
		all = append(all, item)
	}
}

// checkItem holds an item to the text that was consumed for it. index is that of
// the block before it.
func checkItem(t *testing.T, item Item, index int, consumed string) {
	t.Helper()
	switch item.Kind {
	case KindBlank:
		if !blank(consumed) {
			t.Errorf("%+v: %q", item, consumed)
		}
	case KindText:
		for line := range strings.Lines(consumed) {
			if blank(line) {
				t.Errorf("%+v: %q", item, consumed)
			}
		}
	case KindBlock:
		begin, rest, _ := strings.Cut(consumed, "\n")
		if !strings.HasPrefix(begin, "-----BEGIN "+item.Block.Label+"-----") ||
			!strings.HasPrefix(rest, item.Block.Body+"-----END "+item.Block.Label+"-----") ||
			item.Block.Line != item.Line || item.Index != index+1 {
			t.Errorf("%+v: %q", item, consumed)
		}
	case KindDamage:
		if item.Damage == 0 || item.Index != index+1 {
			t.Errorf("%+v behind block %d", item, index)
		}
	default:
		t.Errorf("%+v", item)
	}
}
