package cdn

import (
	"strconv"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/centre"
	"github.com/alicert/alicert/validate"
)

// SetDomainServerCertificate is the request, together with its finished check.
// It holds no private key. Make one with [Set].
type SetDomainServerCertificate struct {
	RequestID  string         `json:"requestId"`
	DomainName string         `json:"domainName,omitempty"` // lower-case ASCII form
	Status     string         `json:"status,omitempty"`
	CertType   string         `json:"certType,omitempty"`
	CertName   string         `json:"certName,omitempty"`
	ForceSet   string         `json:"forceSet,omitempty"`
	Check      validate.Check `json:"check,omitzero"`

	// Content is the SHA-256 of Check.Certificate in hexadecimal, so that a
	// step need not hash. A step without it does.
	Content string `json:"content,omitempty"`
}

// Set judges a request once and returns it as an input of the machine. What the
// operation does not look at is not kept, for it may hold what does not belong
// there: of a request that is refused only the verdict, of one that passes the
// certificates without the text around them, and no parameter that its status or
// type makes idle.
func Set(requestID string, req *validate.SetDomainServerCertificateRequest, opts validate.Options) Input {
	check := req.Check(opts)
	if !check.Accepted() {
		return Input{SetDomainServerCertificate{RequestID: requestID, Check: check}}
	}
	in := SetDomainServerCertificate{
		RequestID: requestID,
		Status:    req.ServerCertificateStatus,
		CertType:  req.CertType,
		Check:     check,
		Content:   centre.ContentOf(check.Certificate),
	}
	in.DomainName, _ = validate.DomainName(req.DomainName)
	if in.Status == "on" && in.CertType != "free" {
		in.CertName, in.ForceSet = publicName(req.CertName), req.ForceSet
	}
	return Input{in}
}

const catalog = errcodes.SetDomainServerCertificate

// step judges the state in the published order, then acts. The methods it calls
// have pointers as receivers, for the check is large.
func (in SetDomainServerCertificate) step(s State) (State, model.Output) {
	if !in.Check.Accepted() {
		return s, model.Refuse(in.RequestID, &in.Check.Verdict, "the request")
	}
	if s.Suspended {
		return s, in.refuse(errcodes.CondAccountSuspended, "the account")
	}
	d, known := s.Domains.Get(in.DomainName)
	if cond := d.judge(known); cond != 0 {
		return s, in.refuse(cond, in.domainSubject())
	}
	if in.Status == "on" {
		return in.turnOn(s, d)
	}
	return in.turnOff(s, d)
}

func (in *SetDomainServerCertificate) refuse(cond errcodes.Condition, subject string) model.Output {
	return model.Refuse(in.RequestID, catalog.Error(cond), subject)
}

func (in *SetDomainServerCertificate) domainSubject() string { return "domain " + in.DomainName }

// judge returns what stands against any change of a domain.
func (d *Domain) judge(known bool) errcodes.Condition {
	switch {
	case !known || d.Foreign:
		return errcodes.CondDomainNotFound
	case d.Forbidden || d.PlainHTTP:
		return errcodes.CondDomainNotPermitted
	case d.Offline:
		return errcodes.CondDomainOffline
	case d.Configuring:
		return errcodes.CondDomainConfiguring
	default:
		return 0
	}
}

func (in *SetDomainServerCertificate) turnOn(s State, d Domain) (State, model.Output) {
	next, bound, cond := in.bind(s, d)
	if cond != 0 {
		return s, in.refuse(cond, in.certificateSubject())
	}
	if d.Protected {
		next.Domains = next.Domains.Set(in.DomainName, bound)
		return next, in.refuse(errcodes.CondSetNotEffective, in.domainSubject())
	}
	bound.InEffect, bound.HTTPS, bound.Configuring = true, true, true
	next.Domains = next.Domains.Set(in.DomainName, bound)
	return next, model.Output{RequestID: in.RequestID}
}

