package alb

import (
	"encoding/json"
	"iter"
	"slices"
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model"
)

// Reads change nothing. Their answers have the members that clients read. Lists
// give MaxResults items at a time (1 to 100; 20 without it or with another
// number); NextToken of an answer asks for the next page.
type (
	// ListListenerCertificates lists a listener's certificates, the default
	// one first. CertificateType "Ca" gives none: listeners of the model
	// have server certificates only.
	ListListenerCertificates struct {
		RequestID       string `json:"requestId"`
		ListenerID      string `json:"listenerId,omitempty"`
		CertificateType string `json:"certificateType,omitempty"`
		MaxResults      int    `json:"maxResults,omitempty"`
		NextToken       string `json:"nextToken,omitempty"`
	}
	// GetListenerAttribute tells a listener's status and default
	// certificate.
	GetListenerAttribute struct {
		RequestID  string `json:"requestId"`
		ListenerID string `json:"listenerId,omitempty"`
	}
	// ListListeners lists listeners by load balancer and protocol; empty
	// means all.
	ListListeners struct {
		RequestID       string   `json:"requestId"`
		LoadBalancerIDs []string `json:"loadBalancerIds,omitzero"`
		Protocol        Protocol `json:"protocol,omitempty"`
		MaxResults      int      `json:"maxResults,omitempty"`
		NextToken       string   `json:"nextToken,omitempty"`
	}
	// GetLoadBalancerAttribute tells a load balancer's edition.
	GetLoadBalancerAttribute struct {
		RequestID      string `json:"requestId"`
		LoadBalancerID string `json:"loadBalancerId,omitempty"`
	}
	// ListAsynJobs lists jobs by id and by listener; empty means all that
	// are remembered.
	ListAsynJobs struct {
		RequestID   string   `json:"requestId"`
		JobIDs      []string `json:"jobIds,omitzero"`
		ResourceIDs []string `json:"resourceIds,omitzero"`
		MaxResults  int      `json:"maxResults,omitempty"`
		NextToken   string   `json:"nextToken,omitempty"`
	}
)

// IsRead reports whether an action is a read. Reads change nothing.
func IsRead(a Action) bool {
	switch a.(type) {
	case ListListenerCertificates, GetListenerAttribute, ListListeners, GetLoadBalancerAttribute, ListAsynJobs:
		return true
	default:
		return false
	}
}

type object = map[string]any

// answer returns the output of a read.
func answer(requestID string, members object) model.Output {
	body, err := json.Marshal(members) // object members are sorted: deterministic
	if err != nil {                    // nothing that json cannot encode is put in
		body = nil
	}
	return model.Output{RequestID: requestID, Body: string(body)}
}

// list answers with one page of the records, which are in the order of their
// keys: those behind the key that is given. Only what is on the page is
// described.
func list[V any](requestID, name string, records iter.Seq2[string, V], describe func(string, V) object, maxResults int, after string) model.Output {
	if maxResults <= 0 || maxResults > 100 {
		maxResults = 20
	}
	page, last, total, more := []object{}, "", 0, false
	for key, v := range records {
		total++
		switch {
		case key <= after:
		case len(page) == maxResults:
			more = true
		default:
			page, last = append(page, describe(key, v)), key
		}
	}
	members := object{name: page, "TotalCount": total, "MaxResults": maxResults}
	if more {
		members["NextToken"] = last
	}
	return answer(requestID, members)
}

// wire spells a status as the service does, which misspells one.
func (a AssociationStatus) wire() string {
	if a == Dissociating {
		return "Diassociating"
	}
	return string(a)
}

