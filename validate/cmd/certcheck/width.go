package main

import (
	"os"
	"strconv"

	"golang.org/x/term"
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
