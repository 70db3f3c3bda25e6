package redact

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Printable makes a text safe for a terminal and for a line of a log. Characters that are
// not printable show as their codes: escapes, line breaks, changes of the writing
// direction, characters without width. Texts in certificates and requests cannot be
// trusted.
func Printable(s string) string { return escape(s, false) }

// Lines is Printable, except that the control characters of ASCII stay. It is for
// texts that a service sends and a client reads, not a person.
func Lines(s string) string { return escape(s, true) }

func escape(s string, controls bool) string {
	if !strings.ContainsFunc(s, func(r rune) bool { return !isOrdinary(r) && (!shows(r, controls) || r == utf8.RuneError) }) {
		return s
	}
	var b strings.Builder
	for i, r := range s {
		switch {
		case r == utf8.RuneError && isBroken(s[i:]):
			fmt.Fprintf(&b, `\x%02x`, s[i])
		case shows(r, controls):
			b.WriteRune(r)
		case r < 0x80:
			fmt.Fprintf(&b, `\x%02x`, r)
		case r < 0x10000:
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			fmt.Fprintf(&b, `\U%08x`, r)
		}
	}
	return b.String()
}

// isOrdinary reports whether a character is in ASCII or a usual ideograph and shows.
// strconv.IsPrint looks for it in a table, which takes as long as to format a sentence.
func isOrdinary(r rune) bool { return ' ' <= r && r <= '~' || '一' <= r && r <= '龥' }

func shows(r rune, controls bool) bool { return strconv.IsPrint(r) || controls && r < 0x80 }

// isBroken reports whether s does not begin with a character in UTF-8.
func isBroken(s string) bool {
	r, size := utf8.DecodeRuneInString(s)
	return r == utf8.RuneError && size <= 1
}
