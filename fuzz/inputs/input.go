package inputs

import (
	"encoding/json"
	"fmt"
	"reflect"

	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/model/world"
)

// Input is an input of this library's machines as a client sends it. Its action is a
// [Set], [SetCdn], [SetDcdn], [Upload], [Associate] or [Dissociate], which a system that
// speaks HTTP can send as it is, or any action of model/cdn or model/alb. A machine
// ignores other actions, and those for another machine.
type Input struct{ Action any }

// CDN returns the input of model/cdn. It checks a request.
func (in Input) CDN() cdn.Input {
	switch a := in.Action.(type) {
	case cdn.Action:
		return cdn.Input{Action: a}
	case interface{ CDN() cdn.Input }:
		return a.CDN()
	default:
		return cdn.Input{}
	}
}

// ALB returns the input of model/alb. It checks a request.
func (in Input) ALB() alb.Input {
	switch a := in.Action.(type) {
	case alb.Action:
		return alb.Input{Action: a}
	case interface{ ALB() alb.Input }:
		return a.ALB()
	default:
		return alb.Input{}
	}
}

// Account returns the input of the machine that is both of them.
func (in Input) Account() world.Input {
	if a := in.ALB(); a.Action != nil {
		return world.Input{ALB: a}
	}
	return world.Input{CDN: in.CDN()}
}

// sent has one value of every type of action of this package.
func sent() []any { return []any{Set{}, SetCdn{}, SetDcdn{}, Upload{}, Associate{}, Dissociate{}} }

type wireInput struct {
	Sent map[string]json.RawMessage `json:"sent,omitempty"` // by the name of its type
	CDN  *cdn.Input                 `json:"cdn,omitempty"`
	ALB  *alb.Input                 `json:"alb,omitempty"`
}

// MarshalJSON encodes the input under the name of its machine or type. It returns an
// error for an action of another type.
func (in Input) MarshalJSON() ([]byte, error) {
	if in.Action == nil {
		return []byte("null"), nil
	}
	for _, prototype := range sent() {
		if t := reflect.TypeOf(prototype); t == reflect.TypeOf(in.Action) {
			data, err := json.Marshal(in.Action)
			if err != nil {
				return nil, err
			}
			return json.Marshal(wireInput{Sent: map[string]json.RawMessage{t.Name(): data}})
		}
	}
	switch a := in.Action.(type) {
	case cdn.Action:
		return json.Marshal(wireInput{CDN: &cdn.Input{Action: a}})
	case alb.Action:
		return json.Marshal(wireInput{ALB: &alb.Input{Action: a}})
	default:
		return nil, fmt.Errorf("inputs: an input of type %T", in.Action)
	}
}

// UnmarshalJSON decodes the result of MarshalJSON.
func (in *Input) UnmarshalJSON(data []byte) error {
	var w wireInput
	if err := json.Unmarshal(data, &w); err != nil {
		return err
	}
	switch {
	case w.CDN != nil && w.ALB == nil && w.Sent == nil:
		*in = Input{w.CDN.Action}
	case w.ALB != nil && w.CDN == nil && w.Sent == nil:
		*in = Input{w.ALB.Action}
	case len(w.Sent) == 1 && w.CDN == nil && w.ALB == nil:
		return in.unmarshalSent(w.Sent)
	case string(data) == "null":
		*in = Input{}
	default:
		return fmt.Errorf("inputs: an input is one of sent, cdn and alb")
	}
	return nil
}

func (in *Input) unmarshalSent(members map[string]json.RawMessage) error {
	for _, prototype := range sent() {
		t := reflect.TypeOf(prototype)
		data, found := members[t.Name()]
		if !found {
			continue
		}
		v := reflect.New(t)
		if err := json.Unmarshal(data, v.Interface()); err != nil {
			return err
		}
		*in = Input{v.Elem().Interface()}
		return nil
	}
	return fmt.Errorf("inputs: unknown type of request: %s", members)
}
