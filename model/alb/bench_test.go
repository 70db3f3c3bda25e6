package alb_test

import (
	"fmt"
	"sync"
	"testing"

	"github.com/alicert/alicert/internal/universe"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cas"
)

// region is a state of n listeners, each on a load balancer of its own with one
// additional certificate, and n certificates. Every 16th listener is being
// configured.
func region(n int) alb.State {
	var s alb.State
	id := func(i int) string { return cas.IDOf(i % n) }
	for i := range n {
		c := cas.Certificate{Name: "certificate " + id(i), ID: id(i), Source: cas.FromCAS, Status: cas.Issued, Listeners: 2}
		s.CAS.Certificates = s.CAS.Certificates.Set(c.Name, c)
		s.CAS.IDs = s.CAS.IDs.Set(c.ID, c.Name)
		l := alb.Listener{LoadBalancer: fmt.Sprintf("alb-%07d", i), Protocol: alb.HTTPS, Port: 443, Status: alb.Running, Default: id(i)}
		a := alb.Association{Status: alb.Associated}
		if i%16 == 0 {
			l.Status, l.Job = alb.Configuring, fmt.Sprintf("job-%07d", i)
			a = alb.Association{Status: alb.Associating, Job: l.Job}
			s.Jobs = s.Jobs.Set(l.Job, alb.Job{Operation: "AssociateAdditionalCertificatesWithListener", Listener: lsnID(i), Status: alb.Processing})
		}
		s.Listeners = s.Listeners.Set(lsnID(i), l)
		s.LoadBalancers = s.LoadBalancers.Set(l.LoadBalancer, alb.LoadBalancer{Edition: alb.Standard, Associations: 1})
		s.Associations = s.Associations.Set(lsnID(i)+" "+id(i+1), a)
	}
	return s
}

func lsnID(i int) string { return fmt.Sprintf("lsn-%07d", i) }

// benchmarkInputs are 1,024 inputs of each kind, spread over the listeners.
func benchmarkInputs(n int) map[string][]alb.Input {
	inputs := map[string][]alb.Input{}
	add := func(kind string, in alb.Input) { inputs[kind] = append(inputs[kind], in) }
	for k := range 1024 {
		i := k * 7919 % n
		if i%16 == 0 {
			i++
		}
		r, l := fmt.Sprintf("request-%d", k), lsnID(i)
		ask := func(certificate int) *request {
			return &request{ListenerID: l, CertificateIDs: []string{cas.IDOf(certificate % n)}}
		}
		add("accept", alb.Change(r, ask(i+2)))
		add("reject-associated", alb.Change(r, ask(i+1)))
		add("reject-unknown", alb.Change(r, &request{ListenerID: l, CertificateIDs: []string{"0-cn-nowhere"}}))
		add("reject-request", alb.Change(r, &request{ListenerID: l}))
		add("event-stopped", event(alb.ListenerStopped{ID: l}))
		add("event-finished", event(alb.JobFinished{Job: fmt.Sprintf("job-%07d", i/16*16)}))
		add("event-ignored", event(alb.ListenerStarted{ID: l}))
	}
	return inputs
}

// BenchmarkStep tells how the time of a step grows with the state. Every step is
// taken from the same state, in turn at 1,024 places of it.
func BenchmarkStep(b *testing.B) {
	for _, n := range []int{10, 1000, 1000000} {
		if n > 1000 && testing.Short() {
			continue
		}
		build := sync.OnceValues(func() (alb.State, map[string][]alb.Input) { return region(n), benchmarkInputs(n) })
		for _, kind := range []string{"accept", "reject-associated", "reject-unknown", "reject-request", "event-stopped", "event-finished", "event-ignored"} {
			b.Run(fmt.Sprintf("%s/%d", kind, n), func(b *testing.B) {
				m := alb.Machine{}
				s, inputs := build() // a million listeners take seconds: for those only who ask
				in := inputs[kind]
				b.ReportAllocs()
				b.ResetTimer()
				for i := range b.N {
					_, output := m.Step(s, in[i&1023])
					if output.Outcome() != expected[kind] {
						b.Fatalf("%+v: %+v", in[i&1023], output)
					}
				}
				b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "steps/s")
			})
		}
	}
}

var expected = map[string]string{
	"accept": "Success", "reject-associated": "CertificateAssociated", "reject-unknown": "CertificateNotFound", "reject-request": "CertificatesMissing",
	"event-stopped": "Success", "event-finished": "Success", "event-ignored": "Ignored",
}

// BenchmarkKey is what exploring pays for every step.
func BenchmarkKey(b *testing.B) {
	s := universe.ALB(universe.Small, 0).Machine.Init()
	b.ReportAllocs()
	for range b.N {
		_ = s.Key()
	}
}
