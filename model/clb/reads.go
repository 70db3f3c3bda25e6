package clb

import (
	"cmp"
	"iter"
	"slices"
	"strings"
	"time"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/internal/reply"
	"github.com/alicert/alicert/model/table"
)

// Reads change nothing. Their answers have the members that clients read.
type (
	// DescribeServerCertificates lists the certificates of a region in the order of their
	// ids, or the one of an id. An empty region is DefaultRegion.
	DescribeServerCertificates struct {
		RequestID           string `json:"requestId"`
		RegionID            string `json:"regionId,omitempty"`
		ServerCertificateID string `json:"serverCertificateId,omitempty"`
	}
	// DescribeLoadBalancerHTTPSListenerAttribute returns an HTTPS listener with its
	// certificate and its domain extensions. An empty region is any.
	DescribeLoadBalancerHTTPSListenerAttribute struct {
		RequestID      string `json:"requestId"`
		RegionID       string `json:"regionId,omitempty"`
		LoadBalancerID string `json:"loadBalancerId,omitempty"`
		ListenerPort   int    `json:"listenerPort,omitempty"`
	}
	// DescribeLoadBalancerListeners lists listeners by load balancer, port and protocol;
	// empty means all. A page has MaxResults items (1 to 100; other numbers count as 20).
	DescribeLoadBalancerListeners struct {
		RequestID        string   `json:"requestId"`
		RegionID         string   `json:"regionId,omitempty"`
		LoadBalancerIDs  []string `json:"loadBalancerIds,omitzero" wire:"LoadBalancerId"`
		ListenerPort     int      `json:"listenerPort,omitempty"`
		ListenerProtocol string   `json:"listenerProtocol,omitempty"`
		MaxResults       int      `json:"maxResults,omitempty"`
		NextToken        string   `json:"nextToken,omitempty"`
	}
	// DescribeLoadBalancerAttribute returns a load balancer with its listeners. An empty
	// region is any.
	DescribeLoadBalancerAttribute struct {
		RequestID      string `json:"requestId"`
		RegionID       string `json:"regionId,omitempty"`
		LoadBalancerID string `json:"loadBalancerId,omitempty"`
	}
	// DescribeDomainExtensions lists the domain extensions of an HTTPS listener in the
	// order of their ids, or the one of an id.
	DescribeDomainExtensions struct {
		RequestID         string `json:"requestId"`
		RegionID          string `json:"regionId,omitempty"`
		LoadBalancerID    string `json:"loadBalancerId,omitempty"`
		ListenerPort      int    `json:"listenerPort,omitempty"`
		DomainExtensionID string `json:"domainExtensionId,omitempty"`
	}
	// DescribeDomainExtensionAttribute returns a domain extension.
	DescribeDomainExtensionAttribute struct {
		RequestID         string `json:"requestId"`
		RegionID          string `json:"regionId,omitempty"`
		DomainExtensionID string `json:"domainExtensionId,omitempty"`
	}
	// ListTagResources lists the tags of resources. The model has no tags, so the list is
	// empty.
	ListTagResources struct {
		RequestID    string   `json:"requestId"`
		ResourceType string   `json:"resourceType,omitempty"`
		ResourceIDs  []string `json:"resourceIds,omitzero" wire:"ResourceId"`
	}
)

