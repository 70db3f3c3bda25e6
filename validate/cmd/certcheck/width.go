package main

import (
	"os"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/term"
	"golang.org/x/text/width"
)

const (
	leastWidth   = 40
	defaultWidth = 120 // where there is no terminal
)

// measuredWidth is the width of a terminal in columns, that of the variable COLUMNS if
// it is set, and 0 if neither is known.
func measuredWidth(file *os.File, variable string) int {
	if n, err := strconv.Atoi(variable); err == nil && n > 0 {
		return n
	}
	n, _, err := term.GetSize(int(file.Fd()))
	if err != nil {
		return 0
	}
	return n
}

// terminalWidth is how many columns a line has: those of -width, else of the terminal.
func (o *options) terminalWidth(env environment) int {
	switch {
	case o.width > 0:
		return o.width
	case env.width > 0:
		return max(env.width, leastWidth)
	default:
		return defaultWidth
	}
}

// columns is the width of a text on a terminal.
func columns(text string) (n int) {
	for _, r := range text {
		n += columnsOf(r)
	}
	return n
}

// columnsOf is the width of a character: two columns for Chinese characters and
// everything else that Unicode calls wide, none for marks on the character before.
func columnsOf(r rune) int {
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

// padded fills a text with spaces up to a width, and always with one.
func padded(text string, width int) string {
	return text + strings.Repeat(" ", max(width-columns(text), 1))
}

// fitted cuts a text that takes more columns, and shows that with an ellipsis.
func fitted(text string, most int) string {
	if columns(text) <= most {
		return text
	}
	n := 0
	for i, r := range text {
		if n += columnsOf(r); n > most-1 {
			return text[:i] + "…"
		}
	}
	return text
}
