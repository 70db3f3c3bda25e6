package fuzz

import (
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/model/centre"
	"github.com/alicert/alicert/model/world"
)

// Kinds of this library's inputs, by machine.

func grammar(kinds ...[]kind) Grammar[*Memory, Input, model.Output] {
	g := Grammar[*Memory, Input, model.Output]{
		New:   func() *Memory { return &Memory{Asked: map[string]change{}} },
		Learn: (*Memory).Learn,
	}
	for _, more := range kinds {
		g.Kinds = append(g.Kinds, more...)
	}
	return g
}

// CDNInputs is the grammar of the inputs of model/cdn.
func CDNInputs() Grammar[*Memory, Input, model.Output] { return grammar(cdnKinds()) }

// ALBInputs is the grammar of the inputs of model/alb.
func ALBInputs() Grammar[*Memory, Input, model.Output] { return grammar(albKinds()) }

// WorldInputs is the grammar of the inputs of model/world.
func WorldInputs() Grammar[*Memory, Input, model.Output] { return grammar(cdnKinds(), albKinds()) }

// CDN returns what the harness has to know of model/cdn:
//
//	m := fuzz.MachineOf(cdn.Machine{}, fuzz.Input.CDN)
//	fuzz.Conform(t, m, open, fuzz.CDN())
func CDN() Options[cdn.State, Input, model.Output] {
	return Options[cdn.State, Input, model.Output]{
		Generator:  CDNInputs(),
		Equal:      SameAnswer,
		IDs:        &serviceIDs,
		Key:        cdn.Key,
		Same:       sameCDN,
		Invariants: invariantsOf(cdn.Invariants(), Input.CDN, func(in cdn.Input) Input { return Input{in.Action} }),
		Outcome:    model.Output.Outcome,
		Touched:    cdnTouched,
		Footprint:  CDNFootprint,
		Idle:       idle,
		Program:    program("cdn.Machine{}", "fuzz.Input.CDN", "fuzz.CDN()", "github.com/alicert/alicert/model/cdn"),
	}
}

// ALB returns what the harness has to know of model/alb:
//
//	m := fuzz.MachineOf(alb.Machine{}, fuzz.Input.ALB)
//	fuzz.Conform(t, m, open, fuzz.ALB())
func ALB() Options[alb.State, Input, model.Output] {
	return Options[alb.State, Input, model.Output]{
		Generator:  ALBInputs(),
		Equal:      SameAnswer,
		IDs:        &serviceIDs,
		Key:        alb.Key,
		Same:       sameALB,
		Invariants: invariantsOf(alb.Invariants(), Input.ALB, func(in alb.Input) Input { return Input{in.Action} }),
		Outcome:    model.Output.Outcome,
		Touched:    albTouched,
		Footprint:  ALBFootprint,
		Idle:       idle,
		Program:    program("alb.Machine{}", "fuzz.Input.ALB", "fuzz.ALB()", "github.com/alicert/alicert/model/alb"),
	}
}

// World returns what the harness has to know of model/world:
//
//	m := fuzz.MachineOf(world.Machine{}, fuzz.Input.World)
//	fuzz.Conform(t, m, open, fuzz.World())
func World() Options[world.State, Input, model.Output] {
	return Options[world.State, Input, model.Output]{
		Generator:  WorldInputs(),
		Equal:      SameAnswer,
		IDs:        &serviceIDs,
		Key:        world.Key,
		Same:       func(a, b world.State) bool { return sameCDN(a.CDN, b.CDN) && sameALB(a.ALB, b.ALB) },
		Invariants: invariantsOf(world.Invariants(), Input.World, ofWorld),
		Outcome:    model.Output.Outcome,
		Touched:    worldTouched,
		Footprint:  WorldFootprint,
		Idle:       idle,
		Program:    program("world.Machine{}", "fuzz.Input.World", "fuzz.World()", "github.com/alicert/alicert/model/world"),
	}
}

// ofWorld is Input.World the other way round.
func ofWorld(in world.Input) Input {
	if in.ALB.Action != nil {
		return Input{in.ALB.Action}
	}
	return Input{in.CDN.Action}
}

// program prints failures of a machine that begins with nothing.
func program(machine, input, options, path string) Program {
	return Program{
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
