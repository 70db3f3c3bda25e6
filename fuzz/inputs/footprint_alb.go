package inputs

import (
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/fuzz"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/model/world"
)

// albFootprint is the footprint of model/alb.
func albFootprint(s alb.State, inputs iter.Seq[Input], link func(...string)) func(Input, accessFunc) {
	for id, l := range s.Listeners.All() {
		link("listener "+id, "load balancer "+l.LoadBalancer)
	}
	for id, j := range s.Jobs.All() {
		link("job "+id, "listener "+j.Listener)
		linkMade("job ", id, link)
	}
	linkCertificates(s.Centre, link)
	forgets, users := forgetsJobs(s, inputs), usersOf(s)
	return func(in Input, access accessFunc) {
		a := in.ALB()
		accessALB(a, forgets, access)
		if removed, ok := a.Action.(alb.CertificateRemoved); ok {
			each(access, fuzz.Write, users[removed.ID]...)
		}
	}
}

// usersOf returns the listeners that use a certificate, by its id. A certificate in use
// is not removed. An input that adds a use later writes both.
func usersOf(s alb.State) map[string][]string {
	users := map[string][]string{}
	for key := range s.Associations.All() {
		listener, id, _ := strings.Cut(key, " ")
		users[id] = append(users[id], "listener "+listener)
	}
	for listener, l := range s.Listeners.All() {
		users[l.Default] = append(users[l.Default], "listener "+listener)
	}
	for _, j := range s.Jobs.All() {
		users[j.Default] = append(users[j.Default], "listener "+j.Listener)
	}
	return users
}

// forgetsJobs reports whether the machine may forget finished jobs. Then all listeners
// decide whether a repeated request id finds its first job.
func forgetsJobs(s alb.State, inputs iter.Seq[Input]) bool {
	ends := s.Finished.Len()
	for in := range inputs {
		switch in.Action.(type) {
		case alb.JobFinished, alb.JobFailed, alb.ListenerRemoved:
			ends++
		}
	}
	return ends > alb.MaxFinishedJobs && repeatsRequestID(s, inputs)
}

func repeatsRequestID(s alb.State, inputs iter.Seq[Input]) bool {
	seen := map[string]bool{}
	for id := range s.Jobs.All() {
		seen[id] = true
	}
	for in := range inputs {
		var requestID string
		switch a := in.ALB().Action.(type) {
		case alb.AssociateAdditionalCertificatesWithListener:
			requestID = a.RequestID
		case alb.DissociateAdditionalCertificatesFromListener:
			requestID = a.RequestID
		case alb.UpdateListenerAttribute:
			requestID = a.RequestID
		default:
			continue
		}
		job := "job-" + requestID
		if seen[job] {
			return true
		}
		seen[job] = true
	}
	return slices.ContainsFunc(slices.Collect(maps.Keys(seen)), func(job string) bool {
		return slices.ContainsFunc(madeOf(job), func(taken string) bool { return seen[taken] })
	})
}

