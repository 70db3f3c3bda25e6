package alb_test

import (
	"slices"
	"testing"

	"github.com/alicert/alicert/internal/universe"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cas"
)

type machine = model.Machine[alb.State, alb.Input, model.Output]

// A sabotage changes what the sound machine did in one step.
type sabotage func(from alb.State, in alb.Input, to alb.State, output model.Output) (alb.State, model.Output)

func broken(by sabotage) machine {
	return model.Func(universe.ALB(universe.Small, 0).Machine.Init(), func(s alb.State, in alb.Input) (alb.State, model.Output) {
		to, output := alb.Machine{}.Step(s, in)
		return by(s, in, to, output)
	})
}

// changeSomething changes a state in a place that no other invariant minds.
func changeSomething(s alb.State) alb.State {
	l, _ := s.Listeners.Get("lsn-1")
	l.Port++
	s.Listeners = s.Listeners.Set("lsn-1", l)
	return s
}

// when makes a sabotage of the steps of one type of action.
func when[A model.Action](change func(a A, from, to alb.State, output model.Output) (alb.State, model.Output)) sabotage {
	return func(from alb.State, in alb.Input, to alb.State, output model.Output) (alb.State, model.Output) {
		if a, is := in.Action.(A); is {
			return change(a, from, to, output)
		}
		return to, output
	}
}

type (
	associateAction = alb.ChangeCertificates
)

// sabotages break each invariant, by name.
var sabotages = map[string][]sabotage{
	"an error changes nothing": {
		func(from alb.State, _ alb.Input, to alb.State, output model.Output) (alb.State, model.Output) {
			if output.Error.Code != "" {
				to = changeSomething(from)
			}
			return to, output
		},
	},
	"what is ignored changes nothing": {
		func(from alb.State, _ alb.Input, to alb.State, output model.Output) (alb.State, model.Output) {
			if output.Ignored {
				to = changeSomething(from)
			}
			return to, output
		},
	},
	"reads change nothing": {
		when(func(_ alb.ListListeners, from, _ alb.State, output model.Output) (alb.State, model.Output) {
			return changeSomething(from), output
		}),
	},
	"a dry run changes nothing": {
		when(func(a associateAction, from, to alb.State, output model.Output) (alb.State, model.Output) {
			if a.DryRun {
				return from, model.Output{RequestID: a.RequestID}
			}
			return to, output
		}),
		when(func(a associateAction, _, to alb.State, output model.Output) (alb.State, model.Output) {
			if a.DryRun {
				to.Tokens = to.Tokens.Set("used by a dry run", alb.Token{})
			}
			return to, output
		}),
	},
	"an association is all or nothing": {
		// Only the first certificate is associated.
		when(func(a associateAction, from, to alb.State, output model.Output) (alb.State, model.Output) {
			if output.OK() && to != from && len(a.CertificateIDs) > 1 {
				to.Associations = to.Associations.Delete("lsn-1 " + a.CertificateIDs[1])
			}
			return to, output
		}),
		// Another certificate is associated as well.
		when(func(_ associateAction, from, to alb.State, output model.Output) (alb.State, model.Output) {
			if output.OK() && to != from {
				to.Associations = to.Associations.Set("lsn-2 other", alb.Association{Status: alb.Associating, Job: output.JobID})
			}
			return to, output
		}),
	},
	"the quota is never exceeded": {
		when(func(a associateAction, _, to alb.State, output model.Output) (alb.State, model.Output) {
			if output.Outcome() == "QuotaExceeded" {
				for _, id := range a.CertificateIDs {
					to.Associations = to.Associations.Set("lsn-1 "+id, alb.Association{Status: alb.Associated})
				}
			}
			return to, output
		}),
	},
	"a token answers the same twice": {
		// The token is not remembered.
		when(func(_ associateAction, from, to alb.State, output model.Output) (alb.State, model.Output) {
			to.Tokens = from.Tokens
			return to, output
		}),
		// The answer is the same, but there is an effect.
		when(func(_ associateAction, from, to alb.State, output model.Output) (alb.State, model.Output) {
			if output.OK() && to == from {
				to = changeSomething(from)
			}
			return to, output
		}),
	},
	"what is in flight settles when its job ends": {
		// A failed job leaves its certificates behind.
		when(func(_ alb.JobFailed, from, to alb.State, output model.Output) (alb.State, model.Output) {
			to.Associations = from.Associations
			return to, output
		}),
		// A finished job does, too.
		when(func(_ alb.JobFinished, from, to alb.State, output model.Output) (alb.State, model.Output) {
			to.Associations = from.Associations
			return to, output
		}),
		// The job is forgotten.
		when(func(_ associateAction, from, to alb.State, output model.Output) (alb.State, model.Output) {
			to.Jobs = from.Jobs
			return to, output
		}),
		// The association remembers its job for ever.
		when(func(e alb.JobFinished, _, to alb.State, output model.Output) (alb.State, model.Output) {
			for key, a := range to.Associations.All() {
				to.Associations = to.Associations.Set(key, alb.Association{Status: a.Status, Job: e.Job})
			}
			return to, output
		}),
	},
	"a listener is configured by one job that is processing": {
		// The listener is Configuring for ever.
		when(func(_ alb.JobFinished, _, to alb.State, output model.Output) (alb.State, model.Output) {
			l, _ := to.Listeners.Get("lsn-1")
			l.Status = alb.Configuring
			to.Listeners = to.Listeners.Set("lsn-1", l)
			return to, output
		}),
		// The listener does not forget its job.
		when(func(e alb.JobFinished, _, to alb.State, output model.Output) (alb.State, model.Output) {
			l, _ := to.Listeners.Get("lsn-1")
			l.Job = e.Job
			to.Listeners = to.Listeners.Set("lsn-1", l)
			return to, output
		}),
		// The listener stays Running.
		when(func(_ associateAction, from, to alb.State, output model.Output) (alb.State, model.Output) {
			to.Listeners = from.Listeners
			return to, output
		}),
	},
	"a bound certificate exists": {
		when(func(_ alb.DefaultCertificateRemoved, _, to alb.State, output model.Output) (alb.State, model.Output) {
			l, _ := to.Listeners.Get("lsn-1")
			l.Default = "9-cn-hangzhou"
			to.Listeners = to.Listeners.Set("lsn-1", l)
			return to, output
		}),
		when(func(e cas.CertificateRemoved, _, to alb.State, output model.Output) (alb.State, model.Output) {
			c, known := to.CAS.Get(e.Name)
			if known && c.Listeners > 0 {
				to.CAS = to.CAS.Remove(c.Name)
			}
			return to, output
		}),
	},
	"indices and counts agree with records": {
		// The load balancer's count is not kept.
		when(func(_ associateAction, from, to alb.State, output model.Output) (alb.State, model.Output) {
			to.LoadBalancers = from.LoadBalancers
			return to, output
		}),
		// The certificate's count is not kept.
		when(func(_ alb.JobFailed, from, to alb.State, output model.Output) (alb.State, model.Output) {
			to.CAS = from.CAS
			return to, output
		}),
		// A certificate is not found by its id.
		when(func(_ alb.DefaultCertificateRemoved, _, to alb.State, output model.Output) (alb.State, model.Output) {
			to.CAS.IDs = to.CAS.IDs.Delete(c(3))
			return to, output
		}),
		// An id is found of a certificate that is not there.
		when(func(_ alb.DefaultCertificateRemoved, _, to alb.State, output model.Output) (alb.State, model.Output) {
			to.CAS.IDs = to.CAS.IDs.Set("other", "other")
			return to, output
		}),
		// A finished job is not listed, or listed twice, or was never there.
		when(func(_ alb.JobFinished, from, to alb.State, output model.Output) (alb.State, model.Output) {
			to.Finished = from.Finished
			return to, output
		}),
		when(func(e alb.JobFinished, _, to alb.State, output model.Output) (alb.State, model.Output) {
			if output.OK() {
				to.Finished = to.Finished.Set("again", e.Job)
			}
			return to, output
		}),
		when(func(_ alb.JobFinished, _, to alb.State, output model.Output) (alb.State, model.Output) {
			to.Finished = to.Finished.Set("other", "job-9")
			return to, output
		}),
		// A job that is processing is listed in the place of one that has ended.
		when(func(e alb.JobFinished, _, to alb.State, output model.Output) (alb.State, model.Output) {
			for id, j := range to.Jobs.All() {
				if output.OK() && id == e.Job {
					j.Status = alb.Processing
					to.Jobs = to.Jobs.Set(id, j).Set("job-8", alb.Job{Status: alb.Succeeded})
				}
			}
			return to, output
		}),
	},
	"a listener is of the product of its load balancer": {
		when(func(_ alb.ListenerStopped, _, to alb.State, output model.Output) (alb.State, model.Output) {
			to.Listeners = to.Listeners.Update("lsn-1", func(l *alb.Listener) { l.Product = alb.NLB })
			return to, output
		}),
	},
	"no state holds a private key": {
		when(func(_ alb.ListenerStopped, _, to alb.State, output model.Output) (alb.State, model.Output) {
			to.CAS = to.CAS.Put(cas.Certificate{Name: "n", PEM: "-----BEGIN RSA PRIVATE KEY-----\n"})
			return to, output
		}),
		when(func(_ alb.ListenerStopped, _, to alb.State, output model.Output) (alb.State, model.Output) {
			to.Tokens = to.Tokens.Set("-----BEGIN PRIVATE KEY-----", alb.Token{})
			return to, output
		}),
	},
}

