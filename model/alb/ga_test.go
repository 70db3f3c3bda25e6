package alb_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/universe"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/validate"
)

const (
	gaAssociate  = errcodes.GAAssociateAdditionalCertificatesWithListener
	gaReplace    = errcodes.UpdateAdditionalCertificateWithListener
	gaDissociate = errcodes.GADissociateAdditionalCertificatesFromListener
)

// Every condition and every row of every operation of GA is reached, or never answered, and
// no invariant breaks on the way.
func TestSpaceOfGA(t *testing.T) { reachesTables(t, alb.GA, universe.GA) }

// accelerated is a running HTTPS listener lsr-1 with default certificate 1, and a second
// one, beside an HTTPS listener of ALB.
func accelerated() alb.Scenario {
	return shop().Accelerator("ga-1").Listener("lsr-2", alb.HTTPS).Default(c(1)).Listener("lsr-1", alb.HTTPS).Default(c(1))
}

// ofGA is a request for lsr-1, with pairs of domains and certificates.
func ofGA(op errcodes.Operation, requestID string, pairs ...string) alb.Input {
	req := &request{Op: op, LoadBalancerID: "ga-1", ListenerID: "lsr-1", Region: cas.Region}
	for _, pair := range pairs {
		domain, id, both := strings.Cut(pair, "=")
		req.Domains = append(req.Domains, domain)
		if both {
			req.CertificateIDs = append(req.CertificateIDs, id)
		}
	}
	return alb.Change(requestID, req)
}

// domainsOf returns the certificates of lsr-1 as the read of its accelerator shows them.
func domainsOf(t *testing.T, s alb.State, role string) string {
	t.Helper()
	list := body(t, s, event(alb.ListListenerCertificates{Product: alb.GA, AcceleratorID: "ga-1", ListenerID: "lsr-1", RegionID: cas.Region, Role: role}))
	var shown []string
	for _, item := range list["Certificates"].([]any) {
		certificate := item.(map[string]any)
		domain, _ := certificate["Domain"].(string)
		shown = append(shown, fmt.Sprintf("%s=%s %s", domain, certificate["CertificateId"], certificate["State"]))
	}
	return strings.Join(shown, ", ")
}

func state(t *testing.T, s alb.State) string {
	t.Helper()
	l := body(t, s, event(alb.DescribeListener{ListenerID: "lsr-1", RegionID: cas.Region}))
	a := body(t, s, event(alb.DescribeAccelerator{AcceleratorID: "ga-1", RegionID: cas.Region}))
	return fmt.Sprint(l["State"], " ", a["State"])
}

