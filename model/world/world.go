// Package world has the CDN and ALB machines side by side over one certificate
// centre: a certificate that is uploaded through one is there for the other, and
// one that a listener uses cannot be removed.
package world

import (
	"encoding/json"
	"errors"

	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cdn"
)

// State is the states of both machines. Their certificate centres are the same.
type State struct {
	CDN cdn.State `json:"cdn"`
	ALB alb.State `json:"alb"`
}

// Input is an input of one of the machines; exactly one of the two is set. One
// that changes the certificate centre may go to either.
type Input struct {
	CDN cdn.Input
	ALB alb.Input
}

// forALB reports which machine an input is for.
func (in Input) forALB() bool { return in.ALB.Action != nil }

// Machine is both machines. Its Initial state's certificate centre is that of
// the CDN's.
type Machine struct {
	Initial State
	Later   bool // the edition of the ALB table, as in alb.Machine
}

// Init returns the initial state.
func (m Machine) Init() State {
	s := m.Initial
	s.ALB.Centre = s.CDN.Centre
	return s
}

// Step answers one input with the machine that it is for.
func (m Machine) Step(s State, in Input) (State, model.Output) {
	var output model.Output
	if in.forALB() {
		s.ALB, output = alb.Machine{Later: m.Later}.Step(s.ALB, in.ALB)
		s.CDN.Centre = s.ALB.Centre
		return s, output
	}
	s.CDN, output = cdn.Machine{}.Step(s.CDN, in.CDN)
	s.ALB.Centre = s.CDN.Centre
	return s, output
}

type wire struct {
	CDN *cdn.Input `json:"cdn,omitempty"`
	ALB *alb.Input `json:"alb,omitempty"`
}

// MarshalJSON encodes the input under the name of its machine.
func (in Input) MarshalJSON() ([]byte, error) {
	switch {
	case in.ALB.Action != nil:
		return json.Marshal(wire{ALB: &in.ALB})
	case in.CDN.Action != nil:
		return json.Marshal(wire{CDN: &in.CDN})
	default:
		return []byte("null"), nil
	}
}

// UnmarshalJSON decodes what MarshalJSON wrote.
func (in *Input) UnmarshalJSON(data []byte) error {
	var w wire
	if err := json.Unmarshal(data, &w); err != nil {
		return err
	}
	switch {
	case w.CDN != nil && w.ALB == nil:
		*in = Input{CDN: *w.CDN}
	case w.ALB != nil && w.CDN == nil:
		*in = Input{ALB: *w.ALB}
	case string(data) == "null":
		*in = Input{}
	default:
		return errors.New("world: an input is for one machine, cdn or alb")
	}
	return nil
}
