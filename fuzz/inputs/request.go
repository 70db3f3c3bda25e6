package inputs

import (
	"encoding/json"
	"strconv"
	"strings"
	"sync"
	"time"
	"unicode/utf8"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/cdn"
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

// Request returns the request and the options for checking it.
func (r Set) Request() (*validate.CDNRequest, validate.Options) {
	r = r.fit()
	return &validate.CDNRequest{
		Op:          r.Operation(),
		DomainName:  string(r.DomainName),
		Status:      r.Status,
		Certificate: r.Certificate.Text(),
		PrivateKey:  validate.NewSecret(r.PrivateKey.Text()),
		CertType:    r.CertType,
		CertName:    string(r.CertName),
		CertID:      r.CertID,
		CertRegion:  r.CertRegion,
		Env:         r.Env,
		Overwrite:   r.ForceSet,
	}, at(r.At)
}

func at(seconds int64) validate.Options {
	if seconds == 0 {
		return validate.Options{}
	}
	return validate.Options{Now: time.Unix(seconds, 0)}
}

// checked caches the machine's inputs by the expensive part of a request. The cheap part
// is checked every time.
var checked sync.Map // pair to cdn.Input

// pair has the parameters that decide the expensive part of a check.
type pair struct {
	operation               errcodes.Operation
	certType, region        string
	named                   bool // of a certificate in CAS, a name, a number or content is needed
	certificate, privateKey Fixture
	at                      int64
}

// CDN checks the request and returns the same as cdn.Set. It checks each pair of
// certificate and key only once.
func (r Set) CDN() cdn.Input {
	fresh := func(r Set) cdn.SetCertificate {
		req, opts := r.Request()
		return cdn.Set(r.RequestID, req, opts).Action.(cdn.SetCertificate)
	}
	r = r.fit()
	// With the status off, only the checks before the certificates apply.
	cheap := r
	if r.Status == "on" {
		cheap.Status = "off"
	}
	cheap.Certificate, cheap.PrivateKey = "", ""
	first := fresh(cheap)
	if r.Status != "on" || !first.Check.Accepted() {
		return cdn.Input{Action: first}
	}
	key := pair{
		operation: r.Operation(), certType: r.CertType, region: r.CertRegion, named: r.CertName != "" || r.CertID != "",
		certificate: r.Certificate, privateKey: r.PrivateKey, at: r.At,
	}
	set := check(key, func() cdn.Input {
		standard := r
		standard.RequestID, standard.DomainName, standard.CertName, standard.CertID, standard.Env, standard.ForceSet = "", "example.com", "", "", "", ""
		if key.named {
			standard.CertName, standard.CertID = "name", "1"
		}
		return cdn.Input{Action: fresh(standard)}
	}).Action.(cdn.SetCertificate)
	set.RequestID = r.RequestID
	if !set.Check.Accepted() {
		return cdn.Input{Action: set}
	}
	set.DomainName, set.Staging = first.DomainName, first.Staging
	if r.CertType != "free" {
		set.CertName, set.Overwrite = publicName(r.CertName), r.ForceSet == "1"
	}
	_, region, _ := strings.Cut(set.CertID, "-")
	if set.CertID = ""; r.CertID != "" && region != "" {
		number, _ := strconv.ParseUint(r.CertID, 10, 64)
		set.CertID = strconv.FormatUint(number, 10) + "-" + region
	}
	return cdn.Input{Action: set}
}

func check(key pair, fresh func() cdn.Input) cdn.Input {
	if known, ok := checked.Load(key); ok {
		return known.(cdn.Input)
	}
	input := fresh()
	checked.Store(key, input)
	return input
}

// publicName returns a certificate name in the form that the machine keeps.
func publicName(name Text) string {
	input := cdn.Set("", &validate.CDNRequest{
		DomainName: "example.com", Status: "on", CertType: "cas", CertName: string(name),
	}, validate.Options{})
	return input.Action.(cdn.SetCertificate).CertName
}

// Upload is a request of CAS UploadUserCertificate as a client sends it.
type Upload struct {
	RequestID   string  `json:"requestId,omitempty"`
	Name        Text    `json:"name,omitempty"`
	Certificate Fixture `json:"certificate,omitempty"`
	PrivateKey  Fixture `json:"privateKey,omitempty"`
	At          int64   `json:"at,omitempty"` // as in Set
}

// CDN checks the request and returns the same as cas.Upload. It checks each pair of
// certificate and key only once.
func (r Upload) CDN() cdn.Input {
	// The name is checked first. If it is good, the missing certificate is reported.
	cheap := cas.Upload(r.RequestID, &validate.CASRequest{Name: string(r.Name)}, validate.Options{})
	if c := cheap.Action.(cas.UploadUserCertificate).Check.Verdict.Condition; c != errcodes.CondCertificateMissing {
		return cdn.Input{Action: cheap.Action}
	}
	upload := check(pair{operation: errcodes.UploadUserCertificate, certificate: r.Certificate, privateKey: r.PrivateKey, at: r.At}, func() cdn.Input {
		req := &validate.CASRequest{Name: "name", Certificate: r.Certificate.Text(), PrivateKey: validate.NewSecret(r.PrivateKey.Text())}
		return cdn.Input{Action: cas.Upload("", req, at(r.At)).Action}
	}).Action.(cas.UploadUserCertificate)
	upload.RequestID = r.RequestID
	if upload.Check.Accepted() {
		upload.Name = publicName(r.Name)
	}
	return cdn.Input{Action: upload}
}

// Associate is a request of ALB AssociateAdditionalCertificatesWithListener as a
// client sends it.
type Associate struct {
	RequestID      string   `json:"requestId,omitempty"`
	ListenerID     string   `json:"listenerId,omitempty"`
	CertificateIDs []string `json:"certificateIds,omitempty"`
	ClientToken    string   `json:"clientToken,omitempty"`
	DryRun         string   `json:"dryRun,omitempty"` // as on the wire: "true", "false" or another text
}

// Request returns the request.
func (r Associate) Request() *validate.ALBRequest {
	req := &validate.ALBRequest{
		ListenerID: r.ListenerID, CertificateIDs: r.CertificateIDs, ClientToken: r.ClientToken, DryRun: r.DryRun == "true",
	}
	if r.DryRun != "true" && r.DryRun != "false" {
		req.Malformed.DryRun = r.DryRun
	}
	return req
}

// ALB checks the request.
func (r Associate) ALB() alb.Input { return alb.Change(r.RequestID, r.Request()) }

// Dissociate is a request of ALB DissociateAdditionalCertificatesFromListener as a
// client sends it.
type Dissociate Associate

// Request returns the request. The two operations have the same parameters.
func (r Dissociate) Request() *validate.ALBRequest {
	req := Associate(r).Request()
	req.Op = errcodes.DissociateAdditionalCertificatesFromListener
	return req
}

// ALB checks the request.
func (r Dissociate) ALB() alb.Input { return alb.Change(r.RequestID, r.Request()) }
