package main

import (
	"bufio"
	"bytes"
	"encoding/json"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/validate"
)

// jsonSchema grows when a key is removed or gets another meaning.
const jsonSchema = 1

// jsonResult is the form that the package comment promises.
type jsonResult struct {
	Schema       int                     `json:"schema"`
	Cert         string                  `json:"cert,omitempty"`
	Key          string                  `json:"key,omitempty"`
	Operation    errcodes.Operation      `json:"operation"`
	Verdict      *jsonViolation          `json:"verdict"`
	Violations   []jsonViolation         `json:"violations"`
	Advisories   []jsonAdvisory          `json:"advisories"`
	Certificates []validate.Certificate  `json:"certificates"`
	Names        []validate.NameCoverage `json:"names"`
	Fix          *jsonFix                `json:"fix"`
	Failing      validate.AdvisoryID     `json:"failing,omitempty"`
	Skipped      []errcodes.Condition    `json:"skipped,omitempty"`
	Fixed        []jsonChange            `json:"fixed,omitempty"`
}

type jsonViolation struct {
	Code        errcodes.Code      `json:"code"`
	Status      int                `json:"status"`
	Message     string             `json:"message"`
	Condition   errcodes.Condition `json:"condition"`
	Parameter   string             `json:"parameter"`
	Reason      string             `json:"reason"`
	Hint        string             `json:"hint"`
	Grade       errcodes.Evidence  `json:"grade"`
	Edition     errcodes.Origin    `json:"edition"`
	Block       int                `json:"block,omitempty"`
	Line        int                `json:"line,omitempty"`
	Provisional bool               `json:"provisional,omitempty"`
	jsonFinding
}

type jsonAdvisory struct {
	ID        validate.AdvisoryID `json:"id"`
	Reason    string              `json:"reason"`
	Hint      string              `json:"hint"`
	Parameter string              `json:"parameter,omitempty"`
	Block     int                 `json:"block,omitempty"`
	Line      int                 `json:"line,omitempty"`
	jsonFinding
}

// jsonFinding is what violations and advisories have alike.
type jsonFinding struct {
	Level    validate.Level `json:"level"`
	Evidence string         `json:"evidence,omitempty"`
	Source   string         `json:"source,omitempty"`
	Follows  string         `json:"follows,omitempty"`
	Place    *jsonPlace     `json:"place"`
}

type jsonPlace struct {
	File   string `json:"file"`
	Line   int    `json:"line,omitempty"`
	Column int    `json:"column,omitempty"`
}

// jsonFix is what a dry run of -fix would change, after which the service would accept.
type jsonFix struct {
	Command []string     `json:"command,omitempty"`
	Changes []jsonChange `json:"changes"`
}

type jsonChange struct {
	Parameter string `json:"parameter"`
	What      string `json:"what"`
	Remedy    string `json:"remedy,omitempty"` // what it leaves to do
}

// jsonReporter writes one object on a line for each result.
type jsonReporter struct {
	out  *bufio.Writer
	lang errcodes.Lang
}

func (j *jsonReporter) finish() error { return nil }

func (j *jsonReporter) show(r *result) error {
	object := jsonResult{
		Schema:       jsonSchema,
		Operation:    r.report.Operation,
		Violations:   make([]jsonViolation, 0, len(r.report.Violations)),
		Advisories:   make([]jsonAdvisory, 0, len(r.report.Advisories)),
		Certificates: list(r.report.Certificates),
		Names:        list(r.report.Names),
		Failing:      r.failing,
		Skipped:      r.skipped,
	}
	if r.pair != nil {
		object.Cert, object.Key = r.pair.cert, r.pair.key
	}
	all := r.findings()
	for i := range all {
		if f := &all[i]; f.violation != nil {
			object.Violations = append(object.Violations, j.violation(r, f))
		} else {
			object.Advisories = append(object.Advisories, j.advisory(r, f))
		}
	}
	if len(object.Violations) > 0 {
		object.Verdict = &object.Violations[0]
	}
	if r.repair != nil {
		object.Fix = &jsonFix{r.repair.command, j.changes(r.repair.changes)}
	}
	if r.fix != nil {
		object.Fixed = j.changes(r.fix.changes)
	}
	return writeJSON(j.out, object, "")
}

func (j *jsonReporter) changes(changes []validate.Change) (all []jsonChange) {
	for _, c := range changes {
		all = append(all, jsonChange{c.Parameter, c.What.In(j.lang), c.Remedy.In(j.lang)})
	}
	return all
}

func (j *jsonReporter) violation(r *result, f *finding) jsonViolation {
	v := f.violation
	return jsonViolation{
		Code:        v.Code,
		Status:      v.Status,
		Message:     v.Message,
		Condition:   v.Condition,
		Parameter:   v.Parameter,
		Reason:      reasonOf(v, j.lang),
		Hint:        r.hint(f).In(j.lang),
		Grade:       v.Evidence,
		Edition:     v.Origin,
		Block:       v.Block,
		Line:        v.Line,
		Provisional: v.Provisional,
		jsonFinding: newJSONFinding(f),
	}
}

func (j *jsonReporter) advisory(r *result, f *finding) jsonAdvisory {
	a := f.advisory
	return jsonAdvisory{
		ID: a.ID, Reason: a.Why(j.lang), Hint: r.hint(f).In(j.lang), Parameter: a.Parameter, Block: a.Block, Line: a.Line,
		jsonFinding: newJSONFinding(f),
	}
}

func newJSONFinding(f *finding) jsonFinding {
	object := jsonFinding{Level: f.level, Follows: f.follows}
	if v := f.violation; v != nil {
		object.Evidence, object.Source = v.Evidence.String(), v.Source
	}
	if f.place.file != "" {
		object.Place = &jsonPlace{File: f.place.file, Line: f.place.Line}
		if f.place.Line > 0 {
			object.Place.Column = max(f.place.Column, 1)
		}
	}
	return object
}

// reasonOf returns the reason with its position in front, or the meaning of the
// condition.
func reasonOf(v *errcodes.Error, lang errcodes.Lang) string {
	if v.Reason.IsZero() {
		return v.Prefix(v.Condition.Meaning()).In(lang)
	}
	return v.Why(lang)
}

// writeJSON writes a value and a line break.
func writeJSON(out *bufio.Writer, value any, indent string) error {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", indent)
	if err := encoder.Encode(value); err != nil {
		return err
	}
	_, _ = out.Write(printableJSON(text.Bytes())) // a bufio.Writer keeps its error for Flush
	return nil
}
