package alb_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/alb"
	"github.com/google/go-cmp/cmp"
)

type object = map[string]any

// body decodes the answer of a read that has to succeed.
func body(t *testing.T, s alb.State, in alb.Input) object {
	t.Helper()
	next, output := step(s, in)
	unchanged(t, s, next)
	var members object
	if err := json.Unmarshal([]byte(text(t, output)), &members); err != nil || !output.OK() {
		t.Fatalf("%+v: %+v (%v)", in, output, err)
	}
	delete(members, "RequestId")
	return members
}

// pagesOf follows the NextToken chain of a list and returns one member of every
// item, in order.
func pagesOf(t *testing.T, s alb.State, size int, read func(token string) alb.Input, list, member string) (all []string) {
	t.Helper()
	token := ""
	for range 1000 {
		page := body(t, s, read(token))
		items := page[list].([]any)
		for _, i := range items {
			all = append(all, i.(object)[member].(string))
		}
		next, more := page["NextToken"].(string)
		if !more {
			if page["TotalCount"] != float64(len(all)) {
				t.Errorf("TotalCount %v, but %d items", page["TotalCount"], len(all))
			}
			return all
		}
		if len(items) != size {
			t.Fatalf("a page of %d items before the last, want %d", len(items), size)
		}
		token = next
	}
	t.Fatal("the chain of NextToken does not end")
	return nil
}

// ListListenerCertificates has exactly the members that clients read, in the
// service's spelling.
func TestListListenerCertificates(t *testing.T) {
	s := shop().Associated(c(2), c(3)).Dissociating("d", c(3)).State()
	_, output := step(s, event(alb.ListListenerCertificates{RequestID: "r", ListenerID: "lsn-1"}))
	want := `{"RequestId":"r","Certificates":[` +
		`{"CertificateId":"1-cn-hangzhou","CertificateType":"Server","IsDefault":true,"Status":"Associated"},` +
		`{"CertificateId":"2-cn-hangzhou","CertificateType":"Server","IsDefault":false,"Status":"Associated"},` +
		`{"CertificateId":"3-cn-hangzhou","CertificateType":"Server","IsDefault":false,"Status":"Diassociating"}],` +
		`"MaxResults":20,"TotalCount":3}`
	if want := (model.Output{RequestID: "r", Body: json.RawMessage(want)}); !output.Equal(want) {
		t.Errorf("%+v, want\n%+v", output, want)
	}
	associating := shop().Associating("a", c(2)).State()
	_, output = step(associating, event(alb.ListListenerCertificates{ListenerID: "lsn-1", CertificateType: "Server"}))
	if !strings.Contains(text(t, output), `"IsDefault":false,"Status":"Associating"`) {
		t.Error(text(t, output))
	}
	_, output = step(s, event(alb.ListListenerCertificates{ListenerID: "lsn-1", CertificateType: "Ca"}))
	if want := `{"RequestId":"","Certificates":[],"MaxResults":20,"TotalCount":0}`; text(t, output) != want {
		t.Errorf("%s, want %s", text(t, output), want)
	}
}

// A read that stops at the end of its page does not walk over another listener's
// certificates.
func TestListListenerCertificatesOfOneListener(t *testing.T) {
	s := shop().Associated(c(2)).Listener("lsn-10", alb.HTTPS).Default(c(1)).Associated(c(3)).State()
	got := pagesOf(t, s, 20, func(token string) alb.Input {
		return event(alb.ListListenerCertificates{ListenerID: "lsn-1", NextToken: token})
	}, "Certificates", "CertificateId")
	if !slices.Equal(got, ids(1, 2)) {
		t.Errorf("%v", got)
	}
}

