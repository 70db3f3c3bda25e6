package model_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/testutil"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/internal/reply"
)

var alb = errcodes.AssociateAdditionalCertificatesWithListener.Table()

func TestOutput(t *testing.T) {
	configuring := alb.Error(errcodes.CondListenerConfiguring, "lsn-1", "Configuring")
	refused := reply.Refuse("r1", configuring, "listener lsn-1")
	answered := model.Output{Error: errcodes.Error{Code: errcodes.ServiceBusy, Status: 403}} // as a trace has it
	tests := []struct {
		name             string
		output           model.Output
		ok               bool
		outcome, explain string
		code             errcodes.Code
	}{
		{"success of a request", model.Output{RequestID: "r1", JobID: "job-r1"}, true, "Success", "Success", ""},
		{"success of an event", model.Output{}, true, "Success", "Success", ""},
		{"a read", model.Output{RequestID: "r1", Body: json.RawMessage(`{"TotalCount":0}`)}, true, "Success", "Success", ""},
		{"an event that does not apply", model.Output{Ignored: true}, false, "Ignored", "Ignored", ""},
		{"refused", refused, false, "ListenerConfiguring", "IncorrectStatus.Listener because of ListenerConfiguring on listener lsn-1 (observed)", errcodes.IncorrectStatusListener},
		{"an answer of the service", answered, false, "", "ServiceBusy", errcodes.ServiceBusy},
	}
	for _, test := range tests {
		o := test.output
		if o.OK() != test.ok || o.Outcome() != test.outcome || o.Explain() != test.explain {
			t.Errorf("%s: OK %v, outcome %q, %q", test.name, o.OK(), o.Outcome(), o.Explain())
		}
		if err := o.Err(); (err != nil) != (test.code != "") || err != nil && !errors.Is(err, test.code) {
			t.Errorf("%s: Err() = %v; want %q", test.name, err, test.code)
		}
		testutil.RoundTrip(t, o)
	}
}

// fmt.Println(output) tells a person what happened.
func TestOutputString(t *testing.T) {
	const key = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIA\n"
	refused := reply.Refuse("r1", alb.Error(errcodes.CondListenerConfiguring, "lsn-1", "Configuring"), "listener lsn-1")
	leaky := model.Output{Error: errcodes.Error{Code: "Odd", Status: 400, Message: "no " + key}}
	for _, test := range []struct {
		output model.Output
		want   string
	}{
		{model.Output{}, "Success"},
		{model.Output{RequestID: "r1", JobID: "job-r1"}, "Success, job job-r1"},
		{model.Output{RequestID: "r1", Body: json.RawMessage(`{"TotalCount":0,"Jobs":[]}`)}, "Success, body with Jobs, TotalCount"},
		{model.Output{Body: map[string]string{"Key": key}}, "Success, body with Key"},
		{model.Output{Body: []int{1}}, "Success, body"},
		{model.Output{Ignored: true}, "Ignored: it does not apply and changes nothing"},
		{refused, "IncorrectStatus.Listener (400): The status of lsn-1 [Configuring] is incorrect. [ListenerConfiguring on listener lsn-1]"},
		{model.Output{Error: errcodes.Error{Code: errcodes.ServiceBusy, Status: 403, Message: "busy\n"}}, `ServiceBusy (403): busy\x0a`},
	} {
		if got := fmt.Sprint(test.output); got != test.want {
			t.Errorf("%q; want %q", got, test.want)
		}
	}
	if got := fmt.Sprintf("%v %+v", leaky, leaky); strings.Contains(got, "MC4C") || !strings.HasPrefix(got, "Odd") {
		t.Error(got)
	}
}

// TestEveryRefusalThroughJSON: whatever condition of whatever operation decides.
func TestEveryRefusalThroughJSON(t *testing.T) {
	for catalog := range errcodes.Tables() {
		for cond := range catalog.Conditions() {
			e := catalog.Error(cond, "a", "b", "c", "d")
			got := reply.Refuse("r1", e, `certificate "证"`)
			if got.OK() || got.Outcome() != cond.String() {
				t.Errorf("%s: %s is %+v", catalog, cond, got)
			}
			testutil.RoundTrip(t, got)
		}
	}
}
