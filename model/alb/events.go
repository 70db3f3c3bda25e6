package alb

import (
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/redact"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/internal/reply"
)

// Events happen without a request of the caller. An event that does not apply changes
// nothing and is answered with Ignored.
type (
	// JobFinished means that a job succeeded. Associating certificates are
	// associated, updating domains have their new ones, dissociating ones are removed, and the listener runs again unless
	// it was stopped meanwhile.
	JobFinished struct {
		Job string `json:"job"`
	}
	// JobFailed means that a job failed, and its change is undone. Code and Message
	// are the job's ErrorCode and ErrorMessage; without them the job has none.
	JobFailed struct {
		Job     string `json:"job"`
		Code    string `json:"code,omitempty"`
		Message string `json:"message,omitempty"`
	}

	// LoadBalancerAdded means that a load balancer appears. An empty edition is
	// Standard; those of NLB and GA have none.
	LoadBalancerAdded struct {
		ID           string       `json:"id"`
		LoadBalancer LoadBalancer `json:"loadBalancer"`
	}
	// PermissionChanged means that the caller may operate the load balancer, or no
	// longer may.
	PermissionChanged struct {
		LoadBalancer string `json:"loadBalancer"`
		Allowed      bool   `json:"allowed"`
	}
	// QuotaRaised means that the quota is set to a number above the present one and
	// at most the edition's limit.
	QuotaRaised struct {
		LoadBalancer string `json:"loadBalancer"`
		Quota        int    `json:"quota"`
	}

	// ListenerAdded means that a listener appears on an existing load balancer, with
	// an existing default certificate or none. The statuses "" and Configuring become
	// Provisioning, because no job is processing yet. An id has no space.
	ListenerAdded struct {
		ID       string   `json:"id"`
		Listener Listener `json:"listener"`
	}
	// ListenerRemoved means that the listener disappears, with its associations. Its
	// job fails with the code of an absent listener.
	ListenerRemoved struct {
		ID string `json:"id"`
	}
	// ListenerProvisioned means that the listener was created and runs. It does not apply
	// while a job of CreateListener is processing.
	ListenerProvisioned struct {
		ID string `json:"id"`
	}
	// ListenerStarted means that a stopped listener runs, or is configuring while a
	// job is processing.
	ListenerStarted struct {
		ID string `json:"id"`
	}
	// ListenerStopped means that the listener is stopped. It does not apply to those of GA.
	ListenerStopped struct {
		ID string `json:"id"`
	}

	// DefaultCertificateSet means that the listener has another default certificate.
	DefaultCertificateSet struct {
		Listener    string `json:"listener"`
		Certificate string `json:"certificate"`
	}
	// DefaultCertificateRemoved means that the listener has no default certificate.
	// Additional ones stay.
	DefaultCertificateRemoved struct {
		Listener string `json:"listener"`
	}

	// TokenForgotten means that a client token can be used again.
	TokenForgotten struct {
		Token string `json:"token"` // key in State.Tokens
	}
)

func (e JobFinished) step(c clock, s State) (State, model.Output) {
	return s.finish(c.at, e.Job, Succeeded)
}

func (e JobFailed) step(c clock, s State) (State, model.Output) {
	s, output := s.finish(c.at, e.Job, Failed)
	if output.Ignored {
		return s, output
	}
	return s.explain(e.Job, text(e.Code), text(e.Message)), output
}

// explain sets the code and message of a job that has failed.
func (s State) explain(id, code, message string) State {
	s.Jobs = s.Jobs.Update(id, func(j *Job) { j.Code, j.Message = code, message })
	return s
}

// finish ends a job and settles the certificates that it changes.
func (s State) finish(at int64, id string, status JobStatus) (State, model.Output) {
	j, found := s.Jobs.Get(id)
	if !found || j.Status != Processing {
		return s, reply.Ignored()
	}
	total, by := 0, 0
	for key, a := range s.Associations.WithPrefix(j.Listener + " ") {
		if a.Job != id {
			continue
		}
		_, associated, _ := strings.Cut(key, " ")
		s, by = s.placeAssociation(j.Listener, associated, a.settled(status))
		total += by
	}
	s = s.count(j.Listener, total)
	switch {
	case j.Operation == errcodes.CreateListener.ID() && status == Failed, j.Operation == errcodes.DeleteListener.ID() && status == Succeeded:
		s = s.removeListener(j.Listener)
	case status == Succeeded:
		s = s.update(j)
	}
	return s.endJob(at, id, status), model.Output{}
}

// update does what a job of UpdateListenerAttribute does when it succeeds.
func (s State) update(j Job) State {
	if !s.Listeners.Has(j.Listener) {
		return s
	}
	if j.Default != "" {
		s = s.setDefault(j.Listener, j.Default)
	}
	if j.Attributes != (Attributes{}) {
		s.Listeners = s.Listeners.Update(j.Listener, func(l *Listener) { l.Attributes = l.Attributes.with(j.Attributes) })
	}
	return s
}

func (e LoadBalancerAdded) step(_ clock, s State) (State, model.Output) {
	lb := e.LoadBalancer
	if lb.Edition == "" && lb.Product == albProduct {
		lb.Edition = Standard
	}
	if e.ID == "" || s.LoadBalancers.Has(e.ID) || !lb.possible() || redact.Is(e.ID) {
		return s, reply.Ignored()
	}
	lb.Associations = 0
	s.LoadBalancers = s.LoadBalancers.Set(e.ID, lb)
	return s, model.Output{}
}

