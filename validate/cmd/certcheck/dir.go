package main

import (
	"bufio"
	"fmt"
	"path/filepath"
	"time"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/cli"
	"github.com/alicert/alicert/internal/redact"
)

// checkDir checks every pair under a folder.
func checkDir(opts *options, env environment, out *bufio.Writer) (status int, err error) {
	progress := &progress{Line: cli.Line{W: env.stderr, On: env.progress}}
	progress.tell(labelSearching.In(opts.language))
	found, err := findPairs(opts.dir)
	progress.Erase()
	if err != nil {
		return exitUsage, fileFailure("dir", opts.dir, err)
	}
	c := dirCheck{opts: opts, env: env, out: out, progress: progress, found: found}
	for _, p := range found.unreadable {
		c.unreadable(p)
	}
	if len(found.pairs) == 0 {
		return exitUsage, fail("-dir %s: no certificate with a key beside it; certcheck looks for fullchain.pem and privkey.pem, fullchain.cer and domain.key, name.crt (or .cer, .pem) and name.key",
			"-dir %s：没有找到成对的证书和私钥；certcheck 查找 fullchain.pem 与 privkey.pem、fullchain.cer 与 域名.key、name.crt（或 .cer、.pem）与 name.key", opts.dir)
	}
	return c.run()
}

// dirCheck is one run over a folder.
type dirCheck struct {
	opts     *options
	env      environment
	out      *bufio.Writer
	progress *progress
	found    found
	sum      summary
}

// summary counts the results of a run over a folder.
type summary struct {
	accepted, refused, unreadable int
	withoutKey                    []string
}

func (c *dirCheck) run() (status int, err error) {
	c.sum.withoutKey = c.found.withoutKey
	var shower reporter
	if c.opts.format == formatText {
		shower = &listReporter{printer: printer{out: c.out, color: c.env.color, lang: c.opts.language}, width: widest(c.found.pairs), sum: &c.sum}
	} else {
		shower = newReporter(c.opts, c.out, c.env)
	}
	for i, p := range c.found.pairs {
		c.progress.tell(fmt.Sprintf("%d/%d %s", i+1, len(c.found.pairs), p.cert))
		if err := c.one(p, shower); err != nil {
			return exitUsage, err
		}
	}
	c.progress.Erase()
	if err := shower.finish(); err != nil {
		return exitUsage, err
	}
	return c.status(), nil
}

func (c *dirCheck) status() int {
	switch {
	case c.sum.unreadable > 0:
		return exitUsage
	case c.sum.refused > 0:
		return exitRefused
	default:
		return exitAccepted
	}
}

// one checks one pair; an unreadable file is reported and does not end the run.
func (c *dirCheck) one(p pair, shower reporter) error {
	cert, key := filepath.Join(c.opts.dir, filepath.FromSlash(p.cert)), filepath.Join(c.opts.dir, filepath.FromSlash(p.key))
	certificate, err := readFile(cert)
	if err != nil {
		c.unreadable(problem{p.cert, err})
		return nil
	}
	secret, err := readSecret(key)
	if err != nil {
		c.unreadable(problem{p.key, err})
		return nil
	}
	r := c.opts.check(string(certificate), secret)
	r.files, r.pair, r.pem = c.opts.filesOf(cert, key), &p, nil
	if r.status() == exitAccepted {
		c.sum.accepted++
	} else {
		c.sum.refused++
	}
	c.progress.Erase()
	if err := shower.show(r); err != nil {
		return err
	}
	return c.out.Flush()
}

func (c *dirCheck) unreadable(p problem) {
	c.sum.unreadable++
	c.progress.Erase()
	complain(c.env.stderr, c.opts.language, fileFailure("dir", filepath.Join(c.opts.dir, filepath.FromSlash(p.path)), p.err))
}

// progress shows on a terminal how far a run is, on a line that it takes away
// again.
type progress struct {
	cli.Line
	last time.Time
}

const (
	progressEvery = 100 * time.Millisecond
	progressWidth = 72
)

func (p *progress) tell(text string) {
	if p.On && time.Since(p.last) >= progressEvery {
		p.last = time.Now()
		p.Show("%s", shorten(redact.Printable(text), progressWidth))
	}
}

var labelSearching = errcodes.Message{EN: "looking for certificates …", ZH: "正在查找证书……"}
