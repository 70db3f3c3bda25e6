package fakecloud

import (
	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/account"
	"github.com/alicert/alicert/model/alb"
)

// changed reports whether an answer may have come with a change of the state.
func changed(in account.Input, out model.Output) bool {
	return in.Kind() != model.Read && (out.OK() || out.Error.Condition == errcodes.CondSetNotEffective)
}

// jobOf returns the job that an input has begun or ended.
func jobOf(in account.Input, out model.Output) string {
	switch a := in.Action.(type) {
	case alb.JobFinished:
		return a.Job
	case alb.JobFailed:
		return a.Job
	default:
		return out.JobID
	}
}
