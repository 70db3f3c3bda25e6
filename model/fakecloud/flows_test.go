package fakecloud_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/model/fakecloud"
	"github.com/alicert/alicert/testdata"
)

// TestTerraformAttachment makes the calls of the Terraform resource that attaches one
// additional certificate: create, wait, read, delete, wait.
func TestTerraformAttachment(t *testing.T) {
	cloud := open(t, fakecloud.Options{Progress: fakecloud.Polls(2)})
	const id = "12315790343_166f8204689_1714763408_709981430"
	list := func() answer {
		return must(t, call(t, cloud, "ListListenerCertificates", "ListenerId", listener, "MaxResults", "50"))
	}
	create := func(token string) answer {
		return call(t, cloud, "AssociateAdditionalCertificatesWithListener", "ListenerId", listener,
			"Certificates.1.CertificateId", id, "ClientToken", token, "RegionId", "cn-hangzhou")
	}

	if job := must(t, create("TF-1")).text("JobId"); job == "" {
		t.Error("no JobId")
	}
	if again := create("TF-1"); again.status != 200 {
		t.Errorf("the same token again: %s", again.raw)
	}
	want(t, create("TF-2"), 400, "IncorrectStatus.Listener") // counts as the first poll
	for _, status := range []string{"Associating", "Associated"} {
		got := list()
		if got.text("Certificates", 1, "CertificateId") != id || got.text("Certificates", 1, "Status") != status || got.text("TotalCount") != "2" {
			t.Fatalf("want %s: %s", status, got.raw)
		}
	}

	destroy := func() answer {
		return call(t, cloud, "DissociateAdditionalCertificatesFromListener", "ListenerId", listener, "Certificates.1.CertificateId", id)
	}
	must(t, destroy())
	for range 2 {
		if got := list(); got.text("Certificates", 1, "Status") != "Diassociating" {
			t.Fatalf("want Diassociating: %s", got.raw)
		}
	}
	if got := list(); got.text("TotalCount") != "1" || got.text("Certificates", 1) != "" {
		t.Errorf("still there: %s", got.raw)
	}
	want(t, destroy(), 400, "ResourceNotAssociated.Certificate")
	checkJournal(t, cloud, 0)
}

// TestCertimateListener makes the calls of certimate's deployment to a listener: upload,
// find, associate, wait, dissociate the old certificate. Then it deploys to the default
// certificate.
func TestCertimateListener(t *testing.T) {
	cloud := open(t, fakecloud.Options{})
	if got := must(t, call(t, cloud, "ListUserCertificateOrder", "CurrentPage", "1", "ShowSize", "50", "OrderType", "CERT")); got.text("TotalCount") != "3" {
		t.Error(got.raw)
	}
	uploaded := must(t, call(t, cloud, "UploadUserCertificate", "Name", "certimate_1", "Cert", testdata.Read("p256/chain3.pem"), "Key", testdata.Read("p256/key.pem")))
	number := uploaded.text("CertId")
	detail := must(t, call(t, cloud, "GetUserCertificateDetail", "CertId", number, "CertFilter", "true"))
	id := detail.text("CertIdentifier")
	if id != number+"-cn-hangzhou" || detail.text("Cert") != testdata.Read("p256/chain3.pem") {
		t.Fatal(detail.raw)
	}
	associate := func(action, id string) answer {
		return call(t, cloud, action, "ListenerId", listener, "Certificates.1.CertificateId", id)
	}
	waitFor := func() {
		t.Helper()
		for range 5 {
			if must(t, call(t, cloud, "GetListenerAttribute", "ListenerId", listener)).text("ListenerStatus") == "Running" {
				return
			}
		}
		t.Fatal("the listener does not become Running")
	}

	must(t, associate("AssociateAdditionalCertificatesWithListener", id))
	want(t, associate("DissociateAdditionalCertificatesFromListener", id), 400, "IncorrectStatus.Listener")
	waitFor()
	names := must(t, call(t, cloud, "GetCertificateDetail", "CertificateId", number))
	if names.text("Domain") != "www.example.com,shop.example.com,*.example.org" && !strings.Contains(names.text("Domain"), "www.example.com") || names.text("NotAfter") == "" {
		t.Error(names.raw)
	}
	must(t, associate("DissociateAdditionalCertificatesFromListener", id))
	waitFor()

	balancer := must(t, call(t, cloud, "GetLoadBalancerAttribute", "LoadBalancerId", "alb-1"))
	listeners := must(t, call(t, cloud, "ListListeners", "LoadBalancerIds.1", "alb-1", "ListenerProtocol", "HTTPS", "MaxResults", "100"))
	if balancer.text("LoadBalancerEdition") != "Standard" || listeners.text("Listeners", 0, "ListenerId") != listener {
		t.Error(balancer.raw, listeners.raw)
	}
	job := must(t, associate("UpdateListenerAttribute", id)).text("JobId")
	for _, status := range []string{"Processing", "Succeeded"} {
		jobs := must(t, call(t, cloud, "ListAsynJobs", "JobIds.1", job))
		if jobs.text("Jobs", 0, "Status") != status {
			t.Fatalf("want %s: %s", status, jobs.raw)
		}
	}
	if got := must(t, call(t, cloud, "GetListenerAttribute", "ListenerId", listener)); got.text("Certificates", 0, "CertificateId") != id {
		t.Error(got.raw)
	}
	checkJournal(t, cloud, 0)
}

