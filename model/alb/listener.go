package alb

import (
	"cmp"
	"strconv"
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/redact"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/internal/reply"
)

// CreateListener is the request that creates a listener on a load balancer. The listener
// is Provisioning until its job ends. If the job fails, there is no listener.
type CreateListener struct {
	RequestID        string   `json:"requestId"`
	LoadBalancerID   string   `json:"loadBalancerId,omitempty"`
	ListenerPort     int      `json:"listenerPort,omitempty"`
	ListenerProtocol Protocol `json:"listenerProtocol,omitempty"`
	CertificateID    string   `json:"certificateId,omitempty" wire:"Certificates.1.CertificateId"`
	ClientToken      string   `json:"clientToken,omitempty"` // absent: the RequestId serves
	DryRun           bool     `json:"dryRun,omitempty"`
	Attributes
}

// DeleteListener is the request that deletes a listener. The listener is Configuring
// until its job ends.
type DeleteListener struct {
	RequestID   string `json:"requestId"`
	ListenerID  string `json:"listenerId,omitempty"`
	ClientToken string `json:"clientToken,omitempty"` // absent: the RequestId serves
	DryRun      bool   `json:"dryRun,omitempty"`
}

// Attributes are properties of a listener that do not change an answer other than
// GetListenerAttribute and ListListeners. The model keeps them as they were sent; clients
// such as Terraform compare them.
type Attributes struct {
	ActionType       string `json:"actionType,omitempty" wire:"DefaultActions.1.Type"`
	ServerGroupIDs   string `json:"serverGroupIds,omitempty" wire:"DefaultActions.1.ForwardGroupConfig.ServerGroupTuples.N.ServerGroupId"` // separated by commas
	Description      string `json:"description,omitempty" wire:"ListenerDescription"`
	SecurityPolicyID string `json:"securityPolicyId,omitempty"`
	GzipEnabled      string `json:"gzipEnabled,omitempty"`                      // "true" or "false"
	HTTP2Enabled     string `json:"http2Enabled,omitempty" wire:"Http2Enabled"` // "true" or "false"
	IdleTimeout      int    `json:"idleTimeout,omitempty"`                      // seconds
	RequestTimeout   int    `json:"requestTimeout,omitempty"`                   // seconds
}

// with returns the attributes with those of a request, as far as it has them.
func (a Attributes) with(sent Attributes) Attributes {
	return Attributes{
		ActionType:       cmp.Or(sent.ActionType, a.ActionType),
		ServerGroupIDs:   cmp.Or(sent.ServerGroupIDs, a.ServerGroupIDs),
		Description:      cmp.Or(sent.Description, a.Description),
		SecurityPolicyID: cmp.Or(sent.SecurityPolicyID, a.SecurityPolicyID),
		GzipEnabled:      cmp.Or(sent.GzipEnabled, a.GzipEnabled),
		HTTP2Enabled:     cmp.Or(sent.HTTP2Enabled, a.HTTP2Enabled),
		IdleTimeout:      cmp.Or(sent.IdleTimeout, a.IdleTimeout),
		RequestTimeout:   cmp.Or(sent.RequestTimeout, a.RequestTimeout),
	}
}

// listenerCreated is the answer to CreateListener.
type listenerCreated struct {
	reply.Head
	ListenerID string `json:"ListenerId" xml:"ListenerId"`
}

// Kind implements [model.Action].
func (CreateListener) Kind() model.Kind { return model.Request }

// Kind implements [model.Action].
func (DeleteListener) Kind() model.Kind { return model.Request }

// About returns the load balancer.
func (in CreateListener) About() model.Resource { return loadBalancer(in.LoadBalancerID) }

// About returns the listener.
func (in DeleteListener) About() model.Resource { return listener(in.ListenerID) }

func (in CreateListener) step(c clock, s State) (State, model.Output) {
	r := request{table: errcodes.CreateListener.Table(), at: c.at, requestID: in.RequestID, state: s}
	if missing := r.missing(in.has); missing != nil {
		return s, *missing
	}
	in.ClientToken, in.Attributes = redact.Name(in.ClientToken), in.public()
	if refusal := in.admit(&r); refusal != nil {
		return s, *refusal
	}
	use := tokenUse{errcodes.CreateListener, in.ClientToken, in.RequestID, in.LoadBalancerID, []string{
		strconv.Itoa(in.ListenerPort), string(in.ListenerProtocol), in.CertificateID, in.text(),
	}, nil}
	key := use.key()
	if answer := r.repeated(use, key, in.DryRun); answer != nil {
		if answer.OK() {
			answer.Body = &listenerCreated{reply.Head{RequestID: answer.RequestID, JobID: answer.JobID}, listenerOf(answer.JobID)}
		}
		return s, *answer
	}
	if refusal := in.refuses(&r); refusal != nil {
		return s, *refusal
	}
	if in.DryRun {
		return s, r.refuse(errcodes.CondDryRun, "the request")
	}
	job := freeJob(in.RequestID, func(job string) bool { return s.Jobs.Has(job) || s.Listeners.Has(listenerOf(job)) })
	id := listenerOf(job)
	s.Listeners = s.Listeners.Set(id, Listener{
		LoadBalancer: in.LoadBalancerID, Protocol: in.ListenerProtocol, Port: in.ListenerPort, Attributes: in.Attributes,
	})
	if in.CertificateID != "" {
		s = s.setDefault(id, in.CertificateID)
	}
	s = s.startJobAs(job, c.at, Job{Operation: errcodes.CreateListener.ID(), Listener: id, Token: key})
	s.Tokens = s.Tokens.Set(key, Token{Parameters: use.parameters(), RequestID: in.RequestID, JobID: job})
	output := reply.Answer(in.RequestID, &listenerCreated{reply.Head{RequestID: in.RequestID, JobID: job}, id})
	output.JobID = job
	return s, output
}

