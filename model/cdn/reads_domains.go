package cdn

import (
	"cmp"
	"slices"
	"strings"

	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/internal/reply"
)

// Reads of the products with domains of their own but the CDN, whose reads have another
// form. They change nothing. Their answers have the members that clients read.
type (
	// DescribeDomain returns a domain with its status: DescribeDcdnDomainDetail,
	// DescribeVodDomainDetail or DescribeLiveDomainDetail.
	DescribeDomain struct {
		Product    string `json:"-" wire:"-"` // JSON has it in the name of the action
		RequestID  string `json:"requestId"`
		DomainName string `json:"domainName,omitempty"`
	}
	// DescribeCertificate returns the certificate of a domain:
	// DescribeDcdnDomainCertificateInfo and so on.
	DescribeCertificate struct {
		Product    string `json:"-" wire:"-"` // JSON has it in the name of the action
		RequestID  string `json:"requestId"`
		DomainName string `json:"domainName,omitempty"`
	}
	// DescribeDomains lists the account's domains in pages of PageSize (default 20):
	// DescribeDcdnUserDomains and so on. PageNumber counts from 1. The other fields select
	// domains; a domain without a known region is in every one.
	DescribeDomains struct {
		Product          string `json:"-" wire:"-"` // JSON has it in the name of the action
		RequestID        string `json:"requestId"`
		DomainName       string `json:"domainName,omitempty"`
		DomainSearchType string `json:"domainSearchType,omitempty"` // "pre_match", "suf_match", "full_match", or anything else for a part of the name
		DomainStatus     string `json:"domainStatus,omitempty"`     // as [Domain.Status] spells it
		LiveDomainType   string `json:"liveDomainType,omitempty"`   // of live
		RegionName       string `json:"regionName,omitempty"`       // of live
		PageNumber       int    `json:"pageNumber,omitempty"`
		PageSize         int    `json:"pageSize,omitempty"`
	}
	// DescribeDcdnTagResources lists the tags that domains were added with.
	DescribeDcdnTagResources struct {
		RequestID   string   `json:"requestId"`
		ResourceIDs []string `json:"resourceIds,omitzero" wire:"ResourceId"` // domain names
	}
)

// The answers. They omit the members of an absent certificate or unknown time, and those
// that the product does not have.
type (
	productDomain struct {
		reply.Head
		DomainDetail productDetail
	}
	productDetail struct {
		CertName        *string `json:",omitempty" xml:",omitempty"`
		Cname           string
		DomainName      string
		DomainStatus    string
		FunctionType    *string `json:",omitempty" xml:",omitempty"`
		GmtCreated      string  `json:",omitempty" xml:",omitempty"`
		GmtModified     string  `json:",omitempty" xml:",omitempty"`
		LiveDomainType  *string `json:",omitempty" xml:",omitempty"`
		Region          *string `json:",omitempty" xml:",omitempty"`
		ResourceGroupID *string `json:"ResourceGroupId,omitempty" xml:"ResourceGroupId,omitempty"`
		SSLProtocol     string
		SSLPub          *string `json:",omitempty" xml:",omitempty"`
		Scene           *string `json:",omitempty" xml:",omitempty"`
		Scope           string
		Sources         *productSources `json:",omitempty" xml:",omitempty"`
	}
	productSources     struct{ Source []originServer }
	productCertificate struct {
		reply.Head
		CertInfos struct{ CertInfo []productCertInfo }
	}
	productCertInfo struct {
		CertDomainName *string `json:",omitempty" xml:",omitempty"`
		CertExpireTime *string `json:",omitempty" xml:",omitempty"`
		CertID         *string `json:"CertId,omitempty" xml:"CertId,omitempty"`
		CertName       *string `json:",omitempty" xml:",omitempty"`
		CertRegion     *string `json:",omitempty" xml:",omitempty"`
		CertType       string  `json:",omitempty" xml:",omitempty"`
		DomainName     string
		SSLProtocol    string
		SSLPub         *string `json:",omitempty" xml:",omitempty"`
		Status         string  `json:",omitempty" xml:",omitempty"`
	}
	productDomains struct {
		reply.Head
		Domains    struct{ PageData []productItem }
		PageNumber int
		PageSize   int
		TotalCount int

		product string
	}
	productItem struct {
		Cname            string
		DomainName       string
		DomainStatus     string          `json:",omitempty" xml:",omitempty"`
		GmtCreated       string          `json:",omitempty" xml:",omitempty"`
		GmtModified      string          `json:",omitempty" xml:",omitempty"`
		LiveDomainStatus string          `json:",omitempty" xml:",omitempty"`
		LiveDomainType   string          `json:",omitempty" xml:",omitempty"`
		RegionName       string          `json:",omitempty" xml:",omitempty"`
		ResourceGroupID  string          `json:"ResourceGroupId,omitempty" xml:"ResourceGroupId,omitempty"`
		SSLProtocol      string          `json:",omitempty" xml:",omitempty"`
		Sandbox          string          `json:",omitempty" xml:",omitempty"`
		Sources          *productSources `json:",omitempty" xml:",omitempty"`
		SslProtocol      string          `json:",omitempty" xml:",omitempty"`
	}
	dcdnTagResources struct {
		reply.Head
		TagResources []dcdnTagResource
	}
	dcdnTagResource struct {
		ResourceID string `json:"ResourceId" xml:"ResourceId"`
		Tag        []tag
	}
)