// What is wrong with a state is told of the step that leads to it.
func TestAStateIsCheckedAtOnce(t *testing.T) {
	for name, steps := range map[string]int{"no state holds a private key": 1, "indices and counts agree with records": 2} {
		for i, by := range sabotages[name] {
			space := universe.ALB(universe.Small, 0)
			space.Machine = broken(by)
			e := space.Explore(model.Limits{Depth: steps})
			if !slices.ContainsFunc(e.Broken, func(b model.Violation[alb.Input]) bool { return b.Name == name && len(b.Path) <= steps }) {
				t.Errorf("%s: machine %d is not found out in %d steps: %+v", name, i, steps, e.Broken)
			}
		}
	}
}

// Every invariant is able to fail: a machine that breaks it is found out.
func TestEveryInvariantCanFail(t *testing.T) {
	names := map[string]bool{}
	for _, inv := range alb.Invariants() {
		if names[inv.Name] {
			t.Errorf("two invariants %q", inv.Name)
		}
		names[inv.Name] = true
		if len(sabotages[inv.Name]) == 0 {
			t.Errorf("nothing shows that %q can fail", inv.Name)
		}
		for i, by := range sabotages[inv.Name] {
			space := universe.ALB(universe.Small, 0)
			space.Machine, space.Invariants = broken(by), []model.Invariant[alb.State, alb.Input, model.Output]{inv}
			e := space.Explore(model.Limits{Depth: 4, States: 200})
			if len(e.Broken) != 1 || e.Broken[0].Name != inv.Name || e.Broken[0].Why == "" {
				t.Errorf("%s: machine %d is not found out: %+v", inv.Name, i, e.Broken)
			}
		}
	}
	for name := range sabotages {
		if !names[name] {
			t.Errorf("there is no invariant %q", name)
		}
	}
}
