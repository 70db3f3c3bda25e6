// Package clb is the model of the classic load balancer: the certificates that it has in
// each region, its listeners and their domain extensions, and the operations that deploy
// tools call.
//
// A [State] has the load balancers and their listeners, the certificates, the domain
// extensions, and the certificate center, from which an upload can take a certificate. An
// [Input] is a request, an event or a read. The Step method of [Machine] returns the next
// state and a [model.Output].
//
// Requests take effect at once, because their answers name no job and no tool waits for
// one. An event says that an earlier change is still being rolled out.
package clb

import (
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/internal/jsonunion"
	"github.com/alicert/alicert/model/internal/reply"
)

// Machine answers as the operations of the classic load balancer do, from its Initial
// state on. The zero value is an account without load balancers or certificates.
type Machine struct{ Initial State }

// Init returns the initial state.
func (m Machine) Init() State { return m.Initial }

// Step answers one input. It ignores an empty input and an action of another product.
func (Machine) Step(s State, in Input) (State, model.Output) {
	switch a := in.Action.(type) {
	case Action:
		return a.step(in.At, s)
	case cas.Action:
		center, output := cas.Machine{}.Step(s.CAS, cas.Input{At: in.At, Action: a})
		s.CAS = center
		return s, output
	default:
		return s, reply.Ignored()
	}
}

// Input is one input: a request, an event or a read.
type Input struct {
	At     int64        // time in Unix milliseconds, which reads show later; 0 means no time
	Action model.Action // an [Action], or a [cas.Action] of the certificate center
}

// Kind returns the kind of the action.
func (in Input) Kind() model.Kind {
	if in.Action == nil {
		return model.Event
	}
	return in.Action.Kind()
}

// Action is what an input does to the classic load balancer.
//
//sumtype:decl
type Action interface {
	model.Action
	step(at int64, s State) (State, model.Output)
}

// MarshalJSON encodes the input as an object with a member that has the name of the
// action, and one for the time, if there is one.
func (in Input) MarshalJSON() ([]byte, error) { return jsonunion.Marshal(in.At, in.Action) }

// UnmarshalJSON decodes the result of MarshalJSON.
func (in *Input) UnmarshalJSON(data []byte) (err error) {
	in.At, in.Action, err = jsonunion.Unmarshal(data, jsonunion.Join(Actions(), cas.Actions())...)
	return err
}

// Actions returns a value of every type of action. Programs that generate inputs use it
// to be complete. Package cas has the actions of the certificate center.
func Actions() []Action {
	return []Action{
		UploadServerCertificate{},
		DeleteServerCertificate{},
		SetServerCertificateName{},
		SetLoadBalancerHTTPSListenerAttribute{},
		CreateDomainExtension{},
		SetDomainExtensionAttribute{},
		DeleteDomainExtension{},
		BalancerAdded{},
		BalancerChanged{},
		BalancerListenerAdded{},
		BalancerListenerChanged{},
		BalancerListenerRemoved{},
		ServerCertificateAdded{},
		DomainExtensionAdded{},
		DescribeServerCertificates{},
		DescribeLoadBalancerHTTPSListenerAttribute{},
		DescribeLoadBalancerListeners{},
		DescribeLoadBalancerAttribute{},
		DescribeDomainExtensions{},
		DescribeDomainExtensionAttribute{},
		ListTagResources{},
	}
}

func balancer(id string) model.Resource { return model.Resource{Type: "classic load balancer", ID: id} }

func listener(key string) model.Resource {
	return model.Resource{Type: "classic listener", ID: key}
}

func certificate(id string) model.Resource { return model.Resource{Type: "server certificate", ID: id} }

func extension(id string) model.Resource { return model.Resource{Type: "domain extension", ID: id} }

// Kind implements [model.Action].
func (UploadServerCertificate) Kind() model.Kind { return model.Request }

// Kind implements [model.Action].
func (DeleteServerCertificate) Kind() model.Kind { return model.Request }

// Kind implements [model.Action].
func (SetServerCertificateName) Kind() model.Kind { return model.Request }

// Kind implements [model.Action].
func (SetLoadBalancerHTTPSListenerAttribute) Kind() model.Kind { return model.Request }

// Kind implements [model.Action].
func (CreateDomainExtension) Kind() model.Kind { return model.Request }

// Kind implements [model.Action].
func (SetDomainExtensionAttribute) Kind() model.Kind { return model.Request }

// Kind implements [model.Action].
func (DeleteDomainExtension) Kind() model.Kind { return model.Request }

