package cas

import (
	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/internal/reply"
)

// Events happen to certificates without a request of the caller. An event that does
// not apply changes nothing and is answered with Ignored.
type (
	// CertificateAdded says that a certificate appears in the certificate center,
	// with its public text. It does not apply if the name or id is taken, the name is
	// empty, the status is unknown, or any text holds a private key. The source
	// becomes the center, and the usage counts become 0.
	CertificateAdded struct {
		Certificate Certificate `json:"certificate"`
	}
	// CertificateRemoved says that a certificate of the center disappears. It does
	// not apply while a domain is bound to the certificate, a listener uses it, or a
	// job makes it a listener's default certificate.
	CertificateRemoved struct {
		Name string `json:"name"`
	}
	// CertificateStatusChanged says that a certificate of the center is issued,
	// revoked or expired. Bindings stay.
	CertificateStatusChanged struct {
		Name   string `json:"name"`
		Status Status `json:"status"`
	}
	// LockChanged says that another service takes or releases a lock on a
	// certificate.
	LockChanged struct {
		Name string `json:"name"`
		On   bool   `json:"on"`
	}
	// SiteChanged says that the account belongs to the given site, in whose language the
	// center's errors are.
	SiteChanged struct {
		Site errcodes.Site `json:"site"`
	}
)

func (e CertificateAdded) step(_ int64, s State) (State, model.Output) {
	if status := e.Certificate.Status; status != "" && status != Pending && !decided(status) {
		return s, reply.Ignored()
	}
	return applied(s.Add(e.Certificate))
}

func (e CertificateRemoved) step(_ int64, s State) (State, model.Output) {
	return applied(s.Withdraw(e.Name))
}

func applied(s State, ok bool) (State, model.Output) { return s, model.Output{Ignored: !ok} }

func (e CertificateStatusChanged) step(_ int64, s State) (State, model.Output) {
	c, ok := s.Get(e.Name)
	if !ok || c.Source != FromCAS || c.Status == e.Status || !decided(e.Status) {
		return s, reply.Ignored()
	}
	return s.Update(e.Name, func(c *Certificate) { c.Status = e.Status }), model.Output{}
}

// decided reports whether a certificate can change to a status: it never becomes
// pending again.
func decided(status Status) bool { return status == Issued || status == Revoked || status == Expired }

func (e LockChanged) step(_ int64, s State) (State, model.Output) {
	c, ok := s.Get(e.Name)
	if !ok || c.Locked == e.On {
		return s, reply.Ignored()
	}
	return s.Update(e.Name, func(c *Certificate) { c.Locked = e.On }), model.Output{}
}

func (e SiteChanged) step(_ int64, s State) (State, model.Output) {
	if s.Site == e.Site || e.Site.String() == "" {
		return s, reply.Ignored()
	}
	s.Site = e.Site
	return s, model.Output{}
}
