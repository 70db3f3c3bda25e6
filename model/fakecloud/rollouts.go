package fakecloud

import (
	"cmp"
	"container/heap"
	"math"
	"slices"
	"strings"
	"time"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/account"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/model/internal/reply"
)

// rollout is a pending change: the configuration of a domain, or a job.
type rollout struct {
	domain, job string        // exactly one is set
	polls       int           // answers until it ends, for byPolls
	ends        time.Duration // on the clock elapsed, for byTime
	number      int           // order of the starts, for byTime
	failure     *jobFailure   // why the job fails; nil if it succeeds
	began       int64         // in Unix milliseconds, 0 if that is not known
}

// jobFailure is the ErrorCode and ErrorMessage of a job that fails.
type jobFailure struct{ code, message string }

// event returns the event that ends a job. A job without a code fails with that of the
// gateway for an unknown error.
func (f jobFailure) event(job string) account.Input {
	if f.code == "" {
		f = jobFailure{internalError.Code, cmp.Or(f.message, internalError.Message)}
	}
	return account.Input{Action: alb.JobFailed{Job: job, Code: f.code, Message: f.message}}
}

// rollouts tracks pending changes that the engine completes.
type rollouts struct {
	byDomain, byJob map[string]*rollout
	inTime          byEnd
	begins          int // counts the starts, for byTime
}

// findRollouts collects the pending changes of a snapshot. since returns the age of a
// change from its time.
func (e *engine) findRollouts(m *snapshot, since func(at int64) time.Duration) {
	e.rollouts = rollouts{byDomain: map[string]*rollout{}, byJob: map[string]*rollout{}}
	e.due.Store(never)
	e.findNewRollouts(m, since)
}

// findNewRollouts adds the pending changes of a snapshot that are not tracked yet.
func (e *engine) findNewRollouts(m *snapshot, since func(at int64) time.Duration) {
	for name, d := range m.state.CDN.Domains.All() {
		if d.Configuring && e.byDomain[name] == nil {
			e.start(&rollout{domain: name, began: d.Changed}, since(d.Changed))
		}
	}
	for id, j := range m.state.ALB.Jobs.All() {
		if j.Status == alb.Processing && e.byJob[id] == nil {
			e.start(&rollout{job: id, began: j.Created}, since(j.Created))
		}
	}
}

// trackRollout records the changes that an input started or ended between two snapshots.
func (e *engine) trackRollout(in account.Input, before, after *snapshot, failure *jobFailure) {
	switch name := aboutDomain(in); {
	case name != "":
		e.trackDomain(name, in.At, after)
	case in.About().Type == "domain" && in.Kind() == model.Request: // of several domains
		for c := range before.state.CDN.Domains.Diff(after.state.CDN.Domains) {
			e.trackDomain(c.Key, in.At, after)
		}
	}
	for c := range before.state.ALB.Jobs.Diff(after.state.ALB.Jobs) {
		e.trackJob(c.Key, in.At, after, failure)
	}
}

func (e *engine) trackDomain(name string, at int64, m *snapshot) {
	d, _ := m.state.CDN.Domains.Get(name)
	switch going := e.byDomain[name]; {
	case d.Configuring && going == nil:
		e.start(&rollout{domain: name, began: at}, 0)
	case !d.Configuring:
		delete(e.byDomain, name)
	}
}

func (e *engine) trackJob(id string, at int64, m *snapshot, failure *jobFailure) {
	j, _ := m.state.ALB.Jobs.Get(id)
	switch going := e.byJob[id]; {
	case j.Status == alb.Processing && going == nil:
		e.start(&rollout{job: id, failure: failure, began: at}, 0)
	case j.Status != alb.Processing:
		delete(e.byJob, id)
	}
}

// began returns when the change began that an input may end, or 0 if it ends none.
func (e *engine) began(in account.Input) int64 {
	var r *rollout
	switch a := in.Action.(type) {
	case cdn.ConfigurationFinished:
		r = e.byDomain[a.Domain]
	case alb.JobFinished:
		r = e.byJob[a.Job]
	case alb.JobFailed:
		r = e.byJob[a.Job]
	}
	if r == nil {
		return 0
	}
	return r.began
}

// startsNow gives every pending change the age 0.
func startsNow(int64) time.Duration { return 0 }

// sinceWall returns the age of a time in Unix milliseconds by the wall clock. The age is
// never negative, because the clock may have been set back. It is 0 for an unknown time,
// which is 0.
func (e *engine) sinceWall(at int64) time.Duration {
	if at == 0 {
		return 0
	}
	return max(0, e.now().Sub(time.UnixMilli(at)))
}

