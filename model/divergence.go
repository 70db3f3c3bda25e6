package model

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// Divergence is where a trace and a machine part.
type Divergence[S, I, O any] struct {
	Index int // of the record, from 0
	Input I
	Got   O                     // what the trace says
	Want  []Transition[S, I, O] // what the machine says, from every state it may have been in
}

// Error tells the divergence in one line: the input, what the trace says, and
// everything that the machine could have said. Inputs and outputs with a method
// Explain() string, such as [Output], tell themselves.
func (d *Divergence[S, I, O]) Error() string {
	got := explain(d.Got)
	var want []string
	for _, t := range d.Want {
		want = append(want, explain(t.Output))
	}
	// Where explaining leaves out what is different, everything has to be told.
	if slices.Contains(want, got) {
		got, want = fmt.Sprintf("%+v", d.Got), nil
		for _, t := range d.Want {
			want = append(want, fmt.Sprintf("%+v", t.Output))
		}
	}
	var distinct []string
	for _, w := range want {
		if !slices.Contains(distinct, w) {
			distinct = append(distinct, w)
		}
	}
	return oneLine(fmt.Sprintf("record %d: %s: got %s; the machine says %s",
		d.Index, shorten(explain(d.Input)), got, strings.Join(distinct, ", or ")))
}

// explain tells an input or an output.
func explain(v any) string {
	if e, ok := v.(interface{ Explain() string }); ok {
		return e.Explain()
	}
	return fmt.Sprintf("%+v", v)
}

// shorten cuts what would bury the rest, such as a certificate in an input.
func shorten(s string) string {
	const most = 300
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "") + "…"
}

// oneLine replaces line breaks and other control characters, which certificates
// and names in a trace may have.
func oneLine(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, s)
}
