package esa

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/redact"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/internal/reply"
	"github.com/alicert/alicert/validate"
)

// SetCertificate is a request that adds a certificate to a site, or replaces the one with
// the given id, together with its finished check. It holds no private key. Make one with
// [Set].
type SetCertificate struct {
	RequestID string           `json:"requestId"`
	SiteID    int64            `json:"siteId,omitempty"`
	ID        string           `json:"id,omitempty"` // of the certificate to replace; empty means a further one
	Type      Type             `json:"type,omitempty"`
	Name      string           `json:"name,omitempty"`
	CasID     int              `json:"casId,omitempty"`
	Region    string           `json:"region,omitempty"` // of CasID; empty means cas.Region
	Check     validate.Summary `json:"check,omitzero"`

	// Content is the SHA-256 of Check.Certificate in hexadecimal, so that a step need
	// not hash. If it is empty, the step computes it.
	Content string `json:"content,omitempty"`
}

// Set checks a request once and returns it as an input of the machine. A refused request
// keeps only its verdict and its site.
func Set(requestID string, req *validate.CDNRequest, opts validate.Options) Input {
	check := validate.Summarize(req, opts)
	in := SetCertificate{RequestID: requestID, SiteID: number(req.SiteID), Check: check}
	if !check.Accepted() {
		return Input{Action: in}
	}
	in.Check.Domain = "" // no parameter
	in.ID, in.Type, in.Name = redact.Name(req.SiteCertificateID), Type(req.CertType), redact.Name(req.CertName)
	if in.Type == Stored {
		in.Region = req.CertRegion
		in.CasID, _ = strconv.Atoi(req.CertID) // it has passed
	}
	in.Content = cas.ContentOf(check.Certificate)
	return Input{Action: in}
}

// number returns a decimal number, 0 for another text.
func number(text string) int64 {
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return 0
	}
	return max(n, 0)
}

// set is the answer to a request that is accepted.
type set struct {
	reply.Head
	ID string `json:"Id" xml:"Id"`
}

func (in SetCertificate) step(at int64, s State) (State, model.Output) {
	c, id, refused := in.find(at, &s)
	if refused.Error.Code != "" {
		return s, refused
	}
	old, replaces := s.Certificates.Get(CertificateKey(in.SiteID, id))
	if c.Created = at; replaces {
		c.Created = old.Created
	}
	c.Updated = at
	s.Own = s.put(id, c)
	return s, reply.Answer(in.RequestID, &set{reply.To(in.RequestID), id})
}

// find checks the state in the order of the table, and returns the certificate that the
// site gets and its id, or the refusal.
func (in *SetCertificate) find(at int64, s *State) (c Certificate, id string, refused model.Output) {
	if !in.Check.Accepted() {
		return c, "", reply.Refuse(in.RequestID, in.Check.Verdict, "the request")
	}
	of, found := s.Sites.Get(SiteKey(in.SiteID))
	if !found {
		return c, "", in.refuse(errcodes.CondSiteNotFound, siteTarget(in.SiteID))
	}
	p, _ := s.Plans.Get(of.Plan)
	if !p.Online() {
		return c, "", in.refuse(errcodes.CondPlanNotOnline, planTarget(of.Plan))
	}
	old, replaces := s.Certificates.Get(CertificateKey(in.SiteID, in.ID))
	if in.ID != "" && !replaces {
		return c, "", in.refuse(errcodes.CondSiteCertificateNotFound, certificateTarget(in.ID))
	}
	c, cond := in.certificate(at, &s.CAS)
	if cond != 0 {
		return c, "", in.refuse(cond, "certificate "+cas.IDIn(in.CasID, in.Region))
	}
	if !c.Leaf.NamesSite(of.Name) {
		return c, "", in.refuse(errcodes.CondSiteNotCovered, siteTarget(in.SiteID)+" ("+of.Name+")")
	}
	id = in.ID
	if c.Name = in.Name; c.Name == "" {
		c.Name = in.nameFor(s, old, replaces)
	}
	if holder, taken := s.Names.Get(nameKey(in.SiteID, c.Name)); taken && holder != in.ID {
		return c, "", in.refuse(errcodes.CondCertNameDuplicated, "certificate "+strconv.Quote(c.Name))
	}
	if !replaces {
		if p.Certificates >= p.Quota {
			return c, "", in.refuse(errcodes.CondQuotaExceeded, s.fullPlan(at, of.Plan, p))
		}
		id = s.newID(in.SiteID, in.RequestID)
	}
	return c, id, refused
}

