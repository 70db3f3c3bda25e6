package validate

import (
	"fmt"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/alicert/alicert/errcodes"
)

// Request is a request of an operation: a [*CDNRequest], an [*ALBRequest] or a
// [*CASRequest]. An empty field equals an absent parameter, a nil pointer an empty
// request.
type Request interface {
	// Operation returns the operation that is called.
	Operation() errcodes.Operation

	// fits reports whether the request has the parameters of the operation.
	fits() bool
}

// CDNRequest is a request of an operation that sets the certificate of an
// accelerated domain: SetDomainServerCertificate, SetCdnDomainSSLCertificate and
// their counterparts of other products; or of ESA SetCertificate, which adds one to a
// site or replaces it. The operation's table says which fields it looks at and how it
// names them.
type CDNRequest struct {
	Op errcodes.Operation // 0: SetDomainServerCertificate

	// DomainName is the accelerated domain; required. Of a site it is the name, which
	// is no parameter of the request: without it nothing is said about the site.
	DomainName string

	Status     string // "on" or "off"; absent means "off", unless the operation requires it
	CertType   string // "upload", "cas", or "free" for some operations; absent means "upload"
	CertName   string // at most 128 characters
	CertID     string // decimal number of a certificate of the certificate center
	CertRegion string // of that number: "cn-hangzhou", which is the default, or "ap-southeast-1"
	Env        string // "staging", or anything else for production
	Overwrite  string // "1" overwrites a certificate of the same name

	SiteID            string // decimal number of the site of ESA; required there
	SiteCertificateID string // of the certificate of the site to replace; absent means a further one

	Certificate string // PEM text, leaf first
	PrivateKey  Secret // PEM text

	// Pair stands for Certificate and PrivateKey, which are not looked at
	// then. Several requests can share one.
	Pair *Pair
}

// ALBRequest is a request of an operation of ALB, NLB or GA that adds certificates to a
// listener, changes or removes them, or sets the default one.
type ALBRequest struct {
	Op errcodes.Operation // 0: AssociateAdditionalCertificatesWithListener

	ListenerID     string   // of an HTTPS or QUIC listener of ALB, a TCPSSL listener of NLB, or an HTTPS listener of GA; required
	CertificateIDs []string // Certificates.N.CertificateId and so on in order, 1 to 15
	ClientToken    string   // at most 64 ASCII characters
	DryRun         bool     // check only

	// GA names an additional certificate by its domain. Domains has as many entries as
	// CertificateIDs if the operation has both; UpdateAdditionalCertificateWithListener looks
	// at the first one of each.
	Domains        []string // Certificates.N.Domain, Domains.N or Domain, 1 to 10
	LoadBalancerID string   // AcceleratorId of GA; required, but to set the default certificate
	Region         string   // RegionId of GA; required, but to set the default certificate

	// Malformed keeps values of the wire form that the fields above cannot hold.
	Malformed Malformed
}

// Malformed has the parameters of a request in its wire form that are not of their
// type.
type Malformed struct {
	DryRun       string // neither "true" nor "false", in any letter case
	Certificates string // one parameter, such as JSON, instead of a flat array
}

// CASRequest is a request that uploads a certificate under a name: to the certificate
// center, or to the certificates that the classic load balancer has in a region.
type CASRequest struct {
	Op errcodes.Operation // 0: UploadUserCertificate

	Region      string // of the classic load balancer, which requires it
	Name        string // at most 63 characters and required, or at most 80 for UploadServerCertificate
	Certificate string // PEM text, leaf first
	PrivateKey  Secret // PEM text
	Pair        *Pair  // as in a CDNRequest

	// CertID is the number of a certificate of the certificate center, for
	// UploadServerCertificate. It stands for certificate and key, which are not looked at
	// then. CertRegion is the region of that number.
	CertID, CertRegion string
}

// Operation returns Op, and SetDomainServerCertificate for none.
func (r *CDNRequest) Operation() errcodes.Operation {
	if r == nil || r.Op == 0 {
		return errcodes.SetDomainServerCertificate
	}
	return r.Op
}

// Operation returns Op, and AssociateAdditionalCertificatesWithListener for none.
func (r *ALBRequest) Operation() errcodes.Operation {
	if r == nil || r.Op == 0 {
		return errcodes.AssociateAdditionalCertificatesWithListener
	}
	return r.Op
}

// Operation returns Op, and UploadUserCertificate for none.
func (r *CASRequest) Operation() errcodes.Operation {
	if r == nil || r.Op == 0 {
		return errcodes.UploadUserCertificate
	}
	return r.Op
}

func (r *CDNRequest) fits() bool { return setsCertificate(r.Operation()) }
func (r *ALBRequest) fits() bool { return changesListener(r.Operation()) }
func (r *CASRequest) fits() bool { return uploads(r.Operation()) }

// The conditions of an operation tell which type its requests have.

