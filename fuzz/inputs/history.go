package inputs

import (
	"cmp"
	"encoding/json"
	"strconv"
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/fuzz"
	"github.com/alicert/alicert/internal/redact"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/model/clb"
	"github.com/alicert/alicert/model/esa"
)

// history is the memory of a sequence: names and ids that exist or existed, for later
// inputs to refer to.
type history struct {
	Requests      int                             // made so far
	RequestIDs    fuzz.Bundle[string]             // of requests
	Domains       fuzz.Bundle[string]             // ids
	DomainsOf     map[string]*fuzz.Bundle[string] // names by product
	Names         fuzz.Bundle[string]             // of certificates
	IDs           fuzz.Bundle[string]             // of certificates
	Numbers       fuzz.Bundle[int]                // of certificates
	LoadBalancers fuzz.Bundle[string]
	Listeners     fuzz.Bundle[string]
	Associated    fuzz.Bundle[association]
	Limits        map[string]int          // of load balancers: their quotas
	Details       map[string]alb.Listener // of listeners, without their status
	NotServer     fuzz.Bundle[string]     // ids of certificates that no listener takes
	Asked         map[string]Change       // by the job that is processing
	Jobs          fuzz.Bundle[string]     // that are processing
	ClientTokens  fuzz.Bundle[string]
	Tokens        fuzz.Bundle[string] // as alb.TokenForgotten wants them
	Changes       []Change            // the latest that succeeded

	Plans            fuzz.Bundle[string]
	Sites            fuzz.Bundle[int64]
	SiteNames        fuzz.Bundle[string]
	SiteCertificates fuzz.Bundle[siteCertificate]

	// What is in a state that an event ends, so that the event mostly applies.
	Suspended, RefuseRepeated bool                // of the account
	Configuring               fuzz.Bundle[string] // domains whose configuration was changed
	Secured                   fuzz.Bundle[string] // domains that got a certificate
	Offline                   fuzz.Bundle[string] // domains
	Protected                 fuzz.Bundle[string] // domains
	Scheduled                 fuzz.Bundle[string] // domains
	Forbidden                 fuzz.Bundle[string] // domains
	Free                      fuzz.Bundle[string] // domains with a free certificate
	Center                    fuzz.Bundle[string] // names of certificates that no product uploaded
	Locked                    fuzz.Bundle[string] // names of certificates
	ForbiddenLoadBalancers    fuzz.Bundle[string]
	Stopped                   fuzz.Bundle[string] // listeners
	Provisioning              fuzz.Bundle[string] // listeners
	Busy                      fuzz.Bundle[string] // listeners with a job
	Defaulted                 fuzz.Bundle[string] // listeners with a default certificate
	PlansOff                  fuzz.Bundle[string] // plans that are not online

	Classic classic // of the classic load balancer
}

func newHistory() *history {
	return &history{
		Asked: map[string]Change{}, DomainsOf: map[string]*fuzz.Bundle[string]{}, Details: map[string]alb.Listener{}, Limits: map[string]int{},
	}
}

// association is an additional certificate of a listener, or a domain that has one.
type association struct{ Listener, Associated string }

// siteCertificate is a certificate of a site.
type siteCertificate struct {
	Site int64
	ID   string
}

// maxChanges is how many requests a sequence remembers to send again.
const maxChanges = 32

