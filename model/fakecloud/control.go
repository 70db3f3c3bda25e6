package fakecloud

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"net"
	"net/http"
	"net/netip"
	"strconv"
	"strings"

	"github.com/alicert/alicert/internal/bilingual"
	"github.com/alicert/alicert/internal/redact"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/account"
	"github.com/alicert/alicert/model/alb"
)

const controlPath = "/_/"

// control serves the paths below controlPath. It refuses requests from other machines and
// from pages of other sites.
func (c *Cloud) control(w http.ResponseWriter, r *http.Request) {
	header := w.Header()
	header.Set("Cache-Control", "no-store")
	header.Set("X-Content-Type-Options", "nosniff")
	if path := strings.TrimPrefix(r.URL.Path, controlPath); path == "healthz" && (r.Method == http.MethodGet || r.Method == http.MethodHead) {
		c.getHealth(w)
		return
	}
	if why := foreign(r); why != "" {
		respond(w, http.StatusForbidden, problem{"only this machine can use the control path: " + why})
		return
	}
	routes := map[string]func(http.ResponseWriter, *http.Request){
		"GET ":           c.getPage,
		"GET view":       c.getView,
		"GET list":       c.getList,
		"GET resource":   c.getResource,
		"GET timeline":   c.getTimeline,
		"GET row":        c.getRow,
		"GET explain":    c.getExplanation,
		"GET connect":    c.getConnect,
		"GET operations": c.getOperations,
		"GET seed":       c.getSeed,
		"GET gotest":     c.getGoTest,
		"GET live":       c.getLive,
		"GET state":      c.getState,
		"GET journal":    c.getJournal,
		"GET calls":      c.getCalls,
		"GET missing":    c.getMissing,
		"GET faults":     c.getFaults,
		"POST events":    c.postEvents,
		"POST faults":    c.postFault,
		"DELETE faults":  c.deleteFaults,
		"POST finish":    c.postFinish,
		"POST progress":  c.postProgress,
		"POST reset":     c.postReset,
		"POST undo":      c.postUndo,
	}
	serve, known := routes[r.Method+" "+strings.TrimPrefix(r.URL.Path, controlPath)]
	if !known {
		respond(w, http.StatusNotFound, problem{"the control path has no such method and path; the documentation of package fakecloud lists them"})
		return
	}
	if kind, _, _ := mime.ParseMediaType(r.Header.Get("Content-Type")); r.Method == http.MethodPost && kind != "application/json" {
		header.Set("Accept", "application/json")
		respond(w, http.StatusUnsupportedMediaType, problem{"a POST must have the header Content-Type: application/json"})
		return
	}
	serve(w, r)
}

// foreign returns the reason for refusing a request: it comes from another machine or
// from a page of another site. It returns "" for a request to accept. A page of another
// site cannot choose the Host header, cannot send JSON without permission, and cannot
// hide its origin. A proxy on this machine could forward requests of others, so the
// headers that proxies add are refused.
func foreign(r *http.Request) string {
	peer, err := netip.ParseAddrPort(r.RemoteAddr)
	if err != nil || !peer.Addr().Unmap().IsLoopback() {
		return "the request comes from another machine"
	}
	if !loopbackName(r.Host) {
		return "the header Host is neither localhost nor a loopback address"
	}
	for name := range r.Header {
		if addedByProxy(name) {
			return "the header " + http.CanonicalHeaderKey(strings.ReplaceAll(name, "_", "-")) + " shows that a proxy forwarded the request"
		}
	}
	for _, site := range r.Header.Values("Sec-Fetch-Site") {
		if site = strings.ToLower(site); site != "same-origin" && site != "none" {
			return "a page of another site sent the request (Sec-Fetch-Site: cross-site or same-site)"
		}
	}
	if origin := r.Header.Get("Origin"); origin != "" {
		if _, host, _ := strings.Cut(origin, "://"); host != r.Host {
			return "the header Origin names another site"
		}
	}
	return ""
}

// addedByProxy reports whether proxies add a header of this name to the requests that
// they forward.
func addedByProxy(name string) bool {
	name = strings.ReplaceAll(strings.ToLower(name), "_", "-")
	switch name {
	case "via", "forwarded", "forwarded-for", "client-ip", "x-host", "x-remote-addr", "x-remote-ip", "x-envoy-external-address", "cdn-loop", "max-forwards":
		return true
	}
	return strings.HasPrefix(name, "x-forwarded") || strings.HasPrefix(name, "x-original-") ||
		strings.HasSuffix(name, "-client-ip") || strings.HasSuffix(name, "-real-ip") || strings.HasSuffix(name, "-connecting-ip") || strings.HasSuffix(name, "user-ip")
}

func loopbackName(host string) bool {
	if name, _, err := net.SplitHostPort(host); err == nil {
		host = name
	}
	address, err := netip.ParseAddr(strings.Trim(host, "[]"))
	return err == nil && address.IsLoopback() || host == "localhost"
}

type problem struct {
	Error string `json:"error"`
}

