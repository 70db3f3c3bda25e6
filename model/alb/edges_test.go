package alb_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/testutil"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cas"
)

// A job that sets a default certificate uses that certificate, so it cannot be
// removed from under it.
func TestCertificateOfAProcessingJobStays(t *testing.T) {
	for _, end := range []model.Action{alb.JobFinished{Job: "job-u"}, alb.JobFailed{Job: "job-u"}, alb.ListenerRemoved{ID: "lsn-1"}} {
		s, _ := must(t, shop().State(), update("u", c(2)))
		if got := users(t, s, c(2)); got != 1 {
			t.Errorf("%d users of the certificate that is being set, want 1", got)
		}
		ignoredBy(t, s, cas.CertificateRemoved{Name: "certificate " + c(2)})
		s, _ = must(t, s, event(end))
		want := 0
		if (end == alb.JobFinished{Job: "job-u"}) {
			want = 1
		}
		if got := users(t, s, c(2)); got != want {
			t.Errorf("after %T: %d users, want %d", end, got, want)
		}
	}
}

// The rule's grade depends on the table that the machine answers by.
func TestVerdictsAreGradedByTheEdition(t *testing.T) {
	tests := map[errcodes.Version]errcodes.Table{
		errcodes.Original: {Operation: errcodes.AssociateAdditionalCertificatesWithListener, Version: errcodes.Original},
		errcodes.Current:  {Operation: errcodes.AssociateAdditionalCertificatesWithListener, Version: errcodes.Current},
	}
	differ := 0
	for version, table := range tests {
		for _, req := range []*request{{}, {ListenerID: "l"}, {ListenerID: "l", CertificateIDs: []string{""}}, {ListenerID: "l", CertificateIDs: []string{"a-b-c", "a-b-c"}}} {
			_, output := alb.Machine{Version: version}.Step(alb.State{}, alb.Change("r", req))
			if got, want := output.Error.Evidence, table.Evidence(output.Error.Condition); got != want || got == 0 {
				t.Errorf("version %v, %v: grade %v, want %v", version, output.Error.Condition, got, want)
			}
			if row, _ := table.Row(output.Error.Condition); output.Error.Origin != row.Origin {
				t.Errorf("version %v, %v: edition %v, want %v", version, output.Error.Condition, output.Error.Origin, row.Origin)
			}
			if output.Error.Evidence != errcodes.AssociateAdditionalCertificatesWithListener.Table().Evidence(output.Error.Condition) {
				differ++
			}
		}
	}
	if differ == 0 {
		t.Error("the editions grade nothing differently")
	}
}

// Ids that the tables of the state could not tell apart are no ids.
func TestImpossibleThingsDoNotAppear(t *testing.T) {
	s := shop().State()
	for _, l := range []string{"", "lsn 2", "lsn-1 2"} {
		ignoredBy(t, s, alb.ListenerAdded{ID: l, Listener: alb.Listener{LoadBalancer: "alb-1", Protocol: alb.HTTPS}})
	}
	ignoredBy(t, s, alb.ListenerAdded{ID: "lsn-2", Listener: alb.Listener{LoadBalancer: "alb-1", Protocol: alb.HTTPS, Status: "Sleeping"}})
	ignoredBy(t, s, alb.LoadBalancerAdded{ID: "alb-2", LoadBalancer: alb.LoadBalancer{Edition: "Gold"}})
	ignoredBy(t, s, alb.LoadBalancerAdded{ID: "alb-2", LoadBalancer: alb.LoadBalancer{Edition: alb.Basic, Quota: 151}})
	ignoredBy(t, s, alb.LoadBalancerAdded{ID: "alb-2", LoadBalancer: alb.LoadBalancer{Edition: alb.Basic, Quota: -1}})
}

// Even an event that brings one along puts no private key into a state.
func TestEventsTakeNoPrivateKey(t *testing.T) {
	const key = "-----BEGIN PRIVATE KEY-----"
	ignoredBy(t, alb.State{}, alb.LoadBalancerAdded{ID: key})
	s, _ := must(t, alb.State{}, event(alb.LoadBalancerAdded{ID: "alb-1"}))
	ignoredBy(t, s, alb.ListenerAdded{ID: "lsn-1", Listener: alb.Listener{LoadBalancer: "alb-1", Protocol: key}})
	for _, label := range []string{"RSA PRIVATE KEY", "PRIVATE KEY", "ENCRYPTED PRIVATE KEY"} {
		pem := "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n-----BEGIN " + label + "-----\nAAAA\n-----END " + label + "-----\n"
		ignoredBy(t, alb.State{}, cas.CertificateAdded{Certificate: cas.Certificate{Name: "n", ID: "1-cn-x", PEM: pem}})
	}
}

// A list is in the order of its keys whatever the ids begin with, or paging
// would lose items.
func TestOddIDsArePagedToo(t *testing.T) {
	s := alb.Scenario{}.LoadBalancer("alb-1", alb.Basic).Listener("lsn-1", alb.HTTPS).Default("b-x-y").Associated("!a-x-y", "\"c-x-y").State()
	got := strings.Join(pagesOf(t, s, 1, func(token string) alb.Input {
		return event(alb.ListListenerCertificates{ListenerID: "lsn-1", MaxResults: 1, NextToken: token})
	}, "Certificates", "CertificateId"), " ")
	if want := "b-x-y !a-x-y \"c-x-y"; got != want {
		t.Errorf("%s, want %s", got, want)
	}
}