// Learn learns from an answer.
func (m *history) Learn(in Input, out model.Output) {
	if out.Ignored {
		m.forget(in)
		return
	}
	if !out.OK() && out.Error.Condition != errcodes.CondSetNotEffective {
		return
	}
	switch a := in.Action.(type) {
	case Set:
		m.learnSet(a)
	case Upload:
		m.learnUpload(a, out)
	case clb.Action:
		m.learnClassic(a, out)
	case Change:
		m.learnChange(a, out)
	case alb.UpdateListenerAttribute:
		m.addJob(Change{ListenerID: a.ListenerID}, out)
		m.setDefault(a.ListenerID, a.CertificateID)
	case alb.CreateListener:
		m.learnListener(errcodes.CreateListener, cmp.Or(a.ClientToken, a.RequestID), "", out)
		if id := listenerOf(out); id != "" {
			m.addListener(id, alb.Listener{LoadBalancer: a.LoadBalancerID, Protocol: a.ListenerProtocol, Default: a.CertificateID})
		}
	case alb.DeleteListener:
		m.learnListener(errcodes.DeleteListener, cmp.Or(a.ClientToken, a.RequestID), a.ListenerID, out)

	case cas.CertificateAdded:
		m.learnCertificate(a.Certificate)
	case cas.CertificateRemoved:
		m.removeCertificate(a.Name)
	case cas.LockChanged:
		keep(&m.Locked, a.Name, a.On)

	case cdn.AccountSuspended:
		m.Suspended = true
	case cdn.AccountReinstated:
		m.Suspended = false
	case cdn.RepeatedContentChanged:
		m.RefuseRepeated = a.Refuse
	case alb.Action:
		m.learnListenerEvent(a)
	case SetSite, esa.Action:
		m.learnSite(a, out)
	default:
		m.learnDomain(in)
	}
}

// forget drops what an event referred to in vain.
func (m *history) forget(in Input) {
	switch a := in.Action.(type) {
	case alb.JobFinished:
		m.endJob(a.Job)
	case alb.JobFailed:
		m.endJob(a.Job)
	case alb.ListenerStarted:
		m.Stopped.Remove(a.ID)
	case alb.ListenerProvisioned:
		m.Provisioning.Remove(a.ID)
	case alb.TokenForgotten:
		m.Tokens.Remove(a.Token)
	case alb.DefaultCertificateRemoved:
		m.Defaulted.Remove(a.Listener)
	case cas.CertificateStatusChanged:
		if a.Status == cas.Issued || a.Status == cas.Revoked {
			m.Center.Remove(a.Name)
		}
	case cdn.ConfigurationFinished:
		m.Configuring.Remove(a.Domain)
	case cdn.FreeCertificateWithdrawn:
		m.Free.Remove(a.Domain)
	}
}

func (m *history) removeCertificate(name string) {
	for _, b := range []*fuzz.Bundle[string]{&m.Names, &m.Center, &m.Locked} {
		b.Remove(name)
	}
	m.IDs.Remove(strings.TrimPrefix(name, ofID))
}

// learnListenerEvent learns from events of load balancers, listeners and jobs.
func (m *history) learnListenerEvent(event any) {
	switch a := event.(type) {
	case alb.LoadBalancerAdded:
		m.addLoadBalancer(a.ID, a.LoadBalancer)
	case alb.QuotaRaised:
		m.Limits[a.LoadBalancer] = a.Quota
	case alb.PermissionChanged:
		keep(&m.ForbiddenLoadBalancers, a.LoadBalancer, !a.Allowed)
	case alb.ListenerAdded:
		m.addListener(a.ID, a.Listener)
	case alb.ListenerRemoved:
		for _, b := range []*fuzz.Bundle[string]{&m.Listeners, &m.Stopped, &m.Provisioning, &m.Busy, &m.Defaulted} {
			b.Remove(a.ID)
		}
	case alb.ListenerStarted:
		m.setStatus(a.ID, alb.Running)
	case alb.ListenerStopped:
		m.setStatus(a.ID, alb.Stopped)
	case alb.ListenerProvisioned:
		m.setStatus(a.ID, alb.Running)
	case alb.DefaultCertificateSet:
		m.setDefault(a.Listener, a.Certificate)
	case alb.DefaultCertificateRemoved:
		m.setDefault(a.Listener, "")
	case alb.JobFinished:
		m.settle(m.Asked[a.Job])
		m.endJob(a.Job)
	case alb.JobFailed:
		m.endJob(a.Job)
	case alb.TokenForgotten:
		m.Tokens.Remove(a.Token)
	}
}

