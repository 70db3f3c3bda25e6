package alb

import (
	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model"
)

// A change is a request that changes the additional certificates of a listener:
// what associating and dissociating have in common.
type change struct {
	request
	dryRun bool
	use    tokenUse
	key    string // of the token
}

func newChange(catalog errcodes.Table, s State, in AssociateAdditionalCertificatesWithListener) change {
	use := tokenUse{catalog.Operation.String(), in.ClientToken, in.RequestID, in.ListenerID, in.CertificateIDs}
	return change{
		request: request{catalog: catalog, requestID: in.RequestID, state: s, id: in.ListenerID},
		dryRun:  in.DryRun,
		use:     use,
		key:     use.key(),
	}
}

// open judges what comes before the certificates: the listener, the token, the
// listener's status. It returns the answer, or nil to go on.
func (c *change) open() *model.Output {
	if refusal := c.admit(); refusal != nil {
		return refusal
	}
	if answer := c.repeated(c.use, c.key, c.dryRun); answer != nil {
		return answer
	}
	return c.running()
}

// begin starts the job that changes the certificates, which have a status
// meanwhile, and uses the token up; a dry run ends before.
func (c *change) begin(status AssociationStatus) (State, model.Output) {
	if c.dryRun {
		return c.state, c.refuse(errcodes.CondDryRun, "the request")
	}
	s, job := c.state.startJob(c.requestID, Job{Operation: c.catalog.Operation.String(), Listener: c.id})
	s = s.begin(c.id, c.use.certificates, Association{status, job})
	s.Tokens = s.Tokens.Set(c.key, Token{c.use.parameters(), c.requestID, job})
	return s, model.Output{RequestID: c.requestID, JobID: job}
}
