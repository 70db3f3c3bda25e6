package main

import (
	"bufio"
	"time"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/bilingual"
	"github.com/alicert/alicert/internal/cli"
	"github.com/alicert/alicert/validate"
	"github.com/alicert/alicert/validate/internal/diagnosis"
)

// A result is a checked request with the data that shows it.
type result struct {
	diagnosis.Diagnosis

	when   time.Time     // zero: validity was not checked
	within time.Duration // before the end, when renewal is due; 0: a third of the lifetime
	dryRun bool

	failing validate.AdvisoryID // the advisory that makes the run fail, "" if there is none

	pair *pair  // with -dir
	fix  *fixed // with -fix

	pem    []string // certificates to dump
	flag   string   // with -alb: gives the parameter that the verdict misses
	groups []group  // with -alb: whose the certificates of the report are
}

// A group is the certificates of one id.
type group struct {
	id string
	n  int
}

func (r *result) status() int {
	if r.Report.Err() != nil || r.failing != "" || r.fix != nil && r.fix.failure != nil {
		return exitRefused
	}
	return exitAccepted
}

// A reporter shows results as they come, in one of the formats.
type reporter interface {
	show(r *result) error
	// finish shows the sum of all results.
	finish() error
}

func newReporter(opts *options, out *bufio.Writer, env environment) reporter {
	switch opts.format {
	case formatJSON:
		return &jsonReporter{out: out, lang: opts.language}
	case formatSARIF:
		return &sarifReporter{out: out, lang: opts.language}
	default:
		return &textReporter{printer: printer{out: out, color: env.color, lang: opts.language}, all: opts.all, width: opts.terminalWidth(env)}
	}
}

// showOne shows the only result.
func showOne(r *result, opts *options, env environment, out *bufio.Writer) (status int, err error) {
	reporter := newReporter(opts, out, env)
	if err := reporter.show(r); err != nil {
		return exitUsage, err
	}
	return r.status(), reporter.finish()
}

// checkPair checks one certificate and its key.
func checkPair(opts *options, env environment, out *bufio.Writer) (status int, err error) {
	certificate, err := readCertificate("cert", opts.cert, env.stdin)
	if err != nil {
		return exitUsage, err
	}
	key, err := readKey("key", opts.key, env.stdin)
	if err != nil {
		return exitUsage, err
	}
	r := opts.check(certificate, key)
	r.Files = opts.filesOf(opts.cert, opts.key)
	opened, openedKey, err := opts.open(certificate, key, env.stdin)
	if err != nil {
		return exitUsage, err
	}
	if opts.fix != "" {
		if r, err = opts.checkFixed(r, opened, openedKey); err != nil {
			return exitUsage, err
		}
		if f := r.fix.failure; f != nil && opts.format != formatText {
			cli.Complain(env.stderr, "certcheck", opts.language, bilingual.Fail("-fix %[1]s: nothing is written: %[2]s", "-fix %[1]s：未写入任何文件：%[3]s", opts.fix, reasonOf(f, errcodes.English), reasonOf(f, errcodes.Chinese)))
		}
	} else {
		r.Repair = opts.dryRunFix(r, opened, openedKey)
	}
	if !opts.text {
		r.pem = nil
	}
	return showOne(r, opts, env, out)
}

// filesOf returns the file of each parameter.
func (o *options) filesOf(cert, key string) map[string]string {
	files := make(map[string]string, 2)
	if cert != "" {
		files[o.certificateParameter()] = cert
	}
	if key != "" {
		files[o.keyParameter()] = key
	}
	return files
}

// check checks a certificate and its key with the other parameters as they were
// given.
func (o *options) check(certificate string, key validate.Secret) *result {
	r := &result{when: o.when, within: o.within, pem: []string{certificate}}
	r.Skipped, r.Key = o.skipped(), key
	r.Texts = map[string]string{o.certificateParameter(): certificate}
	settings := o.settings()
	settings.Skip = r.Skipped
	r.Report = validate.Check(o.request(certificate, key), settings)
	r.judge(o)
	return r
}

// judge applies -ignore and -fail-on.
func (r *result) judge(o *options) {
	o.judged.apply(r.Report)
	r.failing = o.judged.failing(r.Report)
}

func (o *options) settings() validate.Options {
	return validate.Options{
		Now: o.when, Strict: o.strict, VerifyChain: true,
		Domains: o.domains[min(len(o.domains), 1):], ExpiresWithin: o.within, Levels: o.judged.of,
	}
}
