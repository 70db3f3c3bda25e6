package diagnosis

import (
	"encoding/base64"
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/alicert/alicert/internal/redact"
)

// knownBoundary matches BEGIN and END lines without damage. Nothing in them is secret.
var knownBoundary = regexp.MustCompile(`^-----(BEGIN|END) ((TRUSTED |X509 )?CERTIFICATE|(NEW )?CERTIFICATE REQUEST|PKCS7|CMS|X509 CRL|PUBLIC KEY|EC PARAMETERS|DH PARAMETERS|((RSA|EC|DSA|ENCRYPTED|OPENSSH) )?PRIVATE KEY)-----$`)

func isKnownBoundary(line string) bool { return knownBoundary.MatchString(line) }

const shortestPiece = 16 // characters of base64 from which a run may be a piece of a key

// beginning is what package redact takes for the BEGIN line of a key, whatever its label.
var beginning = regexp.MustCompile(`(?i)-----BEGIN`)

// MayHoldKey reports whether a text that should have certificates only may also have
// something of a private key. Bodies of certificates are public, whole or damaged.
// Everything else that looks like base64 counts.
func MayHoldKey(text string) bool {
	rest := withoutCertificateBodies(text)
	if strings.Contains(strings.ToUpper(rest), "PRIVATE") || redact.Is(beginning.ReplaceAllString(rest, "BEGIN")) {
		return true
	}
	for piece := range strings.FieldsFuncSeq(rest, func(r rune) bool { return !isBase64(r) }) {
		if len(piece) >= shortestPiece && strings.ContainsAny(piece, "0123456789") && strings.ToUpper(piece) != piece && strings.ToLower(piece) != piece {
			return true
		}
	}
	return false
}

func isBase64(r rune) bool {
	return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9' || r == '+' || r == '/'
}

// withoutCertificateBodies replaces the base64 of certificates by spaces. A body begins as
// the DER of a certificate does, and is as long as that says at most. It ends before
// dashes, whatever it says.
func withoutCertificateBodies(text string) string {
	var kept strings.Builder
	for {
		i := strings.Index(text, "MI") // as the base64 of every SEQUENCE of that size begins
		if i < 0 {
			kept.WriteString(text)
			return kept.String()
		}
		kept.WriteString(text[:i])
		text = text[i:]
		length := certificateLength(text)
		if length == 0 {
			kept.WriteString(text[:2])
			text = text[2:]
			continue
		}
		end := bodyLength(text, length)
		if end == 0 {
			kept.WriteString(text[:2])
			text = text[2:]
			continue
		}
		text = text[end:]
		kept.WriteByte(' ')
	}
}

// escapes are what stands for a line break or a sign where PEM text was put into another
// form, and escapedSigns those of them that are of base64.
var (
	escapedSigns = regexp.MustCompile(`(?i)^(\\u00(2b|2f|3d)|%(2b|2f|3d)|&#(43|47|61);)$`)
	escapes      = regexp.MustCompile(`^(\\[nrt]|\\u[0-9a-fA-F]{4}|%[0-9a-fA-F]{2}|&#?[0-9A-Za-z]{1,8};|<[^<>]{1,8}>)`)
)

// bodyLength returns the bytes that a number of characters of base64 take at the
// beginning of a text, with the white space and damage between them. A line that is
// shorter than the first one is the last, and one that begins as a key does is of another
// body. It returns 0 if more is missing than a line or two, or a few characters: then
// something else may stand there instead.
func bodyLength(text string, length int) int {
	var lines bodyLines
	i := 0
	for i < len(text) && length > 0 {
		r, size := utf8.DecodeRuneInString(text[i:])
		if endsBody(text[i:], r) || lines.next(r, text[i:]) {
			break
		}
		switch {
		case strings.ContainsRune(`\%&<`, r):
			if escape := escapes.FindString(text[i:min(len(text), i+16)]); escape != "" {
				size = len(escape)
				if escapedSigns.MatchString(escape) {
					length--
				}
			}
		case isBase64(r) || r == '-' || r == '_' || r == '=':
			length--
		}
		i += size
	}
	if length > 0 && !lines.explain(length) {
		return 0
	}
	return i
}

