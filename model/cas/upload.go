package cas

import (
	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/redact"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/internal/reply"
	"github.com/alicert/alicert/validate"
)

// UploadUserCertificate is the certificate center's upload with its finished check.
// Its own error table is unknown, so it uses rows of the CDN operation. Make one with
// [Upload].
type UploadUserCertificate struct {
	RequestID string           `json:"requestId"`
	Name      string           `json:"name,omitempty"`
	Check     validate.Summary `json:"check,omitzero"`

	// Content is the SHA-256 of Check.Certificate in hexadecimal, so that a step need
	// not hash. If it is empty, the step computes it.
	Content string `json:"content,omitempty"`
}

// Upload checks a request once and returns it as an input of the machine.
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
	CertID int `json:"CertId" xml:"CertId"`
}

func (in UploadUserCertificate) step(s State) (State, model.Output) {
	if !in.Check.Accepted() {
		return s, reply.Refuse(in.RequestID, in.Check.Verdict, "the request")
	}
	name := in.Name
	if name == "" {
		name = s.FreeName("cert-" + in.RequestID)
	}
	if s.Certificates.Has(name) {
		return s, reply.Refuse(in.RequestID, errcodes.UploadUserCertificate.Table().Error(errcodes.CondCertNameDuplicated), named(name))
	}
	next, number := s.NextNumber()
	return next.Put(Certificate{
		Name:      name,
		ID:        IDOf(number),
		Source:    FromCAS,
		Status:    Issued,
		PEM:       in.Check.Certificate,
		Content:   in.Content,
		Leaf:      in.Check.Leaf,
		KeyStored: true,
	}), reply.Answer(in.RequestID, &uploaded{reply.To(in.RequestID), number})
}
