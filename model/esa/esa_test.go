package esa_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/testutil"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/esa"
	"github.com/alicert/alicert/testdata"
	"github.com/alicert/alicert/validate"
)

const (
	siteID = 1234567890123
	// In Unix milliseconds, within the validity of the fixtures, and behind it.
	inPeriod, past = 1_790_000_000_000, 2_600_000_000_000
)

func leaf(t testing.TB, pem string) validate.Leaf {
	t.Helper()
	l, err := validate.ParseLeaf(pem)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// begin is a site of a plan that allows two certificates, and one of the center.
func begin(t testing.TB) esa.State {
	t.Helper()
	pem := testdata.Read("p384/leaf.pem")
	s := esa.State{}
	for _, a := range []model.Action{
		esa.PlanAdded{ID: "plan-1"},
		esa.SiteAdded{ID: siteID, Site: esa.Site{Name: "example.com", Plan: "plan-1"}},
		cas.CertificateAdded{Certificate: cas.Certificate{Name: "stored", ID: "30000478-cn-hangzhou", PEM: pem, Leaf: leaf(t, pem), KeyStored: true}},
		cas.CertificateAdded{Certificate: cas.Certificate{Name: "abroad", ID: "30000478-ap-southeast-1", PEM: pem, Leaf: leaf(t, pem), KeyStored: true}},
	} {
		s = do(t, s, 0, a)
	}
	return s
}

// do takes a step that must be accepted.
func do(t testing.TB, s esa.State, at int64, a model.Action) esa.State {
	t.Helper()
	next, out := (esa.Machine{}).Step(s, esa.Input{At: at, Action: a})
	if out.Ignored || !out.OK() {
		t.Fatalf("%+v: %v", a, out)
	}
	return next
}

func answer(t testing.TB, s esa.State, at int64, a model.Action) string {
	t.Helper()
	_, out := (esa.Machine{}).Step(s, esa.Input{At: at, Action: a})
	if !out.OK() {
		return out.Outcome() + ": " + out.Target
	}
	data, err := json.Marshal(out.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

func upload(requestID, name string) esa.SetCertificate {
	return esa.Set(requestID, &validate.CDNRequest{
		Op: errcodes.SetCertificate, SiteID: "1234567890123", CertType: "upload", CertName: name,
		Certificate: testdata.Read("p256/leaf.pem"), PrivateKey: validate.NewSecret(testdata.Read("p256/key.pem")),
	}, validate.Options{}).Action.(esa.SetCertificate)
}

func stored(requestID, region string) esa.SetCertificate {
	return esa.Set(requestID, &validate.CDNRequest{
		Op: errcodes.SetCertificate, SiteID: "1234567890123", CertType: "cas", CertID: "30000478", CertRegion: region,
	}, validate.Options{}).Action.(esa.SetCertificate)
}

// Expired certificates count in the quota. The time of the input tells what is expired, and
// after one is deleted the same call succeeds.
func TestExpiredCertificatesCount(t *testing.T) {
	s := do(t, begin(t), inPeriod, upload("r1", "first"))
	s = do(t, s, inPeriod, upload("r2", "second"))
	for at, want := range map[int64]string{
		0:        "QuotaExceeded: plan plan-1: 2 of 2 certificates",
		inPeriod: "QuotaExceeded: plan plan-1: 2 of 2 certificates",
		past:     "QuotaExceeded: plan plan-1: 2 of 2 certificates, 2 of them expired",
	} {
		if got := answer(t, s, at, upload("r3", "third")); got != want {
			t.Errorf("at %d: %s; want %s", at, got, want)
		}
	}
	list := answer(t, s, past, esa.ListCertificates{RequestID: "l", SiteID: siteID})
	if strings.Count(list, `"Status":"Expired"`) != 2 || strings.Count(answer(t, s, past, esa.ListCertificates{RequestID: "l", SiteID: siteID, ValidOnly: true}), `"Name"`) != 0 {
		t.Errorf("%s", list)
	}
	s = do(t, s, past, esa.DeleteCertificate{RequestID: "d", SiteID: siteID, ID: esa.NewID(siteID, "r1", 0)})
	do(t, s, past, upload("r3", "third"))
}

// A request with the id of a certificate replaces it, also when the plan is full. Without a
// name it keeps the one that is there.
func TestReplace(t *testing.T) {
	s := do(t, do(t, begin(t), inPeriod, upload("r1", "first")), inPeriod, upload("r2", "second"))
	id := esa.NewID(siteID, "r1", 0)
	replace := stored("r3", "")
	replace.ID = id
	s = do(t, s, inPeriod+1000, replace)
	got := answer(t, s, inPeriod, esa.GetCertificate{RequestID: "g", SiteID: siteID, ID: id})
	for _, want := range []string{
		`"Name":"first"`, `"Type":"cas"`, `"CasId":"30000478"`, `"Region":"cn-hangzhou"`, `"Id":"` + id + `"`, `"SiteName":"example.com"`, `"Status":"OK"`,
		`"CreateTime":"2026-09-21 14:13:20"`, `"UpdateTime":"2026-09-21 14:13:21"`, `"NotAfter":"2049-12-31T23:59:59Z"`, `"PubAlg":"ECDSA"`, `"SigAlg":"ECDSA-SHA384"`,
		`"SAN":"www.example.com,example.com,*.cdn.example.com"`, `"Certificate":"-----BEGIN CERTIFICATE-----`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s in %s", want, got)
		}
	}
	replace.Name = "second"
	if got := answer(t, s, 0, replace); !strings.HasPrefix(got, "CertNameDuplicated") {
		t.Errorf("the name of another one: %s", got)
	}
	replace.Name = "first"
	do(t, s, 0, replace)
}

// A certificate of the center has its name on the site if the request has none. So the same
// certificate is refused as a name that is there, before the plan is full.
func TestStoredAgain(t *testing.T) {
	s := do(t, begin(t), 0, stored("r1", "cn-hangzhou"))
	for _, again := range []esa.SetCertificate{stored("r2", ""), stored("r1", "cn-hangzhou")} {
		if got := answer(t, s, 0, again); got != `CertNameDuplicated: certificate "stored"` {
			t.Errorf("%s", got)
		}
	}
	s = do(t, s, 0, stored("r3", "ap-southeast-1")) // another certificate, of that number in another region
	if got := answer(t, s, 0, stored("r4", "")); got != `CertNameDuplicated: certificate "stored"` {
		t.Errorf("in a full plan: %s", got)
	}
	// The site has a copy: the center may lose the certificate.
	s = do(t, s, 0, cas.DeleteUserCertificate{RequestID: "d", CertID: 30000478})
	if got := answer(t, s, 0, esa.ListCertificates{RequestID: "l", SiteID: siteID}); !strings.Contains(got, `"TotalCount":2`) {
		t.Errorf("%s", got)
	}
	if got := answer(t, begin(t), past, stored("r5", "")); !strings.HasPrefix(got, "CertificateStatusBad") {
		t.Errorf("one that has expired at the time of the request: %s", got)
	}
}

// Uploads without a name get one of their own.
func TestUploadsWithoutAName(t *testing.T) {
	s := do(t, do(t, begin(t), 0, upload("r", "")), 0, upload("r", ""))
	got := answer(t, s, 0, esa.ListCertificates{RequestID: "l", SiteID: siteID})
	for _, want := range []string{`"Name":"cert-r"`, `"Name":"cert-r-2"`, esa.NewID(siteID, "r", 0), esa.NewID(siteID, "r", 1)} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s in %s", want, got)
		}
	}
}