// endsBody reports whether a BEGIN or END line, or what may be left of one, begins.
func endsBody(text string, first rune) bool {
	return strings.HasPrefix(text, "---") || first != '-' && unicode.Is(unicode.Pd, first) || first == '−' ||
		strings.HasPrefix(text, "BEGIN") || strings.HasPrefix(text, "PRIVATE")
}

// bodyLines measures the lines of a body.
type bodyLines struct {
	first, current int // length in characters, without indentation
	spaces         int // inside of lines
	begun, last    bool
}

const tolerated = 4 // characters that a line, or a body, may have lost

// explain reports whether the characters that are missing are a line or two, or stand for
// spaces.
func (l *bodyLines) explain(missing int) bool {
	const most = 2 // lines
	return missing <= tolerated+l.spaces || l.first > 0 && missing%l.first == 0 && missing <= most*l.first
}

// next takes a character, with which a text begins, and reports whether it is no longer of
// the body.
func (l *bodyLines) next(r rune, text string) bool {
	switch {
	case r == '\n':
		if l.first == 0 {
			l.first = l.current
		}
		l.last = l.last || 0 < l.current && l.current < l.first-tolerated
		l.current, l.begun = 0, false
	case unicode.IsSpace(r) && !l.begun:
	default:
		if !l.begun && (l.last || l.first > 0 && beginsKey(text)) {
			return true
		}
		l.begun = true
		l.current++
		if r == ' ' {
			l.spaces++
		}
	}
	return false
}

// beginsKey reports whether a text begins as the base64 of a private key does: with a
// SEQUENCE whose first element is the number 0 or 1.
func beginsKey(text string) bool {
	der, ok := firstBytes(text)
	if !ok || der[0] != sequence {
		return false
	}
	header := 2
	if der[1] > longLength {
		header += int(der[1] - longLength)
	}
	const integer = 0x02
	return header+2 < len(der) && der[header] == integer && der[header+1] == 1 && der[header+2] <= 1
}

const (
	sequence   = 0x30 // the tag of DER
	longLength = 0x80 // the first byte of a length in several bytes
)

// firstBytes decodes the beginning of base64 in either alphabet. Other characters may
// stand in between.
func firstBytes(text string) (der []byte, ok bool) {
	const (
		looked = 12 // characters
		within = 48 // bytes
	)
	var first strings.Builder
	for _, r := range text[:min(len(text), within)] {
		switch {
		case r == '-':
			first.WriteByte('+')
		case r == '_':
			first.WriteByte('/')
		case isBase64(r):
			first.WriteRune(r)
		}
		if first.Len() == looked {
			der, err := base64.StdEncoding.DecodeString(first.String())
			return der, err == nil
		}
	}
	return nil, false
}

// certificateLength returns the number of base64 characters of a certificate whose first
// characters a text has, 0 if it does not begin as a certificate does: with a SEQUENCE
// whose first element is a SEQUENCE of at least 128 bytes. A private key begins with a
// number, and one that is encrypted with a short SEQUENCE.
func certificateLength(text string) int {
	const mostOfBytes = 3
	isLong := func(length byte) bool { return longLength < length && length <= longLength+mostOfBytes }
	der, ok := firstBytes(text)
	if !ok || der[0] != sequence || !isLong(der[1]) {
		return 0
	}
	header := 2 + int(der[1]-longLength)
	if der[header] != sequence || !isLong(der[header+1]) {
		return 0
	}
	length := 0
	for _, b := range der[2:header] {
		length = length<<8 | int(b)
	}
	return (header + length + 2) / 3 * 4
}
