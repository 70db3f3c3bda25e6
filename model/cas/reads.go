package cas

import (
	"strconv"
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/internal/reply"
)

// Reads change nothing. Their answers have the members that clients read.
type (
	// ListUserCertificateOrder lists the certificates of the center in pages of
	// ShowSize (default 50). CurrentPage counts from 1.
	ListUserCertificateOrder struct {
		RequestID   string `json:"requestId"`
		CurrentPage int    `json:"currentPage,omitempty"`
		ShowSize    int    `json:"showSize,omitempty"`
	}
	// GetUserCertificateDetail returns a certificate of the center by its number,
	// with its public text.
	GetUserCertificateDetail struct {
		RequestID string `json:"requestId"`
		CertID    int    `json:"certId"`
	}
	// GetCertificateDetail returns names and validity of a certificate of the center
	// by its number.
	GetCertificateDetail struct {
		RequestID string `json:"requestId"`
		CertID    int    `json:"certId" wire:"CertificateId"`
	}
)

// The answers. Times are in Unix milliseconds.
type (
	certificateOrders struct {
		reply.Head
		CertificateOrderList []certificateOrder
		CurrentPage          int
		ShowSize             int
		TotalCount           int
	}
	certificateOrder struct {
		CertEndTime   int64
		CertStartTime int64
		CertificateID int `json:"CertificateId" xml:"CertificateId"`
		CommonName    string
		InstanceID    string `json:"InstanceId" xml:"InstanceId"`
		Name          string
		SerialNo      string
		Status        string
	}
	userCertificateDetail struct {
		reply.Head
		Cert           string
		CertIdentifier string
		Common         string
		ID             int    `json:"Id" xml:"Id"`
		InstanceID     string `json:"InstanceId" xml:"InstanceId"`
		Name           string
		NotAfter       int64
		NotBefore      int64
		Sans           string
		SerialNo       string
		Sha2           string
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

func (in ListUserCertificateOrder) step(s State) (State, model.Output) {
	size, skip := reply.Page(in.CurrentPage, in.ShowSize, 50)
	a := certificateOrders{
		Head: reply.To(in.RequestID), CertificateOrderList: []certificateOrder{}, CurrentPage: max(in.CurrentPage, 1), ShowSize: size,
	}
	for _, c := range s.Certificates.All() {
		if c.Source != FromCAS {
			continue
		}
		if a.TotalCount >= skip && len(a.CertificateOrderList) < size {
			a.CertificateOrderList = append(a.CertificateOrderList, certificateOrder{
				CertEndTime: c.Leaf.NotAfter * 1000, CertStartTime: c.Leaf.NotBefore * 1000, CertificateID: c.Number(), CommonName: c.Leaf.Name,
				InstanceID: c.ID, Name: c.Name, SerialNo: c.Leaf.Serial, Status: strings.ToUpper(string(c.Status)),
			})
		}
		a.TotalCount++
	}
	return s, reply.Answer(in.RequestID, &a)
}

func (in GetUserCertificateDetail) step(s State) (State, model.Output) {
	c, found := s.byNumber(in.CertID)
	if !found {
		return s, noNumber(errcodes.GetUserCertificateDetail, in.RequestID, in.CertID)
	}
	return s, reply.Answer(in.RequestID, &userCertificateDetail{
		Head: reply.To(in.RequestID), Cert: c.PEM, CertIdentifier: c.ID, Common: c.Leaf.Name, ID: in.CertID, InstanceID: c.ID, Name: c.Name,
		NotAfter: c.Leaf.NotAfter * 1000, NotBefore: c.Leaf.NotBefore * 1000, Sans: c.Leaf.Names, SerialNo: c.Leaf.Serial, Sha2: c.Leaf.SHA256,
	})
}

func (in GetCertificateDetail) step(s State) (State, model.Output) {
	c, found := s.byNumber(in.CertID)
	if !found {
		return s, noNumber(errcodes.GetCertificateDetail, in.RequestID, in.CertID)
	}
	return s, reply.Answer(in.RequestID, &certificateDetail{
		Head: reply.To(in.RequestID), CertIdentifier: c.ID, CertificateID: in.CertID, Domain: c.Leaf.Names,
		NotAfter: c.Leaf.NotAfter * 1000, NotBefore: c.Leaf.NotBefore * 1000,
	})
}

// byNumber returns a certificate of the center by its number.
func (s State) byNumber(n int) (c Certificate, found bool) {
	for _, name := range s.IDs.WithPrefix(strconv.Itoa(n) + "-") {
		return s.Get(name)
	}
	return c, false
}

func noNumber(op errcodes.Operation, requestID string, n int) model.Output {
	return reply.Refuse(requestID, op.Table().Error(errcodes.CondCertificateNotFound), "certificate "+strconv.Itoa(n))
}
