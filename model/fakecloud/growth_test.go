//go:build unix

package fakecloud_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"net/http"
	"runtime"
	"sync"
	"testing"
	"time"

	"github.com/alicert/alicert/model/account"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/model/fakecloud"
	"github.com/alicert/alicert/testdata"
	"github.com/alicert/alicert/validate"
)

// growthSize is how many domains the large accounts of benchmarks have.
var growthSize = flag.Int("growth.size", 100_000, "number of domains in the benchmarks of growth")

func domainName(i int) string { return fmt.Sprintf("d%07d.example.com", i) }

// largeState has n domains that are being configured if pending is set, and n certificates
// and listeners.
func largeState(t testing.TB, n int, pending bool) (s account.State) {
	t.Helper()
	pem := testdata.Read("p256/chain3.pem")
	leaf, err := validate.ParseLeaf(pem)
	if err != nil {
		t.Fatal(err)
	}
	for i := range n {
		name, lb := domainName(i), fmt.Sprintf("alb-%07d", i/10)
		s.CDN.Domains = s.CDN.Domains.Set(name, cdn.Domain{Configuring: pending})
		s.CAS = s.CAS.Put(cas.Certificate{Name: name, ID: cas.IDOf(i + 1), Source: cas.FromCAS, Status: cas.Issued, PEM: pem, Leaf: leaf, KeyStored: true})
		s.ALB.LoadBalancers = s.ALB.LoadBalancers.Set(lb, alb.LoadBalancer{Edition: alb.Standard})
		s.ALB.Listeners = s.ALB.Listeners.Set(fmt.Sprintf("lsn-%07d", i), alb.Listener{LoadBalancer: lb, Protocol: alb.HTTPS, Port: 443, Status: alb.Running})
	}
	return s
}

// pageOfDomains reads a page of 50 domains.
func pageOfDomains(number int) account.Input {
	return onCDN(cdn.DescribeUserDomains{RequestID: "r", PageNumber: number, PageSize: 50})
}

// TestPageOfPendingDomains checks that a page of domains counts as a look at those that it
// shows, and at no other, while all of them are pending.
func TestPageOfPendingDomains(t *testing.T) {
	const domains, polls = 180, 2
	cloud := fakecloud.New(fakecloud.Options{State: largeState(t, domains, true), Progress: fakecloud.Polls(polls)})
	pending := func() (count [4]int) {
		for i := range domains {
			if d, _ := cloud.State().CDN.Domains.Get(domainName(i)); d.Configuring {
				count[i/50]++
			}
		}
		return count
	}
	for _, test := range []struct {
		page int
		want [4]int
	}{
		{1, [4]int{50, 50, 50, 30}}, // the first look at the first page
		{3, [4]int{50, 50, 50, 30}},
		{5, [4]int{50, 50, 50, 30}}, // nothing is on this page
		{3, [4]int{50, 50, 0, 30}},
		{3, [4]int{50, 50, 0, 30}},
		{1, [4]int{0, 50, 0, 30}},
		{4, [4]int{0, 50, 0, 30}},
		{2, [4]int{0, 50, 0, 30}},
		{4, [4]int{0, 50, 0, 0}},
	} {
		cloud.Apply(pageOfDomains(test.page))
		if got := pending(); got != test.want {
			t.Fatalf("page %d: %v are pending; want %v", test.page, got, test.want)
		}
	}
	checkJournal(t, cloud, 0)
}

// TestPendingElsewhere holds the time of a page while 20,000 domains are pending against
// that while 200 are. The bound is generous; sorting the pending ones takes over a hundred
// times as long.
func TestPendingElsewhere(t *testing.T) {
	page := func(n int) time.Duration {
		cloud := fakecloud.New(fakecloud.Options{State: largeState(t, n, true), Progress: fakecloud.Polls(1000)})
		best := time.Hour
		for range 30 {
			started := time.Now()
			cloud.Apply(pageOfDomains(2))
			best = min(best, time.Since(started))
		}
		return best
	}
	if ratio := page(20_000).Seconds() / page(200).Seconds(); ratio > 20 {
		t.Errorf("%.0f times the time with a hundred times the pending domains", ratio)
	}
}

