package cdn_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/cdn"
)

// Each event turns one state into another, and then does not apply any more;
// nor does it in an empty account.
func TestEventsApplyOnce(t *testing.T) {
	domain := cdn.Scenario{}.HTTPSDomain(www)
	free := domain.FreeCertificate()
	upload := domain.Certificate("A", "").Bound()
	center := cdn.Scenario{}.CenterCertificate("C", "")
	failed := free.State()
	failed.Domains = failed.Domains.Set(www, cdn.Domain{Free: cdn.FreeFailed})
	empty := cdn.State{}
	tests := map[string]struct {
		from  cdn.State
		event model.Action
		to    cdn.State
	}{
		"account suspended":               {empty, cdn.AccountSuspended{}, cdn.Scenario{}.Suspended().State()},
		"account reinstated":              {domain.Suspended().State(), cdn.AccountReinstated{}, domain.State()},
		"domain added":                    {empty, cdn.DomainAdded{Name: www}, domain.State()},
		"foreign domain added":            {empty, cdn.DomainAdded{Name: www, Domain: cdn.Domain{Foreign: true}}, cdn.Scenario{}.ForeignDomain(www).State()},
		"domain removed":                  {domain.State(), cdn.DomainRemoved{Name: www}, empty},
		"configuration finished":          {domain.Configuring().State(), cdn.ConfigurationFinished{Domain: www}, domain.State()},
		"configuration finished, offline": {domain.Configuring().Offline().State(), cdn.ConfigurationFinished{Domain: www}, domain.Offline().State()},
		"taken offline":                   {upload.State(), cdn.DomainTakenOffline{Domain: www}, upload.Offline().State()},
		"brought online":                  {upload.Offline().Configuring().State(), cdn.DomainBroughtOnline{Domain: www}, upload.Configuring().State()},
		"protection on":                   {upload.State(), cdn.ProtectionChanged{Domain: www, On: true}, upload.Protected().State()},
		"protection off, in effect":       {upload.Protected().State(), cdn.ProtectionChanged{Domain: www}, upload.State()},
		"protection off, not in effect":   {domain.Certificate("A", "").BoundNotInEffect().State(), cdn.ProtectionChanged{Domain: www}, upload.State()},
		"schedule on":                     {domain.State(), cdn.ScheduleChanged{Domain: www, On: true}, domain.Scheduled().State()},
		"schedule off":                    {domain.Scheduled().State(), cdn.ScheduleChanged{Domain: www}, domain.State()},
		"permission taken":                {domain.State(), cdn.PermissionChanged{Domain: www}, domain.Forbidden().State()},
		"permission given":                {domain.Forbidden().State(), cdn.PermissionChanged{Domain: www, Allowed: true}, domain.State()},
		"free certificate issued":         {domain.State(), cdn.FreeCertificateIssued{Domain: www}, free.State()},
		"free certificate issued again":   {failed, cdn.FreeCertificateIssued{Domain: www}, free.State()},
		"free certificate withdrawn":      {free.State(), cdn.FreeCertificateWithdrawn{Domain: www}, failed},
		"certificate removed":             {domain.CenterCertificate("C", "").State(), cas.CertificateRemoved{Name: "C"}, numbered(domain.State())},
		"certificate revoked":             {center.State(), cas.CertificateStatusChanged{Name: "C", Status: cas.Revoked}, center.Revoked().State()},
		"certificate expired":             {center.State(), cas.CertificateStatusChanged{Name: "C", Status: cas.Expired}, center.Expired().State()},
		"certificate issued":              {center.Pending().State(), cas.CertificateStatusChanged{Name: "C", Status: cas.Issued}, center.State()},
		"lock taken":                      {upload.State(), cas.LockChanged{Name: "A", On: true}, upload.Locked().State()},
		"lock taken, cas":                 {center.State(), cas.LockChanged{Name: "C", On: true}, center.Locked().State()},
		"lock released":                   {upload.Locked().State(), cas.LockChanged{Name: "A"}, upload.State()},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got, output := must(t, test.from, event(test.event))
			if !output.Equal(model.Output{}) {
				t.Errorf("%+v", output)
			}
			if diff := cmp.Diff(test.to, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
			ignored(t, got, test.event)
			switch test.event.(type) {
			case cdn.AccountSuspended, cdn.DomainAdded:
			default:
				ignored(t, cdn.State{}, test.event)
			}
		})
	}
}

// numbered returns a state whose center has given out one number.
func numbered(s cdn.State) cdn.State {
	s.CAS.Numbered = 1
	return s
}

