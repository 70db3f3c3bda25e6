package account_test

import (
	"strings"
	"testing"

	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/account"
)

// A saboteur spoils the state that the sound machine comes to, or does not.
type saboteur func(from account.State, in account.Input, to account.State) account.State

func (spoil saboteur) machine() model.Machine[account.State, account.Input, model.Output] {
	sound := account.Space(false).Machine
	return model.Func(sound.Init(), func(s account.State, in account.Input) (account.State, model.Output) {
		to, output := sound.Step(s, in)
		return spoil(s, in, to), output
	})
}

// whenCDN spoils the steps of one type of action of the CDN; what it does to the
// certificate center both machines see.
func whenCDN[A cdn.Action](change func(a A, to *account.State)) saboteur {
	return func(_ account.State, in account.Input, to account.State) account.State {
		if a, is := in.CDN.Action.(A); is {
			change(a, &to)
			to.ALB.CAS = to.CDN.CAS
		}
		return to
	}
}

// whenALB spoils those of the ALB.
func whenALB[A alb.Action](change func(a A, to *account.State)) saboteur {
	return func(_ account.State, in account.Input, to account.State) account.State {
		if a, is := in.ALB.Action.(A); is {
			change(a, &to)
			to.CDN.CAS = to.ALB.CAS
		}
		return to
	}
}

const (
	oneCenter = "both machines see one certificate center"
	ownOnly   = "an input changes nothing that is the other machine's alone"
	stays     = "what one machine uses the other does not withdraw"
	ofCDN     = "what holds of the CDN alone holds"
	ofALB     = "what holds of the ALB alone holds"
)

// Every invariant is able to fail: each machine that breaks it is found out, and
// what is said about it says why.
func TestEveryInvariantCanFail(t *testing.T) {
	tests := []struct {
		rule, why string
		spoil     saboteur
	}{
		{oneCenter, "different ones", func(from account.State, in account.Input, to account.State) account.State {
			if in.CDN.Action != nil { // the ALB is not told
				to.ALB.CAS = from.ALB.CAS
			}
			return to
		}},
		{oneCenter, "different ones", func(from account.State, in account.Input, to account.State) account.State {
			if _, is := in.ALB.Action.(alb.AssociateAdditionalCertificatesWithListener); is { // the CDN is not told
				to.CDN.CAS = from.CDN.CAS
			}
			return to
		}},
		{oneCenter, "different ones", func(_ account.State, _ account.Input, to account.State) account.State {
			to.ALB.CAS.IDs = to.ALB.CAS.IDs.Set("9-cn", "other")
			return to
		}},

		{ownOnly, "the CDN changed a load balancer", whenCDN(func(_ cdn.DomainRemoved, to *account.State) {
			l, _ := to.ALB.Listeners.Get("lsn-1")
			l.Port++
			to.ALB.Listeners = to.ALB.Listeners.Set("lsn-1", l)
		})},
		{ownOnly, "the ALB changed a domain", whenALB(func(_ alb.ListenerRemoved, to *account.State) {
			to.CDN.Domains = to.CDN.Domains.Set("new.example.com", cdn.Domain{})
		})},
		{ownOnly, "the ALB changed a domain or the account", whenALB(func(_ alb.ListenerRemoved, to *account.State) { to.CDN.Suspended = true })},
		{ownOnly, "the CDN changed how many listeners shared has", whenCDN(func(_ cdn.CertificateStatusChanged, to *account.State) {
			to.CDN.CAS = to.CDN.CAS.Update("shared", func(c *cas.Certificate) { c.Listeners = 0 })
		})},
		{ownOnly, "the ALB changed how many domains shared has", whenALB(func(_ alb.CertificateAdded, to *account.State) {
			to.ALB.CAS = to.ALB.CAS.Update("shared", func(c *cas.Certificate) { c.Domains = 0 })
		})},

		// Either machine looks at its own users only.
		{stays, "the CDN removed shared, which listener lsn-1 uses", whenCDN(func(a cdn.CertificateRemoved, to *account.State) {
			if c, _ := to.CDN.CAS.Get(a.Name); c.Domains == 0 {
				to.CDN.CAS = to.CDN.CAS.Remove(a.Name)
			}
		})},
		{stays, "the ALB removed shared, to which domain www.example.com is bound", whenALB(func(a alb.CertificateRemoved, to *account.State) {
			if c, _ := to.ALB.CAS.ByID(a.ID); c.Listeners == 0 {
				to.ALB.CAS = to.ALB.CAS.Remove(c.Name)
			}
		})},
		// An additional certificate, one that a job makes the default one, and one that is.
		{stays, "the CDN removed shared", removedWhile(func(s alb.State) bool { return s.Associations.Len() > 0 && !s.Jobs.Has("job-u") })},
		{stays, "the CDN removed shared", removedWhile(func(s alb.State) bool {
			j, _ := s.Jobs.Get("job-u")
			return j.Status == alb.Processing && s.Associations.Len() == 0
		})},
		{stays, "the CDN removed shared", removedWhile(func(s alb.State) bool {
			l, _ := s.Listeners.Get("lsn-1")
			return l.Default == "2-cn-hangzhou" && l.Job == ""
		})},

		// By an input of its own, and by one of the other machine.
		{ofCDN, "what is ignored changes nothing: a domain changed", whenCDN(func(_ cdn.ConfigurationFinished, to *account.State) {
			to.CDN.Domains = to.CDN.Domains.Set("new.example.com", cdn.Domain{})
		})},
		{ofCDN, "counts 1 domains and has 0", whenALB(func(_ alb.CertificateAdded, to *account.State) {
			to.ALB.CAS = to.ALB.CAS.Update("shared", func(c *cas.Certificate) { c.Domains += 1 })
		})},
		{ofCDN, "is bound to a certificate that does not exist", whenALB(func(a alb.CertificateRemoved, to *account.State) {
			to.ALB.CAS = to.ALB.CAS.Remove("shared")
		})},
		{ofALB, "reads change nothing: the state changed", whenALB(func(_ alb.ListListenerCertificates, to *account.State) { to.ALB.Ended++ })},
		{ofALB, "counts 1 uses, there are 0", whenCDN(func(_ cdn.CertificateAdded, to *account.State) {
			to.CDN.CAS = to.CDN.CAS.Update("shared", func(c *cas.Certificate) { c.Listeners++ })
		})},
		{ofALB, "is used and does not exist", whenCDN(func(_ cdn.CertificateRemoved, to *account.State) {
			to.CDN.CAS = to.CDN.CAS.Remove("shared")
		})},
		// Found by steps that are taken on from there.
		{ofALB, "does not settle when job-a ends", func(from account.State, in account.Input, to account.State) account.State {
			if _, is := in.ALB.Action.(alb.JobFinished); is {
				to.ALB.Associations = from.ALB.Associations
			}
			return to
		}},
	}
	proven := map[string]bool{}
	for _, test := range tests {
		space := account.Space(false)
		space.Machine = test.spoil.machine()
		why := ""
		for _, b := range model.Explore(space, model.Limits{Depth: 5, States: 1000}).Broken {
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

// removedWhile has the CDN remove a certificate while something holds of the ALB.
func removedWhile(holds func(alb.State) bool) saboteur {
	return whenCDN(func(_ cdn.CertificateRemoved, to *account.State) {
		if holds(to.ALB) {
			to.CDN.CAS = to.CDN.CAS.Remove("shared")
		}
	})
}
