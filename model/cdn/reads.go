package cdn

import (
	"encoding/json"
	"math"
	"strconv"
	"strings"
	"time"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/centre"
	"github.com/alicert/alicert/validate"
)

// Reads change nothing. Their answers have the members that clients read.
type (
	// DescribeDomainCertificateInfo tells which certificate a domain has.
	DescribeDomainCertificateInfo struct {
		RequestID  string `json:"requestId"`
		DomainName string `json:"domainName"`
	}
	// DescribeCdnDomainDetail tells the status of a domain, and its
	// certificate as the older version of the operation does.
	DescribeCdnDomainDetail struct {
		RequestID  string `json:"requestId"`
		DomainName string `json:"domainName"`
	}
	// DescribeUserDomains lists the account's domains, PageSize (default 20)
	// at a time; PageNumber counts from 1.
	DescribeUserDomains struct {
		RequestID  string `json:"requestId"`
		PageNumber int    `json:"pageNumber,omitempty"`
		PageSize   int    `json:"pageSize,omitempty"`
	}
	// ListTagResources lists the tags of domains. Tags are no part of a
	// state, so no domain has any.
	ListTagResources struct {
		RequestID   string   `json:"requestId"`
		ResourceIDs []string `json:"resourceIds,omitzero"` // domain names
	}
	// ListUserCertificateOrder lists the certificates of the centre,
	// ShowSize (default 50) at a time; CurrentPage counts from 1.
	ListUserCertificateOrder struct {
		RequestID   string `json:"requestId"`
		CurrentPage int    `json:"currentPage,omitempty"`
		ShowSize    int    `json:"showSize,omitempty"`
	}
	// GetUserCertificateDetail tells a certificate of the centre by its
	// number, with its public text.
	GetUserCertificateDetail struct {
		RequestID string `json:"requestId"`
		CertID    int    `json:"certId"`
	}
	// GetCertificateDetail tells names and validity of a certificate of the
	// centre by its number.
	GetCertificateDetail struct {
		RequestID string `json:"requestId"`
		CertID    int    `json:"certId"`
	}
)

// IsRead reports whether an action is a read. Reads change nothing.
func IsRead(a Action) bool {
	switch a.(type) {
	case DescribeDomainCertificateInfo, DescribeCdnDomainDetail, DescribeUserDomains, ListTagResources,
		ListUserCertificateOrder, GetUserCertificateDetail, GetCertificateDetail:
		return true
	default:
		return false
	}
}

type object = map[string]any

// answer returns the output of a successful request whose answer has members of
// its own.
func answer(requestID string, members object) model.Output {
	// Members are sorted, so the text is always the same; nothing is put in
	// that JSON cannot hold.
	body, _ := json.Marshal(members)
	return model.Output{RequestID: requestID, Body: string(body)}
}

func (in DescribeDomainCertificateInfo) step(s State) (State, model.Output) {
	name, d, refusal := s.find(errcodes.DescribeDomainCertificateInfo, in.RequestID, in.DomainName)
	if refusal != nil {
		return s, *refusal
	}
	info := object{
		"DomainName":              name,
		"ServerCertificateStatus": onOff(d.HTTPS),
	}
	switch c, bound := s.Centre.Get(d.Bound); {
	case bound:
		info["CertName"] = c.Name
		info["CertType"] = string(c.Source)
		info["CertId"] = numberText(c)
		info["CertRegion"] = region(c)
		info["ServerCertificate"] = c.PEM
		info["CertDomainName"] = c.Leaf.Name
		info["CertStartTime"] = timestamp(c.Leaf.NotBefore)
		info["CertExpireTime"] = timestamp(c.Leaf.NotAfter)
		info["Status"] = effect(d)
	case d.UsesFree:
		info["CertType"] = "free"
		info["Status"] = effect(d)
	}
	return s, answer(in.RequestID, object{"CertInfos": object{"CertInfo": []object{info}}})
}

func (in DescribeCdnDomainDetail) step(s State) (State, model.Output) {
	name, d, refusal := s.find(errcodes.DescribeCdnDomainDetail, in.RequestID, in.DomainName)
	if refusal != nil {
		return s, *refusal
	}
	detail := object{
		"DomainName":              name,
		"DomainStatus":            d.Status(),
		"HttpsCname":              "",
		"ServerCertificateStatus": onOff(d.HTTPS),
	}
	if c, bound := s.Centre.Get(d.Bound); bound {
		detail["ServerCertificate"] = c.PEM
	}
	return s, answer(in.RequestID, object{"GetDomainDetailModel": detail})
}

func (in DescribeUserDomains) step(s State) (State, model.Output) {
	size, skip := page(in.PageNumber, in.PageSize, 20)
	domains, total := []object{}, 0
	for name, d := range s.Domains.All() {
		if d.Foreign {
			continue
		}
		if total >= skip && len(domains) < size {
			domains = append(domains, object{"DomainName": name, "DomainStatus": d.Status(), "SslProtocol": onOff(d.HTTPS)})
		}
		total++
	}
	return s, answer(in.RequestID, object{
		"PageNumber": max(in.PageNumber, 1), "PageSize": size, "TotalCount": total,
		"Domains": object{"PageData": domains},
	})
}

