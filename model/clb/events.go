package clb

import (
	"cmp"
	"slices"

	"github.com/alicert/alicert/internal/redact"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/internal/reply"
)

// Events happen without a request of the caller. An event that does not apply changes
// nothing and is answered with Ignored. No event applies whose texts hold a private key,
// or whose ids are empty or have white space or control characters.
type (
	// BalancerAdded means that a load balancer appears. An empty region is DefaultRegion.
	BalancerAdded struct {
		ID           string       `json:"id"`
		LoadBalancer LoadBalancer `json:"loadBalancer"`
	}
	// BalancerChanged means that the caller may no longer operate a load balancer or may
	// again, or that an earlier change to it is being rolled out or no longer is.
	BalancerChanged struct {
		ID          string `json:"id"`
		Forbidden   bool   `json:"forbidden"`
		Configuring bool   `json:"configuring"`
	}
	// BalancerListenerAdded means that a listener appears on an existing load balancer. An
	// empty protocol is HTTPS, an empty status Running. Only an HTTPS listener has a
	// certificate, which is one of the load balancer's region.
	BalancerListenerAdded struct {
		Listener Listener `json:"listener"`
	}
	// BalancerListenerChanged means that a listener has another status.
	BalancerListenerChanged struct {
		LoadBalancer string         `json:"loadBalancer"`
		Port         int            `json:"port"`
		Status       ListenerStatus `json:"status"`
	}
	// BalancerListenerRemoved means that a listener disappears with its domain extensions.
	BalancerListenerRemoved struct {
		LoadBalancer string `json:"loadBalancer"`
		Port         int    `json:"port"`
	}
	// ServerCertificateAdded means that a certificate appears in a region. An empty region
	// is DefaultRegion, an empty name the id. Nothing uses it yet.
	ServerCertificateAdded struct {
		ID          string      `json:"id"`
		Certificate Certificate `json:"certificate"`
	}
	// DomainExtensionAdded means that an HTTPS listener has a domain extension, for a
	// domain that has none there, with a certificate of the load balancer's region.
	DomainExtensionAdded struct {
		ID        string    `json:"id"`
		Extension Extension `json:"extension"`
	}
)

func (e BalancerAdded) step(_ int64, s State) (State, model.Output) {
	lb := e.LoadBalancer
	lb.Region = cmp.Or(lb.Region, DefaultRegion)
	if !isID(e.ID) || !isID(lb.Region) || s.LoadBalancers.Has(e.ID) || secret(e.ID, lb.Region) {
		return s, reply.Ignored()
	}
	s.LoadBalancers = s.LoadBalancers.Set(e.ID, lb)
	return s, model.Output{}
}

// secret reports whether any of some short texts may be a private key.
func secret(texts ...string) bool { return slices.ContainsFunc(texts, redact.Is) }

func (e BalancerChanged) step(_ int64, s State) (State, model.Output) {
	lb, found := s.LoadBalancers.Get(e.ID)
	if !found || lb.Forbidden == e.Forbidden && lb.Configuring == e.Configuring {
		return s, reply.Ignored()
	}
	lb.Forbidden, lb.Configuring = e.Forbidden, e.Configuring
	s.LoadBalancers = s.LoadBalancers.Set(e.ID, lb)
	return s, model.Output{}
}

func (e BalancerListenerAdded) step(_ int64, s State) (State, model.Output) {
	l := e.Listener
	l.Protocol, l.Status = cmp.Or(l.Protocol, HTTPS), cmp.Or(l.Status, Running)
	lb, found := s.LoadBalancers.Get(l.LoadBalancer)
	key := ListenerKey(l.LoadBalancer, l.Port)
	fits := l.Certificate == "" || l.Protocol == HTTPS && s.inRegion(l.Certificate, lb.Region)
	if !found || !inRange(l.Port) || s.Listeners.Has(key) || !l.Protocol.known() || !l.Status.known() || !fits {
		return s, reply.Ignored()
	}
	l.Region = lb.Region
	s.Listeners = s.Listeners.Set(key, l)
	return s.use(l.Certificate, 1), model.Output{}
}

func (s ListenerStatus) known() bool {
	return s == Starting || s == Running || s == Configuring || s == Stopping || s == Stopped
}

// inRegion reports whether there is a certificate of an id in a region.
func (s Own) inRegion(id, region string) bool {
	c, found := s.Certificates.Get(id)
	return found && c.Region == region
}

func (e BalancerListenerChanged) step(_ int64, s State) (State, model.Output) {
	key := e.About().ID
	l, found := s.Listeners.Get(key)
	if !found || l.Status == e.Status || !e.Status.known() {
		return s, reply.Ignored()
	}
	l.Status = e.Status
	s.Listeners = s.Listeners.Set(key, l)
	return s, model.Output{}
}

func (e BalancerListenerRemoved) step(_ int64, s State) (State, model.Output) {
	key := e.About().ID
	l, found := s.Listeners.Get(key)
	if !found {
		return s, reply.Ignored()
	}
	for id, x := range s.ExtensionsOf(key).Skip(0) {
		s = s.use(x.Certificate, -1)
		s.Extensions = s.Extensions.Delete(id)
	}
	s = s.use(l.Certificate, -1)
	s.Listeners = s.Listeners.Delete(key)
	return s, model.Output{}
}

func (e ServerCertificateAdded) step(at int64, s State) (State, model.Output) {
	c := e.Certificate
	c.Region, c.Name = cmp.Or(c.Region, DefaultRegion), cmp.Or(c.Name, e.ID)
	texts := []string{c.PEM, c.Leaf.SHA256, c.Leaf.Key, c.Leaf.Name, c.Leaf.Names, c.Leaf.Serial} // public
	if !isID(e.ID) || !isID(c.Region) || s.Certificates.Has(e.ID) || secret(e.ID, c.Region, c.Name, c.Center, c.CenterName) ||
		slices.ContainsFunc(texts, redact.Armored) {
		return s, reply.Ignored()
	}
	c.Fingerprint, c.Users, c.Created = colons(cas.Fingerprint(c.PEM)), 0, at
	s.Certificates = s.Certificates.Set(e.ID, c)
	return s, model.Output{}
}

func (e DomainExtensionAdded) step(_ int64, s State) (State, model.Output) {
	x := e.Extension
	key := ListenerKey(x.LoadBalancer, x.Port)
	l, found := s.Listeners.Get(key)
	lb, _ := s.LoadBalancers.Get(x.LoadBalancer)
	domain, known := domainName(x.Domain)
	r := request{state: s}
	if !isID(e.ID) || secret(e.ID) || s.Extensions.Has(e.ID) || !found || l.Protocol != HTTPS || !known ||
		!s.inRegion(x.Certificate, lb.Region) || r.vacant(key, domain) != nil {
		return s, reply.Ignored()
	}
	x.Domain = domain
	s.Extensions = s.Extensions.Set(e.ID, x)
	return s.use(x.Certificate, 1), model.Output{}
}
