package alb

import (
	"cmp"
	"iter"
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/internal/region"
	"github.com/alicert/alicert/model/internal/reply"
	"github.com/alicert/alicert/model/table"
)

// Reads change nothing. Their answers have the members that clients read. A page of a
// list has MaxResults items (1 to 100; other numbers count as 20). The NextToken of
// an answer requests the next page. The Product of an action is empty for ALB; a read finds
// what its product has.
type (
	// ListListenerCertificates lists a listener's certificates, the default one
	// first. CertificateType "Ca" returns none, because listeners of the model have
	// only server certificates.
	ListListenerCertificates struct {
		Product string `json:"-" wire:"-"` // JSON has it in the name of the action

		RequestID       string `json:"requestId"`
		ListenerID      string `json:"listenerId,omitempty"`
		CertificateType string `json:"certificateType,omitempty"`
		CertType        string `json:"certType,omitempty"`      // what NLB calls it
		AcceleratorID   string `json:"acceleratorId,omitempty"` // of GA, and so the next two
		RegionID        string `json:"regionId,omitempty"`
		Role            string `json:"role,omitempty"` // "default" or "additional"
		MaxResults      int    `json:"maxResults,omitempty"`
		NextToken       string `json:"nextToken,omitempty"`
	}
	// GetListenerAttribute returns a listener's status and default certificate.
	GetListenerAttribute struct {
		Product string `json:"-" wire:"-"` // JSON has it in the name of the action

		RequestID  string `json:"requestId"`
		ListenerID string `json:"listenerId,omitempty"`
	}
	// ListListeners lists listeners by id, load balancer and protocol; empty
	// means all.
	ListListeners struct {
		Product string `json:"-" wire:"-"` // JSON has it in the name of the action

		RequestID       string   `json:"requestId"`
		ListenerIDs     []string `json:"listenerIds,omitzero"`
		LoadBalancerIDs []string `json:"loadBalancerIds,omitzero"`
		Protocol        Protocol `json:"protocol,omitempty" wire:"ListenerProtocol"`
		AcceleratorID   string   `json:"acceleratorId,omitempty"` // of GA, which numbers the pages
		RegionID        string   `json:"regionId,omitempty"`
		PageNumber      int      `json:"pageNumber,omitempty"`
		PageSize        int      `json:"pageSize,omitempty"`
		MaxResults      int      `json:"maxResults,omitempty"`
		NextToken       string   `json:"nextToken,omitempty"`
	}
	// GetLoadBalancerAttribute returns a load balancer's edition.
	GetLoadBalancerAttribute struct {
		Product string `json:"-" wire:"-"` // JSON has it in the name of the action

		RequestID      string `json:"requestId"`
		LoadBalancerID string `json:"loadBalancerId,omitempty"`
	}
	// GetJobStatus returns the status of a job of NLB.
	GetJobStatus struct {
		RequestID string `json:"requestId"`
		JobID     string `json:"jobId,omitempty"`
	}
	// ListAsynJobs lists jobs by id and by listener; empty means all remembered jobs.
	ListAsynJobs struct {
		RequestID   string   `json:"requestId"`
		JobIDs      []string `json:"jobIds,omitzero"`
		ResourceIDs []string `json:"resourceIds,omitzero"`
		MaxResults  int      `json:"maxResults,omitempty"`
		NextToken   string   `json:"nextToken,omitempty"`
	}
	// ListLoadBalancers lists load balancers by id and by name, which is the id, too;
	// empty means all.
	ListLoadBalancers struct {
		RequestID         string   `json:"requestId"`
		LoadBalancerIDs   []string `json:"loadBalancerIds,omitzero"`
		LoadBalancerNames []string `json:"loadBalancerNames,omitzero"`
		MaxResults        int      `json:"maxResults,omitempty"`
		NextToken         string   `json:"nextToken,omitempty"`
	}
	// DescribeRegions lists regions.
	DescribeRegions struct {
		RequestID      string `json:"requestId"`
		AcceptLanguage string `json:"acceptLanguage,omitempty"` // "en-US"; names are Chinese otherwise
	}
	// ListTagResources lists the tags of resources. The model has no tags, so the list is
	// empty.
	ListTagResources struct {
		RequestID    string   `json:"requestId"`
		ResourceType string   `json:"resourceType,omitempty"`
		ResourceIDs  []string `json:"resourceIds,omitzero" wire:"ResourceId"`
	}
)

