package cdn_test

import (
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/model/table"
	"github.com/alicert/alicert/testdata"
)

// A saboteur is a machine that answers as the sound one does, and then spoils
// the state.
type saboteur func(from cdn.State, in cdn.Input, output model.Output, to cdn.State) cdn.State

func (spoil saboteur) machine(start cdn.State) model.Machine[cdn.State, cdn.Input, model.Output] {
	return model.Func(start, func(s cdn.State, in cdn.Input) (cdn.State, model.Output) {
		to, output := cdn.Machine{}.Step(s, in)
		return spoil(s, in, output, to), output
	})
}

// Every invariant fails on a machine that breaks it, in each way that it can be
// broken, and says why.
func TestInvariantsCanFail(t *testing.T) {
	const (
		errorRule   = "an error changes nothing, SetNotEffective aside"
		ignoredRule = "what is ignored changes nothing"
		readRule    = "reads change nothing"
		boundRule   = "a bound certificate exists, and its users are counted"
		offRule     = "off removes the binding"
		forceRule   = "ForceSet touches only its name and the domains bound to it"
		indexRule   = "indices agree with records"
		keyRule     = "no state holds a private key"
	)
	a, b := pairA(), pairB()
	start := cdn.Scenario{}.CenterCertificate("C", b.pem).Certificate("A", a.pem).
		HTTPSDomain(shop).Bound().HTTPSDomain(www).Bound().State()
	onDomain := func(name string, apply func(*cdn.Domain)) saboteur {
		return func(_ cdn.State, _ cdn.Input, _ model.Output, s cdn.State) cdn.State {
			d, _ := s.Domains.Get(name)
			apply(&d)
			s.Domains = s.Domains.Set(name, d)
			return s
		}
	}
	onCenter := func(apply func(cas.State) cas.State) saboteur {
		return func(_ cdn.State, _ cdn.Input, _ model.Output, s cdn.State) cdn.State {
			s.CAS = apply(s.CAS)
			return s
		}
	}
	onCertificate := func(name string, apply func(*cas.Certificate)) saboteur {
		return onCenter(func(c cas.State) cas.State { return c.Update(name, apply) })
	}
	flip := onDomain(shop, func(d *cdn.Domain) { d.Offline = !d.Offline })
	event := func(action model.Action) cdn.Input { return cdn.Input{Action: action} }
	finished := event(cdn.DomainTakenOffline{Domain: www})
	tests := []struct {
		rule, why string
		input     cdn.Input
		spoil     saboteur
	}{
		{errorRule, "a domain changed", in(byName(www, "none")), flip},
		{errorRule, "the account changed", in(byName(www, "none")), func(_ cdn.State, _ cdn.Input, _ model.Output, s cdn.State) cdn.State {
			s.Suspended = true
			return s
		}},
		{errorRule, "a certificate changed", in(a.upload(www, "A")), onCertificate("A", func(c *cas.Certificate) { c.Locked = true })},
		{errorRule, "an index changed", in(a.upload(www, "A")), onCenter(func(c cas.State) cas.State {
			c.IDs = c.IDs.Set("x", "y")
			return c
		})},
		{errorRule, "a number was given out", in(a.upload(www, "A")), onCenter(func(c cas.State) cas.State {
			c, _ = c.NextNumber()
			return c
		})},
		{ignoredRule, "a domain changed", event(cdn.ConfigurationFinished{Domain: www}), flip},
		{readRule, "a domain changed", event(cdn.DescribeDomainCertificateInfo{DomainName: www}), flip},
		{readRule, "a domain changed", event(cdn.DescribeCdnDomainDetail{DomainName: www}), flip},
		{readRule, "a domain changed", event(cdn.DescribeUserDomains{}), flip},
		{readRule, "a domain changed", event(cas.ListUserCertificateOrder{}), flip},
		{readRule, "a domain changed", event(cas.GetUserCertificateDetail{CertID: 1000001}), flip},
		{readRule, "a domain changed", event(cas.GetCertificateDetail{CertID: 1000001}), flip},
		{boundRule, "bound to a certificate that does not exist", finished, onCenter(func(c cas.State) cas.State { return c.Remove("A") })},
		{boundRule, "has two certificates", finished, onDomain(www, func(d *cdn.Domain) { d.UsesFree = true })},
		{boundRule, "in effect, but none", finished, onDomain(www, func(d *cdn.Domain) { d.Bound = "" })},
		{boundRule, "HTTPS on, but no certificate", finished, onDomain(www, func(d *cdn.Domain) { d.Bound, d.InEffect = "", false })},
		{boundRule, `"A" counts 3 domains and has 2`, finished, onCertificate("A", func(c *cas.Certificate) { c.Domains++ })},
		{offRule, "not without a certificate", in(off(www)), onDomain(www, func(d *cdn.Domain) { d.Bound = "A" })},
		{offRule, "not without a certificate", in(off(www)), onDomain(www, func(d *cdn.Domain) { d.HTTPS = true })},
		{offRule, "should be kept", in(off(www)), onCenter(func(c cas.State) cas.State { return c.Remove("A") })},
		{forceRule, "domain shop.example.com changed", in(b.forced("A")), flip},
		{forceRule, "the number of domains changed", in(b.forced("A")), func(_ cdn.State, _ cdn.Input, _ model.Output, s cdn.State) cdn.State {
			s.Domains = s.Domains.Set("new.example.com", cdn.Domain{})
			return s
		}},
		{forceRule, `"C" changed`, in(b.forced("A")), onCertificate("C", func(c *cas.Certificate) { c.Locked = true })},
		{forceRule, `"A" changed`, in(b.forced("B")), onCertificate("A", func(c *cas.Certificate) { c.Status = cas.Expired })},
		{indexRule, "another name in its record", finished, onCertificate("A", func(c *cas.Certificate) { c.Name = "B" })},
		{indexRule, "id 5-cn-hangzhou does not lead", finished, onCertificate("A", func(c *cas.Certificate) { c.ID = "5-cn-hangzhou" })},
		{indexRule, "an id leads nowhere", finished, onCertificate("C", func(c *cas.Certificate) { c.ID = "" })},
		{indexRule, "leaf made up does not lead", finished, onCertificate("C", func(c *cas.Certificate) { c.Leaf.SHA256 = "made up" })},
		{indexRule, "a leaf leads nowhere", finished, onCertificate("C", func(c *cas.Certificate) { c.Leaf.SHA256 = "" })},
		{indexRule, `"C" has another text than it says`, finished, onCertificate("C", func(c *cas.Certificate) { c.Content = "" })},
		{indexRule, `"C" has another text than it says`, finished, onCertificate("C", func(c *cas.Certificate) { c.PEM = a.pem })},
		{keyRule, "a certificate's record holds one", finished, onCertificate("A", func(c *cas.Certificate) { c.PEM = b.key.Reveal() })},
		{keyRule, "a certificate's record holds one", finished, onCertificate("A", func(c *cas.Certificate) { c.Leaf.Names = a.key.Reveal() })},
		{keyRule, "a domain's record holds one", finished, onDomain(www, func(d *cdn.Domain) { d.Free = cdn.Free(a.key.Reveal()) })},
		{keyRule, "a domain's record holds one", finished, onDomain(www, func(d *cdn.Domain) { d.Bound = "-----BEGIN PRIVATE KEY-----" })},
		{keyRule, "a domain's record holds one", finished, onDomain("-----BEGIN PRIVATE KEY-----", func(*cdn.Domain) {})},
	}
	proven := map[string]bool{}
	for _, test := range tests {
		t.Run(test.rule+"/"+test.why, func(t *testing.T) {
			broken := map[string]string{}
			e := model.Space[cdn.State, cdn.Input, model.Output]{
				Machine: test.spoil.machine(start), Inputs: []cdn.Input{test.input}, Key: cdn.State.Key,
				Outcome: model.Output.Outcome, Invariants: cdn.Invariants(),
			}.Explore(model.Limits{Depth: 1})
			for _, breach := range e.Broken {
				broken[breach.Name] = breach.Why
			}
			if !strings.Contains(broken[test.rule], test.why) {
				t.Errorf("broken: %q", broken)
			}
			var sound saboteur = func(_ cdn.State, _ cdn.Input, _ model.Output, s cdn.State) cdn.State { return s }
			for step := range model.RunSeq(sound.machine(start), slices.Values([]cdn.Input{test.input})) {
				check(t, step)
			}
			proven[test.rule] = true
		})
	}
	for _, inv := range cdn.Invariants() {
		if !proven[inv.Name] {
			t.Errorf("nothing breaks %q", inv.Name)
		}
		delete(proven, inv.Name)
	}
	if len(proven) > 0 {
		t.Errorf("no such invariants: %v", slices.Sorted(maps.Keys(proven)))
	}
}

