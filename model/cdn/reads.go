package cdn

import (
	"cmp"
	"strconv"
	"strings"
	"time"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/redact"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/internal/reply"
	"github.com/alicert/alicert/model/table"
	"github.com/alicert/alicert/validate"
)

// Reads change nothing. Their answers have the members that clients read.
type (
	// DescribeDomainCertificateInfo returns the certificate of a domain.
	DescribeDomainCertificateInfo struct {
		RequestID  string `json:"requestId"`
		DomainName string `json:"domainName"`
	}
	// DescribeCdnDomainDetail returns the status of a domain, and its certificate as
	// the older version of the operation does.
	DescribeCdnDomainDetail struct {
		RequestID  string `json:"requestId"`
		DomainName string `json:"domainName"`
	}
	// DescribeUserDomains lists the account's domains in pages of PageSize (default
	// 20). PageNumber counts from 1.
	DescribeUserDomains struct {
		RequestID  string `json:"requestId"`
		PageNumber int    `json:"pageNumber,omitempty"`
		PageSize   int    `json:"pageSize,omitempty"`
	}
	// ListCloudResources is a read of the certificate center: it lists the domains of the
	// account as resources that certificates can be deployed to, in pages of ShowSize
	// (default 50). CurrentPage counts from 1. CloudProduct CDN or none lists them, any
	// other product has none; Keyword is a part of the domain.
	ListCloudResources struct {
		RequestID    string `json:"requestId"`
		CloudProduct string `json:"cloudProduct,omitempty"`
		Keyword      string `json:"keyword,omitempty"`
		CurrentPage  int    `json:"currentPage,omitempty"`
		ShowSize     int    `json:"showSize,omitempty"`
	}
	// ListTagResources lists the tags that domains were added with. It is
	// ListLiveTagResources if the product is "live".
	ListTagResources struct {
		Product     string   `json:"-" wire:"-"` // JSON has it in the name of the action
		RequestID   string   `json:"requestId"`
		ResourceIDs []string `json:"resourceIds,omitzero" wire:"ResourceId"` // domain names
	}
)

// The answers. They omit the members of an absent certificate or unknown time.
type (
	domainCertificate struct {
		reply.Head
		CertInfos struct {
			CertInfo []certInfo
		}
	}
	certInfo struct {
		CertDomainName          *string `json:",omitempty" xml:",omitempty"`
		CertExpireTime          *string `json:",omitempty" xml:",omitempty"`
		CertID                  *string `json:"CertId,omitempty" xml:"CertId,omitempty"`
		CertName                *string `json:",omitempty" xml:",omitempty"`
		CertRegion              *string `json:",omitempty" xml:",omitempty"`
		CertStartTime           *string `json:",omitempty" xml:",omitempty"`
		CertType                string  `json:",omitempty" xml:",omitempty"`
		CertUpdateTime          string  `json:",omitempty" xml:",omitempty"`
		DomainName              string
		ServerCertificate       *string `json:",omitempty" xml:",omitempty"`
		ServerCertificateStatus string
		Status                  string `json:",omitempty" xml:",omitempty"`
	}
	domainDetail struct {
		reply.Head
		GetDomainDetailModel domainDetailModel
	}
	domainDetailModel struct {
		CdnType                 string
		Cname                   string
		Description             string
		DomainName              string
		DomainStatus            string
		GmtCreated              string `json:",omitempty" xml:",omitempty"`
		GmtModified             string `json:",omitempty" xml:",omitempty"`
		HTTPSCname              string `json:"HttpsCname" xml:"HttpsCname"`
		ResourceGroupID         string `json:"ResourceGroupId" xml:"ResourceGroupId"`
		Scope                   string
		ServerCertificate       *string `json:",omitempty" xml:",omitempty"`
		ServerCertificateStatus string
		SourceModels            struct{ SourceModel []originServer }
	}
	originServer struct { // of CDN and DCDN
		Content  string
		Enabled  string
		Port     int
		Priority string
		Type     string
		Weight   string
	}
	userDomains struct {
		reply.Head
		Domains struct {
			PageData []pageData
		}
		PageNumber int
		PageSize   int
		TotalCount int
	}
	pageData struct {
		DomainName   string
		DomainStatus string
		GmtModified  string `json:",omitempty" xml:",omitempty"`
		SSLProtocol  string `json:"SslProtocol" xml:"SslProtocol"`
	}
	cloudResources struct {
		reply.Head
		CurrentPage int
		Data        []cloudResource
		ShowSize    int
		Total       int
	}
	cloudResource struct {
		CertEndTime  string // Unix milliseconds; empty without a certificate
		CertID       int    `json:"CertId" xml:"CertId"`
		CloudName    string
		CloudProduct string
		Domain       string
		EnableHTTPS  int `json:"EnableHttps" xml:"EnableHttps"`
		ID           int `json:"Id" xml:"Id"` // made up from the domain
	}
	tagResources struct {
		reply.Head
		TagResources struct {
			TagResource []tagResource
		}
	}
	tagResource struct {
		ResourceID   string `json:"ResourceId" xml:"ResourceId"`
		ResourceType string
		TagKey       string
		TagValue     string
	}
)

