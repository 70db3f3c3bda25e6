package inputs

import (
	"cmp"
	"encoding/json"
	"iter"
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/fuzz"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/clb"
)

// classic is what a sequence remembers of the classic load balancer.
type classic struct {
	Balancers    fuzz.Bundle[string]
	Unsettled    fuzz.Bundle[string] // balancers that are forbidden or busy
	Ports        fuzz.Bundle[classicPort]
	Waiting      fuzz.Bundle[classicPort] // listeners that are not running
	Secure       fuzz.Bundle[classicPort] // listeners with a certificate, so that their region has one
	Certificates fuzz.Bundle[regional]
	Extensions   fuzz.Bundle[regional]
	Regions      map[string]string // of load balancers
}

// classicPort is a listener.
type classicPort struct {
	Balancer string
	Port     int
}

// regional is a resource of a region.
type regional struct{ Region, ID string }

// in returns the region of a load balancer, and some region for one that does not exist.
func (c *classic) in(balancer string) string {
	if region, known := c.Regions[balancer]; known {
		return region
	}
	return clb.DefaultRegion
}

func (c *classic) addBalancer(id string, lb clb.LoadBalancer) {
	if c.Regions == nil {
		c.Regions = map[string]string{}
	}
	c.Balancers.Add(id)
	c.Regions[id] = lb.Region
	if lb.Region == "" {
		c.Regions[id] = clb.DefaultRegion
	}
	keep(&c.Unsettled, id, lb.Forbidden || lb.Configuring)
}

func (c *classic) addListener(l clb.Listener) {
	port := classicPort{l.LoadBalancer, l.Port}
	c.Ports.Add(port)
	keep(&c.Waiting, port, l.Status != clb.Running && l.Status != "")
	keep(&c.Secure, port, l.Certificate != "")
}

func (m *history) initialCLB(s clb.Own) {
	for id, lb := range few(s.LoadBalancers) {
		m.Classic.addBalancer(id, lb)
	}
	for _, l := range few(s.Listeners) {
		m.Classic.addListener(l)
	}
	for id, c := range few(s.Certificates) {
		m.Classic.Certificates.Add(regional{c.Region, id})
	}
	for id, e := range few(s.Extensions) {
		m.Classic.Extensions.Add(regional{m.Classic.in(e.LoadBalancer), id})
	}
}

// learnServerCertificate learns the id that an upload was given.
func (m *history) learnServerCertificate(region string, out model.Output) {
	var body struct {
		ServerCertificateID string `json:"ServerCertificateId"`
	}
	if json.Unmarshal([]byte(text(out.Body)), &body) == nil && body.ServerCertificateID != "" {
		m.Classic.Certificates.Add(regional{region, body.ServerCertificateID})
	}
}

// learnClassic learns from inputs of the classic load balancer that succeed.
func (m *history) learnClassic(action clb.Action, out model.Output) {
	c := &m.Classic
	switch a := action.(type) {
	case clb.BalancerAdded:
		c.addBalancer(a.ID, a.LoadBalancer)
	case clb.BalancerChanged:
		keep(&c.Unsettled, a.ID, a.Forbidden || a.Configuring)
	case clb.BalancerListenerAdded:
		c.addListener(a.Listener)
	case clb.BalancerListenerChanged:
		keep(&c.Waiting, classicPort{a.LoadBalancer, a.Port}, a.Status != clb.Running)
	case clb.BalancerListenerRemoved:
		c.Ports.Remove(classicPort{a.LoadBalancer, a.Port})
		c.Waiting.Remove(classicPort{a.LoadBalancer, a.Port})
		c.Secure.Remove(classicPort{a.LoadBalancer, a.Port})
	case clb.SetLoadBalancerHTTPSListenerAttribute:
		keep(&c.Secure, classicPort{a.LoadBalancerID, a.ListenerPort}, true)
	case clb.ServerCertificateAdded:
		region := a.Certificate.Region
		if region == "" {
			region = clb.DefaultRegion
		}
		c.Certificates.Add(regional{region, a.ID})
	case clb.DeleteServerCertificate:
		for _, region := range classicRegions {
			c.Certificates.Remove(regional{region, a.ServerCertificateID})
		}
	case clb.DomainExtensionAdded:
		c.Extensions.Add(regional{c.in(a.Extension.LoadBalancer), a.ID})
	case clb.CreateDomainExtension:
		var body struct {
			DomainExtensionID string `json:"DomainExtensionId"`
		}
		if json.Unmarshal([]byte(text(out.Body)), &body) == nil {
			c.Extensions.Add(regional{a.RegionID, body.DomainExtensionID})
		}
	case clb.DeleteDomainExtension:
		c.Extensions.Remove(regional{a.RegionID, a.DomainExtensionID})
	default: // adds and removes nothing
	}
}

