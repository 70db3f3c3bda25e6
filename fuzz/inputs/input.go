package inputs

import (
	"encoding/json"
	"fmt"
	"reflect"

	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/model/world"
)

// Input is an input of this library's machines as a client sends it. Its action
// is a [Set], [SetCdn], [SetDcdn], [Upload], [Associate] or [Dissociate], which a system that speaks
// HTTP can send as they are, or any action of model/cdn or model/alb. What is
// none of these, or is for another machine, is ignored by the machine.
type Input struct{ Action any }

// CDN returns the input as the CDN machine takes it: a request is judged.
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

// ALB returns the input as the ALB machine takes it: a request is judged.
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

// World returns the input as the machine takes it that is both.
func (in Input) Account() world.Input {
	if a := in.ALB(); a.Action != nil {
		return world.Input{ALB: a}
	}
	return world.Input{CDN: in.CDN()}
}

// sent are the actions of this package, one value of every type.
func sent() []any { return []any{Set{}, SetCdn{}, SetDcdn{}, Upload{}, Associate{}, Dissociate{}} }

type wireInput struct {
	Sent map[string]json.RawMessage `json:"sent,omitempty"` // by the name of its type
	CDN  *cdn.Input                 `json:"cdn,omitempty"`
	ALB  *alb.Input                 `json:"alb,omitempty"`
}

// MarshalJSON encodes the input under the name of what it is for. An action of a
// type that is not known here has no encoding.
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
		return nil, fmt.Errorf("fuzz: an input of type %T", in.Action)
	}
}

// UnmarshalJSON decodes what MarshalJSON wrote.
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
		return fmt.Errorf("fuzz: an input is one of sent, cdn and alb")
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
	return fmt.Errorf("fuzz: nothing that is sent is named so: %s", members)
}
