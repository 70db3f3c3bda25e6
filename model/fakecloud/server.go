package fakecloud

import (
	"io"
	"log"
	"net"
	"net/http"
	"time"
)

// Server returns an HTTP server for the cloud, for the limits and timeouts that
// the gateway's promises rest on: request lines as long as a request may be, ten
// seconds for the headers, thirty for all of a request.
func (c *Cloud) Server() *http.Server {
	return &http.Server{
		Handler:           c,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       30 * time.Second,
		IdleTimeout:       2 * time.Minute,
		// What is over the limit by less than it is refused in the vendor's form.
		MaxHeaderBytes: 2 * c.options.Limit,
		ErrorLog:       log.New(io.Discard, "", 0),

		DisableGeneralOptionsHandler: true,
	}
}

// TB is what a cloud needs of a test. A *testing.T is one.
type TB interface {
	Helper()
	Cleanup(func())
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
}

// Running is a cloud that listens.
type Running struct {
	*Cloud
	URL string // such as http://127.0.0.1:40321
}

// Start has a cloud listen on a free port of the loopback interface until the test
// ends.
func Start(t TB, o Options) *Running {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatalf("fakecloud: %v", err)
		return nil
	}
	cloud := New(o)
	server := cloud.Server()
	go func() { _ = server.Serve(listener) }() // ends when it is closed
	t.Cleanup(func() { _ = server.Close() })
	return &Running{cloud, "http://" + listener.Addr().String()}
}

// Host returns the host and the port of the URL, which is what the vendor's
// SDKs call an endpoint.
func (r *Running) Host() string { return r.URL[len("http://"):] }

// AssertDone fails the test if a fault that was scripted for a number of calls has
// not met them all, or if an operation was called that the cloud has and the fake
// does not.
func (c *Cloud) AssertDone(t TB) {
	t.Helper()
	for _, f := range c.Faults() {
		if f.Times > 0 {
			t.Errorf("fakecloud: a fault has %d calls of %q left to meet: %+v", f.Times, f.Action, f)
		}
	}
	for _, m := range c.Missing() {
		t.Errorf("fakecloud: %s was called, which the cloud has and fakecloud does not implement", m)
	}
}
