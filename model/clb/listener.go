package clb

import (
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/internal/reply"
	"github.com/alicert/alicert/validate"
)

// SetLoadBalancerHTTPSListenerAttribute is the request that sets the certificate of an
// HTTPS listener. Without a certificate it changes attributes that the model does not
// have.
type SetLoadBalancerHTTPSListenerAttribute struct {
	RequestID           string `json:"requestId"`
	RegionID            string `json:"regionId,omitempty"` // empty means any
	LoadBalancerID      string `json:"loadBalancerId,omitempty"`
	ListenerPort        int    `json:"listenerPort,omitempty"`
	ServerCertificateID string `json:"serverCertificateId,omitempty"`
	DryRun              bool   `json:"dryRun,omitempty"`
}

// CreateDomainExtension is the request that gives an HTTPS listener a certificate for one
// more domain.
type CreateDomainExtension struct {
	RequestID           string `json:"requestId"`
	RegionID            string `json:"regionId,omitempty"`
	LoadBalancerID      string `json:"loadBalancerId,omitempty"`
	ListenerPort        int    `json:"listenerPort,omitempty"`
	Domain              string `json:"domain,omitempty"`
	ServerCertificateID string `json:"serverCertificateId,omitempty"`
}

// SetDomainExtensionAttribute is the request that sets the certificate of a domain
// extension.
type SetDomainExtensionAttribute struct {
	RequestID           string `json:"requestId"`
	RegionID            string `json:"regionId,omitempty"`
	DomainExtensionID   string `json:"domainExtensionId,omitempty"`
	ServerCertificateID string `json:"serverCertificateId,omitempty"`
}

// DeleteDomainExtension is the request that removes a domain extension.
type DeleteDomainExtension struct {
	RequestID         string `json:"requestId"`
	RegionID          string `json:"regionId,omitempty"`
	DomainExtensionID string `json:"domainExtensionId,omitempty"`
}

func (in SetLoadBalancerHTTPSListenerAttribute) step(_ int64, s State) (State, model.Output) {
	r := s.request(errcodes.SetLoadBalancerHTTPSListenerAttribute, in.RequestID)
	var lb LoadBalancer
	var l Listener
	refusal := first(
		func() *model.Output { return r.missing(hasListener(in.LoadBalancerID, in.ListenerPort)) },
		func() *model.Output { return r.port(in.ListenerPort) },
		func() (o *model.Output) { lb, o = r.loadBalancer(in.LoadBalancerID, in.RegionID); return o },
		func() *model.Output { return r.admit(in.LoadBalancerID, lb) },
		func() (o *model.Output) { l, o = r.listener(in.LoadBalancerID, in.ListenerPort); return o },
		func() *model.Output { return r.settled(l) },
		func() (o *model.Output) {
			if in.ServerCertificateID != "" {
				_, o = r.certificate(in.ServerCertificateID, lb.Region)
			}
			return o
		},
		func() *model.Output {
			if in.DryRun {
				return r.refuse(errcodes.CondDryRun, "the request")
			}
			return nil
		},
	)
	switch {
	case refusal != nil:
		return s, *refusal
	case in.ServerCertificateID != "":
		s = s.use(l.Certificate, -1).use(in.ServerCertificateID, 1)
		l.Certificate = in.ServerCertificateID
		s.Listeners = s.Listeners.Set(in.About().ID, l)
	}
	return s, model.Output{RequestID: in.RequestID}
}

// hasListener reports whether a request has the required parameters that name a listener.
// It has all others.
func hasListener(loadBalancer string, port int) func(errcodes.Field) bool {
	return func(f errcodes.Field) bool {
		switch f {
		case errcodes.FieldLoadBalancerID:
			return loadBalancer != ""
		case errcodes.FieldListenerPort:
			return port != 0
		default:
			return true
		}
	}
}

// port checks whether a listener can have a port.
func (r *request) port(port int) *model.Output {
	if !inRange(port) {
		return r.refuse(errcodes.CondListenerPortInvalid, "the request")
	}
	return nil
}

// extensionCreated is the answer to CreateDomainExtension.
type extensionCreated struct {
	reply.Head
	DomainExtensionID string `json:"DomainExtensionId" xml:"DomainExtensionId"`
	ListenerPort      int
}

