package validate

import (
	"strconv"
	"strings"
	"time"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/validate/internal/quick"
)

// AssociateAdditionalCertificatesWithListener judges a request of ALB
// AssociateAdditionalCertificatesWithListener as far as the request alone
// decides. With Options.Certificate it also judges whether each certificate is a
// server certificate; these violations are marked provisional, because the
// listener's state may earn another code first.
func AssociateAdditionalCertificatesWithListener(req *AssociateAdditionalCertificatesWithListenerRequest, opts Options) *Report {
	j := newJudge(errcodes.AssociateAdditionalCertificatesWithListener, opts)
	j.judgeALB(orEmpty(req))
	return j.finish()
}

// Verdict returns what the service would answer as far as the request alone
// decides: nil, or the first of the violations that
// [AssociateAdditionalCertificatesWithListener] reports. It looks at nothing
// behind that one.
func (req *AssociateAdditionalCertificatesWithListenerRequest) Verdict(opts Options) error {
	j := newJudge(errcodes.AssociateAdditionalCertificatesWithListener, opts)
	j.verdictOnly = true
	j.judgeALB(orEmpty(req))
	return j.finish().Err()
}

func (j *judge) judgeALB(req *AssociateAdditionalCertificatesWithListenerRequest) {
	checks := [...]func(*AssociateAdditionalCertificatesWithListenerRequest){
		j.judgeListenerID, j.judgeCount, j.judgeCertificateIDs, j.judgeClientToken, j.judgeDryRun, j.judgeRepeated, j.judgeLookedUp,
	}
	for _, check := range checks {
		if check(req); j.done() {
			return
		}
	}
}

func (j *judge) judgeListenerID(req *AssociateAdditionalCertificatesWithListenerRequest) {
	if req.ListenerID == "" {
		j.violate(errcodes.CondListenerIDMissing, place{}, errcodes.Text{})
	}
}

func (j *judge) judgeCount(req *AssociateAdditionalCertificatesWithListenerRequest) {
	switch n := len(req.CertificateIDs); {
	case n == 0 && req.Untyped.Certificates != "":
		j.violate(errcodes.CondCertificatesMissing, place{}, say("Certificates is given as one value; give Certificates.1.CertificateId and so on", "Certificates 以单个值给出；请使用 Certificates.1.CertificateId 等形式"))
	case n == 0:
		j.violate(errcodes.CondCertificatesMissing, place{}, errcodes.Text{})
	case n > MaxCertificates:
		j.violate(errcodes.CondTooManyCertificates, place{}, say("%[1]d certificates; the limit is %[2]d", "%[1]d 张证书，上限为 %[2]d", n, MaxCertificates))
	}
}

func (j *judge) judgeCertificateIDs(req *AssociateAdditionalCertificatesWithListenerRequest) {
	for i, id := range entries(req) {
		if id == "" {
			j.violateEntry(i, errcodes.CondCertificateIDMissing, place{}, errcodes.Text{})
		}
	}
	if j.done() {
		return
	}
	for i, id := range entries(req) {
		switch {
		case strings.ContainsFunc(id, func(r rune) bool { return r <= ' ' || r >= 0x7f }):
			j.violateEntry(i, errcodes.CondCertificateIDMalformed, place{}, quote(id))
		case id != "" && !hasRegion(id):
			q := quote(id)
			j.advise(IDWithoutRegion, certificateParameter(i), place{}, errcodes.Text{EN: q.EN + " does not end with a region", ZH: q.ZH + " 末尾没有地域"})
		}
	}
}

// entries are the ids that are judged one by one. Of too many none is: the
// report on 200,000 ids would be longer than the request.
func entries(req *AssociateAdditionalCertificatesWithListenerRequest) []string {
	if len(req.CertificateIDs) > MaxCertificates {
		return nil
	}
	return req.CertificateIDs
}

// violateEntry records a violation by one of the certificates.
func (j *judge) violateEntry(entry int, cond errcodes.Condition, at place, reason errcodes.Text, args ...string) {
	before := len(j.report.Violations)
	j.violate(cond, at, reason, args...)
	for _, v := range j.report.Violations[before:] {
		v.Parameter = certificateParameter(entry)
		v.Provisional = cond == errcodes.CondCertificateNotServer
	}
}