// The answers. Time stamps are in Unix milliseconds; 0 means unknown.
type (
	certificateBody struct {
		AliCloudCertificateID   string `json:"AliCloudCertificateId" xml:"AliCloudCertificateId"` // its number in the certificate center
		AliCloudCertificateName string
		CommonName              string
		CreateTime              string
		CreateTimeStamp         int64
		ExpireTime              string
		ExpireTimeStamp         int64
		Fingerprint             string
		IsAliCloudCertificate   int
		RegionID                string `json:"RegionId" xml:"RegionId"`
		RegionIDAlias           string `json:"RegionIdAlias" xml:"RegionIdAlias"`
		ResourceGroupID         string `json:"ResourceGroupId" xml:"ResourceGroupId"`
		ServerCertificateID     string `json:"ServerCertificateId" xml:"ServerCertificateId"`
		ServerCertificateName   string
		SubjectAlternativeNames struct{ SubjectAlternativeName []string }
	}
	uploaded struct {
		reply.Head
		certificateBody
	}
	certificateList struct {
		reply.Head
		ServerCertificates struct{ ServerCertificate []certificateBody }
	}
	extensionBody struct {
		Domain              string
		DomainExtensionID   string `json:"DomainExtensionId" xml:"DomainExtensionId"`
		ServerCertificateID string `json:"ServerCertificateId" xml:"ServerCertificateId"`
	}
	httpsListener struct {
		reply.Head
		BackendServerPort   int
		Bandwidth           int
		CACertificateID     string `json:"CACertificateId" xml:"CACertificateId"`
		Description         string
		DomainExtensions    struct{ DomainExtension []extensionBody }
		EnableHTTP2         string `json:"EnableHttp2" xml:"EnableHttp2"`
		Gzip                string
		HealthCheck         string
		IdleTimeout         int
		ListenerPort        int
		LoadBalancerID      string `json:"LoadBalancerId" xml:"LoadBalancerId"`
		RequestTimeout      int
		Scheduler           string
		SecurityStatus      string
		ServerCertificateID string `json:"ServerCertificateId" xml:"ServerCertificateId"`
		Status              string
		StickySession       string
		TLSCipherPolicy     string
		XForwardedFor       string
	}
	listenerBody struct {
		Description         string
		HTTPSListenerConfig *httpsConfig `json:",omitempty" xml:",omitempty"`
		ListenerPort        int
		ListenerProtocol    string
		LoadBalancerID      string `json:"LoadBalancerId" xml:"LoadBalancerId"`
		Status              string
	}
	httpsConfig struct {
		ServerCertificateID string `json:"ServerCertificateId" xml:"ServerCertificateId"`
	}
	listenerList struct {
		reply.Head
		Listeners []listenerBody
		reply.TokenPage
	}
	portAndProtocol struct {
		ListenerPort     int
		ListenerProtocol string
	}
	loadBalancerBody struct {
		reply.Head
		Address                  string
		AddressType              string
		DeleteProtection         string
		ListenerPorts            struct{ ListenerPort []int }
		ListenerPortsAndProtocol struct{ ListenerPortAndProtocol []portAndProtocol }
		LoadBalancerID           string `json:"LoadBalancerId" xml:"LoadBalancerId"`
		LoadBalancerName         string
		LoadBalancerStatus       string
		RegionID                 string `json:"RegionId" xml:"RegionId"`
		RegionIDAlias            string `json:"RegionIdAlias" xml:"RegionIdAlias"`
		ResourceGroupID          string `json:"ResourceGroupId" xml:"ResourceGroupId"`
	}
	extensionList struct {
		reply.Head
		DomainExtensions struct{ DomainExtension []extensionBody }
	}
	extensionAttribute struct {
		reply.Head
		extensionBody
		ListenerPort   int
		LoadBalancerID string `json:"LoadBalancerId" xml:"LoadBalancerId"`
	}
	tagList struct {
		reply.Head
		TagResources struct{ TagResource []struct{} }
	}
)

// resourceGroup is the made-up id of the account's default resource group.
const resourceGroup = "rg-default"

func describeCertificate(id string, c Certificate) certificateBody {
	number, _, _ := strings.Cut(c.Center, "-")
	b := certificateBody{
		AliCloudCertificateID: number, AliCloudCertificateName: c.CenterName, CommonName: c.Leaf.Name,
		CreateTime: reply.Moment(time.RFC3339, c.Created), CreateTimeStamp: c.Created, ExpireTime: reply.Moment(time.RFC3339, c.Leaf.NotAfter*1000), ExpireTimeStamp: c.Leaf.NotAfter * 1000,
		Fingerprint: c.Fingerprint, RegionID: c.Region, RegionIDAlias: c.Region, ResourceGroupID: resourceGroup,
		ServerCertificateID: id, ServerCertificateName: c.Name,
	}
	if c.Center != "" {
		b.IsAliCloudCertificate = 1
	}
	b.SubjectAlternativeNames.SubjectAlternativeName = strings.FieldsFunc(c.Leaf.Names, func(r rune) bool { return r == ',' })
	return b
}

