package main

import (
	"cmp"
	"context"
	"errors"
	"os"
	"slices"
	"time"
)

// longest is the longest turn of a target. A turn begins with running all inputs
// that are kept, so short ones are dear.
const longest = time.Minute

// shares returns how many turns of what length give each target its time.
func shares(each time.Duration) (turns int, d time.Duration) {
	if each <= 0 {
		return 0, 0
	}
	turns = int((each + longest - 1) / longest)
	return turns, each / time.Duration(turns)
}

// fuzzAll runs the targets in turn, until their time is over or ctx is done.
func fuzzAll(ctx context.Context, opts options, targets []target, p *progress) (summary, error) {
	dir, err := os.MkdirTemp("", "fuzzall")
	if err != nil {
		return summary{}, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	defer p.Erase()
	e, err := newEngine(ctx, dir, opts.parallel)
	if err != nil {
		return summary{}, err
	}
	each := opts.each
	if opts.total > 0 {
		each = max(opts.total/time.Duration(len(targets)), time.Second)
	}
	turns, d := shares(each)
	sum := summary{Targets: make([]result, len(targets)), Parallel: opts.parallel}
	for i, t := range targets {
		sum.Targets[i].Package, sum.Targets[i].Name = t.pkg, t.name
	}
	remaining := time.Duration(len(targets)*turns) * d
	for range turns {
		for i, t := range targets {
			r := &sum.Targets[i]
			if remaining -= d; r.failed() {
				continue
			}
			if ctx.Err() != nil {
				sum.Interrupted = true
				break
			}
			note := func(s status) {
				p.Show("%s, %d of %d: %d executions, %d inputs; %s left, %d failed",
					t, i+1, len(targets), r.Executions+s.executions, s.corpus, left(remaining), sum.failures())
			}
			note(status{corpus: r.Corpus})
			took, err := e.fuzz(ctx, t, d, note)
			if r.add(took, err, ctx.Err() != nil); r.failed() {
				p.say("--- FAIL: %s\n%s", t, r.Failure)
			}
			r.Codes = e.earned(t)
		}
	}
	if opts.ceiling > 0 {
		measureCeilings(ctx, e, opts.ceiling, targets, &sum, p)
	}
	sum.Interrupted = sum.Interrupted || ctx.Err() != nil
	return sum, nil
}

// measureCeilings runs every target with an empty body.
func measureCeilings(ctx context.Context, e *engine, d time.Duration, targets []target, sum *summary, p *progress) {
	for i, t := range targets {
		if ctx.Err() != nil {
			return
		}
		p.Show("%s, %d of %d: with an empty body", t, i+1, len(targets))
		took, err := e.empty(ctx, t, d)
		switch r := &sum.Targets[i]; {
		case errors.Is(err, errNoBody), ctx.Err() != nil:
		case err != nil:
			p.say("%s with an empty body: %v", t, err)
			r.Failure = err.Error()
		default:
			r.Ceiling = rate(took.executions, took.took)
		}
	}
}

// add adds one turn to a result. What goes wrong when it is interrupted is of no
// interest.
func (r *result) add(t turn, err error, interrupted bool) {
	r.Executions += t.executions
	r.Added += t.added
	r.Corpus = cmp.Or(t.corpus, r.Corpus)
	r.Seconds += t.took.Seconds()
	switch {
	case err != nil && !interrupted:
		r.Failure = err.Error()
	case t.crash != "":
		r.Failure, r.Input = t.crash, t.file
	}
}

func rate(executions int, took time.Duration) float64 {
	if took <= 0 {
		return 0
	}
	return float64(executions) / took.Seconds()
}

func distinct(texts []string) []string {
	slices.Sort(texts)
	return slices.Compact(texts)
}
