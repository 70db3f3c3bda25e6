package alb_test

import (
	"encoding/json"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/testutil"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/validate"
)

// everyInput has an input of every type, with every field set.
func everyInput() []alb.Input {
	certificate := cas.Certificate{
		Name: "n", ID: "1", Source: cas.FromCAS, Status: cas.Issued, NotServer: true, KeyStored: true, Locked: true,
		Leaf: validate.Leaf{SHA256: "aa", Key: "bb", Name: "cn", Names: "a,b", Serial: "1", NotBefore: 1, NotAfter: 2},
		PEM:  "<pem>\n",
	}
	l := alb.Listener{LoadBalancer: "alb-1", Protocol: alb.HTTPS, Port: 443, Status: alb.Running, Default: "1", Job: "j"}
	inputs := []alb.Input{
		alb.Change("r", &request{ListenerID: "lsn-1", CertificateIDs: ids(2, 3), ClientToken: "t", DryRun: true}),
		alb.Change("r", &request{}),
		dissociation("r", &request{ListenerID: "lsn-1", CertificateIDs: ids(2, 3), ClientToken: "t", DryRun: true}),
		dissociation("r", &request{ListenerID: "lsn-1", CertificateIDs: []string{"a b"}}),
		update("r", c(2)),
	}
	for _, a := range []model.Action{
		alb.JobFinished{Job: "j"},
		alb.JobFailed{Job: "j"},
		alb.JobFailed{Job: "j", Code: "c", Message: "m"},
		alb.LoadBalancerAdded{ID: "alb-1", LoadBalancer: alb.LoadBalancer{Edition: alb.WAF, Quota: 3, Forbidden: true, Associations: 4}},
		alb.PermissionChanged{LoadBalancer: "alb-1", Allowed: true},
		alb.QuotaRaised{LoadBalancer: "alb-1", Quota: 30},
		alb.ListenerAdded{ID: "lsn-1", Listener: l},
		alb.ListenerRemoved{ID: "lsn-1"},
		alb.ListenerProvisioned{ID: "lsn-1"},
		alb.ListenerStarted{ID: "lsn-1"},
		alb.ListenerStopped{ID: "lsn-1"},
		alb.DefaultCertificateSet{Listener: "lsn-1", Certificate: "1"},
		alb.DefaultCertificateRemoved{Listener: "lsn-1"},
		cas.CertificateAdded{Certificate: certificate},
		cas.CertificateRemoved{Name: "1"},
		alb.TokenForgotten{Token: "t"},
		alb.ListListenerCertificates{RequestID: "r", ListenerID: "lsn-1", CertificateType: "Server", MaxResults: 3, NextToken: "n"},
		alb.GetListenerAttribute{RequestID: "r", ListenerID: "lsn-1"},
		alb.ListListeners{RequestID: "r", LoadBalancerIDs: []string{"alb-1"}, Protocol: alb.QUIC, MaxResults: 3, NextToken: "n"},
		alb.GetLoadBalancerAttribute{RequestID: "r", LoadBalancerID: "alb-1"},
		alb.ListAsynJobs{RequestID: "r", JobIDs: []string{"j"}, ResourceIDs: []string{"lsn-1"}, MaxResults: 3, NextToken: "n"},
	} {
		inputs = append(inputs, event(a), event(reflect.Zero(reflect.TypeOf(a)).Interface().(model.Action)))
	}
	return append(inputs, alb.Input{})
}

func TestInputsAreLossless(t *testing.T) {
	names := map[string]bool{}
	for _, in := range everyInput() {
		data := testutil.RoundTrip(t, in)
		if in.Action == nil {
			if data != "null" {
				t.Errorf("an empty input is %s", data)
			}
			continue
		}
		name := reflect.TypeOf(in.Action).Name()
		if r, is := in.Action.(alb.ChangeCertificates); is {
			name = r.Operation.String()
		}
		timed := in
		timed.At = 1
		testutil.RoundTrip(t, timed)
		if !strings.HasPrefix(data, `{"`+name+`":{`) {
			t.Errorf("%T is %s", in.Action, data)
		}
		names[name] = true
	}
	if len(names) != 23 {
		t.Errorf("%d types of inputs, want all 23", len(names))
	}
}

