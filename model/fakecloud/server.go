package fakecloud

import (
	"io"
	"log"
	"net"
	"net/http"
	"time"
)

// Server returns an HTTP server for the cloud with the limits and timeouts that the
// gateway needs: request lines up to the request limit, 10 seconds for the headers, 30
// seconds for a whole request.
func (c *Cloud) Server() *http.Server {
	return &http.Server{
		Handler:           c,
		ReadHeaderTimeout: 10 * time.Second,
		ReadTimeout:       30 * time.Second,
		IdleTimeout:       2 * time.Minute,
		// The gateway refuses requests between the limit and twice the limit in the vendor's
		// form.
		MaxHeaderBytes: 2 * c.options.Limit,
		ErrorLog:       log.New(io.Discard, "", 0),

		DisableGeneralOptionsHandler: true,
	}
}

// TB is the part of *testing.T that a cloud needs.
type TB interface {
	Helper()
	Cleanup(func())
	Errorf(format string, args ...any)
	Fatalf(format string, args ...any)
}

// Running is a cloud with a listener.
type Running struct {
	*Cloud
	URL string // such as http://127.0.0.1:40321
}

// Start serves a cloud on a free port of the loopback interface until the test ends.
func Start(t TB, o Options) *Running {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatalf("fakecloud: %v", err)
		return nil
	}
	cloud := New(o)
	server := cloud.Server()
	go func() { _ = server.Serve(listener) }() // returns after Close
	t.Cleanup(func() { _ = server.Close() })
	return &Running{cloud, "http://" + listener.Addr().String()}
}

// Host returns the host and port of the URL. The vendor's SDKs call it an endpoint.
func (r *Running) Host() string { return r.URL[len("http://"):] }

// AssertDone fails the test if a fault with Times has calls left to match, or for the
// reasons of AssertNothingUnknown.
func (c *Cloud) AssertDone(t TB) {
	t.Helper()
	for _, f := range c.Faults() {
		if f.Times > 0 {
			t.Errorf("fakecloud: a fault still waits for %d calls of %q: %+v", f.Times, f.Action, f)
		}
	}
	c.AssertNothingUnknown(t)
}
