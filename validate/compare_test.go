package validate_test

import (
	"strings"
	"sync/atomic"
	"testing"

	"github.com/alicert/alicert/testdata"
	"github.com/alicert/alicert/validate"
	"github.com/alicert/alicert/validate/internal/compare/baseline"
)

// BenchmarkCompare runs the baselines side by side, for benchstat:
//
//	go test -run '^$' -bench Compare -count 10 ./validate | benchstat -col /by -
//
// With -tags openssl OpenSSL takes part. On a busy machine the command
// validate/internal/compare, whose baselines take turns, tells more.
func BenchmarkCompare(b *testing.B) {
	for _, pair := range readPairs(b) {
		for _, c := range baseline.All() {
			check, err := c.Prepare(pair)
			if err != nil {
				b.Fatal(err)
			}
			b.Run(pair.Name+"/by="+c.Name, func(b *testing.B) {
				b.ReportAllocs()
				for b.Loop() {
					if err := check(); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

// BenchmarkBatch checks pairs of all types of keys in turn, on as many cores as
// -cpu says: go test -run '^$' -bench Batch -cpu 1,2 ./validate
func BenchmarkBatch(b *testing.B) {
	pairs := readPairs(b)
	for _, c := range baseline.All() {
		checks := make([]func() error, len(pairs))
		for i, pair := range pairs {
			var err error
			if checks[i], err = c.Prepare(pair); err != nil {
				b.Fatal(err)
			}
		}
		b.Run("by="+c.Name, func(b *testing.B) {
			var next atomic.Uint64
			start := baseline.CPUTime()
			b.RunParallel(func(pb *testing.PB) {
				for i := next.Add(1); pb.Next(); i++ {
					if err := checks[i%uint64(len(checks))](); err != nil {
						b.Error(err)
					}
				}
			})
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "checks/s")
			b.ReportMetric(float64(b.N)/(baseline.CPUTime()-start).Seconds(), "checks/CPU-s")
		})
	}
}

func readPairs(tb testing.TB) []baseline.Pair {
	tb.Helper()
	pairs, err := baseline.ReadPairs(testdata.PKI())
	if err != nil {
		tb.Fatal(err)
	}
	return pairs
}

// TestAllocations: time is measured elsewhere, but what a verdict allocates does
// not depend on the machine. What there is, crypto/ecdh takes for the leaf's key and
// the scalar that it is given; the rest of a chain takes none.
func TestAllocations(t *testing.T) {
	most := map[string]float64{"p256": 8, "p384": 11}
	for _, pair := range readPairs(t) {
		req, opts := pairRequest(string(pair.Cert), string(pair.Key)), validate.Options{Now: inPeriod}
		got := testing.AllocsPerRun(20, func() { _ = validate.Verdict(req, opts) })
		keyType, _, _ := strings.Cut(pair.Name, "/")
		if got > most[keyType] {
			t.Errorf("%s: %v allocations, more than %v", pair.Name, got, most[keyType])
		}
	}
}
