package main

import (
	"cmp"
	"fmt"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/columns"
	"github.com/alicert/alicert/internal/redact"
	"github.com/alicert/alicert/validate"
)

// listReporter shows a folder: what is refused, the warnings by their kind, what is
// accepted, and the totals. It keeps a line of each pair until all are checked.
type listReporter struct {
	printer
	sum   *summary
	quiet bool // only what is refused
	all   bool // every accepted pair by its name

	refused, failing, accepted []listed
	repairable                 int // refused pairs that -fix would repair
	warnings                   map[validate.AdvisoryID]*kind
	notes                      map[validate.AdvisoryID]*kind
}

// listed is the line of a pair.
type listed struct{ name, code, text string }

// kind is how many pairs have an advisory, and the first of them with what was found.
type kind struct {
	n     int
	found []listed
}

const (
	mostAccepted = 20 // pairs that are named although they are accepted
	mostFound    = 5  // pairs that are named for one kind of advisory
	mostLeft     = 20 // files that are named although there is no pair for them
	widestName   = 60
)

func (l *listReporter) show(r *result) error {
	line := listed{name: redact.Printable(r.pair.cert)}
	switch v, refused := r.Report.Verdict(); {
	case refused:
		line.code, line.text = string(v.Code), l.refusal(r, &v)
		if r.Repair != nil {
			l.repairable++
		}
	case r.fix != nil && r.fix.failure != nil:
		line.code, line.text = string(r.fix.failure.Code), l.format(labelNothingWritten, reasonOf(r.fix.failure, l.lang))
	default:
		if certs := r.Report.Certificates; len(certs) > 0 {
			line.text = l.until(certs[0], r)
		}
		l.accepted = append(l.accepted, line)
		if a, fails := r.Report.Advisory(r.failing); fails {
			if cause, told := r.Report.Advisory(validate.AdvisoryID(a.Follows)); told {
				a = cause
			}
			l.failing = append(l.failing, listed{name: line.name, code: string(a.ID), text: a.Why(l.lang)})
		}
		l.count(r)
		return nil
	}
	l.refused = append(l.refused, line)
	return nil
}

// refusal says why a pair is refused, and whose key it is if the folder tells.
func (l *listReporter) refusal(r *result, v *errcodes.Error) string {
	if a, told := r.Report.Advisory(validate.KeyOfOtherFile); told && v.Condition == errcodes.CondKeyMismatch {
		return l.in(a.Reason)
	}
	reason := reasonOf(v, l.lang)
	if v.Parameter == r.Report.Operation.Parameter(errcodes.FieldPrivateKey) && r.pair.key != r.pair.cert {
		return l.format(labelOfFile, path.Base(r.pair.key), reason)
	}
	return reason
}

// count counts the advisories of an accepted pair, each kind once and none that follows
// from another.
func (l *listReporter) count(r *result) {
	if l.warnings == nil {
		l.warnings, l.notes = make(map[validate.AdvisoryID]*kind), make(map[validate.AdvisoryID]*kind)
	}
	counted := make(map[validate.AdvisoryID]bool)
	for i := range r.Report.Advisories {
		a := &r.Report.Advisories[i]
		if counted[a.ID] || a.Follows != "" {
			continue
		}
		counted[a.ID] = true
		kinds := l.notes
		if a.Level.AtLeast(validate.LevelWarning) {
			kinds = l.warnings
		}
		if kinds[a.ID] == nil {
			kinds[a.ID] = &kind{}
		}
		k := kinds[a.ID]
		k.n++
		if len(k.found) < mostFound {
			k.found = append(k.found, listed{name: redact.Printable(r.pair.cert), text: a.Why(l.lang)})
		}
	}
}

func (l *listReporter) finish() error {
	total := l.sum.accepted + l.sum.refused
	l.list(labelRefusedPairs, bad, l.refused, len(l.refused), l.format(labelOf, len(l.refused), total))
	l.list(labelFailingPairs, bad, l.failing, len(l.failing), l.format(labelOf, len(l.failing), total))
	if l.quiet {
		return nil
	}
	l.kinds()
	shown := l.accepted
	if len(shown) > mostAccepted && !l.all {
		shown = nil
	}
	l.list(labelAcceptedPairs, good, shown, len(l.accepted), fmt.Sprint(len(l.accepted)))
	l.newline()
	l.totals(total)
	return nil
}

// headingWidth is that of the widest heading.
const headingWidth = 10

