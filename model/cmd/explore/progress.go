package main

import (
	"fmt"
	"io"

	"github.com/alicert/alicert/model"
)

// progress is one line on a terminal, which is rewritten and erased at the end.
type progress struct {
	w     io.Writer
	on    bool
	shown bool
}

const eraseLine = "\r\x1b[K"

// limits returns the limits with the progress shown.
func (p *progress) limits(l model.Limits) model.Limits {
	if p.on {
		l.Progress = p.show
	}
	return l
}

func (p *progress) show(at model.Progress) {
	p.shown = true
	_, _ = fmt.Fprintf(p.w, "%sdepth %d, %d of %d states, %d transitions, %d outcomes",
		eraseLine, at.Depth, at.Expanded, at.States, at.Transitions, at.Outcomes)
}

func (p *progress) erase() {
	if p.shown {
		_, _ = io.WriteString(p.w, eraseLine)
	}
}
