package alb_test

import (
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/alb"
)

const noon = 1_790_000_000_000 // Unix milliseconds

func at(ms int64, in alb.Input) alb.Input {
	in.At = ms
	return in
}

// A job shows when it began and last changed. The clock may have been set back.
func TestTimesOfJobs(t *testing.T) {
	for name, test := range map[string]struct {
		ends int64
		end  model.Action
		want int64
	}{
		"finished":         {noon + 5, alb.JobFinished{Job: "job-r"}, noon + 5},
		"failed":           {noon + 5, alb.JobFailed{Job: "job-r"}, noon + 5},
		"listener removed": {noon + 5, alb.ListenerRemoved{ID: "lsn-1"}, noon + 5},
		"set back":         {noon - 5, alb.JobFinished{Job: "job-r"}, noon},
	} {
		s, _ := must(t, shop().State(), at(noon, associate("r", c(2))))
		job := func(s alb.State) object {
			return body(t, s, event(alb.ListAsynJobs{JobIDs: []string{"job-r"}}))["Jobs"].([]any)[0].(object)
		}
		if j := job(s); j["CreateTime"] != float64(noon) || j["ModifyTime"] != float64(noon) {
			t.Errorf("%s: begun at %v, changed at %v", name, j["CreateTime"], j["ModifyTime"])
		}
		s, _ = must(t, s, at(test.ends, event(test.end)))
		if j := job(s); j["CreateTime"] != float64(noon) || j["ModifyTime"] != float64(test.want) {
			t.Errorf("%s: begun at %v, ended at %v", name, j["CreateTime"], j["ModifyTime"])
		}
	}
}

// Client tokens are forgotten in the order in which their jobs ended, and can be used
// again then. Those of jobs that are processing stay.
func TestTokensAreBounded(t *testing.T) {
	s := shop().Listener("lsn-2", alb.HTTPS).Default(c(1)).State()
	ask := func(requestID, listener, token string, op errcodes.Operation) alb.Input {
		return alb.Change(requestID, &request{Op: op, ListenerID: listener, CertificateIDs: ids(2), ClientToken: token})
	}
	const more = 3
	s, _ = must(t, s, ask("early", "lsn-2", "early", errcodes.AssociateAdditionalCertificatesWithListener)) // goes on
	for i := range alb.MaxTokens + more {
		op := errcodes.AssociateAdditionalCertificatesWithListener
		if i%2 == 1 {
			op = errcodes.DissociateAdditionalCertificatesFromListener
		}
		r := "r" + strconv.Itoa(i)
		s, _ = must(t, s, ask(r, "lsn-1", r, op), event(alb.JobFinished{Job: "job-" + r}))
	}
	if n := s.Tokens.Len(); n != alb.MaxTokens+1 || s.Used.Len() != alb.MaxTokens {
		t.Errorf("%d tokens, %d of jobs that have ended", n, s.Used.Len())
	}
	for key, known := range map[string]bool{"early": true, "r0": false, "r2": false, "r4": true} {
		if got := s.Tokens.Has("AssociateAdditionalCertificatesWithListener " + key); got != known {
			t.Errorf("%s is known: %v", key, got)
		}
	}
	for _, inv := range alb.Invariants() {
		before := s
		next, out := step(s, event(alb.ListenerStopped{ID: "lsn-1"}))
		if why := inv.Holds(alb.Machine{}, model.Transition[alb.State, alb.Input, model.Output]{From: before, Input: event(alb.ListenerStopped{ID: "lsn-1"}), Output: out, To: next}); why != "" {
			t.Errorf("%s: %s", inv.Name, why)
		}
	}
}

// A token that an event forgets is forgotten in the order, too, whether its job has
// ended or not.
func TestForgottenTokens(t *testing.T) {
	forget := event(alb.TokenForgotten{Token: "AssociateAdditionalCertificatesWithListener r"})
	s, _ := must(t, shop().State(), associate("r", c(2)))
	s, _ = must(t, s, forget, event(alb.JobFinished{Job: "job-r"}))
	if s.Used.Len()+s.Tokens.Len() != 0 {
		t.Errorf("%d tokens, %d in the order", s.Tokens.Len(), s.Used.Len())
	}
	s, _ = must(t, s, associate("r", c(3)))
	if l := listener(t, s, "lsn-1"); l.Job == "job-r" { // that one is remembered
		t.Error("the job has the id of another one")
	}
	s, _ = must(t, s, event(alb.JobFinished{Job: listener(t, s, "lsn-1").Job}))
	if s.Used.Len() != 1 || s.Tokens.Len() != 1 {
		t.Errorf("%d tokens, %d in the order", s.Tokens.Len(), s.Used.Len())
	}
	s, _ = must(t, s, forget)
	if s.Used.Len()+s.Tokens.Len() != 0 {
		t.Errorf("%d tokens, %d in the order", s.Tokens.Len(), s.Used.Len())
	}
}

// Every action says what kind it is and what it is about.
func TestActions(t *testing.T) {
	got := map[string]string{}
	for _, a := range []model.Action{
		associate("r", c(2)).Action, dissociate("r", c(2)).Action, update("r", c(2)).Action,
		alb.JobFinished{Job: "j"},
		alb.JobFailed{Job: "j"},
		alb.ListenerAdded{ID: "l"},
		alb.ListenerRemoved{ID: "l"},
		alb.ListenerStarted{ID: "l"},
		alb.ListenerStopped{ID: "l"},
		alb.ListenerProvisioned{ID: "l"},
		alb.LoadBalancerAdded{ID: "a"},
		alb.PermissionChanged{LoadBalancer: "a"},
		alb.QuotaRaised{LoadBalancer: "a"},
		alb.DefaultCertificateSet{Listener: "l"},
		alb.DefaultCertificateRemoved{Listener: "l"},
		alb.TokenForgotten{Token: "t"},
		alb.ListListenerCertificates{ListenerID: "l"},
		alb.GetListenerAttribute{ListenerID: "l"},
		alb.ListListeners{},
		alb.GetLoadBalancerAttribute{LoadBalancerID: "a"},
		alb.ListAsynJobs{JobIDs: []string{"j"}},
	} {
		kind := map[model.Kind]string{model.Request: "request", model.Read: "read", model.Event: "event"}[a.Kind()]
		got[kind+" about "+a.About().String()] += "."
	}
	want := map[string]string{
		"request about listener lsn-1": "...", "event about job j": "..", "event about listener l": ".......", "event about load balancer a": "...",
		"event about client token t": ".", "read about listener l": "..", "read about listener": ".", "read about load balancer a": ".", "read about job": ".",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}
