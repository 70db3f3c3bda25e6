package inputs

import (
	"github.com/alicert/alicert/fuzz"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/model/centre"
	"github.com/alicert/alicert/model/world"
)

// Kinds of this library's inputs, by machine.

func grammar(commands ...[]command) fuzz.Grammar[*history, Input, model.Output] {
	g := fuzz.Grammar[*history, Input, model.Output]{
		New:   func() *history { return &history{Asked: map[string]change{}} },
		Learn: (*history).Learn,
	}
	for _, more := range commands {
		g.Commands = append(g.Commands, more...)
	}
	return g
}

// CDNInputs is the grammar of the inputs of model/cdn.
func cdnGrammar() fuzz.Grammar[*history, Input, model.Output] { return grammar(cdnCommands()) }

// ALBInputs is the grammar of the inputs of model/alb.
func albGrammar() fuzz.Grammar[*history, Input, model.Output] { return grammar(albCommands()) }

// WorldInputs is the grammar of the inputs of model/world.
func accountGrammar() fuzz.Grammar[*history, Input, model.Output] {
	return grammar(cdnCommands(), albCommands())
}

// CDN returns what the harness has to know of model/cdn:
//
//	m := fuzz.MachineOf(cdn.Machine{}, inputs.Input.CDN)
//	fuzz.Conform(t, m, open, inputs.CDN())
func CDN() fuzz.Options[cdn.State, Input, model.Output] {
	return fuzz.Options[cdn.State, Input, model.Output]{
		Generator:  cdnGrammar(),
		Equal:      sameAnswer,
		IDs:        &serviceIDs,
		Key:        cdn.Key,
		Same:       sameCDN,
		Invariants: invariantsOf(cdn.Invariants(), Input.CDN, func(in cdn.Input) Input { return Input{in.Action} }),
		Outcome:    model.Output.Outcome,
		Touched:    cdnTouched,
		Footprint:  cdnFootprint,
		Idle:       idle,
		Program:    program("cdn.Machine{}", "inputs.Input.CDN", "inputs.CDN()", "github.com/alicert/alicert/model/cdn"),
	}
}

// ALB returns what the harness has to know of model/alb:
//
//	m := fuzz.MachineOf(alb.Machine{}, inputs.Input.ALB)
//	fuzz.Conform(t, m, open, inputs.ALB())
func ALB() fuzz.Options[alb.State, Input, model.Output] {
	return fuzz.Options[alb.State, Input, model.Output]{
		Generator:  albGrammar(),
		Equal:      sameAnswer,
		IDs:        &serviceIDs,
		Key:        alb.Key,
		Same:       sameALB,
		Invariants: invariantsOf(alb.Invariants(), Input.ALB, func(in alb.Input) Input { return Input{in.Action} }),
		Outcome:    model.Output.Outcome,
		Touched:    albTouched,
		Footprint:  albFootprint,
		Idle:       idle,
		Program:    program("alb.Machine{}", "inputs.Input.ALB", "inputs.ALB()", "github.com/alicert/alicert/model/alb"),
	}
}

// World returns what the harness has to know of model/world:
//
//	m := fuzz.MachineOf(world.Machine{}, inputs.Input.Account)
//	fuzz.Conform(t, m, open, inputs.Account())
func Account() fuzz.Options[world.State, Input, model.Output] {
	return fuzz.Options[world.State, Input, model.Output]{
		Generator:  accountGrammar(),
		Equal:      sameAnswer,
		IDs:        &serviceIDs,
		Key:        world.Key,
		Same:       func(a, b world.State) bool { return sameCDN(a.CDN, b.CDN) && sameALB(a.ALB, b.ALB) },
		Invariants: invariantsOf(world.Invariants(), Input.Account, ofWorld),
		Outcome:    model.Output.Outcome,
		Touched:    accountTouched,
		Footprint:  accountFootprint,
		Idle:       idle,
		Program:    program("world.Machine{}", "inputs.Input.Account", "inputs.Account()", "github.com/alicert/alicert/model/world"),
	}
}

// ofWorld is Input.Account the other way round.
func ofWorld(in world.Input) Input {
	if in.ALB.Action != nil {
		return Input{in.ALB.Action}
	}
	return Input{in.CDN.Action}
}

// invariantsOf returns invariants that see other inputs. wrap is the other way
// round.
func invariantsOf[S, I, J, O any](invariants []model.Invariant[S, I, O], input func(J) I, wrap func(I) J) []model.Invariant[S, J, O] {
	adapted := make([]model.Invariant[S, J, O], len(invariants))
	for i, inv := range invariants {
		adapted[i] = model.Invariant[S, J, O]{Name: inv.Name, Holds: func(m model.Machine[S, J, O], t model.Transition[S, J, O]) string {
			return inv.Holds(fuzz.MachineOf(m, wrap), model.Transition[S, I, O]{From: t.From, Input: input(t.Input), Output: t.Output, To: t.To})
		}}
	}
	return adapted
}

// program prints failures of a machine that begins with nothing.
func program(machine, input, options, path string) fuzz.Program {
	return fuzz.Program{
		Machine: "fuzz.MachineOf(" + machine + ", " + input + ")",
		Options: options,
		Imports: []string{path},
	}
}

// What of a state its other parts follow from decides whether two are the same.

func sameCDN(a, b cdn.State) bool {
	return a.Suspended == b.Suspended && a.Domains.Equal(b.Domains) && sameCentre(a.Centre, b.Centre)
}

func sameALB(a, b alb.State) bool {
	return a.LoadBalancers.Equal(b.LoadBalancers) && a.Listeners.Equal(b.Listeners) && a.Associations.Equal(b.Associations) &&
		a.Tokens.Equal(b.Tokens) && a.Jobs.Equal(b.Jobs) && a.Finished.Equal(b.Finished) && a.Ended == b.Ended && sameCentre(a.Centre, b.Centre)
}

func sameCentre(a, b centre.State) bool {
	return a.Numbered == b.Numbered && a.Certificates.Equal(b.Certificates)
}
