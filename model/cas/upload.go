package cas

import (
	"strconv"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/redact"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/internal/reply"
	"github.com/alicert/alicert/validate"
)

// UploadUserCertificate is the certificate center's upload with its finished check.
// Its errors are of the product's list. Make one with [Upload].
type UploadUserCertificate struct {
	RequestID string           `json:"requestId"`
	Region    string           `json:"region,omitempty"` // of the center; empty means Region
	Name      string           `json:"name,omitempty"`
	Check     validate.Summary `json:"check,omitzero"`

	// Content is the SHA-256 of Check.Certificate in hexadecimal, so that a step need
	// not hash. If it is empty, the step computes it.
	Content string `json:"content,omitempty"`
}

// Upload checks a request to the center of [Region] once and returns it as an input of
// the machine.
func Upload(requestID string, req *validate.CASRequest, opts validate.Options) Input {
	check := validate.Summarize(req, opts)
	in := UploadUserCertificate{RequestID: requestID, Check: check}
	if check.Accepted() {
		in.Name, in.Content = redact.Name(req.Name), ContentOf(check.Certificate)
	}
	return Input{Action: in}
}

// uploaded is the answer to an upload.
type uploaded struct {
	reply.Head
	CertID     int    `json:"CertId" xml:"CertId"`
	ResourceID string `json:"ResourceId" xml:"ResourceId"`
}

func (in UploadUserCertificate) step(_ int64, s State) (State, model.Output) {
	if !in.Check.Accepted() {
		return s, reply.Refuse(in.RequestID, s.tell(in.Check.Verdict), "the request")
	}
	switch {
	case in.Name == "":
		return s, s.refuse(errcodes.UploadUserCertificate, in.RequestID, errcodes.CondCertNameMissing, "the request")
	case s.Certificates.Has(in.Name):
		return s, s.refuse(errcodes.UploadUserCertificate, in.RequestID, errcodes.CondCertNameDuplicated, named(in.Name))
	}
	next, number := s.NextNumber()
	c := Certificate{
		Name:      in.Name,
		ID:        IDIn(number, in.Region),
		Source:    FromCAS,
		Status:    Issued,
		PEM:       in.Check.Certificate,
		Content:   in.Content,
		Leaf:      in.Check.Leaf,
		KeyStored: true,
	}
	return next.Put(c), reply.Answer(in.RequestID, &uploaded{reply.To(in.RequestID), number, c.resourceID()})
}

// DeleteUserCertificate removes a certificate from the center of a region by its
// number, whether it was uploaded there or by the CDN. What the service does with a
// certificate in use is not known; here it is refused, as the classic load balancer
// refuses it.
type DeleteUserCertificate struct {
	RequestID string `json:"requestId"`
	Region    string `json:"region,omitempty"` // empty means Region
	CertID    int    `json:"certId,omitempty"`
}

func (in DeleteUserCertificate) step(_ int64, s State) (State, model.Output) {
	switch c, found := s.ByNumber(in.CertID, in.Region); {
	case in.CertID == 0, !found:
		return s, s.noNumber(errcodes.DeleteUserCertificate, in.RequestID, in.CertID)
	case c.InUse():
		return s, s.refuse(errcodes.DeleteUserCertificate, in.RequestID, errcodes.CondCertificateInUse, "certificate "+strconv.Itoa(in.CertID))
	default:
		return s.Remove(c.Name), model.Output{RequestID: in.RequestID}
	}
}

// refuse answers a request with an error in the language of the account's site.
func (s State) refuse(op errcodes.Operation, requestID string, cond errcodes.Condition, target string) model.Output {
	return reply.Refuse(requestID, errcodes.Table{Operation: op, Site: s.Site}.Error(cond), target)
}

// tell returns a verdict in the language of the account's site.
func (s State) tell(verdict errcodes.Error) errcodes.Error {
	for f := range errcodes.UploadUserCertificate.Parameters() {
		if f.Name == verdict.Parameter {
			verdict.Message = errcodes.Table{Operation: errcodes.UploadUserCertificate, Site: s.Site}.ErrorOf(verdict.Condition, f.Field).Message
		}
	}
	return verdict
}
