package validate

import (
	"encoding/base64"
	"slices"
	"strings"

	"golang.org/x/crypto/cryptobyte"
	tag "golang.org/x/crypto/cryptobyte/asn1"

	"github.com/alicert/alicert/validate/internal/pemscan"
)

// repair reads blocks out of text with damaged BEGIN and END lines and damaged base64. It
// reads what a person can: indented or quoted lines, dashes and spaces of any kind and
// number, small letters, text in front, lost line breaks, blank lines in a body, a
// byte-order mark, string literals, the encodings of JSON, URLs, HTML and mail, the other
// alphabet of base64, spaces for plus signs, lost padding, a missing BEGIN or END line.
// What is not base64 as it stands must prove itself: it is read as a certificate or key,
// or not at all; undone says that something had to. Comments stay text, so nothing that was
// commented out comes back. ok is false if anything is left to guess, and where a block
// would be dropped.
func repair(text string) (blocks []piece, undone, ok bool) {
	text = strings.ReplaceAll(text, utf8BOM, "")
	if isQuotedPrintable(text) {
		text = strings.NewReplacer("=\r\n", "", "=\n", "").Replace(text)
	}
	var r repairer
	for line := range strings.Lines(text) {
		if !r.open && pemscan.IsComment(line) {
			if !r.comment(line) {
				return nil, false, false
			}
			continue // with escaped line breaks in it, too
		}
		for part := range strings.Lines(r.decoded(line)) {
			if !r.line(strings.TrimRight(part, "\r\n")) {
				return nil, false, false
			}
		}
	}
	if r.open && !r.end("") || !r.endRun() || r.marked > 0 && r.marked < len(r.blocks) {
		return nil, false, false
	}
	return r.blocks, r.undone, true
}

// repairs says what had to be repaired; neither is set for the rest of the text.
type repairs struct{ lines, content bool }

// damagedParts finds out which parts of a text are damaged: BEGIN and END lines, and
// bodies that are not base64.
func damagedParts(text string) (found repairs) {
	for s := pemscan.Scan(strings.TrimPrefix(text, utf8BOM)); ; {
		item, more := s.Next()
		switch {
		case !more:
			return found
		case item.Kind == pemscan.KindDamage:
			found.lines = true
		case item.Kind == pemscan.KindBlock:
			_, defect := item.Block.Decode(nil)
			found.content = found.content || defect.Kind == pemscan.BadBase64
		}
	}
}

// isQuotedPrintable reports whether a text has characters as mail encodes them.
func isQuotedPrintable(text string) bool {
	return strings.Contains(text, "=3D") || strings.Contains(text, "=0A") || strings.Contains(text, "=2B") || strings.Contains(text, "=2D")
}

type repairer struct {
	blocks []piece
	open   bool // inside a block
	label  string
	body   []string
	run    []string // the last lines of base64 outside blocks

	commented bool // the line before the run is a BEGIN line that is commented out
	undone    bool // something in a body was not base64

	indent string // in front of BEGIN, and then in front of the lines of the body
	mark   string // likewise, such as ">"
	marked int    // blocks that are quoted as in a mail or a change, or whose lines are numbered

	numbered bool // the lines of the block have numbers in front of them
}

// decoded decodes what a line has of encodings and string literals, also within each
// other.
func (r *repairer) decoded(line string) string {
	const deepest = 3
	for range deepest {
		next := pemscan.Unescape(r.literals(line))
		if next == line {
			break
		}
		line = next
	}
	return line
}

// literals returns what stands in the string literals of a line of source code, each on a
// line of its own, if a piece of a block is in them; otherwise the line.
func (r *repairer) literals(line string) string {
	at := strings.IndexAny(line, "\"'`")
	if at < 0 || at > 0 && line[at-1] == '\\' {
		return line
	}
	quote := line[at]
	var inside, outside []string
	for rest := line; ; {
		code, behind, found := cutUnescaped(rest, quote)
		outside = append(outside, code)
		if !found {
			break
		}
		text, behind, found := cutUnescaped(behind, quote)
		if !found {
			return line // the literal goes on, or the mark is none
		}
		inside, rest = append(inside, text), behind
	}
	holds := func(texts []string) bool {
		return slices.ContainsFunc(texts, func(text string) bool {
			_, found := pemscan.FindBoundary(pemscan.Unescape(text), 0)
			return found
		})
	}
	if holds(outside) || !r.open && !holds(inside) || pemscan.IsComment(line) {
		return line
	}
	return strings.Join(inside, "\n") + "\n"
}

