// Package pemscan reads PEM text once, line by line, and skips nothing: it reports
// everything that is not a sound block with its line.
//
// Other PEM readers skip what they do not recognize. Go's encoding/pem skips a broken
// block in silence, so an intermediate can become the leaf of a chain; OpenSSL skips
// foreign blocks. This package returns every piece of the text in order as an [Item]:
// a sound block, a damaged one with its [Damage], ordinary text, or blank lines.
//
// A line ends at LF. A boundary is a line that is exactly "-----BEGIN LABEL-----" or
// "-----END LABEL-----", not indented; spaces and tabs may follow, and one CR before
// the LF. A line that, trimmed, begins with "-" and contains "BEGIN " or "END " but is
// not a boundary is a damaged one, inside blocks and outside. So is a line that a person
// takes for a boundary: with dashes or spaces of other kinds, small letters, or text in
// front that is no comment; and base64 outside blocks that is a certificate or key. So is
// a line that looks like text but is a boundary or the end of the file to OpenSSL, which
// reads 254 bytes of a line at once and ignores a byte-order mark.
//
// The scanner decodes nothing: [Block.Decode] decodes the blocks that the caller wants.
package pemscan

import (
	"strings"
	"unicode/utf8"
)

// Kind says what an [Item] is.
type Kind uint8

// The kinds of items.
const (
	KindText   Kind = iota + 1 // one or more lines of ordinary text between blocks
	KindBlank                  // one or more blank lines between blocks
	KindBlock                  // a block with sound boundaries; its body may still be unsound
	KindDamage                 // a damaged boundary
)

// Item is one piece of the text.
type Item struct {
	Kind   Kind
	Line   int    // the line it begins at, from 1; for damage, the line of the damage
	Index  int    // for a block or damage: which block of the text it is (or would be), from 1
	Block  Block  // for KindBlock
	Damage Damage // for KindDamage
	Label  string // for damage: the label of the block, where it could be read
	Opened int    // for damage inside a block: the line of its BEGIN
	Odd    Odd    // for damage that resembles a boundary
	Bare   Bare   // for damage outside blocks: the base64 that is there without one of its boundaries, or both
	Looks  bool   // for KindText: a line of it looks like a boundary that is commented out ("# -----BEGIN")
}

// Block is a block with sound boundaries: BEGIN and END lines with equal labels.
type Block struct {
	Label string
	Body  string // everything between the two lines
	Line  int    // the BEGIN line, from 1
}

// Damage says how a boundary is damaged.
type Damage uint8

// The kinds of damage.
const (
	Indented        Damage = iota + 1 // white space before the dashes
	WrongDashes                       // other than five dashes
	Trailing                          // text behind the dashes on the same line
	OneLine                           // BEGIN and END on one line: the line breaks are lost
	BadLabel                          // the label is not made of RFC 7468 label characters
	StrayCR                           // a CR on the BEGIN or END line that is not part of CR LF
	EndWithoutBegin                   // an END line that no BEGIN line precedes
	BeginInside                       // a BEGIN line inside a block
	LabelsDiffer                      // END names another label than BEGIN
	CutOff                            // the text ends inside a block
	LongLine                          // a BEGIN that OpenSSL finds, or does not find whole, because the line has more than 254 bytes
	ZeroByte                          // a zero byte that OpenSSL takes for the end of the file, and BEGIN behind it
	ByteOrderMark                     // a byte-order mark before the dashes: files were joined
	OddCharacter                      // a dash or space of another kind, or a character that does not show
	SmallLetters                      // BEGIN, END or the label in small letters
	TextBefore                        // text before the dashes on the same line
	Encoded                           // the line, or what follows the dashes, is encoded for something else than a file
	BareBase64                        // base64 of a certificate or key without BEGIN and END lines
)

// Scanner reads a text from front to back. The zero value reads nothing; use
// [Scan].
type Scanner struct {
	rest  string
	line  int // number of the line that rest begins with
	index int // blocks seen so far, damaged ones included
	last  int // what is left of the text from its last "BEGIN " on; -1 where that is not known yet

	unusual bool // the lines ahead have characters other than ASCII, or dashes in an encoding
	ahead   int  // what is left of the text behind the lines that unusual is about
	run     *run // the lines of base64 that were looked at last
}

// Scan returns a scanner for text.
func Scan(text string) *Scanner {
	return &Scanner{rest: text, line: 1, last: -1, ahead: len(text)}
}

// lookAhead brings unusual up to date for the next line. It looks at some lines at a
// time: fewer calls than lines, and a text that is refused early is not read to its end.
func (s *Scanner) lookAhead(line string) {
	const window = 1 << 10
	if len(s.rest)-len(line) < s.ahead {
		size := min(max(window, len(line)), len(s.rest))
		s.unusual, s.ahead = isUnusual(s.rest[:size]), len(s.rest)-size
	}
}

