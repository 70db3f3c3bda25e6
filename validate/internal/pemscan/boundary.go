package pemscan

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Boundary is a BEGIN or END line as a person reads it: with dashes and spaces of any
// kind, letters of either case, and anything in front of it and behind it.
type Boundary struct {
	Start, Stop   int // in the line, in bytes: from its first dash or letter to behind its last
	End           bool
	Before, After int // dashes on each side; a long one counts for two

	Odd   rune // the first character that has to be put right, 0 for none
	OddAt int  // where it is, or the first small letter, in bytes; -1 for none

	from, to int  // where the label begins and ends, in bytes
	inUse    bool // the label is that of a certificate, a request or a private key
}

// FindBoundary finds the first boundary in a line from an offset on. It takes a single
// dash for one; [Boundary.Plain] tells what nobody can mean otherwise.
func FindBoundary(line string, from int) (b Boundary, ok bool) {
	near := from // the next dash, or the end of the line
	for at := from; at < len(line); at++ {
		if !beginsWord(line[at:]) {
			continue
		}
		b = Boundary{OddAt: -1}
		behind := b.word(line, at)
		if behind == 0 {
			continue
		}
		if near < behind {
			near = nextDash(line, behind)
		}
		if b.front(line, from, at); b.Before == 0 && near-behind > reach {
			at = behind - 1
			continue
		}
		if b.name(line, behind) && b.Before+b.After > 0 {
			b.edges(line, from)
			return b, true
		}
		at = behind - 1
	}
	return Boundary{}, false
}

// reach is how many bytes behind BEGIN or END the label and its spaces may take: more
// than [piece] leaves to a line that OpenSSL reads.
const reach = 256

// nextDash returns the offset of the next dash, or the length of the line.
func nextDash(line string, at int) int {
	if next := strings.IndexFunc(line[at:], func(r rune) bool { return dash(r) > 0 }); next >= 0 {
		return at + next
	}
	return len(line)
}

// beginsWord reports whether a text begins with the first letter of BEGIN or END.
func beginsWord(text string) bool {
	r := rune(text[0])
	if r >= utf8.RuneSelf {
		r, _ = utf8.DecodeRuneInString(text)
		r = Letter(r)
	}
	return r|0x20 == 'b' || r|0x20 == 'e'
}

// Plain reports whether nobody can mean anything but a boundary: it has all of its
// dashes, or two on each side of the label of a certificate or key, or the dashes on one
// side of such a label are lost and nothing stands there.
func (b *Boundary) Plain(line string) bool {
	const all = len(dashes)
	switch {
	case b.Before >= all && b.After >= all:
		return true
	case !b.inUse:
		return false
	case b.Before >= 2 && b.After >= 2:
		return true
	case b.Before >= 3:
		return TrimSpace(line[b.Stop:]) == ""
	default:
		return b.After >= 3 && b.Before == 0 && TrimSpace(line[:b.Start]) == ""
	}
}

// Label returns the label in capitals, with single spaces between its words.
func (b *Boundary) Label(line string) string {
	label := strings.Map(func(r rune) rune {
		switch {
		case isInvisible(r):
			return -1
		case r == '+' || IsSpace(r):
			return ' '
		default:
			return unicode.ToUpper(Letter(r))
		}
	}, strings.TrimRightFunc(line[b.from:b.Stop], func(r rune) bool { return dash(r) > 0 || IsSpace(r) }))
	return strings.Join(strings.Fields(label), " ")
}

// ofUse reports whether a label is that of a certificate, a request or a private key.
func ofUse(label []byte) bool {
	for _, suffix := range []string{"CERTIFICATE", "PRIVATE KEY", "CERTIFICATE REQUEST"} {
		if len(label) >= len(suffix) && string(label[len(label)-len(suffix):]) == suffix {
			return true
		}
	}
	return false
}

// word reads BEGIN or END, and returns the offset behind it, or 0.
func (b *Boundary) word(line string, at int) (behind int) {
	want := strings.TrimSpace(begin)
	first, _ := utf8.DecodeRuneInString(line[at:])
	if b.End = Letter(first)|0x20 == 'e'; b.End {
		want = strings.TrimSpace(end)
	}
	for want != "" {
		r, size := utf8.DecodeRuneInString(line[at:])
		switch letter := Letter(r); {
		case letter|0x20 == rune(want[0]|0x20):
			b.letter(r, at)
			want = want[1:]
		case letter == r && isInvisible(r):
			b.note(r, at)
		default:
			return 0
		}
		at += size
	}
	return at
}