func setsCertificate(op errcodes.Operation) bool {
	t := op.Table()
	return t.Has(errcodes.CondCertificateMissing) && (t.Has(errcodes.CondDomainNameMissing) || t.Has(errcodes.CondSiteNotFound))
}

func changesListener(op errcodes.Operation) bool {
	t := op.Table()
	return t.Has(errcodes.CondListenerIDMissing) && (t.Has(errcodes.CondCertificateIDMissing) || t.Has(errcodes.CondDomainExtensionNotFound))
}

func uploads(op errcodes.Operation) bool {
	return op.Table().Has(errcodes.CondCertificateMissing) && !setsCertificate(op)
}

// unfit is the error of a request whose operation has other parameters.
func unfit(op errcodes.Operation) *errcodes.Error {
	return &errcodes.Error{Operation: op, Message: "the request does not have the parameters of " + op.String()}
}

// Parse reads a request in its wire form: the decoded query and form parameters
// together. It fails for an operation whose requests this package does not know. It
// takes the first value of a repeated parameter, ignores unknown parameters, and
// checks nothing.
//
// The certificates of a listener are taken in the order of their numbers, which may
// have gaps; a number without a CertificateId gives an empty id.
func Parse(op errcodes.Operation, form url.Values) (Request, error) {
	get := func(f errcodes.Field) string {
		if name := op.Parameter(f); name != "" {
			return form.Get(name)
		}
		return ""
	}
	switch {
	case setsCertificate(op):
		return &CDNRequest{
			Op:                op,
			DomainName:        get(errcodes.FieldDomainName),
			SiteID:            get(errcodes.FieldSiteID),
			SiteCertificateID: get(errcodes.FieldSiteCertificateID),
			Status:            get(errcodes.FieldStatus),
			CertType:          get(errcodes.FieldCertType),
			CertName:          get(errcodes.FieldCertName),
			CertID:            get(errcodes.FieldCertID),
			CertRegion:        get(errcodes.FieldCertRegion),
			Env:               get(errcodes.FieldEnv),
			Overwrite:         get(errcodes.FieldOverwrite),
			Certificate:       get(errcodes.FieldCertificate),
			PrivateKey:        NewSecret(get(errcodes.FieldPrivateKey)),
		}, nil
	case uploads(op):
		return &CASRequest{
			Op:          op,
			Region:      get(errcodes.FieldRegionID),
			Name:        get(errcodes.FieldCertName),
			Certificate: get(errcodes.FieldCertificate),
			PrivateKey:  NewSecret(get(errcodes.FieldPrivateKey)),
			CertID:      get(errcodes.FieldCertID),
			CertRegion:  get(errcodes.FieldCertRegion),
		}, nil
	case changesListener(op):
		return parseALB(op, form, get), nil
	default:
		return nil, fmt.Errorf("validate: requests of %q are not known here", op)
	}
}

func parseALB(op errcodes.Operation, form url.Values, get func(errcodes.Field) string) *ALBRequest {
	req := &ALBRequest{
		Op: op, ListenerID: get(errcodes.FieldListenerID), ClientToken: get(errcodes.FieldClientToken),
		LoadBalancerID: get(errcodes.FieldLoadBalancerID), Region: get(errcodes.FieldRegionID),
	}
	if v := get(errcodes.FieldDryRun); v == "" || errcodes.TypeBoolean.Reads(v) {
		req.DryRun = strings.EqualFold(v, "true")
	} else {
		req.Malformed.DryRun = v
	}
	req.Malformed.Certificates = get(errcodes.FieldCertificates)
	numbers := indices(form, op.Parameter(errcodes.FieldCertificates)+".")
	req.CertificateIDs = elements(form, op.Parameter(errcodes.FieldCertificateID), numbers)
	req.Domains = elements(form, op.Parameter(errcodes.FieldDomainName), numbers)
	return req
}

// elements returns the values of a parameter that has numbers in its name, one for each
// number, or the one value of another parameter, if it is given.
func elements(form url.Values, name string, numbers []uint64) (values []string) {
	if !strings.Contains(name, ".N") {
		if value := form.Get(name); value != "" {
			values = append(values, value)
		}
		return values
	}
	for _, n := range numbers {
		values = append(values, form.Get(strings.Replace(name, ".N", "."+strconv.FormatUint(n, 10), 1)))
	}
	return values
}

// indices returns the numbers N of the parameters prefix+N and prefix+N+".…",
// sorted, each once.
func indices(values url.Values, prefix string) []uint64 {
	var numbers []uint64
	for name := range values {
		rest, found := strings.CutPrefix(name, prefix)
		if !found {
			continue
		}
		digits, _, _ := strings.Cut(rest, ".")
		n, err := strconv.ParseUint(digits, 10, 64)
		if err == nil && n > 0 && strconv.FormatUint(n, 10) == digits {
			numbers = append(numbers, n)
		}
	}
	slices.Sort(numbers)
	return slices.Compact(numbers)
}