func respond(w http.ResponseWriter, status int, v any) {
	data, err := json.Marshal(v)
	if err != nil {
		status, data = http.StatusInternalServerError, []byte(`{"error":"the answer cannot be encoded"}`)
	}
	w.Header().Set("Content-Type", "application/json")
	w.WriteHeader(status)
	_, _ = w.Write(append(data, '\n')) // nothing useful to do on a write error
}

// receive decodes the body into v. If it cannot, it sends the error and returns false.
func (c *Cloud) receive(w http.ResponseWriter, r *http.Request, v any) bool {
	data, err := io.ReadAll(http.MaxBytesReader(w, r.Body, int64(c.options.Limit)))
	if err == nil {
		err = strictly(data, v)
	}
	switch {
	case err != nil:
		respond(w, http.StatusBadRequest, problemOf(err))
	case redact.IsJSON(data):
		respond(w, http.StatusBadRequest, problem{"the body contains a private key or another secret"})
	default:
		return true
	}
	return false
}

// problemOf returns the message of an error. It withholds a message that may quote a
// secret.
func problemOf(err error) problem {
	if redact.Is(err.Error()) {
		return problem{"the body is not valid; the reason is withheld because it may quote a secret"}
	}
	return problem{redact.Printable(err.Error())}
}

// strictly decodes exactly one JSON value and refuses unknown members.
func strictly(data []byte, v any) error {
	d := json.NewDecoder(bytes.NewReader(data))
	d.DisallowUnknownFields()
	if err := d.Decode(v); err != nil {
		return err
	}
	if _, err := d.Token(); !errors.Is(err, io.EOF) {
		return bilingual.Fail("the text has more than one value", "内容中有多个值")
	}
	return nil
}

// getHealth answers that the cloud serves, or that it cannot write changes. It answers
// everyone, because the probe of a container may come from another machine.
func (c *Cloud) getHealth(w http.ResponseWriter) {
	if c.engine.trouble() != "" {
		respond(w, http.StatusServiceUnavailable, problem{"changes cannot be written to the data directory and are refused"})
		return
	}
	respond(w, http.StatusOK, struct {
		Status string `json:"status"`
	}{"ok"})
}

func (c *Cloud) getState(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	_ = writeState(w, c.State()) // nothing useful to do on a write error
}

func (c *Cloud) getJournal(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/jsonl")
	_, _ = c.Journal().WriteTo(w) // nothing useful to do on a write error
}

// getCalls encodes one call at a time, so that a slow reader needs the memory of one call
// only.
func (c *Cloud) getCalls(w http.ResponseWriter, _ *http.Request) {
	w.Header().Set("Content-Type", "application/json")
	separator := "["
	for call := range c.calls.each {
		data, err := json.Marshal(call)
		if err == nil {
			_, err = w.Write(append([]byte(separator), data...))
		}
		if err != nil {
			return // nothing useful to do on a write error
		}
		separator = ","
	}
	_, _ = io.WriteString(w, strings.TrimSuffix(separator, ",")+"]\n") // as above
}

func (c *Cloud) getMissing(w http.ResponseWriter, _ *http.Request) {
	respond(w, http.StatusOK, append([]Missing{}, c.Missing()...))
}

func (c *Cloud) getFaults(w http.ResponseWriter, _ *http.Request) {
	respond(w, http.StatusOK, append([]Fault{}, c.Faults()...))
}

func (c *Cloud) postEvents(w http.ResponseWriter, r *http.Request) {
	var body json.RawMessage
	if !c.receive(w, r, &body) {
		return
	}
	var events []account.Input
	if !bytes.HasPrefix(body, []byte("[")) {
		body = append(append([]byte("["), body...), ']')
	}
	if err := json.Unmarshal(body, &events); err != nil {
		respond(w, http.StatusBadRequest, problemOf(err))
		return
	}
	for _, e := range events {
		if e.Kind() != model.Event || e.Action == nil {
			respond(w, http.StatusBadRequest, problem{"only events of the model are accepted; send requests and reads through the API operations"})
			return
		}
	}
	if name := dropped(body, events); name != "" {
		respond(w, http.StatusBadRequest, problemOf(fmt.Errorf("an event has an unknown member %q", name)))
		return
	}
	outputs := make([]model.Output, 0, len(events))
	for i, e := range events {
		if failed, is := e.Action.(alb.JobFailed); is { // the page sends no code
			e = jobFailure{failed.Code, failed.Message}.event(failed.Job)
		}
		output, absent, err := c.apply(r.Context(), e)
		if err != nil {
			respond(w, http.StatusInternalServerError, problemOf(err))
			return
		}
		if absent != "" {
			if len(events) > 1 {
				absent = fmt.Sprintf("event %d of %d: %s; the events before it were applied", i+1, len(events), absent)
			}
			respond(w, http.StatusNotFound, problemOf(errors.New(absent)))
			return
		}
		outputs = append(outputs, output)
	}
	respond(w, http.StatusOK, outputs)
}

