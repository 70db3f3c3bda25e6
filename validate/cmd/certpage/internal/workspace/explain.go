package workspace

import (
	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/lookup"
	"github.com/alicert/alicert/validate/internal/diagnosis"
	"github.com/alicert/alicert/validate/internal/explanation"
)

// Explained is what is known of the words of a log.
type Explained struct {
	Found []Entry  `json:"found"`
	Like  []string `json:"like"` // words that are spelled much like one that is not known
}

// An Entry explains one word.
type Entry struct {
	Word   string `json:"word"`
	Kind   string `json:"kind"` // code, condition or advisory
	Level  string `json:"level,omitempty"`
	Advice string `json:"advice,omitempty"` // what a program can do
	Items  []Item `json:"items"`
	Rows   []Row  `json:"rows"`
}

// An Item is one meaning of a word.
type Item struct {
	Name     string `json:"name,omitempty"`
	Meaning  string `json:"meaning"`
	Hint     string `json:"hint"`
	Rest     string `json:"rest,omitempty"`
	Source   string `json:"source,omitempty"`
	Contrary string `json:"contrary,omitempty"`
}

// A Row is one of a published table.
type Row struct {
	Table   string `json:"table"`
	Code    string `json:"code"`
	Status  int    `json:"status"`
	Message string `json:"message"`
}

// Explain explains a code, or those that the line of a log names. It repeats nothing of the
// text.
func Explain(text, lang string) Explained {
	found, like := lookup.Find(text)
	out := Explained{Found: []Entry{}, Like: append([]string{}, like...)}
	for _, e := range found {
		out.Found = append(out.Found, entryOf(e, languageOf(lang)))
	}
	return out
}

func entryOf(e lookup.Entry, lang errcodes.Lang) Entry {
	known := explanation.New(e, lang)
	entry := Entry{Word: e.Word(), Kind: "code", Items: []Item{}, Rows: []Row{}}
	switch {
	case e.Condition != 0:
		entry.Kind = "condition"
	case e.Advisory != "":
		entry.Kind, entry.Level = "advisory", string(e.Advisory.Level())
	default:
		code, _ := errcodes.Explain(e.Code)
		entry.Advice = explanation.Advice(code.Advice).In(lang)
	}
	seen := map[errcodes.Condition]bool{}
	for _, place := range known.Places {
		entry.Rows = append(entry.Rows, Row{place.Catalog.String(), string(place.Code), place.Status, place.Message})
		for _, c := range place.Conditions {
			if seen[c.Condition] || e.Condition != 0 && c.Condition != e.Condition {
				continue
			}
			seen[c.Condition] = true
			entry.Items = append(entry.Items, Item{
				Name: c.Condition.String(), Meaning: c.Meaning, Hint: withoutCommand(c.Hint),
				Rest: diagnosis.Rest(c.Grade).In(lang), Source: c.Source.Title, Contrary: c.Contrary,
			})
		}
	}
	if len(entry.Items) == 0 {
		entry.Items = append(entry.Items, Item{Meaning: known.Meaning, Hint: withoutCommand(known.Hint)})
	}
	return entry
}
