package slow

import (
	"runtime"
	"runtime/debug"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/alicert/alicert/validate/internal/compare/baseline"
)

// The most that one call on input within the default limits may cost.
const (
	MostTime      = 20 * time.Millisecond // of the processor
	MostAllocated = 16 << 20              // bytes
)

// A Cost is what one call took, at best.
type Cost struct {
	Time      time.Duration
	Allocated uint64
}

// Once measures one call of f.
func Once(f func()) Cost {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	start := baseline.CPUTime()
	f()
	took := baseline.CPUTime() - start
	runtime.ReadMemStats(&after)
	return Cost{took, after.TotalAlloc - before.TotalAlloc}
}

// Measure calls f until it stays well within the bounds, at most 20 times: on a busy
// machine one call says little.
func Measure(f func()) Cost {
	const most = 20
	least := Once(f)
	for n := 1; n < most && (least.Time > MostTime/2 || least.Allocated > MostAllocated); n++ {
		again := Once(f)
		least = Cost{min(least.Time, again.Time), min(least.Allocated, again.Allocated)}
	}
	return least
}

// Check fails a test that went beyond the bounds. A shared machine reports up to three
// times the processor time; the race detector, and 32 bits without assembly, take about
// ten times as long. The faults that the bounds are for exceed them by far more.
func (c Cost) Check(tb testing.TB, about string) {
	tb.Helper()
	most := 3 * MostTime
	race := raceDetector()
	if race || strconv.IntSize == 32 {
		most *= 5
	}
	if c.Time > most || !race && c.Allocated > MostAllocated {
		tb.Errorf("%s: %v and %d KiB; the bounds are %v and %d KiB", about, c.Time, c.Allocated>>10, most, MostAllocated>>10)
	}
}

// raceDetector reports whether the program was built with the race detector.
func raceDetector() bool {
	info, ok := debug.ReadBuildInfo()
	return ok && slices.Contains(info.Settings, debug.BuildSetting{Key: "-race", Value: "true"})
}
