package cas

import (
	"cmp"
	"strconv"
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/internal/reply"
	"github.com/alicert/alicert/model/table"
)

// Reads change nothing. Their answers have the members that clients read. Region is the
// region whose center is read; empty means [Region].
type (
	// ListUserCertificateOrder lists certificates in the order of their names, in pages
	// of ShowSize (default 50). CurrentPage counts from 1.
	//
	// OrderType CERT lists all certificates, UPLOAD those that were uploaded, CPACK (the
	// default) those that were bought. Of any other type there are none. An empty Status
	// means all of CPACK, and the valid ones of CERT and UPLOAD: what is expired at the
	// time of the input or revoked is not listed, but its name stays taken. Keyword is a
	// part of a name, of a domain or of the instance's id, for which all certificates are
	// read.
	ListUserCertificateOrder struct {
		RequestID   string `json:"requestId"`
		Region      string `json:"region,omitempty"`
		CurrentPage int    `json:"currentPage,omitempty"`
		ShowSize    int    `json:"showSize,omitempty"`
		OrderType   string `json:"orderType,omitempty"`
		Status      string `json:"status,omitempty"` // such as ISSUED, WILLEXPIRED or EXPIRED
		Keyword     string `json:"keyword,omitempty"`
	}
	// GetUserCertificateDetail returns a certificate by its number, with its public
	// text. Its private key is no part of a state: [WithKey] adds it to an answer.
	GetUserCertificateDetail struct {
		RequestID  string `json:"requestId"`
		Region     string `json:"region,omitempty"`
		CertID     int    `json:"certId"`
		CertFilter bool   `json:"certFilter,omitempty"` // the private key is not wanted
	}
	// ListCertificates lists all certificates, whatever their status, in the order of
	// their names, in pages of ShowSize (default 50). CurrentPage counts from 1.
	ListCertificates struct {
		RequestID   string `json:"requestId"`
		Region      string `json:"region,omitempty"`
		CurrentPage int    `json:"currentPage,omitempty"`
		ShowSize    int    `json:"showSize,omitempty"`
	}
	// ListContact lists the account's contacts for messages about certificates. The
	// model has one contact, which is made up.
	ListContact struct {
		RequestID   string `json:"requestId"`
		CurrentPage int    `json:"currentPage,omitempty"`
		ShowSize    int    `json:"showSize,omitempty"`
	}
	// GetCertificateDetail returns names and validity of a certificate by its number.
	GetCertificateDetail struct {
		RequestID string `json:"requestId"`
		Region    string `json:"region,omitempty"`
		CertID    int    `json:"certId" wire:"CertificateId"`
	}
)

// The answers. Times are in Unix milliseconds, dates in UTC. The ids of instances and
// orders are made up; everything else is from the certificate.
type (
	certificateOrders struct {
		reply.Head
		CertificateOrderList []certificateOrder
		CurrentPage          int
		ShowSize             int
		TotalCount           int
	}
	certificateOrder struct {
		CertEndTime     int64
		CertStartTime   int64
		CertificateID   int `json:"CertificateId" xml:"CertificateId"`
		City            string
		CommonName      string
		Country         string
		Domain          string
		EndDate         string
		Expired         bool
		Fingerprint     string
		InstanceID      string `json:"InstanceId" xml:"InstanceId"`
		Issuer          string
		Name            string
		OrderID         int `json:"OrderId" xml:"OrderId"`
		OrgName         string
		Province        string
		ResourceGroupID string `json:"ResourceGroupId" xml:"ResourceGroupId"`
		Sans            string
		SerialNo        string
		Sha2            string
		StartDate       string
		Status          string
		Upload          bool
	}
	userCertificateDetail struct {
		reply.Head
		Algorithm       string
		BuyInAliyun     bool
		Cert            string
		CertChain       []chainLink
		CertIdentifier  string
		CertSha2        string
		City            string
		Common          string
		Country         string
		EndDate         string
		Expired         bool
		Fingerprint     string
		ID              int    `json:"Id" xml:"Id"`
		InstanceID      string `json:"InstanceId" xml:"InstanceId"`
		Issuer          string
		Key             string `json:",omitempty" xml:",omitempty"` // see WithKey
		Name            string
		NotAfter        int64
		NotBefore       int64
		OrderID         int `json:"OrderId" xml:"OrderId"`
		OrgName         string
		Province        string
		ResourceGroupID string `json:"ResourceGroupId" xml:"ResourceGroupId"`
		Sans            string
		SerialNo        string
		Sha2            string
		StartDate       string
		Tags            []struct{}
	}
	certificateList struct {
		reply.Head
		CertificateList []certificateItem
		CurrentPage     int
		ShowSize        int
		TotalCount      int
	}
	certificateItem struct {
		CertificateID    int `json:"CertificateId" xml:"CertificateId"`
		CertificateName  string
		Domain           string
		InstanceID       string `json:"InstanceId" xml:"InstanceId"`
		NotAfter         int64
		NotBefore        int64
		UsingProductList []string // CDN and ALB, if one of their resources uses it
	}
	contactList struct {
		reply.Head
		ContactList []contact
		CurrentPage int
		ShowSize    int
		TotalCount  int
	}
	contact struct {
		ContactID int `json:"ContactId" xml:"ContactId"`
		Email     string
		Mobile    string
		Name      string
	}
	certificateDetail struct {
		reply.Head
		CertIdentifier string
		CertificateID  int `json:"CertificateId" xml:"CertificateId"`
		Domain         string
		NotAfter       int64
		NotBefore      int64
	}
)

