package mutants

import (
	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/fuzz/inputs"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/esa"
)

// replacementAdds takes a request that replaces a certificate for one that adds one.
func replacementAdds(s esa.State, in inputs.Input) (esa.State, model.Output) {
	if r, ok := in.Action.(inputs.SetSite); ok && r.ID != "" {
		if _, out := originalESA(s, in); out.OK() {
			r.ID = ""
			return originalESA(s, inputs.Input{Action: r})
		}
	}
	return originalESA(s, in)
}

// coverageIgnored accepts certificates that are not for the site.
func coverageIgnored(s esa.State, in inputs.Input) (esa.State, model.Output) {
	checked := in.ESA()
	next, out := esa.Machine{}.Step(s, checked)
	r, ok := checked.Action.(esa.SetCertificate)
	if !ok || r.Type != esa.Upload || out.Error.Condition != errcodes.CondSiteNotCovered {
		return next, out
	}
	of, _ := s.Sites.Get(esa.SiteKey(r.SiteID))
	r.Check.Leaf.Names += "," + of.Name
	checked.Action = r
	return esa.Machine{}.Step(s, checked)
}

// quotaOfSite compares the quota of the plan with what the site has.
func quotaOfSite(s esa.State, in inputs.Input) (esa.State, model.Output) {
	checked := in.ESA()
	next, out := esa.Machine{}.Step(s, checked)
	r, ok := checked.Action.(esa.SetCertificate)
	if !ok || out.Error.Condition != errcodes.CondQuotaExceeded {
		return next, out
	}
	of, _ := s.Sites.Get(esa.SiteKey(r.SiteID))
	p, _ := s.Plans.Get(of.Plan)
	if of.Certificates >= p.Quota {
		return next, out
	}
	generous := p
	generous.Quota = p.Certificates + 1
	s.Plans = s.Plans.Set(of.Plan, generous)
	next, out = esa.Machine{}.Step(s, checked)
	generous, _ = next.Plans.Get(of.Plan)
	generous.Quota = p.Quota
	next.Plans = next.Plans.Set(of.Plan, generous)
	return next, out
}
