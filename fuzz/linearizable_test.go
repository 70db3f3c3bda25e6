package fuzz

import (
	"context"
	"flag"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/model/centre"
	"github.com/alicert/alicert/model/world"
)

var operations = flag.Int("linearizable.operations", 20_000, "how many operations TestLinearizableAtSize has")

// TestLinearizableAtSize: 16 clients on one account, each on domains and listeners
// that the others are on, too.
func TestLinearizableAtSize(t *testing.T) {
	const clients = 16
	places := max(1, *operations/1000)
	machine := model.From(worldMachine, accountOf(places))
	recorder := NewRecorder(model.NewSystem(machine))
	started := time.Now()
	var all sync.WaitGroup
	for n := range clients {
		c := recorder.Client()
		all.Go(func() {
			source := NewSource(randomBytesOf(uint64(n), *operations/clients*4))
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
	o := World()
	split, longest := 0, 0
	for _, part := range parts(o.Footprint, machine.Init(), history) {
		split, longest = split+1, max(longest, len(part))
	}
	started = time.Now()
	stop := watchHeap()
	Linearizable(t, machine, history, o)
	t.Logf("%d operations recorded in %s, in %d parts of at most %d; linearized in %s with at most %d MiB of heap",
		len(history), recorded.Round(time.Millisecond), split, longest, time.Since(started).Round(time.Millisecond), stop()>>20)
	if split < places {
		t.Errorf("%d parts; want %d at least", split, places)
	}
}

func randomBytesOf(seed uint64, n int) []byte {
	data := randomBytes(seed, 0, n)
	for i := uint64(1); len(data) < n; i++ {
		data = append(data, randomBytes(seed, i, n)...)
	}
	return data
}

// accountOf returns an account with so many places, from 0: an HTTPS domain, and a load
// balancer with a listener that has a certificate of the centre.
func accountOf(places int) world.State {
	cdns, albs := cdn.NewScenario(), alb.NewScenario()
	for p := range places {
		cdns = cdns.HTTPSDomain(fmt.Sprintf("d%d.example.com", p))
		albs = albs.LoadBalancer(fmt.Sprintf("alb-%d", p), alb.Basic).Listener(fmt.Sprintf("lsn-%d", p), alb.HTTPS).Default(centre.IDOf(p + 1))
	}
	state := world.State{CDN: cdns.State(), ALB: albs.State()}
	state.CDN.Centre = state.ALB.Centre
	return state
}

// workload is what a client does: requests, reads, and the events that end what
// requests began.
func workload(s *Source, client, i, places int) Input {
	place := s.Intn(places)
	domain, listener := fmt.Sprintf("d%d.example.com", place), fmt.Sprintf("lsn-%d", place)
	id := fmt.Sprintf("c%d-%d", client, i)
	switch s.Intn(8) {
	case 0, 1:
		return Input{Set{
			RequestID: id, DomainName: Text(domain), Status: "on", CertType: "upload", CertName: Text(domain), ForceSet: Pick(s, "", "1"),
			Certificate: "p256/chain3", PrivateKey: "p256/key",
		}}
	case 2:
		return Input{Set{RequestID: id, DomainName: Text(domain), Status: "off"}}
	case 3:
		return Input{cdn.ConfigurationFinished{Domain: domain}}
	case 4:
		return Input{cdn.DescribeCdnDomainDetail{RequestID: id, DomainName: domain}}
	case 5:
		return Input{Associate{RequestID: id, ListenerID: listener, CertificateIDs: []string{centre.IDOf(1 + s.Intn(places))}, ClientToken: fmt.Sprintf("t%d", place)}}
	case 6:
		return Input{Pick[any](s, alb.JobFinished{Job: fmt.Sprintf("job-c%d-%d", client, i-s.Intn(8))}, alb.ListenerStarted{ID: listener}, alb.ListenerStopped{ID: listener})}
	default:
		return Input{alb.ListListenerCertificates{RequestID: id, ListenerID: listener}}
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

// Judged in parts, a history has an explanation if and only if it has one judged
// whole: for histories as they were, and for such in which an answer was swapped
// for that of another operation.
func TestPartsAgreeWithWhole(t *testing.T) {
	o := World()
	whole := o
	whole.Footprint = nil
	split, illegal := 0, 0
	for data := range Bytes(7, 60, 300) {
		history := record(data, 3)
		if len(parts(o.Footprint, worldMachine.Init(), history)) > 1 {
			split++
		}
		for damaged := range 4 {
			h := append([]Operation[Input, model.Output](nil), history...)
			if damaged > 0 && len(h) > damaged {
				a, b := (damaged*7)%len(h), (damaged*13+len(data))%len(h)
				h[a].Output, h[b].Output = h[b].Output, h[a].Output
			}
			inParts := CheckHistory(worldMachine, h, o) == nil
			c := historyCheck[world.State, Input, model.Output]{worldMachine, whole}
			if inWhole := c.explained(h); inParts != inWhole {
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

// record sends a sequence by several clients in turn. Calls overlap: each is
// said to have begun before the one before it was over.
func record(data []byte, clients int) []Operation[Input, model.Output] {
	var history []Operation[Input, model.Output]
	state := worldMachine.Init()
	for in := range Inputs(worldMachine, WorldInputs(), data) {
		var out model.Output
		state, out = worldMachine.Step(state, in)
		n := int64(len(history))
		history = append(history, Operation[Input, model.Output]{
			Client: len(history) % clients, Input: in, Output: out, Call: 10 * n, Return: 10*n + 15,
		})
	}
	return history
}

// An answer that never came may have been given at any time, or never.
func TestUnknownOperations(t *testing.T) {
	added := func(call, end int64) Operation[Input, model.Output] {
		return Operation[Input, model.Output]{Input: Input{cdn.DomainAdded{Name: "www.example.com"}}, Call: call, Return: end, Unknown: end == 0}
	}
	off := func(call, end int64, ok bool) Operation[Input, model.Output] {
		in := Input{Set{RequestID: "r", DomainName: "www.example.com", Status: "off"}}
		s := worldMachine.Init()
		if ok {
			s, _ = worldMachine.Step(s, added(0, 1).Input)
		}
		_, out := worldMachine.Step(s, in)
		return Operation[Input, model.Output]{Client: 1, Input: in, Output: out, Call: call, Return: end}
	}
	for _, test := range []struct {
		name    string
		history []Operation[Input, model.Output]
		want    bool
	}{
		{"took effect", []Operation[Input, model.Output]{added(1, 0), off(3, 4, true)}, true},
		{"did not", []Operation[Input, model.Output]{added(1, 0), off(3, 4, false)}, true},
		{"took effect late", []Operation[Input, model.Output]{added(1, 0), off(3, 4, false), off(5, 6, true)}, true},
		{"took effect and went away", []Operation[Input, model.Output]{added(1, 0), off(3, 4, true), off(5, 6, false)}, false},
		{"took effect before it began", []Operation[Input, model.Output]{off(1, 2, true), added(3, 0)}, false},
		{"answered", []Operation[Input, model.Output]{added(1, 2), off(3, 4, false)}, false},
		{"at the same time", []Operation[Input, model.Output]{added(1, 5), off(3, 4, false)}, true},
	} {
		t.Run(test.name, func(t *testing.T) {
			failed := CheckHistory(worldMachine, test.history, World())
			if (failed == nil) != test.want {
				t.Errorf("linearizable: %v; want %v", failed == nil, test.want)
			}
			if failed != nil && !strings.Contains(string(failed.Picture), "<html") {
				t.Errorf("the picture is %.100s", failed.Picture)
			}
		})
	}
}
