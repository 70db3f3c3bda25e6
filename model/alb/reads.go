package alb

import (
	"iter"
	"slices"
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/internal/reply"
)

// Reads change nothing. Their answers have the members that clients read. A page of a
// list has MaxResults items (1 to 100; other numbers count as 20). The NextToken of
// an answer requests the next page.
type (
	// ListListenerCertificates lists a listener's certificates, the default one
	// first. CertificateType "Ca" returns none, because listeners of the model have
	// only server certificates.
	ListListenerCertificates struct {
		RequestID       string `json:"requestId"`
		ListenerID      string `json:"listenerId,omitempty"`
		CertificateType string `json:"certificateType,omitempty"`
		MaxResults      int    `json:"maxResults,omitempty"`
		NextToken       string `json:"nextToken,omitempty"`
	}
	// GetListenerAttribute returns a listener's status and default certificate.
	GetListenerAttribute struct {
		RequestID  string `json:"requestId"`
		ListenerID string `json:"listenerId,omitempty"`
	}
	// ListListeners lists listeners by load balancer and protocol; empty
	// means all.
	ListListeners struct {
		RequestID       string   `json:"requestId"`
		LoadBalancerIDs []string `json:"loadBalancerIds,omitzero"`
		Protocol        Protocol `json:"protocol,omitempty" wire:"ListenerProtocol"`
		MaxResults      int      `json:"maxResults,omitempty"`
		NextToken       string   `json:"nextToken,omitempty"`
	}
	// GetLoadBalancerAttribute returns a load balancer's edition.
	GetLoadBalancerAttribute struct {
		RequestID      string `json:"requestId"`
		LoadBalancerID string `json:"loadBalancerId,omitempty"`
	}
	// ListAsynJobs lists jobs by id and by listener; empty means all remembered jobs.
	ListAsynJobs struct {
		RequestID   string   `json:"requestId"`
		JobIDs      []string `json:"jobIds,omitzero"`
		ResourceIDs []string `json:"resourceIds,omitzero"`
		MaxResults  int      `json:"maxResults,omitempty"`
		NextToken   string   `json:"nextToken,omitempty"`
	}
)

