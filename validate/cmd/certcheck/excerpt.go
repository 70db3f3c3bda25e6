package main

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/redact"
	"github.com/alicert/alicert/validate"
)

// A line of an excerpt is shown with carets under the columns that matter.
type excerptLine struct {
	text       string // printable, cut to the width
	marks      string // spaces and carets
	beside     string // a remark behind the text
	underneath string // a remark behind the carets
}

// excerpt writes the line of a place, if there is one. It writes nothing of a line that
// may be of a private key but its length.
func (t *textReporter) excerpt(r *result, at place, leaf bool) {
	if at.Line <= 0 {
		return
	}
	line, ok := t.excerptLine(r, at)
	if !ok {
		return
	}
	if leaf {
		t.explainMove(r, at, &line)
	}
	number := strconv.Itoa(at.Line)
	gutter := strings.Repeat(" ", len(number))
	t.line(0, dim, gutter+" │")
	t.print(dim, number+" │ ")
	t.print(plain, line.text)
	if line.beside != "" {
		t.print(dim, strings.Repeat(" ", remarkGap)+line.beside)
	}
	t.newline()
	if line.marks == "" && line.underneath == "" {
		return
	}
	t.print(dim, gutter+" │ ")
	t.print(bad, line.marks)
	switch {
	case line.underneath == "":
	case line.beside != "": // below the other remark
		t.print(plain, strings.Repeat(" ", columns(line.text)-len(line.marks)+remarkGap)+line.underneath)
	case line.marks != "":
		t.print(plain, "  "+line.underneath)
	default:
		t.print(plain, line.underneath)
	}
	t.newline()
}

const remarkGap = 8 // columns between a line and the remark beside it

// excerptLine returns the line of a place. ok is false if the text has no such line, or
// is not text.
func (t *textReporter) excerptLine(r *result, at place) (line excerptLine, ok bool) {
	whole, hidden, isKey := r.texts[at.parameter], labelMaybeKeyLine, r.isKey(at.parameter)
	if isKey {
		whole, hidden = r.key.Reveal(), labelKeyLine
	}
	text, ok := lineOf(whole, at.Line)
	if !ok {
		return line, false
	}
	if isKey || !isKnownBoundary(text) && mayHoldKey(whole) {
		line.text = t.format(hidden, utf8.RuneCountInString(text))
		if at.Column > 0 {
			line.underneath = t.format(labelColumn, at.Column)
		}
		return line, true
	}
	line = marked(text, at.Column, t.width-len(strconv.Itoa(at.Line))-len(" | "))
	if odd := runeAt(text, at.Column); odd > unicode.MaxASCII || odd > 0 && odd < ' ' {
		line.underneath = codePoint(odd)
	}
	if c, found := certificateAt(r.report, at); found && isKnownBoundary(text) {
		line.beside = t.certificateName(r, c)
	}
	return line, true
}

// lineOf returns a line, counted from 1, without its end. ok is false for a text that is
// not UTF-8.
func lineOf(text string, number int) (line string, ok bool) {
	const looked = 4 << 10
	beginning := text[:min(len(text), looked)]
	for len(beginning) > 0 && len(beginning) < len(text) && !utf8.RuneStart(text[len(beginning)]) {
		beginning = beginning[:len(beginning)-1]
	}
	if !utf8.ValidString(beginning) {
		return "", false
	}
	n := 0
	for line := range strings.Lines(text) {
		if n++; n == number {
			return strings.TrimRight(line, "\r\n"), true
		}
	}
	return "", false
}

