package fakecloud

import (
	"net/http"
	"net/url"
	"strconv"
)

// detail is what a row of the timeline shows when it is opened.
type detail struct {
	Number      int          `json:"number"`
	RequestID   string       `json:"requestId,omitempty"`
	Host        string       `json:"host,omitempty"`
	Parameters  url.Values   `json:"parameters,omitempty"` // without secrets
	Input       any          `json:"input,omitempty"`      // of an input that was no call
	Answer      any          `json:"answer,omitempty"`
	Differences []difference `json:"differences"`
	Curl        string       `json:"curl,omitempty"`
	Unsigned    bool         `json:"unsigned"` // the cloud accepts calls without a signature
}

// getRow answers with the details of a row.
func (c *Cloud) getRow(w http.ResponseWriter, r *http.Request) {
	number, err := strconv.Atoi(r.URL.Query().Get("number"))
	m, found := c.engine.timeline.get(number)
	if err != nil || !found {
		respond(w, http.StatusNotFound, problem{"the timeline has no row of this number; old rows are dropped"})
		return
	}
	d := detail{Number: m.number, Differences: []difference{}, Unsigned: c.options.NoAuth}
	if m.record != nil {
		d.Answer, d.Differences = m.record.item.Output, differencesOf(m.record)
	}
	if m.call == nil {
		d.Input = m.record.item.Input
	} else {
		d.RequestID, d.Host, d.Parameters = m.call.RequestID, m.call.Host, m.call.Values
		if m.call.Values != nil {
			d.Curl = m.call.curl(baseOf(r))
		}
		if m.call.Code != "" && (m.record == nil || m.record.item.Output.Error.Code == "") {
			d.Answer = struct {
				Status  int    `json:"status"`
				Code    string `json:"code"`
				Message string `json:"message"`
			}{m.call.Status, m.call.Code, m.call.message}
		}
	}
	respond(w, http.StatusOK, d)
}

// baseOf returns the address that a request of the page was sent to.
func baseOf(r *http.Request) string {
	if r.TLS != nil {
		return "https://" + r.Host
	}
	return "http://" + r.Host
}

// get returns the moment of a number.
func (t *timeline) get(number int) (moment, bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	if m := t.at(number); m != nil {
		return m.settled()
	}
	return moment{}, false
}
