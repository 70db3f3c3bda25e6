package main

import (
	"encoding/json"
	"fmt"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/universe"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/model/clb"
	"github.com/alicert/alicert/model/esa"
)

// A machine hides the types of a machine's states and inputs.
type machine struct {
	explore func(model.Limits) (*finding, error)
	draw    func(model.Limits) *model.Graph
}

// A universeOf is a universe of a machine with the settings for showing it.
type universeOf[S, I any] struct {
	title  string
	table  errcodes.Table // of the machine's main operation
	space  model.Space[S, I, model.Output]
	action func(I) any
	plain  []string       // prefixes of words that a brief sequence omits
	drawn  S              // initial state of the diagram
	draws  []I            // inputs of the diagram
	class  func(S) string // of the drawn resource
	kind   func(I) string // "" for an input that the diagram omits
}

func (s *universeOf[S, I]) machine() machine { return machine{s.explore, s.draw} }

func cdnMachine(operation errcodes.Operation, size universe.Size) machine {
	space := universe.CDN(operation, size)
	domain := universe.DomainOf(operation, universe.Domain1)
	return (&universeOf[cdn.State, cdn.Input]{
		title:  "cdn",
		table:  operation.Table(),
		space:  space,
		action: func(in cdn.Input) any { return in.Action },
		plain:  []string{"domain=" + shown(domain), "domainName=" + universe.Domain1, "certificate=", "certificateKey=", "key=own"},
		drawn:  space.Machine.Init(),
		draws:  space.Inputs,
		class:  func(s cdn.State) string { return s.Class(domain) },
		kind:   cdnKind,
	}).machine()
}

func albMachine(size universe.Size, version errcodes.Version) machine {
	table := errcodes.Table{Operation: errcodes.AssociateAdditionalCertificatesWithListener, Version: version}.Resolve()
	space := universe.ALB(size, version)
	return (&universeOf[alb.State, alb.Input]{
		title:  "alb",
		table:  table,
		space:  space,
		action: func(in alb.Input) any { return in.Action },
		plain:  []string{"listener=lsn-1", "listenerId=lsn-1", "id=lsn-1", "loadBalancer=alb-1", "requestId=", "job="},
		drawn:  roomy(space.Machine.Init()),
		draws:  space.Inputs,
		class:  func(s alb.State) string { return s.Class(universe.Listener) },
		kind:   albKind,
	}).machine()
}

// nlbMachine explores one of the operations of NLB.
func nlbMachine(op errcodes.Operation) machine {
	return listenerOf("nlb", op, universe.NLB(op), universe.Network, "loadBalancer=nlb-1").machine()
}

// gaMachine explores one of the operations of GA. The diagram has the requests of all.
func gaMachine(op errcodes.Operation) machine {
	u := listenerOf("ga", op, universe.GA(op), universe.Accelerated, "loadBalancerId=ga-1", "loadBalancer=ga-1", "acceleratorId=ga-1", "regionId=")
	u.draws = universe.GALife()
	return u.machine()
}

// listenerOf returns a universe of a product whose listeners the ALB machine has, too. The
// given one is drawn.
func listenerOf(title string, op errcodes.Operation, space model.Space[alb.State, alb.Input, model.Output], listener string, plain ...string) *universeOf[alb.State, alb.Input] {
	return &universeOf[alb.State, alb.Input]{
		title:  title,
		table:  op.Table(),
		space:  space,
		action: func(in alb.Input) any { return in.Action },
		plain:  append(plain, "listener="+listener, "listenerId="+listener, "id="+listener, "requestId=", "job="),
		drawn:  space.Machine.Init(),
		draws:  space.Inputs,
		class:  func(s alb.State) string { return s.Class(listener) },
		kind:   albKind,
	}
}

// clbMachine has one universe for all operations.
func clbMachine() machine {
	space := universe.CLB()
	return (&universeOf[clb.State, clb.Input]{
		title:  "clb",
		table:  errcodes.SetLoadBalancerHTTPSListenerAttribute.Table(),
		space:  space,
		action: func(in clb.Input) any { return in.Action },
		plain:  []string{"requestId="},
		drawn:  space.Machine.Init(),
		draws:  space.Inputs,
		class:  func(s clb.State) string { return s.Class(universe.ClassicListener) },
		kind:   clbKind,
	}).machine()
}

func esaMachine() machine {
	space := universe.ESA()
	return (&universeOf[esa.State, esa.Input]{
		title:  "esa",
		table:  errcodes.SetCertificate.Table(),
		space:  space,
		action: func(in esa.Input) any { return in.Action },
		plain:  []string{"siteId=" + esa.SiteKey(universe.Site), "plan=", "requestId=", "certificate=", "key=own"},
		drawn:  space.Machine.Init(),
		draws:  space.Inputs,
		class:  func(s esa.State) string { return s.Class(esa.SiteKey(universe.Site)) },
		kind:   esaKind,
	}).machine()
}

// roomy gives the load balancer its edition's quota, because the universes' lower
// quota would be used up in nearly every class.
func roomy(s alb.State) alb.State {
	lb, _ := s.LoadBalancers.Get("alb-1")
	lb.Quota = 0
	s.LoadBalancers = s.LoadBalancers.Set("alb-1", lb)
	return s
}

// A finding is the result of exploring a universe.
type finding struct {
	machine     string
	table       errcodes.Table
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
	operation errcodes.Operation // that answers
	condition errcodes.Condition // of Success and Ignored 0
	row       errcodes.Row       // of the condition
	path      []input            // the last one reaches it
}

// A property is an invariant. If it is broken, why is the violation and path leads to
// it.
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

// sound reports whether the checked invariants hold.
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
		machine: s.title, table: s.table, states: e.Len(), transitions: e.Transitions,
		complete: e.Complete, deadEnds: len(e.DeadEnds),
	}
	for _, reached := range e.Outcomes {
		path, err := s.inputs(reached.Path)
		if err != nil {
			return nil, err
		}
		e := reached.Output.Error
		table := tableOf(e.Operation, s.table)
		f.outcomes = append(f.outcomes, outcome{reached.Name, table.Operation, e.Condition, rowOf(table, &e), path})
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

// inputs returns a path in its shown form.
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

// rowOf returns the row of an error. An absent parameter has one of its own.
func rowOf(table errcodes.Table, e *errcodes.Error) errcodes.Row {
	for m := range table.Mappings() {
		if m.Condition == e.Condition && m.Parameter == e.Parameter {
			return m.Row
		}
	}
	row, _ := table.Row(e.Condition)
	return row
}

// tableOf returns the table of an operation other than the main one.
func tableOf(operation errcodes.Operation, main errcodes.Table) errcodes.Table {
	if operation == 0 || operation == main.Operation {
		return main
	}
	return operation.Table()
}
