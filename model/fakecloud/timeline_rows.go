package fakecloud

import (
	"net/http"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/fakecloud/internal/gateway"
)

// timelineView is a part of the timeline, newest first.
type timelineView struct {
	Rows   []timelineRow `json:"rows"`
	Before int           `json:"before,omitempty"` // the next page has the rows before this number; 0 if there are none
}

// timelineRow is one row: a call, a change without a call, or all events of a seed.
type timelineRow struct {
	Number    int          `json:"number"`
	Kind      rowKind      `json:"kind"`
	Time      time.Time    `json:"time"`
	Client    string       `json:"client,omitempty"`
	Operation string       `json:"operation"`
	Target    string       `json:"target,omitempty"` // the id of a resource
	Outcome   outcome      `json:"outcome"`
	Status    int          `json:"status,omitempty"`
	Code      string       `json:"code,omitempty"`
	Text      string       `json:"text,omitempty"` // what happened, for a change
	Took      string       `json:"took,omitempty"` // how long the change took that ended here, in seconds
	Count     int          `json:"count,omitempty"`
	Why       *why         `json:"why,omitempty"`
	Changes   []changeView `json:"changes,omitempty"`
}

type rowKind string

const (
	callRow   rowKind = "call"
	changeRow rowKind = "change"
	seedRow   rowKind = "seed"
)

// outcome is the word that a row ends with.
type outcome string

const (
	succeeded outcome = "ok"
	refused   outcome = "refused"
	unknownOp outcome = "unknown" // the operation is unknown to the fake
	faulty    outcome = "fault"   // a scripted fault decided
	ignored   outcome = "ignored"
)

// changeView is a change in words.
type changeView struct {
	Target      string `json:"target"`
	From        string `json:"from,omitempty"`
	To          string `json:"to,omitempty"`
	Certificate string `json:"certificate,omitempty"`
}

// timelineQuery selects rows.
type timelineQuery struct {
	lang              errcodes.Lang
	before, limit     int
	target, operation string // parts of the names
	refused, unknown  bool
}

// maxRows is the largest number of rows in one answer.
const maxRows = 200

func timelineQueryOf(r *http.Request) timelineQuery {
	q := r.URL.Query()
	number := func(name string) int {
		n, _ := strconv.Atoi(q.Get(name)) // 0 if it is absent or malformed
		return max(n, 0)
	}
	limit := min(number("limit"), maxRows)
	if limit == 0 {
		limit = 50
	}
	return timelineQuery{
		languageOf(r), number("before"), limit,
		strings.ToLower(strings.TrimSpace(q.Get("target"))), strings.ToLower(strings.TrimSpace(q.Get("operation"))), q.Has("refused"), q.Has("unknown"),
	}
}

func (c *Cloud) getTimeline(w http.ResponseWriter, r *http.Request) {
	c.engine.catchUp()
	respond(w, http.StatusOK, c.timelineRows(timelineQueryOf(r)))
}

func (c *Cloud) timelineRows(q timelineQuery) timelineView {
	v := timelineView{Rows: []timelineRow{}}
	for m := range c.engine.timeline.newest(q.before) {
		if m.seeded && len(v.Rows) > 0 && v.Rows[len(v.Rows)-1].Kind == seedRow { // folded into the row above
			last := &v.Rows[len(v.Rows)-1]
			last.Count++
			last.Number, last.Time = m.number, m.time()
			continue
		}
		if !q.selects(&m) {
			continue
		}
		if len(v.Rows) == q.limit {
			v.Before = v.Rows[q.limit-1].Number
			break
		}
		v.Rows = append(v.Rows, m.row(q.lang))
	}
	return v
}

// selects reports whether a row passes the filters.
func (q *timelineQuery) selects(m *moment) bool {
	decided := m.outcome()
	switch {
	case m.seeded:
		return q.target == "" && q.operation == "" && !q.refused && !q.unknown
	case q.refused && (m.call == nil && m.event() || decided == succeeded || decided == ignored), q.unknown && decided != unknownOp:
		return false
	}
	return strings.Contains(strings.ToLower(m.operation()), q.operation) && (q.target == "" || slices.ContainsFunc(m.targets(), func(t string) bool {
		return strings.Contains(strings.ToLower(t), q.target)
	}))
}

