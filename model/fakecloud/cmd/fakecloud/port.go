package main

import (
	"bytes"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"sync/atomic"
)

// port is a listener for HTTP and HTTPS. The first byte of a connection tells which one it
// is. The tunnels of a proxy are further connections of the same kind.
type port struct {
	net.Listener
	authority *authority
	accepted  chan accepted
	closed    chan struct{}
	close     func() error
}

type accepted struct {
	conn net.Conn
	err  error
}

// newPort returns a port that accepts the connections of a listener. The listener belongs
// to it.
func newPort(l net.Listener, a *authority) *port {
	p := &port{Listener: l, authority: a, accepted: make(chan accepted), closed: make(chan struct{})}
	p.close = sync.OnceValue(func() error {
		close(p.closed)
		return l.Close()
	})
	go p.acceptAll()
	return p
}

func (p *port) acceptAll() {
	for {
		conn, err := p.Listener.Accept()
		if err == nil {
			conn = p.open(conn, nil, "")
		}
		p.offer(accepted{conn, err})
		if errors.Is(err, net.ErrClosed) {
			return
		}
	}
}

// offer passes a connection or an error to Accept.
func (p *port) offer(a accepted) {
	select {
	case p.accepted <- a:
	case <-p.closed:
		if a.conn != nil {
			_ = a.conn.Close() // nobody serves it
		}
	}
}

// Accept implements net.Listener.
func (p *port) Accept() (net.Conn, error) {
	select {
	case a := <-p.accepted:
		return a.conn, a.err
	case <-p.closed:
		return nil, net.ErrClosed
	}
}

// Close implements net.Listener.
func (p *port) Close() error { return p.close() }

// open returns a connection that may begin with TLS. begin has the bytes that were read
// from it already. host is the name for the certificate if the client names none.
func (p *port) open(conn net.Conn, begin []byte, host string) net.Conn {
	return &either{Conn: &begun{conn, io.MultiReader(bytes.NewReader(begin), conn)}, config: p.authority.config(host)}
}

// begun is a connection that begins with bytes that were read already.
type begun struct {
	net.Conn
	reader io.Reader
}

func (b *begun) Read(p []byte) (int, error) { return b.reader.Read(p) }

// either is a connection with or without TLS. The first Read decides, so that Accept does
// not block.
type either struct {
	net.Conn
	config *tls.Config
	begin  sync.Once
	plain  io.Reader                // set by begin
	secure atomic.Pointer[tls.Conn] // set by begin if the connection has TLS
}

// handshake is the first byte of a TLS connection: the content type of its first record.
const handshake = 22

func (e *either) Read(p []byte) (int, error) {
	e.begin.Do(func() {
		first := make([]byte, 1)
		n, err := e.Conn.Read(first)
		e.plain = io.MultiReader(bytes.NewReader(first[:n]), e.Conn)
		switch {
		case err != nil:
			e.plain = failing{err}
		case first[0] == handshake:
			e.secure.Store(tls.Server(&begun{e.Conn, e.plain}, e.config))
		}
	})
	if s := e.secure.Load(); s != nil {
		return s.Read(p)
	}
	return e.plain.Read(p)
}

func (e *either) Write(p []byte) (int, error) {
	if s := e.secure.Load(); s != nil {
		return s.Write(p)
	}
	return e.Conn.Write(p)
}

func (e *either) Close() error {
	if s := e.secure.Load(); s != nil {
		return s.Close()
	}
	return e.Conn.Close()
}

// failing is a reader that has failed.
type failing struct{ err error }

func (f failing) Read([]byte) (int, error) { return 0, f.err }

// proxy returns a handler for clients that use the port as their HTTP proxy, and for those
// that do not. It grants a tunnel to each host that the cloud stands for and serves it like
// a new connection. It refuses every other host and never connects to any.
func (p *port) proxy(cloud http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.URL.Host != "" && !stoodFor(r.URL.Hostname()): // only a request to a proxy has a host in its first line
			http.Error(w, "fakecloud never forwards a request, and it stands for the hosts of aliyuncs.com only. "+
				"To reach other hosts, name them in the environment variable NO_PROXY of the client.", http.StatusForbidden)
		case r.Method == http.MethodConnect:
			p.tunnel(w, r)
		default:
			cloud.ServeHTTP(w, r)
		}
	})
}

const established = "HTTP/1.1 200 Connection established\r\n\r\n"

// tunnel grants a tunnel and serves what is sent in it.
func (p *port) tunnel(w http.ResponseWriter, r *http.Request) {
	conn, buffered, err := http.NewResponseController(w).Hijack()
	if err != nil {
		http.Error(w, "this connection cannot become a tunnel", http.StatusInternalServerError)
		return
	}
	begin, err := buffered.Peek(buffered.Reader.Buffered())
	if err == nil {
		_, err = io.WriteString(conn, established)
	}
	if err != nil {
		_ = conn.Close() // the client is gone
		return
	}
	p.offer(accepted{conn: p.open(conn, bytes.Clone(begin), r.URL.Hostname())})
}

// stoodFor reports whether the cloud stands for a host as a proxy: for those of the vendor,
// for this machine, and for names without a dot, which networks of containers have.
func stoodFor(host string) bool {
	host = strings.TrimSuffix(strings.ToLower(host), ".")
	if address, err := netip.ParseAddr(host); err == nil {
		return address.Unmap().IsLoopback()
	}
	return !strings.Contains(host, ".") || host == "aliyuncs.com" || strings.HasSuffix(host, ".aliyuncs.com")
}