var (
	balancers      = []string{"lb-1", "lb-2"}
	classicRegions = []string{clb.DefaultRegion, "cn-beijing"}
	classicPorts   = []int{443, 8443, 80}
	extensionIDs   = []string{"de-1", "de-2", "de-3"}
	serverIDs      = []string{"cert-1", "cert-2", "cert-3"}
)

// clbCommands are the commands of model/clb.
func clbCommands() []command {
	return append([]command{
		of("upload server certificate", 8, uploadServer),
		once(hasServerCertificate, of("server certificate deleted", 2, func(s *fuzz.Source, m *history) clb.DeleteServerCertificate {
			c := serverCertificate(s, m, "")
			return clb.DeleteServerCertificate{RequestID: requestID(s, m), RegionID: c.Region, ServerCertificateID: c.ID}
		})),
		once(hasServerCertificate, of("server certificate named", 3, func(s *fuzz.Source, m *history) clb.SetServerCertificateName {
			c := serverCertificate(s, m, "")
			return clb.SetServerCertificateName{
				RequestID: requestID(s, m), RegionID: c.Region, ServerCertificateID: c.ID,
				ServerCertificateName: fuzz.Pick(s, "shop", "shop.example.com", "", "shop\n", "*.example.com", strings.Repeat("n", 80), strings.Repeat("n", 81)),
			}
		})),
		once(hasPort, of("HTTPS certificate", 8, setHTTPS)),
		once(hasPort, of("extension created", 8, createExtension)),
		once(hasExtension, of("extension changed", 6, func(s *fuzz.Source, m *history) clb.SetDomainExtensionAttribute {
			e := domainExtension(s, m)
			return clb.SetDomainExtensionAttribute{
				RequestID: requestID(s, m), RegionID: e.Region, DomainExtensionID: e.ID, ServerCertificateID: serverCertificate(s, m, e.Region).ID,
			}
		})),
		once(hasExtension, of("extension deleted", 3, func(s *fuzz.Source, m *history) clb.DeleteDomainExtension {
			e := domainExtension(s, m)
			return clb.DeleteDomainExtension{RequestID: requestID(s, m), RegionID: e.Region, DomainExtensionID: e.ID}
		})),
		once(lacksBalancer, of("balancer added", 8, func(s *fuzz.Source, m *history) clb.BalancerAdded {
			return clb.BalancerAdded{ID: fresh(s, m.Classic.Balancers.Has, balancers...), LoadBalancer: clb.LoadBalancer{
				Region: fuzz.Pick(s, "", clb.DefaultRegion, "cn-beijing"), Forbidden: s.OneIn(8), Configuring: s.OneIn(8),
			}}
		})),
		once(hasBalancer, of("balancer changed", 3, balancerChanged)),
		once(lacksPort, of("classic listener added", 8, classicListenerAdded)),
		once(hasPort, of("classic listener status", 4, func(s *fuzz.Source, m *history) clb.BalancerListenerChanged {
			p := m.Classic.Ports.Pick(s, classicPort{})
			if m.Classic.Waiting.Len() > 0 && !s.OneIn(3) {
				p = m.Classic.Waiting.Pick(s, p)
			}
			status := clb.Running
			if !m.Classic.Waiting.Has(p) {
				status = fuzz.Pick(s, clb.Configuring, clb.Stopping, clb.Stopped, clb.Starting)
			}
			return clb.BalancerListenerChanged{LoadBalancer: p.Balancer, Port: p.Port, Status: status}
		})),
		once(hasPort, of("classic listener removed", 1, func(s *fuzz.Source, m *history) clb.BalancerListenerRemoved {
			p := port(s, m)
			return clb.BalancerListenerRemoved{LoadBalancer: p.Balancer, Port: p.Port}
		})),
		of("server certificate added", 3, func(s *fuzz.Source, m *history) clb.ServerCertificateAdded {
			e := clb.ServerCertificateAdded{ID: fresh(s, m.Classic.hasCertificate, serverIDs...)}
			e.Certificate.Region = fuzz.Pick(s, "", clb.DefaultRegion, "cn-beijing")
			if s.Bool() {
				c := newCertificate(s, m)
				e.Certificate.Name, e.Certificate.PEM, e.Certificate.Leaf = c.Name, c.PEM, c.Leaf
			}
			return e
		}),
		once(mayExtend, of("extension added", 2, extensionAdded)),
	}, clbReads()...)
}

