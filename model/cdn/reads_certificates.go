package cdn

import (
	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/internal/reply"
)

// Reads about the certificates of the account and of its domains. They change nothing.
// Their answers have the members that clients read.
type (
	// DescribeCdnCertificateList lists the account's certificates.
	DescribeCdnCertificateList struct {
		RequestID string `json:"requestId"`
	}
	// DescribeCdnCertificateDetail returns a certificate by its name. The answer has no
	// private key: the vendor's page prints "xxxx" there.
	DescribeCdnCertificateDetail struct {
		RequestID string `json:"requestId"`
		CertName  string `json:"certName,omitempty"`
	}
	// DescribeCdnHttpsDomainList lists the domains that have a certificate, in pages of
	// PageSize (default 20). PageNumber counts from 1.
	DescribeCdnHttpsDomainList struct { //nolint:revive // the vendor's spelling
		RequestID  string `json:"requestId"`
		PageNumber int    `json:"pageNumber,omitempty"`
		PageSize   int    `json:"pageSize,omitempty"`
	}
	// DescribeCdnService tells that the account has the service. All but the locks is made
	// up.
	DescribeCdnService struct {
		RequestID string `json:"requestId"`
	}
)

// The answers.
type (
	certificateList struct {
		reply.Head
		CertificateListModel struct {
			CertList struct{ Cert []listedCertificate }
			Count    int
		}
	}
	listedCertificate struct {
		CertID      int `json:"CertId" xml:"CertId"`
		CertName    string
		Common      string
		Fingerprint string
		LastTime    int64 // seconds
	}
	certificateDetail struct {
		reply.Head
		Cert     string
		CertID   int `json:"CertId" xml:"CertId"`
		CertName string
		Key      string
	}
	httpsDomains struct {
		reply.Head
		CertInfos  struct{ CertInfo []httpsDomain }
		PageNumber int
		PageSize   int
		TotalCount int
	}
	httpsDomain struct {
		CertCommonName string
		CertExpireTime string
		CertName       string
		CertStartTime  string
		CertStatus     string
		CertType       string
		CertUpdateTime string `json:",omitempty" xml:",omitempty"`
		DomainName     string
	}
	cdnService struct {
		reply.Head
		ChangingAffectTime string
		ChangingChargeType string
		InstanceID         string `json:"InstanceId" xml:"InstanceId"`
		InternetChargeType string
		OpeningTime        string
		OperationLocks     struct{ LockReason []lockReason }
	}
	lockReason struct{ LockReason string }
)

func (in DescribeCdnCertificateList) step(_ int64, s State) (State, model.Output) {
	a := certificateList{Head: reply.To(in.RequestID)}
	list := &a.CertificateListModel
	list.CertList.Cert = []listedCertificate{}
	for _, c := range s.CAS.Certificates.All() {
		list.CertList.Cert = append(list.CertList.Cert, listedCertificate{c.Number(), c.Name, c.Leaf.Name, c.Leaf.SHA256, c.Leaf.NotAfter})
	}
	list.Count = len(list.CertList.Cert)
	return s, reply.Answer(in.RequestID, &a)
}

func (in DescribeCdnCertificateDetail) step(_ int64, s State) (State, model.Output) {
	if in.CertName == "" {
		return s, reply.Missing(in.RequestID, "CertName")
	}
	c, found := s.CAS.Get(in.CertName)
	if !found {
		e := errcodes.SetDomainServerCertificate.Table().Error(errcodes.CondCertificateNotFound)
		return s, reply.Refuse(in.RequestID, e, certificateNamed(in.CertName))
	}
	return s, reply.Answer(in.RequestID, &certificateDetail{reply.To(in.RequestID), c.PEM, c.Number(), c.Name, "xxxx"})
}

func (in DescribeCdnHttpsDomainList) step(_ int64, s State) (State, model.Output) {
	a := httpsDomains{Head: reply.To(in.RequestID), PageNumber: max(in.PageNumber, 1)}
	a.CertInfos.CertInfo, a.PageSize, a.TotalCount = page(s.of(boundCDN), in.PageNumber, in.PageSize, func(name string, d Domain) httpsDomain {
		item := httpsDomain{CertType: freeType, CertUpdateTime: timestampOf(d.Changed), DomainName: name}
		if c, uploaded := s.CAS.Get(d.Bound); uploaded {
			item.CertCommonName, item.CertName, item.CertType = c.Leaf.Name, c.Name, string(c.Source)
			item.CertStartTime, item.CertExpireTime, item.CertStatus = timestamp(c.Leaf.NotBefore), timestamp(c.Leaf.NotAfter), statusOf(c)
		}
		return item
	})
	return s, reply.Answer(in.RequestID, &a)
}

// statusOf returns the status of a certificate as the list of domains spells it.
func statusOf(c cas.Certificate) string {
	if c.Status == cas.Expired {
		return "expired"
	}
	return "ok"
}

func (in DescribeCdnService) step(_ int64, s State) (State, model.Output) {
	a := cdnService{
		Head: reply.To(in.RequestID), ChangingAffectTime: "2024-01-01T16:00:00Z", ChangingChargeType: "PayByTraffic", InstanceID: "cdn-1",
		InternetChargeType: "PayByTraffic", OpeningTime: "2023-11-14T22:13:20Z",
	}
	a.OperationLocks.LockReason = []lockReason{}
	if s.Suspended {
		a.OperationLocks.LockReason = append(a.OperationLocks.LockReason, lockReason{"financial"})
	}
	return s, reply.Answer(in.RequestID, &a)
}

// Kind implements [model.Action].
func (DescribeCdnCertificateList) Kind() model.Kind { return model.Read }

// Kind implements [model.Action].
func (DescribeCdnCertificateDetail) Kind() model.Kind { return model.Read }

// Kind implements [model.Action].
func (DescribeCdnHttpsDomainList) Kind() model.Kind { return model.Read }

// Kind implements [model.Action].
func (DescribeCdnService) Kind() model.Kind { return model.Read }

// About returns all certificates.
func (DescribeCdnCertificateList) About() model.Resource { return model.Resource{Type: "certificate"} }

// About returns the certificate.
func (in DescribeCdnCertificateDetail) About() model.Resource {
	return model.Resource{Type: "certificate", ID: in.CertName}
}

// About returns all domains.
func (DescribeCdnHttpsDomainList) About() model.Resource { return domain("") }

// About returns the account.
func (DescribeCdnService) About() model.Resource { return model.Resource{Type: "account"} }