// resource is an id as it stands in the service's message. One that is longer
// than any id may be something pasted into the wrong field: it is not shown.
func resource(id string) string {
	if len(id) > longestShown {
		return quote(id).EN
	}
	return id
}

func unknownReason(id string) errcodes.Text {
	q := quote(id)
	return errcodes.Text{EN: q.EN + " is not known to the look-up", ZH: "查询不到 " + q.ZH}
}

func certificateParameter(entry int) string {
	return "Certificates." + strconv.Itoa(entry+1) + ".CertificateId"
}

// hasRegion reports whether an id ends with a region, as in
// 1234567-cn-hangzhou.
func hasRegion(id string) bool {
	_, region, found := strings.Cut(id, "-")
	return found && strings.Contains(region, "-")
}

func (j *judge) judgeClientToken(req *AssociateAdditionalCertificatesWithListenerRequest) {
	token := req.ClientToken
	if n := characters(token, MaxClientToken); n > MaxClientToken {
		j.violate(errcodes.CondClientTokenTooLong, place{}, say("more than %[1]d characters (%[2]d bytes)", "超过 %[1]d 个字符（%[2]d 字节）", MaxClientToken, len(token)))
	}
	if !j.done() && strings.ContainsFunc(token, func(r rune) bool { return r < ' ' || r >= 0x7f }) {
		j.violate(errcodes.CondClientTokenNotASCII, place{}, say("it holds a character that is not printable ASCII", "含有不可打印或非 ASCII 字符"))
	}
}

// characters counts code points, but stops one beyond the limit.
func characters(s string, limit int) (n int) {
	for range s {
		if n++; n > limit {
			break
		}
	}
	return n
}

func (j *judge) judgeDryRun(req *AssociateAdditionalCertificatesWithListenerRequest) {
	if req.Untyped.DryRun != "" {
		j.violate(errcodes.CondDryRunMalformed, place{}, quote(req.Untyped.DryRun))
	}
}

func (j *judge) judgeRepeated(req *AssociateAdditionalCertificatesWithListenerRequest) {
	if len(entries(req)) < 2 {
		return
	}
	first := make(map[string]int, MaxCertificates)
	for i, id := range entries(req) {
		before, again := first[id]
		if !again {
			first[id] = i
			continue
		}
		if id == "" {
			continue
		}
		j.violateEntry(i, errcodes.CondCertificateRepeated, place{}, say("the same id as %[1]s", "与 %[1]s 的 ID 相同", certificateParameter(before)), resource(id))
		if j.done() {
			return
		}
	}
}

// judgeLookedUp judges the certificates that the caller can look up.
func (j *judge) judgeLookedUp(req *AssociateAdditionalCertificatesWithListenerRequest) {
	if j.opts.Certificate == nil {
		return
	}
	for i, id := range entries(req) {
		if id == "" {
			continue
		}
		pem, known := j.opts.Certificate(id)
		if !known {
			j.advise(IDNotLookedUp, certificateParameter(i), place{}, unknownReason(id))
			continue
		}
		j.judgeCentreCertificate(i, id, pem)
		if j.done() {
			return
		}
	}
}

// judgeCentreCertificate judges one certificate of the certificate centre. The
// centre refuses at upload what the CDN refuses, so whatever is wrong with the
// content means that there is no server certificate of that id.
func (j *judge) judgeCentreCertificate(entry int, id, pem string) {
	if j.verdictOnly && len(pem) <= min(j.opts.certificateLimit(), DefaultCertificateLimit) && quick.Chain(pem, time.Time{}) {
		return
	}
	opts := j.opts
	opts.Strict, opts.Skip = false, nil
	content := newJudge(errcodes.SetDomainServerCertificate, opts)
	c := content.readCertificates(pem)
	content.judgeUsage(c)
	content.adviseChain(c, "")
	found := content.finish()
	for _, a := range found.Advisories {
		a.Parameter = certificateParameter(entry)
		if !j.verdictOnly {
			j.report.Advisories = append(j.report.Advisories, a)
		}
	}
	j.report.Certificates = append(j.report.Certificates, found.Certificates...)
	if verdict, refused := found.Verdict(); refused {
		j.violateEntry(entry, errcodes.CondCertificateNotServer, place{verdict.Block, verdict.Line}, verdict.Reason, resource(id))
	}
}
