package fakecloud_test

import (
	"encoding/xml"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/alicert/alicert/model/fakecloud"
)

// TestPublished checks that the table is well formed and contains the served operations.
func TestPublished(t *testing.T) {
	for _, fault := range fakecloud.CheckPublished() {
		t.Error(fault)
	}
	if n := len(slices.Collect(fakecloud.Published())); n < 4000 {
		t.Errorf("%d operations", n)
	}
}

// TestEveryPublishedOperation checks that every published operation is served or answered
// with 501, and never with InvalidAction.NotFound or InvalidVersion.
func TestEveryPublishedOperation(t *testing.T) {
	cloud := open(t, fakecloud.Options{})
	for m := range fakecloud.Published() {
		got := call(t, cloud, m.Action, "Version", m.Version)
		if missing := got.code() == "NotImplemented.Fake" && got.status == 501; missing == fakecloud.Serves(m) || got.code() == "InvalidVersion" || got.code() == "InvalidAction.NotFound" {
			t.Errorf("%s: %d %s", m, got.status, got.raw)
		}
	}
}

// TestUnserved checks the refusal of an action that is not served. The host decides about
// the product, otherwise the version.
func TestUnserved(t *testing.T) {
	const here = "127.0.0.1:8080"
	cloud := open(t, fakecloud.Options{})
	for _, test := range []struct {
		host, action, version string
		want                  string // the code and the missing operation
	}{
		// Operations of products that fakecloud has.
		{here, "ModifyCdnDomain", "2018-05-10", "NotImplemented.Fake ModifyCdnDomain (Cdn 2018-05-10)"},
		{here, "ModifyCdnDomain", "2014-11-11", "NotImplemented.Fake ModifyCdnDomain (Cdn 2014-11-11)"},
		{"cdn.aliyuncs.com", "StopCdnDomain", "2018-05-10", "NotImplemented.Fake StopCdnDomain (Cdn 2018-05-10)"},
		{here, "StopDcdnDomain", "2018-01-15", "NotImplemented.Fake StopDcdnDomain (dcdn 2018-01-15)"},
		{here, "CreateRule", "2020-06-16", "NotImplemented.Fake CreateRule (Alb 2020-06-16)"},
		{here, "CancelOrderRequest", "2020-04-07", "NotImplemented.Fake CancelOrderRequest (cas 2020-04-07)"},
		{here, "CreateUserCertificate", "2018-07-13", "NotImplemented.Fake CreateUserCertificate (cas 2018-07-13)"},
		{here, "SetDcdnDomainCertificate", "2018-01-15", "NotImplemented.Fake SetDcdnDomainCertificate (dcdn 2018-01-15)"},

		// Operations of other products, some with names that fakecloud has, too.
		{here, "StartListener", "2022-04-30", "NotImplemented.Fake StartListener (Nlb 2022-04-30)"},
		{"nlb.cn-hangzhou.aliyuncs.com", "StartListener", "2022-04-30", "NotImplemented.Fake StartListener (Nlb 2022-04-30)"},
		{"NLB-vpc.cn-hangzhou.aliyuncs.com:443", "StopListener", "2022-04-30", "NotImplemented.Fake StopListener (Nlb 2022-04-30)"},
		{"wafopenapi.cn-hangzhou.aliyuncs.com", "ModifyDomain", "2099-01-01", "NotImplemented.Fake ModifyDomain (waf-openapi 2021-10-01)"},
		{"sts.cn-hangzhou.aliyuncs.com", "AssumeRole", "2015-04-01", "NotImplemented.Fake AssumeRole (Sts 2015-04-01)"},
		{here, "AssumeRole", "2015-04-01", "NotImplemented.Fake AssumeRole (Sts 2015-04-01)"},
		{here, "UploadCACertificate", "2014-05-15", "NotImplemented.Fake UploadCACertificate (Slb 2014-05-15)"},
		{here, "AssociateWebCert", "2099-01-01", "NotImplemented.Fake AssociateWebCert (ddoscoo 2020-01-01)"},
		{here, "DescribeZones", "2020-06-16", "NotImplemented.Fake DescribeZones (Alb 2020-06-16)"},
		{here, "DescribeInstances", "2014-05-26", "NotImplemented.Fake DescribeInstances (Ecs 2014-05-26)"},
		{here, "QueryBill", "2017-12-14", "NotImplemented.Fake QueryBill (BssOpenApi 2017-12-14)"},

		// Versions that the product does not have.
		{here, "GetListenerAttribute", "2018-05-10", "InvalidVersion"},
		{here, "GetListenerAttribute", "2099-01-01", "InvalidVersion"},
		{here, "ModifyCdnDomain", "2099-01-01", "InvalidVersion"},
		{"cdn.aliyuncs.com", "ModifyCdnDomain", "2099-01-01", "InvalidVersion"},
		{"alb.cn-hangzhou.aliyuncs.com", "StartListener", "2022-04-30", "InvalidVersion"},
		{"nlb.cn-hangzhou.aliyuncs.com", "UpdateListenerAttribute", "2099-01-01", "InvalidVersion"},

		// Unknown names, and names of another product than the called one.
		{here, "Nonsense", "2020-06-16", "InvalidAction.NotFound"},
		{here, "Nonsense", "2099-01-01", "InvalidAction.NotFound"},
		{here, "modifyCdnDomain", "2018-05-10", "InvalidAction.NotFound"},
		{"nlb.cn-hangzhou.aliyuncs.com", "Nonsense", "2022-04-30", "InvalidAction.NotFound"},
		{"nlb.cn-hangzhou.aliyuncs.com", "ModifyCdnDomain", "2022-04-30", "InvalidAction.NotFound"},
		{"cdn.aliyuncs.com", "Nonsense", "2099-01-01", "InvalidAction.NotFound"},
		{"alb.cn-hangzhou.aliyuncs.com", "ModifyCdnDomain", "2020-06-16", "InvalidAction.NotFound"},
		{"unheard-of.aliyuncs.com", "GetListenerAttribute", "2099-01-01", "InvalidAction.NotFound"},
		{here, "ModifyCdnDomain", "2021-10-01", "InvalidAction.NotFound"},
		{here, "AssociateWebCert", "2020-06-16", "InvalidAction.NotFound"},
	} {
		got := callHost(t, cloud, test.host, test.action, "Version", test.version)
		code, missing, _ := strings.Cut(test.want, " ")
		if got.code() != code || !strings.Contains(got.text("Message"), missing) {
			t.Errorf("%s %s %s: %s; want %s", test.host, test.action, test.version, got.raw, test.want)
		}
	}
}

