package fakecloud

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/redact"
	"github.com/alicert/alicert/model/account"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/model/esa"
	"github.com/alicert/alicert/model/fakecloud/internal/gateway"
	"github.com/alicert/alicert/validate"
)

// AddDomain adds an accelerated domain that is online, has no certificate and belongs to
// the account. The name may have any form that the API accepts. A domain of another
// product than the CDN begins with the product, as cdn.DomainID returns it:
// "dcdn www.example.com". It returns an error if the domain exists already. Apply the
// event cdn.DomainAdded for other domains.
func (c *Cloud) AddDomain(name string) error {
	id, err := domainID(name)
	if err != nil {
		return fmt.Errorf("fakecloud: domain %q: %w", redact.Text(name), err)
	}
	_, err = c.add("fakecloud", account.Input{Action: cdn.DomainAdded{Name: id}})
	return err
}

// domainID returns the id of a domain in a state. The domain may have any form that the
// API accepts, and the product before it.
func domainID(domain string) (string, error) {
	product, name := cdn.SplitID(domain)
	if !slices.ContainsFunc(cdn.Operations(), func(op errcodes.Operation) bool { return op.Product() == product }) {
		product, name = "", domain
	}
	ascii, err := validate.DomainName(name)
	if err != nil {
		return "", err
	}
	return cdn.DomainID(product, ascii), nil
}

// AddCertificate adds a certificate to the certificate center, with the key that belongs
// to it, and returns its id, such as 1000001-cn-hangzhou. It returns an error if the name
// is taken or if the text is not a certificate chain in PEM.
func (c *Cloud) AddCertificate(name, certPEM string) (id string, err error) {
	certificate, err := withLeaf(cas.Certificate{Name: name, PEM: certPEM, KeyStored: true})
	if err != nil {
		return "", fmt.Errorf("fakecloud: certificate %q: %w", redact.Text(name), err)
	}
	if certificate.PEM == "" {
		return "", fmt.Errorf("fakecloud: certificate %q: the text is empty", redact.Text(name))
	}
	for {
		s := c.State().CAS
		_, number := s.NextNumber()
		certificate.ID = cas.IDOf(number)
		if _, err = c.add("fakecloud", account.Input{Action: cas.CertificateAdded{Certificate: certificate}}); err == nil {
			return certificate.ID, nil
		}
		if !c.State().CAS.IDs.Has(certificate.ID) || s.Certificates.Has(name) { // else another caller took the number
			return "", err
		}
	}
}

// AddListener adds a running HTTPS listener on port 443, and its load balancer of the
// Standard edition if that does not exist. If the id of the load balancer begins with
// "nlb-", as those of NLB do, it is one of NLB, and the listener is of TCPSSL; with "ga-",
// as those of GA do, it is an accelerator. certificateID is the default certificate, or
// "" for none. It returns an error if the listener exists already or the certificate does
// not. Apply the event alb.ListenerAdded for other listeners.
func (c *Cloud) AddListener(id, loadBalancer, certificateID string) error {
	s := c.State()
	if certificateID != "" && !s.CAS.IDs.Has(certificateID) {
		return fmt.Errorf("fakecloud: listener %q: there is no certificate with the id %q", redact.Text(id), redact.Text(certificateID))
	}
	lb, found := s.ALB.LoadBalancers.Get(loadBalancer)
	if !found && strings.HasPrefix(loadBalancer, "nlb-") {
		lb.Product = alb.NLB
	}
	if !found && strings.HasPrefix(loadBalancer, "ga-") {
		lb.Product = alb.GA
	}
	if !found && !s.ALB.Listeners.Has(id) {
		c.Apply(account.Input{Action: alb.LoadBalancerAdded{ID: loadBalancer, LoadBalancer: lb}})
	}
	protocol := alb.HTTPS
	if lb.Product == alb.NLB {
		protocol = alb.TCPSSL
	}
	_, err := c.add("fakecloud", account.Input{Action: alb.ListenerAdded{ID: id, Listener: alb.Listener{
		LoadBalancer: loadBalancer, Protocol: protocol, Port: 443, Status: alb.Running, Default: certificateID,
	}}})
	return err
}

