package main

import (
	"strconv"
	"strings"

	"github.com/alicert/alicert/internal/columns"
	"github.com/alicert/alicert/validate/internal/diagnosis"
)

// excerpt writes the line of a place, if there is one. It writes nothing of a line that
// may be of a private key but its length.
func (t *textReporter) excerpt(r *result, at diagnosis.Place, leaf bool) {
	line, ok := r.Excerpt(at, leaf, t.width, t.lang)
	if !ok {
		return
	}
	number := strconv.Itoa(at.Line)
	gutter := strings.Repeat(" ", len(number))
	t.line(0, dim, gutter+" │")
	t.print(dim, number+" │ ")
	t.print(plain, line.Text)
	if line.Beside != "" {
		t.print(dim, strings.Repeat(" ", remarkGap)+line.Beside)
	}
	t.newline()
	if line.Marks == "" && line.Underneath == "" {
		return
	}
	t.print(dim, gutter+" │ ")
	t.print(bad, line.Marks)
	switch {
	case line.Underneath == "":
	case line.Beside != "": // below the other remark
		t.print(plain, strings.Repeat(" ", columns.Of(line.Text)-len(line.Marks)+remarkGap)+line.Underneath)
	case line.Marks != "":
		t.print(plain, "  "+line.Underneath)
	default:
		t.print(plain, line.Underneath)
	}
	t.newline()
}

const remarkGap = 8 // columns between a line and the remark beside it