func (e PermissionChanged) step(_ clock, s State) (State, model.Output) {
	lb, found := s.LoadBalancers.Get(e.LoadBalancer)
	if !found || lb.Forbidden == !e.Allowed {
		return s, reply.Ignored()
	}
	lb.Forbidden = !e.Allowed
	s.LoadBalancers = s.LoadBalancers.Set(e.LoadBalancer, lb)
	return s, model.Output{}
}

func (e QuotaRaised) step(_ clock, s State) (State, model.Output) {
	lb, found := s.LoadBalancers.Get(e.LoadBalancer)
	if !found || e.Quota <= lb.Limit() || e.Quota > lb.MaxLimit() {
		return s, reply.Ignored()
	}
	lb.Quota = e.Quota
	s.LoadBalancers = s.LoadBalancers.Set(e.LoadBalancer, lb)
	return s, model.Output{}
}

func (e ListenerAdded) step(_ clock, s State) (State, model.Output) {
	l := e.Listener
	_, known := s.CAS.ByID(l.Default)
	if e.ID == "" || strings.Contains(e.ID, " ") || s.Listeners.Has(e.ID) || !s.LoadBalancers.Has(l.LoadBalancer) ||
		l.Default != "" && !known || redact.Is(string(l.Protocol)) {
		return s, reply.Ignored()
	}
	switch l.Status {
	case "", Configuring:
		l.Status = Provisioning
	case Provisioning, Running, Stopped:
	default:
		return s, reply.Ignored()
	}
	certificate := l.Default
	lb, _ := s.LoadBalancers.Get(l.LoadBalancer)
	if lb.Product == GA && l.Status == Stopped { // which GA does not know
		return s, reply.Ignored()
	}
	l.Product, l.Default, l.Job = lb.Product, "", ""
	s.Listeners = s.Listeners.Set(e.ID, l)
	if certificate != "" {
		s = s.setDefault(e.ID, certificate)
	}
	return s, model.Output{}
}

func (e ListenerRemoved) step(c clock, s State) (State, model.Output) {
	l, found := s.Listeners.Get(e.ID)
	if !found {
		return s, reply.Ignored()
	}
	s = s.removeListener(e.ID)
	if l.Job != "" {
		absent := operationOf(l.Product, listCertificates).Table().Error(errcodes.CondListenerNotFound, e.ID)
		s = s.endJob(c.at, l.Job, Failed).explain(l.Job, string(absent.Code), absent.Message)
	}
	return s, model.Output{}
}

// removeListener removes a listener and its uses of certificates.
func (s State) removeListener(id string) State {
	total, by := 0, 0
	for key := range s.Associations.WithPrefix(id + " ") {
		_, certificate, _ := strings.Cut(key, " ")
		s, by = s.placeAssociation(id, certificate, Association{})
		total += by
	}
	s = s.count(id, total)
	s = s.setDefault(id, "")
	s.Listeners = s.Listeners.Delete(id)
	return s
}

func (e ListenerProvisioned) step(_ clock, s State) (State, model.Output) {
	return s.changeStatus(e.ID, func(l Listener) ListenerStatus {
		if l.Status == Provisioning && l.Job == "" {
			return Running
		}
		return l.Status
	})
}

func (e ListenerStarted) step(_ clock, s State) (State, model.Output) {
	return s.changeStatus(e.ID, func(l Listener) ListenerStatus {
		switch {
		case l.Status != Stopped:
			return l.Status
		case l.Job != "":
			return Configuring
		default:
			return Running
		}
	})
}

func (e ListenerStopped) step(_ clock, s State) (State, model.Output) {
	return s.changeStatus(e.ID, func(l Listener) ListenerStatus {
		if l.Status == Provisioning || l.Product == GA {
			return l.Status
		}
		return Stopped
	})
}

func (s State) changeStatus(listener string, to func(Listener) ListenerStatus) (State, model.Output) {
	l, found := s.Listeners.Get(listener)
	status := to(l)
	if !found || status == l.Status {
		return s, reply.Ignored()
	}
	l.Status = status
	s.Listeners = s.Listeners.Set(listener, l)
	return s, model.Output{}
}

func (e DefaultCertificateSet) step(_ clock, s State) (State, model.Output) {
	l, found := s.Listeners.Get(e.Listener)
	if _, known := s.CAS.ByID(e.Certificate); !found || !known || l.Default == e.Certificate {
		return s, reply.Ignored()
	}
	return s.setDefault(e.Listener, e.Certificate), model.Output{}
}

func (e DefaultCertificateRemoved) step(_ clock, s State) (State, model.Output) {
	if l, found := s.Listeners.Get(e.Listener); !found || l.Default == "" {
		return s, reply.Ignored()
	}
	return s.setDefault(e.Listener, ""), model.Output{}
}

func (e TokenForgotten) step(_ clock, s State) (State, model.Output) {
	if !s.Tokens.Has(e.Token) {
		return s, reply.Ignored()
	}
	return s.forgetToken(e.Token), model.Output{}
}
