package cdn_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/validate"
)

// body decodes the members of a read's answer.
func body(t *testing.T, s cdn.State, read model.Action) map[string]any {
	t.Helper()
	next, output := must(t, s, event(read))
	unchanged(t, s, next)
	var members map[string]any
	if err := json.Unmarshal([]byte(text(t, output)), &members); err != nil {
		t.Fatal(err)
	}
	if id := members["RequestId"]; id != output.RequestID {
		t.Errorf("the request %q is answered as %v", output.RequestID, id)
	}
	delete(members, "RequestId")
	return members
}

// text is an answer as JSON.
func text(t *testing.T, o model.Output) string {
	t.Helper()
	data, err := json.Marshal(o.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// shape replaces every value by the name of its type.
func shape(v any) any {
	switch v := v.(type) {
	case map[string]any:
		out := map[string]any{}
		for name, member := range v {
			out[name] = shape(member)
		}
		return out
	case []any:
		if len(v) == 0 {
			return []any{}
		}
		return []any{shape(v[0])}
	default:
		return fmt.Sprintf("%T", v)
	}
}

type object = map[string]any

// The answers have the members that clients read, of the types that they read
// them as.
func TestShapesOfReads(t *testing.T) {
	a := pairA()
	s := cdn.Scenario{}.HTTPSDomain(www).CenterCertificate("C", a.pem).Bound().State()
	tests := map[string]struct {
		read model.Action
		want object
	}{
		"DescribeDomainCertificateInfo": {cdn.DescribeDomainCertificateInfo{DomainName: www}, object{
			"CertInfos": object{"CertInfo": []any{object{
				"DomainName": "string", "ServerCertificateStatus": "string", "ServerCertificate": "string",
				"CertName": "string", "CertType": "string", "CertId": "string", "CertRegion": "string",
				"CertDomainName": "string", "CertStartTime": "string", "CertExpireTime": "string", "Status": "string",
			}}},
		}},
		"DescribeCdnDomainDetail": {cdn.DescribeCdnDomainDetail{DomainName: www}, object{
			"GetDomainDetailModel": object{
				"DomainName": "string", "DomainStatus": "string", "HttpsCname": "string",
				"ServerCertificate": "string", "ServerCertificateStatus": "string",
				"CdnType": "string", "Cname": "string", "Description": "string", "ResourceGroupId": "string", "Scope": "string",
				"SourceModels": object{"SourceModel": []any{object{
					"Content": "string", "Enabled": "string", "Port": "float64", "Priority": "string", "Type": "string", "Weight": "string",
				}}},
			},
		}},
		"DescribeUserDomains": {cdn.DescribeUserDomains{}, object{
			"PageNumber": "float64", "PageSize": "float64", "TotalCount": "float64",
			"Domains": object{"PageData": []any{object{"DomainName": "string", "DomainStatus": "string", "SslProtocol": "string"}}},
		}},
		"ListTagResources": {cdn.ListTagResources{ResourceIDs: []string{www}}, object{"TagResources": object{"TagResource": []any{}}}},
		"ListUserCertificateOrder": {cas.ListUserCertificateOrder{OrderType: "CERT"}, object{
			"CurrentPage": "float64", "ShowSize": "float64", "TotalCount": "float64",
			"CertificateOrderList": []any{object{
				"CertificateId": "float64", "CommonName": "string", "SerialNo": "string", "Name": "string",
				"InstanceId": "string", "Status": "string", "CertStartTime": "float64", "CertEndTime": "float64",
				"City": "string", "Country": "string", "Domain": "string", "EndDate": "string", "Expired": "bool", "Fingerprint": "string",
				"Issuer": "string", "OrderId": "float64", "OrgName": "string", "Province": "string", "ResourceGroupId": "string",
				"Sans": "string", "Sha2": "string", "StartDate": "string", "Upload": "bool",
			}},
		}},
		"GetUserCertificateDetail": {cas.GetUserCertificateDetail{CertID: 1000001}, object{
			"Id": "float64", "CertIdentifier": "string", "InstanceId": "string", "Cert": "string", "Name": "string",
			"Common": "string", "Sans": "string", "SerialNo": "string", "Sha2": "string", "NotBefore": "float64", "NotAfter": "float64",
			"Algorithm": "string", "BuyInAliyun": "bool", "CertSha2": "string", "City": "string", "Country": "string", "EndDate": "string",
			"Expired": "bool", "Fingerprint": "string", "Issuer": "string", "OrderId": "float64", "OrgName": "string", "Province": "string",
			"ResourceGroupId": "string", "StartDate": "string", "Tags": []any{},
			"CertChain": []any{object{
				"CommonName": "string", "IssuerCommonName": "string", "NotAfter": "float64", "NotBefore": "float64", "RemainDay": "float64",
			}},
		}},
		"GetCertificateDetail": {cas.GetCertificateDetail{CertID: 1000001}, object{
			"CertificateId": "float64", "CertIdentifier": "string", "Domain": "string", "NotBefore": "float64", "NotAfter": "float64",
		}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			if diff := cmp.Diff(any(test.want), shape(body(t, s, test.read))); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

// info is the only certificate information of a domain.
func info(t *testing.T, s cdn.State, name string) object {
	t.Helper()
	infos := body(t, s, cdn.DescribeDomainCertificateInfo{DomainName: name})["CertInfos"].(object)["CertInfo"].([]any)
	if len(infos) != 1 {
		t.Fatalf("%d infos", len(infos))
	}
	return infos[0].(object)
}

func TestDescribeDomainCertificateInfo(t *testing.T) {
	a := pairA()
	domain := cdn.Scenario{}.HTTPSDomain(www)
	bound := object{
		"DomainName": www, "ServerCertificateStatus": "on", "ServerCertificate": a.pem,
		"CertName": "C", "CertType": "cas", "CertId": "1000001", "CertRegion": "cn-hangzhou",
		"CertDomainName": "www.example.com", "CertStartTime": "2026-01-01T00:00:00Z", "CertExpireTime": "2049-12-31T23:59:59Z", "Status": "success",
	}
	upload := maps.Clone(bound)
	upload["CertName"], upload["CertType"], upload["CertId"] = "A", "upload", strconv.Itoa(cas.UploadNumber("scenario", "A"))
	waiting := maps.Clone(upload)
	waiting["ServerCertificateStatus"], waiting["Status"] = "off", "checking"
	tests := map[string]struct {
		state cdn.State
		want  object
	}{
		"cas":           {domain.CenterCertificate("C", a.pem).Bound().State(), bound},
		"upload":        {domain.Certificate("A", a.pem).Bound().State(), upload},
		"not in effect": {domain.Certificate("A", a.pem).BoundNotInEffect().State(), waiting},
		"free":          {domain.BoundToFree().State(), object{"DomainName": www, "ServerCertificateStatus": "on", "CertType": "free", "Status": "success"}},
		"none":          {domain.State(), object{"DomainName": www, "ServerCertificateStatus": "off"}},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			got := info(t, test.state, "WWW.Example.com")
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Errorf("(-want +got):\n%s", diff)
			}
		})
	}
}

func TestDescribeCdnDomainDetail(t *testing.T) {
	a := pairA()
	domain := cdn.Scenario{}.HTTPSDomain(www)
	for status, s := range map[string]cdn.State{
		"online":      domain.State(),
		"offline":     domain.Configuring().Offline().State(),
		"configuring": domain.Configuring().State(),
	} {
		detail := body(t, s, cdn.DescribeCdnDomainDetail{DomainName: www})["GetDomainDetailModel"].(object)
		if detail["DomainStatus"] != status || detail["ServerCertificateStatus"] != "off" || detail["ServerCertificate"] != nil {
			t.Errorf("%s: %v", status, detail)
		}
	}
	s := domain.Certificate("A", a.pem).Bound().State()
	detail := body(t, s, cdn.DescribeCdnDomainDetail{DomainName: www})["GetDomainDetailModel"].(object)
	if detail["ServerCertificate"] != a.pem || detail["ServerCertificateStatus"] != "on" {
		t.Errorf("%v", detail)
	}
}

func TestDetailsOfCertificates(t *testing.T) {
	a := pairA()
	s := cdn.Scenario{}.CenterCertificate("B", "").CenterCertificate("C", a.pem).State()
	c := certificate(t, s, "C")
	got := body(t, s, cas.GetUserCertificateDetail{CertID: 1000002})
	members := object{
		"Id": 1000002., "Name": "C", "CertIdentifier": "1000002-cn-hangzhou", "InstanceId": "cas-upload-1000002", "Cert": a.pem,
		"Common": c.Leaf.Name, "Sans": c.Leaf.Names, "SerialNo": "0" + c.Leaf.Serial, "Sha2": c.Leaf.SHA256,
		"NotBefore": float64(c.Leaf.NotBefore * 1000), "NotAfter": float64(c.Leaf.NotAfter * 1000),
	}
	for member, want := range members {
		if got[member] != want {
			t.Errorf("%s is %v, want %v", member, got[member], want)
		}
	}
	got = body(t, s, cas.GetCertificateDetail{CertID: 1000002})
	if got["CertificateId"] != 1000002. || got["Domain"] != c.Leaf.Names || got["NotAfter"] != float64(c.Leaf.NotAfter*1000) {
		t.Errorf("%v", got)
	}
}

func TestNotFound(t *testing.T) {
	s := cdn.Scenario{}.ForeignDomain(www).Certificate("A", "").CenterCertificate("C", "").State()
	refused(t, s, event(cdn.ListTagResources{ResourceIDs: []string{""}}), errcodes.CondDomainNotFound)
	for _, name := range []string{www, "none.example.com", "not a domain"} {
		refused(t, s, event(cdn.DescribeDomainCertificateInfo{DomainName: name}), errcodes.CondDomainNotFound)
		refused(t, s, event(cdn.DescribeCdnDomainDetail{DomainName: name}), errcodes.CondDomainNotFound)
		refused(t, s, event(cdn.ListTagResources{ResourceIDs: []string{name}}), errcodes.CondDomainNotFound)
	}
	for _, id := range []int{-1, 1, 100000, 10000011, math.MaxInt, math.MinInt} {
		refused(t, s, event(cas.GetUserCertificateDetail{CertID: id}), errcodes.CondCertificateNotFound)
		refused(t, s, event(cas.GetCertificateDetail{CertID: id}), errcodes.CondCertificateNotFound)
	}
}

// Every page size gives every item once, in order, and whoever asks for the page
// behind the last one gets none.
func TestPaging(t *testing.T) {
	const items = 7
	b := cdn.Scenario{}.ForeignDomain("d3x.example.com").CertificateIn(cas.Overseas, "c3x", "")
	var domains, certificates []string
	for i := range items {
		b = b.HTTPSDomain(fmt.Sprintf("d%d.example.com", i)).CenterCertificate(fmt.Sprintf("c%d", i), "")
		domains, certificates = append(domains, fmt.Sprintf("d%d.example.com", i)), append(certificates, fmt.Sprintf("c%d", i))
	}
	s := b.State()
	pageOf := func(number, size int) (d, c []string) {
		answer := body(t, s, cdn.DescribeUserDomains{PageNumber: number, PageSize: size})
		for _, item := range answer["Domains"].(object)["PageData"].([]any) {
			d = append(d, item.(object)["DomainName"].(string))
		}
		list := body(t, s, cas.ListUserCertificateOrder{CurrentPage: number, ShowSize: size, OrderType: "CERT"})
		for _, item := range list["CertificateOrderList"].([]any) {
			c = append(c, item.(object)["Name"].(string))
		}
		if answer["TotalCount"] != float64(items) || list["TotalCount"] != float64(items) {
			t.Errorf("page %d of %d: totals %v and %v", number, size, answer["TotalCount"], list["TotalCount"])
		}
		return d, c
	}
	for size := 1; size <= items+1; size++ {
		var d, c []string
		for number := 1; number <= items+1; number++ {
			dPage, cPage := pageOf(number, size)
			if len(dPage) > size || len(cPage) > size {
				t.Errorf("page %d of %d has %d and %d items", number, size, len(dPage), len(cPage))
			}
			d, c = append(d, dPage...), append(c, cPage...)
		}
		if !slices.Equal(d, domains) || !slices.Equal(c, certificates) {
			t.Errorf("size %d: %v, %v", size, d, c)
		}
	}
	for _, number := range []int{0, -1, math.MinInt} { // as the first page
		if d, c := pageOf(number, 2); !slices.Equal(d, domains[:2]) || !slices.Equal(c, certificates[:2]) {
			t.Errorf("page %d: %v, %v", number, d, c)
		}
	}
	for _, size := range []int{0, -1, math.MinInt, math.MaxInt} { // as the default, or all
		if d, c := pageOf(1, size); len(d) != items || len(c) != items {
			t.Errorf("size %d: %v, %v", size, d, c)
		}
	}
}

func TestDefaultPageSizes(t *testing.T) {
	b := cdn.Scenario{}
	for i := range 60 {
		b = b.HTTPSDomain(fmt.Sprintf("d%d.example.com", i)).CenterCertificate(fmt.Sprint("c", i), "")
	}
	domains := body(t, b.State(), cdn.DescribeUserDomains{})
	if n := len(domains["Domains"].(object)["PageData"].([]any)); n != 20 || domains["PageSize"] != 20. || domains["PageNumber"] != 1. {
		t.Errorf("%d domains: %v", n, domains["PageSize"])
	}
	list := body(t, b.State(), cas.ListUserCertificateOrder{OrderType: "CERT"})
	if n := len(list["CertificateOrderList"].([]any)); n != 50 || list["ShowSize"] != 50. || list["CurrentPage"] != 1. {
		t.Errorf("%d certificates: %v", n, list["ShowSize"])
	}
}

// A list of the center has times in milliseconds; the state has seconds.
func TestTimesInLists(t *testing.T) {
	s := cdn.Scenario{}.CenterCertificate("C", pairA().pem).State()
	got := body(t, s, cas.ListUserCertificateOrder{OrderType: "CERT"})["CertificateOrderList"].([]any)[0].(object)
	leaf := certificate(t, s, "C").Leaf
	begin, end := float64(time.Unix(leaf.NotBefore, 0).UnixMilli()), float64(time.Unix(leaf.NotAfter, 0).UnixMilli())
	if begin == 0 || end <= begin || got["CertStartTime"] != begin || got["CertEndTime"] != end {
		t.Errorf("%v to %v; want %v to %v", got["CertStartTime"], got["CertEndTime"], begin, end)
	}
}

// Ids that the center did not make may have no number.
func TestCertificateWithoutNumber(t *testing.T) {
	e := cas.CertificateAdded{}
	e.Certificate.Name, e.Certificate.ID = "C", "x-cn-hangzhou"
	s, _ := must(t, cdn.State{}, event(e))
	list := body(t, s, cas.ListUserCertificateOrder{OrderType: "CERT"})["CertificateOrderList"].([]any)
	if id := list[0].(object)["CertificateId"]; id != 0. {
		t.Errorf("number %v", id)
	}
}

func TestUploadUserCertificate(t *testing.T) {
	a, b := pairA(), pairB()
	upload := func(name string, p pair) cdn.Input { return upload("r", name, p.pem, p.key, validate.Options{}) }
	s, output := must(t, cdn.Scenario{}.Certificate("A", a.pem).State(), upload("C", b))
	if text(t, output) != `{"RequestId":"r","CertId":1000001,"ResourceId":"cas-upload-1000001"}` || output.RequestID != "r" {
		t.Errorf("%+v", output)
	}
	c, found := s.CAS.ByID("1000001-cn-hangzhou")
	if !found || c.Name != "C" || c.Source != "cas" || c.Status != "issued" || !c.KeyStored || c.PEM != b.pem {
		t.Errorf("%+v", c)
	}
	refused(t, s, upload("C", a), errcodes.CondCertNameDuplicated)
	refused(t, s, upload("A", a), errcodes.CondCertNameDuplicated)
	refused(t, s, upload("", a), errcodes.CondCertNameMissing)
	s, output = must(t, s, upload("E", a))
	if text(t, output) != `{"RequestId":"r","CertId":1000002,"ResourceId":"cas-upload-1000002"}` || certificate(t, s, "E").ID != "1000002-cn-hangzhou" {
		t.Errorf("%+v", output)
	}
	s, _ = must(t, s, event(cdn.DomainAdded{Name: www}), in(byName(www, "C")))
	isClass(t, s, www, "on, configuring")
}

// A number that an event has used is not given out again, nor is one that was
// free once.
func TestNumbersAreGivenOutOnce(t *testing.T) {
	a := pairA()
	taken := cas.CertificateAdded{}
	taken.Certificate.Name, taken.Certificate.ID = "taken", "1000001-cn-hangzhou"
	s, _ := must(t, cdn.State{}, event(taken))
	for _, want := range []string{`{"RequestId":"r","CertId":1000002,"ResourceId":"cas-upload-1000002"}`, `{"RequestId":"r","CertId":1000003,"ResourceId":"cas-upload-1000003"}`} {
		next, output := must(t, s, upload("r", "C", a.pem, a.key, validate.Options{}))
		if text(t, output) != want {
			t.Errorf("%s, want %s", text(t, output), want)
		}
		s, _ = must(t, next, event(cas.CertificateRemoved{Name: "C"}))
	}
}

// The center's upload is checked as the CDN's is, but for the domain.
func TestUploadIsChecked(t *testing.T) {
	tried := 0
	for _, c := range requestRows(t) {
		if !errcodes.UploadUserCertificate.Table().Has(c.cond) {
			continue
		}
		tried++
		refused(t, cdn.State{}, upload("r", c.req.CertName, c.req.Certificate, c.req.PrivateKey, c.opts), c.cond)
	}
	if tried != 14 {
		t.Errorf("%d conditions tried", tried)
	}
}

// The center lists domains as resources, with the certificates that they have.
func TestListCloudResources(t *testing.T) {
	s := cdn.Scenario{}.ForeignDomain("x.example.com").HTTPSDomain(shop).HTTPSDomain(www).CenterCertificate("C", pairA().pem).Bound().State()
	list := func(in cdn.ListCloudResources) []any { return body(t, s, in)["Data"].([]any) }
	for _, test := range []struct {
		in   cdn.ListCloudResources
		want int
	}{
		{cdn.ListCloudResources{}, 2},
		{cdn.ListCloudResources{CloudProduct: "cdn"}, 2},
		{cdn.ListCloudResources{CloudProduct: "ALB"}, 0},
		{cdn.ListCloudResources{Keyword: "WWW."}, 1},
		{cdn.ListCloudResources{ShowSize: 1, CurrentPage: 2}, 1},
		{cdn.ListCloudResources{ShowSize: 2, CurrentPage: 2}, 0},
	} {
		if got := list(test.in); len(got) != test.want {
			t.Errorf("%+v: %v", test.in, got)
		}
	}
	all := list(cdn.ListCloudResources{})
	first, second := all[0].(object), all[1].(object)
	if first["Domain"] != shop || first["EnableHttps"] != 0. || first["CertId"] != 0. || first["CertEndTime"] != "" || first["Id"] == second["Id"] {
		t.Errorf("%v", first)
	}
	end := strconv.FormatInt(certificate(t, s, "C").Leaf.NotAfter*1000, 10)
	if second["Domain"] != www || second["EnableHttps"] != 1. || second["CertId"] != 1000001. || second["CertEndTime"] != end {
		t.Errorf("%v", second)
	}
}
