package inputs

import (
	"strconv"
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/validate"
)

// SetCdn is a request of CDN SetCdnDomainSSLCertificate as a client sends it.
type SetCdn struct {
	RequestID   string  `json:"requestId,omitempty"`
	DomainName  Text    `json:"domainName,omitempty"`
	SSLProtocol string  `json:"sslProtocol,omitempty"`
	CertType    string  `json:"certType,omitempty"`
	CertName    Text    `json:"certName,omitempty"`
	CertID      string  `json:"certId,omitempty"`
	CertRegion  string  `json:"certRegion,omitempty"`
	Env         string  `json:"env,omitempty"`
	SSLPub      Fixture `json:"sslPub,omitempty"`
	SSLPri      Fixture `json:"sslPri,omitempty"`
	At          int64   `json:"at,omitempty"` // as in Set
}

// Request returns the request and the options for checking it.
func (r SetCdn) Request() (*validate.CDNRequest, validate.Options) {
	return &validate.CDNRequest{
		Op:          errcodes.SetCdnDomainSSLCertificate,
		DomainName:  string(r.DomainName),
		Status:      r.SSLProtocol,
		Certificate: r.SSLPub.Text(),
		PrivateKey:  validate.NewSecret(r.SSLPri.Text()),
		CertType:    r.CertType,
		CertName:    string(r.CertName),
		CertID:      r.CertID,
		CertRegion:  r.CertRegion,
		Env:         r.Env,
	}, at(r.At)
}

// CDN checks the request and returns the same as cdn.Set. It checks each pair of
// certificate and key only once.
func (r SetCdn) CDN() cdn.Input {
	return cdn.Input{Action: r.checked("set cdn", func(r SetCdn) cdn.SetCertificate {
		req, opts := r.Request()
		return cdn.Set(r.RequestID, req, opts).Action.(cdn.SetCertificate)
	})}
}

// checked checks the request as one of the operations with these parameters. afresh does
// so without the cache.
func (r SetCdn) checked(operation string, afresh func(SetCdn) cdn.SetCertificate) cdn.SetCertificate {
	// As in Set.CDN.
	cheap := r
	if r.SSLProtocol == "on" {
		cheap.SSLProtocol = "off"
	}
	cheap.SSLPub, cheap.SSLPri = "", ""
	set := afresh(cheap)
	if r.SSLProtocol != "on" || !set.Check.Accepted() {
		return set
	}
	domain, staging := set.DomainName, set.Staging
	key := pair{
		operation: operation, certType: r.CertType, region: r.CertRegion, named: r.CertName != "" || r.CertID != "",
		certificate: r.SSLPub, privateKey: r.SSLPri, at: r.At,
	}
	set = check(key, func() cdn.Input {
		standard := r
		standard.RequestID, standard.DomainName, standard.CertName, standard.CertID, standard.Env = "", "example.com", "", "", ""
		if key.named {
			standard.CertID = "1"
		}
		return cdn.Input{Action: afresh(standard)}
	}).Action.(cdn.SetCertificate)
	set.RequestID = r.RequestID
	if set.Check.Accepted() {
		set.DomainName, set.Staging, set.CertName = domain, staging, publicName(r.CertName)
		_, region, _ := strings.Cut(set.CertID, "-")
		if set.CertID = ""; r.CertID != "" && region != "" {
			number, _ := strconv.ParseUint(r.CertID, 10, 64)
			set.CertID = strconv.FormatUint(number, 10) + "-" + region
		}
	}
	return set
}

// asSet returns the request as one of the original operation, as far as the history
// needs it.
func (r SetCdn) asSet() Set {
	return Set{RequestID: r.RequestID, DomainName: r.DomainName, Status: r.SSLProtocol, CertType: r.CertType, CertName: r.CertName}
}

// SetDcdn is a request of DCDN SetDcdnDomainSSLCertificate as a client sends it.
type SetDcdn SetCdn

// Request returns the request and the options for checking it.
func (r SetDcdn) Request() (*validate.CDNRequest, validate.Options) {
	req, opts := SetCdn(r).Request()
	req.Op = errcodes.SetDcdnDomainSSLCertificate
	return req, opts
}

// CDN checks the request, as [SetCdn.CDN] does.
func (r SetDcdn) CDN() cdn.Input {
	return cdn.Input{Action: SetCdn(r).checked("set dcdn", func(r SetCdn) cdn.SetCertificate {
		req, opts := SetDcdn(r).Request()
		return cdn.Set(r.RequestID, req, opts).Action.(cdn.SetCertificate)
	})}
}
