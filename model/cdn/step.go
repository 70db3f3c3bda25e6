package cdn

import (
	"strconv"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/internal/reply"
)

// step checks the state and acts. A request for another environment gets the same
// answer and changes nothing.
func (in SetCertificate) step(at int64, s State) (State, model.Output) {
	next, output := in.set(at, s)
	if in.Staging {
		return s, output
	}
	return next, output
}

// set checks the state in the published order, then acts. The methods have pointer
// receivers because a request is large.
func (in *SetCertificate) set(at int64, s State) (State, model.Output) {
	if !in.Check.Accepted() {
		return s, reply.Refuse(in.RequestID, in.Check.Verdict, "the request")
	}
	if s.Suspended {
		return s, in.refuse(errcodes.CondAccountSuspended, "the account")
	}
	d, known := s.Domains.Get(in.domainID())
	if cond := d.refuses(known); cond != 0 {
		return s, in.refuse(cond, in.domainTarget(), in.DomainName)
	}
	if in.On() {
		return in.turnOn(at, s, d)
	}
	return in.turnOff(at, s, d)
}

func (in *SetCertificate) refuse(cond errcodes.Condition, target string, args ...string) model.Output {
	return reply.Refuse(in.RequestID, in.operation().Table().Error(cond, args...), target)
}

func (in *SetCertificate) domainTarget() string { return "domain " + in.domainID() }

// refuses returns the first condition that forbids any change of a domain.
func (d *Domain) refuses(known bool) errcodes.Condition {
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

func (in *SetCertificate) turnOn(at int64, s State, d Domain) (State, model.Output) {
	next, bound, cond := in.bind(s, d)
	if cond != 0 {
		return s, in.refuse(cond, in.certificateTarget(cond))
	}
	switch {
	case d.Protected && in.checks(errcodes.CondDomainProtected):
		return s, in.refuse(errcodes.CondDomainProtected, in.domainTarget())
	case d.Protected:
		next = next.setDomain(at, in.domainID(), d, bound)
		return next, in.refuse(errcodes.CondSetNotEffective, in.domainTarget())
	}
	bound.InEffect, bound.HTTPS, bound.Configuring = true, true, true
	next = next.setDomain(at, in.domainID(), d, bound)
	return next, model.Output{RequestID: in.RequestID}
}

// bind binds the domain to the requested certificate, or returns the condition
// against it. The caller stores the domain.
func (in *SetCertificate) bind(s State, d Domain) (State, Domain, errcodes.Condition) {
	switch in.CertType {
	case freeType:
		if d.Free != FreeIssued {
			return s, d, errcodes.CondFreeCertificateUnavailable
		}
		s, d = s.bind(d, "")
		return s, d, 0
	case casType:
		name, cond := in.chooseCAS(s)
		if cond == 0 {
			s, d = s.bind(d, name)
		}
		return s, d, cond
	default:
		return in.bindUpload(s, d)
	}
}

func (in *SetCertificate) certificateTarget(cond errcodes.Condition) string {
	switch {
	case in.CertType == freeType:
		return "the free certificate of " + in.domainTarget()
	case cond != errcodes.CondContentDuplicated && in.CertName != "":
		return certificateNamed(in.CertName)
	case in.CertID != "":
		return "certificate " + in.CertID
	default:
		return "certificate of leaf " + in.Check.Leaf.SHA256
	}
}

// chooseCAS finds the certificate in the center of the region by the first given of id,
// name and content. The others must agree with that certificate. Uploads of the CDN are
// in the center, too.
func (in *SetCertificate) chooseCAS(s State) (name string, cond errcodes.Condition) {
	var c cas.Certificate
	var found bool
	leaf := in.Check.Leaf.SHA256
	switch {
	case in.CertID != "":
		c, found = s.CAS.ByID(in.CertID)
	case in.CertName != "":
		c, found = s.CAS.Get(in.CertName)
		found = found && c.In(in.CertRegion)
	default:
		c, found = s.CAS.ByLeaf(leaf, in.CertRegion)
	}
	found = found && (leaf == "" || leaf == c.Leaf.SHA256) && (in.CertName == "" || in.CertName == c.Name)
	switch key := in.Check.Key; {
	case !found:
		return "", errcodes.CondCertificateNotFound
	case c.Status != cas.Issued:
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
// RequestId, and binds the domain to it. Every domain that is bound to the name then
// serves it. A new name gets a number in the center.
func (in *SetCertificate) bindUpload(s State, d Domain) (State, Domain, errcodes.Condition) {
	name := in.CertName
	if name == "" {
		name = s.CAS.FreeName("cert-" + in.RequestID)
	}
	old, taken := s.CAS.Get(name)
	switch {
	case taken && (!in.Overwrite || old.Source == cas.FromCAS || old.Locked):
		return s, d, errcodes.CondCertNameDuplicated
	case s.RefuseRepeatedContent && in.checks(errcodes.CondContentDuplicated) && s.CAS.Holds(in.Check.Leaf.SHA256):
		return s, d, errcodes.CondContentDuplicated
	}
	domains, id := old.Domains, old.ID
	if id == "" {
		id = cas.IDOf(s.CAS.UploadNumber(in.RequestID, name))
	}
	if d.Bound != name { // saves an update: the certificate is stored with its new count
		s = s.use(d.Bound, -1)
		domains++
	}
	s.CAS = s.CAS.Put(cas.Certificate{
		Name:      name,
		ID:        id,
		Source:    cas.FromCDN,
		Status:    cas.Issued,
		PEM:       in.Check.Certificate,
		Content:   in.Content,
		Leaf:      in.Check.Leaf,
		KeyStored: true,
		Domains:   domains,
		Listeners: old.Listeners,
	})
	return s, d.boundTo(name), 0
}

func (in *SetCertificate) turnOff(at int64, s State, d Domain) (State, model.Output) {
	done := model.Output{RequestID: in.RequestID}
	if !d.HTTPS && !d.HasBinding() {
		return s, done
	}
	if d.HTTPS && d.Scheduled {
		return s, in.refuse(errcodes.CondTurnOffNotPermitted, in.domainTarget())
	}
	was := d
	bound, found := s.CAS.Get(d.Bound)
	switch doomed := found && bound.Source == cas.FromCDN && bound.Domains == 1 && bound.Listeners == 0; {
	case doomed && bound.Locked:
		return s, in.refuse(errcodes.CondCertificateDeleteFailed, certificateNamed(bound.Name))
	case doomed:
		s.CAS = s.CAS.Remove(bound.Name)
	default:
		s = s.use(d.Bound, -1)
	}
	d.Bound, d.UsesFree, d.InEffect = "", false, false
	d.HTTPS, d.Configuring = false, true
	return s.setDomain(at, in.domainID(), was, d), done
}

func certificateNamed(name string) string { return "certificate " + strconv.Quote(name) }
