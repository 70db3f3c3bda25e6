package main

import (
	"encoding/json"
	"fmt"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/model/internal/universe"
)

// A machine is one of the machines, whatever its states and inputs are.
type machine struct {
	explore func(model.Limits) (*finding, error)
	draw    func(model.Limits) *model.Graph
}

// A universeOf is a universe of a machine and how to show it.
type universeOf[S, I any] struct {
	title   string
	catalog errcodes.Table // of the operation that the machine is about
	space   model.Space[S, I, model.Output]
	action  func(I) any
	plain   []string       // how words begin that a brief sequence is clear without
	drawn   S              // where the diagram begins
	class   func(S) string // of what is drawn
	kind    func(I) string // "" for an input that is left out of the diagram
}

func (s *universeOf[S, I]) machine() machine { return machine{s.explore, s.draw} }

func cdnMachine(operation errcodes.Operation, size universe.Size) machine {
	space := universe.CDN(operation, size)
	return (&universeOf[cdn.State, cdn.Input]{
		title:   "cdn",
		catalog: operation.Table(),
		space:   space,
		action:  func(in cdn.Input) any { return in.Action },
		plain:   []string{"domain=" + universe.Domain1, "domainName=" + universe.Domain1, "certificate=", "certificateKey=", "key=own"},
		drawn:   space.Machine.Init(),
		class:   func(s cdn.State) string { return s.Class(universe.Domain1) },
		kind:    cdnKind,
	}).machine()
}

func albMachine(size universe.Size, version errcodes.Version) machine {
	table := errcodes.Table{Operation: errcodes.AssociateAdditionalCertificatesWithListener, Version: version}.Resolve()
	space := universe.ALB(size, version)
	return (&universeOf[alb.State, alb.Input]{
		title:   "alb",
		catalog: table,
		space:   space,
		action:  func(in alb.Input) any { return in.Action },
		plain:   []string{"listener=lsn-1", "listenerId=lsn-1", "id=lsn-1", "loadBalancer=alb-1", "requestId=", "job="},
		drawn:   roomy(space.Machine.Init()),
		class:   func(s alb.State) string { return s.Class(universe.Listener) },
		kind:    albKind,
	}).machine()
}

// roomy gives the load balancer its edition's own quota: the lower one of the
// universes would be used up in nearly every class.
func roomy(s alb.State) alb.State {
	lb, _ := s.LoadBalancers.Get("alb-1")
	lb.Quota = 0
	s.LoadBalancers = s.LoadBalancers.Set("alb-1", lb)
	return s
}

// A finding is what exploring a universe found.
type finding struct {
	machine     string
	catalog     errcodes.Table
	states      int
	transitions int
	complete    bool
	outcomes    []outcome // in the order of the lengths of their paths
	invariants  []property
	deadEnds    int
}

// An outcome is a condition that was reached, "Success" or "Ignored".
type outcome struct {
	name      string
	condition errcodes.Condition // of Success and Ignored 0
	row       errcodes.Row       // that the condition earns
	path      []input            // the last one earns it
}

// A property is an invariant. If it is broken, why says how, and the path leads
// there.
type property struct {
	name string
	why  string
	path []input
}

func (p *property) holds() bool { return p.why == "" }

// An input is one of any machine.
type input struct {
	json        json.RawMessage
	text, brief string
}

// sound reports whether the invariants hold, as far as they were looked at.
func (f *finding) sound() bool {
	for _, p := range f.invariants {
		if !p.holds() {
			return false
		}
	}
	return true
}

func (s *universeOf[S, I]) explore(limits model.Limits) (*finding, error) {
	e := s.space.Explore(limits)
	f := &finding{
		machine: s.title, catalog: s.catalog, states: e.Len(), transitions: e.Transitions,
		complete: e.Complete, deadEnds: len(e.DeadEnds),
	}
	for _, reached := range e.Outcomes {
		path, err := s.inputs(reached.Path)
		if err != nil {
			return nil, err
		}
		o := outcome{name: reached.Name, condition: reached.Output.Error.Condition, path: path}
		o.row, _ = catalogOf(reached.Output.Error.Operation, s.catalog).Row(o.condition)
		f.outcomes = append(f.outcomes, o)
	}
	broken := map[string]model.Violation[I]{}
	for _, b := range e.Broken {
		broken[b.Name] = b
	}
	for _, inv := range s.space.Invariants {
		path, err := s.inputs(broken[inv.Name].Path)
		if err != nil {
			return nil, err
		}
		f.invariants = append(f.invariants, property{inv.Name, broken[inv.Name].Why, path})
	}
	return f, nil
}

// inputs returns a path as it is shown.
func (s *universeOf[S, I]) inputs(path []I) (inputs []input, err error) {
	for _, in := range path {
		data, err := json.Marshal(in)
		if err != nil {
			return nil, fmt.Errorf("an input has no JSON: %w", err)
		}
		inputs = append(inputs, input{data, describe(s.action(in)), brief(s.action(in), s.plain)})
	}
	return inputs, nil
}

// catalogOf returns the table of an operation, where it is not the main one's.
func catalogOf(operation errcodes.Operation, main errcodes.Table) errcodes.Table {
	if operation == 0 || operation == main.Operation {
		return main
	}
	return operation.Table()
}