// bind binds the domain to the certificate that the request wants, or says why
// not. The caller stores the domain.
func (in *SetDomainServerCertificate) bind(s State, d Domain) (State, Domain, errcodes.Condition) {
	switch in.CertType {
	case "free":
		if d.Free != FreeIssued {
			return s, d, errcodes.CondFreeCertificateUnavailable
		}
		s, d = s.bind(d, "")
		return s, d, 0
	case "cas":
		name, cond := in.chooseCAS(s)
		if cond == 0 {
			s, d = s.bind(d, name)
		}
		return s, d, cond
	default:
		return in.bindUpload(s, d)
	}
}

func (in *SetDomainServerCertificate) certificateSubject() string {
	switch {
	case in.CertType == "free":
		return "the free certificate of " + in.domainSubject()
	case in.CertName != "":
		return certificateNamed(in.CertName)
	default:
		return "certificate of leaf " + in.Check.Leaf.SHA256
	}
}

// chooseCAS finds the certificate in the centre, by name or by content.
func (in *SetDomainServerCertificate) chooseCAS(s State) (name string, cond errcodes.Condition) {
	var c centre.Certificate
	var found bool
	leaf := in.Check.Leaf.SHA256
	if in.CertName != "" {
		c, found = s.Centre.Get(in.CertName)
		found = found && c.Source == centre.CAS && (leaf == "" || leaf == c.Leaf.SHA256)
	} else {
		c, found = s.Centre.ByLeaf(leaf)
	}
	switch key := in.Check.Key; {
	case !found:
		return "", errcodes.CondCertificateNotFound
	case c.Status != centre.Issued:
		return "", errcodes.CondCertificateStatusBad
	case !c.KeyStored && key == "":
		return "", errcodes.CondStoredKeyMissing
	case key != "" && key != c.Leaf.Key:
		return "", errcodes.CondStoredKeyMismatch
	default:
		return c.Name, 0
	}
}

// bindUpload stores the certificate under its name, or under one made from the
// RequestId, and binds the domain to it. Every domain that is bound to the name
// follows.
func (in *SetDomainServerCertificate) bindUpload(s State, d Domain) (State, Domain, errcodes.Condition) {
	name := in.CertName
	if name == "" {
		name = s.freeName("cert-" + in.RequestID)
	}
	old, taken := s.Centre.Get(name)
	if taken && (in.ForceSet != "1" || old.Source == centre.CAS || old.Locked) {
		return s, d, errcodes.CondCertNameDuplicated
	}
	domains := old.Domains
	if d.Bound != name { // one update less than to store first and bind then
		s = s.use(d.Bound, -1)
		domains++
	}
	s.Centre = s.Centre.Put(centre.Certificate{
		Name:      name,
		Source:    centre.Upload,
		Status:    centre.Issued,
		PEM:       in.Check.Certificate,
		Content:   in.Content,
		Leaf:      in.Check.Leaf,
		KeyStored: true,
		Domains:   domains,
		Listeners: old.Listeners,
	})
	return s, d.boundTo(name), 0
}

// freeName returns the name, or the first of name-2, name-3, … that is not
// taken.
func (s State) freeName(name string) string {
	for candidate, n := name, 2; ; n++ {
		if !s.Centre.Certificates.Has(candidate) {
			return candidate
		}
		candidate = name + "-" + strconv.Itoa(n)
	}
}

func (in *SetDomainServerCertificate) turnOff(s State, d Domain) (State, model.Output) {
	done := model.Output{RequestID: in.RequestID}
	if !d.HTTPS && !d.HasBinding() {
		return s, done
	}
	if d.HTTPS && d.Scheduled {
		return s, in.refuse(errcodes.CondTurnOffNotPermitted, in.domainSubject())
	}
	bound, found := s.Centre.Get(d.Bound)
	switch doomed := found && bound.Source == centre.Upload && bound.Domains == 1; {
	case doomed && bound.Locked:
		return s, in.refuse(errcodes.CondCertificateDeleteFailed, certificateNamed(bound.Name))
	case doomed:
		s.Centre = s.Centre.Remove(bound.Name)
	default:
		s = s.use(d.Bound, -1)
	}
	d.Bound, d.UsesFree, d.InEffect = "", false, false
	d.HTTPS, d.Configuring = false, true
	s.Domains = s.Domains.Set(in.DomainName, d)
	return s, done
}

func certificateNamed(name string) string { return "certificate " + strconv.Quote(name) }
