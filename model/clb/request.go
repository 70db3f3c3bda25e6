package clb

import (
	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/internal/reply"
)

// request has the common parts of requests and reads.
type request struct {
	table errcodes.Table
	id    string
	state State
}

func (s State) request(op errcodes.Operation, requestID string) request {
	return request{op.Table(), requestID, s}
}

func (r *request) refuse(cond errcodes.Condition, target string) *model.Output {
	o := reply.Refuse(r.id, r.table.Error(cond), target)
	return &o
}

// missing refuses a request without a required parameter, as the gateway does. It returns
// nil if the request has all of them.
func (r *request) missing(has func(errcodes.Field) bool) *model.Output {
	return reply.Required(r.id, r.table, has)
}

// loadBalancer finds the load balancer in a region; an empty region is any.
func (r *request) loadBalancer(id, region string) (LoadBalancer, *model.Output) {
	lb, found := r.state.LoadBalancers.Get(id)
	if !found || region != "" && lb.Region != region {
		return lb, r.refuse(errcodes.CondLoadBalancerNotFound, balancer(id).String())
	}
	return lb, nil
}

// admit checks whether a load balancer can be changed by the caller.
func (r *request) admit(id string, lb LoadBalancer) *model.Output {
	switch {
	case lb.Forbidden:
		return r.refuse(errcodes.CondLoadBalancerForbidden, balancer(id).String())
	case lb.Configuring:
		return r.refuse(errcodes.CondLoadBalancerConfiguring, balancer(id).String())
	default:
		return nil
	}
}

// listener finds an HTTPS listener.
func (r *request) listener(loadBalancer string, port int) (Listener, *model.Output) {
	key := ListenerKey(loadBalancer, port)
	l, found := r.state.Listeners.Get(key)
	switch {
	case !found:
		return l, r.refuse(errcodes.CondListenerNotFound, listener(key).String())
	case l.Protocol != HTTPS:
		return l, r.refuse(errcodes.CondListenerProtocolUnsupported, listener(key).String())
	default:
		return l, nil
	}
}

// settled checks whether the status of a listener lets it be changed. One that is stopped
// can be.
func (r *request) settled(l Listener) *model.Output {
	key := ListenerKey(l.LoadBalancer, l.Port)
	switch l.Status {
	case Configuring, Starting:
		return r.refuse(errcodes.CondListenerConfiguring, listener(key).String())
	case Stopping:
		return r.refuse(errcodes.CondListenerStopping, listener(key).String())
	default:
		return nil
	}
}

// certificate finds a certificate of a region.
func (r *request) certificate(id, region string) (Certificate, *model.Output) {
	c, found := r.state.Certificates.Get(id)
	switch {
	case !found:
		return c, r.refuse(errcodes.CondCertificateNotFound, certificate(id).String())
	case c.Region != region:
		return c, r.refuse(errcodes.CondCertificateOtherRegion, certificate(id).String())
	default:
		return c, nil
	}
}

// inRange reports whether a listener can have a port.
func inRange(port int) bool { return 1 <= port && port <= 65535 }

// first returns the first refusal, and nil if there is none. The checks are made in turn.
func first(checks ...func() *model.Output) *model.Output {
	for _, check := range checks {
		if refusal := check(); refusal != nil {
			return refusal
		}
	}
	return nil
}
