package validate

import (
	"cmp"
	"net/url"
	"strconv"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/validate/internal/quick"
)

// SetCdnDomainSSLCertificateRequest is a request of CDN
// SetCdnDomainSSLCertificate, which took the place of SetDomainServerCertificate.
// An empty field equals an absent parameter.
type SetCdnDomainSSLCertificateRequest struct {
	DomainName  string // the accelerated domain; required
	SSLProtocol string // "on" or "off"; required
	SSLPub      string // PEM text, leaf first
	SSLPri      Secret // PEM text
	CertType    string // "upload" or "cas"; absent means "upload"
	CertName    string // at most 128 characters
	CertID      string // CertId, the decimal number of a certificate of the centre
	CertRegion  string // of that number: "cn-hangzhou", which is the default, or "ap-southeast-1"
	Env         string // "staging", or anything else for production
}

// SetCdnDomainSSLCertificateFromValues reads a request in its wire form: the
// decoded query and form parameters together. Of a repeated parameter the first
// value counts; unknown parameters are passed over. Nothing is judged here.
func SetCdnDomainSSLCertificateFromValues(values url.Values) *SetCdnDomainSSLCertificateRequest {
	return &SetCdnDomainSSLCertificateRequest{
		DomainName:  values.Get("DomainName"),
		SSLProtocol: values.Get("SSLProtocol"),
		SSLPub:      values.Get("SSLPub"),
		SSLPri:      NewSecret(values.Get("SSLPri")),
		CertType:    values.Get("CertType"),
		CertName:    values.Get("CertName"),
		CertID:      values.Get("CertId"),
		CertRegion:  values.Get("CertRegion"),
		Env:         values.Get("Env"),
	}
}

// SetCdnDomainSSLCertificate judges a request of CDN SetCdnDomainSSLCertificate as
// far as the request alone decides, as [SetDomainServerCertificate] does for the
// operation before it.
func SetCdnDomainSSLCertificate(req *SetCdnDomainSSLCertificateRequest, opts Options) *Report {
	return judgeSSL(errcodes.SetCdnDomainSSLCertificate, orEmpty(req), opts, false).finish()
}

// Verdict returns what the service would answer as far as the request alone
// decides: nil, or the first of the violations that
// [SetCdnDomainSSLCertificate] reports. It looks at nothing behind that one.
func (req *SetCdnDomainSSLCertificateRequest) Verdict(opts Options) error {
	return sslVerdict(errcodes.SetCdnDomainSSLCertificate, req, opts)
}

// Check judges the request as Verdict does and returns the finished check.
func (req *SetCdnDomainSSLCertificateRequest) Check(opts Options) Check {
	req = orEmpty(req)
	return judgeSSL(errcodes.SetCdnDomainSSLCertificate, req, opts, true).check(req.SSLPub)
}

const staging = "staging"

// sslVerdict is the verdict of one of the operations with these parameters.
func sslVerdict(catalog errcodes.Catalog, req *SetCdnDomainSSLCertificateRequest, opts Options) error {
	req = orEmpty(req)
	if err, known := quickVerdict(catalog, req.recognise(catalog, opts), opts); known {
		return err
	}
	return judgeSSL(catalog, req, opts, true).finish().Err()
}

// recognise is that of SetDomainServerCertificateRequest.
func (req *SetCdnDomainSSLCertificateRequest) recognise(catalog errcodes.Catalog, opts Options) quick.Answer {
	certificate, key := req.SSLPub, req.SSLPri.Reveal()
	if !opts.mayPassQuickly(req.DomainName, req.CertName, certificate, key) {
		return quick.Unrecognised
	}
	j := newJudge(catalog, opts)
	j.verdictOnly = true
	if w := j.judgeSSLWords(req); j.done() || w.status != statusOn || w.certType != typeUpload {
		return quick.Unrecognised
	}
	return quick.Pair(certificate, key, opts.At)
}

// judgeSSL judges a request of one of the operations with these parameters.
func judgeSSL(catalog errcodes.Catalog, req *SetCdnDomainSSLCertificateRequest, opts Options, verdictOnly bool) *judge {
	j := newJudge(catalog, opts)
	j.verdictOnly = verdictOnly && !opts.Strict // as in SetDomainServerCertificate
	if env := req.Env; env != "" && env != staging {
		j.advise(ParameterIgnored, "Env", place{}, say(`only "staging" means something here`, `只有 "staging" 有意义`))
	}
	w := j.judgeSSLWords(req)
	if j.done() {
		return j
	}
	if w.status == statusOff {
		j.ignoredWhenSSLOff(req)
		return j
	}
	if w.certType == typeCAS {
		j.judgeCentre(req)
	} else {
		j.ignoredInUpload(req, say("not looked at for an upload", "上传证书时不会使用"))
		j.judgeGiven(req.SSLPub, req.SSLPri)
	}
	if !j.done() {
		j.judgePair(req.SSLPub, req.SSLPri, w.domain)
	}
	return j
}

// judgeSSLWords judges all parameters but for certificate and key, and for what
// tells a certificate of the centre.
func (j *judge) judgeSSLWords(req *SetCdnDomainSSLCertificateRequest) (w words) {
	if w.domain = j.judgeDomainName(req.DomainName); j.done() {
		return w
	}
	if w.status = j.judgeWord(errcodes.CondStatusUnsupported, req.SSLProtocol, statusOn, statusOff); j.done() {
		return w
	}
	w.certType = j.judgeWord(errcodes.CondCertTypeUnsupported, cmp.Or(req.CertType, typeUpload), typeUpload, typeCAS)
	if j.done() {
		return w
	}
	if j.judgeCertName(req.CertName); j.done() {
		return w
	}
	j.judgeCertID(req.CertID)
	return w
}

// judgeCertID judges the form of a certificate's number, which may have zeros in
// front.
func (j *judge) judgeCertID(id string) {
	const bits = 63 // it is an integer on the wire
	if _, err := strconv.ParseUint(id, 10, bits); id != "" && err != nil {
		j.violate(errcodes.CondCertIDMalformed, place{}, quote(id))
	}
}

// judgeCentre judges what tells a certificate of the centre.
func (j *judge) judgeCentre(req *SetCdnDomainSSLCertificateRequest) {
	const china, abroad = "cn-hangzhou", "ap-southeast-1"
	if j.judgeWord(errcodes.CondCertRegionUnsupported, cmp.Or(req.CertRegion, china), china, abroad); j.done() {
		return
	}
	if req.CertID == "" && req.CertName == "" {
		j.violate(errcodes.CondCertificateUnidentified, place{}, errcodes.Text{})
	}
}

func (j *judge) ignoredWhenSSLOff(req *SetCdnDomainSSLCertificateRequest) {
	why := ignoredOff()
	j.ignored("SSLPub", req.SSLPub != "", why)
	j.ignored("SSLPri", !req.SSLPri.IsZero(), why)
	j.ignored("CertType", req.CertType != "", why)
	j.ignored("CertName", req.CertName != "", why)
	j.ignoredInUpload(req, why)
}

func (j *judge) ignoredInUpload(req *SetCdnDomainSSLCertificateRequest, why errcodes.Text) {
	j.ignored("CertId", req.CertID != "", why)
	j.ignored("CertRegion", req.CertRegion != "", why)
}