func (in ListUserCertificateOrder) step(at int64, s State) (State, model.Output) {
	size, skip := reply.Page(in.CurrentPage, in.ShowSize, 50)
	a := certificateOrders{Head: reply.To(in.RequestID), CurrentPage: max(in.CurrentPage, 1), ShowSize: size}
	describe := func(_ string, c Certificate) certificateOrder { return orderOf(at, &c) }
	certificates := s.Certificates.Where(in.filter(at))
	if in.Keyword == "" {
		a.CertificateOrderList, a.TotalCount = reply.Items(certificates, skip, size, describe), certificates.Len()
		return s, reply.Answer(in.RequestID, &a)
	}
	a.CertificateOrderList = []certificateOrder{}
	for name, c := range certificates.Skip(0) { // a text is looked for in all of them
		if !in.listsText(&c) {
			continue
		}
		if a.TotalCount >= skip && len(a.CertificateOrderList) < size {
			a.CertificateOrderList = append(a.CertificateOrderList, describe(name, c))
		}
		a.TotalCount++
	}
	return s, reply.Answer(in.RequestID, &a)
}

func (in *ListUserCertificateOrder) listsText(c *Certificate) bool {
	keyword := strings.ToLower(in.Keyword)
	for _, text := range []string{c.Name, c.Leaf.Name, c.Leaf.Names, c.resourceID()} {
		if strings.Contains(strings.ToLower(text), keyword) {
			return true
		}
	}
	return false
}

// resourceID is the id of the certificate as a resource or instance.
func (c *Certificate) resourceID() string {
	if c.Bought {
		return "cas-buy-" + strconv.Itoa(c.Number())
	}
	return "cas-upload-" + strconv.Itoa(c.Number())
}

// orderID is the number of the order of a certificate that was bought.
func (c *Certificate) orderID() int {
	if c.Bought {
		return c.Number()
	}
	return 0
}

// serial returns the serial number of the leaf with an even number of digits.
func (c *Certificate) serial() string {
	if len(c.Leaf.Serial)%2 == 1 {
		return "0" + c.Leaf.Serial
	}
	return c.Leaf.Serial
}

func orderOf(at int64, c *Certificate) certificateOrder {
	public := parse(at, c.PEM)
	return certificateOrder{
		CertEndTime: c.Leaf.NotAfter * 1000, CertStartTime: c.Leaf.NotBefore * 1000, CertificateID: c.Number(), City: public.city,
		CommonName: c.Leaf.Name, Country: public.country, Domain: cmp.Or(c.Leaf.Names, c.Leaf.Name), EndDate: date(c.Leaf.NotAfter), Expired: c.expiredAt(at),
		Fingerprint: public.fingerprint, InstanceID: c.resourceID(), Issuer: public.issuer, Name: c.Name, OrderID: c.orderID(),
		OrgName: public.organization, Province: public.province, Sans: c.Leaf.Names, SerialNo: c.serial(), Sha2: c.Leaf.SHA256,
		StartDate: date(c.Leaf.NotBefore), Status: c.statusAt(at), Upload: !c.Bought,
	}
}