// The lists have pages, keywords and the ways of matching that clients use.
func TestLists(t *testing.T) {
	s := do(t, do(t, begin(t), 0, upload("r1", "shop")), 0, stored("r2", ""))
	s = do(t, s, 0, esa.SiteAdded{ID: 2, Site: esa.Site{Name: "shop.example.org", Plan: "plan-1"}})
	for _, test := range []struct {
		action model.Action
		has    string
		items  int
	}{
		{esa.ListCertificates{SiteID: siteID, PageSize: 1}, `"TotalCount":2`, 1},
		{esa.ListCertificates{SiteID: siteID, PageSize: 1, PageNumber: 3}, `"PageNumber":3`, 0},
		{esa.ListCertificates{SiteID: siteID, Keyword: "SHOP"}, `"TotalCount":1`, 1},
		{esa.ListCertificates{SiteID: siteID, Keyword: "cdn.example", PageSize: 1}, `"TotalCount":2`, 1},
		{esa.ListCertificates{SiteID: siteID, ValidOnly: true}, `"TotalCount":2`, 2},
		{esa.ListCertificates{SiteID: 2}, `"Result":[]`, 0},
		{esa.ListCertificates{SiteID: 9}, "SiteNotFound: site 9", 0},
		{esa.ListSites{}, `"TotalCount":2`, 2},
		{esa.ListSites{PageSize: 1, PageNumber: 2}, `"SiteId":2`, 1},
		{esa.ListSites{SiteName: "example.com", SiteSearchType: "exact"}, `"SiteId":1234567890123`, 1},
		{esa.ListSites{SiteName: "example"}, `"Sites":[]`, 0},
		{esa.ListSites{SiteName: "Example", SiteSearchType: "fuzzy"}, `"TotalCount":2`, 2},
		{esa.ListSites{SiteName: "shop", SiteSearchType: "prefix"}, `"Status":"active"`, 1},
		{esa.ListSites{SiteName: ".com", SiteSearchType: "suffix"}, `"InstanceId":"plan-1"`, 1},
		{esa.ListInstanceQuotasWithUsage{SiteID: siteID, QuotaNames: "customHttpCert"}, `"QuotaValue":"2","SiteUsage":[{"SiteId":1234567890123,"SiteName":"example.com","SiteUsage":"2"},{"SiteId":2,"SiteName":"shop.example.org","SiteUsage":"0"}],"Usage":"2"`, 2},
		{esa.ListInstanceQuotasWithUsage{InstanceID: "plan-1", QuotaNames: "waf,customHttpCert"}, `"Status":"online"`, 2},
		{esa.ListInstanceQuotasWithUsage{InstanceID: "plan-1", QuotaNames: "waf"}, `"Quotas":[]`, 0},
		{esa.ListInstanceQuotasWithUsage{InstanceID: "plan-9", QuotaNames: "waf"}, "SiteNotFound", 0},
		{esa.ListInstanceQuotasWithUsage{InstanceID: "plan-1"}, "ParameterMissing", 0},
		{esa.ListCertificates{}, "ParameterMissing", 0},
	} {
		got := answer(t, s, inPeriod, test.action)
		items := strings.Count(got, `"Id":`)
		if _, ofSites := test.action.(esa.ListCertificates); !ofSites {
			items = strings.Count(got, `{"SiteId":`) + strings.Count(got, `"AccessType":`)
		}
		if !strings.Contains(got, test.has) || items != test.items {
			t.Errorf("%+v: %s; want %s and %d items", test.action, got, test.has, test.items)
		}
	}
}