// The answers. Times are in Unix milliseconds; 0 means unknown.
type (
	listenerCertificates struct {
		reply.Head
		Certificates []listenerCertificate
		reply.TokenPage
	}
	listenerCertificate struct {
		CertificateID   string `json:"CertificateId" xml:"CertificateId"`
		CertificateType string
		IsDefault       bool
		Status          string
	}
	listenerAttribute struct {
		reply.Head
		listenerBody
	}
	listenerList struct {
		reply.Head
		Listeners []listenerBody
		reply.TokenPage
	}
	// listenerBody has the members that clients read. Those of Attributes that no request
	// sent have the documented defaults; LogConfig and QuicConfig are constant.
	listenerBody struct {
		Certificates        []certificateID
		DefaultActions      []defaultAction
		GzipEnabled         bool
		HTTP2Enabled        bool `json:"Http2Enabled" xml:"Http2Enabled"`
		IdleTimeout         int
		ListenerDescription string
		ListenerID          string `json:"ListenerId" xml:"ListenerId"`
		ListenerPort        int
		ListenerProtocol    string
		ListenerStatus      string
		LoadBalancerID      string `json:"LoadBalancerId" xml:"LoadBalancerId"`
		LogConfig           struct{ AccessLogRecordCustomizedHeadersEnabled bool }
		QuicConfig          struct{ QuicUpgradeEnabled bool }
		RequestTimeout      int
		SecurityPolicyID    string `json:"SecurityPolicyId,omitempty" xml:"SecurityPolicyId,omitempty"`
	}
	defaultAction struct {
		ForwardGroupConfig struct{ ServerGroupTuples []serverGroup }
		Type               string
	}
	serverGroup struct {
		ServerGroupID string `json:"ServerGroupId" xml:"ServerGroupId"`
	}
	certificateID struct {
		CertificateID string `json:"CertificateId" xml:"CertificateId"`
	}
	loadBalancerAttribute struct {
		reply.Head
		loadBalancerBody
	}
	loadBalancerList struct {
		reply.Head
		LoadBalancers []loadBalancerBody
		reply.TokenPage
	}
	// loadBalancerBody has the members that clients read. The model has the id and the
	// edition; the name is the id, and the others are constant.
	loadBalancerBody struct {
		AccessLogConfig              struct{} // there is no access log
		AddressAllocatedMode         string
		AddressType                  string
		DNSName                      string
		DeletionProtectionConfig     struct{ Enabled bool }
		LoadBalancerBillingConfig    struct{ PayType string }
		LoadBalancerBussinessStatus  string // the vendor's spelling
		LoadBalancerEdition          string
		LoadBalancerID               string `json:"LoadBalancerId" xml:"LoadBalancerId"`
		LoadBalancerName             string
		LoadBalancerStatus           string
		ModificationProtectionConfig struct{ Status string }
		VpcID                        string `json:"VpcId" xml:"VpcId"`
	}
	regionList struct {
		reply.Head
		Regions []regionBody
	}
	regionBody struct {
		LocalName      string
		RegionEndpoint string
		RegionID       string `json:"RegionId" xml:"RegionId"`
	}
	tagList struct {
		reply.Head
		TagResources []struct{}
	}
	jobList struct {
		reply.Head
		Jobs []jobBody
		reply.TokenPage
	}
	jobBody struct {
		APIName      string `json:"ApiName" xml:"ApiName"`
		CreateTime   int64
		ErrorCode    string `json:",omitempty" xml:",omitempty"`
		ErrorMessage string `json:",omitempty" xml:",omitempty"`
		ID           string `json:"Id" xml:"Id"`
		ModifyTime   int64
		OperateType  string
		ResourceID   string `json:"ResourceId" xml:"ResourceId"`
		ResourceType string
		Status       string
	}
)

