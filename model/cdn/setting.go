package cdn

import (
	"strconv"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/centre"
	"github.com/alicert/alicert/validate"
)

// Setting is a request that sets the certificate of a domain, in the same words
// whichever operation it is of. What an operation answers and does follows from the
// conditions that its catalog knows.
type Setting struct {
	Operation  errcodes.Operation
	RequestID  string
	DomainName string // lower-case ASCII form
	On         bool   // rather than off
	CertType   string // "cas", "free", or anything else for an upload
	CertName   string
	CertID     string // with its region, as the certificate centre has it
	Overwrite  bool   // a certificate of the same name
	Staging    bool   // for another environment, which is no part of a state
	Check      validate.Summary
	Content    string // SHA-256 of Check.Certificate
}

// SettingOf returns an action that sets a certificate as such; ok is false for any
// other.
func SettingOf(a Action) (setting Setting, ok bool) {
	switch a := a.(type) {
	case SetDomainServerCertificate:
		return a.setting(), true
	case SetCdnDomainSSLCertificate:
		return a.setting(errcodes.SetCdnDomainSSLCertificate), true
	case SetDcdnDomainSSLCertificate:
		return a.setting(), true
	default:
		return Setting{}, false
	}
}

// Operations returns the operations that set a certificate, the original one
// first.
func Operations() []errcodes.Operation {
	return []errcodes.Operation{
		errcodes.SetDomainServerCertificate, errcodes.SetCdnDomainSSLCertificate, errcodes.SetDcdnDomainSSLCertificate,
	}
}

// knows reports whether the operation judges a condition.
func (in *Setting) knows(cond errcodes.Condition) bool { return in.Operation.Table().Has(cond) }

// step judges and acts. What is for another environment is answered alike and
// changes nothing in this one.
func (in *Setting) step(s State) (State, model.Output) {
	next, output := in.set(s)
	if in.Staging {
		return s, output
	}
	return next, output
}

// set judges the state in the published order, then acts. The methods have pointers
// as receivers, for a setting is large.
func (in *Setting) set(s State) (State, model.Output) {
	if !in.Check.Accepted() {
		return s, model.Refuse(in.RequestID, in.Check.Verdict, "the request")
	}
	if s.Suspended {
		return s, in.refuse(errcodes.CondAccountSuspended, "the account")
	}
	d, known := s.Domains.Get(in.DomainName)
	if cond := d.judge(known); cond != 0 {
		return s, in.refuse(cond, in.domainSubject())
	}
	if in.On {
		return in.turnOn(s, d)
	}
	return in.turnOff(s, d)
}

func (in *Setting) refuse(cond errcodes.Condition, subject string) model.Output {
	return model.Refuse(in.RequestID, in.Operation.Table().Error(cond), subject)
}

func (in *Setting) domainSubject() string { return "domain " + in.DomainName }

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

func (in *Setting) turnOn(s State, d Domain) (State, model.Output) {
	next, bound, cond := in.bind(s, d)
	if cond != 0 {
		return s, in.refuse(cond, in.certificateSubject(cond))
	}
	switch {
	case d.Protected && in.knows(errcodes.CondDomainProtected):
		return s, in.refuse(errcodes.CondDomainProtected, in.domainSubject())
	case d.Protected:
		next.Domains = next.Domains.Set(in.DomainName, bound)
		return next, in.refuse(errcodes.CondSetNotEffective, in.domainSubject())
	}
	bound.InEffect, bound.HTTPS, bound.Configuring = true, true, true
	next.Domains = next.Domains.Set(in.DomainName, bound)
	return next, model.Output{RequestID: in.RequestID}
}

// bind binds the domain to the certificate that the request wants, or says why
// not. The caller stores the domain.
func (in *Setting) bind(s State, d Domain) (State, Domain, errcodes.Condition) {
	switch in.CertType {
	case free:
		if d.Free != FreeIssued {
			return s, d, errcodes.CondFreeCertificateUnavailable
		}
		s, d = s.bind(d, "")
		return s, d, 0
	case cas:
		name, cond := in.chooseCAS(s)
		if cond == 0 {
			s, d = s.bind(d, name)
		}
		return s, d, cond
	default:
		return in.bindUpload(s, d)
	}
}

func (in *Setting) certificateSubject(cond errcodes.Condition) string {
	switch {
	case in.CertType == free:
		return "the free certificate of " + in.domainSubject()
	case cond != errcodes.CondContentDuplicated && in.CertName != "":
		return certificateNamed(in.CertName)
	case in.CertID != "":
		return "certificate " + in.CertID
	default:
		return "certificate of leaf " + in.Check.Leaf.SHA256
	}
}

// chooseCAS finds the certificate in the centre, by id, by name or by content. The
// first that is given selects, and the others have to be that certificate's.
func (in *Setting) chooseCAS(s State) (name string, cond errcodes.Condition) {
	var c centre.Certificate
	var found bool
	leaf := in.Check.Leaf.SHA256
	switch {
	case in.CertID != "":
		c, found = s.Centre.ByID(in.CertID)
	case in.CertName != "":
		c, found = s.Centre.Get(in.CertName)
	default:
		c, found = s.Centre.ByLeaf(leaf)
	}
	found = found && c.Source == centre.CAS && (leaf == "" || leaf == c.Leaf.SHA256) && (in.CertName == "" || in.CertName == c.Name)
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
func (in *Setting) bindUpload(s State, d Domain) (State, Domain, errcodes.Condition) {
	name := in.CertName
	if name == "" {
		name = s.freeName("cert-" + in.RequestID)
	}
	old, taken := s.Centre.Get(name)
	switch {
	case taken && (!in.Overwrite || old.Source == centre.CAS || old.Locked):
		return s, d, errcodes.CondCertNameDuplicated
	case in.knows(errcodes.CondContentDuplicated) && s.Centre.Holds(in.Check.Leaf.SHA256):
		return s, d, errcodes.CondContentDuplicated
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

func (in *Setting) turnOff(s State, d Domain) (State, model.Output) {
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
