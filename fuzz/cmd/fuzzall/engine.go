package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"time"

	"github.com/alicert/alicert/internal/reached"
)

// An engine builds test binaries and runs targets in them.
type engine struct {
	dir      string // for what is thrown away
	cache    string // where the go command keeps inputs that reach new code
	parallel int
	binaries map[string]string // by package
}

func newEngine(ctx context.Context, dir string, parallel int) (*engine, error) {
	out, err := exec.CommandContext(ctx, "go", "env", "GOCACHE").Output()
	if err != nil {
		return nil, fmt.Errorf("go env GOCACHE: %w", err)
	}
	return &engine{dir, filepath.Join(strings.TrimSpace(string(out)), "fuzz"), parallel, map[string]string{}}, nil
}

// binary builds the instrumented tests of a package, once.
func (e *engine) binary(ctx context.Context, t target) (string, error) {
	if file, built := e.binaries[t.pkg]; built {
		return file, nil
	}
	file := filepath.Join(e.dir, strconv.Itoa(len(e.binaries))+".test")
	if err := e.build(ctx, t, file); err != nil {
		return "", err
	}
	e.binaries[t.pkg] = file
	return file, nil
}

func (e *engine) build(ctx context.Context, t target, file string, flags ...string) error {
	args := append([]string{"test", "-c", "-fuzz=" + t.name, "-o", file}, flags...)
	cmd := exec.CommandContext(ctx, "go", append(args, t.pkg)...)
	cmd.Dir = t.dir
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("building the tests of %s: %w\n%s", t.pkg, err, out)
	}
	return nil
}

// A turn is what one run of a target came to.
type turn struct {
	status
	took  time.Duration
	crash string // what failed, "" if nothing did
	file  string // the input that failed, as the engine kept it; "" if it was a seed
}

// status is the last line of progress of the engine.
type status struct {
	executions, added, corpus int
}

// fuzz runs a target for so long.
func (e *engine) fuzz(ctx context.Context, t target, d time.Duration, seen func(status)) (turn, error) {
	binary, err := e.binary(ctx, t)
	if err != nil {
		return turn{}, err
	}
	return e.run(ctx, t, binary, filepath.Join(e.cache, filepath.FromSlash(t.pkg)), d, seen)
}

// empty runs a target for so long with an empty body, from its seeds alone.
func (e *engine) empty(ctx context.Context, t target, d time.Duration) (turn, error) {
	dir, err := os.MkdirTemp(e.dir, "empty")
	if err != nil {
		return turn{}, err
	}
	defer func() { _ = os.RemoveAll(dir) }()
	overlay, err := emptied(t, dir)
	if err != nil {
		return turn{}, err
	}
	binary := filepath.Join(dir, "empty.test")
	if err := e.build(ctx, t, binary, "-overlay="+overlay); err != nil {
		return turn{}, err
	}
	return e.run(ctx, t, binary, filepath.Join(dir, "cache"), d, func(status) {})
}

const grace = 30 * time.Second // to minimise, to write an input, to stop

func (e *engine) run(ctx context.Context, t target, binary, cache string, d time.Duration, seen func(status)) (turn, error) {
	ctx, cancel := context.WithTimeout(ctx, d+grace)
	defer cancel()
	cmd := exec.CommandContext(ctx, binary,
		"-test.run=^$", "-test.fuzz=^"+t.name+"$", "-test.fuzztime="+d.String(), "-test.fuzzminimizetime=1x",
		"-test.parallel="+strconv.Itoa(e.parallel), "-test.fuzzcachedir="+cache)
	cmd.Dir = t.dir
	cmd.Env = append(os.Environ(), reached.File+"="+e.codes(t))
	cmd.Cancel = func() error { return cmd.Process.Signal(os.Interrupt) }
	cmd.WaitDelay = grace
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return turn{}, err
	}
	cmd.Stderr = cmd.Stdout
	begun := time.Now()
	if err := cmd.Start(); err != nil {
		return turn{}, err
	}
	var result turn
	var output strings.Builder
	for lines := bufio.NewScanner(stdout); lines.Scan(); {
		if s, ok := parseStatus(lines.Text()); ok {
			result.status = s
			seen(s)
		} else if output.Len() < 1<<16 {
			output.WriteString(lines.Text() + "\n")
		}
	}
	err = cmd.Wait()
	result.took = time.Since(begun)
	var exit *exec.ExitError
	switch text := output.String(); {
	case err == nil, isEngineDeadline(text), errors.Is(context.Cause(ctx), context.Canceled):
	case errors.As(err, &exit):
		result.crash, result.file = text, crasher(text)
	default:
		return result, err
	}
	return result, nil
}

// codes is the file in which the executions of a target note the codes they earn.
func (e *engine) codes(t target) string {
	return filepath.Join(e.dir, strings.ReplaceAll(t.pkg, "/", "_")+"."+t.name+".codes")
}

// earned returns the codes that a target has noted.
func (e *engine) earned(t target) []string {
	text, err := os.ReadFile(e.codes(t))
	if err != nil { // it notes none
		return nil
	}
	return distinct(strings.Fields(string(text)))
}

var statusLine = regexp.MustCompile(`^fuzz: elapsed: \S+, execs: (\d+) .*new interesting: (\d+) \(total: (\d+)\)`)

func parseStatus(line string) (s status, ok bool) {
	m := statusLine.FindStringSubmatch(line)
	if m == nil {
		return s, strings.HasPrefix(line, "fuzz: elapsed:")
	}
	for i, to := range []*int{&s.executions, &s.added, &s.corpus} {
		*to, _ = strconv.Atoi(m[i+1]) // digits
	}
	return s, true
}

const written = "Failing input written to "

// crasher returns the name of the file that an output says an input was written to.
func crasher(output string) string {
	_, rest, _ := strings.Cut(output, written)
	name, _, _ := strings.Cut(rest, "\n")
	return name
}

var deadline = regexp.MustCompile(`(?m)^\s*context deadline exceeded$`)

// isEngineDeadline reports whether a failure is that of the engine itself: Go before
// 1.27 may take its own end of time for one (golang/go#75804). No input is to blame.
func isEngineDeadline(output string) bool {
	return deadline.MatchString(output) && !strings.Contains(output, written)
}
