package validate

import (
	"encoding/base64"
	"strings"
)

// pemBlock is a block whose BEGIN and END lines could be read, damaged or not.
type pemBlock struct {
	label string
	der   []byte
	block int // in the text, from 1
}

// repair reads blocks out of text with damaged BEGIN and END lines. It reads what a
// person can: indented or quoted lines, too many or too few dashes, dashes of a word
// processor, lost line breaks, line breaks written as backslash and n, blank
// lines in a body, a byte-order mark. Text that begins a line outside the blocks
// stays text, so nothing that was commented out comes back. ok is false if anything
// is left to guess.
func repair(text string) (blocks []pemBlock, ok bool) {
	marks := strings.NewReplacer(utf8BOM, "", "–", "-", "—", "-", "−", "-")
	breaks := strings.NewReplacer(`\r`, "", `\n`, "\n")
	var r repairer
	for line := range strings.Lines(marks.Replace(text)) {
		if !r.open && isComment(line) {
			continue // with escaped line breaks in it, too
		}
		for part := range strings.Lines(breaks.Replace(line)) {
			if !r.line(part) {
				return nil, false
			}
		}
	}
	return r.blocks, !r.open
}

type repairer struct {
	blocks []pemBlock
	open   bool // inside a block
	label  string
	body   strings.Builder
}

// line reads one line; ok is false if anything is left to guess.
func (r *repairer) line(line string) (ok bool) {
	for rest := trimLine(line); rest != ""; rest = trimLine(rest) {
		switch {
		case rest[0] == '-':
			word, label, after, isBoundary := boundaryAt(rest)
			if !isBoundary || (word == "BEGIN") == r.open || r.open && label != r.label {
				return false
			}
			rest = after
			if r.open = !r.open; r.open {
				r.label = label
				r.body.Reset()
				continue
			}
			der, err := base64.StdEncoding.DecodeString(r.body.String())
			if err != nil || len(der) == 0 {
				return false
			}
			r.blocks = append(r.blocks, pemBlock{label, der, len(r.blocks) + 1})
		case r.open:
			content, _, _ := strings.Cut(rest, "-")
			for field := range strings.FieldsSeq(content) {
				r.body.WriteString(field)
			}
			rest = rest[len(content):]
		default:
			rest = "" // ordinary text
		}
	}
	return true
}

// isComment reports whether a line is marked as a comment.
func isComment(line string) bool {
	line = trimLine(line)
	return strings.HasPrefix(line, "#") || strings.HasPrefix(line, ";") || strings.HasPrefix(line, "//")
}

// trimLine removes the white space and quotes around a line that was indented or
// copied from a quoted string.
func trimLine(line string) string { return strings.Trim(line, " \t\r\n\"',") }

// boundaryAt reads a BEGIN or END from the front of a line that begins with a dash.
// It takes the dashes behind it, too, unless they belong to a following BEGIN or END.
func boundaryAt(line string) (word, label, rest string, ok bool) {
	content := strings.TrimLeft(line, "- ")
	word, content, _ = strings.Cut(content, " ")
	label, _, closed := strings.Cut(content, "-")
	if word != "BEGIN" && word != "END" || !closed {
		return "", "", "", false
	}
	rest = strings.TrimLeft(content[len(label):], "-")
	if strings.HasPrefix(rest, "BEGIN ") || strings.HasPrefix(rest, "END ") {
		rest = "-" + rest
	}
	label = strings.TrimSpace(label)
	return word, label, rest, label != ""
}
