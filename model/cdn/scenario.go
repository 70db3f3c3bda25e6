package cdn

import (
	"fmt"

	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/validate"
)

// Scenario builds a state to begin with, step by step:
//
//	cdn.Scenario{}.HTTPSDomain("www.example.com").Certificate("A", pem).Bound().Locked().State()
//
// The calls after an added domain or certificate apply to it, so a chain reads like
// an English sentence. Scenarios are values: one can be continued in several ways.
// The zero value is an account in good standing without domains or certificates. A
// call that cannot apply panics, for example Bound without a certificate.
type Scenario struct {
	state               State
	domain, certificate string
}

// State returns what was built.
func (b Scenario) State() State { return b.state }

// RefusesRepeatedContent says that the account's setting of that name is on.
func (b Scenario) RefusesRepeatedContent() Scenario {
	return b.apply(RepeatedContentChanged{Refuse: true})
}

// Suspended says that the account is overdue.
func (b Scenario) Suspended() Scenario { return b.apply(AccountSuspended{}) }

// HTTPSDomain adds an online domain without a certificate. Its name may have any form
// that a request may have, with a product in front as in DomainID.
func (b Scenario) HTTPSDomain(name string) Scenario { return b.addDomain(name, Domain{}) }

// PlainDomain adds a domain that is not of the HTTPS acceleration type.
func (b Scenario) PlainDomain(name string) Scenario {
	return b.addDomain(name, Domain{PlainHTTP: true})
}

// ForeignDomain adds a domain of another account.
func (b Scenario) ForeignDomain(name string) Scenario {
	return b.addDomain(name, Domain{Foreign: true})
}

// Forbidden says that the caller may not operate the domain.
func (b Scenario) Forbidden() Scenario {
	return b.changeDomain(func(d *Domain) { d.Forbidden = true })
}

// Offline says that the domain is offline.
func (b Scenario) Offline() Scenario {
	return b.changeDomain(func(d *Domain) { d.Offline = true })
}

// Configuring says that an earlier change of the domain is still being rolled
// out.
func (b Scenario) Configuring() Scenario {
	return b.changeDomain(func(d *Domain) { d.Configuring = true })
}

// Scheduled says that the domain's scheduling depends on HTTPS.
func (b Scenario) Scheduled() Scenario {
	return b.changeDomain(func(d *Domain) { d.Scheduled = true })
}

// Protected says that a new certificate does not take effect. The present one stays
// in effect.
func (b Scenario) Protected() Scenario {
	return b.changeDomain(func(d *Domain) { d.Protected = true })
}

// FreeCertificate says that the domain's free certificate is issued.
func (b Scenario) FreeCertificate() Scenario {
	return b.changeDomain(func(d *Domain) { d.Free = FreeIssued })
}

// Certificate adds a certificate that was uploaded with the CDN operation. The text
// may be empty if the content does not matter.
func (b Scenario) Certificate(name, pem string) Scenario {
	if b.state.CAS.Certificates.Has(name) {
		panic("cdn: scenario: a second certificate of one name")
	}
	b.state.CAS = b.state.CAS.Put(cas.Certificate{
		Name: name, ID: cas.IDOf(b.state.CAS.UploadNumber("scenario", name)), Source: cas.FromCDN, Status: cas.Issued, PEM: validate.PublicText(pem), Leaf: leafOf(pem), KeyStored: true,
	})
	b.certificate = name
	return b
}

// CenterCertificate adds an issued certificate of the certificate center, with a
// number and a stored key. The text may be empty.
func (b Scenario) CenterCertificate(name, pem string) Scenario {
	return b.CertificateIn(cas.Region, name, pem)
}

// CertificateIn does the same in the center of a region.
func (b Scenario) CertificateIn(region, name, pem string) Scenario {
	next, number := b.state.CAS.NextNumber()
	b.state.CAS = next
	b = b.applyCAS(cas.CertificateAdded{
		Certificate: cas.Certificate{
			Name: name, ID: cas.IDIn(number, region), PEM: validate.PublicText(pem), Leaf: leafOf(pem), KeyStored: true,
		},
	})
	b.certificate = name
	return b
}

