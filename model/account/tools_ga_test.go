package account_test

import (
	"fmt"
	"testing"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model/account"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/validate"
)

const (
	shopDomain   = "shop.example.com"
	gaAssociate  = errcodes.GAAssociateAdditionalCertificatesWithListener
	gaReplace    = errcodes.UpdateAdditionalCertificateWithListener
	gaDissociate = errcodes.GADissociateAdditionalCertificatesFromListener
)

// accelerated is an accelerator with two HTTPS listeners and one for HTTP.
func accelerated(t *testing.T) account.State {
	t.Helper()
	s, _ := accepted(t, account.State{}, shop()[1], input(alb.LoadBalancerAdded{ID: "ga-1", LoadBalancer: alb.LoadBalancer{Product: alb.GA}}))
	for id, protocol := range map[string]alb.Protocol{"lsr-1": alb.HTTPS, "lsr-2": alb.HTTPS, "lsr-80": alb.HTTP} {
		l := alb.Listener{LoadBalancer: "ga-1", Protocol: protocol, Status: alb.Running}
		if protocol == alb.HTTPS {
			l.Default = "1-cn-hangzhou"
		}
		s, _ = accepted(t, s, input(alb.ListenerAdded{ID: id, Listener: l}))
	}
	return s
}

// ofGA is a request about listener lsr-1, with one certificate for each of some domains.
func ofGA(op errcodes.Operation, requestID, id string, domains ...string) account.Input {
	req := &validate.ALBRequest{Op: op, Region: cas.Region, LoadBalancerID: "ga-1", ListenerID: "lsr-1", Domains: domains}
	for range max(len(domains), 1) {
		if id != "" {
			req.CertificateIDs = append(req.CertificateIDs, id)
		}
	}
	return input(alb.Change(requestID, req).Action)
}

// defaultOf sets the default certificate of a listener.
func defaultOf(requestID, listener, id string) account.Input {
	return input(alb.Change(requestID, &validate.ALBRequest{Op: errcodes.UpdateListener, Region: cas.Region, ListenerID: listener, CertificateIDs: []string{id}}).Action)
}

// certificatesOf lists the certificates of a listener by domain, the default one by "".
func certificatesOf(t *testing.T, s account.State, listener, role string) map[string]string {
	t.Helper()
	byDomain := map[string]string{}
	for next := ""; ; {
		_, out := accepted(t, s, input(alb.ListListenerCertificates{
			Product: alb.GA, RequestID: "l", RegionID: cas.Region, AcceleratorID: "ga-1", ListenerID: listener, Role: role, MaxResults: 1, NextToken: next,
		}))
		page := decoded[struct {
			Certificates []struct {
				CertificateID string `json:"CertificateId"`
				Domain        string
				IsDefault     bool
			}
			NextToken string
		}](t, out)
		for _, c := range page.Certificates {
			if c.IsDefault != (c.Domain == "") {
				t.Errorf("%+v", c)
			}
			byDomain[c.Domain] = c.CertificateID
		}
		if next = page.NextToken; next == "" {
			return byDomain
		}
	}
}

// statesOfGA returns the states of listener lsr-1 and of its accelerator.
func statesOfGA(t *testing.T, s account.State) string {
	t.Helper()
	type body struct{ State string }
	_, l := accepted(t, s, input(alb.DescribeListener{RequestID: "d", RegionID: cas.Region, ListenerID: "lsr-1"}))
	_, a := accepted(t, s, input(alb.DescribeAccelerator{RequestID: "d", RegionID: cas.Region, AcceleratorID: "ga-1"}))
	return decoded[body](t, l).State + " " + decoded[body](t, a).State
}

func refusedByGA(t *testing.T, s account.State, in account.Input, code errcodes.Code) {
	t.Helper()
	if next, out := (account.Machine{}).Step(s, in); out.Error.Code != code || out.Error.Status != 400 || next != s {
		t.Errorf("%s: %s; want %s", in.Name(), out.Outcome(), code)
	}
}