// TestNotImplemented checks the whole answer in JSON and XML, and that it has no effect.
func TestNotImplemented(t *testing.T) {
	cloud := open(t, fakecloud.Options{})
	before := key(cloud.State())
	got := callHost(t, cloud, "cdn.aliyuncs.com", "ModifyCdnDomain", "Version", "2018-05-10")
	want(t, got, http.StatusNotImplemented, "NotImplemented.Fake")
	const message = "fakecloud does not implement ModifyCdnDomain (Cdn 2018-05-10). The operation exists in the real cloud; this answer comes from the fake and says nothing about the request."
	if got.text("Message") != message || got.text("HostId") != "cdn.aliyuncs.com" || len(got.text("RequestId")) != 36 || got.text("Recommend") != "" {
		t.Error(got.raw)
	}
	r, err := http.NewRequest("GET", "http://cdn.aliyuncs.com/?Action=ModifyCdnDomain&Version=2018-05-10", nil)
	if err != nil {
		t.Fatal(err)
	}
	asXML := send(t, cloud, r)
	var element struct {
		XMLName       xml.Name `xml:"Error"`
		Code, Message string
		RequestID     string `xml:"RequestId"`
		HostID        string `xml:"HostId"`
	}
	if err := xml.Unmarshal([]byte(asXML.raw), &element); err != nil || asXML.status != http.StatusNotImplemented ||
		element.Code != "NotImplemented.Fake" || element.Message != message || element.HostID != "cdn.aliyuncs.com" || len(element.RequestID) != 36 {
		t.Errorf("%v %s", err, asXML.raw)
	}
	if key(cloud.State()) != before || len(cloud.Journal().Records) != len(shop().Events()) {
		t.Error("it has an effect")
	}
}

// TestMissingIsReported: Missing, OnMissing, AssertDone, the calls and the page name the
// operations that only the real cloud has. Faults do not apply to them.
func TestMissingIsReported(t *testing.T) {
	var told []fakecloud.Missing
	cloud := open(t, fakecloud.Options{OnMissing: func(m fakecloud.Missing) { told = append(told, m) }})
	call(t, cloud, "ModifyCdnDomain", "Version", "2018-05-10")
	inject(t, cloud, fakecloud.Fault{Times: 1, Code: "Throttling"})
	want(t, call(t, cloud, "DescribeCdnRegionAndIsp", "Version", "2018-05-10"), http.StatusNotImplemented, "NotImplemented.Fake")
	cloud.ClearFaults()

	missing := []fakecloud.Missing{{Product: "Cdn", Version: "2018-05-10", Action: "ModifyCdnDomain"}, {Product: "Cdn", Version: "2018-05-10", Action: "DescribeCdnRegionAndIsp"}}
	if !slices.Equal(cloud.Missing(), missing) || !slices.Equal(told, missing) {
		t.Errorf("missing %v, told %v", cloud.Missing(), told)
	}
	var failed complaints
	cloud.AssertDone(&failed)
	if text := strings.Join(failed.texts, "\n"); len(failed.texts) != 2 || !strings.Contains(text, "ModifyCdnDomain (Cdn 2018-05-10)") || !strings.Contains(text, "DescribeCdnRegionAndIsp") {
		t.Errorf("complaints %q", failed.texts)
	}
	if calls := cloud.Calls(); calls[0].Action != "ModifyCdnDomain" || calls[0].Status != 501 || calls[0].Code != "NotImplemented.Fake" {
		t.Errorf("calls %+v", calls)
	}
	if status, text := control(t, cloud, "GET", "missing", "", nil); status != http.StatusOK || !strings.HasPrefix(text, `[{"product":"Cdn","version":"2018-05-10","action":"ModifyCdnDomain"},`) {
		t.Errorf("%d %s", status, text)
	}
	if status, text := control(t, cloud, "GET", "view", "", nil); status != http.StatusOK || !strings.Contains(text, `"missing":[{"product":"Cdn","version":"2018-05-10","action":"ModifyCdnDomain","times":1},`) {
		t.Errorf("%d %s", status, text)
	}
	if err := cloud.Reset(); err != nil {
		t.Fatal(err)
	}
	cloud.AssertDone(t)
	call(t, cloud, "ModifyCdnDomain", "Version", "2018-05-10")
	if len(told) != 3 || len(cloud.Missing()) != 1 {
		t.Errorf("after a reset: missing %v, told %v", cloud.Missing(), told)
	}
}

