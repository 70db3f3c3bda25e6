package cdn

import (
	"strconv"
	"strings"
	"time"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/internal/reply"
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
	// ListTagResources lists the tags of domains. A state has no tags, so the list is
	// empty.
	ListTagResources struct {
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
		DomainName              string
		DomainStatus            string
		GmtModified             string  `json:",omitempty" xml:",omitempty"`
		HTTPSCname              string  `json:"HttpsCname" xml:"HttpsCname"`
		ServerCertificate       *string `json:",omitempty" xml:",omitempty"`
		ServerCertificateStatus string
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
			TagResource []struct{}
		}
	}
)

// Shown implements [reply.List] with the names of domains.
func (a *userDomains) Shown() []string {
	return reply.IDs(a.Domains.PageData, func(d pageData) string { return d.DomainName })
}

func (in DescribeDomainCertificateInfo) step(_ int64, s State) (State, model.Output) {
	name, d, refusal := s.find(errcodes.DescribeDomainCertificateInfo, in.RequestID, in.DomainName)
	if refusal != nil {
		return s, *refusal
	}
	info := certInfo{DomainName: name, ServerCertificateStatus: onOff(d.HTTPS)}
	if d.HasBinding() {
		info.CertType, info.CertUpdateTime, info.Status = freeType, timeOf(d), effect(d)
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
	a := domainCertificate{Head: reply.To(in.RequestID)}
	a.CertInfos.CertInfo = []certInfo{info}
	return s, reply.Answer(in.RequestID, &a)
}

func (in DescribeCdnDomainDetail) step(_ int64, s State) (State, model.Output) {
	name, d, refusal := s.find(errcodes.DescribeCdnDomainDetail, in.RequestID, in.DomainName)
	if refusal != nil {
		return s, *refusal
	}
	detail := domainDetailModel{
		DomainName: name, DomainStatus: d.Status(), GmtModified: timeOf(d), ServerCertificateStatus: onOff(d.HTTPS),
	}
	if c, bound := s.CAS.Get(d.Bound); bound {
		detail.ServerCertificate = &c.PEM
	}
	return s, reply.Answer(in.RequestID, &domainDetail{reply.To(in.RequestID), detail})
}

func (in DescribeUserDomains) step(_ int64, s State) (State, model.Output) {
	size, skip := reply.Page(in.PageNumber, in.PageSize, 20)
	a := userDomains{Head: reply.To(in.RequestID), PageNumber: max(in.PageNumber, 1), PageSize: size}
	a.Domains.PageData = []pageData{}
	for name, d := range s.Domains.All() {
		if d.Foreign {
			continue
		}
		if a.TotalCount >= skip && len(a.Domains.PageData) < size {
			a.Domains.PageData = append(a.Domains.PageData, pageData{name, d.Status(), timeOf(d), onOff(d.HTTPS)})
		}
		a.TotalCount++
	}
	return s, reply.Answer(in.RequestID, &a)
}

func (in ListCloudResources) step(_ int64, s State) (State, model.Output) {
	size, skip := reply.Page(in.CurrentPage, in.ShowSize, 50)
	a := cloudResources{Head: reply.To(in.RequestID), CurrentPage: max(in.CurrentPage, 1), Data: []cloudResource{}, ShowSize: size}
	isCDN := in.CloudProduct == "" || strings.EqualFold(in.CloudProduct, "CDN")
	for name, d := range s.Domains.All() {
		if d.Foreign || !isCDN || !strings.Contains(name, strings.ToLower(in.Keyword)) {
			continue
		}
		if a.Total >= skip && len(a.Data) < size {
			a.Data = append(a.Data, s.cloudResource(name, d))
		}
		a.Total++
	}
	return s, reply.Answer(in.RequestID, &a)
}

func (s State) cloudResource(name string, d Domain) cloudResource {
	r := cloudResource{CloudName: "aliyun", CloudProduct: "CDN", Domain: name, ID: cas.UploadNumber("domain", name)}
	if d.HTTPS {
		r.EnableHTTPS = 1
	}
	if c, bound := s.CAS.Get(d.Bound); bound {
		r.CertID, r.CertEndTime = c.Number(), strconv.FormatInt(c.Leaf.NotAfter*1000, 10)
	}
	return r
}

func (in ListTagResources) step(_ int64, s State) (State, model.Output) {
	for _, domain := range in.ResourceIDs {
		if _, _, refusal := s.find(errcodes.ListTagResources, in.RequestID, domain); refusal != nil {
			return s, *refusal
		}
	}
	a := tagResources{Head: reply.To(in.RequestID)}
	a.TagResources.TagResource = []struct{}{}
	return s, reply.Answer(in.RequestID, &a)
}

// find returns a domain of the account by its name in any form.
func (s State) find(op errcodes.Operation, requestID, domain string) (name string, d Domain, refusal *model.Output) {
	cond, target := errcodes.CondDomainNotFound, "the request" // an answer does not repeat text that is no domain name
	if domain == "" && op.Table().Has(errcodes.CondDomainNameMissing) {
		cond = errcodes.CondDomainNameMissing
	} else if name, err := validate.DomainName(domain); err == nil {
		if d, known := s.Domains.Get(name); known && !d.Foreign {
			return name, d, nil
		}
		target = "domain " + name
	}
	o := reply.Refuse(requestID, op.Table().Error(cond), target)
	return "", Domain{}, &o
}

// Status returns the domain's status as the reads spell it.
func (d Domain) Status() string {
	switch {
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

// timeOf returns the time of a domain's last change, "" if it is unknown.
func timeOf(d Domain) string {
	if d.Changed == 0 {
		return ""
	}
	return time.UnixMilli(d.Changed).UTC().Format(time.RFC3339)
}

// timestamp returns a time in the form of the CDN, "" for none.
func timestamp(seconds int64) string {
	if seconds == 0 {
		return ""
	}
	return time.Unix(seconds, 0).UTC().Format(time.RFC3339)
}
