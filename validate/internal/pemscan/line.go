package pemscan

import (
	"strings"
	"unicode/utf8"
)

type lineKind uint8

const (
	lineNone lineKind = iota // past the end of the text
	lineText
	lineBlank
	lineBegin
	lineEnd
	lineDamaged
)

type lineClass struct {
	kind   lineKind
	label  string
	damage Damage

	// With damage:
	isEnd bool // the first boundary on the line is an END
	open  bool // the last boundary on it is a BEGIN
	more  int  // blocks that begin on it, without the one of its first boundary; -1 without boundary
	odd   Odd  // what the damage is made of
}

const (
	space  = " \t\r\n"
	dashes = "-----"
	begin  = "BEGIN "
	end    = "END "

	byteOrderMark = "\xef\xbb\xbf"
)

// piece is how many bytes of a line OpenSSL reads at once. It reads the rest as a line
// of its own.
const piece = 254

// Odd is what a line that resembles a BEGIN or END line has in the place of what belongs
// there.
type Odd struct {
	Column   int // in characters, from 1
	Rune     rune
	Encoding Encoding
	End      bool // the line is an END line
}

// classify looks at one line without its LF; ended is whether it had one. In a text
// that is unusual any line may resemble a boundary, in others only one with a dash.
func classify(line string, ended, unusual bool) lineClass {
	switch {
	case line == "":
		return lineClass{kind: lineBlank}
	case line[0] > ' ' && line[0] < 0x80 && line[0] != '-' && len(line) <= piece && !unusual && strings.IndexByte(line, '-') < 0:
		return lineClass{kind: lineText} // nearly every line of a body
	}
	trimmed := strings.Trim(line, space)
	if trimmed == "" {
		return lineClass{kind: lineBlank}
	}
	unmarked := strings.TrimPrefix(trimmed, byteOrderMark)
	if !strings.HasPrefix(unmarked, "-") || !strings.Contains(unmarked, begin) && !strings.Contains(unmarked, end) {
		if line[0] != 0 { // which OpenSSL takes for the end of the file
			if c, ok := resembling(line); ok {
				return c
			}
		}
		if found, damage := hidden(line); damage != 0 {
			c := damagedLine(found, "", damage)
			c.kind = lineText // inside a block it is bad base64, but no damaged boundary
			return c
		}
		return lineClass{kind: lineText}
	}
	kind, label, damage := parseBoundary(line, unmarked, ended)
	switch {
	case len(unmarked) < len(trimmed):
		return damagedLine(unmarked, known(label), ByteOrderMark)
	case damage != 0:
		c := damagedLine(unmarked, label, damage)
		c.explain(line)
		return c
	}
	return lineClass{kind: kind, label: label}
}

// explain finds out what a damaged line that begins with a dash has in the place of what
// belongs there.
func (c *lineClass) explain(line string) {
	b, ok := FindBoundary(line, 0)
	switch {
	case !ok || c.damage == StrayCR || c.damage == LongLine:
	case b.Odd != 0:
		c.damage, c.odd = OddCharacter, Odd{Column: column(line, b.OddAt), Rune: b.Odd, End: b.End}
		c.label = known(b.Label(line))
	case b.OddAt >= 0 && b.inUse:
		c.damage, c.odd = SmallLetters, Odd{Column: column(line, b.OddAt), End: b.End}
	case c.damage != Indented:
		if encoding := EncodingAt(line[b.Stop:]); encoding != 0 {
			c.damage, c.odd = Encoded, Odd{Column: column(line, b.Stop), Encoding: encoding, End: b.End}
		}
	}
}

// resembling reports whether a line that is no boundary to any reader is one to a person,
// and is not marked as a comment. Otherwise another certificate would be taken for the
// first one.
func resembling(line string) (c lineClass, ok bool) {
	text := line
	b, ok := plainBoundary(text)
	if !ok && maybeEncoded(line) {
		if text = Unescape(line); text != line {
			b, ok = plainBoundary(text)
		}
	}
	if !ok || IsComment(line) {
		return lineClass{}, false
	}
	c = lineClass{kind: lineDamaged, label: known(b.Label(text)), damage: WrongDashes, isEnd: b.End}
	c.odd.End = b.End
	for at, last := b.Stop, b; ; at = last.Stop {
		c.open = !last.End
		if last, ok = FindBoundary(text, at); !ok {
			break
		}
		if !last.End {
			c.more++
		}
	}
	if b.End && c.open { // as damagedLine counts
		c.more = max(c.more, 1)
	}
	encoding := EncodingAt(text[b.Stop:])
	switch {
	case text != line:
		c.damage, c.odd.Encoding, c.odd.Column = Encoded, encodingIn(line), 1
	case b.Odd == '+':
		c.damage, c.odd.Encoding, c.odd.Column = Encoded, Percent, column(line, b.OddAt)
	case b.Odd != 0:
		c.damage, c.odd.Rune, c.odd.Column = OddCharacter, b.Odd, column(line, b.OddAt)
	case TrimSpace(line[:b.Start]) != "":
		c.damage, c.odd.Column = TextBefore, column(line, b.Start)
	case b.OddAt >= 0:
		c.damage, c.odd.Column = SmallLetters, column(line, b.OddAt)
	case encoding != 0:
		c.damage, c.odd.Encoding, c.odd.Column = Encoded, encoding, column(line, b.Stop)
	}
	return c, true
}

