package fakecloud

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/alicert/alicert/internal/redact"
)

// Progress says when a roll-out or a job ends that nobody ends by an event. The
// zero value is Polls(1).
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

// Manual leaves it to the events of the model: cdn.ConfigurationFinished,
// alb.JobFinished and alb.JobFailed.
func Manual() Progress { return Progress{kind: byEvent} }

// Polls has n answers show that it is still going on: reads of the domain, the
// listener or the job, and requests that are refused for it. Then it ends. With
// 0 it ends before anything else is answered.
func Polls(n int) Progress { return Progress{kind: byPolls, polls: max(n, 0)} }

// After ends it after a duration on the monotonic clock of the options. A cloud that
// is opened again goes by its wall clock for what is left of the duration.
func After(d time.Duration) Progress { return Progress{kind: byTime, after: d} }

func (p Progress) withDefault() Progress {
	if p.kind == 0 {
		return Polls(1)
	}
	return p
}

// String returns the progress as ParseProgress reads it.
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

// ParseProgress reads "polls=N", "after=DURATION" or "manual".
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
