// Package columns measures texts in the columns of a terminal, where Chinese characters
// take two.
package columns

import (
	"strings"
	"unicode"

	"golang.org/x/text/width"
)

// Of is the width of a text.
func Of(text string) (n int) {
	for _, r := range text {
		n += ofRune(r)
	}
	return n
}

// ofRune is the width of a character: two columns for Chinese characters and everything
// else that Unicode calls wide, none for marks on the character before.
func ofRune(r rune) int {
	switch {
	case unicode.In(r, unicode.Mn, unicode.Me):
		return 0
	case r < 0x1100: // nothing below is wide
		return 1
	}
	switch width.LookupRune(r).Kind() {
	case width.EastAsianWide, width.EastAsianFullwidth:
		return 2
	default:
		return 1
	}
}

// Pad fills a text with spaces up to a width, and always with one.
func Pad(text string, width int) string {
	return text + strings.Repeat(" ", max(width-Of(text), 1))
}

// Fit cuts a text that takes more columns, and shows that with an ellipsis.
func Fit(text string, most int) string {
	if Of(text) <= most {
		return text
	}
	n := 0
	for i, r := range text {
		if n += ofRune(r); n > most-1 {
			return text[:i] + "…"
		}
	}
	return text
}
