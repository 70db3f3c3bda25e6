package fakecloud

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/account"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/esa"
	"github.com/alicert/alicert/model/table"
)

// change says how the class of one resource changed.
type change struct {
	resource model.Resource
	from, to string // "" if there was or is no such resource

	certificate string // the name or id of the certificate that is new there, "" if there is none
}

// changesOf returns what a record changed, as far as it has a class. Its time is
// proportional to the number of changes.
func changesOf(e *entry) (changes []change) {
	if e.before == e.after {
		return nil
	}
	before, after := &e.before.state, &e.after.state
	if was, is := standing(before), standing(after); was != is {
		changes = append(changes, change{resource: model.Resource{Type: "account"}, from: was, to: is})
	}
	for d := range before.CDN.Domains.Diff(after.CDN.Domains) {
		c := compared("domain", d, before.CDN.Class, after.CDN.Class)
		if d.After.Bound != d.Before.Bound {
			c.certificate = d.After.Bound
		}
		changes = append(changes, c)
	}
	for _, id := range changedListeners(before, after) {
		was, _ := before.ALB.Listeners.Get(id)
		is, found := after.ALB.Listeners.Get(id)
		c := compared("listener", table.Change[string]{Key: id, Was: before.ALB.Listeners.Has(id), Is: found}, before.ALB.Class, after.ALB.Class)
		if is.Default != was.Default {
			c.certificate = is.Default
		}
		changes = append(changes, c)
	}
	for d := range before.CAS.Certificates.Diff(after.CAS.Certificates) {
		if d.Was && d.Is && d.Before.Status == d.After.Status && d.Before.Locked == d.After.Locked {
			continue // only the number of its users
		}
		changes = append(changes, compared("certificate", d,
			func(string) string { return certificateClass(d.Before) }, func(string) string { return certificateClass(d.After) }))
	}
	changes = append(changes, classicChanges(before, after)...)
	for d := range before.ALB.LoadBalancers.Diff(after.ALB.LoadBalancers) {
		if !d.Was || !d.Is || d.Before.Forbidden != d.After.Forbidden || d.Before.Quota != d.After.Quota {
			changes = append(changes, change{resource: model.Resource{Type: "load balancer", ID: d.Key}})
		}
	}
	return append(changes, changesOfSites(before.ESA, after.ESA)...)
}

// changesOfSites returns how sites and their plans changed.
func changesOfSites(before, after esa.Own) (changes []change) {
	for d := range before.Plans.Diff(after.Plans) {
		if !d.Was || !d.Is || d.Before.Status != d.After.Status || d.Before.Quota != d.After.Quota {
			changes = append(changes, change{resource: model.Resource{Type: "plan", ID: d.Key}})
		}
	}
	added := map[string]string{} // certificates by site
	for d := range before.Certificates.Diff(after.Certificates) {
		site, _, _ := strings.Cut(d.Key, " ")
		if added[site] == "" {
			added[site] = d.After.Name
		}
	}
	for d := range before.Sites.Diff(after.Sites) {
		if _, known := added[d.Key]; !known {
			added[d.Key] = ""
		}
	}
	for _, site := range slices.Sorted(maps.Keys(added)) {
		c := compared("site", table.Change[string]{Key: site, Was: before.Sites.Has(site), Is: after.Sites.Has(site)}, before.Class, after.Class)
		c.certificate = added[site]
		changes = append(changes, c)
	}
	return changes
}

func compared[V comparable](kind string, d table.Change[V], before, after func(string) string) change {
	c := change{resource: model.Resource{Type: kind, ID: d.Key}}
	if d.Was {
		c.from = before(d.Key)
	}
	if d.Is {
		c.to = after(d.Key)
	}
	return c
}

func standing(s *account.State) string {
	if s.CDN.Suspended {
		return "suspended"
	}
	return "active"
}

func certificateClass(c cas.Certificate) string {
	if c.Locked {
		return string(c.Status) + ", locked"
	}
	return string(c.Status)
}