// TestTerraformDomain makes the calls of the Terraform resources of the CDN: set, wait
// until the reads show the certificate, turn off.
func TestTerraformDomain(t *testing.T) {
	time0 := newClock()
	cloud := open(t, fakecloud.Options{Now: time0.now})
	pem := testdata.Read("p256/chain3.pem")
	set := func(params ...string) answer {
		return call(t, cloud, "SetDomainServerCertificate", append([]string{"DomainName", www}, params...)...)
	}
	on := []string{"ServerCertificateStatus", "on", "CertName", "shop", "ServerCertificate", pem, "PrivateKey", testdata.Read("p256/key.pem")}
	must(t, set(on...))
	want(t, set(on...), 403, "ServiceBusy") // counts as the first poll, which ends the rollout
	want(t, set(on...), 400, "Certificate.Duplicated")

	info := must(t, call(t, cloud, "DescribeDomainCertificateInfo", "DomainName", "WWW.example.com"))
	if info.text("CertInfos", "CertInfo", 0, "ServerCertificate") != pem || info.text("CertInfos", "CertInfo", 0, "ServerCertificateStatus") != "on" ||
		info.text("CertInfos", "CertInfo", 0, "CertUpdateTime") != "2026-11-21T21:15:00Z" {
		t.Error(info.raw)
	}
	time0.advance(time.Minute)
	old := call(t, cloud, "DescribeCdnDomainDetail", "DomainName", www, "Version", "2014-11-11")
	if must(t, old).text("GetDomainDetailModel", "ServerCertificate") != pem || old.text("GetDomainDetailModel", "GmtModified") != "2026-11-21T21:15:00Z" {
		t.Error(old.raw)
	}
	must(t, set("ServerCertificateStatus", "off", "Version", "2014-11-11"))
	list := must(t, call(t, cloud, "DescribeUserDomains", "PageSize", "500"))
	if list.text("Domains", "PageData", 0, "DomainStatus") != "configuring" || list.text("Domains", "PageData", 0, "GmtModified") != "2026-11-21T21:16:00Z" {
		t.Error(list.raw)
	}
	if got := must(t, call(t, cloud, "DescribeUserDomains")); got.text("Domains", "PageData", 0, "SslProtocol") != "off" || got.text("Domains", "PageData", 0, "DomainStatus") != "online" {
		t.Error(got.raw)
	}
	checkJournal(t, cloud, 0)
}

// TestTerraformCertificate makes the calls of the current Terraform resource: set, poll
// until the domain is online, read. Then it turns HTTPS off, first in another
// environment.
func TestTerraformCertificate(t *testing.T) {
	cloud := open(t, fakecloud.Options{Progress: fakecloud.Polls(2)})
	pem := testdata.Read("p256/chain3.pem")
	detail := func() answer { return must(t, call(t, cloud, "DescribeCdnDomainDetail", "DomainName", www)) }
	online := func(looks int) {
		t.Helper()
		for range looks {
			if got := detail(); got.text("GetDomainDetailModel", "DomainStatus") != "configuring" {
				t.Fatalf("want configuring: %s", got.raw)
			}
		}
		if got := detail(); got.text("GetDomainDetailModel", "DomainStatus") != "online" {
			t.Fatalf("want online: %s", got.raw)
		}
	}
	info := func(member string) string {
		return must(t, call(t, cloud, "DescribeDomainCertificateInfo", "DomainName", www)).text("CertInfos", "CertInfo", 0, member)
	}
	on := []string{"DomainName", www, "SSLProtocol", "on", "CertType", "upload", "CertName", "shop", "SSLPub", pem, "SSLPri", testdata.Read("p256/key.pem")}
	must(t, call(t, cloud, "SetCdnDomainSSLCertificate", on...))
	online(2)
	want(t, call(t, cloud, "SetCdnDomainSSLCertificate", on...), 400, "CertNameAlreadyExists")
	if info("ServerCertificate") != pem || info("ServerCertificateStatus") != "on" || info("CertName") != "shop" || info("CertType") != "upload" {
		t.Error(info("CertName"))
	}
	if got := must(t, call(t, cloud, "ListTagResources", "ResourceType", "DOMAIN", "ResourceId.1", www)); got.text("TagResources", "TagResource") != "[]" {
		t.Error(got.raw)
	}
	must(t, call(t, cloud, "SetCdnDomainSSLCertificate", "DomainName", www, "SSLProtocol", "off", "Env", "staging"))
	online(0)
	must(t, call(t, cloud, "SetCdnDomainSSLCertificate", "DomainName", www, "SSLProtocol", "off"))
	online(2)
	if info("ServerCertificateStatus") != "off" || info("CertName") != "" {
		t.Error(info("CertName"))
	}
	checkJournal(t, cloud, 0)
}

