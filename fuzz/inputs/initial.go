package inputs

import (
	"cmp"
	"iter"
	"strconv"
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/fuzz"
	"github.com/alicert/alicert/model/account"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/model/clb"
	"github.com/alicert/alicert/model/esa"
	"github.com/alicert/alicert/model/table"
)

// Initial learns what a machine's initial state has.
func (m *history) Initial(state any) {
	switch s := state.(type) {
	case cdn.State:
		m.initialCAS(s.CAS)
		m.initialCDN(s.Own)
	case alb.State:
		m.initialCAS(s.CAS)
		m.initialALB(s.Own)
	case clb.State:
		m.initialCAS(s.CAS)
		m.initialCLB(s.Own)
	case account.State:
		m.initialCAS(s.CAS)
		m.initialCDN(s.CDN)
		m.initialALB(s.ALB)
		m.initialCLB(s.CLB)
		m.initialESA(s.ESA)
	case esa.State:
		m.initialCAS(s.CAS)
		m.initialESA(s.Own)
	}
}

// few yields as much of a table as a bundle keeps. Every sequence begins with this, so
// it should not read a large state.
func few[V comparable](t table.Table[V]) iter.Seq2[string, V] {
	return func(yield func(string, V) bool) {
		left := fuzz.BundleSize
		for key, v := range t.All() {
			if left--; left < 0 || !yield(key, v) {
				return
			}
		}
	}
}

func (m *history) initialCAS(s cas.State) {
	for name, c := range few(s.Certificates) {
		m.Names.Add(name)
		if c.Source == cas.FromCAS {
			m.Center.Add(name)
		}
		if c.Locked {
			m.Locked.Add(name)
		}
		if c.ID == "" {
			continue
		}
		m.IDs.Add(c.ID)
		keep(&m.NotServer, c.ID, c.NotServer)
		number, _, _ := strings.Cut(c.ID, "-")
		if n, err := strconv.Atoi(number); err == nil {
			m.Numbers.Add(n)
		}
	}
}

func (m *history) initialCDN(s cdn.Own) {
	m.Suspended, m.RefuseRepeated = s.Suspended, s.RefuseRepeatedContent
	for id, d := range few(s.Domains) {
		m.addDomain(id, d)
		if d.HasBinding() {
			m.Secured.Add(id)
		}
	}
}

func (m *history) initialALB(s alb.Own) {
	for id, lb := range few(s.LoadBalancers) {
		m.addLoadBalancer(id, lb)
	}
	for id, l := range few(s.Listeners) {
		m.addListener(id, l)
	}
	for key, a := range few(s.Associations) {
		if listener, certificate, _ := strings.Cut(key, " "); a.Status == alb.Associated {
			m.Associated.Add(association{listener, certificate})
		}
	}
	for key := range few(s.Tokens) {
		_, token, _ := strings.Cut(key, " ")
		m.Tokens.Add(key)
		m.ClientTokens.Add(token)
	}
	for id, j := range few(s.Jobs) {
		if j.Status == alb.Processing {
			m.Jobs.Add(id)
			m.Asked[id] = asked(s, id, j)
			m.Busy.Add(j.Listener)
		}
	}
}

func (m *history) initialESA(s esa.Own) {
	for id, p := range few(s.Plans) {
		m.addPlan(id, p)
	}
	for id, of := range few(s.Sites) {
		n, _ := strconv.ParseInt(id, 10, 64) // it is a number
		m.Sites.Add(n)
		m.SiteNames.Add(of.Name)
	}
	for key, c := range few(s.Certificates) {
		_, id, _ := strings.Cut(key, " ")
		m.SiteCertificates.Add(siteCertificate{c.Site, id})
		m.Names.Add(c.Name)
	}
}

func (m *history) addPlan(id string, p esa.Plan) {
	m.Plans.Add(id)
	keep(&m.PlansOff, id, !p.Online())
}

// asked returns the request that started a job, as far as its end matters.
func asked(s alb.Own, id string, j alb.Job) Change {
	c := Change{ListenerID: j.Listener}
	_ = c.Op.UnmarshalText([]byte(j.Operation)) // of an operation that is not known, nothing is
	for associated, a := range s.Additional(j.Listener) {
		switch {
		case a.Job != id:
		case c.Op.Parameter(errcodes.FieldDomainName) != "":
			c.Domains = append(c.Domains, associated)
		default:
			c.CertificateIDs = append(c.CertificateIDs, associated)
		}
	}
	return c
}

func (m *history) addLoadBalancer(id string, lb alb.LoadBalancer) {
	m.LoadBalancers.Add(id)
	m.Limits[id] = lb.Limit()
	keep(&m.ForbiddenLoadBalancers, id, lb.Forbidden)
}

// addListener learns of a listener and its status.
func (m *history) addListener(id string, l alb.Listener) {
	m.Listeners.Add(id)
	m.Details[id] = l
	m.setStatus(id, cmp.Or(l.Status, alb.Provisioning))
	m.setDefault(id, l.Default)
}

// setDefault keeps a listener's default certificate.
func (m *history) setDefault(listener, certificate string) {
	l := m.Details[listener]
	l.Default = certificate
	m.Details[listener] = l
	keep(&m.Defaulted, listener, certificate != "")
}

// cannotStop reports whether a listener is stopped, or not there yet.
func (m *history) cannotStop(id string) bool { return m.Stopped.Has(id) || m.Provisioning.Has(id) }

// takes reports whether a listener can take certificates.
func (m *history) takes(id string) bool {
	l := m.Details[id]
	return m.Listeners.Has(id) && (l.Default != "" || m.product(id) == alb.GA) && (l.Protocol == alb.HTTPS || l.Protocol == alb.QUIC || l.Protocol == alb.TCPSSL) && !m.ForbiddenLoadBalancers.Has(l.LoadBalancer) &&
		!m.Stopped.Has(id) && !m.Provisioning.Has(id) && !m.Busy.Has(id)
}

// taking returns the listeners that can take certificates.
func (m *history) taking() (ids []string) {
	for id := range m.Listeners.All() {
		if m.takes(id) {
			ids = append(ids, id)
		}
	}
	return ids
}

// takable returns the certificates that a listener does not have and can take.
func (m *history) takable(listener string) (ids []string) {
	for id := range m.IDs.All() {
		if !m.NotServer.Has(id) && m.Details[listener].Default != id && !m.Associated.Has(association{listener, id}) {
			ids = append(ids, id)
		}
	}
	return ids
}

// setStatus keeps a listener among those of its status.
func (m *history) setStatus(listener string, status alb.ListenerStatus) {
	keep(&m.Stopped, listener, status == alb.Stopped)
	keep(&m.Provisioning, listener, status == alb.Provisioning || status == alb.Configuring)
}

// keep adds a value to a bundle or removes it.
func keep[T comparable](b *fuzz.Bundle[T], value T, in bool) {
	if in {
		b.Add(value)
	} else {
		b.Remove(value)
	}
}