// Pending says that the certificate is not issued yet.
func (b Scenario) Pending() Scenario { return b.status(cas.Pending) }

// Revoked says that the certificate is revoked.
func (b Scenario) Revoked() Scenario { return b.status(cas.Revoked) }

// Expired says that the certificate is expired.
func (b Scenario) Expired() Scenario { return b.status(cas.Expired) }

// WithoutKey says that no private key is stored for the certificate.
func (b Scenario) WithoutKey() Scenario {
	return b.changeCertificate(func(c *cas.Certificate) { c.KeyStored = false })
}

// Locked says that another service holds a lock on the certificate.
func (b Scenario) Locked() Scenario {
	return b.changeCertificate(func(c *cas.Certificate) { c.Locked = true })
}

// Bound binds the domain to the certificate: in effect, HTTPS on, rolled out.
func (b Scenario) Bound() Scenario {
	if b.certificate == "" {
		panic("cdn: scenario: no certificate yet")
	}
	return b.bind(b.certificate)
}

// BoundToFree binds the domain to its free certificate: in effect, HTTPS on,
// rolled out.
func (b Scenario) BoundToFree() Scenario { return b.FreeCertificate().bind("") }

// BoundNotInEffect binds the domain, which is protected from then on, to the
// certificate: HTTPS stays as it is.
func (b Scenario) BoundNotInEffect() Scenario {
	before, _ := b.state.Domains.Get(b.domain)
	return b.Bound().Protected().changeDomain(func(d *Domain) { d.InEffect, d.HTTPS = false, before.HTTPS })
}

func (b Scenario) bind(certificate string) Scenario {
	d := b.current()
	b.state, d = b.state.bind(d, certificate)
	d.InEffect, d.HTTPS = true, true
	b.state.Domains = b.state.Domains.Set(b.domain, d)
	return b
}

func (b Scenario) addDomain(name string, d Domain) Scenario {
	product, name := SplitID(name)
	ascii, err := validate.DomainName(name)
	if err != nil {
		panic("cdn: scenario: " + err.Error())
	}
	b.domain = DomainID(product, ascii)
	b = b.apply(DomainAdded{Name: b.domain, Domain: d})
	return b
}

// current returns the domain that the calls apply to.
func (b Scenario) current() Domain {
	d, found := b.state.Domains.Get(b.domain)
	if !found {
		panic("cdn: scenario: no domain yet")
	}
	return d
}

func (b Scenario) changeDomain(change func(*Domain)) Scenario {
	d := b.current()
	change(&d)
	b.state.Domains = b.state.Domains.Set(b.domain, d)
	return b
}

func (b Scenario) status(status cas.Status) Scenario {
	return b.changeCertificate(func(c *cas.Certificate) { c.Status = status })
}

func (b Scenario) changeCertificate(change func(*cas.Certificate)) Scenario {
	if b.certificate == "" {
		panic("cdn: scenario: no certificate yet")
	}
	b.state.CAS = b.state.CAS.Update(b.certificate, change)
	return b
}

// apply applies an event and panics if it does not apply.
func (b Scenario) apply(event Action) Scenario {
	var output model.Output
	b.state, output = Machine{}.Step(b.state, Input{Action: event})
	if output.Ignored {
		panic(fmt.Sprintf("cdn: scenario: this cannot happen: %T", event))
	}
	return b
}

// applyCAS does the same with an event of the certificate center.
func (b Scenario) applyCAS(event cas.Action) Scenario {
	var output model.Output
	b.state.CAS, output = cas.Machine{}.Step(b.state.CAS, cas.Input{Action: event})
	if output.Ignored {
		panic(fmt.Sprintf("cdn: scenario: this cannot happen: %T", event))
	}
	return b
}

// leafOf reads the first certificate of a text.
func leafOf(pem string) validate.Leaf {
	if pem == "" {
		return validate.Leaf{}
	}
	leaf, err := validate.ParseLeaf(pem)
	if err != nil {
		panic("cdn: scenario: " + err.Error())
	}
	return leaf
}