// OperationName returns the operation's name on the wire.
func (in ListTagResources) OperationName() string {
	if in.Product == productLive {
		return "ListLiveTagResources"
	}
	return "ListTagResources"
}

// Shown implements [reply.List] with the names of domains.
func (a *userDomains) Shown() []string {
	return reply.IDs(a.Domains.PageData, func(d pageData) string { return d.DomainName })
}

func (in DescribeDomainCertificateInfo) step(_ int64, s State) (State, model.Output) {
	name, d, refusal := s.find(errcodes.DescribeDomainCertificateInfo.Table(), in.RequestID, in.DomainName)
	if refusal != nil {
		return s, *refusal
	}
	info := s.certInfo(d)
	info.DomainName = name
	a := domainCertificate{Head: reply.To(in.RequestID)}
	a.CertInfos.CertInfo = []certInfo{info}
	return s, reply.Answer(in.RequestID, &a)
}

// certInfo returns the certificate of a domain, without the domain's name.
func (s State) certInfo(d Domain) certInfo {
	info := certInfo{ServerCertificateStatus: onOff(d.HTTPS)}
	if d.HasBinding() {
		info.CertType, info.CertUpdateTime, info.Status = freeType, timestampOf(d.Changed), effect(d)
	}
	if c, bound := s.CAS.Get(d.Bound); bound {
		number, region, start, end := "", c.Region(), timestamp(c.Leaf.NotBefore), timestamp(c.Leaf.NotAfter)
		if n := c.Number(); n != 0 {
			number = strconv.Itoa(n)
		}
		info.CertType = string(c.Source)
		info.CertName, info.CertID, info.CertRegion, info.ServerCertificate = &c.Name, &number, &region, &c.PEM
		info.CertDomainName, info.CertStartTime, info.CertExpireTime = &c.Leaf.Name, &start, &end
	}
	return info
}

func (in DescribeCdnDomainDetail) step(_ int64, s State) (State, model.Output) {
	name, d, refusal := s.find(errcodes.DescribeCdnDomainDetail.Table(), in.RequestID, in.DomainName)
	if refusal != nil {
		return s, *refusal
	}
	a := d.attributes()
	detail := domainDetailModel{
		CdnType: a.Type, Cname: cnameOf(productCDN, name), DomainName: name, DomainStatus: d.Status(), GmtCreated: timestampOf(d.Created), GmtModified: timestampOf(d.Changed),
		ResourceGroupID: a.ResourceGroupID, Scope: a.Scope, ServerCertificateStatus: onOff(d.HTTPS),
	}
	detail.SourceModels.SourceModel = a.originServers()
	if c, bound := s.CAS.Get(d.Bound); bound {
		detail.ServerCertificate = &c.PEM
	}
	return s, reply.Answer(in.RequestID, &domainDetail{reply.To(in.RequestID), detail})
}

