package model

import (
	"fmt"
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/redact"
)

// Output is what the machines of this library answer. It is comparable with ==
// and lossless in JSON. Exactly one of three holds: Error has a code, the input
// was Ignored, or it succeeded.
type Output struct {
	// RequestID is that of the input; requests alone have one.
	RequestID string `json:"requestId,omitempty"`

	// JobID is the asynchronous job that a successful ALB request started.
	JobID string `json:"jobId,omitempty"`

	// Error is what the service answers instead of success: the condition
	// that decided, the row it earns, the rule's grade. Its Code is empty
	// otherwise.
	Error errcodes.Error `json:"error,omitzero"`

	// Subject is the part of the state that decided, such as
	// "domain www.example.com" or "listener lsn-1".
	Subject string `json:"subject,omitempty"`

	// Ignored: an event that does not apply to the state, and changed
	// nothing.
	Ignored bool `json:"ignored,omitempty"`

	// Body has the further members of a read's answer, as a JSON object.
	Body string `json:"body,omitempty"`
}

// OK reports whether the input succeeded.
func (o Output) OK() bool { return o.Error.Code == "" && !o.Ignored }

// Outcome names what decided: a condition, "Ignored" or "Success".
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

// Explain tells the output for people: the code that the service answers, which
// condition earns it, on which part of the state, and what that rule rests on.
func (o Output) Explain() string {
	if o.Error.Code == "" {
		return o.Outcome()
	}
	var b strings.Builder
	b.WriteString(string(o.Error.Code))
	if o.Error.Condition != 0 { // a recorded answer of the service has none
		fmt.Fprintf(&b, " because of %s", o.Error.Condition)
	}
	if o.Subject != "" {
		fmt.Fprintf(&b, " on %s", o.Subject)
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

// Refuse returns the output of a request that earns an error.
func Refuse(requestID string, e errcodes.Error, subject string) Output {
	return Output{RequestID: requestID, Error: e, Subject: redact.Printable(subject)}
}