// AddSite adds an active site of ESA with a plan of its own, which has esa.DefaultQuota,
// and returns the site's number. It returns an error if a site has the name.
func (c *Cloud) AddSite(name string) (id int64, err error) {
	for id = int64(c.State().ESA.Sites.Len()) + 1; ; id++ {
		plan := fmt.Sprintf("plan-%d", id)
		s := c.State().ESA
		if s.Sites.Has(esa.SiteKey(id)) || s.Plans.Has(plan) {
			continue
		}
		c.Apply(account.Input{Action: esa.PlanAdded{ID: plan}})
		_, err = c.add("fakecloud", account.Input{Action: esa.SiteAdded{ID: id, Site: esa.Site{Name: name, Plan: plan}}})
		return id, err
	}
}

// add applies an event that adds something, and returns its number in the timeline. An
// error begins with who.
func (c *Cloud) add(who string, e account.Input) (number int, err error) {
	r, err := c.engine.do(e, nil)
	if err == nil && r.output.Ignored {
		err = doesNotApply(who, &r.snapshot.state, e)
	}
	return r.number, err
}

// Finish ends the pending change of a domain, of a listener, or of a job by its id. A job
// that a Fault with FailJob matched fails; any other change succeeds. A listener that is
// being created runs. Finish returns an error if nothing has that name, or if nothing is
// pending there.
func (c *Cloud) Finish(name string) error {
	return c.finish(name, nil)
}

// FailJob ends a job as failed. id is that of the job or of the listener that it changes.
// ListAsynJobs then returns the code as ErrorCode and the message as ErrorMessage. An
// empty code means InternalError. FailJob returns an error if there is no such job or if
// it has ended.
func (c *Cloud) FailJob(id, code, message string) error {
	return c.finish(id, &jobFailure{public(code), public(message)})
}

// FinishAll ends all pending changes as Finish does. It returns an error if they cannot be
// written to the data directory.
func (c *Cloud) FinishAll() error {
	e := c.engine
	e.catchUp()
	e.mu.Lock()
	pending := slices.Concat(slices.Collect(maps.Values(e.byDomain)), slices.Collect(maps.Values(e.byJob)))
	slices.SortFunc(pending, inOrder)
	for _, r := range pending {
		e.end(r)
	}
	for id, l := range e.current.Load().state.ALB.Listeners.All() {
		e.provision(id, l)
	}
	m := e.current.Load()
	e.mu.Unlock()
	return m.wait()
}

// provision ends the creation of a listener. It returns false if the listener was created
// before.
func (e *engine) provision(id string, l alb.Listener) bool {
	if l.Status != alb.Provisioning {
		return false
	}
	e.advance(account.Input{Action: alb.ListenerProvisioned{ID: id}}, nil)
	return true
}

// finish ends a pending change. With a failure it ends a job only.
func (c *Cloud) finish(name string, failure *jobFailure) error {
	e := c.engine
	e.catchUp()
	e.mu.Lock()
	r, err := e.pendingAt(name)
	l, _ := e.current.Load().state.ALB.Listeners.Get(name)
	switch {
	case err != nil && failure == nil && e.provision(name, l):
		err = nil
	case err != nil:
	case failure == nil:
		e.end(r)
	case r.job == "":
		err = fmt.Errorf("fakecloud: domain %q has a rollout, and a rollout cannot fail", redact.Text(name))
	default:
		r.failure = failure
		e.end(r)
	}
	m := e.current.Load()
	e.mu.Unlock()
	return errors.Join(err, m.wait())
}

// pendingAt returns the pending change of a domain, a listener or a job.
func (e *engine) pendingAt(name string) (*rollout, error) {
	s := &e.current.Load().state
	id, _ := domainID(name)
	l, isListener := s.ALB.Listeners.Get(name)
	job, isJob := s.ALB.Jobs.Get(name)
	shown := redact.Text(name)
	switch isDomain := s.CDN.Domains.Has(id); {
	case e.byJob[name] != nil:
		return e.byJob[name], nil
	case e.byJob[l.Job] != nil:
		return e.byJob[l.Job], nil
	case e.byDomain[id] != nil:
		return e.byDomain[id], nil
	case isJob:
		return nil, fmt.Errorf("fakecloud: job %q has ended: %s", shown, job.Status)
	case isListener:
		return nil, fmt.Errorf("fakecloud: listener %q has no pending job; its status is %s", shown, l.Status)
	case isDomain:
		return nil, fmt.Errorf("fakecloud: domain %q has no pending rollout", shown)
	default:
		return nil, fmt.Errorf("fakecloud: there is no domain, listener or job %q", shown)
	}
}

