package cdn_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/testutil"
	"github.com/alicert/alicert/internal/universe"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/validate"
)

// everyInput has an input of every type with every member set.
func everyInput(t *testing.T) []cdn.Input {
	t.Helper()
	a, b := pairA(), pairB()
	full := in(a.forced("证书 <&>")).Action.(set)
	withKey := casContent("C", b)
	withKey.PrivateKey = b.key
	var successors []cdn.Input
	for _, s := range successorsOf() {
		byID := s.set(&sslRequest{DomainName: www, Status: "on", CertType: "cas", CertName: "C", CertID: "1", Env: "staging", Certificate: a.pem, PrivateKey: a.key}, validate.Options{})
		successors = append(successors, byID, s.set(&sslRequest{DomainName: www, Status: "off"}, validate.Options{}), s.set(&sslRequest{}, validate.Options{}))
	}
	return append([]cdn.Input{
		event(full), in(withKey), in(free()), in(off(www)),
		in(change(a, func(r *request) { r.PrivateKey = b.key })),
		event(cdn.AccountSuspended{}), event(cdn.AccountReinstated{}),
		event(cdn.DomainAdded{Name: www, Domain: cdn.Domain{
			Foreign: true, Forbidden: true, PlainHTTP: true, Offline: true, Configuring: true, Scheduled: true, Protected: true,
			HTTPS: true, Bound: "A", UsesFree: true, InEffect: true, Free: cdn.FreeFailed, Changed: 1,
		}}),
		event(cdn.RepeatedContentChanged{Refuse: true}),
		event(cdn.DomainRemoved{Name: www}), event(cdn.ConfigurationFinished{Domain: www}),
		event(cdn.DomainTakenOffline{Domain: www}), event(cdn.DomainBroughtOnline{Domain: www}),
		event(cdn.ProtectionChanged{Domain: www, On: true}), event(cdn.ScheduleChanged{Domain: www, On: true}),
		event(cdn.PermissionChanged{Domain: www, Allowed: true}),
		event(cdn.FreeCertificateIssued{Domain: www}), event(cdn.FreeCertificateWithdrawn{Domain: www}),
		event(cas.CertificateAdded{Certificate: cas.Certificate{
			Name: "C", ID: "1-cn-hangzhou", Source: cas.FromCAS, Status: cas.Issued, PEM: a.pem, Content: "c", Leaf: full.Check.Leaf,
			Bought: true, NotServer: true, KeyStored: true, Locked: true, Domains: 1, Listeners: 2,
		}}),
		event(cas.CertificateRemoved{Name: "C"}),
		event(cas.CertificateStatusChanged{Name: "C", Status: cas.Revoked}), event(cas.LockChanged{Name: "C", On: true}),
		event(cas.SiteChanged{Site: errcodes.InternationalSite}), event(cas.DeleteUserCertificate{RequestID: "r", Region: cas.Overseas, CertID: 4}),
		upload("r", "D", a.pem, a.key, validate.Options{}),
		upload("r", "D", a.pem, b.key, validate.Options{}),
		event(cdn.DescribeDomainCertificateInfo{RequestID: "r", DomainName: www}),
		event(cdn.DescribeCdnDomainDetail{RequestID: "r", DomainName: www}),
		event(cdn.DescribeUserDomains{RequestID: "r", PageNumber: 2, PageSize: 3}),
		event(cdn.ListTagResources{RequestID: "r", ResourceIDs: []string{www}}),
		event(cas.ListUserCertificateOrder{RequestID: "r", Region: cas.Overseas, CurrentPage: 2, ShowSize: 3, OrderType: "CERT", Status: "ISSUED", Keyword: "w"}),
		event(cas.GetUserCertificateDetail{RequestID: "r", Region: cas.Overseas, CertID: 4, CertFilter: true}),
		event(cas.GetCertificateDetail{RequestID: "r", Region: cas.Overseas, CertID: 4}),
		event(cas.ListCertificates{RequestID: "r", Region: cas.Overseas, CurrentPage: 2, ShowSize: 3}),
		event(cas.CreateDeploymentJob{RequestID: "r", Region: cas.Overseas, Name: "n", JobType: "user", CertIDs: "1,2", ResourceIDs: "3", ContactIDs: "4"}),
		event(cas.UpdateDeploymentJobStatus{RequestID: "r", JobID: 1, Status: "scheduling"}), event(cas.DescribeDeploymentJob{RequestID: "r", JobID: 1}),
		event(cas.DeploymentFailed{Job: 1}),
		event(cdn.ListCloudResources{RequestID: "r", CloudProduct: "CDN", Keyword: "w", CurrentPage: 2, ShowSize: 3}),
		event(add("", www)), event(add("dcdn", www)), event(cdn.DeleteDomain{RequestID: "r", DomainName: www}), event(cdn.DeleteDomain{Product: "dcdn", DomainName: www}),
		event(cdn.BatchSetCdnDomainConfig{RequestID: "r", DomainNames: www, Functions: httpsForce}), event(cdn.DeleteSpecificConfig{DomainName: www, ConfigID: "1"}),
		event(cdn.DescribeCdnDomainConfigs{DomainName: www, FunctionNames: "gzip", ConfigID: "1"}),
		event(cdn.DescribeCdnCertificateList{RequestID: "r"}), event(cdn.DescribeCdnCertificateDetail{CertName: "C"}),
		event(cdn.DescribeCdnHttpsDomainList{PageNumber: 1, PageSize: 2}), event(cdn.DescribeCdnService{RequestID: "r"}),
		event(cdn.DescribeDomain{Product: "dcdn", DomainName: www}), event(cdn.DescribeCertificate{Product: "dcdn", DomainName: www}),
		event(cdn.DescribeDomains{Product: "dcdn", PageNumber: 1, PageSize: 2}), event(cdn.DescribeDcdnTagResources{ResourceIDs: []string{www}}),
		event(add("vod", www)), event(add("live", www)), event(cdn.UpdateVodDomain{RequestID: "r", DomainName: www, Sources: sources}),
		event(cdn.ListTagResources{Product: "live", RequestID: "r", ResourceIDs: []string{www}}),
		event(cdn.DescribeDomains{
			Product: "live", DomainName: "w", DomainSearchType: "pre_match", DomainStatus: "online", LiveDomainType: "liveVideo", RegionName: "cn-beijing",
		}),
		event(cas.CreateCertificateName{RequestID: "r", Region: cas.Overseas, CertID: 1, Name: "n"}),
		event(cas.ListContact{RequestID: "r", CurrentPage: 2, ShowSize: 3}),
		{},
	}, successors...)
}

