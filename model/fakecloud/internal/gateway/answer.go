package gateway

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"github.com/alicert/alicert/internal/redact"
)

// Answer is what a client gets: one object.
type Answer struct {
	Status    int
	RequestID string
	Root      string // name of the root element, in XML
	Object    []byte // JSON
}

// Success answers a call of an operation. further is a JSON object of the members
// that follow the RequestId and the JobId, "" if there are none.
func Success(action, requestID, jobID, further string) Answer {
	object := append([]byte(`{"RequestId":`), quoted(requestID)...)
	if jobID != "" {
		object = append(append(object, `,"JobId":`...), quoted(jobID)...)
	}
	if inside := strings.TrimSuffix(strings.TrimPrefix(further, "{"), "}"); inside != "" {
		object = append(append(object, ','), inside...)
	}
	return Answer{http.StatusOK, requestID, action + "Response", append(object, '}')}
}

// Refusal answers with an error. product is the one that Recommend points to.
func Refusal(r *Request, product, requestID string, f *Failure) Answer {
	host := r.Host
	if r.Hides(host) {
		host = redact.Length(host)
	}
	recommend := ""
	if f.Code != NotImplemented {
		recommend = "https://api.aliyun.com/troubleshoot?q=" + url.QueryEscape(f.Code) + "&product=" + product + "&requestId=" + requestID
	}
	object, _ := json.Marshal(refusal{requestID, redact.Lines(host), f.Code, f.Message, recommend}) // texts can always be encoded
	return Answer{f.Status, requestID, "Error", object}
}

type refusal struct {
	RequestID string `json:"RequestId"`
	HostID    string `json:"HostId"`
	Code      string
	Message   string
	Recommend string `json:",omitempty"`
}

// quoted returns a text as JSON.
func quoted(text string) []byte {
	data, _ := json.Marshal(text) // a text can always be encoded
	return data
}

// Write writes an answer in the form that the request asked for.
func (r *Request) Write(w http.ResponseWriter, a Answer) {
	body, contentType := a.Object, "application/json;charset=utf-8"
	if r.XML() {
		body, contentType = asXML(a.Root, a.Object), "text/xml;charset=utf-8"
	}
	header := w.Header()
	header["Content-Type"] = []string{contentType}
	header["Content-Length"] = []string{strconv.Itoa(len(body))}
	header["X-Acs-Request-Id"] = []string{a.RequestID}
	w.WriteHeader(a.Status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(body) // the client is gone: nobody is left to be told
	}
}
