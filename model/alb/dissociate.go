package alb

import (
	"slices"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/validate"
)

// DissociateAdditionalCertificatesFromListener is the request that undoes the
// association, with the same parameters. Make one with [Dissociate].
type DissociateAdditionalCertificatesFromListener AssociateAdditionalCertificatesWithListener

// Dissociate judges a request once and returns it as an input of the machine. The
// parameters are those of the association and are judged as they are, but for
// an id that is repeated: the machine judges it with the certificates.
func Dissociate(requestID string, req *validate.ALBRequest) Input {
	opts := validate.Options{Skip: []errcodes.Condition{errcodes.CondCertificateRepeated}}
	own := *req
	own.Op = dissociateOperation
	if verdict := judge(&own, opts); verdict.Code != "" {
		return Input{DissociateAdditionalCertificatesFromListener{RequestID: requestID, Verdict: verdict}}
	}
	return Input{DissociateAdditionalCertificatesFromListener(passed(requestID, req))}
}

const dissociateOperation = errcodes.DissociateAdditionalCertificatesFromListener

func (in DissociateAdditionalCertificatesFromListener) step(_ errcodes.Table, s State) (State, model.Output) {
	if in.Verdict.Code != "" {
		return s, model.Refuse(in.RequestID, in.Verdict, "the request")
	}
	c := newChange(dissociateOperation.Table(), s, AssociateAdditionalCertificatesWithListener(in))
	if over := c.open(); over != nil {
		return s, *over
	}
	for i, id := range in.CertificateIDs {
		a, _ := s.Associations.Get(associationKey(in.ListenerID, id))
		switch {
		case id == c.listener.Default:
			return s, c.refuseCertificate(errcodes.CondCertificateIsDefault, i, id)
		case a.Status != Associated:
			return s, c.refuseCertificate(errcodes.CondCertificateNotAssociated, i, id)
		case slices.Contains(in.CertificateIDs[:i], id):
			return s, c.refuseCertificate(errcodes.CondCertificateRepeated, i, id)
		}
	}
	return c.begin(Dissociating)
}
