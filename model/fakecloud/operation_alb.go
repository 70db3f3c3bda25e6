package fakecloud

import (
	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/validate"
)

// changesListener returns an operation that changes the additional certificates of a
// listener.
func changesListener(op errcodes.Operation, r rate) operation {
	return operation{name: op.String(), product: products["Alb"], arrays: []string{"Certificates"}, rate: r, input: func(c *call) model.Action {
		return alb.Change(c.requestID, parse[*validate.ALBRequest](c, op)).Action
	}}
}
