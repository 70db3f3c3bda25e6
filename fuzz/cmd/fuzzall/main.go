// Command fuzzall runs all fuzz targets of a module in turn, with a fair share of
// the time for each.
//
//	go run ./fuzz/cmd/fuzzall -time 10m | -each 10s [-target REGEXP] [-parallel N]
//	    [-ceiling 5s] [-json] [PATTERN...]
//	go run ./fuzz/cmd/fuzzall -list [-target REGEXP] [PATTERN...]
//
// Targets are the native ones of Go (func FuzzX(*testing.F)) in the packages that
// the patterns name, ./... if there are none; -target chooses among them by package
// and name, such as validate.FuzzKeyPair. Each package is built once. Then the
// targets take turns of a minute at most, so that whoever interrupts has given each
// about the same. On a terminal, a line of progress is shown meanwhile.
//
// -time is for all targets together, -each for each of them; building comes on
// top. -parallel is the number of processes that run inputs.
//
// # What is kept
//
// A crasher stays where the engine puts it, in testdata/fuzz of its package, and is
// from then on part of the plain tests; its target is not run any further. Inputs
// that reach new code stay in Go's build cache, and the next run begins with them.
//
// # The summary
//
// For each target: executions, and how many in a second; how many inputs that reach
// new code were added, and how many there are; how many error codes its executions
// earned, of targets that say so; and what failed. With -ceiling, each target is run
// once more for so long with an empty body and its own seeds: the executions in a
// second that the engine itself is capable of. -json writes the same as JSON.
//
// # Exit status
//
// 0 if nothing failed, also if interrupted; 1 if an input did, or a target could
// not be built or run; 2 for bad usage.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"regexp"
	"runtime"
	"syscall"
	"time"

	"github.com/alicert/alicert/internal/cli"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	status := run(ctx, os.Args[1:], os.Stdout, os.Stderr, cli.IsTerminal(os.Stderr))
	stop()
	os.Exit(status)
}

// options are what the flags say.
type options struct {
	total, each, ceiling time.Duration
	target               *regexp.Regexp
	parallel             int
	list, json           bool
	patterns             []string
}

func parse(args []string, stderr io.Writer) (options, error) {
	opts := options{target: regexp.MustCompile("")}
	flags := flag.NewFlagSet("fuzzall", flag.ContinueOnError)
	flags.DurationVar(&opts.total, "time", 0, "`time` for all targets together")
	flags.DurationVar(&opts.each, "each", 0, "`time` for each target")
	flags.DurationVar(&opts.ceiling, "ceiling", 0, "run each target for that `time` with an empty body, too")
	flags.Func("target", "run targets that match this `regexp` of package.FuzzX", func(text string) (err error) {
		opts.target, err = regexp.Compile(text)
		return err
	})
	flags.IntVar(&opts.parallel, "parallel", runtime.GOMAXPROCS(0), "`number` of processes that run inputs")
	flags.BoolVar(&opts.list, "list", false, "list the targets, run none")
	flags.BoolVar(&opts.json, "json", false, "write the summary as JSON")
	if err := cli.Parse(flags, "fuzzall [flags] [pattern...]", args, stderr); err != nil {
		return opts, err
	}
	if opts.patterns = flags.Args(); len(opts.patterns) == 0 {
		opts.patterns = []string{"./..."}
	}
	switch {
	case opts.total < 0 || opts.each < 0 || opts.ceiling < 0 || opts.parallel < 1:
		return opts, errors.New("times and numbers are positive")
	case opts.total > 0 && opts.each > 0:
		return opts, errors.New("-time and -each exclude each other")
	case !opts.list && opts.total+opts.each+opts.ceiling == 0:
		return opts, errors.New("give -time, -each or -ceiling")
	}
	return opts, nil
}

// run is the whole command. It returns the exit status.
func run(ctx context.Context, args []string, stdout, stderr io.Writer, terminal bool) int {
	opts, err := parse(args, stderr)
	if err != nil {
		return cli.Refuse(stderr, "fuzzall", err)
	}
	targets, err := discover(ctx, opts.patterns, opts.target)
	if err != nil {
		_, _ = fmt.Fprintf(stderr, "fuzzall: %v\n", err)
		return cli.Failed
	}
	if opts.list {
		for _, t := range targets {
			_, _ = fmt.Fprintln(stdout, t)
		}
		return cli.OK
	}
	sum, err := fuzzAll(ctx, opts, targets, &progress{cli.Line{W: stderr, On: terminal}})
	if err == nil {
		err = sum.write(stdout, opts.json)
	}
	if err != nil {
		_, _ = fmt.Fprintf(stderr, "fuzzall: %v\n", err)
		return cli.Failed
	}
	if sum.failed() {
		return cli.Failed
	}
	return cli.OK
}
