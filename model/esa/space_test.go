package esa_test

import (
	"encoding/json"
	"slices"
	"testing"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/universe"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/esa"
)

// The space is explored to its end, every condition of every operation of the machine is
// reached in it, and no invariant breaks on the way.
func TestSpace(t *testing.T) {
	e := universe.ESA().Explore(model.Limits{})
	t.Logf("%d states, %d transitions, %d outcomes", e.Len(), e.Transitions, len(e.Outcomes))
	if !e.Complete || len(e.DeadEnds) > 0 {
		t.Errorf("complete %t, %d dead ends", e.Complete, len(e.DeadEnds))
	}
	for _, b := range e.Broken {
		t.Errorf("%s: %s after %+v", b.Name, b.Why, b.Path)
	}
	type decision struct {
		op   errcodes.Operation
		cond errcodes.Condition
	}
	reached := map[decision]bool{}
	for _, o := range e.Outcomes {
		reached[decision{o.Output.Error.Operation, o.Output.Error.Condition}] = true
	}
	for op := range errcodes.Operations() {
		if op.Product() != errcodes.SetCertificate.Product() {
			continue
		}
		for m := range op.Table().Mappings() {
			// Numbers of other operations are read before the machine.
			if unread := op != errcodes.SetCertificate && m.Condition == errcodes.CondParameterUnreadable; reached[decision{op, m.Condition}] == unread {
				t.Errorf("%s: %s is reached: %v", op, m.Condition, !unread)
			}
		}
	}
}

// Two states have the same key if and only if they are equal, and come back from JSON.
func TestKeysTellStatesApart(t *testing.T) {
	texts, seen := map[string]string{}, map[string]bool{}
	for s := range universe.ESA().Explore(model.Limits{}).States() {
		data, err := json.Marshal(s)
		if err != nil {
			t.Fatal(err)
		}
		var back esa.State
		if err := json.Unmarshal(data, &back); err != nil || back.Key() != s.Key() {
			t.Fatalf("%s comes back with another key, %v", data, err)
		}
		if other, found := texts[s.Key()]; found && other != string(data) {
			t.Fatalf("one key, two states:\n%s\n%s", other, data)
		}
		texts[s.Key()], seen[string(data)] = string(data), true
	}
	if len(texts) != len(seen) || len(seen) < 100 {
		t.Errorf("%d keys of %d states", len(texts), len(seen))
	}
}

// A sabotage changes what the sound machine did in one step.
type sabotage func(from esa.State, in esa.Input, to esa.State, out model.Output) esa.State

// changeSomething changes a state in a place that no other invariant minds.
func changeSomething(s esa.State) esa.State {
	s.Plans = s.Plans.Update(universe.Plan, func(p *esa.Plan) { p.Quota++ })
	return s
}

// when makes a sabotage of the steps of one type of action that are accepted.
func when[A model.Action](change func(a A, from, to esa.State) esa.State) sabotage {
	return func(from esa.State, in esa.Input, to esa.State, out model.Output) esa.State {
		if a, is := in.Action.(A); is && out.OK() && !out.Ignored {
			return change(a, from, to)
		}
		return to
	}
}

const siteKey = "1"