// plainBoundary returns the first boundary of a line that is one beyond doubt. The dashes
// behind one in doubt may be those of the next.
func plainBoundary(line string) (b Boundary, ok bool) {
	for at := 0; ; at = b.to {
		if b, ok = FindBoundary(line, at); !ok || b.Plain(line) {
			return b, ok
		}
	}
}

// maybeEncoded reports whether a line may have a dash or a space in an encoding.
func maybeEncoded(line string) bool {
	if !strings.ContainsAny(line, `%\&=`) {
		return false
	}
	return strings.Contains(line, "BEGIN") || strings.Contains(line, "END") || strings.Contains(line, "begin")
}

// encodingIn returns the first encoding in a text.
func encodingIn(text string) Encoding {
	for i := range len(text) {
		if encoding := EncodingAt(text[i:]); encoding != 0 {
			return encoding
		}
	}
	return 0
}

// column counts the characters of a line up to an offset, from 1.
func column(line string, at int) int { return 1 + utf8.RuneCountInString(line[:at]) }

func damagedLine(line, label string, damage Damage) lineClass {
	firstBegin, firstEnd := strings.Index(line, begin), strings.Index(line, end)
	c := lineClass{
		kind: lineDamaged, label: label, damage: damage,
		isEnd: firstEnd >= 0 && (firstBegin < 0 || firstEnd < firstBegin),
		open:  strings.LastIndex(line, begin) > strings.LastIndex(line, end),
		more:  strings.Count(line, begin),
	}
	if !c.isEnd {
		c.more--
	}
	return c
}

// hidden looks for what OpenSSL finds in a line of text and a person does not:
// a BEGIN where one of its pieces begins, and a zero byte there, which it takes
// for the end of the file. It returns the line from there on. The text before it
// is text to both.
func hidden(line string) (found string, damage Damage) {
	for at := 0; at < len(line); at += piece {
		switch rest := line[at:]; {
		case rest[0] == 0:
			return rest, ZeroByte
		case at > 0 && opens(rest[:min(len(rest), piece)]):
			return rest, LongLine
		}
	}
	return "", 0
}

// opens reports whether OpenSSL takes a piece for a BEGIN line: up to a zero byte,
// and without what it trims, which is also what is not ASCII.
func opens(text string) bool {
	if !strings.HasPrefix(text, dashes+begin) {
		return false
	}
	text, _, _ = strings.Cut(text, "\x00")
	last := len(text) - 1
	for last >= 0 && (text[last] <= ' ' || text[last] >= 0x80) {
		last--
	}
	return strings.HasSuffix(text[:last+1], dashes)
}

// parseBoundary reads a BEGIN or END line strictly, or says how it is damaged.
func parseBoundary(line, trimmed string, ended bool) (kind lineKind, label string, damage Damage) {
	if first := strings.Index(trimmed, begin); first >= 0 && strings.Contains(trimmed[first:], end) && strings.Count(trimmed, dashes) > 2 {
		return 0, "", OneLine
	}
	content := strings.TrimLeft(trimmed, "-")
	leading := len(trimmed) - len(content)
	switch {
	case strings.HasPrefix(content, begin):
		kind, content = lineBegin, content[len(begin):]
	case strings.HasPrefix(content, end):
		kind, content = lineEnd, content[len(end):]
	default: // "- BEGIN", "-----X BEGIN"
		return 0, "", WrongDashes
	}
	label = content
	if i := strings.IndexByte(content, '-'); i >= 0 {
		label = content[:i]
	}
	closing := content[len(label):]
	if at := strings.Index(content, dashes); at >= 0 {
		label, closing = content[:at], content[at:]
	}
	tail := strings.TrimLeft(closing, "-")
	switch {
	case tail != "":
		return 0, known(label), Trailing
	case leading != len(dashes) || closing != dashes:
		return 0, known(label), WrongDashes
	case !isLabel(label):
		return 0, "", BadLabel
	case line[0] != '-':
		return 0, label, Indented
	case hasStrayCR(line, ended):
		return 0, label, StrayCR
	case known(label) == "" && known(strings.ToUpper(label)) != "":
		return 0, known(strings.ToUpper(label)), SmallLetters
	case kind == lineBegin && len(line) >= piece: // OpenSSL takes the rest for a blank line
		return 0, label, LongLine
	default:
		return kind, label, 0
	}
}

// hasStrayCR reports whether a CR stands anywhere but before the LF. At the end of
// a text without LF, Go does not take it for white space.
func hasStrayCR(line string, ended bool) bool {
	if ended {
		line = strings.TrimSuffix(line, "\r")
	}
	return strings.IndexByte(line, '\r') >= 0
}

// isLabel reports whether s is a label of RFC 7468: printable ASCII, hyphens
// and spaces only one at a time and only between other characters.
func isLabel(s string) bool {
	separated := true
	for i := range len(s) {
		switch c := s[i]; {
		case c == '-' || c == ' ':
			if separated {
				return false
			}
			separated = true
		case c > ' ' && c < 0x7f:
			separated = false
		default:
			return false
		}
	}
	return s == "" || !separated
}

// known returns the label of a damaged line if it is one in use. Anything
// else may be the body of the block, which must not reach a message.
func known(label string) string {
	switch label = strings.TrimSpace(label); label {
	case "CERTIFICATE", "PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY", "ENCRYPTED PRIVATE KEY":
		return label
	default:
		return ""
	}
}

// looksLikeBoundary reports whether a line of ordinary text reads like a
// boundary to a person.
func looksLikeBoundary(line string) bool {
	return strings.Contains(line, dashes+begin)
}
