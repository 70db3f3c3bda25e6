package esa

import (
	"iter"
	"strconv"
	"strings"
	"time"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/internal/reply"
	"github.com/alicert/alicert/model/table"
)

// Reads change nothing. Their answers have the members that clients read.
type (
	// GetCertificate returns a certificate of a site, with its public text.
	GetCertificate struct {
		RequestID string `json:"requestId"`
		SiteID    int64  `json:"siteId,omitempty"`
		ID        string `json:"id,omitempty"`
	}
	// ListCertificates lists the certificates of a site in the order of their ids, in pages
	// of PageSize (default 20). PageNumber counts from 1. With ValidOnly it lists those
	// that are not expired at the time of the input. Keyword is a part of a name or of a
	// domain, for which all certificates of the site are read.
	ListCertificates struct {
		RequestID  string `json:"requestId"`
		SiteID     int64  `json:"siteId,omitempty"`
		PageNumber int    `json:"pageNumber,omitempty"`
		PageSize   int    `json:"pageSize,omitempty"`
		Keyword    string `json:"keyword,omitempty"`
		ValidOnly  bool   `json:"validOnly,omitempty"`
	}
	// ListInstanceQuotasWithUsage tells quotas of a plan and how far they are used: of the
	// plan of a site, or of the named one. QuotaNames are joined by commas; of those that
	// are not [CertificateQuota] nothing is known.
	ListInstanceQuotasWithUsage struct {
		RequestID  string `json:"requestId"`
		SiteID     int64  `json:"siteId,omitempty"`
		InstanceID string `json:"instanceId,omitempty"`
		QuotaNames string `json:"quotaNames,omitempty"`
	}
	// ListSites lists sites in the order of their numbers as texts, in pages of PageSize
	// (default 20). SiteSearchType says how SiteName is matched: exact (the default),
	// prefix, suffix or fuzzy.
	ListSites struct {
		RequestID      string `json:"requestId"`
		SiteName       string `json:"siteName,omitempty"`
		SiteSearchType string `json:"siteSearchType,omitempty"`
		PageNumber     int    `json:"pageNumber,omitempty"`
		PageSize       int    `json:"pageSize,omitempty"`
	}
)

// CertificateQuota is the name of the quota of certificates.
const CertificateQuota = "customHttpCert"

// The answers. Numbers in texts are the vendor's.
type (
	certificateBody struct {
		reply.Head
		Certificate string
		Result      certificateItem
		SiteID      int64 `json:"SiteId" xml:"SiteId"`
		SiteName    string
		Status      string
	}
	certificateItem struct {
		CasID             string `json:"CasId,omitempty" xml:"CasId,omitempty"`
		CommonName        string
		CreateTime        string `json:",omitempty" xml:",omitempty"`
		FingerprintSha256 string
		ID                string `json:"Id" xml:"Id"`
		Issuer            string
		IssuerCN          string
		Name              string
		NotAfter          string
		NotBefore         string
		PubAlg            string
		Region            string `json:",omitempty" xml:",omitempty"`
		SAN               string
		SerialNumber      string
		SigAlg            string
		Status            string
		Type              string
		UpdateTime        string `json:",omitempty" xml:",omitempty"`
	}
	certificateList struct {
		reply.Head
		PageNumber int
		PageSize   int
		Result     []certificateItem
		SiteID     int64 `json:"SiteId" xml:"SiteId"`
		SiteName   string
		TotalCount int
	}
	quotas struct {
		reply.Head
		InstanceID string `json:"InstanceId" xml:"InstanceId"`
		Quotas     []quota
		Status     string
	}
	quota struct {
		QuotaName  string
		QuotaValue string
		SiteUsage  []siteUsage
		Usage      string
	}
	siteUsage struct {
		SiteID    int64 `json:"SiteId" xml:"SiteId"`
		SiteName  string
		SiteUsage string
	}
	siteList struct {
		reply.Head
		PageNumber int
		PageSize   int
		Sites      []siteItem
		TotalCount int
	}
	siteItem struct {
		AccessType      string
		Coverage        string
		CreateTime      string `json:",omitempty" xml:",omitempty"`
		InstanceID      string `json:"InstanceId" xml:"InstanceId"`
		NameServerList  string
		ResourceGroupID string `json:"ResourceGroupId" xml:"ResourceGroupId"`
		SiteID          int64  `json:"SiteId" xml:"SiteId"`
		SiteName        string
		Status          string
	}
)

