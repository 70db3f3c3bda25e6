package clb

import (
	"strconv"

	"github.com/alicert/alicert/internal/redact"
	"github.com/alicert/alicert/model"
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
		of.Change("only a request that names a certificate changes who uses which", usersMove),
		of.State("what is used exists in the same region", usedExists),
		of.State("counts of users agree with records", countsAgree),
		of.State("a listener has one domain extension for a domain", domainsDiffer),
		of.State("no state holds a private key", noPrivateKey),
	}
}

func changed(a, b State) string {
	switch {
	case !a.LoadBalancers.Equal(b.LoadBalancers):
		return "a load balancer changed"
	case !a.Listeners.Equal(b.Listeners):
		return "a listener changed"
	case !a.Certificates.Equal(b.Certificates):
		return "a certificate changed"
	case !a.Extensions.Equal(b.Extensions):
		return "a domain extension changed"
	default:
		return a.CAS.Changed(b.CAS)
	}
}

// usersMove checks that a request gives its certificate to at most one user, and changes
// no other.
func usersMove(t transition) string {
	if t.Input.Kind() != model.Request {
		return ""
	}
	moved := 0
	for d := range t.From.Listeners.Diff(t.To.Listeners) {
		if set, is := t.Input.Action.(SetLoadBalancerHTTPSListenerAttribute); !is || d.Key != set.About().ID || d.After.Certificate != set.ServerCertificateID {
			return "listener " + d.Key + " changed"
		}
		moved++
	}
	for d := range t.From.Extensions.Diff(t.To.Extensions) {
		certificate := ""
		switch in := t.Input.Action.(type) {
		case CreateDomainExtension:
			certificate = in.ServerCertificateID
		case SetDomainExtensionAttribute:
			certificate = in.ServerCertificateID
		}
		if d.After.Certificate != certificate {
			return "domain extension " + d.Key + " has certificate " + d.After.Certificate
		}
		moved++
	}
	if moved > 1 {
		return strconv.Itoa(moved) + " users changed"
	}
	return ""
}

// usedExists checks that listeners and domain extensions have certificates of the region of
// their load balancer, and belong to what there is.
func usedExists(s State) string {
	for key, l := range s.Listeners.All() {
		lb, found := s.LoadBalancers.Get(l.LoadBalancer)
		switch {
		case key != ListenerKey(l.LoadBalancer, l.Port):
			return "listener " + key + " has another key"
		case !found:
			return "listener " + key + " has no load balancer"
		case l.Region != lb.Region:
			return "listener " + key + " has region " + l.Region
		case l.Certificate != "" && (l.Protocol != HTTPS || !s.inRegion(l.Certificate, lb.Region)):
			return "listener " + key + " has certificate " + l.Certificate
		}
	}
	for id, e := range s.Extensions.All() {
		lb, _ := s.LoadBalancers.Get(e.LoadBalancer)
		l, found := s.Listeners.Get(ListenerKey(e.LoadBalancer, e.Port))
		switch {
		case !found || l.Protocol != HTTPS:
			return "domain extension " + id + " has no HTTPS listener"
		case !s.inRegion(e.Certificate, lb.Region):
			return "domain extension " + id + " has certificate " + e.Certificate
		}
	}
	return ""
}

func countsAgree(s State) string {
	users := map[string]int{}
	for _, l := range s.Listeners.All() {
		users[l.Certificate]++
	}
	for _, e := range s.Extensions.All() {
		users[e.Certificate]++
	}
	for id, c := range s.Certificates.All() {
		if c.Users != users[id] {
			return "certificate " + id + " counts " + strconv.Itoa(c.Users) + " users, there are " + strconv.Itoa(users[id])
		}
	}
	return ""
}

func domainsDiffer(s State) string {
	seen := map[string]bool{}
	for id, e := range s.Extensions.All() {
		domain := ListenerKey(e.LoadBalancer, e.Port) + " " + e.Domain
		if seen[domain] {
			return "domain extension " + id + " is a second one of " + e.Domain
		}
		seen[domain] = true
	}
	return ""
}

func noPrivateKey(s State) string {
	if redact.Armored(s.Own.Key()) { // it has all texts
		return "in a text of the load balancer"
	}
	return s.CAS.NoPrivateKey()
}
