// Package cdn is the model of CDN SetDomainServerCertificate and of its counterparts
// in CDN, DCDN, VOD and Live: it tells what the service answers and how the state changes.
// All operations work on the same certificates; each product has domains of its own.
//
// A [State] is an account: its domains, its standing, and the certificate center. An
// [Input] is a request, an event or a read. The Step method of [Machine] returns the
// next state and a [model.Output], which names the condition and the part of the
// state that decided. Package cas has the events and operations of the certificate
// center; package account joins the machines.
//
// [Set] checks a request with package validate once and returns an input, which has
// the finished check and no private key. So a step parses nothing, and a journal of
// inputs can be replayed.
package cdn

import (
	"slices"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/internal/jsonunion"
	"github.com/alicert/alicert/model/internal/reply"
	"github.com/alicert/alicert/validate"
)

// Machine answers as the CDN operations do, from its Initial state on. The zero
// value is an account without domains or certificates.
type Machine struct{ Initial State }

// Init returns the initial state.
func (m Machine) Init() State { return m.Initial }

// Step answers one input. It ignores an empty input and an action of another product.
func (Machine) Step(s State, in Input) (State, model.Output) {
	switch a := in.Action.(type) {
	case Action:
		return a.step(in.At, s)
	case cas.Action:
		center, output := cas.Machine{}.Step(s.CAS, cas.Input{At: in.At, Action: a})
		return s.Follow(a, center), output
	default:
		return s, reply.Ignored()
	}
}

// Follow returns the state after an action has changed the certificate center. Domains
// that are bound to a certificate with a new name stay bound to it.
func (s State) Follow(a cas.Action, center cas.State) State {
	if in, is := a.(cas.CreateCertificateName); is {
		if old, name, renamed := in.Renames(s.CAS, center); renamed {
			for domain, d := range s.Domains.All() {
				if d.Bound == old {
					d.Bound = name
					s.Domains = s.Domains.Set(domain, d)
				}
			}
		}
	}
	s.CAS = center
	return s
}

// Input is one input: a request, an event or a read.
type Input struct {
	// At is the time in Unix milliseconds. Later reads show it as the time of a
	// change. 0 means no time.
	At int64

	// Action is an [Action], or a [cas.Action] of the certificate center.
	Action model.Action
}

// Kind returns the kind of the action.
func (in Input) Kind() model.Kind {
	if in.Action == nil {
		return model.Event
	}
	return in.Action.Kind()
}

// Action is what an input does to the products of this package.
//
//sumtype:decl
type Action interface {
	model.Action
	step(at int64, s State) (State, model.Output)
}

// MarshalJSON encodes the input as an object with a member that has the name of the
// action, and one for the time, if there is one.
func (in Input) MarshalJSON() ([]byte, error) { return jsonunion.Marshal(in.At, in.Action) }

// UnmarshalJSON decodes the result of MarshalJSON.
func (in *Input) UnmarshalJSON(data []byte) (err error) {
	in.At, in.Action, err = jsonunion.Unmarshal(data, jsonunion.Join(Actions(), cas.Actions())...)
	return err
}

// Operations returns the operations that set the certificate of a domain, the original
// one first. They are those whose requests package validate reads as a CDNRequest, but
// for those of a site.
func Operations() []errcodes.Operation { return slices.Clone(operations) }

var operations = slices.DeleteFunc(slices.Collect(errcodes.Operations()), func(op errcodes.Operation) bool {
	req, _ := validate.Parse(op, nil)
	_, sets := req.(*validate.CDNRequest)
	return !sets || !op.Table().Has(errcodes.CondDomainNotFound)
})

// Actions returns a value of every type of action, and of a request one value for
// each operation. Programs that generate inputs use it to be complete. Package cas
// has the actions of the certificate center.
func Actions() []Action {
	actions := []Action{
		AccountSuspended{},
		AccountReinstated{},
		RepeatedContentChanged{},
		DomainAdded{},
		DomainRemoved{},
		ConfigurationFinished{},
		DomainTakenOffline{},
		DomainBroughtOnline{},
		ProtectionChanged{},
		ScheduleChanged{},
		PermissionChanged{},
		FreeCertificateIssued{},
		FreeCertificateWithdrawn{},
		DescribeDomainCertificateInfo{},
		DescribeCdnDomainDetail{},
		DescribeUserDomains{},
		ListTagResources{},
		ListCloudResources{},
		ListTagResources{Product: productLive},
		DescribeDcdnTagResources{},
		DescribeCdnDomainConfigs{},
		DescribeCdnCertificateList{},
		DescribeCdnCertificateDetail{},
		DescribeCdnHttpsDomainList{},
		DescribeCdnService{},
		BatchSetCdnDomainConfig{},
		DeleteSpecificConfig{},
		AddDomain{},
		DeleteDomain{},
		UpdateVodDomain{},
	}
	for _, p := range products[1:] {
		actions = append(
			actions, AddDomain{Product: p.name}, DeleteDomain{Product: p.name},
			DescribeDomain{Product: p.name}, DescribeCertificate{Product: p.name}, DescribeDomains{Product: p.name},
		)
	}
	for _, op := range operations {
		actions = append(actions, SetCertificate{Operation: op})
	}
	return actions
}

