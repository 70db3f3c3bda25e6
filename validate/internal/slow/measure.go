package slow

import (
	"runtime"
	"strconv"
	"testing"
	"time"

	"github.com/alicert/alicert/validate/internal/compare/contend"
)

// What one call on input within the default limits may cost.
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
	start := contend.CPUTime()
	f()
	took := contend.CPUTime() - start
	runtime.ReadMemStats(&after)
	return Cost{took, after.TotalAlloc - before.TotalAlloc}
}

// Measure calls f until it stays well within the bounds, or often in vain: on a busy
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

// Check fails a test that went beyond the bounds. Processor time on a shared machine
// is told too long by up to three times; with the race detector, and without
// assembly for 32 bits, it is about ten times as long. What the bounds are for goes
// beyond them by far more.
func (c Cost) Check(tb testing.TB, about string) {
	tb.Helper()
	most := 3 * MostTime
	if raceDetector || strconv.IntSize == 32 {
		most *= 5
	}
	if c.Time > most || !raceDetector && c.Allocated > MostAllocated {
		tb.Errorf("%s: %v and %d KiB; the bounds are %v and %d KiB", about, c.Time, c.Allocated>>10, most, MostAllocated>>10)
	}
}
