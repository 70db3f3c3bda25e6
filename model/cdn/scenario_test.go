package cdn_test

import (
	"fmt"
	"iter"
	"strings"
	"testing"

	"github.com/alicert/alicert/internal/testutil"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/validate"
)

// An HTTPS domain that is online and bound to an uploaded certificate, on which
// another service holds a lock.
func ExampleScenario() {
	m := cdn.Machine{Initial: cdn.Scenario{}.HTTPSDomain("www.example.com").Certificate("A", "").Bound().Locked().State()}

	off := &validate.CDNRequest{DomainName: "www.example.com", Status: "off"}
	s, output := m.Step(m.Init(), cdn.Set("request-1", off, validate.Options{}))
	fmt.Println(output.Err())
	fmt.Println("because of", output.Target)
	fmt.Println("the domain is", s.Class("www.example.com"))

	s, _ = m.Step(s, cdn.Input{Action: cas.LockChanged{Name: "A", On: false}})
	s, output = m.Step(s, cdn.Set("request-2", off, validate.Options{}))
	fmt.Println(output.Outcome())
	fmt.Println("the domain is", s.Class("www.example.com"))
	// Output:
	// DeleteFailed (400): Delete certificate is failed. [ServerCertificateStatus]
	// because of certificate "A"
	// the domain is on
	// Success
	// the domain is off, configuring
}

func TestScenariosAreSound(t *testing.T) {
	a := pairA()
	domain := cdn.Scenario{}.HTTPSDomain(www)
	for i, b := range []cdn.Scenario{
		domain.Certificate("A", a.pem).Bound().Bound(),
		domain.Certificate("A", a.pem).Bound().CenterCertificate("C", a.pem).Bound(),
		domain.CenterCertificate("C", a.pem).Bound().BoundToFree().Bound(),
		domain.Certificate("A", a.pem).Bound().Certificate("B", a.pem).BoundNotInEffect(),
		domain.Certificate("A", a.pem).Bound().HTTPSDomain(shop).Bound().Offline(),
	} {
		s := b.State()
		check(t, model.Transition[cdn.State, cdn.Input, model.Output]{From: cdn.State{}, To: s})
		testutil.RoundTrip(t, s)
		if diff := len(s.Key()); diff == 0 || b.State().Domains.Len() != s.Domains.Len() {
			t.Errorf("scenario %d", i)
		}
	}
	if got := domain.HTTPSDomain("例子.Example.com").Offline().State(); got.Class("xn--fsqu00a.example.com") != "off, offline" {
		t.Error(got)
	}
}

// Continuing a scenario in two ways leaves both as they are.
func TestScenariosAreValues(t *testing.T) {
	b := cdn.Scenario{}.HTTPSDomain(www).Certificate("A", "")
	bound, offline := b.Bound(), b.Offline()
	isClass(t, b.State(), www, "off")
	isClass(t, bound.State(), www, "on")
	isClass(t, offline.State(), www, "off, offline")
}

func TestScenariosThatCannotBe(t *testing.T) {
	a := pairA()
	domain := cdn.Scenario{}.HTTPSDomain(www)
	for want, build := range map[string]func(){
		"no domain yet":         func() { cdn.Scenario{}.Offline() },
		"no certificate yet":    func() { cdn.Scenario{}.Locked() },
		"no certificate yet ":   func() { domain.Bound() },
		"no domain yet ":        func() { cdn.Scenario{}.Certificate("A", "").Bound() },
		"cannot happen":         func() { domain.HTTPSDomain(www) },
		"DomainName":            func() { cdn.Scenario{}.HTTPSDomain("a b c") },
		"of one name":           func() { domain.Certificate("A", "").Certificate("A", "") },
		"cannot happen ":        func() { domain.Certificate("A", "").CenterCertificate("A", "") },
		"ServerCertificate":     func() { domain.Certificate("A", a.key.Reveal()) },
		"cannot happen  ":       func() { domain.Suspended().Suspended() },
		"Certificate.FormatErr": func() { domain.CenterCertificate("A", "no certificate") },
	} {
		t.Run(want, func(t *testing.T) {
			defer func() {
				text := fmt.Sprint(recover())
				if !strings.HasPrefix(text, "cdn: scenario: ") || !strings.Contains(text, strings.TrimSpace(want)) || strings.Contains(text, "PRIVATE KEY-----\nM") {
					t.Errorf("panic: %s", text)
				}
			}()
			build()
		})
	}
}

func TestClass(t *testing.T) {
	domain := cdn.Scenario{}.HTTPSDomain(www)
	bound := domain.Certificate("A", "").Bound()
	for want, b := range map[string]cdn.Scenario{
		"unknown": {}, "foreign": cdn.Scenario{}.ForeignDomain(www).Suspended(),
		"off": domain, "on": bound, "off, not permitted": domain.Forbidden(),
		"on, suspended, not permitted, offline, configuring, scheduled, protected": bound.Suspended().Forbidden().Offline().Configuring().Scheduled().Protected(),
		"off, not permitted, configuring":                                          cdn.Scenario{}.PlainDomain(www).Configuring(),
		"bound, not in effect, protected":                                          domain.Certificate("A", "").BoundNotInEffect(),
		"on, new one not in effect, protected":                                     bound.BoundNotInEffect(),
	} {
		isClass(t, b.State(), www, want)
	}
}

// keys yields the first of each pair.
func keys[K, V any](pairs iter.Seq2[K, V]) iter.Seq[K] {
	return func(yield func(K) bool) {
		for k := range pairs {
			if !yield(k) {
				return
			}
		}
	}
}
