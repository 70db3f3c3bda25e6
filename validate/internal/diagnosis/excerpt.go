package diagnosis

import (
	"cmp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/columns"
	"github.com/alicert/alicert/internal/redact"
	"github.com/alicert/alicert/validate"
)

// An Excerpt is a line of a file with carets under the columns that matter. Text is
// printable; Beside and Underneath may quote names out of certificates.
type Excerpt struct {
	Text       string `json:"text"`                 // cut to the width
	Marks      string `json:"marks,omitempty"`      // spaces and carets
	Beside     string `json:"beside,omitempty"`     // a remark behind the text
	Underneath string `json:"underneath,omitempty"` // a remark behind the carets
}

// Excerpt returns the line of a place within a width. It says nothing of a line that may
// be of a private key but its length. About the leaf, it says where that belongs. ok is
// false if the text has no such line, or is not text.
func (d *Diagnosis) Excerpt(at Place, leaf bool, width int, lang errcodes.Lang) (line Excerpt, ok bool) {
	if at.Line <= 0 {
		return line, false
	}
	whole, hidden, isKey := d.Texts[at.Parameter], labelMaybeKeyLine, d.IsKey(at.Parameter)
	if isKey {
		whole, hidden = d.Key.Reveal(), labelKeyLine
	}
	text, ok := lineOf(whole, at.Line)
	if !ok {
		return line, false
	}
	if isKey || !isKnownBoundary(text) && MayHoldKey(whole) {
		line.Text = format(lang, hidden, utf8.RuneCountInString(text))
		if at.Column > 0 {
			line.Underneath = format(lang, labelColumn, at.Column)
		}
		return line, true
	}
	line = marked(text, at.Column, width-len(strconv.Itoa(at.Line))-len(" | "))
	if odd := runeAt(text, at.Column); odd > unicode.MaxASCII || odd > 0 && odd < ' ' {
		line.Underneath = codePoint(odd)
	}
	if c, found := d.CertificateAt(at); found && isKnownBoundary(text) {
		line.Beside = d.certificateName(c, lang)
	}
	if leaf {
		d.explainMove(at, &line, lang)
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
func marked(text string, column, room int) (line Excerpt) {
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
		marks.WriteString(strings.Repeat(mark, columns.Of(s)))
	}
	if begin > 0 {
		write("…", false)
	}
	for i := begin; i < end; i++ {
		write(shownRune(runes[i]), first <= i && i < last || first < last && column > 0 && runes[first] > unicode.MaxASCII && runes[i] == runes[first])
	}
	line.Text = shown.String()
	if column > 0 && first >= end { // behind the last character
		marks.WriteByte('^')
	}
	if end < len(runes) {
		line.Text += "…"
	}
	line.Marks = strings.TrimRight(marks.String(), " ")
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
		if end < len(runes) && used+columns.Of(shownRune(runes[end])) <= room-margin {
			used += columns.Of(shownRune(runes[end]))
			end++
			grown = true
		}
		if begin > 0 && used+columns.Of(shownRune(runes[begin-1])) <= room-margin {
			begin--
			used += columns.Of(shownRune(runes[begin]))
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

// CertificateAt returns the certificate whose block a place is in.
func (d *Diagnosis) CertificateAt(at Place) (c validate.Certificate, found bool) {
	if at.Parameter != d.Report.Operation.Parameter(errcodes.FieldCertificate) {
		return c, false
	}
	for _, c := range d.Report.Certificates {
		if c.Block == at.Block && c.Line == at.Line {
			return c, true
		}
	}
	return c, false
}

// certificateName names a certificate of the report and its part in the chain.
func (d *Diagnosis) certificateName(c validate.Certificate, lang errcodes.Lang) string {
	subject := ShortSubject(c, lang)
	isLeaf := c.Block == d.Report.Certificates[0].Block && !c.CA
	if d.Repair != nil && d.Repair.Leaf != "" {
		isLeaf = c.SHA256 == d.Repair.Leaf
	}
	switch {
	case isLeaf:
		return format(lang, labelTheLeaf, c.Block, subject)
	case c.CA:
		return format(lang, labelACA, c.Block, subject)
	default:
		return format(lang, labelCertificateN, c.Block, subject)
	}
}

// explainMove says beneath the leaf, if it is not first, where it belongs.
func (d *Diagnosis) explainMove(at Place, line *Excerpt, lang errcodes.Lang) {
	leaf, moved := d.Repair.Moved(d.Report)
	if !moved || leaf.Block != at.Block || line.Beside == "" {
		return
	}
	first := d.Report.Certificates[0]
	label := labelMoveBefore
	if first.CA {
		label = labelMoveBeforeCA
	}
	line.Underneath = format(lang, label, first.Block, ShortSubject(first, lang))
}

// Subject is the subject of a certificate, or says that it has none. It is not printable.
func Subject(c validate.Certificate, lang errcodes.Lang) string {
	return cmp.Or(c.Subject, labelNoSubject.In(lang))
}

const longestSubject = 40 // columns

// ShortSubject is the common name of a certificate, if its subject begins with one, else
// the beginning of its subject.
func ShortSubject(c validate.Certificate, lang errcodes.Lang) string {
	subject := redact.Printable(Subject(c, lang))
	if strings.HasPrefix(subject, "CN=") {
		for i := range len(subject) {
			if subject[i] == ',' && subject[i-1] != '\\' {
				subject = subject[:i]
				break
			}
		}
	}
	return columns.Fit(subject, longestSubject)
}
