package fakecloud

import (
	"embed"
	"encoding/json"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/bilingual"
	"github.com/alicert/alicert/internal/redact"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/account"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/model/clb"
	"github.com/alicert/alicert/model/esa"
	"github.com/alicert/alicert/validate"
)

// Seed is the initial content of a cloud. In JSON:
//
//	{
//	  "domains":       {"www.example.com": {}, "old.example.com": {"offline": true}},
//	  "certificates":  {"default": {"id": "1-cn-hangzhou"}},
//	  "loadBalancers": {"alb-1": {"edition": "Standard"}},
//	  "listeners":     {"lsn-1": {"loadBalancer": "alb-1", "protocol": "HTTPS", "port": 443, "status": "Running", "default": "1-cn-hangzhou"}},
//
//	  "classicLoadBalancers": {"lb-1": {"region": "cn-beijing"}},
//	  "serverCertificates":   {"cert-1": {"region": "cn-beijing", "pem": "-----BEGIN CERTIFICATE-----\n…"}},
//	  "classicListeners":     [{"loadBalancer": "lb-1", "port": 443, "certificate": "cert-1"}],
//	  "domainExtensions":     {"de-1": {"loadBalancer": "lb-1", "port": 443, "domain": "*.example.com", "certificate": "cert-1"}},
//
//	  "plans":            {"sp-1": {"quota": 2}},
//	  "sites":            {"1": {"name": "example.com", "plan": "sp-1"}},
//	  "siteCertificates": {"1 baba1": {"name": "old"}}
//	}
//
// The records are those of the model's states. A certificate may omit its text, pem; if
// it has one, its leaf is read from it. The defaults are protocol HTTPS, port 443, status
// Running and edition Standard; those of plans and sites are with their events.
type Seed struct {
	Domains       map[string]cdn.Domain       `json:"domains,omitempty"`      // by id, see cdn.DomainID
	Certificates  map[string]cas.Certificate  `json:"certificates,omitempty"` // in CAS, by name
	LoadBalancers map[string]alb.LoadBalancer `json:"loadBalancers,omitempty"`
	Listeners     map[string]alb.Listener     `json:"listeners,omitempty"`
	Classic

	Plans            map[string]esa.Plan        `json:"plans,omitempty"`
	Sites            map[string]esa.Site        `json:"sites,omitempty"`            // by number
	SiteCertificates map[string]esa.Certificate `json:"siteCertificates,omitempty"` // by site and id, see esa.CertificateKey

	// Notes are for people and have no effect. SeedOf says here what the seed leaves out.
	Notes []string `json:"notes,omitempty"`
}

// demoFiles are the chains of the certificates of the demo account. The module
// testdata/mkpki makes them.
//
//go:embed demo/*.pem
var demoFiles embed.FS

// demoChain returns the chain of a certificate of the demo account.
func demoChain(name string) string {
	text, _ := demoFiles.ReadFile("demo/" + name + ".pem") // it is embedded
	return string(text)
}

