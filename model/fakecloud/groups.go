package fakecloud

import (
	"iter"
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/label"
	"github.com/alicert/alicert/model/account"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/model/clb"
	"github.com/alicert/alicert/model/esa"
	"github.com/alicert/alicert/model/table"
)

// groupView is a part of the resources of one kind and product.
type groupView struct {
	Name  string     `json:"name"` // of the group
	Total int        `json:"total"`
	More  bool       `json:"more,omitempty"` // there are more than Total, which were not counted
	Items []itemView `json:"items"`
	After string     `json:"after,omitempty"` // the next page has the items after this id; "" if there are none
}

// itemView is a resource in a list.
type itemView struct {
	Kind        string           `json:"kind"`
	ID          string           `json:"id"`
	Name        string           `json:"name"`
	State       string           `json:"state"`
	Tone        tone             `json:"tone"`
	Certificate *certificateLine `json:"certificate,omitempty"` // that it serves or is
	Facts       string           `json:"facts,omitempty"`
}

// tone is the color of a badge.
type tone string

const (
	quiet   tone = "quiet"
	good    tone = "good"
	pending tone = "pending"
	bad     tone = "bad"
)

// certificateLine names a certificate and says how long it is valid.
type certificateLine struct {
	Name string `json:"name"`
	Days *int   `json:"days,omitempty"` // left; nil if its text is unknown
}

// listQuery selects resources.
type listQuery struct {
	lang  errcodes.Lang
	find  string // a part of the name
	after string // an id
	limit int
	now   time.Time
}

const (
	firstItems = 8   // of each group in a view
	maxItems   = 100 // in one answer

	// maxScanned bounds the records that one search looks at. A search for a rare name in
	// a larger table continues with the next page.
	maxScanned = 200_000
	// maxCounted bounds the count of a product's domains.
	maxCounted = 1000
)

// group is a list of resources of one kind and product.
type group struct {
	name string
	list func(s *account.State, q listQuery) groupView
}

var groups = []group{
	{"cdn", domainsOf("Cdn")},
	{"dcdn", domainsOf("dcdn")},
	{"vod", domainsOf("vod")},
	{"live", domainsOf("live")},
	{"listeners", func(s *account.State, q listQuery) groupView {
		return pageOf("listeners", s.ALB.Listeners, q, func(id string, l alb.Listener) itemView { return listenerItem(s, id, l, q) })
	}},
	{"loadBalancers", func(s *account.State, q listQuery) groupView {
		return pageOf("loadBalancers", s.ALB.LoadBalancers, q, func(id string, lb alb.LoadBalancer) itemView { return balancerItem(id, lb, q) })
	}},
	{"classicListeners", func(s *account.State, q listQuery) groupView {
		return pageOf("classicListeners", s.CLB.Listeners, q, func(key string, l clb.Listener) itemView { return classicListenerItem(s, key, l, q) })
	}},
	{"classicBalancers", func(s *account.State, q listQuery) groupView {
		return pageOf("classicBalancers", s.CLB.LoadBalancers, q, func(id string, lb clb.LoadBalancer) itemView { return classicBalancerItem(id, lb, q) })
	}},
	{"serverCertificates", func(s *account.State, q listQuery) groupView {
		return pageOf("serverCertificates", s.CLB.Certificates, q, func(id string, c clb.Certificate) itemView { return serverCertificateItem(id, c, q) })
	}},
	{"certificates", func(s *account.State, q listQuery) groupView {
		return pageOf("certificates", s.CAS.Certificates, q, func(name string, c cas.Certificate) itemView { return certificateItem(name, c, q) })
	}},
	{"jobs", jobs},
	{"sites", sites},
}

// getList answers with a page of a group.
func (c *Cloud) getList(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	i := slices.IndexFunc(groups, func(g group) bool { return g.name == q.Get("group") })
	if i < 0 {
		respond(w, http.StatusNotFound, problem{"there is no such group of resources"})
		return
	}
	limit, _ := strconv.Atoi(q.Get("limit")) // 0 if it is absent or malformed
	if limit <= 0 || limit > maxItems {
		limit = maxItems
	}
	s := &c.engine.settled().state
	respond(w, http.StatusOK, groups[i].list(s, listQuery{languageOf(r), q.Get("find"), q.Get("after"), limit, c.options.Now()}))
}

