// Package cas is the model of the certificate center: the account's certificates by
// name, and by number and region, the operations, and the events of certificates. The
// machines of CDN and ALB look certificates up there, and uploads of the CDN appear
// there; package account joins the three.
//
// Certificates are records in immutable tables, each with its public PEM text. A
// state has no private keys. It has only the fact that a key is stored, and the
// digest of its public half.
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

// Step answers one input. It ignores an empty input.
func (Machine) Step(s State, in Input) (State, model.Output) {
	if in.Action == nil {
		return s, reply.Ignored()
	}
	return in.Action.step(in.At, s)
}

// Input is one input: a request, an event or a read.
type Input struct {
	At     int64  // time in Unix milliseconds, which tells what is expired; 0 or less means no time
	Action Action // nil is ignored
}

// Kind returns the kind of the action.
func (in Input) Kind() model.Kind {
	if in.Action == nil {
		return model.Event
	}
	return in.Action.Kind()
}

// Action is the action of an input. Only types of this package implement it.
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
	in.At, in.Action, err = jsonunion.Unmarshal(data, Actions()...)
	return err
}

// Actions returns a value of every type of action. Programs that generate inputs use
// it to be complete.
func Actions() []Action {
	return []Action{
		CertificateAdded{},
		CertificateRemoved{},
		CertificateStatusChanged{},
		LockChanged{},
		SiteChanged{},
		UploadUserCertificate{},
		DeleteUserCertificate{},
		CreateCertificateName{},
		ListUserCertificateOrder{},
		GetUserCertificateDetail{},
		GetCertificateDetail{},
		ListCertificates{},
		ListContact{},
		CreateDeploymentJob{},
		UpdateDeploymentJobStatus{},
		DescribeDeploymentJob{},
		DeploymentFailed{},
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
func (SiteChanged) Kind() model.Kind { return model.Event }

// Kind implements [model.Action].
func (UploadUserCertificate) Kind() model.Kind { return model.Request }

// Kind implements [model.Action].
func (DeleteUserCertificate) Kind() model.Kind { return model.Request }

// Kind implements [model.Action].
func (ListUserCertificateOrder) Kind() model.Kind { return model.Read }

// Kind implements [model.Action].
func (ListCertificates) Kind() model.Kind { return model.Read }

// Kind implements [model.Action].
func (ListContact) Kind() model.Kind { return model.Read }

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

// About returns the account.
func (SiteChanged) About() model.Resource { return model.Resource{Type: "account"} }

// About returns all certificates, because the request has a number and no name.
func (DeleteUserCertificate) About() model.Resource { return certificate("") }

// About returns the certificate, if the request names it.
func (in UploadUserCertificate) About() model.Resource { return certificate(in.Name) }

// About returns all certificates.
func (ListCertificates) About() model.Resource { return certificate("") }

// About returns all contacts.
func (ListContact) About() model.Resource { return model.Resource{Type: "contact"} }

// About returns all certificates.
func (ListUserCertificateOrder) About() model.Resource { return certificate("") }

// About returns all certificates, because the request has a number and no name.
func (GetUserCertificateDetail) About() model.Resource { return certificate("") }

// About returns all certificates, because the request has a number and no name.
func (GetCertificateDetail) About() model.Resource { return certificate("") }
