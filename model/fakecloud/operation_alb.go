package fakecloud

import (
	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/validate"
)

// changesListener returns an operation that changes the certificates of a listener and
// nothing else.
func changesListener(op errcodes.Operation, r rate) operation {
	arrays := []string{op.Parameter(errcodes.FieldCertificates)}
	return operation{name: op.String(), product: products[op.Product()], arrays: arrays, rate: r, input: func(c *call) model.Action {
		return alb.Change(c.requestID, parse[*validate.ALBRequest](c, op)).Action
	}}
}
