package fakecloud

import (
	"cmp"
	"container/heap"
	"math"
	"slices"
	"time"

	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/account"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cdn"
)

// rollout is a change that is going on: of a domain's configuration, or a job.
type rollout struct {
	domain, job string        // one of the two
	polls       int           // answers that will still show it
	ends        time.Duration // by elapsed, for byTime
	number      int           // in the order of their beginnings, for byTime
	fails       bool          // said of jobs
}

// rollouts tracks pending changes that the engine completes.
type rollouts struct {
	byDomain, byJob map[string]*rollout
	inTime          byEnd
	begins          int // how many have begun in time
}

// findRollouts looks for what is going on at a snapshot. since says how long ago it
// began.
func (e *engine) findRollouts(m *snapshot, since func(at int64) time.Duration) {
	e.rollouts = rollouts{byDomain: map[string]*rollout{}, byJob: map[string]*rollout{}}
	e.due.Store(never)
	e.findMoreRollouts(m, since)
}

// findMoreRollouts looks for what is going on at a snapshot and is not known to be.
func (e *engine) findMoreRollouts(m *snapshot, since func(at int64) time.Duration) {
	if e.progress.kind == byEvent {
		return
	}
	for name, d := range m.state.CDN.Domains.All() {
		if d.Configuring && e.byDomain[name] == nil {
			e.start(&rollout{domain: name}, since(d.Changed))
		}
	}
	for id, j := range m.state.ALB.Jobs.All() {
		if j.Status == alb.Processing && e.byJob[id] == nil {
			e.start(&rollout{job: id}, since(j.Created))
		}
	}
}

// trackRollout notes what an input has begun or ended.
func (e *engine) trackRollout(in account.Input, out model.Output, m *snapshot, failJob bool) {
	if e.progress.kind == byEvent {
		return
	}
	if name := aboutDomain(in); name != "" {
		d, _ := m.state.CDN.Domains.Get(name)
		switch going := e.byDomain[name]; {
		case d.Configuring && going == nil:
			e.start(&rollout{domain: name}, 0)
		case !d.Configuring:
			delete(e.byDomain, name)
		}
	}
	if id := jobOf(in, out); id != "" {
		j, _ := m.state.ALB.Jobs.Get(id)
		switch going := e.byJob[id]; {
		case j.Status == alb.Processing && going == nil:
			e.start(&rollout{job: id, fails: failJob}, 0)
		case j.Status != alb.Processing:
			delete(e.byJob, id)
		}
	}
}

// anew says of whatever is going on that it begins now.
func anew(int64) time.Duration { return 0 }

// sinceWall returns how long ago a time was, in Unix milliseconds, as far as the wall
// clock can tell: it may have been set since, so it is no negative time. Of a time that
// is not known, 0, it is none.
func (e *engine) sinceWall(at int64) time.Duration {
	if at == 0 {
		return 0
	}
	return max(0, e.now().Sub(time.UnixMilli(at)))
}

// start has a rollout go on that began some time ago.
func (e *engine) start(r *rollout, ago time.Duration) {
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
		e.advance(account.Input{Action: cdn.ConfigurationFinished{Domain: r.domain}}, false)
	case r.job != "" && e.byJob[r.job] == r:
		delete(e.byJob, r.job)
		if r.fails {
			e.advance(account.Input{Action: alb.JobFailed{Job: r.job}}, false)
		} else {
			e.advance(account.Input{Action: alb.JobFinished{Job: r.job}}, false)
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

// observe counts an answer that showed what is going on: a read, or a refusal.
func (e *engine) observe(in account.Input) {
	if e.progress.kind != byPolls || len(e.byDomain) == 0 && len(e.byJob) == 0 {
		return
	}
	for _, r := range e.affected(in) {
		if r.polls--; r.polls <= 0 {
			e.end(r)
		}
	}
}

// affected returns what is going on of what an input asks for.
func (e *engine) affected(in account.Input) []*rollout {
	var found []*rollout
	add := func(r *rollout) {
		if r != nil {
			found = append(found, r)
		}
	}
	about := in.About()
	switch {
	case about.Type == "domain" && about.ID != "":
		add(e.byDomain[about.ID])
	case about.Type == "listener" && about.ID != "":
		l, _ := e.current.Load().state.ALB.Listeners.Get(about.ID)
		add(e.byJob[l.Job])
	}
	switch a := in.Action.(type) {
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
	case cdn.DescribeUserDomains:
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

// upToDate returns the state of now.
func (e *engine) upToDate() *snapshot {
	e.catchUp()
	return e.current.Load()
}

// aboutDomain returns the domain that an input is about, "" for none or all of them.
func aboutDomain(in account.Input) string {
	if r := in.About(); r.Type == "domain" {
		return r.ID
	}
	return ""
}
