package fakecloud_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/fakecloud"
	"github.com/alicert/alicert/testdata"
)

// pending starts a change and returns whether it is pending.
type pending struct {
	name  string
	start func(*testing.T, *fakecloud.Cloud)
	going func(*fakecloud.Cloud) bool
	looks [][]string // calls whose answers show the change
	blind [][]string // calls whose answers do not
}

// configuring reports whether any of the domains is being configured.
func configuring(ids ...string) func(*fakecloud.Cloud) bool {
	return func(cloud *fakecloud.Cloud) bool {
		for _, id := range ids {
			if d, _ := cloud.State().CDN.Domains.Get(id); d.Configuring {
				return true
			}
		}
		return false
	}
}

// starts returns a function that makes an accepted call.
func starts(action string, params ...string) func(*testing.T, *fakecloud.Cloud) {
	return func(t *testing.T, cloud *fakecloud.Cloud) {
		t.Helper()
		must(t, call(t, cloud, action, params...))
	}
}

// pendings are the changes that the requests of every product start.
func pendings() []pending {
	const (
		domain, other, added = "www.example.com", "shop.example.com", "new.example.com"
		sources              = `[{"content":"192.0.2.1","type":"ipaddr"}]`
		functions            = `[{"functionName":"https_force","functionArgs":[{"argName":"enable","argValue":"on"}]}]`
	)
	upload := func(operation, domain string) func(*testing.T, *fakecloud.Cloud) {
		return func(t *testing.T, cloud *fakecloud.Cloud) {
			t.Helper()
			must(t, call(t, cloud, operation, "DomainName", domain, "SSLProtocol", "on", "CertName", "one", "SSLPub", testdata.Read("p256/chain3.pem"), "SSLPri", testdata.Read("p256/key.pem")))
		}
	}
	listeners := func(status alb.ListenerStatus) func(*fakecloud.Cloud) bool {
		return func(cloud *fakecloud.Cloud) bool {
			for _, l := range cloud.State().ALB.Listeners.All() {
				if l.Status == status {
					return true
				}
			}
			return false
		}
	}
	detail, dcdnDetail := []string{"DescribeCdnDomainDetail", "DomainName"}, []string{"DescribeDcdnDomainDetail", "DomainName"}
	of := func(call []string, domain string) []string { return append(append([]string{}, call...), domain) }
	return []pending{
		{
			"certificate of a DCDN domain", upload("SetDcdnDomainSSLCertificate", domain), configuring("dcdn " + domain),
			[][]string{of(dcdnDetail, domain), {"DescribeDcdnDomainCertificateInfo", "DomainName", domain}, {"DescribeDcdnUserDomains"}, {"DescribeDcdnUserDomains", "PageSize", "1", "PageNumber", "3"}},
			[][]string{of(detail, domain), {"DescribeUserDomains"}, {"DescribeDcdnUserDomains", "PageSize", "1", "PageNumber", "1"}, {"DescribeDcdnTagResources", "ResourceId.1", domain}},
		},
		{
			"certificate of a VOD domain", upload("SetVodDomainCertificate", domain), configuring("vod " + domain),
			[][]string{{"DescribeVodDomainDetail", "DomainName", domain}, {"DescribeVodDomainCertificateInfo", "DomainName", domain}, {"DescribeVodUserDomains"}},
			[][]string{of(detail, domain), {"DescribeUserDomains"}, {"DescribeDcdnUserDomains"}, {"DescribeLiveUserDomains"}},
		},
		{
			"certificate of a live domain", upload("SetLiveDomainCertificate", domain), configuring("live " + domain),
			[][]string{{"DescribeLiveDomainDetail", "DomainName", domain}, {"DescribeLiveDomainCertificateInfo", "DomainName", domain}, {"DescribeLiveUserDomains"}},
			[][]string{of(detail, domain), {"DescribeUserDomains"}, {"DescribeVodUserDomains"}, {"ListLiveTagResources", "ResourceId.1", domain}},
		},
		{
			"new CDN domain", starts("AddCdnDomain", "DomainName", added, "CdnType", "web", "Sources", sources), configuring(added),
			[][]string{of(detail, added), {"DescribeUserDomains"}, {"DescribeCdnDomainConfigs", "DomainName", added}},
			[][]string{of(dcdnDetail, domain), {"DescribeDcdnUserDomains"}, {"DescribeUserDomains", "PageSize", "1"}},
		},
		{
			"new DCDN domain", starts("AddDcdnDomain", "DomainName", added, "Sources", sources), configuring("dcdn " + added),
			[][]string{of(dcdnDetail, added), {"DescribeDcdnUserDomains"}},
			[][]string{{"DescribeUserDomains"}, of(detail, domain)},
		},
		{
			"deletion of a DCDN domain", starts("DeleteDcdnDomain", "DomainName", domain), configuring("dcdn " + domain),
			[][]string{of(dcdnDetail, domain), {"DescribeDcdnUserDomains"}},
			[][]string{of(detail, domain)},
		},
		{
			"functions of two domains", starts("BatchSetCdnDomainConfig", "DomainNames", domain+","+other, "Functions", functions), configuring(domain, other),
			[][]string{{"DescribeUserDomains"}},
			[][]string{of(dcdnDetail, domain)},
		},
		{
			"new listener", starts("CreateListener", "LoadBalancerId", "alb-demo", "ListenerPort", "9443", "ListenerProtocol", "HTTPS", "DefaultActions.1.Type", "ForwardGroup", "Certificates.1.CertificateId", "2-cn-hangzhou"),
			listeners(alb.Provisioning),
			[][]string{{"ListListeners"}, {"ListAsynJobs"}},
			[][]string{{"ListLoadBalancers"}, {"GetListenerAttribute", "ListenerId", "lsn-https"}},
		},
		{
			"deletion of a listener", starts("DeleteListener", "ListenerId", "lsn-quic"), listeners(alb.Configuring),
			[][]string{{"ListListeners"}, {"ListAsynJobs"}, {"GetListenerAttribute", "ListenerId", "lsn-quic"}},
			[][]string{{"GetListenerAttribute", "ListenerId", "lsn-https"}},
		},
	}
}

