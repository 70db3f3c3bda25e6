package alb

import (
	"cmp"
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/internal/reply"
	"github.com/alicert/alicert/model/table"
)

// DescribeListener is a read of GA, which returns a listener's state and default
// certificate.
type DescribeListener struct {
	RequestID  string `json:"requestId"`
	RegionID   string `json:"regionId,omitempty"`
	ListenerID string `json:"listenerId,omitempty"`
}

// DescribeAccelerator is a read of GA, which returns an accelerator's state.
type DescribeAccelerator struct {
	RequestID     string `json:"requestId"`
	RegionID      string `json:"regionId,omitempty"`
	AcceleratorID string `json:"acceleratorId,omitempty"`
}

// The answers of GA. They have the members that clients read; those that no request can set
// are constant.
type (
	domainCertificates struct {
		reply.Head
		Certificates []domainCertificate
		reply.TokenPage
	}
	domainCertificate struct {
		CertificateID string `json:"CertificateId" xml:"CertificateId"`
		Domain        string `json:",omitempty" xml:",omitempty"` // not of the default one
		IsDefault     bool
		State         string
	}
	acceleratedListener struct {
		reply.Head
		acceleratedListenerBody
	}
	acceleratedListenerList struct {
		reply.Head
		Listeners []acceleratedListenerBody
		PageNumber,
		PageSize,
		TotalCount int
	}
	acceleratedListenerBody struct {
		AcceleratorID  string `json:"AcceleratorId" xml:"AcceleratorId"`
		BackendPorts   []portRange
		Certificates   []acceleratedCertificate
		ClientAffinity string
		Description    string
		ListenerID     string `json:"ListenerId" xml:"ListenerId"`
		Name           string
		PortRanges     []portRange
		Protocol       string
		ProxyProtocol  bool
		State          string
	}
	portRange              struct{ FromPort, ToPort int }
	acceleratedCertificate struct {
		ID   string `json:"Id" xml:"Id"`
		Type string
	}
	accelerator struct {
		reply.Head
		AcceleratorID      string `json:"AcceleratorId" xml:"AcceleratorId"`
		DNSName            string `json:"DnsName" xml:"DnsName"`
		InstanceChargeType string
		Name               string
		RegionID           string `json:"RegionId" xml:"RegionId"`
		Spec               string
		State              string
	}
)

// Shown implements [reply.List] with the ids of certificates.
func (a *domainCertificates) Shown() []string {
	return reply.IDs(a.Certificates, func(c domainCertificate) string { return c.CertificateID })
}

// Shown implements [reply.List] with the ids of listeners.
func (a *acceleratedListenerList) Shown() []string {
	return reply.IDs(a.Listeners, func(l acceleratedListenerBody) string { return l.ListenerID })
}

// The states of GA. What is being changed has one of the middle two.
const (
	gaActive      = "active"
	gaUpdating    = "updating"
	gaConfiguring = "configuring"
	gaInit        = "init"
)

// gaState returns a listener's status in the words of GA.
func gaState(l ListenerStatus) string {
	switch l {
	case Running:
		return gaActive
	case Provisioning:
		return gaInit
	default:
		return gaUpdating
	}
}

func describeDomain(_ string, c listed) domainCertificate {
	d := domainCertificate{CertificateID: c.id, Domain: c.domain, IsDefault: c.isDefault, State: gaUpdating}
	if c.status == Associated {
		d.State = gaActive
	}
	return d
}

func describeAccelerated(id string, l Listener) acceleratedListenerBody {
	ports := []portRange{{l.Port, l.Port}}
	body := acceleratedListenerBody{
		AcceleratorID: l.LoadBalancer, BackendPorts: []portRange{}, Certificates: []acceleratedCertificate{}, ClientAffinity: "NONE",
		ListenerID: id, Name: id, PortRanges: ports, Protocol: strings.ToLower(string(l.Protocol)), State: gaState(l.Status),
	}
	if l.Default != "" {
		body.Certificates = append(body.Certificates, acceleratedCertificate{l.Default, "Server"})
	}
	return body
}