func TestInputsAreLossless(t *testing.T) {
	types := map[reflect.Type]bool{}
	for _, input := range everyInput(t) {
		types[reflect.TypeOf(input.Action)] = true
		testutil.RoundTrip(t, input)
		if input.Action != nil {
			input.At = 7
			testutil.RoundTrip(t, input)
		}
	}
	want := map[reflect.Type]bool{nil: true} // and none
	for _, a := range cdn.Actions() {
		want[reflect.TypeOf(a)] = true
	}
	for _, a := range cas.Actions() {
		want[reflect.TypeOf(a)] = true
	}
	if !maps.Equal(types, want) {
		t.Errorf("%d types of inputs; want %d", len(types), len(want))
	}
}

func TestInputsThatAreNone(t *testing.T) {
	for _, text := range []string{`[]`, `{}`, `{"A":{},"B":{}}`, `{"NoSuchInput":{}}`, `{"DomainRemoved":{"name":1}}`} {
		var input cdn.Input
		if err := json.Unmarshal([]byte(text), &input); err == nil {
			t.Errorf("%s decodes to %+v", text, input)
		}
	}
}

// Every state and output of the small universe's first steps survives JSON.
func TestStatesAndOutputsAreLossless(t *testing.T) {
	states, outputs := 0, 0
	e := universe.CDN(errcodes.SetDomainServerCertificate, universe.Small).Explore(model.Limits{States: 60})
	for s := range e.States() {
		states++
		testutil.RoundTrip(t, s)
	}
	for _, outcome := range e.Outcomes {
		outputs++
		testutil.RoundTrip(t, outcome.Output)
	}
	if states != 60 || outputs < 25 {
		t.Errorf("%d states, %d outputs", states, outputs)
	}
}

