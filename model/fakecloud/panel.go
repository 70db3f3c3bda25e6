package fakecloud

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model/account"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/model/esa"
	"github.com/alicert/alicert/validate"
)

// panelView is everything that the page tells about one resource.
type panelView struct {
	itemView

	Diagram      string            `json:"diagram,omitempty"` // the diagram to draw: "domain" or "listener"
	Node         string            `json:"node,omitempty"`    // the present state in it
	Facts        []factView        `json:"facts"`
	Certificates []certificateCard `json:"certificates"` // that it serves or is
	Actions      []actionView      `json:"actions"`
}

// factView is a property, in words.
type factView struct {
	Name  string `json:"name"`
	Value string `json:"value"`
	Kind  string `json:"kind,omitempty"` // the kind of the resource that Value names, if it names one
	ID    string `json:"id,omitempty"`
}

// certificateCard describes a certificate.
type certificateCard struct {
	Title      string       `json:"title"` // what it is here
	Name       string       `json:"name"`
	ID         string       `json:"id,omitempty"`
	Status     string       `json:"status,omitempty"`
	Names      []string     `json:"names"`
	Issuer     string       `json:"issuer,omitempty"`
	NotBefore  string       `json:"notBefore,omitempty"` // dates
	NotAfter   string       `json:"notAfter,omitempty"`
	Days       *int         `json:"days,omitempty"` // left
	Key        string       `json:"key,omitempty"`
	SHA256     string       `json:"sha256,omitempty"`
	Users      []factView   `json:"users"`
	MoreUsers  int          `json:"moreUsers,omitempty"`
	Advisories []advisoryIn `json:"advisories"`
}

// advisoryIn is an advisory in one language.
type advisoryIn struct {
	ID     string         `json:"id"`
	Level  validate.Level `json:"level"`
	Reason string         `json:"reason"`
	Hint   string         `json:"hint"`
}

// getResource answers with the panel of a resource.
func (c *Cloud) getResource(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	p := panel{s: &c.engine.settled().state, lang: languageOf(r), now: c.options.Now(), version: c.options.Version}
	v, found := p.of(q.Get("kind"), q.Get("id"))
	if !found {
		respond(w, http.StatusNotFound, problem{text(p.lang, "panel.gone")})
		return
	}
	respond(w, http.StatusOK, v)
}

// panel makes the panels of a state.
type panel struct {
	s       *account.State
	lang    errcodes.Lang
	now     time.Time
	version errcodes.Version
}

func (p *panel) query() listQuery { return listQuery{lang: p.lang, now: p.now} }

func (p *panel) of(kind, id string) (panelView, bool) {
	v := panelView{Facts: []factView{}, Certificates: []certificateCard{}, Actions: []actionView{}}
	found := false
	switch kind {
	case "domain":
		var d cdn.Domain
		if d, found = p.s.CDN.Domains.Get(id); found {
			p.domain(&v, id, d)
		}
	case "listener":
		var l alb.Listener
		if l, found = p.s.ALB.Listeners.Get(id); found {
			p.listener(&v, id, l)
		}
	case "loadBalancer", "accelerator":
		var lb alb.LoadBalancer
		if lb, found = p.s.ALB.LoadBalancers.Get(id); found {
			v.itemView, v.Actions = balancerItem(id, lb, p.query()), p.balancerActions(id, lb)
			if lb.HasQuota() {
				v.fact(p.lang, "quota", strconv.Itoa(lb.Associations)+" / "+strconv.Itoa(lb.Limit()))
			}
		}
	case "certificate":
		var c cas.Certificate
		if c, found = p.s.CAS.Get(id); found {
			v.itemView, v.Actions = certificateItem(id, c, p.query()), p.certificateActions(c)
			v.Certificates = append(v.Certificates, p.card("", c, nil))
		}
	case "job":
		var j alb.Job
		if j, found = p.s.ALB.Jobs.Get(id); found {
			p.job(&v, id, j)
		}
	case "site":
		var of esa.Site
		if of, found = p.s.ESA.Sites.Get(id); found {
			p.site(&v, id, of)
		}
	default:
		found = p.classic(&v, kind, id)
	}
	return v, found
}

