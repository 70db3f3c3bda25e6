package main

import (
	"cmp"
	"encoding/json"
	"io"
	"math"
	"slices"

	"github.com/alicert/alicert/errcodes"
)

// The members of the JSON format.
type (
	jsonReport struct {
		Machine     string          `json:"machine"`
		States      int             `json:"states"`
		Transitions int             `json:"transitions"`
		Codes       []jsonCode      `json:"codes"`
		Invariants  []jsonInvariant `json:"invariants"`
	}
	jsonCode struct {
		Code      errcodes.Code     `json:"code"`
		Message   string            `json:"message"` // template
		Condition string            `json:"condition"`
		Depth     int               `json:"depth"`
		Path      []json.RawMessage `json:"path"`
	}
	jsonInvariant struct {
		Name  string `json:"name"`
		Holds bool   `json:"holds"`
	}
)

// writeJSON writes a finding for programs.
func writeJSON(w io.Writer, f *finding) error {
	report := jsonReport{
		Machine: f.machine, States: f.states, Transitions: f.transitions,
		Codes: []jsonCode{}, Invariants: []jsonInvariant{},
	}
	for _, o := range f.checked() {
		code := jsonCode{Code: o.row.Code, Message: o.row.Message, Condition: o.name, Depth: len(o.path)}
		for _, in := range o.path {
			code.Path = append(code.Path, in.json)
		}
		report.Codes = append(report.Codes, code)
	}
	for _, p := range f.invariants {
		report.Invariants = append(report.Invariants, jsonInvariant{p.name, p.holds()})
	}
	encoder := json.NewEncoder(w)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	return encoder.Encode(report)
}

// checked returns the reached conditions in the order of the checks, those of other
// operations last.
func (f *finding) checked() []outcome {
	rank := func(o outcome) int {
		if o.operation != f.table.Operation {
			return math.MaxInt
		}
		return f.table.Rank(o.condition)
	}
	reached := slices.DeleteFunc(slices.Clone(f.outcomes), func(o outcome) bool { return o.condition == 0 })
	slices.SortStableFunc(reached, func(a, b outcome) int { return cmp.Compare(rank(a), rank(b)) })
	return reached
}
