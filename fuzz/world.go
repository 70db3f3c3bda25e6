package fuzz

import (
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/model/world"
)

type worldInvariant = model.Invariant[world.State, Input, model.Output]

// worldInvariants are the invariants of both machines, each of which sees the
// inputs of the other as changes that came from elsewhere, and that they share one
// certificate centre.
func worldInvariants() []worldInvariant {
	invariants := []worldInvariant{{
		Name: "both machines see one certificate centre",
		Holds: func(_ model.Machine[world.State, Input, model.Output], t model.Transition[world.State, Input, model.Output]) string {
			if !sameCentre(t.To.CDN.Centre, t.To.ALB.Centre) {
				return "a certificate is not the same for both"
			}
			return ""
		},
	}}
	for _, inv := range cdn.Invariants() {
		invariants = append(invariants, worldInvariant{Name: "cdn: " + inv.Name, Holds: func(m model.Machine[world.State, Input, model.Output], t model.Transition[world.State, Input, model.Output]) string {
			side := model.Transition[cdn.State, cdn.Input, model.Output]{From: t.From.CDN, To: t.To.CDN}
			if in := t.Input.World(); in.ALB.Action == nil {
				side.Input, side.Output = in.CDN, t.Output
			}
			return inv.Holds(model.Func(t.From.CDN, func(s cdn.State, in cdn.Input) (cdn.State, model.Output) {
				whole := world.State{CDN: s, ALB: t.To.ALB}
				whole.ALB.Centre = s.Centre
				next, out := m.Step(whole, Input{in.Action})
				return next.CDN, out
			}), side)
		}})
	}
	for _, inv := range alb.Invariants() {
		invariants = append(invariants, worldInvariant{Name: "alb: " + inv.Name, Holds: func(m model.Machine[world.State, Input, model.Output], t model.Transition[world.State, Input, model.Output]) string {
			side := model.Transition[alb.State, alb.Input, model.Output]{From: t.From.ALB, To: t.To.ALB}
			if in := t.Input.World(); in.ALB.Action != nil {
				side.Input, side.Output = in.ALB, t.Output
			}
			return inv.Holds(model.Func(t.From.ALB, func(s alb.State, in alb.Input) (alb.State, model.Output) {
				whole := world.State{CDN: t.To.CDN, ALB: s}
				whole.CDN.Centre = s.Centre
				next, out := m.Step(whole, Input{in.Action})
				return next.ALB, out
			}), side)
		}})
	}
	return invariants
}
