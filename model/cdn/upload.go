package cdn

import (
	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/redact"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/centre"
	"github.com/alicert/alicert/validate"
)

// UploadUserCertificate is the certificate centre's upload, together with its
// finished check. Its own error table is not known: it is judged by the rows of
// the CDN operation. Make one with [Upload].
type UploadUserCertificate struct {
	RequestID string         `json:"requestId"`
	Name      string         `json:"name,omitempty"`
	Check     validate.Check `json:"check,omitzero"`

	// Content is the SHA-256 of Check.Certificate, as in
	// SetDomainServerCertificate.
	Content string `json:"content,omitempty"`
}

// Upload judges a request once and returns it as an input of the machine.
func Upload(requestID, name, certificate string, key validate.Secret, opts validate.Options) Input {
	// The operation has no domain; its three parameters are judged as those
	// of an upload to the CDN.
	req := &validate.SetDomainServerCertificateRequest{
		ServerCertificateStatus: "on", CertName: name, ServerCertificate: certificate, PrivateKey: key,
	}
	opts.Skip = append([]errcodes.Condition{errcodes.CondDomainNameMissing}, opts.Skip...)
	check := req.Check(opts)
	if !check.Accepted() {
		verdict := borrow(uploadOperation, uploadParameter(check.Verdict.Parameter), check.Verdict)
		return Input{UploadUserCertificate{RequestID: requestID, Check: validate.Check{Verdict: *verdict}}}
	}
	return Input{UploadUserCertificate{
		RequestID: requestID, Name: redact.Name(name), Check: check, Content: centre.ContentOf(check.Certificate),
	}}
}

const uploadOperation = "UploadUserCertificate"

// uploadParameter returns the operation's own name for a parameter of the CDN
// operation.
func uploadParameter(parameter string) string {
	switch parameter {
	case "ServerCertificate":
		return "Cert"
	case "PrivateKey":
		return "Key"
	default:
		return "Name"
	}
}

func (in UploadUserCertificate) step(s State) (State, model.Output) {
	if !in.Check.Accepted() {
		return s, model.Refuse(in.RequestID, &in.Check.Verdict, "the request")
	}
	name := in.Name
	if name == "" {
		name = s.freeName("cert-" + in.RequestID)
	}
	if s.Centre.Certificates.Has(name) {
		row, _ := errcodes.SetDomainServerCertificate.Error(errcodes.CondCertNameDuplicated)
		return s, model.Refuse(in.RequestID, borrow(uploadOperation, "Name", row), certificateNamed(name))
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
