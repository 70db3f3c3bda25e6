package inputs

import (
	"cmp"
	"encoding/json"
	"fmt"
	"reflect"

	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/account"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/model/clb"
	"github.com/alicert/alicert/model/esa"
)

// Input is an input of this library's machines as a client sends it. Its action is a
// [Set], [Upload], [SetSite] or [Change], which a system that speaks HTTP can send as it is,
// or any action of model/account, model/cas, model/cdn, model/alb, model/clb or model/esa. A
// machine ignores other actions, and those for another machine.
type Input struct{ Action any }

// CDN returns the input of model/cdn. It checks a request.
func (in Input) CDN() cdn.Input {
	if request, is := in.Action.(interface{ CDN() cdn.Input }); is {
		return request.CDN()
	}
	return cdn.Input{Action: actionOf[cdn.Action](in)}
}

// ALB returns the input of model/alb. It checks a request.
func (in Input) ALB() alb.Input {
	if request, is := in.Action.(interface{ ALB() alb.Input }); is {
		return request.ALB()
	}
	return alb.Input{Action: actionOf[alb.Action](in)}
}

// CLB returns the input of model/clb. It checks a request.
func (in Input) CLB() clb.Input {
	if request, is := in.Action.(interface{ CLB() clb.Input }); is {
		return request.CLB()
	}
	return clb.Input{Action: actionOf[clb.Action](in)}
}

// ESA returns the input of model/esa. It checks a request.
func (in Input) ESA() esa.Input {
	if request, is := in.Action.(interface{ ESA() esa.Input }); is {
		return request.ESA()
	}
	return esa.Input{Action: actionOf[esa.Action](in)}
}

// actionOf returns the action if it is one of a machine or of the certificate center, which
// every machine has, and nil for another one.
func actionOf[A model.Action](in Input) model.Action {
	switch a := in.Action.(type) {
	case A:
		return a
	case cas.Action:
		return a
	default:
		return nil
	}
}

// Account returns the input of model/account.
func (in Input) Account() account.Input {
	if a, own := in.Action.(account.Action); own {
		return account.Input{Action: a}
	}
	return account.Input{Action: cmp.Or(in.CDN().Action, in.ALB().Action, in.CLB().Action, in.ESA().Action)}
}

// sent has one value of every type of action of this package.
func sent() []any { return []any{Set{}, Upload{}, Change{}, SetSite{}} }

type wireInput struct {
	Sent    map[string]json.RawMessage `json:"sent,omitempty"`    // by the name of its type
	Account json.RawMessage            `json:"account,omitempty"` // as package account encodes it
	CAS     *cas.Input                 `json:"cas,omitempty"`
	CDN     *cdn.Input                 `json:"cdn,omitempty"`
	ALB     *alb.Input                 `json:"alb,omitempty"`
	CLB     *clb.Input                 `json:"clb,omitempty"`
	ESA     *esa.Input                 `json:"esa,omitempty"`
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
	case account.Action:
		return json.Marshal(account.Input{Action: a})
	case cas.Action:
		return json.Marshal(wireInput{CAS: &cas.Input{Action: a}})
	case cdn.Action:
		return json.Marshal(wireInput{CDN: &cdn.Input{Action: a}})
	case alb.Action:
		return json.Marshal(wireInput{ALB: &alb.Input{Action: a}})
	case clb.Action:
		return json.Marshal(wireInput{CLB: &clb.Input{Action: a}})
	case esa.Action:
		return json.Marshal(wireInput{ESA: &esa.Input{Action: a}})
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
	if string(data) == "null" {
		*in = Input{}
		return nil
	}
	var actions []any
	if w.Account != nil {
		var own account.Input
		if err := json.Unmarshal(data, &own); err != nil {
			return err
		}
		actions = append(actions, own.Action)
	}
	if w.CAS != nil {
		actions = append(actions, w.CAS.Action)
	}
	if w.CDN != nil {
		actions = append(actions, w.CDN.Action)
	}
	if w.ALB != nil {
		actions = append(actions, w.ALB.Action)
	}
	if w.CLB != nil {
		actions = append(actions, w.CLB.Action)
	}
	if w.ESA != nil {
		actions = append(actions, w.ESA.Action)
	}
	switch {
	case len(actions) == 1 && w.Sent == nil:
		*in = Input{actions[0]}
		return nil
	case len(actions) == 0 && len(w.Sent) == 1:
		return in.unmarshalSent(w.Sent)
	default:
		return fmt.Errorf("inputs: an input is one of sent, account, cas, cdn, alb, clb and esa")
	}
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
