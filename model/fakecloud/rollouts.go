package fakecloud

import (
	"cmp"
	"container/heap"
	"math"
	"slices"
	"time"

	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/model/world"
)

// rollout is a change that is going on: of a domain's configuration, or a job.
type rollout struct {
	domain, job string        // one of the two
	polls       int           // answers that will still show it
	ends        time.Duration // by elapsed, for byTime
	number      int           // in the order of their beginnings, for byTime
	fails       bool          // said of jobs
}

// rollouts are the changes that are going on and that nobody but the engine ends.
type rollouts struct {
	byDomain, byJob map[string]*rollout
	inTime          byEnd
	begins          int  // how many have begun in time
	failJob         bool // the next job to start fails
}

// findRollouts looks for what is going on at a moment.
func (e *engine) findRollouts(m *moment) {
	e.rollouts = rollouts{byDomain: map[string]*rollout{}, byJob: map[string]*rollout{}}
	e.due.Store(never)
	e.findMoreRollouts(m)
}

// findMoreRollouts looks for what is going on at a moment and is not known to be.
func (e *engine) findMoreRollouts(m *moment) {
	if e.progress.kind == byEvent {
		return
	}
	for name, d := range m.state.CDN.Domains.All() {
		if d.Configuring && e.byDomain[name] == nil {
			at, _ := m.times.Domains.Get(name)
			e.begun(&rollout{domain: name}, e.sinceWall(at))
		}
	}
	for id, j := range m.state.ALB.Jobs.All() {
		if j.Status == alb.Processing && e.byJob[id] == nil {
			jt, _ := m.times.Jobs.Get(id)
			e.begun(&rollout{job: id}, e.sinceWall(jt.Created))
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
			e.begun(&rollout{domain: name}, 0)
		case !d.Configuring:
			delete(e.byDomain, name)
		}
	}
	if id := jobOf(in, out); id != "" {
		j, _ := m.state.ALB.Jobs.Get(id)
		switch going := e.byJob[id]; {
		case j.Status == alb.Processing && going == nil:
			e.begun(&rollout{job: id, fails: e.failJob}, 0)
		case j.Status != alb.Processing:
			delete(e.byJob, id)
		}
	}
}

// sinceWall returns how long ago a time was, in Unix milliseconds, as far as the wall
// clock can tell: it may have been set since, so it is no negative time. Of a time that
// is not known, 0, it is none.
func (e *engine) sinceWall(at int64) time.Duration {
	if at == 0 {
		return 0
	}
	return max(0, e.now().Sub(time.UnixMilli(at)))
}

// begun has a rollout go on that began some time ago.
func (e *engine) begun(r *rollout, ago time.Duration) {
	switch e.progress.kind {
	case byTime:
		left := max(0, e.progress.after-ago)
		if r.ends = e.elapsed() + left; r.ends < left { // over the end of all time
			r.ends = never
		}
		r.number = e.begins
		e.begins++
		heap.Push(&e.inTime, r)
		e.due.Store(int64(e.inTime[0].ends))
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
	if due := e.due.Load(); due == never || int64(e.elapsed()) < due {
		return
	}
	e.mu.Lock()
	defer e.mu.Unlock()
	for now := e.elapsed(); len(e.inTime) > 0 && e.inTime[0].ends <= now; {
		e.end(heap.Pop(&e.inTime).(*rollout))
	}
	due := int64(never)
	if len(e.inTime) > 0 {
		due = int64(e.inTime[0].ends)
	}
	e.due.Store(due)
}

// never is an end that is not reached.
const never = math.MaxInt64

// byEnd is a heap of rollouts, the one that ends first on top; of those that end
// together, the one that began first.
type byEnd []*rollout

func (b byEnd) Len() int      { return len(b) }
func (b byEnd) Swap(i, j int) { b[i], b[j] = b[j], b[i] }
func (b byEnd) Less(i, j int) bool {
	return cmp.Or(cmp.Compare(b[i].ends, b[j].ends), cmp.Compare(b[i].number, b[j].number)) < 0
}

// Push implements heap.Interface.
func (b *byEnd) Push(r any) { *b = append(*b, r.(*rollout)) }

// Pop implements heap.Interface.
func (b *byEnd) Pop() any {
	last := len(*b) - 1
	r := (*b)[last]
	(*b)[last] = nil
	*b = (*b)[:last]
	return r
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