// Kind implements [model.Action].
func (BalancerAdded) Kind() model.Kind { return model.Event }

// Kind implements [model.Action].
func (BalancerChanged) Kind() model.Kind { return model.Event }

// Kind implements [model.Action].
func (BalancerListenerAdded) Kind() model.Kind { return model.Event }

// Kind implements [model.Action].
func (BalancerListenerChanged) Kind() model.Kind { return model.Event }

// Kind implements [model.Action].
func (BalancerListenerRemoved) Kind() model.Kind { return model.Event }

// Kind implements [model.Action].
func (ServerCertificateAdded) Kind() model.Kind { return model.Event }

// Kind implements [model.Action].
func (DomainExtensionAdded) Kind() model.Kind { return model.Event }

// Kind implements [model.Action].
func (DescribeServerCertificates) Kind() model.Kind { return model.Read }

// Kind implements [model.Action].
func (DescribeLoadBalancerHTTPSListenerAttribute) Kind() model.Kind { return model.Read }

// Kind implements [model.Action].
func (DescribeLoadBalancerListeners) Kind() model.Kind { return model.Read }

// Kind implements [model.Action].
func (DescribeLoadBalancerAttribute) Kind() model.Kind { return model.Read }

// Kind implements [model.Action].
func (DescribeDomainExtensions) Kind() model.Kind { return model.Read }

// Kind implements [model.Action].
func (DescribeDomainExtensionAttribute) Kind() model.Kind { return model.Read }

// Kind implements [model.Action].
func (ListTagResources) Kind() model.Kind { return model.Read }

// About returns all certificates, because the service chooses the id.
func (UploadServerCertificate) About() model.Resource { return certificate("") }

// About returns the certificate.
func (in DeleteServerCertificate) About() model.Resource {
	return certificate(in.ServerCertificateID)
}

// About returns the certificate.
func (in SetServerCertificateName) About() model.Resource {
	return certificate(in.ServerCertificateID)
}

// About returns the listener.
func (in SetLoadBalancerHTTPSListenerAttribute) About() model.Resource {
	return listener(ListenerKey(in.LoadBalancerID, in.ListenerPort))
}

// About returns the listener.
func (in CreateDomainExtension) About() model.Resource {
	return listener(ListenerKey(in.LoadBalancerID, in.ListenerPort))
}

// About returns the domain extension.
func (in SetDomainExtensionAttribute) About() model.Resource { return extension(in.DomainExtensionID) }

// About returns the domain extension.
func (in DeleteDomainExtension) About() model.Resource { return extension(in.DomainExtensionID) }

// About returns the load balancer.
func (e BalancerAdded) About() model.Resource { return balancer(e.ID) }

// About returns the load balancer.
func (e BalancerChanged) About() model.Resource { return balancer(e.ID) }

// About returns the listener.
func (e BalancerListenerAdded) About() model.Resource {
	return listener(ListenerKey(e.Listener.LoadBalancer, e.Listener.Port))
}

// About returns the listener.
func (e BalancerListenerChanged) About() model.Resource {
	return listener(ListenerKey(e.LoadBalancer, e.Port))
}

// About returns the listener.
func (e BalancerListenerRemoved) About() model.Resource {
	return listener(ListenerKey(e.LoadBalancer, e.Port))
}

// About returns the certificate.
func (e ServerCertificateAdded) About() model.Resource { return certificate(e.ID) }

// About returns the domain extension.
func (e DomainExtensionAdded) About() model.Resource { return extension(e.ID) }

// About returns the certificate, or all of them.
func (in DescribeServerCertificates) About() model.Resource {
	return certificate(in.ServerCertificateID)
}

// About returns the listener.
func (in DescribeLoadBalancerHTTPSListenerAttribute) About() model.Resource {
	return listener(ListenerKey(in.LoadBalancerID, in.ListenerPort))
}

// About returns all listeners.
func (DescribeLoadBalancerListeners) About() model.Resource { return listener("") }

// About returns the load balancer.
func (in DescribeLoadBalancerAttribute) About() model.Resource { return balancer(in.LoadBalancerID) }

// About returns the listener.
func (in DescribeDomainExtensions) About() model.Resource {
	return listener(ListenerKey(in.LoadBalancerID, in.ListenerPort))
}

// About returns the domain extension.
func (in DescribeDomainExtensionAttribute) About() model.Resource {
	return extension(in.DomainExtensionID)
}

// About returns no resource: the answer is the same in every state.
func (ListTagResources) About() model.Resource { return model.Resource{} }