func (in DescribeServerCertificates) step(_ int64, s State) (State, model.Output) {
	a := certificateList{Head: reply.To(in.RequestID)}
	list := []certificateBody{}
	region := cmp.Or(in.RegionID, DefaultRegion)
	if in.ServerCertificateID != "" {
		if c, found := s.Certificates.Get(in.ServerCertificateID); found && c.Region == region {
			list = append(list, describeCertificate(in.ServerCertificateID, c))
		}
	} else {
		all := s.Certificates.Select().LinkedTo(region)
		list = reply.Items(all, 0, all.Len(), describeCertificate)
	}
	a.ServerCertificates.ServerCertificate = list
	return s, reply.Answer(in.RequestID, &a)
}

func describeExtension(id string, e Extension) extensionBody {
	return extensionBody{e.Domain, id, e.Certificate}
}

// find finds the HTTPS listener that a read is about.
func (r *request) find(loadBalancer string, port int, region string, has func(errcodes.Field) bool) (l Listener, _ *model.Output) {
	refusal := first(
		func() *model.Output { return r.missing(has) },
		func() (o *model.Output) { _, o = r.loadBalancer(loadBalancer, region); return o },
		func() (o *model.Output) { l, o = r.listener(loadBalancer, port); return o },
	)
	return l, refusal
}

func (in DescribeLoadBalancerHTTPSListenerAttribute) step(_ int64, s State) (State, model.Output) {
	r := s.request(errcodes.DescribeLoadBalancerHTTPSListenerAttribute, in.RequestID)
	l, refusal := r.find(in.LoadBalancerID, in.ListenerPort, in.RegionID, hasListener(in.LoadBalancerID, in.ListenerPort))
	if refusal != nil {
		return s, *refusal
	}
	a := httpsListener{
		Head: reply.To(in.RequestID), BackendServerPort: 80, Bandwidth: -1, EnableHTTP2: "on", Gzip: "on", HealthCheck: "off", IdleTimeout: 15,
		ListenerPort: l.Port, LoadBalancerID: l.LoadBalancer, RequestTimeout: 60, Scheduler: "wrr", SecurityStatus: "off",
		ServerCertificateID: l.Certificate, Status: string(l.Status), StickySession: "off", TLSCipherPolicy: "tls_cipher_policy_1_0", XForwardedFor: "on",
	}
	a.DomainExtensions.DomainExtension = s.describeExtensions(in.About().ID)
	return s, reply.Answer(in.RequestID, &a)
}

func (s Own) describeExtensions(key string) []extensionBody {
	all := s.ExtensionsOf(key)
	return reply.Items(all, 0, all.Len(), describeExtension)
}

func (in DescribeLoadBalancerListeners) step(_ int64, s State) (State, model.Output) {
	a := listenerList{Head: reply.To(in.RequestID)}
	a.Listeners, a.TokenPage = reply.Tokens(in.listeners(s), describeListener, in.MaxResults, in.NextToken)
	return s, reply.Answer(in.RequestID, &a)
}

// listeners returns what is listed. Those of a port are looked for among all others.
func (in *DescribeLoadBalancerListeners) listeners(s State) reply.Records[Listener] {
	wanted := func(_ string, l Listener) bool {
		return (in.RegionID == "" || in.RegionID == l.Region) && (in.ListenerPort == 0 || in.ListenerPort == l.Port) &&
			(in.ListenerProtocol == "" || strings.EqualFold(in.ListenerProtocol, string(l.Protocol)))
	}
	if len(in.LoadBalancerIDs) > 0 {
		return reply.Walked(reply.Where(s.listenersOf(in.LoadBalancerIDs), wanted))
	}
	all := s.Listeners.Select()
	if in.ListenerProtocol != "" {
		all = s.Listeners.Where(table.Filter{Groups: groupsOf(Protocol(strings.ToLower(in.ListenerProtocol)))})
	}
	if in.RegionID != "" {
		all = all.LinkedTo(in.RegionID)
	}
	if in.ListenerPort != 0 {
		return reply.Walked(reply.Where(all.Skip(0), wanted))
	}
	return reply.Selected(all)
}

