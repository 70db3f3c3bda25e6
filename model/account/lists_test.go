package account_test

import (
	"bytes"
	"cmp"
	"encoding/json"
	"flag"
	"fmt"
	"iter"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/alicert/alicert/internal/testutil"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/account"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/validate"
)

// listed is a list of an account: how a page of it is read, and what it has.
type listed struct {
	name  string
	page  func(number, size int, after string) model.Action
	items string // the path of the list in the answer
	id    string // the members of an item that identify it
	total string // "" in a list without pages
	want  []string

	byToken bool // a page begins behind the one before
}

// readingTime is the time of reads, in Unix milliseconds.
const (
	readingTime = 1_790_000_000_000
	aDay        = 24 * 60 * 60 * 1000
)

// largeState has n domains, n certificates, n listeners of n/10 load balancers and n
// jobs, in all groups that lists tell apart. One certificate in 16 has ended if ended is
// set.
func largeState(n int, ended bool) (s account.State) {
	for i := range n {
		id := fmt.Sprintf("d%07d.example.com", i)
		d := cdn.Domain{Foreign: i%7 == 1}
		switch i % 10 {
		case 0:
			id = cdn.DomainID("dcdn", id)
		case 5:
			id = cdn.DomainID([]string{"vod", "live"}[i/10%2], id)
		}
		if i%3 == 0 {
			d.UsesFree = true
		}
		s.CDN.Domains = s.CDN.Domains.Set(id, d)

		c := cas.Certificate{Name: fmt.Sprintf("certificate %07d", i), ID: cas.IDOf(i + 1), Source: cas.FromCAS, Status: cas.Issued, Bought: i%5 == 0}
		c.Leaf = validate.Leaf{SHA256: c.Name, Name: "c.example.com", NotAfter: (readingTime + aDay*int64(31+i%300)) / 1000}
		if i%4 == 0 {
			c.ID = cas.IDIn(i+1, cas.Overseas)
		}
		switch {
		case i%11 == 3:
			c.Status = []cas.Status{cas.Pending, cas.Revoked, cas.Expired}[i%3]
		case i%11 == 4:
			c.Leaf.NotAfter = 0
		case i%16 == 5 && ended:
			c.Leaf.NotAfter = (readingTime + aDay*int64(i%40-20)) / 1000
		}
		s.CAS = s.CAS.Put(c)

		lb := fmt.Sprintf("alb-%07d", i/10)
		s.ALB.LoadBalancers = s.ALB.LoadBalancers.Set(lb, alb.LoadBalancer{Edition: alb.Standard})
		listener := fmt.Sprintf("lsn-%07d", i*7919%n)
		l := alb.Listener{LoadBalancer: lb, Protocol: []alb.Protocol{alb.HTTPS, alb.QUIC, alb.HTTPS, alb.HTTP, "odd"}[i%5], Status: alb.Running}
		s.ALB.Listeners = s.ALB.Listeners.Set(listener, l)
		s.ALB.Jobs = s.ALB.Jobs.Set(fmt.Sprintf("job-%07d", i), alb.Job{Operation: "UpdateListenerAttribute", Listener: listener, Status: alb.Processing})
		addClassic(&s.CLB, i)
		addSites(&s.ESA, i)
	}
	return s
}

// chosen returns what lists show of the records that are wanted.
func chosen[V any](records iter.Seq2[string, V], show func(string, V) (shown string, wanted bool)) []string {
	all := []string{}
	for key, v := range records {
		if shown, wanted := show(key, v); wanted {
			all = append(all, shown)
		}
	}
	return all
}

