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
	Schema       int                    `json:"schema"`
	Cert         string                 `json:"cert,omitempty"`
	Key          string                 `json:"key,omitempty"`
	Operation    errcodes.Operation     `json:"operation"`
	Verdict      *jsonViolation         `json:"verdict"`
	Violations   []jsonViolation        `json:"violations"`
	Advisories   []jsonAdvisory         `json:"advisories"`
	Certificates []validate.Certificate `json:"certificates"`
	Skipped      []errcodes.Condition   `json:"skipped,omitempty"`
	Fixed        []jsonChange           `json:"fixed,omitempty"`
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
}

type jsonAdvisory struct {
	ID        validate.AdvisoryID `json:"id"`
	Reason    string              `json:"reason"`
	Hint      string              `json:"hint"`
	Parameter string              `json:"parameter,omitempty"`
	Block     int                 `json:"block,omitempty"`
	Line      int                 `json:"line,omitempty"`
}

type jsonChange struct {
	Parameter string `json:"parameter"`
	What      string `json:"what"`
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
		Certificates: append([]validate.Certificate{}, r.report.Certificates...),
		Skipped:      r.skipped,
	}
	if r.pair != nil {
		object.Cert, object.Key = r.pair.cert, r.pair.key
	}
	for _, v := range r.report.Violations {
		object.Violations = append(object.Violations, j.violation(v))
	}
	if len(object.Violations) > 0 {
		object.Verdict = &object.Violations[0]
	}
	for _, a := range r.report.Advisories {
		object.Advisories = append(object.Advisories, jsonAdvisory{
			ID: a.ID, Reason: a.Why(j.lang), Hint: a.Hint().In(j.lang), Parameter: a.Parameter, Block: a.Block, Line: a.Line,
		})
	}
	if r.fix != nil {
		for _, c := range r.fix.changes {
			object.Fixed = append(object.Fixed, jsonChange{c.Parameter, c.What.In(j.lang)})
		}
	}
	return writeJSON(j.out, object, "")
}

func (j *jsonReporter) violation(v *errcodes.Error) jsonViolation {
	return jsonViolation{
		Code:        v.Code,
		Status:      v.Status,
		Message:     v.Message,
		Condition:   v.Condition,
		Parameter:   v.Parameter,
		Reason:      reasonOf(v, j.lang),
		Hint:        v.Hint().In(j.lang),
		Grade:       v.Evidence,
		Edition:     v.Origin,
		Block:       v.Block,
		Line:        v.Line,
		Provisional: v.Provisional,
	}
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