// cutUnescaped cuts a text around the first quotation mark without a backslash before it.
func cutUnescaped(text string, quote byte) (before, after string, found bool) {
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '\\':
			i++
		case quote:
			return text[:i], text[i+1:], true
		}
	}
	return text, "", false
}

// comment passes over a line that is commented out.
func (r *repairer) comment(line string) (ok bool) {
	if ok = r.endRun(); ok {
		b, found := pemscan.FindBoundary(line, 0)
		r.commented = found && !b.End
	}
	return ok
}

// line reads one line; ok is false if anything is left to guess.
func (r *repairer) line(line string) (ok bool) {
	if !r.open && pemscan.IsComment(line) {
		return r.comment(line)
	}
	for {
		b, found := r.boundary(line)
		if !found {
			break
		}
		if front := line[:b.Start]; r.open {
			r.add(front)
		} else if !r.front(front, b.End) {
			return false
		}
		label := b.Label(line)
		line = line[b.Stop:]
		switch {
		case !b.End:
			if r.open && !r.end("") { // its END line is missing
				return false
			}
			r.open, r.label, r.body = true, label, nil
		case r.open && label == r.label:
			if !r.end(label) {
				return false
			}
			line = strings.TrimLeft(line, "-")
		case r.open || !r.missingBegin(label):
			return false
		}
	}
	switch {
	case r.open:
		r.add(line)
		return true
	case isRunLine(line):
		r.run = append(r.run, trimLine(line))
		return true
	case resemblesBoundary(line):
		return false
	default:
		return blank(line) || r.endRun()
	}
}

// boundary finds the next boundary of a line: any that is one beyond doubt, and one with
// any number of dashes where the line begins or, inside a block, END stands.
func (r *repairer) boundary(line string) (b pemscan.Boundary, found bool) {
	for at := 0; ; at = b.Stop {
		if b, found = pemscan.FindBoundary(line, at); !found {
			return b, false
		}
		inFront := trimLine(line[:b.Start])
		if b.Plain(line) || b.Before > 0 && b.After > 0 && (inFront == "" || r.open && b.End && b.Label(line) == r.label) {
			return b, true
		}
	}
}

// resemblesBoundary reports whether a line outside blocks would be a damaged BEGIN or
// END line, which nothing could be made of.
func resemblesBoundary(line string) bool {
	item, _ := pemscan.Scan(line).Next()
	return item.Kind != pemscan.KindText && item.Kind != pemscan.KindBlank && item.Kind != 0
}

// front reads what stands in front of a boundary outside blocks.
func (r *repairer) front(text string, isEnd bool) (ok bool) {
	mark := strings.TrimSpace(text)
	numbered := mark != "" && withoutNumber(text) == ""
	isMark := mark != "" && strings.Trim(mark, ">|+ ") == "" || numbered
	if !isMark && isRunLine(text) {
		r.run = append(r.run, trimLine(text))
		return isEnd || r.endRun()
	}
	if !isEnd && !r.endRun() {
		return false
	}
	unindented := strings.TrimLeftFunc(text, pemscan.IsSpace)
	if !isEnd {
		r.indent = text[:len(text)-len(unindented)]
	}
	text = unindented
	for _, comment := range []string{";", "<!", "/*", "--", "*", "REM ", "rem ", "%", "!"} {
		if strings.HasPrefix(text, comment) && trimLine(text) != "" {
			return false // nobody knows whether it is meant
		}
	}
	if !isEnd {
		if r.mark, r.numbered = mark, numbered; isMark {
			r.marked++
		}
		if numbered {
			r.mark = ""
		}
	}
	return true
}

