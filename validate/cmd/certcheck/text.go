package main

import (
	"fmt"
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/validate"
)

// textReporter shows one result in full.
type textReporter struct{ printer }

func (t *textReporter) finish() error { return nil }

func (t *textReporter) show(r *result) error {
	t.verdict(r)
	t.fixed(r)
	t.further(r)
	t.advisories(r)
	t.certificates(r)
	return nil
}

func (t *textReporter) verdict(r *result) {
	v, refused := r.report.Verdict()
	if !refused {
		t.print(good, t.in(labelAccepted))
		t.print(plain, "  "+t.in(labelAcceptedAs))
		t.newline()
	} else {
		t.print(bad, t.in(labelRefused))
		t.print(plain, "  ")
		t.row(&v)
		t.newline()
		t.violation(r, &v, 2)
	}
	for _, note := range t.notes(r) {
		t.field(2, fieldWidth, labelNote, note)
	}
}

// notes name the checks that a verdict leaves out, first of all that it checked nothing.
func (t *textReporter) notes(r *result) (notes []string) {
	if a, unaware := r.report.Advisory(validate.NothingChecked); unaware {
		notes = append(notes, a.Why(t.lang))
	}
	flags := map[errcodes.Condition]string{errcodes.CondDomainNameMissing: "domain", errcodes.CondListenerIDMissing: "listener", errcodes.CondCertNameMissing: "name"}
	for _, cond := range r.skipped {
		notes = append(notes, t.format(labelNotChecked, r.report.Operation.Table().Parameter(cond), flags[cond]))
	}
	if r.when.IsZero() {
		notes = append(notes, t.in(labelNoTime))
	}
	if r.dryRun && r.status() == exitAccepted {
		notes = append(notes, t.in(labelDryRun))
	}
	if r.fixable {
		notes = append(notes, t.in(labelFixable))
	}
	if r.fix != nil && r.fix.failure != nil && sameFinding(r.fix.failure, r.fix.before) {
		notes = append(notes, t.in(labelNoRepair))
	}
	return notes
}

// row writes the answer of the service.
func (t *textReporter) row(v *errcodes.Error) {
	t.print(bold, string(v.Code))
	t.print(plain, fmt.Sprintf(" (%d) %s", v.Status, v.Message))
}

const fieldWidth = 7

// violation writes the details that the service's answer leaves out.
func (t *textReporter) violation(r *result, v *errcodes.Error, indent int) {
	t.field(indent, fieldWidth, labelWhat, t.format(labelParameter, t.in(v.Condition.Meaning()), v.Condition))
	t.field(indent, fieldWidth, labelWhere, t.position(r, v.Parameter, v.Block, v.Line))
	t.field(indent, fieldWidth, labelWhy, t.in(v.Reason))
	t.field(indent, fieldWidth, labelHint, t.in(v.Hint()))
	t.field(indent, fieldWidth, labelRule, t.rule(v))
}

func (t *textReporter) rule(v *errcodes.Error) string {
	rule := []string{t.in(evidenceLabel(v.Evidence))}
	if v.Origin != errcodes.OwnPage {
		rule = append(rule, t.format(labelBorrowed, t.in(originLabel(v.Origin))))
	}
	if v.Provisional {
		rule = append(rule, t.in(labelProvisional))
	}
	return strings.Join(rule, t.in(labelSemicolon))
}

// position names the position of a finding: parameter, file, block, line.
func (t *textReporter) position(r *result, parameter string, block, line int) string {
	var parts []string
	if parameter != "" {
		name := parameter
		if file := r.files[parameter]; file != "" {
			name = t.format(labelParameter, parameter, t.fileName(file))
		}
		parts = append(parts, name)
	}
	if block > 0 {
		parts = append(parts, t.format(labelBlock, block))
	}
	if line > 0 {
		parts = append(parts, t.format(labelLine, line))
	}
	return t.list(parts...)
}

func (t *textReporter) fileName(path string) string {
	if path == stdinName {
		return t.in(labelStdin)
	}
	return path
}

func (t *textReporter) fixed(r *result) {
	if r.fix == nil {
		return
	}
	if f := r.fix.failure; f != nil {
		if sameFinding(f, r.fix.before) {
			return // the notes say so
		}
		t.section(labelNotFixed)
		t.field(2, fieldWidth, labelWhere, t.position(r, f.Parameter, f.Block, f.Line))
		t.field(2, fieldWidth, labelWhy, t.reason(f))
		t.field(2, fieldWidth, labelHint, t.in(f.Hint()))
		return
	}
	t.section(labelFixed)
	if b := r.fix.before; b != nil {
		t.field(2, 10, labelBefore, fmt.Sprintf("%s  %s (%d) %s", t.in(labelRefused), b.Code, b.Status, b.Message))
		t.field(2, 10, labelWhy, t.reason(b))
	}
	if len(r.fix.changes) == 0 {
		t.line(2, plain, t.in(labelNoChanges))
	}
	for _, c := range r.fix.changes {
		t.line(2, plain, c.Parameter+": "+t.in(c.What))
	}
	for _, path := range r.fix.written {
		t.field(2, 10, labelWritten, path)
	}
}

// sameFinding reports whether two violations tell a person the same.
func sameFinding(a, b *errcodes.Error) bool {
	return b != nil && a.Condition == b.Condition && a.Reason == b.Reason
}

// reason returns the reason, or the meaning of the condition.
func (t *textReporter) reason(e *errcodes.Error) string {
	if e.Reason.IsZero() {
		return t.in(e.Condition.Meaning())
	}
	return t.in(e.Reason)
}

func (t *textReporter) further(r *result) {
	if len(r.report.Violations) < 2 {
		return
	}
	t.section(labelFurther)
	for _, v := range r.report.Violations[1:] {
		t.print(plain, "  ")
		t.row(v)
		t.newline()
		t.violation(r, v, 4)
	}
}

// advisories writes those of one kind together: they have one hint.
func (t *textReporter) advisories(r *result) {
	all := r.report.Advisories
	if len(all) == 0 {
		return
	}
	t.section(labelAdvisories)
	shown := make(map[validate.AdvisoryID]bool)
	for _, first := range all {
		if shown[first.ID] {
			continue
		}
		shown[first.ID] = true
		t.print(mild, "  "+string(first.ID))
		if first.Parameter != "" {
			t.print(dim, "  "+t.position(r, first.Parameter, 0, 0))
		}
		t.newline()
		for _, a := range all {
			if a.ID == first.ID {
				t.line(4, plain, a.Why(t.lang))
			}
		}
		t.field(4, fieldWidth, labelHint, t.in(first.Hint()))
	}
}
