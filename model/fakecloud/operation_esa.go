package fakecloud

import (
	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/esa"
	"github.com/alicert/alicert/validate"
)

// setSiteCertificate builds the action of a call that gives a site a certificate.
func setSiteCertificate(c *call) model.Action {
	return esa.Set(c.requestID, parse[*validate.CDNRequest](c, errcodes.SetCertificate), c.validate).Action
}
