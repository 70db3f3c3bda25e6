package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/columns"
	"github.com/alicert/alicert/validate"
	"github.com/alicert/alicert/validate/internal/diagnosis"
)

// textReporter shows one result: verdict, place, cause and way out, then the
// certificates, then what else was found.
type textReporter struct {
	printer
	all   bool // show notes, and what follows from other findings
	width int  // of a line, in columns
}

func (t *textReporter) finish() error { return nil }

func (t *textReporter) show(r *result) error {
	violations, advisories := t.split(r)
	if len(violations) > 0 {
		t.refused(r, &violations[0])
	} else {
		t.accepted(r)
	}
	t.fixed(r)
	for i := range violations[min(1, len(violations)):] {
		t.further(r, &violations[i+1])
	}
	t.certificates(r)
	t.coverage(r)
	t.advisories(r, advisories)
	return nil
}

// split returns the violations and advisories that are shown or counted. Violations that
// follow from the first are counted only.
func (t *textReporter) split(r *result) (violations, advisories []diagnosis.Finding) {
	for _, f := range r.Findings() {
		switch {
		case f.Advisory != nil:
			advisories = append(advisories, f)
		case f.Follows != "" && !t.all:
			advisories = append(advisories, f) // folded with them
		default:
			violations = append(violations, f)
		}
	}
	return violations, advisories
}

// entry writes a line that begins with a label, and those that continue it.
func (p *printer) entry(s style, label errcodes.Message, lines ...string) {
	text := label.In(p.lang)
	p.print(s, text)
	p.print(plain, p.gap())
	for i, line := range lines {
		if i > 0 {
			p.print(plain, strings.Repeat(" ", columns.Of(text+p.gap())))
		}
		p.print(plain, line)
		p.newline()
	}
}

// gap stands behind a label: full-width punctuation has its own.
func gap(lang errcodes.Lang) string {
	if lang == errcodes.Chinese {
		return ""
	}
	return " "
}

func (p *printer) gap() string { return gap(p.lang) }

// refused tells the violation that the service answers with.
func (t *textReporter) refused(r *result, f *diagnosis.Finding) {
	t.violation(r, f, labelRefusedAs)
	v := f.Violation
	if r.Repair != nil {
		t.entry(good, labelHelp, t.fixHelp(r)...)
		t.remains(r.Repair.Changes)
	}
	// The way without -fix is worth a line if it is a command, too.
	if r.Repair == nil || standIns.MatchString(t.in(r.Hint(f))) {
		t.hint(r, 0, f)
	}
	t.notes(r)
	t.entry(dim, labelServiceSays, fmt.Sprintf("%d %s", v.Status, v.Message))
	t.rule(v)
}

// further tells another violation, which the service would answer with next.
func (t *textReporter) further(r *result, f *diagnosis.Finding) {
	t.newline()
	t.violation(r, f, labelError)
	if r.Repair == nil {
		t.hint(r, 0, f)
	}
	t.rule(f.Violation)
}

func (t *textReporter) violation(r *result, f *diagnosis.Finding, label errcodes.Message) {
	t.print(bad, t.in(label))
	t.print(plain, t.gap())
	t.print(bold, string(f.Violation.Code))
	if sure := diagnosis.Sureness(f.Violation.Evidence); !sure.IsZero() {
		t.print(plain, t.gap()+t.in(sure))
	}
	t.print(plain, " — "+r.Said(f, t.lang))
	t.newline()
	if where := t.placeOf(f.Place); where != "" {
		t.print(dim, "  --> ")
		t.print(plain, where)
		t.print(dim, "  "+t.parameterOf(r, f))
		t.newline()
	} else if f.Parameter != "" {
		t.print(dim, "  --> ")
		t.line(0, plain, f.Parameter)
	}
	t.excerpt(r, f.Place, f.Parameter != f.Place.Parameter)
}

// rule says with -all what a violation rests on.
func (t *textReporter) rule(v *errcodes.Error) {
	if !t.all {
		return
	}
	rule := []string{t.in(diagnosis.Rest(v.Evidence))}
	if v.Origin != errcodes.OwnPage {
		rule = append(rule, t.format(labelBorrowed, t.in(originLabel(v.Origin))))
	}
	for s := range errcodes.Sources() {
		if s.String() == v.Source {
			rule = append(rule, t.sourceText(s))
		}
	}
	t.entry(dim, labelRule, v.Condition.String()+t.in(labelColon)+t.in(v.Condition.Meaning()), strings.Join(rule, t.in(labelSemicolon)))
}

// placeOf names a place as editors and terminals link it.
func (t *textReporter) placeOf(at diagnosis.Place) string {
	if at.File == "" {
		return ""
	}
	if at.Line <= 0 {
		return t.fileName(at.File)
	}
	return fmt.Sprintf("%s:%d:%d", t.fileName(at.File), at.Line, max(at.Column, 1))
}

