package fakecloud

import (
	"embed"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"

	"github.com/alicert/alicert/errcodes"
)

// pageFiles are the parts of the page.
//
//go:embed page
var pageFiles embed.FS

// texts are all texts of the page by their keys, in both languages. {0}, {1} and so on
// stand for what a caller inserts.
var texts = sync.OnceValue(func() map[string]errcodes.Message {
	var all map[string]errcodes.Message
	data, err := pageFiles.ReadFile("page/texts.json")
	if err == nil {
		err = json.Unmarshal(data, &all)
	}
	if err != nil {
		panic(err) // it is embedded
	}
	return all
})

// text returns a text of the page. An unknown key, which a test finds, stands for itself.
func text(lang errcodes.Lang, key string, insert ...any) string {
	s := texts()[key].In(lang)
	if s == "" {
		return key
	}
	for i, v := range insert {
		s = strings.ReplaceAll(s, fmt.Sprintf("{%d}", i), fmt.Sprint(v))
	}
	return s
}

// languageOf returns the language that a request of the page asks for.
func languageOf(r *http.Request) errcodes.Lang {
	if strings.HasPrefix(strings.ToLower(r.URL.Query().Get("lang")), "zh") {
		return errcodes.Chinese
	}
	return errcodes.English
}

// classWords are the parts of classes, see cdn.Own.Class, alb.Own.Class and clb.Own.Class, of which some
// have a comma. The longest come first.
var classWords = sync.OnceValue(func() []string {
	var words []string
	for key := range texts() {
		if word, is := strings.CutPrefix(key, "class."); is {
			words = append(words, word)
		}
	}
	slices.SortFunc(words, func(a, b string) int { return len(b) - len(a) })
	return words
})

// classText returns a class in a language.
func classText(lang errcodes.Lang, class string) string {
	var parts []string
	for class != "" {
		word, rest, _ := strings.Cut(class, ", ")
		for _, w := range classWords() {
			if after, begins := strings.CutPrefix(class, w); begins && (after == "" || strings.HasPrefix(after, ", ")) {
				word, rest = w, strings.TrimPrefix(after, ", ")
				break
			}
		}
		parts = append(parts, text(lang, "class."+word))
		class = rest
	}
	return strings.Join(parts, text(lang, "comma"))
}
