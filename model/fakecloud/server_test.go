package fakecloud_test

import (
	"bufio"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/alicert/alicert/model/fakecloud"
)

// raw sends bytes to a server, closes the sending side and reads the answer.
func raw(t *testing.T, cloud *fakecloud.Running, text string) (*http.Response, string) {
	t.Helper()
	conn, err := net.Dial("tcp", cloud.Host())
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	_ = conn.SetDeadline(time.Now().Add(5 * time.Second))
	if _, err := io.WriteString(conn, text); err != nil {
		t.Fatal(err)
	}
	if err := conn.(*net.TCPConn).CloseWrite(); err != nil {
		t.Fatal(err)
	}
	resp, err := http.ReadResponse(bufio.NewReader(conn), &http.Request{Method: strings.SplitN(text, " ", 2)[0]})
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(resp.Body)
	if err != nil {
		t.Fatal(err)
	}
	return resp, string(body)
}

// TestServer checks that every request, also a malformed one, gets an answer in the
// vendor's form.
func TestServer(t *testing.T) {
	cloud := fakecloud.Start(t, fakecloud.Options{})
	const host = " HTTP/1.1\r\nHost: cdn.aliyuncs.com\r\n"
	tests := []struct {
		name, text string
		status     int
		code       string
	}{
		{"nothing", "GET /" + host + "\r\n", 400, "MissingAccessKeyId"},
		{"another path", "GET /v1/domains" + host + "\r\n", 404, "InvalidApi.NotFound"},
		{"an absolute address", "GET http://cdn.aliyuncs.com/" + host + "\r\n", 400, "MissingAccessKeyId"},
		{"PUT", "PUT /" + host + "Content-Length: 0\r\n\r\n", 400, "UnsupportedHTTPMethod"},
		{"a made-up method", "BREW /" + host + "\r\n", 400, "UnsupportedHTTPMethod"},
		{"OPTIONS *", "OPTIONS *" + host + "\r\n", 400, "UnsupportedHTTPMethod"},
		{"broken encoding", "GET /?Action=%zz&Format=JSON" + host + "\r\n", 400, "InvalidParameter.Encoding"},
		{"a line of 64 KB", "GET /?a=" + strings.Repeat("x", 64<<10) + host + "\r\n", 400, "MissingAccessKeyId"},
		{"a line over the limit", "GET /?a=" + strings.Repeat("x", 1<<20) + host + "\r\n", 413, "RequestEntityTooLarge"},
		{"a body over the limit", "POST /" + host + "Content-Length: 1048577\r\n\r\n", 413, "RequestEntityTooLarge"},
		{"a body cut off", "POST /" + host + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 10\r\n\r\na=1", 400, "IncompleteBody"},
		{"a chunk cut off", "POST /" + host + "Transfer-Encoding: chunked\r\n\r\n5\r\na=1", 400, "IncompleteBody"},
		{"HTTP/1.0", "GET / HTTP/1.0\r\nHost: x\r\n\r\n", 400, "MissingAccessKeyId"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			resp, body := raw(t, cloud, test.text)
			form := resp.Header.Get("Content-Type")
			found := form == "text/xml;charset=utf-8" && strings.Contains(body, "<Code>"+test.code+"</Code>") ||
				form == "application/json;charset=utf-8" && strings.Contains(body, `"Code":"`+test.code+`"`)
			if resp.StatusCode != test.status || !found {
				t.Errorf("%d %s %.300s; want %d %s", resp.StatusCode, form, body, test.status, test.code)
			}
		})
	}
	resp, body := raw(t, cloud, "HEAD /"+host+"\r\n")
	if resp.StatusCode != 400 || body != "" || resp.Header.Get("X-Acs-Request-Id") == "" {
		t.Errorf("HEAD: %d %q", resp.StatusCode, body)
	}
}

// TestPlaces checks that parameters may be in the query and in the body at once.
func TestPlaces(t *testing.T) {
	cloud := fakecloud.Start(t, fakecloud.Options{NoAuth: true})
	cloud.Apply(shop().Events()...)
	resp, err := http.Post(cloud.URL+"/?Action=GetListenerAttribute&Version=2020-06-16", "application/x-www-form-urlencoded",
		strings.NewReader(url.Values{"ListenerId": {listener}, "Format": {"json"}}.Encode()))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	if got := must(t, readAnswer(t, resp)); got.text("ListenerId") != listener {
		t.Error(got.raw)
	}
}
