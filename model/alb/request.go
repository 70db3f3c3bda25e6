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

	// Set by admit.
	listener     Listener
	loadBalancer LoadBalancer
}

func (r *request) refuse(cond errcodes.Condition, target string, args ...string) model.Output {
	return reply.Refuse(r.requestID, r.table.Error(cond, args...), target)
}

// refuseCertificate refuses the certificate of an entry, from 0.
func (r *request) refuseCertificate(cond errcodes.Condition, entry int, id string) model.Output {
	o := r.refuse(cond, "certificate "+id, id)
	o.Error.Parameter = strings.Replace(r.table.Operation.Parameter(errcodes.FieldCertificateID), ".N", "."+strconv.Itoa(entry+1), 1)
	return o
}

// admit checks whether there is such a listener, and whether the caller may operate it. It
// returns nil if so.
func (r *request) admit() *model.Output {
	found := false
	r.listener, found = r.state.Listeners.Get(r.id)
	r.loadBalancer, _ = r.state.LoadBalancers.Get(r.listener.LoadBalancer)
	switch {
	case !found || r.listener.Product != productOf(r.table.Operation):
		return r.stop(errcodes.CondListenerNotFound, "listener "+r.id, r.id)
	case r.loadBalancer.Forbidden:
		return r.stop(errcodes.CondLoadBalancerForbidden, "load balancer "+r.listener.LoadBalancer)
	default:
		return nil
	}
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
		return nil
	case Configuring:
		return r.stop(errcodes.CondListenerConfiguring, "listener "+r.id, r.id, string(status))
	default:
		return r.stop(errcodes.CondListenerNotRunning, "listener "+r.id, r.id, string(status))
	}
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

// refusesCertificate checks one certificate that is to be associated.
func (r *request) refusesCertificate(id string) errcodes.Condition {
	switch cond := r.state.unusable(id); {
	case cond != 0:
		return cond
	case id == r.listener.Default:
		return errcodes.CondCertificateIsDefault
	case r.state.Associations.Has(associationKey(r.id, id)):
		return errcodes.CondCertificateAssociated
	default:
		return 0
	}
}
