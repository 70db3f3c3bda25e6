// Package account joins the machines of one account over one certificate center. A
// certificate that is uploaded through one product is available to the others, and a
// certificate that a listener uses cannot be removed.
package account

import (
	"encoding/json"
	"errors"
	"fmt"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/model/clb"
	"github.com/alicert/alicert/model/esa"
	"github.com/alicert/alicert/model/internal/jsonunion"
	"github.com/alicert/alicert/model/internal/reply"
)

// State has the certificate center and the own parts of the other machines' states.
type State struct {
	CAS cas.State `json:"cas"`
	CDN cdn.Own   `json:"cdn"`
	ALB alb.Own   `json:"alb"`
	CLB clb.Own   `json:"clb"`
	ESA esa.Own   `json:"esa"`
}

// ForCDN returns the state of the machine of package cdn.
func (s State) ForCDN() cdn.State { return cdn.State{Own: s.CDN, CAS: s.CAS} }

// ForALB returns the state of the machine of package alb.
func (s State) ForALB() alb.State { return alb.State{Own: s.ALB, CAS: s.CAS} }

// ForCLB returns the state of the machine of package clb.
func (s State) ForCLB() clb.State { return clb.State{Own: s.CLB, CAS: s.CAS} }

// ForESA returns the state of the machine of package esa.
func (s State) ForESA() esa.State { return esa.State{Own: s.ESA, CAS: s.CAS} }

// Input is one input: a request, an event or a read of one of the machines.
type Input struct {
	// At is the time in Unix milliseconds. Later reads show it as the time of a
	// change. 0 means no time.
	At int64

	// Action is an [Action], a [cas.Action], a [cdn.Action], an [alb.Action], a
	// [clb.Action] or an [esa.Action]. The machine ignores nil and other types.
	Action model.Action
}

// Kind returns the kind of the action.
func (in Input) Kind() model.Kind {
	if in.Action == nil {
		return model.Event
	}
	return in.Action.Kind()
}

// About returns the resource of the action.
func (in Input) About() model.Resource {
	if in.Action == nil {
		return model.Resource{}
	}
	return in.Action.About()
}

// Name returns the name of the action: the operation of a request or read, the type
// of an event, "" without an action.
func (in Input) Name() string { return jsonunion.Name(in.Action) }

// Machine passes each input to the machine of its product.
type Machine struct {
	Initial State
	Version errcodes.Version // of the ALB tables, as in alb.Machine
}

// Init returns the initial state.
func (m Machine) Init() State { return m.Initial }

// Step answers one input.
func (m Machine) Step(s State, in Input) (State, model.Output) {
	switch a := in.Action.(type) {
	case Action:
		return s, a.step()
	case cas.Action:
		center, output := cas.Machine{}.Step(s.CAS, cas.Input{At: in.At, Action: a})
		next := s.ForCDN().Follow(a, center)
		s.CAS, s.CDN = next.CAS, next.Own
		return s, output
	case cdn.Action:
		next, output := cdn.Machine{}.Step(s.ForCDN(), cdn.Input{At: in.At, Action: a})
		s.CAS, s.CDN = next.CAS, next.Own
		return s, output
	case alb.Action:
		next, output := alb.Machine{Version: m.Version}.Step(s.ForALB(), alb.Input{At: in.At, Action: a})
		s.CAS, s.ALB = next.CAS, next.Own
		return s, output
	case clb.Action:
		next, output := clb.Machine{}.Step(s.ForCLB(), clb.Input{At: in.At, Action: a})
		s.CLB = next.Own
		return s, output
	case esa.Action:
		next, output := esa.Machine{}.Step(s.ForESA(), esa.Input{At: in.At, Action: a})
		s.ESA = next.Own
		return s, output
	default:
		return s, reply.Ignored()
	}
}

type wire struct {
	Account *own `json:"account,omitempty"`

	CAS *cas.Input `json:"cas,omitempty"`
	CDN *cdn.Input `json:"cdn,omitempty"`
	ALB *alb.Input `json:"alb,omitempty"`
	CLB *clb.Input `json:"clb,omitempty"`
	ESA *esa.Input `json:"esa,omitempty"`
}

// own is an input whose action belongs to the account itself.
type own struct {
	at     int64
	action Action
}

func (in own) MarshalJSON() ([]byte, error) { return jsonunion.Marshal(in.at, in.action) }

func (in *own) UnmarshalJSON(data []byte) (err error) {
	in.at, in.action, err = jsonunion.Unmarshal(data, Actions()...)
	return err
}

// MarshalJSON encodes the input under the name of its machine.
func (in Input) MarshalJSON() ([]byte, error) {
	switch a := in.Action.(type) {
	case nil:
		return []byte("null"), nil
	case Action:
		return json.Marshal(wire{Account: &own{in.At, a}})
	case cas.Action:
		return json.Marshal(wire{CAS: &cas.Input{At: in.At, Action: a}})
	case cdn.Action:
		return json.Marshal(wire{CDN: &cdn.Input{At: in.At, Action: a}})
	case alb.Action:
		return json.Marshal(wire{ALB: &alb.Input{At: in.At, Action: a}})
	case clb.Action:
		return json.Marshal(wire{CLB: &clb.Input{At: in.At, Action: a}})
	case esa.Action:
		return json.Marshal(wire{ESA: &esa.Input{At: in.At, Action: a}})
	default:
		return nil, fmt.Errorf("account: an action of type %T", a)
	}
}

// UnmarshalJSON decodes the result of MarshalJSON.
func (in *Input) UnmarshalJSON(data []byte) error {
	if string(data) == "null" {
		*in = Input{}
		return nil
	}
	var w wire
	if err := json.Unmarshal(data, &w); err != nil {
		return err
	}
	var found []Input
	if w.Account != nil && w.Account.action != nil {
		found = append(found, Input{w.Account.at, w.Account.action})
	}
	if w.CAS != nil {
		found = append(found, Input{w.CAS.At, w.CAS.Action})
	}
	if w.CDN != nil {
		found = append(found, Input{w.CDN.At, w.CDN.Action})
	}
	if w.ALB != nil {
		found = append(found, Input{w.ALB.At, w.ALB.Action})
	}
	if w.CLB != nil {
		found = append(found, Input{w.CLB.At, w.CLB.Action})
	}
	if w.ESA != nil {
		found = append(found, Input{w.ESA.At, w.ESA.Action})
	}
	if len(found) != 1 {
		return errors.New("account: an input is for one of account, cas, cdn, alb, clb and esa")
	}
	*in = found[0]
	return nil
}

// Key returns the canonical text of a state: two states are the same if and only if
// their keys are. It consists of the keys of the parts. Exploring uses it to tell
// states apart. It is not meant for reading.
func (s State) Key() string {
	own := cdn.State{Own: s.CDN}.Key() + alb.State{Own: s.ALB}.Key() + s.CLB.Key() + esa.State{Own: s.ESA}.Key()
	return string(s.CAS.AppendKey([]byte(own)))
}
