package fakecloud_test

import (
	"cmp"
	"context"
	"flag"
	"fmt"
	"reflect"
	"runtime"
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
	"github.com/alicert/alicert/model/esa"
	"github.com/alicert/alicert/model/fakecloud"
)

var (
	conformInputs = flag.Int("conform.inputs", 3_000, "minimum number of inputs of TestConform")
	operations    = flag.Int("linearizable.operations", 4_000, "number of operations of TestLinearizable")
)

// machine is the model behind the parameters of a client.
var machine = fuzz.MachineOf(account.Machine{}, func(in inputs.Input) account.Input { return clampPaging(in).Account() })

// clampPaging returns an input whose numbers fit into parameters: they are not negative. A
// job that fails for no reason fails for that of the control path.
func clampPaging(in inputs.Input) inputs.Input {
	if failed, is := in.Action.(alb.JobFailed); is && failed.Code == "" {
		failed.Code, failed.Message = "InternalError", "The request processing has failed due to some unknown error, exception or failure."
		return inputs.Input{Action: failed}
	}
	a, known := in.Action.(model.Action)
	if !known || a.Kind() == model.Event {
		return in
	}
	clamped := reflect.New(reflect.TypeOf(a)).Elem()
	clamped.Set(reflect.ValueOf(a))
	for _, field := range clamped.Fields() {
		if field.CanInt() {
			field.SetInt(max(field.Int(), 0))
		}
	}
	return inputs.Input{Action: clamped.Interface()}
}

// TestConform checks that random inputs get the answers of the model, with connections
// that are closed before and after the effect of a call.
func TestConform(t *testing.T) {
	o := inputs.Account()
	o.Seed = testSeed(t, 1)
	client := newWireClient(t, fakecloud.Options{Seed: o.Seed})
	o.Sequences, o.Invariants = 1, nil // the machine's invariants are tested without a cloud
	sequences := 0
	for ; client.calls.Load() < int64(*conformInputs) && !t.Failed(); o.Seed++ {
		sequences++
		fuzz.Conform(t, machine, func() model.System[inputs.Input, model.Output] {
			if err := client.running.Reset(); err != nil {
				t.Fatal(err)
			}
			client.closeConnections(t, 0.01)
			return fuzz.SystemOf(client, clampPaging)
		}, o)
	}
	t.Logf("%d inputs in %d sequences, %d without an answer", client.calls.Load(), sequences, client.lost.Load())
	if client.lost.Load() == 0 {
		t.Error("no answer was lost")
	}
}

// TestLinearizable checks that the histories of concurrent clients are linearizable, with
// connections that are closed before and after the effect of a call.
func TestLinearizable(t *testing.T) {
	for _, w := range []struct {
		name       string
		clients    int
		operations int
		places     int
		begin      func(places int) account.State
		next       func(s *fuzz.Source, client, i, places int) inputs.Input
	}{
		{"domains and listeners", 16, *operations, max(1, *operations/500), accountOf, workload},
		{"accelerators", 16, *operations / 4, max(1, *operations/2000), acceleratorsOf, acceleratorWorkload},
		{"sites", 4, min(*operations, 200), 2, sitesOf, siteWorkload}, // few: sites are one resource
	} {
		t.Run(w.name, func(t *testing.T) {
			linearizable(t, w.clients, w.operations, w.begin(w.places), func(s *fuzz.Source, client, i int) inputs.Input { return w.next(s, client, i, w.places) })
		})
	}
}

