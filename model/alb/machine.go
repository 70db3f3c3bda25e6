package alb

import (
	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/internal/tagged"
)

// Machine answers as the ALB operations do, from its Initial state on. The zero
// value is a region without load balancers or certificates, and answers with the
// original table.
type Machine struct {
	Initial State

	// Later: answer with the later published table, in which a listener that
	// is being configured has a row of its own.
	Later bool
}

// Init returns the initial state.
func (m Machine) Init() State { return m.Initial }

// Step answers one input. An empty input is ignored.
func (m Machine) Step(s State, in Input) (State, model.Output) {
	if in.Action == nil {
		return s, ignored
	}
	return in.step(m.catalog(), s)
}

func (m Machine) catalog() errcodes.Table {
	const op = errcodes.AssociateAdditionalCertificatesWithListener
	if m.Later {
		return errcodes.Table{Operation: op, Version: errcodes.Current}
	}
	return op.Table()
}

// Input is one input: a request, an event or a read.
type Input struct{ Action }

// Action is what an input does. Its types are those of this package.
type Action interface {
	step(errcodes.Table, State) (State, model.Output)
}

// MarshalJSON encodes the input as an object with one member, its type's name.
func (in Input) MarshalJSON() ([]byte, error) { return tagged.Marshal(in.Action) }

// UnmarshalJSON decodes what MarshalJSON wrote.
func (in *Input) UnmarshalJSON(data []byte) (err error) {
	in.Action, err = tagged.Unmarshal(data, actions()...)
	return err
}

// actions has one value of every type of action.
func actions() []Action {
	return []Action{
		AssociateAdditionalCertificatesWithListener{},
		DissociateAdditionalCertificatesFromListener{},
		UpdateListenerAttribute{},
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
		CertificateAdded{},
		CertificateRemoved{},
		TokenForgotten{},
		ListListenerCertificates{},
		GetListenerAttribute{},
		ListListeners{},
		GetLoadBalancerAttribute{},
		ListAsynJobs{},
	}
}

// ignored answers an event that does not apply.
var ignored = model.Output{Ignored: true}