func (in ListListenerCertificates) step(_ errcodes.Table, s State) (State, model.Output) {
	r := request{catalog: errcodes.ListListenerCertificates.Table(), requestID: in.RequestID}
	l, found := s.Listeners.Get(in.ListenerID)
	switch {
	case !found:
		return s, r.refuse(errcodes.CondListenerNotFound, "listener "+in.ListenerID, in.ListenerID)
	case l.Protocol != HTTPS && l.Protocol != QUIC:
		return s, r.refuse(errcodes.CondListenerProtocolUnsupported, "listener "+in.ListenerID)
	}
	return s, list(in.RequestID, "Certificates", in.certificates(s, l), describeCertificate, in.MaxResults, in.NextToken)
}

// listed is one certificate in the list of a listener's.
type listed struct {
	id        string
	isDefault bool
	status    AssociationStatus
}

// certificates yields what is to be listed.
func (in ListListenerCertificates) certificates(s State, l Listener) iter.Seq2[string, listed] {
	return func(yield func(string, listed) bool) {
		if strings.EqualFold(in.CertificateType, "Ca") {
			return
		}
		// A space sorts before every id, so the default one comes first.
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

func describeCertificate(_ string, c listed) object {
	return object{"CertificateId": c.id, "CertificateType": "Server", "IsDefault": c.isDefault, "Status": c.status.wire()}
}

func (in GetListenerAttribute) step(_ errcodes.Table, s State) (State, model.Output) {
	l, found := s.Listeners.Get(in.ListenerID)
	if !found {
		r := request{catalog: errcodes.ListListenerCertificates.Table(), requestID: in.RequestID}
		return s, r.refuse(errcodes.CondListenerNotFound, "listener "+in.ListenerID, in.ListenerID)
	}
	return s, answer(in.RequestID, describe(in.ListenerID, l))
}

func describe(id string, l Listener) object {
	certificates := []object{}
	if l.Default != "" {
		certificates = append(certificates, object{"CertificateId": l.Default})
	}
	return object{
		"ListenerId": id, "LoadBalancerId": l.LoadBalancer, "ListenerProtocol": string(l.Protocol), "ListenerPort": l.Port,
		"ListenerStatus": string(l.Status), "Certificates": certificates,
	}
}

func (in ListListeners) step(_ errcodes.Table, s State) (State, model.Output) {
	listeners := func(yield func(string, Listener) bool) {
		for id, l := range s.Listeners.All() {
			if chosen(in.LoadBalancerIDs, l.LoadBalancer) && (in.Protocol == "" || in.Protocol == l.Protocol) && !yield(id, l) {
				return
			}
		}
	}
	return s, list(in.RequestID, "Listeners", listeners, describe, in.MaxResults, in.NextToken)
}

func (in GetLoadBalancerAttribute) step(_ errcodes.Table, s State) (State, model.Output) {
	lb, found := s.LoadBalancers.Get(in.LoadBalancerID)
	if !found {
		e := errcodes.GetLoadBalancerAttribute.Table().Error(errcodes.CondLoadBalancerNotFound, in.LoadBalancerID)
		return s, model.Refuse(in.RequestID, e, "load balancer "+in.LoadBalancerID)
	}
	return s, answer(in.RequestID, object{
		"LoadBalancerId": in.LoadBalancerID, "LoadBalancerEdition": string(lb.Edition), "LoadBalancerStatus": "Active",
	})
}

func (in ListAsynJobs) step(_ errcodes.Table, s State) (State, model.Output) {
	return s, list(in.RequestID, "Jobs", in.jobs(s), describeJob, in.MaxResults, in.NextToken)
}

// jobs yields what is to be listed. Clients ask for the job they wait for, which
// is looked up.
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

// describeJob leaves the times of a job to whoever has a clock.
func describeJob(id string, j Job) object {
	return object{
		"Id": id, "ApiName": j.Operation, "Status": string(j.Status),
		"ResourceType": "listener", "ResourceId": j.Listener, "OperateType": "Update",
	}
}

// chosen reports whether a filter lets an id pass; an empty one lets all.
func chosen(filter []string, id string) bool {
	return len(filter) == 0 || slices.Contains(filter, id)
}
