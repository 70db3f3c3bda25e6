// Command fakecloud serves both machines behind the vendor's HTTP protocol, for
// clients of any language.
//
//	go run ./model/fakecloud/cmd/fakecloud [-addr 127.0.0.1:8080] [-seed FILE.json|demo|none]
//	    [-key id:secret[:token]|file:PATH|env:NAME]... [-no-auth] [-window 15m|off]
//	    [-progress polls=N|after=DURATION|manual] [-later]
//	    [-data DIR] [-journal FILE] [-tls] [-public]
//
// It prints its address, what is in the account, and how to point each client at
// it. The page http://127.0.0.1:8080/_/ shows what goes on; package fakecloud
// documents the control path below it.
//
// # The account
//
// -seed is demo, none, or a file as fakecloud.ParseSeed reads it. -data keeps the
// state in a folder: a change is on the disk before it is answered, so a kill at
// any snapshot loses nothing; the seed then is what a new folder begins with. While
// the disk is full, changes are refused with InternalError, standard error and the
// page say so, and it goes on when there is room.
// -journal writes every input with its output as JSON lines, which
// model.Checker follows; together with -data it is continued, not begun.
//
// # Signatures
//
// Without -key there is one key, testid with the secret testsecret. A key on the
// command line can be seen by every user of the machine; -key file:PATH reads keys
// from a file and -key env:NAME from an environment variable, one id:secret[:token] a
// line. (A key whose id is file or env has to come from one of these.) -window is how
// far the time of a request may be off. -no-auth takes requests unsigned.
//
// # Other operations
//
// An operation that the cloud has and fakecloud does not is answered with 501
// NotImplemented.Fake. Standard error and the page say which it is: standard error
// when a key calls it for the first time, the page at every call.
//
// # Progress
//
// -progress says when roll-outs and jobs end: after N answers that show them
// (polls=1 is the default), after a duration, or when the page or the control
// path say so. Setting the clock changes no duration. With -data, a restart goes by
// the clock for what is left of one.
//
// # Where it listens
//
// On this machine only, unless -public is given; the control path stays for this
// machine only. With -tls it makes an authority of its own, for as long as it
// runs, and certificates for whatever host name is asked for. A tool whose host
// names are fixed comes here if its HTTPS proxy is this one, which grants every
// tunnel and dials nobody, or by name resolution:
//
//	HTTPS_PROXY=http://127.0.0.1:8080 SSL_CERT_FILE=/tmp/fakecloud-1/ca.pem certimate serve
//
// The authority's certificate is written to a file whose name is printed; its key
// is nowhere but in memory.
//
// # Exit status
//
// 0 after an interrupt or a termination signal, 1 if it cannot serve, 2 for bad
// usage.
package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/alicert/alicert/internal/cli"
	"github.com/alicert/alicert/model/fakecloud"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	outliveFileLimit()
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr))
}

// run is the whole command, until the context ends. It returns the exit status.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	opts, err := parse(args, stderr)
	if err != nil {
		return cli.Refuse(stderr, "fakecloud", err)
	}
	opts.cloud.OnMissing = func(m fakecloud.Missing) {
		_, _ = fmt.Fprintf(stderr, "fakecloud: %s was called; the cloud has it, fakecloud does not, and answers 501 NotImplemented.Fake\n", m)
	}
	opts.cloud.Trouble = tellTrouble(stderr)
	if err := serve(ctx, opts, stdout); err != nil {
		_, _ = fmt.Fprintf(stderr, "fakecloud: %v\n", err)
		return cli.Failed
	}
	return cli.OK
}

// tellTrouble returns what tells whether changes can be kept.
func tellTrouble(w io.Writer) func(error) {
	return func(err error) {
		if err != nil {
			_, _ = fmt.Fprintf(w, "fakecloud: -data: changes cannot be kept and are refused: %v\n", err)
		} else {
			_, _ = fmt.Fprintln(w, "fakecloud: -data: changes are kept again")
		}
	}
}

// serve serves until the context ends, and then lets what is going on finish.
func serve(ctx context.Context, o *options, stdout io.Writer) (err error) {
	cloud, finish, err := o.open()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, finish()) }()
	listener, err := net.Listen("tcp", o.addr)
	if err != nil {
		return err
	}
	b := banner{scheme: "http", addr: listener.Addr().String(), options: o, state: cloud.State()}
	server := cloud.Server()
	server.BaseContext = func(net.Listener) context.Context { return ctx } // the page's connections end with it
	if o.tls {
		authority, err := newAuthority(time.Now())
		if err != nil {
			return errors.Join(err, listener.Close())
		}
		var remove func()
		if b.authority, remove, err = authority.write(o.data); err != nil {
			return errors.Join(err, listener.Close())
		}
		defer remove()
		b.scheme = "https"
		listener = tls.NewListener(tunnels{listener}, authority.config())
	}
	b.print(stdout)

	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()
	select {
	case err := <-served:
		return err
	case <-ctx.Done():
	}
	grace, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	if err := server.Shutdown(grace); err != nil {
		return errors.Join(err, server.Close())
	}
	if err := <-served; !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}
