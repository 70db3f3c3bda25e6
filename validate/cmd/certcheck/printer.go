package main

import (
	"bufio"
	"fmt"
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/redact"
)

// A style is how a terminal shows a piece of text: the parameters of the
// escape sequence, "" for none.
type style string

const (
	plain style = ""
	bold  style = "1"
	dim   style = "2"
	good  style = "1;32"
	bad   style = "1;31"
	mild  style = "33"
)

// A printer writes text for people. Everything passes through printable on its
// way, so that nothing out of a file can command the terminal.
type printer struct {
	out   *bufio.Writer
	color bool
	lang  errcodes.Lang
}

func (p *printer) print(s style, text string) {
	text = redact.Printable(text)
	if p.color && s != plain && text != "" {
		text = "\x1b[" + string(s) + "m" + text + "\x1b[0m"
	}
	_, _ = p.out.WriteString(text) // a bufio.Writer keeps its error for Flush
}

func (p *printer) newline() { _ = p.out.WriteByte('\n') }

// line writes a line of one piece.
func (p *printer) line(indent int, s style, text string) {
	p.print(plain, strings.Repeat(" ", indent))
	p.print(s, text)
	p.newline()
}

func (p *printer) in(t errcodes.Message) string { return t.In(p.lang) }

// format fills a label in.
func (p *printer) format(t errcodes.Message, args ...any) string {
	return fmt.Sprintf(t.In(p.lang), args...)
}

// list joins with commas as the language has them.
func (p *printer) list(parts ...string) string {
	if p.lang == errcodes.Chinese {
		return strings.Join(parts, "，")
	}
	return strings.Join(parts, ", ")
}

// listNames joins names, which Chinese separates in its own way.
func (p *printer) listNames(names []string) string {
	return strings.Join(names, p.in(labelAnd))
}
