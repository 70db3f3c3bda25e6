package cdn_test

import (
	"encoding/json"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/testutil"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/cdn"
)

const sources = `[{"Weight":15,"content":"1.1.1.1","port":443,"priority":"30","type":"ipaddr"}]`

// add is a request that adds a domain.
func add(product, name string) cdn.AddDomain {
	in := cdn.AddDomain{Product: product, RequestID: "r", DomainName: name}
	in.Type, in.Scope, in.Sources = "web", "overseas", sources
	return in
}

// golden compares the answer to a read with a file.
func golden(t *testing.T, s cdn.State, file string, read model.Action) {
	t.Helper()
	data, err := json.MarshalIndent(body(t, s, read), "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	testutil.Golden(t, filepath.Join("testdata", "reads", file+".json"), string(data)+"\n")
}

// The tags that a domain is added with are listed, those of other domains are not.
func TestTags(t *testing.T) {
	tagged := func(product, tags string) cdn.State {
		t.Helper()
		in := add(product, www)
		in.Tags = tags
		s, _ := must(t, cdn.State{}, event(in), event(add(product, shop)))
		return s
	}
	const two = `[{"Key":"team","Value":"shop"},{"Key":"empty","Value":""}]`
	for _, test := range []struct {
		product, tags string
		domains       []string
		want          any
	}{
		{"", "", []string{www}, object{"TagResource": []any{}}},
		{"", two, []string{shop}, object{"TagResource": []any{}}},
		{"", two, []string{shop, "WWW.example.com"}, object{"TagResource": []any{
			object{"ResourceId": www, "ResourceType": "DOMAIN", "TagKey": "team", "TagValue": "shop"},
			object{"ResourceId": www, "ResourceType": "DOMAIN", "TagKey": "empty", "TagValue": ""},
		}}},
		{"", "no list", []string{www}, object{"TagResource": []any{}}},
		{"dcdn", "", []string{www}, []any{}},
		{"dcdn", two, []string{shop}, []any{}},
		{"dcdn", two, []string{shop, www}, []any{
			object{"ResourceId": www, "Tag": []any{object{"Key": "team", "Value": "shop"}, object{"Key": "empty", "Value": ""}}},
		}},
	} {
		var read model.Action = cdn.ListTagResources{ResourceIDs: test.domains}
		if test.product == "dcdn" {
			read = cdn.DescribeDcdnTagResources{ResourceIDs: test.domains}
		}
		if diff := cmp.Diff(test.want, body(t, tagged(test.product, test.tags), read)["TagResources"]); diff != "" {
			t.Errorf("%q %q %q (-want +got)\n%s", test.product, test.tags, test.domains, diff)
		}
	}
	if a, b := tagged("", ""), tagged("", two); a.Key() == b.Key() {
		t.Error("states with other tags have one key")
	}
}

// A domain is added, configuring until it is rolled out, then online, and deleted in the
// same way.
func TestDomainLives(t *testing.T) {
	for _, product := range []string{"", "dcdn"} {
		id := cdn.DomainID(product, www)
		s, _ := must(t, cdn.State{}, cdn.Input{At: 1_700_000_000_000, Action: add(product, "WWW.example.com")})
		status := func(want string) {
			t.Helper()
			if d, _ := s.Domains.Get(id); d.Status() != want {
				t.Errorf("%s is %s; want %s", id, d.Status(), want)
			}
		}
		remove := cdn.DeleteDomain{Product: product, RequestID: "r", DomainName: www}
		status("configuring")
		refused(t, s, event(remove), errcodes.CondDomainConfiguring)
		s, _ = must(t, s, event(cdn.ConfigurationFinished{Domain: id}))
		status("online")
		s, _ = must(t, s, event(remove))
		status("deleting")
		s, _ = must(t, s, event(cdn.ConfigurationFinished{Domain: id}))
		if s.Domains.Has(id) {
			t.Errorf("%s is there", id)
		}
		refused(t, s, event(remove), errcodes.CondDomainNotFound)
	}
}

// A domain's certificate stays when the domain is deleted, and its functions go.
func TestDeletedDomainLeaves(t *testing.T) {
	s, _ := must(t, cdn.Scenario{}.HTTPSDomain(www).Certificate("A", pairA().pem).Bound().State(),
		event(cdn.BatchSetCdnDomainConfig{DomainNames: www, Functions: `[{"functionName":"gzip"}]`}), event(cdn.ConfigurationFinished{Domain: www}),
		event(cdn.DeleteDomain{DomainName: www}), event(cdn.ConfigurationFinished{Domain: www}))
	if c, found := s.CAS.Get("A"); !found || c.Domains != 0 || s.Configs.Len() != 0 {
		t.Errorf("%+v, %d functions", c, s.Configs.Len())
	}
}

// What a request of the operation may not be.
func TestAddDomainRefuses(t *testing.T) {
	change := func(f func(*cdn.AddDomain)) cdn.AddDomain {
		in := add("", shop)
		f(&in)
		return in
	}
	for _, test := range []struct {
		code string
		in   cdn.AddDomain
	}{
		{"MissingDomainName", change(func(in *cdn.AddDomain) { in.DomainName = "" })},
		{"MissingCdnType", change(func(in *cdn.AddDomain) { in.Type = "" })},
		{"MissingSources", change(func(in *cdn.AddDomain) { in.Sources = "" })},
		{"InvalidSources", change(func(in *cdn.AddDomain) { in.Sources = "1.1.1.1" })},
		{"InvalidSources", change(func(in *cdn.AddDomain) { in.Sources = "[]" })},
		{"InvalidDomainName.Malformed", change(func(in *cdn.AddDomain) { in.DomainName = "https://shop.example.com" })},
		{"DomainAlreadyExist", add("", www)},
	} {
		s := cdn.Scenario{}.HTTPSDomain(www).State()
		next, output := step(s, event(test.in))
		unchanged(t, s, next)
		if string(output.Error.Code) != test.code {
			t.Errorf("%+v: %v; want %s", test.in, output, test.code)
		}
	}
	refused(t, cdn.Scenario{}.Suspended().State(), event(add("", www)), errcodes.CondAccountSuspended)
	refused(t, cdn.Scenario{}.HTTPSDomain(www).Forbidden().State(), event(cdn.DeleteDomain{DomainName: www}), errcodes.CondDomainNotPermitted)
}

// Domains of one name are independent in each product.
func TestProductsHaveDomainsOfTheirOwn(t *testing.T) {
	s := cdn.Scenario{}.HTTPSDomain(www).Configuring().HTTPSDomain("dcdn " + www).State()
	refused(t, s, in(&request{Op: errcodes.SetCdnDomainSSLCertificate, DomainName: www, Status: "off"}), errcodes.CondDomainConfiguring)
	req := pairA().upload(www, "n")
	req.Op = errcodes.SetDcdnDomainSSLCertificate
	s, _ = must(t, s, in(req))
	if d, _ := s.Domains.Get("dcdn " + www); !d.HTTPS || !d.Configuring {
		t.Errorf("%+v", d)
	}
	req.Op = errcodes.SetVodDomainCertificate
	refused(t, s, in(req), errcodes.CondDomainNotFound)
	for id, valid := range map[string]bool{www: true, "dcdn " + www: true, "vod " + www: true, "Cdn " + www: false, "other " + www: false, "dcdn  " + www: false, "dcdn ": false} {
		if _, output := step(cdn.State{}, event(cdn.DomainAdded{Name: id})); output.Ignored == valid {
			t.Errorf("%q is added: %t", id, !output.Ignored)
		}
	}
}

// The answers have the members that clients read, as they were sent.
func TestDomainReads(t *testing.T) {
	s, _ := must(t, cdn.State{}, cdn.Input{At: 1_700_000_000_000, Action: add("", www)}, cdn.Input{At: 1_700_000_000_000, Action: add("dcdn", www)},
		cdn.Input{At: 1_700_000_001_000, Action: cdn.ConfigurationFinished{Domain: www}}, cdn.Input{At: 1_700_000_001_000, Action: cdn.ConfigurationFinished{Domain: "dcdn " + www}})
	ofCDN, ofDCDN := pairA().upload(www, "shop"), pairB().upload(www, "other")
	ofCDN.Op, ofDCDN.Op = errcodes.SetCdnDomainSSLCertificate, errcodes.SetDcdnDomainSSLCertificate
	s, _ = must(t, s, in(ofCDN), in(ofDCDN))
	for file, read := range map[string]model.Action{
		"DescribeCdnDomainDetail":           cdn.DescribeCdnDomainDetail{DomainName: www},
		"DescribeCdnCertificateDetail":      cdn.DescribeCdnCertificateDetail{CertName: "shop"},
		"DescribeCdnCertificateList":        cdn.DescribeCdnCertificateList{},
		"DescribeCdnHttpsDomainList":        cdn.DescribeCdnHttpsDomainList{},
		"DescribeCdnService":                cdn.DescribeCdnService{},
		"DescribeDcdnDomainDetail":          cdn.DescribeDcdnDomainDetail{DomainName: www},
		"DescribeDcdnDomainCertificateInfo": cdn.DescribeDcdnDomainCertificateInfo{DomainName: www},
		"DescribeDcdnUserDomains":           cdn.DescribeDcdnUserDomains{},
		"DescribeDcdnTagResources":          cdn.DescribeDcdnTagResources{ResourceIDs: []string{www}},
	} {
		golden(t, s, file, read)
	}
	for _, read := range []model.Action{
		cdn.DescribeDcdnDomainDetail{DomainName: shop}, cdn.DescribeDcdnDomainCertificateInfo{DomainName: shop}, cdn.DescribeDcdnTagResources{ResourceIDs: []string{shop}},
	} {
		_, output := step(s, event(read))
		if e := output.Error; e.Code != errcodes.InvalidDomainNotFound || e.Status != 404 || e.Message != "The domain [shop.example.com] does not belong to you." {
			t.Errorf("%T: %+v", read, e)
		}
	}
	_, output := step(s, event(cdn.DescribeCdnCertificateDetail{CertName: "none"}))
	if output.Error.Condition != errcodes.CondCertificateNotFound {
		t.Errorf("%+v", output)
	}
}

// Pages of DCDN's domains are real pages: one behind the last is empty.
func TestDcdnUserDomainsPages(t *testing.T) {
	s := cdn.Scenario{}.HTTPSDomain("a.example").HTTPSDomain("dcdn b.example").HTTPSDomain("dcdn c.example").ForeignDomain("dcdn d.example").State()
	for number, want := range map[int][]string{1: {"b.example", "c.example"}, 2: {}} {
		answer := body(t, s, cdn.DescribeDcdnUserDomains{PageNumber: number, PageSize: 500})
		got := []string{}
		for _, item := range answer["Domains"].(map[string]any)["PageData"].([]any) {
			got = append(got, item.(map[string]any)["DomainName"].(string))
		}
		if diff := cmp.Diff(want, got); diff != "" || answer["TotalCount"] != 2.0 {
			t.Errorf("page %d: %s %v", number, diff, answer)
		}
	}
}
