// Command fuzzall runs all native fuzz targets of a module in turn, each for a fair
// share of the time. go test runs one target at a time.
//
//	go run ./fuzz/cmd/fuzzall -time 10m | -each 10s | -list [-target REGEXP] [-parallel N] [-json] [PATTERN...]
//
// -time is for all targets together, -each for one; building comes on top. A target that
// executes no new input, because the engine runs all known ones first, gets four times as
// long, at most a minute, then a minute, then it fails. Inputs that fail stay in
// testdata/fuzz, inputs that reach new code in Go's build cache. Exit status: 0 if nothing
// failed, also if interrupted, when the last line counts the targets that were not
// executed; 1 if a target failed or was not executed; 2 for bad usage.
package main

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"time"

	"github.com/alicert/alicert/internal/cli"
)

// target is one fuzz function and its result.
type target struct {
	Package    string  `json:"package"`
	Name       string  `json:"name"`
	Seconds    float64 `json:"seconds"`           // that it ran
	Executions int     `json:"executions"`        // of new inputs
	Added      int     `json:"added"`             // inputs that reach new code
	Corpus     int     `json:"corpus"`            // all of them, with the seeds
	Failure    string  `json:"failure,omitempty"` // what the engine printed
	Input      string  `json:"input,omitempty"`   // the file of the input that failed, in the package
	dir        string  // of the package, where its tests run
	known      string  // how many known inputs the engine executed, if it never got to new ones
}

func (t *target) String() string { return path.Base(t.Package) + "." + t.Name }

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	status := run(ctx, os.Args[1:], os.Stdout, os.Stderr, cli.IsTerminal(os.Stderr))
	stop()
	os.Exit(status)
}

func run(ctx context.Context, args []string, stdout, stderr io.Writer, terminal bool) int {
	flags := flag.NewFlagSet("fuzzall", flag.ContinueOnError)
	total := flags.Duration("time", 0, "`time` for all targets together")
	each := flags.Duration("each", 0, "`time` for each target")
	flags.Duration("ceiling", 0, "ignored, for scripts that still give this `time`")
	pattern := flags.String("target", "", "run targets that match this `regexp` of package.FuzzX")
	parallel := flags.Int("parallel", runtime.GOMAXPROCS(0), "`number` of processes that run inputs")
	list := flags.Bool("list", false, "list the targets, run none")
	asJSON := flags.Bool("json", false, "write the table as JSON")
	err := cli.Parse(flags, "fuzzall [flags] [pattern...]", args, stderr)
	if usage := *total < 0 || *each < 0 || *parallel < 1 || !*list && (*total > 0) == (*each > 0); usage && err == nil {
		err = errors.New("give one of -time and -each; times and numbers are positive")
	}
	wanted, bad := regexp.Compile(*pattern)
	if err = cmp.Or(err, bad); err != nil {
		return cli.Refuse(stderr, "fuzzall", err)
	}
	targets, err := discover(ctx, flags.Args(), wanted)
	progress, status, build := cli.Line{W: stderr, On: terminal}, cli.OK, builder{}
	defer build.remove()
	for i, t := range targets {
		if *list {
			_, _ = fmt.Fprintln(stdout, t)
			continue
		}
		progress.Show("%s, %d of %d", t, i+1, len(targets))
		t.Failure = build.of(ctx, t)
		t.fuzz(ctx, build.binary, max(*each, *total/time.Duration(len(targets)), time.Second), *parallel)
		if progress.Erase(); t.Failure != "" {
			status = cli.Failed
			_, _ = fmt.Fprintf(stderr, "--- FAIL: %s\n%s\n", t, t.Failure)
		}
	}
	if err == nil && *asJSON {
		err = json.NewEncoder(stdout).Encode(map[string]any{"parallel": *parallel, "interrupted": ctx.Err() != nil, "targets": targets})
	} else if err == nil && !*list {
		err = table(stdout, targets)
	}
	if err != nil {
		status = cli.Failed
		_, _ = fmt.Fprintf(stderr, "fuzzall: %v\n", err)
	}
	return status
}

// discover finds the targets in the source files, because go test -list would build
// every test.
func discover(ctx context.Context, patterns []string, wanted *regexp.Regexp) (targets []*target, err error) {
	const file = `{{$.ImportPath}}|{{$.Dir}}|{{.}}{{"\n"}}{{end}}`
	const format = "{{range .TestGoFiles}}" + file + "{{range .XTestGoFiles}}" + file
	if len(patterns) == 0 {
		patterns = []string{"./..."}
	}
	out, err := exec.CommandContext(ctx, "go", append([]string{"list", "-f", format, "--"}, patterns...)...).Output() //nolint:gosec // the user's patterns
	if err != nil {
		return nil, fmt.Errorf("go list: %w", err)
	}
	for line := range strings.Lines(string(out)) {
		f := strings.Split(strings.TrimSpace(line), "|")
		source, err := os.ReadFile(filepath.Join(f[1:]...))
		if err != nil {
			return nil, err
		}
		for _, m := range function.FindAllSubmatch(source, -1) {
			if t := (&target{Package: f[0], dir: f[1], Name: string(m[1])}); wanted.MatchString(t.String()) {
				targets = append(targets, t)
			}
		}
	}
	if len(targets) == 0 {
		return nil, errors.New("there is no such fuzz target")
	}
	return targets, nil
}

// builder builds the tests of a package, once for all targets of it.
type builder struct {
	pkg, folder, binary string
	failure             string
}

