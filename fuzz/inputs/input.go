package inputs

import (
	"encoding/json"
	"fmt"
	"reflect"

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
	switch a := in.Action.(type) {
	case cdn.Action:
		return cdn.Input{Action: a}
	case cas.Action:
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
	case cas.Action:
		return alb.Input{Action: a}
	case interface{ ALB() alb.Input }:
		return a.ALB()
	default:
		return alb.Input{}
	}
}

// CLB returns the input of model/clb. It checks a request.
func (in Input) CLB() clb.Input {
	switch a := in.Action.(type) {
	case clb.Action:
		return clb.Input{Action: a}
	case cas.Action:
		return clb.Input{Action: a}
	case interface{ CLB() clb.Input }:
		return a.CLB()
	default:
		return clb.Input{}
	}
}

// ESA returns the input of model/esa. It checks a request.
func (in Input) ESA() esa.Input {
	switch a := in.Action.(type) {
	case esa.Action:
		return esa.Input{Action: a}
	case cas.Action:
		return esa.Input{Action: a}
	case interface{ ESA() esa.Input }:
		return a.ESA()
	default:
		return esa.Input{}
	}
}

// Account returns the input of model/account.
func (in Input) Account() account.Input {
	if a, own := in.Action.(account.Action); own {
		return account.Input{Action: a}
	}
	if a := in.CDN(); a.Action != nil {
		return account.Input{Action: a.Action}
	}
	if a := in.ALB(); a.Action != nil {
		return account.Input{Action: a.Action}
	}
	if a := in.CLB(); a.Action != nil {
		return account.Input{Action: a.Action}
	}
	return account.Input{Action: in.ESA().Action}
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
