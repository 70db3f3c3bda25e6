package alb

import (
	"slices"
	"strconv"
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/internal/reply"
)

// A request has the common parts of requests on one listener.
type request struct {
	table     errcodes.Table
	at        int64
	requestID string
	state     State
	id        string // of the listener
	balancer  string // the load balancer that the request names, if its operation has that

	// Set by admit.
	listener     Listener
	loadBalancer LoadBalancer
}

func (r *request) refuse(cond errcodes.Condition, target string, args ...string) model.Output {
	return reply.Refuse(r.requestID, r.table.Error(cond, args...), target)
}

// refuseCertificate refuses the certificate of an entry, from 0.
func (r *request) refuseCertificate(cond errcodes.Condition, entry int, id string) model.Output {
	return r.refuseEntry(cond, entry, "certificate", id)
}

func (r *request) refuseEntry(cond errcodes.Condition, entry int, kind, id string) model.Output {
	o := r.refuse(cond, kind+" "+id, id)
	o.Error.Parameter = strings.Replace(o.Error.Parameter, ".N", "."+strconv.Itoa(entry+1), 1)
	return o
}

// find looks up the listener, and the load balancer if the operation names that. It returns
// nil if they are there.
func (r *request) find() *model.Output {
	named, found := r.state.LoadBalancers.Get(r.balancer)
	if r.table.Has(errcodes.CondLoadBalancerNotFound) && (!found || named.Product != productOf(r.table.Operation)) {
		return r.stop(errcodes.CondLoadBalancerNotFound, "load balancer "+r.balancer, r.balancer)
	}
	r.listener, found = r.state.Listeners.Get(r.id)
	r.loadBalancer, _ = r.state.LoadBalancers.Get(r.listener.LoadBalancer)
	if !found || r.listener.Product != productOf(r.table.Operation) || r.balancer != "" && r.balancer != r.listener.LoadBalancer {
		return r.stop(errcodes.CondListenerNotFound, "listener "+r.id, r.id)
	}
	return nil
}

// admit does the same, and checks whether the caller may operate the load balancer.
func (r *request) admit() *model.Output {
	if refusal := r.find(); refusal != nil {
		return refusal
	}
	if r.loadBalancer.Forbidden {
		return r.stop(errcodes.CondLoadBalancerForbidden, "load balancer "+r.listener.LoadBalancer)
	}
	return nil
}

// takesCertificates checks whether the listener can have certificates.
func (r *request) takesCertificates() *model.Output {
	if !r.listener.Protocol.hasCertificates() {
		return r.stop(errcodes.CondListenerProtocolUnsupported, "listener "+r.id)
	}
	return nil
}

// missing refuses a request without a required parameter, as the gateway does. It returns
// nil if the request has all of them.
func (r *request) missing(has func(errcodes.Field) bool) *model.Output {
	return reply.Required(r.requestID, r.table, has)
}

// running checks whether the listener's status lets it be changed.
func (r *request) running() *model.Output {
	switch status := r.listener.Status; status {
	case Running:
		if r.table.Has(errcodes.CondLoadBalancerConfiguring) && r.state.isChanging(r.listener.LoadBalancer) {
			return r.stop(errcodes.CondLoadBalancerConfiguring, "load balancer "+r.listener.LoadBalancer)
		}
		return nil
	case Configuring:
		return r.stop(errcodes.CondListenerConfiguring, "listener "+r.id, r.id, string(status))
	default:
		return r.stop(errcodes.CondListenerNotRunning, "listener "+r.id, r.id, string(status))
	}
}

// isChanging reports whether a job is processing for a listener of a load balancer.
func (s State) isChanging(loadBalancer string) bool {
	for _, l := range s.Listeners.Select().LinkedTo(loadBalancer).Skip(0) {
		if l.Job != "" {
			return true
		}
	}
	return false
}

// full returns ids of certificates with bare numbers completed by the region of a load
// balancer. It returns the same slice if there are none.
func (s State) full(ids []string, loadBalancerRegion string) []string {
	full := ids
	for i, id := range ids {
		number, err := strconv.Atoi(id)
		if err != nil || strconv.Itoa(number) != id || number < 0 || s.CAS.IDs.Has(id) {
			continue
		}
		if &full[0] == &ids[0] {
			full = slices.Clone(ids)
		}
		full[i] = cas.IDIn(number, cas.RegionOf(loadBalancerRegion))
	}
	return full
}

// stop returns a refusal on the heap, so that accepted requests allocate nothing.
func (r *request) stop(cond errcodes.Condition, target string, args ...string) *model.Output {
	o := r.refuse(cond, target, args...)
	return &o
}

// unusable returns why no listener can have a certificate, 0 if one can.
func (s State) unusable(id string) errcodes.Condition {
	switch c, found := s.CAS.ByID(id); {
	case !found:
		return errcodes.CondCertificateNotFound
	case c.NotServer:
		return errcodes.CondCertificateNotServer
	default:
		return 0
	}
}

// refusesDefault checks the certificate that is to be the default one.
func (r *request) refusesDefault(id string) errcodes.Condition {
	if cond := r.state.unusable(id); cond != 0 {
		return cond
	}
	if r.table.Has(errcodes.CondCertificateAssociated) && r.state.Associations.Has(associationKey(r.id, id)) {
		return errcodes.CondCertificateAssociated
	}
	return 0
}

// refusesCertificate checks one certificate that is to be associated, itself or with a
// domain.
func (r *request) refusesCertificate(id, associated string) errcodes.Condition {
	switch cond := r.state.unusable(id); {
	case cond != 0:
		return cond
	case id == r.listener.Default && r.table.Has(errcodes.CondCertificateIsDefault):
		return errcodes.CondCertificateIsDefault
	case r.state.Associations.Has(associationKey(r.id, associated)) && r.table.Has(errcodes.CondDomainExtensionExists):
		return errcodes.CondDomainExtensionExists
	case r.state.Associations.Has(associationKey(r.id, associated)):
		return errcodes.CondCertificateAssociated
	default:
		return 0
	}
}
