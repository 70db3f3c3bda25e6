package main

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/columns"
	"github.com/alicert/alicert/internal/redact"
	"github.com/alicert/alicert/validate"
	"github.com/alicert/alicert/validate/internal/diagnosis"
)

const (
	mostRows       = 16 // certificates that are shown without -all
	longestSubject = 40 // columns
)

// certificates shows one row for each certificate, and everything with -all or -text.
func (t *textReporter) certificates(r *result) {
	all := r.Report.Certificates
	if len(all) == 0 {
		return
	}
	owners := ownersOf(r.groups)
	if t.all || r.pem != nil {
		t.newline()
		t.line(0, bold, t.in(labelCertificates))
		dumps := newDumps(r.pem)
		for i, c := range all {
			if id, first := owners[i]; first {
				t.line(2, dim, id)
			}
			t.certificate(c, r.when)
			if r.pem != nil {
				t.dump(dumps.of(c))
			}
		}
		return
	}
	if r.Report.Err() != nil {
		t.newline()
	}
	shown := all[:min(len(all), mostRows)]
	rows := make([][]string, len(shown))
	for i, c := range shown {
		rows[i] = t.row(c, r)
	}
	var widths [rowCells]int
	for _, row := range rows {
		for k, cell := range row {
			widths[k] = max(widths[k], columns.Of(cell))
		}
	}
	label := columns.Pad(t.in(labelCertificates), columns.Of(t.in(labelCertificates))+rowGap)
	indent := strings.Repeat(" ", columns.Of(label))
	t.fit(&widths, columns.Of(indent))
	for i, row := range rows {
		if id, first := owners[i]; first {
			t.print(dim, label+id)
			t.newline()
			label = indent
		}
		t.print(dim, label)
		label = indent
		t.tableRow(row, widths[:])
	}
	if more := len(all) - len(shown); more > 0 {
		t.line(columns.Of(indent), dim, t.format(labelMoreCerts, more))
	}
}

// The cells of a row.
const (
	cellSubject = iota // with the number of the block
	cellNames
	cellKey
	cellValidity
	cellRenewal
	rowCells

	rowGap = 3 // columns between cells
)

// fit narrows a table that is wider than the line. It leaves out the keys, shortens
// names and subjects, and at last leaves out the renewal. How long a certificate is valid
// is always shown.
func (t *textReporter) fit(widths *[rowCells]int, indent int) {
	beyond := indent - rowGap - t.width
	for _, width := range widths {
		if width > 0 {
			beyond += width + rowGap
		}
	}
	leaveOut := func(k int) {
		if beyond > 0 && widths[k] > 0 {
			beyond -= widths[k] + rowGap
			widths[k] = 0
		}
	}
	narrow := func(k, least int) {
		if spare := min(beyond, widths[k]-least); spare > 0 {
			widths[k] -= spare
			beyond -= spare
		}
	}
	leaveOut(cellKey)
	narrow(cellNames, 16)
	narrow(cellSubject, 24)
	leaveOut(cellRenewal)
	narrow(cellNames, 4)
	narrow(cellSubject, 12)
}

func (t *textReporter) tableRow(row []string, widths []int) {
	var b strings.Builder
	for k, cell := range row {
		if widths[k] == 0 {
			continue
		}
		switch k {
		case cellSubject:
		case cellRenewal:
			b.WriteString(t.gap())
		default:
			b.WriteString(strings.Repeat(" ", rowGap))
		}
		cell = columns.Fit(cell, widths[k])
		b.WriteString(cell)
		b.WriteString(strings.Repeat(" ", widths[k]-columns.Of(cell)))
	}
	t.line(0, plain, strings.TrimRight(b.String(), " "))
}

// row describes a certificate in cells.
func (t *textReporter) row(c validate.Certificate, r *result) []string {
	names, key := t.in(labelCA), ""
	if !c.CA {
		names, key = t.otherNames(c), t.shortKey(c)
	}
	return []string{strconv.Itoa(c.Block) + " " + diagnosis.ShortSubject(c, t.lang), names, key, t.until(c, r), t.renewal(c, r)}
}

// otherNames are the names of a certificate that its subject does not have.
func (t *textReporter) otherNames(c validate.Certificate) string {
	const most = 3
	var list []string
	for _, name := range c.Names {
		if !strings.HasPrefix(c.Subject+",", "CN="+name+",") {
			list = append(list, columns.Fit(redact.Printable(name), longestSubject))
		}
	}
	if more := len(list) - most; more > 0 || c.MoreNames > 0 {
		list = append(list[:min(most, len(list))], "+"+strconv.Itoa(max(more, 0)+c.MoreNames))
	}
	return strings.Join(list, "  ")
}

