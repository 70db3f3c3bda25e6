package fakecloud_test

import (
	"strconv"
	"strings"
	"testing"

	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/model/fakecloud"
	"github.com/alicert/alicert/testdata"
)

// onProducts is an account with the domains of the ids, and the certificates of open.
func onProducts(t *testing.T, o fakecloud.Options, ids ...string) *fakecloud.Cloud {
	t.Helper()
	cloud := open(t, o)
	for _, id := range ids {
		if err := cloud.AddDomain(id); err != nil {
			t.Fatal(err)
		}
	}
	return cloud
}

// namesIn returns the names of the domains in a list.
func namesIn(a answer) (names []string) {
	for i := 0; a.text("Domains", "PageData", i, "DomainName") != ""; i++ {
		names = append(names, a.text("Domains", "PageData", i, "DomainName"))
	}
	return names
}

// TestCertimateVod makes the calls of certimate's deployment to all VOD domains of a
// certificate, and those of the renewal: upload to the center, list the domains that are
// online, set.
func TestCertimateVod(t *testing.T) {
	cloud := onProducts(t, fakecloud.Options{}, "vod "+www, "vod shop.example.com", "vod other.example.org", "live "+www)
	for round, pair := range []string{"p256/chain3.pem p256/key.pem", "p384/leaf.pem p384/key.pem"} {
		chain, key := split(pair)
		name := "certimate_" + strconv.Itoa(round)
		must(t, call(t, cloud, "ListUserCertificateOrder", "CurrentPage", "1", "ShowSize", "50", "OrderType", "CERT"))
		number := must(t, call(t, cloud, "UploadUserCertificate", "Name", name, "Cert", chain, "Key", key)).text("CertId")
		must(t, call(t, cloud, "GetUserCertificateDetail", "CertId", number, "CertFilter", "true"))
		list := must(t, call(t, cloud, "DescribeVodUserDomains", "DomainStatus", "online", "PageNumber", "1", "PageSize", "50"))
		if got := namesIn(list); len(got) != 3 {
			t.Fatalf("%q: %s", got, list.raw)
		}
		for _, domain := range []string{www, "shop.example.com"} {
			set := []string{"DomainName", domain, "CertType", "cas", "CertId", number, "CertName", name, "CertRegion", "cn-hangzhou", "SSLProtocol", "on"}
			must(t, call(t, cloud, "SetVodDomainSSLCertificate", set...))
			want(t, call(t, cloud, "SetVodDomainSSLCertificate", set...), 403, "ServiceBusy")
			cloud.AssertServed(t, "vod "+domain, chain)
		}
	}
	if d, _ := cloud.State().CDN.Domains.Get("live " + www); d.HTTPS {
		t.Error("the live domain of the same name has a certificate")
	}
	want(t, call(t, cloud, "SetVodDomainSSLCertificate", "DomainName", www, "CertType", "cas", "CertId", "404", "SSLProtocol", "on"), 400, "SSLPri.MissingParameter")
	checkJournal(t, cloud, 0)
}

// TestCertimateLive makes the calls of certimate's deployment to all live domains of a
// region: list the domains that are online, upload to each.
func TestCertimateLive(t *testing.T) {
	cloud := onProducts(t, fakecloud.Options{}, "live .example.com", "live "+www, "vod "+www)
	must(t, call(t, cloud, "AddLiveDomain", "DomainName", "far.example.com", "LiveDomainType", "liveVideo", "Region", "ap-southeast-1"))
	for round, pair := range []string{"p256/chain3.pem p256/key.pem", "p384/leaf.pem p384/key.pem"} {
		chain, key := split(pair)
		list := must(t, call(t, cloud, "DescribeLiveUserDomains", "RegionName", "cn-beijing", "DomainStatus", "online", "PageNumber", "1", "PageSize", "50"))
		if got := namesIn(list); len(got) != 2 || got[1] != www {
			t.Fatalf("%q: %s", got, list.raw)
		}
		for i, domain := range namesIn(list) {
			name := "certimate-1795641761" + strconv.Itoa(819+10*round+i)
			must(t, call(t, cloud, "SetLiveDomainCertificate", "DomainName", domain, "CertName", name, "CertType", "upload", "SSLProtocol", "on", "SSLPub", chain, "SSLPri", key))
			cloud.AssertServed(t, "live "+domain, chain)
		}
		for _, domain := range namesIn(list) { // the roll-outs end
			must(t, call(t, cloud, "DescribeLiveDomainDetail", "DomainName", domain))
		}
	}
	checkJournal(t, cloud, 0)
}