// pageOf lists the records of a table after an id whose keys contain the text to find. Its
// time is that of the records that it looks at.
func pageOf[V comparable](name string, t table.Table[V], q listQuery, item func(string, V) itemView) groupView {
	g := collect(name, keysFrom(t, q.after), q, item)
	g.Total = t.Len()
	return g
}

// keysFrom yields the records after a key.
func keysFrom[V comparable](t table.Table[V], after string) iter.Seq2[string, V] {
	return func(yield func(string, V) bool) {
		for key, v := range t.From(after) {
			if key != after || after == "" {
				if !yield(key, v) {
					return
				}
			}
		}
	}
}

func collect[V any](name string, records iter.Seq2[string, V], q listQuery, item func(string, V) itemView) groupView {
	g := groupView{Name: name, Items: []itemView{}}
	find, scanned, last := strings.ToLower(strings.TrimSpace(q.find)), 0, ""
	for key, v := range records {
		if len(g.Items) == q.limit || scanned == maxScanned {
			g.After = last
			break
		}
		scanned++
		last = key
		if find == "" || strings.Contains(strings.ToLower(key), find) {
			g.Items = append(g.Items, item(key, v))
		}
	}
	return g
}

// domainsOf returns the list of a product's domains. The ids of all products but the CDN
// begin with the product and a space.
func domainsOf(product string) func(*account.State, listQuery) groupView {
	return func(s *account.State, q listQuery) groupView {
		item := func(id string, d cdn.Domain) itemView { return domainItem(s, id, d, q) }
		name := strings.ToLower(product)
		if product != "Cdn" {
			begin := max(q.after, product+" ")
			g := collect(name, while(keysFrom(s.CDN.Domains, begin), product+" "), q, item)
			g.Total, g.More = count(s.CDN.Domains.WithPrefix(product + " "))
			return g
		}
		g := collect(name, ofCDN(s.CDN.Domains, q.after), q, item)
		g.Total = s.CDN.Domains.Len()
		for _, other := range []string{"dcdn ", "live ", "vod "} {
			n, more := count(s.CDN.Domains.WithPrefix(other))
			g.Total -= n
			g.More = g.More || more
		}
		return g
	}
}

// while yields the records up to the first whose key does not have the prefix.
func while[V any](records iter.Seq2[string, V], prefix string) iter.Seq2[string, V] {
	return func(yield func(string, V) bool) {
		for key, v := range records {
			if !strings.HasPrefix(key, prefix) || !yield(key, v) {
				return
			}
		}
	}
}

// ofCDN yields the domains of the CDN after an id. It skips those of another product in
// one step.
func ofCDN(t table.Table[cdn.Domain], after string) iter.Seq2[string, cdn.Domain] {
	return func(yield func(string, cdn.Domain) bool) {
		for skip := true; skip; {
			skip = false
			for id, d := range keysFrom(t, after) {
				if product, _, other := strings.Cut(id, " "); other {
					after, skip = product+"!", true // the character after the space
					break
				}
				if !yield(id, d) {
					return
				}
			}
		}
	}
}

// count counts records, at most maxCounted.
func count[V any](records iter.Seq2[string, V]) (n int, more bool) {
	for range records {
		if n == maxCounted {
			return n, true
		}
		n++
	}
	return n, false
}

// jobs lists the pending jobs, then the ended ones, last ended first. It has no pages: the
// ended jobs are bounded.
func jobs(s *account.State, q listQuery) groupView {
	g := collect("jobs", func(yield func(string, alb.Job) bool) {
		reached := q.after == ""
		for id, j := range newest(s) {
			if reached && !yield(id, j) {
				return
			}
			reached = reached || id == q.after
		}
	}, q, func(id string, j alb.Job) itemView {
		state := map[alb.JobStatus]tone{alb.Processing: pending, alb.Succeeded: good, alb.Failed: bad}
		return itemView{Kind: "job", ID: id, Name: j.Operation, State: classText(q.lang, string(j.Status)), Tone: state[j.Status], Facts: j.Listener}
	})
	g.Total = s.ALB.Jobs.Len()
	return g
}

// newest yields the pending jobs, then the ended ones, last ended first.
func newest(s *account.State) iter.Seq2[string, alb.Job] {
	return func(yield func(string, alb.Job) bool) {
		for id, j := range s.ALB.Jobs.All() {
			if j.Status == alb.Processing && !yield(id, j) {
				return
			}
		}
		var ended []string
		for _, id := range s.ALB.Finished.All() {
			ended = append(ended, id)
		}
		for _, id := range slices.Backward(ended) {
			j, _ := s.ALB.Jobs.Get(id)
			if !yield(id, j) {
				return
			}
		}
	}
}