// TestCertimateDomain makes the calls of certimate's deployment to domains of CDN and
// DCDN: upload to CAS, find, set.
func TestCertimateDomain(t *testing.T) {
	cloud := open(t, fakecloud.Options{})
	if err := cloud.AddDomain("dcdn " + www); err != nil {
		t.Fatal(err)
	}
	uploaded := must(t, call(t, cloud, "UploadUserCertificate", "Name", "certimate_1", "Cert", testdata.Read("p256/chain3.pem"), "Key", testdata.Read("p256/key.pem")))
	number := uploaded.text("CertId")
	set := func(operation, id string) answer {
		return call(t, cloud, operation, "DomainName", www, "CertType", "cas", "CertId", id, "CertRegion", "cn-hangzhou", "SSLProtocol", "on")
	}
	settle := func() { must(t, call(t, cloud, "DescribeDcdnUserDomains", "PageNumber", "1", "PageSize", "500")) }
	must(t, set("SetCdnDomainSSLCertificate", number))
	must(t, set("SetDcdnDomainSSLCertificate", number)) // a domain of its own
	want(t, set("SetDcdnDomainSSLCertificate", number), 403, "ServiceBusy")
	settle()
	info := must(t, call(t, cloud, "DescribeDomainCertificateInfo", "DomainName", www))
	if info.text("CertInfos", "CertInfo", 0, "CertId") != number || info.text("CertInfos", "CertInfo", 0, "CertType") != "cas" {
		t.Error(info.raw)
	}
	must(t, set("SetDcdnDomainSSLCertificate", number))
	settle()
	missing := set("SetDcdnDomainSSLCertificate", "404")
	want(t, missing, 400, "SSLPri.MissingParameter")
	if !strings.Contains(missing.text("Recommend"), "product=dcdn") {
		t.Error(missing.raw)
	}
	want(t, call(t, cloud, "SetDcdnDomainSSLCertificate", "DomainName", "example.net", "SSLProtocol", "off"), 404, "InvalidDomain.NotFound")
	for _, id := range []string{www, "dcdn " + www} {
		if _, err := cloud.Do(context.Background(), onCDN(cdn.ProtectionChanged{Domain: id, On: true})); err != nil {
			t.Fatal(err)
		}
	}
	want(t, set("SetCdnDomainSSLCertificate", number), 403, "DomainInProtectedMode")
	want(t, set("SetDcdnDomainSSLCertificate", number), 403, "DomainInProtectedMode")
	checkJournal(t, cloud, 0)
}

// TestVodDomain sets the certificate of a domain as a client of VOD does.
func TestVodDomain(t *testing.T) {
	cloud := open(t, fakecloud.Options{})
	if err := cloud.AddDomain("vod " + www); err != nil {
		t.Fatal(err)
	}
	key := testdata.Read("p256/key.pem")
	on := []string{"DomainName", www, "SSLProtocol", "on", "CertName", "vod", "SSLPub", testdata.Read("p256/chain3.pem"), "SSLPri", key}
	must(t, call(t, cloud, "SetVodDomainCertificate", on...))
	busy := call(t, cloud, "SetVodDomainCertificate", on...)
	want(t, busy, 403, "ServiceBusy")
	if !strings.Contains(busy.text("Recommend"), "product=vod") {
		t.Error(busy.raw)
	}
	for _, c := range cloud.Calls() {
		if c.Values.Get("SSLPub") == "" || strings.Contains(c.Values.Get("SSLPri"), key) {
			t.Errorf("the call is remembered as %v", c.Values)
		}
	}
	checkJournal(t, cloud, 0)
}

