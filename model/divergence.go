package model

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode"
)

// Divergence is a record of a trace that a machine cannot explain.
type Divergence[S, I, O any] struct {
	Index int // of the record, from 0
	Input I
	Got   O                     // the output in the trace
	Want  []Transition[S, I, O] // the machine's steps from every possible state
}

// Error returns the divergence in one line: the input, the output in the trace, and
// every output that the machine allows. It calls the method Explain() string of
// inputs and outputs that have one, such as [Output].
func (d *Divergence[S, I, O]) Error() string {
	got := explain(d.Got)
	var want []string
	for _, t := range d.Want {
		want = append(want, explain(t.Output))
	}
	// If the explanations are equal, print the whole values.
	if slices.Contains(want, got) {
		got, want = whole(d.Got), nil
		for _, t := range d.Want {
			want = append(want, whole(t.Output))
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

// whole returns an output with all of its parts.
func whole(output any) string {
	if data, err := json.Marshal(output); err == nil && string(data) != "{}" {
		return string(data)
	}
	return fmt.Sprintf("%+v", output)
}

// explain returns an input or an output for people.
func explain(v any) string {
	if e, ok := v.(interface{ Explain() string }); ok {
		return e.Explain()
	}
	return fmt.Sprintf("%+v", v)
}

// shorten cuts a long text, such as an input with a certificate.
func shorten(s string) string {
	const most = 300
	if len(s) <= most {
		return s
	}
	return strings.ToValidUTF8(s[:most], "") + "…"
}

// oneLine replaces line breaks and other control characters by spaces. Certificates
// and names in a trace may have some.
func oneLine(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, s)
}