// sites lists sites whose names or numbers contain the text to find.
func sites(s *account.State, q listQuery) groupView {
	find := strings.ToLower(strings.TrimSpace(q.find))
	q.find = ""
	g := collect("sites", func(yield func(string, esa.Site) bool) {
		for id, of := range keysFrom(s.ESA.Sites, q.after) {
			if strings.Contains(id+" "+of.Name, find) && !yield(id, of) {
				return
			}
		}
	}, q, func(id string, of esa.Site) itemView { return siteItem(s, id, of, q) })
	g.Total = s.ESA.Sites.Len()
	return g
}

func domainItem(s *account.State, id string, d cdn.Domain, q listQuery) itemView {
	_, name := cdn.SplitID(id)
	class := s.CDN.Class(id)
	item := itemView{Kind: "domain", ID: id, Name: name, State: classText(q.lang, class), Tone: quiet}
	switch {
	case d.Configuring:
		item.Tone = pending
	case d.Offline, d.Forbidden, d.Foreign, d.Deleting, s.CDN.Suspended:
		item.Tone = bad
	case d.HTTPS:
		item.Tone = good
	}
	switch {
	case d.UsesFree:
		item.Certificate = &certificateLine{Name: text(q.lang, "certificate.free")}
	case d.Bound != "":
		c, _ := s.CAS.Get(d.Bound)
		item.Certificate = lineOf(c, d.Bound, q.now)
	}
	return item
}

// lineOf describes a certificate in one line.
func lineOf(c cas.Certificate, name string, now time.Time) *certificateLine {
	line := &certificateLine{Name: name}
	if c.Leaf.NotAfter != 0 {
		days := int(time.Unix(c.Leaf.NotAfter, 0).Sub(now) / (24 * time.Hour))
		line.Days = &days
	}
	return line
}

func listenerItem(s *account.State, id string, l alb.Listener, q listQuery) itemView {
	item := itemView{Kind: "listener", ID: id, Name: id, State: classText(q.lang, string(l.Status)), Facts: strings.TrimSpace(label.Product(l.Product) + " " + string(l.Protocol) + " " + strconv.Itoa(l.Port))}
	switch l.Status {
	case alb.Running:
		item.Tone = good
	case alb.Stopped:
		item.Tone = bad
	default:
		item.Tone = pending
	}
	if l.Default != "" {
		c, _ := s.CAS.ByID(l.Default)
		item.Certificate = lineOf(c, l.Default, q.now)
		if c.Name != "" {
			item.Certificate.Name = c.Name
		}
	}
	return item
}

// balancerKind returns the kind of what has the listeners of a product.
func balancerKind(product string) string {
	if product == alb.GA {
		return "accelerator"
	}
	return "loadBalancer"
}

func balancerItem(id string, lb alb.LoadBalancer, q listQuery) itemView {
	item := itemView{Kind: balancerKind(lb.Product), ID: id, Name: id, State: string(lb.Edition), Tone: quiet, Facts: text(q.lang, "balancer.quota", lb.Associations, lb.Limit())}
	if !lb.HasQuota() {
		item.State, item.Facts = label.Product(lb.Product), text(q.lang, "balancer.count", lb.Associations)
	}
	if lb.Forbidden {
		item.State, item.Tone = classText(q.lang, "not permitted"), bad
	}
	return item
}

func siteItem(s *account.State, id string, of esa.Site, q listQuery) itemView {
	plan, _ := s.ESA.Plans.Get(of.Plan)
	item := itemView{Kind: "site", ID: id, Name: of.Name, State: classText(q.lang, s.ESA.Class(id)), Tone: quiet, Facts: text(q.lang, "site.quota", plan.Certificates, plan.Quota)}
	switch {
	case !plan.Online(), of.Status == esa.SiteOffline:
		item.Tone = bad
	case of.Certificates > 0:
		item.Tone = good
	}
	return item
}

func certificateItem(name string, c cas.Certificate, q listQuery) itemView {
	item := itemView{Kind: "certificate", ID: name, Name: name, State: classText(q.lang, certificateClass(c)), Tone: quiet, Certificate: lineOf(c, c.Leaf.Names, q.now)}
	switch {
	case c.Status != cas.Issued, item.Certificate.Days != nil && *item.Certificate.Days < 0:
		item.Tone = bad
	case c.InUse():
		item.Tone = good
	}
	return item
}