// originServers returns the origin servers with the defaults of what was not sent.
func (a Attributes) originServers() []originServer {
	servers := []originServer{}
	for _, from := range listOf[source](a.Sources) {
		servers = append(servers, originServer{
			Content: from.Content, Enabled: "online", Port: number(from.Port, 80), Priority: strconv.Itoa(number(from.Priority, 20)), Type: from.Type,
			Weight: strconv.Itoa(number(from.Weight, 10)),
		})
	}
	return servers
}

func (in DescribeUserDomains) step(_ int64, s State) (State, model.Output) {
	a := userDomains{Head: reply.To(in.RequestID), PageNumber: max(in.PageNumber, 1)}
	a.Domains.PageData, a.PageSize, a.TotalCount = page(s.ofProduct(productCDN), in.PageNumber, in.PageSize, func(name string, d Domain) pageData {
		return pageData{name, d.Status(), timestampOf(d.Changed), onOff(d.HTTPS)}
	})
	return s, reply.Answer(in.RequestID, &a)
}

func (in ListCloudResources) step(_ int64, s State) (State, model.Output) {
	size, skip := reply.Page(in.CurrentPage, in.ShowSize, 50)
	a := cloudResources{Head: reply.To(in.RequestID), CurrentPage: max(in.CurrentPage, 1), ShowSize: size}
	domains := in.domains(s)
	if in.Keyword == "" {
		a.Data, a.Total = reply.Items(domains, skip, size, s.cloudResource), domains.Len()
		return s, reply.Answer(in.RequestID, &a)
	}
	a.Data, a.Total = filtered(domains, skip, size, func(name string, _ Domain) bool { return strings.Contains(name, strings.ToLower(in.Keyword)) }, s.cloudResource)
	return s, reply.Answer(in.RequestID, &a)
}

// filtered returns one page of the domains that are wanted, and the number of all of them.
// It looks at every domain.
func filtered[W any](domains table.Selection[Domain], skip, size int, wants func(name string, d Domain) bool, describe func(id string, d Domain) W) (items []W, total int) {
	items = []W{}
	for id, d := range domains.Skip(0) {
		if _, name := SplitID(id); !wants(name, d) {
			continue
		}
		if total >= skip && len(items) < size {
			items = append(items, describe(id, d))
		}
		total++
	}
	return items, total
}

// domains returns the account's domains of the product, or of CDN and DCDN.
func (in ListCloudResources) domains(s State) table.Selection[Domain] {
	if in.CloudProduct == "" {
		return s.of(unboundCDN, boundCDN, ofDCDN)
	}
	for _, p := range products {
		if strings.EqualFold(p.name, in.CloudProduct) {
			return s.ofProduct(p.name)
		}
	}
	return s.of()
}

func (s State) cloudResource(id string, d Domain) cloudResource {
	product, name := SplitID(id)
	r := cloudResource{CloudName: "aliyun", CloudProduct: strings.ToUpper(product), Domain: name, ID: cas.UploadNumber("domain", id)}
	if d.HTTPS {
		r.EnableHTTPS = 1
	}
	if c, bound := s.CAS.Get(d.Bound); bound {
		r.CertID, r.CertEndTime = c.Number(), strconv.FormatInt(c.Leaf.NotAfter*1000, 10)
	}
	return r
}

// standardPage is the size of a page of domains if a request gives none.
const standardPage = 20

// page returns one page of domains, the size of a page, and the number of domains. It
// describes only the domains on the page.
func page[W any](domains table.Selection[Domain], pageNumber, pageSize int, describe func(name string, d Domain) W) (items []W, size, total int) {
	size, skip := reply.Page(pageNumber, pageSize, standardPage)
	return reply.Items(domains, skip, size, func(id string, d Domain) W {
		_, name := SplitID(id)
		return describe(name, d)
	}), size, domains.Len()
}

