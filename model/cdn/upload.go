package cdn

import (
	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/redact"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/centre"
	"github.com/alicert/alicert/validate"
)

// UploadUserCertificate is the certificate centre's upload, together with its
// summary. Make one with [Upload].
type UploadUserCertificate struct {
	RequestID string           `json:"requestId"`
	Name      string           `json:"name,omitempty"`
	Check     validate.Summary `json:"check,omitzero"`

	// Content is the SHA-256 of Check.Certificate, as in
	// SetDomainServerCertificate.
	Content string `json:"content,omitempty"`
}

// Upload judges a request once and returns it as an input of the machine.
func Upload(requestID, name, certificate string, key validate.Secret, opts validate.Options) Input {
	req := &validate.CASRequest{Name: name, Certificate: certificate, PrivateKey: key}
	check := validate.Summarize(req, opts)
	if !check.Accepted() {
		return Input{UploadUserCertificate{RequestID: requestID, Check: check}}
	}
	return Input{UploadUserCertificate{
		RequestID: requestID, Name: redact.Name(name), Check: check, Content: centre.ContentOf(check.Certificate),
	}}
}

func (in UploadUserCertificate) step(s State) (State, model.Output) {
	if !in.Check.Accepted() {
		return s, model.Refuse(in.RequestID, in.Check.Verdict, "the request")
	}
	name := in.Name
	if name == "" {
		name = s.freeName("cert-" + in.RequestID)
	}
	if s.Centre.Certificates.Has(name) {
		e := errcodes.UploadUserCertificate.Table().Error(errcodes.CondCertNameDuplicated)
		return s, model.Refuse(in.RequestID, e, certificateNamed(name))
	}
	next, number := s.Centre.NextNumber()
	s.Centre = next.Put(centre.Certificate{
		Name:      name,
		ID:        centre.IDOf(number),
		Source:    centre.CAS,
		Status:    centre.Issued,
		PEM:       in.Check.Certificate,
		Content:   in.Content,
		Leaf:      in.Check.Leaf,
		KeyStored: true,
	})
	return s, answer(in.RequestID, map[string]any{"CertId": number})
}
