package alb

import (
	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model"
)

// UpdateListenerAttribute is the request as far as it sets the default
// certificate.
type UpdateListenerAttribute struct {
	RequestID     string `json:"requestId"`
	ListenerID    string `json:"listenerId,omitempty"`
	CertificateID string `json:"certificateId,omitempty"` // Certificates.1.CertificateId
}

func (in UpdateListenerAttribute) step(_ errcodes.Table, s State) (State, model.Output) {
	catalog := errcodes.UpdateListenerAttribute.Table()
	r := request{catalog: catalog, requestID: in.RequestID, state: s, id: in.ListenerID}
	switch {
	case in.ListenerID == "":
		return s, r.refuse(errcodes.CondListenerIDMissing, "the request")
	case in.CertificateID == "":
		refusal := r.refuse(errcodes.CondCertificateIDMissing, "the request")
		refusal.Error.Parameter = "Certificates.1.CertificateId"
		return s, refusal
	}
	if refusal := r.admit(); refusal != nil {
		return s, *refusal
	}
	if refusal := r.running(); refusal != nil {
		return s, *refusal
	}
	switch c, found := s.Centre.ByID(in.CertificateID); {
	case !found:
		return s, r.refuseCertificate(errcodes.CondCertificateNotFound, 0, in.CertificateID)
	case c.NotServer:
		return s, r.refuseCertificate(errcodes.CondCertificateNotServer, 0, in.CertificateID)
	}
	s, job := s.startJob(in.RequestID, Job{Operation: catalog.Operation.String(), Listener: in.ListenerID, Default: in.CertificateID})
	return s, model.Output{RequestID: in.RequestID, JobID: job}
}
