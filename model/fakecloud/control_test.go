package fakecloud_test

import (
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"testing"

	"github.com/alicert/alicert/model/fakecloud"
)

// control sends a request to the control path.
func control(t *testing.T, cloud *fakecloud.Cloud, method, path, body string, change func(*http.Request)) (int, string) {
	t.Helper()
	r, err := http.NewRequest(method, "http://127.0.0.1:8080/_/"+path, strings.NewReader(body))
	if err != nil {
		t.Fatal(err)
	}
	r.Header.Set("Content-Type", "application/json")
	if change != nil {
		change(r)
	}
	got := send(t, cloud, r)
	return got.status, got.raw
}

func TestControl(t *testing.T) {
	cloud := open(t, fakecloud.Options{Progress: fakecloud.Manual()})
	steps := []struct {
		method, path, body string
		status             int
		want               string // part of the answer
	}{
		{"POST", "events", `{"cdn":{"AccountSuspended":{}}}`, 200, `[{}]`},
		{"POST", "events", `[{"cdn":{"AccountReinstated":{}}},{"cdn":{"AccountReinstated":{}}}]`, 200, `[{},{"ignored":true}]`},
		{"POST", "events", `{"alb":{"QuotaRaised":{"loadBalancer":"alb-1","quota":100}}}`, 200, `[{}]`},
		{"POST", "events", `{"cdn":{"DomainTakenOffline":{"domain":"www.example.com"}}}`, 200, `[{}]`},
		{"GET", "state", "", 200, `"offline":true`},
		{"POST", "events", `null`, 400, "only events"},
		{"POST", "events", `{"cdn":{"SetDomainServerCertificate":{"requestId":"r"}}}`, 400, "only events"},
		{"POST", "events", `{"alb":{"ListListeners":{"requestId":"r"}}}`, 400, "only events"},
		{"POST", "events", `{"cdn":{"DomainAdded":{"name":"-----BEGIN PRIVATE KEY-----"}}}`, 400, "private key"},
		{"POST", "events", `{"cdn":{"Nonsense":{}}}`, 400, "Nonsense"},
		{"POST", "events", `{`, 400, "unexpected"},
		{"POST", "events", `{}{}`, 400, "more than one"},
		{"POST", "events", `{"cdn":{"DomainTakenOffline":{"domian":"www.example.com"}}}`, 400, `unknown member \"domian\"`},
		{"POST", "events", `{"cdn":{"DomainAdded":{"name":"a.example.com","domain":{"ofline":true}}}}`, 400, `unknown member \"ofline\"`},
		{"POST", "events", `{"CDN":{"DomainAdded":{"Name":"a.example.com","domain":{"offline":false}}}}`, 200, `[{}]`},
		{"POST", "events", `{"cdn":{"DomainAdded":{"name":"a.example.com"}}}`, 200, `[{"ignored":true}]`},
		{"POST", "events", `{"cdn":{"LockChanged":{"name":"first","on":true}}}`, 200, `[{}]`},
		{"POST", "events", `{"alb":{"LockChanged":{"name":"first","of":true}}}`, 400, `unknown member \"of\"`},
		{"POST", "events", `{"cdn":{"AccountSuspended":{}},"dcdn":{"AccountSuspended":{"x":1}}}`, 400, `unknown member \"dcdn\"`},
		{"POST", "events", `{"cdn":{"ConfigurationFinished":{"domain":"www.exmaple.com"}}}`, 404, `there is no domain \"www.exmaple.com\"`},
		{"POST", "events", `{"cdn":{"ConfigurationFinished":{"domain":"a.example.com"}}}`, 200, `[{"ignored":true}]`},
		{"POST", "events", `[{"cdn":{"DomainRemoved":{"name":"a.example.com"}}},{"cdn":{"DomainRemoved":{"name":"a.example.com"}}}]`, 404, `event 2 of 2: there is no domain \"a.example.com\"; the events before it were applied`},
		{"POST", "events", `{"alb":{"JobFailed":{"job":"job-0"}}}`, 404, `there is no job \"job-0\"`},
		{"POST", "events", `{"alb":{"ListenerStopped":{"id":"lsn-0"}}}`, 404, `there is no listener \"lsn-0\"`},
		{"POST", "events", `{"alb":{"QuotaRaised":{"loadBalancer":"alb-0","quota":9}}}`, 404, `there is no load balancer \"alb-0\"`},
		{"POST", "events", `{"alb":{"ListenerAdded":{"id":"lsn-1","listener":{"loadBalancer":"alb-0"}}}}`, 404, `there is no load balancer \"alb-0\"`},
		{"POST", "events", `{"alb":{"ListenerAdded":{"id":"lsn-1","listener":{"loadBalancer":"alb-1","default":"404-cn-hangzhou"}}}}`, 404, `there is no certificate with the id \"404-cn-hangzhou\"`},
		{"POST", "events", `{"alb":{"DefaultCertificateSet":{"listener":"lsn-0","certificate":"1-cn-hangzhou"}}}`, 404, `there is no listener \"lsn-0\"`},
		{"POST", "events", `{"alb":{"TokenForgotten":{"token":"t"}}}`, 404, `there is no client token \"t\"`},
		{"POST", "events", `{"cas":{"LockChanged":{"name":"none","on":true}}}`, 404, `there is no certificate \"none\"`},
		{"POST", "faults", `{"code":"Throttling.Usr"}`, 400, `the code \"Throttling.Usr\"`},
		{"POST", "faults", `{"code":"Throttling.Usr","anyCode":true}`, 200, `"anyCode":true`},
		{"DELETE", "faults", "", 200, `[]`},
		{"GET", "healthz", "", 200, `{"status":"ok"}`},
		{"POST", "healthz", "{}", 404, "error"},
		{"GET", "faults", "", 200, `[]`},
		{"POST", "faults", `{"action":"ListListeners","times":2,"code":"Throttling","delay":"1ms"}`, 200, `"delay":"1ms"`},
		{"POST", "faults", `{"times":2}`, 400, "it has no effect"},
		{"POST", "faults", `[]`, 400, "cannot unmarshal"},
		{"DELETE", "faults", "", 200, `[]`},
		{"GET", "journal", "", 200, `,"DomainAdded":{"name":"www.example.com","domain":{}}}},"output":{}}`},
		{"GET", "calls", "", 200, `[]`},
		{"POST", "reset", "", 200, `{}`},
		{"GET", "journal", "", 200, ""},
		{"GET", "nothing", "", 404, "error"},
		{"PUT", "faults", "", 404, "error"},
		{"GET", "reset", "", 404, "error"},
	}
	for _, s := range steps {
		status, got := control(t, cloud, s.method, s.path, s.body, nil)
		if status != s.status || !strings.Contains(got, s.want) {
			t.Errorf("%s %s %s: %d %s; want %d %s", s.method, s.path, s.body, status, got, s.status, s.want)
		}
	}
	if d, _ := cloud.State().CDN.Domains.Get(www); d.Offline {
		t.Error("not reset")
	}
}

