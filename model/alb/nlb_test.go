package alb_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/universe"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/validate"
)

// network is a running TCPSSL listener lsn-1@443 with default certificate 1, beside an
// HTTPS listener of ALB, and 30 certificates.
func network() alb.Scenario {
	return shop().NetworkLoadBalancer("nlb-1").Listener("lsn-1@443", alb.TCPSSL).Default(c(1))
}

// ofNLB is a request for lsn-1@443.
func ofNLB(op errcodes.Operation, requestID string, certificates ...string) alb.Input {
	return alb.Change(requestID, &request{Op: op, ListenerID: "lsn-1@443", CertificateIDs: certificates})
}

const (
	nlbAssociate    = errcodes.NLBAssociateAdditionalCertificatesWithListener
	nlbDisassociate = errcodes.DisassociateAdditionalCertificatesWithListener
	nlbUpdate       = errcodes.NLBUpdateListenerAttribute
)

// Every condition and every row of every operation of NLB is reached, or never answered,
// and no invariant breaks on the way.
func TestSpaceOfNLB(t *testing.T) { reachesTables(t, alb.NLB, universe.NLB) }

func reachesTables(t *testing.T, product string, space func(errcodes.Operation) model.Space[alb.State, alb.Input, model.Output]) {
	t.Helper()
	for op := range universe.OfProduct(product) {
		e := space(op).Explore(model.Limits{})
		if !e.Complete || len(e.DeadEnds) > 0 {
			t.Errorf("%s: complete %t, %d dead ends", op.ID(), e.Complete, len(e.DeadEnds))
		}
		for _, b := range e.Broken {
			t.Errorf("%s: %s: %s after %+v", op.ID(), b.Name, b.Why, b.Path)
		}
		table := op.Table()
		conds, rows := map[string]bool{}, map[errcodes.Row]bool{}
		for _, o := range e.Outcomes {
			if o.Output.Error.Operation != op {
				continue
			}
			row, known := table.Row(o.Output.Error.Condition)
			if known && o.Output.Error.Condition == errcodes.CondParameterMissing {
				row = rowOf(table, o.Output.Error.Code)
			}
			if !known || row.Code != o.Output.Error.Code || row.Status != o.Output.Error.Status {
				t.Errorf("%s: %+v; the table has %+v", op.ID(), o.Output.Error, row)
			}
			conds[o.Output.Error.Condition.String()], rows[row] = true, true
		}
		for cond := range table.Conditions() {
			if !conds[cond.String()] {
				t.Errorf("%s: %s is not reached", op.ID(), cond)
			}
		}
		for row := range table.Rows() {
			if _, never := table.NeverAnswered(row); rows[row] == never {
				t.Errorf("%s: %s: reached %t, never answered %t", op.ID(), row.Code, rows[row], never)
			}
		}
	}
}

func rowOf(table errcodes.Table, code errcodes.Code) errcodes.Row {
	for row := range table.Rows() {
		if row.Code == code {
			return row
		}
	}
	return errcodes.Row{}
}

// The conditions of a request alone are the same before a call and in the machine, for
// every operation that changes the certificates of a listener, and any number of ids.
func TestRequestsOfNLBAreThoseOfValidate(t *testing.T) {
	for _, op := range []errcodes.Operation{nlbAssociate, nlbDisassociate, nlbUpdate} {
		for n := range 18 {
			many := make([]string, n)
			for i := range many {
				many[i] = c(i + 2)
			}
			for _, req := range []*request{
				{Op: op, CertificateIDs: many},
				{Op: op, ListenerID: "lsn-1@443", CertificateIDs: many},
				{Op: op, ListenerID: "lsn-1@443", CertificateIDs: append(many, ""), ClientToken: strings.Repeat("t", 65)},
				{Op: op, ListenerID: "lsn-1@443", CertificateIDs: many, Malformed: validate.Malformed{DryRun: "1"}},
				{Op: op, ListenerID: "lsn-1@443", CertificateIDs: many, ClientToken: "é"},
			} {
				verdict, refused := validate.Check(req, validate.Options{}).Verdict()
				_, output := step(network().State(), alb.Change("r", req))
				if refused && output.Error != verdict || !refused && output.Error.Code != "" && op.Table().Rank(output.Error.Condition) < op.Table().Rank(errcodes.CondListenerNotFound) {
					t.Errorf("%s, %d ids: the machine answers %+v, validate %+v", op.ID(), n, output.Error, verdict)
				}
			}
		}
	}
}

