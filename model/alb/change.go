package alb

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/redact"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/internal/reply"
	"github.com/alicert/alicert/validate"
)

// ChangeCertificates is a request that changes the certificates of a listener, together
// with its verdict: it associates additional certificates, dissociates them, or, as
// UpdateListenerAttribute of NLB, sets the default one. Make one with [Change].
type ChangeCertificates struct {
	Operation      errcodes.Operation `json:"-"` // JSON has it as the name of the action; 0: AssociateAdditionalCertificatesWithListener
	RequestID      string             `json:"requestId"`
	ListenerID     string             `json:"listenerId,omitempty"`
	CertificateIDs []string           `json:"certificateIds,omitzero"`
	ClientToken    string             `json:"clientToken,omitempty"` // absent: the RequestId serves
	DryRun         bool               `json:"dryRun,omitempty"`
	Verdict        errcodes.Error     `json:"verdict,omitzero"` // its Code is empty if the request passes
}

const (
	associate  = errcodes.AssociateAdditionalCertificatesWithListener
	dissociate = errcodes.DissociateAdditionalCertificatesFromListener
)

// Change checks a request once and returns it as an input of the machine. A refused
// request keeps only its verdict. The check looks up no certificates, because the
// machine does so in its state.
func Change(requestID string, req *validate.ALBRequest) Input {
	in := ChangeCertificates{Operation: req.Operation(), RequestID: requestID}
	var opts validate.Options
	if t := in.Operation.Table(); t.Rank(errcodes.CondCertificateRepeated) > t.Rank(errcodes.CondListenerNotFound) { // the machine checks it together with the certificates
		opts.Skip = []errcodes.Condition{errcodes.CondCertificateRepeated}
	}
	if in.Verdict = validate.Summarize(req, opts).Verdict; in.Verdict.Code != "" {
		return Input{Action: in}
	}
	in.ListenerID, in.CertificateIDs = text(req.ListenerID), append([]string(nil), req.CertificateIDs...)
	for i := range in.CertificateIDs {
		in.CertificateIDs[i] = text(in.CertificateIDs[i])
	}
	in.ClientToken, in.DryRun = redact.Name(req.ClientToken), req.DryRun
	return Input{Action: in}
}

// text returns a parameter in valid UTF-8, so that an input is the same after JSON,
// and without a private key that was given by mistake, because answers repeat
// parameters.
func text(parameter string) string {
	return strings.ToValidUTF8(redact.Text(parameter), "\uFFFD")
}

// OperationName returns the operation's ID.
func (in ChangeCertificates) OperationName() string { return cmp.Or(in.Operation, associate).ID() }

// Kind implements [model.Action].
func (ChangeCertificates) Kind() model.Kind { return model.Request }

// About returns the listener.
func (in ChangeCertificates) About() model.Resource { return listener(in.ListenerID) }

// meanwhile is the status of the certificates while the job is processing. It is empty for
// an operation that sets the default certificate. The conditions of the operation tell
// what it does.
func (in *ChangeCertificates) meanwhile() AssociationStatus {
	switch t := cmp.Or(in.Operation, associate).Table(); {
	case t.Has(errcodes.CondCertificateNotAssociated):
		return Dissociating
	case t.Has(errcodes.CondCertificatesMissing):
		return Associating
	default:
		return notAssociated
	}
}