// The statuses of certificates in answers.
const (
	statusOK       = "OK"
	statusExpiring = "Expiring"
	statusExpired  = "Expired"

	expiring = int64(30 * 24 * time.Hour / time.Millisecond) // before its end a certificate is
)

// statusAt returns the status of a certificate at a time, which may be unknown.
func (c *Certificate) statusAt(at int64) string {
	switch {
	case at <= 0:
		return statusOK
	case c.End() < at:
		return statusExpired
	case c.End()-at < expiring:
		return statusExpiring
	default:
		return statusOK
	}
}

// item describes a certificate, with its validity in a form of times.
func (c *Certificate) item(at int64, id, form string) certificateItem {
	p := parse(c.PEM)
	item := certificateItem{
		CommonName: c.Leaf.Name, CreateTime: reply.Moment(listForm, c.Created), FingerprintSha256: c.Leaf.SHA256, ID: id, Issuer: p.issuer, IssuerCN: p.issuerName,
		Name: c.Name, NotAfter: reply.Moment(form, c.Leaf.NotAfter*1000), NotBefore: reply.Moment(form, c.Leaf.NotBefore*1000), PubAlg: p.keyAlgorithm, Region: c.Region,
		SAN: c.Leaf.Names, SerialNumber: c.Leaf.Serial, SigAlg: p.signingAlgorithm, Status: c.statusAt(at), Type: string(c.Type), UpdateTime: reply.Moment(listForm, c.Updated),
	}
	if c.CasID != 0 {
		item.CasID = strconv.Itoa(c.CasID)
	}
	return item
}

func (in GetCertificate) step(at int64, s State) (State, model.Output) {
	if refused := absent(errcodes.GetCertificate, in.RequestID, in.SiteID, in.ID); refused != nil {
		return s, *refused
	}
	of, c, cond, target := s.lookUp(in.SiteID, in.ID)
	if cond != 0 {
		return s, refuse(errcodes.GetCertificate, in.RequestID, cond, target)
	}
	return s, reply.Answer(in.RequestID, &certificateBody{
		Head: reply.To(in.RequestID), Certificate: c.PEM, Result: c.item(at, in.ID, siteForm), SiteID: in.SiteID, SiteName: of.Name, Status: c.statusAt(at),
	})
}

func (in ListCertificates) step(at int64, s State) (State, model.Output) {
	if refused := absent(errcodes.ListCertificates, in.RequestID, in.SiteID, ""); refused != nil {
		return s, *refused
	}
	of, found := s.Sites.Get(SiteKey(in.SiteID))
	if !found {
		return s, refuse(errcodes.ListCertificates, in.RequestID, errcodes.CondSiteNotFound, siteTarget(in.SiteID))
	}
	size, skip := reply.Page(in.PageNumber, in.PageSize, 20)
	a := certificateList{Head: reply.To(in.RequestID), PageNumber: max(in.PageNumber, 1), PageSize: size, SiteID: in.SiteID, SiteName: of.Name}
	describe := func(key string, c Certificate) certificateItem { return c.item(at, certificateID(key), listForm) }
	selected := s.ofSite(in.SiteID)
	if in.ValidOnly && at > 0 {
		selected = s.Certificates.Where(table.Filter{During: table.AllGroups, From: at, To: table.Forever}).LinkedTo(SiteKey(in.SiteID))
	}
	if in.Keyword == "" {
		a.Result, a.TotalCount = reply.Items(selected, skip, size, describe), selected.Len()
		return s, reply.Answer(in.RequestID, &a)
	}
	keyword := strings.ToLower(in.Keyword)
	a.Result, a.TotalCount = pageOf(selected.Skip(0), skip, size, describe, func(c Certificate) bool {
		return strings.Contains(strings.ToLower(c.Name), keyword) || strings.Contains(strings.ToLower(c.Leaf.Names), keyword)
	})
	return s, reply.Answer(in.RequestID, &a)
}

