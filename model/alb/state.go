package alb

import (
	"iter"
	"math"
	"slices"
	"strconv"
	"strings"

	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/table"
)

// State has the load balancers, their listeners, and the certificate center. States
// are values: a step returns a new state, which shares the unchanged parts with the
// old one.
type State struct {
	Own
	CAS cas.State `json:"cas"` // the certificate center
}

// Own is the part of a state that belongs to ALB alone: everything but the
// certificate center.
type Own struct {
	LoadBalancers table.Table[LoadBalancer] `json:"loadBalancers"` // by id
	Listeners     table.Table[Listener]     `json:"listeners"`     // by id
	Associations  table.Table[Association]  `json:"associations"`  // additional certificates, by "listener certificate"
	Tokens        table.Table[Token]        `json:"tokens"`        // used client tokens, by operation and token
	Used          table.Table[string]       `json:"used"`          // keys of Tokens by the order in which their jobs ended
	Jobs          table.Table[Job]          `json:"jobs"`          // by id
	Finished      table.Table[string]       `json:"finished"`      // ids of finished jobs by the order of their ends
	Ended         int                       `json:"ended,omitempty"`
}

// Edition is a load balancer's edition, which sets its quota.
type Edition string

// The editions.
const (
	Basic    Edition = "Basic"
	Standard Edition = "Standard"
	WAF      Edition = "StandardWithWaf"
)

// LoadBalancer is one load balancer. The vendor makes ids that no two products share, so
// an id names one load balancer or listener, and the product says whose operations find it.
type LoadBalancer struct {
	Product      string  `json:"product,omitempty"`      // "" is ALB, or [NLB], [GA]
	Edition      Edition `json:"edition"`                // of ALB
	Region       string  `json:"region,omitempty"`       // whose certificate center a bare number means; empty is cas.Region
	Quota        int     `json:"quota,omitempty"`        // of additional certificates; 0 is the edition's
	Forbidden    bool    `json:"forbidden,omitempty"`    // the caller may not operate it
	Associations int     `json:"associations,omitempty"` // over all its listeners, whatever their status
}

// noQuota is the quota of a product of which none is known.
const noQuota = math.MaxInt

// HasQuota reports whether the load balancer has a quota of additional certificates.
func (lb LoadBalancer) HasQuota() bool { return lb.Product == albProduct }

// Limit returns the quota of additional certificates over all listeners.
func (lb LoadBalancer) Limit() int {
	switch {
	case !lb.HasQuota():
		return noQuota
	case lb.Quota > 0:
		return lb.Quota
	case lb.Edition == Basic:
		return 10
	default:
		return 25
	}
}

// MaxLimit returns what the quota can be raised to.
func (lb LoadBalancer) MaxLimit() int {
	switch {
	case !lb.HasQuota():
		return noQuota
	case lb.Edition == Basic:
		return 150
	default:
		return 300
	}
}

// possible reports whether there is such an edition and such a quota.
func (lb LoadBalancer) possible() bool {
	if lb.Product != albProduct {
		return slices.Contains(products[1:], lb.Product) && lb.Edition == "" && lb.Quota == 0
	}
	edition := lb.Edition == Basic || lb.Edition == Standard || lb.Edition == WAF
	return edition && 0 <= lb.Quota && lb.Quota <= lb.MaxLimit()
}

// QuotaName returns the name of the quota.
func (lb LoadBalancer) QuotaName() string {
	const prefix = "alb_quota_loadbalancer_certificates_num_"
	switch lb.Edition {
	case Basic:
		return prefix + "basic_edition"
	case WAF:
		return prefix + "waf_edition"
	default:
		return prefix + "standard_edition"
	}
}

// Protocol is the protocol of a listener.
type Protocol string

// The protocols.
const (
	HTTP  Protocol = "HTTP"
	HTTPS Protocol = "HTTPS"
	QUIC  Protocol = "QUIC"

	TCP    Protocol = "TCP" // the other ones are those of NLB; GA has TCP, UDP, HTTP and HTTPS
	UDP    Protocol = "UDP"
	TCPSSL Protocol = "TCPSSL"
)

