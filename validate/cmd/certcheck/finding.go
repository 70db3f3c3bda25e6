package main

import (
	"cmp"
	"regexp"
	"slices"
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/validate"
)

// A finding is a violation or an advisory, with what every format says of it.
type finding struct {
	id        string // the condition, or the id of the advisory
	level     validate.Level
	parameter string // on the wire
	place     place
	reason    errcodes.Message // without the position
	follows   string           // the id of the finding that is its cause, "" for none

	index     int                // among the violations or the advisories of the report
	violation *errcodes.Error    // nil for an advisory
	advisory  *validate.Advisory // nil for a violation
}

// A place is where a finding is.
type place struct {
	parameter string // on the wire: whose text it is
	file      string // "" if the parameter is not read from a file
	errcodes.Position
}

// findings returns the violations, then the advisories by file, position and kind.
func (r *result) findings() []finding {
	all := make([]finding, 0, len(r.report.Violations)+len(r.report.Advisories))
	for i, v := range r.report.Violations {
		f := finding{
			index: i, id: v.Condition.String(), level: validate.LevelError, parameter: v.Parameter, place: r.place(v.Parameter, v.Position),
			reason: cmp.Or(v.Reason, v.Condition.Meaning()), violation: v,
		}
		if v.Follows != 0 {
			f.follows = v.Follows.String()
		}
		if leaf, moved := r.repair.moved(r.report); moved && v.Condition == errcodes.CondKeyMismatch && v.Position == (errcodes.Position{}) {
			certificate := r.report.Operation.Parameter(errcodes.FieldCertificate)
			f.place = r.place(certificate, errcodes.Position{Block: leaf.Block, Line: leaf.Line})
		}
		all = append(all, f)
	}
	violations := len(all)
	for i := range r.report.Advisories {
		a := &r.report.Advisories[i]
		all = append(all, finding{
			index: i, id: string(a.ID), level: a.Level, parameter: a.Parameter, place: r.place(a.Parameter, a.Position),
			reason: a.Reason, follows: a.Follows, advisory: a,
		})
	}
	slices.SortStableFunc(all[violations:], func(a, b finding) int {
		return cmp.Or(cmp.Compare(r.rank(a.place), r.rank(b.place)), cmp.Compare(a.place.parameter, b.place.parameter))
	})
	return all
}

// hint says what to do about a finding. It does not promise a repair whose dry run
// failed.
func (r *result) hint(f *finding) errcodes.Message {
	var hint errcodes.Message
	if f.violation != nil {
		hint = f.violation.Hint()
	} else {
		hint = f.advisory.Hint()
	}
	if r.repair == nil && (r.fix == nil || r.fix.failure != nil) && strings.Contains(hint.EN, fixPromise) {
		hint = errcodes.Message{EN: withoutFix(hint.EN, "; "), ZH: withoutFix(hint.ZH, "；")}
	}
	return hint
}

const fixPromise = "certcheck -fix"

// withoutFix drops the part of a hint that names -fix.
func withoutFix(hint, separator string) string {
	parts := slices.DeleteFunc(strings.Split(hint, separator), func(part string) bool { return strings.Contains(part, fixPromise) })
	return strings.Join(parts, separator)
}

// standIns are the words in commands of hints that stand for a file. FILE is the one that
// a finding is about.
var standIns = regexp.MustCompile(`\bFILE\b|\bDIR\b|-in cert\.pem\b|-in key\.pem\b`)

// named puts the names of files into the commands of a hint, so that they can be pasted.
// What is piped in has no name, and a name that is not printable is not shown.
func (r *result) named(hint string, f *finding) string {
	op := r.report.Operation
	return standIns.ReplaceAllStringFunc(hint, func(word string) string {
		before, file := "-in ", ""
		switch word {
		case "DIR":
			return "fixed"
		case "FILE":
			before, file = "", r.files[f.parameter]
		case "-in cert.pem":
			file = r.files[op.Parameter(errcodes.FieldCertificate)]
		case "-in key.pem":
			file = r.files[op.Parameter(errcodes.FieldPrivateKey)]
		}
		if !isPastable(file) {
			return word
		}
		return before + shellQuote([]string{file})
	})
}

func (r *result) place(parameter string, at errcodes.Position) place {
	return place{parameter: parameter, file: r.files[parameter], Position: at}
}

// rank puts the certificate first, then its key, then the other parameters.
func (r *result) rank(p place) int {
	switch p.parameter {
	case r.report.Operation.Parameter(errcodes.FieldCertificate):
		return 0
	case r.report.Operation.Parameter(errcodes.FieldPrivateKey):
		return 1
	default:
		return 2
	}
}

// isKey reports whether a parameter holds the private key.
func (r *result) isKey(parameter string) bool {
	return parameter != "" && parameter == r.report.Operation.Parameter(errcodes.FieldPrivateKey)
}

// said is the sentence about a finding. A reason about a short parameter may be nothing
// but its value, so the meaning stands in front of it.
func (r *result) said(f *finding, lang errcodes.Lang) string {
	reason := f.reason.In(lang)
	if f.violation == nil || f.violation.Reason.IsZero() || r.rank(f.place) < 2 {
		return reason
	}
	meaning := f.violation.Condition.Meaning()
	return errcodes.Message{EN: meaning.EN + ": " + reason, ZH: meaning.ZH + "：" + reason}.In(lang)
}
