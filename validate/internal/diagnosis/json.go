package diagnosis

import (
	"bytes"
	"encoding/json"
	"fmt"
	"strconv"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/validate"
)

// Localized returns the report in one language with all that the diagnosis knows beyond
// it: files, places and hints of this case, and the repair. Advisories are in the order of
// [Diagnosis.Findings].
func (d *Diagnosis) Localized(lang errcodes.Lang) validate.Localized {
	object := d.Report.In(lang)
	object.Skipped = d.Skipped
	advisories := object.Advisories
	object.Advisories = make([]validate.LocalizedAdvisory, 0, len(advisories))
	all := d.Findings()
	for i := range all {
		f := &all[i]
		hint, at := d.Hint(f).In(lang), localizedPlace(f.Place)
		if f.Violation != nil {
			v := &object.Violations[f.Index]
			v.Hint, v.Place = hint, at
		} else {
			a := advisories[f.Index]
			a.Hint, a.Place = hint, at
			object.Advisories = append(object.Advisories, a)
		}
	}
	if d.Repair != nil {
		object.Fix = &validate.LocalizedFix{Command: d.Repair.Command, Changes: validate.LocalizedChanges(d.Repair.Changes, lang)}
	}
	return object
}

// localizedPlace is where a finding is, if that is in a file.
func localizedPlace(at Place) *validate.LocalizedPlace {
	if at.File == "" {
		return nil
	}
	object := &validate.LocalizedPlace{File: at.File, Line: at.Line}
	if at.Line > 0 {
		object.Column = max(at.Column, 1)
	}
	return object
}

// JSON encodes a value, with a line break behind it. It is safe for a terminal, too.
func JSON(value any, indent string) ([]byte, error) {
	var text bytes.Buffer
	encoder := json.NewEncoder(&text)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", indent)
	if err := encoder.Encode(value); err != nil {
		return nil, err
	}
	return printable(text.Bytes()), nil
}

// printable rewrites JSON so that it is safe for a terminal, without changing its meaning:
// characters that are not printable can only be in strings, where they become escapes.
func printable(text []byte) []byte {
	isSafe := func(r rune) bool { return r == '\n' || strconv.IsPrint(r) }
	if !bytes.ContainsFunc(text, func(r rune) bool { return !isSafe(r) }) {
		return text
	}
	var b bytes.Buffer
	for _, r := range string(text) {
		switch {
		case isSafe(r):
			b.WriteRune(r)
		case r < 0x10000:
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			r -= 0x10000
			fmt.Fprintf(&b, `\u%04x\u%04x`, 0xd800+r>>10, 0xdc00+r&0x3ff)
		}
	}
	return b.Bytes()
}
