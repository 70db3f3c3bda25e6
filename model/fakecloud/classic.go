package fakecloud

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/redact"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/account"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/clb"
	"github.com/alicert/alicert/model/table"
	"github.com/alicert/alicert/validate"
)

// The classic load balancer: its upload, what a seed says of it, and what the page shows.

// uploadServerCertificate makes the input of an upload to the classic load balancer.
func uploadServerCertificate(c *call) model.Action {
	return clb.Upload(c.requestID, parse[*validate.CASRequest](c, errcodes.UploadServerCertificate), c.validate).Action
}

// Classic is the part of a seed for the classic load balancer. A listener is HTTPS and
// running unless it says otherwise. Listeners and domain extensions use server certificates
// of the region of their load balancer, which is cn-hangzhou unless it says otherwise.
type Classic struct {
	LoadBalancers      map[string]clb.LoadBalancer `json:"classicLoadBalancers,omitempty"`
	ServerCertificates map[string]clb.Certificate  `json:"serverCertificates,omitempty"` // by id
	Listeners          []clb.Listener              `json:"classicListeners,omitempty"`
	Extensions         map[string]clb.Extension    `json:"domainExtensions,omitempty"` // by id
}

// events returns the events that create the content, in a fixed order.
func (c Classic) classicEvents() (events []account.Input) {
	add := func(a model.Action) { events = append(events, account.Input{Action: a}) }
	for _, id := range slices.Sorted(maps.Keys(c.LoadBalancers)) {
		add(clb.BalancerAdded{ID: id, LoadBalancer: c.LoadBalancers[id]})
	}
	for _, id := range slices.Sorted(maps.Keys(c.ServerCertificates)) {
		certificate := c.ServerCertificates[id]
		certificate.PEM, certificate.Leaf, _ = leafOf(certificate.PEM, certificate.Leaf) // Cloud.Seed reports the error
		add(clb.ServerCertificateAdded{ID: id, Certificate: certificate})
	}
	for _, l := range c.Listeners {
		add(clb.BalancerListenerAdded{Listener: l})
	}
	for _, id := range slices.Sorted(maps.Keys(c.Extensions)) {
		add(clb.DomainExtensionAdded{ID: id, Extension: c.Extensions[id]})
	}
	return events
}

// classicOf returns what a seed can say of a state of the classic load balancer.
func classicOf(s clb.Own) Classic {
	c := Classic{LoadBalancers: map[string]clb.LoadBalancer{}, ServerCertificates: map[string]clb.Certificate{}, Extensions: map[string]clb.Extension{}}
	maps.Insert(c.LoadBalancers, s.LoadBalancers.All())
	for id, certificate := range s.Certificates.All() {
		certificate.Users, certificate.Created, certificate.Fingerprint = 0, 0, ""
		c.ServerCertificates[id] = certificate
	}
	for _, l := range s.Listeners.All() {
		c.Listeners = append(c.Listeners, l)
	}
	maps.Insert(c.Extensions, s.Extensions.All())
	return c
}

// AddServerCertificate adds a certificate to those of the classic load balancer in a region,
// and returns its id. An empty region is cn-hangzhou. It returns an error if the text is not
// a certificate chain in PEM.
func (c *Cloud) AddServerCertificate(region, name, certPEM string) (id string, err error) {
	certificate := clb.Certificate{Region: region, Name: name}
	certificate.PEM, certificate.Leaf, err = leafOf(certPEM, certificate.Leaf)
	if err == nil && certPEM == "" {
		err = fmt.Errorf("the text is empty")
	}
	if err != nil {
		return "", fmt.Errorf("fakecloud: server certificate %q: %w", redact.Text(name), err)
	}
	for n := 1; ; n++ {
		id = clb.CertificateID("fakecloud " + strconv.Itoa(n))
		if c.State().CLB.Certificates.Has(id) {
			continue
		}
		if _, err = c.add("fakecloud", account.Input{Action: clb.ServerCertificateAdded{ID: id, Certificate: certificate}}); err == nil || !c.State().CLB.Certificates.Has(id) {
			return id, err
		}
	}
}

