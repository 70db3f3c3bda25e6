package main

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/alicert/alicert/validate/internal/compare/baseline"
)

// result is what was measured of one pair.
type result struct {
	Name   string
	Base   time.Duration      // one tls.X509KeyPair
	Ratios map[string]float64 // of the others, by name
	Allocs map[string]float64
	Others []string // the names in order
}

// batch is how long a baseline runs before the next one takes its turn.
const batch = 2 * time.Millisecond

// runner is a baseline with one pair.
type runner struct {
	check func() error
	count int // checks in a batch
	spent []time.Duration
}

func measure(p baseline.Pair, rounds int) (result, error) {
	r := result{Name: p.Name, Ratios: map[string]float64{}, Allocs: map[string]float64{}}
	var runners []*runner
	baselines := baseline.All()
	for _, c := range baselines {
		check, err := c.Prepare(p)
		if err != nil {
			return r, err
		}
		if err := check(); err != nil {
			return r, fmt.Errorf("%s: %w", c.Name, err)
		}
		r.Allocs[c.Name] = testing.AllocsPerRun(10, func() { _ = check() })
		runners = append(runners, &runner{check: check, count: inBatch(check)})
	}
	for round := range rounds {
		for i := range runners {
			runners[(round+i)%len(runners)].run()
		}
	}
	base := runners[0].spent
	r.Base = median(base)
	for i, c := range baselines[1:] {
		ratios := make([]float64, rounds)
		for round := range ratios {
			ratios[round] = float64(runners[i+1].spent[round]) / float64(base[round])
		}
		r.Ratios[c.Name] = median(ratios)
		r.Others = append(r.Others, c.Name)
	}
	return r, nil
}

// inBatch returns how many checks fill a batch.
func inBatch(check func() error) int {
	for count := 1; ; count *= 2 {
		start := time.Now()
		for range count {
			_ = check()
		}
		if took := time.Since(start); took >= batch {
			return count
		}
	}
}

// run runs one batch.
func (r *runner) run() {
	start := baseline.CPUTime()
	for range r.count {
		_ = r.check()
	}
	r.spent = append(r.spent, (baseline.CPUTime()-start)/time.Duration(r.count))
}

func median[T time.Duration | float64](values []T) T {
	sorted := slices.Sorted(slices.Values(values))
	return sorted[len(sorted)/2]
}