// TestDnsmgrVodAndLive makes the calls of dnsmgr: to live it deploys a certificate of the
// center by its name, beside a number that the operation does not have; to VOD it uploads
// without a name, by the older operation.
func TestDnsmgrVodAndLive(t *testing.T) {
	cloud := onProducts(t, fakecloud.Options{}, "vod "+www, "live "+www)
	for round, pair := range []string{"p256/chain3.pem p256/key.pem", "p384/leaf.pem p384/key.pem"} {
		chain, key := split(pair)
		name := "www.example.com-" + strconv.Itoa(round)
		must(t, call(t, cloud, "ListUserCertificateOrder", "Keyword", www, "OrderType", "CERT"))
		number := must(t, call(t, cloud, "UploadUserCertificate", "Name", name, "Cert", chain, "Key", key)).text("CertId")
		live := []string{"DomainName", www, "CertName", name, "CertType", "cas", "SSLProtocol", "on", "CertId", number}
		must(t, call(t, cloud, "SetLiveDomainCertificate", live...))
		must(t, call(t, cloud, "SetVodDomainCertificate", "DomainName", www, "SSLProtocol", "on", "SSLPub", chain, "SSLPri", key))
		cloud.AssertServed(t, "live "+www, chain)
		cloud.AssertServed(t, "vod "+www, chain)
		must(t, call(t, cloud, "DescribeLiveUserDomains"))
		must(t, call(t, cloud, "DescribeVodUserDomains"))
		info := must(t, call(t, cloud, "DescribeLiveDomainCertificateInfo", "DomainName", www))
		if info.text("CertInfos", "CertInfo", 0, "CertName") != name || info.text("CertInfos", "CertInfo", 0, "CertType") != "cas" {
			t.Error(info.raw)
		}
	}
	want(t, call(t, cloud, "SetLiveDomainCertificate", "DomainName", www, "CertName", "none", "CertType", "cas", "SSLProtocol", "on"), 400, "Certificate.NotFind")
	checkJournal(t, cloud, 0)
}

// TestTerraformVod makes the calls of the Terraform resource and data source of VOD
// domains: add, change the origin servers at once, wait until online, read, set a
// certificate, read, delete, wait until gone.
func TestTerraformVod(t *testing.T) {
	const name, added, sent = "new.example.com", `[{"content":"a.example","port":"443","priority":"","type":"domain"}]`, `[{"content":"b.example","port":"80","priority":"30","type":"domain"}]`
	cloud := open(t, fakecloud.Options{Progress: fakecloud.Polls(2)})
	detail := func(member ...any) string {
		return must(t, call(t, cloud, "DescribeVodDomainDetail", "DomainName", name)).text(append([]any{"DomainDetail"}, member...)...)
	}
	online := func() {
		t.Helper()
		for range 2 {
			if got := detail("DomainStatus"); got != "configuring" {
				t.Fatalf("want configuring: %s", got)
			}
		}
		if got := detail("DomainStatus"); got != "online" {
			t.Fatalf("want online: %s", got)
		}
	}
	must(t, call(t, cloud, "AddVodDomain", "DomainName", name, "Scope", "domestic", "Sources", added))
	must(t, call(t, cloud, "UpdateVodDomain", "DomainName", name, "Sources", sent))
	online()
	for member, want := range map[string]string{"Content": "b.example", "Port": "80", "Priority": "30", "Type": "domain"} {
		if got := detail("Sources", "Source", 0, member); got != want {
			t.Errorf("%s is %s; want %s", member, got, want)
		}
	}
	if detail("Scope") != "domestic" || detail("SSLProtocol") != "off" || detail("SSLPub") != "" || detail("CertName") != "" || detail("Cname") == "" {
		t.Error(detail())
	}
	chain, key := split("p256/chain3.pem p256/key.pem")
	must(t, call(t, cloud, "SetVodDomainSSLCertificate", "DomainName", name, "SSLProtocol", "on", "CertName", "tf", "CertType", "upload", "SSLPub", chain, "SSLPri", key))
	online()
	info := must(t, call(t, cloud, "DescribeVodDomainCertificateInfo", "DomainName", name))
	if detail("SSLPub") != chain || detail("CertName") != "tf" || info.text("CertInfos", "CertInfo", 0, "CertName") != "tf" || info.text("CertInfos", "CertInfo", 0, "SSLProtocol") != "on" {
		t.Error(detail(), info.raw)
	}
	list := must(t, call(t, cloud, "DescribeVodUserDomains", "DomainSearchType", "fuzzy_match", "PageSize", "50", "PageNumber", "1"))
	if list.text("Domains", "PageData", 0, "SslProtocol") != "on" || list.text("Domains", "PageData", 0, "Sources", "Source", 0, "Content") != "b.example" || list.text("Domains", "PageData", 0, "Sandbox") != "normal" {
		t.Error(list.raw)
	}
	must(t, call(t, cloud, "DeleteVodDomain", "DomainName", name))
	gone(t, cloud, "DescribeVodDomainDetail", name)
	checkJournal(t, cloud, 0)
}