// TestNotImplementedBehindSignature checks that a request without a valid signature does
// not learn whether an operation exists and leaves no trace. OnMissing is called once for
// each key.
func TestNotImplementedBehindSignature(t *testing.T) {
	var mu sync.Mutex
	told := 0
	cloud := newShop(t, fakecloud.Options{Keys: keysOfCaptures(), OnMissing: func(fakecloud.Missing) {
		mu.Lock()
		defer mu.Unlock()
		told++
	}})
	unsigned := callHost(t, cloud, "cdn.aliyuncs.com", "ModifyCdnDomain", "Version", "2018-05-10")
	want(t, unsigned, 400, "MissingAccessKeyId")
	if len(cloud.Missing()) != 0 || told != 0 {
		t.Errorf("missing %v", cloud.Missing())
	}
	cloud.AssertDone(t)

	open := open(t, fakecloud.Options{OnMissing: func(fakecloud.Missing) {
		mu.Lock()
		defer mu.Unlock()
		told++
	}})
	var clients sync.WaitGroup
	for i := range 8 {
		clients.Go(func() {
			for range 20 {
				call(t, open, "ModifyCdnDomain", "Version", "2018-05-10", "AccessKeyId", fmt.Sprint("key-", i))
			}
		})
	}
	clients.Wait()
	if told != 1 || len(open.Missing()) != 1 {
		t.Errorf("told %d times", told)
	}
}

// TestNotImplementedREST checks that REST operations of the real cloud are missing, too.
// Served operations have no paths and methods, and an unknown path is refused as before.
func TestNotImplementedREST(t *testing.T) {
	for _, test := range []struct {
		method, path, action, version string
		status                        int
		code                          string
	}{
		{"PUT", "/2023-03-30/custom-domains/www.example.com", "UpdateCustomDomain", "2023-03-30", 501, "NotImplemented.Fake"},
		{"DELETE", "/2023-03-30/custom-domains/www.example.com", "DeleteCustomDomain", "2023-03-30", 501, "NotImplemented.Fake"},
		{"GET", "/2023-03-30/custom-domains", "ListCustomDomains", "2023-03-30", 501, "NotImplemented.Fake"},
		{"GET", "/2023-03-30/custom-domains", "Nonsense", "2023-03-30", 404, "InvalidApi.NotFound"},
		{"DELETE", "/", "Nonsense", "2023-03-30", 400, "UnsupportedHTTPMethod"},
		{"PUT", "/", "ListListeners", "2020-06-16", 400, "UnsupportedHTTPMethod"},
		{"GET", "/listeners", "ListListeners", "2020-06-16", 404, "InvalidApi.NotFound"},
		{"GET", "/listeners", "", "", 404, "InvalidApi.NotFound"},
	} {
		clock := newClock()
		request := func() *http.Request {
			r, err := http.NewRequest(test.method, "http://fcv3.cn-hangzhou.aliyuncs.com"+test.path, http.NoBody)
			if err != nil {
				t.Fatal(err)
			}
			r.Header.Set("X-Acs-Version", test.version)
			return r
		}
		cloud := newShop(t, fakecloud.Options{Now: clock.now})
		r := request()
		if test.action == "ListListeners" {
			r.Host = "127.0.0.1"
		}
		signACS3(r, test.action, "nonce", clock.now().Format("2006-01-02T15:04:05Z"), "")
		got := send(t, cloud, r)
		want(t, got, test.status, test.code)
		if missing := len(cloud.Missing()) == 1; missing != (test.status == 501) {
			t.Errorf("missing %v", cloud.Missing())
		}
		if test.status != 501 {
			continue
		}
		r = request()
		signACS3(r, test.action, "another", clock.now().Format("2006-01-02T15:04:05Z"), "")
		r.URL.Path += "s" // the signature covers the path
		want(t, send(t, cloud, r), 400, "SignatureDoesNotMatch")
	}
}