// AddClassicListener adds a running HTTPS listener to a classic load balancer, and the load
// balancer in the region of the certificate if it does not exist. certificateID is a server
// certificate, or "" for none. It returns an error if the listener exists already or the
// certificate does not. Apply the event clb.BalancerListenerAdded for other listeners.
func (c *Cloud) AddClassicListener(loadBalancer string, port int, certificateID string) error {
	s := c.State().CLB
	certificate, known := s.Certificates.Get(certificateID)
	if certificateID != "" && !known {
		return fmt.Errorf("fakecloud: listener %q: there is no server certificate with the id %q", redact.Text(clb.ListenerKey(loadBalancer, port)), redact.Text(certificateID))
	}
	if !s.LoadBalancers.Has(loadBalancer) {
		c.Apply(account.Input{Action: clb.BalancerAdded{ID: loadBalancer, LoadBalancer: clb.LoadBalancer{Region: certificate.Region}}})
	}
	_, err := c.add("fakecloud", account.Input{Action: clb.BalancerListenerAdded{Listener: clb.Listener{LoadBalancer: loadBalancer, Port: port, Certificate: certificateID}}})
	return err
}

// The kinds of its resources on the page.
const (
	classicListenerKind   = "classicListener"
	classicBalancerKind   = "classicBalancer"
	serverCertificateKind = "serverCertificate"
)

func classicListenerItem(s *account.State, key string, l clb.Listener, q listQuery) itemView {
	item := itemView{
		Kind: classicListenerKind, ID: key, Name: key, State: classText(q.lang, string(l.Status)), Facts: string(l.Protocol) + " " + strconv.Itoa(l.Port),
	}
	switch l.Status {
	case clb.Running:
		item.Tone = good
	case clb.Stopped:
		item.Tone = bad
	default:
		item.Tone = pending
	}
	if c, known := s.CLB.Certificates.Get(l.Certificate); known {
		item.Certificate = lineOf(cas.Certificate{Leaf: c.Leaf}, c.Name, q.now)
	}
	return item
}

func classicBalancerItem(id string, lb clb.LoadBalancer, q listQuery) itemView {
	item := itemView{Kind: classicBalancerKind, ID: id, Name: id, State: lb.Region, Tone: quiet}
	switch {
	case lb.Forbidden:
		item.State, item.Tone = classText(q.lang, "not permitted"), bad
	case lb.Configuring:
		item.State, item.Tone = classText(q.lang, "configuring"), pending
	}
	return item
}

func serverCertificateItem(id string, c clb.Certificate, q listQuery) itemView {
	item := itemView{
		Kind: serverCertificateKind, ID: id, Name: cmp.Or(c.Name, id), State: c.Region, Tone: quiet, Certificate: lineOf(cas.Certificate{Leaf: c.Leaf}, c.Leaf.Names, q.now),
	}
	switch {
	case item.Certificate.Days != nil && *item.Certificate.Days < 0:
		item.Tone = bad
	case c.Users > 0:
		item.Tone = good
	}
	return item
}

// classic makes the panel of a resource of the classic load balancer.
func (p *panel) classic(v *panelView, kind, id string) (found bool) {
	s := &p.s.CLB
	switch kind {
	case classicListenerKind:
		var l clb.Listener
		if l, found = s.Listeners.Get(id); found {
			p.classicListener(v, id, l)
		}
	case classicBalancerKind:
		var lb clb.LoadBalancer
		if lb, found = s.LoadBalancers.Get(id); found {
			v.itemView = classicBalancerItem(id, lb, p.query())
			v.Actions = []actionView{
				p.either("permission", lb.Forbidden, "permit", "forbid", func(forbid bool) model.Action {
					return clb.BalancerChanged{ID: id, Forbidden: forbid, Configuring: lb.Configuring}
				}),
				p.either("configuring", lb.Configuring, "finish", "configure", func(on bool) model.Action {
					return clb.BalancerChanged{ID: id, Forbidden: lb.Forbidden, Configuring: on}
				}),
			}
			v.fact(p.lang, "region", lb.Region)
		}
	case serverCertificateKind:
		var c clb.Certificate
		if c, found = s.Certificates.Get(id); found {
			v.itemView = serverCertificateItem(id, c, p.query())
			v.fact(p.lang, "region", c.Region)
			v.fact(p.lang, "center", c.Center)
			v.Certificates = append(v.Certificates, p.serverCard("", id, c, nil))
		}
	}
	return found
}

