package alb

import (
	"slices"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/validate"
)

// DissociateAdditionalCertificatesFromListener is the request that undoes the
// association. Make one with [Dissociate].
type DissociateAdditionalCertificatesFromListener struct {
	RequestID      string         `json:"requestId"`
	ListenerID     string         `json:"listenerId,omitempty"`
	CertificateIDs []string       `json:"certificateIds,omitzero"`
	ClientToken    string         `json:"clientToken,omitempty"` // absent: the RequestId serves
	DryRun         bool           `json:"dryRun,omitempty"`
	Verdict        errcodes.Error `json:"verdict,omitzero"` // its Code is empty if the request passes
}

// Dissociate judges a request once and returns it as an input of the machine. The
// parameters are those of the association and are judged as they are, but for
// an id that is repeated: the machine judges it with the certificates.
func Dissociate(requestID string, req *validate.AssociateAdditionalCertificatesWithListenerRequest) Input {
	opts := validate.Options{Skip: []errcodes.Condition{errcodes.CondCertificateRepeated}}
	if verdict := judge(req, opts); verdict.Code != "" {
		e := dissociateCatalog.Error(verdict.Condition)
		e.Parameter, e.Reason = verdict.Parameter, verdict.Reason
		return Input{DissociateAdditionalCertificatesFromListener{RequestID: requestID, Verdict: *e}}
	}
	return Input{DissociateAdditionalCertificatesFromListener{
		RequestID:      requestID,
		ListenerID:     text(req.ListenerID),
		CertificateIDs: append([]string(nil), req.CertificateIDs...),
		ClientToken:    req.ClientToken,
		DryRun:         req.DryRun,
	}}
}

const dissociateCatalog = errcodes.DissociateAdditionalCertificatesFromListener

func (in DissociateAdditionalCertificatesFromListener) step(_ errcodes.Catalog, s State) (State, model.Output) {
	if in.Verdict.Code != "" {
		return s, model.Refuse(in.RequestID, &in.Verdict, "the request")
	}
	r := request{catalog: dissociateCatalog, requestID: in.RequestID, state: s, id: in.ListenerID}
	if refusal := r.admit(); refusal != nil {
		return s, *refusal
	}
	use := tokenUse{dissociateCatalog.Operation(), in.ClientToken, in.RequestID, in.ListenerID, in.CertificateIDs}
	key := use.key()
	if again, done := r.repeated(use, key, in.DryRun); done {
		return s, again
	}
	if refusal := r.running(); refusal != nil {
		return s, *refusal
	}
	for i, id := range in.CertificateIDs {
		a, _ := s.Associations.Get(associationKey(in.ListenerID, id))
		switch {
		case id == r.listener.Default:
			return s, r.refuseCertificate(errcodes.CondCertificateIsDefault, i, id)
		case a.Status != Associated:
			return s, r.refuseCertificate(errcodes.CondCertificateNotAssociated, i, id)
		case slices.Contains(in.CertificateIDs[:i], id):
			return s, r.refuseCertificate(errcodes.CondCertificateRepeated, i, id)
		}
	}
	if in.DryRun {
		return s, r.refuse(errcodes.CondDryRun, "the request")
	}
	s, job := s.startJob(in.RequestID, Job{Operation: dissociateCatalog.Operation(), Listener: in.ListenerID})
	s = s.begin(in.ListenerID, in.CertificateIDs, Association{Dissociating, job})
	s.Tokens = s.Tokens.Set(key, Token{use.parameters(), in.RequestID, job})
	return s, model.Output{RequestID: in.RequestID, JobID: job}
}
