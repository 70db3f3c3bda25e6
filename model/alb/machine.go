// Package alb is the model of ALB AssociateAdditionalCertificatesWithListener and the
// related operations, and of those of NLB and GA: it tells what the service answers and how the
// state changes.
//
// A [State] has the load balancers, their listeners with default and additional
// certificates, the used client tokens, the jobs, and the certificate center. An
// [Input] is a request, an event or a read. The Step method of [Machine] returns the
// next state and a [model.Output], which names the condition and the part of the
// state that decided.
//
// An association is asynchronous: the certificates are Associating and the listener
// is Configuring until the event [JobFinished] or [JobFailed].
package alb

import (
	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/internal/jsonunion"
	"github.com/alicert/alicert/model/internal/reply"
)

// Machine answers as the operations of ALB, NLB and GA do, from its Initial state on. The zero
// value is a region without load balancers or certificates, and answers with the
// original table.
type Machine struct {
	Initial State

	// Version selects the version of the operations' tables. The current version has
	// a separate row for a listener that is being configured. 0 selects the original
	// version where there is one.
	Version errcodes.Version
}

// Init returns the initial state.
func (m Machine) Init() State { return m.Initial }

// Step answers one input. It ignores an empty input and an action of another product.
func (m Machine) Step(s State, in Input) (State, model.Output) {
	switch a := in.Action.(type) {
	case Action:
		return a.step(clock{in.At, m.Version}, s)
	case cas.Action:
		center, output := cas.Machine{}.Step(s.CAS, cas.Input{At: in.At, Action: a})
		s.CAS = center
		return s, output
	default:
		return s, reply.Ignored()
	}
}

// clock has the values that a step uses besides the state.
type clock struct {
	at      int64
	version errcodes.Version
}

// Input is one input: a request, an event or a read.
type Input struct {
	// At is the time in Unix milliseconds. Later reads show it as the time of a job.
	// 0 means no time.
	At int64

	// Action is an [Action], or a [cas.Action] of the certificate center.
	Action model.Action
}

// Kind returns the kind of the action.
func (in Input) Kind() model.Kind {
	if in.Action == nil {
		return model.Event
	}
	return in.Action.Kind()
}

// Action is what an input does to the products of this package.
//
//sumtype:decl
type Action interface {
	model.Action
	step(clock, State) (State, model.Output)
}

// MarshalJSON encodes the input as an object with a member that has the name of the
// action, and one for the time, if there is one.
func (in Input) MarshalJSON() ([]byte, error) { return jsonunion.Marshal(in.At, in.Action) }

// UnmarshalJSON decodes the result of MarshalJSON.
func (in *Input) UnmarshalJSON(data []byte) (err error) {
	in.At, in.Action, err = jsonunion.Unmarshal(data, jsonunion.Join(Actions(), cas.Actions())...)
	return err
}

// Actions returns a value of every type of action, and of a request one value for
// each operation. Programs that generate inputs use it to be complete. Package cas
// has the actions of the certificate center.
func Actions() []Action {
	return []Action{
		ChangeCertificates{Operation: associate},
		ChangeCertificates{Operation: dissociate},
		ChangeCertificates{Operation: errcodes.NLBAssociateAdditionalCertificatesWithListener},
		ChangeCertificates{Operation: errcodes.DisassociateAdditionalCertificatesWithListener},
		ChangeCertificates{Operation: errcodes.NLBUpdateListenerAttribute},
		ChangeCertificates{Operation: errcodes.GAAssociateAdditionalCertificatesWithListener},
		ChangeCertificates{Operation: errcodes.UpdateAdditionalCertificateWithListener},
		ChangeCertificates{Operation: errcodes.GADissociateAdditionalCertificatesFromListener},
		ChangeCertificates{Operation: errcodes.UpdateListener},
		UpdateListenerAttribute{},
		CreateListener{},
		DeleteListener{},
		JobFinished{},
		JobFailed{},
		ListenerAdded{},
		ListenerRemoved{},
		ListenerStarted{},
		ListenerStopped{},
		ListenerProvisioned{},
		LoadBalancerAdded{},
		PermissionChanged{},
		QuotaRaised{},
		DefaultCertificateSet{},
		DefaultCertificateRemoved{},
		TokenForgotten{},
		ListListenerCertificates{},
		GetListenerAttribute{},
		ListListeners{},
		GetLoadBalancerAttribute{},
		ListAsynJobs{},
		ListLoadBalancers{},
		DescribeRegions{},
		ListTagResources{},
		ListListenerCertificates{Product: NLB},
		GetListenerAttribute{Product: NLB},
		ListListeners{Product: NLB},
		GetLoadBalancerAttribute{Product: NLB},
		GetJobStatus{},
		ListListenerCertificates{Product: GA},
		ListListeners{Product: GA},
		DescribeListener{},
		DescribeAccelerator{},
	}
}