// domainLists are the lists of domains. They walk to tell what a list has.
func domainLists(s account.State) []listed {
	of := func(wanted func(product string, d cdn.Domain) bool) []string {
		return chosen(s.CDN.Domains.All(), func(id string, d cdn.Domain) (string, bool) {
			product, name := cdn.SplitID(id)
			return name, !d.Foreign && wanted(product, d)
		})
	}
	in := func(products ...string) func(string, cdn.Domain) bool {
		return func(product string, _ cdn.Domain) bool { return slices.Contains(products, product) }
	}
	resources := func(product, keyword string, want []string) listed {
		return listed{
			name: "ListCloudResources of " + cmp.Or(product, "all") + " with " + cmp.Or(keyword, "any text"), items: "Data", id: "Domain", total: "Total", want: want,
			page: func(number, size int, _ string) model.Action {
				return cdn.ListCloudResources{CloudProduct: product, Keyword: keyword, CurrentPage: number, ShowSize: size}
			},
		}
	}
	withText := slices.DeleteFunc(of(in("Cdn", "dcdn")), func(name string) bool { return !strings.Contains(name, "11.example") })
	var lists []listed
	for _, product := range []string{"dcdn", "vod", "live"} {
		read := cdn.DescribeDomains{Product: product}
		lists = append(lists, listed{
			name: read.OperationName(), items: "Domains.PageData", id: "DomainName", total: "TotalCount", want: of(in(product)),
			page: func(number, size int, _ string) model.Action {
				read.PageNumber, read.PageSize = number, size
				return read
			},
		})
	}
	return append(lists, []listed{
		{
			name: "DescribeUserDomains", items: "Domains.PageData", id: "DomainName", total: "TotalCount", want: of(in("Cdn")),
			page: func(number, size int, _ string) model.Action {
				return cdn.DescribeUserDomains{PageNumber: number, PageSize: size}
			},
		},
		{
			name: "DescribeCdnHttpsDomainList", items: "CertInfos.CertInfo", id: "DomainName", total: "TotalCount",
			want: of(func(product string, d cdn.Domain) bool { return product == "Cdn" && d.HasBinding() }),
			page: func(number, size int, _ string) model.Action {
				return cdn.DescribeCdnHttpsDomainList{PageNumber: number, PageSize: size}
			},
		},
		resources("", "", of(in("Cdn", "dcdn"))), resources("CDN", "", of(in("Cdn"))), resources("DCDN", "", of(in("dcdn"))),
		resources("VOD", "", of(in("vod"))), resources("SLB", "", nil), resources("", "11.EXAMPLE", withText), resources("LIVE", "", of(in("live"))),
	}...)
}

// orderStatus is the status of a certificate's order at readingTime, as the
// documentation of ListUserCertificateOrder has it.
func orderStatus(c cas.Certificate) string {
	left := c.Leaf.NotAfter*1000 - readingTime
	switch {
	case c.Status == cas.Pending:
		return "CHECKING"
	case c.Status == cas.Revoked:
		return "REVOKED"
	case c.Status == cas.Expired, c.Leaf.NotAfter != 0 && left < 0:
		return "EXPIRED"
	case c.Leaf.NotAfter != 0 && left < 30*aDay:
		return "WILLEXPIRED"
	default:
		return "ISSUED"
	}
}

// certificateLists are the lists of certificates.
func certificateLists(s account.State) (lists []listed) {
	of := func(wanted func(c cas.Certificate) bool) []string {
		return chosen(s.CAS.Certificates.All(), func(name string, c cas.Certificate) (string, bool) { return name, wanted(c) })
	}
	for _, region := range []string{"", cas.Overseas, "cn-beijing"} {
		lists = append(lists, listed{
			name: "ListCertificates in " + region, items: "CertificateList", id: "CertificateName", total: "TotalCount",
			want: of(func(c cas.Certificate) bool { return c.In(region) }),
			page: func(number, size int, _ string) model.Action {
				return cas.ListCertificates{Region: region, CurrentPage: number, ShowSize: size}
			},
		})
		for _, order := range []string{"", "CERT", "UPLOAD", "CPACK", "BUY"} {
			for _, status := range []string{"", "ISSUED", "WILLEXPIRED", "EXPIRED", "CHECKING", "REVOKED", "OTHER"} {
				all := (order == "" || order == "CPACK") && status == ""
				lists = append(lists, listed{
					name:  fmt.Sprintf("ListUserCertificateOrder of %s, %s in %s", cmp.Or(order, "any"), cmp.Or(status, "default"), region),
					items: "CertificateOrderList", id: "Name", total: "TotalCount",
					want: of(func(c cas.Certificate) bool {
						ofType := order == "CERT" || order == "UPLOAD" && !c.Bought || (order == "CPACK" || order == "") && c.Bought
						is := orderStatus(c)
						return c.In(region) && ofType && (all || is == status || status == "" && (is == "ISSUED" || is == "WILLEXPIRED"))
					}),
					page: func(number, size int, _ string) model.Action {
						return cas.ListUserCertificateOrder{Region: region, OrderType: order, Status: status, CurrentPage: number, ShowSize: size}
					},
				})
			}
		}
	}
	return lists
}

