package gateway

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"net/http"
	"net/url"
	"strconv"

	"github.com/alicert/alicert/internal/redact"
)

// Answer is the answer to a request: one object.
type Answer struct {
	Status    int
	RequestID string
	Root      string // name of the root element in XML
	Body      any    // pointer to a struct whose JSON and XML are those of the service
}

// Success returns the answer to a successful call of an operation.
func Success(action, requestID string, body any) Answer {
	return Answer{http.StatusOK, requestID, action + "Response", body}
}

// Refusal returns an error answer. product is the product in the Recommend link.
func Refusal(r *Request, product, requestID string, f *Failure) Answer {
	host := r.Host
	if r.Hides(host) {
		host = redact.Length(host)
	}
	recommend := ""
	if f.Code != NotImplemented {
		recommend = "https://api.aliyun.com/troubleshoot?q=" + url.QueryEscape(f.Code) + "&product=" + product + "&requestId=" + requestID
	}
	return Answer{f.Status, requestID, "Error", &refusal{requestID, redact.Lines(host), f.Code, f.Message, recommend}}
}

type refusal struct {
	RequestID string `json:"RequestId" xml:"RequestId"`
	HostID    string `json:"HostId" xml:"HostId"`
	Code      string
	Message   string
	Recommend string `json:",omitempty" xml:",omitempty"`
}

// Write sends an answer in the format that the request asks for.
func (r *Request) Write(w http.ResponseWriter, a Answer) {
	var body bytes.Buffer
	contentType := "application/json;charset=utf-8"
	if r.XML() {
		contentType = "text/xml;charset=utf-8"
		body.WriteString("<?xml version='1.0' encoding='UTF-8'?>")
		_ = xml.NewEncoder(&body).EncodeElement(a.Body, xml.StartElement{Name: xml.Name{Local: a.Root}}) // answers always encode
	} else {
		object, _ := json.Marshal(a.Body)
		body.Write(object)
	}
	header := w.Header()
	header["Content-Type"] = []string{contentType}
	header["Content-Length"] = []string{strconv.Itoa(body.Len())}
	header["X-Acs-Request-Id"] = []string{a.RequestID}
	w.WriteHeader(a.Status)
	if r.Method != http.MethodHead {
		_, _ = w.Write(body.Bytes()) // nothing useful to do on a write error
	}
}