// hasCertificates reports whether a listener of the protocol has certificates.
func (p Protocol) hasCertificates() bool { return p == HTTPS || p == QUIC || p == TCPSSL }

// ListenerStatus is the status of a listener.
type ListenerStatus string

// The states of a listener.
const (
	Provisioning ListenerStatus = "Provisioning"
	Running      ListenerStatus = "Running"
	Configuring  ListenerStatus = "Configuring"
	Stopped      ListenerStatus = "Stopped"
)

// Listener is one listener.
type Listener struct {
	Product      string         `json:"product,omitempty"` // that of the load balancer
	LoadBalancer string         `json:"loadBalancer"`
	Protocol     Protocol       `json:"protocol"`
	Port         int            `json:"port,omitempty"`
	Status       ListenerStatus `json:"status"`
	Default      string         `json:"default,omitempty"` // id of the default certificate
	Job          string         `json:"job,omitempty"`     // id of the job that is processing

	Attributes Attributes `json:"attributes,omitzero"`
}

// AssociationStatus is the status of an additional certificate.
type AssociationStatus string

// The states of an additional certificate.
const (
	Associating   AssociationStatus = "Associating"
	Associated    AssociationStatus = "Associated"
	Updating      AssociationStatus = "Updating" // to another certificate, of GA
	Dissociating  AssociationStatus = "Dissociating"
	notAssociated AssociationStatus = ""
)

// Association is an additional certificate of a listener.
type Association struct {
	Status AssociationStatus `json:"status"`
	Job    string            `json:"job,omitempty"` // the job that is changing it

	// Certificate is the one of a domain, and Next the one that it is being updated to. Both
	// are empty where the certificate itself is associated and not a domain.
	Certificate string `json:"certificate,omitempty"`
	Next        string `json:"next,omitempty"`
}

// certificates returns the certificates that an association uses, by what is associated: a
// domain, or the certificate itself.
func (a Association) certificates(associated string) (now, next string) {
	if a.Certificate == "" && a.Status != notAssociated {
		return associated, ""
	}
	return a.Certificate, a.Next
}

// Additional yields the additional certificates of a listener by what is associated: a
// domain of GA, elsewhere the certificate itself. Certificate is set in either case.
func (s Own) Additional(listener string) iter.Seq2[string, Association] {
	return func(yield func(string, Association) bool) {
		for key, a := range s.Associations.WithPrefix(listener + " ") {
			associated := strings.TrimPrefix(key, listener+" ")
			a.Certificate, a.Next = a.certificates(associated)
			if !yield(associated, a) {
				return
			}
		}
	}
}

// Uses reports whether a certificate is the default one of a listener or an additional one,
// or is to be.
func (s Own) Uses(listener, certificate string) bool {
	l, _ := s.Listeners.Get(listener)
	if j, _ := s.Jobs.Get(l.Job); certificate == "" || l.Default == certificate || j.Default == certificate {
		return certificate != ""
	}
	if l.Product != GA {
		return s.Associations.Has(associationKey(listener, certificate))
	}
	for _, a := range s.Additional(listener) {
		if a.Certificate == certificate || a.Next == certificate {
			return true
		}
	}
	return false
}

// settled returns the association after the end of its job.
func (a Association) settled(status JobStatus) Association {
	switch {
	case a.Status == Updating && status == Succeeded:
		return Association{Status: Associated, Certificate: a.Next}
	case a.Status == Updating, (a.Status == Associating) == (status == Succeeded): // or dissociating and failed
		return Association{Status: Associated, Certificate: a.Certificate}
	default:
		return Association{}
	}
}

// Token is a client token that a successful request used.
type Token struct {
	Parameters string `json:"parameters"` // the request's listener and certificates
	RequestID  string `json:"requestId"`
	JobID      string `json:"jobId"`
}

