package cdn_test

import (
	"strings"
	"testing"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/testutil"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/testdata"
	"github.com/alicert/alicert/validate"
)

func textOf(t *testing.T, s cdn.State, name string) string {
	t.Helper()
	return certificate(t, s, name).PEM
}

func TestUploadIsStoredAndBound(t *testing.T) {
	a := pairA()
	s, output := must(t, cdn.Scenario{}.HTTPSDomain(www).State(), in(a.upload("WWW.Example.com", "证书")))
	if want := (model.Output{RequestID: "r"}); !output.Equal(want) {
		t.Errorf("%+v", output)
	}
	isClass(t, s, www, "on, configuring")
	want := cdn.Domain{HTTPS: true, Bound: "证书", InEffect: true, Configuring: true}
	if d := domain(t, s, www); d != want {
		t.Errorf("%+v, want %+v", d, want)
	}
	c := certificate(t, s, "证书")
	if c.Source != cas.FromCDN || c.Status != cas.Issued || !c.KeyStored || c.ID != cas.IDOf(cas.UploadNumber("r", "证书")) || c.Domains != 1 || c.Leaf.Key == "" {
		t.Errorf("%+v", c)
	}
	if textOf(t, s, "证书") != a.pem {
		t.Error("another text is stored")
	}
}

func TestAbsentTypeIsUpload(t *testing.T) {
	a := pairA()
	start := cdn.Scenario{}.HTTPSDomain(www).State()
	absent, _ := must(t, start, in(a.upload(www, "n")))
	given, _ := must(t, start, in(change(a, func(r *request) { r.CertType = "upload" })))
	unchanged(t, absent, given)
}

func TestForceSetOverwrites(t *testing.T) {
	a, b := pairA(), pairB()
	s := cdn.Scenario{}.HTTPSDomain(www).Certificate("A", a.pem).Expired().Bound().State()
	s, _ = must(t, s, in(b.forced("A")))
	c := certificate(t, s, "A")
	if textOf(t, s, "A") != b.pem || c.Status != cas.Issued || c.Domains != 1 {
		t.Errorf("%+v", c)
	}
	isClass(t, s, www, "on, configuring")
}

func TestForceSetOnAFreeNameStores(t *testing.T) {
	s, _ := must(t, cdn.Scenario{}.HTTPSDomain(www).State(), in(pairA().forced("A")))
	isClass(t, s, www, "on, configuring")
}

func TestForceSetTakesFollowersAlong(t *testing.T) {
	a, b := pairA(), pairB()
	follower := cdn.Scenario{}.HTTPSDomain(www).Certificate("A", a.pem).HTTPSDomain("other.example.com").Certificate("other", a.pem).Bound()
	onA := func(b cdn.Scenario) cdn.Scenario { return b }
	for name, status := range map[string]func(cdn.Scenario) cdn.Scenario{
		"online":      onA,
		"offline":     cdn.Scenario.Offline,
		"configuring": cdn.Scenario.Configuring,
		"forbidden":   cdn.Scenario.Forbidden,
		"protected":   cdn.Scenario.Protected,
	} {
		t.Run(name, func(t *testing.T) {
			s := status(follower.HTTPSDomain(shop)).State()
			s = bindTo(s, shop, "A")
			was := domain(t, s, shop)
			s, _ = must(t, s, in(b.forced("A")))
			if d := domain(t, s, shop); d != was {
				t.Errorf("the follower's own status changed: %+v", d)
			}
			if c := certificate(t, s, domain(t, s, shop).Bound); c.PEM != b.pem || c.Domains != 2 {
				t.Errorf("the follower has %+v", c)
			}
			if textOf(t, s, "other") != a.pem {
				t.Error("a certificate of another name changed")
			}
		})
	}
}

// bindTo binds a domain to a certificate as it is.
func bindTo(s cdn.State, name, certificate string) cdn.State {
	d, _ := s.Domains.Get(name)
	d.Bound, d.HTTPS, d.InEffect = certificate, true, true
	s.Domains = s.Domains.Set(name, d)
	s.CAS = s.CAS.Update(certificate, func(c *cas.Certificate) { c.Domains++ })
	return s
}

