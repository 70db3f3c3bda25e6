package esa

import (
	"slices"
	"strings"

	"github.com/alicert/alicert/internal/redact"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/internal/reply"
	"github.com/alicert/alicert/validate"
)

// Events happen without a request of the caller. An event that does not apply changes
// nothing and is answered with Ignored.
type (
	// PlanAdded means that the account has a further plan. Without a status it is online,
	// and without a quota it has DefaultQuota.
	PlanAdded struct {
		ID   string `json:"id"`
		Plan Plan   `json:"plan,omitzero"`
	}
	// PlanStatusChanged means that a plan expires, is released, or is in service again.
	PlanStatusChanged struct {
		Plan   string     `json:"plan"`
		Status PlanStatus `json:"status"`
	}
	// PlanQuotaChanged means that a plan allows another number of certificates. Its sites
	// keep what they have.
	PlanQuotaChanged struct {
		Plan  string `json:"plan"`
		Quota int    `json:"quota"`
	}
	// SiteAdded means that a plan that exists has a further site, whose name is a host
	// name that no other site has. Without a status it is active.
	SiteAdded struct {
		ID   int64 `json:"id"`
		Site Site  `json:"site"`
	}
	// SiteStatusChanged means that a site has another status.
	SiteStatusChanged struct {
		Site   int64      `json:"site"`
		Status SiteStatus `json:"status"`
	}
	// SiteRemoved means that a site disappears, with its certificates.
	SiteRemoved struct {
		ID int64 `json:"id"`
	}
	// SiteCertificateAdded means that a site has a further certificate, with its public
	// text, whatever the quota. It does not apply if the id or the name is taken or
	// empty, or any text holds a private key. Without a type it is an upload.
	SiteCertificateAdded struct {
		Site        int64       `json:"site"`
		ID          string      `json:"id"`
		Certificate Certificate `json:"certificate"`
	}
)

func (e PlanAdded) step(_ int64, s State) (State, model.Output) {
	p := e.Plan
	if p.Status == "" {
		p.Status = PlanOnline
	}
	if p.Quota == 0 {
		p.Quota = DefaultQuota
	}
	if !isID(e.ID) || s.Plans.Has(e.ID) || !p.Status.known() || p.Quota < 0 {
		return s, reply.Ignored()
	}
	p.Certificates, p.Sites = 0, 0
	s.Plans = s.Plans.Set(e.ID, p)
	return s, model.Output{}
}

// isID reports whether a text can be the id of a plan or of a certificate.
func isID(id string) bool { return id != "" && !strings.Contains(id, " ") && !redact.Is(id) }

func (e PlanStatusChanged) step(_ int64, s State) (State, model.Output) {
	p, found := s.Plans.Get(e.Plan)
	if !found || !e.Status.known() || p.Status == e.Status {
		return s, reply.Ignored()
	}
	s.Plans = s.Plans.Update(e.Plan, func(p *Plan) { p.Status = e.Status })
	return s, model.Output{}
}

func (e PlanQuotaChanged) step(_ int64, s State) (State, model.Output) {
	p, found := s.Plans.Get(e.Plan)
	if !found || e.Quota < 0 || p.Quota == e.Quota {
		return s, reply.Ignored()
	}
	s.Plans = s.Plans.Update(e.Plan, func(p *Plan) { p.Quota = e.Quota })
	return s, model.Output{}
}

func (e SiteAdded) step(at int64, s State) (State, model.Output) {
	of := e.Site
	if of.Status == "" {
		of.Status = SiteActive
	}
	name, err := validate.DomainName(of.Name)
	if err != nil || name != of.Name || strings.HasPrefix(name, "*") || name[0] == '.' || e.ID <= 0 || s.Sites.Has(SiteKey(e.ID)) ||
		!s.Plans.Has(of.Plan) || !of.Status.known() || s.hasSite(name) {
		return s, reply.Ignored()
	}
	of.Certificates, of.Created = 0, max(at, 0)
	s.Sites = s.Sites.Set(SiteKey(e.ID), of)
	s.Plans = s.Plans.Update(of.Plan, func(p *Plan) { p.Sites++ })
	return s, model.Output{}
}

func (s *Own) hasSite(name string) bool {
	for _, of := range s.Sites.All() {
		if of.Name == name {
			return true
		}
	}
	return false
}

func (e SiteStatusChanged) step(_ int64, s State) (State, model.Output) {
	of, found := s.Sites.Get(SiteKey(e.Site))
	if !found || !e.Status.known() || of.Status == e.Status {
		return s, reply.Ignored()
	}
	s.Sites = s.Sites.Update(SiteKey(e.Site), func(of *Site) { of.Status = e.Status })
	return s, model.Output{}
}

func (e SiteRemoved) step(_ int64, s State) (State, model.Output) {
	of, found := s.Sites.Get(SiteKey(e.ID))
	if !found {
		return s, reply.Ignored()
	}
	for key := range s.ofSite(e.ID).Skip(0) {
		s.Own = s.remove(e.ID, certificateID(key))
	}
	s.Sites = s.Sites.Delete(SiteKey(e.ID))
	s.Plans = s.Plans.Update(of.Plan, func(p *Plan) { p.Sites-- })
	return s, model.Output{}
}

func (e SiteCertificateAdded) step(at int64, s State) (State, model.Output) {
	c := e.Certificate
	if c.Type == "" {
		c.Type = Upload
	}
	texts := []string{c.PEM, c.Leaf.SHA256, c.Leaf.Key, c.Leaf.Name, c.Leaf.Names, c.Leaf.Serial} // public
	if !s.Sites.Has(SiteKey(e.Site)) || !isID(e.ID) || s.Certificates.Has(CertificateKey(e.Site, e.ID)) || c.Type != Upload && c.Type != Stored ||
		c.Name == "" || s.Names.Has(nameKey(e.Site, c.Name)) || redact.Is(c.Name) || redact.Is(c.Region) || slices.ContainsFunc(texts, redact.Armored) {
		return s, reply.Ignored()
	}
	c.Site, c.Content, c.Created, c.Updated = e.Site, cas.ContentOf(c.PEM), max(at, 0), max(at, 0)
	s.Own = s.put(e.ID, c)
	return s, model.Output{}
}