// The sources spell the type of a CA certificate in two ways.
func TestCertificateTypeInAnyCase(t *testing.T) {
	for _, kind := range []string{"Ca", "CA"} {
		_, output := step(shop().State(), event(alb.ListListenerCertificates{ListenerID: "lsn-1", CertificateType: kind}))
		if !strings.Contains(text(t, output), `"TotalCount":0`) {
			t.Errorf("type %s lists %s", kind, text(t, output))
		}
	}
}

// What a request holds survives a journal, whatever a client sent.
func TestInputsOfOddRequestsAreLossless(t *testing.T) {
	inputs := []alb.Input{
		alb.Change("r", &request{ListenerID: "lsn-\xff", CertificateIDs: ids(2)}),
		dissociation("r", &request{ListenerID: "lsn-\xff", CertificateIDs: ids(2)}),
		event(alb.ChangeCertificates{Operation: errcodes.AssociateAdditionalCertificatesWithListener, CertificateIDs: []string{}}),
		event(alb.ChangeCertificates{Operation: errcodes.DissociateAdditionalCertificatesFromListener, CertificateIDs: []string{}}),
		event(alb.ListListeners{ListenerIDs: []string{}, LoadBalancerIDs: []string{}}),
		event(alb.ListLoadBalancers{LoadBalancerIDs: []string{}, LoadBalancerNames: []string{}}),
		event(alb.ListAsynJobs{JobIDs: []string{}, ResourceIDs: []string{}}),
	}
	for _, in := range inputs {
		testutil.RoundTrip(t, in)
	}
}

// The parameter to blame has the number of the certificate that decided.
func TestParameterHasTheNumber(t *testing.T) {
	s := shop().Associated(c(3)).State()
	tests := []struct {
		in   alb.Input
		want string
	}{
		{associate("r", c(2), "unknown-cn-x"), "Certificates.2.CertificateId"},
		{associate("r", c(1), c(2)), "Certificates.1.CertificateId"},
		{associate("r", c(2), c(4), c(3)), "Certificates.3.CertificateId"},
		{dissociate("r", c(3), c(1)), "Certificates.2.CertificateId"},
		{dissociate("r", c(3), c(3)), "Certificates.2.CertificateId"},
		{update("r", "unknown-cn-x"), "Certificates.1.CertificateId"},
	}
	for _, test := range tests {
		if _, output := step(s, test.in); output.Error.Parameter != test.want {
			t.Errorf("%+v: parameter %q, want %s", test.in, output.Error.Parameter, test.want)
		}
	}
}

// The same id twice is found with the certificates, after the listener.
func TestDissociateChecksRepeatedIDsPerCertificate(t *testing.T) {
	s := shop().Associated(c(2)).State()
	refused(t, s, dissociate("r", c(2), c(2)), errcodes.CondCertificateRepeated)
	refused(t, s, dissociate("r", c(3), c(3)), errcodes.CondCertificateNotAssociated)
	refused(t, s, dissociate("r", c(2), c(1), c(1)), errcodes.CondCertificateIsDefault)
	refused(t, s, dissociation("r", &request{ListenerID: "none", CertificateIDs: ids(2, 2)}), errcodes.CondListenerNotFound)
	refused(t, shop().Associating("a", c(3)).State(), dissociate("r", c(2), c(2)), errcodes.CondListenerConfiguring)
	out := refused(t, s, dissociation("r", &request{ListenerID: "lsn-1", CertificateIDs: ids(2, 2), DryRun: true}), errcodes.CondCertificateRepeated)
	if out.Error.Code != errcodes.InvalidParameter || out.Error.Message != "Invalid parameter, please check the parameter input." {
		t.Errorf("%+v", out.Error)
	}
}

// The subject names the token, not the key it is kept under.
func TestTokenReusedNamesTheToken(t *testing.T) {
	s, _ := must(t, shop().State(), alb.Change("r", &request{ListenerID: "lsn-1", CertificateIDs: ids(2), ClientToken: "t"}))
	_, output := step(s, alb.Change("r2", &request{ListenerID: "lsn-1", CertificateIDs: ids(3), ClientToken: "t"}))
	if want := `client token "t"`; output.Target != want {
		t.Errorf("subject %s, want %s", output.Target, want)
	}
}

// A private key that was given in the wrong place is not repeated.
func TestMisplacedPrivateKeyIsNotRepeated(t *testing.T) {
	const key = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIA\n"
	for _, make := range []func(string, *request) alb.Input{alb.Change, dissociation} {
		for _, req := range []*request{
			{ListenerID: key, CertificateIDs: ids(2)},
			{ListenerID: "lsn-1", CertificateIDs: []string{key}},
			{ListenerID: "lsn-1", CertificateIDs: ids(2), ClientToken: key},
		} {
			in := make("r", req)
			_, output := step(shop().State(), in)
			if text := fmt.Sprintf("%+v %+v", in, output); output.OK() || strings.Contains(text, "MC4CAQ") {
				t.Errorf("%s", text)
			}
		}
	}
}
