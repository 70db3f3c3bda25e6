package alb_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/testutil"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/alb"
)

// create is a request for an HTTPS listener on port 8443 of alb-1.
func create(requestID string, change func(*alb.CreateListener)) alb.Input {
	in := alb.CreateListener{
		RequestID: requestID, LoadBalancerID: "alb-1", ListenerPort: 8443, ListenerProtocol: alb.HTTPS, CertificateID: c(2),
		Attributes: alb.Attributes{ActionType: "ForwardGroup", ServerGroupIDs: "sgp-7,sgp-8", IdleTimeout: 30, GzipEnabled: "false"},
	}
	if change != nil {
		change(&in)
	}
	return event(in)
}

func deletion(requestID, listener string) alb.Input {
	return event(alb.DeleteListener{RequestID: requestID, ListenerID: listener})
}

// A listener is created, provisioned until the job ends, and shown as it was sent.
func TestCreateListener(t *testing.T) {
	s, output := must(t, shop().State(), create("n", nil))
	want := model.Output{RequestID: "n", JobID: "job-n", Body: json.RawMessage(`{"RequestId":"n","JobId":"job-n","ListenerId":"lsn-n"}`)}
	if !output.Equal(want) {
		t.Errorf("%+v, want %+v", output, want)
	}
	attribute := event(alb.GetListenerAttribute{ListenerID: "lsn-n"})
	if got := body(t, s, attribute); got["ListenerStatus"] != "Provisioning" {
		t.Errorf("%v", got)
	}
	refused(t, s, event(alb.UpdateListenerAttribute{ListenerID: "lsn-n", CertificateID: c(3)}), errcodes.CondListenerNotRunning)
	ignoredBy(t, s, alb.ListenerProvisioned{ID: "lsn-n"})
	if again, output := must(t, s, create("n", nil)); !output.Equal(want) {
		t.Errorf("the same request again: %+v", output)
	} else {
		unchanged(t, s, again)
	}

	s, _ = must(t, s, event(alb.JobFinished{Job: "job-n"}))
	got := body(t, s, attribute)
	delete(got, "RequestId")
	testutil.Golden(t, "testdata/listener.json", pretty(t, got))
	if c, _ := s.CAS.ByID(c(2)); c.Listeners != 1 {
		t.Errorf("%d listeners use the certificate", c.Listeners)
	}
}

// If the job fails, there is no listener, and its certificate is free.
func TestCreateListenerFails(t *testing.T) {
	s, _ := must(t, shop().State(), create("n", nil), event(alb.JobFailed{Job: "job-n"}))
	if certificate, _ := s.CAS.ByID(c(2)); certificate.Listeners != 0 || s.Listeners.Has("lsn-n") {
		t.Errorf("%+v", certificate)
	}
}

// Another protocol shares the port; QUIC runs over UDP.
func TestCreateListenerBesideQUIC(t *testing.T) {
	must(t, shop().State(), create("q", func(in *alb.CreateListener) { in.ListenerProtocol, in.ListenerPort = alb.QUIC, 443 }))
	must(t, shop().State(), create("h", func(in *alb.CreateListener) {
		in.ListenerProtocol, in.ListenerPort, in.CertificateID = alb.HTTP, 80, ""
	}))
}