func TestBindingAnotherKeepsTheOldOne(t *testing.T) {
	a, b := pairA(), pairB()
	s := cdn.Scenario{}.HTTPSDomain(www).FreeCertificate().Certificate("A", a.pem).Bound().CenterCertificate("C", a.pem).State()
	for name, req := range map[string]*request{"upload": b.upload(www, "B"), "cas": byName(www, "C"), "free": free()} {
		t.Run(name, func(t *testing.T) {
			s, _ := must(t, s, in(req))
			if c := certificate(t, s, "A"); c.Domains != 0 || textOf(t, s, "A") != a.pem {
				t.Errorf("%+v", c)
			}
			if d := domain(t, s, www); d.Bound == "A" || !d.HasBinding() {
				t.Errorf("%+v", d)
			}
		})
	}
}

func TestBindingTheSameAgainCountsOnce(t *testing.T) {
	a := pairA()
	s := cdn.Scenario{}.HTTPSDomain(www).CenterCertificate("C", a.pem).Bound().State()
	s, _ = must(t, s, in(byName(www, "C")))
	if c := certificate(t, s, "C"); c.Domains != 1 {
		t.Errorf("%+v", c)
	}
}

func TestCASIsChosenByName(t *testing.T) {
	a, b := pairA(), pairB()
	s := cdn.Scenario{}.HTTPSDomain(www).CenterCertificate("C", a.pem).CenterCertificate("D", b.pem).State()
	withKey := byName(www, "D")
	withKey.PrivateKey = b.key
	for _, req := range []*request{byName(www, "D"), casContent("D", b), withKey} {
		s, _ := must(t, s, in(req))
		if d := domain(t, s, www); d.Bound != "D" || !d.InEffect {
			t.Errorf("%+v", d)
		}
	}
}

func TestCASIsChosenByContent(t *testing.T) {
	a, b := pairA(), pairB()
	s := cdn.Scenario{}.HTTPSDomain(www).Certificate("A", b.pem).CenterCertificate("C", a.pem).CenterCertificate("D", b.pem).State()
	leafOnly := pair{testdata.Read("p256/leaf.pem"), a.key}
	for want, p := range map[string]pair{"C": leafOnly, "D": b} {
		s, _ := must(t, s, in(casContent("", p)))
		if d := domain(t, s, www); d.Bound != want {
			t.Errorf("bound to %q, want %q", d.Bound, want)
		}
	}
}

func TestCASWithoutStoredKeyTakesTheGivenOne(t *testing.T) {
	a := pairA()
	req := byName(www, "C")
	req.PrivateKey = a.key
	s := cdn.Scenario{}.HTTPSDomain(www).CenterCertificate("C", a.pem).WithoutKey().State()
	s, _ = must(t, s, in(req))
	isClass(t, s, www, "on, configuring")
}

func TestFreeCertificate(t *testing.T) {
	s, _ := must(t, cdn.Scenario{}.HTTPSDomain(www).FreeCertificate().State(), in(free()))
	want := cdn.Domain{HTTPS: true, UsesFree: true, InEffect: true, Configuring: true, Free: cdn.FreeIssued}
	if d := domain(t, s, www); d != want {
		t.Errorf("%+v", d)
	}
}

func TestOffDeletesTheUpload(t *testing.T) {
	s := cdn.Scenario{}.HTTPSDomain(www).Certificate("A", pairA().pem).Bound().State()
	for name, req := range map[string]*request{"off": off(www), "absent status": {DomainName: www}} {
		t.Run(name, func(t *testing.T) {
			s, _ := must(t, s, in(req))
			gone(t, s, "A")
			isClass(t, s, www, "off, configuring")
		})
	}
}