// pageOf returns one page of the records that a list wants, and their number. It reads all
// records.
func pageOf[V, W any](records iter.Seq2[string, V], skip, size int, describe func(string, V) W, wants func(V) bool) (items []W, total int) {
	items = []W{}
	for key, v := range records {
		if !wants(v) {
			continue
		}
		if total >= skip && len(items) < size {
			items = append(items, describe(key, v))
		}
		total++
	}
	return items, total
}

func (in ListInstanceQuotasWithUsage) step(_ int64, s State) (State, model.Output) {
	given := func(errcodes.Field) bool { return in.QuotaNames != "" }
	if refused := reply.Required(in.RequestID, errcodes.ListInstanceQuotasWithUsage.Table(), given); refused != nil {
		return s, *refused
	}
	id := in.InstanceID
	if of, found := s.Sites.Get(SiteKey(in.SiteID)); found {
		id = of.Plan
	}
	p, found := s.Plans.Get(id)
	if !found {
		return s, refuse(errcodes.ListInstanceQuotasWithUsage, in.RequestID, errcodes.CondSiteNotFound, siteTarget(in.SiteID))
	}
	a := quotas{Head: reply.To(in.RequestID), InstanceID: id, Quotas: []quota{}, Status: string(p.Status)}
	for name := range strings.SplitSeq(in.QuotaNames, ",") {
		if name == CertificateQuota {
			a.Quotas = append(a.Quotas, quota{name, strconv.Itoa(p.Quota), s.usage(id), strconv.Itoa(p.Certificates)})
		}
	}
	return s, reply.Answer(in.RequestID, &a)
}

// usage returns how many certificates each site of a plan has.
func (s *Own) usage(planID string) []siteUsage {
	all := []siteUsage{}
	for key, of := range s.Sites.Select().LinkedTo(planID).Skip(0) {
		all = append(all, siteUsage{number(key), of.Name, strconv.Itoa(of.Certificates)})
	}
	return all
}

func (in ListSites) step(_ int64, s State) (State, model.Output) {
	size, skip := reply.Page(in.PageNumber, in.PageSize, 20)
	a := siteList{Head: reply.To(in.RequestID), PageNumber: max(in.PageNumber, 1), PageSize: size}
	describe := func(key string, of Site) siteItem {
		return siteItem{
			AccessType: "NS", Coverage: "domestic", CreateTime: reply.Moment(siteForm, of.Created), InstanceID: of.Plan, SiteID: number(key), SiteName: of.Name, Status: string(of.Status),
		}
	}
	if in.SiteName == "" {
		sites := s.Sites.Select()
		a.Sites, a.TotalCount = reply.Items(sites, skip, size, describe), sites.Len()
		return s, reply.Answer(in.RequestID, &a)
	}
	matches := map[string]func(s, part string) bool{"prefix": strings.HasPrefix, "suffix": strings.HasSuffix, "fuzzy": strings.Contains}[in.SiteSearchType]
	if matches == nil {
		matches = func(name, given string) bool { return name == given }
	}
	name := strings.ToLower(in.SiteName)
	a.Sites, a.TotalCount = pageOf(s.Sites.All(), skip, size, describe, func(of Site) bool { return matches(of.Name, name) })
	return s, reply.Answer(in.RequestID, &a)
}