// What NLB answers, to the letter.
func TestAnswersOfNLB(t *testing.T) {
	s := network().State()
	for _, test := range []struct {
		from            alb.State
		in              alb.Input
		code            errcodes.Code
		status          int
		message, blamed string
	}{
		{s, ofNLB(nlbAssociate, "r", "99"), "ResourceNotFound.Certificate", 400, "The specified resource 99 is not found.", "AdditionalCertificateIds.1"},
		{s, ofNLB(nlbUpdate, "r", "99"), "ResourceNotFound.Certificate", 400, "The specified resource 99 is not found.", "CertificateIds.1"},
		{s, ofNLB(nlbUpdate, "r", c(2), c(3)), "IllegalParamSize.certificateIds", 400, "The param size of certificateIds or caCertificateIds is illegal.", "CertificateIds"},
		{s, ofNLB(nlbAssociate, "r", c(2), ""), "IllegalParam", 400, "The param of AdditionalCertificateIds is illegal.", "AdditionalCertificateIds.2"},
		{s, ofNLB(nlbDisassociate, "r", c(2)), "ResourceNotAssociated.Certificate", 400, "The specified resource 2-cn-hangzhou is not associated.", "AdditionalCertificateIds.1"},
		{network().Stopped().State(), ofNLB(nlbAssociate, "r", c(2)), "IncorrectStatus.listener", 400, "The status of listener [lsn-1@443] is incorrect.", "ListenerId"},
		{network().Associated(c(2)).State(), ofNLB(nlbUpdate, "r", c(2)), "ResourceAlreadyAssociated.Certificate", 400, "The specified resource 2-cn-hangzhou is already associated.", "CertificateIds.1"},
		{s, alb.Change("r", &request{Op: nlbAssociate, ListenerID: "lsn-1", CertificateIDs: ids(2)}), "ResourceNotFound.listener", 404, "The specified resource lsn-1 is not found.", "ListenerId"},
		{s, alb.Change("r", &request{ListenerID: "lsn-1@443", CertificateIDs: ids(2)}), "ResourceNotFound.Listener", 404, "The specified resource lsn-1@443 is not found.", "ListenerId"},
	} {
		next, output := step(test.from, test.in)
		unchanged(t, test.from, next)
		e := output.Error
		if e.Code != test.code || e.Status != test.status || e.Message != test.message || e.Parameter != test.blamed {
			t.Errorf("%s (%d) %q, %s; want %s (%d) %q, %s", e.Code, e.Status, e.Message, e.Parameter, test.code, test.status, test.message, test.blamed)
		}
	}
}

