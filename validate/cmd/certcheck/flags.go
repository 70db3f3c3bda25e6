package main

import (
	"errors"
	"flag"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/bilingual"
	"github.com/alicert/alicert/internal/cli"
	"github.com/alicert/alicert/internal/redact"
)

// options are the flags as they were given.
type options struct {
	cert, key                             string
	domain, name, certType, status, force string
	strict, text                          bool
	fix, pass                             string
	unsealed                              bool // the certificate came out of a file with a pass-phrase
	op, id, region                        string
	domains                               []string // every -domain; domain is the first

	dir   string
	quiet bool

	alb             bool
	listener, token string
	accelerator     string
	certificates    []string
	dryRun          bool

	codes, version      bool
	explain, completion string

	at, lang, format string

	all, exitZero               bool
	failOn, ignore, color       string
	raise                       []string // every -level
	expiresWithin, columnsGiven string
	judged                      levels        // what failOn, ignore and raise stand for
	within                      time.Duration // what expiresWithin stands for; 0: a third of the lifetime
	width                       int           // what columnsGiven stands for; 0: that of the terminal

	operation errcodes.Operation // what op stands for

	given    []string      // names of the flags that were given, sorted
	language errcodes.Lang // what lang stands for
	when     time.Time     // what at stands for; zero: validity is not checked
}

// The values of -format.
const (
	formatText  = "text"
	formatJSON  = "json"
	formatSARIF = "sarif"
)

// The values of -color.
const (
	colorAuto   = "auto"
	colorAlways = "always"
	colorNever  = "never"
)

// A mode is one of the things that the command can do.
type mode struct {
	flag    string   // that chooses it, "" for none
	allowed []string // the flags that go with it
}

var (
	modePair    = &mode{"", slices.Concat([]string{"cert", "key", "domain", "name", "type", "status", "force", "op", "id", "region", "at", "strict", "lang", "format", "text", "fix", "pass", "expires-within"}, judging, showing)}
	modeDir     = &mode{"dir", slices.Concat([]string{"dir", "domain", "op", "at", "strict", "lang", "format", "fix", "quiet", "expires-within"}, judging, showing)}
	modeALB     = &mode{"alb", slices.Concat([]string{"alb", "op", "listener", "certificate", "domain", "accelerator", "region", "token", "dry-run", "at", "lang", "format", "text", "expires-within"}, judging, showing)}
	modeCodes   = &mode{"codes", []string{"codes", "op", "lang", "format", "color"}}
	modeExplain = &mode{"explain", []string{"explain", "lang", "format", "color"}}
	modeVersion = &mode{"version", []string{"version", "lang"}}
	modeScript  = &mode{"completion", []string{"completion", "lang"}}

	judging = []string{"fail-on", "ignore", "level", "exit-zero"}
	showing = []string{"all", "width", "color"}
)

// flags returns the flags, bound to the options.
func (o *options) flags() *flag.FlagSet {
	set := flag.NewFlagSet("certcheck", flag.ContinueOnError)
	set.SetOutput(io.Discard) // usage describes the flags, and run complains
	set.StringVar(&o.cert, "cert", "", "")
	set.StringVar(&o.key, "key", "", "")
	set.Func("domain", "", func(value string) error {
		o.domains = append(o.domains, value)
		o.domain = o.domains[0]
		return nil
	})
	set.StringVar(&o.name, "name", "", "")
	set.StringVar(&o.certType, "type", "", "")
	set.StringVar(&o.status, "status", "on", "")
	set.StringVar(&o.force, "force", "", "")
	set.StringVar(&o.op, "op", "", "")
	set.StringVar(&o.id, "id", "", "")
	set.StringVar(&o.region, "region", "", "")
	set.StringVar(&o.fix, "fix", "", "")
	set.StringVar(&o.pass, "pass", "", "")
	set.BoolVar(&o.text, "text", false, "")
	set.StringVar(&o.dir, "dir", "", "")
	set.BoolVar(&o.quiet, "quiet", false, "")
	set.BoolVar(&o.alb, "alb", false, "")
	set.StringVar(&o.listener, "listener", "", "")
	set.StringVar(&o.accelerator, "accelerator", "", "")
	set.Func("certificate", "", func(value string) error {
		o.certificates = append(o.certificates, value)
		return nil
	})
	set.StringVar(&o.token, "token", "", "")
	set.BoolVar(&o.dryRun, "dry-run", false, "")
	set.BoolVar(&o.codes, "codes", false, "")
	set.StringVar(&o.explain, "explain", "", "")
	set.BoolVar(&o.version, "version", false, "")
	set.StringVar(&o.completion, "completion", "", "")
	set.StringVar(&o.at, "at", "", "")
	set.BoolVar(&o.strict, "strict", false, "")
	set.StringVar(&o.format, "format", formatText, "")
	set.StringVar(&o.lang, "lang", "", "")
	set.BoolVar(&o.all, "all", false, "")
	set.StringVar(&o.failOn, "fail-on", "", "")
	set.StringVar(&o.ignore, "ignore", "", "")
	set.Func("level", "", func(value string) error {
		o.raise = append(o.raise, value)
		return nil
	})
	set.BoolVar(&o.exitZero, "exit-zero", false, "")
	set.StringVar(&o.expiresWithin, "expires-within", "", "")
	set.StringVar(&o.columnsGiven, "width", "", "")
	set.StringVar(&o.color, "color", colorAuto, "")
	return set
}

