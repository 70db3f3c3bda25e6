package cdn

import (
	"cmp"
	"strconv"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/redact"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/centre"
	"github.com/alicert/alicert/validate"
)

// SetCdnDomainSSLCertificate is the request of the operation that took the place
// of SetDomainServerCertificate, together with its finished check. It holds no
// private key. Make one with [SetCdnSSL].
type SetCdnDomainSSLCertificate struct {
	RequestID   string           `json:"requestId"`
	DomainName  string           `json:"domainName,omitempty"` // lower-case ASCII form
	SSLProtocol string           `json:"sslProtocol,omitempty"`
	CertType    string           `json:"certType,omitempty"`
	CertName    string           `json:"certName,omitempty"`
	CertID      string           `json:"certId,omitempty"` // with its region, as the certificate centre has it
	Staging     bool             `json:"staging,omitempty"`
	Check       validate.Summary `json:"check,omitzero"`

	// Content is the SHA-256 of Check.Certificate, as in
	// SetDomainServerCertificate.
	Content string `json:"content,omitempty"`
}

// SetCdnSSL judges a request once and returns it as an input of the machine, as
// [Set] does for the operation before it.
func SetCdnSSL(requestID string, req *validate.CDNRequest, opts validate.Options) Input {
	req = of(errcodes.SetCdnDomainSSLCertificate, req)
	return Input{ssl(requestID, req, validate.Summarize(req, opts))}
}

// of returns a request as one of an operation.
func of(op errcodes.Operation, req *validate.CDNRequest) *validate.CDNRequest {
	own := *req
	own.Op = op
	return &own
}

// ssl keeps of a request that is judged what its status and type do not make idle.
func ssl(requestID string, req *validate.CDNRequest, check validate.Summary) SetCdnDomainSSLCertificate {
	in := SetCdnDomainSSLCertificate{RequestID: requestID, Check: check}
	if !check.Accepted() {
		return in
	}
	in.DomainName, in.Check.Domain = check.Domain, ""
	in.SSLProtocol, in.CertType, in.Staging = req.Status, req.CertType, req.Env == "staging"
	in.Content = centre.ContentOf(check.Certificate)
	if in.SSLProtocol != on {
		return in
	}
	in.CertName = redact.Name(req.CertName)
	if number, err := strconv.ParseUint(req.CertID, 10, 64); err == nil && in.CertType == cas {
		in.CertID = strconv.FormatUint(number, 10) + "-" + cmp.Or(req.CertRegion, centre.Region)
	}
	return in
}

func (in SetCdnDomainSSLCertificate) step(s State) (State, model.Output) {
	setting := in.setting(errcodes.SetCdnDomainSSLCertificate)
	return setting.step(s)
}

// setting is that of one of the operations with these parameters. None of them
// knows the domain's free certificate.
func (in *SetCdnDomainSSLCertificate) setting(operation errcodes.Operation) Setting {
	setting := Setting{
		Operation:  operation,
		RequestID:  in.RequestID,
		DomainName: in.DomainName,
		On:         in.SSLProtocol == on,
		CertName:   in.CertName,
		Staging:    in.Staging,
		Check:      in.Check,
		Content:    in.Content,
	}
	if in.CertType == cas {
		setting.CertType, setting.CertID = cas, in.CertID
	}
	return setting
}
