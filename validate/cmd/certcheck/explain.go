package main

import (
	"bufio"
	"fmt"

	"github.com/alicert/alicert/errcodes"
)

// jsonExplanation is what a code means in the form that the package comment
// promises.
type jsonExplanation struct {
	Code      errcodes.Code `json:"code"`
	Retryable bool          `json:"retryable"`
	Meaning   string        `json:"meaning"`
	Hint      string        `json:"hint"`
	Places    []jsonRow     `json:"places"`
}

// writeExplanation says what a code from a log means.
func writeExplanation(opts *options, out *bufio.Writer, color bool) error {
	e, known := errcodes.Explain(errcodes.Code(opts.explain))
	if !known {
		return fail("-explain %s is no code of the tables; certcheck -codes lists them", "-explain %s 不在错误码表中；certcheck -codes 可列出所有错误码", shown(opts.explain))
	}
	if opts.format == formatJSON {
		object := jsonExplanation{e.Code, e.Retryable, e.Meaning.In(opts.language), e.Hint.In(opts.language), []jsonRow{}}
		for _, o := range e.Occurrences {
			object.Places = append(object.Places, newJSONRow(o.Table, o.Row, opts.language))
		}
		return writeJSON(out, object, "  ")
	}
	p := printer{out: out, color: color, lang: opts.language}
	p.explanation(&e)
	return nil
}

func (p *printer) explanation(e *errcodes.Explanation) {
	p.print(bold, string(e.Code))
	retry := labelNoRetry
	if e.Retryable {
		retry = labelRetry
	}
	p.print(plain, "  "+p.in(retry))
	p.newline()
	conds := e.Conditions()
	if len(conds) == 0 {
		p.newline()
		p.line(2, plain, p.in(e.Meaning))
		p.line(2, mild, p.in(labelHint)+": "+p.in(e.Hint))
	}
	for _, cond := range conds {
		p.newline()
		p.print(bold, "  "+padded(cond.String(), 29))
		p.print(plain, p.in(cond.Meaning()))
		p.newline()
		p.line(4, mild, p.in(labelHint)+": "+p.in(cond.Hint()))
	}
	for _, o := range e.Occurrences {
		p.newline()
		p.print(bold, "  "+o.Table.String())
		p.print(plain, fmt.Sprintf(" (%d) %s", o.Row.Status, o.Row.Message))
		p.newline()
		for m := range o.Table.Mappings() {
			if m.Row == o.Row {
				p.evidence(&m)
			}
		}
		p.neverAnswered(o.Table, o.Row)
	}
}

// evidence says what a mapping rests on, and what speaks against it.
func (p *printer) evidence(m *errcodes.Mapping) {
	p.line(4, mild, m.Condition.String()+": "+p.list(p.in(evidenceLabel(m.Evidence)), m.Source.String()))
	if !m.Contrary.IsZero() {
		p.line(6, mild, p.in(labelContrary)+": "+p.list(p.in(m.Contrary.Says), m.Contrary.Source.String()))
	}
}