// changedListeners returns the ids of the listeners that differ, or whose additional
// certificates do.
func changedListeners(before, after *account.State) []string {
	ids := map[string]bool{}
	for d := range before.ALB.Listeners.Diff(after.ALB.Listeners) {
		ids[d.Key] = true
	}
	for d := range before.ALB.Associations.Diff(after.ALB.Associations) {
		id, _, _ := strings.Cut(d.Key, " ")
		ids[id] = true
	}
	return slices.Sorted(maps.Keys(ids))
}

// difference is one member of a state before and after a record.
type difference struct {
	Resource string `json:"resource"` // such as "domain www.example.com"
	Member   string `json:"member"`   // "" for a resource that appears or disappears
	Before   string `json:"before"`
	After    string `json:"after"`
}

// differencesOf returns the members of the state that a record changed.
func differencesOf(e *entry) []difference {
	all := []difference{}
	if e.before == e.after {
		return all
	}
	s, t := &e.before.state, &e.after.state
	all = append(all, between("account", accountOf(e.before), accountOf(e.after), true, true)...)
	all = append(all, differ("domain", s.CDN.Domains, t.CDN.Domains)...)
	all = append(all, differ("function", s.CDN.Configs, t.CDN.Configs)...)
	all = append(all, differ("certificate", s.CAS.Certificates, t.CAS.Certificates)...)
	all = append(all, differ("deployment job", s.CAS.Deployments, t.CAS.Deployments)...)
	all = append(all, differ("load balancer", s.ALB.LoadBalancers, t.ALB.LoadBalancers)...)
	all = append(all, differ("listener", s.ALB.Listeners, t.ALB.Listeners)...)
	all = append(all, differ("additional certificate", s.ALB.Associations, t.ALB.Associations)...)
	all = append(all, differ("job", s.ALB.Jobs, t.ALB.Jobs)...)
	all = append(all, differ("client token", s.ALB.Tokens, t.ALB.Tokens)...)
	all = append(all, classicDifferences(s.CLB, t.CLB)...)
	all = append(all, differ("plan", s.ESA.Plans, t.ESA.Plans)...)
	all = append(all, differ("site", s.ESA.Sites, t.ESA.Sites)...)
	return append(all, differ("certificate of site", s.ESA.Certificates, t.ESA.Certificates)...)
}

// maxDifferences is how many records of a table differencesOf compares.
const maxDifferences = 20

func differ[V comparable](kind string, before, after table.Table[V]) (all []difference) {
	n := 0
	for d := range before.Diff(after) {
		if n++; n > maxDifferences {
			return append(all, difference{kind, "…", "…", "…"})
		}
		all = append(all, between(kind+" "+d.Key, d.Before, d.After, d.Was, d.Is)...)
	}
	return all
}

// between returns the members in which two records differ.
func between(resource string, before, after any, was, is bool) (all []difference) {
	x, y := members(before, was), members(after, is)
	if !was || !is {
		all = append(all, difference{Resource: resource, Before: mark(was), After: mark(is)})
	}
	names := maps.Clone(x)
	maps.Copy(names, y)
	for _, name := range slices.Sorted(maps.Keys(names)) {
		if x[name] != y[name] {
			all = append(all, difference{resource, name, x[name], y[name]})
		}
	}
	return all
}

// mark shows whether a record is there.
func mark(is bool) string {
	if is {
		return "✓"
	}
	return "–"
}

// members returns the members of a record as short texts.
func members(record any, is bool) map[string]string {
	all := map[string]string{}
	if !is {
		return all
	}
	data, err := json.Marshal(record)
	var decoded map[string]any
	if err == nil && json.Unmarshal(data, &decoded) == nil {
		flatten(all, "", decoded)
	}
	return all
}

// flatten adds the members of an object, and those of its objects with their paths.
func flatten(to map[string]string, path string, object map[string]any) {
	for name, value := range object {
		switch value := value.(type) {
		case map[string]any:
			flatten(to, path+name+".", value)
		case float64:
			to[path+name] = fmt.Sprintf("%.0f", value) // all numbers of a state are integers
		default:
			to[path+name] = brief(fmt.Sprint(value))
		}
	}
}

// brief cuts a long text, such as a certificate.
func brief(text string) string {
	const most = 80
	if runes := []rune(text); len(runes) > most {
		return fmt.Sprintf("%s… (%d)", strings.ReplaceAll(string(runes[:most/2]), "\n", " "), len(text))
	}
	return text
}