func linearizable(t *testing.T, clients, operations int, initial account.State, next func(s *fuzz.Source, client, i int) inputs.Input) {
	t.Helper()
	seed := testSeed(t, 1)
	client := newWireClient(t, fakecloud.Options{Seed: seed})
	begin := model.Func(initial, machine.Step)
	if err := client.running.SetState(begin.Init()); err != nil {
		t.Fatal(err)
	}
	client.closeConnections(t, max(0.0025, 5/float64(operations)))
	recorder := fuzz.NewRecorder(model.System[inputs.Input, model.Output](client))
	started := time.Now()
	var all sync.WaitGroup
	for n := range clients {
		one := recorder.Client()
		all.Go(func() {
			source := fuzz.NewSource(randomBytes(seed+uint64(n), operations/clients*6))
			for i := range operations / clients {
				if out, err := one.Do(context.Background(), next(source, n, i)); err == nil && out.Error.Status >= 500 {
					t.Errorf("%+v", out)
				}
			}
		})
	}
	all.Wait()
	recorded := time.Since(started)
	started = time.Now()
	history := recorder.History()
	fuzz.Linearizable(t, begin, history, inputs.Account())
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	outcomes := map[string]int{} // by code
	for _, op := range history {
		outcomes[cmp.Or(string(op.Output.Error.Code), op.Output.Outcome())]++
	}
	t.Logf("%v", outcomes)
	t.Logf("%d operations recorded in %s, %d without an answer; linearized in %s; %d MiB from the system",
		len(history), recorded.Round(time.Millisecond), client.lost.Load(), time.Since(started).Round(time.Millisecond), m.Sys>>20)
	if client.lost.Load() == 0 {
		t.Error("no answer was lost")
	}
}

func randomBytes(seed uint64, n int) (data []byte) {
	for more := range fuzz.Bytes(seed, 1<<20, 4096) {
		if data = append(data, more...); len(data) >= n {
			break
		}
	}
	return data
}

// accountOf returns an account with the given number of places, from 0. Each place has an
// HTTPS domain, and a load balancer with a listener that has a certificate of CAS.
func accountOf(places int) account.State {
	cdns, albs := cdn.Scenario{}, alb.Scenario{}
	for p := range places {
		cdns = cdns.HTTPSDomain(fmt.Sprintf("d%d.example.com", p))
		albs = albs.LoadBalancer(fmt.Sprintf("alb-%d", p), alb.Basic).Listener(fmt.Sprintf("lsn-%d", p), alb.HTTPS).Default(cas.IDOf(p + 1))
	}
	return account.State{CAS: albs.State().CAS, CDN: cdns.State().Own, ALB: albs.State().Own}
}

// workload returns the next input of a client: a request, a read, or an event that ends
// an earlier change.
func workload(s *fuzz.Source, client, i, places int) inputs.Input {
	place := s.Intn(places)
	domain, listener := fmt.Sprintf("d%d.example.com", place), fmt.Sprintf("lsn-%d", place)
	id := fmt.Sprintf("c%d-%d", client, i)
	some := []string{cas.IDOf(1 + s.Intn(places))}
	return inputs.Input{Action: fuzz.Pick[any](
		s,
		inputs.Set{
			RequestID: id, DomainName: inputs.Text(domain), Status: "on", CertType: "upload", CertName: inputs.Text(domain), ForceSet: fuzz.Pick(s, "", "1"),
			Certificate: "p256/chain3", PrivateKey: fuzz.Pick[inputs.Fixture](s, "p256/key", "p256/key", "p256/key", "p384/key"),
		},
		inputs.Set{RequestID: id, DomainName: inputs.Text(domain), Status: "off"},
		cdn.ConfigurationFinished{Domain: domain},
		cdn.DescribeCdnDomainDetail{RequestID: id, DomainName: domain},
		cdn.DescribeDomainCertificateInfo{RequestID: id, DomainName: domain},
		inputs.Change{RequestID: id, ListenerID: listener, CertificateIDs: some, ClientToken: fmt.Sprintf("t%d", place), DryRun: fuzz.Pick(s, "", "", "", "true")},
		inputs.Change{Op: errcodes.DissociateAdditionalCertificatesFromListener, RequestID: id, ListenerID: listener, CertificateIDs: some},
		fuzz.Pick[any](s, alb.JobFinished{Job: fmt.Sprintf("job-c%d-%d", client, i-s.Intn(8))}, alb.JobFailed{Job: fmt.Sprintf("job-c%d-%d", client, i-s.Intn(8))},
			alb.ListenerStarted{ID: listener}, alb.ListenerStopped{ID: listener}),
		alb.ListListenerCertificates{RequestID: id, ListenerID: listener},
	)}
}

