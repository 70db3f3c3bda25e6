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

// Fault is something that goes wrong with calls that the gateway has admitted and
// whose operation is known. What it sets happens to each call that it meets.
type Fault struct {
	Action string  // the operation; "" for any
	Times  int     // how many calls it meets; 0: until it is taken away
	Chance float64 // of meeting a call, over 0 to 1; 0: always

	// Rates has it meet only calls that come more often than the vendor
	// documents for the operation and key. Without a Code they are answered
	// with Throttling.User.
	Rates bool

	// Code is answered instead of the operation's answer, without an effect.
	// Status and Message are those of the operation's table, or of the gateway's,
	// unless they are set. A Status alone, from 500, has the gateway's Code.
	Code    string
	Status  int
	Message string
	Body    string // sent as it is, as text/html, in place of any answer

	Delay   time.Duration // before the answer, after the effect
	Drop    Drop          // closes the connection without an answer
	FailJob bool          // the job that the call starts fails when its end comes

	scripted bool // for telling a fault from none
}

// Drop says when a connection is closed.
type Drop string

// The times to close a connection.
const (
	DropBefore Drop = "before" // the call has no effect
	DropAfter  Drop = "after"  // the call has its effect
)

var (
	internalError      = &gateway.Failure{Status: http.StatusInternalServerError, Code: "InternalError", Message: "The request processing has failed due to some unknown error, exception or failure."}
	serviceUnavailable = &gateway.Failure{Status: http.StatusServiceUnavailable, Code: "ServiceUnavailable", Message: "The request has failed due to a temporary failure of the server."}
)

// failure is what is answered instead, nil for nothing.
func (f *Fault) failure(action string) *gateway.Failure {
	if f.Code == "" && f.Status == 0 && !f.Rates {
		return nil
	}
	answer := known(action, f)
	answer.Status = cmp.Or(f.Status, answer.Status)
	answer.Message = cmp.Or(f.Message, answer.Message)
	return &answer
}

// known returns what is known of a fault's code.
func known(action string, f *Fault) gateway.Failure {
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
			if c.Operation.String() == action && string(row.Code) == code {
				return gateway.Failure{Status: row.Status, Code: code, Message: strings.ReplaceAll(row.Message, "%s", "****")}
			}
		}
	}
	for _, g := range []*gateway.Failure{
		internalError, serviceUnavailable, gateway.ThrottledUser, gateway.KeyNotFound, gateway.KeyInactive, gateway.TokenMismatch,
		gateway.TimeExpired, gateway.NonceUsed, gateway.SignatureMismatch,
	} {
		if g.Code == code {
			return *g
		}
	}
	if strings.HasPrefix(code, "Throttling") {
		return gateway.Failure{Status: http.StatusBadRequest, Code: code, Message: "Request was denied due to request throttling."}
	}
	return gateway.Failure{Status: http.StatusBadRequest, Code: code, Message: "A scripted fault."}
}

// check says what is wrong with a fault.
func (f *Fault) check() error {
	_, operation := operations[f.Action]
	switch {
	case f.Action != "" && !operation:
		return fmt.Errorf("fault: there is no operation %q here", redact.Text(f.Action))
	case f.Times < 0, f.Delay < 0, f.Chance < 0, f.Chance > 1:
		return errors.New("fault: times and delay are not negative, chance is from 0 to 1")
	case f.Drop != "" && f.Drop != DropBefore && f.Drop != DropAfter:
		return fmt.Errorf("fault: drop is %q or %q, not %q", DropBefore, DropAfter, redact.Text(string(f.Drop)))
	case f.Status != 0 && (f.Status < 200 || f.Status > 599), f.Code == "" && f.Status != 0 && f.Status < 500:
		return errors.New("fault: a status is from 200 to 599, without a code from 500")
	case f.Code == "" && f.Status == 0 && f.Body == "" && !f.Rates && f.Delay == 0 && f.Drop == "" && !f.FailJob:
		return errors.New("fault: nothing goes wrong")
	default:
		return nil
	}
}

// faultJSON is a fault in JSON: its delay is a text such as "250ms".
type faultJSON struct {
	Action  string  `json:"action,omitempty"`
	Times   int     `json:"times,omitempty"`
	Chance  float64 `json:"chance,omitempty"`
	Rates   bool    `json:"rates,omitempty"`
	Code    string  `json:"code,omitempty"`
	Status  int     `json:"status,omitempty"`
	Message string  `json:"message,omitempty"`
	Body    string  `json:"body,omitempty"`
	Delay   string  `json:"delay,omitempty"`
	Drop    Drop    `json:"drop,omitempty"`
	FailJob bool    `json:"failJob,omitempty"`
}

// MarshalJSON encodes the fault with members named as its fields, in camel case.
// Delay is a text such as "250ms".
func (f Fault) MarshalJSON() ([]byte, error) {
	j := faultJSON{f.Action, f.Times, f.Chance, f.Rates, f.Code, f.Status, f.Message, f.Body, "", f.Drop, f.FailJob}
	if f.Delay != 0 {
		j.Delay = f.Delay.String()
	}
	return json.Marshal(j)
}

// UnmarshalJSON decodes what MarshalJSON wrote.
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
	*f = Fault{j.Action, j.Times, j.Chance, j.Rates, j.Code, j.Status, j.Message, j.Body, delay, j.Drop, j.FailJob, false}
	return nil
}
