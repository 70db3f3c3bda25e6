package fakecloud

import (
	"cmp"
	"net/http"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/lookup"
	"github.com/alicert/alicert/internal/redact"
	"github.com/alicert/alicert/model/fakecloud/internal/gateway"
)

// explanation is what a code, a condition or the id of an advisory means, in one language.
type explanation struct {
	Word    string         `json:"word"`
	Kind    string         `json:"kind"` // "code", "condition", "advisory" or "fake"
	Meaning string         `json:"meaning"`
	Hint    string         `json:"hint"`
	Advice  string         `json:"advice,omitempty"`
	Rows    []explainedRow `json:"rows"`
}

// explainedRow is a row of the table of an operation.
type explainedRow struct {
	Table   string  `json:"table"` // the operation, with version and site where it has several
	Code    string  `json:"code"`
	Status  int     `json:"status"`
	Message string  `json:"message"`
	Causes  []cause `json:"causes"`
	Never   string  `json:"never,omitempty"` // why nothing is answered with the row
}

// cause is a condition that is answered with a row.
type cause struct {
	Condition errcodes.Condition `json:"condition"`
	Parameter string             `json:"parameter,omitempty"`
	Meaning   string             `json:"meaning"`
	Hint      string             `json:"hint"`
	Evidence  string             `json:"evidence"`
	Source    string             `json:"source"`
	Contrary  string             `json:"contrary,omitempty"`
}

// getExplanation answers with what the words of a text mean: a code, a condition, the id of
// an advisory, or a line of a log with one of them.
func (c *Cloud) getExplanation(w http.ResponseWriter, r *http.Request) {
	lang, word := languageOf(r), r.URL.Query().Get("code")
	all := []explanation{}
	if word == gateway.NotImplemented {
		all = append(all, explanation{word, "fake", text(lang, "why.notImplemented"), text(lang, "why.notImplementedHint"), "", []explainedRow{}})
	} else {
		found, like := lookup.Find(word)
		for _, e := range found {
			all = append(all, explain(e, lang))
		}
		if len(found) == 0 {
			respond(w, http.StatusNotFound, struct {
				problem
				Like []string `json:"like"`
			}{problem{text(lang, "explain.unknown", redact.Printable(redact.Text(brief(word))))}, append([]string{}, like...)})
			return
		}
	}
	respond(w, http.StatusOK, all)
}

func explain(e lookup.Entry, lang errcodes.Lang) explanation {
	x := explanation{Word: e.Word(), Rows: []explainedRow{}}
	switch {
	case e.Code != "":
		known, _ := errcodes.Explain(e.Code)
		x.Kind, x.Meaning, x.Hint, x.Advice = "code", known.Meaning.In(lang), known.Hint.In(lang), adviceText(known.Advice, lang)
		for _, o := range known.Occurrences {
			x.Rows = append(x.Rows, explainRow(o.Table, o.Row, 0, lang))
		}
	case e.Condition != 0:
		x.Kind, x.Meaning, x.Hint = "condition", e.Condition.Meaning().In(lang), e.Condition.Hint().In(lang)
		x.Advice = adviceText(errcodes.Advise(&errcodes.Error{Condition: e.Condition}), lang)
		for table := range errcodes.Tables() {
			if row, has := table.Row(e.Condition); has {
				x.Rows = append(x.Rows, explainRow(table, row, e.Condition, lang))
			}
		}
	default:
		x.Kind, x.Meaning, x.Hint = "advisory", e.Advisory.Meaning().In(lang), e.Advisory.Hint().In(lang)
		x.Advice = text(lang, "explain.advisory", e.Advisory.Level())
	}
	return x
}

// explainRow explains a row of a table by all its conditions, or by one only.
func explainRow(table errcodes.Table, row errcodes.Row, only errcodes.Condition, lang errcodes.Lang) explainedRow {
	x := explainedRow{Table: table.String(), Code: string(row.Code), Status: row.Status, Message: row.Message, Causes: []cause{}}
	for m := range table.Mappings() {
		if m.Row != row || only != 0 && m.Condition != only {
			continue
		}
		x.Causes = append(x.Causes, cause{
			Condition: m.Condition, Parameter: m.Parameter, Meaning: m.Condition.Meaning().In(lang), Hint: m.Condition.Hint().In(lang),
			Evidence: text(lang, "evidence."+m.Evidence.String()), Source: sourceText(m.Source), Contrary: contraryText(m.Contrary, lang),
		})
	}
	if never, is := table.NeverAnswered(row); is {
		x.Never = never.In(lang)
	}
	return x
}

// sourceText says what a source says, and where it can be read.
func sourceText(s errcodes.Source) string {
	if s.Where == "" {
		return s.Title
	}
	return s.Title + " (" + s.Where + ")"
}

func contraryText(c errcodes.Contrary, lang errcodes.Lang) string {
	if c.IsZero() {
		return ""
	}
	return cmp.Or(c.Says.In(lang), c.Source.Title) + " (" + sourceText(c.Source) + ")"
}