// Demo returns a small account: domains, certificates, load balancers of ALB and NLB and an
// accelerator of GA with listeners, a classic load balancer with a domain extension, and a
// site whose plan allows one certificate more than it has. The certificates are valid from
// 2026 to 2049: "default" for example.com and *.example.com, "first" for www.example.com,
// "second" for shop.example.com and www.shop.example.com.
func Demo() Seed {
	return Seed{
		Domains: map[string]cdn.Domain{
			"www.example.com":  {},
			"shop.example.com": {Free: cdn.FreeIssued},
			".example.com":     {},
			"old.example.com":  {Offline: true},

			"dcdn www.example.com":  {},
			"dcdn shop.example.com": {},
			"dcdn .example.com":     {},
			"vod www.example.com":   {},
			"vod .example.com":      {},
			"live www.example.com":  {},
			"live .example.com":     {},
		},
		Certificates: map[string]cas.Certificate{
			"default": {ID: "1-cn-hangzhou", KeyStored: true, PEM: demoChain("default")},
			"first":   {ID: "2-cn-hangzhou", KeyStored: true, PEM: demoChain("first")},
			"second":  {ID: "3-cn-hangzhou", KeyStored: true, PEM: demoChain("second")},
		},
		LoadBalancers: map[string]alb.LoadBalancer{"alb-demo": {Edition: alb.Standard}, "nlb-demo": {Product: alb.NLB}, "ga-demo": {Product: alb.GA}},
		Listeners: map[string]alb.Listener{
			"lsn-https": {LoadBalancer: "alb-demo", Default: "1-cn-hangzhou"},
			"lsn-quic":  {LoadBalancer: "alb-demo", Protocol: alb.QUIC, Port: 8443, Default: "1-cn-hangzhou"},
			"lsn-http":  {LoadBalancer: "alb-demo", Protocol: alb.HTTP, Port: 80},

			"lsn-tcpssl@443": {LoadBalancer: "nlb-demo", Default: "1-cn-hangzhou"},
			"lsr-https":      {LoadBalancer: "ga-demo", Default: "1-cn-hangzhou"},
		},
		Classic: Classic{
			LoadBalancers:      map[string]clb.LoadBalancer{"lb-demo": {}},
			ServerCertificates: map[string]clb.Certificate{clb.CertificateID("demo"): {Name: "default", PEM: demoChain("default")}},
			Listeners: []clb.Listener{
				{LoadBalancer: "lb-demo", Port: 443, Certificate: clb.CertificateID("demo")},
				{LoadBalancer: "lb-demo", Port: 80, Protocol: clb.HTTP},
			},
			Extensions: map[string]clb.Extension{
				"de-demo": {LoadBalancer: "lb-demo", Port: 443, Domain: "www.example.com", Certificate: clb.CertificateID("demo")},
			},
		},
		Plans:            map[string]esa.Plan{"sp-demo": {}},
		Sites:            map[string]esa.Site{"100001": {Name: "example.com", Plan: "sp-demo"}},
		SiteCertificates: map[string]esa.Certificate{esa.CertificateKey(100001, "baba1"): {Name: "default", PEM: demoChain("default")}},
	}
}

// ParseSeed parses the JSON form of a seed. Unknown members are errors.
func ParseSeed(data []byte) (Seed, error) {
	var s Seed
	if err := strictly(data, &s); err != nil {
		return Seed{}, bilingual.Fail("seed: %v", "初始内容：%v", err)
	}
	return s, nil
}

// Events returns the events that create the content of the seed, in a fixed order.
func (s Seed) Events() []account.Input {
	var events []account.Input
	for _, name := range slices.Sorted(maps.Keys(s.Domains)) {
		events = append(events, account.Input{Action: cdn.DomainAdded{Name: name, Domain: s.Domains[name]}})
	}
	for _, name := range slices.Sorted(maps.Keys(s.Certificates)) {
		c := s.Certificates[name]
		c.Name = name
		c, _ = withLeaf(c) // Cloud.Seed reports the error
		events = append(events, account.Input{Action: cas.CertificateAdded{Certificate: c}})
	}
	for _, id := range slices.Sorted(maps.Keys(s.LoadBalancers)) {
		events = append(events, account.Input{Action: alb.LoadBalancerAdded{ID: id, LoadBalancer: s.LoadBalancers[id]}})
	}
	for _, id := range slices.Sorted(maps.Keys(s.Listeners)) {
		l := s.Listeners[id]
		if l.Protocol == "" {
			l.Protocol = alb.HTTPS
			if s.LoadBalancers[l.LoadBalancer].Product == alb.NLB {
				l.Protocol = alb.TCPSSL
			}
		}
		if l.Port == 0 {
			l.Port = 443
		}
		if l.Status == "" {
			l.Status = alb.Running
		}
		events = append(events, account.Input{Action: alb.ListenerAdded{ID: id, Listener: l}})
	}
	return slices.Concat(events, s.classicEvents(), s.siteEvents())
}

