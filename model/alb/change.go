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
// with its verdict: it associates additional certificates, updates or dissociates them, or,
// as UpdateListenerAttribute of NLB and UpdateListener of GA, sets the default one. Make one with [Change].
type ChangeCertificates struct {
	Operation      errcodes.Operation `json:"-"` // JSON has it as the name of the action; 0: AssociateAdditionalCertificatesWithListener
	RequestID      string             `json:"requestId"`
	ListenerID     string             `json:"listenerId,omitempty"`
	CertificateIDs []string           `json:"certificateIds,omitzero"`
	Domains        []string           `json:"domains,omitzero"`         // of GA, in lower-case ASCII form
	LoadBalancerID string             `json:"loadBalancerId,omitempty"` // the accelerator of GA
	ClientToken    string             `json:"clientToken,omitempty"`    // absent: the RequestId serves
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
	for _, domain := range req.Domains {
		ascii, _ := validate.DomainName(domain) // it has passed
		in.Domains = append(in.Domains, ascii)
	}
	if in.Operation.Parameter(errcodes.FieldDomainName) == "" {
		in.Domains = nil
	} else {
		in.LoadBalancerID = text(req.LoadBalancerID)
		if in.Operation.Parameter(errcodes.FieldCertificates) == "" { // it takes one of each
			in.Domains, in.CertificateIDs = in.Domains[:1], in.CertificateIDs[:1]
		}
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
	case t.Has(errcodes.CondCertificateNotAssociated), t.Has(errcodes.CondDomainExtensionNotFound) && !t.Has(errcodes.CondCertificateNotFound):
		return Dissociating
	case t.Has(errcodes.CondDomainExtensionNotFound):
		return Updating
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
	dryRun := in.DryRun && table.Has(errcodes.CondDryRun)
	r := request{table: table, at: c.at, requestID: in.RequestID, state: s, id: in.ListenerID, balancer: in.LoadBalancerID}
	if refusal := r.admit(); refusal != nil {
		return s, *refusal
	}
	if refusal := r.takesCertificates(); refusal != nil {
		return s, *refusal
	}
	use := tokenUse{in.Operation, in.ClientToken, in.RequestID, in.ListenerID, in.CertificateIDs, in.Domains}
	key := use.key()
	if answer := r.repeated(use, key, dryRun); answer != nil {
		if answer.OK() {
			in.fill(answer)
		}
		return s, *answer
	}
	if refusal := r.running(); refusal != nil {
		return s, *refusal
	}
	meanwhile := in.meanwhile()
	change := in.change(&r, meanwhile)
	if refusal, refused := r.refuses(meanwhile, change); refused {
		return s, refusal
	}
	if dryRun {
		return s, r.refuse(errcodes.CondDryRun, "the request")
	}
	j := Job{Operation: in.Operation.ID(), Listener: in.ListenerID, Token: key}
	if meanwhile == notAssociated {
		j.Default = at(change.certificates, 0)
	}
	s, job := s.startJob(c.at, in.RequestID, j)
	if meanwhile != notAssociated {
		s = s.begin(in.ListenerID, change, Association{Status: meanwhile, Job: job})
	}
	s.Tokens = s.Tokens.Set(key, Token{Parameters: use.parameters(), RequestID: in.RequestID, JobID: job})
	output := model.Output{RequestID: in.RequestID, JobID: job}
	in.fill(&output)
	return s, output
}

// A change is what a request does to the associations of a listener. What is associated are
// domains of GA, and elsewhere the certificates themselves.
type change struct {
	given        []string // certificates, as they were given
	certificates []string // in full
	associated   []string
	byDomain     bool
}

func (in *ChangeCertificates) change(r *request, meanwhile AssociationStatus) change {
	c := change{given: in.CertificateIDs, certificates: in.CertificateIDs}
	if meanwhile != Dissociating { // which does not take bare numbers
		c.certificates = r.state.full(c.certificates, r.loadBalancer.Region)
	}
	c.associated = c.certificates
	if in.Operation.Parameter(errcodes.FieldDomainName) != "" {
		c.associated, c.byDomain = in.Domains, true
	}
	return c
}

// at returns an element of a list that may be shorter.
func at(list []string, i int) string {
	if i < len(list) {
		return list[i]
	}
	return ""
}

// listenerChanged is the answer of GA, which has no jobs. Two of the operations answer with
// the listener.
type listenerChanged struct {
	reply.Head
	ListenerID string `json:"ListenerId,omitempty" xml:"ListenerId,omitempty"`
}

// fill gives a successful output the answer of GA, which names no job.
func (in *ChangeCertificates) fill(o *model.Output) {
	if productOf(in.Operation) != GA {
		return
	}
	o.JobID = ""
	body := listenerChanged{Head: reply.To(o.RequestID)}
	if meanwhile := in.meanwhile(); meanwhile == Associating || meanwhile == Updating {
		body.ListenerID = in.ListenerID
	}
	o.Body = &body
}

// inTable returns a verdict with the evidence, source and origin of another version of the
// operation's table.
func inTable(verdict errcodes.Error, table errcodes.Table) errcodes.Error {
	if row, known := table.Row(verdict.Condition); known {
		verdict.Evidence, verdict.Source, verdict.Origin = table.Evidence(verdict.Condition), table.Source(verdict.Condition).String(), row.Origin
	}
	return verdict
}

// refuses checks the certificates of the request. refused is false if there is no obstacle.
func (r *request) refuses(meanwhile AssociationStatus, c change) (o model.Output, refused bool) {
	switch meanwhile {
	case Dissociating:
		return r.refusesDissociation(c.associated)
	case Updating:
		return r.refusesUpdate(c)
	case Associating:
		return r.refusesAssociation(c)
	default:
		if cond := r.refusesDefault(at(c.certificates, 0)); cond != 0 {
			return r.refuseCertificate(cond, 0, at(c.given, 0)), true
		}
		return o, false
	}
}

// refusesAssociation checks the certificates that are to be associated, then the
// quota.
func (r *request) refusesAssociation(c change) (o model.Output, refused bool) {
	if r.listener.Default == "" && r.table.Has(errcodes.CondDefaultCertificateMissing) {
		return r.refuse(errcodes.CondDefaultCertificateMissing, "listener "+r.id), true
	}
	for i, associated := range c.associated {
		if slices.Contains(c.associated[:i], associated) { // once in full and once as a bare number
			return r.refuseCertificate(errcodes.CondCertificateRepeated, i, at(c.given, i)), true
		}
		switch cond := r.refusesCertificate(at(c.certificates, i), associated); cond {
		case 0:
		case errcodes.CondDomainExtensionExists:
			return r.refuseEntry(cond, i, "domain", associated), true
		default:
			return r.refuseCertificate(cond, i, at(c.given, i)), true
		}
	}
	lb := r.loadBalancer
	if lb.Associations+len(c.associated) > lb.Limit() {
		name := r.listener.LoadBalancer
		return r.refuse(errcodes.CondQuotaExceeded, "load balancer "+name,
			lb.QuotaName(), name, strconv.Itoa(lb.Associations), strconv.Itoa(lb.Limit())), true
	}
	return o, false
}

// refusesUpdate checks the domain that is to have another certificate, then that.
func (r *request) refusesUpdate(c change) (o model.Output, refused bool) {
	for i, domain := range c.associated {
		if a, _ := r.state.Associations.Get(associationKey(r.id, domain)); a.Status != Associated {
			return r.refuseEntry(errcodes.CondDomainExtensionNotFound, i, "domain", domain), true
		}
		if cond := r.state.unusable(at(c.certificates, i)); cond != 0 {
			return r.refuseCertificate(cond, i, at(c.given, i)), true
		}
	}
	return o, false
}

// refusesDissociation checks the certificates or domains that are to be dissociated.
func (r *request) refusesDissociation(associated []string) (o model.Output, refused bool) {
	absent, kind := errcodes.CondCertificateNotAssociated, "certificate"
	if r.table.Has(errcodes.CondDomainExtensionNotFound) {
		absent, kind = errcodes.CondDomainExtensionNotFound, "domain"
	}
	for i, id := range associated {
		a, _ := r.state.Associations.Get(associationKey(r.id, id))
		switch {
		case id == r.listener.Default && r.table.Has(errcodes.CondCertificateIsDefault):
			return r.refuseCertificate(errcodes.CondCertificateIsDefault, i, id), true
		case a.Status != Associated:
			return r.refuseEntry(absent, i, kind, id), true
		case slices.Contains(associated[:i], id):
			return r.refuseEntry(errcodes.CondCertificateRepeated, i, kind, id), true
		}
	}
	return o, false
}
