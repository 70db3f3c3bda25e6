package fakecloud

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/alicert/alicert/internal/redact"
)

// Progress says when a rollout or a job ends on its own. The zero value is Polls(1).
type Progress struct {
	kind  progressKind
	polls int
	after time.Duration
}

type progressKind uint8

const (
	byPolls progressKind = iota + 1
	byTime
	byEvent
)

// Manual ends rollouts and jobs by events of the model only: cdn.ConfigurationFinished,
// alb.JobFinished and alb.JobFailed.
func Manual() Progress { return Progress{kind: byEvent} }

// Polls ends a rollout or a job after n answers that show it as pending: reads of the
// domain, the listener or the job, and requests that are refused because of it. With n =
// 0 it ends before the next input.
func Polls(n int) Progress { return Progress{kind: byPolls, polls: max(n, 0)} }

// After ends a rollout or a job after a duration, measured by Options.Elapsed. After a
// restart, Open computes the remaining duration from the wall clock.
func After(d time.Duration) Progress { return Progress{kind: byTime, after: d} }

func (p Progress) withDefault() Progress {
	if p.kind == 0 {
		return Polls(1)
	}
	return p
}

// String returns the form that ParseProgress reads.
func (p Progress) String() string {
	switch p = p.withDefault(); p.kind {
	case byPolls:
		return "polls=" + strconv.Itoa(p.polls)
	case byTime:
		return "after=" + p.after.String()
	default:
		return "manual"
	}
}

// ParseProgress parses "polls=N", "after=DURATION" or "manual".
func ParseProgress(text string) (Progress, error) {
	kind, value, _ := strings.Cut(text, "=")
	switch kind {
	case "polls":
		if n, err := strconv.Atoi(value); err == nil && n >= 0 {
			return Polls(n), nil
		}
	case "after":
		if d, err := time.ParseDuration(value); err == nil && d >= 0 {
			return After(d), nil
		}
	case "manual":
		if text == kind {
			return Manual(), nil
		}
	}
	return Progress{}, fmt.Errorf("want polls=N, after=DURATION or manual, got %q", redact.Text(text))
}