// TestControlIsLocal checks that other machines and pages of other sites are refused.
func TestControlIsLocal(t *testing.T) {
	cloud := open(t, fakecloud.Options{})
	server := func(change func(*http.Request)) int {
		r, err := http.NewRequest("POST", "http://127.0.0.1:8080/_/events", strings.NewReader(`{"cdn":{"AccountSuspended":{}}}`))
		if err != nil {
			t.Fatal(err)
		}
		r.RemoteAddr = "127.0.0.1:4711"
		r.Header.Set("Content-Type", "application/json; charset=utf-8")
		change(r)
		w := &recorder{header: http.Header{}}
		cloud.ServeHTTP(w, r)
		return w.status
	}
	tests := []struct {
		name   string
		change func(*http.Request)
		want   int
	}{
		{"this machine", func(*http.Request) {}, 200},
		{"by name", func(r *http.Request) { r.Host = "localhost:8080" }, 200},
		{"IPv6", func(r *http.Request) { r.Host, r.RemoteAddr = "[::1]:8080", "[::1]:4711" }, 200},
		{"IPv4 in IPv6", func(r *http.Request) { r.RemoteAddr = "[::ffff:127.0.0.1]:4711" }, 200},
		{"the page itself", func(r *http.Request) { r.Header.Set("Origin", "http://127.0.0.1:8080") }, 200},
		{"another machine", func(r *http.Request) { r.RemoteAddr = "192.0.2.1:4711" }, 403},
		{"nobody", func(r *http.Request) { r.RemoteAddr = "" }, 403},
		{"a probe from another machine", func(r *http.Request) {
			r.Method, r.URL.Path, r.RemoteAddr, r.Host = "GET", "/_/healthz", "192.0.2.1:4711", "fakecloud:8080"
		}, 200},
		{"a name that was made to lead here", func(r *http.Request) { r.Host = "evil.example:8080" }, 403},
		{"the page of another site", func(r *http.Request) { r.Header.Set("Origin", "http://evil.example") }, 403},
		{"another port", func(r *http.Request) { r.Header.Set("Origin", "http://127.0.0.1:8081") }, 403},
		{"a hidden origin", func(r *http.Request) { r.Header.Set("Origin", "null") }, 403},
		{"a form", func(r *http.Request) { r.Header.Set("Content-Type", "text/plain") }, 415},
		{"curl -d", func(r *http.Request) { r.Header.Set("Content-Type", "application/x-www-form-urlencoded") }, 415},
		{"no type", func(r *http.Request) { r.Header.Del("Content-Type") }, 415},
		{"a type that begins like JSON", func(r *http.Request) { r.Header.Set("Content-Type", "application/jsonl") }, 415},
		{"a form of another site", func(r *http.Request) {
			r.Header.Set("Content-Type", "text/plain")
			r.Header.Set("Origin", "http://evil.example")
		}, 403},
		{"the fetch of the page itself", func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "same-origin") }, 200},
		{"a browser's user", func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "none") }, 200},
		{"the fetch of another site", func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "cross-site") }, 403},
		{"the fetch of another site, in capitals", func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "Cross-Site") }, 403},
		{"the fetch of another site, and one of the page", func(r *http.Request) { r.Header["Sec-Fetch-Site"] = []string{"same-origin", "cross-site"} }, 403},
		{"the fetch of another port", func(r *http.Request) { r.Header.Set("Sec-Fetch-Site", "same-site") }, 403},
	}
	for _, name := range []string{
		"X-Forwarded-For", "X-Forwarded-Host", "X-Forwarded-Proto", "X-Forwarded-Port", "X-Forwarded-Server", "X-Forwarded", "x-forwarded-prefix", "X_Forwarded_For",
		"Forwarded", "Forwarded-For", "Via", "X-Real-Ip", "X-Original-Host", "X-Original-Forwarded-For", "X-Client-Ip", "X-Cluster-Client-Ip", "True-Client-Ip",
		"Cf-Connecting-Ip", "Fastly-Client-Ip", "X-Envoy-External-Address", "Ali-Cdn-Real-Ip", "X-Proxyuser-Ip",
		"X-Original-Url", "X-Remote-Addr", "X-Host", "Cdn-Loop", "Max-Forwards", "Client-Ip", "Proxy-Client-Ip",
	} {
		for _, value := range []string{"127.0.0.1", ""} {
			tests = append(tests, struct {
				name   string
				change func(*http.Request)
				want   int
			}{name + ": " + value, func(r *http.Request) { r.Header[name] = []string{value} }, 403})
		}
	}
	for _, test := range tests {
		if got := server(test.change); got != test.want {
			t.Errorf("%s: %d; want %d", test.name, got, test.want)
		}
	}
}