// parameterOf names the parameter of a finding, and where in it the finding is.
func (t *textReporter) parameterOf(r *result, f *diagnosis.Finding) string {
	parts := []string{f.Place.Parameter}
	if block := t.blockOf(r, f.Place); block != "" {
		parts = append(parts, block)
	}
	if f.Place.Line > 0 {
		parts = append(parts, t.format(labelLine, f.Place.Line))
	}
	return t.format(labelInParentheses, t.list(parts...))
}

// blockOf names the PEM block of a place: a certificate, if there is one.
func (t *textReporter) blockOf(r *result, at diagnosis.Place) string {
	if at.Block <= 0 {
		return ""
	}
	if _, found := r.CertificateAt(at); found {
		return t.format(labelCertificateBlock, at.Block)
	}
	return t.format(labelBlock, at.Block)
}

// fixHelp says how -fix repairs, and what it changes.
func (t *textReporter) fixHelp(r *result) []string {
	does := t.format(labelTried, t.changes(r.Repair.Changes))
	if r.Repair.Command == nil {
		return []string{t.in(labelAddFix), does}
	}
	return []string{shellQuote(r.Repair.Command), does}
}

// remains says what is left to do after changes.
func (t *textReporter) remains(changes []validate.Change) {
	for _, c := range changes {
		if !c.Remedy.IsZero() {
			t.entry(good, labelHelp, t.in(c.Remedy))
		}
	}
}

// changes joins changes into one sentence.
func (t *textReporter) changes(changes []validate.Change) string {
	said := make([]string, len(changes))
	for i, c := range changes {
		said[i] = t.in(c.What)
	}
	return strings.Join(slices.Compact(said), t.in(labelSemicolon))
}

func (t *textReporter) hint(r *result, indent int, f *diagnosis.Finding) {
	if hint := t.in(r.Hint(f)); hint != "" {
		t.print(plain, strings.Repeat(" ", indent))
		t.entry(good, labelHelp, r.named(hint, f))
	}
}

// accepted tells that the service would take the request.
func (t *textReporter) accepted(r *result) {
	what := t.in(labelTheRequest)
	switch c := r.Report.Certificates; {
	case len(r.Report.Names) > 0 && !slices.Contains(r.Skipped, errcodes.CondDomainNameMissing):
		what = t.format(labelDomain, r.Report.Names[0].Domain)
	case len(c) > 0 && len(c[0].Names) > 0 && r.groups == nil:
		what = t.format(labelCertificateOf, columns.Fit(c[0].Names[0], longestSubject))
	}
	t.entry(good, labelAcceptedAs, t.format(labelWouldTake, r.Report.Operation.ID(), what))
	t.notes(r)
}

// mostNotes is how many notes a verdict has.
const mostNotes = 2

// notes name what else is true, and the checks that a verdict leaves out.
func (t *textReporter) notes(r *result) {
	var notes []string
	if r.fix != nil && r.fix.failure != nil {
		notes = append(notes, t.whyNotFixed(r))
	}
	if v, refused := r.Report.Verdict(); refused {
		if v.Provisional {
			notes = append(notes, t.in(labelProvisional))
		}
		if r.flag != "" {
			notes = append(notes, t.format(labelGivenWith, v.Parameter, r.flag))
		}
	} else {
		notes = append(notes, t.omissions(r)...)
	}
	for _, note := range notes[:min(len(notes), mostNotes)] {
		t.entry(dim, labelNote, note)
	}
}

// omissions are what an acceptance leaves out.
func (t *textReporter) omissions(r *result) (notes []string) {
	if r.failing != "" {
		notes = append(notes, t.format(labelFailing, r.failing))
	}
	if r.dryRun {
		notes = append(notes, t.in(labelDryRun))
	}
	flags := map[errcodes.Condition]string{
		errcodes.CondDomainNameMissing: "domain", errcodes.CondListenerIDMissing: "listener", errcodes.CondParameterMissing: "accelerator",
		errcodes.CondCertificateMissing: "cert", errcodes.CondPrivateKeyMissing: "key",
	}
	var unchecked, missing []string
	for _, cond := range r.Skipped {
		parameter := r.Report.Operation.Table().Parameter(cond)
		if cond == errcodes.CondParameterMissing {
			parameter = r.Report.Operation.Parameter(errcodes.FieldLoadBalancerID)
		}
		if parameter == "" { // a region or a site, which says nothing about the certificate
			continue
		}
		unchecked = append(unchecked, parameter)
		missing = append(missing, "-"+cmp.Or(flags[cond], strings.ToLower(parameter)))
	}
	if len(unchecked) > 0 {
		notes = append(notes, t.format(labelNotChecked, t.listNames(unchecked), t.listNames(missing)))
	}
	if r.when.IsZero() {
		notes = append(notes, t.in(labelNoTime))
	}
	return notes
}