// Shown implements [reply.List] with the ids of domains.
func (a *productDomains) Shown() []string {
	return reply.IDs(a.Domains.PageData, func(d productItem) string { return DomainID(a.product, d.DomainName) })
}

func (in DescribeDomain) step(_ int64, s State) (State, model.Output) {
	name, d, refusal := s.find(domainTable(in.Product), in.RequestID, in.DomainName)
	if refusal != nil {
		return s, *refusal
	}
	a := d.attributes()
	detail := productDetail{
		Cname: cnameOf(in.Product, name), DomainName: name, DomainStatus: d.Status(), GmtCreated: timestampOf(d.Created), GmtModified: timestampOf(d.Changed),
		SSLProtocol: onOff(d.HTTPS), Scope: a.Scope,
	}
	c, bound := s.CAS.Get(d.Bound)
	if bound {
		detail.SSLPub = &c.PEM
	}
	if bound && in.Product != productDCDN {
		detail.CertName = &c.Name
	}
	switch in.Product {
	case productDCDN:
		detail.FunctionType, detail.Scene, detail.ResourceGroupID = &a.FunctionType, &a.Scene, &a.ResourceGroupID
	case productLive:
		detail.LiveDomainType, detail.Region, detail.ResourceGroupID = &a.LiveType, &a.LiveRegion, &a.ResourceGroupID
	}
	if in.Product != productLive {
		detail.Sources = &productSources{a.originServers()}
	}
	return s, reply.Answer(in.RequestID, &productDomain{reply.To(in.RequestID), detail})
}

func (in DescribeCertificate) step(_ int64, s State) (State, model.Output) {
	name, d, refusal := s.find(domainTable(in.Product), in.RequestID, in.DomainName)
	if refusal != nil {
		return s, *refusal
	}
	c := s.certInfo(d)
	info := productCertInfo{
		CertDomainName: c.CertDomainName, CertExpireTime: c.CertExpireTime, CertName: c.CertName, CertType: c.CertType,
		DomainName: name, SSLProtocol: c.ServerCertificateStatus, SSLPub: c.ServerCertificate, Status: c.Status,
	}
	if in.Product != productLive {
		info.CertID, info.CertRegion = c.CertID, c.CertRegion
	}
	a := productCertificate{Head: reply.To(in.RequestID)}
	a.CertInfos.CertInfo = []productCertInfo{info}
	return s, reply.Answer(in.RequestID, &a)
}

