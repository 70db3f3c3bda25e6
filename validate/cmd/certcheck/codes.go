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
	Catalog    errcodes.Catalog `json:"catalog"`
	Operation  string           `json:"operation"`
	Code       errcodes.Code    `json:"code"`
	Status     int              `json:"status"`
	Message    string           `json:"message"`
	Edition    errcodes.Edition `json:"edition"`
	Conditions []jsonCondition  `json:"conditions"`
}

type jsonCondition struct {
	Condition errcodes.Condition `json:"condition"`
	Meaning   string             `json:"meaning"`
	Hint      string             `json:"hint"`
	Parameter string             `json:"parameter"`
	Grade     errcodes.Grade     `json:"grade"`
}

// writeCodes writes the published tables.
func writeCodes(opts *options, out *bufio.Writer, colour bool) error {
	if opts.format == formatJSON {
		return writeJSON(out, jsonRows(opts.language), "  ")
	}
	p := printer{out: out, colour: colour, lang: opts.language}
	for catalog := range errcodes.Catalogs() {
		if catalog > 1 {
			p.newline()
		}
		p.catalog(catalog)
	}
	return nil
}

func jsonRows(lang errcodes.Lang) []jsonRow {
	rows := []jsonRow{}
	for catalog := range errcodes.Catalogs() {
		for row := range catalog.Rows() {
			rows = append(rows, newJSONRow(catalog, row, lang))
		}
	}
	return rows
}

func newJSONRow(catalog errcodes.Catalog, row errcodes.Row, lang errcodes.Lang) jsonRow {
	object := jsonRow{
		Catalog: catalog, Operation: catalog.Operation(),
		Code: row.Code, Status: row.Status, Message: row.Message, Edition: row.Edition,
		Conditions: []jsonCondition{},
	}
	for cond := range catalog.Earning(row) {
		object.Conditions = append(object.Conditions, jsonCondition{
			Condition: cond, Meaning: cond.Meaning().In(lang), Hint: cond.Hint().In(lang),
			Parameter: catalog.Parameter(cond), Grade: catalog.Grade(cond),
		})
	}
	return object
}

func (p *printer) catalog(catalog errcodes.Catalog) {
	rows := slices.Collect(catalog.Rows())
	p.print(bold, catalog.Operation())
	p.print(plain, "  "+p.list(p.in(editionLabel(catalog.Edition())), p.format(labelRows, len(rows))))
	p.newline()
	for _, row := range rows {
		p.newline()
		p.print(plain, "  ")
		p.print(bold, string(row.Code))
		p.print(plain, fmt.Sprintf(" (%d) %s", row.Status, row.Message))
		if row.Edition != catalog.Edition() {
			p.print(dim, "  "+p.format(labelBorrowed, p.in(editionLabel(row.Edition))))
		}
		p.newline()
		earned := false
		for cond := range catalog.Earning(row) {
			earned = true
			p.print(mild, "    "+padded(cond.String(), 29))
			p.print(plain, p.in(cond.Meaning()))
			p.newline()
		}
		if !earned {
			p.line(4, mild, p.in(labelUnearned))
		}
	}
}
