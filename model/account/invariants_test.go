package account_test

import (
	"strings"
	"testing"

	"github.com/alicert/alicert/internal/universe"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/account"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/model/clb"
	"github.com/alicert/alicert/model/esa"
)

// A saboteur spoils the state that the sound machine comes to, or does not.
type saboteur func(from account.State, in account.Input, to account.State) account.State

func (spoil saboteur) machine() model.Machine[account.State, account.Input, model.Output] {
	sound := universe.Account(0).Machine
	return model.Func(sound.Init(), func(s account.State, in account.Input) (account.State, model.Output) {
		to, output := sound.Step(s, in)
		return spoil(s, in, to), output
	})
}

// when spoils the steps of one type of action.
func when[A model.Action](change func(a A, to *account.State)) saboteur {
	return func(_ account.State, in account.Input, to account.State) account.State {
		if a, is := in.Action.(A); is {
			change(a, &to)
		}
		return to
	}
}

const (
	ownOnly = "an input changes nothing that is another machine's alone"
	stays   = "what one machine uses no other withdraws"
	ofCAS   = "what holds of the certificate center alone holds"
	ofCDN   = "what holds of the CDN alone holds"
	ofALB   = "what holds of the ALB alone holds"
	ofCLB   = "what holds of the classic load balancer alone holds"
	ofESA   = "what holds of ESA alone holds"
)