// learnDomain learns from inputs that add, change or remove a domain.
func (m *history) learnDomain(in Input) {
	switch a := in.Action.(type) {
	case cdn.AddDomain:
		m.addDomain(a.About().ID, cdn.Domain{Configuring: true})
	case cdn.DeleteDomain:
		m.Configuring.Add(a.About().ID)
	case cdn.BatchSetCdnDomainConfig:
		m.Configuring.Add(a.About().ID)
	case cdn.DomainAdded:
		m.addDomain(a.Name, a.Domain)
	case cdn.DomainRemoved:
		m.removeDomain(a.Name)
	case cdn.ConfigurationFinished:
		m.Configuring.Remove(a.Domain)
	case cdn.DomainTakenOffline:
		m.Offline.Add(a.Domain)
	case cdn.DomainBroughtOnline:
		m.Offline.Remove(a.Domain)
	case cdn.ProtectionChanged:
		keep(&m.Protected, a.Domain, a.On)
	case cdn.ScheduleChanged:
		keep(&m.Scheduled, a.Domain, a.On)
	case cdn.PermissionChanged:
		keep(&m.Forbidden, a.Domain, !a.Allowed)
	case cdn.FreeCertificateIssued:
		m.Free.Add(a.Domain)
	case cdn.FreeCertificateWithdrawn:
		m.Free.Remove(a.Domain)
	}
}

func (m *history) learnSetSite(a SetSite, out model.Output) {
	var body struct {
		ID string `json:"Id"`
	}
	if n, err := strconv.ParseInt(a.SiteID, 10, 64); err == nil && json.Unmarshal([]byte(text(out.Body)), &body) == nil && body.ID != "" {
		m.SiteCertificates.Add(siteCertificate{n, body.ID})
	}
	if name := redact.Name(string(a.CertName)); name != "" {
		m.Names.Add(name)
	}
}

// learnSite learns from events of plans and sites, and from certificates that a site gets
// or loses.
func (m *history) learnSite(action any, out model.Output) {
	switch a := action.(type) {
	case SetSite:
		m.learnSetSite(a, out)
	case esa.PlanAdded:
		m.addPlan(a.ID, a.Plan)
	case esa.PlanStatusChanged:
		keep(&m.PlansOff, a.Plan, a.Status != esa.PlanOnline)
	case esa.SiteAdded:
		m.Sites.Add(a.ID)
		m.SiteNames.Add(a.Site.Name)
	case esa.SiteRemoved:
		m.Sites.Remove(a.ID)
	case esa.SiteCertificateAdded:
		m.SiteCertificates.Add(siteCertificate{a.Site, a.ID})
		m.Names.Add(a.Certificate.Name)
	case esa.DeleteCertificate:
		m.SiteCertificates.Remove(siteCertificate{a.SiteID, a.ID})
	}
}

// of returns the names of a product's domains.
func (m *history) of(product string) *fuzz.Bundle[string] {
	if m.DomainsOf[product] == nil {
		m.DomainsOf[product] = new(fuzz.Bundle[string])
	}
	return m.DomainsOf[product]
}

func (m *history) addDomain(id string, d cdn.Domain) {
	m.Domains.Add(id)
	product, name := cdn.SplitID(id)
	m.of(product).Add(name)
	keep(&m.Configuring, id, d.Configuring)
	keep(&m.Offline, id, d.Offline)
	keep(&m.Protected, id, d.Protected)
	keep(&m.Scheduled, id, d.Scheduled)
	keep(&m.Forbidden, id, d.Forbidden)
	keep(&m.Free, id, d.Free == cdn.FreeIssued)
}

func (m *history) removeDomain(id string) {
	for _, b := range []*fuzz.Bundle[string]{
		&m.Domains, &m.Configuring, &m.Secured, &m.Offline, &m.Protected, &m.Scheduled, &m.Forbidden, &m.Free,
	} {
		b.Remove(id)
	}
	product, name := cdn.SplitID(id)
	m.of(product).Remove(name)
}

