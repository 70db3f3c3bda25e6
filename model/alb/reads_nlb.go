package alb

import (
	"cmp"
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/internal/reply"
)

// The names of the reads whose tables the products have.
const (
	listCertificates = "ListListenerCertificates"
	getLoadBalancer  = "GetLoadBalancerAttribute"
)

// The answers of NLB where they differ from those of ALB. They have the members that
// clients read; those that no request can set are constant.
type (
	networkCertificates struct {
		CertificateIDs []string `json:"CertificateIds" xml:"CertificateIds"` // for older clients
		listenerCertificates
	}
	networkListenerAttribute struct {
		reply.Head
		networkListener
	}
	networkListenerList struct {
		reply.Head
		Listeners []networkListener
		reply.TokenPage
	}
	networkListener struct {
		AlpnEnabled          bool
		CaCertificateIDs     []string `json:"CaCertificateIds" xml:"CaCertificateIds"`
		CaEnabled            bool
		CertificateIDs       []string `json:"CertificateIds" xml:"CertificateIds"`
		Cps                  int
		IdleTimeout          int
		ListenerDescription  string
		ListenerID           string `json:"ListenerId" xml:"ListenerId"`
		ListenerPort         int
		ListenerProtocol     string
		ListenerStatus       string
		LoadBalancerID       string `json:"LoadBalancerId" xml:"LoadBalancerId"`
		Mss                  int
		ProxyProtocolEnabled bool
		RegionID             string `json:"RegionId" xml:"RegionId"`
		SecSensorEnabled     bool
		SecurityPolicyID     string `json:"SecurityPolicyId,omitempty" xml:"SecurityPolicyId,omitempty"`
		ServerGroupID        string `json:"ServerGroupId" xml:"ServerGroupId"`
	}
	networkLoadBalancer struct {
		reply.Head
		networkLoadBalancerBody
	}
	networkLoadBalancerBody struct {
		AddressIPVersion           string `json:"AddressIpVersion" xml:"AddressIpVersion"`
		AddressType                string
		CrossZoneEnabled           bool
		DNSName                    string
		LoadBalancerBusinessStatus string
		LoadBalancerID             string `json:"LoadBalancerId" xml:"LoadBalancerId"`
		LoadBalancerName           string
		LoadBalancerStatus         string
		LoadBalancerType           string
		RegionID                   string `json:"RegionId" xml:"RegionId"`
		VpcID                      string `json:"VpcId" xml:"VpcId"`
	}
	jobStatus struct {
		reply.Head
		Status string
	}
)

// Shown implements [reply.List] with the ids of listeners.
func (a *networkListenerList) Shown() []string {
	return reply.IDs(a.Listeners, func(l networkListener) string { return l.ListenerID })
}

func describeNetworkListener(id string, l Listener) networkListener {
	body := networkListener{
		CaCertificateIDs: []string{}, CertificateIDs: []string{}, IdleTimeout: cmp.Or(l.Attributes.IdleTimeout, 900), ListenerDescription: l.Attributes.Description,
		ListenerID: id, ListenerPort: l.Port, ListenerProtocol: string(l.Protocol), ListenerStatus: string(l.Status), LoadBalancerID: l.LoadBalancer,
		RegionID: cas.Region, ServerGroupID: "sgp-1",
	}
	if l.Default != "" {
		body.CertificateIDs = append(body.CertificateIDs, l.Default)
	}
	if l.Protocol == TCPSSL {
		body.SecurityPolicyID = cmp.Or(l.Attributes.SecurityPolicyID, "tls_cipher_policy_1_0")
	}
	return body
}

func describeNetworkLoadBalancer(id string, lb LoadBalancer) networkLoadBalancerBody {
	region := cmp.Or(lb.Region, cas.Region)
	return networkLoadBalancerBody{
		AddressIPVersion: "ipv4", AddressType: "Internet", CrossZoneEnabled: true, DNSName: id + "." + region + ".nlb.aliyuncs.com", LoadBalancerBusinessStatus: "Normal",
		LoadBalancerID: id, LoadBalancerName: id, LoadBalancerStatus: "Active", LoadBalancerType: "Network", RegionID: region, VpcID: "vpc-1",
	}
}

func (in GetJobStatus) step(_ clock, s State) (State, model.Output) {
	t := errcodes.GetJobStatus.Table()
	if in.JobID == "" {
		return s, reply.Refuse(in.RequestID, t.Error(errcodes.CondParameterMissing), "the request")
	}
	j, found := s.Jobs.Get(in.JobID)
	if !found || productOfJob(j.Operation) != NLB {
		return s, reply.Refuse(in.RequestID, t.Error(errcodes.CondJobNotFound), "job "+in.JobID)
	}
	status := string(j.Status)
	if j.Status == Processing { // the page spells it so
		status = strings.ToLower(status)
	}
	return s, reply.Answer(in.RequestID, &jobStatus{reply.To(in.RequestID), status})
}

// OperationName returns the name of the action, with its product.
func (in ListListenerCertificates) OperationName() string { return idOf(in.Product, listCertificates) }

// OperationName returns the name of the action, with its product.
func (in GetListenerAttribute) OperationName() string {
	return idOf(in.Product, "GetListenerAttribute")
}

// OperationName returns the name of the action, with its product.
func (in ListListeners) OperationName() string { return idOf(in.Product, "ListListeners") }

// OperationName returns the name of the action, with its product.
func (in GetLoadBalancerAttribute) OperationName() string { return idOf(in.Product, getLoadBalancer) }

// Kind implements [model.Action].
func (GetJobStatus) Kind() model.Kind { return model.Read }

// About returns the job.
func (in GetJobStatus) About() model.Resource { return job(in.JobID) }