// Events that do not apply are ignored.
func TestEventsThatDoNotApply(t *testing.T) {
	s := do(t, begin(t), 0, upload("r1", "shop"))
	key := "-----BEGIN " + "PRIVATE KEY-----"
	for _, a := range []model.Action{
		esa.PlanAdded{},
		esa.PlanAdded{ID: "plan-1"},
		esa.PlanAdded{ID: "a b"},
		esa.PlanAdded{ID: "p", Plan: esa.Plan{Quota: -1}},
		esa.PlanAdded{ID: "p", Plan: esa.Plan{Status: "x"}},
		esa.PlanStatusChanged{Plan: "p", Status: esa.PlanOffline},
		esa.PlanStatusChanged{Plan: "plan-1", Status: "x"},
		esa.PlanStatusChanged{Plan: "plan-1", Status: esa.PlanOnline},
		esa.PlanQuotaChanged{Plan: "p", Quota: 1},
		esa.PlanQuotaChanged{Plan: "plan-1", Quota: -1},
		esa.PlanQuotaChanged{Plan: "plan-1", Quota: 2},
		esa.SiteAdded{ID: siteID, Site: esa.Site{Name: "a.test", Plan: "plan-1"}},
		esa.SiteAdded{ID: 5, Site: esa.Site{Name: "a.test", Plan: "p"}},
		esa.SiteAdded{ID: 5, Site: esa.Site{Name: "example.com", Plan: "plan-1"}},
		esa.SiteAdded{ID: 5, Site: esa.Site{Name: "A.test", Plan: "plan-1"}},
		esa.SiteAdded{ID: 5, Site: esa.Site{Name: "*.a.test", Plan: "plan-1"}},
		esa.SiteAdded{ID: 0, Site: esa.Site{Name: "a.test", Plan: "plan-1"}},
		esa.SiteAdded{ID: 5, Site: esa.Site{Name: "a.test", Plan: "plan-1", Status: "x"}},
		esa.SiteAdded{},
		esa.SiteStatusChanged{Site: 5, Status: esa.SiteOffline},
		esa.SiteStatusChanged{Site: siteID, Status: "x"},
		esa.SiteStatusChanged{Site: siteID, Status: esa.SiteActive},
		esa.SiteRemoved{ID: 5},
		esa.SiteCertificateAdded{Site: 5, ID: "a", Certificate: esa.Certificate{Name: "a"}},
		esa.SiteCertificateAdded{Site: siteID, ID: "", Certificate: esa.Certificate{Name: "a"}},
		esa.SiteCertificateAdded{Site: siteID, ID: "a"},
		esa.SiteCertificateAdded{Site: siteID, ID: "a", Certificate: esa.Certificate{Name: "shop"}},
		esa.SiteCertificateAdded{Site: siteID, ID: "a", Certificate: esa.Certificate{Name: "a", Type: "free"}},
		esa.SiteCertificateAdded{Site: siteID, ID: esa.NewID(siteID, "r1", 0), Certificate: esa.Certificate{Name: "a"}},
		esa.SiteCertificateAdded{Site: siteID, ID: "a", Certificate: esa.Certificate{Name: "a", PEM: key}},
		nil,
	} {
		if next, out := (esa.Machine{}).Step(s, esa.Input{Action: a}); !out.Ignored || next != s {
			t.Errorf("%+v: %v", a, out)
		}
	}
	s = do(t, s, 0, esa.SiteRemoved{ID: siteID})
	if p, _ := s.Plans.Get("plan-1"); s.Certificates.Len()+s.Names.Len()+s.Sites.Len()+p.Certificates+p.Sites != 0 {
		t.Errorf("a removed site leaves something: %+v", s.Own)
	}
}