// MaxTokens is the number of used client tokens that are remembered after their jobs
// ended. The token whose job ended first is forgotten first.
const MaxTokens = 10_000

// JobStatus is the status of a job.
type JobStatus string

// The states of a job.
const (
	Processing JobStatus = "Processing"
	Succeeded  JobStatus = "Succeeded"
	Failed     JobStatus = "Failed"
)

// Job is an asynchronous change to a listener.
type Job struct {
	Operation string    `json:"operation"` // its ID
	Listener  string    `json:"listener"`
	Status    JobStatus `json:"status"`
	Default   string    `json:"default,omitempty"` // the default certificate it sets

	Attributes Attributes `json:"attributes,omitzero"` // that it sets

	// Token is the key in State.Tokens of the client token that the job used, "" if
	// there was none.
	Token string `json:"token,omitempty"`

	// Created and Modified are the times of the job's start and last change in Unix
	// milliseconds, from the inputs; 0 if the inputs have no time.
	Created  int64 `json:"created,omitempty"`
	Modified int64 `json:"modified,omitempty"`

	// Code and Message tell why a job failed; "" for other jobs.
	Code    string `json:"code,omitempty"`
	Message string `json:"message,omitempty"`
}

// MaxFinishedJobs is the number of finished jobs that are remembered. The oldest is
// forgotten first.
const MaxFinishedJobs = 1000

func associationKey(listener, certificate string) string { return listener + " " + certificate }

// setAssociation sets an additional certificate or one of a domain, or removes it if the status is
// empty, and updates the counts.
func (s State) setAssociation(listener, associated string, a Association) State {
	s, by := s.placeAssociation(listener, associated, a)
	return s.count(listener, by)
}

// placeAssociation does the same without the load balancer's count. It returns the
// change of the count, so that a caller with several certificates updates it once.
func (s State) placeAssociation(listener, associated string, a Association) (_ State, by int) {
	key := associationKey(listener, associated)
	before, was := s.Associations.Get(key)
	is := a.Status != notAssociated
	switch {
	case is:
		s.Associations = s.Associations.Set(key, a)
	case was:
		s.Associations = s.Associations.Delete(key)
	}
	oldNow, oldNext := before.certificates(associated)
	now, next := a.certificates(associated)
	s = s.exchange(oldNow, now).exchange(oldNext, next)
	switch {
	case is && !was:
		return s, 1
	case was && !is:
		return s, -1
	default:
		return s, 0
	}
}

// exchange counts one use less of a certificate and one more of another; "" is none.
func (s State) exchange(from, to string) State {
	if from == to {
		return s
	}
	if from != "" {
		s = s.use(from, -1)
	}
	if to != "" {
		s = s.use(to, 1)
	}
	return s
}

// count adds to the number of additional certificates of a listener's load
// balancer.
func (s State) count(listener string, by int) State {
	if by == 0 {
		return s
	}
	l, _ := s.Listeners.Get(listener)
	s.LoadBalancers = s.LoadBalancers.Update(l.LoadBalancer, func(lb *LoadBalancer) { lb.Associations += by })
	return s
}

// begin gives certificates their status for the time that a job is processing.
// Those of domains follow the associations that they have already.
func (s State) begin(listener string, c change, a Association) State {
	total, by := 0, 0
	for i, associated := range c.associated {
		if c.byDomain {
			before, _ := s.Associations.Get(associationKey(listener, associated))
			a.Certificate = before.Certificate
			switch a.Status {
			case Associating:
				a.Certificate = at(c.certificates, i)
			case Updating:
				a.Next = at(c.certificates, i)
			default:
			}
		}
		s, by = s.placeAssociation(listener, associated, a)
		total += by
	}
	return s.count(listener, total)
}

// use counts the listeners that use a certificate.
func (s State) use(certificate string, by int) State {
	name, _ := s.CAS.IDs.Get(certificate)
	s.CAS = s.CAS.Update(name, func(c *cas.Certificate) { c.Listeners += by })
	return s
}

