package fuzz

import (
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/model/world"
)

// ALBFootprint is the footprint of model/alb.
func ALBFootprint(s alb.State, inputs iter.Seq[Input], link func(...string)) func(Input, touchFunc) {
	for id, l := range s.Listeners.All() {
		link("listener "+id, "load balancer "+l.LoadBalancer)
	}
	for id, j := range s.Jobs.All() {
		link("job "+id, "listener "+j.Listener)
		linkMade("job ", id, link)
	}
	linkCentre(s.Centre, link)
	forgets, users := forgetsJobs(s, inputs), usersOf(s)
	return func(in Input, touch touchFunc) {
		a := in.ALB()
		touchALB(a, forgets, touch)
		if removed, ok := a.Action.(alb.CertificateRemoved); ok {
			each(touch, Write, users[removed.ID]...)
		}
	}
}

// usersOf returns the listeners that use a certificate, by its id: while they do it
// is not removed. Who comes to use one later touches both.
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

// forgetsJobs reports whether finished jobs may be forgotten. Then it depends on
// all listeners whether a request id that comes again finds its first job.
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

func touchALB(in alb.Input, forgets bool, touch touchFunc) {
	listener := func(id string) {
		touch("listener "+id, Write)
		touch("listeners", Add)
	}
	// started is a request that may start a job.
	started := func(requestID, id string) {
		listener(id)
		touchMade("job ", "job-"+requestID, touch)
		touch("jobs", Add)
		if forgets {
			touch("jobs", Read)
		}
	}
	ended := func(job string) {
		touchMade("job ", job, touch)
		touch("jobs", Add)
		touch("listeners", Add)
	}
	switch a := in.Action.(type) {
	case alb.AssociateAdditionalCertificatesWithListener:
		if a.Verdict.Code == "" {
			started(a.RequestID, a.ListenerID)
			touchChange(errcodes.AssociateAdditionalCertificatesWithListener, a.ClientToken, a.RequestID, a.CertificateIDs, touch)
		}
	case alb.DissociateAdditionalCertificatesFromListener:
		if a.Verdict.Code == "" {
			started(a.RequestID, a.ListenerID)
			touchChange(errcodes.DissociateAdditionalCertificatesFromListener, a.ClientToken, a.RequestID, a.CertificateIDs, touch)
		}
	case alb.UpdateListenerAttribute:
		started(a.RequestID, a.ListenerID)
		use(a.CertificateID, touch)
	case alb.JobFinished:
		ended(a.Job)
	case alb.JobFailed:
		ended(a.Job)
	case alb.LoadBalancerAdded:
		touch("load balancer "+a.ID, Write)
	case alb.PermissionChanged:
		touch("load balancer "+a.LoadBalancer, Write)
	case alb.QuotaRaised:
		touch("load balancer "+a.LoadBalancer, Write)
	case alb.ListenerAdded:
		listener(a.ID)
		touch("load balancer "+a.Listener.LoadBalancer, Write)
		use(a.Listener.Default, touch)
	case alb.ListenerRemoved:
		listener(a.ID)
		touch("jobs", Add)
	case alb.ListenerProvisioned:
		listener(a.ID)
	case alb.ListenerStarted:
		listener(a.ID)
	case alb.ListenerStopped:
		listener(a.ID)
	case alb.DefaultCertificateSet:
		listener(a.Listener)
		use(a.Certificate, touch)
	case alb.DefaultCertificateRemoved:
		listener(a.Listener)
	case alb.CertificateAdded:
		touchMade("certificate ", a.Certificate.Name, touch)
		touch("certificates", Add)
		each(touch, Write, certificateThings(a.Certificate)...)
	case alb.CertificateRemoved:
		each(touch, Write, idThings(a.ID)...)
		touch("uses "+a.ID, Write)
		touch("certificates", Add)
	case alb.TokenForgotten:
		touch("token "+a.Token, Write)
	case alb.ListListenerCertificates:
		touch("listener "+a.ListenerID, Read)
	case alb.GetListenerAttribute:
		touch("listener "+a.ListenerID, Read)
	case alb.ListListeners:
		touch("listeners", Read)
	case alb.GetLoadBalancerAttribute:
		touch("load balancer "+a.LoadBalancerID, Read)
	case alb.ListAsynJobs:
		touch("jobs", Read)
	case nil:
	default: // of a kind that is not known here
		touch(Everything, Write)
	}
}

// touchChange is what a change of a listener's additional certificates touches
// besides the listener and the job.
func touchChange(operation errcodes.Operation, token, requestID string, ids []string, touch touchFunc) {
	if token == "" {
		token = requestID
	}
	touch("token "+operation.String()+" "+token, Write)
	for _, id := range ids {
		use(id, touch)
	}
}

// use is of a certificate that a listener is to use, or no longer: whether it is
// there matters, and its users are counted.
func use(id string, touch touchFunc) {
	if id == "" {
		return
	}
	for _, thing := range idThings(id) {
		touch(thing, Read)
	}
	touch("uses "+id, Add)
}

// WorldFootprint is the footprint of model/world.
func WorldFootprint(s world.State, inputs iter.Seq[Input], link func(...string)) func(Input, touchFunc) {
	ofCDN := CDNFootprint(s.CDN, inputs, link)
	ofALB, users := ALBFootprint(s.ALB, inputs, link), usersOf(s.ALB)
	return func(in Input, touch touchFunc) {
		ofALB(in, touch)
		ofCDN(in, touch)
		if removed, ok := in.Action.(cdn.CertificateRemoved); ok {
			c, _ := s.CDN.Centre.Get(removed.Name)
			each(touch, Write, users[c.ID]...)
		}
	}
}
