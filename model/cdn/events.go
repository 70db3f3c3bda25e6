package cdn

import (
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/centre"
	"github.com/alicert/alicert/validate"
)

// Events are what happens to the account without a request of the caller. One
// that does not apply changes nothing and is answered Ignored.
type (
	// AccountSuspended says that the account is overdue.
	AccountSuspended struct{}
	// AccountReinstated says that the account is in good standing again.
	AccountReinstated struct{}

	// DomainAdded says that a domain appears in the account, or in another one
	// (Domain.Foreign). HTTPS and any binding in Domain are left out. A name
	// that is not in the form that requests come with is ignored.
	DomainAdded struct {
		Name   string `json:"name"` // lower-case ASCII form
		Domain Domain `json:"domain"`
	}
	// DomainRemoved says that the domain disappears; its certificate stays.
	DomainRemoved struct {
		Name string `json:"name"`
	}
	// ConfigurationFinished says that the roll-out of the domain's last change is
	// done.
	ConfigurationFinished struct {
		Domain string `json:"domain"`
	}
	// DomainTakenOffline says that the domain is offline. Configuration may finish
	// meanwhile.
	DomainTakenOffline struct {
		Domain string `json:"domain"`
	}
	// DomainBroughtOnline says that the domain is online again.
	DomainBroughtOnline struct {
		Domain string `json:"domain"`
	}
	// ProtectionChanged says that a domain is protected, or no longer is. A
	// protected domain keeps what it serves when its certificate is set.
	// Lifting the protection puts the certificate that is bound in effect
	// and HTTPS on.
	ProtectionChanged struct {
		Domain string `json:"domain"`
		On     bool   `json:"on"`
	}
	// ScheduleChanged says that the domain's scheduling depends on HTTPS, or no
	// longer does.
	ScheduleChanged struct {
		Domain string `json:"domain"`
		On     bool   `json:"on"`
	}
	// PermissionChanged says that the caller may operate the domain, or no longer
	// may.
	PermissionChanged struct {
		Domain  string `json:"domain"`
		Allowed bool   `json:"allowed"`
	}
	// FreeCertificateIssued says that the domain has a free certificate.
	FreeCertificateIssued struct {
		Domain string `json:"domain"`
	}
	// FreeCertificateWithdrawn says that the free certificate is no longer issued.
	FreeCertificateWithdrawn struct {
		Domain string `json:"domain"`
	}

	// CertificateAdded says that a certificate appears in the certificate centre,
	// with its public text. One of the same name or id, without a name, of
	// no known status, or that holds a private key anywhere, is ignored. Its
	// source is always the centre; usage counts are left out.
	CertificateAdded struct {
		Certificate centre.Certificate `json:"certificate"`
	}
	// CertificateRemoved says that a certificate of the centre disappears. Ignored
	// while a domain is bound to it or a listener uses it.
	CertificateRemoved struct {
		Name string `json:"name"`
	}
	// CertificateStatusChanged says that a certificate of the centre is issued,
	// revoked or expired. Bindings stay.
	CertificateStatusChanged struct {
		Name   string        `json:"name"`
		Status centre.Status `json:"status"`
	}
	// LockChanged says that another service takes or releases a lock on a
	// certificate.
	LockChanged struct {
		Name string `json:"name"`
		On   bool   `json:"on"`
	}
)

func (AccountSuspended) step(s State) (State, model.Output)  { return s.suspend(true) }
func (AccountReinstated) step(s State) (State, model.Output) { return s.suspend(false) }

func (s State) suspend(on bool) (State, model.Output) {
	if s.Suspended == on {
		return s, ignored
	}
	s.Suspended = on
	return s, model.Output{}
}

func (e DomainAdded) step(s State) (State, model.Output) {
	d := e.Domain
	if name, err := validate.DomainName(e.Name); err != nil || name != e.Name || s.Domains.Has(name) || !d.Free.known() {
		return s, ignored
	}
	d.HTTPS, d.Bound, d.UsesFree, d.InEffect = false, "", false, false
	s.Domains = s.Domains.Set(e.Name, d)
	return s, model.Output{}
}

func (e DomainRemoved) step(s State) (State, model.Output) {
	d, ok := s.Domains.Get(e.Name)
	if !ok {
		return s, ignored
	}
	s = s.use(d.Bound, -1)
	s.Domains = s.Domains.Delete(e.Name)
	return s, model.Output{}
}

func (e ConfigurationFinished) step(s State) (State, model.Output) {
	return s.change(e.Domain, func(d *Domain) { d.Configuring = false })
}

func (e DomainTakenOffline) step(s State) (State, model.Output) {
	return s.change(e.Domain, func(d *Domain) { d.Offline = true })
}

func (e DomainBroughtOnline) step(s State) (State, model.Output) {
	return s.change(e.Domain, func(d *Domain) { d.Offline = false })
}

func (e ProtectionChanged) step(s State) (State, model.Output) {
	return s.change(e.Domain, func(d *Domain) {
		if d.Protected && !e.On && d.HasBinding() && !d.InEffect {
			d.InEffect, d.HTTPS = true, true
		}
		d.Protected = e.On
	})
}

func (e ScheduleChanged) step(s State) (State, model.Output) {
	return s.change(e.Domain, func(d *Domain) { d.Scheduled = e.On })
}

func (e PermissionChanged) step(s State) (State, model.Output) {
	return s.change(e.Domain, func(d *Domain) { d.Forbidden = !e.Allowed })
}

func (e FreeCertificateIssued) step(s State) (State, model.Output) {
	return s.change(e.Domain, func(d *Domain) { d.Free = FreeIssued })
}

func (e FreeCertificateWithdrawn) step(s State) (State, model.Output) {
	return s.change(e.Domain, func(d *Domain) {
		if d.Free == FreeIssued {
			d.Free = FreeFailed
		}
	})
}

// change applies an event to a domain. Where nothing changes it did not apply.
func (s State) change(domain string, apply func(*Domain)) (State, model.Output) {
	d, ok := s.Domains.Get(domain)
	before := d
	if apply(&d); !ok || d == before {
		return s, ignored
	}
	s.Domains = s.Domains.Set(domain, d)
	return s, model.Output{}
}

func (e CertificateAdded) step(s State) (State, model.Output) {
	if status := e.Certificate.Status; status != "" && status != centre.Pending && !decided(status) {
		return s, ignored
	}
	next, ok := s.Centre.Add(e.Certificate)
	if !ok {
		return s, ignored
	}
	s.Centre = next
	return s, model.Output{}
}

func (e CertificateRemoved) step(s State) (State, model.Output) {
	next, ok := s.Centre.Withdraw(e.Name)
	if !ok {
		return s, ignored
	}
	s.Centre = next
	return s, model.Output{}
}

func (e CertificateStatusChanged) step(s State) (State, model.Output) {
	c, ok := s.Centre.Get(e.Name)
	if !ok || c.Source != centre.CAS || c.Status == e.Status || !decided(e.Status) {
		return s, ignored
	}
	s.Centre = s.Centre.Update(e.Name, func(c *centre.Certificate) { c.Status = e.Status })
	return s, model.Output{}
}

// decided reports whether a certificate can come to a status: it never becomes
// pending again.
func decided(status centre.Status) bool {
	return status == centre.Issued || status == centre.Revoked || status == centre.Expired
}

func (e LockChanged) step(s State) (State, model.Output) {
	c, ok := s.Centre.Get(e.Name)
	if !ok || c.Locked == e.On {
		return s, ignored
	}
	s.Centre = s.Centre.Update(e.Name, func(c *centre.Certificate) { c.Locked = e.On })
	return s, model.Output{}
}
