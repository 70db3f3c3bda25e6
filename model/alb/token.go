package alb

import (
	"strconv"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model"
)

// A tokenUse has the fields of a request that matter for its client token.
type tokenUse struct {
	operation                  errcodes.Operation
	token, requestID, listener string
	certificates, domains      []string
}

// name returns the token, and the RequestId for an absent one.
func (u tokenUse) name() string {
	if u.token == "" {
		return u.requestID
	}
	return u.token
}

// key returns the token's key in State.Tokens.
func (u tokenUse) key() string { return u.operation.ID() + " " + u.name() }

// parameters returns the values that must be equal in a repeated request: the
// listener, and the certificates and domains in their order.
func (u tokenUse) parameters() string {
	size := len(u.listener)
	for _, id := range u.certificates {
		size += len(id) + 1
	}
	for _, domain := range u.domains {
		size += len(domain) + 2
	}
	p := append(make([]byte, 0, size), u.listener...)
	for _, id := range u.certificates {
		p = append(append(p, ' '), id...)
	}
	for _, domain := range u.domains {
		p = append(append(p, " @"...), domain...)
	}
	return string(p)
}

// repeated answers a request whose token was used before. It returns nil for an
// unused token, and for a dry run of the same request.
func (r *request) repeated(use tokenUse, key string, dryRun bool) *model.Output {
	before, found := r.state.Tokens.Get(key)
	switch {
	case !found:
		return nil
	case before.Parameters != use.parameters():
		return r.stop(errcodes.CondTokenReused, "client token "+strconv.Quote(use.name()))
	case dryRun:
		return nil
	default:
		return &model.Output{RequestID: before.RequestID, JobID: before.JobID}
	}
}
