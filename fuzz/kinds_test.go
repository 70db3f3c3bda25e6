package fuzz

import (
	"reflect"
	"slices"
	"testing"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/model/world"
)

var (
	cdnMachine   = MachineOf(cdn.Machine{}, Input.CDN)
	albMachine   = MachineOf(alb.Machine{}, Input.ALB)
	laterMachine = MachineOf(alb.Machine{Later: true}, Input.ALB)
	worldMachine = MachineOf(world.Machine{}, Input.World)
)

// systemOf opens systems that are the machine.
func systemOf[S any](m model.Machine[S, Input, model.Output]) func() model.System[Input, model.Output] {
	return func() model.System[Input, model.Output] { return model.NewSystem(m) }
}

// Every type of action has a kind of inputs that makes it.
func TestEveryActionIsMade(t *testing.T) {
	missing := map[reflect.Type]bool{}
	for _, a := range cdn.Actions() {
		missing[reflect.TypeOf(a)] = true
	}
	for _, a := range alb.Actions() {
		missing[reflect.TypeOf(a)] = true
	}
	for data := range Bytes(1, 100, 1024) {
		for in := range Inputs(worldMachine, WorldInputs(), data) {
			judged := in.World()
			if judged.ALB.Action != nil {
				delete(missing, reflect.TypeOf(judged.ALB.Action))
			} else {
				delete(missing, reflect.TypeOf(judged.CDN.Action))
			}
		}
	}
	for a := range missing {
		t.Errorf("no input is a %v", a)
	}
}

// Names of kinds tell them apart, so that they can be left out.
func TestKindsAreNamed(t *testing.T) {
	g := WorldInputs()
	seen := map[string]bool{}
	for _, k := range g.Kinds {
		if k.Name == "" || seen[k.Name] {
			t.Errorf("two kinds are named %q", k.Name)
		}
		seen[k.Name] = true
	}
	if less := g.Without("set off", "associate"); len(less.Kinds) != len(g.Kinds)-2 {
		t.Errorf("%d kinds of %d are left", len(less.Kinds), len(g.Kinds))
	}
}

// inputsNeeded sends sequences to the machine until every point was touched, and
// returns how many inputs that took.
func inputsNeeded[S any](t *testing.T, m model.Machine[S, Input, model.Output], o Options[S, Input, model.Output], seed uint64, points []Point) int {
	t.Helper()
	const most = 200_000
	missing := map[Point]bool{}
	for _, p := range points {
		missing[p] = true
	}
	inputs := 0
	for data := range Bytes(seed, most, 1024) {
		sequence, state := o.Generator.Begin(NewSource(data)), m.Init()
		for {
			in, ok := sequence.Next()
			if !ok {
				break
			}
			next, out := m.Step(state, in)
			for p := range o.Touched(model.Transition[S, Input, model.Output]{From: state, Input: in, Output: out, To: next}) {
				delete(missing, p)
			}
			state = next
			sequence.Learn(in, out)
			if inputs++; len(missing) == 0 {
				return inputs
			}
		}
		if inputs > most {
			break
		}
	}
	for p := range missing {
		t.Errorf("seed %d: %d inputs do not touch %s %s", seed, inputs, p.Dimension, p.Name)
	}
	return inputs
}

// medianNeeded is the median of ten seeds.
func medianNeeded[S any](t *testing.T, m model.Machine[S, Input, model.Output], o Options[S, Input, model.Output], points []Point) int {
	t.Helper()
	var needed []int
	for seed := range uint64(10) {
		needed = append(needed, inputsNeeded(t, m, o, seed, points))
	}
	slices.Sort(needed)
	t.Logf("inputs that touch all %d points: median %d, from %d to %d", len(points), (needed[4]+needed[5])/2, needed[0], needed[9])
	return (needed[4] + needed[5]) / 2
}

// tables returns the usual tables of operations.
func tables(ops ...errcodes.Operation) (all []errcodes.Table) {
	for _, op := range ops {
		all = append(all, op.Table())
	}
	return all
}

// Every documented code and every condition is reached from nothing.
func TestEveryCodeIsReached(t *testing.T) {
	around := []errcodes.Operation{
		errcodes.DissociateAdditionalCertificatesFromListener, errcodes.UpdateListenerAttribute,
		errcodes.ListListenerCertificates, errcodes.GetLoadBalancerAttribute,
	}
	for _, test := range []struct {
		name   string
		atMost int
		median func(*testing.T) int
	}{
		{"cdn", 25_000, func(t *testing.T) int {
			return medianNeeded(t, cdnMachine, CDN(), Documented(errcodes.SetDomainServerCertificate.Table()))
		}},
		{"successors", 60_000, func(t *testing.T) int {
			return medianNeeded(t, cdnMachine, CDN(), Documented(tables(cdn.Operations()[1:]...)...))
		}},
		{"alb", 10_000, func(t *testing.T) int {
			return medianNeeded(t, albMachine, ALB(), Documented(errcodes.AssociateAdditionalCertificatesWithListener.Table()))
		}},
		{"alb, later edition", 10_000, func(t *testing.T) int {
			return medianNeeded(t, laterMachine, ALB(), Documented(errcodes.Table{Operation: errcodes.AssociateAdditionalCertificatesWithListener, Version: errcodes.Current}))
		}},
		{"around", 60_000, func(t *testing.T) int { return medianNeeded(t, albMachine, ALB(), Documented(tables(around...)...)) }},
	} {
		t.Run(test.name, func(t *testing.T) {
			if needed := test.median(t); needed > test.atMost {
				t.Errorf("it takes %d inputs; want at most %d", needed, test.atMost)
			}
		})
	}
}

// A machine conforms to itself and keeps its invariants.
func TestMachinesConform(t *testing.T) {
	t.Run("cdn", func(t *testing.T) { Conform(t, cdnMachine, systemOf(cdnMachine), CDN()) })
	t.Run("alb", func(t *testing.T) { Conform(t, albMachine, systemOf(albMachine), ALB()) })
	t.Run("world", func(t *testing.T) { Conform(t, worldMachine, systemOf(worldMachine), World()) })
}
