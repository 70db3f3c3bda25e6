package pemscan

import (
	"strings"
	"unicode/utf8"

	"golang.org/x/crypto/cryptobyte"
	"golang.org/x/crypto/cryptobyte/asn1"
)

// Fault says what is wrong with a body that is not base64.
type Fault struct {
	Kind     FaultKind
	Line     int // in the text, from 1
	Column   int // in characters, from 1
	Rune     rune
	Encoding Encoding
}

// FaultKind is the kind of a [Fault].
type FaultKind uint8

// The kinds of faults.
const (
	OddRune       FaultKind = iota + 1 // a character that is not of base64
	EncodedText                        // an encoding of it
	URLAlphabet                        // "-" or "_" for "+" and "/"
	LeftOut                            // dots for what was left out
	SpacesForPlus                      // spaces in the places of "+"
	PaddingInside                      // "=" before the end
	OtherLength                        // a line that is shorter or longer than the others
	NoPadding                          // no "=" at the end, or too few or too many
)

// Fault finds the first fault of a body that [Block.Decode] calls BadBase64.
func (b Block) Fault() Fault {
	var body Body
	rest, first, _ := b.headers(&body)
	end := len(strings.TrimRight(rest, space+"=")) // of all but the padding
	at := 0
	for n := 0; at < len(rest); n++ {
		line, _, _ := strings.Cut(rest[at:], "\n")
		for i, r := range line {
			if f := faultAt(line[i:], r, at+i >= end); f.Kind != 0 {
				f.Line, f.Column = first+n, column(line, i)
				return f
			}
		}
		at += len(line) + 1
	}
	lines := bodyLines(rest)
	if n, where, ok := spacesForPlus(lines); ok {
		return Fault{Kind: SpacesForPlus, Line: first + n, Column: 1 + where}
	}
	for n, line := range lines {
		if n < len(lines)-1 && len(line) != len(lines[0]) {
			return Fault{Kind: OtherLength, Line: first + n, Column: 1 + len(line)}
		}
	}
	last := max(0, len(lines)-1)
	f := Fault{Kind: NoPadding, Line: first + last}
	if last < len(lines) {
		f.Column = 1 + len(lines[last])
	}
	return f
}

// faultAt returns the fault of the character that a piece of a line begins with, if it
// is one. Behind the end there is only padding.
func faultAt(line string, r rune, behindEnd bool) (f Fault) {
	encoding := EncodingAt(line)
	switch {
	case r == '=' && behindEnd && encoding == 0:
		return Fault{}
	case encoding != 0:
		f.Kind, f.Encoding = EncodedText, encoding
	case r == '=' && strings.TrimRight(line, space) == "=": // a mail broke the line
		f.Kind, f.Encoding = EncodedText, QuotedPrintable
	case r == '=':
		f.Kind = PaddingInside
	case r == ' ', r == '\t', r == '\r', isBase64(string(r)):
		return Fault{}
	case r == '-', r == '_':
		f.Kind = URLAlphabet
	case r == '…', strings.HasPrefix(line, "..."):
		f.Kind = LeftOut
	default:
		f.Kind = OddRune
	}
	f.Rune = r
	return f
}

// bodyLines returns the lines of a body with the spaces in them, without blank ones.
func bodyLines(body string) (lines []string) {
	for line := range strings.Lines(body) {
		if line = strings.TrimRight(line, "\r\n"); !blank(line) {
			lines = append(lines, line)
		}
	}
	return lines
}

// LostPlus reports whether spaces stand in the places of "+": with them all lines are as
// long as each other, and without them the content is not one element of DER. A form
// decodes so. It returns the line in the text and the column of the first.
func (b Block) LostPlus(der []byte) (line, column int, ok bool) {
	input := cryptobyte.String(der)
	if input.SkipASN1(asn1.SEQUENCE) && input.Empty() {
		return 0, 0, false
	}
	var body Body
	rest, first, _ := b.headers(&body)
	n, at, ok := spacesForPlus(bodyLines(rest))
	return first + n, 1 + at, ok
}

// spacesForPlus reports whether lines are of one length with the spaces in them.
func spacesForPlus(lines []string) (line, at int, ok bool) {
	line = -1
	length := 0
	for n, text := range lines {
		if n < len(lines)-1 && (len(text) != len(lines[0]) || len(text)%4 != 0) || len(text) > len(lines[0]) {
			return 0, 0, false
		}
		length += len(text)
		if i := strings.IndexByte(text, ' '); i >= 0 && line < 0 {
			line, at = n, i
		}
	}
	return line, at, line >= 0 && length%4 == 0 && utf8.ValidString(lines[line])
}