func clbReads() []command {
	return []command{
		of("server certificates", 2, func(s *fuzz.Source, m *history) clb.DescribeServerCertificates {
			r := clb.DescribeServerCertificates{RequestID: requestID(s, m), RegionID: fuzz.Pick(s, "", "cn-hangzhou", "cn-beijing")}
			if s.OneIn(4) {
				r.ServerCertificateID = serverCertificate(s, m, "").ID
			}
			return r
		}),
		once(hasPort, of("HTTPS listener", 3, func(s *fuzz.Source, m *history) clb.DescribeLoadBalancerHTTPSListenerAttribute {
			p := port(s, m)
			return clb.DescribeLoadBalancerHTTPSListenerAttribute{RequestID: requestID(s, m), RegionID: perhapsRegion(s, m, p), LoadBalancerID: p.Balancer, ListenerPort: p.Port}
		})),
		of("classic listeners", 1, func(s *fuzz.Source, m *history) clb.DescribeLoadBalancerListeners {
			r := clb.DescribeLoadBalancerListeners{
				RequestID: requestID(s, m), RegionID: fuzz.Pick(s, "", "cn-hangzhou"), ListenerProtocol: fuzz.Pick(s, "", "https", "http"), MaxResults: pageSize(s),
			}
			if s.Bool() {
				r.LoadBalancerIDs = []string{m.Classic.Balancers.Pick(s, "lb-1")}
			}
			return r
		}),
		once(hasBalancer, of("balancer attribute", 2, func(s *fuzz.Source, m *history) clb.DescribeLoadBalancerAttribute {
			return clb.DescribeLoadBalancerAttribute{
				RequestID: requestID(s, m), RegionID: fuzz.Pick(s, "", "", "cn-hangzhou"), LoadBalancerID: fuzz.Pick(s, m.Classic.Balancers.Pick(s, "lb-1"), "lb-1", "lb-9", ""),
			}
		})),
		once(hasPort, of("extensions", 3, func(s *fuzz.Source, m *history) clb.DescribeDomainExtensions {
			p := port(s, m)
			r := clb.DescribeDomainExtensions{RequestID: requestID(s, m), RegionID: m.Classic.in(p.Balancer), LoadBalancerID: p.Balancer, ListenerPort: p.Port}
			switch s.Intn(12) {
			case 0:
				r.RegionID = ""
			case 1:
				r.DomainExtensionID = domainExtension(s, m).ID
			}
			return r
		})),
		of("extension attribute", 2, func(s *fuzz.Source, m *history) clb.DescribeDomainExtensionAttribute {
			e := domainExtension(s, m)
			return clb.DescribeDomainExtensionAttribute{RequestID: requestID(s, m), RegionID: e.Region, DomainExtensionID: e.ID}
		}),
		of("tags of certificates", 1, func(s *fuzz.Source, m *history) clb.ListTagResources {
			return clb.ListTagResources{RequestID: requestID(s, m), ResourceType: "certificate", ResourceIDs: []string{serverCertificate(s, m, "").ID}}
		}),
	}
}