func accessALB(in alb.Input, forgets bool, access accessFunc) {
	listener := func(id string) {
		access("listener "+id, fuzz.Write)
		access("listeners", fuzz.Add)
	}
	// started accesses what a request that may start a job does.
	started := func(requestID, id string) {
		listener(id)
		accessMade("job ", "job-"+requestID, access)
		access("jobs", fuzz.Add)
		if forgets {
			access("jobs", fuzz.Read)
		}
	}
	ended := func(job string) {
		accessMade("job ", job, access)
		access("jobs", fuzz.Add)
		access("listeners", fuzz.Add)
	}
	switch a := in.Action.(type) {
	case alb.AssociateAdditionalCertificatesWithListener:
		if a.Verdict.Code == "" {
			started(a.RequestID, a.ListenerID)
			accessChange(errcodes.AssociateAdditionalCertificatesWithListener, a.ClientToken, a.RequestID, a.CertificateIDs, access)
		}
	case alb.DissociateAdditionalCertificatesFromListener:
		if a.Verdict.Code == "" {
			started(a.RequestID, a.ListenerID)
			accessChange(errcodes.DissociateAdditionalCertificatesFromListener, a.ClientToken, a.RequestID, a.CertificateIDs, access)
		}
	case alb.UpdateListenerAttribute:
		started(a.RequestID, a.ListenerID)
		use(a.CertificateID, access)
	case alb.JobFinished:
		ended(a.Job)
	case alb.JobFailed:
		ended(a.Job)
	case alb.LoadBalancerAdded:
		access("load balancer "+a.ID, fuzz.Write)
	case alb.PermissionChanged:
		access("load balancer "+a.LoadBalancer, fuzz.Write)
	case alb.QuotaRaised:
		access("load balancer "+a.LoadBalancer, fuzz.Write)
	case alb.ListenerAdded:
		listener(a.ID)
		access("load balancer "+a.Listener.LoadBalancer, fuzz.Write)
		use(a.Listener.Default, access)
	case alb.ListenerRemoved:
		listener(a.ID)
		access("jobs", fuzz.Add)
	case alb.ListenerProvisioned:
		listener(a.ID)
	case alb.ListenerStarted:
		listener(a.ID)
	case alb.ListenerStopped:
		listener(a.ID)
	case alb.DefaultCertificateSet:
		listener(a.Listener)
		use(a.Certificate, access)
	case alb.DefaultCertificateRemoved:
		listener(a.Listener)
	case alb.CertificateAdded:
		accessMade("certificate ", a.Certificate.Name, access)
		access("certificates", fuzz.Add)
		each(access, fuzz.Write, certificateResources(a.Certificate)...)
	case alb.CertificateRemoved:
		each(access, fuzz.Write, idResources(a.ID)...)
		access("uses "+a.ID, fuzz.Write)
		access("certificates", fuzz.Add)
	case alb.TokenForgotten:
		access("token "+a.Token, fuzz.Write)
	case alb.ListListenerCertificates:
		access("listener "+a.ListenerID, fuzz.Read)
	case alb.GetListenerAttribute:
		access("listener "+a.ListenerID, fuzz.Read)
	case alb.ListListeners:
		access("listeners", fuzz.Read)
	case alb.GetLoadBalancerAttribute:
		access("load balancer "+a.LoadBalancerID, fuzz.Read)
	case alb.ListAsynJobs:
		access("jobs", fuzz.Read)
	case nil:
	default: // unknown
		access(fuzz.All, fuzz.Write)
	}
}

// accessChange accesses what a change of a listener's additional certificates does,
// besides the listener and the job.
func accessChange(operation errcodes.Operation, token, requestID string, ids []string, access accessFunc) {
	if token == "" {
		token = requestID
	}
	access("token "+operation.String()+" "+token, fuzz.Write)
	for _, id := range ids {
		use(id, access)
	}
}

// use reads a certificate that a listener starts or stops using, and adds to its uses.
func use(id string, access accessFunc) {
	if id == "" {
		return
	}
	for _, resource := range idResources(id) {
		access(resource, fuzz.Read)
	}
	access("uses "+id, fuzz.Add)
}

// accountFootprint is the footprint of the machine that is both.
func accountFootprint(s world.State, inputs iter.Seq[Input], link func(...string)) func(Input, accessFunc) {
	ofCDN := cdnFootprint(s.CDN, inputs, link)
	ofALB, users := albFootprint(s.ALB, inputs, link), usersOf(s.ALB)
	return func(in Input, access accessFunc) {
		ofALB(in, access)
		ofCDN(in, access)
		if removed, ok := in.Action.(cdn.CertificateRemoved); ok {
			c, _ := s.CDN.Centre.Get(removed.Name)
			each(access, fuzz.Write, users[c.ID]...)
		}
	}
}