func listener(id string) model.Resource     { return model.Resource{Type: "listener", ID: id} }
func loadBalancer(id string) model.Resource { return model.Resource{Type: "load balancer", ID: id} }
func job(id string) model.Resource          { return model.Resource{Type: "job", ID: id} }

// Kind implements [model.Action].
func (JobFinished) Kind() model.Kind { return model.Event }

// Kind implements [model.Action].
func (JobFailed) Kind() model.Kind { return model.Event }

// Kind implements [model.Action].
func (ListenerAdded) Kind() model.Kind { return model.Event }

// Kind implements [model.Action].
func (ListenerRemoved) Kind() model.Kind { return model.Event }

// Kind implements [model.Action].
func (ListenerStarted) Kind() model.Kind { return model.Event }

// Kind implements [model.Action].
func (ListenerStopped) Kind() model.Kind { return model.Event }

// Kind implements [model.Action].
func (ListenerProvisioned) Kind() model.Kind { return model.Event }

// Kind implements [model.Action].
func (LoadBalancerAdded) Kind() model.Kind { return model.Event }

// Kind implements [model.Action].
func (PermissionChanged) Kind() model.Kind { return model.Event }

// Kind implements [model.Action].
func (QuotaRaised) Kind() model.Kind { return model.Event }

// Kind implements [model.Action].
func (DefaultCertificateSet) Kind() model.Kind { return model.Event }

// Kind implements [model.Action].
func (DefaultCertificateRemoved) Kind() model.Kind { return model.Event }

// Kind implements [model.Action].
func (TokenForgotten) Kind() model.Kind { return model.Event }

// Kind implements [model.Action].
func (ListListenerCertificates) Kind() model.Kind { return model.Read }

// Kind implements [model.Action].
func (GetListenerAttribute) Kind() model.Kind { return model.Read }

// Kind implements [model.Action].
func (ListListeners) Kind() model.Kind { return model.Read }

// Kind implements [model.Action].
func (GetLoadBalancerAttribute) Kind() model.Kind { return model.Read }

// Kind implements [model.Action].
func (ListAsynJobs) Kind() model.Kind { return model.Read }

// Kind implements [model.Action].
func (ListLoadBalancers) Kind() model.Kind { return model.Read }

// Kind implements [model.Action].
func (DescribeRegions) Kind() model.Kind { return model.Read }

// Kind implements [model.Action].
func (ListTagResources) Kind() model.Kind { return model.Read }

// About returns all load balancers.
func (ListLoadBalancers) About() model.Resource { return loadBalancer("") }

// About returns no resource: the answer is the same in every state.
func (DescribeRegions) About() model.Resource { return model.Resource{} }

// About returns no resource: the answer is the same in every state.
func (ListTagResources) About() model.Resource { return model.Resource{} }

// About returns the job.
func (e JobFinished) About() model.Resource { return job(e.Job) }

// About returns the job.
func (e JobFailed) About() model.Resource { return job(e.Job) }

// About returns the listener.
func (e ListenerAdded) About() model.Resource { return listener(e.ID) }

// About returns the listener.
func (e ListenerRemoved) About() model.Resource { return listener(e.ID) }

// About returns the listener.
func (e ListenerStarted) About() model.Resource { return listener(e.ID) }

// About returns the listener.
func (e ListenerStopped) About() model.Resource { return listener(e.ID) }

// About returns the listener.
func (e ListenerProvisioned) About() model.Resource { return listener(e.ID) }

// About returns the load balancer.
func (e LoadBalancerAdded) About() model.Resource { return loadBalancer(e.ID) }

// About returns the load balancer.
func (e PermissionChanged) About() model.Resource { return loadBalancer(e.LoadBalancer) }

// About returns the load balancer.
func (e QuotaRaised) About() model.Resource { return loadBalancer(e.LoadBalancer) }

// About returns the listener.
func (e DefaultCertificateSet) About() model.Resource { return listener(e.Listener) }

// About returns the listener.
func (e DefaultCertificateRemoved) About() model.Resource { return listener(e.Listener) }

// About returns the client token.
func (e TokenForgotten) About() model.Resource {
	return model.Resource{Type: "client token", ID: e.Token}
}

// About returns the listener.
func (in ListListenerCertificates) About() model.Resource { return listener(in.ListenerID) }

// About returns the listener.
func (in GetListenerAttribute) About() model.Resource { return listener(in.ListenerID) }

// About returns all listeners.
func (ListListeners) About() model.Resource { return listener("") }

// About returns the load balancer.
func (in GetLoadBalancerAttribute) About() model.Resource { return loadBalancer(in.LoadBalancerID) }

// About returns all jobs, even if the request names some.
func (ListAsynJobs) About() model.Resource { return job("") }