func (in CreateDomainExtension) step(_ int64, s State) (State, model.Output) {
	r := s.request(errcodes.CreateDomainExtension, in.RequestID)
	var lb LoadBalancer
	var l Listener
	domain, known := domainName(in.Domain)
	refusal := first(
		func() *model.Output { return r.missing(in.has) },
		func() *model.Output {
			if !known {
				return r.refuse(errcodes.CondDomainNameMalformed, "the request")
			}
			return r.port(in.ListenerPort)
		},
		func() *model.Output { return r.given(in.ServerCertificateID) },
		func() (o *model.Output) { lb, o = r.loadBalancer(in.LoadBalancerID, in.RegionID); return o },
		func() *model.Output { return r.admit(in.LoadBalancerID, lb) },
		func() (o *model.Output) { l, o = r.listener(in.LoadBalancerID, in.ListenerPort); return o },
		func() *model.Output { return r.settled(l) },
		func() (o *model.Output) { _, o = r.certificate(in.ServerCertificateID, lb.Region); return o },
		func() *model.Output { return r.vacant(in.About().ID, domain) },
	)
	if refusal != nil {
		return s, *refusal
	}
	id := free("extension", in.RequestID, extensionID, s.Extensions.Has)
	s = s.use(in.ServerCertificateID, 1)
	s.Extensions = s.Extensions.Set(id, Extension{in.LoadBalancerID, in.ListenerPort, domain, in.ServerCertificateID})
	return s, reply.Answer(in.RequestID, &extensionCreated{reply.To(in.RequestID), id, in.ListenerPort})
}

// has reports whether the request has a required parameter.
func (in *CreateDomainExtension) has(f errcodes.Field) bool {
	switch f {
	case errcodes.FieldDomainName:
		return in.Domain != ""
	case errcodes.FieldRegionID:
		return in.RegionID != ""
	default:
		return hasListener(in.LoadBalancerID, in.ListenerPort)(f)
	}
}

// domainName returns the lower-case ASCII form of a domain, which may begin with "*.".
func domainName(domain string) (ascii string, ok bool) {
	ascii, err := validate.DomainName(domain)
	return ascii, err == nil && !strings.HasPrefix(ascii, ".")
}

// given checks whether a request names a certificate.
func (r *request) given(certificate string) *model.Output {
	if certificate == "" {
		return r.refuse(errcodes.CondCertificateIDMissing, "the request")
	}
	return nil
}

// vacant checks that a listener has no domain extension for a domain.
func (r *request) vacant(key, domain string) *model.Output {
	for id, e := range r.state.ExtensionsOf(key).Skip(0) {
		if e.Domain == domain {
			return r.refuse(errcodes.CondDomainExtensionExists, extension(id).String())
		}
	}
	return nil
}

func (in SetDomainExtensionAttribute) step(_ int64, s State) (State, model.Output) {
	r := s.request(errcodes.SetDomainExtensionAttribute, in.RequestID)
	var e Extension
	var lb LoadBalancer
	refusal := first(
		func() *model.Output { return r.missing(hasExtension(in.DomainExtensionID, in.RegionID)) },
		func() *model.Output { return r.given(in.ServerCertificateID) },
		func() (o *model.Output) { e, lb, o = r.extension(in.DomainExtensionID, in.RegionID); return o },
		func() *model.Output { return r.changes(e, lb) },
		func() (o *model.Output) { _, o = r.certificate(in.ServerCertificateID, lb.Region); return o },
	)
	if refusal != nil {
		return s, *refusal
	}
	s = s.use(e.Certificate, -1).use(in.ServerCertificateID, 1)
	e.Certificate = in.ServerCertificateID
	s.Extensions = s.Extensions.Set(in.DomainExtensionID, e)
	return s, model.Output{RequestID: in.RequestID}
}

// hasExtension reports whether a request has the parameters that name a domain extension.
func hasExtension(id, region string) func(errcodes.Field) bool {
	return func(f errcodes.Field) bool {
		if f == errcodes.FieldRegionID {
			return region != ""
		}
		return id != ""
	}
}

// extension finds a domain extension in a region, and its load balancer.
func (r *request) extension(id, region string) (Extension, LoadBalancer, *model.Output) {
	e, found := r.state.Extensions.Get(id)
	lb, _ := r.state.LoadBalancers.Get(e.LoadBalancer)
	if !found || lb.Region != region {
		return e, lb, r.refuse(errcodes.CondDomainExtensionNotFound, extension(id).String())
	}
	return e, lb, nil
}

// changes checks whether the load balancer and the listener of a domain extension can be
// changed.
func (r *request) changes(e Extension, lb LoadBalancer) *model.Output {
	if refusal := r.admit(e.LoadBalancer, lb); refusal != nil {
		return refusal
	}
	l, _ := r.state.Listeners.Get(ListenerKey(e.LoadBalancer, e.Port))
	return r.settled(l)
}

func (in DeleteDomainExtension) step(_ int64, s State) (State, model.Output) {
	r := s.request(errcodes.DeleteDomainExtension, in.RequestID)
	var e Extension
	var lb LoadBalancer
	refusal := first(
		func() *model.Output { return r.missing(hasExtension(in.DomainExtensionID, in.RegionID)) },
		func() (o *model.Output) { e, lb, o = r.extension(in.DomainExtensionID, in.RegionID); return o },
		func() *model.Output { return r.changes(e, lb) },
	)
	if refusal != nil {
		return s, *refusal
	}
	s = s.use(e.Certificate, -1)
	s.Extensions = s.Extensions.Delete(in.DomainExtensionID)
	return s, model.Output{RequestID: in.RequestID}
}
