package inputs

import (
	"iter"
	"maps"
	"slices"
	"strconv"

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
	for _, c := range s.CAS.Certificates.All() {
		if c.Source == cas.FromCDN { // to turn a domain off deletes it, unless a listener uses it
			for _, listener := range users[c.ID] {
				link("id "+c.ID, listener)
			}
		}
	}
	return func(in Input, access accessFunc) {
		a := in.ALB()
		accessALB(a, forgets, access)
		switch a := a.Action.(type) {
		case cas.CertificateRemoved:
			c, _ := s.CAS.Get(a.Name)
			each(access, fuzz.Write, users[c.ID]...)
		case cas.DeleteUserCertificate:
			each(access, fuzz.Write, users[cas.IDIn(a.CertID, a.Region)]...)
		}
	}
}

// usersOf returns the listeners that use a certificate, by its id. A certificate in use
// is not removed. An input that adds a use later writes both.
func usersOf(s alb.State) map[string][]string {
	users := map[string][]string{}
	for listener, l := range s.Listeners.All() {
		users[l.Default] = append(users[l.Default], "listener "+listener)
		for _, a := range s.Additional(listener) {
			users[a.Certificate] = append(users[a.Certificate], "listener "+listener)
			users[a.Next] = append(users[a.Next], "listener "+listener)
		}
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
		case alb.CreateListener:
			requestID = a.RequestID
		case alb.DeleteListener:
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
	switch a := in.Action.(type) {
	case nil:
	case cas.Action:
		accessCAS(a, access)
	case alb.ChangeCertificates:
		if a.Verdict.Code == "" {
			accessStart(a.RequestID, a.ListenerID, forgets, access)
			accessChange(a.Operation, a.ClientToken, a.RequestID, a.CertificateIDs, access)
			accessAccelerator(a.LoadBalancerID, access)
		}
	case alb.UpdateListenerAttribute:
		accessStart(a.RequestID, a.ListenerID, forgets, access)
		use(a.CertificateID, access)
	case alb.JobFinished, alb.JobFailed:
		accessMade("job ", a.About().ID, access)
		access("jobs", fuzz.Add)
		access("listeners", fuzz.Add)
	case alb.ListenerAdded:
		accessListener(a.ID, access)
		access("load balancer "+a.Listener.LoadBalancer, fuzz.Write)
		use(a.Listener.Default, access)
	case alb.ListenerRemoved:
		accessListener(a.ID, access)
		access("jobs", fuzz.Add)
	case alb.DefaultCertificateSet:
		accessListener(a.Listener, access)
		use(a.Certificate, access)
	case alb.TokenForgotten:
		access("token "+a.Token, fuzz.Write)
	case alb.ListListeners:
		if a.Product == alb.GA {
			accessAccelerator(a.AcceleratorID, access)
		} else {
			access("listeners", fuzz.Read)
		}
	case alb.DescribeAccelerator:
		accessAccelerator(a.AcceleratorID, access)
	case alb.ListListenerCertificates:
		accessAbout(a, access)
		accessAccelerator(a.AcceleratorID, access)
	case alb.ListLoadBalancers:
		access("load balancers", fuzz.Read)
	case alb.ListAsynJobs, alb.GetJobStatus:
		access("jobs", fuzz.Read)
	case alb.Action:
		accessAbout(a, access)
	default: // unknown
		access(fuzz.All, fuzz.Write)
	}
}

// accessAccelerator reads the accelerator that an input names, if it names one. Its listeners
// are in one part with it.
func accessAccelerator(id string, access accessFunc) {
	if id != "" {
		access("load balancer "+id, fuzz.Read)
	}
}

// accessAbout accesses the one resource that an action is about.
func accessAbout(a alb.Action, access accessFunc) {
	r := a.About()
	resource := r.Type + " " + r.ID
	switch {
	case r.Type != "listener" && r.Type != "load balancer", a.Kind() == model.Request: // unknown
		access(fuzz.All, fuzz.Write)
	case a.Kind() == model.Read:
		access(resource, fuzz.Read)
	case r.Type == "listener":
		accessListener(r.ID, access)
	default:
		access(resource, fuzz.Write)
		access("load balancers", fuzz.Add)
	}
}

// accessListener changes one listener, and so the lists of listeners.
func accessListener(id string, access accessFunc) {
	access("listener "+id, fuzz.Write)
	access("listeners", fuzz.Add)
}

// accessStart accesses what a request that may start a job does.
func accessStart(requestID, listener string, forgets bool, access accessFunc) {
	accessListener(listener, access)
	accessMade("job ", "job-"+requestID, access)
	access("jobs", fuzz.Add)
	if forgets {
		access("jobs", fuzz.Read)
	}
}

// accessChange accesses what a change of a listener's additional certificates does,
// besides the listener and the job.
func accessChange(operation errcodes.Operation, token, requestID string, ids []string, access accessFunc) {
	if token == "" {
		token = requestID
	}
	access("token "+operation.ID()+" "+token, fuzz.Write)
	for _, id := range ids {
		use(id, access)
	}
}

// use reads a certificate that a listener starts or stops using, and adds to its uses.
func use(id string, access accessFunc) {
	if id == "" {
		return
	}
	ids := []string{id}
	if n, err := strconv.Atoi(id); err == nil { // a bare number
		ids = append(ids, cas.IDOf(n), cas.IDIn(n, cas.Overseas))
	}
	for _, id := range ids {
		each(access, fuzz.Read, idResources(id)...)
		access("uses "+id, fuzz.Add)
	}
}

// accountFootprint is the footprint of model/account.
func accountFootprint(s account.State, inputs iter.Seq[Input], link func(...string)) func(Input, accessFunc) {
	ofCDN, ofALB := cdnFootprint(s.ForCDN(), inputs, link), albFootprint(s.ForALB(), inputs, link)
	ofCLB, ofESA := clbFootprint(s.ForCLB(), inputs, link), esaFootprint(s.ForESA(), inputs, link)
	return func(in Input, access accessFunc) {
		if _, own := in.Action.(account.Action); own {
			return // its answer depends on no state
		}
		ofALB(in, access)
		ofCDN(in, access)
		ofCLB(in, access)
		ofESA(in, access)
	}
}
