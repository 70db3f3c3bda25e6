package pemscan

import (
	"encoding/base64"
	"slices"
	"strings"
)

// Bare says what lines of base64 outside blocks are.
type Bare struct {
	From, To int  // its lines, from 1
	Key      bool // it is a private key, not a certificate
}

// A run is lines of base64 that follow each other outside blocks, with or without blank
// lines between them.
type run struct {
	from   int    // the number of its first line
	lines  int    // up to its last line of base64
	text   []byte // the base64 alone
	starts []int  // where each line begins in it, the end of the last one behind
}

// bare reports whether the next line begins a certificate or key in base64 without a
// BEGIN line. Its lines end where the certificate or key ends.
func (s *Scanner) bare() (b Bare, ok bool) {
	const sequence = 'M' // what base64 of a DER SEQUENCE begins with
	if line := strings.TrimLeft(s.rest, " \t"); line == "" || line[0] != sequence {
		return Bare{}, false
	}
	if s.run == nil || s.line >= s.run.from+s.run.lines {
		s.run = newRun(s.rest, s.line)
	}
	r := s.run
	first := s.line - r.from
	if first >= r.lines {
		return Bare{}, false
	}
	at := r.starts[first]
	length, key, ok := contentOf(r.text[at:])
	if !ok {
		return Bare{}, false
	}
	for _, n := range []int{base64.StdEncoding.EncodedLen(length), base64.RawStdEncoding.EncodedLen(length)} {
		if behind, isEnd := slices.BinarySearch(r.starts, at+n); isEnd {
			return Bare{s.line, r.from + behind - 1, key}, true
		}
	}
	return Bare{}, false
}

// newRun reads the base64 that a text begins with; line is the number of its first line.
func newRun(text string, line int) *run {
	r := &run{from: line, starts: []int{0}}
	for n := 1; text != ""; n++ {
		var current string
		current, text, _ = strings.Cut(text, "\n")
		current = strings.Trim(current, space)
		if !isBase64(current) {
			break
		}
		r.text = append(r.text, current...)
		r.starts = append(r.starts, len(r.text))
		if current != "" {
			r.lines = n
		}
	}
	r.starts = r.starts[:r.lines+1]
	return r
}

// isBase64 reports whether a line has only characters of base64. An empty one has.
func isBase64(line string) bool {
	for _, c := range []byte(line) {
		switch {
		case c >= 'A' && c <= 'Z', c >= 'a' && c <= 'z', c >= '0' && c <= '9', c == '+', c == '/', c == '=':
		default:
			return false
		}
	}
	return true
}

// contentOf reports whether base64 text begins with the DER of a certificate or private
// key, told by the elements that it is made of, and returns its length in bytes.
func contentOf(text []byte) (length int, key, ok bool) {
	const (
		integer, bitString, octets, sequence = 0x02, 0x03, 0x04, 0x30
		explicit                             = 0xa0
	)
	d := der64(text)
	outer, ok := d.element(0)
	if !ok || outer.tag != sequence {
		return 0, false, false
	}
	first, ok := d.element(outer.content)
	if !ok {
		return 0, false, false
	}
	second, ok := d.element(first.end)
	if !ok {
		return 0, false, false
	}
	switch {
	case first.tag == integer && first.end-first.content == 1 && first.first <= 1: // the version of a key
		ok = second.tag == integer || second.tag == sequence || second.tag == octets
		return outer.end, true, ok && second.end <= outer.end
	case first.tag == sequence && second.tag == octets: // an encrypted key
		return outer.end, true, second.end == outer.end
	case first.tag == sequence && second.tag == sequence:
		inner, ok := d.element(first.content)
		signature, more := d.element(second.end)
		ok = ok && more && (inner.tag == explicit || inner.tag == integer && inner.end-inner.content > 1)
		return outer.end, false, ok && signature.tag == bitString && signature.end == outer.end
	default:
		return 0, false, false
	}
}

// der64 is DER in base64, of which a part can be read without the rest.
type der64 []byte

type element struct {
	tag          byte
	content, end int  // offsets in the DER
	first        byte // of the content, of a short one
}

// element reads the tag and the length of the element at an offset.
func (d der64) element(offset int) (e element, ok bool) {
	const header, group, bytes = 4, 4, 3 // a length of two bytes is the longest that is read
	skip := offset % bytes
	from := offset / bytes * group
	const enough = 2 * group
	if from < 0 || from+enough > len(d) {
		return element{}, false
	}
	var decoded [enough / group * bytes]byte
	n, err := base64.StdEncoding.Decode(decoded[:], d[from:from+enough])
	if err != nil && n < skip+header {
		return element{}, false
	}
	b := decoded[skip:]
	e.tag = b[0]
	switch {
	case b[1] < 0x80:
		e.content, e.first = offset+2, b[2]
		e.end = e.content + int(b[1])
	case b[1] == 0x81:
		e.content = offset + 3
		e.end = e.content + int(b[2])
	case b[1] == 0x82:
		e.content = offset + header
		e.end = e.content + int(b[2])<<8 + int(b[3])
	default:
		return element{}, false
	}
	return e, true
}

// takeBare consumes base64 without a BEGIN line, and its END line if it has one.
func (s *Scanner) takeBare(b Bare) Item {
	s.index++
	for s.line <= b.To {
		s.take()
	}
	item := Item{Kind: KindDamage, Line: b.From, Index: s.index, Damage: BareBase64, Bare: b}
	for s.peek().kind == lineBlank {
		s.take()
	}
	if a := s.peek(); a.kind == lineEnd || a.kind == lineDamaged && a.isEnd && !a.open {
		item.Damage, item.Line, item.Label = EndWithoutBegin, s.line, known(a.label)
		s.take()
	}
	return item
}