// list writes the lines of pairs below a heading, nothing if there are none to count.
func (l *listReporter) list(label errcodes.Message, s style, lines []listed, n int, count string) {
	if n == 0 {
		return
	}
	l.print(s, columns.Pad(l.in(label), headingWidth))
	l.print(plain, count)
	l.newline()
	l.lines(2, lines)
}

// lines writes the lines of pairs in columns.
func (l *listReporter) lines(indent int, lines []listed) {
	var names, codes int
	for _, line := range lines {
		names, codes = max(names, columns.Of(line.name)), max(codes, columns.Of(line.code))
	}
	for _, line := range lines {
		l.print(plain, strings.Repeat(" ", indent)+line.name)
		l.print(plain, strings.Repeat(" ", max(min(names, widestName)-columns.Of(line.name), 0)+2))
		if line.code != "" {
			l.print(bold, line.code)
			l.print(plain, strings.Repeat(" ", codes-columns.Of(line.code)+2))
		}
		l.print(plain, line.text)
		l.newline()
	}
}

// kinds writes the kinds of warnings with the pairs that have them, and counts the notes.
func (l *listReporter) kinds() {
	if ids := l.sorted(l.warnings); len(ids) > 0 {
		l.print(mild, columns.Pad(l.in(labelWarnings), headingWidth))
		l.print(plain, l.counts(l.warnings))
		l.newline()
		for _, id := range ids {
			k := l.warnings[id]
			l.line(2, bold, string(id))
			l.lines(4, k.found)
			if more := k.n - len(k.found); more > 0 {
				l.line(4, dim, l.format(labelMore, more))
			}
		}
	}
	if len(l.notes) > 0 {
		l.print(plain, columns.Pad(l.in(labelNoteKinds), headingWidth))
		l.print(plain, l.counts(l.notes))
		l.newline()
	}
}

// sorted returns the kinds, the most frequent first.
func (l *listReporter) sorted(kinds map[validate.AdvisoryID]*kind) []validate.AdvisoryID {
	return slices.SortedFunc(maps.Keys(kinds), func(a, b validate.AdvisoryID) int {
		return cmp.Or(cmp.Compare(kinds[b].n, kinds[a].n), cmp.Compare(a, b))
	})
}

// counts writes how many pairs have each kind.
func (l *listReporter) counts(kinds map[validate.AdvisoryID]*kind) string {
	sum := 0
	var each []string
	for _, id := range l.sorted(kinds) {
		sum += kinds[id].n
		each = append(each, fmt.Sprintf("%s %d", id, kinds[id].n))
	}
	return fmt.Sprint(sum) + l.in(labelColon) + l.printer.list(each...)
}

// totals writes the last lines.
func (l *listReporter) totals(n int) {
	total := labelPairs
	if n == 1 {
		total = labelOnePair
	}
	l.print(bold, l.format(total, n, l.sum.accepted, l.sum.refused))
	if len(l.refused) > 0 {
		times := make(map[string]int)
		for _, line := range l.refused {
			times[line.code]++
		}
		codes := slices.SortedFunc(maps.Keys(times), func(a, b string) int {
			return cmp.Or(cmp.Compare(times[b], times[a]), cmp.Compare(a, b))
		})
		for i, code := range codes {
			codes[i] = fmt.Sprintf("%s %d", code, times[code])
		}
		l.print(plain, l.format(labelCodes, l.printer.list(codes...)))
	}
	for _, part := range []struct {
		label errcodes.Message
		n     int
		s     style
	}{{labelPairsWritten, l.sum.written, plain}, {labelUnreadable, l.sum.unreadable, bad}, {labelPairsNotWritten, l.sum.unwritten, bad}} {
		if part.n > 0 {
			l.print(part.s, l.printer.list("", l.format(part.label, part.n)))
		}
	}
	l.newline()
	if l.repairable > 0 {
		l.line(0, plain, l.format(labelRepairable, l.repairable))
	}
	l.left(labelWithoutKey, l.sum.withoutKey)
	l.left(labelWithoutCertificate, l.sum.withoutPair)
	l.left(labelSealed, l.sum.sealed)
}

// left names files for which there is no pair.
func (l *listReporter) left(label errcodes.Message, files []string) {
	if len(files) > 0 {
		l.line(0, plain, l.format(label, len(files), named(files, l.lang)))
	}
}

// named lists the first of many files.
func named(files []string, lang errcodes.Lang) string {
	list := strings.Join(files[:min(len(files), mostLeft)], " ")
	if more := len(files) - mostLeft; more > 0 {
		list += " " + fmt.Sprintf(labelMore.In(lang), more)
	}
	return list
}