// A domain gets a certificate, then another one, and loses it; each step ends well or fails.
func TestDomainsOfGA(t *testing.T) {
	done, failed := func(id string) alb.Input { return event(alb.JobFinished{Job: "job-" + id}) }, func(id string) alb.Input { return event(alb.JobFailed{Job: "job-" + id}) }
	s, output := must(t, accelerated().State(), ofGA(gaAssociate, "a", "A.Example=2", "*.b.example="+c(2)))
	if output.Body == nil || state(t, s) != "updating configuring" {
		t.Errorf("%+v, %s", output, state(t, s))
	}
	if got := domainsOf(t, s, "additional"); got != "*.b.example=2-cn-hangzhou updating, a.example=2-cn-hangzhou updating" {
		t.Error(got)
	}
	if got, _ := must(t, s, failed("a")); domainsOf(t, got, "") != "=1-cn-hangzhou active" || users(t, got, c(2)) != 0 {
		t.Error(domainsOf(t, got, ""))
	}
	s, _ = must(t, s, done("a"))
	if users(t, s, c(2)) != 2 || state(t, s) != "active active" {
		t.Errorf("%d uses, %s", users(t, s, c(2)), state(t, s))
	}
	s, _ = must(t, s, ofGA(gaReplace, "u", "a.example="+c(3)))
	if users(t, s, c(2)) != 2 || users(t, s, c(3)) != 1 || domainsOf(t, s, "additional") != "*.b.example=2-cn-hangzhou active, a.example=2-cn-hangzhou updating" {
		t.Error(domainsOf(t, s, ""))
	}
	for want, end := range map[string]alb.Input{c(3): done("u"), c(2): failed("u")} {
		if got, _ := must(t, s, end); domainsOf(t, got, "additional") != "*.b.example=2-cn-hangzhou active, a.example="+want+" active" {
			t.Errorf("%s: %s", end.Action, domainsOf(t, got, ""))
		}
	}
	s, _ = must(t, s, done("u"), ofGA(gaDissociate, "d", "a.example"))
	if got, _ := must(t, s, failed("d")); users(t, got, c(3)) != 1 {
		t.Errorf("%d uses after a failure", users(t, got, c(3)))
	}
	s, _ = must(t, s, done("d"))
	if got := domainsOf(t, s, ""); got != "=1-cn-hangzhou active, *.b.example=2-cn-hangzhou active" || users(t, s, c(3)) != 0 {
		t.Error(got)
	}
	s, _ = must(t, s, alb.Change("v", &request{Op: errcodes.UpdateListener, ListenerID: "lsr-1", CertificateIDs: []string{c(2)}}), done("v"))
	if got := domainsOf(t, s, ""); got != "=2-cn-hangzhou active, *.b.example=2-cn-hangzhou active" { // the domain keeps its own
		t.Error(got)
	}
	s, _ = must(t, s, event(alb.ListenerRemoved{ID: "lsr-1"}))
	if users(t, s, c(2)) != 0 {
		t.Errorf("%d uses of a listener that is gone", users(t, s, c(2)))
	}
}

// What GA answers, to the letter.
func TestAnswersOfGA(t *testing.T) {
	s := accelerated().State()
	busy, _ := must(t, s, alb.Change("b", &request{Op: errcodes.UpdateListener, ListenerID: "lsr-2", CertificateIDs: []string{c(2)}}))
	own, _ := must(t, s, ofGA(gaAssociate, "b", "a.example="+c(2)))
	has, _ := must(t, own, event(alb.JobFinished{Job: "job-b"}))
	for _, test := range []struct {
		from                  alb.State
		in                    alb.Input
		code, message, blamed string
	}{
		{busy, ofGA(gaAssociate, "r", "a.example="+c(2)), "StateError.Accelerator", "The state of the accelerated instance is invalid.", "ListenerId"},
		{own, ofGA(gaReplace, "r", "a.example="+c(3)), "NotActive.Listener", "The state of the listener is not active.", "ListenerId"},
		{has, ofGA(gaAssociate, "r", "b.example="+c(2), "a.example="+c(3)), "ResourceAlreadyAssociated.Certificate", "The specified resource a.example is already associated.", "Certificates.2.Domain"},
		{has, ofGA(gaAssociate, "r", "b.example="+c(2), "c.example=99"), "ResourceNotFound.Certificate", "The specified resource 99 is not found.", "Certificates.2.Id"},
		{s, ofGA(gaAssociate, "r", "b.example="+c(2), "B.example="+c(3)), "ResourceAlreadyAssociated.Certificate", "The specified resource b.example is already associated.", "Certificates.2.Domain"},
		{s, ofGA(gaAssociate, "r", "b.example="+c(2), ".b.example="+c(3)), "InvalidParameter", "Invalid parameter, please check the parameter input.", "Certificates.2.Domain"},
		{s, ofGA(gaReplace, "r", "a.example="+c(3)), "ResourceNotAssociated.Certificate", "The specified resource a.example is not associated.", "Domain"},
		{s, ofGA(gaReplace, "r", "="+c(3)), "MissingDomain", "Domain is mandatory for this action.", "Domain"},
		{s, ofGA(gaReplace, "r", "a.example"), "MissingCertificateId", "CertificateId is mandatory for this action.", "CertificateId"},
		{has, ofGA(gaDissociate, "r", "a.example", "b.example"), "ResourceNotAssociated.Certificate", "The specified resource b.example is not associated.", "Domains.2"},
	} {
		next, output := step(test.from, test.in)
		unchanged(t, test.from, next)
		e := output.Error
		if string(e.Code) != test.code || e.Status != 400 || e.Message != test.message || e.Parameter != test.blamed {
			t.Errorf("%s (%d) %q, %s; want %s %q, %s", e.Code, e.Status, e.Message, e.Parameter, test.code, test.message, test.blamed)
		}
	}
	// A repeated request is answered as before; a token does not serve other domains.
	again, output := must(t, has, ofGA(gaAssociate, "b", "a.example="+c(2)))
	if unchanged(t, has, again); output.Body == nil {
		t.Errorf("%+v", output)
	}
	refused(t, has, ofGA(gaAssociate, "b", "other.example="+c(2)), errcodes.CondTokenReused)
	ignoredBy(t, s, alb.ListenerStopped{ID: "lsr-1"})
	ignoredBy(t, s, alb.ListenerAdded{ID: "lsr-3", Listener: alb.Listener{LoadBalancer: "ga-1", Protocol: alb.HTTPS, Status: alb.Stopped}})
}

