package alb_test

import (
	"encoding/json"
	"net/url"
	"strings"
	"testing"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/validate"
	"github.com/google/go-cmp/cmp"
)

type request = validate.ALBRequest

// c is the id of the n-th certificate of a scenario.
func c(n int) string { return cas.IDOf(n) }

func ids(numbers ...int) (ids []string) {
	for _, n := range numbers {
		ids = append(ids, c(n))
	}
	return ids
}

// associate is a request for lsn-1.
func associate(requestID string, certificates ...string) alb.Input {
	return alb.Change(requestID, &request{ListenerID: "lsn-1", CertificateIDs: certificates})
}

// dissociate is a request for lsn-1.
func dissociate(requestID string, certificates ...string) alb.Input {
	return dissociation(requestID, &request{ListenerID: "lsn-1", CertificateIDs: certificates})
}

// dissociation is a request that dissociates certificates.
func dissociation(requestID string, req *request) alb.Input {
	of := *req
	of.Op = errcodes.DissociateAdditionalCertificatesFromListener
	return alb.Change(requestID, &of)
}

// parsed is a request in its wire form.
func parsed(t *testing.T, form url.Values) *request {
	t.Helper()
	req, err := validate.Parse(errcodes.AssociateAdditionalCertificatesWithListener, form)
	if err != nil {
		t.Fatal(err)
	}
	return req.(*request)
}

// text is an answer as JSON.
func text(t *testing.T, o model.Output) string {
	t.Helper()
	data, err := json.Marshal(o.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func update(requestID, certificate string) alb.Input {
	return alb.Input{Action: alb.UpdateListenerAttribute{RequestID: requestID, ListenerID: "lsn-1", CertificateID: certificate}}
}

func event(action model.Action) alb.Input { return alb.Input{Action: action} }

// shop is a running HTTPS listener lsn-1 with default certificate 1, on a load
// balancer alb-1 of the Standard edition, and 30 certificates.
func shop() alb.Scenario {
	return alb.Scenario{}.LoadBalancer("alb-1", alb.Standard).Listener("lsn-1", alb.HTTPS).Certificates(30).Default(c(1))
}

// step sends one input to the machine of the original edition.
func step(s alb.State, in alb.Input) (alb.State, model.Output) { return alb.Machine{}.Step(s, in) }

// must sends inputs that have to succeed, and returns the last state and output.
func must(t *testing.T, s alb.State, inputs ...alb.Input) (alb.State, model.Output) {
	t.Helper()
	var output model.Output
	for i, in := range inputs {
		if s, output = step(s, in); !output.OK() {
			t.Fatalf("input %d, %+v: %+v, want a success", i, in, output)
		}
	}
	return s, output
}

// refused sends one input that has to earn a condition and to change nothing.
func refused(t *testing.T, s alb.State, in alb.Input, want errcodes.Condition) model.Output {
	t.Helper()
	next, output := step(s, in)
	if output.Error.Condition != want || output.OK() {
		t.Errorf("%+v: %+v, want %v", in, output, want)
	}
	unchanged(t, s, next)
	return output
}

// ignoredBy sends one event that must not apply.
func ignoredBy(t *testing.T, s alb.State, action model.Action) {
	t.Helper()
	next, output := step(s, event(action))
	if want := (model.Output{Ignored: true}); !output.Equal(want) {
		t.Errorf("%+v: %+v, want Ignored", action, output)
	}
	unchanged(t, s, next)
}

func unchanged(t *testing.T, before, after alb.State) {
	t.Helper()
	if diff := cmp.Diff(before, after); diff != "" {
		t.Errorf("the state changed (-before +after):\n%s", diff)
	}
}

func listener(t *testing.T, s alb.State, id string) alb.Listener {
	t.Helper()
	l, found := s.Listeners.Get(id)
	if !found {
		t.Fatalf("no listener %s", id)
	}
	return l
}

// additional lists the additional certificates of lsn-1 as "id status".
func additional(s alb.State) string {
	var all []string
	for key, a := range s.Associations.WithPrefix("lsn-1 ") {
		all = append(all, strings.TrimPrefix(key, "lsn-1 ")+" "+string(a.Status))
	}
	return strings.Join(all, ", ")
}

// usage is the number of associations of alb-1.
func usage(s alb.State) int {
	lb, _ := s.LoadBalancers.Get("alb-1")
	return lb.Associations
}

// users is the number of listeners that use a certificate.
func users(t *testing.T, s alb.State, id string) int {
	t.Helper()
	c, found := s.CAS.ByID(id)
	if !found {
		t.Fatalf("no certificate %s", id)
	}
	return c.Listeners
}
