package main

import (
	"bufio"
	"errors"
	"flag"
	"io"
	"os"
	"time"

	"github.com/alicert/alicert/internal/bilingual"
	"github.com/alicert/alicert/internal/cli"
)

// The exit statuses.
const (
	exitAccepted = 0 // the service would accept
	exitRefused  = 1 // it would not, or -fail-on names a finding; -exit-zero makes it 0
	exitUsage    = 2 // bad usage, or a file that cannot be read or written
)

// An environment is what the command gets from the system.
type environment struct {
	stdin          io.Reader
	stdout, stderr io.Writer
	color          bool // standard output is a terminal that wants color
	progress       bool // standard error is a terminal
	width          int  // of the terminal, in columns; 0 if it is not known
	locale         string
	now            func() time.Time
}

func main() {
	os.Exit(run(os.Args[1:], environment{
		stdin:    os.Stdin,
		stdout:   os.Stdout,
		stderr:   os.Stderr,
		color:    cli.IsTerminal(os.Stdout) && os.Getenv("NO_COLOR") == "",
		progress: cli.IsTerminal(os.Stderr),
		width:    measuredWidth(os.Stdout, os.Getenv("COLUMNS")),
		locale:   cli.Locale(),
		now:      time.Now,
	}))
}

// run is the whole command. It returns the exit status.
func run(args []string, env environment) int {
	opts, err := parseFlags(args, env.locale)
	out := bufio.NewWriter(env.stdout)
	var status int
	switch {
	case len(args) == 0:
		_, _ = io.WriteString(env.stderr, usage(opts.language))
		return exitUsage
	case errors.Is(err, flag.ErrHelp):
		_, err = out.WriteString(usage(opts.language))
	case err == nil:
		switch opts.color {
		case colorAlways:
			env.color = true
		case colorNever:
			env.color = false
		}
		status, err = dispatch(opts, env, out)
		if status == exitRefused && opts.exitZero {
			status = exitAccepted
		}
	}
	if flushed := out.Flush(); err == nil && flushed != nil {
		err = bilingual.Fail("the output cannot be written: %v", "无法写出结果：%v", flushed)
	}
	if err != nil {
		cli.Complain(env.stderr, "certcheck", opts.language, err)
		return exitUsage
	}
	return status
}

func dispatch(opts *options, env environment, out *bufio.Writer) (status int, err error) {
	if err := opts.resolve(env.now); err != nil {
		return exitUsage, err
	}
	switch opts.mode() {
	case modeCodes:
		return exitAccepted, writeCodes(opts, out, env.color)
	case modeExplain:
		return exitAccepted, explain(opts, env, out)
	case modeVersion:
		_, err = out.WriteString("certcheck " + cli.Version() + "\n")
		return exitAccepted, err
	case modeScript:
		_, err = out.WriteString(completions[opts.completion](opts))
		return exitAccepted, err
	case modeDir:
		return checkDir(opts, env, out)
	case modeALB:
		return checkALB(opts, env, out)
	default:
		return checkPair(opts, env, out)
	}
}