// of makes the binary that of the target's package, and says why it is not there. The
// instrumentation is the same for all targets.
func (b *builder) of(ctx context.Context, t *target) (failure string) {
	if b.pkg != t.Package {
		b.remove()
		b.pkg, b.failure = t.Package, ""
		folder, err := os.MkdirTemp("", "fuzzall")
		b.folder, b.binary = folder, filepath.Join(folder, "fuzz.test")
		var out []byte
		if err == nil {
			out, err = exec.CommandContext(ctx, "go", "-C", t.dir, "test", "-c", "-fuzz=.", "-o", b.binary, t.Package).CombinedOutput() //nolint:gosec // found by go list
		}
		if err != nil {
			b.failure = fmt.Sprintf("building the tests: %v\n%s", err, out)
		}
	}
	return b.failure
}

func (b *builder) remove() { _ = os.RemoveAll(b.folder) }

// fuzz runs the target for a time, again and longer as long as there are no new inputs.
func (t *target) fuzz(ctx context.Context, binary string, each time.Duration, parallel int) {
	for _, d := range []time.Duration{each, min(4*each, time.Minute), time.Minute} {
		if t.Failure == "" && t.Executions == 0 && ctx.Err() == nil {
			t.execute(ctx, binary, d, parallel)
		}
	}
	t.judge(ctx.Err() != nil)
}

// judge makes a target fail that was not executed, unless the run was interrupted.
func (t *target) judge(interrupted bool) {
	if interrupted && t.Input == "" {
		t.Failure = ""
	} else if t.Failure == "" && t.Executions == 0 {
		t.Failure = fmt.Sprintf("no new input was executed in %.0f seconds%s: give it more time", t.Seconds, t.known)
	}
}

// execute runs the target. The engine has 30 more seconds to write an input and to stop.
func (t *target) execute(ctx context.Context, binary string, d time.Duration, parallel int) {
	cache, _ := exec.CommandContext(ctx, "go", "env", "GOCACHE").Output()
	limited, cancel := context.WithTimeout(ctx, d+30*time.Second)
	defer cancel()
	cmd := exec.CommandContext(limited, binary, "-test.run=^$", "-test.fuzz=^"+t.Name+"$", "-test.fuzztime="+d.String(), "-test.fuzzminimizetime=1x", //nolint:gosec // built here
		"-test.parallel="+strconv.Itoa(parallel), "-test.fuzzcachedir="+filepath.Join(strings.TrimSpace(string(cache)), "fuzz", t.Package))
	cmd.Dir, cmd.WaitDelay, cmd.Cancel = t.dir, 30*time.Second, func() error { return cmd.Process.Signal(os.Interrupt) }
	started := time.Now()
	out, err := cmd.CombinedOutput()
	t.Seconds += time.Since(started).Seconds()
	t.read(string(out), err != nil)
}

var (
	function = regexp.MustCompile(`(?m)^func (Fuzz\w*)\(\w+ \*testing\.F\)`)
	corpus   = regexp.MustCompile(`baseline coverage: \d+/(\d+) completed, now fuzzing`)
	baseline = regexp.MustCompile(`baseline coverage: (\d+)/(\d+) completed\n`)
	counts   = regexp.MustCompile(`execs: (\d+) .*new interesting: (\d+) \(total: (\d+)\)`)
	input    = regexp.MustCompile(`Failing input written to (.*)`)
)

// read reads what the engine printed. Go before 1.27 may report its own time limit as a
// failure (golang/go#75804), without an input that failed.
func (t *target) read(out string, failed bool) {
	for _, m := range counts.FindAllStringSubmatch(out, -1) { // the last one counts
		_, _ = fmt.Sscan(strings.Join(m[1:], " "), &t.Executions, &t.Added, &t.Corpus)
	}
	if m := corpus.FindStringSubmatch(out); m != nil {
		n, _ := strconv.Atoi(m[1])
		t.Executions = max(t.Executions-n, 0)
	} else if all := baseline.FindAllStringSubmatch(out, -1); all != nil {
		m := all[len(all)-1]
		t.known = fmt.Sprintf(", only %s of %s known ones", m[1], m[2])
	}
	if file := input.FindStringSubmatch(out); failed && file != nil {
		t.Failure, t.Input = out, file[1]
	} else if failed && !strings.Contains(out, "\n    context deadline exceeded\n") {
		t.Failure = out
	}
}

// table writes the results. A target without executions has not passed.
func table(w io.Writer, targets []*target) (err error) {
	failed, idle := 0, 0
	_, _ = fmt.Fprintf(w, "%40s %12s %10s %10s %10s\n", "target", "executions", "a second", "new inputs", "inputs")
	for _, t := range targets {
		_, _ = fmt.Fprintf(w, "%40s %12d %10.0f %10d %10d\n", t, t.Executions, float64(t.Executions)/max(t.Seconds, 1), t.Added, t.Corpus)
		if t.Failure != "" {
			failed++
			_, _ = fmt.Fprintf(w, "FAIL: %s.%s %s\n", t.Package, t.Name, t.Input)
		} else if t.Executions == 0 {
			idle++
			_, _ = fmt.Fprintf(w, "not executed: %s.%s\n", t.Package, t.Name)
		}
	}
	_, err = fmt.Fprintf(w, "%d targets, %d failed", len(targets), failed)
	if idle > 0 {
		_, err = fmt.Fprintf(w, ", %d not executed", idle)
	}
	_, _ = fmt.Fprintln(w)
	return err
}