// balancerLists are the lists of load balancers, listeners and jobs.
func balancerLists(s account.State) []listed {
	listeners := func(protocol alb.Protocol, loadBalancers ...string) listed {
		return listed{
			name: fmt.Sprintf("ListListeners of %q, %s", loadBalancers, cmp.Or(protocol, "any protocol")), items: "Listeners", id: "ListenerId", total: "TotalCount", byToken: true,
			want: chosen(s.ALB.Listeners.All(), func(id string, l alb.Listener) (string, bool) {
				return id, (protocol == "" || protocol == l.Protocol) && (len(loadBalancers) == 0 || slices.Contains(loadBalancers, l.LoadBalancer))
			}),
			page: func(_, size int, after string) model.Action {
				return alb.ListListeners{LoadBalancerIDs: loadBalancers, Protocol: protocol, MaxResults: size, NextToken: after}
			},
		}
	}
	jobs := func(of ...string) listed {
		return listed{
			name: fmt.Sprintf("ListAsynJobs of %q", of), items: "Jobs", id: "Id", total: "TotalCount", byToken: true,
			want: chosen(s.ALB.Jobs.All(), func(id string, j alb.Job) (string, bool) { return id, len(of) == 0 || slices.Contains(of, j.Listener) }),
			page: func(_, size int, after string) model.Action {
				return alb.ListAsynJobs{ResourceIDs: of, MaxResults: size, NextToken: after}
			},
		}
	}
	return []listed{
		listeners(""), listeners(alb.HTTPS), listeners("odd"), listeners("none"),
		listeners("", "alb-0000003"), listeners(alb.HTTPS, "alb-0000003"), listeners("odd", "alb-0000003"), listeners("", "none"),
		listeners("", "alb-0000007", "alb-0000003", "alb-0000003", "alb-000000", "alb-0000009"), listeners(alb.QUIC, "alb-0000001", "alb-0000002"),
		jobs(), jobs("lsn-0000005"), jobs("lsn-0000005", "lsn-0000001", "none", "lsn-0000005"),
		{
			name: "ListLoadBalancers", items: "LoadBalancers", id: "LoadBalancerId", total: "TotalCount", byToken: true,
			want: chosen(s.ALB.LoadBalancers.All(), func(id string, _ alb.LoadBalancer) (string, bool) { return id, true }),
			page: func(_, size int, after string) model.Action {
				return alb.ListLoadBalancers{MaxResults: size, NextToken: after}
			},
		},
	}
}

func listsOf(s account.State) []listed {
	return slices.Concat(domainLists(s), certificateLists(s), balancerLists(s), classicLists(s), siteLists(s))
}

// length returns the number of items on the first page of 20.
func (l *listed) length() int {
	if l.total == "" {
		return len(l.want)
	}
	return min(len(l.want), 20)
}

// read reads one page.
func (l *listed) read(t testing.TB, s account.State, number, size int, after string) (ids []string, total int, next string) {
	t.Helper()
	_, output := account.Machine{}.Step(s, account.Input{At: readingTime, Action: l.page(number, size, after)})
	text, err := json.Marshal(output.Body)
	var body map[string]any
	numbers := json.NewDecoder(bytes.NewReader(text))
	numbers.UseNumber()
	if err != nil || numbers.Decode(&body) != nil {
		t.Fatalf("%s: %v", l.name, err)
	}
	next, _ = body["NextToken"].(string)
	count, _ := body[l.total].(json.Number)
	path := strings.Split(l.items, ".")
	for _, member := range path[:len(path)-1] {
		body = body[member].(map[string]any)
	}
	for _, item := range body[path[len(path)-1]].([]any) {
		id := []string{}
		for member := range strings.FieldsSeq(l.id) {
			id = append(id, fmt.Sprint(item.(map[string]any)[member]))
		}
		ids = append(ids, strings.Join(id, " "))
	}
	if l.total == "" {
		return ids, len(ids), next
	}
	if total, err = strconv.Atoi(count.String()); err != nil {
		t.Fatalf("%s: %v", l.name, err)
	}
	return ids, total, next
}

// TestPages pages through every list and compares it with what a walk through all records
// finds.
func TestPages(t *testing.T) {
	for _, n := range []int{0, 1, 13, 400} {
		s := largeState(n, true)
		for _, l := range listsOf(s) {
			for _, size := range []int{1, 7, 100} {
				var got []string
				after := ""
				for number := 1; ; number++ {
					ids, total, next := l.read(t, s, number, size, after)
					if total != len(l.want) {
						t.Fatalf("%s of %d: %d in all; want %d", l.name, n, total, len(l.want))
					}
					got = append(got, ids...)
					if after = next; len(ids) < size || l.byToken && after == "" {
						break
					}
				}
				if !slices.Equal(got, l.want) {
					t.Fatalf("%s of %d in pages of %d:\n%q\nwant\n%q", l.name, n, size, got, l.want)
				}
			}
		}
	}
}