func hasBalancer(m *history) bool          { return m.Classic.Balancers.Len() > 0 }
func hasPort(m *history) bool              { return m.Classic.Ports.Len() > 0 }
func hasExtension(m *history) bool         { return m.Classic.Extensions.Len() > 0 }
func hasServerCertificate(m *history) bool { return m.Classic.Certificates.Len() > 0 }
func mayExtend(m *history) bool {
	return m.Classic.Secure.Len() > 0 && m.Classic.Extensions.Len() < len(extensionIDs)
}
func lacksBalancer(m *history) bool { return m.Classic.Balancers.Len() < len(balancers) }
func lacksPort(m *history) bool     { return hasBalancer(m) && m.Classic.Ports.Len() < 4 }

func (c *classic) hasCertificate(id string) bool { return hasResource(c.Certificates.All(), id) }
func (c *classic) hasExtension(id string) bool   { return hasResource(c.Extensions.All(), id) }

func hasResource(all iter.Seq[regional], id string) bool {
	for r := range all {
		if r.ID == id {
			return true
		}
	}
	return false
}

// uploadServer is mostly an upload of a pair, sometimes of a certificate of the center.
func uploadServer(s *fuzz.Source, m *history) Upload {
	r := Upload{
		Op: errcodes.UploadServerCertificate, RequestID: requestID(s, m), Region: fuzz.Pick(s, clb.DefaultRegion, "cn-beijing", clb.DefaultRegion, "cn-beijing", ""),
		Name: fuzz.Pick(s, Text("shop"), Text("shop.example.com/1"), anyName(s, m)), At: callTime(s),
	}
	r.Certificate, r.PrivateKey = pairOfFixtures(s)
	if s.OneIn(3) {
		r.CertID, r.CertRegion = certificateDecimal(s, m), fuzz.Pick(s, "", "", cas.Region, cas.Overseas, "cn-beijing")
	}
	return r
}

// serverCertificate is a certificate that exists or may exist, mostly of a region; an empty
// region is any.
func serverCertificate(s *fuzz.Source, m *history, region string) regional {
	if s.OneIn(10) {
		return regional{fuzz.Pick(s, classicRegions...), fuzz.Pick(s, "cert-1", "cert-9", "")}
	}
	c := m.Classic.Certificates.Pick(s, regional{clb.DefaultRegion, "cert-1"})
	for range 5 {
		if region == "" || c.Region == region {
			break
		}
		c = m.Classic.Certificates.Pick(s, c)
	}
	if region == "" && s.OneIn(10) {
		c.Region = fuzz.Pick(s, "", clb.DefaultRegion, "cn-beijing")
	}
	return c
}

func domainExtension(s *fuzz.Source, m *history) regional {
	if s.OneIn(10) {
		return regional{fuzz.Pick(s, clb.DefaultRegion, "cn-beijing", ""), fuzz.Pick(s, "de-1", "de-9", "")}
	}
	return m.Classic.Extensions.Pick(s, regional{clb.DefaultRegion, "de-1"})
}

// port is a listener that exists or may exist.
func port(s *fuzz.Source, m *history) classicPort {
	p := m.Classic.Ports.Pick(s, classicPort{balancers[0], 443})
	switch s.Intn(24) {
	case 0:
		p.Balancer = fuzz.Pick(s, "lb-9", "")
	case 1:
		p.Port = fuzz.Pick(s, 444, 0, 65536)
	}
	return p
}

// perhapsRegion is the region of a listener's load balancer, or none, where none is needed.
func perhapsRegion(s *fuzz.Source, m *history, p classicPort) string {
	if s.OneIn(8) {
		return "cn-beijing"
	}
	return fuzz.Pick(s, "", m.Classic.in(p.Balancer))
}

