package fuzz

import (
	"context"
	"fmt"
	"io"
	"time"

	"github.com/alicert/alicert/model"
)

// Pace limits the rate and the length of a [Soak].
type Pace struct {
	// Every is the least time between two inputs, for a service that limits the
	// rate of calls; 0 means no limit.
	Every time.Duration
	// Inputs is the number of inputs to send; 0 means until the context is done.
	Inputs int
	// Progress receives a line every ProgressEvery (0 means a second) and one at
	// the end. Nil means none.
	Progress      io.Writer
	ProgressEvery time.Duration
}

// Soak sends inputs to a system that cannot be restarted, such as a real service in a
// sandbox account. The machine follows one long sequence, selected by Options.Seed,
// until Pace.Inputs were sent or ctx is done. The system must be in the machine's
// initial state.
//
// It returns the number of inputs sent. The error is a [*Failure] if system and machine
// differ or an invariant breaks. Soak does not shrink a failure, because it cannot ask
// the system again.
func Soak[S, I, O any](ctx context.Context, m model.Machine[S, I, O], system model.System[I, O], o Options[S, I, O], pace Pace) (inputs int, err error) {
	f := follow(m, system, o)
	s := soak{pace: pace, started: time.Now(), seed: o.Seed}
	defer func() { s.progress(len(f.sent), f.unknown, len(f.branches), true) }()
	for n := uint64(0); ; n++ {
		sequence := begin(o.Generator, randomBytes(o.Seed, n, orDefault(o.Bytes, 1024)), m)
		for {
			if ctx.Err() != nil || pace.Inputs > 0 && len(f.sent) >= pace.Inputs {
				return len(f.sent), nil
			}
			input, ok := sequence.Next()
			if !ok {
				break
			}
			if !s.wait(ctx) {
				return len(f.sent), nil
			}
			answered, failed := f.next(ctx, input)
			switch {
			case ctx.Err() != nil: // whatever came of the last one
				return len(f.sent), nil
			case failed != nil:
				o.describe(m, nil, failed)
				return len(f.sent), failed
			case f.isLost():
				return len(f.sent), fmt.Errorf("fuzz: %d inputs of %d had no answer: too little is known of the system's state to go on", f.unknown, len(f.sent))
			case answered:
				sequence.Learn(input, f.last)
			}
			s.progress(len(f.sent), f.unknown, len(f.branches), false)
		}
	}
}

type soak struct {
	pace           Pace
	seed           uint64
	started        time.Time
	sent, reported time.Time
}

// wait keeps the pace; it returns false when the context is done.
func (s *soak) wait(ctx context.Context) bool {
	if rest := s.pace.Every - time.Since(s.sent); rest > 0 && !s.sent.IsZero() {
		select {
		case <-ctx.Done():
			return false
		case <-time.After(rest):
		}
	}
	s.sent = time.Now()
	return true
}

func (s *soak) progress(inputs, unknown, states int, last bool) {
	every := s.pace.ProgressEvery
	if every == 0 {
		every = time.Second
	}
	if s.pace.Progress == nil || !last && time.Since(s.reported) < every {
		return
	}
	s.reported = time.Now()
	_, _ = fmt.Fprintf(s.pace.Progress, "seed %d: %d inputs in %s, %d without an answer, %d possible states\n",
		s.seed, inputs, time.Since(s.started).Round(time.Millisecond), unknown, states)
}