// ofAccelerator answers the read of an accelerator's listener.
func (in ListListenerCertificates) ofAccelerator(s State) model.Output {
	r := request{table: operationOf(GA, listCertificates).Table(), requestID: in.RequestID, state: s, id: in.ListenerID, balancer: in.AcceleratorID}
	missing := r.missing(func(f errcodes.Field) bool {
		switch f {
		case errcodes.FieldLoadBalancerID:
			return in.AcceleratorID != ""
		case errcodes.FieldListenerID:
			return in.ListenerID != ""
		default:
			return in.RegionID != ""
		}
	})
	if missing != nil {
		return *missing
	}
	if refusal := r.find(); refusal != nil {
		return *refusal
	}
	a := domainCertificates{Head: reply.To(in.RequestID)}
	a.Certificates, a.TokenPage = reply.Tokens(reply.Walked(reply.Where(in.certificates(s, r.listener), func(_ string, c listed) bool {
		return in.Role == "" || (in.Role == "default") == c.isDefault
	})), describeDomain, in.MaxResults, in.NextToken)
	return reply.Answer(in.RequestID, &a)
}

func (in DescribeListener) step(_ clock, s State) (State, model.Output) {
	r := request{table: errcodes.DescribeListener.Table(), requestID: in.RequestID, state: s, id: in.ListenerID}
	missing := r.missing(func(f errcodes.Field) bool {
		if f == errcodes.FieldListenerID {
			return in.ListenerID != ""
		}
		return in.RegionID != ""
	})
	if missing != nil {
		return s, *missing
	}
	if refusal := r.find(); refusal != nil {
		return s, *refusal
	}
	return s, reply.Answer(in.RequestID, &acceleratedListener{reply.To(in.RequestID), describeAccelerated(in.ListenerID, r.listener)})
}

func (in DescribeAccelerator) step(_ clock, s State) (State, model.Output) {
	lb, refusal := s.accelerator(in.RequestID, in.AcceleratorID, in.RegionID)
	if refusal != nil {
		return s, *refusal
	}
	a := accelerator{
		Head: reply.To(in.RequestID), AcceleratorID: in.AcceleratorID, DNSName: in.AcceleratorID + ".aliyunga0018.com", InstanceChargeType: "PREPAY",
		Name: in.AcceleratorID, RegionID: cmp.Or(lb.Region, cas.Region), Spec: "1", State: gaActive,
	}
	if s.isChanging(in.AcceleratorID) {
		a.State = gaConfiguring
	}
	return s, reply.Answer(in.RequestID, &a)
}

// accelerator finds an accelerator for a read, or refuses it.
func (s State) accelerator(requestID, id, region string) (LoadBalancer, *model.Output) {
	r := request{table: errcodes.DescribeAccelerator.Table(), requestID: requestID}
	missing := r.missing(func(f errcodes.Field) bool {
		if f == errcodes.FieldLoadBalancerID {
			return id != ""
		}
		return region != ""
	})
	if missing != nil {
		return LoadBalancer{}, missing
	}
	lb, found := s.LoadBalancers.Get(id)
	if !found || lb.Product != GA {
		return lb, r.stop(errcodes.CondLoadBalancerNotFound, "load balancer "+id)
	}
	return lb, nil
}

// ofAccelerator answers with a page of an accelerator's listeners.
func (in ListListeners) ofAccelerator(s State) model.Output {
	if _, refusal := s.accelerator(in.RequestID, in.AcceleratorID, in.RegionID); refusal != nil {
		return *refusal
	}
	size, skip := reply.Page(in.PageNumber, min(in.PageSize, 50), 10)
	listeners := s.Listeners.Where(table.Filter{Groups: groupsOf(GA, "")}).LinkedTo(in.AcceleratorID)
	return reply.Answer(in.RequestID, &acceleratedListenerList{
		reply.To(in.RequestID), reply.Items(listeners, skip, size, describeAccelerated), max(in.PageNumber, 1), size, listeners.Len(),
	})
}

// Kind implements [model.Action].
func (DescribeListener) Kind() model.Kind { return model.Read }

// Kind implements [model.Action].
func (DescribeAccelerator) Kind() model.Kind { return model.Read }

// About returns the listener.
func (in DescribeListener) About() model.Resource { return listener(in.ListenerID) }

// About returns the accelerator and, since its state is that of its listeners, all of them.
func (DescribeAccelerator) About() model.Resource { return listener("") }
