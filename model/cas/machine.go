// Package cas is the model of the certificate center: the account's certificates by
// name and by id, its operations, and what happens to certificates by itself. The
// machines of CDN and ALB work on the same certificates; package account joins the
// three.
//
// Certificates are records in immutable tables, each with its public PEM text. No
// private key is ever part of a state: of a stored key only the fact and the digest
// of its public half.
package cas

import (
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/internal/jsonunion"
	"github.com/alicert/alicert/model/internal/reply"
)

// Machine answers as the certificate center does, from its Initial state on. The
// zero value is a center without certificates.
type Machine struct{ Initial State }

// Init returns the initial state.
func (m Machine) Init() State { return m.Initial }

// Step answers one input. An empty input is ignored.
func (Machine) Step(s State, in Input) (State, model.Output) {
	if in.Action == nil {
		return s, reply.Ignored()
	}
	return in.Action.step(s)
}

// Input is one input: a request, an event or a read.
type Input struct {
	At     int64  // time in Unix milliseconds; no answer of the center shows it
	Action Action // nil is ignored
}

// Kind returns that of the action.
func (in Input) Kind() model.Kind {
	if in.Action == nil {
		return model.Event
	}
	return in.Action.Kind()
}

// Action is what an input does. Its types are those of this package.
//
//sumtype:decl
type Action interface {
	model.Action
	step(s State) (State, model.Output)
}

// MarshalJSON encodes the input as an object with a member that has the name of the
// action, and one for the time, if there is one.
func (in Input) MarshalJSON() ([]byte, error) { return jsonunion.Marshal(in.At, in.Action) }

// UnmarshalJSON decodes what MarshalJSON wrote.
func (in *Input) UnmarshalJSON(data []byte) (err error) {
	in.At, in.Action, err = jsonunion.Unmarshal(data, Actions()...)
	return err
}

// Actions returns a value of every type of action, for programs that have to know
// them all.
func Actions() []Action {
	return []Action{
		CertificateAdded{},
		CertificateRemoved{},
		CertificateStatusChanged{},
		LockChanged{},
		UploadUserCertificate{},
		ListUserCertificateOrder{},
		GetUserCertificateDetail{},
		GetCertificateDetail{},
	}
}

func certificate(name string) model.Resource { return model.Resource{Type: "certificate", ID: name} }

// Kind implements [model.Action].
func (CertificateAdded) Kind() model.Kind { return model.Event }

// Kind implements [model.Action].
func (CertificateRemoved) Kind() model.Kind { return model.Event }

// Kind implements [model.Action].
func (CertificateStatusChanged) Kind() model.Kind { return model.Event }

// Kind implements [model.Action].
func (LockChanged) Kind() model.Kind { return model.Event }

// Kind implements [model.Action].
func (UploadUserCertificate) Kind() model.Kind { return model.Request }

// Kind implements [model.Action].
func (ListUserCertificateOrder) Kind() model.Kind { return model.Read }

// Kind implements [model.Action].
func (GetUserCertificateDetail) Kind() model.Kind { return model.Read }

// Kind implements [model.Action].
func (GetCertificateDetail) Kind() model.Kind { return model.Read }

// About returns the certificate.
func (e CertificateAdded) About() model.Resource { return certificate(e.Certificate.Name) }

// About returns the certificate.
func (e CertificateRemoved) About() model.Resource { return certificate(e.Name) }

// About returns the certificate.
func (e CertificateStatusChanged) About() model.Resource { return certificate(e.Name) }

// About returns the certificate.
func (e LockChanged) About() model.Resource { return certificate(e.Name) }

// About returns the certificate, if the request names it.
func (in UploadUserCertificate) About() model.Resource { return certificate(in.Name) }

// About returns all certificates.
func (ListUserCertificateOrder) About() model.Resource { return certificate("") }

// About returns all certificates: the name of the one is not known.
func (GetUserCertificateDetail) About() model.Resource { return certificate("") }

// About returns all certificates: the name of the one is not known.
func (GetCertificateDetail) About() model.Resource { return certificate("") }
