package cdn_test

import (
	"testing"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/validate"
)

const noon = 1_790_000_000_000 // Unix milliseconds

func at(ms int64, in cdn.Input) cdn.Input {
	in.At = ms
	return in
}

// The reads of a domain show when it changed last: only changes count, and a time that
// no input said is not shown.
func TestTimesOfDomains(t *testing.T) {
	a := pairA()
	detail := func(s cdn.State) any {
		return body(t, s, cdn.DescribeCdnDomainDetail{DomainName: www})["GetDomainDetailModel"].(object)["GmtModified"]
	}
	s, _ := must(t, cdn.State{}, at(noon, event(cdn.DomainAdded{Name: www, Domain: cdn.Domain{Changed: 1}})))
	if got := detail(s); got != "2026-09-21T14:13:20Z" {
		t.Errorf("added: %v", got)
	}
	s, _ = must(t, s, at(noon+1000, in(a.upload(www, "A"))))
	if got := detail(s); got != "2026-09-21T14:13:21Z" {
		t.Errorf("set: %v", got)
	}
	if got := info(t, s, www)["CertUpdateTime"]; got != "2026-09-21T14:13:21Z" {
		t.Errorf("certificate: %v", got)
	}
	same, _ := step(s, at(noon+2000, in(a.upload(www, "B")))) // it is configuring
	if got := detail(same); got != "2026-09-21T14:13:21Z" {
		t.Errorf("refused: %v", got)
	}
	s, _ = must(t, s, at(noon+3000, event(cdn.ConfigurationFinished{Domain: www})))
	page := body(t, s, cdn.DescribeUserDomains{})["Domains"].(object)["PageData"].([]any)[0].(object)
	if got := page["GmtModified"]; got != "2026-09-21T14:13:23Z" {
		t.Errorf("rolled out: %v", got)
	}
	s, _ = must(t, s, event(cdn.DomainTakenOffline{Domain: www}))
	if got := detail(s); got != nil {
		t.Errorf("without a time: %v", got)
	}
	if got := info(t, cdn.Scenario{}.HTTPSDomain(www).State(), www)["CertUpdateTime"]; got != nil {
		t.Errorf("without a certificate: %v", got)
	}
}

// A binding that is set again, and does not take effect, changes nothing.
func TestTimeOfNoChange(t *testing.T) {
	a := pairA()
	s := cdn.Scenario{}.HTTPSDomain(www).CenterCertificate("C", a.pem).BoundNotInEffect().State()
	next, _ := step(s, at(noon, in(byName(www, "C"))))
	if d := domain(t, next, www); d.Changed != 0 {
		t.Errorf("changed at %d", d.Changed)
	}
}

// Every action says what kind it is and what it is about.
func TestActions(t *testing.T) {
	for _, test := range []struct {
		action model.Action
		kind   model.Kind
		about  string
	}{
		{cdn.Set("r", off("WWW.Example.com"), validate.Options{}).Action, model.Request, "domain www.example.com"},
		{cdn.Set("r", &request{Op: errcodes.SetVodDomainCertificate, DomainName: www, Status: "off"}, validate.Options{}).Action, model.Request, "domain vod www.example.com"},
		{cdn.AccountSuspended{}, model.Event, "account"},
		{cdn.AccountReinstated{}, model.Event, "account"},
		{cdn.DomainAdded{Name: www}, model.Event, "domain www.example.com"},
		{cdn.DomainRemoved{Name: www}, model.Event, "domain www.example.com"},
		{cdn.ConfigurationFinished{Domain: www}, model.Event, "domain www.example.com"},
		{cdn.DomainTakenOffline{Domain: www}, model.Event, "domain www.example.com"},
		{cdn.DomainBroughtOnline{Domain: www}, model.Event, "domain www.example.com"},
		{cdn.ProtectionChanged{Domain: www}, model.Event, "domain www.example.com"},
		{cdn.ScheduleChanged{Domain: www}, model.Event, "domain www.example.com"},
		{cdn.PermissionChanged{Domain: www}, model.Event, "domain www.example.com"},
		{cdn.FreeCertificateIssued{Domain: www}, model.Event, "domain www.example.com"},
		{cdn.FreeCertificateWithdrawn{Domain: www}, model.Event, "domain www.example.com"},
		{cdn.DescribeDomainCertificateInfo{DomainName: "WWW.Example.com"}, model.Read, "domain www.example.com"},
		{cdn.DescribeCdnDomainDetail{DomainName: "a b"}, model.Read, "domain"},
		{cdn.DescribeUserDomains{}, model.Read, "domain"},
		{cdn.ListTagResources{ResourceIDs: []string{www}}, model.Read, "domain"},
	} {
		if kind, about := test.action.Kind(), test.action.About().String(); kind != test.kind || about != test.about {
			t.Errorf("%T: %v about %s; want %v about %s", test.action, kind, about, test.kind, test.about)
		}
	}
	if got := (cdn.Input{}).Kind(); got != model.Event {
		t.Errorf("an empty input is a %v", got)
	}
	if got := (cdn.Input{Action: cas.ListUserCertificateOrder{}}).Kind(); got != model.Read {
		t.Errorf("a read of the center is a %v", got)
	}
}

// An action without an operation is one of the original operation.
func TestZeroOperation(t *testing.T) {
	_, output := step(cdn.State{}, event(set{RequestID: "r", DomainName: www}))
	if e := output.Error; e.Condition != errcodes.CondDomainNotFound || e.Operation != errcodes.SetDomainServerCertificate {
		t.Errorf("%v", output)
	}
}