func TestReadsThatFindNothing(t *testing.T) {
	s := alb.Scenario{}.LoadBalancer("alb-1", alb.Basic).Listener("lsn-1", alb.HTTP).State()
	notFound := "The specified resource lsn-9 is not found."
	tests := []struct {
		in            alb.Action
		catalog       errcodes.Operation
		cond          errcodes.Condition
		code          errcodes.Code
		status        int
		message, what string
	}{
		{
			alb.ListListenerCertificates{RequestID: "r", ListenerID: "lsn-9"},
			errcodes.ListListenerCertificates, errcodes.CondListenerNotFound, errcodes.ResourceNotFoundListener, 404, notFound, "listener lsn-9",
		},
		{
			alb.ListListenerCertificates{RequestID: "r", ListenerID: "lsn-1"},
			errcodes.ListListenerCertificates, errcodes.CondListenerProtocolUnsupported, errcodes.OperationDeniedHTTPListenerNotSupport, 400,
			"The operation is not allowed because of HttpListenerNotSupport.", "listener lsn-1",
		},
		{
			alb.GetListenerAttribute{RequestID: "r", ListenerID: "lsn-9"},
			errcodes.ListListenerCertificates, errcodes.CondListenerNotFound, errcodes.ResourceNotFoundListener, 404, notFound, "listener lsn-9",
		},
		{
			alb.GetLoadBalancerAttribute{RequestID: "r", LoadBalancerID: "alb-9"},
			errcodes.GetLoadBalancerAttribute, errcodes.CondLoadBalancerNotFound, errcodes.ResourceNotFoundLoadBalancer, 404,
			"The specified resource alb-9 is not found.", "load balancer alb-9",
		},
	}
	for _, test := range tests {
		next, output := step(s, event(test.in))
		unchanged(t, s, next)
		e := output.Error
		if e.Condition != test.cond || e.Code != test.code || e.Status != test.status || e.Message != test.message || e.Evidence != test.catalog.Table().Evidence(test.cond) ||
			output.Target != test.what || output.RequestID != "r" || output.Body != nil {
			t.Errorf("%T: %+v", test.in, output)
		}
	}
}

func TestGetListenerAttribute(t *testing.T) {
	s := shop().Associated(c(2)).Dissociating("d", c(2)).State()
	_, output := step(s, event(alb.GetListenerAttribute{RequestID: "r", ListenerID: "lsn-1"}))
	want := `{"RequestId":"r","Certificates":[{"CertificateId":"1-cn-hangzhou"}],
		"DefaultActions":[{"ForwardGroupConfig":{"ServerGroupTuples":[{"ServerGroupId":"sgp-1"}]},"Type":"ForwardGroup"}],
		"GzipEnabled":true,"Http2Enabled":true,"IdleTimeout":15,"ListenerDescription":"","ListenerId":"lsn-1","ListenerPort":443,"ListenerProtocol":"HTTPS",
		"ListenerStatus":"Configuring","LoadBalancerId":"alb-1","LogConfig":{"AccessLogRecordCustomizedHeadersEnabled":false},
		"QuicConfig":{"QuicUpgradeEnabled":false},"RequestTimeout":60,"SecurityPolicyId":"tls_cipher_policy_1_0"}`
	if want := (model.Output{RequestID: "r", Body: json.RawMessage(want)}); !output.Equal(want) {
		t.Errorf("%+v, want\n%+v", output, want)
	}
	bare := alb.Scenario{}.LoadBalancer("alb-1", alb.Basic).Listener("lsn-1", alb.HTTP).State()
	if got := body(t, bare, event(alb.GetListenerAttribute{ListenerID: "lsn-1"})); len(got["Certificates"].([]any)) != 0 || got["ListenerStatus"] != "Running" {
		t.Errorf("%v", got)
	}
}