func (s Seed) siteEvents() (events []account.Input) {
	for _, id := range slices.Sorted(maps.Keys(s.Plans)) {
		events = append(events, account.Input{Action: esa.PlanAdded{ID: id, Plan: s.Plans[id]}})
	}
	for _, id := range slices.Sorted(maps.Keys(s.Sites)) {
		events = append(events, account.Input{Action: esa.SiteAdded{ID: siteNumber(id), Site: s.Sites[id]}})
	}
	for _, key := range slices.Sorted(maps.Keys(s.SiteCertificates)) {
		site, id, _ := strings.Cut(key, " ")
		c := s.SiteCertificates[key]
		c.PEM, c.Leaf, _ = leafOf(c.PEM, c.Leaf) // Cloud.Seed reports the error
		events = append(events, account.Input{Action: esa.SiteCertificateAdded{Site: siteNumber(site), ID: id, Certificate: c}})
	}
	return events
}

// siteNumber returns the number of a site, 0 for a text that is none. There is no site 0.
func siteNumber(text string) int64 {
	n, _ := strconv.ParseInt(text, 10, 64)
	if esa.SiteKey(n) != text {
		return 0
	}
	return n
}

// Seed adds the content of a seed to the cloud, event by event. It returns an error for
// the first event that does not apply.
func (c *Cloud) Seed(s Seed) error {
	for name, certificate := range s.Certificates {
		if _, err := withLeaf(certificate); err != nil {
			return bilingual.Fail("seed: certificate %q: %v", "初始内容：证书 %q：%v", redact.Text(name), err)
		}
	}
	for id, certificate := range s.ServerCertificates {
		if _, _, err := leafOf(certificate.PEM, certificate.Leaf); err != nil {
			return bilingual.Fail("seed: server certificate %q: %v", "初始内容：服务器证书 %q：%v", redact.Text(id), err)
		}
	}
	for key, certificate := range s.SiteCertificates {
		if _, _, err := leafOf(certificate.PEM, certificate.Leaf); err != nil {
			return bilingual.Fail("seed: certificate of site %q: %v", "初始内容：站点证书 %q：%v", redact.Text(key), err)
		}
	}
	events := c.timed(s.Events())
	for _, e := range events {
		number, err := c.add("seed", e)
		if err != nil {
			return err
		}
		c.engine.timeline.seeded(number)
	}
	c.beginWith(events)
	return nil
}

// withLeaf sets the leaf of a certificate from its text, unless it is already set.
func withLeaf(c cas.Certificate) (cas.Certificate, error) {
	var err error
	c.PEM, c.Leaf, err = leafOf(c.PEM, c.Leaf)
	return c, err
}

// leafOf returns the public part of the text of a certificate, and its leaf, unless that is
// known.
func leafOf(text string, known validate.Leaf) (public string, leaf validate.Leaf, err error) {
	if text == "" || known != (validate.Leaf{}) {
		return text, known, nil
	}
	if leaf, err = validate.ParseLeaf(text); err != nil {
		return text, leaf, err
	}
	return validate.PublicText(text), leaf, nil
}

// timed sets the time of events to now.
func (c *Cloud) timed(events []account.Input) []account.Input {
	for i := range events {
		events[i] = c.engine.timed(events[i])
	}
	return events
}

// beginWith applies the events of a seed to the state that Reset restores.
func (c *Cloud) beginWith(events []account.Input) {
	c.mu.Lock()
	defer c.mu.Unlock()
	for step := range model.RunSeq(account.Machine{Initial: c.beginning}, slices.Values(events)) {
		c.beginning = step.To
	}
}

// doesNotApply returns the reason why an event does not apply to a state. who begins the
// sentence.
func doesNotApply(who string, s *account.State, e account.Input) error {
	text, _ := json.Marshal(e)
	about := e.About()
	if a, is := e.Action.(esa.SiteCertificateAdded); is && exists(s, about) {
		about = model.Resource{Type: "certificate of a site", ID: esa.CertificateKey(a.Site, a.ID)}
	}
	chinese := chineseType(about.Type)
	switch absent := absentFor(s, e); {
	case redact.IsJSON(text):
		return bilingual.Fail("%s: it contains a private key", "%s：其中有私钥", who)
	case about.ID != "" && exists(s, about):
		return bilingual.Fail("%[1]s: the %[2]s %[3]q exists already", "%[1]s：%[4]s %[3]q 已存在", who, about.Type, about.ID, chinese)
	case !absent.IsZero():
		return bilingual.Fail("%[1]s: %[2]s %[3]q: %[4]s", "%[1]s：%[5]s %[3]q：%[6]s", who, about.Type, about.ID, absent.EN, chinese, absent.ZH)
	default:
		return bilingual.Fail("%s: the event does not apply: %s", "%s：该事件不适用：%s", who, text)
	}
}