// setDefault changes a listener's default certificate; "" removes it. An
// additional certificate that becomes the default stops being additional.
func (s State) setDefault(listener, certificate string) State {
	l, _ := s.Listeners.Get(listener)
	if l.Default != "" {
		s = s.use(l.Default, -1)
	}
	if certificate != "" {
		if l.Product != GA { // whose associations are those of domains
			s = s.setAssociation(listener, certificate, Association{})
		}
		s = s.use(certificate, 1)
	}
	l.Default = certificate
	s.Listeners = s.Listeners.Set(listener, l)
	return s
}

// startJob begins an asynchronous change. It returns the job's id.
func (s State) startJob(at int64, requestID string, j Job) (State, string) {
	id := freeJob(requestID, s.Jobs.Has)
	return s.startJobAs(id, at, j), id
}

// freeJob returns the first id that is not taken of those that are made from a
// RequestId.
func freeJob(requestID string, taken func(id string) bool) string {
	id := "job-" + requestID
	for n := 2; taken(id); n++ {
		id = "job-" + requestID + "-" + strconv.Itoa(n)
	}
	return id
}

func (s State) startJobAs(id string, at int64, j Job) State {
	j.Status, j.Created, j.Modified = Processing, at, at
	s.Jobs = s.Jobs.Set(id, j)
	if j.Default != "" { // in use from now on, so that it cannot be removed while the job runs
		s = s.use(j.Default, 1)
	}
	s.Listeners = s.Listeners.Update(j.Listener, func(l *Listener) {
		l.Job = id
		switch l.Status {
		case "": // it is new
			l.Status = Provisioning
		case Stopped: // it serves nothing meanwhile
		default:
			l.Status = Configuring
		}
	})
	return s
}

// endJob records the end of a job. It forgets the oldest job beyond MaxFinishedJobs.
func (s State) endJob(at int64, id string, status JobStatus) State {
	j, _ := s.Jobs.Get(id)
	j.Status, j.Modified = status, max(at, j.Created) // the clock may have been set back
	s.Jobs = s.Jobs.Set(id, j)
	if j.Default != "" {
		s = s.use(j.Default, -1)
	}
	s.Ended++
	s.Finished = s.Finished.Set(order(s.Ended), id)
	for first, oldest := range s.Finished.All() {
		if s.Finished.Len() > MaxFinishedJobs {
			s.Finished = s.Finished.Delete(first)
			s.Jobs = s.Jobs.Delete(oldest)
		}
		break
	}
	if j.Token != "" {
		s = s.ageToken(id, j)
	}
	if l, ok := s.Listeners.Get(j.Listener); ok && l.Job == id {
		l.Job = ""
		if l.Status == Configuring || l.Status == Provisioning {
			l.Status = Running
		}
		s.Listeners = s.Listeners.Set(j.Listener, l)
	}
	return s
}

// ageToken appends the client token of an ended job to the order of used tokens. It
// forgets the oldest token beyond MaxTokens.
func (s State) ageToken(id string, j Job) State {
	if t, found := s.Tokens.Get(j.Token); !found || t.JobID != id {
		return s
	}
	s.Used = s.Used.Set(order(s.Ended), j.Token)
	for first, oldest := range s.Used.All() {
		if s.Used.Len() > MaxTokens {
			s.Used, s.Tokens = s.Used.Delete(first), s.Tokens.Delete(oldest)
		}
		break
	}
	return s
}

// forgetToken removes a client token and its place in the order.
func (s State) forgetToken(key string) State {
	for place, used := range s.Used.All() {
		if used == key {
			s.Used = s.Used.Delete(place)
			break
		}
	}
	s.Tokens = s.Tokens.Delete(key)
	return s
}

// order returns a key that sorts in the order of the number, which must not be
// negative.
func order(n int) string {
	digits := strconv.Itoa(n)
	return string("abcdefghijklmnopqrstuvwxyz"[len(digits)]) + digits
}
