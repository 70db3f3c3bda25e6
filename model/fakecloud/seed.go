package fakecloud

import (
	"embed"
	"encoding/json"
	"maps"
	"slices"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/bilingual"
	"github.com/alicert/alicert/internal/redact"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/account"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/model/clb"
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
//	  "domainExtensions":     {"de-1": {"loadBalancer": "lb-1", "port": 443, "domain": "*.example.com", "certificate": "cert-1"}}
//	}
//
// The records are those of the model's states. A certificate may omit its text, pem; if
// it has one, its leaf is read from it. The defaults are protocol HTTPS, port 443, status
// Running and edition Standard.
type Seed struct {
	Domains       map[string]cdn.Domain       `json:"domains,omitempty"`      // by id, see cdn.DomainID
	Certificates  map[string]cas.Certificate  `json:"certificates,omitempty"` // in CAS, by name
	LoadBalancers map[string]alb.LoadBalancer `json:"loadBalancers,omitempty"`
	Listeners     map[string]alb.Listener     `json:"listeners,omitempty"`
	Classic

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

// Demo returns a small account: domains, certificates, and a load balancer with
// listeners, and a classic one with a domain extension. The certificates are valid from 2026 to 2049: "default" for example.com and
// *.example.com, "first" for www.example.com, "second" for shop.example.com and
// www.shop.example.com.
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
		LoadBalancers: map[string]alb.LoadBalancer{"alb-demo": {Edition: alb.Standard}, "nlb-demo": {Product: alb.NLB}},
		Listeners: map[string]alb.Listener{
			"lsn-https": {LoadBalancer: "alb-demo", Default: "1-cn-hangzhou"},
			"lsn-quic":  {LoadBalancer: "alb-demo", Protocol: alb.QUIC, Port: 8443, Default: "1-cn-hangzhou"},
			"lsn-http":  {LoadBalancer: "alb-demo", Protocol: alb.HTTP, Port: 80},

			"lsn-tcpssl@443": {LoadBalancer: "nlb-demo", Default: "1-cn-hangzhou"},
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
	return append(events, s.classicEvents()...)
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
		if _, err := withServerLeaf(certificate); err != nil {
			return bilingual.Fail("seed: server certificate %q: %v", "初始内容：服务器证书 %q：%v", redact.Text(id), err)
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
	if c.PEM == "" || c.Leaf != (validate.Leaf{}) {
		return c, nil
	}
	leaf, err := validate.ParseLeaf(c.PEM)
	if err != nil {
		return c, err
	}
	c.PEM, c.Leaf = validate.PublicText(c.PEM), leaf
	return c, nil
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
	needed, classic := classicNeeds(e)
	switch a := e.Action.(type) {
	case cdn.DomainAdded, cas.CertificateAdded, alb.LoadBalancerAdded:
	case alb.ListenerAdded:
		needed = append(needed, model.Resource{Type: "load balancer", ID: a.Listener.LoadBalancer})
		if a.Listener.Default != "" {
			needed = append(needed, model.Resource{Type: "certificate with the id", ID: a.Listener.Default})
		}
	case alb.DefaultCertificateSet:
		needed = append(needed, e.About(), model.Resource{Type: "certificate with the id", ID: a.Certificate})
	default:
		if !classic {
			needed = append(needed, e.About())
		}
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
	default:
		return name
	}
}

// exists reports whether a state has a resource. It is true for a type that it does not
// know.
func exists(s *account.State, r model.Resource) bool {
	if has, classic := hasClassic(&s.CLB, r); classic {
		return has
	}
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
	default:
		return true
	}
}