// parseFlags reads the arguments. The options are never nil, so that even a
// failure can be told in the right language.
func parseFlags(args []string, locale string) (*options, error) {
	opts := &options{}
	set := opts.flags()
	positional, err := parseMixed(set, args)
	opts.language = cli.Spoken(args, locale)
	set.Visit(func(f *flag.Flag) { opts.given = append(opts.given, f.Name) })
	switch {
	case errors.Is(err, flag.ErrHelp):
		return opts, err
	case err != nil && slices.ContainsFunc(args, redact.Is):
		return opts, bilingual.Fail("an argument is PEM text or a key, not a flag; keys are given as files: -key FILE, or -key - for standard input",
			"某个参数是 PEM 文本或私钥，而不是选项；私钥应以文件给出：-key 文件，或用 -key - 从标准输入读取")
	case err != nil:
		return opts, cli.FlagFailure("certcheck", err)
	default:
		return opts, opts.takeFiles(positional)
	}
}

// parseMixed parses flags that stand before, between and behind the names of files.
func parseMixed(set *flag.FlagSet, args []string) (positional []string, err error) {
	for {
		if err := set.Parse(args); err != nil {
			return nil, err
		}
		rest := set.Args()
		switch {
		case len(rest) == 0:
			return positional, nil
		case len(args) > len(rest) && args[len(args)-len(rest)-1] == "--":
			return append(positional, rest...), nil
		}
		positional, args = append(positional, rest[0]), rest[1:]
	}
}

// takeFiles takes names without a flag: a certificate, and behind it a key.
func (o *options) takeFiles(names []string) error {
	for _, name := range names {
		switch {
		case redact.Is(name) && !onDisk(name):
			return bilingual.Fail("an argument is PEM text or a key, not a file; put the text into a file, or pipe it in and write -",
				"某个参数是 PEM 文本或私钥，而不是文件名；请将内容存为文件，或通过管道传入并写 -")
		case !o.isSet("cert"):
			o.cert, o.given = name, append(o.given, "cert")
		case !o.isSet("key"):
			o.key, o.given = name, append(o.given, "key")
		default:
			return bilingual.Fail("%s is one file too many; give a certificate and its key", "%s 是多余的文件；请只给出证书及其私钥", shown(name))
		}
	}
	return nil
}

func (o *options) isSet(name string) bool { return slices.Contains(o.given, name) }

func (o *options) mode() *mode {
	switch {
	case o.codes:
		return modeCodes
	case o.isSet("explain"):
		return modeExplain
	case o.version:
		return modeVersion
	case o.isSet("completion"):
		return modeScript
	case o.isSet("dir"):
		return modeDir
	case o.alb:
		return modeALB
	default:
		return modePair
	}
}

// resolve checks that the flags make sense together and reads those that are
// words.
func (o *options) resolve(now func() time.Time) error {
	for _, check := range []func() error{o.checkWords, o.checkMode, o.checkFormat, o.checkEmpty, o.checkPasted, o.checkPass, o.checkOperation, o.checkEntries, o.checkLevels, o.checkMeasures, o.checkCompletion} {
		if err := check(); err != nil {
			return err
		}
	}
	return o.resolveTime(now)
}

func (o *options) resolveTime(now func() time.Time) (err error) {
	switch {
	case !o.isSet("at"):
		o.when = now()
		return nil
	case o.at == "none":
		return nil
	case o.at == "":
		return bilingual.Fail("-at is empty; give a time such as 2026-07-01T00:00:00Z, or none", "-at 为空；请给出时间（例如 2026-07-01T00:00:00Z）或 none")
	}
	if o.when, err = time.Parse(time.DateOnly, o.at); err == nil {
		return nil
	}
	if o.when, err = time.Parse(time.RFC3339, o.at); err != nil {
		return bilingual.Fail("-at %s is not a time; write it as 2026-07-01T00:00:00Z, or none", "-at %s 不是时间；请写成 2026-07-01T00:00:00Z 的形式，或 none", shown(o.at))
	}
	return nil
}

func (o *options) checkWords() error {
	if err := cli.CheckLanguage(o.lang, shown(o.lang)); err != nil {
		return err
	}
	switch o.color {
	case colorAuto, colorAlways, colorNever:
	default:
		return bilingual.Fail("-color %s is not a choice; use auto, always or never", "-color %s 不是可用的值；请用 auto、always 或 never", shown(o.color))
	}
	switch o.format {
	case formatText, formatJSON, formatSARIF:
		return nil
	default:
		return bilingual.Fail("-format %s is not a format; use text, json or sarif", "-format %s 不是可用的格式；请用 text、json 或 sarif", shown(o.format))
	}
}

