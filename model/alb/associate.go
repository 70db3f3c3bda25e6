package alb

import (
	"errors"
	"strconv"
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/redact"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/validate"
)

// AssociateAdditionalCertificatesWithListener is the request, together with what
// it earns by itself. Make one with [Associate].
type AssociateAdditionalCertificatesWithListener struct {
	RequestID      string         `json:"requestId"`
	ListenerID     string         `json:"listenerId,omitempty"`
	CertificateIDs []string       `json:"certificateIds,omitzero"`
	ClientToken    string         `json:"clientToken,omitempty"` // absent: the RequestId serves
	DryRun         bool           `json:"dryRun,omitempty"`
	Verdict        errcodes.Error `json:"verdict,omitzero"` // its Code is empty if the request passes
}

// Associate judges a request once and returns it as an input of the machine. Of
// a request that is refused only the verdict is kept.
func Associate(requestID string, req *validate.ALBRequest) Input {
	if verdict := judge(req, validate.Options{}); verdict.Code != "" {
		return Input{AssociateAdditionalCertificatesWithListener{RequestID: requestID, Verdict: verdict}}
	}
	return Input{passed(requestID, req)}
}

// passed is what is kept of a request that passes.
func passed(requestID string, req *validate.ALBRequest) AssociateAdditionalCertificatesWithListener {
	return AssociateAdditionalCertificatesWithListener{
		RequestID:      requestID,
		ListenerID:     text(req.ListenerID),
		CertificateIDs: texts(req.CertificateIDs),
		ClientToken:    redact.Name(req.ClientToken),
		DryRun:         req.DryRun,
	}
}

func texts(parameters []string) []string {
	kept := append([]string(nil), parameters...)
	for i := range kept {
		kept[i] = text(kept[i])
	}
	return kept
}

// judge returns what a request earns by itself. The machine looks certificates
// up in its own state, so validate is given no look-up.
func judge(req *validate.ALBRequest, opts validate.Options) errcodes.Error {
	v, refused := errors.AsType[*errcodes.Error](validate.Verdict(req, opts))
	if !refused {
		return errcodes.Error{}
	}
	return *v
}

// text returns a parameter that is not judged but for its absence: as JSON keeps
// it, so that an input and its journal are the same, and without a private key
// that was given in the wrong place, since answers repeat it.
func text(parameter string) string {
	return strings.ToValidUTF8(redact.Text(parameter), "\uFFFD")
}

// graded returns the verdict with the evidence that the rule has in another table
// of the same operation: requests are judged by the original one.
func graded(verdict errcodes.Error, catalog errcodes.Table) errcodes.Error {
	row, known := catalog.Row(verdict.Condition)
	if known {
		verdict.Evidence, verdict.Source, verdict.Origin = catalog.Evidence(verdict.Condition), catalog.Source(verdict.Condition), row.Origin
	}
	return verdict
}

func (in AssociateAdditionalCertificatesWithListener) step(catalog errcodes.Table, s State) (State, model.Output) {
	if in.Verdict.Code != "" {
		return s, model.Refuse(in.RequestID, graded(in.Verdict, catalog), "the request")
	}
	c := newChange(catalog, s, in)
	if over := c.open(); over != nil {
		return s, *over
	}
	if c.listener.Default == "" {
		return s, c.refuse(errcodes.CondDefaultCertificateMissing, "listener "+in.ListenerID)
	}
	for i, id := range in.CertificateIDs {
		if cond := c.judgeCertificate(id); cond != 0 {
			return s, c.refuseCertificate(cond, i, id)
		}
	}
	l, lb := c.listener, c.loadBalancer
	if lb.Associations+len(in.CertificateIDs) > lb.Limit() {
		return s, c.refuse(errcodes.CondQuotaExceeded, "load balancer "+l.LoadBalancer,
			lb.QuotaName(), l.LoadBalancer, strconv.Itoa(lb.Associations), strconv.Itoa(lb.Limit()))
	}
	return c.begin(Associating)
}
