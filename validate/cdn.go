package validate

import (
	"cmp"
	"slices"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/validate/internal/quick"
)

// SetDomainServerCertificate judges a request of CDN SetDomainServerCertificate
// as far as the request alone decides. The report holds every violation in the
// order in which the service judges, every advisory, and what was learnt of the
// certificates. Where only the answer matters, Verdict is cheaper.
func SetDomainServerCertificate(req *SetDomainServerCertificateRequest, opts Options) *Report {
	j := newJudge(errcodes.SetDomainServerCertificate, opts)
	j.judgeCDN(orEmpty(req))
	return j.finish()
}

// Verdict returns what the service would answer as far as the request alone
// decides: nil, or the first of the violations that
// [SetDomainServerCertificate] reports. It looks at nothing behind that one.
func (req *SetDomainServerCertificateRequest) Verdict(opts Options) error {
	req = orEmpty(req)
	if err, known := quickVerdict(errcodes.SetDomainServerCertificate, req.recognise(opts), opts); known {
		return err
	}
	j := newJudge(errcodes.SetDomainServerCertificate, opts)
	j.verdictOnly = !opts.Strict // strict rules on order need the parsed chain
	j.judgeCDN(req)
	return j.finish().Err()
}

// recognise says what is known of the material of a request to upload it, if nothing
// else is wrong with the request. Its judge stays on the stack: an accepted request
// costs no allocation of ours.
func (req *SetDomainServerCertificateRequest) recognise(opts Options) quick.Answer {
	certificate, key := req.ServerCertificate, req.PrivateKey.Reveal()
	if !opts.mayPassQuickly(req.DomainName, req.CertName, certificate, key) {
		return quick.Unrecognised
	}
	j := newJudge(errcodes.SetDomainServerCertificate, opts)
	j.verdictOnly = true
	if w := j.judgeWords(req); j.done() || w.status != statusOn || w.certType == typeFree {
		return quick.Unrecognised
	}
	return quick.Pair(certificate, key, opts.At)
}

// quickVerdict returns the verdict that follows from what is known of the material of
// a request that is otherwise sound.
func quickVerdict(catalog errcodes.Catalog, material quick.Answer, opts Options) (err error, known bool) {
	switch material {
	case quick.Sound:
		return nil, true
	case quick.Mismatch:
		j := newJudge(catalog, opts)
		j.violate(errcodes.CondKeyMismatch, place{}, anotherKey())
		err := j.finish().Err()
		return err, err != nil // the condition may be skipped
	default:
		return nil, false
	}
}

// mayPassQuickly says no to what the quick way does not know or would refuse: what
// is refused should not be judged twice.
func (o *Options) mayPassQuickly(domain, certName, certificate, key string) bool {
	return !o.Strict && certificate != "" && key != "" &&
		len(certificate) <= min(o.certificateLimit(), DefaultCertificateLimit) && len(key) <= o.privateKeyLimit() &&
		len(domain) <= MaxDomainName && len(certName) <= MaxCertName
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
	w.status = j.judgeWord(errcodes.CondStatusUnsupported, cmp.Or(req.ServerCertificateStatus, statusOff), statusOn, statusOff)
	if j.done() {
		return w
	}
	w.certType = j.judgeWord(errcodes.CondCertTypeUnsupported, cmp.Or(req.CertType, typeUpload), typeUpload, typeCAS, typeFree)
	if j.done() {
		return w
	}
	if j.judgeWord(errcodes.CondForceSetUnsupported, req.ForceSet, "", "0", "1"); j.done() {
		return w
	}
	j.judgeCertName(req.CertName)
	return w
}

// judgeWord returns the word to judge on as: one that is none of those that the
// parameter may be is judged on as the first of them.
func (j *judge) judgeWord(unsupported errcodes.Condition, word string, words ...string) string {
	switch {
	case slices.Contains(words, word):
		return word
	case word == "":
		j.violate(unsupported, place{}, say("it is absent", "未提供"))
	default:
		j.violate(unsupported, place{}, quote(word))
	}
	return words[0]
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
		j.judgeGiven(req.ServerCertificate, req.PrivateKey)
	}
	if j.done() {
		return
	}
	j.judgePair(req.ServerCertificate, req.PrivateKey, domain)
}

// judgeGiven judges whether there is what an upload has to have.
func (j *judge) judgeGiven(certificate string, key Secret) {
	if certificate == "" {
		j.violate(errcodes.CondCertificateMissing, place{}, errcodes.Text{})
	}
	if key.IsZero() && !j.done() {
		j.violate(errcodes.CondPrivateKeyMissing, place{}, errcodes.Text{})
	}
}

func (j *judge) ignoredWhenOff(req *SetDomainServerCertificateRequest) {
	unaware := req.ServerCertificate != "" && req.ServerCertificateStatus == ""
	if unaware {
		j.advise(NotChecked, "ServerCertificate", place{}, say(`a certificate is given, but an absent status means "off": nothing was checked`, `提供了证书，但未提供状态，默认为 "off"：未做任何检查`))
	}
	why := ignoredOff()
	j.ignored("ServerCertificate", req.ServerCertificate != "" && !unaware, why)
	j.ignored("PrivateKey", !req.PrivateKey.IsZero(), why)
	j.ignored("CertType", req.CertType != "", why)
	j.ignored("CertName", req.CertName != "", why)
	j.ignored("ForceSet", req.ForceSet != "", why)
}

func ignoredOff() errcodes.Text {
	return say(`not looked at when the status is "off"`, `状态为 "off" 时不会使用`)
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