// has reports whether the request has a required parameter.
func (in *CreateListener) has(f errcodes.Field) bool {
	switch f {
	case errcodes.FieldLoadBalancerID:
		return in.LoadBalancerID != ""
	case errcodes.FieldListenerPort:
		return in.ListenerPort != 0
	case errcodes.FieldListenerProtocol:
		return in.ListenerProtocol != ""
	default:
		return in.ActionType != ""
	}
}

// listenerOf returns the id of the listener that a job creates.
func listenerOf(job string) string { return "lsn-" + strings.TrimPrefix(job, "job-") }

func (in *CreateListener) admit(r *request) *model.Output {
	lb, found := r.state.LoadBalancers.Get(in.LoadBalancerID)
	known := in.ListenerProtocol == HTTP || in.ListenerProtocol == HTTPS || in.ListenerProtocol == QUIC
	switch {
	case !known, in.ListenerPort < 1, in.ListenerPort > 65535:
		return r.stop(errcodes.CondListenerMalformed, "the request")
	case !found || lb.Product != albProduct:
		return r.stop(errcodes.CondLoadBalancerNotFound, "load balancer "+in.LoadBalancerID, in.LoadBalancerID)
	case lb.Forbidden:
		return r.stop(errcodes.CondLoadBalancerForbidden, "load balancer "+in.LoadBalancerID)
	default:
		return nil
	}
}

// refuses checks what the listener needs: a free port, where QUIC does not collide with
// the others, and a server certificate unless it is an HTTP listener.
func (in *CreateListener) refuses(r *request) *model.Output {
	all := r.state.Listeners.Select()
	for id, l := range all.LinkedTo(in.LoadBalancerID).Skip(0) {
		if l.Port == in.ListenerPort && (l.Protocol == QUIC) == (in.ListenerProtocol == QUIC) {
			return r.stop(errcodes.CondListenerPortUsed, "listener "+id)
		}
	}
	switch {
	case in.CertificateID == "" && in.ListenerProtocol == HTTP:
		return nil
	case in.CertificateID == "":
		return r.stop(errcodes.CondDefaultCertificateMissing, "the request")
	}
	if cond := r.state.unusable(in.CertificateID); cond != 0 {
		return r.stop(cond, "certificate "+in.CertificateID, in.CertificateID)
	}
	return nil
}

// public returns the attributes in valid UTF-8 and without a private key that was given
// by mistake.
func (a Attributes) public() Attributes {
	for _, s := range []*string{&a.ActionType, &a.ServerGroupIDs, &a.Description, &a.SecurityPolicyID, &a.GzipEnabled, &a.HTTP2Enabled} {
		*s = text(*s)
	}
	return a
}

// text returns the attributes as one text.
func (a *Attributes) text() string {
	return strings.Join([]string{
		a.ActionType, a.ServerGroupIDs, strconv.Quote(a.Description), a.SecurityPolicyID, a.GzipEnabled, a.HTTP2Enabled,
		strconv.Itoa(a.IdleTimeout), strconv.Itoa(a.RequestTimeout),
	}, " ")
}

func (in DeleteListener) step(c clock, s State) (State, model.Output) {
	r := request{table: errcodes.DeleteListener.Table(), at: c.at, requestID: in.RequestID, state: s, id: in.ListenerID}
	if missing := r.missing(func(errcodes.Field) bool { return in.ListenerID != "" }); missing != nil {
		return s, *missing
	}
	use := tokenUse{errcodes.DeleteListener, redact.Name(in.ClientToken), in.RequestID, in.ListenerID, nil, nil}
	key := use.key()
	if refusal := r.admit(); refusal != nil {
		return s, *refusal
	}
	if answer := r.repeated(use, key, in.DryRun); answer != nil {
		return s, *answer
	}
	if r.listener.Job != "" {
		return s, r.refuse(errcodes.CondListenerConfiguring, "listener "+in.ListenerID, in.ListenerID)
	}
	if in.DryRun {
		return s, r.refuse(errcodes.CondDryRun, "the request")
	}
	s, job := s.startJob(c.at, in.RequestID, Job{Operation: errcodes.DeleteListener.ID(), Listener: in.ListenerID, Token: key})
	s.Tokens = s.Tokens.Set(key, Token{Parameters: use.parameters(), RequestID: in.RequestID, JobID: job})
	return s, model.Output{RequestID: in.RequestID, JobID: job}
}