// TestOperations checks the answers to malformed calls.
func TestOperations(t *testing.T) {
	cloud := open(t, fakecloud.Options{})
	tests := []struct {
		action string
		params []string
		status int
		code   string
	}{
		{"", nil, 400, "MissingAction"},
		{"GetListenerAttribute", []string{"Version", ""}, 400, "MissingVersion"},
		{"GetListenerAttribute", []string{"Version", "2018-05-10"}, 400, "InvalidVersion"},
		{"SetCdnDomainSSLCertificate", []string{"DomainName", www}, 400, "MissingSSLProtocol"},
		{"SetCdnDomainSSLCertificate", []string{"Version", "2018-01-15"}, 400, "InvalidVersion"},
		{"SetDcdnDomainSSLCertificate", []string{"DomainName", www}, 400, "MissingSSLProtocol"},
		{"SetDcdnDomainSSLCertificate", []string{"Version", "2018-05-10"}, 400, "InvalidVersion"},
		{"SetVodDomainCertificate", []string{"DomainName", www, "SSLProtocol", "On"}, 400, "InvalidSSLProtocol.ValueNotSupported"},
		{"SetVodDomainCertificate", []string{"DomainName", www, "SSLProtocol", "on"}, 400, "SSLPub.MissingParameter"},
		{"SetVodDomainCertificate", []string{"Version", "2018-05-10"}, 400, "InvalidVersion"},
		{"ListTagResources", []string{"ResourceType", "DOMAIN", "ResourceId", `["www.example.com"]`}, 400, "InvalidResourceId"},
		{"ListTagResources", []string{"ResourceType", "DOMAIN", "ResourceId.1", "example.net"}, 404, "InvalidDomain.NotFound"},
		{"getListenerAttribute", nil, 404, "InvalidAction.NotFound"},
		{"ListListenerCertificates", []string{"ListenerId", listener, "MaxResults", "many"}, 400, "InvalidMaxResults"},
		{"ListAsynJobs", []string{"MaxResults", "-1"}, 400, "InvalidMaxResults"},
		{"ListAsynJobs", []string{"JobIds", `["job-1"]`}, 400, "InvalidJobIds"},
		{"ListListeners", []string{"LoadBalancerIds", `["alb-1"]`}, 400, "InvalidLoadBalancerIds"},
		{"UpdateListenerAttribute", []string{"ListenerId", listener, "Certificates", `[{"CertificateId":"1"}]`}, 400, "InvalidCertificates"},
		{"DissociateAdditionalCertificatesFromListener", []string{"ListenerId", listener, "Certificates", "x"}, 400, "InvalidCertificates"},
		{"DissociateAdditionalCertificatesFromListener", []string{"Certificates", "x"}, 400, "MissingListenerId"},
		{"GetUserCertificateDetail", []string{"CertId", "1-cn-hangzhou"}, 400, "InvalidCertId"},
		{"DescribeUserDomains", []string{"PageNumber", "1", "PageSize", "99999999999999999999"}, 400, "InvalidPageSize"},
		{"GetListenerAttribute", []string{"ListenerId", "lsn-0"}, 404, "ResourceNotFound.Listener"},
		{"GetLoadBalancerAttribute", []string{"LoadBalancerId", "alb-0"}, 404, "ResourceNotFound.LoadBalancer"},
		{"DescribeDomainCertificateInfo", []string{"DomainName", "example.net"}, 404, "InvalidDomain.NotFound"},
		{"AssociateAdditionalCertificatesWithListener", []string{"ListenerId", listener, "DryRun", "yes"}, 400, "MissingCertificates"},
		{"AssociateAdditionalCertificatesWithListener", []string{"ListenerId", listener, "Certificates.1.CertificateId", "1", "DryRun", "yes"}, 400, "InvalidDryRun"},
		{"GetListenerAttribute", nil, 400, "MissingListenerId"},
		{"GetUserCertificateDetail", nil, 400, "MissingCertId"},
		{"GetUserCertificateDetail", []string{"CertId", "1", "CertFilter", "1"}, 400, "InvalidCertFilter"},
		{"GetCertificateDetail", []string{"CertificateId", "x"}, 400, "InvalidCertificateId"},
		{"ListUserCertificateOrder", []string{"ShowSize", "all"}, 400, "InvalidShowSize"},
		{"DescribeDomainCertificateInfo", nil, 400, "MissingDomainName"},
	}
	for _, test := range tests {
		want(t, call(t, cloud, test.action, test.params...), test.status, test.code)
	}
	refused := call(t, cloud, "GetListenerAttribute", "ListenerId", "lsn-0")
	if refused.text("HostId") != "127.0.0.1" || !strings.Contains(refused.text("Recommend"), "q=ResourceNotFound.Listener&product=Alb&requestId="+refused.text("RequestId")) {
		t.Error(refused.raw)
	}
}

// TestFlatArrays checks that the numbers decide the order of an array, not the order in
// the request.
func TestFlatArrays(t *testing.T) {
	cloud := open(t, fakecloud.Options{})
	got := call(t, cloud, "AssociateAdditionalCertificatesWithListener", "ListenerId", listener,
		"Certificates.10.CertificateId", "unknown", "Certificates.2.CertificateId", "1-cn-hangzhou", "DryRun", "true")
	want(t, got, 400, "OperationDenied.DefaultCertificateUsed")
}