func domain(name string) model.Resource { return model.Resource{Type: "domain", ID: name} }

// Kind implements [model.Action].
func (AccountSuspended) Kind() model.Kind { return model.Event }

// Kind implements [model.Action].
func (AccountReinstated) Kind() model.Kind { return model.Event }

// Kind implements [model.Action].
func (RepeatedContentChanged) Kind() model.Kind { return model.Event }

// Kind implements [model.Action].
func (DomainAdded) Kind() model.Kind { return model.Event }

// Kind implements [model.Action].
func (DomainRemoved) Kind() model.Kind { return model.Event }

// Kind implements [model.Action].
func (ConfigurationFinished) Kind() model.Kind { return model.Event }

// Kind implements [model.Action].
func (DomainTakenOffline) Kind() model.Kind { return model.Event }

// Kind implements [model.Action].
func (DomainBroughtOnline) Kind() model.Kind { return model.Event }

// Kind implements [model.Action].
func (ProtectionChanged) Kind() model.Kind { return model.Event }

// Kind implements [model.Action].
func (ScheduleChanged) Kind() model.Kind { return model.Event }

// Kind implements [model.Action].
func (PermissionChanged) Kind() model.Kind { return model.Event }

// Kind implements [model.Action].
func (FreeCertificateIssued) Kind() model.Kind { return model.Event }

// Kind implements [model.Action].
func (FreeCertificateWithdrawn) Kind() model.Kind { return model.Event }

// Kind implements [model.Action].
func (DescribeDomainCertificateInfo) Kind() model.Kind { return model.Read }

// Kind implements [model.Action].
func (DescribeCdnDomainDetail) Kind() model.Kind { return model.Read }

// Kind implements [model.Action].
func (DescribeUserDomains) Kind() model.Kind { return model.Read }

// Kind implements [model.Action].
func (ListCloudResources) Kind() model.Kind { return model.Read }

// Kind implements [model.Action].
func (ListTagResources) Kind() model.Kind { return model.Read }

// About returns the account.
func (AccountSuspended) About() model.Resource { return model.Resource{Type: "account"} }

// About returns the account.
func (AccountReinstated) About() model.Resource { return model.Resource{Type: "account"} }

// About returns the account.
func (RepeatedContentChanged) About() model.Resource { return model.Resource{Type: "account"} }

// About returns the domain.
func (e DomainAdded) About() model.Resource { return domain(e.Name) }

// About returns the domain.
func (e DomainRemoved) About() model.Resource { return domain(e.Name) }

// About returns the domain.
func (e ConfigurationFinished) About() model.Resource { return domain(e.Domain) }

// About returns the domain.
func (e DomainTakenOffline) About() model.Resource { return domain(e.Domain) }

// About returns the domain.
func (e DomainBroughtOnline) About() model.Resource { return domain(e.Domain) }

// About returns the domain.
func (e ProtectionChanged) About() model.Resource { return domain(e.Domain) }

// About returns the domain.
func (e ScheduleChanged) About() model.Resource { return domain(e.Domain) }

// About returns the domain.
func (e PermissionChanged) About() model.Resource { return domain(e.Domain) }

// About returns the domain.
func (e FreeCertificateIssued) About() model.Resource { return domain(e.Domain) }

// About returns the domain.
func (e FreeCertificateWithdrawn) About() model.Resource { return domain(e.Domain) }

// About returns the domain.
func (in DescribeDomainCertificateInfo) About() model.Resource {
	return domainOf(productCDN, in.DomainName)
}

// About returns the domain.
func (in DescribeCdnDomainDetail) About() model.Resource { return domainOf(productCDN, in.DomainName) }

// About returns all domains.
func (DescribeUserDomains) About() model.Resource { return domain("") }

// About returns all domains.
func (ListCloudResources) About() model.Resource { return domain("") }

// About returns all domains, even if the request names some.
func (ListTagResources) About() model.Resource { return domain("") }
