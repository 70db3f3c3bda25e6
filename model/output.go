package model

import (
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/redact"
)

// Output is the answer of this library's machines. An input is either refused (Error
// has a code), Ignored, or successful. Compare outputs with Equal.
type Output struct {
	// RequestID is the input's. Only requests and reads have one.
	RequestID string `json:"requestId,omitempty"`

	// JobID is the asynchronous job that a successful request of ALB or NLB started.
	JobID string `json:"jobId,omitempty"`

	// Error is the service's refusal: the condition that decided, its row, and the
	// evidence of the rule. Its Code is empty without a refusal.
	Error errcodes.Error `json:"error,omitzero"`

	// Target is the part of the state that decided, such as
	// "domain www.example.com" or "listener lsn-1".
	Target string `json:"target,omitempty"`

	// Ignored reports an event that does not apply to the state. It changed nothing.
	Ignored bool `json:"ignored,omitempty"`

	// Body is the answer of a read or an upload with its RequestId: a value that
	// encoding/json and encoding/xml encode as the service does. Do not change it.
	// After decoding from JSON it is a json.RawMessage.
	Body any `json:"body,omitempty"`
}

// String returns the output in one line, as a person would tell it: "Success" with the
// job and the members of the body, "Ignored", or code, status, message and reason of a
// refusal. It has no values of the body, which may be long or, in an answer of a real
// service, secret. Encode the output as JSON for all of it.
func (o Output) String() string {
	switch {
	case o.Error.Code != "":
		return o.refusal()
	case o.Ignored:
		return "Ignored: it does not apply and changes nothing"
	}
	text := "Success"
	if o.JobID != "" {
		text += ", job " + o.JobID
	}
	if v, err := plain(o.Body); err == nil && o.Body != nil {
		text += ", body"
		if members, ok := v.(map[string]any); ok {
			text += " with " + strings.Join(slices.Sorted(maps.Keys(members)), ", ")
		}
	}
	return redact.Printable(text)
}

// refusal returns a refusal for String.
func (o Output) refusal() string {
	text := fmt.Sprintf("%s (%d): %s", o.Error.Code, o.Error.Status, o.Error.Message)
	var because []string
	if o.Error.Condition != 0 {
		because = append(because, o.Error.Condition.String())
	}
	if o.Target != "" {
		because = append(because, "on "+o.Target)
	}
	if len(because) > 0 {
		text += " [" + strings.Join(because, " ") + "]"
	}
	if redact.Armored(text) {
		text = string(o.Error.Code) + " [" + redact.Length(text) + "]"
	}
	return redact.Printable(text)
}

// OK reports whether the input succeeded.
func (o Output) OK() bool { return o.Error.Code == "" && !o.Ignored }

// Equal reports whether two outputs are the same. Bodies are the same if their JSON
// values are equal.
func (o Output) Equal(other Output) bool {
	a, b := o.Body, other.Body
	o.Body, other.Body = nil, nil
	return o == other && sameBody(a, b)
}

// UnmarshalJSON decodes an output. It keeps the body as it is.
func (o *Output) UnmarshalJSON(data []byte) error {
	type plain Output
	var w struct {
		plain
		Body json.RawMessage `json:"body"`
	}
	if err := json.Unmarshal(data, &w); err != nil {
		return err
	}
	if *o = Output(w.plain); len(w.Body) > 0 {
		o.Body = w.Body
	}
	return nil
}

func sameBody(a, b any) bool {
	if a == nil || b == nil {
		return a == b
	}
	x, errX := plain(a)
	y, errY := plain(b)
	return errX == nil && errY == nil && reflect.DeepEqual(x, y)
}

// plain returns a body as decoded JSON.
func plain(body any) (v any, err error) {
	data, err := json.Marshal(body)
	if err == nil {
		err = json.Unmarshal(data, &v)
	}
	return v, err
}

// Outcome returns the name of the condition that decided, "Ignored" or "Success".
func (o Output) Outcome() string {
	switch {
	case o.Error.Code != "":
		return o.Error.Condition.String()
	case o.Ignored:
		return "Ignored"
	default:
		return "Success"
	}
}

// Explain returns the output for people: the service's code, the condition, the part
// of the state that decided, and the evidence of the rule.
func (o Output) Explain() string {
	if o.Error.Code == "" {
		return o.Outcome()
	}
	var b strings.Builder
	b.WriteString(string(o.Error.Code))
	if o.Error.Condition != 0 { // a recorded answer of the service has none
		fmt.Fprintf(&b, " because of %s", o.Error.Condition)
	}
	if o.Target != "" {
		fmt.Fprintf(&b, " on %s", o.Target)
	}
	if o.Error.Evidence != 0 {
		fmt.Fprintf(&b, " (%s)", o.Error.Evidence)
	}
	return b.String()
}

// Err returns the error as an error value, or nil.
func (o Output) Err() error {
	if o.Error.Code == "" {
		return nil
	}
	return &o.Error
}
