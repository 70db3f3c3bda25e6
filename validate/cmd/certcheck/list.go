package main

import (
	"path"
	"slices"
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/redact"
)

// listReporter shows a folder: a line for each pair, then the sum.
type listReporter struct {
	printer
	width int // of the widest name
	sum   *summary
}

// widest returns how many columns the names of the certificates take.
func widest(pairs []pair) (width int) {
	const most = 60
	for _, p := range pairs {
		width = max(width, columns(redact.Printable(p.cert)))
	}
	return min(width, most)
}

func (l *listReporter) show(r *result) error {
	v, refused := r.report.Verdict()
	label, s := l.in(labelAccepted), good
	if refused {
		label, s = l.in(labelRefused), bad
	}
	l.print(s, label)
	l.print(plain, strings.Repeat(" ", max(columns(l.in(labelAccepted))-columns(label), 0)+2))
	l.print(plain, padded(redact.Printable(r.pair.cert), l.width+2))
	if refused {
		l.refused(r, &v)
	} else {
		l.accepted(r)
	}
	l.newline()
	return nil
}

func (l *listReporter) refused(r *result, v *errcodes.Error) {
	l.print(bold, string(v.Code))
	if v.Parameter == r.report.Operation.Parameter(errcodes.FieldPrivateKey) {
		l.print(plain, " ("+path.Base(r.pair.key)+")")
	}
	l.print(plain, ": "+reasonOf(v, l.lang))
}

func (l *listReporter) accepted(r *result) {
	if certs := r.report.Certificates; len(certs) > 0 {
		l.print(plain, l.format(labelUntil, day(certs[0].NotAfter)))
	}
	var ids []string
	for _, a := range r.report.Advisories {
		if id := string(a.ID); !slices.Contains(ids, id) {
			ids = append(ids, id)
		}
	}
	if len(ids) > 0 {
		l.print(mild, "  "+strings.Join(ids, " "))
	}
}

// mostWithoutKey is how many certificates without a key are named.
const mostWithoutKey = 5

func (l *listReporter) finish() error {
	total := labelPairs
	if l.sum.accepted+l.sum.refused == 1 {
		total = labelOnePair
	}
	n := l.sum.accepted + l.sum.refused
	l.newline()
	l.print(bold, l.format(total, n, l.sum.accepted, l.sum.refused))
	if l.sum.unreadable > 0 {
		l.print(bad, l.list("", l.format(labelUnreadable, l.sum.unreadable)))
	}
	l.newline()
	if n := len(l.sum.withoutKey); n > 0 {
		named := strings.Join(l.sum.withoutKey[:min(n, mostWithoutKey)], " ")
		if n > mostWithoutKey {
			named += " …"
		}
		l.line(0, plain, l.format(labelWithoutKey, n, named))
	}
	return nil
}
