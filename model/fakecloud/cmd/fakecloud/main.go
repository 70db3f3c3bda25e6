// Command fakecloud serves the fake cloud of package fakecloud, for clients in any
// language.
//
//	go run ./model/fakecloud/cmd/fakecloud [-addr 127.0.0.1:8080] [-seed FILE.json|demo|none]
//	    [-key id:secret[:token]|file:PATH|env:NAME]... [-no-auth] [-window 15m|off]
//	    [-progress polls=N,after=DURATION|manual] [-later]
//	    [-data DIR] [-journal FILE] [-ca FILE] [-print-env] [-tls] [-public] [-lang en|zh]
//
// It prints its address, the content of the account, and the settings for each client.
// The page http://127.0.0.1:8080/_/ shows the state and the calls. Package fakecloud
// documents the control path below it.
//
// The first line on standard output is "fakecloud listens on http://HOST:PORT" (https with
// -tls). It appears when connections are accepted, and its form does not change, so a
// script can wait for it. It is the same in every language; help, the other lines and
// errors are in that of -lang, else of the locale. http://HOST:PORT/_/healthz answers 200 from then on.
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
// -progress says when rollouts and jobs end: after N answers that show them (polls=N),
// after a duration (after=DURATION), after whichever of both comes first
// (polls=N,after=DURATION), or by an event from the page or the control path (manual). The
// default is polls=1,after=1s, so that a second deployment succeeds for clients that poll,
// and after a second for those that do not. Setting the system clock changes no duration.
// With -data, a restart computes the remaining duration from the system clock.
//
// # Network
//
// fakecloud listens on the loopback interface unless -public is given. The control path
// always accepts requests from this machine only. The one port serves HTTP, HTTPS with a
// certificate for any host name, and both as a proxy. Therefore a tool whose host names
// are fixed needs no settings of its own:
//
//	fakecloud -ca ca.pem &
//	eval "$(fakecloud -ca ca.pem -print-env)"
//	certimate serve
//
// As a proxy, fakecloud stands for the hosts of aliyuncs.com, for this machine, and for
// names without a dot. It refuses every other host with 403, and it connects to none.
// Name the hosts that a tool has to reach, such as an ACME server, in NO_PROXY. Of the
// variables for the authority, only NODE_EXTRA_CA_CERTS adds to the trusted roots. The
// others replace them, so such a tool needs a file with both.
//
// -ca names a file with the certificate and the key of an authority, which fakecloud makes
// with mode 0600 if it does not exist. Beside it are the files for clients, with the
// certificate alone: ca.crt, and ca.jks for Java. Without -ca the authority is new at every
// start, its key stays in memory, and the files for clients are temporary. fakecloud prints
// their names. Trust the authority in test environments only.
//
// -print-env prints environment variables for a shell: HTTPS_PROXY, HTTP_PROXY,
// SSL_CERT_FILE, CURL_CA_BUNDLE, REQUESTS_CA_BUNDLE, NODE_EXTRA_CA_CERTS,
// JAVA_TOOL_OPTIONS, and the key testid in those that SDKs, Terraform and acme.sh read.
//
// # Exit status
//
// 0 after an interrupt or a termination signal, 1 if it cannot serve, 2 for a usage
// error.
package main

import (
	"context"
	"errors"
	"flag"
	"io"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/bilingual"
	"github.com/alicert/alicert/internal/cli"
	"github.com/alicert/alicert/model/fakecloud"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	outliveFileLimit()
	os.Exit(run(ctx, os.Args[1:], cli.Locale(), os.Stdout, os.Stderr))
}

// run executes the command until the context ends. It returns the exit status.
func run(ctx context.Context, args []string, locale string, stdout, stderr io.Writer) int {
	opts, err := parse(args, locale)
	switch {
	case errors.Is(err, flag.ErrHelp):
		_, _ = io.WriteString(stdout, usage.In(opts.language))
		return cli.OK
	case err != nil:
		cli.Complain(stderr, "fakecloud", opts.language, err)
		return cli.Usage
	}
	if opts.printEnv {
		return printEnvironment(opts, stdout, stderr)
	}
	opts.cloud.OnMissing = func(m fakecloud.Missing) {
		cli.Complain(stderr, "fakecloud", opts.language, bilingual.Fail("%s was called; fakecloud does not implement this operation of the real cloud and answers 501 NotImplemented.Fake",
			"调用了 %s；fakecloud 未实现真实云的这个接口，返回 501 NotImplemented.Fake", m))
	}
	opts.cloud.Trouble = reportTrouble(stderr, opts.language)
	if err := serve(ctx, opts, stdout); err != nil {
		cli.Complain(stderr, "fakecloud", opts.language, err)
		return cli.Failed
	}
	return cli.OK
}

// printEnvironment prints the environment variables for clients.
func printEnvironment(o *options, stdout, stderr io.Writer) int {
	authority, err := openAuthority(o.ca, time.Now)
	if err == nil {
		_, err = io.WriteString(stdout, o.environment(o.addr, authority))
	}
	if err != nil {
		cli.Complain(stderr, "fakecloud", o.language, bilingual.Fail("-print-env: %v", "-print-env：%v", err))
		return cli.Failed
	}
	return cli.OK
}

// reportTrouble returns a function that prints when changes cannot be written to -data,
// and when they can again.
func reportTrouble(w io.Writer, lang errcodes.Lang) func(error) {
	return func(err error) {
		if err != nil {
			err = bilingual.Fail("-data: changes cannot be written and are refused: %v", "-data：变更无法写入，因此被拒绝：%v", err)
		} else {
			err = bilingual.Fail("-data: changes can be written again", "-data：变更可再次写入")
		}
		cli.Complain(w, "fakecloud", lang, err)
	}
}

// serve serves until the context ends. It then waits for the running requests.
func serve(ctx context.Context, o *options, stdout io.Writer) (err error) {
	authority, remove, err := o.openAuthority()
	if err != nil {
		return err
	}
	defer remove()
	o.cloud.Authority = fakecloud.Authority(authority.files())
	cloud, finish, err := o.open()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, finish()) }()
	listener, err := net.Listen("tcp", o.addr)
	if err != nil {
		return err
	}
	b := banner{scheme: "http", addr: listener.Addr().String(), authority: authority, options: o, state: cloud.State()}
	if o.tls {
		b.scheme = "https"
	}
	port := newPort(listener, authority)
	server := cloud.Server()
	server.Handler = port.proxy(server.Handler)
	server.BaseContext = func(net.Listener) context.Context { return ctx } // ends the connections of the page
	b.print(stdout)

	served := make(chan error, 1)
	go func() { served <- server.Serve(port) }()
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