func isUnusual(text string) bool {
	var all byte
	for i := range len(text) {
		all |= text[i]
	}
	return all >= utf8.RuneSelf || strings.IndexByte(text, '%') >= 0 || strings.IndexByte(text, '&') >= 0 ||
		strings.IndexByte(text, '\\') >= 0 || strings.Contains(text, "=2D")
}

// Next returns the next item; ok is false at the end of the text.
func (s *Scanner) Next() (item Item, ok bool) {
	if s.rest == "" {
		return Item{}, false
	}
	begin := s.line
	a := s.peek()
	if a.kind == lineText && a.damage == 0 {
		if bare, ok := s.bare(); ok {
			return s.takeBare(bare), true
		}
	}
	line := s.take()
	switch {
	case a.damage != 0:
		s.index++
		item = s.damage(a.damage, begin, a.label, 0)
		item.Odd = a.odd
		if s.index += a.more; a.open {
			s.skipBody()
		}
		return item, true
	case a.kind == lineBlank:
		for s.peek().kind == lineBlank {
			s.take()
			empty := len(s.rest) - len(strings.TrimLeft(s.rest, "\n"))
			s.rest, s.line = s.rest[empty:], s.line+empty
		}
		return Item{Kind: KindBlank, Line: begin}, true
	case a.kind == lineText:
		looks := looksLikeBoundary(line)
		for next := s.peek(); next.kind == lineText && next.damage == 0; next = s.peek() {
			if _, ok := s.bare(); ok {
				break
			}
			looks = looksLikeBoundary(s.take()) || looks
		}
		return Item{Kind: KindText, Line: begin, Looks: looks}, true
	case a.kind == lineBegin:
		s.index++
		return s.block(a.label, begin), true
	default: // END
		s.index++
		return s.damage(EndWithoutBegin, begin, a.label, 0), true
	}
}

// block reads on from behind a BEGIN line.
func (s *Scanner) block(label string, opened int) Item {
	body := s.rest
	for s.rest != "" {
		at := s.line
		before := len(s.rest)
		a := s.peek()
		switch a.kind {
		case lineBegin: // left for the next call: it begins a block of its own
			return s.damage(BeginInside, at, label, opened)
		case lineEnd:
			s.take()
			if a.label != label {
				return s.damage(LabelsDiffer, at, label, opened)
			}
			return Item{
				Kind: KindBlock, Line: opened, Index: s.index,
				Block: Block{Label: label, Body: body[:len(body)-before], Line: opened},
			}
		case lineDamaged:
			s.take()
			item := s.damage(a.damage, at, label, opened)
			item.Odd = a.odd
			s.index += a.more
			if !a.isEnd { // it begins another block
				s.index++
			}
			if a.open || !a.isEnd {
				s.skipBody()
			}
			return item
		default:
			s.take()
		}
	}
	return s.damage(CutOff, opened, label, opened)
}

// skipBody passes over what a damaged BEGIN line began, so that one damage is
// reported once.
func (s *Scanner) skipBody() {
	for s.rest != "" {
		switch a := s.peek(); {
		case a.kind == lineBegin:
			return
		case a.kind == lineEnd, a.kind == lineDamaged && a.isEnd && !a.open:
			s.take()
			return
		case a.kind == lineDamaged:
			if a.isEnd { // and the next BEGIN: the END is that of this block
				s.index--
			}
			return
		}
		s.take()
	}
}

func (s *Scanner) damage(d Damage, line int, label string, opened int) Item {
	return Item{Kind: KindDamage, Line: line, Index: s.index, Damage: d, Label: label, Opened: opened}
}

// take consumes one line and returns it without its LF.
func (s *Scanner) take() string {
	line, rest, _ := strings.Cut(s.rest, "\n")
	s.rest = rest
	s.line++
	return line
}

func (s *Scanner) peek() lineClass {
	switch {
	case s.rest == "":
		return lineClass{}
	case s.rest[0] == '\n': // a text may be made of such lines
		return lineClass{kind: lineBlank}
	}
	line, _, ended := strings.Cut(s.rest, "\n")
	s.lookAhead(line)
	a := classify(line, ended, s.unusual)
	if a.damage == ZeroByte && !s.beginFollows() {
		if c, ok := resembling(line); ok {
			return c
		}
		a.damage = 0
	}
	return a
}

// beginFollows reports whether there is a BEGIN in what is left.
func (s *Scanner) beginFollows() bool {
	if s.last < 0 {
		if s.last = 0; strings.Contains(s.rest, begin) {
			s.last = len(s.rest) - strings.LastIndex(s.rest, begin)
		}
	}
	return s.last > 0 && len(s.rest) >= s.last
}