// sabotages break each invariant, by name.
var sabotages = map[string][]sabotage{
	"an error changes nothing": {func(from esa.State, _ esa.Input, to esa.State, out model.Output) esa.State {
		if out.Error.Code != "" {
			return changeSomething(from)
		}
		return to
	}},
	"what is ignored changes nothing": {func(from esa.State, _ esa.Input, to esa.State, out model.Output) esa.State {
		if out.Ignored {
			return changeSomething(from)
		}
		return to
	}},
	"reads change nothing": {when(func(_ esa.ListSites, from, _ esa.State) esa.State { return changeSomething(from) })},
	"ESA changes nothing in the certificate center": {when(func(_ esa.SetCertificate, _, to esa.State) esa.State {
		to.CAS = to.CAS.Remove(universe.Center1)
		return to
	})},
	"certificates belong to sites, sites to plans, and all are counted": {
		when(func(_ esa.SetCertificate, from, to esa.State) esa.State {
			to.Plans = from.Plans
			return to
		}),
		when(func(_ esa.DeleteCertificate, from, to esa.State) esa.State {
			to.Sites = from.Sites
			return to
		}),
		when(func(_ esa.SiteRemoved, from, to esa.State) esa.State {
			to.Plans = from.Plans
			return to
		}),
		when(func(_ esa.SiteRemoved, _, to esa.State) esa.State {
			to.Sites = to.Sites.Delete(siteKey)
			return to
		}),
		when(func(_ esa.PlanQuotaChanged, _, to esa.State) esa.State {
			to.Plans = to.Plans.Delete(universe.Plan)
			return to
		}),
	},
	"names on a site are unique, and lead to their certificates": {
		when(func(_ esa.SetCertificate, from, to esa.State) esa.State {
			to.Names = from.Names
			return to
		}),
		when(func(_ esa.DeleteCertificate, from, to esa.State) esa.State {
			to.Names = from.Names
			return to
		}),
	},
	"a request adds one certificate or replaces one, within the quota and for its site": {
		when(func(a esa.SetCertificate, from, to esa.State) esa.State { // adds beside the one that is replaced
			if a.ID == "" {
				return to
			}
			return stepped(from, without(a))
		}),
		when(func(a esa.SetCertificate, from, to esa.State) esa.State { // replaces in place of adding
			if a.ID != "" {
				return to
			}
			a.ID = universe.SiteCertificate
			return stepped(from, a)
		}),
		when(func(_ esa.SetCertificate, _, to esa.State) esa.State { // lowers the quota
			to.Plans = to.Plans.Update(universe.Plan, func(p *esa.Plan) { p.Quota = 0 })
			return to
		}),
		when(func(_ esa.SetCertificate, _, to esa.State) esa.State { // changes another one
			to.Certificates = to.Certificates.Update(esa.CertificateKey(universe.Site, universe.SiteCertificate), func(c *esa.Certificate) { c.Updated++ })
			return to
		}),
		when(func(_ esa.SetCertificate, _, to esa.State) esa.State { // renames the site
			to.Sites = to.Sites.Update(siteKey, func(s *esa.Site) { s.Name = "example.net" })
			return to
		}),
	},
	"a certificate's text is the one that it was given": {when(func(a esa.SetCertificate, _, to esa.State) esa.State {
		to.Certificates = to.Certificates.Update(esa.CertificateKey(universe.Site, esa.NewID(universe.Site, a.RequestID, 0)), func(c *esa.Certificate) { c.PEM += "\n" })
		return to
	})},
	"no state holds a private key": {when(func(_ esa.SetCertificate, _, to esa.State) esa.State {
		to.Certificates = to.Certificates.Update(esa.CertificateKey(universe.Site, universe.SiteCertificate), func(c *esa.Certificate) {
			c.PEM = "-----BEGIN " + "PRIVATE KEY-----"
		})
		return to
	})},
}

func without(a esa.SetCertificate) esa.SetCertificate {
	a.ID, a.Name = "", "another"
	return a
}

func stepped(s esa.State, a model.Action) esa.State {
	next, _ := esa.Machine{}.Step(s, esa.Input{Action: a})
	return next
}

// Every invariant is able to fail.
func TestEveryInvariantCanFail(t *testing.T) {
	for _, inv := range esa.Invariants() {
		if len(sabotages[inv.Name]) == 0 {
			t.Errorf("nothing breaks %q", inv.Name)
		}
		for i, by := range sabotages[inv.Name] {
			space := universe.ESA()
			space.Machine = model.Func(space.Machine.Init(), func(s esa.State, in esa.Input) (esa.State, model.Output) {
				to, out := esa.Machine{}.Step(s, in)
				return by(s, in, to, out), out
			})
			broken := space.Explore(model.Limits{Depth: 3, States: 500}).Broken
			if !slices.ContainsFunc(broken, func(b model.Violation[esa.Input]) bool { return b.Name == inv.Name }) {
				t.Errorf("%q is not broken by sabotage %d", inv.Name, i+1)
			}
		}
	}
	if len(sabotages) != len(esa.Invariants()) {
		t.Errorf("%d invariants are broken; there are %d", len(sabotages), len(esa.Invariants()))
	}
}