func TestCreateListenerReachesEveryCondition(t *testing.T) {
	s := shop().NotServer("client-cn-x").State()
	used, _ := must(t, s, create("n", func(in *alb.CreateListener) { in.ClientToken = "t" }))
	for cond, test := range map[errcodes.Condition]struct {
		from   alb.State
		change func(*alb.CreateListener)
	}{
		errcodes.CondListenerMalformed:         {s, func(in *alb.CreateListener) { in.ListenerProtocol = "TCP" }},
		errcodes.CondLoadBalancerNotFound:      {s, func(in *alb.CreateListener) { in.LoadBalancerID = "alb-9" }},
		errcodes.CondLoadBalancerForbidden:     {shop().Forbidden().State(), nil},
		errcodes.CondTokenReused:               {used, func(in *alb.CreateListener) { in.ClientToken, in.ListenerPort = "t", 444 }},
		errcodes.CondListenerPortUsed:          {s, func(in *alb.CreateListener) { in.ListenerPort = 443 }},
		errcodes.CondDefaultCertificateMissing: {s, func(in *alb.CreateListener) { in.CertificateID = "" }},
		errcodes.CondCertificateNotFound:       {s, func(in *alb.CreateListener) { in.CertificateID = "9-cn-x" }},
		errcodes.CondCertificateNotServer:      {s, func(in *alb.CreateListener) { in.CertificateID = "client-cn-x" }},
		errcodes.CondDryRun:                    {s, func(in *alb.CreateListener) { in.DryRun = true }},
	} {
		refused(t, test.from, create("r", test.change), cond)
	}
	reachesAll(t, errcodes.CreateListener, 9+3) // three are the gateway's
	for _, port := range []int{-1, 65536} {
		refused(t, s, create("r", func(in *alb.CreateListener) { in.ListenerPort = port }), errcodes.CondListenerMalformed)
	}
}

func reachesAll(t *testing.T, op errcodes.Operation, reached int) {
	t.Helper()
	if all := len(slices.Collect(op.Table().Conditions())); all != reached {
		t.Errorf("%s has %d conditions; the test reaches %d", op, all, reached)
	}
}

// The gateway names the first required parameter that is missing.
func TestListenerRequires(t *testing.T) {
	for parameter, in := range map[string]alb.Input{
		"LoadBalancerId":   create("r", func(in *alb.CreateListener) { in.LoadBalancerID, in.ListenerPort = "", 0 }),
		"ListenerPort":     create("r", func(in *alb.CreateListener) { in.ListenerPort, in.ListenerProtocol = 0, "" }),
		"ListenerProtocol": create("r", func(in *alb.CreateListener) { in.ListenerProtocol, in.ActionType = "", "" }),
		"DefaultActions":   create("r", func(in *alb.CreateListener) { in.ActionType = "" }),
		"ListenerId":       deletion("r", ""),
	} {
		if _, output := step(shop().State(), in); string(output.Error.Code) != "Missing"+parameter {
			t.Errorf("%+v; want Missing%s", output, parameter)
		}
	}
}

// A listener that is deleted is gone when the job finishes, with its certificates, and
// stays if the job fails.
func TestDeleteListener(t *testing.T) {
	before := shop().Associated(c(2)).State()
	s, output := must(t, before, deletion("d", "lsn-1"))
	if output.JobID != "job-d" || output.Body != nil {
		t.Errorf("%+v", output)
	}
	if again, repeated := must(t, s, deletion("d", "lsn-1")); !repeated.Equal(output) || again != s {
		t.Errorf("the same request again: %+v", repeated)
	}
	refused(t, s, associate("a", c(3)), errcodes.CondListenerConfiguring)
	gone, _ := must(t, s, event(alb.JobFinished{Job: "job-d"}))
	if gone.Listeners.Len() != 0 || gone.Associations.Len() != 0 {
		t.Errorf("%+v", gone.Own)
	}
	for _, id := range []string{c(1), c(2)} {
		if certificate, _ := gone.CAS.ByID(id); certificate.Listeners != 0 {
			t.Errorf("%s is in use", id)
		}
	}
	kept, _ := must(t, s, event(alb.JobFailed{Job: "job-d"}))
	if kept.Associations.Len() != 1 || kept.Class("lsn-1") != before.Class("lsn-1") {
		t.Errorf("%s", kept.Class("lsn-1"))
	}
	stopped, _ := must(t, shop().Stopped().State(), deletion("d", "lsn-1"), event(alb.JobFailed{Job: "job-d"}))
	if class := stopped.Class("lsn-1"); class != "Stopped" {
		t.Error(class)
	}
}

