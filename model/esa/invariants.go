package esa

import (
	"fmt"
	"slices"

	"github.com/alicert/alicert/internal/redact"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/internal/invariant"
)

type transition = model.Transition[State, Input, model.Output]

// Invariants returns properties of every transition of a correct machine. They check any
// machine of these states and inputs, not only [Machine].
func Invariants() []model.Invariant[State, Input, model.Output] {
	of := invariant.Builder[State, Input]{}
	return []model.Invariant[State, Input, model.Output]{
		of.Idle("an error changes nothing", of.Refused, changed),
		of.Idle("what is ignored changes nothing", of.Ignored, changed),
		of.Idle("reads change nothing", of.Read, changed),
		of.Idle("ESA changes nothing in the certificate center", isESA, func(a, b State) string { return a.CAS.Changed(b.CAS) }),
		of.State("certificates belong to sites, sites to plans, and all are counted", counted),
		of.State("names on a site are unique, and lead to their certificates", namesLead),
		of.Transition("a request adds one certificate or replaces one, within the quota and for its site", setsOne),
		of.Change("a certificate's text is the one that it was given", textsAgree),
		of.State("no state holds a private key", noPrivateKey),
	}
}

func isESA(t transition) bool {
	_, is := t.Input.Action.(Action)
	return is
}

// changed names the part of the state that changed.
func changed(a, b State) string {
	switch {
	case !a.Plans.Equal(b.Plans):
		return "a plan changed"
	case !a.Sites.Equal(b.Sites):
		return "a site changed"
	case !a.Certificates.Equal(b.Certificates):
		return "a certificate of a site changed"
	case !a.Names.Equal(b.Names):
		return "an index changed"
	default:
		return a.CAS.Changed(b.CAS)
	}
}

func counted(s State) string {
	certificates, sites, ofPlan := map[int64]int{}, map[string]int{}, map[string]int{}
	for key, c := range s.Certificates.All() {
		if CertificateKey(c.Site, certificateID(key)) != key || !s.Sites.Has(SiteKey(c.Site)) {
			return "certificate " + key + " belongs to no site"
		}
		certificates[c.Site]++
	}
	for key, of := range s.Sites.All() {
		if !s.Plans.Has(of.Plan) {
			return "site " + key + " has no plan"
		}
		if n := certificates[number(key)]; of.Certificates != n {
			return fmt.Sprintf("site %s counts %d certificates and has %d", key, of.Certificates, n)
		}
		sites[of.Plan]++
		ofPlan[of.Plan] += of.Certificates
	}
	for id, p := range s.Plans.All() {
		if p.Sites != sites[id] || p.Certificates != ofPlan[id] {
			return fmt.Sprintf("plan %s counts %d sites and %d certificates and has %d and %d", id, p.Sites, p.Certificates, sites[id], ofPlan[id])
		}
	}
	return ""
}

func namesLead(s State) string {
	for key, c := range s.Certificates.All() {
		if id, _ := s.Names.Get(nameKey(c.Site, c.Name)); id != certificateID(key) {
			return "the name of certificate " + key + " does not lead to it"
		}
	}
	if s.Names.Len() != s.Certificates.Len() {
		return "a name leads nowhere"
	}
	return ""
}

func setsOne(t transition) string {
	in, isSet := t.Input.Action.(SetCertificate)
	if !isSet || !t.Output.OK() {
		return ""
	}
	before, _ := t.From.Sites.Get(SiteKey(in.SiteID))
	after, _ := t.To.Sites.Get(SiteKey(in.SiteID))
	p, _ := t.To.Plans.Get(after.Plan)
	switch more := after.Certificates - before.Certificates; {
	case in.ID != "" && more != 0:
		return "the certificate that is replaced is there, too, or both are gone"
	case in.ID == "" && more != 1:
		return "no further certificate is there"
	case in.ID == "" && p.Certificates > p.Quota:
		return "the plan has more certificates than its quota"
	}
	for key, c := range t.To.Certificates.All() {
		was, found := t.From.Certificates.Get(key)
		switch {
		case found && was == c:
		case c.Site != in.SiteID || found && certificateID(key) != in.ID:
			return "certificate " + key + " changed"
		case !c.Leaf.NamesSite(after.Name):
			return "certificate " + key + " is not for its site"
		}
	}
	return ""
}

// textsAgree does not hash texts of the earlier state again.
func textsAgree(t transition) string {
	for key, c := range t.To.Certificates.All() {
		if known, _ := t.From.Certificates.Get(key); known.PEM == c.PEM && known.Content == c.Content {
			continue
		}
		if cas.ContentOf(c.PEM) != c.Content {
			return "certificate " + key + " has another text than it says"
		}
	}
	return ""
}

func noPrivateKey(s State) string {
	for key, c := range s.Certificates.All() {
		l := c.Leaf
		if slices.ContainsFunc([]string{key, c.Name, c.Region, c.PEM, c.Content, l.SHA256, l.Key, l.Name, l.Names, l.Serial}, redact.Armored) {
			return "a certificate of a site holds one"
		}
	}
	return s.CAS.NoPrivateKey()
}