// A listener of NLB takes certificates without a quota, changes its default one, and its
// jobs are seen by GetJobStatus alone.
func TestCertificatesOfNLB(t *testing.T) {
	s, output := must(t, network().State(), ofNLB(nlbAssociate, "a", ids(2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16)...))
	status := func(id string) any { return body(t, s, event(alb.GetJobStatus{JobID: id}))["Status"] }
	if got := status(output.JobID); got != "processing" {
		t.Errorf("the job is %v", got)
	}
	jobs := body(t, s, event(alb.ListAsynJobs{JobIDs: []string{output.JobID}}))["Jobs"].([]any)
	if len(jobs) != 0 || len(body(t, s, event(alb.ListAsynJobs{}))["Jobs"].([]any)) != 0 {
		t.Errorf("jobs of ALB: %v", jobs)
	}
	refused(t, s, ofNLB(nlbUpdate, "u", c(20)), errcodes.CondListenerConfiguring)
	s, _ = must(t, s, event(alb.JobFinished{Job: "job-a"}), ofNLB(nlbAssociate, "b", ids(17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28)...), event(alb.JobFinished{Job: "job-b"}))
	if got := status("job-a"); got != "Succeeded" {
		t.Errorf("the job is %v", got)
	}
	list := body(t, s, event(alb.ListListenerCertificates{Product: alb.NLB, ListenerID: "lsn-1@443", MaxResults: 100}))
	if certificates, plain := list["Certificates"].([]any), list["CertificateIds"].([]any); len(certificates) != 28 || len(plain) != 28 || plain[0] != c(1) {
		t.Errorf("%d certificates, ids %v", len(certificates), plain)
	}
	if ca := body(t, s, event(alb.ListListenerCertificates{Product: alb.NLB, ListenerID: "lsn-1@443", CertType: "Ca"})); len(ca["Certificates"].([]any)) != 0 {
		t.Errorf("CA certificates: %v", ca)
	}
	s, _ = must(t, s, ofNLB(nlbUpdate, "u", "29"), event(alb.JobFinished{Job: "job-u"}), ofNLB(nlbDisassociate, "d", ids(2, 3)...), event(alb.JobFinished{Job: "job-d"}))
	attribute := body(t, s, event(alb.GetListenerAttribute{Product: alb.NLB, ListenerID: "lsn-1@443"}))
	if diff := cmp.Diff([]any{c(29)}, attribute["CertificateIds"]); diff != "" || attribute["ListenerStatus"] != "Running" {
		t.Errorf("%s (-want +got)\n%s", attribute["ListenerStatus"], diff)
	}
	if users(t, s, c(1)) != 1 || users(t, s, c(2)) != 0 || users(t, s, c(29)) != 1 || users(t, s, c(4)) != 1 {
		t.Errorf("%d, %d, %d and %d listeners use the certificates", users(t, s, c(1)), users(t, s, c(2)), users(t, s, c(29)), users(t, s, c(4)))
	}
	gone, _ := must(t, s, ofNLB(nlbAssociate, "g", c(30)), event(alb.ListenerRemoved{ID: "lsn-1@443"}))
	if j, _ := gone.Jobs.Get("job-g"); j.Code != "ResourceNotFound.listener" {
		t.Errorf("the job failed with %s", j.Code)
	}
}

