package alb_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"github.com/alicert/alicert/internal/testutil"
	"github.com/alicert/alicert/internal/universe"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cas"
)

type namedState struct {
	name  string
	state alb.State
}

type namedInput struct {
	name  string
	input alb.Input
}

// listenerClasses has one state of every class of listener that a request or an
// event tells from the others. A job that is processing is "job-j"; certificate 2
// is what it works on, 3 is associated, 4 and 5 are not.
func listenerClasses() []namedState {
	base := alb.Scenario{}.LoadBalancer("alb-1", alb.Standard).Listener("lsn-1", alb.HTTPS).NotServer("client-cn-hangzhou").Certificates(6)
	with := base.Default(c(1))
	var classes []namedState
	for _, b := range []alb.Scenario{
		alb.Scenario{}.LoadBalancer("alb-1", alb.Standard).Certificates(6),
		alb.Scenario{}.LoadBalancer("alb-1", alb.Standard).Certificates(6).Listener("lsn-1", alb.HTTP),
		with.Provisioning(),
		with,
		base,
		with.Associated(c(3)),
		base.Associated(c(3)),
		with.Quota(1).Associated(c(3)),
		with.Forbidden(),
		with.Associating("j", c(2)),
		with.Associated(c(3)).Associating("j", c(2)),
		with.Associated(c(2)).Dissociating("j", c(2)),
		with.Associated(c(2), c(3)).Dissociating("j", c(2)),
		with.Quota(1).Associating("j", c(2)),
		base.Associating("j", c(2)),
		with.Stopped(),
		with.Associated(c(3)).Stopped(),
		with.Associating("j", c(2)).Stopped(),
		with.Associated(c(2)).Dissociating("j", c(2)).Stopped(),
	} {
		s := b.State()
		classes = append(classes, namedState{s.Class("lsn-1"), s})
	}
	return classes
}

// inputClasses has one input of every class that some listener tells from the
// others.
func inputClasses() []namedInput {
	return []namedInput{
		{"Associate, malformed", associate("r", c(4), c(4))},
		{"Associate, a certificate", associate("r", c(4))},
		{"Associate, two certificates", associate("r", c(4), c(5))},
		{"Associate, an associated one", associate("r", c(4), c(3))},
		{"Associate, the default one", associate("r", c(1))},
		{"Associate, not for servers", associate("r", "client-cn-hangzhou")},
		{"Associate, an unknown one", associate("r", "9-cn-hangzhou")},
		{"Associate, dry run", ask("r", "", true, c(4))},
		{"Dissociate, malformed", dissociate("r")},
		{"Dissociate, an associated one", dissociate("r", c(3))},
		{"Dissociate, one not associated", dissociate("r", c(4))},
		{"Dissociate, the default one", dissociate("r", c(1))},
		{"Dissociate, dry run", dissociation("r", &request{ListenerID: "lsn-1", CertificateIDs: ids(3), DryRun: true})},
		{"Update, no certificate", update("r", "")},
		{"Update, a certificate", update("r", c(4))},
		{"Update, an associated one", update("r", c(3))},
		{"Update, an unknown one", update("r", "9-cn-hangzhou")},
		{"JobFinished", event(alb.JobFinished{Job: "job-j"})},
		{"JobFailed", event(alb.JobFailed{Job: "job-j"})},
		{"ListenerAdded", event(alb.ListenerAdded{ID: "lsn-1", Listener: alb.Listener{LoadBalancer: "alb-1", Protocol: alb.HTTPS, Default: c(1)}})},
		{"ListenerProvisioned", event(alb.ListenerProvisioned{ID: "lsn-1"})},
		{"ListenerStarted", event(alb.ListenerStarted{ID: "lsn-1"})},
		{"ListenerStopped", event(alb.ListenerStopped{ID: "lsn-1"})},
		{"ListenerRemoved", event(alb.ListenerRemoved{ID: "lsn-1"})},
		{"DefaultCertificateSet", event(alb.DefaultCertificateSet{Listener: "lsn-1", Certificate: c(6)})},
		{"DefaultCertificateSet, associated", event(alb.DefaultCertificateSet{Listener: "lsn-1", Certificate: c(3)})},
		{"DefaultCertificateRemoved", event(alb.DefaultCertificateRemoved{Listener: "lsn-1"})},
		{"PermissionChanged, allowed", event(alb.PermissionChanged{LoadBalancer: "alb-1", Allowed: true})},
		{"PermissionChanged, forbidden", event(alb.PermissionChanged{LoadBalancer: "alb-1"})},
		{"QuotaRaised", event(alb.QuotaRaised{LoadBalancer: "alb-1", Quota: 200})},
		{"CertificateRemoved, associated", event(cas.CertificateRemoved{Name: "certificate " + c(3)})},
		{"CertificateRemoved, the default", event(cas.CertificateRemoved{Name: "certificate " + c(1)})},
		{"CertificateRemoved, not used", event(cas.CertificateRemoved{Name: "certificate " + c(4)})},
		{"ListListenerCertificates", event(alb.ListListenerCertificates{ListenerID: "lsn-1"})},
		{"GetListenerAttribute", event(alb.GetListenerAttribute{ListenerID: "lsn-1"})},
	}
}

// The transition table: one line for each class of listener and of input. It is
// written by go test ./model/alb -run TestTransitions -update.
func TestTransitions(t *testing.T) {
	var got strings.Builder
	seen := map[string]bool{}
	for _, from := range listenerClasses() {
		if seen[from.name] {
			t.Errorf("two classes %s", from.name)
		}
		seen[from.name] = true
		for _, in := range inputClasses() {
			to, output := step(from.state, in.input)
			outcome := output.Outcome()
			if code := output.Error.Code; code != "" {
				outcome = fmt.Sprintf("%s (%s)", code, outcome)
			}
			fmt.Fprintf(&got, "%-44s | %-34s -> %-72s | %s\n", from.name, in.name, outcome, to.Class("lsn-1"))
		}
	}
	testutil.Golden(t, filepath.Join("testdata", "transitions.txt"), got.String())
}

// The table leaves out no class that the small space knows, up to what its
// listeners cannot be: it has a quota of one.
func TestTransitionsHaveEveryStatus(t *testing.T) {
	listed := map[string]bool{}
	for _, from := range listenerClasses() {
		l, _ := from.state.Listeners.Get("lsn-1")
		listed[string(l.Status)] = true
	}
	e := universe.ALB(universe.Small, 0).Explore(model.Limits{})
	for s := range e.States() {
		if l, _ := s.Listeners.Get("lsn-1"); !listed[string(l.Status)] {
			t.Errorf("no listener that is %s", l.Status)
		}
	}
}