func TestCertificateAdded(t *testing.T) {
	a := pairA()
	leaf := certificate(t, cdn.Scenario{}.Certificate("A", a.pem).State(), "A").Leaf
	e := cas.CertificateAdded{
		Certificate: cas.Certificate{Name: "C", ID: "7-cn-hangzhou", Source: cas.FromCDN, Leaf: leaf, Domains: 3, Listeners: 4, PEM: a.pem, Content: "made up"},
	}
	s, _ := must(t, cdn.State{}, event(e))
	want := cas.Certificate{
		Name: "C", ID: "7-cn-hangzhou", Source: cas.FromCAS, Status: cas.Issued, PEM: a.pem, Leaf: leaf, Content: cas.ContentOf(a.pem),
	}
	if got := certificate(t, s, "C"); got != want {
		t.Errorf("%+v, want %+v", got, want)
	}
	if got, _ := s.CAS.ByID("7-cn-hangzhou"); got != want {
		t.Errorf("by id: %+v", got)
	}
	if got, _ := s.CAS.ByLeaf(leaf.SHA256, cas.Region); got != want {
		t.Errorf("by leaf: %+v", got)
	}
	ignored(t, s, e)
	e.Certificate.Name = "D"
	ignored(t, s, e) // the id is taken
	e.Certificate.ID = ""
	e.Certificate.Status = cas.Pending
	s, _ = must(t, s, event(e))
	ignored(t, s, cas.CertificateAdded{})
}

func TestBindingsKeepACertificateOfTheCenter(t *testing.T) {
	b := cdn.Scenario{}.CenterCertificate("C", "").HTTPSDomain(www).Bound()
	ignored(t, b.State(), cas.CertificateRemoved{Name: "C"})
	s, _ := must(t, b.State(), in(off(www)), event(cas.CertificateRemoved{Name: "C"}))
	gone(t, s, "C")

	used := cdn.Scenario{}.CenterCertificate("C", "").State()
	used.CAS = used.CAS.Update("C", func(c *cas.Certificate) { c.Listeners = 1 })
	ignored(t, used, cas.CertificateRemoved{Name: "C"})
}

// Events of the center are about its own certificates.
func TestUploadsAreNoneOfTheCentersBusiness(t *testing.T) {
	s := cdn.Scenario{}.Certificate("A", "").State()
	ignored(t, s, cas.CertificateRemoved{Name: "A"})
	ignored(t, s, cas.CertificateStatusChanged{Name: "A", Status: cas.Revoked})
}

// A binding stays when its certificate is revoked or expires; it cannot be made
// again.
func TestRevokedCertificateStaysBound(t *testing.T) {
	for _, status := range []cas.Status{cas.Revoked, cas.Expired} {
		s := cdn.Scenario{}.CenterCertificate("C", "").HTTPSDomain(www).Bound().HTTPSDomain(shop).State()
		s, _ = must(t, s, event(cas.CertificateStatusChanged{Name: "C", Status: status}))
		isClass(t, s, www, "on")
		refused(t, s, in(byName(shop, "C")), errcodes.CondCertificateStatusBad)
	}
	s, _ := must(t, cdn.Scenario{}.HTTPSDomain(www).BoundToFree().State(), event(cdn.FreeCertificateWithdrawn{Domain: www}))
	isClass(t, s, www, "on")
	refused(t, s, in(free()), errcodes.CondFreeCertificateUnavailable)
}

func TestDomainAddedLeavesBindingsOut(t *testing.T) {
	s, _ := must(t, cdn.State{}, event(cdn.DomainAdded{Name: www, Domain: cdn.Domain{
		HTTPS: true, Bound: "A", UsesFree: true, InEffect: true, Offline: true, Free: cdn.FreeFailed,
	}}))
	want := cdn.Domain{Offline: true, Free: cdn.FreeFailed}
	if d := domain(t, s, www); d != want {
		t.Errorf("%+v", d)
	}
}

// A domain that goes leaves its certificate behind, uploads included.
func TestDomainRemovedKeepsTheCertificate(t *testing.T) {
	s, _ := must(t, cdn.Scenario{}.HTTPSDomain(www).Certificate("A", "").Bound().State(), event(cdn.DomainRemoved{Name: www}))
	if c := certificate(t, s, "A"); c.Domains != 0 {
		t.Errorf("%+v", c)
	}
	isClass(t, s, www, "unknown")
}

func TestEmptyInputIsIgnored(t *testing.T) {
	s := cdn.Scenario{}.HTTPSDomain(www).State()
	next, output := step(s, cdn.Input{})
	if !output.Ignored {
		t.Errorf("%+v", output)
	}
	unchanged(t, s, next)
}
