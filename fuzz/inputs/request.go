package inputs

import (
	"encoding/json"
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

// Set is a request of CDN SetDomainServerCertificate as a client sends it.
type Set struct {
	RequestID   string  `json:"requestId,omitempty"`
	DomainName  Text    `json:"domainName,omitempty"`
	Status      string  `json:"status,omitempty"`
	CertType    string  `json:"certType,omitempty"`
	CertName    Text    `json:"certName,omitempty"`
	ForceSet    string  `json:"forceSet,omitempty"`
	Certificate Fixture `json:"certificate,omitempty"`
	PrivateKey  Fixture `json:"privateKey,omitempty"`
	At          int64   `json:"at,omitempty"` // time of the call in Unix seconds; 0 means that validity is not checked
}

// Request returns the request and the options for checking it.
func (r Set) Request() (*validate.CDNRequest, validate.Options) {
	return &validate.CDNRequest{
		DomainName:  string(r.DomainName),
		Status:      r.Status,
		Certificate: r.Certificate.Text(),
		PrivateKey:  validate.NewSecret(r.PrivateKey.Text()),
		CertType:    r.CertType,
		CertName:    string(r.CertName),
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
	operation               string
	certType, region        string
	named                   bool // of a certificate in CAS, either name or content is needed
	certificate, privateKey Fixture
	at                      int64
}

// CDN checks the request and returns the same as cdn.Set. It checks each pair of
// certificate and key only once.
func (r Set) CDN() cdn.Input {
	// With the status off, only the checks before the certificates apply.
	cheap := r
	if r.Status == "on" {
		cheap.Status = "off"
	}
	cheap.Certificate, cheap.PrivateKey = "", ""
	req, opts := cheap.Request()
	input := cdn.Set(r.RequestID, req, opts)
	set := input.Action.(cdn.SetCertificate)
	if r.Status != "on" || !set.Check.Accepted() {
		return input
	}
	domain, name := set.DomainName, r.CertName
	key := pair{
		operation: "set", certType: r.CertType, named: name != "",
		certificate: r.Certificate, privateKey: r.PrivateKey, at: r.At,
	}
	set = check(key, func() cdn.Input {
		standard := r
		standard.RequestID, standard.DomainName, standard.ForceSet = "", "example.com", ""
		if name != "" {
			standard.CertName = "name"
		}
		req, opts := standard.Request()
		return cdn.Set("", req, opts)
	}).Action.(cdn.SetCertificate)
	set.RequestID = r.RequestID
	if set.Check.Accepted() {
		set.DomainName = domain
		if r.CertType != "free" {
			set.CertName, set.Overwrite = publicName(name), r.ForceSet == "1"
		}
	}
	return cdn.Input{Action: set}
}

func check(key pair, make func() cdn.Input) cdn.Input {
	if known, ok := checked.Load(key); ok {
		return known.(cdn.Input)
	}
	input := make()
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
	upload := check(pair{operation: "upload", certificate: r.Certificate, privateKey: r.PrivateKey, at: r.At}, func() cdn.Input {
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
