package fakecloud

import (
	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model"
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
