package validate

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
)

// SetDomainServerCertificateRequest is a request of CDN
// SetDomainServerCertificate. An empty field equals an absent parameter.
type SetDomainServerCertificateRequest struct {
	DomainName              string // the accelerated domain; required
	ServerCertificateStatus string // "on" or "off"; absent means "off"
	ServerCertificate       string // PEM text, leaf first
	PrivateKey              Secret // PEM text
	CertType                string // "upload", "cas" or "free"; absent means "upload"
	CertName                string // at most 128 characters
	ForceSet                string // "1" overwrites a certificate of the same name
}

// SetDomainServerCertificateFromValues reads a request in its wire form: the
// decoded query and form parameters together. Of a repeated parameter the first
// value counts; unknown parameters are passed over. Nothing is judged here.
func SetDomainServerCertificateFromValues(values url.Values) *SetDomainServerCertificateRequest {
	return &SetDomainServerCertificateRequest{
		DomainName:              values.Get("DomainName"),
		ServerCertificateStatus: values.Get("ServerCertificateStatus"),
		ServerCertificate:       values.Get("ServerCertificate"),
		PrivateKey:              NewSecret(values.Get("PrivateKey")),
		CertType:                values.Get("CertType"),
		CertName:                values.Get("CertName"),
		ForceSet:                values.Get("ForceSet"),
	}
}

// orEmpty takes a nil request for an empty one.
func orEmpty[T any](req *T) *T {
	if req == nil {
		return new(T)
	}
	return req
}

// AssociateAdditionalCertificatesWithListenerRequest is a request of ALB
// AssociateAdditionalCertificatesWithListener. An empty string equals an absent
// parameter.
type AssociateAdditionalCertificatesWithListenerRequest struct {
	ListenerID     string   // of an HTTPS or QUIC listener; required
	CertificateIDs []string // Certificates.N.CertificateId in order, 1 to 15
	ClientToken    string   // at most 64 ASCII characters
	DryRun         bool     // judge only

	// Untyped keeps what the wire form held and the fields above cannot.
	Untyped Untyped
}

// Untyped is what a request in its wire form held that has no type.
type Untyped struct {
	DryRun       string // neither "true" nor "false"
	Certificates string // one parameter where a flat array was due, such as JSON
}

// AssociateAdditionalCertificatesWithListenerFromValues reads a request in its
// wire form: the decoded query and form parameters together. Certificates are
// taken in the order of their numbers, which may have gaps; a number without a
// CertificateId gives an empty id. Of a repeated parameter the first value
// counts; unknown parameters are passed over. Nothing is judged here: what could
// not be typed is kept in Untyped.
func AssociateAdditionalCertificatesWithListenerFromValues(values url.Values) *AssociateAdditionalCertificatesWithListenerRequest {
	req := &AssociateAdditionalCertificatesWithListenerRequest{
		ListenerID:  values.Get("ListenerId"),
		ClientToken: values.Get("ClientToken"),
	}
	switch v := values.Get("DryRun"); v {
	case "true", "false", "":
		req.DryRun = v == "true"
	default:
		req.Untyped.DryRun = v
	}
	req.Untyped.Certificates = values.Get("Certificates")
	for _, n := range indices(values, "Certificates.") {
		req.CertificateIDs = append(req.CertificateIDs, values.Get("Certificates."+strconv.FormatUint(n, 10)+".CertificateId"))
	}
	return req
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
