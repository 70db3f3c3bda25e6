package pemscan

import (
	"encoding/base64"
	"errors"
	"strings"
)

// Defect says why a body cannot be read.
type Defect struct {
	Kind DefectKind
	Line int // in the text, from 1
}

// DefectKind is the kind of a [Defect].
type DefectKind uint8

// The kinds of defects. The zero value is none.
const (
	Empty     DefectKind = iota + 1 // nothing between the BEGIN and END lines
	Headers                         // RFC 1421 headers other than those of an encrypted key
	BlankLine                       // a blank line where a reader takes it for the end of headers
	BadBase64                       // a character outside the alphabet, or wrong padding
)

// Body is a decoded block.
type Body struct {
	DER       []byte
	Encrypted bool // it has the headers Proc-Type: 4,ENCRYPTED and DEK-Info

	// Form, for advisories; each is the line of the first instance, or 0.
	BlankAt  int // a blank line that every reader skips
	LengthAt int // a line other than the last that is not 64 characters long
	SpaceAt  int // white space before, behind or inside a line
}

// lineLength is the length of every line but the last in the form that the
// vendor publishes, which is also that of RFC 7468.
const lineLength = 64

// Decode reads the body as OpenSSL and Go both read it, and refuses what either
// refuses. With dst of sufficient capacity it allocates nothing.
func (b Block) Decode(dst []byte) (body Body, defect Defect) {
	rest, line, defect := b.headers(&body)
	if defect.Kind != 0 {
		return Body{}, defect
	}
	blankLine := line // the one directly behind BEGIN, or behind the headers
	if body.Encrypted {
		blankLine--
	}
	compact := dst[:0]
	if n := len(rest); cap(compact) < n {
		compact = make([]byte, 0, n)
	}
	first := line
	lengths := lineLengths{strict: body.Encrypted}
	for ; rest != ""; line++ {
		var text string
		text, rest, _ = strings.Cut(rest, "\n")
		trimmed := strings.TrimRight(text, " \t\r")
		mayBeBlank := line == first && !body.Encrypted
		if n := blankPieces(trimmed); n > 0 { // which are one blank line to OpenSSL
			if !mayBeBlank {
				return Body{}, Defect{BlankLine, line}
			}
			body.BlankAt, lengths.strict = line, true
			body.noteSpace(line)
			text, trimmed = text[n:], trimmed[n:]
		}
		if trimmed == "" {
			if !mayBeBlank {
				return Body{}, b.blankOrEmpty(rest, compact, line)
			}
			body.BlankAt, lengths.strict = line, true
			continue
		}
		if !lengths.next(line, len(trimmed)) {
			return Body{}, Defect{BlankLine, blankLine}
		}
		if len(trimmed) < len(strings.TrimSuffix(text, "\r")) {
			body.noteSpace(line)
		}
		compact = body.appendLine(compact, trimmed, line)
	}
	if len(compact) == 0 {
		return Body{}, Defect{Empty, b.Line}
	}
	n, err := base64.StdEncoding.Decode(compact, compact)
	if err != nil {
		return Body{}, Defect{BadBase64, b.lineOf(first, err)}
	}
	body.DER, body.LengthAt = compact[:n], lengths.odd
	return body, Defect{}
}

// lineLengths watches the lengths of the lines of a body. Behind headers or a first
// blank line OpenSSL insists on them: that is strict.
type lineLengths struct {
	strict bool
	last   int // length of the line before
	odd    int // the first line but the last that is not 64 long, or is longer
}

// next takes the next line; ok is false if OpenSSL refuses its length.
func (l *lineLengths) next(line, length int) (ok bool) {
	if l.odd == 0 && l.last != 0 && l.last != lineLength {
		l.odd = line - 1
	}
	l.last = length
	if l.odd == 0 && length > lineLength {
		l.odd = line
	}
	return !l.strict || l.odd == 0
}

// appendLine appends the content of a line, without the white space inside it.
func (b *Body) appendLine(compact []byte, trimmed string, line int) []byte {
	if strings.IndexByte(trimmed, ' ') < 0 && strings.IndexByte(trimmed, '\t') < 0 && strings.IndexByte(trimmed, '\r') < 0 {
		return append(compact, trimmed...)
	}
	b.noteSpace(line)
	for _, c := range []byte(trimmed) {
		if c != ' ' && c != '\t' && c != '\r' {
			compact = append(compact, c)
		}
	}
	return compact
}

// blankPieces returns the length of the pieces that a line begins with of which each
// is blank, without its last piece.
func blankPieces(line string) (n int) {
	for len(line)-n > piece && blank(line[n:n+piece]) {
		n += piece
	}
	return n
}

func (b *Body) noteSpace(line int) {
	if b.SpaceAt == 0 {
		b.SpaceAt = line
	}
}

// headers skips the RFC 1421 headers of an encrypted key and the blank line behind
// them.
func (b Block) headers(body *Body) (rest string, line int, defect Defect) {
	rest, line = b.Body, b.Line+1
	var procType, dekInfo bool
	for {
		text, after, _ := strings.Cut(rest, "\n")
		name, value, isHeader := strings.Cut(text, ":")
		if !isHeader {
			break
		}
		switch {
		case name == "Proc-Type" && strings.Trim(value, space) == "4,ENCRYPTED" && !procType:
			procType = true
		case name == "DEK-Info" && strings.Trim(value, space) != "" && procType && !dekInfo:
			dekInfo = true
		default:
			return "", 0, Defect{Headers, line}
		}
		rest, line = after, line+1
	}
	if procType != dekInfo {
		return "", 0, Defect{Headers, line - 1}
	}
	if body.Encrypted = procType; body.Encrypted {
		text, after, _ := strings.Cut(rest, "\n")
		if !blank(text) {
			return "", 0, Defect{Headers, line}
		}
		rest, line = after, line+1
	}
	return rest, line, Defect{}
}

// blankOrEmpty tells a body with a blank line in it from one of blank lines only.
func (b Block) blankOrEmpty(rest string, soFar []byte, line int) Defect {
	if len(soFar) == 0 && blank(rest) {
		return Defect{Empty, b.Line}
	}
	return Defect{BlankLine, line}
}

func blank(text string) bool { return strings.Trim(text, space) == "" }

// lineOf finds the line at which base64 decoding failed: where the count of
// characters other than white space reaches the offset that the error names.
// first is the line number behind the headers.
func (b Block) lineOf(first int, err error) int {
	var offset base64.CorruptInputError
	if !errors.As(err, &offset) {
		return b.Line
	}
	line := b.Line + 1
	for _, c := range []byte(b.Body) {
		switch {
		case c == '\n':
			line++
		case line < first || c == ' ' || c == '\t' || c == '\r':
		case offset == 0:
			return line
		default:
			offset--
		}
	}
	return line - 1
}
