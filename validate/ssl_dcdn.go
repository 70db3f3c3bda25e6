package validate

import (
	"net/url"

	"github.com/alicert/alicert/errcodes"
)

// SetDcdnDomainSSLCertificateRequest is a request of DCDN
// SetDcdnDomainSSLCertificate, which has the parameters of its twin of CDN.
type SetDcdnDomainSSLCertificateRequest SetCdnDomainSSLCertificateRequest

// SetDcdnDomainSSLCertificateFromValues reads a request in its wire form, as
// [SetCdnDomainSSLCertificateFromValues] does.
func SetDcdnDomainSSLCertificateFromValues(values url.Values) *SetDcdnDomainSSLCertificateRequest {
	return (*SetDcdnDomainSSLCertificateRequest)(SetCdnDomainSSLCertificateFromValues(values))
}

// SetDcdnDomainSSLCertificate judges a request of DCDN SetDcdnDomainSSLCertificate
// as far as the request alone decides, as [SetCdnDomainSSLCertificate] does.
func SetDcdnDomainSSLCertificate(req *SetDcdnDomainSSLCertificateRequest, opts Options) *Report {
	return orEmpty(req).judge(opts, false).finish()
}

// Verdict returns what the service would answer as far as the request alone
// decides: nil, or the first of the violations that
// [SetDcdnDomainSSLCertificate] reports. It looks at nothing behind that one.
func (req *SetDcdnDomainSSLCertificateRequest) Verdict(opts Options) error {
	return sslVerdict(errcodes.SetDcdnDomainSSLCertificate, (*SetCdnDomainSSLCertificateRequest)(req), opts)
}

// Check judges the request as Verdict does and returns the finished check.
func (req *SetDcdnDomainSSLCertificateRequest) Check(opts Options) Check {
	req = orEmpty(req)
	return req.judge(opts, true).check(req.SSLPub)
}

func (req *SetDcdnDomainSSLCertificateRequest) judge(opts Options, verdictOnly bool) *judge {
	return judgeSSL(errcodes.SetDcdnDomainSSLCertificate, (*SetCdnDomainSSLCertificateRequest)(req), opts, verdictOnly)
}
