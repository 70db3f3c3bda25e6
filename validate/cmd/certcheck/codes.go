package main

import (
	"bufio"
	"fmt"
	"slices"
	"strings"

	"github.com/alicert/alicert/errcodes"
)

// jsonRow is a row of a published table in the form that the package comment
// promises.
type jsonRow struct {
	Catalog    errcodes.Table     `json:"catalog"`
	Operation  errcodes.Operation `json:"operation"`
	Code       errcodes.Code      `json:"code"`
	Status     int                `json:"status"`
	Message    string             `json:"message"`
	Edition    errcodes.Origin    `json:"edition"`
	Conditions []jsonCondition    `json:"conditions"`

	// Description is the vendor's own, in Chinese, and the key of the page that has it.
	Description errcodes.Description `json:"description,omitzero"`
	// International is the message of the international site, if it has one of its own.
	International string `json:"international,omitempty"`
	// NeverAnswered says why a row without conditions is never answered.
	NeverAnswered string `json:"neverAnswered,omitempty"`
}

type jsonCondition struct {
	Condition errcodes.Condition `json:"condition"`
	Meaning   string             `json:"meaning"`
	Hint      string             `json:"hint"`
	Parameter string             `json:"parameter"`
	Grade     errcodes.Evidence  `json:"grade"`
	Source    errcodes.Source    `json:"source"`

	// Contrary is what speaks against the mapping, with its source.
	Contrary       string          `json:"contrary,omitempty"`
	ContrarySource errcodes.Source `json:"contrarySource,omitzero"`
}

// writeCodes writes the published tables.
func writeCodes(opts *options, out *bufio.Writer, color bool) error {
	if opts.format == formatJSON {
		return writeJSON(out, jsonRows(opts.language), "  ")
	}
	p := printer{out: out, color: color, lang: opts.language}
	first := true
	for table := range errcodes.Tables() {
		if !first {
			p.newline()
		}
		first = false
		p.table(table)
	}
	return nil
}

func jsonRows(lang errcodes.Lang) []jsonRow {
	rows := []jsonRow{}
	for table := range errcodes.Tables() {
		for row := range table.Rows() {
			rows = append(rows, newJSONRow(table, row, lang))
		}
	}
	return rows
}

func newJSONRow(table errcodes.Table, row errcodes.Row, lang errcodes.Lang) jsonRow {
	object := jsonRow{
		Catalog: table, Operation: table.Operation,
		Code: row.Code, Status: row.Status, Message: row.Message, Edition: row.Origin,
		Conditions: []jsonCondition{}, Description: row.Description, International: abroad(table, row),
	}
	why, _ := table.NeverAnswered(row)
	object.NeverAnswered = why.In(lang)
	for m := range table.Mappings() {
		if m.Row != row {
			continue
		}
		object.Conditions = append(object.Conditions, jsonCondition{
			Condition: m.Condition, Meaning: m.Condition.Meaning().In(lang), Hint: m.Condition.Hint().In(lang),
			Parameter: m.Parameter, Grade: m.Evidence, Source: m.Source,
			Contrary: m.Contrary.Says.In(lang), ContrarySource: m.Contrary.Source,
		})
	}
	return object
}

// abroad returns the message of a row on the international site, if it is another one.
func abroad(table errcodes.Table, row errcodes.Row) string {
	other := table
	other.Site = errcodes.InternationalSite
	rows := slices.Collect(other.Rows())
	if i := slices.Index(slices.Collect(table.Rows()), row); i >= 0 && rows[i].Message != row.Message {
		return rows[i].Message
	}
	return ""
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
	p.print(bold, table.Operation.String())
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
		if other := abroad(table, row); other != "" {
			p.line(4, plain, other)
		}
		p.description(table, row)
		for m := range table.Mappings() {
			if m.Row == row {
				p.print(mild, "    "+padded(m.Condition.String(), 29))
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