func (t *textReporter) shortKey(c validate.Certificate) string {
	switch {
	case c.Curve != "":
		return "ECDSA " + c.Curve
	case c.KeyType == "RSA":
		return "RSA " + strconv.Itoa(c.KeyBits)
	default:
		return c.KeyType
	}
}

// until says how long a certificate is valid.
func (p *printer) until(c validate.Certificate, r *result) string {
	switch when := r.when; {
	case when.IsZero():
		return p.format(labelUntil, day(c.NotAfter))
	case when.After(c.NotAfter):
		return p.format(labelEnded, day(c.NotAfter), days(when.Sub(c.NotAfter)))
	case when.Before(c.NotBefore):
		return p.format(labelValidFrom, day(c.NotBefore), days(c.NotBefore.Sub(when)))
	case c.CA:
		return p.format(labelUntil, day(c.NotAfter))
	default:
		return p.format(labelUntilDays, day(c.NotAfter), days(c.NotAfter.Sub(when)))
	}
}

// renewal says from when on a server certificate should be renewed, if that is still to
// come.
func (t *textReporter) renewal(c validate.Certificate, r *result) string {
	renew := c.RenewFrom(r.within)
	if c.CA || r.when.IsZero() || r.when.Before(c.NotBefore) || !r.when.Before(renew) {
		return ""
	}
	return t.format(labelRenewFrom, day(renew))
}

// ownersOf says at which certificate those of an id begin.
func ownersOf(groups []group) map[int]string {
	owners := make(map[int]string, len(groups))
	next := 0
	for _, g := range groups {
		if g.n > 0 {
			owners[next] = g.id
		}
		next += g.n
	}
	return owners
}

const (
	certificateIndent = 4
	certificateWidth  = 8
	mostNames         = 8
)

func (t *textReporter) certificate(c validate.Certificate, when time.Time) {
	t.print(plain, fmt.Sprintf("  %d ", c.Block))
	t.print(bold, shorten(diagnosis.Subject(c, t.lang), longestName))
	if c.CA {
		t.print(dim, " "+t.in(labelCA))
	}
	t.newline()
	issuer := shorten(c.Issuer, longestName)
	if c.Issuer == c.Subject {
		issuer = t.in(labelSelf)
	}
	t.field(labelNames, t.names(c))
	t.field(labelIssuer, issuer)
	t.field(labelValid, t.validity(c, when))
	t.field(labelKey, t.list(t.publicKey(c), t.format(labelSigned, c.Signature)))
	t.field(labelPrint, c.SHA256)
}

// field writes a line with a label in front, if there is anything to say.
func (t *textReporter) field(label errcodes.Message, text string) {
	if text == "" {
		return
	}
	t.print(plain, strings.Repeat(" ", certificateIndent))
	t.print(dim, columns.Pad(label.In(t.lang), certificateWidth))
	t.print(plain, text)
	t.newline()
}

func (t *textReporter) names(c validate.Certificate) string {
	list := make([]string, 0, mostNames+1)
	for _, name := range c.Names[:min(len(c.Names), mostNames)] {
		list = append(list, shorten(name, longestName))
	}
	if more := len(c.Names) + c.MoreNames - len(list); more > 0 {
		list = append(list, t.format(labelMore, more))
	}
	return strings.Join(list, " ")
}

func (t *textReporter) validity(c validate.Certificate, when time.Time) string {
	period := t.format(labelPeriod, day(c.NotBefore), day(c.NotAfter))
	switch {
	case when.IsZero():
		return period
	case when.After(c.NotAfter):
		return t.list(period, t.format(labelDaysAgo, days(when.Sub(c.NotAfter))))
	case when.Before(c.NotBefore):
		return t.list(period, t.format(labelNotYet, days(c.NotBefore.Sub(when))))
	default:
		return t.list(period, t.format(labelDaysLeft, days(c.NotAfter.Sub(when))))
	}
}

func (t *textReporter) publicKey(c validate.Certificate) string {
	switch {
	case c.Curve != "":
		return c.KeyType + " " + c.Curve
	case c.KeyBits > 0 && c.KeyType == "RSA":
		return t.format(labelBits, c.KeyType, c.KeyBits)
	default:
		return c.KeyType
	}
}

func day(when time.Time) string { return when.UTC().Format(time.DateOnly) }

func days(d time.Duration) int { return int(d / (24 * time.Hour)) }
