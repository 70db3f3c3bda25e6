package main

import (
	"bufio"
	"fmt"
	"io"
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/bilingual"
	"github.com/alicert/alicert/internal/columns"
	"github.com/alicert/alicert/internal/lookup"
	"github.com/alicert/alicert/validate/internal/diagnosis"
	"github.com/alicert/alicert/validate/internal/explanation"
)

// explain says what a code, a condition or an advisory means, or those that the line of a
// log names. The line may come from standard input, so that no shell reads its quotes.
func explain(opts *options, env environment, out *bufio.Writer) error {
	if opts.explain == stdinName {
		text, err := io.ReadAll(io.LimitReader(env.stdin, lookup.Longest))
		if err != nil {
			return bilingual.Fail("-explain -: %v", "-explain -：%v", err)
		}
		opts.explain = string(text)
	}
	found, like := lookup.Find(opts.explain)
	switch {
	case len(like) > 0:
		return bilingual.Fail("-explain %[1]s is not known; did you mean %[2]s?", "-explain %[1]s 不是已知的错误码或名称；是否为 %[3]s？", shown(opts.explain), strings.Join(like, ", "), strings.Join(like, "、"))
	case len(found) == 0:
		return bilingual.Fail("-explain %s names no code, condition or advisory; certcheck -codes lists the codes, FINDINGS.md the rest", "-explain %s 中没有已知的错误码或名称；certcheck -codes 可列出错误码，其余见 FINDINGS.md", shown(opts.explain))
	}
	p := printer{out: out, color: env.color, lang: opts.language}
	for i, e := range found {
		if opts.format == formatJSON {
			if err := writeJSON(out, explanation.New(e, opts.language), "  "); err != nil {
				return err
			}
			continue
		}
		if i > 0 {
			p.newline()
		}
		p.found(e)
	}
	return nil
}

func (p *printer) found(e lookup.Entry) {
	switch {
	case e.Code != "":
		known, _ := errcodes.Explain(e.Code)
		p.explanation(&known)
	case e.Condition != 0:
		p.print(bold, e.Condition.String())
		p.print(plain, "  "+p.in(labelCondition))
		p.newline()
		p.meaning(e.Condition.Meaning(), e.Condition.Hint())
		for table, row := range explanation.RowsFor(e.Condition) {
			p.occurrence(table, row, e.Condition)
		}
	default:
		p.print(bold, string(e.Advisory))
		p.print(plain, "  "+p.format(labelAdvisory, p.in(levelLabel(e.Advisory.Level()))))
		p.newline()
		p.meaning(e.Advisory.Meaning(), e.Advisory.Hint())
	}
}

func (p *printer) meaning(meaning, hint errcodes.Message) {
	p.newline()
	p.line(2, plain, p.in(meaning))
	p.line(2, mild, p.in(labelHelp)+p.gap()+p.in(hint))
}

func (p *printer) explanation(e *errcodes.Explanation) {
	p.print(bold, string(e.Code))
	p.print(plain, "  "+explanation.Advice(e.Advice).In(p.lang))
	p.newline()
	conds := e.Conditions()
	if len(conds) == 0 {
		p.meaning(e.Meaning, e.Hint)
	}
	for _, cond := range conds {
		p.newline()
		p.print(bold, "  "+columns.Pad(cond.String(), 29))
		p.print(plain, p.in(cond.Meaning()))
		p.newline()
		p.line(4, mild, p.in(labelHelp)+p.gap()+p.in(cond.Hint()))
		p.onlyIn(e, cond)
	}
	for _, o := range e.Occurrences {
		p.occurrence(o.Table, o.Row, 0)
	}
}

// onlyIn names the operations in which a code means a condition, if it means another one in
// others.
func (p *printer) onlyIn(e *errcodes.Explanation, cond errcodes.Condition) {
	tables, all := e.Tables(cond)
	if all {
		return
	}
	var names []string
	for _, table := range tables {
		names = append(names, p.tableName(table))
	}
	p.line(4, mild, p.format(labelOnlyIn, p.listNames(names)))
}

// occurrence writes a row of a table, and what its mappings rest on: all of them, or that
// of a condition.
func (p *printer) occurrence(table errcodes.Table, row errcodes.Row, only errcodes.Condition) {
	p.newline()
	p.print(bold, "  "+p.tableName(table))
	code := ""
	if only != 0 {
		code = " " + string(row.Code)
	}
	p.print(plain, fmt.Sprintf("%s (%d) %s", code, row.Status, row.Message))
	p.newline()
	p.description(table, row)
	for m := range table.Mappings() {
		if m.Row == row && (only == 0 || m.Condition == only) {
			p.evidence(&m)
		}
	}
	if only == 0 {
		p.neverAnswered(table, row)
	}
}

// tableName returns the operation, and says so if the table is not its original one.
func (p *printer) tableName(table errcodes.Table) string {
	name := table.Operation.ID()
	if p.lang == errcodes.English || name == table.String() {
		return table.String()
	}
	return name + p.format(labelInText, p.in(originLabel(errcodes.LaterPage)))
}

// evidence says what a mapping rests on, and what speaks against it.
func (p *printer) evidence(m *errcodes.Mapping) {
	p.line(4, mild, m.Condition.String()+p.in(labelColon)+p.in(diagnosis.Rest(m.Evidence))+p.in(labelSemicolon)+p.sourceText(m.Source))
	if !m.Contrary.IsZero() {
		p.line(6, mild, p.in(labelContrary)+p.in(labelColon)+p.in(m.Contrary.Says)+p.in(labelSemicolon)+p.sourceText(m.Contrary.Source))
	}
}

// sourceText says what a source says, and where it can be read.
func (p *printer) sourceText(s errcodes.Source) string {
	switch {
	case s.Where == "":
		return p.in(s.Says())
	case s.Evidence == errcodes.Assumed:
		return s.Key + p.in(labelColon) + p.in(s.Says()) + p.format(labelInText, p.in(labelDecided))
	default:
		return s.Key + p.in(labelColon) + p.in(s.Says()) + p.format(labelInText, s.Where)
	}
}
