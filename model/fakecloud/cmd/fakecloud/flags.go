package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"net"
	"net/netip"
	"os"
	"strings"
	"time"

	"github.com/alicert/alicert/internal/cli"
	"github.com/alicert/alicert/model/fakecloud"
	"github.com/alicert/alicert/validate"
)

type options struct {
	addr, data, journal  string
	tls, public, demoKey bool
	seed                 fakecloud.Seed
	cloud                fakecloud.Options
}

// parse reads the flags. Its errors name the flag to blame.
func parse(args []string, stderr io.Writer) (*options, error) {
	var o options
	flags := flag.NewFlagSet("fakecloud", flag.ContinueOnError)
	flags.StringVar(&o.addr, "addr", "127.0.0.1:8080", "`address` to listen on")
	seed := flags.String("seed", "demo", "what is in the account: `FILE.json|demo|none`")
	flags.Func("key", "an access key, `id:secret[:token]`; may be repeated", o.addKey)
	flags.BoolVar(&o.cloud.NoAuth, "no-auth", false, "take requests unsigned")
	window := flags.String("window", "15m", "how far the time of a request may be off: `DURATION|off`")
	progress := flags.String("progress", "polls=1", "when roll-outs and jobs end: `polls=N|after=DURATION|manual`")
	flags.BoolVar(&o.cloud.Later, "later", false, "answer with the later table of the ALB operation")
	flags.StringVar(&o.data, "data", "", "`folder` to keep the state in")
	flags.StringVar(&o.journal, "journal", "", "`file` to write every input and output to")
	flags.BoolVar(&o.tls, "tls", false, "serve HTTPS for every host name")
	flags.BoolVar(&o.public, "public", false, "let other machines in")
	if err := cli.Parse(flags, "fakecloud [flags]", args, stderr); err != nil {
		return nil, err
	}
	if flags.NArg() > 0 {
		return nil, fmt.Errorf("want flags only, got the argument %q", flags.Arg(0))
	}
	return &o, o.finish(*seed, *window, *progress)
}

// addKey reads a key. Its errors do not repeat it.
func (o *options) addKey(text string) error {
	parts := strings.SplitN(text, ":", 3)
	if len(parts) < 2 || parts[0] == "" || parts[1] == "" {
		return errors.New("want id:secret or id:secret:token")
	}
	key := fakecloud.Key{ID: parts[0], Secret: validate.NewSecret(parts[1])}
	if len(parts) == 3 {
		key.SecurityToken = validate.NewSecret(parts[2])
	}
	o.cloud.Keys = append(o.cloud.Keys, key)
	return nil
}

func (o *options) finish(seed, window, progress string) (err error) {
	o.demoKey = len(o.cloud.Keys) == 0
	if o.cloud.Progress, err = fakecloud.ParseProgress(progress); err != nil {
		return fmt.Errorf("-progress: %w", err)
	}
	if o.cloud.Window, err = parseWindow(window); err != nil {
		return fmt.Errorf("-window: %w", err)
	}
	if o.seed, err = readSeed(seed); err != nil {
		return fmt.Errorf("-seed: %w", err)
	}
	if !o.public && !loopback(o.addr) {
		return fmt.Errorf("-addr: %s can be reached from other machines; -public allows that", o.addr)
	}
	return nil
}

func parseWindow(text string) (time.Duration, error) {
	if text == "off" {
		return -1, nil
	}
	d, err := time.ParseDuration(text)
	if err != nil || d <= 0 {
		return 0, fmt.Errorf("want a duration over 0, or off; got %q", text)
	}
	return d, nil
}

func readSeed(name string) (fakecloud.Seed, error) {
	switch name {
	case "demo":
		return fakecloud.Demo(), nil
	case "none":
		return fakecloud.Seed{}, nil
	}
	data, err := os.ReadFile(name)
	if err != nil {
		return fakecloud.Seed{}, err
	}
	return fakecloud.ParseSeed(data)
}

// loopback reports whether an address can only be reached from this machine.
func loopback(addr string) bool {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return false
	}
	address, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && address.Unmap().IsLoopback()
}
