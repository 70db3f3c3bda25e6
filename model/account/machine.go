// Package account has the machines of one account over one certificate center: a
// certificate that is uploaded through one product is there for the others, and one
// that a listener uses cannot be removed.
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
	"github.com/alicert/alicert/model/internal/jsonunion"
	"github.com/alicert/alicert/model/internal/reply"
)

// State is the certificate center and what of the states of the other machines is
// their own.
type State struct {
	CAS cas.State `json:"cas"`
	CDN cdn.Own   `json:"cdn"`
	ALB alb.Own   `json:"alb"`
}

// ForCDN returns the state as the machine of package cdn has it.
func (s State) ForCDN() cdn.State { return cdn.State{Own: s.CDN, CAS: s.CAS} }

// ForALB returns the state as the machine of package alb has it.
func (s State) ForALB() alb.State { return alb.State{Own: s.ALB, CAS: s.CAS} }

// Input is one input: a request, an event or a read of one of the machines.
type Input struct {
	// At is the time in Unix milliseconds, which reads show later as that of a
	// change. 0: no time.
	At int64

	// Action is a [cas.Action], a [cdn.Action] or an [alb.Action]. Nil and any
	// other are ignored.
	Action model.Action
}

// Kind returns that of the action.
func (in Input) Kind() model.Kind {
	if in.Action == nil {
		return model.Event
	}
	return in.Action.Kind()
}

// About returns what the action is about.
func (in Input) About() model.Resource {
	if in.Action == nil {
		return model.Resource{}
	}
	return in.Action.About()
}

// Name returns the name of the action: of a request or a read that of its operation,
// of an event that of its type, "" for none.
func (in Input) Name() string { return jsonunion.Name(in.Action) }

// Machine answers with the machine that an input is for.
type Machine struct {
	Initial State
	Version errcodes.Version // of the ALB tables, as in alb.Machine
}

// Init returns the initial state.
func (m Machine) Init() State { return m.Initial }

// Step answers one input.
func (m Machine) Step(s State, in Input) (State, model.Output) {
	switch a := in.Action.(type) {
	case cas.Action:
		center, output := cas.Machine{}.Step(s.CAS, cas.Input{At: in.At, Action: a})
		s.CAS = center
		return s, output
	case cdn.Action:
		next, output := cdn.Machine{}.Step(s.ForCDN(), cdn.Input{At: in.At, Action: a})
		s.CAS, s.CDN = next.CAS, next.Own
		return s, output
	case alb.Action:
		next, output := alb.Machine{Version: m.Version}.Step(s.ForALB(), alb.Input{At: in.At, Action: a})
		s.CAS, s.ALB = next.CAS, next.Own
		return s, output
	default:
		return s, reply.Ignored()
	}
}

type wire struct {
	CAS *cas.Input `json:"cas,omitempty"`
	CDN *cdn.Input `json:"cdn,omitempty"`
	ALB *alb.Input `json:"alb,omitempty"`
}

// MarshalJSON encodes the input under the name of its machine.
func (in Input) MarshalJSON() ([]byte, error) {
	switch a := in.Action.(type) {
	case nil:
		return []byte("null"), nil
	case cas.Action:
		return json.Marshal(wire{CAS: &cas.Input{At: in.At, Action: a}})
	case cdn.Action:
		return json.Marshal(wire{CDN: &cdn.Input{At: in.At, Action: a}})
	case alb.Action:
		return json.Marshal(wire{ALB: &alb.Input{At: in.At, Action: a}})
	default:
		return nil, fmt.Errorf("account: an action of type %T", a)
	}
}

// UnmarshalJSON decodes what MarshalJSON wrote.
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
	if w.CAS != nil {
		found = append(found, Input{w.CAS.At, w.CAS.Action})
	}
	if w.CDN != nil {
		found = append(found, Input{w.CDN.At, w.CDN.Action})
	}
	if w.ALB != nil {
		found = append(found, Input{w.ALB.At, w.ALB.Action})
	}
	if len(found) != 1 {
		return errors.New("account: an input is for one machine: cas, cdn or alb")
	}
	*in = found[0]
	return nil
}

// Key returns the canonical text of a state, for telling states apart while
// exploring: two states are the same if and only if their keys are.
// It is those of the parts one after the other, and not meant
// for reading.
func (s State) Key() string {
	return string(s.CAS.AppendKey([]byte(cdn.State{Own: s.CDN}.Key() + alb.State{Own: s.ALB}.Key())))
}