func setHTTPS(s *fuzz.Source, m *history) clb.SetLoadBalancerHTTPSListenerAttribute {
	p := port(s, m)
	r := clb.SetLoadBalancerHTTPSListenerAttribute{
		RequestID: requestID(s, m), RegionID: perhapsRegion(s, m, p), LoadBalancerID: p.Balancer, ListenerPort: p.Port,
		ServerCertificateID: serverCertificate(s, m, m.Classic.in(p.Balancer)).ID, DryRun: s.OneIn(8),
	}
	return r
}

func createExtension(s *fuzz.Source, m *history) clb.CreateDomainExtension {
	p := port(s, m)
	r := clb.CreateDomainExtension{
		RequestID: requestID(s, m), RegionID: m.Classic.in(p.Balancer), LoadBalancerID: p.Balancer, ListenerPort: p.Port,
		Domain: fuzz.Pick(s, domains...), ServerCertificateID: serverCertificate(s, m, m.Classic.in(p.Balancer)).ID,
	}
	if s.OneIn(8) {
		r.Domain = textDomain(s, m, "Cdn")
	}
	if s.OneIn(16) {
		r.Domain = ""
	}
	if s.OneIn(16) {
		r.RegionID = ""
	}
	return r
}

// extensionAdded mostly fits: a listener that has a certificate in its region.
func extensionAdded(s *fuzz.Source, m *history) clb.DomainExtensionAdded {
	p := port(s, m)
	for range 5 {
		if m.Classic.Secure.Has(p) {
			break
		}
		p = m.Classic.Secure.Pick(s, p)
	}
	region := m.Classic.in(p.Balancer)
	return clb.DomainExtensionAdded{ID: fresh(s, m.Classic.hasExtension, extensionIDs...), Extension: clb.Extension{
		LoadBalancer: p.Balancer, Port: p.Port, Domain: fuzz.Pick(s, "a.example.com", "b.example.com", domains[0], "*.c.example.com", "bad name"),
		Certificate: serverCertificate(s, m, region).ID,
	}}
}

func balancerChanged(s *fuzz.Source, m *history) clb.BalancerChanged {
	e := clb.BalancerChanged{ID: among(s, &m.Classic.Unsettled, m, func(s *fuzz.Source, m *history) string { return m.Classic.Balancers.Pick(s, "lb-1") })}
	if !m.Classic.Unsettled.Has(e.ID) {
		e.Forbidden = s.Bool()
		e.Configuring = !e.Forbidden
	}
	return e
}

func classicListenerAdded(s *fuzz.Source, m *history) clb.BalancerListenerAdded {
	id := m.Classic.Balancers.Pick(s, "lb-1")
	taken := func(number int) bool { return m.Classic.Ports.Has(classicPort{id, number}) }
	l := clb.Listener{LoadBalancer: id, Port: fresh(s, taken, classicPorts...), Status: fuzz.Pick(s, clb.Running, "", clb.Running, clb.Configuring, clb.Stopped)}
	if s.OneIn(6) {
		l.Protocol = fuzz.Pick(s, clb.HTTP, clb.TCP, clb.UDP)
		return clb.BalancerListenerAdded{Listener: l}
	}
	if s.Bool() {
		l.Certificate = serverCertificate(s, m, m.Classic.in(id)).ID
	}
	return clb.BalancerListenerAdded{Listener: l}
}

// clbFootprint is the footprint of model/clb: all of it is one resource, which its reads
// read and all others change. An upload may read a certificate of the center, too.
func clbFootprint(s clb.State, _ iter.Seq[Input], link func(...string)) func(Input, accessFunc) {
	linkCertificates(s.CAS, link)
	return func(in Input, access accessFunc) {
		switch a := in.CLB().Action.(type) {
		case cas.Action:
			accessCAS(a, access)
		case clb.Action:
			if a.Kind() == model.Read {
				access("classic load balancers", fuzz.Read)
				return
			}
			access("classic load balancers", fuzz.Write)
			if upload, is := a.(clb.UploadServerCertificate); is && upload.CertID != "" {
				region := cmp.Or(upload.CertRegion, cas.RegionOf(upload.RegionID))
				each(access, fuzz.Read, idResources(upload.CertID+"-"+region)...)
			}
		}
	}
}