// note keeps the first character that has to be put right. A letter yields to it.
func (b *Boundary) note(r rune, at int) {
	if b.Odd == 0 || at < b.OddAt {
		b.Odd, b.OddAt = r, at
	}
}

// letter keeps the first letter that is small or looks like another one.
func (b *Boundary) letter(r rune, at int) {
	switch {
	case Letter(r) != r:
		b.note(r, at)
	case unicode.IsLower(r) && b.OddAt < 0:
		b.OddAt = at
	}
}

// front goes back over the dashes in front of the word.
func (b *Boundary) front(line string, from, at int) {
	b.Start = at
	odd, oddAt := rune(0), 0
	for at > from {
		r, size := utf8.DecodeLastRuneInString(line[from:at])
		weight := dash(r)
		if weight == 0 && !IsSpace(r) {
			return
		}
		at -= size
		if !plain(r) {
			odd, oddAt = r, at
		}
		if b.Before += weight; weight > 0 { // the spaces before it are inside
			b.Start = at
			if odd != 0 {
				b.note(odd, oddAt)
			}
		}
	}
}

// name reads the spaces, the label and the dashes behind the word. ok is false if one
// of the first two is missing.
func (b *Boundary) name(line string, at int) (ok bool) {
	label := make([]byte, 0, reach) // on the stack
	spaces, pluses := 0, 0
	b.from = at
	for at < len(line) && at-b.from < reach {
		r, size := rune(line[at]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(line[at:])
		}
		if r != '+' && !IsSpace(r) && !isWord(Letter(r)) {
			break
		}
		switch {
		case isInvisible(r):
			b.note(r, at)
		case isWord(Letter(r)) && spaces == 0:
			return false // another word
		case isWord(Letter(r)):
			b.letter(r, at)
			label = append(label, byte(unicode.ToUpper(Letter(r)))) //nolint:gosec // it is ASCII
		default: // a plus sign is a space of a form
			if spaces++; r == '+' {
				pluses++
			}
			if !plain(r) {
				b.note(r, at)
			}
			if len(label) > 0 && label[len(label)-1] != ' ' {
				label = append(label, ' ')
			}
		}
		at += size
	}
	label = bytes.TrimSuffix(label, []byte(" "))
	b.inUse = ofUse(label)
	b.to, b.Stop = at, at
	b.behind(line, at)
	return len(label) > 0 || pluses > 0 && pluses < spaces // which is a label, too
}

// behind reads the dashes behind the label, and the spaces in them. Of dashes that BEGIN
// or END follows it leaves some for those.
func (b *Boundary) behind(line string, at int) {
	var last, all int // where the last dash begins, and where the fifth ends
	odd, oddAt := rune(0), 0
	for at < len(line) {
		r, size := utf8.DecodeRuneInString(line[at:])
		weight := dash(r)
		if weight == 0 && !IsSpace(r) {
			break
		}
		if !plain(r) && odd == 0 {
			odd, oddAt = r, at
		}
		if weight > 0 {
			if odd != 0 { // and not behind the last dash
				b.note(odd, oddAt)
			}
			last, b.Stop = at, at+size
			if b.After += weight; all == 0 && b.After >= len(dashes) {
				all = b.Stop
			}
		}
		at += size
	}
	var next Boundary
	switch {
	case b.After == 0 || at == len(line) || next.word(line, at) == 0:
	case all != 0 && all < b.Stop:
		b.After, b.Stop = len(dashes), all
	default:
		b.Stop = last
	}
}

// edges looks for spaces of other kinds around the boundary that are alone there.
func (b *Boundary) edges(line string, from int) {
	for at, r := range line[b.Stop:] {
		if !IsSpace(r) {
			break
		}
		if !plain(r) && r != '\t' {
			b.note(r, b.Stop+at)
			break
		}
	}
	if front := line[from:b.Start]; from == 0 && TrimSpace(front) == "" {
		for at, r := range front {
			if !plain(r) && r != '\t' {
				b.note(r, at)
				break
			}
		}
	}
}