func (o *options) checkMode() error {
	chosen := o.mode()
	for _, name := range o.given {
		if slices.Contains(chosen.allowed, name) {
			continue
		}
		if chosen.flag != "" {
			return bilingual.Fail("-%[1]s does not go with -%[2]s; leave one of them out (with -%[2]s go -%[3]s)",
				"-%[1]s 不能与 -%[2]s 同用；请去掉其中一个（可与 -%[2]s 同用的有 -%[4]s）",
				name, chosen.flag, strings.Join(chosen.allowed[1:], ", -"), strings.Join(chosen.allowed[1:], "、-"))
		}
		if slices.Contains(modeDir.allowed, name) {
			return bilingual.Fail("-%s goes with -dir only; add -dir DIR, or leave it out", "-%s 只能与 -dir 同用；请加上 -dir 目录或去掉它", name)
		}
		return bilingual.Fail("-%s goes with -alb only; add -alb, or leave it out", "-%s 只能与 -alb 同用；请加上 -alb 或去掉它", name)
	}
	return nil
}

func (o *options) checkFormat() error {
	switch {
	case o.codes && o.format == formatSARIF:
		return bilingual.Fail("-format sarif does not go with -codes, which finds nothing; use text or json", "-format sarif 不能与 -codes 同用；请用 text 或 json")
	case o.isSet("explain") && o.format == formatSARIF:
		return bilingual.Fail("-format sarif does not go with -explain, which finds nothing; use text or json", "-format sarif 不能与 -explain 同用；请用 text 或 json")
	case o.text && o.format != formatText:
		return bilingual.Fail("-text does not go with -format %s; leave one of them out", "-text 不能与 -format %s 同用；请去掉其中一个", o.format)
	case o.isSet("fix") && !o.isSet("cert") && !o.isSet("key") && !o.isSet("dir"):
		return bilingual.Fail("-fix has nothing to fix; add -cert FILE, -key FILE or both", "-fix 没有可修复的文件；请加上 -cert 文件或 -key 文件")
	case o.cert == stdinName && o.key == stdinName:
		return bilingual.Fail("-cert - and -key - cannot both be standard input; put one of the two into a file", "-cert - 和 -key - 不能同时使用标准输入；请将其中一个存为文件")
	default:
		return nil
	}
}

// checkEmpty refuses file names that are empty, as those of an unset variable
// are.
func (o *options) checkEmpty() error {
	values := map[string]string{"cert": o.cert, "key": o.key, "fix": o.fix, "dir": o.dir}
	for _, name := range o.given {
		if value, isFile := values[name]; isFile && value == "" {
			return bilingual.Fail("-%s is empty; give a file or folder name (is a variable unset?)", "-%s 为空；请给出文件或目录名（是否有变量未设置？）", name)
		}
	}
	return nil
}

// checkPasted refuses key material where it might be quoted in a finding.
func (o *options) checkPasted() error {
	names := map[string]string{"cert": o.cert, "key": o.key, "fix": o.fix, "dir": o.dir}
	words := map[string][]string{
		"domain": o.domains, "type": {o.certType}, "status": {o.status}, "force": {o.force},
		"op": {o.op}, "id": {o.id}, "region": {o.region}, "explain": {o.explain}, "completion": {o.completion},
		"listener": {o.listener}, "accelerator": {o.accelerator}, "certificate": o.certificateIDs(),
		"fail-on": {o.failOn}, "ignore": {o.ignore}, "level": o.raise, "expires-within": {o.expiresWithin}, "width": {o.columnsGiven},
	}
	for _, name := range o.given {
		switch {
		case redact.IsName(names[name]) && !onDisk(names[name]):
			return bilingual.Fail("-%s holds the text itself where a name belongs; put the text into a file, or pipe it in and write -",
				"-%s 的值是内容本身而不是名称；请将内容存为文件，或通过管道传入并写 -", name)
		case slices.ContainsFunc(words[name], redact.Is):
			return bilingual.Fail("-%s holds PEM text or a key; certificates and keys are given as files, with -cert FILE and -key FILE",
				"-%s 的值是 PEM 文本或私钥；证书和私钥应以文件给出：-cert 文件、-key 文件", name)
		}
	}
	return nil
}

// onDisk reports whether a name is that of a file, or of one to be made in a folder
// other than this one: a key is no path.
func onDisk(name string) bool {
	folder := filepath.Dir(name)
	_, err := os.Stat(name) //nolint:gosec // the files are those it is told to work on
	if err != nil && folder != "." {
		_, err = os.Stat(folder) //nolint:gosec // as above
	}
	return err == nil
}

func (o *options) certificateIDs() (ids []string) {
	for _, value := range o.certificates {
		id, _, _ := strings.Cut(value, "=")
		ids = append(ids, id)
	}
	return ids
}