// marked cuts a line to a number of columns around the marked characters. If the marked
// character is not of ASCII, all others like it are marked.
func marked(text string, column, room int) (line excerptLine) {
	runes := []rune(text)
	first, last := markOf(runes, column)
	begin, end := window(runes, first, room)
	var shown, marks strings.Builder
	write := func(s string, isMarked bool) {
		mark := " "
		if isMarked {
			mark = "^"
		}
		shown.WriteString(s)
		marks.WriteString(strings.Repeat(mark, columns(s)))
	}
	if begin > 0 {
		write("…", false)
	}
	for i := begin; i < end; i++ {
		write(shownRune(runes[i]), first <= i && i < last || first < last && column > 0 && runes[first] > unicode.MaxASCII && runes[i] == runes[first])
	}
	line.text = shown.String()
	if column > 0 && first >= end { // behind the last character
		marks.WriteByte('^')
	}
	if end < len(runes) {
		line.text += "…"
	}
	line.marks = strings.TrimRight(marks.String(), " ")
	return line
}

func shownRune(r rune) string { return redact.Printable(string(r)) }

// markOf returns what is marked of a line: the character at a column and those of its kind
// that follow it. Without a column it is all of a BEGIN or END line, and nothing of others.
func markOf(runes []rune, column int) (first, last int) {
	if column > 0 {
		first = min(column-1, len(runes))
		for last = first; last < len(runes) && runes[last] == runes[first]; {
			last++
		}
		return first, last
	}
	if text := string(runes); !strings.Contains(text, "BEGIN") && !strings.Contains(text, "END") {
		return 0, 0
	}
	for last = len(runes); first < last && unicode.IsSpace(runes[first]); {
		first++
	}
	for last > first && unicode.IsSpace(runes[last-1]) {
		last--
	}
	return first, last
}

// window returns the part of a line around a character that has room on the terminal.
func window(runes []rune, around, room int) (begin, end int) {
	const margin = 2 // for the ellipses
	begin, end = around, around
	used := 0
	for grown := true; grown; {
		grown = false
		if end < len(runes) && used+columns(shownRune(runes[end])) <= room-margin {
			used += columns(shownRune(runes[end]))
			end++
			grown = true
		}
		if begin > 0 && used+columns(shownRune(runes[begin-1])) <= room-margin {
			begin--
			used += columns(shownRune(runes[begin]))
			grown = true
		}
	}
	return begin, end
}

// runeAt returns the character at a column, 0 if there is none.
func runeAt(text string, column int) rune {
	n := 0
	for _, r := range text {
		if n++; n == column {
			return r
		}
	}
	return 0
}

func codePoint(r rune) string {
	const digits = 4
	number := strings.ToUpper(strconv.FormatInt(int64(r), 16))
	return "U+" + strings.Repeat("0", max(0, digits-len(number))) + number
}

// certificateAt returns the certificate whose block a place is in.
func certificateAt(r *validate.Report, at place) (c validate.Certificate, found bool) {
	if at.parameter != r.Operation.Parameter(errcodes.FieldCertificate) {
		return c, false
	}
	for _, c := range r.Certificates {
		if c.Block == at.Block && c.Line == at.Line {
			return c, true
		}
	}
	return c, false
}

// certificateName names a certificate of the report and its part in the chain.
func (t *textReporter) certificateName(r *result, c validate.Certificate) string {
	subject := t.shortSubject(c)
	isLeaf := c.Block == r.report.Certificates[0].Block && !c.CA
	if r.repair != nil && r.repair.leaf != "" {
		isLeaf = c.SHA256 == r.repair.leaf
	}
	switch {
	case isLeaf:
		return t.format(labelTheLeaf, c.Block, subject)
	case c.CA:
		return t.format(labelACA, c.Block, subject)
	default:
		return t.format(labelCertificateN, c.Block, subject)
	}
}

// explainMove says beneath the leaf, if it is not first, where it belongs.
func (t *textReporter) explainMove(r *result, at place, line *excerptLine) {
	leaf, moved := r.repair.moved(r.report)
	if !moved || leaf.Block != at.Block || line.beside == "" {
		return
	}
	first := r.report.Certificates[0]
	label := labelMoveBefore
	if first.CA {
		label = labelMoveBeforeCA
	}
	line.underneath = t.format(label, first.Block, t.shortSubject(first))
}
