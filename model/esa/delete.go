package esa

import (
	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/internal/reply"
)

// DeleteCertificate removes a certificate from a site. It does so whatever the status of
// the plan.
type DeleteCertificate struct {
	RequestID string `json:"requestId"`
	SiteID    int64  `json:"siteId,omitempty"`
	ID        string `json:"id,omitempty"`
}

// deleted is the answer.
type deleted struct {
	reply.Head
	ID       string `json:"Id" xml:"Id"`
	SiteID   int64  `json:"SiteId" xml:"SiteId"`
	SiteName string
}

func (in DeleteCertificate) step(_ int64, s State) (State, model.Output) {
	if refused := absent(errcodes.DeleteCertificate, in.RequestID, in.SiteID, in.ID); refused != nil {
		return s, *refused
	}
	of, _, cond, target := s.lookUp(in.SiteID, in.ID)
	if cond != 0 {
		return s, refuse(errcodes.DeleteCertificate, in.RequestID, cond, target)
	}
	s.Own = s.remove(in.SiteID, in.ID)
	return s, reply.Answer(in.RequestID, &deleted{reply.To(in.RequestID), in.ID, in.SiteID, of.Name})
}

// absent refuses a request without a required parameter, as the gateway does. It returns nil
// if all are given.
func absent(op errcodes.Operation, requestID string, site int64, certificate string) *model.Output {
	return reply.Required(requestID, op.Table(), func(f errcodes.Field) bool {
		if f == errcodes.FieldSiteID {
			return site != 0
		}
		return certificate != ""
	})
}

// lookUp returns a certificate and its site, or the condition against that and the part of
// the state that decided.
func (s *Own) lookUp(siteID int64, id string) (of Site, c Certificate, cond errcodes.Condition, target string) {
	of, found := s.Sites.Get(SiteKey(siteID))
	if !found {
		return of, c, errcodes.CondSiteNotFound, siteTarget(siteID)
	}
	if c, found = s.Certificates.Get(CertificateKey(siteID, id)); !found {
		return of, c, errcodes.CondSiteCertificateNotFound, certificateTarget(id)
	}
	return of, c, 0, ""
}
