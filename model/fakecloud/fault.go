package fakecloud

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"time"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/redact"
	"github.com/alicert/alicert/model/fakecloud/internal/gateway"
)

// Fault is a scripted failure of calls. It applies to calls that the gateway admits and
// whose operation fakecloud has. Its fields say which calls match, and what happens to
// each of them.
type Fault struct {
	Action string  // the operation, in every product that has one of that name, or in one: "Nlb:GetJobStatus"; "" matches every operation
	Times  int     // how many calls match; 0 means no limit
	Chance float64 // the probability of a match, from 0 to 1; 0 means always

	// Rates restricts the fault to calls over the rate that the vendor documents for the
	// operation, counted by key. Without a Code the answer is Throttling.User.
	Rates bool

	// Code is the error code to answer with; the call then has no effect. Status and
	// Message default to those of the operation's table or of the gateway. A Status from
	// 500 without a Code selects the gateway's code.
	Code    string
	Status  int
	Message string
	Body    string // replaces the answer; sent unchanged as text/html

	// AnyCode accepts a Code that is in no table of package errcodes and that the gateway
	// does not have. Without it Inject takes such a Code for a typing error.
	AnyCode bool

	Delay time.Duration // before the answer, after the effect
	Drop  Drop          // closes the connection without an answer

	// FailJob makes the job fail that the call starts. The call itself succeeds, and Code
	// and Message are the ErrorCode and ErrorMessage of the job; any Code is accepted.
	// Without a Code they are those of InternalError.
	FailJob bool

	scripted bool // false in the zero value, which stands for no fault
}

// Drop says when the connection is closed instead of sending an answer.
type Drop string

// The values of Drop.
const (
	DropBefore Drop = "before" // the call has no effect
	DropAfter  Drop = "after"  // the call has its effect
)

var (
	internalError      = &gateway.Failure{Status: http.StatusInternalServerError, Code: "InternalError", Message: "The request processing has failed due to some unknown error, exception or failure."}
	serviceUnavailable = &gateway.Failure{Status: http.StatusServiceUnavailable, Code: "ServiceUnavailable", Message: "The request has failed due to a temporary failure of the server."}
)

// failure returns the error to answer with, or nil if the fault has none.
func (f *Fault) failure(op *operation) *gateway.Failure {
	if f.FailJob || f.Code == "" && f.Status == 0 && !f.Rates {
		return nil
	}
	answer := known(op, f)
	answer.Status = cmp.Or(f.Status, answer.Status)
	answer.Message = cmp.Or(f.Message, answer.Message)
	return &answer
}

// jobFailure returns why the job of the call fails, or nil if the fault does not decide
// that.
func (f *Fault) jobFailure() *jobFailure {
	if !f.FailJob {
		return nil
	}
	return &jobFailure{public(f.Code), public(f.Message)}
}

// known returns the documented status and message for the code of a fault.
func known(op *operation, f *Fault) gateway.Failure {
	code := f.Code
	switch {
	case code == "" && f.Rates:
		return *gateway.ThrottledUser
	case code == "" && f.Status == http.StatusServiceUnavailable:
		return *serviceUnavailable
	case code == "":
		return *internalError
	}
	for c := range errcodes.Tables() {
		for row := range c.Rows() {
			if c.Operation.String() == op.name && c.Operation.Product() == op.product.name && string(row.Code) == code {
				return gateway.Failure{Status: row.Status, Code: code, Message: strings.ReplaceAll(row.Message, "%s", "****")}
			}
		}
	}
	for _, g := range gatewayFailures {
		if g.Code == code {
			return *g
		}
	}
	if strings.HasPrefix(code, "Throttling") {
		return gateway.Failure{Status: http.StatusBadRequest, Code: code, Message: "Request was denied due to request throttling."}
	}
	return gateway.Failure{Status: http.StatusBadRequest, Code: code, Message: "A scripted fault."}
}

// gatewayFailures are the gateway's failures whose status and message are known.
var gatewayFailures = []*gateway.Failure{
	internalError, serviceUnavailable, gateway.ThrottledUser, gateway.KeyNotFound, gateway.KeyInactive, gateway.TokenMismatch,
	gateway.TimeExpired, gateway.NonceUsed, gateway.SignatureMismatch, gateway.PathUnknown, gateway.ActionUnknown, gateway.MethodUnsupported,
}

