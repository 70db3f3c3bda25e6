package diagnosis

import (
	"cmp"
	"slices"
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/validate"
)

// A Finding is a violation or an advisory, with what every format says of it.
type Finding struct {
	ID        string // the condition, or the id of the advisory
	Level     validate.Level
	Parameter string // on the wire
	Place     Place
	Reason    errcodes.Message // without the position
	Follows   string           // the id of the finding that is its cause, "" for none

	Index     int                // among the violations or the advisories of the report
	Violation *errcodes.Error    // nil for an advisory
	Advisory  *validate.Advisory // nil for a violation
}

// A Place is where a finding is.
type Place struct {
	Parameter string // on the wire: whose text it is
	File      string // "" if the parameter is not read from a file
	errcodes.Position
}

// Findings returns the violations, then the advisories by file, position and kind.
func (d *Diagnosis) Findings() []Finding {
	all := make([]Finding, 0, len(d.Report.Violations)+len(d.Report.Advisories))
	for i, v := range d.Report.Violations {
		f := Finding{
			Index: i, ID: v.Condition.String(), Level: validate.LevelError, Parameter: v.Parameter, Place: d.Place(v.Parameter, v.Position),
			Reason: cmp.Or(v.Reason, v.Condition.Meaning()), Violation: v,
		}
		if v.Follows != 0 {
			f.Follows = v.Follows.String()
		}
		if leaf, moved := d.Repair.Moved(d.Report); moved && v.Condition == errcodes.CondKeyMismatch && v.Position == (errcodes.Position{}) {
			certificate := d.Report.Operation.Parameter(errcodes.FieldCertificate)
			f.Place = d.Place(certificate, errcodes.Position{Block: leaf.Block, Line: leaf.Line})
		}
		all = append(all, f)
	}
	violations := len(all)
	for i := range d.Report.Advisories {
		a := &d.Report.Advisories[i]
		all = append(all, Finding{
			Index: i, ID: string(a.ID), Level: a.Level, Parameter: a.Parameter, Place: d.Place(a.Parameter, a.Position),
			Reason: a.Reason, Follows: a.Follows, Advisory: a,
		})
	}
	slices.SortStableFunc(all[violations:], func(a, b Finding) int {
		return cmp.Or(cmp.Compare(d.rank(a.Place), d.rank(b.Place)), cmp.Compare(a.Place.Parameter, b.Place.Parameter))
	})
	return all
}

// Hint says what to do about a finding. It does not promise a repair whose dry run
// failed.
func (d *Diagnosis) Hint(f *Finding) errcodes.Message {
	var hint errcodes.Message
	if f.Violation != nil {
		hint = f.Violation.Hint()
	} else {
		hint = f.Advisory.Hint()
	}
	if d.Repair == nil && !d.Fixed && strings.Contains(hint.EN, fixPromise) {
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

// Place returns a position in a parameter with its file.
func (d *Diagnosis) Place(parameter string, at errcodes.Position) Place {
	return Place{Parameter: parameter, File: d.Files[parameter], Position: at}
}

// rank puts the certificate first, then its key, then the other parameters.
func (d *Diagnosis) rank(p Place) int {
	switch p.Parameter {
	case d.Report.Operation.Parameter(errcodes.FieldCertificate):
		return 0
	case d.Report.Operation.Parameter(errcodes.FieldPrivateKey):
		return 1
	default:
		return 2
	}
}

// IsKey reports whether a parameter holds the private key.
func (d *Diagnosis) IsKey(parameter string) bool {
	return parameter != "" && parameter == d.Report.Operation.Parameter(errcodes.FieldPrivateKey)
}

// Said is the sentence about a finding. A reason about a short parameter may be nothing
// but its value, so the meaning stands in front of it.
func (d *Diagnosis) Said(f *Finding, lang errcodes.Lang) string {
	reason := f.Reason.In(lang)
	if f.Violation == nil || f.Violation.Reason.IsZero() || d.rank(f.Place) < 2 {
		return reason
	}
	meaning := f.Violation.Condition.Meaning()
	return errcodes.Message{EN: meaning.EN + ": " + reason, ZH: meaning.ZH + "：" + reason}.In(lang)
}