// AssertServed fails the test unless the domain serves HTTPS with the certificate that the
// text begins with. The domain has the form that AddDomain takes. A pending rollout counts as finished, because it cannot fail.
func (c *Cloud) AssertServed(t TB, domain, certPEM string) {
	t.Helper()
	want, err := validate.ParseLeaf(certPEM)
	if err != nil {
		t.Errorf("fakecloud: the certificate that %s is to serve: %v", domain, err)
		return
	}
	s := c.State()
	id, _ := domainID(domain)
	d, found := s.CDN.Domains.Get(id)
	bound, _ := s.CAS.Get(d.Bound)
	switch {
	case !found:
		t.Errorf("fakecloud: there is no domain %q", domain)
	case d.HTTPS && d.InEffect && bound.Leaf.SHA256 == want.SHA256:
	case !d.HasBinding():
		t.Errorf("fakecloud: %s has no certificate; want the one of %s with serial %s", domain, want.Names, want.Serial)
	case bound.Leaf.SHA256 != want.SHA256:
		t.Errorf("fakecloud: %s has %s; want the certificate of %s with serial %s", domain, described(d, bound), want.Names, want.Serial)
	default:
		t.Errorf("fakecloud: %s has the right certificate, %s, and does not serve it: its state is %q", domain, described(d, bound), s.CDN.Class(id))
	}
}

// described names the certificate of a domain.
func described(d cdn.Domain, bound cas.Certificate) string {
	switch {
	case d.UsesFree:
		return "its free certificate"
	case bound.Leaf.SHA256 == "":
		return fmt.Sprintf("the certificate %q, whose text is unknown", bound.Name)
	default:
		return fmt.Sprintf("%q, the certificate of %s with serial %s", bound.Name, bound.Leaf.Names, bound.Leaf.Serial)
	}
}

// AssertAssociated fails the test unless a certificate is the default one of a listener, or
// is additional with the status Associated, for any domain if the listener is one of GA. While the job is pending the certificate is
// only Associating, because the job may fail: wait for it, or call Finish.
func (c *Cloud) AssertAssociated(t TB, listener, certificateID string) {
	t.Helper()
	s := &c.engine.settled().state
	l, found := s.ALB.Listeners.Get(listener)
	var a alb.Association
	var has []string
	if l.Default != "" {
		has = append(has, l.Default+" (default)")
	}
	for associated, one := range s.ALB.Additional(listener) {
		name := one.Certificate
		if associated != name {
			name += " of " + associated
		}
		has = append(has, name+" ("+string(one.Status)+")")
		if a.Status != alb.Associated && (one.Certificate == certificateID || one.Next == certificateID && certificateID != "") {
			a = one
		}
	}
	switch {
	case !found:
		t.Errorf("fakecloud: there is no listener %q", listener)
	case certificateID != "" && l.Default == certificateID, a.Status == alb.Associated:
	case a.Status != "":
		t.Errorf("fakecloud: certificate %s of listener %s is %s; its job %s is pending", certificateID, listener, a.Status, a.Job)
	default:
		t.Errorf("fakecloud: listener %s does not have certificate %q; it has %s", listener, certificateID, strings.Join(has, ", "))
	}
}

// AssertNothingUnknown fails the test if an operation was called that fakecloud does not
// have: one that only the real cloud has, or one that the real cloud does not have, either.
// Of the latter it knows the most recent calls only, see Options.Remember.
func (c *Cloud) AssertNothingUnknown(t TB) {
	t.Helper()
	reported := map[string]bool{}
	for _, m := range c.Missing() {
		reported[m.Action] = true
		t.Errorf("fakecloud: %s was called; fakecloud does not implement this operation of the real cloud", m)
	}
	for _, call := range c.Calls() {
		unknown := call.Code == gateway.ActionUnknown.Code || call.Code == gateway.NotImplemented
		if name := call.Action + " " + call.Version; unknown && !reported[name] && !reported[call.Action] && !call.Fault && call.Values != nil {
			reported[name] = true
			t.Errorf("fakecloud: %q of version %q was called at %s; fakecloud has no such operation", call.Action, call.Version, call.Host)
		}
	}
}
