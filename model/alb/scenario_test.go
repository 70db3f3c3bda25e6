package alb_test

import (
	"strings"
	"testing"

	"github.com/alicert/alicert/internal/testutil"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/alb"
)

// A scenario builds sound states: no invariant is broken by any of them.
func TestScenariosAreSound(t *testing.T) {
	base := shop()
	scenarios := map[string]alb.Scenario{
		"Running":                               base,
		"Provisioning":                          base.Provisioning(),
		"Stopped":                               base.Stopped(),
		"Running, not permitted":                base.Forbidden(),
		"Running, associated":                   base.Associated(c(2), c(3)),
		"Configuring, associating":              base.Associating("a", c(2), "new-cn-x"),
		"Configuring, dissociating, associated": base.Associated(c(2), c(3)).Dissociating("d", c(2)),
		"Stopped, associating":                  base.Associating("a", c(2)).Stopped(),
		"Running, associated, quota used up":    base.Quota(1).Associated(c(2)),
		"Running, no default":                   alb.Scenario{}.LoadBalancer("alb-1", alb.Basic).Listener("lsn-1", alb.QUIC),
		"HTTP":                                  alb.Scenario{}.LoadBalancer("alb-1", alb.Basic).Listener("lsn-1", alb.HTTP),
		"unknown":                               {},
	}
	for want, b := range scenarios {
		s := b.State()
		if got := s.Class("lsn-1"); got != want {
			t.Errorf("%s is %s", want, got)
		}
		for _, inv := range alb.Invariants() {
			why := inv.Holds(alb.Machine{}, model.Transition[alb.State, alb.Input, model.Output]{To: s})
			if why != "" {
				t.Errorf("%s: %s: %s", want, inv.Name, why)
			}
		}
		testutil.RoundTrip(t, s)
	}
	// The scenario that the others were made from is what it was.
	unchanged(t, shop().State(), base.State())
}

// A stopped listener's job is named where no certificate's status tells it.
func TestClassOfAJobAlone(t *testing.T) {
	s, _ := must(t, shop().State(), update("u", c(2)), event(alb.ListenerStopped{ID: "lsn-1"}))
	if got := s.Class("lsn-1"); got != "Stopped, job processing" {
		t.Error(got)
	}
}

// What a job in a scenario was started by is what a request would have started.
func TestScenarioJobsAreThoseOfRequests(t *testing.T) {
	asked, _ := must(t, shop().State(), associate("a", c(2)))
	built := shop().Associating("a", c(2)).State()
	asked = withoutToken(asked, "job-a") // a scenario uses up none
	unchanged(t, asked, built)
	asked, _ = must(t, shop().Associated(c(2)).State(), dissociate("d", c(2)))
	built = shop().Associated(c(2)).Dissociating("d", c(2)).State()
	asked = withoutToken(asked, "job-d")
	unchanged(t, asked, built)
}

func withoutToken(s alb.State, job string) alb.State {
	s.Tokens = alb.State{}.Tokens
	s.Jobs = s.Jobs.Update(job, func(j *alb.Job) { j.Token = "" })
	return s
}

func TestScenariosThatCannotBe(t *testing.T) {
	tests := map[string]func(){
		"no load balancer yet":            func() { alb.Scenario{}.Quota(1) },
		"no listener yet":                 func() { alb.Scenario{}.Stopped() },
		"ListenerAdded":                   func() { alb.Scenario{}.Listener("lsn-1", alb.HTTPS) },
		"LoadBalancerAdded":               func() { shop().LoadBalancer("alb-1", alb.Basic) },
		"CertificateAdded":                func() { shop().NotServer(c(1)) },
		"DefaultCertificateSet":           func() { alb.Scenario{}.Default(c(1)) },
		"the default certificate of":      func() { shop().Associated(c(1)) },
		"the quota of load balancer":      func() { shop().Quota(1).Associated(c(2), c(3)) },
		"listener lsn-1 is Configuring":   func() { shop().Associating("a", c(2)).Associating("b", c(3)) },
		"listener lsn-1 is Provisioning":  func() { shop().Provisioning().Dissociating("b", c(3)) },
		"the default certificate of list": func() { shop().Associating("a", c(1)) },
	}
	for want, build := range tests {
		func() {
			defer func() {
				if message, _ := recover().(string); !strings.HasPrefix(message, "alb: scenario: ") || !strings.Contains(message, want) {
					t.Errorf("panics with %q, want %q", message, want)
				}
			}()
			build()
		}()
	}
}