// Shown implements [reply.List] with the ids of certificates.
func (a *listenerCertificates) Shown() []string {
	return reply.IDs(a.Certificates, func(c listenerCertificate) string { return c.CertificateID })
}

// Shown implements [reply.List] with the ids of listeners.
func (a *listenerList) Shown() []string {
	return reply.IDs(a.Listeners, func(l listenerBody) string { return l.ListenerID })
}

// Shown implements [reply.List] with the ids of jobs.
func (a *jobList) Shown() []string {
	return reply.IDs(a.Jobs, func(j jobBody) string { return j.ID })
}

// wire returns a status in the service's spelling, which has one misspelling.
func (a AssociationStatus) wire() string {
	if a == Dissociating {
		return "Diassociating"
	}
	return string(a)
}

func (in ListListenerCertificates) step(_ clock, s State) (State, model.Output) {
	if in.Product == GA {
		return s, in.ofAccelerator(s)
	}
	r := request{table: operationOf(in.Product, listCertificates).Table(), requestID: in.RequestID}
	l, found := s.Listeners.Get(in.ListenerID)
	switch {
	case !found || l.Product != in.Product:
		return s, r.noListener(in.ListenerID)
	case !l.Protocol.hasCertificates():
		return s, r.refuse(errcodes.CondListenerProtocolUnsupported, "listener "+in.ListenerID)
	}
	a := listenerCertificates{Head: reply.To(in.RequestID)}
	a.Certificates, a.TokenPage = reply.Tokens(reply.Walked(in.certificates(s, l)), describeCertificate, in.MaxResults, in.NextToken)
	if in.Product == NLB {
		return s, reply.Answer(in.RequestID, &networkCertificates{a.Shown(), a})
	}
	return s, reply.Answer(in.RequestID, &a)
}

// listed is one certificate in the list of a listener's.
type listed struct {
	id        string
	isDefault bool
	status    AssociationStatus
	domain    string // of GA
}

// certificates yields the listed certificates.
func (in ListListenerCertificates) certificates(s State, l Listener) iter.Seq2[string, listed] {
	return func(yield func(string, listed) bool) {
		if strings.EqualFold(cmp.Or(in.CertType, in.CertificateType), "Ca") {
			return
		}
		// A space sorts before every id, so the default certificate comes first.
		if l.Default != "" && !yield(" "+l.Default, listed{l.Default, true, Associated, ""}) {
			return
		}
		for key, a := range s.Associations.WithPrefix(in.ListenerID + " ") {
			_, associated, _ := strings.Cut(key, " ")
			c := listed{associated, false, a.Status, ""}
			if a.Certificate != "" {
				c.id, c.domain = a.Certificate, associated
			}
			if !yield(associated, c) {
				return
			}
		}
	}
}

func describeCertificate(_ string, c listed) listenerCertificate {
	return listenerCertificate{c.id, "Server", c.isDefault, c.status.wire()}
}

func (in GetListenerAttribute) step(_ clock, s State) (State, model.Output) {
	l, found := s.Listeners.Get(in.ListenerID)
	switch {
	case !found || l.Product != in.Product:
		r := request{table: operationOf(in.Product, listCertificates).Table(), requestID: in.RequestID}
		return s, r.noListener(in.ListenerID)
	case in.Product == NLB:
		return s, reply.Answer(in.RequestID, &networkListenerAttribute{reply.To(in.RequestID), describeNetworkListener(in.ListenerID, l)})
	}
	return s, reply.Answer(in.RequestID, &listenerAttribute{reply.To(in.RequestID), describe(in.ListenerID, l)})
}

