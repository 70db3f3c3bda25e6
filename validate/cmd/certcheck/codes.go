package main

import (
	"bufio"
	"fmt"
	"slices"

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
}

type jsonCondition struct {
	Condition errcodes.Condition `json:"condition"`
	Meaning   string             `json:"meaning"`
	Hint      string             `json:"hint"`
	Parameter string             `json:"parameter"`
	Grade     errcodes.Evidence  `json:"grade"`
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
		Conditions: []jsonCondition{},
	}
	for cond := range table.ConditionsFor(row) {
		object.Conditions = append(object.Conditions, jsonCondition{
			Condition: cond, Meaning: cond.Meaning().In(lang), Hint: cond.Hint().In(lang),
			Parameter: table.Parameter(cond), Grade: table.Evidence(cond),
		})
	}
	return object
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
		mapped := false
		for cond := range table.ConditionsFor(row) {
			mapped = true
			p.print(mild, "    "+padded(cond.String(), 29))
			p.print(plain, p.in(cond.Meaning()))
			p.newline()
		}
		if !mapped {
			p.line(4, mild, p.in(labelUnmapped))
		}
	}
}
