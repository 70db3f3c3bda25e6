// Package message has every sentence that package validate says about a request:
// reasons, hints of advisories and changes of Normalize, each by an id, in English and
// Chinese.
//
// The checks know ids and arguments only, and nothing is formatted before somebody
// reads it. So a sentence is written once, beside its translation, and a test checks
// that the table is complete.
package message

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/alicert/alicert/errcodes"
)

// ID is one sentence. The zero value is none.
type ID uint16

// A sentence has a format for each language. Arguments are numbered where the
// languages order them differently.
type sentence struct{ en, zh string }

// Reason is a sentence with its arguments. The zero value says nothing.
type Reason struct {
	id     ID
	args   []any
	remedy ID // 0: that of the table
}

// With returns the sentence with its arguments. An argument that is a Reason itself
// is put into the language of the sentence.
func (id ID) With(args ...any) Reason { return Reason{id: id, args: args} }

// Text returns the sentence without arguments.
func (id ID) Text() errcodes.Message { return id.With().Text() }

// IsZero reports whether the reason says nothing.
func (r Reason) IsZero() bool { return r.id == 0 }

// Text formats the reason in every language.
func (r Reason) Text() errcodes.Message {
	return errcodes.Message{EN: r.in(errcodes.English), ZH: r.in(errcodes.Chinese)}
}

// Advising returns the reason with a remedy of its own.
func (r Reason) Advising(remedy ID) Reason {
	r.remedy = remedy
	return r
}

// Remedy says what to do about this reason. It is empty if the hint of the condition or
// of the advisory says enough.
func (r Reason) Remedy() errcodes.Message {
	id := cmp.Or(r.remedy, remedies[r.id])
	if !strings.Contains(sentences[id].en, "%[") {
		return id.Text()
	}
	return id.With(r.args...).Text()
}

func (r Reason) in(lang errcodes.Lang) string {
	s := sentences[r.id]
	format := errcodes.Message{EN: s.en, ZH: s.zh}.In(lang)
	if len(r.args) == 0 {
		return format
	}
	spoken, isReason := r.args, func(arg any) bool { _, is := arg.(Reason); return is }
	if slices.ContainsFunc(r.args, isReason) {
		spoken = slices.Clone(r.args)
		for i, arg := range spoken {
			if inner, is := arg.(Reason); is {
				spoken[i] = inner.in(lang)
			}
		}
	}
	return fmt.Sprintf(format, spoken...)
}