// TestAcceleratorByCertimate: certimate sets the default certificate of each HTTPS listener
// of an accelerator that has another one. It does not wait for the first, so the second is
// refused, and the next run sets it.
func TestAcceleratorByCertimate(t *testing.T) {
	s, _ := accepted(t, accelerated(t), upload(t, "u", "certimate_1"))
	for round, want := range []string{"lsr-1", "lsr-2", ""} {
		_, out := accepted(t, s, input(alb.ListListeners{Product: alb.GA, RequestID: "l", RegionID: cas.Region, AcceleratorID: "ga-1", PageNumber: 1, PageSize: 50}))
		set, job := "", ""
		for _, l := range decoded[struct {
			Listeners []struct {
				ListenerID string `json:"ListenerId"`
				Protocol   string
			}
		}](t, out).Listeners {
			if l.Protocol != "https" || certificatesOf(t, s, l.ListenerID, "")[""] == uploaded {
				continue
			}
			requestID := fmt.Sprint("v", round, l.ListenerID)
			in := defaultOf(requestID, l.ListenerID, uploaded)
			if set != "" {
				refusedByGA(t, s, in, errcodes.StateErrorAccelerator)
				continue
			}
			set, job = l.ListenerID, requestID
			s, _ = accepted(t, s, in)
		}
		if set != want {
			t.Errorf("round %d: set %q; want %q", round, set, want)
		}
		if set != "" {
			s, _ = accepted(t, s, finish(job))
		}
	}
}

// TestDomainByCertimate: certimate looks whether a certificate of the listener is the new
// one, then whether the domain has one, which it replaces.
func TestDomainByCertimate(t *testing.T) {
	s := accelerated(t)
	for round, op := range []errcodes.Operation{gaAssociate, gaReplace} {
		id, requestID := cas.IDOf(1000001+round), fmt.Sprint("c", round)
		s, _ = accepted(t, s, upload(t, fmt.Sprint("u", round), fmt.Sprint("certimate_", round)))
		old, added := certificatesOf(t, s, "lsr-1", "")[shopDomain]
		if added != (op == gaReplace) || old == id {
			t.Errorf("round %d: the domain has %q", round, old)
		}
		s, _ = accepted(t, s, ofGA(op, requestID, id, shopDomain), finish(requestID))
		if got := certificatesOf(t, s, "lsr-1", ""); got[shopDomain] != id || got[""] != "1-cn-hangzhou" {
			t.Errorf("round %d: %v", round, got)
		}
	}
	// What was replaced can go, and what replaced it cannot.
	s, _ = accepted(t, s, input(cas.DeleteUserCertificate{RequestID: "d", CertID: 1000001}))
	if _, out := (account.Machine{}).Step(s, input(cas.DeleteUserCertificate{RequestID: "d", CertID: 1000002})); out.Error.Condition != errcodes.CondCertificateInUse {
		t.Errorf("the certificate in use: %s", out.Outcome())
	}
}

