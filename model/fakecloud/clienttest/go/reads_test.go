package clienttest

import (
	"strconv"
	"testing"
	"time"

	alb "github.com/alibabacloud-go/alb-20200616/v2/client"
	cdn "github.com/alibabacloud-go/cdn-20180510/v5/client"
	util "github.com/alibabacloud-go/tea-utils/v2/service"
	"github.com/alibabacloud-go/tea/dara"
	"github.com/alibabacloud-go/tea/tea"

	"github.com/alicert/alicert/model/fakecloud"
)

// TestReads checks that the answers to reads fit the types of the generated clients.
func TestReads(t *testing.T) {
	cloud := start(t, fakecloud.Options{})
	to := demo(cloud)
	d := deployer{to, callOpenAPI(""), time.Millisecond}
	domain, listener, balancer := "www.example.com", "lsn-https", "alb-1"
	if _, err := d.cdn(setSSL, map[string]string{"DomainName": domain, "SSLProtocol": "on", "CertType": "cas", "CertId": "2"}); err != nil {
		t.Fatal(err)
	}
	if _, err := d.alb(associate, map[string]string{"ListenerId": listener, "Certificates.1.CertificateId": "2-cn-hangzhou"}); err != nil {
		t.Fatal(err)
	}
	cdnClient, cdnErr := cdn.NewClient(openAPIConfig(to, ""))
	albClient, albErr := alb.NewClient(openAPIConfig(to, ""))
	if cdnErr != nil || albErr != nil {
		t.Fatal(cdnErr, albErr)
	}
	runtime, daraRuntime := &util.RuntimeOptions{}, &dara.RuntimeOptions{}
	check := func(what string, err error, got func() string, want string) {
		t.Helper()
		if err != nil {
			t.Errorf("%s: %T", what, err)
		} else if got() != want {
			t.Errorf("%s: %q; want %q", what, got(), want)
		}
	}

	info, err := cdnClient.DescribeDomainCertificateInfoWithOptions(&cdn.DescribeDomainCertificateInfoRequest{DomainName: &domain}, runtime)
	check(getInfo, err, func() string { return tea.StringValue(info.Body.CertInfos.CertInfo[0].CertId) }, "2")
	detail, err := cdnClient.DescribeCdnDomainDetailWithOptions(&cdn.DescribeCdnDomainDetailRequest{DomainName: &domain}, runtime)
	check(getDomain, err, func() string { return tea.StringValue(detail.Body.GetDomainDetailModel.ServerCertificateStatus) }, "on")
	domains, err := cdnClient.DescribeUserDomainsWithOptions(&cdn.DescribeUserDomainsRequest{PageSize: new(int32(500))}, runtime)
	check(listDomains, err, func() string { return tea.StringValue(domains.Body.Domains.PageData[2].SslProtocol) }, "on")
	tags, err := cdnClient.ListTagResourcesWithOptions(&cdn.ListTagResourcesRequest{ResourceId: []*string{&domain}, ResourceType: new("DOMAIN")}, runtime)
	check(listTags, err, func() string { return strconv.Itoa(len(tags.Body.TagResources.TagResource)) }, "0")

	certificates, err := albClient.ListListenerCertificatesWithOptions(&alb.ListListenerCertificatesRequest{ListenerId: &listener}, daraRuntime)
	check(listCertificates, err, func() string { return tea.StringValue(certificates.Body.Certificates[1].CertificateId) }, "2-cn-hangzhou")
	attribute, err := albClient.GetListenerAttributeWithOptions(&alb.GetListenerAttributeRequest{ListenerId: &listener}, daraRuntime)
	check(getListener, err, func() string { return tea.StringValue(attribute.Body.Certificates[0].CertificateId) }, "1-cn-hangzhou")
	listeners, err := albClient.ListListenersWithOptions(&alb.ListListenersRequest{LoadBalancerIds: []*string{&balancer}}, daraRuntime)
	check(listListeners, err, func() string { return tea.StringValue(listeners.Body.Listeners[0].LoadBalancerId) }, balancer)
	lb, err := albClient.GetLoadBalancerAttributeWithOptions(&alb.GetLoadBalancerAttributeRequest{LoadBalancerId: &balancer}, daraRuntime)
	check(getLoadBalancer, err, func() string { return tea.StringValue(lb.Body.LoadBalancerId) }, balancer)
	jobs, err := albClient.ListAsynJobsWithOptions(&alb.ListAsynJobsRequest{ResourceIds: []*string{&listener}}, daraRuntime)
	check("ListAsynJobs", err, func() string { return tea.StringValue(jobs.Body.Jobs[0].ApiName) }, associate)
}
