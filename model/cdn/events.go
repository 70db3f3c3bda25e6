package cdn

import (
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/internal/reply"
)

// Events happen to the account without a request of the caller. An event that does
// not apply changes nothing and is answered with Ignored.
type (
	// AccountSuspended says that the account is overdue.
	AccountSuspended struct{}
	// AccountReinstated says that the account is in good standing again.
	AccountReinstated struct{}
	// RepeatedContentChanged says that the account's setting RefuseRepeatedContent is
	// turned on or off.
	RepeatedContentChanged struct {
		Refuse bool `json:"refuse"`
	}

	// DomainAdded says that a domain appears in the account, or in another one
	// (Domain.Foreign). The event ignores HTTPS, the binding and the time in Domain.
	// It does not apply if the name is not in lower-case ASCII form.
	DomainAdded struct {
		Name   string `json:"name"` // its id, see DomainID; in lower-case ASCII form
		Domain Domain `json:"domain"`
	}
	// DomainRemoved says that the domain disappears; its certificate stays.
	DomainRemoved struct {
		Name string `json:"name"`
	}
	// ConfigurationFinished says that the roll-out of the domain's last change is
	// done. A domain that is being deleted disappears.
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
	// ProtectionChanged says that a domain is protected, or no longer is. A protected
	// domain serves the same certificate after a new one is set. The end of the
	// protection puts the bound certificate in effect and turns HTTPS on.
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
)

func (AccountSuspended) step(_ int64, s State) (State, model.Output)  { return s.suspend(true) }
func (AccountReinstated) step(_ int64, s State) (State, model.Output) { return s.suspend(false) }

func (e RepeatedContentChanged) step(_ int64, s State) (State, model.Output) {
	if s.RefuseRepeatedContent == e.Refuse {
		return s, reply.Ignored()
	}
	s.RefuseRepeatedContent = e.Refuse
	return s, model.Output{}
}

func (s State) suspend(on bool) (State, model.Output) {
	if s.Suspended == on {
		return s, reply.Ignored()
	}
	s.Suspended = on
	return s, model.Output{}
}

func (e DomainAdded) step(at int64, s State) (State, model.Output) {
	d := e.Domain
	if !isID(e.Name) || s.Domains.Has(e.Name) || !d.Free.known() {
		return s, reply.Ignored()
	}
	d.Deleting, d.Attributes = false, d.Attributes.public()
	d.HTTPS, d.Bound, d.UsesFree, d.InEffect, d.Changed = false, "", false, false, at
	s.Domains = s.Domains.Set(e.Name, d)
	return s, model.Output{}
}

func (e DomainRemoved) step(_ int64, s State) (State, model.Output) {
	d, ok := s.Domains.Get(e.Name)
	if !ok {
		return s, reply.Ignored()
	}
	s = s.use(d.Bound, -1).withoutConfigs(e.Name)
	s.Domains = s.Domains.Delete(e.Name)
	return s, model.Output{}
}

func (e ConfigurationFinished) step(at int64, s State) (State, model.Output) {
	if d, _ := s.Domains.Get(e.Domain); d.Deleting {
		return DomainRemoved{Name: e.Domain}.step(at, s)
	}
	return s.change(at, e.Domain, func(d *Domain) { d.Configuring = false })
}

func (e DomainTakenOffline) step(at int64, s State) (State, model.Output) {
	return s.change(at, e.Domain, func(d *Domain) { d.Offline = true })
}

func (e DomainBroughtOnline) step(at int64, s State) (State, model.Output) {
	return s.change(at, e.Domain, func(d *Domain) { d.Offline = false })
}

func (e ProtectionChanged) step(at int64, s State) (State, model.Output) {
	return s.change(at, e.Domain, func(d *Domain) {
		if d.Protected && !e.On && d.HasBinding() && !d.InEffect {
			d.InEffect, d.HTTPS = true, true
		}
		d.Protected = e.On
	})
}

func (e ScheduleChanged) step(at int64, s State) (State, model.Output) {
	return s.change(at, e.Domain, func(d *Domain) { d.Scheduled = e.On })
}

func (e PermissionChanged) step(at int64, s State) (State, model.Output) {
	return s.change(at, e.Domain, func(d *Domain) { d.Forbidden = !e.Allowed })
}

func (e FreeCertificateIssued) step(at int64, s State) (State, model.Output) {
	return s.change(at, e.Domain, func(d *Domain) { d.Free = FreeIssued })
}

func (e FreeCertificateWithdrawn) step(at int64, s State) (State, model.Output) {
	return s.change(at, e.Domain, func(d *Domain) {
		if d.Free == FreeIssued {
			d.Free = FreeFailed
		}
	})
}

// change applies an event to a domain. An event that changes nothing does not apply.
func (s State) change(at int64, domain string, apply func(*Domain)) (State, model.Output) {
	d, ok := s.Domains.Get(domain)
	before := d
	if apply(&d); !ok || d == before {
		return s, reply.Ignored()
	}
	return s.setDomain(at, domain, before, d), model.Output{}
}
