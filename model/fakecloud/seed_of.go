package fakecloud

import (
	"encoding/json"
	"fmt"
	"net/http"

	"github.com/alicert/alicert/model/account"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/model/esa"
)

// SeedOf returns a seed with the content of a state, as far as a seed can say it. The
// Notes of the seed list the rest: bindings, additional certificates, jobs and so on.
func SeedOf(s account.State) Seed {
	seed := Seed{
		Domains: map[string]cdn.Domain{}, Certificates: map[string]cas.Certificate{},
		LoadBalancers: map[string]alb.LoadBalancer{}, Listeners: map[string]alb.Listener{}, Classic: classicOf(s.CLB),
		Plans: map[string]esa.Plan{}, Sites: map[string]esa.Site{}, SiteCertificates: map[string]esa.Certificate{},
	}
	var lost losses
	for id, d := range s.CDN.Domains.All() {
		switch {
		case d.Deleting:
			lost.add("domains that are being deleted", id)
			continue
		case d.HTTPS || d.HasBinding():
			lost.add("the certificates that domains are bound to", id)
		}
		d.HTTPS, d.Bound, d.UsesFree, d.InEffect, d.Created, d.Changed = false, "", false, false, 0, 0
		seed.Domains[id] = d
	}
	for key := range s.CDN.Configs.All() {
		lost.add("functions of domains", key)
	}
	for name, c := range s.CAS.Certificates.All() {
		if c.Source == cas.FromCDN {
			lost.add("that a certificate is an upload of the CDN; it becomes one of the certificate center", name)
		}
		c.Name, c.Source, c.Content, c.Domains, c.Listeners = "", "", "", 0, 0
		seed.Certificates[name] = c
	}
	for id, lb := range s.ALB.LoadBalancers.All() {
		lb.Associations = 0
		seed.LoadBalancers[id] = lb
	}
	for id, l := range s.ALB.Listeners.All() {
		if l.Status == alb.Configuring {
			l.Status = alb.Running
		}
		if l.Job != "" {
			lost.add("pending jobs of listeners", id)
		}
		l.Job = ""
		seed.Listeners[id] = l
	}
	for key := range s.ALB.Associations.All() {
		lost.add("additional certificates of listeners", key)
	}
	for id, p := range s.ESA.Plans.All() {
		p.Certificates, p.Sites = 0, 0
		seed.Plans[id] = p
	}
	for id, of := range s.ESA.Sites.All() {
		of.Certificates, of.Created = 0, 0
		seed.Sites[id] = of
	}
	for key, c := range s.ESA.Certificates.All() {
		c.Site, c.Content, c.Created, c.Updated = 0, "", 0, 0
		seed.SiteCertificates[key] = c
	}
	if s.CDN.Suspended {
		lost.add("that the account is suspended", "")
	}
	if s.CAS.Site != 0 {
		lost.add("the site of the account: "+s.CAS.Site.String(), "")
	}
	if s.CDN.RefuseRepeatedContent {
		lost.add("that the account refuses repeated content", "")
	}
	seed.Notes = lost.notes()
	return seed
}

// losses counts what a seed cannot say, in the order of the first occurrences.
type losses struct {
	order  []string
	counts map[string]int
	first  map[string]string
}

func (l *losses) add(what, example string) {
	if l.counts == nil {
		l.counts, l.first = map[string]int{}, map[string]string{}
	}
	if l.counts[what]++; l.counts[what] == 1 {
		l.order, l.first[what] = append(l.order, what), example
	}
}

func (l *losses) notes() (notes []string) {
	for _, what := range l.order {
		note := "not in this file: " + what
		if example := l.first[what]; example != "" {
			note += fmt.Sprintf(" (%d, such as %s)", l.counts[what], example)
		}
		notes = append(notes, note)
	}
	return notes
}

// getSeed sends the state as a seed, for the flag -seed.
func (c *Cloud) getSeed(w http.ResponseWriter, _ *http.Request) {
	data, err := json.MarshalIndent(SeedOf(c.State()), "", "  ")
	if err != nil {
		respond(w, http.StatusInternalServerError, problemOf(err))
		return
	}
	download(w, "application/json", "seed.json", append(data, '\n'))
}

// download sends a file that a browser stores.
func download(w http.ResponseWriter, kind, name string, content []byte) {
	w.Header().Set("Content-Type", kind)
	w.Header().Set("Content-Disposition", `attachment; filename="`+name+`"`)
	_, _ = w.Write(content) // nothing useful to do on a write error
}