// TestDomainsByDnsmgr: dnsmgr replaces the certificates of the domains that have one, and
// associates one for the others in one call. It does not wait, so only the first of its
// calls is accepted, and each run brings it one step further. The default certificate it
// sets without looking.
func TestDomainsByDnsmgr(t *testing.T) {
	domains := []string{www, shopDomain}
	s := accelerated(t)
	run := func(name, id string) (accepts int) {
		t.Helper()
		has := certificatesOf(t, s, "lsr-1", "")
		var calls []account.Input
		var missing []string
		for i, domain := range domains {
			switch old, found := has[domain]; {
			case !found:
				missing = append(missing, domain)
			case old != id:
				calls = append(calls, ofGA(gaReplace, fmt.Sprint(name, i), id, domain))
			}
		}
		if len(missing) > 0 {
			calls = append(calls, ofGA(gaAssociate, name+"a", id, missing...))
		}
		for i, call := range calls {
			if i > 0 {
				refusedByGA(t, s, call, errcodes.NotActiveListener)
				continue
			}
			s, _ = accepted(t, s, call)
		}
		for _, job := range []string{name + "0", name + "1", name + "a"} {
			if s.ALB.Jobs.Has("job-" + job) {
				s, _ = accepted(t, s, finish(job))
			}
		}
		return len(calls)
	}
	s, _ = accepted(t, s, upload(t, "u1", "first"))
	for i, want := range []int{1, 0} { // both domains in one call
		if n := run(fmt.Sprint("r", i), uploaded); n != want {
			t.Errorf("run %d: %d calls; want %d", i, n, want)
		}
	}
	const renewed = "1000002-cn-hangzhou"
	s, _ = accepted(t, s, upload(t, "u2", "second"))
	for i, want := range []int{2, 1, 0} {
		if n := run(fmt.Sprint("s", i), renewed); n != want {
			t.Errorf("run %d of the renewal: %d calls; want %d", i, n, want)
		}
	}
	s, _ = accepted(t, s, defaultOf("v", "lsr-1", renewed), finish("v"))
	if got := certificatesOf(t, s, "lsr-1", "default"); len(got) != 1 || got[""] != renewed {
		t.Errorf("%v", got)
	}
}

// TestAcceleratorByTerraform: the provider associates a certificate for a domain, waits until
// listener and accelerator are active, finds it in the list of the additional ones, replaces
// it, removes it and does not find it any more; what it may try again it is told so. The
// default certificate is one of the listener's own resource.
func TestAcceleratorByTerraform(t *testing.T) {
	const renewed = "1000002-cn-hangzhou"
	s, _ := accepted(t, accelerated(t), upload(t, "u1", "tf-1"), upload(t, "u2", "tf-2"))
	for i, step := range []struct {
		op  errcodes.Operation
		id  string
		has map[string]string
	}{
		{gaAssociate, uploaded, map[string]string{shopDomain: uploaded}},
		{gaReplace, renewed, map[string]string{shopDomain: renewed}},
		{gaDissociate, "", map[string]string{}},
	} {
		requestID := fmt.Sprint("tf-", i)
		s, _ = accepted(t, s, ofGA(step.op, requestID, step.id, shopDomain))
		if got := statesOfGA(t, s); got != "updating configuring" {
			t.Errorf("step %d: %s", i, got)
		}
		refusedByGA(t, s, ofGA(step.op, "again", step.id, shopDomain), errcodes.NotActiveListener)
		refusedByGA(t, s, defaultOf("other", "lsr-2", renewed), errcodes.StateErrorAccelerator)
		s, _ = accepted(t, s, finish(requestID))
		if got := statesOfGA(t, s); got != "active active" {
			t.Errorf("step %d: %s", i, got)
		}
		if got := certificatesOf(t, s, "lsr-1", "additional"); fmt.Sprint(got) != fmt.Sprint(step.has) {
			t.Errorf("step %d: %v; want %v", i, got, step.has)
		}
	}
	s, _ = accepted(t, s, defaultOf("v", "lsr-1", renewed), finish("v"))
	_, out := accepted(t, s, input(alb.DescribeListener{RequestID: "d", RegionID: cas.Region, ListenerID: "lsr-1"}))
	if got := decoded[struct {
		Certificates []struct {
			ID string `json:"Id"`
		}
	}](t, out).Certificates; len(got) != 1 || got[0].ID != renewed {
		t.Errorf("%+v", got)
	}
	s, _ = accepted(t, s, input(cas.DeleteUserCertificate{RequestID: "d", CertID: 1000001}))
	if _, out := (account.Machine{}).Step(s, input(cas.DeleteUserCertificate{RequestID: "d", CertID: 1000002})); out.Error.Condition != errcodes.CondCertificateInUse {
		t.Errorf("the certificate in use: %s", out.Outcome())
	}
}