// position is a place in a list.
type position struct {
	name string
	of   func(items int) int
}

func positions() []position {
	return []position{
		{"first", func(int) int { return 0 }},
		{"middle", func(items int) int { return items / 2 }},
		{"last", func(items int) int { return max(0, items-20) }},
	}
}

// input returns the read of the page of 20 at a position.
func (l *listed) input(at int) account.Input {
	after := ""
	if at > 0 {
		after = l.want[at-1]
	}
	return account.Input{At: readingTime, Action: l.page(at/20+1, 20, after)}
}

// pagedLists are the lists whose pages must not cost more in a large state: all but those
// that look for a text.
func pagedLists(s account.State) []listed {
	return slices.DeleteFunc(listsOf(s), func(l listed) bool {
		return strings.Contains(l.name, "11.EXAMPLE") || strings.Contains(l.name, "odd") || strings.Contains(l.name, "looked for") || len(l.want) == 0
	})
}

var listsSize = flag.Int("lists.size", 100_000, "number of records in TestPagesOfLargeLists")

// TestPagesOfLargeLists holds the time of a page of many records against that of 1,000.
// The bound is generous; a walk takes over a hundred times as long.
func TestPagesOfLargeLists(t *testing.T) {
	testutil.Long(t)
	small, large := largeState(1_000, false), largeState(*listsSize, false)
	ofLarge := map[string]listed{}
	for _, l := range pagedLists(large) {
		ofLarge[l.name] = l
	}
	for _, l := range pagedLists(small) {
		same := ofLarge[l.name]
		if l.length() != same.length() {
			continue
		}
		for _, p := range positions() {
			ratio := timeRatio(large, same.input(p.of(len(same.want))), small, l.input(p.of(len(l.want))))
			t.Logf("%4.2f %s, the %s page", ratio, l.name, p.name)
			if ratio > 10 {
				t.Errorf("%s, the %s page: %.0f times the time of 1,000 records", l.name, p.name, ratio)
			}
		}
	}
}

// timeRatio compares the shortest times of two inputs, which the work of others disturbs
// least. The inputs alternate.
func timeRatio(s account.State, in account.Input, than account.State, thanIn account.Input) float64 {
	best := [2]time.Duration{time.Hour, time.Hour}
	for range 15 {
		for i, read := range []func() (account.State, model.Output){
			func() (account.State, model.Output) { return account.Machine{}.Step(s, in) },
			func() (account.State, model.Output) { return account.Machine{}.Step(than, thanIn) },
		} {
			started := time.Now()
			read()
			best[i] = min(best[i], time.Since(started))
		}
	}
	return best[0].Seconds() / best[1].Seconds()
}

var largeStates = map[int]func() account.State{
	1_000:     sync.OnceValue(func() account.State { return largeState(1_000, false) }),
	1_000_000: sync.OnceValue(func() account.State { return largeState(1_000_000, false) }),
}

// BenchmarkPages reads pages of 20 of every list.
func BenchmarkPages(b *testing.B) {
	for _, n := range []int{1_000, 1_000_000} {
		s := largeStates[n]()
		for _, l := range pagedLists(s) {
			for _, p := range positions() {
				in := l.input(p.of(len(l.want)))
				b.Run(fmt.Sprintf("%s/%s/%d", l.name, p.name, n), func(b *testing.B) {
					for b.Loop() {
						account.Machine{}.Step(s, in)
					}
				})
			}
		}
	}
}

// BenchmarkAllDomains pages through all of 100,000 domains, 500 at a time.
func BenchmarkAllDomains(b *testing.B) {
	s := account.State{}
	for i := range 100_000 {
		s.CDN.Domains = s.CDN.Domains.Set(fmt.Sprintf("d%07d.example.com", i), cdn.Domain{})
	}
	for b.Loop() {
		for number := range 200 {
			account.Machine{}.Step(s, account.Input{At: readingTime, Action: cdn.DescribeUserDomains{PageNumber: number + 1, PageSize: 500}})
		}
	}
}
