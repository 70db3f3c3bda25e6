package cdn_test

import (
	"encoding/json"
	"fmt"
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
	if product == "live" {
		in.Type, in.Sources, in.LiveType, in.LiveRegion = "", "", "liveEdge", "cn-beijing"
	}
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
		{"live", two, []string{shop, www}, object{"TagResource": []any{
			object{"ResourceId": www, "ResourceType": "DOMAIN", "TagKey": "team", "TagValue": "shop"},
			object{"ResourceId": www, "ResourceType": "DOMAIN", "TagKey": "empty", "TagValue": ""},
		}}},
		{"dcdn", "", []string{www}, []any{}},
		{"dcdn", two, []string{shop}, []any{}},
		{"dcdn", two, []string{shop, www}, []any{
			object{"ResourceId": www, "Tag": []any{object{"Key": "team", "Value": "shop"}, object{"Key": "empty", "Value": ""}}},
		}},
	} {
		var read model.Action = cdn.ListTagResources{Product: test.product, ResourceIDs: test.domains}
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
	for _, product := range []string{"", "dcdn", "vod", "live"} {
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
		{"InvalidSources.Malformed", change(func(in *cdn.AddDomain) { in.Sources = "1.1.1.1" })},
		{"InvalidSources.Malformed", change(func(in *cdn.AddDomain) { in.Sources = "[]" })},
		{"InvalidSources.Malformed", change(func(in *cdn.AddDomain) { in.Sources = `[{"content":"1.1.1.1","port":"http"}]` })},
		{"MissingSources", change(func(in *cdn.AddDomain) { in.Product, in.Sources = "vod", "" })},
		{"MissingLiveDomainType", change(func(in *cdn.AddDomain) { in.Product, in.LiveRegion = "live", "cn-shanghai" })},
		{"MissingRegion", change(func(in *cdn.AddDomain) { in.Product, in.LiveType = "live", "liveVideo" })},
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
	for _, op := range []errcodes.Operation{errcodes.SetVodDomainCertificate, errcodes.SetVodDomainSSLCertificate, errcodes.SetLiveDomainCertificate} {
		req.Op = op
		refused(t, s, in(req), errcodes.CondDomainNotFound)
	}
	for id, valid := range map[string]bool{www: true, "dcdn " + www: true, "vod " + www: true, "live " + www: true, "Cdn " + www: false, "other " + www: false, "dcdn  " + www: false, "dcdn ": false} {
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
		"DescribeDcdnDomainDetail":          cdn.DescribeDomain{Product: "dcdn", DomainName: www},
		"DescribeDcdnDomainCertificateInfo": cdn.DescribeCertificate{Product: "dcdn", DomainName: www},
		"DescribeDcdnUserDomains":           cdn.DescribeDomains{Product: "dcdn"},
		"DescribeDcdnTagResources":          cdn.DescribeDcdnTagResources{ResourceIDs: []string{www}},
	} {
		golden(t, s, file, read)
	}
	for _, read := range []model.Action{
		cdn.DescribeDomain{Product: "dcdn", DomainName: shop}, cdn.DescribeCertificate{Product: "dcdn", DomainName: shop}, cdn.DescribeDcdnTagResources{ResourceIDs: []string{shop}},
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
		answer := body(t, s, cdn.DescribeDomains{Product: "dcdn", PageNumber: number, PageSize: 500})
		got := []string{}
		for _, item := range answer["Domains"].(map[string]any)["PageData"].([]any) {
			got = append(got, item.(map[string]any)["DomainName"].(string))
		}
		if diff := cmp.Diff(want, got); diff != "" || answer["TotalCount"] != 2.0 {
			t.Errorf("page %d: %s %v", number, diff, answer)
		}
	}
}

// What a client of VOD and of live reads of a domain: a new one, one with an upload, one
// with a certificate of the center.
func TestReadsOfVODAndLive(t *testing.T) {
	for product, operations := range map[string][]errcodes.Operation{
		"vod":  {errcodes.SetVodDomainCertificate, errcodes.SetVodDomainSSLCertificate},
		"live": {errcodes.SetLiveDomainCertificate},
	} {
		ids := []string{cdn.DomainID(product, shop), cdn.DomainID(product, www)}
		s := cdn.Scenario{}.CenterCertificate("C", pairB().pem).State()
		for _, name := range []string{shop, www} {
			s, _ = must(t, s, cdn.Input{At: 1_700_000_000_000, Action: add(product, name)})
		}
		for _, id := range ids {
			s, _ = must(t, s, cdn.Input{At: 1_700_000_001_000, Action: cdn.ConfigurationFinished{Domain: id}})
		}
		upload, stored := pairA().upload(www, "A"), byName(shop, "C")
		upload.Op, stored.Op = operations[0], operations[len(operations)-1]
		begin := s
		s, _ = must(t, s, in(upload), in(stored))
		infix := map[string]string{"vod": "Vod", "live": "Live"}[product]
		golden(t, begin, "Describe"+infix+"DomainDetail-new", cdn.DescribeDomain{Product: product, DomainName: www})
		golden(t, s, "Describe"+infix+"DomainDetail", cdn.DescribeDomain{Product: product, DomainName: "WWW.example.com"})
		golden(t, s, "Describe"+infix+"DomainCertificateInfo", cdn.DescribeCertificate{Product: product, DomainName: shop})
		golden(t, s, "Describe"+infix+"UserDomains", cdn.DescribeDomains{Product: product})
		for _, read := range []model.Action{cdn.DescribeDomain{Product: product, DomainName: "none.example.com"}, cdn.DescribeCertificate{Product: product, DomainName: "none.example.com"}} {
			_, output := step(s, event(read))
			if e := output.Error; e.Code != errcodes.InvalidDomainNotFound || e.Status != 404 || e.Message != "The domain provided does not belong to you." {
				t.Errorf("%T: %+v", read, e)
			}
		}
		for _, read := range []model.Action{cdn.DescribeDomain{Product: product}, cdn.DescribeCertificate{Product: product}} {
			refused(t, s, event(read), errcodes.CondDomainNameMissing)
		}
	}
}

// A list has the domains that its parameters select, page by page.
func TestSelectedDomains(t *testing.T) {
	s := cdn.Scenario{}.HTTPSDomain("live a.example").HTTPSDomain("live b.example.com").Configuring().HTTPSDomain("live c.example.com").Offline().
		HTTPSDomain("vod a.example").ForeignDomain("live d.example.com").State()
	edge := add("live", "edge.example.com")
	s, _ = must(t, s, event(edge), event(cdn.ConfigurationFinished{Domain: "live edge.example.com"}))
	for _, test := range []struct {
		in   cdn.DescribeDomains
		want []string
	}{
		{cdn.DescribeDomains{}, []string{"a.example", "b.example.com", "c.example.com", "edge.example.com"}},
		{cdn.DescribeDomains{DomainStatus: "online"}, []string{"a.example", "edge.example.com"}},
		{cdn.DescribeDomains{DomainStatus: "configuring"}, []string{"b.example.com"}},
		{cdn.DescribeDomains{DomainStatus: "checking"}, []string{}},
		{cdn.DescribeDomains{DomainName: "EXAMPLE.com"}, []string{"b.example.com", "c.example.com", "edge.example.com"}},
		{cdn.DescribeDomains{DomainName: "b.", DomainSearchType: "pre_match"}, []string{"b.example.com"}},
		{cdn.DescribeDomains{DomainName: ".example", DomainSearchType: "suf_match"}, []string{"a.example"}},
		{cdn.DescribeDomains{DomainName: "example.com", DomainSearchType: "full_match"}, []string{}},
		{cdn.DescribeDomains{LiveDomainType: "liveEdge"}, []string{"edge.example.com"}},
		{cdn.DescribeDomains{LiveDomainType: "liveVideo", DomainStatus: "online"}, []string{"a.example"}},
		{cdn.DescribeDomains{RegionName: "cn-beijing", DomainStatus: "online"}, []string{"a.example", "edge.example.com"}},
		{cdn.DescribeDomains{RegionName: "cn-shanghai", DomainStatus: "online"}, []string{"a.example"}},
	} {
		for size := 1; size <= 5; size++ {
			got := []string{}
			for number := 1; number <= 5; number++ {
				in := test.in
				in.Product, in.PageSize, in.PageNumber = "live", size, number
				answer := body(t, s, in)
				page := answer["Domains"].(object)["PageData"].([]any)
				for _, item := range page {
					got = append(got, item.(object)["DomainName"].(string))
				}
				if len(page) > size || answer["TotalCount"] != float64(len(test.want)) || answer["PageSize"] != float64(size) {
					t.Errorf("%+v: %v", in, answer)
				}
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("%+v, pages of %d (-want +got)\n%s", test.in, size, diff)
			}
		}
	}
}

// The origin servers of a VOD domain change, while it is configuring, too.
func TestUpdateVodDomain(t *testing.T) {
	update := func(sources string) cdn.Input {
		return event(cdn.UpdateVodDomain{RequestID: "r", DomainName: "WWW.example.com", Sources: sources})
	}
	content := func(s cdn.State) string {
		detail := body(t, s, cdn.DescribeDomain{Product: "vod", DomainName: www})["DomainDetail"].(object)
		server := detail["Sources"].(object)["Source"].([]any)[0].(object)
		return fmt.Sprint(server["Content"], server["Port"], server["Priority"])
	}
	s, _ := must(t, cdn.State{}, event(add("vod", www)), update(`[{"content":"a.example","port":"443","priority":"","type":"domain"}]`))
	if got := content(s); got != "a.example44320" {
		t.Error(got)
	}
	s, _ = must(t, s, event(cdn.ConfigurationFinished{Domain: "vod " + www}))
	next, _ := must(t, s, update(""))
	unchanged(t, s, next)
	s, _ = must(t, s, update(sources))
	if d, _ := s.Domains.Get("vod " + www); content(s) != "1.1.1.144330" || !d.Configuring {
		t.Errorf("%s, %+v", content(s), d)
	}
	if next, output := step(s, update("[]")); output.Error.Code != "InvalidSources.Malformed" {
		t.Errorf("%+v", output)
	} else {
		unchanged(t, s, next)
	}
	refused(t, cdn.Scenario{}.HTTPSDomain(www).State(), update(sources), errcodes.CondDomainNotFound)
	refused(t, cdn.Scenario{}.HTTPSDomain("vod "+www).Forbidden().State(), update(sources), errcodes.CondDomainNotPermitted)
	s, _ = must(t, s, event(cdn.ConfigurationFinished{Domain: "vod " + www}), event(cdn.DeleteDomain{Product: "vod", DomainName: www}))
	refused(t, s, update(sources), errcodes.CondDomainConfiguring)
}