// The answers. Times are in Unix milliseconds; 0 means unknown.
type (
	// page has the members at the end of every list.
	page struct {
		MaxResults int
		NextToken  string `json:",omitempty" xml:",omitempty"`
		TotalCount int
	}
	listenerCertificates struct {
		reply.Head
		Certificates []listenerCertificate
		page
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
		page
	}
	listenerBody struct {
		Certificates     []certificateID
		ListenerID       string `json:"ListenerId" xml:"ListenerId"`
		ListenerPort     int
		ListenerProtocol string
		ListenerStatus   string
		LoadBalancerID   string `json:"LoadBalancerId" xml:"LoadBalancerId"`
	}
	certificateID struct {
		CertificateID string `json:"CertificateId" xml:"CertificateId"`
	}
	loadBalancerAttribute struct {
		reply.Head
		LoadBalancerEdition string
		LoadBalancerID      string `json:"LoadBalancerId" xml:"LoadBalancerId"`
		LoadBalancerStatus  string
	}
	jobList struct {
		reply.Head
		Jobs []jobBody
		page
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

// list returns one page of the records in the order of their keys, from the record
// behind the given key. It describes only the records on the page.
func list[V, W any](records iter.Seq2[string, V], describe func(string, V) W, maxResults int, after string) ([]W, page) {
	if maxResults <= 0 || maxResults > 100 {
		maxResults = 20
	}
	items, p, last, more := []W{}, page{MaxResults: maxResults}, "", false
	for key, v := range records {
		p.TotalCount++
		switch {
		case key <= after:
		case len(items) == maxResults:
			more = true
		default:
			items, last = append(items, describe(key, v)), key
		}
	}
	if more {
		p.NextToken = last
	}
	return items, p
}

// wire returns a status in the service's spelling, which has one misspelling.
func (a AssociationStatus) wire() string {
	if a == Dissociating {
		return "Diassociating"
	}
	return string(a)
}

func (in ListListenerCertificates) step(_ clock, s State) (State, model.Output) {
	r := request{table: errcodes.ListListenerCertificates.Table(), requestID: in.RequestID}
	l, found := s.Listeners.Get(in.ListenerID)
	switch {
	case !found:
		return s, r.noListener(in.ListenerID)
	case l.Protocol != HTTPS && l.Protocol != QUIC:
		return s, r.refuse(errcodes.CondListenerProtocolUnsupported, "listener "+in.ListenerID)
	}
	a := listenerCertificates{Head: reply.To(in.RequestID)}
	a.Certificates, a.page = list(in.certificates(s, l), describeCertificate, in.MaxResults, in.NextToken)
	return s, reply.Answer(in.RequestID, &a)
}

// listed is one certificate in the list of a listener's.
type listed struct {
	id        string
	isDefault bool
	status    AssociationStatus
}

// certificates yields the listed certificates.
func (in ListListenerCertificates) certificates(s State, l Listener) iter.Seq2[string, listed] {
	return func(yield func(string, listed) bool) {
		if strings.EqualFold(in.CertificateType, "Ca") {
			return
		}
		// A space sorts before every id, so the default certificate comes first.
		if l.Default != "" && !yield(" "+l.Default, listed{l.Default, true, Associated}) {
			return
		}
		for key, a := range s.Associations.WithPrefix(in.ListenerID + " ") {
			_, id, _ := strings.Cut(key, " ")
			if !yield(id, listed{id, false, a.Status}) {
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
	if !found {
		r := request{table: errcodes.ListListenerCertificates.Table(), requestID: in.RequestID}
		return s, r.noListener(in.ListenerID)
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
	return listenerBody{certificates, id, l.Port, string(l.Protocol), string(l.Status), l.LoadBalancer}
}

func (in ListListeners) step(_ clock, s State) (State, model.Output) {
	listeners := func(yield func(string, Listener) bool) {
		for id, l := range s.Listeners.All() {
			if chosen(in.LoadBalancerIDs, l.LoadBalancer) && (in.Protocol == "" || in.Protocol == l.Protocol) && !yield(id, l) {
				return
			}
		}
	}
	a := listenerList{Head: reply.To(in.RequestID)}
	a.Listeners, a.page = list(listeners, describe, in.MaxResults, in.NextToken)
	return s, reply.Answer(in.RequestID, &a)
}

func (in GetLoadBalancerAttribute) step(_ clock, s State) (State, model.Output) {
	if in.LoadBalancerID == "" {
		return s, reply.Refuse(in.RequestID, errcodes.GetLoadBalancerAttribute.Table().Error(errcodes.CondParameterMissing), "the request")
	}
	lb, found := s.LoadBalancers.Get(in.LoadBalancerID)
	if !found {
		e := errcodes.GetLoadBalancerAttribute.Table().Error(errcodes.CondLoadBalancerNotFound, in.LoadBalancerID)
		return s, reply.Refuse(in.RequestID, e, "load balancer "+in.LoadBalancerID)
	}
	return s, reply.Answer(in.RequestID, &loadBalancerAttribute{reply.To(in.RequestID), string(lb.Edition), in.LoadBalancerID, "Active"})
}

func (in ListAsynJobs) step(_ clock, s State) (State, model.Output) {
	a := jobList{Head: reply.To(in.RequestID)}
	a.Jobs, a.page = list(in.jobs(s), describeJob, in.MaxResults, in.NextToken)
	return s, reply.Answer(in.RequestID, &a)
}

// jobs yields the listed jobs. It looks a requested id up, because clients poll for
// one job.
func (in ListAsynJobs) jobs(s State) iter.Seq2[string, Job] {
	all := s.Jobs.All()
	if len(in.JobIDs) > 0 {
		all = func(yield func(string, Job) bool) {
			for _, id := range slices.Compact(slices.Sorted(slices.Values(in.JobIDs))) {
				if j, found := s.Jobs.Get(id); found && !yield(id, j) {
					return
				}
			}
		}
	}
	return func(yield func(string, Job) bool) {
		for id, j := range all {
			if chosen(in.ResourceIDs, j.Listener) && !yield(id, j) {
				return
			}
		}
	}
}

func describeJob(id string, j Job) jobBody {
	return jobBody{
		APIName: j.Operation, CreateTime: j.Created, ErrorCode: j.Code, ErrorMessage: j.Message, ID: id, ModifyTime: j.Modified, OperateType: "Update",
		ResourceID: j.Listener, ResourceType: "listener", Status: string(j.Status),
	}
}

// chosen reports whether a filter contains an id; an empty filter contains all.
func chosen(filter []string, id string) bool {
	return len(filter) == 0 || slices.Contains(filter, id)
}