// certificate returns the certificate of the request without a name, or the condition
// against it.
func (in *SetCertificate) certificate(at int64, center *cas.State) (c Certificate, cond errcodes.Condition) {
	c = Certificate{Site: in.SiteID, Type: Upload, PEM: in.Check.Certificate, Content: in.Content, Leaf: in.Check.Leaf}
	if in.Type != Stored {
		if c.Content == "" {
			c.Content = cas.ContentOf(c.PEM)
		}
		return c, 0
	}
	stored, found := center.ByNumber(in.CasID, in.Region)
	switch {
	case in.CasID == 0, !found:
		return c, errcodes.CondCertificateNotFound
	case stored.NotServer:
		return c, errcodes.CondCertificateNotServer
	case stored.Status != cas.Issued, at > 0 && stored.End() < at:
		return c, errcodes.CondCertificateStatusBad
	case !stored.KeyStored:
		return c, errcodes.CondStoredKeyMissing
	}
	c = Certificate{Site: in.SiteID, Type: Stored, CasID: in.CasID, Region: stored.Region(), PEM: stored.PEM, Content: stored.Content, Leaf: stored.Leaf}
	return c, 0
}

// nameFor returns the name of a certificate whose request has none: that of the one that
// it replaces, that in the certificate center, or one made from the RequestId.
func (in *SetCertificate) nameFor(s *State, old Certificate, replaces bool) string {
	if replaces {
		return old.Name
	}
	if stored, found := s.CAS.ByNumber(in.CasID, in.Region); found && in.Type == Stored {
		return stored.Name
	}
	made := "cert-" + in.RequestID
	for name, n := made, 2; ; n++ {
		if !s.Names.Has(nameKey(in.SiteID, name)) {
			return name
		}
		name = made + "-" + strconv.Itoa(n)
	}
}

// newID returns the id of a further certificate. It follows from the request and the site,
// so that requests do not depend on each other. If it is taken, the next one counts.
func (s *Own) newID(siteID int64, requestID string) string {
	for n := 0; ; n++ {
		if id := NewID(siteID, requestID, n); !s.Certificates.Has(CertificateKey(siteID, id)) {
			return id
		}
	}
}

// NewID returns the id that a request's certificate gets if n earlier ones of the same
// request exist. Ids begin as those on the vendor's pages do.
func NewID(siteID int64, requestID string, n int) string {
	const begin, length = "baba", 32
	sum := sha256.Sum256(fmt.Appendf(nil, "%d %d %s", siteID, n, requestID))
	return begin + hex.EncodeToString(sum[:])[:length-len(begin)]
}

// fullPlan tells how full a plan is. What is expired at the time counts, and is often all
// that can be removed.
func (s *Own) fullPlan(at int64, id string, p Plan) string {
	target := fmt.Sprintf("%s: %d of %d certificates", planTarget(id), p.Certificates, p.Quota)
	expired := 0
	for _, c := range s.Certificates.All() {
		if of, _ := s.Sites.Get(SiteKey(c.Site)); of.Plan == id && c.expiredAt(at) {
			expired++
		}
	}
	if expired > 0 {
		target += fmt.Sprintf(", %d of them expired", expired)
	}
	return target
}

func (in *SetCertificate) refuse(cond errcodes.Condition, target string) model.Output {
	return refuse(errcodes.SetCertificate, in.RequestID, cond, target)
}

func refuse(op errcodes.Operation, requestID string, cond errcodes.Condition, target string) model.Output {
	return reply.Refuse(requestID, op.Table().Error(cond), target)
}

func siteTarget(id int64) string { return "site " + SiteKey(id) }

func planTarget(id string) string { return "plan " + id }

func certificateTarget(id string) string { return "certificate " + id }
