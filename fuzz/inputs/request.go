package inputs

import (
	"encoding/json"
	"strings"
	"sync"
	"sync/atomic"
	"time"
	"unicode/utf8"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/model/clb"
	"github.com/alicert/alicert/model/esa"
	"github.com/alicert/alicert/validate"
)

// Text is a parameter as a client may send it. Its JSON form keeps text that is not
// valid UTF-8.
type Text string

// MarshalJSON encodes the text as a string, or as {"Bytes": …} if it is not valid UTF-8.
func (t Text) MarshalJSON() ([]byte, error) {
	if utf8.ValidString(string(t)) {
		return json.Marshal(string(t))
	}
	return json.Marshal(struct{ Bytes []byte }{[]byte(t)})
}

// UnmarshalJSON decodes the result of MarshalJSON.
func (t *Text) UnmarshalJSON(data []byte) error {
	var text string
	if err := json.Unmarshal(data, &text); err == nil {
		*t = Text(text)
		return nil
	}
	var bytes struct{ Bytes []byte }
	if err := json.Unmarshal(data, &bytes); err != nil {
		return err
	}
	*t = Text(bytes.Bytes)
	return nil
}

// Set is a request that sets the certificate of a domain, as a client sends it. Op is
// its operation, one of cdn.Operations; the zero value is SetDomainServerCertificate.
// Fields without a parameter of the operation are ignored.
type Set struct {
	Op          errcodes.Operation `json:"operation,omitzero"`
	RequestID   string             `json:"requestId,omitempty"`
	DomainName  Text               `json:"domainName,omitempty"`
	Status      string             `json:"status,omitempty"`
	CertType    string             `json:"certType,omitempty"`
	CertName    Text               `json:"certName,omitempty"`
	CertID      string             `json:"certId,omitempty"`
	CertRegion  string             `json:"certRegion,omitempty"`
	Env         string             `json:"env,omitempty"`
	ForceSet    string             `json:"forceSet,omitempty"`
	Certificate Fixture            `json:"certificate,omitempty"`
	PrivateKey  Fixture            `json:"privateKey,omitempty"`
	At          int64              `json:"at,omitempty"` // time of the call in Unix seconds; 0 means that validity is not checked
}

// Operation returns Op, and SetDomainServerCertificate for the zero value.
func (r Set) Operation() errcodes.Operation { return (&validate.CDNRequest{Op: r.Op}).Operation() }

// fit returns the request without the fields that its operation has no parameter for.
func (r Set) fit() Set {
	for field, value := range map[errcodes.Field]*string{
		errcodes.FieldCertType: &r.CertType, errcodes.FieldCertID: &r.CertID, errcodes.FieldCertRegion: &r.CertRegion,
		errcodes.FieldEnv: &r.Env, errcodes.FieldOverwrite: &r.ForceSet,
	} {
		if r.Operation().Parameter(field) == "" {
			*value = ""
		}
	}
	return r
}

// Request returns the request and the options for checking it. It has certificate and
// key as texts and as a pair; validate reads the texts if Pair is removed.
func (r Set) Request() (*validate.CDNRequest, validate.Options) {
	return &validate.CDNRequest{
		Op:          r.Operation(),
		DomainName:  string(r.DomainName),
		Status:      r.Status,
		Certificate: r.Certificate.Text(),
		PrivateKey:  validate.NewSecret(r.PrivateKey.Text()),
		Pair:        pairOf(r.Certificate, r.PrivateKey),
		CertType:    r.CertType,
		CertName:    string(r.CertName),
		CertID:      r.CertID,
		CertRegion:  r.CertRegion,
		Env:         r.Env,
		Overwrite:   r.ForceSet,
	}, at(r.At)
}

// CDN checks the request.
func (r Set) CDN() cdn.Input {
	return lastSet.of(r, func() cdn.Input {
		req, opts := r.Request()
		return cdn.Set(r.RequestID, req, opts)
	})
}

// last remembers the last request and its checked input, because machine, system and each
// invariant ask in turn.
type last[R comparable, I any] struct{ known atomic.Pointer[checked[R, I]] }

type checked[R comparable, I any] struct {
	request R
	input   I
}

func (l *last[R, I]) of(request R, check func() I) I {
	if known := l.known.Load(); known != nil && known.request == request {
		return known.input
	}
	input := check()
	l.known.Store(&checked[R, I]{request, input})
	return input
}

var (
	lastSet          last[Set, cdn.Input]
	lastUpload       last[Upload, cdn.Input]
	lastServerUpload last[Upload, clb.Input]
	lastSetSite      last[SetSite, esa.Input]
)

func at(seconds int64) validate.Options {
	if seconds == 0 {
		return validate.Options{}
	}
	return validate.Options{Now: time.Unix(seconds, 0)}
}

// pairs has the parsed pairs of fixtures. All requests share them, so each is read once.
var pairs sync.Map // [2]Fixture to *validate.Pair

func pairOf(certificate, key Fixture) *validate.Pair {
	fixtures := [2]Fixture{certificate, key}
	if known, ok := pairs.Load(fixtures); ok {
		return known.(*validate.Pair)
	}
	p := validate.ParsePair(certificate.Text(), validate.NewSecret(key.Text()), validate.Options{})
	pairs.Store(fixtures, p)
	return p
}

