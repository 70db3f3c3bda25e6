package main

import (
	"bufio"
	"bytes"
	"encoding/json"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/validate"
)

// jsonReporter writes one object on a line for each result.
type jsonReporter struct {
	out  *bufio.Writer
	lang errcodes.Lang
}

func (j *jsonReporter) finish() error { return nil }

func (j *jsonReporter) show(r *result) error {
	object := r.report.In(j.lang)
	object.Failing, object.Skipped = r.failing, r.skipped
	if r.pair != nil {
		object.Cert, object.Key = r.pair.cert, r.pair.key
	}
	advisories := object.Advisories
	object.Advisories = make([]validate.LocalizedAdvisory, 0, len(advisories))
	all := r.findings()
	for i := range all {
		f := &all[i]
		hint, at := r.hint(f).In(j.lang), jsonPlace(f.place)
		if f.violation != nil {
			v := &object.Violations[f.index]
			v.Hint, v.Place = hint, at
		} else {
			a := advisories[f.index]
			a.Hint, a.Place = hint, at
			object.Advisories = append(object.Advisories, a)
		}
	}
	if r.repair != nil {
		object.Fix = &validate.LocalizedFix{Command: r.repair.command, Changes: validate.LocalizedChanges(r.repair.changes, j.lang)}
	}
	if r.fix != nil {
		object.Fixed = validate.LocalizedChanges(r.fix.changes, j.lang)
	}
	return writeJSON(j.out, object, "")
}

// jsonPlace is where a finding is, if that is in a file.
func jsonPlace(at place) *validate.LocalizedPlace {
	if at.file == "" {
		return nil
	}
	object := &validate.LocalizedPlace{File: at.file, Line: at.Line}
	if at.Line > 0 {
		object.Column = max(at.Column, 1)
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
