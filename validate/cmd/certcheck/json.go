package main

import (
	"bufio"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/validate"
	"github.com/alicert/alicert/validate/internal/diagnosis"
)

// jsonReporter writes one object on a line for each result.
type jsonReporter struct {
	out  *bufio.Writer
	lang errcodes.Lang
}

func (j *jsonReporter) finish() error { return nil }

func (j *jsonReporter) show(r *result) error {
	object := r.Localized(j.lang)
	object.Failing = r.failing
	if r.pair != nil {
		object.Cert, object.Key = r.pair.cert, r.pair.key
	}
	if r.fix != nil {
		object.Fixed = validate.LocalizedChanges(r.fix.changes, j.lang)
	}
	return writeJSON(j.out, object, "")
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
	text, err := diagnosis.JSON(value, indent)
	_, _ = out.Write(text) // a bufio.Writer keeps its error for Flush
	return err
}
