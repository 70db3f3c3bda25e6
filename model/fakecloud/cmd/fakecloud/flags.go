package main

import (
	"errors"
	"flag"
	"io"
	"io/fs"
	"net"
	"net/netip"
	"os"
	"strconv"
	"strings"
	"time"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/bilingual"
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
	language                errcodes.Lang
}

// given are the flags, and the values that are read when all of them are known.
type given struct {
	flags                        *flag.FlagSet
	seed, window, progress, lang string
	later                        bool
}

// flagsOf returns the flags, bound to the options.
func flagsOf(o *options) *given {
	g := &given{flags: flag.NewFlagSet("fakecloud", flag.ContinueOnError)}
	g.flags.SetOutput(io.Discard) // usage describes the flags, and run complains
	g.flags.StringVar(&o.addr, "addr", "127.0.0.1:8080", "")
	g.flags.StringVar(&g.seed, "seed", "demo", "")
	g.flags.Func("key", "", func(text string) error {
		o.keys = append(o.keys, text) // parsed later, because package flag quotes a value that it refuses
		return nil
	})
	g.flags.BoolVar(&o.cloud.NoAuth, "no-auth", false, "")
	g.flags.StringVar(&g.window, "window", "15m", "")
	g.flags.StringVar(&g.progress, "progress", fakecloud.Progress{}.String(), "")
	g.flags.BoolVar(&g.later, "later", false, "")
	g.flags.StringVar(&o.data, "data", "", "")
	g.flags.StringVar(&o.journal, "journal", "", "")
	g.flags.StringVar(&o.ca, "ca", "", "")
	g.flags.BoolVar(&o.printEnv, "print-env", false, "")
	g.flags.BoolVar(&o.tls, "tls", false, "")
	g.flags.BoolVar(&o.public, "public", false, "")
	g.flags.StringVar(&g.lang, "lang", "", "")
	return g
}

// parse parses the flags. Its errors name the flag. The options are never nil, so that even
// a failure can be told in the right language.
func parse(args []string, locale string) (*options, error) {
	o := options{language: cli.Spoken(args, locale)}
	g := flagsOf(&o)
	switch err := g.flags.Parse(args); {
	case errors.Is(err, flag.ErrHelp):
		return &o, err
	case err != nil:
		return &o, cli.FlagFailure("fakecloud", err)
	case g.flags.NArg() > 0:
		return &o, bilingual.Fail("want flags only, got the argument %q", "只接受选项，多余的参数为 %q", redact.Text(g.flags.Arg(0)))
	}
	if g.later {
		o.cloud.Version = errcodes.Current
	}
	if err := cli.CheckLanguage(g.lang, strconv.Quote(redact.Text(g.lang))); err != nil {
		return &o, err
	}
	return &o, o.finish(g.seed, g.window, g.progress)
}

// addKeys parses one value of -key. Its errors quote no key.
func (o *options) addKeys(text string) error {
	source, name, _ := strings.Cut(text, ":")
	switch source {
	case "file":
		data, err := os.ReadFile(name) //nolint:gosec // the user names the file
		if err != nil {
			return bilingual.Fail("the key file cannot be read: %v; want file:PATH of a file with a line id:secret or id:secret:token",
				"无法读取密钥文件：%v；应为 file:路径，文件中每行为 id:secret 或 id:secret:token", withoutKey(err, name))
		}
		return o.addLines(bilingual.Say("the key file %s", "密钥文件 %s", redact.Text(name)), string(data))
	case "env":
		value, set := os.LookupEnv(name)
		if !set {
			return bilingual.Fail("the environment variable %q is not set; set it to id:secret or id:secret:token, and export it",
				"环境变量 %q 未设置；请设为 id:secret 或 id:secret:token 并导出", redact.Text(name))
		}
		return o.addLines(bilingual.Say("the environment variable %s", "环境变量 %s", redact.Text(name)), value)
	}
	if !o.addKey(text) {
		return bilingual.Fail("the value is not a key; want id:secret, id:secret:token, file:PATH or env:NAME", "该值不是密钥；应为 id:secret、id:secret:token、file:路径 或 env:变量名")
	}
	return nil
}

// addLines parses keys, one a line.
func (o *options) addLines(where errcodes.Message, text string) error {
	before := len(o.cloud.Keys)
	number := 0
	for line := range strings.Lines(text) {
		number++
		if line = strings.TrimSpace(line); line != "" && !o.addKey(line) {
			return bilingual.Fail("line %[1]d of %[2]s is not a key; want id:secret or id:secret:token", "%[3]s的第 %[1]d 行不是密钥；应为 id:secret 或 id:secret:token", number, where.EN, where.ZH)
		}
	}
	if len(o.cloud.Keys) == before {
		return bilingual.Fail("%[1]s has no key; want a line id:secret or id:secret:token", "%[2]s中没有密钥；应有一行 id:secret 或 id:secret:token", where.EN, where.ZH)
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
			return bilingual.Fail("-key: %v", "-key：%v", err)
		}
	}
	o.demoKey = len(o.cloud.Keys) == 0
	if o.cloud.Progress, err = fakecloud.ParseProgress(progress); err != nil {
		return bilingual.Fail("-progress: %[1]v", "-progress：应为 polls=N、after=DURATION、polls=N,after=DURATION 或 manual，而不是 %[2]q", err, redact.Text(progress))
	}
	if o.cloud.Window, err = parseWindow(window); err != nil {
		return bilingual.Fail("-window: %v", "-window：%v", err)
	}
	if o.seed, err = readSeed(seed); err != nil {
		return bilingual.Fail("-seed: %v", "-seed：%v", err)
	}
	if _, port, err := net.SplitHostPort(o.addr); o.printEnv && (o.ca == "" || err == nil && port == "0") {
		return bilingual.Fail("-print-env: give -ca FILE and a fixed port in -addr, the same as to the fakecloud that serves",
			"-print-env：请给出 -ca 文件，并在 -addr 中给出固定端口，与提供服务的 fakecloud 相同")
	}
	if !o.public && !o.printEnv && !loopback(o.addr) {
		return bilingual.Fail("-addr: other machines can reach %s; -public allows that", "-addr：其他机器可以访问 %s；如需允许，请加上 -public", o.addr)
	}
	return nil
}

func parseWindow(text string) (time.Duration, error) {
	if text == "off" {
		return -1, nil
	}
	d, err := time.ParseDuration(text)
	if err != nil || d <= 0 {
		return 0, bilingual.Fail("want a duration over 0, or off; got %q", "应为大于 0 的时长或 off，而不是 %q", redact.Text(text))
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