// withoutNumber cuts the number in front of a line, as editors and cat -n print it, and
// the space behind it.
func withoutNumber(line string) string {
	line = strings.TrimLeft(line, " \t")
	rest := strings.TrimLeft(line, "0123456789")
	if rest == line {
		return line
	}
	text := strings.TrimLeft(rest, " \t:.|│)")
	if text == rest && rest != "" { // digits of base64
		return line
	}
	return text
}

// add adds a line to the body.
func (r *repairer) add(line string) {
	if r.numbered {
		line = withoutNumber(line)
	}
	line = strings.TrimPrefix(line, r.indent)
	if r.mark != "" {
		trimmed := strings.TrimLeft(line, " \t")
		if rest, ok := strings.CutPrefix(trimmed, r.mark); ok {
			line = strings.TrimPrefix(rest, " ")
		}
	}
	if trimLine(line) != "" {
		r.body = append(r.body, line)
	}
}

// end ends a block. Without its END line the content must be whole.
func (r *repairer) end(label string) (ok bool) {
	der, proven, undone := decodeDamaged(r.body, r.label)
	r.open, r.undone = false, r.undone || undone
	if len(der) == 0 || label == "" && !proven {
		return false
	}
	r.keep(r.label, der)
	r.body = nil
	return true
}

// keep adds a block that could be read, damaged or not.
func (r *repairer) keep(label string, der []byte) {
	r.blocks = append(r.blocks, piece{label: label, der: der, block: len(r.blocks) + 1})
}

// missingBegin ends a block whose BEGIN line is missing: the lines before the END line
// are its content. It tries few of the lines that may be the first one, because each
// attempt reads all that follows.
func (r *repairer) missingBegin(label string) (ok bool) {
	const attempts = 3
	run := r.run
	r.run = nil
	if !slices.Contains(properLabels, label) { // of which no content is proven
		return false
	}
	tried := 0
	for first, line := range run {
		if !mayBeginSequence(line) {
			continue
		}
		if tried++; tried > attempts {
			break
		}
		if der, proven, _ := decodeDamaged(run[first:], label); proven && !r.commented {
			r.keep(label, der)
			r.run = run[:first]
			return r.endRun()
		}
	}
	return false
}

// mayBeginSequence reports whether a line may be the first one of base64 of a DER
// SEQUENCE, which begins with M. What is no base64 may have to be put right first.
func mayBeginSequence(line string) bool {
	const others = "ABCDEFGHIJKLNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"
	text := strings.TrimLeft(line, " \t")
	return text == "" || strings.IndexByte(others, text[0]) < 0
}

// endRun ends lines of base64 outside blocks. If certificates or keys are in them, they
// become blocks. ok is false if it looks as if they were, but cannot be read.
func (r *repairer) endRun() (ok bool) {
	run := r.run
	r.run = nil
	if len(run) == 0 {
		r.commented = false
		return true
	}
	var text int
	for s := pemscan.Scan(strings.Join(run, "\n")); ; {
		item, more := s.Next()
		if !more {
			break
		}
		if item.Kind != pemscan.KindDamage {
			to := len(run)
			if next, found := nextDamage(*s); found {
				to = next - 1
			}
			text += longLines(run[item.Line-1 : min(max(to, item.Line), len(run))])
			continue
		}
		body := run[item.Bare.From-1 : item.Bare.To]
		label, der := labelOf(body)
		if der == nil || r.commented {
			return false
		}
		r.keep(label, der)
	}
	const several = 2
	return text < several // lines that are a piece of something
}

// nextDamage returns the line of the next item that is damage, if the next one is.
func nextDamage(s pemscan.Scanner) (line int, found bool) {
	item, more := s.Next()
	return item.Line, more && item.Kind == pemscan.KindDamage
}

// longLines counts lines that are as long as those of a body.
func longLines(lines []string) (n int) {
	const length = 64
	for _, line := range lines {
		if len(line) >= length {
			n++
		}
	}
	return n
}

// labelOf finds out what base64 without a label is.
func labelOf(lines []string) (label string, der []byte) {
	for _, label := range []string{certificateLabel, encryptedLabel} {
		if der, proven, _ := decodeDamaged(lines, label); proven {
			return label, der
		}
	}
	if der, proven, _ := decodeDamaged(lines, pkcs8Label); proven {
		key, _ := parseKey(der)
		return key.fits, der
	}
	return "", nil
}

