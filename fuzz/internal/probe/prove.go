package probe

import (
	"cmp"
	"fmt"
	"iter"
	"net/url"
	"slices"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/universe"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/account"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/validate"
)

// States yields every state of the explored universes: accounts with domains, listeners
// and certificates in all conditions that the model knows. It takes some seconds.
func States() iter.Seq[account.State] {
	return func(yield func(account.State) bool) {
		for op := range setters() {
			for s := range universe.CDN(op, universe.Small).Explore(model.Limits{}).States() {
				if !yield(account.State{CAS: s.CAS, CDN: s.Own}) {
					return
				}
			}
		}
		for _, version := range []errcodes.Version{errcodes.Original, errcodes.Current} {
			for s := range universe.ALB(universe.Small, version).Explore(model.Limits{}).States() {
				if !yield(account.State{CAS: s.CAS, ALB: s.Own}) {
					return
				}
			}
			for s := range universe.Account(version).Explore(model.Limits{}).States() {
				if !yield(s) {
					return
				}
			}
		}
	}
}

// setters yields the operations that set the certificate of a domain.
func setters() iter.Seq[errcodes.Operation] { return slices.Values(cdn.Operations()) }

// Proof is what [Plan.Prove] has found: how many states each request was tried in.
type Proof struct {
	States   int // of the universes
	Requests int // that the model has an operation for
	Outside  int // that reach no operation
	Tried    int // requests tried, in all states
}

// Prove holds the plan against the model. Each request must be refused and must change
// nothing, in every state
//
//   - as it is: none has the target of the request, and
//   - with the target added, unless the request is marked T: so the other reasons are
//     enough. What the requests of the plan ask of the certificate center, send.sh checks
//     before: that it has no certificate with the number 1.
//
// A sound request about the same target must be refused, too: so that the target is not
// there is enough. It is never sent. The error names the first request that is not safe.
func (p *Plan) Prove(states iter.Seq[account.State]) (Proof, error) {
	var proof Proof
	trials, err := p.trials()
	if err != nil {
		return proof, err
	}
	for _, t := range trials {
		if t.sound {
			continue
		}
		proof.Requests++
	}
	proof.Outside = len(p.Cases) - proof.Requests
	machine := account.Machine{}
	for s := range states {
		proof.States++
		target := p.withTargets(s)
		for i := range trials {
			t := &trials[i]
			for _, at := range []account.State{s, target} {
				if at == target && (t.trusting || t.sound || t.assumesAbsent && hasFirst(at)) {
					continue
				}
				proof.Tried++
				if why := harmless(machine, at, t.input); why != "" {
					return proof, fmt.Errorf("probe: %s %s", t.id, why)
				}
			}
		}
	}
	if proof.States == 0 {
		return proof, fmt.Errorf("probe: there are no states to try the requests in")
	}
	return proof, nil
}

// harmless returns why an input is not safe in a state, "" if it is refused and changes
// nothing.
func harmless(m account.Machine, s account.State, in account.Input) string {
	switch next, output := m.Step(s, in); {
	case output.Error.Code == "":
		return "is not refused in a state of the model"
	case next != s:
		return "is refused as " + output.Outcome() + ", and changes the state all the same"
	default:
		return ""
	}
}

// A trial is a request as the model sees it.
type trial struct {
	id            string
	input         account.Input
	trusting      bool
	sound         bool // nothing but the target is wrong; it is not part of the plan
	assumesAbsent bool // it names the certificate with the number 1
}

func (p *Plan) trials() (trials []trial, err error) {
	for i := range p.Cases {
		c := &p.Cases[i]
		if len(c.Reasons()) < 2 && c.Role != RoleControl {
			return nil, fmt.Errorf("probe: %s has only one reason to fail", c.ID)
		}
		in, form, known, err := c.input(p.Material, p.Material.now)
		if err != nil {
			return nil, err
		}
		if !known {
			continue
		}
		if err := p.aboutNothingReal(c, form); err != nil {
			return nil, err
		}
		t := trial{id: c.ID, input: in, trusting: c.Trusting(), assumesAbsent: c.field(errcodes.FieldCertID) == "1"}
		trials = append(trials, t)
	}
	sound, err := p.soundTrials()
	return append(trials, sound...), err
}

// aboutNothingReal refuses a request whose target is not the plan's own.
func (p *Plan) aboutNothingReal(c *Case, form url.Values) error {
	domain, listener := form.Get("DomainName"), form.Get("ListenerId")
	switch {
	case domain != "" && domain != p.Material.Domain(), listener != "" && listener != p.Material.Listener():
		return fmt.Errorf("probe: %s is about %q, which the plan has not made", c.ID, cmp.Or(domain, listener))
	case c.about(ALBDry) && listener == "":
		return fmt.Errorf("probe: %s names no listener", c.ID)
	default:
		return nil
	}
}

// soundTrials are requests that nothing but the target is wrong with.
func (p *Plan) soundTrials() ([]trial, error) {
	good, err := p.Material.Value("@cert/good")
	if err != nil {
		return nil, err
	}
	own, err := ownKey(p.Material)
	if err != nil {
		return nil, err
	}
	opts := validate.Options{Now: p.Material.now}
	var trials []trial
	for _, op := range []errcodes.Operation{errcodes.SetCdnDomainSSLCertificate, errcodes.SetDcdnDomainSSLCertificate} {
		r := &validate.CDNRequest{Op: op, DomainName: p.Material.Domain(), Status: "on", Certificate: good, PrivateKey: validate.NewSecret(own)}
		trials = append(trials, trial{id: "a sound request of " + op.String(), input: input(r, opts), sound: true})
	}
	r := &validate.ALBRequest{ListenerID: p.Material.Listener(), CertificateIDs: []string{cas.IDOf(2)}, DryRun: true}
	return append(trials, trial{id: "a sound dry run", input: input(r, opts), sound: true}), nil
}

// withTargets adds the targets of the plan's requests to a state.
func (p *Plan) withTargets(s account.State) account.State {
	machine := account.Machine{}
	for op := range setters() {
		s, _ = machine.Step(s, account.Input{Action: cdn.DomainAdded{Name: cdn.DomainID(op.Product(), p.Material.Domain())}})
	}
	const balancer = "alb-probe"
	s, _ = machine.Step(s, account.Input{Action: alb.LoadBalancerAdded{ID: balancer, LoadBalancer: alb.LoadBalancer{Edition: alb.Standard}}})
	s, _ = machine.Step(s, account.Input{Action: alb.ListenerAdded{
		ID: p.Material.Listener(), Listener: alb.Listener{LoadBalancer: balancer, Protocol: alb.HTTPS, Port: 443, Status: alb.Running, Default: cas.IDOf(1)},
	}})
	return s
}

// hasFirst reports whether the certificate center has a certificate with the number 1.
func hasFirst(s account.State) bool {
	_, found := s.CAS.ByNumber(1, "")
	return found
}
