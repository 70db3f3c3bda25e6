package diagnosis

import (
	"iter"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/validate"
)

// Operations yields every operation that takes a certificate and its key, the usual one
// first.
func Operations() iter.Seq[errcodes.Operation] {
	return func(yield func(errcodes.Operation) bool) {
		for op := range errcodes.Operations() {
			if op.Parameter(errcodes.FieldCertificate) != "" && op.Parameter(errcodes.FieldPrivateKey) != "" && !yield(op) {
				return
			}
		}
	}
}

// RequestOf returns the request of an operation whose parameters have the values of a
// request about a domain.
func RequestOf(values *validate.CDNRequest) validate.Request {
	if req, _ := validate.Parse(values.Op, nil); isUpload(req) {
		return &validate.CASRequest{
			Op: values.Op, Name: values.CertName, Certificate: values.Certificate, PrivateKey: values.PrivateKey, CertID: values.CertID, CertRegion: values.CertRegion,
		}
	}
	return values
}

func isUpload(r validate.Request) bool {
	_, is := r.(*validate.CASRequest)
	return is
}

// TakesDomain reports whether requests of an operation are about a domain, or about a
// site, whose name says what its certificate must be for.
func TakesDomain(op errcodes.Operation) bool {
	return op.Parameter(errcodes.FieldDomainName) != "" || op.Table().Has(errcodes.CondSiteNotCovered)
}

// Given says which parameters somebody gave, be it an empty value.
type Given struct{ Domain, Name, Certificate, Key bool }

// Skipped returns the conditions that are not checked, because a parameter that the
// operation must have was not given. A certificate without a key, or a key without a
// certificate, is checked alone.
func Skipped(values *validate.CDNRequest, given Given) (conds []errcodes.Condition) {
	if values.Op.Parameter(errcodes.FieldDomainName) != "" && !given.Domain {
		conds = append(conds, errcodes.CondDomainNameMissing)
	}
	switch upload := values.Status == "on" && (values.CertType == "" || values.CertType == "upload"); {
	case upload && given.Certificate && !given.Key:
		conds = append(conds, errcodes.CondPrivateKeyMissing)
	case upload && given.Key && !given.Certificate:
		conds = append(conds, errcodes.CondCertificateMissing)
	}
	if values.Op.Requires(errcodes.FieldRegionID) || values.Op.Requires(errcodes.FieldSiteID) && values.SiteID == "" { // nobody is asked for it
		conds = append(conds, errcodes.CondParameterMissing)
	}
	if values.Op.Table().Has(errcodes.CondCertNameMissing) && !given.Name {
		conds = append(conds, errcodes.CondCertNameMissing)
	}
	return conds
}
