package cdn

import (
	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/redact"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/centre"
	"github.com/alicert/alicert/validate"
)

// SetDomainServerCertificate is the request, together with its summary.
// It holds no private key. Make one with [Set].
type SetDomainServerCertificate struct {
	RequestID  string           `json:"requestId"`
	DomainName string           `json:"domainName,omitempty"` // lower-case ASCII form
	Status     string           `json:"status,omitempty"`
	CertType   string           `json:"certType,omitempty"`
	CertName   string           `json:"certName,omitempty"`
	ForceSet   string           `json:"forceSet,omitempty"`
	Check      validate.Summary `json:"check,omitzero"`

	// Content is the SHA-256 of Check.Certificate in hexadecimal, so that a
	// step need not hash. A step without it does.
	Content string `json:"content,omitempty"`
}

// Set judges a request once and returns it as an input of the machine. What the
// operation does not look at is not kept, for it may hold what does not belong
// there: of a request that is refused only the verdict, of one that passes the
// certificates without the text around them, and no parameter that its status or
// type makes idle.
func Set(requestID string, req *validate.CDNRequest, opts validate.Options) Input {
	check := validate.Summarize(req, opts)
	if !check.Accepted() {
		return Input{SetDomainServerCertificate{RequestID: requestID, Check: check}}
	}
	in := SetDomainServerCertificate{
		RequestID: requestID,
		Status:    req.Status,
		CertType:  req.CertType,
		Check:     check,
		Content:   centre.ContentOf(check.Certificate),
	}
	in.DomainName, in.Check.Domain = check.Domain, ""
	if in.Status == on && in.CertType != free {
		in.CertName, in.ForceSet = redact.Name(req.CertName), req.Overwrite
	}
	return Input{in}
}

// The words of the parameters.
const (
	on   = "on"
	free = "free"
	cas  = "cas"
)

func (in SetDomainServerCertificate) step(s State) (State, model.Output) {
	setting := in.setting()
	return setting.step(s)
}

func (in *SetDomainServerCertificate) setting() Setting {
	return Setting{
		Operation:  errcodes.SetDomainServerCertificate,
		RequestID:  in.RequestID,
		DomainName: in.DomainName,
		On:         in.Status == on,
		CertType:   in.CertType,
		CertName:   in.CertName,
		Overwrite:  in.ForceSet == "1",
		Check:      in.Check,
		Content:    in.Content,
	}
}
