package pemscan

import "strings"

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

// classify looks at one line without its LF; ended is whether it had one.
func classify(line string, ended bool) lineClass {
	switch {
	case line == "":
		return lineClass{kind: lineBlank}
	case line[0] > ' ' && line[0] < 0x80 && line[0] != '-' && len(line) <= piece:
		return lineClass{kind: lineText} // nearly every line of a body
	}
	trimmed := strings.Trim(line, space)
	if trimmed == "" {
		return lineClass{kind: lineBlank}
	}
	unmarked := strings.TrimPrefix(trimmed, byteOrderMark)
	if !strings.HasPrefix(unmarked, "-") || !strings.Contains(unmarked, begin) && !strings.Contains(unmarked, end) {
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
		return damagedLine(unmarked, label, damage)
	}
	return lineClass{kind: kind, label: label}
}

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
