package main

import (
	"bufio"
	"errors"
	"net"
	"strings"
)

// tunnels is a listener for clients whose host names are fixed. One that takes the
// fake cloud for its HTTPS proxy asks it for a tunnel to the host. The tunnel is
// granted and ends here; nothing is ever dialled.
type tunnels struct{ net.Listener }

func (t tunnels) Accept() (net.Conn, error) {
	conn, err := t.Listener.Accept()
	if err != nil {
		return nil, err
	}
	return &tunnel{Conn: conn, reader: bufio.NewReader(conn)}, nil
}

// tunnel is a connection that may begin with CONNECT. Whoever reads first waits for
// it, so that accepting does not.
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
	maxLines    = 100 // of a request for a tunnel
)

var errHead = errors.New("the request for a tunnel does not end")

// grant answers a request for a tunnel, if there is one.
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
