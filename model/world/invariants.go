package world

import (
	"strings"

	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/model/centre"
	"github.com/alicert/alicert/model/internal/invariant"
)

type (
	machine    = model.Machine[State, Input, model.Output]
	transition = model.Transition[State, Input, model.Output]
)

// Invariants are what holds at every transition of a sound machine. They judge
// any machine of these states and inputs, not only [Machine].
func Invariants() []model.Invariant[State, Input, model.Output] {
	of := invariant.Of[State, Input]{}
	return []model.Invariant[State, Input, model.Output]{
		of.State("both machines see one certificate centre", oneCentre),
		of.Change("an input changes nothing that is the other machine's alone", leavesTheOther),
		of.Change("what one machine uses the other does not withdraw", usedStays),
		{Name: "what holds of the CDN alone holds", Holds: cdnHolds},
		{Name: "what holds of the ALB alone holds", Holds: albHolds},
	}
}

func oneCentre(s State) string {
	a, b := s.CDN.Centre, s.ALB.Centre
	if a.Certificates.Equal(b.Certificates) && a.IDs.Equal(b.IDs) && a.Leaves.Equal(b.Leaves) && a.Numbered == b.Numbered {
		return ""
	}
	return "they see different ones"
}

// leavesTheOther looks at the records beside the certificate centre, and in it at
// how many users a certificate has that are the other machine's.
func leavesTheOther(t transition) string {
	a, b := t.From, t.To
	for name, was := range a.CDN.Centre.Certificates.All() {
		is, found := b.CDN.Centre.Get(name)
		switch {
		case !found:
		case t.Input.forALB() && is.Domains != was.Domains:
			return "the ALB changed how many domains " + name + " has"
		case !t.Input.forALB() && is.Listeners != was.Listeners:
			return "the CDN changed how many listeners " + name + " has"
		}
	}
	switch {
	case t.Input.forALB() && cdnAlone(a) != cdnAlone(b):
		return "the ALB changed a domain or the account"
	case !t.Input.forALB() && albAlone(a) != albAlone(b):
		return "the CDN changed a load balancer or what belongs to one"
	default:
		return ""
	}
}

func cdnAlone(s State) string {
	s.CDN.Centre = centre.State{}
	return cdn.Key(s.CDN)
}

func albAlone(s State) string {
	s.ALB.Centre = centre.State{}
	return alb.Key(s.ALB)
}

// usedStays looks for the users themselves, not at their numbers.
func usedStays(t transition) string {
	for name, c := range t.From.CDN.Centre.Certificates.All() {
		if t.To.CDN.Centre.Certificates.Has(name) {
			continue
		}
		if user := domainOf(t.From, name); t.Input.forALB() && user != "" {
			return "the ALB removed " + name + ", to which domain " + user + " is bound"
		}
		if user := listenerOf(t.From, c); !t.Input.forALB() && user != "" {
			return "the CDN removed " + name + ", which listener " + user + " uses"
		}
	}
	return ""
}

// domainOf returns a domain that is bound to a certificate.
func domainOf(s State, name string) string {
	for domain, d := range s.CDN.Domains.All() {
		if d.Bound == name {
			return domain
		}
	}
	return ""
}

// listenerOf returns a listener that has a certificate as its default or an
// additional one, or that a job is giving it to.
func listenerOf(s State, c centre.Certificate) string {
	if c.ID == "" {
		return ""
	}
	for id, l := range s.ALB.Listeners.All() {
		if j, _ := s.ALB.Jobs.Get(l.Job); l.Default == c.ID || j.Default == c.ID {
			return id
		}
	}
	for key := range s.ALB.Associations.All() {
		if listener, id, _ := strings.Cut(key, " "); id == c.ID {
			return listener
		}
	}
	return ""
}

// cdnHolds judges by the CDN's own invariants. What an input of the other machine
// does to the CDN came without an input of its own.
func cdnHolds(m machine, t transition) string {
	own := model.Transition[cdn.State, cdn.Input, model.Output]{From: t.From.CDN, To: t.To.CDN}
	if !t.Input.forALB() {
		own.Input, own.Output = t.Input.CDN, t.Output
	}
	side := model.Func(own.From, func(s cdn.State, in cdn.Input) (cdn.State, model.Output) {
		w := State{CDN: s, ALB: t.To.ALB}
		w.ALB.Centre = s.Centre
		next, output := m.Step(w, Input{CDN: in})
		return next.CDN, output
	})
	return broken(cdn.Invariants(), side, own)
}

// albHolds does the same for the ALB.
func albHolds(m machine, t transition) string {
	own := model.Transition[alb.State, alb.Input, model.Output]{From: t.From.ALB, To: t.To.ALB}
	if t.Input.forALB() {
		own.Input, own.Output = t.Input.ALB, t.Output
	}
	side := model.Func(own.From, func(s alb.State, in alb.Input) (alb.State, model.Output) {
		w := State{CDN: t.To.CDN, ALB: s}
		w.CDN.Centre = s.Centre
		next, output := m.Step(w, Input{ALB: in})
		return next.ALB, output
	})
	return broken(alb.Invariants(), side, own)
}

// broken returns what is broken of some invariants, under their names.
func broken[S, I any](all []model.Invariant[S, I, model.Output], m model.Machine[S, I, model.Output], t model.Transition[S, I, model.Output]) string {
	for _, inv := range all {
		if why := inv.Holds(m, t); why != "" {
			return inv.Name + ": " + why
		}
	}
	return ""
}