// fact adds a property that is not empty.
func (v *panelView) fact(lang errcodes.Lang, name, value string) {
	if value != "" {
		v.Facts = append(v.Facts, factView{Name: text(lang, "fact."+name), Value: value})
	}
}

// link adds a property that names a resource.
func (v *panelView) link(lang errcodes.Lang, name, kind, id string) {
	if id != "" {
		v.Facts = append(v.Facts, factView{text(lang, "fact."+name), id, kind, id})
	}
}

// momentText returns a time in Unix milliseconds for people, "" for 0.
func momentText(at int64) string {
	if at == 0 {
		return ""
	}
	return time.UnixMilli(at).UTC().Format("2006-01-02 15:04:05") + " UTC"
}

func (p *panel) domain(v *panelView, id string, d cdn.Domain) {
	product, name := cdn.SplitID(id)
	v.itemView = domainItem(p.s, id, d, p.query())
	v.Diagram, v.Node, v.Actions = "domain", domainNode(p.s.CDN.Class(id), d.Configuring), p.domainActions(id, d)
	v.fact(p.lang, "product", product)
	v.fact(p.lang, "changed", momentText(d.Changed))
	switch c, known := p.s.CAS.Get(d.Bound); {
	case d.UsesFree:
		v.fact(p.lang, "certificate", text(p.lang, "certificate.free"))
	case known:
		title := "card.served"
		if !d.InEffect {
			title = "card.bound"
		}
		v.Certificates = append(v.Certificates, p.card(title, c, []string{name}))
	}
}

// domainNode returns the node of the diagram of domains for a class.
func domainNode(class string, configuring bool) string {
	node := ""
	for _, serves := range []string{"on, new one not in effect", "bound, not in effect", "off", "on"} {
		if node == "" && strings.HasPrefix(class, serves) {
			node = serves
		}
	}
	if configuring && (node == "on" || node == "off") {
		node += ", configuring"
	}
	return node
}

func (p *panel) listener(v *panelView, id string, l alb.Listener) {
	v.itemView = listenerItem(p.s, id, l, p.query())
	v.Diagram, v.Node, v.Actions = "listener", string(l.Status), p.listenerActions(id, l)
	v.fact(p.lang, "protocol", string(l.Protocol)+" "+strconv.Itoa(l.Port))
	kind := balancerKind(l.Product)
	v.link(p.lang, kind, kind, l.LoadBalancer)
	v.link(p.lang, "job", "job", l.Job)
	if c, known := p.s.CAS.ByID(l.Default); known {
		v.Certificates = append(v.Certificates, p.card("card.default", c, nil))
	}
	for associated, a := range p.s.ALB.Additional(id) {
		c, known := p.s.CAS.ByID(a.Certificate)
		if !known || len(v.Certificates) == shownCertificates {
			continue
		}
		var domains []string
		if associated != a.Certificate { // it is that of a domain
			domains = []string{associated}
		}
		card := p.card("card.additional", c, domains)
		card.Title = strings.Join(append([]string{card.Title}, append(domains, classText(p.lang, string(a.Status)))...), " · ")
		v.Certificates = append(v.Certificates, card)
	}
}

func (p *panel) job(v *panelView, id string, j alb.Job) {
	v.itemView = itemView{Kind: "job", ID: id, Name: id, State: classText(p.lang, string(j.Status)), Tone: quiet}
	v.Actions = p.jobActions(id, j)
	v.fact(p.lang, "operation", j.Operation)
	v.link(p.lang, "listener", "listener", j.Listener)
	v.fact(p.lang, "began", momentText(j.Created))
	if j.Status != alb.Processing {
		v.fact(p.lang, "ended", momentText(j.Modified))
	}
	v.fact(p.lang, "code", j.Code)
	v.fact(p.lang, "message", j.Message)
}

