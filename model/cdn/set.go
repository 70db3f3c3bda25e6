package cdn

import (
	"cmp"
	"strconv"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/redact"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/validate"
)

// SetCertificate is a request of an operation that sets the certificate of a domain,
// together with its finished check. It holds no private key. Make one with [Set]. The
// conditions of the operation's table decide its answers and effects.
type SetCertificate struct {
	Operation  errcodes.Operation `json:"-"` // JSON has it as the name of the action; 0: SetDomainServerCertificate
	RequestID  string             `json:"requestId"`
	DomainName string             `json:"domainName,omitempty"` // lower-case ASCII form, without the product
	Status     string             `json:"status,omitempty"`     // "on", or anything else for off
	CertType   string             `json:"certType,omitempty"`   // "cas", "free", or anything else for an upload
	CertName   string             `json:"certName,omitempty"`
	CertID     string             `json:"certId,omitempty"`     // with its region, as in the certificate center
	CertRegion string             `json:"certRegion,omitempty"` // whose center is searched without CertID; empty means cas.Region
	Overwrite  bool               `json:"overwrite,omitempty"`  // a certificate of the same name
	Staging    bool               `json:"staging,omitempty"`    // for another environment, which is no part of a state
	Check      validate.Summary   `json:"check,omitzero"`

	// Content is the SHA-256 of Check.Certificate in hexadecimal, so that a step need
	// not hash. If it is empty, the step computes it.
	Content string `json:"content,omitempty"`
}

// The values of the parameters.
const (
	on       = "on"
	freeType = "free"
	casType  = "cas"
)

// Set checks a request once and returns it as an input of the machine. A refused
// request keeps only its verdict. An accepted request loses the text around the
// certificates and the parameters that the status or type does not use.
func Set(requestID string, req *validate.CDNRequest, opts validate.Options) Input {
	check := validate.Summarize(req, opts)
	in := SetCertificate{Operation: req.Operation(), RequestID: requestID, Check: check}
	if !check.Accepted() {
		return Input{Action: in}
	}
	in.DomainName, in.Check.Domain = check.Domain, "" // DomainName has it
	in.Status, in.CertType = req.Status, req.CertType
	if !in.checks(errcodes.CondStatusUnsupported) {
		in.Status = on // the operation has no such parameter
	}
	if !in.checks(errcodes.CondCertTypeUnsupported) {
		in.CertType = "" // the operation takes uploads only
	}
	in.Content = cas.ContentOf(check.Certificate)
	in.Staging = req.Env == "staging" && in.Operation.Parameter(errcodes.FieldEnv) != ""
	if in.Status != on || in.CertType == freeType {
		return Input{Action: in}
	}
	in.CertName = redact.Name(req.CertName)
	in.Overwrite = req.Overwrite == "1" && in.Operation.Parameter(errcodes.FieldOverwrite) != ""
	if in.CertType == casType && in.Operation.Parameter(errcodes.FieldCertID) != "" {
		if number, err := strconv.ParseUint(req.CertID, 10, 64); err == nil {
			in.CertID = strconv.FormatUint(number, 10) + "-" + cmp.Or(req.CertRegion, cas.Region)
		} else if req.CertRegion != cas.Region {
			in.CertRegion = req.CertRegion
		}
	}
	return Input{Action: in}
}

// OperationName returns the operation's ID.
func (in SetCertificate) OperationName() string { return in.operation().ID() }

func (in *SetCertificate) operation() errcodes.Operation {
	return cmp.Or(in.Operation, errcodes.SetDomainServerCertificate)
}

// On reports whether the request turns HTTPS on, rather than off.
func (in SetCertificate) On() bool { return in.Status == on }

// Kind implements [model.Action].
func (SetCertificate) Kind() model.Kind { return model.Request }

// About returns the domain.
func (in SetCertificate) About() model.Resource { return domain(in.domainID()) }

// checks reports whether the operation checks a condition.
func (in *SetCertificate) checks(cond errcodes.Condition) bool {
	return in.operation().Table().Has(cond)
}