// journey is a sequence that stores, shares, overwrites and deletes.
func journey(t *testing.T) []cdn.Input {
	t.Helper()
	a, b := pairA(), pairB()
	finished := func(domain string) cdn.Input { return event(cdn.ConfigurationFinished{Domain: domain}) }
	return append([]cdn.Input{
		event(cdn.DomainAdded{Name: www}), event(cdn.DomainAdded{Name: shop}),
		in(a.upload(www, "A")), finished(www),
		in(a.upload(shop, "")), finished(shop),
		in(b.forced("A")), finished(www),
		upload("r2", "C", a.pem, a.key, validate.Options{}),
		in(byName(shop, "C")), finished(shop),
		event(cdn.ProtectionChanged{Domain: www, On: true}),
		in(a.upload(www, "B")),
		event(cdn.ProtectionChanged{Domain: www}),
		in(off(www)), in(off(shop)),
	}, everyInput(t)...)
}

// A sequence that is journalled, decoded and replayed leads through equal states
// to equal outputs.
func TestJournalIsReplayed(t *testing.T) {
	steps := model.Run(cdn.Machine{}, journey(t)...)
	var journal bytes.Buffer
	for _, step := range steps {
		if err := json.NewEncoder(&journal).Encode(model.Record[cdn.Input, model.Output]{Input: step.Input, Output: step.Output}); err != nil {
			t.Fatal(err)
		}
	}
	var inputs []cdn.Input
	for d := json.NewDecoder(bytes.NewReader(journal.Bytes())); d.More(); {
		var r model.Record[cdn.Input, model.Output]
		if err := d.Decode(&r); err != nil {
			t.Fatal(err)
		}
		inputs = append(inputs, r.Input)
	}
	if diff := cmp.Diff(steps, model.Run(cdn.Machine{}, inputs...)); diff != "" {
		t.Errorf("(-first +replayed):\n%s", diff)
	}
	checker := model.NewChecker(cdn.Machine{}, cdn.State.Key, nil)
	if n, err := checker.Follow(&journal); err != nil || n != len(steps) {
		t.Errorf("%d of %d records agree: %v", n, len(steps), err)
	}
	for _, step := range steps {
		check(t, step)
	}
}

// A private key goes into requests only, however a value is printed.
func TestNoPrivateKeyAnywhere(t *testing.T) {
	a, b := pairA(), pairB()
	var markers []string // lines of the keys
	for _, p := range []pair{a, b} {
		for line := range strings.Lines(p.key.Reveal()) {
			if line = strings.TrimSpace(line); len(line) > 40 {
				markers = append(markers, line)
			}
		}
	}
	planted := validate.NewSecret("-----BEGIN PRIVATE KEY-----\nMARKERMARKERMARKER\n-----END PRIVATE KEY-----\n")
	markers = append(markers, "MARKERMARKERMARKER", "PRIVATE KEY-----")
	if len(markers) < 5 {
		t.Fatal("too few markers")
	}
	inputs := append(journey(t),
		in(change(a, func(r *request) { r.PrivateKey = planted })),
		in(change(a, func(r *request) { r.Certificate = planted.Reveal() })),
		in(change(a, func(r *request) { r.DomainName = planted.Reveal() })),
		in(change(a, func(r *request) { r.CertName = planted.Reveal() })),
		in(change(a, func(r *request) { r.Status = planted.Reveal() })),
		in(change(a, func(r *request) { r.CertType = planted.Reveal() })),
		in(change(a, func(r *request) { r.Overwrite = planted.Reveal() })),
		in(change(a, func(r *request) { r.Certificate += planted.Reveal() })),
		in(&request{DomainName: www, PrivateKey: planted, Certificate: planted.Reveal()}),
		in(&request{DomainName: www, Status: "on", CertType: "free", PrivateKey: planted}),
		upload("r", "n", planted.Reveal(), planted, validate.Options{}),
	)
	for _, step := range model.Run(cdn.Machine{}, inputs...) {
		for _, v := range []any{step.Input, step.To, step.Output} {
			for _, text := range []string{testutil.RoundTrip(t, v), fmt.Sprintf("%v %+v %#v", v, v, v)} {
				for _, marker := range markers {
					if strings.Contains(text, marker) {
						t.Errorf("%T: %T holds key material", step.Input.Action, v)
					}
				}
			}
		}
		if strings.Contains(fmt.Sprint(step.Output.Err()), "MARKER") {
			t.Errorf("%T: the error holds key material", step.Input.Action)
		}
	}
}
