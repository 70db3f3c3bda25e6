package fakecloud

import (
	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/validate"
)

// parse reads the request of a call. R is the request type of the operation.
func parse[R validate.Request](c *call, op errcodes.Operation) R {
	req, _ := validate.Parse(op, c.values)
	return req.(R)
}

// setCertificate returns the input function of an operation that sets the certificate of
// a domain.
func setCertificate(op errcodes.Operation) func(*call) model.Action {
	return func(c *call) model.Action {
		return cdn.Set(c.requestID, parse[*validate.CDNRequest](c, op), c.validate).Action
	}
}

func uploadUserCertificate(c *call) model.Action {
	return cas.Upload(c.requestID, parse[*validate.CASRequest](c, errcodes.UploadUserCertificate), c.validate).Action
}

func listUserCertificateOrder(c *call) model.Action {
	return cas.ListUserCertificateOrder{
		RequestID: c.requestID, CurrentPage: c.number("CurrentPage"), ShowSize: c.number("ShowSize"),
	}
}

func getUserCertificateDetail(c *call) model.Action {
	return cas.GetUserCertificateDetail{RequestID: c.requestID, CertID: c.number("CertId")}
}

func getCertificateDetail(c *call) model.Action {
	return cas.GetCertificateDetail{RequestID: c.requestID, CertID: c.number("CertificateId")}
}