// Classes name what a site has and what a request meets.
func TestClass(t *testing.T) {
	s := begin(t)
	var got []string
	tell := func() { got = append(got, s.Class("1234567890123")) }
	tell()
	s = do(t, s, 0, upload("r1", ""))
	tell()
	s = do(t, s, 0, upload("r2", ""))
	s = do(t, s, 0, esa.PlanStatusChanged{Plan: "plan-1", Status: esa.PlanOffline})
	tell()
	got = append(got, s.Class("9"))
	want := []string{"no certificate", "with certificates", "with certificates, quota used up, plan not in service", "unknown"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

// everyInput has an input of every type.
func everyInput() []esa.Input {
	inputs := []esa.Input{{Action: upload("r", "shop")}, {Action: stored("r", "")}, {Action: esa.Set("r", &validate.CDNRequest{Op: errcodes.SetCertificate}, validate.Options{}).Action}}
	for _, a := range []model.Action{
		esa.PlanAdded{ID: "p", Plan: esa.Plan{Status: esa.PlanOffline, Quota: 5}},
		esa.PlanStatusChanged{Plan: "p", Status: esa.PlanDisabled},
		esa.PlanQuotaChanged{Plan: "p", Quota: 3},
		esa.SiteAdded{ID: 1, Site: esa.Site{Name: "a.test", Plan: "p", Status: esa.SitePending, Created: 5}},
		esa.SiteStatusChanged{Site: 1, Status: esa.SiteMoved},
		esa.SiteRemoved{ID: 1},
		esa.SiteCertificateAdded{Site: 1, ID: "baba", Certificate: esa.Certificate{Site: 1, Name: "n", Type: esa.Stored, CasID: 3, Region: "r", PEM: "p", Content: "c", Leaf: validate.Leaf{SHA256: "s"}, Created: 1, Updated: 2}},
		esa.DeleteCertificate{RequestID: "r", SiteID: 1, ID: "baba"},
		esa.GetCertificate{RequestID: "r", SiteID: 1, ID: "baba"},
		esa.ListCertificates{RequestID: "r", SiteID: 1, PageNumber: 1, PageSize: 2, Keyword: "k", ValidOnly: true},
		esa.ListInstanceQuotasWithUsage{RequestID: "r", SiteID: 1, InstanceID: "p", QuotaNames: "q"},
		esa.ListSites{RequestID: "r", SiteName: "n", SiteSearchType: "exact", PageNumber: 1, PageSize: 2},
		cas.ListCertificates{RequestID: "r"},
		cas.CertificateRemoved{Name: "n"},
	} {
		inputs = append(inputs, esa.Input{Action: a})
	}
	return append(inputs, esa.Input{})
}

// Inputs survive JSON, with and without a time, and say what they are about. Those of the
// center are told apart from those of the same name here.
func TestInputsAreLossless(t *testing.T) {
	types := map[string]bool{}
	for _, in := range everyInput() {
		testutil.RoundTrip(t, in)
		if in.Action == nil {
			continue
		}
		in.At = 9
		data := testutil.RoundTrip(t, in)
		a, own := in.Action.(esa.Action)
		if !own {
			continue
		}
		var back esa.Input
		if err := json.Unmarshal([]byte(data), &back); err != nil || back != in {
			t.Errorf("%s: %+v, %v", data, back, err)
		}
		types[strings.Split(data, `"`)[3]] = true
		if about := a.About(); a.Kind() == 0 || about.Type != "site" && about.Type != "plan" {
			t.Errorf("%T: %v about %v", a, a.Kind(), about)
		}
	}
	if len(types) != len(esa.Actions()) {
		t.Errorf("%v; want all of %d", types, len(esa.Actions()))
	}
	for _, bad := range []string{"[]", `{"ListSites":1}`, `{"JobFinished":{}}`, `{}`} {
		var in esa.Input
		if json.Unmarshal([]byte(bad), &in) == nil {
			t.Errorf("%s is an input", bad)
		}
	}
}