// The input that a test leaves out of everyInput would decode to nothing.
func TestInputsThatAreNone(t *testing.T) {
	for _, bad := range []string{`[]`, `{}`, `{"Nothing":{}}`, `{"JobFinished":{},"JobFailed":{}}`, `{"JobFinished":{"job":1}}`, `{"State":{}}`} {
		in := event(alb.JobFailed{Job: "before"})
		if err := json.Unmarshal([]byte(bad), &in); err == nil {
			t.Errorf("%s decodes to %+v", bad, in)
		}
	}
}

// The states and outputs of every test table survive, too.
func TestStatesAndOutputsAreLossless(t *testing.T) {
	busy, _ := must(t, shop().Associated(c(9)).Listener("lsn-2", alb.QUIC).Default(c(1)).Associating("x", c(2)).State(),
		ask("r1", "t", false, c(2), c(3)), event(alb.JobFinished{Job: "job-r1"}), update("u", c(2)),
		event(cas.CertificateAdded{Certificate: cas.Certificate{Name: "n<&>\"é", ID: "7-cn-x", PEM: "text\r\n"}}))
	states := []alb.State{{}, busy}
	for _, e := range slices.Concat(ways(t), dissociations(t)) {
		states = append(states, e.from)
	}
	successes, errors, ignored := 0, 0, 0
	for _, s := range states {
		testutil.RoundTrip(t, s)
		for _, in := range everyInput() {
			next, output := step(s, in)
			testutil.RoundTrip(t, next)
			testutil.RoundTrip(t, output)
			switch {
			case output.Ignored:
				ignored++
			case output.OK():
				successes++
			default:
				errors++
			}
		}
	}
	for _, e := range ways(t) {
		_, output := step(e.from, e.in)
		testutil.RoundTrip(t, output)
	}
	if successes == 0 || errors == 0 || ignored == 0 {
		t.Errorf("%d successes, %d errors, %d ignored: some kind is missing", successes, errors, ignored)
	}
}

// A journal, written line by line and replayed, ends in the same state and with
// the same answers.
func TestJournalReplaysEqually(t *testing.T) {
	begin := shop().Quota(5).NotServer("client-cn-x").Listener("lsn-2", alb.QUIC).Default(c(1)).Associated(c(9)).State()
	inputs := []alb.Input{
		ask("r1", "t", false, c(2), c(3)), ask("r2", "t", false, c(2), c(3)), ask("r3", "t", true, c(3)), associate("r4", c(4)),
		event(alb.ListenerStopped{ID: "lsn-1"}), event(alb.JobFinished{Job: "job-r1"}), event(alb.ListenerStarted{ID: "lsn-1"}),
		associate("r5", c(4), "client-cn-x"), associate("r6", c(4), c(5), c(6)), dissociate("r7", c(2)), event(alb.JobFailed{Job: "job-r7"}),
		update("r8", c(3)), event(alb.JobFinished{Job: "job-r8"}), event(cas.CertificateRemoved{Name: "certificate " + c(1)}), event(cas.CertificateRemoved{Name: "certificate " + c(20)}),
		event(alb.ListListenerCertificates{RequestID: "r9", ListenerID: "lsn-1"}), event(alb.ListenerRemoved{ID: "lsn-2"}),
		event(alb.TokenForgotten{Token: "AssociateAdditionalCertificatesWithListener t"}), ask("r10", "t", false, c(2)),
	}
	for _, version := range []errcodes.Version{0, errcodes.Current} {
		m := alb.Machine{Initial: begin, Version: version}
		var journal strings.Builder
		e := json.NewEncoder(&journal)
		steps := model.Run(m, inputs...)
		for _, s := range steps {
			if err := e.Encode(model.Record[alb.Input, model.Output]{Input: s.Input, Output: s.Output}); err != nil {
				t.Fatal(err)
			}
		}
		var loaded alb.Machine
		data, err := json.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		if err := json.Unmarshal(data, &loaded); err != nil {
			t.Fatal(err)
		}
		checker := model.NewChecker(model.Machine[alb.State, alb.Input, model.Output](loaded), alb.State.Key, nil)
		n, err := checker.Follow(strings.NewReader(journal.String()))
		if err != nil || n != len(inputs) {
			t.Errorf("version %v: %d records: %v", version, n, err)
		}
		for s := range checker.States() {
			unchanged(t, steps[len(steps)-1].To, s)
		}
	}
}