// SetNotEffective is the one error that may change something.
func TestSetNotEffectiveIsExempt(t *testing.T) {
	a := pairA()
	s := cdn.Scenario{}.HTTPSDomain(www).Protected().State()
	next, output := step(s, in(a.upload(www, "A")))
	transition := model.Transition[cdn.State, cdn.Input, model.Output]{From: s, Input: in(a.upload(www, "A")), Output: output, To: next}
	check(t, transition)
	transition.Output.Error = errcodes.SetDomainServerCertificate.Table().Error(errcodes.CondDomainOffline)
	if why := cdn.Invariants()[0].Holds(cdn.Machine{}, transition); why != "a domain changed" {
		t.Errorf("%q", why)
	}
}

// Key tells states apart by every record of theirs.
func TestKey(t *testing.T) {
	a, b := pairA(), pairB()
	domain := cdn.Scenario{}.HTTPSDomain(www)
	bound := domain.Certificate("A", a.pem)
	noFree := domain.State()
	noFree.Domains = noFree.Domains.Set(www, cdn.Domain{Free: cdn.FreeFailed})
	inEffect := domain.State()
	inEffect.Domains = inEffect.Domains.Set(www, cdn.Domain{InEffect: true})
	withLeaf := func(change func(*cas.Certificate)) cdn.State {
		s := domain.Certificate("A", "").State()
		s.CAS = s.CAS.Update("A", change)
		return s
	}
	states := []cdn.State{
		{},
		numbered(cdn.State{}), cdn.Scenario{}.Suspended().State(),
		domain.State(), cdn.Scenario{}.HTTPSDomain(shop).State(), domain.HTTPSDomain(shop).State(),
		cdn.Scenario{}.ForeignDomain(www).State(), cdn.Scenario{}.PlainDomain(www).State(),
		domain.Forbidden().State(), domain.Offline().State(), domain.Configuring().State(), domain.Scheduled().State(),
		domain.Protected().State(), domain.FreeCertificate().State(), domain.BoundToFree().State(), noFree, inEffect,
		bound.State(), bound.Bound().State(), bound.BoundNotInEffect().State(), bound.Locked().State(), bound.WithoutKey().State(),
		bound.Pending().State(), bound.Revoked().State(), bound.Expired().State(),
		domain.Certificate("A", b.pem).State(), domain.Certificate("A", testdata.Read("p256/leaf.pem")).State(), domain.Certificate("AA", a.pem).State(),
		bound.Certificate("B", a.pem).State(), domain.CenterCertificate("A", a.pem).State(), numbered(bound.State()),
		domain.Certificate("A", "").State(),
		withLeaf(func(c *cas.Certificate) { c.Leaf.Key = "k" }),
		withLeaf(func(c *cas.Certificate) { c.Leaf.Name = "k" }),
		withLeaf(func(c *cas.Certificate) { c.Leaf.Names = "k" }),
		withLeaf(func(c *cas.Certificate) { c.Leaf.Serial = "k" }),
		withLeaf(func(c *cas.Certificate) { c.Leaf.NotBefore = 1 }),
		withLeaf(func(c *cas.Certificate) { c.Leaf.NotAfter = 1 }),
		withLeaf(func(c *cas.Certificate) { c.NotServer = true }),
		withLeaf(func(c *cas.Certificate) { c.Listeners = 1 }),
		withLeaf(func(c *cas.Certificate) { c.Domains = -1 }),
	}
	seen := map[string]int{}
	for i, s := range states {
		key := s.Key()
		if j, twice := seen[key]; twice {
			t.Errorf("states %d and %d have the same key", j, i)
		}
		seen[key] = i
		again := s // of another shape: the records come in another order
		again.Domains = table.Table[cdn.Domain]{}
		for _, name := range slices.Backward(slices.Collect(keys(s.Domains.All()))) {
			d, _ := s.Domains.Get(name)
			again.Domains = again.Domains.Set(name, d)
		}
		if again.Key() != key {
			t.Errorf("state %d has two keys", i)
		}
	}
}