// recorder stores the status of an answer.
type recorder struct {
	header http.Header
	status int
}

func (r *recorder) Header() http.Header         { return r.header }
func (r *recorder) WriteHeader(status int)      { r.status = status }
func (r *recorder) Write(p []byte) (int, error) { return len(p), nil }

// TestControlSaysWhy checks that every refusal names its reason, for reads, too.
func TestControlSaysWhy(t *testing.T) {
	cloud := open(t, fakecloud.Options{})
	for _, test := range []struct {
		method, path  string
		header, value string
		status        int
		want          string
	}{
		{"POST", "faults", "Content-Type", "application/x-www-form-urlencoded", 415, "Content-Type: application/json"},
		{"POST", "nothing", "Content-Type", "text/plain", 404, "no such method and path"},
		{"DELETE", "faults", "Content-Type", "", 200, "[]"},
		{"GET", "calls", "X-Forwarded-For", "192.0.2.1", 403, "X-Forwarded-For"},
		{"GET", "", "Via", "1.1 proxy", 403, "Via"},
		{"GET", "live", "Forwarded", "for=192.0.2.1", 403, "Forwarded"},
		{"GET", "state", "Sec-Fetch-Site", "cross-site", 403, "Sec-Fetch-Site: cross-site"},
		{"DELETE", "faults", "Origin", "http://evil.example", 403, "Origin"},
		{"GET", "state", "User-Agent", "curl", 200, "{"},
	} {
		status, got := control(t, cloud, test.method, test.path, "{}", func(r *http.Request) {
			r.Header.Del("Content-Type")
			r.Header.Set(test.header, test.value)
		})
		if status != test.status || !strings.Contains(got, test.want) {
			t.Errorf("%s %s with %s: %d %s; want %d %s", test.method, test.path, test.header, status, got, test.status, test.want)
		}
	}
}

// TestControlBehindProxy checks that a reverse proxy on this machine that rewrites Host
// does not open the control path. The operations stay available.
func TestControlBehindProxy(t *testing.T) {
	cloud := fakecloud.Start(t, fakecloud.Options{NoAuth: true})
	target, err := url.Parse(cloud.URL)
	if err != nil {
		t.Fatal(err)
	}
	proxy := httptest.NewServer(&httputil.ReverseProxy{Rewrite: func(r *httputil.ProxyRequest) {
		r.SetURL(target)
		r.SetXForwarded()
	}})
	defer proxy.Close()
	for path, want := range map[string]int{"/_/state": 403, "/_/": 403, "/?Action=ListListeners&Version=2020-06-16": 200} {
		resp, err := http.Get(proxy.URL + path)
		if err != nil {
			t.Fatal(err)
		}
		if _ = resp.Body.Close(); resp.StatusCode != want {
			t.Errorf("%s: %d", path, resp.StatusCode)
		}
	}
}