func (p *panel) classicListener(v *panelView, key string, l clb.Listener) {
	v.itemView = classicListenerItem(p.s, key, l, p.query())
	v.fact(p.lang, "protocol", string(l.Protocol)+" "+strconv.Itoa(l.Port))
	v.link(p.lang, "loadBalancer", classicBalancerKind, l.LoadBalancer)
	if c, known := p.s.CLB.Certificates.Get(l.Certificate); known {
		v.Certificates = append(v.Certificates, p.serverCard("card.default", l.Certificate, c, nil))
	}
	for _, e := range p.s.CLB.ExtensionsOf(key).Skip(0) {
		if c, known := p.s.CLB.Certificates.Get(e.Certificate); known && len(v.Certificates) < shownCertificates {
			card := p.serverCard("card.extension", e.Certificate, c, []string{e.Domain})
			card.Title += " · " + e.Domain
			v.Certificates = append(v.Certificates, card)
		}
	}
	turn := func(label string, status clb.ListenerStatus) actionView {
		return p.event("running", label, clb.BalancerListenerChanged{LoadBalancer: l.LoadBalancer, Port: l.Port, Status: status})
	}
	switch l.Status {
	case clb.Running:
		v.Actions = append(v.Actions, turn("configure", clb.Configuring), turn("stop", clb.Stopped))
	case clb.Stopped:
		v.Actions = append(v.Actions, turn("start", clb.Running))
	default:
		v.Actions = append(v.Actions, turn("finish", clb.Running))
	}
	v.Actions = append(v.Actions, removes(p.event("remove", "remove", clb.BalancerListenerRemoved{LoadBalancer: l.LoadBalancer, Port: l.Port})))
}

// serverCard describes a server certificate. domains are those that it serves here.
func (p *panel) serverCard(title, id string, c clb.Certificate, domains []string) certificateCard {
	card := p.card(title, cas.Certificate{Name: c.Name, ID: id, Status: cas.Issued, PEM: c.PEM, Leaf: c.Leaf}, domains)
	card.Status = ""
	users := func(label, name string) {
		card.Users = append(card.Users, factView{text(p.lang, label), name, classicListenerKind, name})
	}
	left, scanned := min(c.Users, shownUsers), 0
	for key, l := range p.s.CLB.Listeners.All() {
		if scanned++; len(card.Users) == left || scanned > maxScanned {
			break
		}
		if l.Certificate == id {
			users("kind."+classicListenerKind, key)
		}
	}
	for _, e := range p.s.CLB.Extensions.All() {
		if scanned++; len(card.Users) == left || scanned > maxScanned {
			break
		}
		if e.Certificate == id {
			users("fact.extension", clb.ListenerKey(e.LoadBalancer, e.Port))
		}
	}
	card.MoreUsers = max(0, c.Users-len(card.Users))
	return card
}

// classicChanges returns how listeners, load balancers and certificates of the classic load
// balancer changed.
func classicChanges(before, after *account.State) (changes []change) {
	touched := map[string]bool{}
	for d := range before.CLB.Listeners.Diff(after.CLB.Listeners) {
		touched[d.Key] = true
	}
	for d := range before.CLB.Extensions.Diff(after.CLB.Extensions) {
		for _, e := range []clb.Extension{d.Before, d.After} {
			if e.LoadBalancer != "" {
				touched[clb.ListenerKey(e.LoadBalancer, e.Port)] = true
			}
		}
	}
	for _, key := range slices.Sorted(maps.Keys(touched)) {
		was, existed := before.CLB.Listeners.Get(key)
		is, exists := after.CLB.Listeners.Get(key)
		c := compared("classic listener", table.Change[string]{Key: key, Was: existed, Is: exists}, before.CLB.Class, after.CLB.Class)
		if is.Certificate != was.Certificate {
			c.certificate = is.Certificate
		}
		changes = append(changes, c)
	}
	for d := range before.CLB.LoadBalancers.Diff(after.CLB.LoadBalancers) {
		changes = append(changes, change{resource: model.Resource{Type: "classic load balancer", ID: d.Key}})
	}
	for d := range before.CLB.Certificates.Diff(after.CLB.Certificates) {
		if !d.Was || !d.Is || d.Before.Name != d.After.Name { // else only the number of its users
			changes = append(changes, change{resource: model.Resource{Type: "server certificate", ID: d.Key}})
		}
	}
	return changes
}

// classicDifferences returns the members of the state of the classic load balancer that a
// record changed.
func classicDifferences(before, after clb.Own) []difference {
	return slices.Concat(
		differ("classic load balancer", before.LoadBalancers, after.LoadBalancers),
		differ("classic listener", before.Listeners, after.Listeners),
		differ("server certificate", before.Certificates, after.Certificates),
		differ("domain extension", before.Extensions, after.Extensions),
	)
}