// whyNotFixed says why -fix wrote nothing.
func (t *textReporter) whyNotFixed(r *result) string {
	f := r.fix.failure
	if sameFinding(f, r.fix.before) {
		return t.in(labelNotRepairable)
	}
	reason := cmp.Or(f.Reason, f.Condition.Meaning())
	if where := t.placeOf(r.Place(f.Parameter, f.Position)); where != "" {
		return t.format(labelNothingWritten, where+t.in(labelColon)+t.in(reason))
	}
	return t.format(labelNothingWritten, t.in(reason))
}

// fixed tells what -fix wrote.
func (t *textReporter) fixed(r *result) {
	if r.fix == nil || r.fix.failure != nil {
		return
	}
	does := t.changes(r.fix.changes)
	if does == "" {
		does = t.in(labelNoChanges)
	}
	t.entry(good, labelFixed, does)
	if b := r.fix.before; b != nil && !sameFinding(b, firstOf(r.Report)) {
		t.entry(dim, labelBefore, fmt.Sprintf("%s — %s", b.Code, t.in(cmp.Or(b.Reason, b.Condition.Meaning()))))
	}
	t.entry(dim, labelWritten, r.fix.written...)
	t.remains(r.fix.changes)
}

// coverage names the domains that the certificate covers, if it was asked about several.
func (t *textReporter) coverage(r *result) {
	if len(r.Report.Names) < 2 {
		return
	}
	var covered []string
	for _, n := range r.Report.Names {
		switch {
		case !n.Covered:
		case n.By == n.Domain:
			covered = append(covered, n.Domain)
		default:
			covered = append(covered, t.format(labelCoveredBy, n.Domain, n.By))
		}
	}
	if len(covered) > 0 {
		t.entry(dim, labelCovered, t.listNames(covered))
	}
}

// advisories tells warnings, counts notes, and counts what follows from other findings.
func (t *textReporter) advisories(r *result, all []diagnosis.Finding) {
	var folded int
	var notes []diagnosis.Finding
	byLevel := map[validate.Level][]diagnosis.Finding{}
	for _, f := range all {
		switch {
		case f.Follows != "" && !t.all:
			folded++
		case f.ID == string(validate.ValidityNotChecked) && !t.all: // a note says so
		case f.Level == validate.LevelNote && !t.all:
			notes = append(notes, f)
		default:
			byLevel[f.Level] = append(byLevel[f.Level], f)
		}
	}
	if len(notes) == 1 { // to tell it is as short as to count it
		byLevel[validate.LevelNote], notes = notes, nil
	}
	for _, level := range []validate.Level{validate.LevelError, validate.LevelWarning, validate.LevelNote} {
		t.group(r, level, byLevel[level])
	}
	if len(notes) > 0 {
		var ids []string
		for _, f := range notes {
			if !slices.Contains(ids, f.ID) {
				ids = append(ids, f.ID)
			}
		}
		t.line(0, dim, t.format(labelNotes, len(notes), t.listNames(ids)))
	}
	switch {
	case folded == 1:
		t.line(0, dim, t.in(labelFoldedOne))
	case folded > 1:
		t.line(0, dim, t.format(labelFolded, folded))
	}
}

// group writes findings of one level by file. Those of one kind in one file have one
// hint.
func (t *textReporter) group(r *result, level validate.Level, all []diagnosis.Finding) {
	label, s := labelWarning, mild
	switch level {
	case validate.LevelError:
		label, s = labelError, bad
	case validate.LevelNote:
		label, s = labelNote, dim
	case validate.LevelWarning, validate.LevelIgnore:
	}
	told := make([]bool, len(all))
	for i := range all {
		if told[i] {
			continue
		}
		first := &all[i]
		for k := i; k < len(all); k++ {
			if f := &all[k]; !told[k] && f.ID == first.ID && f.Place.Parameter == first.Place.Parameter && f.Advisory.Remedy == first.Advisory.Remedy {
				told[k] = true
				t.entry(s, label, t.oneLine(r, f))
			}
		}
		t.hint(r, 2, first)
	}
}

// oneLine tells an advisory as compilers do.
func (t *textReporter) oneLine(r *result, f *diagnosis.Finding) string {
	where := cmp.Or(t.placeOf(f.Place), f.Place.Parameter)
	if where != "" {
		where += t.in(labelColon)
	}
	if block := t.blockOf(r, f.Place); block != "" && !r.IsKey(f.Place.Parameter) {
		where += block + t.in(labelColon)
	}
	return where + t.in(f.Reason) + t.gap() + t.format(labelInParentheses, f.ID)
}
