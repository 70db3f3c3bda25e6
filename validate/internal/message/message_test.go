package message

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode"

	"github.com/alicert/alicert/errcodes"
)

var verb = regexp.MustCompile(`%(\[\d\])?[a-z]`)

// verbs returns the numbered verbs of a format, sorted, each once.
func verbs(format string) []string {
	found := verb.FindAllString(format, -1)
	slices.Sort(found)
	return slices.Compact(found)
}

func isHan(r rune) bool { return unicode.Is(unicode.Han, r) }

// TestSentences: every sentence is there once, in both languages, with the same
// arguments, and is a phrase: no capital for a sentence's sake and no full stop.
func TestSentences(t *testing.T) {
	known := map[sentence]ID{}
	for id := ID(1); id < numIDs; id++ {
		s := sentences[id]
		if other, again := known[s]; again {
			t.Errorf("%d is the same as %d: %q", id, other, s.en)
		}
		known[s] = id
		switch {
		case s.en == "" || s.zh == "":
			t.Errorf("%d: %q, %q", id, s.en, s.zh)
		case strings.ContainsFunc(s.en, isHan):
			t.Errorf("%d: Chinese in %q", id, s.en)
		case !strings.ContainsFunc(s.zh, isHan) && s.zh != s.en:
			t.Errorf("%d: no Chinese in %q", id, s.zh)
		case strings.HasSuffix(s.en, ".") || strings.HasSuffix(s.zh, "。"):
			t.Errorf("%d ends with a full stop: %q, %q", id, s.en, s.zh)
		case !slices.Equal(verbs(s.en), verbs(s.zh)):
			t.Errorf("%d: %v in %q, %v in %q", id, verbs(s.en), s.en, verbs(s.zh), s.zh)
		}
	}
}

// TestRemedies: what to do is a hint, and stands beside a reason.
func TestRemedies(t *testing.T) {
	for reason, remedy := range remedies {
		if remedy != 0 && (remedy < HintReorder || ID(reason) >= HintReorder) {
			t.Errorf("%q has the remedy %q", sentences[reason].en, sentences[remedy].en)
		}
	}
	for reason, remedy := range remedies {
		for _, verb := range verbs(sentences[remedy].en) {
			if !strings.HasPrefix(verb, "%[") || !slices.Contains(verbs(sentences[reason].en), verb) {
				t.Errorf("%q, the remedy of %q, has %s", sentences[remedy].en, sentences[reason].en, verb)
			}
		}
	}
	moved := KeyOfLaterBlock.With(BlockNumber.With(2)).Remedy()
	if want := (errcodes.Message{EN: "move block 2 to the front: the leaf first, then its intermediates", ZH: "请将第 2 份证书移到最前：先服务器证书，后中间证书"}); moved != want {
		t.Errorf("%+v; want %+v", moved, want)
	}
	want := HintExchange.Text()
	if got := Swapped.With().Remedy(); got != want {
		t.Errorf("%+v; want %+v", got, want)
	}
}

func TestWith(t *testing.T) {
	block := BlockNumber.With(2)
	got := KeyOfLaterBlock.With(block).Text()
	want := errcodes.Message{
		EN: "the key belongs to the certificate in block 2: the leaf is not first",
		ZH: "私钥属于第 2 份证书：服务器证书没有放在最前",
	}
	if got != want {
		t.Errorf("%+v; want %+v", got, want)
	}
	if got := ID(0).With(); !got.IsZero() || !got.Text().IsZero() || !got.Remedy().IsZero() {
		t.Errorf("%+v; want nothing", got)
	}
}