func TestGetLoadBalancerAttribute(t *testing.T) {
	s := alb.Scenario{}.LoadBalancer("alb-1", alb.WAF).State()
	_, output := step(s, event(alb.GetLoadBalancerAttribute{RequestID: "r", LoadBalancerID: "alb-1"}))
	want := `{"RequestId":"r","AccessLogConfig":{},"AddressAllocatedMode":"Dynamic","AddressType":"Internet","DNSName":"alb-1.cn-hangzhou.alb.aliyuncs.com",
		"DeletionProtectionConfig":{"Enabled":false},"LoadBalancerBillingConfig":{"PayType":"PostPay"},"LoadBalancerBussinessStatus":"Normal",
		"LoadBalancerEdition":"StandardWithWaf","LoadBalancerId":"alb-1","LoadBalancerName":"alb-1","LoadBalancerStatus":"Active",
		"ModificationProtectionConfig":{"Status":"NonProtection"},"VpcId":"vpc-1"}`
	if want := (model.Output{RequestID: "r", Body: json.RawMessage(want)}); !output.Equal(want) {
		t.Errorf("%+v, want\n%+v", output, want)
	}
}

func TestListListeners(t *testing.T) {
	s := alb.Scenario{}.LoadBalancer("alb-1", alb.Basic).Listener("l1", alb.HTTPS).Default(c(1)).Listener("l2", alb.QUIC).Listener("l3", alb.HTTP).
		LoadBalancer("alb-2", alb.Basic).Listener("l4", alb.HTTPS).State()
	tests := []struct {
		ids, lbs []string
		protocol alb.Protocol
		want     string
	}{
		{nil, nil, "", "l1 l2 l3 l4"},
		{nil, []string{"alb-1"}, "", "l1 l2 l3"},
		{nil, []string{"alb-1"}, alb.HTTPS, "l1"},
		{nil, []string{"alb-2", "alb-1"}, alb.HTTPS, "l1 l4"},
		{nil, nil, alb.QUIC, "l2"},
		{nil, []string{"alb-9"}, "", ""},
		{[]string{"l4", "l2", "l9"}, nil, "", "l2 l4"},
		{[]string{"l4", "l2"}, []string{"alb-1"}, "", "l2"},
		{[]string{"l1"}, nil, alb.QUIC, ""},
	}
	for _, test := range tests {
		for _, size := range []int{1, 2, 100} {
			got := strings.Join(pagesOf(t, s, size, func(token string) alb.Input {
				return event(alb.ListListeners{ListenerIDs: test.ids, LoadBalancerIDs: test.lbs, Protocol: test.protocol, MaxResults: size, NextToken: token})
			}, "Listeners", "ListenerId"), " ")
			if got != test.want {
				t.Errorf("%v %v %s: %s, want %s", test.ids, test.lbs, test.protocol, got, test.want)
			}
		}
	}
	first := body(t, s, event(alb.ListListeners{}))["Listeners"].([]any)[0]
	want := body(t, s, event(alb.GetListenerAttribute{ListenerID: "l1"}))
	delete(want, "RequestId")
	if diff := cmp.Diff(any(want), first); diff != "" {
		t.Error(diff)
	}
}

func TestListAsynJobs(t *testing.T) {
	s, _ := must(t, shop().Listener("lsn-2", alb.HTTPS).Default(c(1)).Associating("x", c(2)).State(),
		associate("a", c(2)), event(alb.JobFinished{Job: "job-a"}), dissociate("b", c(2)), event(alb.JobFailed{Job: "job-b"}), update("c", c(3)))
	tests := []struct {
		jobs, listeners []string
		want            string
	}{
		{nil, nil, "job-a job-b job-c job-x"},
		{[]string{"job-b"}, nil, "job-b"},
		{[]string{"job-x", "job-a", "job-x", "job-9"}, nil, "job-a job-x"},
		{nil, []string{"lsn-2"}, "job-x"},
		{[]string{"job-x", "job-a"}, []string{"lsn-1"}, "job-a"},
		{[]string{"job-9"}, nil, ""},
	}
	for _, test := range tests {
		for _, size := range []int{1, 2, 100} {
			got := strings.Join(pagesOf(t, s, size, func(token string) alb.Input {
				return event(alb.ListAsynJobs{JobIDs: test.jobs, ResourceIDs: test.listeners, MaxResults: size, NextToken: token})
			}, "Jobs", "Id"), " ")
			if got != test.want {
				t.Errorf("%v of %v: %s, want %s", test.jobs, test.listeners, got, test.want)
			}
		}
	}
	_, output := step(s, event(alb.ListAsynJobs{RequestID: "r", ResourceIDs: []string{"lsn-1"}, MaxResults: 3}))
	job := func(id, operation, status string) string {
		return `{"ApiName":"` + operation + `","CreateTime":0,"Id":"` + id + `","ModifyTime":0,"OperateType":"Update","ResourceId":"lsn-1","ResourceType":"listener","Status":"` + status + `"}`
	}
	want := `{"RequestId":"r","Jobs":[` + job("job-a", "AssociateAdditionalCertificatesWithListener", "Succeeded") + "," +
		job("job-b", "DissociateAdditionalCertificatesFromListener", "Failed") + "," +
		job("job-c", "UpdateListenerAttribute", "Processing") + `],"MaxResults":3,"TotalCount":3}`
	if text(t, output) != want {
		t.Errorf("%s, want\n%s", text(t, output), want)
	}
}