func (in ListTagResources) step(_ int64, s State) (State, model.Output) {
	t := errcodes.ListTagResources.Table()
	if in.Product == productLive {
		t = domainTable(in.Product)
	}
	domains, refusal := s.tagged(t, in.RequestID, in.ResourceIDs)
	if refusal != nil {
		return s, *refusal
	}
	a := tagResources{Head: reply.To(in.RequestID)}
	a.TagResources.TagResource = []tagResource{}
	for _, d := range domains {
		for _, t := range d.tags {
			a.TagResources.TagResource = append(a.TagResources.TagResource, tagResource{d.name, "DOMAIN", t.Key, t.Value})
		}
	}
	return s, reply.Answer(in.RequestID, &a)
}

// find returns a domain of the account by its name in any form. Its product is that of the
// table's operation.
func (s State) find(t errcodes.Table, requestID, domain string) (name string, d Domain, refusal *model.Output) {
	product := t.Operation.Product()
	cond, target := errcodes.CondDomainNotFound, "the request" // an answer does not repeat text that is no domain name
	if domain == "" && t.Has(errcodes.CondDomainNameMissing) {
		cond = errcodes.CondDomainNameMissing
	} else if name, err := validate.DomainName(domain); err == nil {
		if d, known := s.Domains.Get(DomainID(product, name)); known && !d.Foreign {
			return name, d, nil
		}
		target, domain = "domain "+DomainID(product, name), name
	}
	o := reply.Refuse(requestID, t.Error(cond, redact.Name(domain)), target)
	return "", Domain{}, &o
}

// taggedDomain is a domain with its tags.
type taggedDomain struct {
	name string
	tags []tag
}

// tagged returns the domains with their tags, or the refusal for the first one that find
// does not find.
func (s State) tagged(t errcodes.Table, requestID string, domains []string) ([]taggedDomain, *model.Output) {
	var found []taggedDomain
	for _, domain := range domains {
		name, d, refusal := s.find(t, requestID, domain)
		if refusal != nil {
			return nil, refusal
		}
		found = append(found, taggedDomain{name, listOf[tag](d.Attributes.Tags)})
	}
	return found, nil
}

// attributes returns the attributes of a domain. Those that nothing set are made up, as
// for a domain that an event added. FunctionType and Scene stay empty: clients that sent
// none would take another value for a change.
func (d Domain) attributes() Attributes {
	a := d.Attributes
	a.Type, a.Scope = cmp.Or(a.Type, "web"), cmp.Or(a.Scope, "domestic")
	a.LiveType, a.LiveRegion = cmp.Or(a.LiveType, "liveVideo"), cmp.Or(a.LiveRegion, "cn-shanghai")
	a.Sources = cmp.Or(a.Sources, `[{"content":"192.0.2.1","type":"ipaddr","port":80,"priority":20,"weight":10}]`)
	a.ResourceGroupID = cmp.Or(a.ResourceGroupID, "rg-1")
	return a
}

// cnameOf returns the name that a domain's DNS record points to. It is made up.
func cnameOf(product, name string) string {
	return strings.TrimPrefix(name, ".") + ".w." + strings.ToLower(product) + ".example"
}

// Status returns the domain's status as the reads spell it.
func (d Domain) Status() string {
	switch {
	case d.Deleting:
		return "deleting"
	case d.Offline:
		return "offline"
	case d.Configuring:
		return "configuring"
	default:
		return "online"
	}
}

func onOff(on bool) string {
	if on {
		return "on"
	}
	return "off"
}

func effect(d Domain) string {
	if d.InEffect {
		return "success"
	}
	return "checking"
}

// timestampOf returns a time in Unix milliseconds in the form of the CDN, "" for none.
func timestampOf(at int64) string { return reply.Moment(time.RFC3339, at) }

// timestamp returns a time in the form of the CDN, "" for none.
func timestamp(seconds int64) string {
	if seconds == 0 {
		return ""
	}
	return time.Unix(seconds, 0).UTC().Format(time.RFC3339)
}
