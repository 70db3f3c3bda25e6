package main

import (
	"io"
	"net"
	"strings"
	"testing"
)

// TestTunnel checks that the data after a CONNECT request is passed on, that other data
// is passed on unchanged, and that a CONNECT request without an end is an error.
func TestTunnel(t *testing.T) {
	long := strings.Repeat("X", 5000)
	for _, test := range []struct{ sent, answer, passed string }{
		{"CONNECT cdn.aliyuncs.com:443 HTTP/1.1\r\nHost: cdn.aliyuncs.com:443\r\n\r\nhello", established, "hello"},
		{"CONNECT a:1 HTTP/1.0\n\nhello", established, "hello"},
		{"\x16\x03\x01 hello, hello", "", "\x16\x03\x01 hello, hello"},
		{"CONNECTED", "", "CONNECTED"},
		{"short", "", ""},
		{"CONNECT a:1 HTTP/1.1\r\n", "", ""},
		{"CONNECT a:1 HTTP/1.1\r\n" + strings.Repeat("A: b\r\n", maxLines) + "\r\nhello", "", ""},
		{"CONNECT a:1 HTTP/1.1\r\nA: " + long + "\r\n\r\nhello", "", ""},
	} {
		listener, err := net.Listen("tcp", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		client, err := net.Dial("tcp", listener.Addr().String())
		if err != nil {
			t.Fatal(err)
		}
		if _, err := io.WriteString(client, test.sent); err != nil {
			t.Fatal(err)
		}
		if err := client.(*net.TCPConn).CloseWrite(); err != nil {
			t.Fatal(err)
		}
		server, err := tunnels{listener}.Accept()
		if err != nil {
			t.Fatal(err)
		}
		passed, _ := io.ReadAll(server) // an error ends the data
		_ = server.Close()
		answer, _ := io.ReadAll(client) // unread data resets the connection
		if string(passed) != test.passed || string(answer) != test.answer {
			t.Errorf("%.40q: passed on %q, answered %q; want %q, %q", test.sent, passed, answer, test.passed, test.answer)
		}
		_, _ = client.Close(), listener.Close()
	}
}