// knownCode reports whether any operation or the gateway has a code, or published clients
// of these operations handle it.
func knownCode(code string) bool {
	_, known := errcodes.Explain(errcodes.Code(code))
	return known && !strings.HasPrefix(code, "SDK.")
}

// check returns an error for a fault that is contradictory, has no effect, or has a code
// that nobody has.
func (f *Fault) check() error {
	switch {
	case f.Action != "" && !isOperation(f.Action):
		return fmt.Errorf("fault: fakecloud has no operation %q", redact.Text(f.Action))
	case f.Times < 0, f.Delay < 0, f.Chance < 0, f.Chance > 1:
		return errors.New("fault: times and delay must not be negative, and chance must be from 0 to 1")
	case f.Drop != "" && f.Drop != DropBefore && f.Drop != DropAfter:
		return fmt.Errorf("fault: drop must be %q or %q, got %q", DropBefore, DropAfter, redact.Text(string(f.Drop)))
	case f.Status != 0 && (f.Status < 200 || f.Status > 599), f.Code == "" && f.Status != 0 && f.Status < 500:
		return errors.New("fault: status must be from 200 to 599, or from 500 to 599 without a code")
	default:
		return f.checkEffect()
	}
}

// checkEffect returns an error for a fault without an effect or with two that exclude each
// other, and for a code that nobody has.
func (f *Fault) checkEffect() error {
	switch {
	case f.Code == "" && f.Status == 0 && f.Body == "" && !f.Rates && f.Delay == 0 && f.Drop == "" && !f.FailJob:
		return errors.New("fault: it has no effect; set at least one of code, status, body, rates, delay, drop and failJob")
	case f.FailJob && (f.Status != 0 || f.Rates):
		return errors.New("fault: with failJob the call succeeds and only its job fails; remove status and rates")
	case f.Code != "" && !f.FailJob && !f.AnyCode && !knownCode(f.Code):
		return fmt.Errorf("fault: no operation and no gateway has the code %q; correct it, or set anyCode to answer with it all the same", redact.Text(f.Code))
	default:
		return nil
	}
}

// faultJSON is the JSON form of a Fault. The delay is a text such as "250ms".
type faultJSON struct {
	Action  string  `json:"action,omitempty"`
	Times   int     `json:"times,omitempty"`
	Chance  float64 `json:"chance,omitempty"`
	Rates   bool    `json:"rates,omitempty"`
	Code    string  `json:"code,omitempty"`
	Status  int     `json:"status,omitempty"`
	Message string  `json:"message,omitempty"`
	Body    string  `json:"body,omitempty"`
	AnyCode bool    `json:"anyCode,omitempty"`
	Delay   string  `json:"delay,omitempty"`
	Drop    Drop    `json:"drop,omitempty"`
	FailJob bool    `json:"failJob,omitempty"`
}

// MarshalJSON encodes the fault with the camel-case names of its fields. Delay is a text
// such as "250ms".
func (f Fault) MarshalJSON() ([]byte, error) {
	j := faultJSON{f.Action, f.Times, f.Chance, f.Rates, f.Code, f.Status, f.Message, f.Body, f.AnyCode, "", f.Drop, f.FailJob}
	if f.Delay != 0 {
		j.Delay = f.Delay.String()
	}
	return json.Marshal(j)
}

// UnmarshalJSON decodes the form that MarshalJSON writes.
func (f *Fault) UnmarshalJSON(data []byte) error {
	var j faultJSON
	if err := json.Unmarshal(data, &j); err != nil {
		return err
	}
	var delay time.Duration
	if j.Delay != "" {
		var err error
		if delay, err = time.ParseDuration(j.Delay); err != nil {
			return err
		}
	}
	*f = Fault{j.Action, j.Times, j.Chance, j.Rates, j.Code, j.Status, j.Message, j.Body, j.AnyCode, delay, j.Drop, j.FailJob, false}
	return nil
}