// BenchmarkPendingPage reads a page of 50 domains while all are pending.
func BenchmarkPendingPage(b *testing.B) {
	for _, n := range []int{1_000, *growthSize} {
		cloud := fakecloud.New(fakecloud.Options{State: largeState(b, n, true), Progress: fakecloud.Polls(1 << 30)})
		b.Run(fmt.Sprint(n), func(b *testing.B) {
			for b.Loop() {
				cloud.Apply(pageOfDomains(2))
			}
		})
	}
}

// stateReader counts the bytes of an answer, and measures the heap when it has half of
// them.
type stateReader struct {
	header http.Header
	n      int
	half   int
	heap   float64
}

func (w *stateReader) Header() http.Header { return w.header }
func (w *stateReader) WriteHeader(int)     {}
func (w *stateReader) Write(p []byte) (int, error) {
	if w.n += len(p); w.n >= w.half && w.heap == 0 {
		w.heap = live()
	}
	return len(p), nil
}

func getState(t testing.TB, cloud *fakecloud.Cloud, w http.ResponseWriter) {
	t.Helper()
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://127.0.0.1/_/state", http.NoBody)
	if err != nil {
		t.Fatal(err)
	}
	r.RemoteAddr = "127.0.0.1:1"
	cloud.ServeHTTP(w, r)
}

// TestStateStreams checks that an answer with the whole state is the state's JSON, and that
// it is not in memory as a whole.
func TestStateStreams(t *testing.T) {
	cloud := fakecloud.New(fakecloud.Options{State: largeState(t, 5_000, false)})
	size := func() int {
		text, err := json.Marshal(cloud.State())
		if err != nil {
			t.Fatal(err)
		}
		return len(text)
	}()
	before := live()
	w := &stateReader{header: http.Header{}, half: size / 2}
	getState(t, cloud, w)
	if more := w.heap - before; w.n != size+1 || more > mib(uint64(size))/4 {
		t.Errorf("%d bytes, and %.1f MiB on the heap at half of them; want %d bytes", w.n, more, size+1)
	}
}

// changeAt returns a change of a random domain.
func changeAt(i, n int) account.Input {
	return onCDN(cdn.ProtectionChanged{Domain: domainName(i * 7919 % n), On: i/n%2 == 0})
}

// openLarge opens a folder with a large state.
func openLarge(t testing.TB, dir string, n int) *fakecloud.Cloud {
	t.Helper()
	o := fakecloud.Options{NoAuth: true, Progress: fakecloud.Manual()}
	if n > 0 {
		o.State = largeState(t, n, false)
	}
	cloud, err := fakecloud.Open(dir, o, fakecloud.Seed{})
	if err != nil {
		t.Fatal(err)
	}
	return cloud
}

// BenchmarkDataCreate measures a first start with a large state, and the largest heap
// during it as a multiple of the state.
func BenchmarkDataCreate(b *testing.B) {
	before := live()
	s := largeState(b, *growthSize, false)
	state, peak := live()-before, 0.0
	for b.Loop() {
		stop := peakHeap()
		cloud, err := fakecloud.Open(b.TempDir(), fakecloud.Options{State: s}, fakecloud.Seed{})
		peak = max(peak, stop()-before)
		if err != nil {
			b.Fatal(err)
		}
		_ = cloud.Close()
	}
	b.ReportMetric(peak/state, "peak/state")
}

// BenchmarkDataOpen measures the same for a start with a folder that has the state.
func BenchmarkDataOpen(b *testing.B) {
	dir := b.TempDir()
	before := live()
	cloud := openLarge(b, dir, *growthSize)
	state, peak := live()-before, 0.0
	_ = cloud.Close()
	for b.Loop() {
		stop := peakHeap()
		cloud := openLarge(b, dir, 0)
		peak = max(peak, stop()-before)
		_ = cloud.Close()
	}
	b.ReportMetric(peak/state, "peak/state")
}

