package inputs

import (
	"iter"
	"maps"
	"slices"
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/fuzz"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/account"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cas"
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
	linkCertificates(s.CAS, link)
	forgets, users := forgetsJobs(s, inputs), usersOf(s)
	return func(in Input, access accessFunc) {
		a := in.ALB()
		accessALB(a, forgets, access)
		if removed, ok := a.Action.(cas.CertificateRemoved); ok {
			c, _ := s.CAS.Get(removed.Name)
			each(access, fuzz.Write, users[c.ID]...)
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

// forgetsJobs reports whether the machine may forget finished jobs or client tokens. Then
// all listeners decide whether a repeated request finds its first job.
func forgetsJobs(s alb.State, inputs iter.Seq[Input]) bool {
	ends := s.Finished.Len()
	for in := range inputs {
		switch in.Action.(type) {
		case alb.JobFinished, alb.JobFailed, alb.ListenerRemoved:
			ends++
		}
	}
	tokens := s.Used.Len() + ends - s.Finished.Len()
	return tokens > alb.MaxTokens || ends > alb.MaxFinishedJobs && repeatsRequestID(s, inputs)
}

func repeatsRequestID(s alb.State, inputs iter.Seq[Input]) bool {
	seen := map[string]bool{}
	for id := range s.Jobs.All() {
		seen[id] = true
	}
	for in := range inputs {
		var requestID string
		switch a := in.ALB().Action.(type) {
		case alb.ChangeCertificates:
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
	case cas.Action:
		accessCAS(a, access)
	case alb.ChangeCertificates:
		if a.Verdict.Code == "" {
			started(a.RequestID, a.ListenerID)
			accessChange(a.Operation, a.ClientToken, a.RequestID, a.CertificateIDs, access)
		}
	case alb.UpdateListenerAttribute:
		started(a.RequestID, a.ListenerID)
		use(a.CertificateID, access)
	case alb.JobFinished:
		ended(a.Job)
	case alb.JobFailed:
		ended(a.Job)
	case alb.ListenerAdded:
		listener(a.ID)
		access("load balancer "+a.Listener.LoadBalancer, fuzz.Write)
		use(a.Listener.Default, access)
	case alb.ListenerRemoved:
		listener(a.ID)
		access("jobs", fuzz.Add)
	case alb.DefaultCertificateSet:
		listener(a.Listener)
		use(a.Certificate, access)
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
	case alb.Action:
		switch r := a.About(); {
		case a.Kind() == model.Event && r.Type == "load balancer":
			access("load balancer "+r.ID, fuzz.Write)
		case a.Kind() == model.Event && r.Type == "listener":
			listener(r.ID)
		default:
			access(fuzz.All, fuzz.Write)
		}
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

// accountFootprint is the footprint of model/account.
func accountFootprint(s account.State, inputs iter.Seq[Input], link func(...string)) func(Input, accessFunc) {
	ofCDN, ofALB := cdnFootprint(s.ForCDN(), inputs, link), albFootprint(s.ForALB(), inputs, link)
	return func(in Input, access accessFunc) {
		ofALB(in, access)
		ofCDN(in, access)
	}
}
