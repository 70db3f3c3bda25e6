package fakecloud

import (
	"encoding/json"
	"strconv"

	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/account"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/model/esa"
)

// actionView is something that the page can do to a resource in its present state: a POST
// to a control path.
type actionView struct {
	Key     string          `json:"key"` // stays the same when the action is undone
	Label   string          `json:"label"`
	Path    string          `json:"path"`
	Body    json.RawMessage `json:"body"`
	Primary bool            `json:"primary,omitempty"`
	Removes bool            `json:"removes,omitempty"` // the resource is gone afterwards
}

// event returns an action that applies an event.
func (p *panel) event(key, label string, a model.Action) actionView {
	body, _ := json.Marshal(account.Input{Action: a}) // events have a JSON form
	return actionView{Key: key, Label: text(p.lang, "action."+label), Path: "events", Body: body}
}

// finish returns the primary action of a resource with a pending change.
func (p *panel) finish(name string) actionView {
	body, _ := json.Marshal(finishRequest{Name: name}) // texts have a JSON form
	return actionView{Key: "finish", Label: text(p.lang, "action.finish"), Path: "finish", Body: body, Primary: true}
}

// fail returns the action that lets a job fail.
func (p *panel) fail(name string) actionView {
	body, _ := json.Marshal(finishRequest{Name: name, Fail: true}) // as above
	return actionView{Key: "fail", Label: text(p.lang, "action.fail"), Path: "finish", Body: body}
}

func removes(a actionView) actionView {
	a.Removes = true
	return a
}

// either returns the action that turns something off if it is on, or on if it is off.
func (p *panel) either(key string, on bool, off, onLabel string, turn func(on bool) model.Action) actionView {
	label := onLabel
	if on {
		label = off
	}
	return p.event(key, label, turn(!on))
}

func (p *panel) domainActions(id string, d cdn.Domain) (all []actionView) {
	if d.Configuring {
		all = append(all, p.finish(id))
	}
	return append(all,
		p.either("offline", d.Offline, "online", "offline", func(on bool) model.Action {
			if on {
				return cdn.DomainTakenOffline{Domain: id}
			}
			return cdn.DomainBroughtOnline{Domain: id}
		}),
		p.either("protection", d.Protected, "unprotect", "protect", func(on bool) model.Action { return cdn.ProtectionChanged{Domain: id, On: on} }),
		p.either("schedule", d.Scheduled, "unschedule", "schedule", func(on bool) model.Action { return cdn.ScheduleChanged{Domain: id, On: on} }),
		p.either("permission", d.Forbidden, "permit", "forbid", func(forbid bool) model.Action { return cdn.PermissionChanged{Domain: id, Allowed: !forbid} }),
		p.either("free", d.Free == cdn.FreeIssued, "withdrawFree", "issueFree", func(on bool) model.Action {
			if on {
				return cdn.FreeCertificateIssued{Domain: id}
			}
			return cdn.FreeCertificateWithdrawn{Domain: id}
		}),
		removes(p.event("remove", "remove", cdn.DomainRemoved{Name: id})),
	)
}

func (p *panel) listenerActions(id string, l alb.Listener) (all []actionView) {
	if l.Job != "" || l.Status == alb.Provisioning {
		all = append(all, p.finish(id))
	}
	if l.Job != "" {
		all = append(all, p.fail(id))
	}
	switch l.Status {
	case alb.Stopped:
		all = append(all, p.event("running", "start", alb.ListenerStarted{ID: id}))
	case alb.Running, alb.Configuring:
		if l.Product != alb.GA { // which cannot be stopped
			all = append(all, p.event("running", "stop", alb.ListenerStopped{ID: id}))
		}
	case alb.Provisioning: // it can only become running
	}
	if l.Default != "" {
		all = append(all, p.event("default", "removeDefault", alb.DefaultCertificateRemoved{Listener: id}))
	}
	return append(all, removes(p.event("remove", "remove", alb.ListenerRemoved{ID: id})))
}

func (p *panel) balancerActions(id string, lb alb.LoadBalancer) (all []actionView) {
	if lb.Limit() < lb.MaxLimit() {
		quota := min(2*lb.Limit(), lb.MaxLimit())
		raise := p.event("quota", "quota", alb.QuotaRaised{LoadBalancer: id, Quota: quota})
		raise.Label = text(p.lang, "action.quota", quota)
		all = append(all, raise)
	}
	return append(all, p.either("permission", lb.Forbidden, "permit", "forbid", func(forbid bool) model.Action {
		return alb.PermissionChanged{LoadBalancer: id, Allowed: !forbid}
	}))
}

func (p *panel) certificateActions(c cas.Certificate) (all []actionView) {
	if c.Source == cas.FromCAS {
		for _, status := range []cas.Status{cas.Issued, cas.Revoked, cas.Expired} {
			if c.Status != status {
				all = append(all, p.event("status "+string(status), "status."+string(status), cas.CertificateStatusChanged{Name: c.Name, Status: status}))
			}
		}
	}
	all = append(all, p.either("lock", c.Locked, "unlock", "lock", func(on bool) model.Action { return cas.LockChanged{Name: c.Name, On: on} }))
	if c.Source == cas.FromCAS && !c.InUse() {
		all = append(all, removes(p.event("remove", "remove", cas.CertificateRemoved{Name: c.Name})))
	}
	return all
}

func (p *panel) siteActions(id, planID string, plan esa.Plan) []actionView {
	raise := p.event("quota", "quota", esa.PlanQuotaChanged{Plan: planID, Quota: plan.Quota + 1})
	raise.Label = text(p.lang, "action.quota", plan.Quota+1)
	number, _ := strconv.ParseInt(id, 10, 64) // it is one
	return []actionView{
		p.either("plan", !plan.Online(), "planOnline", "planOffline", func(off bool) model.Action {
			if off {
				return esa.PlanStatusChanged{Plan: planID, Status: esa.PlanOffline}
			}
			return esa.PlanStatusChanged{Plan: planID, Status: esa.PlanOnline}
		}),
		raise,
		removes(p.event("remove", "remove", esa.SiteRemoved{ID: number})),
	}
}

func (p *panel) jobActions(id string, j alb.Job) (all []actionView) {
	if j.Status == alb.Processing {
		all = append(all, p.finish(id), p.fail(id))
	}
	return all
}
