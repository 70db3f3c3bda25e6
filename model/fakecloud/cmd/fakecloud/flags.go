package main

import (
	"errors"
	"flag"
	"fmt"
	"io"
	"io/fs"
	"net"
	"net/netip"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/cli"
	"github.com/alicert/alicert/internal/redact"
	"github.com/alicert/alicert/model/fakecloud"
	"github.com/alicert/alicert/validate"
)

// options are the parsed flags.
type options struct {
	addr, data, journal, ca string
	tls, public, demoKey    bool
	printEnv                bool
	keys                    []string // the values of -key
	seed                    fakecloud.Seed
	cloud                   fakecloud.Options
}

// parse parses the flags. Its errors name the flag.
func parse(args []string, stderr io.Writer) (*options, error) {
	var o options
	flags := flag.NewFlagSet("fakecloud", flag.ContinueOnError)
	flags.StringVar(&o.addr, "addr", "127.0.0.1:8080", "`address` to listen on")
	seed := flags.String("seed", "demo", "initial content of the account: `FILE.json|demo|none`")
	flags.Func("key", "an access key: `id:secret[:token]|file:PATH|env:NAME`; the file or the environment variable holds one key a line,\nhidden from other users of the machine; may be repeated", func(text string) error {
		o.keys = append(o.keys, text) // parsed later, because package flag quotes a value that it refuses
		return nil
	})
	flags.BoolVar(&o.cloud.NoAuth, "no-auth", false, "accept unsigned requests")
	window := flags.String("window", "15m", "largest difference between the time of a request and the clock: `DURATION|off`")
	progress := flags.String("progress", fakecloud.Progress{}.String(), "when rollouts and jobs end, whichever comes first: `polls=N,after=DURATION|manual`")
	flags.BoolFunc("later", "answer with the later table of the ALB operation", func(value string) error {
		later, err := strconv.ParseBool(value)
		if o.cloud.Version = 0; later {
			o.cloud.Version = errcodes.Current
		}
		return err
	})
	flags.StringVar(&o.data, "data", "", "`folder` that stores the state")
	flags.StringVar(&o.journal, "journal", "", "`file` to write every input and output to")
	flags.StringVar(&o.ca, "ca", "", "`file` with the certificate authority and its key, made if it does not exist; without it the authority is new at every start")
	flags.BoolVar(&o.printEnv, "print-env", false, "print the environment variables that lead clients to the address of -addr and trust the authority of -ca, and exit;\nfor eval \"$(fakecloud -ca FILE -print-env)\"")
	flags.BoolVar(&o.tls, "tls", false, "print https addresses; HTTPS is served with and without it")
	flags.BoolVar(&o.public, "public", false, "accept connections from other machines")
	if err := cli.Parse(flags, "fakecloud [flags]", args, stderr); err != nil {
		return nil, err
	}
	if flags.NArg() > 0 {
		return nil, fmt.Errorf("want flags only, got the argument %q", redact.Text(flags.Arg(0)))
	}
	return &o, o.finish(*seed, *window, *progress)
}

// addKeys parses one value of -key. Its errors quote no key.
func (o *options) addKeys(text string) error {
	source, name, _ := strings.Cut(text, ":")
	switch source {
	case "file":
		data, err := os.ReadFile(name) //nolint:gosec // the user names the file
		if err != nil {
			return fmt.Errorf("the key file cannot be read: %w; want file:PATH of a file with a line id:secret or id:secret:token", withoutKey(err, name))
		}
		return o.addLines("the key file "+redact.Text(name), string(data))
	case "env":
		value, set := os.LookupEnv(name)
		if !set {
			return fmt.Errorf("the environment variable %q is not set; set it to id:secret or id:secret:token, and export it", redact.Text(name))
		}
		return o.addLines("the environment variable "+redact.Text(name), value)
	}
	if !o.addKey(text) {
		return errors.New("the value is not a key; want id:secret, id:secret:token, file:PATH or env:NAME")
	}
	return nil
}

// addLines parses keys, one a line.
func (o *options) addLines(where, text string) error {
	before := len(o.cloud.Keys)
	number := 0
	for line := range strings.Lines(text) {
		number++
		if line = strings.TrimSpace(line); line != "" && !o.addKey(line) {
			return fmt.Errorf("line %d of %s is not a key; want id:secret or id:secret:token", number, where)
		}
	}
	if len(o.cloud.Keys) == before {
		return fmt.Errorf("%s has no key; want a line id:secret or id:secret:token", where)
	}
	return nil
}

// withoutKey removes the name of a file from an error if the name may be a key.
func withoutKey(err error, name string) error {
	if pathError, is := errors.AsType[*fs.PathError](err); is && redact.Is(name) {
		return pathError.Err
	}
	return err
}

// addKey parses a key and reports whether it is valid.
func (o *options) addKey(text string) bool {
	parts := strings.SplitN(text, ":", 3)
	if len(parts) < 2 || parts[0] == "" || parts[1] == "" {
		return false
	}
	key := fakecloud.Key{ID: parts[0], Secret: validate.NewSecret(parts[1])}
	if len(parts) == 3 {
		key.SecurityToken = validate.NewSecret(parts[2])
	}
	o.cloud.Keys = append(o.cloud.Keys, key)
	return true
}

func (o *options) finish(seed, window, progress string) (err error) {
	for _, text := range o.keys {
		if err := o.addKeys(text); err != nil {
			return fmt.Errorf("-key: %w", err)
		}
	}
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
	if _, port, err := net.SplitHostPort(o.addr); o.printEnv && (o.ca == "" || err == nil && port == "0") {
		return errors.New("-print-env: give -ca FILE and a fixed port in -addr, the same as to the fakecloud that serves")
	}
	if !o.public && !o.printEnv && !loopback(o.addr) {
		return fmt.Errorf("-addr: other machines can reach %s; -public allows that", o.addr)
	}
	return nil
}

func parseWindow(text string) (time.Duration, error) {
	if text == "off" {
		return -1, nil
	}
	d, err := time.ParseDuration(text)
	if err != nil || d <= 0 {
		return 0, fmt.Errorf("want a duration over 0, or off; got %q", redact.Text(text))
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
	data, err := os.ReadFile(name) //nolint:gosec // the user names the file
	if err != nil {
		return fakecloud.Seed{}, err
	}
	return fakecloud.ParseSeed(data)
}

// loopback reports whether only this machine can reach an address.
func loopback(addr string) bool {
	host, _, err := net.SplitHostPort(addr)
	if err != nil {
		return false
	}
	address, err := netip.ParseAddr(host)
	return host == "localhost" || err == nil && address.Unmap().IsLoopback()
}
