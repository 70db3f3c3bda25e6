package gateway

import (
	"encoding/json"
	"encoding/xml"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"testing"
)

// checkAnswer decodes an answer as a client does.
func checkAnswer(t *testing.T, resp *http.Response, head bool) (body string) {
	t.Helper()
	data, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	if length := resp.Header.Get("Content-Length"); !head && length != strconv.Itoa(len(data)) {
		t.Errorf("Content-Length %s of %d bytes", length, len(data))
	}
	var decoded any
	switch contentType := resp.Header.Get("Content-Type"); {
	case head:
		if len(data) > 0 {
			t.Errorf("a HEAD request is answered with %q", data)
		}
	case contentType == "application/json;charset=utf-8":
		err = json.Unmarshal(data, &decoded)
	case contentType == "text/xml;charset=utf-8":
		var element struct {
			XMLName xml.Name
			Inner   string `xml:",innerxml"`
		}
		err = xml.Unmarshal(data, &element)
	default:
		t.Errorf("Content-Type %q", contentType)
	}
	if err != nil {
		t.Errorf("%v in %s", err, data)
	}
	return string(data)
}

// TestAnswers compares answers byte by byte.
func TestAnswers(t *testing.T) {
	read := func(query string) *Request {
		r, failure := Read(httptest.NewRequest("GET", "http://alb.cn-hangzhou.aliyuncs.com:8080/?"+query, nil), DefaultLimit)
		if failure != nil {
			t.Fatal(failure)
		}
		return r
	}
	type (
		certificate struct {
			CertificateID string `json:"CertificateId" xml:"CertificateId"`
			IsDefault     bool
		}
		answer struct {
			RequestID    string        `json:"RequestId" xml:"RequestId"`
			JobID        string        `json:"JobId,omitempty" xml:"JobId,omitempty"`
			Certificates []certificate `json:",omitempty"`
			None         []certificate `json:",omitempty"`
			Nothing      *string       `json:",omitempty" xml:",omitempty"`
			TotalCount   int           `json:",omitempty" xml:",omitempty"`
		}
	)
	list := answer{RequestID: "R-1", Certificates: []certificate{{"1-a", true}, {"2-b", false}}, None: []certificate{}, TotalCount: 2}
	refusal := Refusal(read(""), "Alb", "R-1", &Failure{400, "IncorrectStatus.Listener", `The status of <lsn> & "co" [Configuring] is incorrect.`})
	tests := []struct {
		name, query string
		answer      Answer
		status      int
		want        string
	}{
		{"CDN", "Format=json", Success("SetDomainServerCertificate", "R-1", &answer{RequestID: "R-1"}), 200, `{"RequestId":"R-1"}`},
		{"ALB", "Format=JSON", Success("A", "R-1", &answer{RequestID: "R-1", JobID: "J-1"}), 200, `{"RequestId":"R-1","JobId":"J-1"}`},
		{"a read", "Format=JSON", Success("A", "R-1", &answer{RequestID: "R-1", TotalCount: 2}), 200, `{"RequestId":"R-1","TotalCount":2}`},
		{
			"CDN, XML", "Format=XML", Success("SetDomainServerCertificate", "R-1", &answer{RequestID: "R-1"}), 200,
			`<?xml version='1.0' encoding='UTF-8'?><SetDomainServerCertificateResponse><RequestId>R-1</RequestId></SetDomainServerCertificateResponse>`,
		},
		{
			"a list, XML", "Format=xml", Success("ListListenerCertificates", "R-1", &list), 200,
			`<?xml version='1.0' encoding='UTF-8'?><ListListenerCertificatesResponse><RequestId>R-1</RequestId>` +
				`<Certificates><CertificateId>1-a</CertificateId><IsDefault>true</IsDefault></Certificates>` +
				`<Certificates><CertificateId>2-b</CertificateId><IsDefault>false</IsDefault></Certificates>` +
				`<TotalCount>2</TotalCount></ListListenerCertificatesResponse>`,
		},
		{
			"refused", "Format=JSON", refusal, 400,
			`{"RequestId":"R-1","HostId":"alb.cn-hangzhou.aliyuncs.com","Code":"IncorrectStatus.Listener",` +
				`"Message":"The status of \u003clsn\u003e \u0026 \"co\" [Configuring] is incorrect.",` +
				`"Recommend":"https://api.aliyun.com/troubleshoot?q=IncorrectStatus.Listener\u0026product=Alb\u0026requestId=R-1"}`,
		},
		{
			"refused, without Format", "", refusal, 400,
			`<?xml version='1.0' encoding='UTF-8'?><Error><RequestId>R-1</RequestId><HostId>alb.cn-hangzhou.aliyuncs.com</HostId>` +
				`<Code>IncorrectStatus.Listener</Code><Message>The status of &lt;lsn&gt; &amp; &#34;co&#34; [Configuring] is incorrect.</Message>` +
				`<Recommend>https://api.aliyun.com/troubleshoot?q=IncorrectStatus.Listener&amp;product=Alb&amp;requestId=R-1</Recommend></Error>`,
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := httptest.NewRecorder()
			read(test.query).Write(w, test.answer)
			if got := checkAnswer(t, w.Result(), false); got != test.want || w.Code != test.status {
				t.Errorf("%d\n got %s\nwant %s", w.Code, got, test.want)
			}
			if id := w.Header().Get("X-Acs-Request-Id"); id != "R-1" {
				t.Errorf("X-Acs-Request-Id %q", id)
			}
		})
	}
}
