package mutants

import (
	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/fuzz/inputs"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/clb"
)

// otherRegionTaken gives a listener a certificate of another region.
func otherRegionTaken(s clb.State, in inputs.Input) (clb.State, model.Output) {
	next, out := originalCLB(s, in)
	r, ok := in.Action.(clb.SetLoadBalancerHTTPSListenerAttribute)
	if !ok || out.Error.Condition != errcodes.CondCertificateOtherRegion {
		return next, out
	}
	key := clb.ListenerKey(r.LoadBalancerID, r.ListenerPort)
	s.Listeners = s.Listeners.Update(key, func(l *clb.Listener) { l.Certificate = r.ServerCertificateID })
	return s, model.Output{RequestID: r.RequestID}
}

// usedDeleted deletes a certificate that only a domain extension uses.
func usedDeleted(s clb.State, in inputs.Input) (clb.State, model.Output) {
	next, out := originalCLB(s, in)
	r, ok := in.Action.(clb.DeleteServerCertificate)
	if !ok || out.Error.Condition != errcodes.CondCertificateInUse {
		return next, out
	}
	for _, l := range s.Listeners.All() {
		if l.Certificate == r.ServerCertificateID {
			return next, out
		}
	}
	s.Certificates = s.Certificates.Delete(r.ServerCertificateID)
	return s, model.Output{RequestID: r.RequestID}
}