// A page has MaxResults items, 20 without it or beyond its bounds; the chain of
// NextToken yields every item exactly once and in order.
func TestPaging(t *testing.T) {
	b := alb.Scenario{}.LoadBalancer("alb-1", alb.Standard).Quota(300).Listener("lsn-1", alb.HTTPS).Default("5" + c(0))
	want := []string{"5" + c(0)}
	for i := range 130 {
		id := fmt.Sprintf("%03d-cn-hangzhou", i)
		b, want = b.Associated(id), append(want, id)
	}
	s := b.State()
	for given, size := range map[int]int{0: 20, -1: 20, 1: 1, 7: 7, 20: 20, 50: 50, 100: 100, 101: 20} {
		read := func(token string) alb.Input {
			return event(alb.ListListenerCertificates{ListenerID: "lsn-1", MaxResults: given, NextToken: token})
		}
		if got := pagesOf(t, s, size, read, "Certificates", "CertificateId"); !slices.Equal(got, want) {
			t.Errorf("MaxResults %d: %v", given, got)
		}
		if got := body(t, s, read(""))["MaxResults"]; got != float64(size) {
			t.Errorf("MaxResults %d is answered with %v, want %d", given, got, size)
		}
	}
	// A page that is exactly full and the last has no NextToken.
	full := body(t, s, event(alb.ListListenerCertificates{ListenerID: "lsn-1", MaxResults: 100, NextToken: want[30]}))
	if _, more := full["NextToken"]; more || len(full["Certificates"].([]any)) != 100 {
		t.Errorf("%d items, NextToken %v", len(full["Certificates"].([]any)), full["NextToken"])
	}
	// A token behind the last item gives an empty page.
	past := body(t, s, event(alb.ListListenerCertificates{ListenerID: "lsn-1", NextToken: "~"}))
	if len(past["Certificates"].([]any)) != 0 || past["TotalCount"] != float64(len(want)) {
		t.Errorf("%v", past)
	}
}

// An item that comes between two pages, or goes, moves no other.
func TestPagingWhileThingsChange(t *testing.T) {
	s := shop().Associated(ids(2, 3, 4, 5)...).State()
	page := body(t, s, event(alb.ListListenerCertificates{ListenerID: "lsn-1", MaxResults: 3}))
	s, _ = must(t, s, dissociate("d", c(3)), event(alb.JobFinished{Job: "job-d"}))
	rest := body(t, s, event(alb.ListListenerCertificates{ListenerID: "lsn-1", MaxResults: 3, NextToken: page["NextToken"].(string)}))
	var got []string
	for _, i := range rest["Certificates"].([]any) {
		got = append(got, i.(object)["CertificateId"].(string))
	}
	if !slices.Equal(got, ids(4, 5)) {
		t.Errorf("%v", got)
	}
}