// Upload is a request of CAS UploadUserCertificate, or of UploadServerCertificate of the
// classic load balancer, as a client sends it.
type Upload struct {
	Op          errcodes.Operation `json:"operation,omitzero"` // zero: UploadUserCertificate
	RequestID   string             `json:"requestId,omitempty"`
	Region      string             `json:"region,omitempty"` // of the certificate center, for which empty means cas.Region, or RegionId
	Name        Text               `json:"name,omitempty"`
	Certificate Fixture            `json:"certificate,omitempty"`
	PrivateKey  Fixture            `json:"privateKey,omitempty"`
	CertID      string             `json:"certId,omitempty"`     // of a certificate of the center, for UploadServerCertificate
	CertRegion  string             `json:"certRegion,omitempty"` // of that certificate
	At          int64              `json:"at,omitempty"`         // as in Set
}

// Operation returns Op, and UploadUserCertificate for the zero value.
func (r Upload) Operation() errcodes.Operation { return (&validate.CASRequest{Op: r.Op}).Operation() }

// toCenter reports whether the upload is one to the certificate center.
func (r Upload) toCenter() bool { return r.Operation() == errcodes.UploadUserCertificate }

// Request returns the request and the options for checking it, as [Set.Request] does.
func (r Upload) Request() (*validate.CASRequest, validate.Options) {
	req := &validate.CASRequest{
		Op:          r.Op,
		Name:        string(r.Name),
		Certificate: r.Certificate.Text(),
		PrivateKey:  validate.NewSecret(r.PrivateKey.Text()),
		Pair:        pairOf(r.Certificate, r.PrivateKey),
	}
	if !r.toCenter() {
		req.Region, req.CertID, req.CertRegion = r.Region, r.CertID, r.CertRegion
	}
	return req, at(r.At)
}

// CLB checks an upload to the classic load balancer. It returns an empty input for one to
// the certificate center, which is the other way around with CDN.
func (r Upload) CLB() clb.Input {
	if r.toCenter() {
		return clb.Input{}
	}
	return lastServerUpload.of(r, func() clb.Input {
		req, opts := r.Request()
		return clb.Upload(r.RequestID, req, opts)
	})
}

// CDN checks the request.
func (r Upload) CDN() cdn.Input {
	if !r.toCenter() {
		return cdn.Input{}
	}
	return lastUpload.of(r, func() cdn.Input {
		req, opts := r.Request()
		action := cas.Upload(r.RequestID, req, opts).Action.(cas.UploadUserCertificate)
		action.Region = r.Region
		return cdn.Input{Action: action}
	})
}

// SetSite is a request that gives a site of ESA a certificate, as a client sends it.
type SetSite struct {
	RequestID   string  `json:"requestId,omitempty"`
	SiteID      string  `json:"siteId,omitempty"`
	ID          string  `json:"id,omitempty"` // of the certificate to replace
	CertType    string  `json:"certType,omitempty"`
	CertName    Text    `json:"certName,omitempty"`
	CertID      string  `json:"certId,omitempty"`
	CertRegion  string  `json:"certRegion,omitempty"`
	Certificate Fixture `json:"certificate,omitempty"`
	PrivateKey  Fixture `json:"privateKey,omitempty"`
	At          int64   `json:"at,omitempty"` // as in Set, for an upload
}

// Request returns the request and the options for checking it, as [Set.Request] does.
func (r SetSite) Request() (*validate.CDNRequest, validate.Options) {
	return &validate.CDNRequest{
		Op:                errcodes.SetCertificate,
		SiteID:            r.SiteID,
		SiteCertificateID: r.ID,
		CertType:          r.CertType,
		CertName:          string(r.CertName),
		CertID:            r.CertID,
		CertRegion:        r.CertRegion,
		Certificate:       r.Certificate.Text(),
		PrivateKey:        validate.NewSecret(r.PrivateKey.Text()),
		Pair:              pairOf(r.Certificate, r.PrivateKey),
	}, at(r.At)
}

// ESA checks the request.
func (r SetSite) ESA() esa.Input {
	return lastSetSite.of(r, func() esa.Input {
		req, opts := r.Request()
		return esa.Set(r.RequestID, req, opts)
	})
}

// Change is a request that adds additional certificates to a listener of ALB, NLB or GA,
// changes or removes them, or sets the default one of NLB or GA, as a client sends it.
type Change struct {
	Op             errcodes.Operation `json:"operation,omitzero"` // zero: AssociateAdditionalCertificatesWithListener
	RequestID      string             `json:"requestId,omitempty"`
	ListenerID     string             `json:"listenerId,omitempty"`
	CertificateIDs []string           `json:"certificateIds,omitempty"`
	Domains        []string           `json:"domains,omitempty"` // of GA, and so the next two
	AcceleratorID  string             `json:"acceleratorId,omitempty"`
	Region         string             `json:"region,omitempty"`
	Certificates   string             `json:"certificates,omitempty"` // one parameter in place of a flat array
	ClientToken    string             `json:"clientToken,omitempty"`
	DryRun         string             `json:"dryRun,omitempty"` // as on the wire: "true", "false" or another text
}

// Request returns the request.
func (r Change) Request() *validate.ALBRequest {
	req := &validate.ALBRequest{
		Op: r.Op, ListenerID: r.ListenerID, CertificateIDs: r.CertificateIDs, ClientToken: r.ClientToken, DryRun: strings.EqualFold(r.DryRun, "true"),
		Domains: r.Domains, LoadBalancerID: r.AcceleratorID, Region: r.Region,
	}
	req.Malformed.Certificates = r.Certificates
	if !req.DryRun && !strings.EqualFold(r.DryRun, "false") {
		req.Malformed.DryRun = r.DryRun
	}
	return req
}

// ALB checks the request.
func (r Change) ALB() alb.Input { return alb.Change(r.RequestID, r.Request()) }
