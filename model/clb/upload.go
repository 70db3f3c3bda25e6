package clb

import (
	"cmp"
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/redact"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/internal/reply"
	"github.com/alicert/alicert/validate"
)

// UploadServerCertificate is the request that uploads a certificate to a region, or takes
// one of the certificate center there, with its finished check. Make one with [Upload].
type UploadServerCertificate struct {
	RequestID  string           `json:"requestId"`
	RegionID   string           `json:"regionId,omitempty"`
	Name       string           `json:"name,omitempty"`
	CertID     string           `json:"certId,omitempty"`     // number in the certificate center
	CertRegion string           `json:"certRegion,omitempty"` // of that number
	Check      validate.Summary `json:"check,omitzero"`
}

// DeleteServerCertificate is the request that removes a certificate that nothing uses.
type DeleteServerCertificate struct {
	RequestID           string `json:"requestId"`
	RegionID            string `json:"regionId,omitempty"` // empty means DefaultRegion
	ServerCertificateID string `json:"serverCertificateId,omitempty"`
}

// SetServerCertificateName is the request that gives a certificate another name. Names
// may be shared.
type SetServerCertificateName struct {
	RequestID             string `json:"requestId"`
	RegionID              string `json:"regionId,omitempty"`
	ServerCertificateID   string `json:"serverCertificateId,omitempty"`
	ServerCertificateName string `json:"serverCertificateName,omitempty"`
}

// Upload checks a request once and returns it as an input of the machine.
func Upload(requestID string, req *validate.CASRequest, opts validate.Options) Input {
	in := UploadServerCertificate{RequestID: requestID, Check: validate.Summarize(req, opts)}
	if in.Check.Accepted() {
		in.RegionID, in.Name = redact.Name(req.Region), redact.Name(req.Name)
		in.CertID, in.CertRegion = redact.Name(req.CertID), redact.Name(req.CertRegion)
	}
	return Input{Action: in}
}

func (in UploadServerCertificate) step(at int64, s State) (State, model.Output) {
	r := s.request(errcodes.UploadServerCertificate, in.RequestID)
	if !in.Check.Accepted() {
		return s, reply.Refuse(in.RequestID, in.Check.Verdict, "the request")
	}
	if missing := r.missing(func(errcodes.Field) bool { return in.RegionID != "" }); missing != nil {
		return s, *missing
	}
	c := Certificate{Region: in.RegionID, Name: in.Name, PEM: in.Check.Certificate, Leaf: in.Check.Leaf, Created: at}
	if in.CertID != "" {
		stored, refusal := in.stored(&r)
		if refusal != nil {
			return s, *refusal
		}
		c.PEM, c.Leaf, c.Center, c.CenterName = stored.PEM, stored.Leaf, stored.ID, stored.Name
	}
	c.Fingerprint = colons(cas.Fingerprint(c.PEM))
	id := free("certificate", in.RequestID, certificateID, s.Certificates.Has)
	c.Name = cmp.Or(c.Name, id)
	s.Certificates = s.Certificates.Set(id, c)
	return s, reply.Answer(in.RequestID, &uploaded{reply.To(in.RequestID), describeCertificate(id, c)})
}

// stored finds the certificate of the certificate center that the request names.
func (in *UploadServerCertificate) stored(r *request) (cas.Certificate, *model.Output) {
	id := in.CertID + "-" + cmp.Or(in.CertRegion, cas.RegionOf(in.RegionID))
	c, found := r.state.CAS.ByID(id)
	what := "certificate " + id + " of the certificate center"
	switch {
	case !found:
		return c, r.refuse(errcodes.CondCertificateNotFound, what)
	case c.Status != cas.Issued:
		return c, r.refuse(errcodes.CondCertificateStatusBad, what)
	case !c.KeyStored:
		return c, r.refuse(errcodes.CondStoredKeyMissing, what)
	default:
		return c, nil
	}
}

// colons writes a hexadecimal digest as the service does.
func colons(digest string) string {
	var pairs []string
	for ; len(digest) >= 2; digest = digest[2:] {
		pairs = append(pairs, digest[:2])
	}
	return strings.Join(pairs, ":")
}

func (in DeleteServerCertificate) step(_ int64, s State) (State, model.Output) {
	r := s.request(errcodes.DeleteServerCertificate, in.RequestID)
	if missing := r.missing(func(errcodes.Field) bool { return in.ServerCertificateID != "" }); missing != nil {
		return s, *missing
	}
	c, refusal := r.certificate(in.ServerCertificateID, cmp.Or(in.RegionID, DefaultRegion))
	if refusal == nil && c.Users > 0 {
		refusal = r.refuse(errcodes.CondCertificateInUse, in.About().String())
	}
	if refusal != nil {
		return s, *refusal
	}
	s.Certificates = s.Certificates.Delete(in.ServerCertificateID)
	return s, model.Output{RequestID: in.RequestID}
}

func (in SetServerCertificateName) step(_ int64, s State) (State, model.Output) {
	r := s.request(errcodes.SetServerCertificateName, in.RequestID)
	refusal := r.missing(func(f errcodes.Field) bool {
		switch f {
		case errcodes.FieldRegionID:
			return in.RegionID != ""
		case errcodes.FieldCertName:
			return in.ServerCertificateName != ""
		default:
			return in.ServerCertificateID != ""
		}
	})
	if cond := nameCondition(in.ServerCertificateName); refusal == nil && cond != 0 {
		refusal = r.refuse(cond, "the request")
	}
	if refusal == nil {
		_, refusal = r.certificate(in.ServerCertificateID, in.RegionID)
	}
	if refusal != nil {
		return s, *refusal
	}
	s.Certificates = s.Certificates.Update(in.ServerCertificateID, func(c *Certificate) { c.Name = redact.Name(in.ServerCertificateName) })
	return s, model.Output{RequestID: in.RequestID}
}

// nameCondition returns what is wrong with a name: what an upload under it would be
// refused for, if it brought no certificate of its own.
func nameCondition(name string) errcodes.Condition {
	const anything = "1"
	req := validate.CASRequest{Op: errcodes.UploadServerCertificate, Region: anything, Name: name, CertID: anything}
	check := validate.Summarize(&req, validate.Options{})
	return check.Verdict.Condition
}