// noListener refuses a read of a listener that does not exist or is not named.
func (r *request) noListener(id string) model.Output {
	if id == "" {
		return r.refuse(errcodes.CondListenerIDMissing, "the request")
	}
	return r.refuse(errcodes.CondListenerNotFound, "listener "+id, id)
}

func describe(id string, l Listener) listenerBody {
	certificates := []certificateID{}
	if l.Default != "" {
		certificates = append(certificates, certificateID{l.Default})
	}
	a := l.Attributes
	body := listenerBody{
		Certificates: certificates, GzipEnabled: a.GzipEnabled != "false", IdleTimeout: cmp.Or(a.IdleTimeout, 15), ListenerDescription: a.Description,
		ListenerID: id, ListenerPort: l.Port, ListenerProtocol: string(l.Protocol), ListenerStatus: string(l.Status), LoadBalancerID: l.LoadBalancer,
		RequestTimeout: cmp.Or(a.RequestTimeout, 60), SecurityPolicyID: a.SecurityPolicyID,
	}
	if l.Protocol == HTTPS {
		body.HTTP2Enabled, body.SecurityPolicyID = a.HTTP2Enabled != "false", cmp.Or(a.SecurityPolicyID, "tls_cipher_policy_1_0")
	}
	action := defaultAction{Type: cmp.Or(a.ActionType, "ForwardGroup")}
	for group := range strings.SplitSeq(cmp.Or(a.ServerGroupIDs, "sgp-1"), ",") { // an existing listener forwards to some group
		action.ForwardGroupConfig.ServerGroupTuples = append(action.ForwardGroupConfig.ServerGroupTuples, serverGroup{group})
	}
	body.DefaultActions = []defaultAction{action}
	return body
}

func (in ListListeners) step(_ clock, s State) (State, model.Output) {
	if in.Product == GA {
		return s, in.ofAccelerator(s)
	}
	if in.Product == NLB {
		a := networkListenerList{Head: reply.To(in.RequestID)}
		a.Listeners, a.TokenPage = reply.Tokens(in.listeners(s), describeNetworkListener, in.MaxResults, in.NextToken)
		return s, reply.Answer(in.RequestID, &a)
	}
	a := listenerList{Head: reply.To(in.RequestID)}
	a.Listeners, a.TokenPage = reply.Tokens(in.listeners(s), describe, in.MaxResults, in.NextToken)
	return s, reply.Answer(in.RequestID, &a)
}

func (in ListListeners) listeners(s State) reply.Records[Listener] {
	if len(in.ListenerIDs) > 0 {
		return reply.Named(s.Listeners, in.ListenerIDs, func(_ string, l Listener) bool {
			return l.Product == in.Product && chosen(in.LoadBalancerIDs, l.LoadBalancer) && (in.Protocol == "" || in.Protocol == l.Protocol)
		})
	}
	listeners := s.Listeners.Where(table.Filter{Groups: groupsOf(in.Product, in.Protocol)})
	switch {
	case in.Protocol != "" && groupOf(in.Product, in.Protocol)%groupsPerProduct == otherProtocol:
		return reply.Walked(reply.Where(listeners.Skip(0), func(_ string, l Listener) bool {
			return in.Protocol == l.Protocol && chosen(in.LoadBalancerIDs, l.LoadBalancer)
		}))
	case len(in.LoadBalancerIDs) > 0:
		return reply.Linked(listeners, in.LoadBalancerIDs)
	default:
		return reply.Selected(listeners)
	}
}

func (in GetLoadBalancerAttribute) step(_ clock, s State) (State, model.Output) {
	t := operationOf(in.Product, getLoadBalancer).Table()
	if in.LoadBalancerID == "" {
		return s, reply.Refuse(in.RequestID, t.Error(errcodes.CondParameterMissing), "the request")
	}
	lb, found := s.LoadBalancers.Get(in.LoadBalancerID)
	switch {
	case !found || lb.Product != in.Product:
		return s, reply.Refuse(in.RequestID, t.Error(errcodes.CondLoadBalancerNotFound, in.LoadBalancerID), "load balancer "+in.LoadBalancerID)
	case in.Product == NLB:
		return s, reply.Answer(in.RequestID, &networkLoadBalancer{reply.To(in.RequestID), describeNetworkLoadBalancer(in.LoadBalancerID, lb)})
	}
	return s, reply.Answer(in.RequestID, &loadBalancerAttribute{reply.To(in.RequestID), describeLoadBalancer(in.LoadBalancerID, lb)})
}

