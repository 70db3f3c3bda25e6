package main

import (
	"fmt"
	"time"

	"github.com/alicert/alicert/internal/cli"
)

// progress is a line of progress, and lines that stay.
type progress struct{ cli.Line }

// say writes a line that stays.
func (p *progress) say(format string, args ...any) {
	p.Erase()
	_, _ = fmt.Fprintf(p.W, format+"\n", args...)
}

// left is a time for people.
func left(d time.Duration) string { return max(d, 0).Round(time.Second).String() }