// Every invariant is able to fail: each machine that breaks it is found out, and
// what is said about it says why.
func TestEveryInvariantCanFail(t *testing.T) {
	tests := []struct {
		rule, why string
		spoil     saboteur
	}{
		{ofCAS, "an id leads nowhere", when(func(_ alb.ListenerRemoved, to *account.State) {
			to.CAS.IDs = to.CAS.IDs.Set("9-cn", "other")
		})},
		{ofCAS, "reads change nothing: a number was given out", when(func(_ cas.ListUserCertificateOrder, to *account.State) { to.CAS.Numbered++ })},

		{ownOnly, "another machine than the ALB changed a load balancer", when(func(_ cdn.DomainRemoved, to *account.State) {
			l, _ := to.ALB.Listeners.Get("lsn-1")
			l.Port++
			to.ALB.Listeners = to.ALB.Listeners.Set("lsn-1", l)
		})},
		{ownOnly, "another machine than the CDN changed a domain", when(func(_ alb.ListenerRemoved, to *account.State) {
			to.CDN.Domains = to.CDN.Domains.Set("new.example.com", cdn.Domain{})
		})},
		{ownOnly, "another machine than the CDN changed a domain or the account", when(func(_ alb.ListenerRemoved, to *account.State) { to.CDN.Suspended = true })},
		{ownOnly, "another machine than the ALB changed how many listeners shared has", when(func(_ cas.CertificateStatusChanged, to *account.State) {
			to.CAS = to.CAS.Update("shared", func(c *cas.Certificate) { c.Listeners = 0 })
		})},
		{ownOnly, "another machine than the CDN changed how many domains shared has", when(func(_ cas.CertificateAdded, to *account.State) {
			to.CAS = to.CAS.Update("shared", func(c *cas.Certificate) { c.Domains = 0 })
		})},

		{ownOnly, "another machine than that of the classic load balancer changed", when(func(_ cdn.DomainRemoved, to *account.State) {
			to.CLB.LoadBalancers = to.CLB.LoadBalancers.Set("lb-9", clb.LoadBalancer{})
		})},
		{ownOnly, "a machine that only reads the certificate center changed it: a number was given out", when(func(_ clb.DescribeServerCertificates, to *account.State) {
			to.CAS.Numbered++
		})},

		// The center looks at one kind of users only.
		{stays, "another machine than the ALB removed shared, which listener lsn-1 uses", when(func(a cas.CertificateRemoved, to *account.State) {
			if c, _ := to.CAS.Get(a.Name); c.Domains == 0 {
				to.CAS = to.CAS.Remove(a.Name)
			}
		})},
		{stays, "another machine than the CDN removed shared, to which domain www.example.com is bound", when(func(a cas.CertificateRemoved, to *account.State) {
			if c, _ := to.CAS.Get(a.Name); c.Listeners == 0 {
				to.CAS = to.CAS.Remove(c.Name)
			}
		})},
		// An additional certificate, one that a job makes the default one, and one that is.
		{stays, "another machine than the ALB removed shared", removedWhile(func(s alb.Own) bool { return s.Associations.Len() > 0 && !s.Jobs.Has("job-u") })},
		{stays, "another machine than the ALB removed shared", removedWhile(func(s alb.Own) bool {
			j, _ := s.Jobs.Get("job-u")
			return j.Status == alb.Processing && s.Associations.Len() == 0
		})},
		{stays, "another machine than the ALB removed shared", removedWhile(func(s alb.Own) bool {
			l, _ := s.Listeners.Get("lsn-1")
			return l.Default == "2-cn-hangzhou" && l.Job == ""
		})},

		// By an input of its own, and by one of the other machine.
		{ofCDN, "what is ignored changes nothing: a domain changed", when(func(_ cdn.ConfigurationFinished, to *account.State) {
			to.CDN.Domains = to.CDN.Domains.Set("new.example.com", cdn.Domain{})
		})},
		{ofCDN, "counts 1 domains and has 0", when(func(_ cas.CertificateAdded, to *account.State) {
			to.CAS = to.CAS.Update("shared", func(c *cas.Certificate) { c.Domains++ })
		})},
		{ofCDN, "is bound to a certificate that does not exist", when(func(_ cas.CertificateRemoved, to *account.State) {
			to.CAS = to.CAS.Remove("shared")
		})},
		{ofALB, "reads change nothing: the state changed", when(func(_ alb.ListListenerCertificates, to *account.State) { to.ALB.Ended++ })},
		{ofALB, "counts 1 uses, there are 0", when(func(_ cas.CertificateAdded, to *account.State) {
			to.CAS = to.CAS.Update("shared", func(c *cas.Certificate) { c.Listeners++ })
		})},
		{ofALB, "is used and does not exist", when(func(_ cas.CertificateRemoved, to *account.State) {
			to.CAS = to.CAS.Remove("shared")
		})},
		{ofCLB, "reads change nothing: a load balancer changed", when(func(_ clb.DescribeServerCertificates, to *account.State) {
			to.CLB.LoadBalancers = to.CLB.LoadBalancers.Set("lb-9", clb.LoadBalancer{})
		})},
		{ownOnly, "another machine than ESA's changed a site", when(func(_ alb.ListenerRemoved, to *account.State) {
			to.ESA.Plans = to.ESA.Plans.Set("plan-1", esa.Plan{})
		})},
		{ofESA, "names on a site are unique, and lead to their certificates: a name leads nowhere", when(func(_ cdn.DomainRemoved, to *account.State) {
			to.ESA.Names = to.ESA.Names.Set("1 shop", "baba")
		})},
		// Found by steps that are taken on from there.
		{ofALB, "does not settle when job-a ends", func(from account.State, in account.Input, to account.State) account.State {
			if _, is := in.Action.(alb.JobFinished); is {
				to.ALB.Associations = from.ALB.Associations
			}
			return to
		}},
	}
	proven := map[string]bool{}
	for _, test := range tests {
		space := universe.Account(0)
		space.Machine = test.spoil.machine()
		why := ""
		for _, b := range space.Explore(model.Limits{Depth: 5, States: 1000}).Broken {
			if b.Name == test.rule {
				why = b.Why
			}
		}
		if !strings.Contains(why, test.why) {
			t.Errorf("%s is broken by %q; want %q", test.rule, why, test.why)
		}
		proven[test.rule] = true
	}
	for _, inv := range account.Invariants() {
		if !proven[inv.Name] {
			t.Errorf("nothing breaks %q", inv.Name)
		}
		delete(proven, inv.Name)
	}
	if len(proven) > 0 {
		t.Errorf("no such invariants: %v", proven)
	}
}

// removedWhile has the center remove a certificate while something holds of the ALB.
func removedWhile(holds func(alb.Own) bool) saboteur {
	return when(func(_ cas.CertificateRemoved, to *account.State) {
		if holds(to.ALB) {
			to.CAS = to.CAS.Remove("shared")
		}
	})
}
