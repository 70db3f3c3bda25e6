package validate

import (
	"cmp"
	"crypto"
	"crypto/x509"
	"fmt"
	"slices"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/redact"
)

// A judge collects what is found in one request. It judges by the catalog of
// one operation, so that the checks need not know which operation they serve.
//
// Checks run in the order of the catalog. When only the verdict is wanted, each
// stops as soon as done says so; nothing is looked at that comes behind it.
type judge struct {
	catalog     errcodes.Catalog
	opts        Options
	verdictOnly bool
	report      Report

	leaf *x509.Certificate // the first certificate, if it parsed
	key  crypto.PublicKey  // of the private key, if it is sound

	signatures    map[signature]error // what was found of those that were verified
	signatureCost int                 // of those together
}

// place is where in a parameter something was found: PEM block and line, both
// from 1, 0 for none.
type place struct{ block, line int }

func (j *judge) done() bool { return j.verdictOnly && len(j.report.Violations) > 0 }

// violate records a violation, unless its condition is skipped.
func (j *judge) violate(cond errcodes.Condition, at place, reason errcodes.Text, args ...string) {
	if slices.Contains(j.opts.Skip, cond) {
		return
	}
	v, ok := j.catalog.Error(cond, args...)
	if !ok { // an operation is not judged for what its table does not know
		panic("validate: " + j.catalog.String() + " has no row for " + cond.String())
	}
	v.Block, v.Line, v.Reason = at.block, at.line, printable(reason)
	j.report.Violations = append(j.report.Violations, &v)
}

func (j *judge) advise(id AdvisoryID, parameter string, at place, reason errcodes.Text) {
	if j.verdictOnly {
		return
	}
	j.report.Advisories = append(j.report.Advisories, Advisory{
		ID: id, Parameter: parameter, Block: at.block, Line: at.line, Reason: printable(reason),
	})
}

// form records a departure from the vendor's published form of PEM text: an
// advisory, or in strict mode a violation.
func (j *judge) form(strict errcodes.Condition, id AdvisoryID, at place, reason errcodes.Text) {
	if j.opts.Strict {
		j.violate(strict, at, reason)
		return
	}
	j.advise(id, j.parameter(strict), at, reason)
}

// parameter is the wire name of the parameter that a condition is about.
func (j *judge) parameter(cond errcodes.Condition) string { return j.catalog.Parameter(cond) }

func (j *judge) finish() *Report {
	slices.SortStableFunc(j.report.Violations, func(a, b *errcodes.Error) int {
		return cmp.Compare(j.catalog.Rank(a.Condition), j.catalog.Rank(b.Condition))
	})
	// A reader has to see first that nothing was checked.
	all := j.report.Advisories
	if i := slices.IndexFunc(all, func(a Advisory) bool { return a.ID == NotChecked }); i > 0 {
		first := all[i]
		copy(all[1:], all[:i])
		all[0] = first
	}
	return &j.report
}

// say formats one reason in both languages from the same arguments. Where the
// order differs, the formats number them.
func say(en, zh string, args ...any) errcodes.Text {
	if len(args) == 0 {
		return errcodes.Text{EN: en, ZH: zh}
	}
	return errcodes.Text{EN: fmt.Sprintf(en, args...), ZH: fmt.Sprintf(zh, args...)}
}

// printable escapes what certificates and parameters may bring into a reason.
func printable(t errcodes.Text) errcodes.Text {
	return errcodes.Text{EN: redact.Printable(t.EN), ZH: redact.Printable(t.ZH)}
}

// longestShown is in bytes: the base64 text of the shortest key in use, Ed25519,
// has 64.
const longestShown = 63

// quote shows a short parameter value to a person. A longer one may be
// something pasted into the wrong field, a private key even or a piece of one: it
// is not shown.
func quote(value string) errcodes.Text {
	if len(value) > longestShown || redact.Is(value) {
		return say("a value of %d bytes", "长度为 %d 字节的值", len(value))
	}
	return say("%q", "%q", value)
}