// event reports whether the record is one of an event.
func (m *moment) event() bool { return m.record != nil && m.record.item.Input.Kind() == model.Event }

func (m *moment) time() time.Time {
	if m.call != nil {
		return m.call.Time
	}
	return time.UnixMilli(m.record.item.Input.At)
}

// operation returns the operation of a call, or the name of an event.
func (m *moment) operation() string {
	if m.call != nil {
		return m.call.Action
	}
	return m.record.item.Input.Name()
}

func (m *moment) outcome() outcome {
	switch {
	case m.call == nil && m.record.item.Output.Ignored:
		return ignored
	case m.call == nil && !m.record.item.Output.OK():
		return refused
	case m.call == nil:
		return succeeded
	case !m.call.Fault && m.call.Values != nil && (m.call.Code == gateway.NotImplemented || m.call.Code == gateway.ActionUnknown.Code):
		return unknownOp
	case m.call.Fault && (m.call.Drop != "" || m.call.Code != "" && m.record == nil):
		return faulty
	case m.call.Code != "":
		return refused
	default:
		return succeeded
	}
}

// targetParameters are the parameters that name the resource of a call that did not reach
// the model.
var targetParameters = []string{"DomainName", "ListenerId", "LoadBalancerId", "DomainExtensionId", "ServerCertificateId", "SiteId", "CertName", "Name", "CertId"}

// target returns the id of the resource that the moment is about.
func (m *moment) target() string {
	if m.record != nil {
		in, out := m.record.item.Input, m.record.item.Output
		switch about := in.About(); {
		case about.Type == "job":
			return m.listenerOf(about.ID)
		case about.ID != "":
			return about.ID
		case out.Target != "" && about.Type != "" && strings.HasPrefix(out.Target, about.Type+" "):
			return strings.TrimPrefix(out.Target, about.Type+" ")
		}
	}
	if m.call != nil {
		for _, name := range targetParameters {
			if value := m.call.Values.Get(name); value != "" && value != redacted {
				return brief(value)
			}
		}
	}
	if len(m.changes) == 1 {
		return m.changes[0].resource.ID
	}
	return ""
}

// listenerOf returns the listener that a job changes, or the id of the job if that is not
// known.
func (m *moment) listenerOf(job string) string {
	if j, found := m.record.after.state.ALB.Jobs.Get(job); found {
		return j.Listener
	}
	return job
}

// targets returns the ids of all resources that the moment is about or changed.
func (m *moment) targets() []string {
	ids := []string{m.target()}
	for _, c := range m.changes {
		ids = append(ids, c.resource.ID)
		if c.certificate != "" {
			ids = append(ids, c.certificate)
		}
	}
	return ids
}

// shownChanges is how many changes of one record a row shows.
const shownChanges = 5

// row returns the moment as a row of the page.
func (m *moment) row(lang errcodes.Lang) timelineRow {
	row := timelineRow{Number: m.number, Kind: callRow, Time: m.time(), Operation: m.operation(), Target: m.target(), Outcome: m.outcome()}
	if m.call != nil {
		row.Client, row.Status, row.Code = m.call.Client, m.call.Status, m.call.Code
	} else if e := m.record.item.Output.Error; e.Code != "" {
		row.Status, row.Code = e.Status, string(e.Code)
	}
	switch {
	case m.seeded:
		row.Kind, row.Count, row.Target = seedRow, 1, ""
		return row
	case m.event() && m.call == nil:
		row.Kind, row.Text = changeRow, text(lang, "event."+row.Operation)
		row.Took = m.took()
		if failed, is := m.record.item.Input.Action.(alb.JobFailed); is {
			row.Code = failed.Code
		}
	}
	if row.Outcome != succeeded && row.Outcome != ignored {
		row.Why = m.why(lang)
	}
	for _, c := range m.changes[:min(len(m.changes), shownChanges)] {
		row.Changes = append(row.Changes, changeView{c.resource.ID, classText(lang, c.from), classText(lang, c.to), c.certificate})
	}
	return row
}

// took returns the seconds that the change took which the record ended, or "".
func (m *moment) took() string {
	if m.record.began == 0 || m.record.item.Input.At < m.record.began {
		return ""
	}
	return strconv.FormatFloat(float64(m.record.item.Input.At-m.record.began)/1000, 'f', 1, 64)
}