// plain reports whether a character is one of a sound boundary.
func plain(r rune) bool { return r == '-' || r == ' ' || r == '\r' || r == '\n' }

// isWord reports whether a character is one of a label (RFC 7468, section 3) other than
// the hyphen and the plus sign, which is a space of a form.
func isWord(r rune) bool { return r > ' ' && r < 0x7f && r != '-' && r != '+' }

// Letter returns the Latin letter that a letter of another script looks like, or that it
// is the fullwidth form of; any other character as it is.
func Letter(r rune) rune {
	switch {
	case r < '\u0131':
		return r
	case r == '\u0131': // dotless; its capital is that of i
		return 'i'
	case r == '\u017f': // long; its capital is that of s
		return 's'
	case r < '\u0391':
		return r
	case r <= '\u050c':
		return latin(r)
	case r >= '\uff21' && r <= '\uff3a', r >= '\uff41' && r <= '\uff5a':
		return r - '\uff21' + 'A'
	default:
		return r
	}
}

// latin has the Greek and Cyrillic letters that look like Latin ones.
func latin(r rune) rune { //nolint:gocyclo // a table
	switch r {
	case '\u0391', '\u0410':
		return 'A'
	case '\u0392', '\u0412':
		return 'B'
	case '\u0421':
		return 'C'
	case '\u0395', '\u0415':
		return 'E'
	case '\u050c':
		return 'G'
	case '\u0397', '\u041d':
		return 'H'
	case '\u0399', '\u0406':
		return 'I'
	case '\u0408':
		return 'J'
	case '\u039a', '\u041a':
		return 'K'
	case '\u039c', '\u041c':
		return 'M'
	case '\u039d':
		return 'N'
	case '\u039f', '\u041e':
		return 'O'
	case '\u03a1', '\u0420':
		return 'P'
	case '\u0405':
		return 'S'
	case '\u03a4', '\u0422':
		return 'T'
	case '\u03a7', '\u0425':
		return 'X'
	case '\u03a5', '\u0423', '\u04ae':
		return 'Y'
	case '\u0396':
		return 'Z'
	case '\u0430':
		return 'a'
	case '\u0441':
		return 'c'
	case '\u0435':
		return 'e'
	case '\u0456':
		return 'i'
	case '\u0458':
		return 'j'
	case '\u03bf', '\u043e':
		return 'o'
	case '\u0440':
		return 'p'
	case '\u0455':
		return 's'
	case '\u0445':
		return 'x'
	case '\u0443':
		return 'y'
	default:
		return r
	}
}

// dash returns for how many hyphens a dash stands, 0 if the character is none. Word
// processors write one long dash for two hyphens.
func dash(r rune) int {
	switch r {
	case '-', '\u2010', '\u2011', '\u2012', '\u2013', '\u2212', '\u02d7', '\u2043', '\ufe63', '\uff0d':
		return 1
	case '\u2014', '\u2015', '\ufe58', '\u2e3a', '\u2e3b', '\u2500', '\u30fc':
		return 2
	}
	if r >= utf8.RuneSelf && unicode.Is(unicode.Pd, r) { // of some other script
		return 1
	}
	return 0
}

// IsDash reports whether a character is a hyphen or a dash.
func IsDash(r rune) bool { return dash(r) > 0 }

// IsSpace reports whether a character shows as white space or not at all.
func IsSpace(r rune) bool { return unicode.IsSpace(r) || isInvisible(r) }

// isInvisible reports whether a character does not show: those of zero width, joiners,
// marks of the writing direction and of the byte order.
func isInvisible(r rune) bool {
	switch {
	case r < 0x80:
		return false
	case r == '\u115f', r == '\u1160', r == '\u2800', r == '\u3164', r == '\uffa0': // fillers and a blank
		return true
	default:
		return unicode.In(r, unicode.Cf, unicode.Variation_Selector)
	}
}

// TrimSpace removes what [IsSpace] names from both ends.
func TrimSpace(s string) string { return strings.TrimFunc(s, IsSpace) }

// IsComment reports whether a line is marked as a comment of the two kinds that say what
// they are.
func IsComment(line string) bool {
	line = strings.TrimLeftFunc(line, IsSpace)
	return strings.HasPrefix(line, "#") || strings.HasPrefix(line, "//")
}
