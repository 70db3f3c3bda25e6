package model_test

import (
	"encoding/json"
	"errors"
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