// absentFor returns a sentence that names what an event refers to and what the state does
// not have, or nothing if the state has everything.
func absentFor(s *account.State, e account.Input) errcodes.Message {
	var needed []model.Resource
	switch a := e.Action.(type) {
	case cdn.DomainAdded, cas.CertificateAdded, alb.LoadBalancerAdded, clb.BalancerAdded, clb.ServerCertificateAdded, esa.PlanAdded:
	case clb.BalancerListenerAdded:
		needed = append(needed,
			model.Resource{Type: "classic load balancer", ID: a.Listener.LoadBalancer}, model.Resource{Type: "server certificate", ID: a.Listener.Certificate})
	case clb.DomainExtensionAdded:
		needed = append(needed,
			model.Resource{Type: "classic listener", ID: clb.ListenerKey(a.Extension.LoadBalancer, a.Extension.Port)},
			model.Resource{Type: "server certificate", ID: a.Extension.Certificate})
	case esa.SiteAdded:
		needed = append(needed, model.Resource{Type: "plan", ID: a.Site.Plan})
	case alb.ListenerAdded:
		needed = append(needed, model.Resource{Type: "load balancer", ID: a.Listener.LoadBalancer})
		if a.Listener.Default != "" {
			needed = append(needed, model.Resource{Type: "certificate with the id", ID: a.Listener.Default})
		}
	case alb.DefaultCertificateSet:
		needed = append(needed, e.About(), model.Resource{Type: "certificate with the id", ID: a.Certificate})
	default:
		needed = append(needed, e.About())
	}
	for _, r := range needed {
		if r.ID != "" && !exists(s, r) {
			return bilingual.Say("there is no %[1]s %[2]q", "没有%[3]s %[2]q", r.Type, redact.Text(r.ID), chineseType(r.Type))
		}
	}
	return errcodes.Message{}
}

// chineseType returns the Chinese word for a type of resource that exists knows.
func chineseType(name string) string {
	switch name {
	case "domain":
		return "域名"
	case "certificate":
		return "证书"
	case "certificate with the id":
		return "证书 ID"
	case "load balancer":
		return "负载均衡"
	case "listener":
		return "监听"
	case "job":
		return "任务"
	case "client token":
		return "客户端 Token"
	case "classic load balancer":
		return "传统型负载均衡"
	case "classic listener":
		return "传统型监听"
	case "server certificate":
		return "服务器证书"
	case "domain extension":
		return "扩展域名"
	case "plan":
		return "套餐"
	case "site":
		return "站点"
	case "certificate of a site":
		return "站点证书"
	default:
		return name
	}
}

// exists reports whether a state has a resource. It is true for a type that it does not
// know.
func exists(s *account.State, r model.Resource) bool {
	switch r.Type {
	case "domain":
		return s.CDN.Domains.Has(r.ID)
	case "certificate":
		return s.CAS.Certificates.Has(r.ID)
	case "certificate with the id":
		return s.CAS.IDs.Has(r.ID)
	case "load balancer":
		return s.ALB.LoadBalancers.Has(r.ID)
	case "listener":
		return s.ALB.Listeners.Has(r.ID)
	case "job":
		return s.ALB.Jobs.Has(r.ID)
	case "client token":
		return s.ALB.Tokens.Has(r.ID)
	case "classic load balancer":
		return s.CLB.LoadBalancers.Has(r.ID)
	case "classic listener":
		return s.CLB.Listeners.Has(r.ID)
	case "server certificate":
		return s.CLB.Certificates.Has(r.ID)
	case "domain extension":
		return s.CLB.Extensions.Has(r.ID)
	case "plan":
		return s.ESA.Plans.Has(r.ID)
	case "site":
		return s.ESA.Sites.Has(r.ID)
	case "certificate of a site":
		return s.ESA.Certificates.Has(r.ID)
	default:
		return true
	}
}