func TestDeleteListenerReachesEveryCondition(t *testing.T) {
	s := shop().State()
	used, _ := must(t, shop().Listener("lsn-2", alb.HTTP).State(), event(alb.DeleteListener{RequestID: "d", ListenerID: "lsn-2", ClientToken: "t"}))
	refused(t, s, deletion("r", "lsn-9"), errcodes.CondListenerNotFound)
	refused(t, shop().Forbidden().State(), deletion("r", "lsn-1"), errcodes.CondLoadBalancerForbidden)
	refused(t, used, event(alb.DeleteListener{ListenerID: "lsn-1", ClientToken: "t"}), errcodes.CondTokenReused)
	refused(t, shop().Associating("a", c(2)).State(), deletion("r", "lsn-1"), errcodes.CondListenerConfiguring)
	refused(t, s, event(alb.DeleteListener{ListenerID: "lsn-1", DryRun: true}), errcodes.CondDryRun)
	reachesAll(t, errcodes.DeleteListener, 5+2)
}

// Attributes alone can be changed, of an HTTP listener too, when the job succeeds.
func TestUpdateAttributes(t *testing.T) {
	s := shop().Listener("lsn-http", alb.HTTP).State()
	in := event(alb.UpdateListenerAttribute{RequestID: "u", ListenerID: "lsn-http", Attributes: alb.Attributes{Description: "shop", RequestTimeout: 90}})
	s, _ = must(t, s, in)
	failed, _ := must(t, s, event(alb.JobFailed{Job: "job-u"}))
	done, _ := must(t, s, event(alb.JobFinished{Job: "job-u"}))
	read := event(alb.GetListenerAttribute{ListenerID: "lsn-http"})
	if got := body(t, failed, read); got["ListenerDescription"] != "" || got["RequestTimeout"] != 60.0 {
		t.Errorf("%v", got)
	}
	if got := body(t, done, read); got["ListenerDescription"] != "shop" || got["RequestTimeout"] != 90.0 || got["IdleTimeout"] != 15.0 {
		t.Errorf("%v", got)
	}
}

// The lists that clients read before they know any id.
func TestListLoadBalancers(t *testing.T) {
	s := alb.Scenario{}.LoadBalancer("alb-1", alb.Standard).LoadBalancer("alb-2", alb.Basic).State()
	for _, test := range []struct {
		ids, names []string
		want       string
	}{
		{nil, nil, "alb-1 alb-2"},
		{[]string{"alb-2"}, nil, "alb-2"},
		{nil, []string{"alb-1"}, "alb-1"},
		{[]string{"alb-2", "alb-9"}, []string{"alb-2", "alb-1"}, "alb-2"},
		{[]string{"alb-2"}, []string{"alb-1"}, ""},
	} {
		for _, size := range []int{1, 2, 100} {
			got := strings.Join(pagesOf(t, s, size, func(token string) alb.Input {
				return event(alb.ListLoadBalancers{LoadBalancerIDs: test.ids, LoadBalancerNames: test.names, MaxResults: size, NextToken: token})
			}, "LoadBalancers", "LoadBalancerId"), " ")
			if got != test.want {
				t.Errorf("%v %v, pages of %d: %q; want %q", test.ids, test.names, size, got, test.want)
			}
		}
	}
	regions := body(t, s, event(alb.DescribeRegions{}))["Regions"].([]any)
	want := object{"RegionId": "cn-hangzhou", "LocalName": "华东1（杭州）", "RegionEndpoint": "alb.cn-hangzhou.aliyuncs.com"}
	if first := regions[0].(object); first["RegionId"] != want["RegionId"] || first["LocalName"] != want["LocalName"] || first["RegionEndpoint"] != want["RegionEndpoint"] {
		t.Errorf("%v", first)
	}
	if tags := body(t, s, event(alb.ListTagResources{ResourceType: "listener", ResourceIDs: []string{"lsn-1"}}))["TagResources"].([]any); len(tags) != 0 {
		t.Errorf("%v", tags)
	}
}

// pretty returns a value as indented JSON.
func pretty(t *testing.T, v any) string {
	t.Helper()
	data, err := json.MarshalIndent(v, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return string(data) + "\n"
}