func (in DescribeDomains) step(_ int64, s State) (State, model.Output) {
	a := productDomains{Head: reply.To(in.RequestID), PageNumber: max(in.PageNumber, 1), product: in.Product}
	domains := s.ofProduct(in.Product)
	if in.selects() {
		size, skip := reply.Page(in.PageNumber, in.PageSize, standardPage)
		a.Domains.PageData, a.TotalCount = filtered(domains, skip, size, in.wants, in.item)
		a.PageSize = size
	} else {
		a.Domains.PageData, a.PageSize, a.TotalCount = page(domains, in.PageNumber, in.PageSize, in.item)
	}
	return s, reply.Answer(in.RequestID, &a)
}

// selects reports whether the request does not list all domains.
func (in DescribeDomains) selects() bool {
	return cmp.Or(in.DomainName, in.DomainStatus, in.LiveDomainType, in.RegionName) != ""
}

func (in DescribeDomains) wants(name string, d Domain) bool {
	matches := strings.Contains
	switch in.DomainSearchType {
	case "pre_match":
		matches = strings.HasPrefix
	case "suf_match":
		matches = strings.HasSuffix
	case "full_match":
		matches = func(name, want string) bool { return name == want }
	}
	among := func(want string, values ...string) bool { return want == "" || slices.Contains(values, want) }
	return matches(name, strings.ToLower(in.DomainName)) && among(in.DomainStatus, d.Status()) &&
		among(in.LiveDomainType, d.attributes().LiveType) && among(in.RegionName, cmp.Or(d.Attributes.LiveRegion, in.RegionName))
}

// item describes a domain by its id, or its name.
func (in DescribeDomains) item(id string, d Domain) productItem {
	_, name := SplitID(id)
	a := d.attributes()
	item := productItem{Cname: cnameOf(in.Product, name), DomainName: name, GmtCreated: timestampOf(d.Created), GmtModified: timestampOf(d.Changed)}
	if in.Product == productLive {
		item.LiveDomainStatus, item.LiveDomainType, item.RegionName, item.ResourceGroupID = d.Status(), a.LiveType, a.LiveRegion, a.ResourceGroupID
		return item
	}
	item.DomainStatus, item.Sandbox, item.Sources = d.Status(), "normal", &productSources{a.originServers()}
	if in.Product == productVOD {
		item.SslProtocol = onOff(d.HTTPS)
	} else {
		item.SSLProtocol, item.ResourceGroupID = onOff(d.HTTPS), a.ResourceGroupID
	}
	return item
}

func (in DescribeDcdnTagResources) step(_ int64, s State) (State, model.Output) {
	domains, refusal := s.tagged(domainTable(productDCDN), in.RequestID, in.ResourceIDs)
	if refusal != nil {
		return s, *refusal
	}
	a := dcdnTagResources{reply.To(in.RequestID), []dcdnTagResource{}}
	for _, d := range domains {
		if len(d.tags) > 0 {
			a.TagResources = append(a.TagResources, dcdnTagResource{d.name, d.tags})
		}
	}
	return s, reply.Answer(in.RequestID, &a)
}

// OperationName returns the operation's name on the wire.
func (in DescribeDomain) OperationName() string { return named("Describe*DomainDetail", in.Product) }

// OperationName returns the operation's name on the wire.
func (in DescribeCertificate) OperationName() string {
	return named("Describe*DomainCertificateInfo", in.Product)
}

// OperationName returns the operation's name on the wire.
func (in DescribeDomains) OperationName() string { return named("Describe*UserDomains", in.Product) }

// Kind implements [model.Action].
func (DescribeDomain) Kind() model.Kind { return model.Read }

// Kind implements [model.Action].
func (DescribeCertificate) Kind() model.Kind { return model.Read }

// Kind implements [model.Action].
func (DescribeDomains) Kind() model.Kind { return model.Read }

// Kind implements [model.Action].
func (DescribeDcdnTagResources) Kind() model.Kind { return model.Read }

// About returns the domain.
func (in DescribeDomain) About() model.Resource { return domainOf(in.Product, in.DomainName) }

// About returns the domain.
func (in DescribeCertificate) About() model.Resource { return domainOf(in.Product, in.DomainName) }

// About returns all domains.
func (DescribeDomains) About() model.Resource { return domain("") }

// About returns all domains.
func (DescribeDcdnTagResources) About() model.Resource { return domain("") }
