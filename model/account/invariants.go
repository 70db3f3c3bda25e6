package account

import (
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/model/clb"
	"github.com/alicert/alicert/model/esa"
	"github.com/alicert/alicert/model/internal/invariant"
)

type (
	machine    = model.Machine[State, Input, model.Output]
	transition = model.Transition[State, Input, model.Output]
)

// Invariants returns properties of every transition of a correct machine. They check
// any machine of these states and inputs, not only [Machine].
func Invariants() []model.Invariant[State, Input, model.Output] {
	of := invariant.Builder[State, Input]{}
	return []model.Invariant[State, Input, model.Output]{
		of.Change("an input changes nothing that is another machine's alone", leavesTheOthers),
		of.Change("what one machine uses no other withdraws", usedStays),
		{Name: "what holds of the certificate center alone holds", Holds: holds(
			cas.Invariants(), func(s State) cas.State { return s.CAS },
			func(rest *State, s cas.State) { rest.CAS = s },
			func(at int64, a cas.Action) cas.Input { return cas.Input{At: at, Action: a} },
			func(in cas.Input) Input { return Input{in.At, in.Action} },
		)},
		{Name: "what holds of the CDN alone holds", Holds: holds(
			cdn.Invariants(), State.ForCDN,
			func(rest *State, s cdn.State) { rest.CAS, rest.CDN = s.CAS, s.Own },
			func(at int64, a cdn.Action) cdn.Input { return cdn.Input{At: at, Action: a} },
			func(in cdn.Input) Input { return Input{in.At, in.Action} },
		)},
		{Name: "what holds of the ALB alone holds", Holds: holds(
			alb.Invariants(), State.ForALB,
			func(rest *State, s alb.State) { rest.CAS, rest.ALB = s.CAS, s.Own },
			func(at int64, a alb.Action) alb.Input { return alb.Input{At: at, Action: a} },
			func(in alb.Input) Input { return Input{in.At, in.Action} },
		)},
		{Name: "what holds of the classic load balancer alone holds", Holds: holds(
			clb.Invariants(), State.ForCLB,
			func(rest *State, s clb.State) { rest.CAS, rest.CLB = s.CAS, s.Own },
			func(at int64, a clb.Action) clb.Input { return clb.Input{At: at, Action: a} },
			func(in clb.Input) Input { return Input{in.At, in.Action} },
		)},
		{Name: "what holds of ESA alone holds", Holds: holds(
			esa.Invariants(), State.ForESA,
			func(rest *State, s esa.State) { rest.CAS, rest.ESA = s.CAS, s.Own },
			func(at int64, a esa.Action) esa.Input { return esa.Input{At: at, Action: a} },
			func(in esa.Input) Input { return Input{in.At, in.Action} },
		)},
	}
}

func (in Input) forCDN() bool {
	_, is := in.Action.(cdn.Action)
	return is
}

func (in Input) forALB() bool {
	_, is := in.Action.(alb.Action)
	return is
}

func (in Input) forCLB() bool {
	_, is := in.Action.(clb.Action)
	return is
}

func (in Input) forESA() bool {
	_, is := in.Action.(esa.Action)
	return is
}

// leavesTheOthers checks that an input leaves the records of the other machines as
// they are, and their counts of users in the certificate center.
func leavesTheOthers(t transition) string {
	a, b := t.From, t.To
	if in, is := t.Input.Action.(cas.Action); is { // a new name reaches the domains
		a.CDN = a.ForCDN().Follow(in, b.CAS).Own
	}
	for name, was := range a.CAS.Certificates.All() {
		is, found := b.CAS.Get(name)
		switch {
		case !found:
		case !t.Input.forCDN() && is.Domains != was.Domains:
			return "another machine than the CDN changed how many domains " + name + " has"
		case !t.Input.forALB() && is.Listeners != was.Listeners:
			return "another machine than the ALB changed how many listeners " + name + " has"
		}
	}
	switch {
	case !t.Input.forCDN() && cdn.State{Own: a.CDN}.Key() != cdn.State{Own: b.CDN}.Key():
		return "another machine than the CDN changed a domain or the account"
	case !t.Input.forALB() && alb.State{Own: a.ALB}.Key() != alb.State{Own: b.ALB}.Key():
		return "another machine than the ALB changed a load balancer or what belongs to one"
	case !t.Input.forCLB() && a.CLB.Key() != b.CLB.Key():
		return "another machine than that of the classic load balancer changed what belongs to it"
	case !t.Input.forESA() && esa.State{Own: a.ESA}.Key() != esa.State{Own: b.ESA}.Key():
		return "another machine than ESA's changed a site or what belongs to one"
	case t.Input.forCLB(), t.Input.forESA():
		if part := a.CAS.Changed(b.CAS); part != "" {
			return "a machine that only reads the certificate center changed it: " + part
		}
		return ""
	default:
		return ""
	}
}

// usedStays looks for the users themselves and does not rely on their counts.
func usedStays(t transition) string {
	for name, c := range t.From.CAS.Certificates.All() {
		if t.To.CAS.Certificates.Has(name) || c.ID != "" && t.To.CAS.IDs.Has(c.ID) { // the latter has another name
			continue
		}
		if user := domainOf(t.From, name); !t.Input.forCDN() && user != "" {
			return "another machine than the CDN removed " + name + ", to which domain " + user + " is bound"
		}
		if user := listenerOf(t.From, c); !t.Input.forALB() && user != "" {
			return "another machine than the ALB removed " + name + ", which listener " + user + " uses"
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
// additional one, or gets it from a job.
func listenerOf(s State, c cas.Certificate) string {
	for id := range s.ALB.Listeners.All() {
		if s.ALB.Uses(id, c.ID) {
			return id
		}
	}
	return ""
}

// holds checks the invariants of one machine, whose state is a part of the account's. Inputs
// of the other machines reach it as an empty input.
func holds[S, I any, A model.Action](
	invariants []model.Invariant[S, I, model.Output], part func(State) S, put func(*State, S), own func(at int64, a A) I, whole func(I) Input,
) func(machine, transition) string {
	return func(m machine, t transition) string {
		seen := model.Transition[S, I, model.Output]{From: part(t.From), To: part(t.To)}
		if a, is := t.Input.Action.(A); is {
			seen.Input, seen.Output = own(t.Input.At, a), t.Output
		}
		side := model.Func(seen.From, func(s S, in I) (S, model.Output) {
			rest := t.To
			put(&rest, s)
			next, output := m.Step(rest, whole(in))
			return part(next), output
		})
		return broken(invariants, side, seen)
	}
}

// broken returns the broken ones of some invariants, with their names.
func broken[S, I any](all []model.Invariant[S, I, model.Output], m model.Machine[S, I, model.Output], t model.Transition[S, I, model.Output]) string {
	for _, inv := range all {
		if why := inv.Holds(m, t); why != "" {
			return inv.Name + ": " + why
		}
	}
	return ""
}