func TestOffKeepsAnUploadThatAnotherDomainUses(t *testing.T) {
	s := cdn.Scenario{}.HTTPSDomain(www).Certificate("A", pairA().pem).Locked().Bound().HTTPSDomain(shop).Bound().State()
	s, _ = must(t, s, in(off(www))) // locked, but not to be deleted
	if c := certificate(t, s, "A"); c.Domains != 1 {
		t.Errorf("%+v", c)
	}
	isClass(t, s, www, "off, configuring")
	isClass(t, s, shop, "on")
}

func TestOffKeepsWhatIsNotBound(t *testing.T) {
	a := pairA()
	s := cdn.Scenario{}.HTTPSDomain(www).Certificate("old", a.pem).Certificate("A", a.pem).Bound().State()
	s, _ = must(t, s, in(off(www)))
	gone(t, s, "A")
	certificate(t, s, "old")
	if textOf(t, s, "old") != a.pem {
		t.Error("a text that is still in use is gone")
	}
}

func TestOffKeepsACertificateOfTheCenter(t *testing.T) {
	s := cdn.Scenario{}.HTTPSDomain(www).CenterCertificate("C", pairA().pem).Locked().Bound().State()
	s, _ = must(t, s, in(off(www)))
	if c := certificate(t, s, "C"); c.Domains != 0 {
		t.Errorf("%+v", c)
	}
	isClass(t, s, www, "off, configuring")
}

func TestOffWithTheFreeCertificate(t *testing.T) {
	s, _ := must(t, cdn.Scenario{}.HTTPSDomain(www).BoundToFree().State(), in(off(www)))
	if d := domain(t, s, www); d.UsesFree || d.Free != cdn.FreeIssued {
		t.Errorf("%+v", d)
	}
	isClass(t, s, www, "off, configuring")
}

func TestOffWithoutAnythingChangesNothing(t *testing.T) {
	for name, b := range map[string]cdn.Scenario{
		"plain":     cdn.Scenario{}.HTTPSDomain(www),
		"scheduled": cdn.Scenario{}.HTTPSDomain(www).Scheduled(),
		"protected": cdn.Scenario{}.HTTPSDomain(www).Protected(),
	} {
		t.Run(name, func(t *testing.T) {
			s, output := must(t, b.State(), in(off(www)))
			if want := (model.Output{RequestID: "r"}); !output.Equal(want) {
				t.Errorf("%+v", output)
			}
			unchanged(t, b.State(), s)
		})
	}
}

func TestOffOfAScheduledDomainThatIsNotOn(t *testing.T) {
	s := cdn.Scenario{}.HTTPSDomain(www).Scheduled().Certificate("A", "").BoundNotInEffect().State()
	s, _ = must(t, s, in(off(www)))
	isClass(t, s, www, "off, configuring, scheduled, protected")
	gone(t, s, "A")
}

func TestSetNotEffectiveHasAnEffect(t *testing.T) {
	a, b := pairA(), pairB()
	tests := map[string]struct {
		start      cdn.Scenario
		req        *request
		https      bool
		wantStatus string
	}{
		"upload, HTTPS off": {cdn.Scenario{}.HTTPSDomain(www), b.upload(www, "B"), false, "bound, not in effect, protected"},
		"upload, HTTPS on":  {cdn.Scenario{}.HTTPSDomain(www).Certificate("A", a.pem).Bound(), b.upload(www, "B"), true, "on, new one not in effect, protected"},
		"the same name":     {cdn.Scenario{}.HTTPSDomain(www).Certificate("B", a.pem).Bound(), b.forced("B"), true, "on, new one not in effect, protected"},
		"cas":               {cdn.Scenario{}.HTTPSDomain(www).CenterCertificate("B", b.pem), byName(www, "B"), false, "bound, not in effect, protected"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			start := test.start.Protected().State()
			s, output := step(start, in(test.req))
			if output.Error.Condition != errcodes.CondSetNotEffective || output.Error.Code != errcodes.CertificateSettedNotEffect {
				t.Fatalf("%+v", output)
			}
			check(t, model.Transition[cdn.State, cdn.Input, model.Output]{From: start, Input: in(test.req), Output: output, To: s})
			want := cdn.Domain{Protected: true, Bound: "B", HTTPS: test.https}
			if d := domain(t, s, www); d != want {
				t.Errorf("%+v, want %+v", d, want)
			}
			if c := certificate(t, s, "B"); textOf(t, s, "B") != b.pem || c.Domains != 1 {
				t.Errorf("%+v", c)
			}
			isClass(t, s, www, test.wantStatus)

			lifted, _ := must(t, s, event(cdn.ProtectionChanged{Domain: www}))
			isClass(t, lifted, www, "on")
			if d := domain(t, lifted, www); !d.InEffect || d.Configuring {
				t.Errorf("after the protection: %+v", d)
			}

			removed, _ := must(t, s, in(off(www)))
			isClass(t, removed, www, "off, configuring, protected")
		})
	}
}

