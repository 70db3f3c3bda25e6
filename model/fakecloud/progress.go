package fakecloud

import (
	"cmp"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/alicert/alicert/internal/redact"
)

// Progress says when a rollout or a job ends on its own. The zero value is
// PollsOrAfter(1, time.Second): a client that polls finds the end with its second look,
// and a client that never polls can deploy again after a second, or retry at once after
// a refusal.
type Progress struct {
	kind  progressKind
	polls int
	after time.Duration
}

// progressKind is a set of reasons for an end.
type progressKind uint8

const (
	byPolls progressKind = 1 << iota
	byTime
	byEvent // only events end anything
)

// Manual ends rollouts and jobs by events of the model only: cdn.ConfigurationFinished,
// alb.JobFinished and alb.JobFailed. Cloud.Finish, FinishAll and FailJob apply them.
func Manual() Progress { return Progress{kind: byEvent} }

// Polls ends a rollout or a job after n answers that show it: reads that contain the
// domain, the listener, its pending certificates or the job, and requests that are
// refused because of it. A page of a list shows what is on it. With n = 0 it ends before
// the next input.
func Polls(n int) Progress { return Progress{kind: byPolls, polls: max(n, 0)} }

// After ends a rollout or a job after a duration, measured by Options.Elapsed. After a
// restart, Open computes the remaining duration from the wall clock.
func After(d time.Duration) Progress { return Progress{kind: byTime, after: max(d, 0)} }

// PollsOrAfter ends a rollout or a job as Polls(n) or as After(d) does, whichever comes
// first.
func PollsOrAfter(n int, d time.Duration) Progress {
	return Progress{kind: byPolls | byTime, polls: max(n, 0), after: max(d, 0)}
}

func (p Progress) withDefault() Progress {
	if p.kind == 0 {
		return PollsOrAfter(1, time.Second)
	}
	return p
}

func (p Progress) is(kind progressKind) bool { return p.kind&kind != 0 }

// String returns the form that ParseProgress reads.
func (p Progress) String() string {
	var parts []string
	p = p.withDefault()
	if p.is(byPolls) {
		parts = append(parts, "polls="+strconv.Itoa(p.polls))
	}
	if p.is(byTime) {
		parts = append(parts, "after="+p.after.String())
	}
	return cmp.Or(strings.Join(parts, ","), "manual")
}

// ParseProgress parses "polls=N", "after=DURATION", both joined by a comma, or "manual".
func ParseProgress(text string) (Progress, error) {
	if text == "manual" {
		return Manual(), nil
	}
	var p Progress
	for part := range strings.SplitSeq(text, ",") {
		if !p.add(part) {
			return Progress{}, fmt.Errorf("want polls=N, after=DURATION, polls=N,after=DURATION or manual, got %q", redact.Text(text))
		}
	}
	return p, nil
}

// add parses one part of the text and reports whether it is valid and the first of its
// name.
func (p *Progress) add(part string) bool {
	name, value, _ := strings.Cut(part, "=")
	kind, err := byPolls, error(nil)
	switch name {
	case "polls":
		p.polls, err = strconv.Atoi(value)
	case "after":
		kind = byTime
		p.after, err = time.ParseDuration(value)
	default:
		return false
	}
	twice := p.is(kind)
	p.kind |= kind
	return err == nil && !twice && p.polls >= 0 && p.after >= 0
}