func (in ListLoadBalancers) step(_ clock, s State) (State, model.Output) {
	a := loadBalancerList{Head: reply.To(in.RequestID)}
	a.LoadBalancers, a.TokenPage = reply.Tokens(in.loadBalancers(s), describeLoadBalancer, in.MaxResults, in.NextToken)
	return s, reply.Answer(in.RequestID, &a)
}

func (in ListLoadBalancers) loadBalancers(s State) reply.Records[LoadBalancer] {
	ids := in.LoadBalancerIDs
	if len(ids) == 0 {
		ids = in.LoadBalancerNames
	}
	if len(ids) == 0 {
		return reply.Selected(s.LoadBalancers.Where(table.Filter{Groups: groupsOf(albProduct, "")}))
	}
	return reply.Named(s.LoadBalancers, ids, func(id string, lb LoadBalancer) bool {
		return lb.Product == albProduct && chosen(in.LoadBalancerNames, id)
	})
}

func describeLoadBalancer(id string, lb LoadBalancer) loadBalancerBody {
	b := loadBalancerBody{
		AddressAllocatedMode: "Dynamic", AddressType: "Internet", DNSName: id + ".cn-hangzhou.alb.aliyuncs.com", LoadBalancerBussinessStatus: "Normal",
		LoadBalancerEdition: string(lb.Edition), LoadBalancerID: id, LoadBalancerName: id, LoadBalancerStatus: "Active", VpcID: "vpc-1",
	}
	b.LoadBalancerBillingConfig.PayType, b.ModificationProtectionConfig.Status = "PostPay", "NonProtection"
	return b
}

func (in DescribeRegions) step(_ clock, s State) (State, model.Output) {
	a := regionList{Head: reply.To(in.RequestID)}
	for _, r := range region.All() {
		a.Regions = append(a.Regions, regionBody{r.Name(in.AcceptLanguage), region.Endpoint("alb", r.ID), r.ID})
	}
	return s, reply.Answer(in.RequestID, &a)
}

func (in ListTagResources) step(_ clock, s State) (State, model.Output) {
	return s, reply.Answer(in.RequestID, &tagList{reply.To(in.RequestID), []struct{}{}})
}

func (in ListAsynJobs) step(_ clock, s State) (State, model.Output) {
	a := jobList{Head: reply.To(in.RequestID)}
	a.Jobs, a.TokenPage = reply.Tokens(in.jobs(s), describeJob, in.MaxResults, in.NextToken)
	return s, reply.Answer(in.RequestID, &a)
}

func (in ListAsynJobs) jobs(s State) reply.Records[Job] {
	all := s.Jobs.Where(table.Filter{Groups: groupsOf(albProduct, "")})
	switch {
	case len(in.JobIDs) > 0:
		return reply.Named(s.Jobs, in.JobIDs, func(_ string, j Job) bool {
			return productOfJob(j.Operation) == albProduct && chosen(in.ResourceIDs, j.Listener)
		})
	case len(in.ResourceIDs) > 0:
		return reply.Linked(all, in.ResourceIDs)
	default:
		return reply.Selected(all)
	}
}

func describeJob(id string, j Job) jobBody {
	return jobBody{
		APIName: wireName(j.Operation), CreateTime: j.Created, ErrorCode: j.Code, ErrorMessage: j.Message, ID: id, ModifyTime: j.Modified, OperateType: "Update",
		ResourceID: j.Listener, ResourceType: "listener", Status: string(j.Status),
	}
}