// isRunLine reports whether a line outside blocks is base64.
func isRunLine(line string) bool {
	line = trimLine(line)
	return line != "" && !strings.ContainsFunc(line, func(r rune) bool {
		return (r < 'A' || r > 'Z') && (r < 'a' || r > 'z') && (r < '0' || r > '9') && r != '+' && r != '/' && r != '='
	})
}

// trimLine removes the white space and quotes around a line that was indented or
// copied from a quoted string.
func trimLine(line string) string {
	return strings.TrimFunc(line, func(r rune) bool { return strings.ContainsRune("\"',`“”‘’«»„", r) || pemscan.IsSpace(r) })
}

// decodeDamaged decodes a body. If it is no base64 as it stands, or is not what its label
// says, it undoes the damage that base64 suffers, and takes the result if that is proven
// by what it is. undone says that it did.
func decodeDamaged(lines []string, label string) (der []byte, proven, undone bool) {
	compact := func(trim bool) string {
		var b strings.Builder
		for _, line := range lines {
			if trim {
				line = trimLine(line)
			}
			for _, r := range line {
				if !pemscan.IsSpace(r) {
					b.WriteRune(halfwidth(r))
				}
			}
		}
		return b.String()
	}
	text := compact(true)
	wide := slices.ContainsFunc(lines, func(line string) bool {
		return strings.ContainsFunc(line, func(r rune) bool { return halfwidth(r) != r })
	})
	plain, err := base64.StdEncoding.DecodeString(text)
	if err == nil && proves(label, plain) {
		return plain, true, wide
	}
	if wide { // what is not proven is not base64
		err = base64.CorruptInputError(0)
	}
	texts := []string{text}
	if spaced, ok := plusForSpaces(lines); ok {
		texts = append(texts, spaced)
	}
	for _, text := range texts {
		text = strings.NewReplacer("-", "+", "_", "/", "=", "").Replace(text)
		if der, err := base64.RawStdEncoding.DecodeString(text); err == nil && proves(label, der) {
			return der, true, true
		}
	}
	if err != nil {
		return nil, false, false
	}
	return plain, false, false
}

// halfwidth returns the ASCII character of which a character is the fullwidth form, as
// input methods write it; any other one as it is.
func halfwidth(r rune) rune {
	if r >= '\uff01' && r <= '\uff5e' {
		return r - '\uff01' + '!'
	}
	return r
}

// plusForSpaces puts a plus sign for each space inside the lines of a body, if with them
// all lines but the last have one length. A line of several lines of the published form,
// with spaces for the line breaks, is those lines.
func plusForSpaces(lines []string) (text string, ok bool) {
	if len(lines) == 1 {
		lines = unfold(lines[0])
	}
	for i, line := range lines {
		if i < len(lines)-1 && len(line) != len(lines[0]) || len(line) > len(lines[0]) {
			return "", false
		}
	}
	return strings.ReplaceAll(strings.Join(lines, ""), " ", "+"), true
}

// unfold cuts a line at every 65th character, if all of those are spaces.
func unfold(line string) (lines []string) {
	const length = 64
	line = strings.Trim(line, " ")
	for len(line) > length && line[length] == ' ' {
		lines, line = append(lines, line[:length]), line[length+1:]
	}
	return append(lines, line)
}

// proves reports whether a decoded body is what its label says. Of labels that are not in
// use nothing can be proven.
func proves(label string, der []byte) bool {
	switch label {
	case certificateLabel:
		cert, _ := parseCertificate(der)
		return cert != nil
	case rsaLabel, ecLabel, pkcs8Label:
		_, problem := parseKey(der)
		return problem.cond == 0
	case encryptedLabel:
		input := cryptobyte.String(der)
		var seq, algorithm, content cryptobyte.String
		return input.ReadASN1(&seq, tag.SEQUENCE) && input.Empty() &&
			seq.ReadASN1(&algorithm, tag.SEQUENCE) && seq.ReadASN1(&content, tag.OCTET_STRING) && seq.Empty()
	default:
		return false
	}
}
