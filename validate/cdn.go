package validate

import (
	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/validate/internal/quick"
)

// SetDomainServerCertificate judges a request of CDN SetDomainServerCertificate
// as far as the request alone decides. The report holds every violation in the
// order in which the service judges, every advisory, and what was learnt of the
// certificates. Where only the answer matters, Verdict is cheaper.
func SetDomainServerCertificate(req *SetDomainServerCertificateRequest, opts Options) *Report {
	j := newJudge(errcodes.SetDomainServerCertificate, opts)
	j.judgeCDN(req)
	return j.finish()
}

// Verdict returns what the service would answer as far as the request alone
// decides: nil, or the first of the violations that
// [SetDomainServerCertificate] reports. It looks at nothing behind that one.
func (req *SetDomainServerCertificateRequest) Verdict(opts Options) error {
	if req.passesQuickly(opts) {
		return nil
	}
	j := newJudge(errcodes.SetDomainServerCertificate, opts)
	j.verdictOnly = !opts.Strict // strict rules on order need the parsed chain
	j.judgeCDN(req)
	return j.finish().Err()
}

// passesQuickly reports that a request to upload material is sound. It may be so
// all the same if it does not. Its judge stays on the stack: an accepted request
// costs no allocation of ours.
func (req *SetDomainServerCertificateRequest) passesQuickly(opts Options) bool {
	certificate, key := req.ServerCertificate, req.PrivateKey.Reveal()
	if opts.Strict || certificate == "" || key == "" ||
		len(certificate) > opts.certificateLimit() || len(key) > opts.privateKeyLimit() ||
		len(req.DomainName) > MaxDomainName || len(req.CertName) > MaxCertName { // what is refused should not be judged twice
		return false
	}
	j := newJudge(errcodes.SetDomainServerCertificate, opts)
	j.verdictOnly = true
	w := j.judgeWords(req)
	return !j.done() && w.status == statusOn && w.certType != typeFree && quick.Pair(certificate, key, opts.At)
}

// The values of the parameters that are words.
const (
	statusOn  = "on"
	statusOff = "off"

	typeUpload = "upload"
	typeCAS    = "cas"
	typeFree   = "free"
)

func (j *judge) judgeCDN(req *SetDomainServerCertificateRequest) {
	words := j.judgeWords(req)
	switch {
	case j.done():
	case words.status == statusOff:
		j.ignoredWhenOff(req)
	default:
		j.judgeMaterial(req, words.certType, words.domain)
	}
}

// words are what the short parameters of a request come to.
type words struct{ domain, status, certType string }

// judgeWords judges all parameters but for certificate and key.
func (j *judge) judgeWords(req *SetDomainServerCertificateRequest) (w words) {
	if w.domain = j.judgeDomainName(req.DomainName); j.done() {
		return w
	}
	if w.status = j.judgeStatus(req); j.done() {
		return w
	}
	if w.certType = j.judgeCertType(req); j.done() {
		return w
	}
	switch req.ForceSet {
	case "", "0", "1":
	default:
		j.violate(errcodes.CondForceSetUnsupported, place{}, quote(req.ForceSet))
	}
	if j.done() {
		return w
	}
	j.judgeCertName(req.CertName)
	return w
}

// judgeStatus returns the status to judge on as: an unsupported one is judged
// on as on.
func (j *judge) judgeStatus(req *SetDomainServerCertificateRequest) string {
	switch req.ServerCertificateStatus {
	case statusOn, statusOff:
		return req.ServerCertificateStatus
	case "":
		return statusOff
	default:
		j.violate(errcodes.CondStatusUnsupported, place{}, quote(req.ServerCertificateStatus))
		return statusOn
	}
}

// judgeCertType returns the type to judge on as: an unsupported one is judged
// on as upload.
func (j *judge) judgeCertType(req *SetDomainServerCertificateRequest) string {
	switch req.CertType {
	case typeUpload, typeCAS, typeFree:
		return req.CertType
	case "":
		return typeUpload
	default:
		j.violate(errcodes.CondCertTypeUnsupported, place{}, quote(req.CertType))
		return typeUpload
	}
}

// judgeMaterial judges certificate and key as the certificate type wants them.
func (j *judge) judgeMaterial(req *SetDomainServerCertificateRequest, certType, domain string) {
	switch certType {
	case typeFree:
		j.ignoredWhenFree(req)
		return
	case typeCAS:
		if req.CertName == "" && req.ServerCertificate == "" {
			j.violate(errcodes.CondCertificateUnidentified, place{}, errcodes.Text{})
		}
	default:
		if req.ServerCertificate == "" {
			j.violate(errcodes.CondCertificateMissing, place{}, errcodes.Text{})
		}
		if req.PrivateKey.IsZero() && !j.done() {
			j.violate(errcodes.CondPrivateKeyMissing, place{}, errcodes.Text{})
		}
	}
	if j.done() {
		return
	}
	j.judgePair(req.ServerCertificate, req.PrivateKey, domain)
}

func (j *judge) ignoredWhenOff(req *SetDomainServerCertificateRequest) {
	unaware := req.ServerCertificate != "" && req.ServerCertificateStatus == ""
	if unaware {
		j.advise(NotChecked, "ServerCertificate", place{}, say(`a certificate is given, but an absent status means "off": nothing was checked`, `提供了证书，但未提供状态，默认为 "off"：未做任何检查`))
	}
	why := say(`not looked at when the status is "off"`, `状态为 "off" 时不会使用`)
	j.ignored("ServerCertificate", req.ServerCertificate != "" && !unaware, why)
	j.ignored("PrivateKey", !req.PrivateKey.IsZero(), why)
	j.ignored("CertType", req.CertType != "", why)
	j.ignored("CertName", req.CertName != "", why)
	j.ignored("ForceSet", req.ForceSet != "", why)
}

func (j *judge) ignoredWhenFree(req *SetDomainServerCertificateRequest) {
	why := say("not looked at for the domain's free certificate", "使用域名的免费证书时不会使用")
	j.ignored("ServerCertificate", req.ServerCertificate != "", why)
	j.ignored("PrivateKey", !req.PrivateKey.IsZero(), why)
	j.ignored("CertName", req.CertName != "", why)
}

func (j *judge) ignored(parameter string, given bool, why errcodes.Text) {
	if given {
		j.advise(ParameterIgnored, parameter, place{}, why)
	}
}
