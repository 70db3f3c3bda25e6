package mutants

import (
	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/fuzz/inputs"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/alb"
)

// quotaOffByOne refuses only what exceeds the quota by more than one.
func quotaOffByOne(s alb.State, in inputs.Input) (alb.State, model.Output) {
	next, out := originalALB(s, in)
	r, ok := in.Action.(inputs.Change)
	if !ok || out.Error.Condition != errcodes.CondQuotaExceeded {
		return next, out
	}
	l, _ := s.Listeners.Get(r.ListenerID)
	lb, _ := s.LoadBalancers.Get(l.LoadBalancer)
	generous := lb
	generous.Quota = lb.Limit() + 1
	s.LoadBalancers = s.LoadBalancers.Set(l.LoadBalancer, generous)
	next, out = originalALB(s, in)
	generous, _ = next.LoadBalancers.Get(l.LoadBalancer)
	generous.Quota = lb.Quota
	next.LoadBalancers = next.LoadBalancers.Set(l.LoadBalancer, generous)
	return next, out
}

// partialAssociation associates the certificates before the first that it refuses.
func partialAssociation(s alb.State, in inputs.Input) (alb.State, model.Output) {
	next, out := originalALB(s, in)
	r, ok := in.Action.(inputs.Change)
	if !ok || out.Error.Condition != errcodes.CondCertificateNotFound {
		return next, out
	}
	for n := len(r.CertificateIDs) - 1; n > 0; n-- {
		r.CertificateIDs = r.CertificateIDs[:n]
		if partial, some := originalALB(s, inputs.Input{Action: r}); some.OK() {
			return partial, out
		}
	}
	return next, out
}

// tokenIgnored takes every request for a new one.
func tokenIgnored(s alb.State, in inputs.Input) (alb.State, model.Output) {
	checked := in.ALB()
	if r, ok := checked.Action.(alb.ChangeCertificates); ok && r.Operation == errcodes.AssociateAdditionalCertificatesWithListener {
		r.ClientToken = ""
		checked.Action = r
	}
	return alb.Machine{}.Step(s, checked)
}

// dryRunActs answers a dry run as it should, and does what it was only asked about.
func dryRunActs(s alb.State, in inputs.Input) (alb.State, model.Output) {
	next, out := originalALB(s, in)
	if r, ok := in.Action.(inputs.Change); ok && out.Error.Condition == errcodes.CondDryRun {
		r.DryRun = ""
		next, _ = originalALB(s, inputs.Input{Action: r})
	}
	return next, out
}

// productIgnored finds a listener whatever the product of the operation.
func productIgnored(s alb.State, in inputs.Input) (alb.State, model.Output) {
	next, out := originalALB(s, in)
	r, ok := in.Action.(inputs.Change)
	l, found := s.Listeners.Get(r.ListenerID)
	if !ok || !found || out.Error.Condition != errcodes.CondListenerNotFound {
		return next, out
	}
	product := alb.NLB
	if l.Product == alb.NLB {
		product = ""
	}
	s.Listeners = s.Listeners.Update(r.ListenerID, func(l *alb.Listener) { l.Product = product })
	next, out = originalALB(s, in)
	next.Listeners = next.Listeners.Update(r.ListenerID, func(changed *alb.Listener) { changed.Product = l.Product })
	return next, out
}

// acceleratorNotLocked lets a listener of GA be changed while another of its accelerator is.
func acceleratorNotLocked(s alb.State, in inputs.Input) (alb.State, model.Output) {
	next, out := originalALB(s, in)
	r, ok := in.Action.(inputs.Change)
	if !ok || out.Error.Condition != errcodes.CondLoadBalancerConfiguring {
		return next, out
	}
	l, _ := s.Listeners.Get(r.ListenerID)
	var busy, jobs []string
	for id, other := range s.Listeners.Select().LinkedTo(l.LoadBalancer).Skip(0) {
		if id != r.ListenerID {
			busy = append(busy, id)
			jobs = append(jobs, other.Job)
		}
	}
	for _, id := range busy {
		s.Listeners = s.Listeners.Update(id, func(l *alb.Listener) { l.Job = "" })
	}
	next, out = originalALB(s, in)
	for i, id := range busy {
		next.Listeners = next.Listeners.Update(id, func(l *alb.Listener) { l.Job = jobs[i] })
	}
	return next, out
}

// updateAdds gives a domain of GA that has no certificate one, as if it were to be
// associated.
func updateAdds(s alb.State, in inputs.Input) (alb.State, model.Output) {
	next, out := originalALB(s, in)
	r, ok := in.Action.(inputs.Change)
	if !ok || r.Op != errcodes.UpdateAdditionalCertificateWithListener || out.Error.Condition != errcodes.CondDomainExtensionNotFound {
		return next, out
	}
	r.Op = errcodes.GAAssociateAdditionalCertificatesWithListener
	return originalALB(s, inputs.Input{Action: r})
}