func (in GetUserCertificateDetail) step(at int64, s State) (State, model.Output) {
	c, found := s.ByNumber(in.CertID, in.Region)
	if !found {
		return s, s.noNumber(errcodes.GetUserCertificateDetail, in.RequestID, in.CertID)
	}
	public := parse(at, c.PEM)
	return s, reply.Answer(in.RequestID, &userCertificateDetail{
		Head: reply.To(in.RequestID), Algorithm: public.algorithm, BuyInAliyun: c.Bought, Cert: c.PEM, CertChain: public.chain,
		CertIdentifier: c.ID, CertSha2: c.Leaf.SHA256, City: public.city, Common: c.Leaf.Name, Country: public.country,
		EndDate: date(c.Leaf.NotAfter), Expired: c.expiredAt(at), Fingerprint: public.fingerprint, ID: in.CertID,
		InstanceID: c.resourceID(), Issuer: public.issuer, Name: c.Name, NotAfter: c.Leaf.NotAfter * 1000,
		NotBefore: c.Leaf.NotBefore * 1000, OrderID: c.orderID(), OrgName: public.organization, Province: public.province,
		Sans: c.Leaf.Names, SerialNo: c.serial(), Sha2: c.Leaf.SHA256, StartDate: date(c.Leaf.NotBefore), Tags: []struct{}{},
	})
}

// WithKey returns a copy of the answer of GetUserCertificateDetail with a private key.
// It returns any other body unchanged. The copy is for the wire alone: do not print it.
func WithKey(body any, key string) any {
	detail, ok := body.(*userCertificateDetail)
	if !ok {
		return body
	}
	with := *detail
	with.Key = key
	return &with
}

func (in ListCertificates) step(_ int64, s State) (State, model.Output) {
	size, skip := reply.Page(in.CurrentPage, in.ShowSize, 50)
	certificates := s.Certificates.Where(table.Filter{Groups: groups(func(g group) bool { return g.in(in.Region) })})
	a := certificateList{Head: reply.To(in.RequestID), CurrentPage: max(in.CurrentPage, 1), ShowSize: size, TotalCount: certificates.Len()}
	a.CertificateList = reply.Items(certificates, skip, size, func(_ string, c Certificate) certificateItem {
		return certificateItem{
			CertificateID: c.Number(), CertificateName: c.Name, Domain: cmp.Or(c.Leaf.Names, c.Leaf.Name), InstanceID: c.resourceID(),
			NotAfter: c.Leaf.NotAfter * 1000, NotBefore: c.Leaf.NotBefore * 1000, UsingProductList: c.products(),
		}
	})
	return s, reply.Answer(in.RequestID, &a)
}

// products returns the products whose resources use the certificate.
func (c *Certificate) products() []string {
	products := []string{}
	if c.Domains > 0 {
		products = append(products, "CDN")
	}
	if c.Listeners > 0 {
		products = append(products, "ALB")
	}
	return products
}

func (in ListContact) step(_ int64, s State) (State, model.Output) {
	size, skip := reply.Page(in.CurrentPage, in.ShowSize, 50)
	a := contactList{Head: reply.To(in.RequestID), ContactList: []contact{}, CurrentPage: max(in.CurrentPage, 1), ShowSize: size, TotalCount: 1}
	if skip == 0 {
		a.ContactList = append(a.ContactList, contact{ContactID: 1, Email: "demo@example.com", Mobile: "13800000000", Name: "demo"})
	}
	return s, reply.Answer(in.RequestID, &a)
}

func (in GetCertificateDetail) step(_ int64, s State) (State, model.Output) {
	c, found := s.ByNumber(in.CertID, in.Region)
	if !found {
		return s, s.noNumber(errcodes.GetCertificateDetail, in.RequestID, in.CertID)
	}
	return s, reply.Answer(in.RequestID, &certificateDetail{
		Head: reply.To(in.RequestID), CertIdentifier: c.ID, CertificateID: in.CertID, Domain: c.Leaf.Names,
		NotAfter: c.Leaf.NotAfter * 1000, NotBefore: c.Leaf.NotBefore * 1000,
	})
}

func (s State) noNumber(op errcodes.Operation, requestID string, n int) model.Output {
	if n == 0 {
		return s.refuse(op, requestID, errcodes.CondParameterMissing, "the request")
	}
	return s.refuse(op, requestID, errcodes.CondCertificateNotFound, "certificate "+strconv.Itoa(n))
}
