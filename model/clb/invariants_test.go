package clb_test

import (
	"strings"
	"testing"

	"github.com/alicert/alicert/internal/universe"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/clb"
)

// sabotages break each invariant, by name, in the steps of some action.
var sabotages = map[string][]struct {
	why   string
	spoil func(from clb.State, in clb.Input, out model.Output, to *clb.State)
}{
	"an error changes nothing": {{"a load balancer changed", func(_ clb.State, _ clb.Input, out model.Output, to *clb.State) {
		if out.Error.Code != "" {
			another(to)
		}
	}}},
	"what is ignored changes nothing": {{"a load balancer changed", func(_ clb.State, _ clb.Input, out model.Output, to *clb.State) {
		if out.Ignored {
			another(to)
		}
	}}},
	"reads change nothing": {{"a load balancer changed", func(_ clb.State, in clb.Input, out model.Output, to *clb.State) {
		if in.Kind() == model.Read && out.OK() {
			another(to)
		}
	}}},
	"only a request that names a certificate changes who uses which": {
		{"listener lb-1 443 changed", when(func(_ clb.CreateDomainExtension, to *clb.State) { status(to, clb.Stopped) })},
		{"listener lb-1 443 changed", when(func(_ clb.SetLoadBalancerHTTPSListenerAttribute, to *clb.State) { give(to, "") })},
		{"has certificate cert-1", when(func(_ clb.SetDomainExtensionAttribute, to *clb.State) { extend(to, "de-9", "x.example.com") })},
		{"2 users changed", when(func(_ clb.CreateDomainExtension, to *clb.State) { extend(to, "de-9", "x.example.com") })},
	},
	"what is used exists in the same region": {
		{"has certificate cert-3", when(func(_ clb.BalancerListenerChanged, to *clb.State) { give(to, "cert-3") })},
		{"listener lb-1 443 has another key", when(func(_ clb.BalancerListenerChanged, to *clb.State) {
			l, _ := to.Listeners.Get("lb-1 443")
			l.Port++
			to.Listeners = to.Listeners.Set("lb-1 443", l)
		})},
		{"has no load balancer", when(func(_ clb.BalancerChanged, to *clb.State) { to.LoadBalancers = to.LoadBalancers.Delete("lb-1") })},
		{"has no HTTPS listener", when(func(_ clb.CreateDomainExtension, to *clb.State) { to.Listeners = to.Listeners.Delete("lb-1 443") })},
		{"domain extension de-9 has certificate cert-9", when(func(_ clb.BalancerChanged, to *clb.State) {
			to.Extensions = to.Extensions.Set("de-9", clb.Extension{LoadBalancer: "lb-1", Port: 443, Domain: "x.example.com", Certificate: "cert-9"})
		})},
	},
	"counts of users agree with records": {{"counts 1 users, there are 0", when(func(e clb.ServerCertificateAdded, to *clb.State) {
		to.Certificates = to.Certificates.Update(e.ID, func(c *clb.Certificate) { c.Users++ })
	})}},
	"a listener has one domain extension for a domain": {{"is a second one of www.example.com", when(func(_ clb.CreateDomainExtension, to *clb.State) {
		extend(to, "de-9", "www.example.com")
	})}},
	"no state holds a private key": {
		{"in a text of the load balancer", when(func(_ clb.SetServerCertificateName, to *clb.State) {
			to.Certificates = to.Certificates.Update("cert-1", func(c *clb.Certificate) { c.Name = "-----BEGIN PRIVATE KEY-----" })
		})},
		{"a certificate's record holds one", func(_ clb.State, _ clb.Input, _ model.Output, to *clb.State) {
			c, _ := to.CAS.Get("pending")
			c.PEM = "-----BEGIN PRIVATE KEY-----"
			to.CAS = to.CAS.Put(c)
		}},
	},
}

func another(s *clb.State) {
	s.LoadBalancers = s.LoadBalancers.Set("lb-9", clb.LoadBalancer{Region: "cn-hangzhou"})
}

func status(s *clb.State, to clb.ListenerStatus) {
	s.Listeners = s.Listeners.Update("lb-1 443", func(l *clb.Listener) { l.Status = to })
}

func give(s *clb.State, certificate string) {
	s.Listeners = s.Listeners.Update("lb-1 443", func(l *clb.Listener) { l.Certificate = certificate })
}

func extend(s *clb.State, id, domain string) {
	s.Extensions = s.Extensions.Set(id, clb.Extension{LoadBalancer: "lb-1", Port: 443, Domain: domain, Certificate: "cert-1"})
}

// when spoils the successful steps of one type of action.
func when[A model.Action](change func(a A, to *clb.State)) func(clb.State, clb.Input, model.Output, *clb.State) {
	return func(_ clb.State, in clb.Input, out model.Output, to *clb.State) {
		if a, is := in.Action.(A); is && out.OK() && !out.Ignored {
			change(a, to)
		}
	}
}

// Every invariant is able to fail: each machine that breaks it is found out, and what is
// said about it says why.
func TestEveryInvariantCanFail(t *testing.T) {
	for _, inv := range clb.Invariants() {
		if len(sabotages[inv.Name]) == 0 {
			t.Errorf("nothing breaks %q", inv.Name)
		}
		for _, by := range sabotages[inv.Name] {
			space := universe.CLB()
			space.Machine = model.Func(space.Machine.Init(), func(s clb.State, in clb.Input) (clb.State, model.Output) {
				to, out := clb.Machine{}.Step(s, in)
				by.spoil(s, in, out, &to)
				return to, out
			})
			why := ""
			for _, b := range space.Explore(model.Limits{Depth: 3, States: 300}).Broken {
				if b.Name == inv.Name {
					why = b.Why
				}
			}
			if !strings.Contains(why, by.why) {
				t.Errorf("%s is broken by %q; want %q", inv.Name, why, by.why)
			}
		}
	}
	if len(sabotages) != len(clb.Invariants()) {
		t.Errorf("%d invariants, %d are broken", len(clb.Invariants()), len(sabotages))
	}
}
