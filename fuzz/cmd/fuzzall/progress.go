package main

import (
	"fmt"
	"io"
	"time"
)

// progress is one line on a terminal, which is rewritten and erased at the end.
type progress struct {
	w     io.Writer
	on    bool
	shown bool
}

const eraseLine = "\r\x1b[K"

func (p *progress) show(format string, args ...any) {
	if p.on {
		p.shown = true
		_, _ = fmt.Fprintf(p.w, eraseLine+format, args...)
	}
}

func (p *progress) erase() {
	if p.shown {
		_, _ = io.WriteString(p.w, eraseLine)
	}
}

// say writes a line that stays.
func (p *progress) say(format string, args ...any) {
	p.erase()
	_, _ = fmt.Fprintf(p.w, format+"\n", args...)
}

// left is a time for people.
func left(d time.Duration) string { return max(d, 0).Round(time.Second).String() }
