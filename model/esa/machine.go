// Package esa is the model of the certificates of ESA's sites: the operations, and the
// events of sites and of the plans that they belong to. A plan has a quota of certificates
// for all its sites together, in which expired certificates count.
//
// A certificate is uploaded to a site, or comes from the certificate center, into which the
// machine looks and which it never changes: the site has a copy. [Set] checks a request with
// package validate once and returns an input, which has the finished check and no private
// key.
package esa

import (
	"encoding/json"

	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/internal/jsonunion"
	"github.com/alicert/alicert/model/internal/reply"
)

// Machine answers as ESA does, from its Initial state on. The zero value is an account
// without plans and sites.
type Machine struct{ Initial State }

// Init returns the initial state.
func (m Machine) Init() State { return m.Initial }

// Step answers one input. It ignores an empty input and an action of another product.
func (Machine) Step(s State, in Input) (State, model.Output) {
	switch a := in.Action.(type) {
	case Action:
		return a.step(in.At, s)
	case cas.Action:
		var output model.Output
		s.CAS, output = cas.Machine{}.Step(s.CAS, cas.Input{At: in.At, Action: a})
		return s, output
	default:
		return s, reply.Ignored()
	}
}

// Input is one input: a request, an event or a read.
type Input struct {
	// At is the time in Unix milliseconds, which tells what is expired. Later reads show
	// it as the time of a change. 0 or less means no time.
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

// Action is what an input does to sites and plans. Only types of this package implement it.
//
//sumtype:decl
type Action interface {
	model.Action
	step(at int64, s State) (State, model.Output)
}

// MarshalJSON encodes the input as an object with a member that has the name of the
// action, and one for the time, if there is one. An action of the certificate center, some
// of which have names of this package's, is encoded under the name cas.
func (in Input) MarshalJSON() ([]byte, error) {
	if a, is := in.Action.(cas.Action); is {
		return json.Marshal(ofCenter{&cas.Input{At: in.At, Action: a}})
	}
	return jsonunion.Marshal(in.At, in.Action)
}

type ofCenter struct {
	CAS *cas.Input `json:"cas"`
}

// UnmarshalJSON decodes the result of MarshalJSON.
func (in *Input) UnmarshalJSON(data []byte) error {
	var c ofCenter
	if err := json.Unmarshal(data, &c); err == nil && c.CAS != nil {
		*in = Input{c.CAS.At, c.CAS.Action}
		return nil
	}
	at, action, err := jsonunion.Unmarshal(data, Actions()...)
	in.At, in.Action = at, nil
	if action != nil {
		in.Action = action
	}
	return err
}

// Actions returns a value of every type of action. Programs that generate inputs use it to
// be complete. Package cas has the actions of the certificate center.
func Actions() []Action {
	return []Action{
		PlanAdded{},
		PlanStatusChanged{},
		PlanQuotaChanged{},
		SiteAdded{},
		SiteStatusChanged{},
		SiteRemoved{},
		SiteCertificateAdded{},
		SetCertificate{},
		DeleteCertificate{},
		GetCertificate{},
		ListCertificates{},
		ListInstanceQuotasWithUsage{},
		ListSites{},
	}
}

func plan(id string) model.Resource { return model.Resource{Type: "plan", ID: id} }

func site(id int64) model.Resource {
	if id == 0 {
		return model.Resource{Type: "site"}
	}
	return model.Resource{Type: "site", ID: SiteKey(id)}
}

// Kind implements [model.Action].
func (PlanAdded) Kind() model.Kind { return model.Event }

// Kind implements [model.Action].
func (PlanStatusChanged) Kind() model.Kind { return model.Event }

// Kind implements [model.Action].
func (PlanQuotaChanged) Kind() model.Kind { return model.Event }

// Kind implements [model.Action].
func (SiteAdded) Kind() model.Kind { return model.Event }

// Kind implements [model.Action].
func (SiteStatusChanged) Kind() model.Kind { return model.Event }

// Kind implements [model.Action].
func (SiteRemoved) Kind() model.Kind { return model.Event }

// Kind implements [model.Action].
func (SiteCertificateAdded) Kind() model.Kind { return model.Event }

// Kind implements [model.Action].
func (SetCertificate) Kind() model.Kind { return model.Request }

// Kind implements [model.Action].
func (DeleteCertificate) Kind() model.Kind { return model.Request }

// Kind implements [model.Action].
func (GetCertificate) Kind() model.Kind { return model.Read }

// Kind implements [model.Action].
func (ListCertificates) Kind() model.Kind { return model.Read }

// Kind implements [model.Action].
func (ListInstanceQuotasWithUsage) Kind() model.Kind { return model.Read }

// Kind implements [model.Action].
func (ListSites) Kind() model.Kind { return model.Read }

// About returns the plan.
func (e PlanAdded) About() model.Resource { return plan(e.ID) }

// About returns the plan.
func (e PlanStatusChanged) About() model.Resource { return plan(e.Plan) }

// About returns the plan.
func (e PlanQuotaChanged) About() model.Resource { return plan(e.Plan) }

// About returns the site.
func (e SiteAdded) About() model.Resource { return site(e.ID) }

// About returns the site.
func (e SiteStatusChanged) About() model.Resource { return site(e.Site) }

// About returns the site.
func (e SiteRemoved) About() model.Resource { return site(e.ID) }

// About returns the site.
func (e SiteCertificateAdded) About() model.Resource { return site(e.Site) }

// About returns the site.
func (in SetCertificate) About() model.Resource { return site(in.SiteID) }

// About returns the site.
func (in DeleteCertificate) About() model.Resource { return site(in.SiteID) }

// About returns the site.
func (in GetCertificate) About() model.Resource { return site(in.SiteID) }

// About returns the site.
func (in ListCertificates) About() model.Resource { return site(in.SiteID) }

// About returns the site, or all sites if the request names a plan.
func (in ListInstanceQuotasWithUsage) About() model.Resource { return site(in.SiteID) }

// About returns all sites, even if the request names some.
func (ListSites) About() model.Resource { return site(0) }