// acceleratorsOf returns an account with the given number of accelerators, each with two
// listeners.
func acceleratorsOf(places int) account.State {
	albs := alb.Scenario{}.Certificates(4)
	for p := range places {
		albs = albs.Accelerator(fmt.Sprintf("ga-%d", p)).Listener(fmt.Sprintf("lsr-%d-1", p), alb.HTTPS).Listener(fmt.Sprintf("lsr-%d-2", p), alb.HTTPS)
	}
	s := albs.State()
	return account.State{CAS: s.CAS, ALB: s.Own}
}

// acceleratorWorkload is the workload of accelerators: domains get certificates, others and
// none, while an accelerator lets only one of its listeners change.
func acceleratorWorkload(s *fuzz.Source, client, i, places int) inputs.Input {
	place := s.Intn(places)
	id, accelerator, listener := fmt.Sprintf("c%d-%d", client, i), fmt.Sprintf("ga-%d", place), fmt.Sprintf("lsr-%d-%d", place, 1+s.Intn(2))
	change := inputs.Change{
		Op:        fuzz.Pick(s, errcodes.GAAssociateAdditionalCertificatesWithListener, errcodes.UpdateAdditionalCertificateWithListener),
		RequestID: id, AcceleratorID: accelerator, ListenerID: listener, Region: cas.Region,
		Domains: []string{fuzz.Pick(s, "a.example", "b.example")}, CertificateIDs: []string{cas.IDOf(1 + s.Intn(4))},
	}
	dissociate := change
	dissociate.Op, dissociate.CertificateIDs = errcodes.GADissociateAdditionalCertificatesFromListener, nil
	ended := fmt.Sprintf("job-c%d-%d", s.Intn(16), i-s.Intn(2))
	return inputs.Input{Action: fuzz.Pick[any](
		s, change, change, dissociate,
		alb.JobFinished{Job: ended}, alb.JobFinished{Job: ended}, alb.JobFinished{Job: ended}, alb.JobFailed{Job: ended},
		alb.ListListenerCertificates{Product: alb.GA, RequestID: id, RegionID: cas.Region, AcceleratorID: accelerator, ListenerID: listener},
		alb.DescribeAccelerator{RequestID: id, RegionID: cas.Region, AcceleratorID: accelerator},
	)}
}

// sitesOf returns an account with the given number of sites from 1, at most three, each with
// a plan of three certificates. The pair of the workload is for all of them.
func sitesOf(places int) (s account.State) {
	for p := range places {
		for _, a := range []model.Action{
			esa.PlanAdded{ID: fmt.Sprintf("sp-%d", p+1), Plan: esa.Plan{Quota: 3}},
			esa.SiteAdded{ID: int64(p + 1), Site: esa.Site{Name: []string{"example.com", "www.example.com", "cdn.example.com"}[p], Plan: fmt.Sprintf("sp-%d", p+1)}},
		} {
			s, _ = account.Machine{}.Step(s, account.Input{Action: a})
		}
	}
	return s
}

// siteWorkload is the workload of sites. A client uploads every other time, and in between
// replaces, removes or reads what it uploaded last.
func siteWorkload(s *fuzz.Source, client, i, places int) inputs.Input {
	place := int64(1 + i/8%places)
	id, uploaded := fmt.Sprintf("c%d-%d", client, i), esa.NewID(place, fmt.Sprintf("c%d-%d", client, i-1), 0)
	set := inputs.SetSite{
		RequestID: id, SiteID: esa.SiteKey(place), CertType: "upload", CertName: inputs.Text(fuzz.Pick(s, "A", "B", "C", "D", "E")),
		Certificate: "p256/chain3", PrivateKey: fuzz.Pick[inputs.Fixture](s, "p256/key", "p256/key", "p256/key", "p256/key", "p384/key"),
	}
	if i%2 == 0 {
		return inputs.Input{Action: set}
	}
	set.ID = uploaded
	remove := esa.DeleteCertificate{RequestID: id, SiteID: place, ID: uploaded}
	return inputs.Input{Action: fuzz.Pick[any](
		s, set, remove, remove, remove,
		esa.GetCertificate{RequestID: id, SiteID: place, ID: uploaded},
		esa.ListCertificates{RequestID: id, SiteID: place},
		esa.PlanStatusChanged{Plan: fmt.Sprintf("sp-%d", place), Status: fuzz.Pick(s, esa.PlanOnline, esa.PlanOnline, esa.PlanOffline)},
	)}
}