func (m *history) learnSet(a Set) {
	id := domainForm(cdn.DomainID(a.Operation().Product(), string(a.DomainName)))
	m.Configuring.Add(id)
	if a.Status == "on" {
		m.Secured.Add(id)
	} else {
		m.Secured.Remove(id)
	}
	name := redact.Name(string(a.CertName))
	if name == "" && a.CertType == "upload" {
		name = "cert-" + a.RequestID
	}
	if a.Status != "on" || a.CertType == "free" || name == "" {
		return
	}
	m.Names.Add(name)
	if a.CertType == "upload" {
		number := cas.UploadNumber(a.RequestID, name)
		m.Numbers.Add(number)
		m.IDs.Add(cas.IDOf(number))
	}
}

// settle learns what a request changed when its job finished.
func (m *history) settle(c Change) {
	op := c.Request().Operation()
	associated := c.CertificateIDs
	if op.Parameter(errcodes.FieldDomainName) != "" {
		associated = c.Domains
	}
	for _, id := range associated {
		a := association{c.ListenerID, id}
		switch t := op.Table(); {
		case op == errcodes.UpdateAdditionalCertificateWithListener:
		case t.Has(errcodes.CondCertificateNotAssociated), t.Has(errcodes.CondDomainExtensionNotFound):
			m.Associated.Remove(a)
		case t.Has(errcodes.CondCertificatesMissing):
			m.Associated.Add(a)
		default:
			m.setDefault(c.ListenerID, id)
		}
	}
}

func (m *history) learnCertificate(c cas.Certificate) {
	m.Names.Add(c.Name)
	m.Center.Add(c.Name)
	keep(&m.Locked, c.Name, c.Locked)
	if c.ID != "" {
		m.IDs.Add(c.ID)
		keep(&m.NotServer, c.ID, c.NotServer)
	}
}

func (m *history) learnUpload(a Upload, out model.Output) {
	if !a.toCenter() {
		m.learnServerCertificate(a.Region, out)
		return
	}
	m.Names.Add(redact.Name(string(a.Name)))
	m.Center.Add(redact.Name(string(a.Name)))
	var body struct {
		CertID int `json:"CertId"`
	}
	if json.Unmarshal([]byte(text(out.Body)), &body) == nil && body.CertID != 0 {
		m.Numbers.Add(body.CertID)
		m.IDs.Add(cas.IDIn(body.CertID, a.Region))
	}
}

// addJob learns of a job and what it was asked to change. A request that is sent again
// gets the job of the first one, which may have ended. GA answers no job, so its id is
// guessed: it is made from the request's.
func (m *history) addJob(c Change, out model.Output) {
	id := out.JobID
	if c.Op.Product() == alb.GA {
		id = "job-" + out.RequestID
	}
	if _, known := m.Asked[id]; known || id == "" {
		return
	}
	m.Jobs.Add(id)
	m.Asked[id] = c
	m.Busy.Add(c.ListenerID)
}

func (m *history) endJob(id string) {
	m.Jobs.Remove(id)
	m.Busy.Remove(m.Asked[id].ListenerID)
	m.Provisioning.Remove(m.Asked[id].ListenerID)
}

// learnListener learns from a job that creates or deletes a listener.
func (m *history) learnListener(op errcodes.Operation, token, listener string, out model.Output) {
	m.addJob(Change{ListenerID: cmp.Or(listener, listenerOf(out))}, out)
	m.ClientTokens.Add(token)
	m.Tokens.Add(op.ID() + " " + token)
}

// listenerOf returns the listener that an answer names.
func listenerOf(out model.Output) string {
	var body struct {
		ListenerID string `json:"ListenerId"`
	}
	if json.Unmarshal([]byte(text(out.Body)), &body) != nil {
		return ""
	}
	return body.ListenerID
}

func (m *history) learnChange(a Change, out model.Output) {
	m.addJob(a, out)
	if a.Op == errcodes.NLBUpdateListenerAttribute || a.Op == errcodes.UpdateListener {
		m.setDefault(a.ListenerID, a.CertificateIDs[0])
	}
	token := a.ClientToken
	if token == "" {
		token = a.RequestID
	} else {
		m.ClientTokens.Add(token)
	}
	m.Tokens.Add(a.Request().Operation().ID() + " " + token)
	m.Changes = append(m.Changes, a)
	m.Changes = m.Changes[max(0, len(m.Changes)-maxChanges):]
}
