package account_test

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/account"
	"github.com/alicert/alicert/model/clb"
	"github.com/alicert/alicert/model/esa"
)

// smallRegion is a region with few certificates and listeners of the classic load balancer.
const smallRegion = "cn-small"

func classicRegion(i int) string {
	if i < 10 {
		return smallRegion
	}
	return []string{"cn-hangzhou", "cn-beijing", "eu-central-1"}[i/10%3]
}

// addClassic adds one listener, one certificate, and a load balancer for ten listeners.
func addClassic(s *clb.Own, i int) {
	id := fmt.Sprintf("lb-%07d", i/10)
	s.LoadBalancers = s.LoadBalancers.Set(id, clb.LoadBalancer{Region: classicRegion(i)})
	l := clb.Listener{LoadBalancer: id, Region: classicRegion(i), Port: 440 + i%10, Protocol: []clb.Protocol{clb.HTTPS, clb.HTTP, clb.TCP}[i%3], Status: clb.Running}
	s.Listeners = s.Listeners.Set(clb.ListenerKey(id, l.Port), l)
	s.Certificates = s.Certificates.Set(fmt.Sprintf("c%07d", i), clb.Certificate{Region: classicRegion(i), Name: "c"})
}

// firstSite is the number of the first site.
const firstSite int64 = 1_000_000

// addSites adds one certificate, and a site for ten of them. A plan has ten sites.
func addSites(s *esa.Own, i int) {
	number := firstSite + int64(i/10)
	s.Sites = s.Sites.Set(esa.SiteKey(number), esa.Site{Name: fmt.Sprintf("s%07d.example.com", i/10), Plan: fmt.Sprintf("plan-%07d", i/100)})
	s.Plans = s.Plans.Set(fmt.Sprintf("plan-%07d", i/100), esa.Plan{Quota: 10})
	s.Certificates = s.Certificates.Set(esa.CertificateKey(number, fmt.Sprintf("c%07d", i)), esa.Certificate{Site: number, Name: "c"})
}

// classicLists are the lists of the classic load balancer.
func classicLists(s account.State) (lists []listed) {
	for name, read := range map[string]clb.DescribeLoadBalancerListeners{
		"": {}, "https": {ListenerProtocol: "HTTPS"}, "udp": {ListenerProtocol: "udp"}, "of no protocol": {ListenerProtocol: "none"},
		"in a region": {RegionID: "cn-beijing"}, "http in a region": {RegionID: "cn-beijing", ListenerProtocol: "http"}, "in a small region": {RegionID: smallRegion}, "nowhere": {RegionID: "none"},
		"of load balancers":              {LoadBalancerIDs: []string{"lb-0000003", "lb-0000001", "lb-000000", "lb-0000003"}},
		"tcp of load balancers":          {LoadBalancerIDs: []string{"lb-0000003", "lb-0000001"}, ListenerProtocol: "tcp", RegionID: "cn-beijing"},
		"a port of load balancers":       {LoadBalancerIDs: []string{"lb-0000003", "lb-0000001"}, ListenerPort: 443},
		"a port that is looked for":      {ListenerPort: 443, RegionID: "cn-beijing"},
		"https, port that is looked for": {ListenerPort: 443, ListenerProtocol: "https"},
	} {
		lists = append(lists, listed{
			name: "DescribeLoadBalancerListeners " + name, items: "Listeners", id: "LoadBalancerId ListenerPort", total: "TotalCount", byToken: true,
			want: chosen(s.CLB.Listeners.All(), func(key string, l clb.Listener) (string, bool) {
				return key, (read.RegionID == "" || read.RegionID == l.Region) && (read.ListenerPort == 0 || read.ListenerPort == l.Port) &&
					(len(read.LoadBalancerIDs) == 0 || slices.Contains(read.LoadBalancerIDs, l.LoadBalancer)) &&
					(read.ListenerProtocol == "" || strings.EqualFold(read.ListenerProtocol, string(l.Protocol)))
			}),
			page: func(_, size int, after string) model.Action {
				page := read
				page.MaxResults, page.NextToken = size, after
				return page
			},
		})
	}
	for _, region := range []string{"", "cn-beijing", smallRegion, "none"} {
		lists = append(lists, listed{
			name: "DescribeServerCertificates in " + region, items: "ServerCertificates.ServerCertificate", id: "ServerCertificateId", byToken: true,
			want: chosen(s.CLB.Certificates.All(), func(id string, c clb.Certificate) (string, bool) {
				return id, c.Region == cmp.Or(region, clb.DefaultRegion)
			}),
			page: func(int, int, string) model.Action { return clb.DescribeServerCertificates{RegionID: region} },
		})
	}
	return lists
}

// siteLists are the lists of sites and their certificates.
func siteLists(s account.State) []listed {
	certificates := func(site int64) listed {
		key := esa.SiteKey(site)
		return listed{
			name: "ListCertificates of " + key, items: "Result", id: "Id", total: "TotalCount",
			want: chosen(s.ESA.Certificates.All(), func(id string, c esa.Certificate) (string, bool) {
				return strings.TrimPrefix(id, key+" "), c.Site == site
			}),
			page: func(number, size int, _ string) model.Action {
				return esa.ListCertificates{SiteID: site, PageNumber: number, PageSize: size}
			},
		}
	}
	lists := []listed{{
		name: "ListSites", items: "Sites", id: "SiteId", total: "TotalCount",
		want: chosen(s.ESA.Sites.All(), func(id string, _ esa.Site) (string, bool) { return id, true }),
		page: func(number, size int, _ string) model.Action {
			return esa.ListSites{PageNumber: number, PageSize: size}
		},
	}}
	for _, site := range []int64{firstSite, firstSite + 3} {
		if s.ESA.Sites.Has(esa.SiteKey(site)) {
			lists = append(lists, certificates(site))
		}
	}
	return lists
}