// listenersOf yields the listeners of some load balancers in the order of their keys.
func (s Own) listenersOf(loadBalancers []string) iter.Seq2[string, Listener] {
	return func(yield func(string, Listener) bool) {
		for _, id := range slices.Compact(slices.Sorted(slices.Values(loadBalancers))) {
			for key, l := range s.ListenersOf(id) {
				if !yield(key, l) {
					return
				}
			}
		}
	}
}

func describeListener(_ string, l Listener) listenerBody {
	b := listenerBody{ListenerPort: l.Port, ListenerProtocol: string(l.Protocol), LoadBalancerID: l.LoadBalancer, Status: string(l.Status)}
	if l.Protocol == HTTPS {
		b.HTTPSListenerConfig = &httpsConfig{l.Certificate}
	}
	return b
}

func (in DescribeLoadBalancerAttribute) step(_ int64, s State) (State, model.Output) {
	r := s.request(errcodes.DescribeLoadBalancerAttribute, in.RequestID)
	if missing := r.missing(func(errcodes.Field) bool { return in.LoadBalancerID != "" }); missing != nil {
		return s, *missing
	}
	lb, refusal := r.loadBalancer(in.LoadBalancerID, in.RegionID)
	if refusal != nil {
		return s, *refusal
	}
	a := loadBalancerBody{
		Head: reply.To(in.RequestID), Address: "192.0.2.1", AddressType: "internet", DeleteProtection: "off", LoadBalancerID: in.LoadBalancerID,
		LoadBalancerName: in.LoadBalancerID, LoadBalancerStatus: "active", RegionID: lb.Region, RegionIDAlias: lb.Region, ResourceGroupID: resourceGroup,
	}
	ports, protocols := []int{}, []portAndProtocol{}
	for _, l := range s.ListenersOf(in.LoadBalancerID) {
		ports = append(ports, l.Port)
		protocols = append(protocols, portAndProtocol{l.Port, string(l.Protocol)})
	}
	a.ListenerPorts.ListenerPort, a.ListenerPortsAndProtocol.ListenerPortAndProtocol = ports, protocols
	return s, reply.Answer(in.RequestID, &a)
}

func (in DescribeDomainExtensions) step(_ int64, s State) (State, model.Output) {
	r := s.request(errcodes.DescribeDomainExtensions, in.RequestID)
	_, refusal := r.find(in.LoadBalancerID, in.ListenerPort, in.RegionID, func(f errcodes.Field) bool {
		return hasListener(in.LoadBalancerID, in.ListenerPort)(f) && (f != errcodes.FieldRegionID || in.RegionID != "")
	})
	if refusal != nil {
		return s, *refusal
	}
	a := extensionList{Head: reply.To(in.RequestID)}
	a.DomainExtensions.DomainExtension = slices.DeleteFunc(s.describeExtensions(in.About().ID), func(e extensionBody) bool {
		return in.DomainExtensionID != "" && e.DomainExtensionID != in.DomainExtensionID
	})
	return s, reply.Answer(in.RequestID, &a)
}

func (in DescribeDomainExtensionAttribute) step(_ int64, s State) (State, model.Output) {
	r := s.request(errcodes.DescribeDomainExtensionAttribute, in.RequestID)
	if missing := r.missing(hasExtension(in.DomainExtensionID, in.RegionID)); missing != nil {
		return s, *missing
	}
	e, _, refusal := r.extension(in.DomainExtensionID, in.RegionID)
	if refusal != nil {
		return s, *refusal
	}
	return s, reply.Answer(in.RequestID, &extensionAttribute{
		reply.To(in.RequestID), describeExtension(in.DomainExtensionID, e), e.Port, e.LoadBalancer,
	})
}

func (in ListTagResources) step(_ int64, s State) (State, model.Output) {
	a := tagList{Head: reply.To(in.RequestID)}
	a.TagResources.TagResource = []struct{}{}
	return s, reply.Answer(in.RequestID, &a)
}

// Shown implements reply.List.
func (a *certificateList) Shown() []string {
	return reply.IDs(a.ServerCertificates.ServerCertificate, func(c certificateBody) string { return c.ServerCertificateID })
}