// A product lists what it has, page by page, and says nothing about the other's.
func TestProductsListTheirOwn(t *testing.T) {
	s := alb.Scenario{}.LoadBalancer("lb-1", alb.Standard).Listener("l-1", alb.HTTPS).Listener("l-2", alb.QUIC).Listener("l-3", alb.TCPSSL).
		NetworkLoadBalancer("lb-2").Listener("n-1", alb.TCPSSL).Listener("n-2", alb.TCP).Listener("n-3", alb.UDP).Listener("n-4", alb.HTTPS).
		NetworkLoadBalancer("lb-3").Listener("n-5", alb.TCPSSL).State()
	for _, test := range []struct {
		in   alb.ListListeners
		want string
	}{
		{alb.ListListeners{}, "l-1 l-2 l-3"},
		{alb.ListListeners{Protocol: alb.TCPSSL}, "l-3"},
		{alb.ListListeners{LoadBalancerIDs: []string{"lb-1", "lb-2"}}, "l-1 l-2 l-3"},
		{alb.ListListeners{ListenerIDs: []string{"l-1", "n-1"}}, "l-1"},
		{alb.ListListeners{Product: alb.NLB}, "n-1 n-2 n-3 n-4 n-5"},
		{alb.ListListeners{Product: alb.NLB, Protocol: alb.TCPSSL}, "n-1 n-5"},
		{alb.ListListeners{Product: alb.NLB, Protocol: alb.TCPSSL, LoadBalancerIDs: []string{"lb-3"}}, "n-5"},
		{alb.ListListeners{Product: alb.NLB, Protocol: alb.HTTPS}, "n-4"},
		{alb.ListListeners{Product: alb.NLB, LoadBalancerIDs: []string{"lb-1"}}, ""},
		{alb.ListListeners{Product: alb.NLB, ListenerIDs: []string{"l-1", "n-1"}}, "n-1"},
	} {
		for _, size := range []int{1, 2, 100} {
			got := strings.Join(pagesOf(t, s, size, func(token string) alb.Input {
				in := test.in
				in.MaxResults, in.NextToken = size, token
				return event(in)
			}, "Listeners", "ListenerId"), " ")
			if got != test.want {
				t.Errorf("%+v, pages of %d: %q; want %q", test.in, size, got, test.want)
			}
		}
	}
	for _, ids := range [][]string{nil, {"lb-1", "lb-2"}} {
		if got := body(t, s, event(alb.ListLoadBalancers{LoadBalancerIDs: ids}))["LoadBalancers"].([]any); len(got) != 1 {
			t.Errorf("%v: load balancers of ALB: %v", ids, got)
		}
	}
	refused(t, s, event(alb.GetLoadBalancerAttribute{LoadBalancerID: "lb-2"}), errcodes.CondLoadBalancerNotFound)
	refused(t, s, event(alb.GetListenerAttribute{ListenerID: "n-1"}), errcodes.CondListenerNotFound)
	refused(t, s, event(alb.DeleteListener{ListenerID: "n-1"}), errcodes.CondListenerNotFound)
	refused(t, s, event(alb.UpdateListenerAttribute{ListenerID: "n-1", CertificateID: c(1)}), errcodes.CondListenerNotFound)
	refused(t, s, create("r", func(in *alb.CreateListener) { in.LoadBalancerID = "lb-2" }), errcodes.CondLoadBalancerNotFound)
	if got := body(t, s, event(alb.GetLoadBalancerAttribute{Product: alb.NLB, LoadBalancerID: "lb-2"})); got["LoadBalancerType"] != "Network" || got["RegionId"] != cas.Region {
		t.Errorf("%v", got)
	}
}

// A load balancer of NLB has neither edition nor quota, and there are no other products.
func TestLoadBalancersOfNLB(t *testing.T) {
	s, _ := must(t, alb.State{}, event(alb.LoadBalancerAdded{ID: "nlb-1", LoadBalancer: alb.LoadBalancer{Product: alb.NLB}}))
	if lb, _ := s.LoadBalancers.Get("nlb-1"); lb.Edition != "" || lb.Limit() != lb.MaxLimit() {
		t.Errorf("%+v", lb)
	}
	for _, lb := range []alb.LoadBalancer{{Product: alb.NLB, Edition: alb.Basic}, {Product: alb.NLB, Quota: 10}, {Product: "Slb"}, {Product: "Alb"}} {
		ignoredBy(t, s, alb.LoadBalancerAdded{ID: "other", LoadBalancer: lb})
	}
	ignoredBy(t, s, alb.QuotaRaised{LoadBalancer: "nlb-1", Quota: 300})
	s, _ = must(t, s, event(alb.ListenerAdded{ID: "lsn", Listener: alb.Listener{Product: "Slb", LoadBalancer: "nlb-1", Protocol: alb.TCP}}))
	if l := listener(t, s, "lsn"); l.Product != alb.NLB || s.Class("lsn") != "TCP" {
		t.Errorf("%+v, %s", l, s.Class("lsn"))
	}
}

// Every action has a name of its own, so that JSON keeps its product.
func TestActionsHaveNames(t *testing.T) {
	var names []string
	for _, a := range alb.Actions() {
		data, err := alb.Input{Action: a}.MarshalJSON()
		var back alb.Input
		if err != nil || back.UnmarshalJSON(data) != nil || !cmp.Equal(a, back.Action) {
			t.Errorf("%s: %+v, %v", data, back, err)
		}
		name, _, _ := strings.Cut(strings.TrimPrefix(string(data), `{"`), `"`)
		names = append(names, name)
	}
	if unique := slices.Compact(slices.Sorted(slices.Values(names))); len(unique) != len(names) {
		t.Errorf("%q", names)
	}
}
