package cdn_test

import (
	"fmt"
	"runtime"
	"sync"
	"testing"
	"time"

	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/cdn"
)

// benchSizes are numbers of domains; each has a certificate of its own name.
var benchSizes = []int{10, 1_000, 1_000_000}

// account is a state of many domains, and checks to be used again and again, so
// that no benchmark measures the checking of certificates.
type account struct {
	state     cdn.State
	domains   int
	upload    set
	perRecord float64 // bytes of a domain with its certificate
	built     time.Duration
}

// accounts are built once, for they take seconds.
var accounts = map[int]func() *account{}

func accountOf(b *testing.B, domains int) *account {
	b.Helper()
	if accounts[domains] == nil {
		accounts[domains] = sync.OnceValue(func() *account { return newAccount(b, domains) })
	}
	return accounts[domains]()
}

func domainName(i int) string { return fmt.Sprintf("d%07d.example.com", i) }

func certName(i int) string { return fmt.Sprintf("certificate %07d", i) }

func newAccount(b *testing.B, domains int) *account {
	b.Helper()
	p := pairA()
	a := &account{domains: domains, upload: in(p.upload(www, "n")).Action.(set)}
	before, started := heap(), time.Now()
	s := cdn.Scenario{}.CenterCertificate("cas", p.pem).State()
	for i := range domains {
		for _, input := range []cdn.Input{
			event(cdn.DomainAdded{Name: domainName(i)}),
			a.set(i, certName(i)),
			event(cdn.ConfigurationFinished{Domain: domainName(i)}),
		} {
			next, output := step(s, input)
			if !output.OK() {
				b.Fatal(output.Outcome())
			}
			s = next
		}
	}
	a.state, a.built = s, time.Since(started)
	a.perRecord = float64(heap()-before) / float64(domains)
	return a
}

func heap() uint64 {
	runtime.GC()
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return stats.HeapAlloc
}

// set is an upload for the i-th domain that checks nothing again.
func (a *account) set(i int, name string) cdn.Input {
	in := a.upload
	in.DomainName, in.CertName = domainName(i), name
	return event(in)
}

func (a *account) forced(i int) cdn.Input {
	in := a.set(i, certName(i)).Action.(set)
	in.Overwrite = true
	return event(in)
}

// BenchmarkStep measures one step on one core from a state that stays the same,
// at a domain that does not: steps/s.
func BenchmarkStep(b *testing.B) {
	kinds := []struct {
		name, want string
		input      func(a *account, i int) cdn.Input
	}{
		{"accept/upload", "Success", func(a *account, i int) cdn.Input { return a.set(i, "new") }},
		{"accept/upload without name", "Success", func(a *account, i int) cdn.Input { return a.set(i, "") }},
		{"accept/ForceSet", "Success", func(a *account, i int) cdn.Input { return a.forced(i) }},
		{"accept/cas", "Success", func(_ *account, i int) cdn.Input {
			return event(set{DomainName: domainName(i), Status: "on", CertType: "cas", CertName: "cas"})
		}},
		{"accept/off", "Success", func(_ *account, i int) cdn.Input {
			return event(set{DomainName: domainName(i), Status: "off"})
		}},
		{"reject/request", "KeyMismatch", func(*account, int) cdn.Input {
			p := pair{pairA().pem, pairB().key}
			return in(p.upload(www, "n"))
		}},
		{"reject/DomainNotFound", "DomainNotFound", func(_ *account, i int) cdn.Input {
			return event(set{DomainName: "x" + domainName(i)})
		}},
		{"reject/CertNameDuplicated", "CertNameDuplicated", func(a *account, i int) cdn.Input { return a.set(i, certName(i)) }},
		{"event/applies", "Success", func(_ *account, i int) cdn.Input {
			return event(cdn.ProtectionChanged{Domain: domainName(i), On: true})
		}},
		{"event/ignored", "Ignored", func(_ *account, i int) cdn.Input {
			return event(cdn.ConfigurationFinished{Domain: domainName(i)})
		}},
	}
	for _, domains := range benchSizes {
		for _, kind := range kinds {
			b.Run(fmt.Sprintf("%s/%d", kind.name, domains), func(b *testing.B) {
				a := accountOf(b, domains)
				inputs := make([]cdn.Input, 1024)
				for i := range inputs {
					inputs[i] = kind.input(a, i*7919%domains)
				}
				b.ReportAllocs()
				var output model.Output
				for i := 0; b.Loop(); i++ {
					_, output = step(a.state, inputs[i%len(inputs)])
				}
				b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "steps/s")
				if output.Outcome() != kind.want {
					b.Fatal(output.Outcome())
				}
			})
		}
	}
}

// BenchmarkMemory measures what a stored domain with a certificate of its own
// takes, without the certificate's text, which is kept once by content, and how
// long three steps for each take to build such a state. A million of them:
//
//	go test ./model/cdn -run '^$' -bench 'Memory/1000000$' -benchtime 1x
func BenchmarkMemory(b *testing.B) {
	for _, domains := range benchSizes[1:] {
		b.Run(fmt.Sprint(domains), func(b *testing.B) {
			a := accountOf(b, domains)
			for b.Loop() {
				runtime.KeepAlive(a)
			}
			b.ReportMetric(a.perRecord, "bytes/domain+certificate")
			b.ReportMetric(a.built.Seconds(), "s/building")
		})
	}
}

// BenchmarkKey measures the canonical text of a state of two domains, as
// exploring needs it for every transition.
func BenchmarkKey(b *testing.B) {
	s := cdn.Scenario{}.HTTPSDomain(www).Certificate("A", pairA().pem).Bound().HTTPSDomain(shop).Certificate("B", pairB().pem).Bound().State()
	b.ReportAllocs()
	for b.Loop() {
		s.Key()
	}
}
