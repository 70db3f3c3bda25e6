package diagnosis

import (
	"iter"
	"slices"

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

// GivenListener says which parameters of a request for a listener somebody gave, be it an
// empty value.
type GivenListener struct{ Listener, Accelerator, Region, Domain bool }

// notGiven stands for the id of an accelerator that nobody gave. No check looks at it.
const notGiven = "-"

// defaultRegion is the only one that GA has.
const defaultRegion = "cn-hangzhou"

// CompleteListener completes a request for a listener by what GA requires and nobody gave.
// It returns the conditions that are not checked for that, and of these the ones that
// [validate.Options.Skip] must name.
func CompleteListener(r *validate.ALBRequest, given GivenListener) (skipped, skip []errcodes.Condition) {
	op := r.Op
	if !given.Listener {
		skip = append(skip, errcodes.CondListenerIDMissing)
	}
	if op.Parameter(errcodes.FieldDomainName) != "" && op.Parameter(errcodes.FieldCertificateID) != "" && !given.Domain {
		skip = append(skip, errcodes.CondDomainNameMissing)
	}
	if op.Requires(errcodes.FieldRegionID) && !given.Region {
		r.Region = defaultRegion
	}
	skipped = skip
	if op.Requires(errcodes.FieldLoadBalancerID) && !given.Accelerator {
		r.LoadBalancerID = notGiven
		skipped = append(slices.Clip(skip), errcodes.CondParameterMissing) // which is that of other parameters, too
	}
	return skipped, skip
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
