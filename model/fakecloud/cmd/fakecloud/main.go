// Command fakecloud serves the fake cloud of package fakecloud, for clients in any
// language.
//
//	go run ./model/fakecloud/cmd/fakecloud [-addr 127.0.0.1:8080] [-seed FILE.json|demo|none]
//	    [-key id:secret[:token]|file:PATH|env:NAME]... [-no-auth] [-window 15m|off]
//	    [-progress polls=N|after=DURATION|manual] [-later]
//	    [-data DIR] [-journal FILE] [-tls] [-public]
//
// It prints its address, the content of the account, and the settings for each client.
// The page http://127.0.0.1:8080/_/ shows the state and the calls. Package fakecloud
// documents the control path below it.
//
// # The account
//
// -seed is demo, none, or a file for fakecloud.ParseSeed. -data stores the state in a
// folder: a change is on the disk before its answer is sent, so a killed process loses
// nothing that was answered. The seed then only applies to a new folder. While the disk
// is full, changes are refused with InternalError, and standard error and the page show
// the reason. When there is space again, changes are accepted again.
//
// -journal writes every input with its output as JSON lines, which model.Checker can
// check. With -data the file is continued, otherwise it is overwritten.
//
// # Signatures
//
// Without -key there is one key, testid with the secret testsecret. Every user of the
// machine can see a key on the command line. -key file:PATH reads keys from a file and
// -key env:NAME from an environment variable, one id:secret[:token] a line. (A key with
// the id file or env must come from one of these.) -window is the largest difference
// between the time of a request and the clock. -no-auth accepts unsigned requests.
//
// # Other operations
//
// fakecloud answers 501 NotImplemented.Fake for an operation that only the real cloud
// has. Standard error names the operation at the first call of each key, the page at
// every call.
//
// # Progress
//
// -progress says when rollouts and jobs end: after N answers that show them (polls=1 is
// the default), after a duration, or by an event from the page or the control path.
// Setting the system clock changes no duration. With -data, a restart computes the
// remaining duration from the system clock.
//
// # Network
//
// fakecloud listens on the loopback interface unless -public is given. The control path
// always accepts requests from this machine only. With -tls it creates a certificate
// authority for the time that it runs, and issues certificates for every host name. A
// tool with fixed host names can use fakecloud as its HTTPS proxy, which grants every
// tunnel and connects to no other host, or find it by name resolution:
//
//	HTTPS_PROXY=http://127.0.0.1:8080 SSL_CERT_FILE=/tmp/fakecloud-1/ca.pem certimate serve
//
// fakecloud writes the certificate of the authority to a file and prints its name. The
// key stays in memory.
//
// # Exit status
//
// 0 after an interrupt or a termination signal, 1 if it cannot serve, 2 for a usage
// error.
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

// run executes the command until the context ends. It returns the exit status.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	opts, err := parse(args, stderr)
	if err != nil {
		return cli.Refuse(stderr, "fakecloud", err)
	}
	opts.cloud.OnMissing = func(m fakecloud.Missing) {
		_, _ = fmt.Fprintf(stderr, "fakecloud: %s was called; fakecloud does not implement this operation of the real cloud and answers 501 NotImplemented.Fake\n", m)
	}
	opts.cloud.Trouble = reportTrouble(stderr)
	if err := serve(ctx, opts, stdout); err != nil {
		_, _ = fmt.Fprintf(stderr, "fakecloud: %v\n", err)
		return cli.Failed
	}
	return cli.OK
}

// reportTrouble returns a function that prints when changes cannot be written to -data,
// and when they can again.
func reportTrouble(w io.Writer) func(error) {
	return func(err error) {
		if err != nil {
			_, _ = fmt.Fprintf(w, "fakecloud: -data: changes cannot be written and are refused: %v\n", err)
		} else {
			_, _ = fmt.Fprintln(w, "fakecloud: -data: changes can be written again")
		}
	}
}

// serve serves until the context ends. It then waits for the running requests.
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
	server.BaseContext = func(net.Listener) context.Context { return ctx } // ends the connections of the page
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
