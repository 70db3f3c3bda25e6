package fuzz_test

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/fuzz"
	"github.com/alicert/alicert/fuzz/inputs"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/account"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/cdn"
)

var operations = flag.Int("linearizable.operations", 20_000, "how many operations TestLinearizableAtSize has")

// TestLinearizableAtSize: 16 clients on one account, each on domains and listeners
// that the others are on, too.
func TestLinearizableAtSize(t *testing.T) {
	const clients = 16
	places := max(1, *operations/1000)
	machine := model.Func(accountOf(places), accountMachine.Step)
	recorder := fuzz.NewRecorder(model.NewSystem(machine))
	started := time.Now()
	var all sync.WaitGroup
	for n := range clients {
		c := recorder.Client()
		all.Go(func() {
			source := fuzz.NewSource(randomBytesOf(uint64(n), *operations/clients*4))
			for i := range *operations / clients {
				if _, err := c.Do(context.Background(), workload(source, n, i, places)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	history := recorder.History()
	recorded := time.Since(started)
	o := inputs.Account()
	split, longest := 0, 0
	for _, part := range fuzz.Parts(machine, history, o) {
		split, longest = split+1, max(longest, len(part))
	}
	started = time.Now()
	stop := watchHeap()
	fuzz.Linearizable(t, machine, history, o)
	t.Logf("%d operations recorded in %s, in %d parts of at most %d; linearized in %s with at most %d MiB of heap",
		len(history), recorded.Round(time.Millisecond), split, longest, time.Since(started).Round(time.Millisecond), stop()>>20)
	if split < places {
		t.Errorf("%d parts; want %d at least", split, places)
	}
}

func randomBytesOf(seed uint64, n int) (data []byte) {
	for more := range fuzz.Bytes(seed, 1<<20, n) {
		if data = append(data, more...); len(data) >= n {
			break
		}
	}
	return data
}

// accountOf returns an account with a number of places, counted from 0. A place is an HTTPS
// domain, and a load balancer with a listener that has a certificate of CAS.
func accountOf(places int) account.State {
	cdns, albs := cdn.Scenario{}, alb.Scenario{}
	for p := range places {
		cdns = cdns.HTTPSDomain(fmt.Sprintf("d%d.example.com", p))
		albs = albs.LoadBalancer(fmt.Sprintf("alb-%d", p), alb.Basic).Listener(fmt.Sprintf("lsn-%d", p), alb.HTTPS).Default(cas.IDOf(p + 1))
	}
	return account.State{CAS: albs.State().CAS, CDN: cdns.State().Own, ALB: albs.State().Own}
}

// workload returns an input of a client: a request, a read, or an event that completes an
// earlier request.
func workload(s *fuzz.Source, client, i, places int) inputs.Input {
	place := s.Intn(places)
	domain, listener := fmt.Sprintf("d%d.example.com", place), fmt.Sprintf("lsn-%d", place)
	id := fmt.Sprintf("c%d-%d", client, i)
	switch s.Intn(8) {
	case 0, 1:
		return inputs.Input{Action: inputs.Set{
			RequestID: id, DomainName: inputs.Text(domain), Status: "on", CertType: "upload", CertName: inputs.Text(domain), ForceSet: fuzz.Pick(s, "", "1"),
			Certificate: "p256/chain3", PrivateKey: "p256/key",
		}}
	case 2:
		return inputs.Input{Action: inputs.Set{RequestID: id, DomainName: inputs.Text(domain), Status: "off"}}
	case 3:
		return inputs.Input{Action: cdn.ConfigurationFinished{Domain: domain}}
	case 4:
		return inputs.Input{Action: cdn.DescribeCdnDomainDetail{RequestID: id, DomainName: domain}}
	case 5:
		return inputs.Input{Action: inputs.Change{RequestID: id, ListenerID: listener, CertificateIDs: []string{cas.IDOf(1 + s.Intn(places))}, ClientToken: fmt.Sprintf("t%d", place)}}
	case 6:
		return inputs.Input{Action: fuzz.Pick[any](s, alb.JobFinished{Job: fmt.Sprintf("job-c%d-%d", client, i-s.Intn(8))}, alb.ListenerStarted{ID: listener}, alb.ListenerStopped{ID: listener})}
	default:
		return inputs.Input{Action: alb.ListListenerCertificates{RequestID: id, ListenerID: listener}}
	}
}

// watchHeap returns a function that tells the largest heap seen since.
func watchHeap() (stop func() uint64) {
	done, result := make(chan struct{}), make(chan uint64)
	go func() {
		var most uint64
		for {
			var m runtime.MemStats
			runtime.ReadMemStats(&m)
			most = max(most, m.HeapInuse)
			select {
			case <-done:
				result <- most
				return
			case <-time.After(100 * time.Millisecond):
			}
		}
	}()
	return func() uint64 { close(done); return <-result }
}

// A history has an explanation if and only if all its parts have one. That holds for
// histories as recorded, and for histories with two answers swapped.
func TestPartsAgreeWithWhole(t *testing.T) {
	o := inputs.Account()
	whole := o
	whole.Footprint = nil
	split, illegal := 0, 0
	for data := range fuzz.Bytes(7, 100, 300) {
		history := record(data, 3)
		if len(fuzz.Parts(accountMachine, history, o)) > 1 {
			split++
		}
		for damaged := range 4 {
			h := append([]fuzz.Operation[inputs.Input, model.Output](nil), history...)
			if damaged > 0 && len(h) > damaged {
				a, b := (damaged*7)%len(h), (damaged*13+len(data))%len(h)
				h[a].Output, h[b].Output = h[b].Output, h[a].Output
			}
			inParts := fuzz.CheckHistory(accountMachine, h, o) == nil
			if inWhole := fuzz.CheckHistory(accountMachine, h, whole) == nil; inParts != inWhole {
				t.Fatalf("in parts %v, as a whole %v", inParts, inWhole)
			} else if !inWhole {
				illegal++
			}
		}
	}
	if split < 10 || illegal < 10 {
		t.Errorf("%d histories fell apart, %d had no explanation: that tests little", split, illegal)
	}
}

// record sends a sequence by several clients in turn. Calls overlap: the recorded time
// of a call is before the return of the call before it.
func record(data []byte, clients int) []fuzz.Operation[inputs.Input, model.Output] {
	var history []fuzz.Operation[inputs.Input, model.Output]
	state := accountMachine.Init()
	for in := range fuzz.Inputs(accountMachine, inputs.Account().Generator, data) {
		var out model.Output
		state, out = accountMachine.Step(state, in)
		n := int64(len(history))
		history = append(history, fuzz.Operation[inputs.Input, model.Output]{
			Client: len(history) % clients, Input: in, Output: out, Call: 10 * n, Return: 10*n + 15,
		})
	}
	return history
}

// An operation without an answer may have taken effect at any time, or never.
func TestUnknownOperations(t *testing.T) {
	added := func(call, end int64) fuzz.Operation[inputs.Input, model.Output] {
		return fuzz.Operation[inputs.Input, model.Output]{Input: inputs.Input{Action: cdn.DomainAdded{Name: "www.example.com"}}, Call: call, Return: end, Unknown: end == 0}
	}
	off := func(call, end int64, ok bool) fuzz.Operation[inputs.Input, model.Output] {
		in := inputs.Input{Action: inputs.Set{RequestID: "r", DomainName: "www.example.com", Status: "off"}}
		s := accountMachine.Init()
		if ok {
			s, _ = accountMachine.Step(s, added(0, 1).Input)
		}
		_, out := accountMachine.Step(s, in)
		return fuzz.Operation[inputs.Input, model.Output]{Client: 1, Input: in, Output: out, Call: call, Return: end}
	}
	for _, test := range []struct {
		name    string
		history []fuzz.Operation[inputs.Input, model.Output]
		want    bool
	}{
		{"took effect", []fuzz.Operation[inputs.Input, model.Output]{added(1, 0), off(3, 4, true)}, true},
		{"did not", []fuzz.Operation[inputs.Input, model.Output]{added(1, 0), off(3, 4, false)}, true},
		{"took effect late", []fuzz.Operation[inputs.Input, model.Output]{added(1, 0), off(3, 4, false), off(5, 6, true)}, true},
		{"took effect and went away", []fuzz.Operation[inputs.Input, model.Output]{added(1, 0), off(3, 4, true), off(5, 6, false)}, false},
		{"took effect before it began", []fuzz.Operation[inputs.Input, model.Output]{off(1, 2, true), added(3, 0)}, false},
		{"answered", []fuzz.Operation[inputs.Input, model.Output]{added(1, 2), off(3, 4, false)}, false},
		{"at the same time", []fuzz.Operation[inputs.Input, model.Output]{added(1, 5), off(3, 4, false)}, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			err := fuzz.CheckHistory(accountMachine, test.history, inputs.Account())
			if (err == nil) != test.want {
				t.Errorf("linearizable: %v; want %v", err == nil, test.want)
			}
			var failed *fuzz.NotLinearizable[inputs.Input, model.Output]
			if err != nil && (!errors.As(err, &failed) || !strings.Contains(string(failed.Picture), "<html")) {
				t.Errorf("no picture in %v", err)
			}
		})
	}
}

// artifacts is a test that keeps what it makes in a folder.
type artifacts struct {
	fataler
	dir string
}

func (a *artifacts) ArtifactDir() string { return a.dir }

// A picture is kept only where the caller of go test asked for it. Operations show their
// type and the name of what they do.
func TestPictureAndTypes(t *testing.T) {
	history := []fuzz.Operation[inputs.Input, model.Output]{{
		Input: inputs.Input{Action: inputs.Change{Op: errcodes.DissociateAdditionalCertificatesFromListener, RequestID: "r3-0"}}, Call: 1, Return: 2,
	}}
	kept := flag.Lookup("test.artifacts")
	before := kept.Value.String()
	defer func() { _ = kept.Value.Set(before) }()
	for _, on := range []string{"false", "true"} {
		if err := kept.Value.Set(on); err != nil {
			t.Fatal(err)
		}
		a := &artifacts{dir: t.TempDir()}
		fuzz.Linearizable(a, accountMachine, history, inputs.Account())
		file := filepath.Join(a.dir, "history.html")
		_, err := os.Stat(file)
		if says := strings.Contains(a.text, "picture: "+file); (err == nil) != (on == "true") || says != (on == "true") {
			t.Errorf("-artifacts=%s: %v, %s", on, err, a.text)
		}
		if want := `1-2 client 0: inputs.Input{Action: inputs.Change{Op: 3 /* DissociateAdditionalCertificatesFromListener */, RequestID: "r3-0"}}: Success`; !strings.Contains(a.text, want) {
			t.Errorf("no %q in\n%s", want, a.text)
		}
	}
}
