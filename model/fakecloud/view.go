package fakecloud

import (
	"cmp"
	"iter"
	"slices"
	"strings"

	"github.com/alicert/alicert/model/account"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/cdn"
)

// viewed is how many items of each kind the page shows.
const viewed = 100

// view is the content of the page.
type view struct {
	News          int64              `json:"news"`
	Progress      string             `json:"progress"`
	Operations    []string           `json:"operations"`
	Suspended     bool               `json:"suspended"`
	Trouble       string             `json:"trouble"` // why changes cannot be written to the data directory
	Domains       []domainView       `json:"domains"`
	Listeners     []listenerView     `json:"listeners"`
	LoadBalancers []loadBalancerView `json:"loadBalancers"`
	Certificates  []certificateView  `json:"certificates"`
	Jobs          []jobView          `json:"jobs"`
	Faults        []Fault            `json:"faults"`
	Journal       []recordView       `json:"journal"`
	Calls         []Call             `json:"calls"`
	Missing       []Missing          `json:"missing"`
	Totals        map[string]int     `json:"totals"` // by the JSON names of the lists above
}

type domainView struct {
	Name  string `json:"name"`
	Class string `json:"class"`
	cdn.Domain
}

type listenerView struct {
	ID    string `json:"id"`
	Class string `json:"class"`
	alb.Listener
	Certificates []associationView `json:"certificates"`
}

type associationView struct {
	ID     string                `json:"id"`
	Status alb.AssociationStatus `json:"status"`
}

type loadBalancerView struct {
	ID    string `json:"id"`
	Limit int    `json:"limit"`
	Max   int    `json:"max"`
	alb.LoadBalancer
}

type certificateView struct {
	Name      string     `json:"name"`
	ID        string     `json:"id"`
	Source    cas.Source `json:"source"`
	Status    cas.Status `json:"status"`
	Names     string     `json:"names"`
	NotAfter  int64      `json:"notAfter"` // Unix seconds
	Locked    bool       `json:"locked"`
	Domains   int        `json:"domains"`
	Listeners int        `json:"listeners"`
}

type jobView struct {
	ID string `json:"id"`
	alb.Job
}

// recordView summarizes a record of the journal in one line.
type recordView struct {
	Input   string `json:"input"`   // the type of the action
	About   string `json:"about"`   // the id of the domain, listener, certificate, load balancer or job
	Outcome string `json:"outcome"` // Output.Explain
}

func (c *Cloud) view() view {
	m := c.engine.settled()
	s := &m.state
	v := view{
		News: c.engine.inputs.Load(), Progress: c.engine.progress.String(), Operations: operationNames(), Suspended: s.CDN.Suspended,
		Trouble: c.engine.trouble(),
		Faults:  append([]Fault{}, c.Faults()...), Calls: last(c.Calls()), Missing: append([]Missing{}, c.Missing()...), Journal: []recordView{},
		Totals: map[string]int{
			"domains": s.CDN.Domains.Len(), "listeners": s.ALB.Listeners.Len(), "loadBalancers": s.ALB.LoadBalancers.Len(),
			"certificates": s.CAS.Certificates.Len(), "jobs": s.ALB.Jobs.Len(),
		},
	}
	v.Domains = some(s.CDN.Domains.All(), func(name string, d cdn.Domain) domainView { return domainView{name, s.CDN.Class(name), d} })
	v.Listeners = some(s.ALB.Listeners.All(), func(id string, l alb.Listener) listenerView {
		return listenerView{id, s.ALB.Class(id), l, some(s.ALB.Associations.WithPrefix(id+" "), func(key string, a alb.Association) associationView {
			return associationView{strings.TrimPrefix(key, id+" "), a.Status}
		})}
	})
	v.LoadBalancers = some(s.ALB.LoadBalancers.All(), func(id string, lb alb.LoadBalancer) loadBalancerView {
		return loadBalancerView{id, lb.Limit(), lb.MaxLimit(), lb}
	})
	v.Certificates = some(s.CAS.Certificates.All(), func(name string, c cas.Certificate) certificateView {
		return certificateView{name, c.ID, c.Source, c.Status, c.Leaf.Names, c.Leaf.NotAfter, c.Locked, c.Domains, c.Listeners}
	})
	v.Jobs = some(newest(s), func(id string, j alb.Job) jobView {
		return jobView{id, j}
	})
	for _, r := range last(c.Journal().Records) {
		v.Journal = append(v.Journal, recordView{r.Input.Name(), cmp.Or(r.Input.About().ID, jobOf(r.Input, r.Output)), r.Output.Explain()})
	}
	return v
}

// some converts the first records of a table.
func some[V, W any](records iter.Seq2[string, V], describe func(string, V) W) []W {
	list := []W{}
	for name, record := range records {
		if len(list) == viewed {
			break
		}
		list = append(list, describe(name, record))
	}
	return list
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

// last returns the last items, newest first.
func last[T any](items []T) []T {
	list := []T{}
	for _, item := range slices.Backward(items[max(0, len(items)-viewed):]) {
		list = append(list, item)
	}
	return list
}
