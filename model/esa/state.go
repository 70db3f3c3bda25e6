package esa

import (
	"strconv"
	"strings"

	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/table"
	"github.com/alicert/alicert/validate"
)

// State is the account as ESA's operations see it. States are values: a step returns a new
// state, which shares the unchanged parts with the old one.
type State struct {
	Own
	CAS cas.State `json:"cas"` // the certificate center
}

// Own is the part of a state that belongs to ESA alone: everything but the certificate
// center. The tables below Certificates are indices.
type Own struct {
	Plans        table.Table[Plan]        `json:"plans"`        // by id
	Sites        table.Table[Site]        `json:"sites"`        // by number
	Certificates table.Table[Certificate] `json:"certificates"` // by site and id, see CertificateKey
	Names        table.Table[string]      `json:"names"`        // ids by site and name of a certificate
}

// Plan is what an account has bought for its sites, which the vendor calls an instance.
type Plan struct {
	Status       PlanStatus `json:"status,omitempty"`       // empty means online
	Quota        int        `json:"quota"`                  // of certificates of all its sites
	Certificates int        `json:"certificates,omitempty"` // that its sites have
	Sites        int        `json:"sites,omitempty"`
}

// DefaultQuota is the quota of a plan whose event names none: the one of the plan that was
// quoted in public.
const DefaultQuota = 2

// PlanStatus is the status of a plan, as the vendor's answers have it.
type PlanStatus string

// The statuses of plans.
const (
	PlanOnline   PlanStatus = "online"
	PlanOffline  PlanStatus = "offline" // it has expired
	PlanDisabled PlanStatus = "disable" // it is released
)

func (p PlanStatus) known() bool { return p == PlanOnline || p == PlanOffline || p == PlanDisabled }

// Online reports whether the plan is in service.
func (p *Plan) Online() bool { return p.Status == "" || p.Status == PlanOnline }

// Site is one site.
type Site struct {
	Name         string     `json:"name"` // lower-case ASCII form
	Plan         string     `json:"plan"`
	Status       SiteStatus `json:"status,omitempty"`       // empty means active
	Certificates int        `json:"certificates,omitempty"` // that it has
	Created      int64      `json:"created,omitempty"`      // Unix milliseconds, from the input; 0 if that has no time
}

// Link implements [table.Linked] with the plan.
func (of *Site) Link() string { return of.Plan }

// SiteStatus is the status of a site, as the vendor's answers have it. It decides nothing
// about certificates.
type SiteStatus string

// The statuses of sites.
const (
	SitePending SiteStatus = "pending"
	SiteActive  SiteStatus = "active"
	SiteOffline SiteStatus = "offline"
	SiteMoved   SiteStatus = "moved"
)

func (s SiteStatus) known() bool {
	return s == SitePending || s == SiteActive || s == SiteOffline || s == SiteMoved
}

// Type is the way that a certificate came to its site.
type Type string

// The types of certificates.
const (
	Upload Type = "upload"
	Stored Type = "cas" // a copy of a certificate of the certificate center
)

// Certificate is one certificate of a site.
type Certificate struct {
	Site    int64         `json:"site"`
	Name    string        `json:"name"`
	Type    Type          `json:"type"`
	CasID   int           `json:"casId,omitempty"` // number in the certificate center
	Region  string        `json:"region,omitempty"`
	PEM     string        `json:"pem,omitempty"`     // its public text
	Content string        `json:"content,omitempty"` // of the text, see cas.ContentOf
	Leaf    validate.Leaf `json:"leaf,omitzero"`
	Created int64         `json:"created,omitempty"` // as in Site
	Updated int64         `json:"updated,omitempty"`
}

// Link implements [table.Linked]: certificates are listed by their site.
func (c *Certificate) Link() string { return SiteKey(c.Site) }

// End implements [table.Ending]: the end of the validity in Unix milliseconds, and
// [table.Forever] for an unknown one.
func (c *Certificate) End() int64 {
	if c.Leaf.NotAfter == 0 {
		return table.Forever
	}
	return c.Leaf.NotAfter * 1000
}

// expiredAt reports whether the certificate is expired at a time, which may be unknown.
func (c *Certificate) expiredAt(at int64) bool { return at > 0 && c.End() < at }

// SiteKey returns the key of a site.
func SiteKey(id int64) string { return strconv.FormatInt(id, 10) }

// CertificateKey returns the key of a site's certificate.
func CertificateKey(siteID int64, id string) string { return SiteKey(siteID) + " " + id }

// certificateID returns the id in the key of a certificate.
func certificateID(key string) string {
	_, id, _ := strings.Cut(key, " ")
	return id
}

func nameKey(siteID int64, name string) string { return SiteKey(siteID) + " " + name }

// put stores a certificate of a site that exists, and replaces an existing one of that id.
func (s Own) put(id string, c Certificate) Own {
	key := CertificateKey(c.Site, id)
	if old, found := s.Certificates.Get(key); found {
		s.Names = s.Names.Delete(nameKey(c.Site, old.Name))
	} else {
		s = s.count(c.Site, +1)
	}
	s.Certificates = s.Certificates.Set(key, c)
	s.Names = s.Names.Set(nameKey(c.Site, c.Name), id)
	return s
}

// remove removes a certificate that exists.
func (s Own) remove(siteID int64, id string) Own {
	key := CertificateKey(siteID, id)
	c, _ := s.Certificates.Get(key)
	s.Names = s.Names.Delete(nameKey(siteID, c.Name))
	s.Certificates = s.Certificates.Delete(key)
	return s.count(siteID, -1)
}

// count adds to the certificates of a site and of its plan.
func (s Own) count(siteID int64, more int) Own {
	of, _ := s.Sites.Get(SiteKey(siteID))
	s.Sites = s.Sites.Update(SiteKey(siteID), func(of *Site) { of.Certificates += more })
	s.Plans = s.Plans.Update(of.Plan, func(p *Plan) { p.Certificates += more })
	return s
}

// ofSite returns the certificates of a site.
func (s *Own) ofSite(siteID int64) table.Selection[Certificate] {
	return s.Certificates.Select().LinkedTo(SiteKey(siteID))
}