// start tracks a rollout that began some time ago.
func (e *engine) start(r *rollout, ago time.Duration) {
	if e.progress.is(byTime) {
		left := max(0, e.progress.after-ago)
		if r.ends = e.elapsed() + left; r.ends < left { // the sum overflowed
			r.ends = never
		}
		r.number = e.begins
		e.begins++
		heap.Push(&e.inTime, r)
		e.due.Store(int64(e.inTime[0].ends))
	}
	r.polls = e.progress.polls
	if r.domain != "" {
		e.byDomain[r.domain] = r
	} else {
		e.byJob[r.job] = r
	}
	if e.progress.is(byPolls) && r.polls == 0 {
		e.end(r)
	}
}

// end applies the event that ends a rollout, unless the rollout has already ended.
func (e *engine) end(r *rollout) {
	switch {
	case r.domain != "" && e.byDomain[r.domain] == r:
		e.advance(account.Input{Action: cdn.ConfigurationFinished{Domain: r.domain}}, nil)
		delete(e.byDomain, r.domain)
	case r.job != "" && e.byJob[r.job] == r:
		if r.failure != nil {
			e.advance(r.failure.event(r.job), nil)
		} else {
			e.advance(account.Input{Action: alb.JobFinished{Job: r.job}}, nil)
		}
		delete(e.byJob, r.job)
	}
}

// catchUp ends the rollouts whose time has come.
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

// never is a time that no clock reaches.
const never = math.MaxInt64

// byEnd is a heap of rollouts with the earliest end on top. For equal ends the earliest
// start is first.
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

// observe counts an answer that shows pending changes: a read or a refusal.
func (e *engine) observe(in account.Input, out model.Output) {
	if !e.progress.is(byPolls) || len(e.byDomain) == 0 && len(e.byJob) == 0 {
		return
	}
	for _, r := range e.shown(in, out) {
		if r.polls--; r.polls <= 0 {
			e.end(r)
		}
	}
}

// shown returns the pending changes that an answer shows: those of the domain, listener
// or job that it is about, or those of the items on the page of a list.
func (e *engine) shown(in account.Input, out model.Output) []*rollout {
	about := in.About()
	switch out.Error.Condition {
	case 0:
		if in.Kind() != model.Read {
			return nil
		}
	case errcodes.CondDomainConfiguring, errcodes.CondListenerConfiguring:
		if about.ID == "" { // of several domains, the one that decided
			about.ID = strings.TrimPrefix(out.Target, about.Type+" ")
		}
		return e.pendingIn(about.Type, about.ID)
	case errcodes.CondListenerNotRunning:
		if l, _ := e.current.Load().state.ALB.Listeners.Get(about.ID); l.Status != alb.Provisioning {
			return nil
		}
		return e.pendingIn(about.Type, about.ID)
	default: // the refusal has another reason
		return nil
	}
	list, isList := out.Body.(reply.List)
	if !isList {
		return e.pendingIn(about.Type, about.ID)
	}
	if about.Type == "listener" && about.ID != "" {
		return e.pendingCertificates(about.ID, list.Shown())
	}
	found := e.pendingIn(about.Type, list.Shown()...)
	slices.SortFunc(found, inOrder) // equal inputs must give equal journals
	return found
}

// pendingIn returns the pending changes of domains, listeners or jobs.
func (e *engine) pendingIn(kind string, ids ...string) []*rollout {
	var found []*rollout
	for _, id := range ids {
		var r *rollout
		switch kind {
		case "domain":
			r = e.byDomain[id]
		case "listener":
			l, _ := e.current.Load().state.ALB.Listeners.Get(id)
			r = e.byJob[l.Job]
		case "job":
			r = e.byJob[id]
		}
		if r != nil {
			found = append(found, r)
		}
	}
	return found
}

// pendingCertificates returns the pending change of a listener if it changes one of the
// certificates. A change of the default certificate shows at the present one.
func (e *engine) pendingCertificates(listener string, certificates []string) []*rollout {
	s := &e.current.Load().state.ALB
	l, _ := s.Listeners.Get(listener)
	j, _ := s.Jobs.Get(l.Job)
	if l.Job == "" {
		return nil
	}
	shows := j.Default != "" && slices.Contains(certificates, l.Default)
	for _, a := range s.Additional(listener) {
		shows = shows || a.Job == l.Job && slices.Contains(certificates, a.Certificate)
	}
	if !shows {
		return nil
	}
	return e.pendingIn("job", l.Job)
}

func inOrder(a, b *rollout) int {
	return slices.Compare([]string{a.domain, a.job}, []string{b.domain, b.job})
}

// upToDate returns the current snapshot after catchUp.
func (e *engine) upToDate() *snapshot {
	e.catchUp()
	return e.current.Load()
}

// aboutDomain returns the domain of an input, or "" if the input has none or is about all
// domains.
func aboutDomain(in account.Input) string {
	if r := in.About(); r.Type == "domain" {
		return r.ID
	}
	return ""
}
