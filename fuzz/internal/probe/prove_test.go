package probe

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/alicert/alicert/internal/testutil"
	"github.com/alicert/alicert/model/account"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cas"
)

func plan(t *testing.T, evening bool, groups ...Group) *Plan {
	t.Helper()
	p, err := NewPlan(groups, evening, NewMaterial(time.Now()))
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// TestEveryPlanIsHarmless: the model refuses every request in every state of the explored
// universes, and again with the target added, and none of them changes a state. Every
// other plan is a part of the one with everything.
func TestEveryPlanIsHarmless(t *testing.T) {
	testutil.Long(t)
	proof, err := plan(t, false).Prove(States())
	if err != nil {
		t.Fatal(err)
	}
	t.Logf("%+v", proof)
	if proof.States < 30000 || proof.Outside != 1 || proof.Requests != 114 || proof.Tried < proof.States*proof.Requests {
		t.Errorf("%+v", proof)
	}
	everything := plan(t, false)
	for _, g := range Groups() {
		for _, p := range []*Plan{plan(t, false, g), plan(t, true)} {
			for i := range p.Cases {
				c := &p.Cases[i]
				if !slices.ContainsFunc(everything.Cases, func(other Case) bool { return other.ID == c.ID && other.Digest() == c.Digest() }) {
					t.Errorf("%s is in no other plan", c.ID)
				}
			}
		}
	}
}

// one is a small account for plans that are refused at once: a listener's certificate and
// no domain.
func one(yield func(account.State) bool) {
	s := alb.Scenario{}.Certificates(2).LoadBalancer("alb-1", alb.Standard).State()
	yield(account.State{CAS: s.CAS, ALB: s.Own})
}

// TestUnsafePlansAreRefused: a plan with a request that could succeed, or that has one
// reason to fail only, does not pass.
func TestUnsafePlansAreRefused(t *testing.T) {
	sound := func(change func(p *Plan, c *Case)) func(*Plan) {
		return func(p *Plan) {
			i := slices.IndexFunc(p.Cases, func(c Case) bool { return c.ID == "P7/pkcs8" })
			change(p, &p.Cases[i])
		}
	}
	set := func(c *Case, name, value string) { c.Params, _ = with(c.Params, name+"="+value) }
	tests := []struct {
		name string
		made func(*Plan)
		want string
	}{
		{"the key of the certificate", sound(func(p *Plan, _ *Case) {
			own, err := ownKey(p.Material)
			if err != nil {
				t.Fatal(err)
			}
			p.Material.made["@key/other-pkcs8"] = own
		}), "P7/pkcs8 is not refused"},
		{"another domain", sound(func(_ *Plan, c *Case) { set(c, "DomainName", "www.example.com") }), "which the plan has not made"},
		{"nothing but the target", sound(func(_ *Plan, c *Case) {
			set(c, "SSLPri", "@key/other-pkcs8")
			c.Params, _ = with(c.Params, "-SSLPub", "-SSLPri")
		}), "only one reason"},
		{"off is a success for a domain that exists", sound(func(_ *Plan, c *Case) { set(c, "SSLProtocol", "off") }), "P7/pkcs8 is not refused"},
		{"a dry run that would pass", func(p *Plan) {
			i := slices.IndexFunc(p.Cases, func(c Case) bool { return c.ID == "A1/token-64" })
			p.Cases[i].Params, _ = with(p.Cases[i].Params, "DryRun=false", "Certificates.1.CertificateId="+cas.IDOf(2))
		}, "A1/token-64 is not refused"},
		{"no listener", func(p *Plan) {
			i := slices.IndexFunc(p.Cases, func(c Case) bool { return c.ID == "A1/token-64" })
			p.Cases[i].Params, _ = with(p.Cases[i].Params, "-ListenerId")
		}, "names no listener"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			p := plan(t, false)
			test.made(p)
			if _, err := p.Prove(one); err == nil || !strings.Contains(err.Error(), test.want) {
				t.Errorf("%v; want %q", err, test.want)
			}
		})
	}
	if _, err := plan(t, true).Prove(func(func(account.State) bool) {}); err == nil {
		t.Error("no state proves everything")
	}
}

// TestTargetsAreAdded: the second half of the proof has targets.
func TestTargetsAreAdded(t *testing.T) {
	p := plan(t, false)
	for s := range one {
		next := p.withTargets(s)
		if next.CDN.Domains.Len() < 2 || !next.ALB.Listeners.Has(p.Material.Listener()) {
			t.Errorf("%d domains, listener %t", next.CDN.Domains.Len(), next.ALB.Listeners.Has(p.Material.Listener()))
		}
	}
}

// TestLimits: the numbers of calls that people are told.
func TestLimits(t *testing.T) {
	if got := plan(t, false).Calls(); got > MaxCalls || MaxCalls != 120 {
		t.Errorf("%d calls of everything", got)
	}
	evening := plan(t, true)
	if got := evening.Calls(); got > MaxEveningCalls || MaxEveningCalls != 25 {
		t.Errorf("%d calls of an evening", got)
	}
	if evening.Cases[0].Role != RoleControl {
		t.Error("the evening does not begin with a control")
	}
	dcdn := 0
	for _, c := range plan(t, false, DCDN).Cases {
		if c.Group == DCDN {
			dcdn++
		}
	}
	if dcdn == 0 || dcdn > 40 {
		t.Errorf("%d calls of DCDN", dcdn)
	}
	long := plan(t, false)
	if _, err := NewPlan([]Group{"none"}, false, long.Material); err == nil {
		t.Error("a group that is none")
	}
}

// TestControlsComeFirst: whatever the groups, the first request about a product that has
// targets is its control.
func TestControlsComeFirst(t *testing.T) {
	for _, g := range Groups() {
		controlled := map[string]bool{"cas": true}
		p := plan(t, false, g)
		for i := range p.Cases {
			c := &p.Cases[i]
			if c.Role == RoleControl {
				controlled[c.Endpoint.Product] = true
			}
			if !controlled[c.Endpoint.Product] {
				t.Errorf("%s: %s comes before a control", g, c.ID)
			}
		}
	}
}

// TestReasonsAreSaid: each case says its purpose, its risk and two reasons in both
// languages. Only controls are marked T.
func TestReasonsAreSaid(t *testing.T) {
	ids, digests := map[string]bool{}, map[string]string{}
	for _, c := range Cases() {
		reasons := c.Reasons()
		if c.Trusting() && c.Role != RoleControl || len(reasons) == 0 {
			t.Errorf("%s has %d reasons", c.ID, len(reasons))
		}
		for _, m := range append(reasons, c.Purpose, c.Risk()) {
			if m.EN == "" || m.ZH == "" {
				t.Errorf("%s: %+v", c.ID, m)
			}
		}
		if ids[c.ID] || digests[c.Digest()] != "" {
			t.Errorf("%s stands there twice, or is %s", c.ID, digests[c.Digest()])
		}
		ids[c.ID], digests[c.Digest()] = true, c.ID
		for _, p := range c.Params {
			if strings.HasPrefix(p.Value, "@") && !knownReference(p.Value) {
				t.Errorf("%s: %s is no material", c.ID, p.Value)
			}
		}
	}
}