// The conditions of a request alone are the same before a call and in the machine, for any
// number of domains and certificates.
func TestRequestsOfGAAreThoseOfValidate(t *testing.T) {
	for _, op := range []errcodes.Operation{gaAssociate, gaReplace, gaDissociate, errcodes.UpdateListener} {
		for n := range 18 {
			for _, odd := range []string{"", "a b", ".a.example", "*.a.example", "1.2.3.4", "0.example"} {
				req := &request{Op: op, LoadBalancerID: "ga-1", ListenerID: "lsr-1", Region: cas.Region}
				for i := range n {
					req.Domains, req.CertificateIDs = append(req.Domains, fmt.Sprintf("%d.example", i)), append(req.CertificateIDs, c(i+2))
				}
				others := *req
				others.Domains, others.CertificateIDs = append(others.Domains, odd), append(others.CertificateIDs, odd)
				for _, r := range []*request{
					req, &others,
					{Op: op, Region: cas.Region, LoadBalancerID: "ga-1", ListenerID: "lsr-1", Domains: others.Domains},
					{Op: op, Region: cas.Region, LoadBalancerID: "ga-1", ListenerID: "lsr-1", CertificateIDs: others.CertificateIDs},
					{Op: op, ListenerID: "lsr-1", Domains: req.Domains, CertificateIDs: req.CertificateIDs, ClientToken: "é", Malformed: validate.Malformed{DryRun: "1"}},
				} {
					verdict, is := validate.Check(r, validate.Options{}).Verdict()
					_, output := step(accelerated().State(), alb.Change("r", r))
					if is && output.Error != verdict || !is && output.Error.Code != "" && op.Table().Rank(output.Error.Condition) < op.Table().Rank(errcodes.CondListenerNotFound) {
						t.Errorf("%s, %d entries, %q: the machine answers %+v, validate %+v", op.ID(), n, odd, output.Error, verdict)
					}
				}
			}
		}
	}
}

// An accelerator lists its listeners by number of the page, and no others.
func TestListenersOfAnAccelerator(t *testing.T) {
	s := accelerated().Accelerator("ga-2").Listener("lsr-3", alb.UDP).State()
	for page, want := range []string{"lsr-1", "lsr-1", "lsr-2", ""} {
		list := body(t, s, event(alb.ListListeners{Product: alb.GA, AcceleratorID: "ga-1", RegionID: cas.Region, PageNumber: page, PageSize: 1}))
		got := ""
		for _, item := range list["Listeners"].([]any) {
			got += item.(map[string]any)["ListenerId"].(string)
		}
		if got != want || list["TotalCount"] != 2.0 {
			t.Errorf("page %d has %s of %v; want %s", page, got, list["TotalCount"], want)
		}
	}
	refused(t, s, event(alb.ListListeners{Product: alb.GA, AcceleratorID: "alb-1", RegionID: cas.Region}), errcodes.CondLoadBalancerNotFound)
	if s.Class("lsr-3") != "TCP" || s.Class("lsr-1") != "Running" {
		t.Errorf("%s, %s", s.Class("lsr-3"), s.Class("lsr-1"))
	}
}