// dropped returns the name of a member of an array of events that is not in what was
// decoded from it, or "" if there is none. Members that are empty do not count.
func dropped(text json.RawMessage, decoded []account.Input) string {
	var given, kept []map[string]any
	again, err := json.Marshal(decoded)
	if err != nil || json.Unmarshal(text, &given) != nil || json.Unmarshal(again, &kept) != nil || len(given) != len(kept) {
		return "" // the text was decoded before
	}
	for i := range given {
		for machine, event := range given[i] {
			if _, is := kept[i][strings.ToLower(machine)]; !is && len(given[i]) > 1 && !isEmpty(event) {
				return machine
			}
			for _, keptEvent := range kept[i] { // one, whose machine is another if that takes the event, too
				if name := droppedFrom(event, keptEvent); name != "" && !isEmpty(event) {
					return name
				}
			}
		}
	}
	return ""
}

// droppedFrom is dropped for the content of an event.
func droppedFrom(given, kept any) string {
	switch given := given.(type) {
	case map[string]any:
		members := map[string]any{} // package json ignores the case of names
		if object, is := kept.(map[string]any); is {
			for name, value := range object {
				members[strings.ToLower(name)] = value
			}
		}
		for name, value := range given {
			keptValue, is := members[strings.ToLower(name)]
			if !is && !isEmpty(value) {
				return name
			}
			if name := droppedFrom(value, keptValue); name != "" {
				return name
			}
		}
	case []any:
		list, _ := kept.([]any)
		for i := range min(len(given), len(list)) {
			if name := droppedFrom(given[i], list[i]); name != "" {
				return name
			}
		}
	}
	return ""
}

// isEmpty reports whether a decoded JSON value may be omitted when it is encoded.
func isEmpty(v any) bool {
	switch v := v.(type) {
	case map[string]any:
		for _, member := range v {
			if !isEmpty(member) {
				return false
			}
		}
		return true
	case []any:
		return len(v) == 0
	default:
		return v == nil || v == false || v == 0.0 || v == ""
	}
}

// apply applies an event. If the event did not apply, absent names what is missing in the
// state, or is "" if nothing is.
func (c *Cloud) apply(ctx context.Context, e account.Input) (output model.Output, absent string, err error) {
	if err := ctx.Err(); err != nil {
		return model.Output{}, "", err
	}
	r, err := c.engine.do(e, nil)
	if err == nil && r.output.Ignored {
		absent = absentFor(&r.snapshot.state, e).EN
	}
	return r.output, absent, err
}

func (c *Cloud) postFault(w http.ResponseWriter, r *http.Request) {
	var f Fault
	if !c.receive(w, r, &f) {
		return
	}
	if err := c.Inject(f); err != nil {
		respond(w, http.StatusBadRequest, problemOf(err))
		return
	}
	c.getFaults(w, r)
}

func (c *Cloud) deleteFaults(w http.ResponseWriter, r *http.Request) {
	if id := r.URL.Query().Get("id"); id == "" {
		c.ClearFaults()
	} else if number, err := strconv.Atoi(id); err != nil || !c.script.remove(number) {
		respond(w, http.StatusNotFound, problem{"there is no fault with this id"})
		return
	}
	c.engine.inputs.Add(1)
	c.getFaults(w, r)
}

// finishRequest ends a pending change.
type finishRequest struct {
	Name    string `json:"name"`              // of a domain, a listener or a job
	Fail    bool   `json:"fail,omitempty"`    // the job fails
	Code    string `json:"code,omitempty"`    // why it fails
	Message string `json:"message,omitempty"` // why it fails
}

func (c *Cloud) postFinish(w http.ResponseWriter, r *http.Request) {
	var f finishRequest
	if !c.receive(w, r, &f) {
		return
	}
	err := error(nil)
	if f.Fail {
		err = c.FailJob(f.Name, f.Code, f.Message)
	} else {
		err = c.Finish(f.Name)
	}
	if err != nil {
		respond(w, http.StatusConflict, problemOf(err))
		return
	}
	respond(w, http.StatusOK, struct{}{})
}

// postProgress changes when rollouts and jobs end.
func (c *Cloud) postProgress(w http.ResponseWriter, r *http.Request) {
	var body struct {
		Progress string `json:"progress"` // for ParseProgress
	}
	if !c.receive(w, r, &body) {
		return
	}
	p, err := ParseProgress(body.Progress)
	if err != nil {
		respond(w, http.StatusBadRequest, problemOf(err))
		return
	}
	c.SetProgress(p)
	body.Progress = c.Progress().String()
	respond(w, http.StatusOK, body)
}

func (c *Cloud) postReset(w http.ResponseWriter, _ *http.Request) {
	before := c.past()
	switch err := c.Reset(); {
	case errors.Is(err, errOneTrace):
		respond(w, http.StatusConflict, problemOf(err))
	case err != nil:
		respond(w, http.StatusInternalServerError, problemOf(err))
	default:
		c.rememberForUndo(before)
		respond(w, http.StatusOK, struct{}{})
	}
}
