package cdn

import (
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/internal/reply"
)

// Reads of DCDN. They change nothing. Their answers have the members that clients read.
type (
	// DescribeDcdnDomainDetail returns a domain with its status.
	DescribeDcdnDomainDetail struct {
		RequestID  string `json:"requestId"`
		DomainName string `json:"domainName,omitempty"`
	}
	// DescribeDcdnDomainCertificateInfo returns the certificate of a domain.
	DescribeDcdnDomainCertificateInfo struct {
		RequestID  string `json:"requestId"`
		DomainName string `json:"domainName,omitempty"`
	}
	// DescribeDcdnUserDomains lists the account's domains in pages of PageSize (default
	// 20). PageNumber counts from 1.
	DescribeDcdnUserDomains struct {
		RequestID  string `json:"requestId"`
		PageNumber int    `json:"pageNumber,omitempty"`
		PageSize   int    `json:"pageSize,omitempty"`
	}
	// DescribeDcdnTagResources lists the tags that domains were added with.
	DescribeDcdnTagResources struct {
		RequestID   string   `json:"requestId"`
		ResourceIDs []string `json:"resourceIds,omitzero" wire:"ResourceId"` // domain names
	}
)

// The answers. They omit the members of an absent certificate or unknown time.
type (
	dcdnDomainDetail struct {
		reply.Head
		DomainDetail dcdnDetail
	}
	dcdnDetail struct {
		Cname           string
		DomainName      string
		DomainStatus    string
		FunctionType    string
		GmtCreated      string `json:",omitempty" xml:",omitempty"`
		GmtModified     string `json:",omitempty" xml:",omitempty"`
		ResourceGroupID string `json:"ResourceGroupId" xml:"ResourceGroupId"`
		SSLProtocol     string
		SSLPub          *string `json:",omitempty" xml:",omitempty"`
		Scene           string
		Scope           string
		Sources         struct{ Source []originServer }
	}
	dcdnCertificate struct {
		reply.Head
		CertInfos struct{ CertInfo []dcdnCertInfo }
	}
	dcdnCertInfo struct {
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
	dcdnUserDomains struct {
		reply.Head
		Domains    struct{ PageData []dcdnPageData }
		PageNumber int
		PageSize   int
		TotalCount int
	}
	dcdnPageData struct {
		Cname           string
		DomainName      string
		DomainStatus    string
		GmtCreated      string `json:",omitempty" xml:",omitempty"`
		GmtModified     string `json:",omitempty" xml:",omitempty"`
		ResourceGroupID string `json:"ResourceGroupId" xml:"ResourceGroupId"`
		SSLProtocol     string
		Sandbox         string
		Sources         struct{ Source []originServer }
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
func (a *dcdnUserDomains) Shown() []string {
	return reply.IDs(a.Domains.PageData, func(d dcdnPageData) string { return DomainID(productDCDN, d.DomainName) })
}

func (in DescribeDcdnDomainDetail) step(_ int64, s State) (State, model.Output) {
	name, d, refusal := s.find(domainTable(productDCDN), in.RequestID, in.DomainName)
	if refusal != nil {
		return s, *refusal
	}
	a := d.attributes()
	detail := dcdnDetail{
		Cname: cnameOf(productDCDN, name), DomainName: name, DomainStatus: d.Status(), FunctionType: a.FunctionType, GmtCreated: timestampOf(d.Created),
		GmtModified: timestampOf(d.Changed), ResourceGroupID: a.ResourceGroupID, SSLProtocol: onOff(d.HTTPS), Scene: a.Scene, Scope: a.Scope,
	}
	if c, bound := s.CAS.Get(d.Bound); bound {
		detail.SSLPub = &c.PEM
	}
	detail.Sources.Source = a.originServers()
	return s, reply.Answer(in.RequestID, &dcdnDomainDetail{reply.To(in.RequestID), detail})
}

func (in DescribeDcdnDomainCertificateInfo) step(_ int64, s State) (State, model.Output) {
	name, d, refusal := s.find(domainTable(productDCDN), in.RequestID, in.DomainName)
	if refusal != nil {
		return s, *refusal
	}
	c := s.certInfo(d)
	a := dcdnCertificate{Head: reply.To(in.RequestID)}
	a.CertInfos.CertInfo = []dcdnCertInfo{{
		CertDomainName: c.CertDomainName, CertExpireTime: c.CertExpireTime, CertID: c.CertID, CertName: c.CertName, CertRegion: c.CertRegion, CertType: c.CertType,
		DomainName: name, SSLProtocol: c.ServerCertificateStatus, SSLPub: c.ServerCertificate, Status: c.Status,
	}}
	return s, reply.Answer(in.RequestID, &a)
}

func (in DescribeDcdnUserDomains) step(_ int64, s State) (State, model.Output) {
	a := dcdnUserDomains{Head: reply.To(in.RequestID), PageNumber: max(in.PageNumber, 1)}
	a.Domains.PageData, a.PageSize, a.TotalCount = page(s.of(ofDCDN), in.PageNumber, in.PageSize, func(name string, d Domain) dcdnPageData {
		item := dcdnPageData{
			Cname: cnameOf(productDCDN, name), DomainName: name, DomainStatus: d.Status(), GmtCreated: timestampOf(d.Created), GmtModified: timestampOf(d.Changed),
			ResourceGroupID: d.attributes().ResourceGroupID, SSLProtocol: onOff(d.HTTPS), Sandbox: "normal",
		}
		item.Sources.Source = d.attributes().originServers()
		return item
	})
	return s, reply.Answer(in.RequestID, &a)
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

// Kind implements [model.Action].
func (DescribeDcdnDomainDetail) Kind() model.Kind { return model.Read }

// Kind implements [model.Action].
func (DescribeDcdnDomainCertificateInfo) Kind() model.Kind { return model.Read }

// Kind implements [model.Action].
func (DescribeDcdnUserDomains) Kind() model.Kind { return model.Read }

// Kind implements [model.Action].
func (DescribeDcdnTagResources) Kind() model.Kind { return model.Read }

// About returns the domain.
func (in DescribeDcdnDomainDetail) About() model.Resource {
	return domainOf(productDCDN, in.DomainName)
}

// About returns the domain.
func (in DescribeDcdnDomainCertificateInfo) About() model.Resource {
	return domainOf(productDCDN, in.DomainName)
}

// About returns all domains.
func (DescribeDcdnUserDomains) About() model.Resource { return domain("") }

// About returns all domains.
func (DescribeDcdnTagResources) About() model.Resource { return domain("") }