func (p *panel) site(v *panelView, id string, of esa.Site) {
	plan, _ := p.s.ESA.Plans.Get(of.Plan)
	v.itemView, v.Actions = siteItem(p.s, id, of, p.query()), p.siteActions(id, of.Plan, plan)
	v.fact(p.lang, "site", id)
	v.fact(p.lang, "plan", of.Plan)
	v.fact(p.lang, "planQuota", strconv.Itoa(plan.Certificates)+" / "+strconv.Itoa(plan.Quota))
	for key, c := range p.s.ESA.Certificates.WithPrefix(id + " ") {
		if len(v.Certificates) == shownCertificates {
			break
		}
		shown := cas.Certificate{Name: c.Name, ID: strings.TrimPrefix(key, id+" "), Status: cas.Issued, PEM: c.PEM, Leaf: c.Leaf}
		if c.End() < p.now.UnixMilli() {
			shown.Status = cas.Expired
		}
		v.Certificates = append(v.Certificates, p.card("", shown, nil))
	}
}

// card describes a certificate. domains are those that it serves here.
func (p *panel) card(title string, c cas.Certificate, domains []string) certificateCard {
	card := certificateCard{Name: c.Name, ID: c.ID, Status: classText(p.lang, certificateClass(c)), Names: []string{}, Advisories: []advisoryIn{}, SHA256: c.Leaf.SHA256}
	if title != "" {
		card.Title = text(p.lang, title)
	}
	card.Users, card.MoreUsers = p.users(&c)
	if c.Leaf.Names != "" {
		card.Names = strings.Split(c.Leaf.Names, ",")
	}
	card.Days = lineOf(c, "", p.now).Days
	if c.Leaf.NotAfter != 0 {
		card.NotBefore, card.NotAfter = dateOf(c.Leaf.NotBefore), dateOf(c.Leaf.NotAfter)
	}
	if c.PEM == "" {
		return card
	}
	if domains == nil {
		domains = usedFor(card.Users)
	}
	report := validate.ServerCertificate(c.PEM, validate.Options{Now: p.now, VerifyChain: true, Domains: domains}).In(p.lang)
	for _, a := range report.Advisories {
		card.Advisories = append(card.Advisories, advisoryIn{string(a.ID), a.Level, a.Reason, a.Hint})
	}
	if len(report.Certificates) > 0 {
		leaf := report.Certificates[0]
		card.Issuer, card.Key = leaf.Issuer, keyText(leaf)
		if len(card.Names) == 0 {
			card.Names = append(card.Names, leaf.Names...)
		}
	}
	return card
}

func dateOf(unix int64) string { return time.Unix(unix, 0).UTC().Format(time.DateOnly) }

func keyText(c validate.Certificate) string {
	switch {
	case c.Curve != "":
		return c.KeyType + " " + c.Curve
	case c.KeyBits > 0:
		return c.KeyType + " " + strconv.Itoa(c.KeyBits)
	default:
		return c.KeyType
	}
}

// usedFor returns the names of the domains among users.
func usedFor(users []factView) (names []string) {
	for _, u := range users {
		if u.Kind == "domain" {
			_, name := cdn.SplitID(u.ID)
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// shownCertificates is how many certificates of a listener or site are shown, and shownUsers
// how many users of a certificate are named.
const (
	shownCertificates = 10
	shownUsers        = 10
)

// users returns the domains and listeners that use a certificate, and how many more there
// are. The certificate has their numbers, so the search ends with the last one. It looks at
// maxScanned records.
func (p *panel) users(c *cas.Certificate) (users []factView, more int) {
	users = []factView{}
	left, scanned := min(c.Domains, shownUsers), 0
	if left > 0 {
		for id, d := range p.s.CDN.Domains.All() {
			if scanned++; d.Bound == c.Name {
				users = append(users, factView{text(p.lang, "kind.domain"), id, "domain", id})
				left--
			}
			if left == 0 || scanned > maxScanned {
				break
			}
		}
	}
	left, scanned = min(c.Listeners, shownUsers), 0
	if left > 0 {
		for id := range p.s.ALB.Listeners.All() {
			if scanned++; p.s.ALB.Uses(id, c.ID) {
				users = append(users, factView{text(p.lang, "kind.listener"), id, "listener", id})
				left--
			}
			if left == 0 || scanned > maxScanned {
				break
			}
		}
	}
	return users, max(0, c.Domains+c.Listeners-len(users))
}