func TestSetNotEffectiveWithTheFreeCertificate(t *testing.T) {
	s, output := step(cdn.Scenario{}.HTTPSDomain(www).FreeCertificate().Protected().State(), in(free()))
	if d := domain(t, s, www); output.Error.Condition != errcodes.CondSetNotEffective || !d.UsesFree || d.InEffect {
		t.Errorf("%v %+v", output.Outcome(), d)
	}
}

func TestLiftingTheProtectionOfWhatIsInEffect(t *testing.T) {
	for want, b := range map[string]cdn.Scenario{
		"on":  cdn.Scenario{}.HTTPSDomain(www).Certificate("A", "").Bound(),
		"off": cdn.Scenario{}.HTTPSDomain(www),
	} {
		s, _ := must(t, b.Protected().State(), event(cdn.ProtectionChanged{Domain: www}))
		unchanged(t, b.State(), s)
		isClass(t, s, www, want)
	}
}

func TestAbsentNameIsMadeFromTheRequestID(t *testing.T) {
	a := pairA()
	s := cdn.Scenario{}.HTTPSDomain(www).State()
	for _, want := range []string{"cert-r", "cert-r-2", "cert-r-3"} {
		s, _ = must(t, s, in(a.upload(www, "")), event(cdn.ConfigurationFinished{Domain: www}))
		if got := domain(t, s, www).Bound; got != want {
			t.Errorf("bound to %q, want %q", got, want)
		}
	}
	s, _ = must(t, s, cdn.Set("another", a.upload(www, ""), validate.Options{}))
	if got := domain(t, s, www).Bound; got != "cert-another" {
		t.Errorf("bound to %q", got)
	}
}

func TestGeneratedNamesAreNeverDuplicates(t *testing.T) {
	a := pairA()
	s := cdn.Scenario{}.HTTPSDomain(www).CenterCertificate("cert-r", "").Certificate("cert-r-2", "").Locked().State()
	for _, req := range []*request{a.upload(www, ""), a.forced("")} {
		next, _ := must(t, s, in(req))
		if got := domain(t, next, www).Bound; got != "cert-r-3" {
			t.Errorf("bound to %q", got)
		}
	}
}

// A digest that an input does not bring along is made.
func TestContentDigest(t *testing.T) {
	a := pairA()
	s := cdn.Scenario{}.HTTPSDomain(www).State()
	without := in(a.upload(www, "A")).Action.(set)
	without.Content = ""
	s, _ = must(t, s, event(without))
	if c := certificate(t, s, "A"); c.PEM != a.pem || c.Content != cas.ContentOf(a.pem) {
		t.Errorf("%+v", c)
	}
}

func TestRefusedRequestKeepsTheVerdictOnly(t *testing.T) {
	a, b := pairA(), pairB()
	input := in(change(a, func(r *request) { r.PrivateKey, r.Overwrite = b.key, "1" }))
	got := input.Action.(set)
	want := set{Operation: errcodes.SetDomainServerCertificate, RequestID: "r", Check: validate.Summary{Verdict: got.Check.Verdict}}
	if got != want || got.Check.Accepted() {
		t.Errorf("%+v", got)
	}
	if strings.Contains(testutil.RoundTrip(t, input), "CERTIFICATE") {
		t.Error("the certificate is kept")
	}
}
