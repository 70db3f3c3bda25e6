package cli

import (
	"fmt"
	"io"
	"os"

	"golang.org/x/term"
)

// EraseLine moves to the beginning of the line and erases it.
const EraseLine = "\r\x1b[K"

// IsTerminal reports whether a file is a terminal that knows escape sequences.
func IsTerminal(file *os.File) bool {
	return term.IsTerminal(int(file.Fd())) && os.Getenv("TERM") != "dumb"
}

// Line is one line of progress on a terminal. It is rewritten, and erased at the end.
type Line struct {
	W     io.Writer
	On    bool // W is a terminal; otherwise nothing is shown
	shown bool
}

// Show rewrites the line.
func (l *Line) Show(format string, args ...any) {
	if l.On {
		l.shown = true
		_, _ = fmt.Fprintf(l.W, EraseLine+format, args...)
	}
}

// Erase erases the line if one is shown.
func (l *Line) Erase() {
	if l.shown {
		_, _ = io.WriteString(l.W, EraseLine)
	}
	l.shown = false
}
