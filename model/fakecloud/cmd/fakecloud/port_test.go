package main

import (
	"bufio"
	"crypto/tls"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/alicert/alicert/testdata"
)

const noListener = listener + "none" // refused with the HostId

// wantHost fails the test unless an answer is the refusal of noListener for a host.
func wantHost(t *testing.T, what string, status int, body, host string) {
	t.Helper()
	if status != http.StatusNotFound || !strings.Contains(body, `"HostId":"`+host+`"`) {
		t.Errorf("%s: %d %s", what, status, body)
	}
}

// TestOnePort checks every way to the port: HTTP and HTTPS, directly and by proxy, with
// and without -tls.
func TestOnePort(t *testing.T) {
	for _, scheme := range []string{"http", "https"} {
		out, _ := start(t, append([]string{"-no-auth"}, map[string][]string{"https": {"-tls"}}[scheme]...)...)
		base := out.find(t, listens)
		given, address, _ := strings.Cut(base, "://")
		if given != scheme {
			t.Errorf("it prints %s", base)
		}
		trusted := trusting(t, out.find(t, trusts))
		for _, scheme := range []string{"http", "https"} {
			status, body := get(t, trusted, scheme+"://"+address+noListener)
			wantHost(t, "directly by "+scheme, status, body, "127.0.0.1")
		}
		for _, proxy := range []string{"http", "https"} {
			proxied := trusting(t, out.find(t, trusts))
			proxied.Transport.(*http.Transport).Proxy = http.ProxyURL(&url.URL{Scheme: proxy, Host: address})
			for _, target := range []string{
				"http://cdn.aliyuncs.com", "https://cdn.aliyuncs.com", "https://alb.cn-hangzhou.aliyuncs.com:443", "http://CAS.aliyuncs.com:80",
				"http://localhost:9", "https://127.0.0.1:9", "https://fakecloud:8080", "http://[::1]:9",
			} {
				host, err := url.Parse(target)
				if err != nil {
					t.Fatal(err)
				}
				for range 2 { // the second request uses the same connection
					status, body := get(t, proxied, target+noListener)
					wantHost(t, target+" by "+proxy, status, body, strings.Trim(host.Hostname(), "[]"))
				}
			}
		}
	}
}

// TestProxyRefuses checks that requests for other hosts are refused, and that the proxy
// connects to none of them.
func TestProxyRefuses(t *testing.T) {
	reached := make(chan string, 100)
	other, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = other.Close() }()
	go func() {
		for {
			conn, err := other.Accept()
			if err != nil {
				return
			}
			reached <- conn.RemoteAddr().String()
			_ = conn.Close()
		}
	}()
	out, _ := start(t, "-no-auth")
	address := strings.TrimPrefix(out.find(t, listens), "http://")
	_, port, _ := net.SplitHostPort(other.Addr().String())
	for _, host := range []string{
		"example.com", "acme-v02.api.letsencrypt.org", "aliyuncs.com.example.com", "xaliyuncs.com", "192.0.2.1", "100.100.100.200", "[2001:db8::1]",
		"127.0.0.1.example.com", "www.aliyun.com", "evil.example.",
	} {
		for _, request := range []string{"CONNECT " + host + ":443 HTTP/1.1", "GET http://" + host + ":" + port + noListener + " HTTP/1.1", "GET https://" + host + "/ HTTP/1.1"} {
			status, body := raw(t, address, request+"\r\nHost: "+host+"\r\nConnection: close\r\n\r\n")
			if status != http.StatusForbidden || !strings.Contains(body, "NO_PROXY") {
				t.Errorf("%s: %d %s", request, status, body)
			}
		}
	}
	// A host that only the header names is not forwarded anywhere, either.
	if status, body := raw(t, address, "GET "+noListener+" HTTP/1.1\r\nHost: example.com\r\nConnection: close\r\n\r\n"); status != http.StatusNotFound {
		t.Errorf("%d %s", status, body)
	}
	// A tunnel to this machine leads to the cloud and nowhere else.
	if status, body := raw(t, address, "CONNECT 127.0.0.1:"+port+" HTTP/1.1\r\n\r\nGET "+noListener+" HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n"); status != http.StatusOK || !strings.Contains(body, `"HostId":"127.0.0.1"`) {
		t.Errorf("%d %s", status, body)
	}
	select {
	case from := <-reached:
		t.Errorf("the proxy connected from %s", from)
	case <-time.After(50 * time.Millisecond):
	}
}

// raw sends a text and returns the status of the answer and all that follows.
func raw(t *testing.T, address, text string) (status int, rest string) {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	if _, err := io.WriteString(conn, text); err != nil {
		t.Fatal(err)
	}
	_ = conn.SetReadDeadline(time.Now().Add(10 * time.Second))
	data, err := io.ReadAll(conn)
	if err != nil {
		t.Errorf("%q: %v", text, err)
	}
	if _, err := fmt.Sscanf(string(data), "HTTP/1.%d %d", new(int), &status); err != nil {
		t.Errorf("%q: %v in %q", text, err, data)
	}
	return status, string(data)
}

