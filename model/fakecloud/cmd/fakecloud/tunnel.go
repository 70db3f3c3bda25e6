package main

import (
	"bufio"
	"errors"
	"net"
	"strings"
)

// tunnels is a listener for clients whose host names are fixed. Such a client uses the
// fake cloud as its HTTPS proxy and requests a tunnel to the host. The listener grants
// the tunnel and serves the connection itself. It never connects to another host.
type tunnels struct{ net.Listener }

func (t tunnels) Accept() (net.Conn, error) {
	conn, err := t.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return &tunnel{Conn: conn, reader: bufio.NewReader(conn)}, nil
}

// tunnel is a connection that may start with CONNECT. The first Read handles it, so that
// Accept does not block.
type tunnel struct {
	net.Conn
	reader *bufio.Reader
	begun  bool
}

func (t *tunnel) Read(p []byte) (int, error) {
	if !t.begun {
		t.begun = true
		if err := t.grant(); err != nil {
			return 0, err
		}
	}
	return t.reader.Read(p)
}

const (
	connect     = "CONNECT "
	established = "HTTP/1.1 200 Connection established\r\n\r\n"
	maxLines    = 100 // in a CONNECT request
)

var errHead = errors.New("the CONNECT request has too many lines")

// grant answers a CONNECT request, if there is one.
func (t *tunnel) grant() error {
	start, err := t.reader.Peek(len(connect))
	if string(start) != connect {
		return err
	}
	for range maxLines {
		line, err := t.reader.ReadSlice('\n')
		if err != nil {
			return err
		}
		if strings.TrimSpace(string(line)) == "" {
			_, err := t.Write([]byte(established))
			return err
		}
	}
	return errHead
}
