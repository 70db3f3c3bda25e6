package inputs

import (
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/validate"
)

// SetDcdn is a request of DCDN SetDcdnDomainSSLCertificate as a client sends it.
type SetDcdn SetCdn

// Request returns the request and the options for checking it.
func (r SetDcdn) Request() (*validate.SetDcdnDomainSSLCertificateRequest, validate.Options) {
	req, opts := SetCdn(r).Request()
	return (*validate.SetDcdnDomainSSLCertificateRequest)(req), opts
}

// CDN checks the request, as [SetCdn.CDN] does.
func (r SetDcdn) CDN() cdn.Input {
	return cdn.Input{Action: cdn.SetDcdnDomainSSLCertificate(SetCdn(r).checked("set dcdn", func(r SetCdn) cdn.SetCdnDomainSSLCertificate {
		req, opts := SetDcdn(r).Request()
		return cdn.SetCdnDomainSSLCertificate(cdn.SetDcdnSSL(r.RequestID, req, opts).Action.(cdn.SetDcdnDomainSSLCertificate))
	}))}
}