func (in ChangeCertificates) step(c clock, s State) (State, model.Output) {
	in.Operation = cmp.Or(in.Operation, associate)
	table := errcodes.Table{Operation: in.Operation, Version: c.version}.Resolve()
	if in.Verdict.Code != "" {
		verdict := in.Verdict
		if table != in.Operation.Table() {
			verdict = inTable(verdict, table)
		}
		return s, reply.Refuse(in.RequestID, verdict, "the request")
	}
	r := request{table: table, at: c.at, requestID: in.RequestID, state: s, id: in.ListenerID}
	if refusal := r.admit(); refusal != nil {
		return s, *refusal
	}
	if refusal := r.takesCertificates(); refusal != nil {
		return s, *refusal
	}
	use := tokenUse{in.Operation, in.ClientToken, in.RequestID, in.ListenerID, in.CertificateIDs}
	key := use.key()
	if answer := r.repeated(use, key, in.DryRun); answer != nil {
		return s, *answer
	}
	if refusal := r.running(); refusal != nil {
		return s, *refusal
	}
	ids, meanwhile := in.CertificateIDs, in.meanwhile()
	if meanwhile != Dissociating { // which does not take bare numbers
		ids = r.state.full(ids, r.loadBalancer.Region)
	}
	if refusal, refused := r.refuses(meanwhile, in.CertificateIDs, ids); refused {
		return s, refusal
	}
	if in.DryRun {
		return s, r.refuse(errcodes.CondDryRun, "the request")
	}
	change := Job{Operation: in.Operation.ID(), Listener: in.ListenerID, Token: key}
	if meanwhile == notAssociated {
		change.Default = ids[0]
	}
	s, job := s.startJob(c.at, in.RequestID, change)
	if meanwhile != notAssociated {
		s = s.begin(in.ListenerID, ids, Association{meanwhile, job})
	}
	s.Tokens = s.Tokens.Set(key, Token{Parameters: use.parameters(), RequestID: in.RequestID, JobID: job})
	return s, model.Output{RequestID: in.RequestID, JobID: job}
}

// inTable returns a verdict with the evidence, source and origin of another version of the
// operation's table.
func inTable(verdict errcodes.Error, table errcodes.Table) errcodes.Error {
	if row, known := table.Row(verdict.Condition); known {
		verdict.Evidence, verdict.Source, verdict.Origin = table.Evidence(verdict.Condition), table.Source(verdict.Condition).String(), row.Origin
	}
	return verdict
}

// refuses checks the certificates of the request: their ids as they were given and in
// full. refused is false if there is no obstacle.
func (r *request) refuses(meanwhile AssociationStatus, given, ids []string) (o model.Output, refused bool) {
	switch meanwhile {
	case Dissociating:
		return r.refusesDissociation(ids)
	case Associating:
		return r.refusesAssociation(given, ids)
	default:
		if cond := r.refusesDefault(ids[0]); cond != 0 {
			return r.refuseCertificate(cond, 0, given[0]), true
		}
		return o, false
	}
}

// refusesAssociation checks the certificates that are to be associated, then the
// quota.
func (r *request) refusesAssociation(given, ids []string) (o model.Output, refused bool) {
	if r.listener.Default == "" && r.table.Has(errcodes.CondDefaultCertificateMissing) {
		return r.refuse(errcodes.CondDefaultCertificateMissing, "listener "+r.id), true
	}
	for i, id := range ids {
		if slices.Contains(ids[:i], id) { // once in full and once as a bare number
			return r.refuseCertificate(errcodes.CondCertificateRepeated, i, given[i]), true
		}
		if cond := r.refusesCertificate(id); cond != 0 {
			return r.refuseCertificate(cond, i, given[i]), true
		}
	}
	lb := r.loadBalancer
	if lb.Associations+len(ids) > lb.Limit() {
		name := r.listener.LoadBalancer
		return r.refuse(errcodes.CondQuotaExceeded, "load balancer "+name,
			lb.QuotaName(), name, strconv.Itoa(lb.Associations), strconv.Itoa(lb.Limit())), true
	}
	return o, false
}

// refusesDissociation checks the certificates that are to be dissociated.
func (r *request) refusesDissociation(ids []string) (o model.Output, refused bool) {
	for i, id := range ids {
		a, _ := r.state.Associations.Get(associationKey(r.id, id))
		switch {
		case id == r.listener.Default:
			return r.refuseCertificate(errcodes.CondCertificateIsDefault, i, id), true
		case a.Status != Associated:
			return r.refuseCertificate(errcodes.CondCertificateNotAssociated, i, id), true
		case slices.Contains(ids[:i], id):
			return r.refuseCertificate(errcodes.CondCertificateRepeated, i, id), true
		}
	}
	return o, false
}