// TestTerraformLive makes the calls of the Terraform resource of live domains.
func TestTerraformLive(t *testing.T) {
	const name = "new.example.com"
	cloud := open(t, fakecloud.Options{Progress: fakecloud.Polls(1)})
	detail := func(member string) string {
		return must(t, call(t, cloud, "DescribeLiveDomainDetail", "DomainName", name)).text("DomainDetail", member)
	}
	must(t, call(t, cloud, "AddLiveDomain", "DomainName", name, "Region", "cn-beijing", "LiveDomainType", "liveEdge", "Scope", "overseas"))
	if first, second := detail("DomainStatus"), detail("DomainStatus"); first != "configuring" || second != "online" {
		t.Errorf("%s, then %s", first, second)
	}
	for member, want := range map[string]string{"LiveDomainType": "liveEdge", "Region": "cn-beijing", "Scope": "overseas", "DomainName": name} {
		if got := detail(member); got != want {
			t.Errorf("%s is %s; want %s", member, got, want)
		}
	}
	tags := must(t, call(t, cloud, "ListLiveTagResources", "RegionId", "cn-hangzhou", "ResourceId.1", name, "ResourceType", "DOMAIN"))
	if tags.text("TagResources", "TagResource") != "[]" {
		t.Error(tags.raw)
	}
	want(t, call(t, cloud, "AddLiveDomain", "DomainName", name, "Region", "cn-beijing", "LiveDomainType", "liveEdge"), 400, "DomainAlreadyExist")
	must(t, call(t, cloud, "DeleteLiveDomain", "DomainName", name))
	gone(t, cloud, "DescribeLiveDomainDetail", name)
	want(t, call(t, cloud, "DeleteLiveDomain", "DomainName", name), 404, "InvalidDomain.NotFound")
	checkJournal(t, cloud, 0)
}

// gone waits until a domain that is being deleted is not found.
func gone(t *testing.T, cloud *fakecloud.Cloud, read, name string) {
	t.Helper()
	for range 5 {
		got := call(t, cloud, read, "DomainName", name)
		if got.status == 404 {
			want(t, got, 404, "InvalidDomain.NotFound")
			return
		}
		if status := must(t, got).text("DomainDetail", "DomainStatus"); status != "deleting" {
			t.Fatalf("want deleting: %s", got.raw)
		}
	}
	t.Fatal("the domain does not disappear")
}

// split returns the texts of a certificate and its key, named by their files.
func split(pair string) (chain, key string) {
	files := strings.Fields(pair)
	return testdata.Read(files[0]), testdata.Read(files[1])
}

// TestDemoHasEveryProduct: each operation that sets a certificate can be tried on the demo
// account.
func TestDemoHasEveryProduct(t *testing.T) {
	cloud := fakecloud.New(fakecloud.Options{NoAuth: true})
	if err := cloud.Seed(fakecloud.Demo()); err != nil {
		t.Fatal(err)
	}
	for _, op := range cdn.Operations() {
		id := cdn.DomainID(op.Product(), www)
		if d, found := cloud.State().CDN.Domains.Get(id); !found || d.Offline || d.Foreign {
			t.Errorf("%s: %q is %+v", op, id, d)
		}
	}
}
