package alb

import (
	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model"
)

// UpdateListenerAttribute is the request that sets the default certificate of a listener,
// or its attributes, or both.
type UpdateListenerAttribute struct {
	RequestID     string `json:"requestId"`
	ListenerID    string `json:"listenerId,omitempty"`
	CertificateID string `json:"certificateId,omitempty" wire:"Certificates.1.CertificateId"` // or a bare number
	Attributes
}

// Kind implements [model.Action].
func (UpdateListenerAttribute) Kind() model.Kind { return model.Request }

// About returns the listener.
func (in UpdateListenerAttribute) About() model.Resource { return listener(in.ListenerID) }

func (in UpdateListenerAttribute) step(c clock, s State) (State, model.Output) {
	const op = errcodes.UpdateListenerAttribute
	r := request{table: op.Table(), at: c.at, requestID: in.RequestID, state: s, id: in.ListenerID}
	switch {
	case in.ListenerID == "":
		return s, r.refuse(errcodes.CondListenerIDMissing, "the request")
	case in.CertificateID == "" && in.Attributes == (Attributes{}):
		refusal := r.refuse(errcodes.CondCertificateIDMissing, "the request")
		refusal.Error.Parameter = "Certificates.1.CertificateId"
		return s, refusal
	}
	if refusal := r.admit(); refusal != nil {
		return s, *refusal
	}
	if in.CertificateID != "" {
		if refusal := r.takesCertificates(); refusal != nil {
			return s, *refusal
		}
	}
	if refusal := r.running(); refusal != nil {
		return s, *refusal
	}
	id := in.CertificateID
	if id != "" {
		id = s.full([]string{id}, r.loadBalancer.Region)[0]
		if cond := r.refusesDefault(id); cond != 0 {
			return s, r.refuseCertificate(cond, 0, in.CertificateID)
		}
	}
	s, job := s.startJob(c.at, in.RequestID, Job{Operation: op.ID(), Listener: in.ListenerID, Default: id, Attributes: in.public()})
	return s, model.Output{RequestID: in.RequestID, JobID: job}
}