// peakHeap measures the heap again and again until stop is called, which returns the
// largest size in MiB. It counts what is not collected yet.
func peakHeap() (stop func() float64) {
	ended, result := make(chan struct{}), make(chan float64)
	go func() {
		peak := 0.0
		for {
			select {
			case <-ended:
				result <- peak
				return
			case <-time.After(5 * time.Millisecond):
				var m runtime.MemStats
				runtime.ReadMemStats(&m)
				peak = max(peak, mib(m.HeapAlloc))
			}
		}
	}()
	return func() float64 {
		close(ended)
		return <-result
	}
}

// BenchmarkDataChange measures a change in a small and in a large folder, one after the
// other and of 64 callers at once.
func BenchmarkDataChange(b *testing.B) {
	for _, n := range []int{10, *growthSize} {
		cloud, next := openLarge(b, b.TempDir(), n), 0 // each change is another one
		b.Run(fmt.Sprintf("alone/%d", n), func(b *testing.B) {
			for ; b.Loop(); next++ {
				cloud.Apply(changeAt(next, n))
			}
		})
		b.Run(fmt.Sprintf("64 at once/%d", n), func(b *testing.B) {
			for ; b.Loop(); next += 64 {
				var all sync.WaitGroup
				for k := range 64 {
					all.Go(func() { cloud.Apply(changeAt(next+k, n)) })
				}
				all.Wait()
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(64*b.N), "ns/change")
		})
		_ = cloud.Close()
	}
}

var growthTest = flag.Int("growth.test", 5_000, "number of domains in TestChangesOfLargeFolders")

// TestChangesOfLargeFolders holds the time of a change in a large folder against that in a
// small one. The changes alternate; the median of both counts. The bound is generous.
func TestChangesOfLargeFolders(t *testing.T) {
	const small, rounds = 10, 101
	sizes := []int{small, *growthTest}
	var clouds []*fakecloud.Cloud
	for _, n := range sizes {
		clouds = append(clouds, openLarge(t, t.TempDir(), n))
	}
	took := make([][]float64, len(sizes))
	for round := range rounds {
		for i, n := range sizes {
			started := time.Now()
			clouds[i].Apply(changeAt(round, n))
			took[i] = append(took[i], time.Since(started).Seconds())
		}
	}
	for _, cloud := range clouds {
		if err := cloud.Close(); err != nil {
			t.Error(err)
		}
	}
	ratio := median(took[1]) / median(took[0])
	t.Logf("%.2f times the time with %d domains", ratio, sizes[1])
	if ratio > 8 {
		t.Errorf("a change takes %.1f times the time with %d domains", ratio, sizes[1])
	}
}

// TestChangesShareCommits checks that changes that arrive during a write are written
// together.
func TestChangesShareCommits(t *testing.T) {
	const changes = 40
	cloud := openPersisted(t, t.TempDir(), fakecloud.Options{Progress: fakecloud.Manual()})
	gate := &countingLock{}
	cloud.GuardUpdates(gate)
	gate.mu.Lock() // a slow disk
	var all sync.WaitGroup
	for i := range changes {
		all.Go(func() { cloud.Apply(onCDN(cdn.DomainAdded{Name: domainName(i)})) })
	}
	if !eventually(func() bool { return cloud.Unsettled().CDN.Domains.Len() == changes+1 }) {
		t.Fatal("the changes do not take effect while one is being written")
	}
	gate.mu.Unlock()
	all.Wait()
	if gate.locked > 3 {
		t.Errorf("%d commits of %d changes", gate.locked, changes)
	}
	if n := cloud.State().CDN.Domains.Len(); n != changes+1 {
		t.Errorf("%d domains", n)
	}
}

// countingLock is a lock that counts how often it was taken.
type countingLock struct {
	mu     sync.Mutex
	locked int
}

func (l *countingLock) Lock() {
	l.mu.Lock()
	l.locked++
}

func (l *countingLock) Unlock() { l.mu.Unlock() }