// TestProgressOfEveryProduct checks that every change ends after a second, and with the
// first answer that shows it, whichever comes first, and with no other answer.
func TestProgressOfEveryProduct(t *testing.T) {
	for _, p := range pendings() {
		start := func(t *testing.T) (*fakecloud.Cloud, *clock) {
			t.Helper()
			clock := newClock()
			cloud := fakecloud.New(fakecloud.Options{NoAuth: true, Now: clock.now})
			if err := cloud.Seed(fakecloud.Demo()); err != nil {
				t.Fatal(err)
			}
			p.start(t, cloud)
			if !p.going(cloud) {
				t.Fatal("nothing is pending")
			}
			return cloud, clock
		}
		t.Run(p.name+", by time", func(t *testing.T) {
			cloud, clock := start(t)
			clock.advance(999 * time.Millisecond)
			for _, look := range p.blind {
				if got := call(t, cloud, look[0], look[1:]...); got.status != http.StatusOK || !p.going(cloud) {
					t.Errorf("%q: %d, ended", look, got.status)
				}
			}
			clock.advance(time.Millisecond)
			call(t, cloud, "GetCallerIdentity")
			if p.going(cloud) {
				t.Error("still pending after a second")
			}
			checkJournal(t, cloud, 0)
		})
		for _, look := range p.looks {
			t.Run(p.name+", by "+strings.Join(look, " "), func(t *testing.T) {
				cloud, _ := start(t)
				must(t, call(t, cloud, look[0], look[1:]...))
				if p.going(cloud) {
					t.Error("still pending")
				}
				checkJournal(t, cloud, 0)
			})
		}
	}
}

// TestFinishEveryProduct checks that FinishAll ends every change.
func TestFinishEveryProduct(t *testing.T) {
	for _, p := range pendings() {
		t.Run(p.name, func(t *testing.T) {
			cloud := fakecloud.New(fakecloud.Options{NoAuth: true, Progress: fakecloud.Manual()})
			if err := cloud.Seed(fakecloud.Demo()); err != nil {
				t.Fatal(err)
			}
			p.start(t, cloud)
			if !p.going(cloud) {
				t.Fatal("nothing is pending")
			}
			if err := cloud.FinishAll(); err != nil || p.going(cloud) {
				t.Error("still pending", err)
			}
		})
	}
}

// TestRefusalShowsProvisioning checks that a request that is refused because the listener
// is being created counts as an answer that shows it, and one that is refused because the
// listener is stopped does not.
func TestRefusalShowsProvisioning(t *testing.T) {
	cloud := fakecloud.New(fakecloud.Options{NoAuth: true, Progress: fakecloud.Polls(2)})
	if err := cloud.Seed(fakecloud.Demo()); err != nil {
		t.Fatal(err)
	}
	id := must(t, call(t, cloud, "CreateListener", "LoadBalancerId", "alb-demo", "ListenerPort", "9443", "ListenerProtocol", "HTTPS", "DefaultActions.1.Type", "ForwardGroup",
		"Certificates.1.CertificateId", "2-cn-hangzhou")).text("ListenerId")
	update := func(id string) answer {
		t.Helper()
		return call(t, cloud, "UpdateListenerAttribute", "ListenerId", id, "Certificates.1.CertificateId", "3-cn-hangzhou")
	}
	for range 2 {
		want(t, update(id), 400, "IncorrectStatus.Listener")
	}
	must(t, update(id))

	cloud.Apply(onALB(alb.ListenerStopped{ID: "lsn-quic"}))
	must(t, call(t, cloud, "DeleteListener", "ListenerId", "lsn-quic"))
	for range 5 {
		want(t, update("lsn-quic"), 400, "IncorrectStatus.Listener")
	}
	if !cloud.State().ALB.Listeners.Has("lsn-quic") {
		t.Error("an answer that does not show the deletion ended it")
	}
}

// TestRefusalOfSeveralDomains checks that a refused request for several domains counts as
// an answer that shows the domain that decided, and no other one.
func TestRefusalOfSeveralDomains(t *testing.T) {
	cloud := fakecloud.New(fakecloud.Options{NoAuth: true, Progress: fakecloud.Polls(2)})
	if err := cloud.Seed(fakecloud.Demo()); err != nil {
		t.Fatal(err)
	}
	set := func(domains string) answer {
		t.Helper()
		return call(t, cloud, "BatchSetCdnDomainConfig", "DomainNames", domains, "Functions", `[{"functionName":"gzip","functionArgs":[]}]`)
	}
	must(t, set("shop.example.com"))
	must(t, set("www.example.com"))
	for range 2 {
		want(t, set(".example.com,shop.example.com"), 403, "ServiceBusy")
	}
	want(t, set("www.example.com"), 403, "ServiceBusy") // its first look
	must(t, set(".example.com,shop.example.com"))
}