func (in ListTagResources) step(s State) (State, model.Output) {
	for _, domain := range in.ResourceIDs {
		if _, _, refusal := s.find(errcodes.ListTagResources, in.RequestID, domain); refusal != nil {
			return s, *refusal
		}
	}
	return s, answer(in.RequestID, object{"TagResources": object{"TagResource": []object{}}})
}

func (in ListUserCertificateOrder) step(s State) (State, model.Output) {
	size, skip := page(in.CurrentPage, in.ShowSize, 50)
	list, total := []object{}, 0
	for _, c := range s.Centre.Certificates.All() {
		if c.Source != centre.CAS {
			continue
		}
		if total >= skip && len(list) < size {
			list = append(list, object{
				"CertificateId": number(c), "Name": c.Name, "CommonName": c.Leaf.Name, "SerialNo": c.Leaf.Serial,
				"InstanceId": c.ID, "Status": strings.ToUpper(string(c.Status)), "CertStartTime": c.Leaf.NotBefore * 1000, "CertEndTime": c.Leaf.NotAfter * 1000,
			})
		}
		total++
	}
	return s, answer(in.RequestID, object{
		"CurrentPage": max(in.CurrentPage, 1), "ShowSize": size, "TotalCount": total,
		"CertificateOrderList": list,
	})
}

func (in GetUserCertificateDetail) step(s State) (State, model.Output) {
	c, refusal := s.numbered(errcodes.GetUserCertificateDetail, in.RequestID, in.CertID)
	if refusal != nil {
		return s, *refusal
	}
	return s, answer(in.RequestID, object{
		"Id": in.CertID, "Name": c.Name, "CertIdentifier": c.ID, "InstanceId": c.ID, "Cert": c.PEM,
		"Common": c.Leaf.Name, "Sans": c.Leaf.Names, "SerialNo": c.Leaf.Serial, "Sha2": c.Leaf.SHA256,
		"NotBefore": c.Leaf.NotBefore * 1000, "NotAfter": c.Leaf.NotAfter * 1000,
	})
}

func (in GetCertificateDetail) step(s State) (State, model.Output) {
	c, refusal := s.numbered(errcodes.GetCertificateDetail, in.RequestID, in.CertID)
	if refusal != nil {
		return s, *refusal
	}
	return s, answer(in.RequestID, object{
		"CertificateId": in.CertID, "CertIdentifier": c.ID, "Domain": c.Leaf.Names,
		"NotBefore": c.Leaf.NotBefore * 1000, "NotAfter": c.Leaf.NotAfter * 1000,
	})
}

// find returns a domain of the account by its name in any form.
func (s State) find(op errcodes.Operation, requestID, domain string) (name string, d Domain, refusal *model.Output) {
	subject := "the request" // what is no domain name is not repeated
	if name, err := validate.DomainName(domain); err == nil {
		if d, known := s.Domains.Get(name); known && !d.Foreign {
			return name, d, nil
		}
		subject = "domain " + name
	}
	o := model.Refuse(requestID, op.Table().Error(errcodes.CondDomainNotFound), subject)
	return "", Domain{}, &o
}

// numbered returns a certificate of the centre by its number.
func (s State) numbered(op errcodes.Operation, requestID string, n int) (centre.Certificate, *model.Output) {
	for _, name := range s.Centre.IDs.WithPrefix(strconv.Itoa(n) + "-") {
		c, _ := s.Centre.Get(name)
		return c, nil
	}
	o := model.Refuse(requestID, op.Table().Error(errcodes.CondCertificateNotFound), "certificate "+strconv.Itoa(n))
	return centre.Certificate{}, &o
}

// number returns the number that a certificate's id begins with, 0 if there is
// none.
func number(c centre.Certificate) int {
	digits, _, _ := strings.Cut(c.ID, "-")
	n, err := strconv.Atoi(digits)
	if err != nil {
		return 0
	}
	return n
}

// numberText is number as the CDN spells it: as text, empty if there is none.
func numberText(c centre.Certificate) string {
	if n := number(c); n != 0 {
		return strconv.Itoa(n)
	}
	return ""
}

// region is what joins the number of a certificate in its id.
func region(c centre.Certificate) string {
	if _, after, joined := strings.Cut(c.ID, "-"); joined {
		return after
	}
	return centre.Region
}

// page returns the size of a page, and how many items stand before it.
func page(number, size, standard int) (_, skip int) {
	if size <= 0 {
		size = standard
	}
	pages := max(number, 1) - 1
	if pages > math.MaxInt/size {
		return size, math.MaxInt
	}
	return size, pages * size
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

// timestamp returns a time as the CDN spells it, "" for none.
func timestamp(seconds int64) string {
	if seconds == 0 {
		return ""
	}
	return time.Unix(seconds, 0).UTC().Format(time.RFC3339)
}
