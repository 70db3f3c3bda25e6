package main

import (
	"strings"
	"unicode/utf8"
)

// longestName is how many characters of a name out of a certificate are shown.
const longestName = 200

// shorten cuts a text that is longer than the given number of characters.
func shorten(text string, longest int) string {
	n := 0
	for i := range text {
		if n++; n > longest {
			return text[:i] + "…"
		}
	}
	return text
}

// padded fills a text with spaces up to a width, and always with one.
func padded(text string, width int) string {
	return text + strings.Repeat(" ", max(width-columns(text), 1))
}

// columns is the width of a text on a terminal. Chinese characters and
// punctuation take two columns each.
func columns(text string) (n int) {
	for len(text) > 0 {
		r, size := utf8.DecodeRuneInString(text)
		text = text[size:]
		n++
		if isWide(r) {
			n++
		}
	}
	return n
}

func isWide(r rune) bool {
	return r >= 0x1100 && r <= 0x115f || r >= 0x2e80 && r <= 0xa4cf || r >= 0xac00 && r <= 0xd7a3 ||
		r >= 0xf900 && r <= 0xfaff || r >= 0xfe30 && r <= 0xfe6f || r >= 0xff00 && r <= 0xff60 || r >= 0x1f300 && r <= 0x1faff || r >= 0x20000 && r <= 0x3fffd
}
