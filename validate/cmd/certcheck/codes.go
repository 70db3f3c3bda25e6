package main

import (
	"bufio"
	"fmt"
	"slices"
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/columns"
	"github.com/alicert/alicert/internal/label"
	"github.com/alicert/alicert/validate/internal/explanation"
)

// writeCodes writes the published tables, or those of one operation.
func writeCodes(opts *options, out *bufio.Writer, color bool) error {
	if opts.format == formatJSON {
		return writeJSON(out, explanation.Rows(opts.operation, opts.language), "  ")
	}
	p := printer{out: out, color: color, lang: opts.language}
	first := true
	for table := range errcodes.Tables() {
		if opts.operation != 0 && table.Operation != opts.operation {
			continue
		}
		if !first {
			p.newline()
		}
		first = false
		p.table(table)
	}
	return nil
}

// originOf says which published table of its operation a table is.
func originOf(table errcodes.Table) errcodes.Origin {
	if table != table.Operation.Table() {
		return errcodes.LaterPage
	}
	return errcodes.OwnPage
}

func (p *printer) table(table errcodes.Table) {
	rows := slices.Collect(table.Rows())
	p.print(bold, label.Product(table.Operation.Product())+" "+table.Operation.String())
	p.print(plain, "  "+p.list(p.in(originLabel(originOf(table))), p.format(labelRows, len(rows))))
	p.newline()
	for _, row := range rows {
		p.newline()
		p.print(plain, "  ")
		p.print(bold, string(row.Code))
		p.print(plain, fmt.Sprintf(" (%d) %s", row.Status, row.Message))
		if row.Origin != originOf(table) {
			p.print(dim, "  "+p.format(labelBorrowed, p.in(originLabel(row.Origin))))
		}
		p.newline()
		if other := explanation.Abroad(table, row); other != "" {
			p.line(4, plain, other)
		}
		p.description(table, row)
		for m := range table.Mappings() {
			if m.Row == row {
				p.print(mild, "    "+columns.Pad(m.Condition.String(), 29))
				p.print(plain, p.in(m.Condition.Meaning()))
				p.newline()
			}
		}
		p.neverAnswered(table, row)
	}
}

// description shows what the vendor says of a row in Chinese, to those who read it. It
// names the page if the row is not from there.
func (p *printer) description(table errcodes.Table, row errcodes.Row) {
	d := row.Description
	if d.IsZero() || p.lang != errcodes.Chinese {
		return
	}
	from := ""
	for s := range errcodes.Sources() {
		if s.Key == d.Source && !strings.Contains(s.Title, table.Operation.String()) {
			from = p.format(labelInText, p.in(s.Says()))
		}
	}
	p.line(4, plain, p.in(labelVendor)+d.ZH+from)
}

// neverAnswered says why a row is never answered, if that is so.
func (p *printer) neverAnswered(table errcodes.Table, row errcodes.Row) {
	if why, never := table.NeverAnswered(row); never {
		p.line(4, mild, p.in(labelUnmapped)+p.in(labelColon)+p.in(why))
	}
}