// TestTunnel checks what a tunnel may contain: plain HTTP, TLS, data that comes together
// with the CONNECT request, and another tunnel; a CONNECT request may be the second one.
func TestTunnel(t *testing.T) {
	out, _ := start(t, "-no-auth")
	address := strings.TrimPrefix(out.find(t, listens), "http://")
	config := trusting(t, out.find(t, trusts)).Transport.(*http.Transport).TLSClientConfig
	for name, steps := range map[string][]string{
		"plain":                 {connect, "200", request, "404", request, "404"},
		"at once":               {connect + request, "200", "404"},
		"nested":                {connect, "200", connect, "200", request, "404"},
		"after another request": {request, "404", connect, "200", request, "404"},
		"TLS":                   {connect, "200", "TLS", request, "404", request, "404"},
		"HTTPS proxy":           {"TLS", connect, "200", "TLS", request, "404"},
		"plain in HTTPS proxy":  {"TLS", connect, "200", request, "404"},
		"HTTP/1.0":              {"CONNECT cdn.aliyuncs.com:443 HTTP/1.0\n\n", "200", request, "404"},
	} {
		t.Run(name, func(t *testing.T) {
			d := dial(t, address)
			for _, step := range steps {
				d.take(t, step, config)
			}
		})
	}
	// The certificate is for the host of the tunnel if the client names none.
	d := dial(t, address)
	d.take(t, connect, nil)
	d.take(t, "200", nil)
	nameless := tls.Client(d.conn, &tls.Config{InsecureSkipVerify: true})
	if err := nameless.Handshake(); err != nil {
		t.Fatal(err)
	}
	if err := nameless.ConnectionState().PeerCertificates[0].VerifyHostname("cdn.aliyuncs.com"); err != nil {
		t.Error(err)
	}
}

// The requests of TestTunnel.
const (
	connect = "CONNECT cdn.aliyuncs.com:443 HTTP/1.1\r\nHost: cdn.aliyuncs.com:443\r\n\r\n"
	request = "GET " + noListener + " HTTP/1.1\r\nHost: cdn.aliyuncs.com\r\n\r\n"
)

// dialog is a connection of TestTunnel.
type dialog struct {
	conn   net.Conn
	reader *bufio.Reader
}

func dial(t *testing.T, address string) *dialog {
	t.Helper()
	conn, err := net.Dial("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	_ = conn.SetDeadline(time.Now().Add(20 * time.Second))
	return &dialog{conn, bufio.NewReader(conn)}
}

// take reads the answer 200 to a CONNECT request or 404 to another one, begins TLS, or
// sends a text.
func (d *dialog) take(t *testing.T, step string, config *tls.Config) {
	t.Helper()
	switch step {
	case "200":
		answer := make([]byte, len(established))
		if _, err := io.ReadFull(d.reader, answer); err != nil || string(answer) != established {
			t.Fatalf("%q, %v", answer, err)
		}
	case "404":
		resp, err := http.ReadResponse(d.reader, nil)
		if err != nil {
			t.Fatal(err)
		}
		body, err := io.ReadAll(resp.Body)
		if err != nil {
			t.Error(err)
		}
		wantHost(t, step, resp.StatusCode, string(body), "cdn.aliyuncs.com")
	case "TLS":
		inside := config.Clone()
		inside.ServerName = "cdn.aliyuncs.com"
		d.conn = tls.Client(d.conn, inside)
		d.reader = bufio.NewReader(d.conn)
	default:
		if _, err := io.WriteString(d.conn, step); err != nil {
			t.Fatal(err)
		}
	}
}

// TestRenewals deploys through the proxy as a tool with fixed host names does that never
// polls: a first deployment, and renewals after a second.
func TestRenewals(t *testing.T) {
	out, _ := start(t, "-no-auth")
	address := strings.TrimPrefix(out.find(t, listens), "http://")
	client := trusting(t, out.find(t, trusts))
	client.Transport.(*http.Transport).Proxy = http.ProxyURL(&url.URL{Scheme: "http", Host: address})
	deploy := func(folder string) {
		t.Helper()
		resp, err := client.PostForm("https://cdn.aliyuncs.com/", url.Values{
			"Action": {"SetCdnDomainSSLCertificate"}, "Version": {"2018-05-10"}, "Format": {"JSON"}, "DomainName": {"www.example.com"}, "SSLProtocol": {"on"},
			"CertType": {"upload"}, "SSLPub": {testdata.Read(folder + "/chain3.pem")}, "SSLPri": {testdata.Read(folder + "/key.pem")},
		})
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = resp.Body.Close() }()
		body, err := io.ReadAll(resp.Body)
		if err != nil || resp.StatusCode != http.StatusOK {
			t.Errorf("%s: %d %s %v", folder, resp.StatusCode, body, err)
		}
	}
	deploy("p256")
	for _, renewal := range []string{"p384", "rsa2048"} {
		time.Sleep(1050 * time.Millisecond)
		deploy(renewal)
	}
}

// TestBrokenConnections checks that connections that say nothing, or nothing sensible, do
// not keep the port from serving or from ending.
func TestBrokenConnections(t *testing.T) {
	out, stop := start(t, "-no-auth")
	base := out.find(t, listens)
	for _, text := range []string{"", "\x16", "\x16\x03\x01", "\x16 hello", "C", "CONNECT", "\x00\x01", "GET", "CONNECT cdn.aliyuncs.com:443 HTTP/1.1\r\n\r\n", "CONNECT cdn.aliyuncs.com:443 HTTP/1.1\r\n\r\n\x16"} {
		for _, closed := range []bool{true, false} {
			conn, err := net.Dial("tcp", strings.TrimPrefix(base, "http://"))
			if err != nil {
				t.Fatal(err)
			}
			if _, err := io.WriteString(conn, text); err != nil {
				t.Fatal(err)
			}
			if closed {
				_ = conn.Close()
			} else {
				defer func() { _ = conn.Close() }()
			}
		}
	}
	if status, body := get(t, http.DefaultClient, base+"/_/healthz"); status != http.StatusOK {
		t.Errorf("%d %s", status, body)
	}
	stop()
	if _, err := net.Dial("tcp", strings.TrimPrefix(base, "http://")); err == nil {
		t.Error("it still listens")
	}
}
