package fakecloud

import (
	"slices"

	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/model/world"
)

// rollout is a change that is going on: of a domain's configuration, or a job.
type rollout struct {
	domain, job string // one of the two
	polls       int    // answers that will still show it
	ends        int64  // Unix nanoseconds, for byTime
	fails       bool   // said of jobs
}

// rollouts are the changes that are going on and that nobody but the engine ends.
type rollouts struct {
	byDomain, byJob map[string]*rollout
	inTime          queue[*rollout] // in the order of their ends
	failJob         bool            // the next job to start fails
}

// findRollouts looks for what is going on at a moment.
func (e *engine) findRollouts(m *moment) {
	e.rollouts = rollouts{byDomain: map[string]*rollout{}, byJob: map[string]*rollout{}}
	e.due.Store(0)
	e.findMoreRollouts(m)
}

// findMoreRollouts looks for what is going on at a moment and is not known to be.
func (e *engine) findMoreRollouts(m *moment) {
	if e.progress.kind == byEvent {
		return
	}
	for name, d := range m.state.CDN.Domains.All() {
		if d.Configuring && e.byDomain[name] == nil {
			e.begun(&rollout{domain: name})
		}
	}
	for id, j := range m.state.ALB.Jobs.All() {
		if j.Status == alb.Processing && e.byJob[id] == nil {
			e.begun(&rollout{job: id})
		}
	}
}

// followRollout notices what an input has begun or ended.
func (e *engine) followRollout(in world.Input, out model.Output, m *moment) {
	if e.progress.kind == byEvent {
		return
	}
	if name := domainOf(in); name != "" {
		d, _ := m.state.CDN.Domains.Get(name)
		switch going := e.byDomain[name]; {
		case d.Configuring && going == nil:
			e.begun(&rollout{domain: name})
		case !d.Configuring:
			delete(e.byDomain, name)
		}
	}
	if id := jobOf(in, out); id != "" {
		j, _ := m.state.ALB.Jobs.Get(id)
		switch going := e.byJob[id]; {
		case j.Status == alb.Processing && going == nil:
			e.begun(&rollout{job: id, fails: e.failJob})
		case j.Status != alb.Processing:
			delete(e.byJob, id)
		}
	}
}

func (e *engine) begun(r *rollout) {
	switch e.progress.kind {
	case byTime:
		r.ends = e.now().Add(e.progress.after).UnixNano()
		e.inTime.push(r)
		if e.inTime.len() == 1 {
			e.due.Store(r.ends)
		}
	default:
		r.polls = e.progress.polls
	}
	if r.domain != "" {
		e.byDomain[r.domain] = r
	} else {
		e.byJob[r.job] = r
	}
	if e.progress.kind == byPolls && r.polls == 0 {
		e.end(r)
	}
}

// end ends a rollout, unless it has ended.
func (e *engine) end(r *rollout) {
	switch {
	case r.domain != "" && e.byDomain[r.domain] == r:
		delete(e.byDomain, r.domain)
		e.advance(onCDN(cdn.ConfigurationFinished{Domain: r.domain}))
	case r.job != "" && e.byJob[r.job] == r:
		delete(e.byJob, r.job)
		if r.fails {
			e.advance(onALB(alb.JobFailed{Job: r.job}))
		} else {
			e.advance(onALB(alb.JobFinished{Job: r.job}))
		}
	}
}

// catchUp ends what has reached its time.
func (e *engine) catchUp() {
	if due := e.due.Load(); due == 0 || e.now().UnixNano() < due {
		return
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	now := e.now().UnixNano()
	for e.inTime.len() > 0 && e.inTime.first().ends <= now {
		e.end(e.inTime.pop())
	}
	due := int64(0)
	if e.inTime.len() > 0 {
		due = e.inTime.first().ends
	}
	e.due.Store(due)
}

// met counts an answer that showed what is going on: a read, or a refusal.
func (e *engine) met(in world.Input) {
	if e.progress.kind != byPolls || len(e.byDomain) == 0 && len(e.byJob) == 0 {
		return
	}
	for _, r := range e.shown(in) {
		if r.polls--; r.polls <= 0 {
			e.end(r)
		}
	}
}

// shown returns what is going on of what an input asks for.
func (e *engine) shown(in world.Input) []*rollout {
	var found []*rollout
	add := func(r *rollout) {
		if r != nil {
			found = append(found, r)
		}
	}
	if name := domainOf(in); name != "" {
		add(e.byDomain[name])
	}
	if id := listenerOf(in); id != "" {
		l, _ := e.current.Load().state.ALB.Listeners.Get(id)
		add(e.byJob[l.Job])
	}
	switch a := in.ALB.Action.(type) {
	case alb.ListAsynJobs:
		for _, r := range e.byJob {
			j, _ := e.current.Load().state.ALB.Jobs.Get(r.job)
			if chosen(a.JobIDs, r.job) && chosen(a.ResourceIDs, j.Listener) {
				add(r)
			}
		}
	case alb.ListListeners:
		for _, r := range e.byJob {
			add(r)
		}
	}
	if _, all := in.CDN.Action.(cdn.DescribeUserDomains); all {
		for _, r := range e.byDomain {
			add(r)
		}
	}
	slices.SortFunc(found, inOrder) // maps have none, and the same inputs give the same journal
	return found
}

func chosen(filter []string, id string) bool { return len(filter) == 0 || slices.Contains(filter, id) }

func inOrder(a, b *rollout) int {
	return slices.Compare([]string{a.domain, a.job}, []string{b.domain, b.job})
}

// caughtUp returns the state of now.
func (e *engine) caughtUp() *moment {
	e.catchUp()
	return e.current.Load()
}
