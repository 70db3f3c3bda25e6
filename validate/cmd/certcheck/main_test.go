package main

import (
	"bytes"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/cli"
	"github.com/alicert/alicert/internal/testutil"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"certcheck": main, "load-pairs": loadPairs, "measure-run": measureRun})
}

// testTime is the time that tests check validity at.
const testTime = "2026-07-01T00:00:00Z"

// testdata is the module's, as an absolute path.
var testdata = func() string {
	path, err := filepath.Abs(filepath.Join("..", "..", "..", "testdata"))
	if err != nil {
		panic(err)
	}
	return path
}()

// repository returns a path in the module's testdata.
func repository(path ...string) string { return filepath.Join(append([]string{testdata}, path...)...) }

// TestScripts runs testdata/script. Its scripts have these commands of their
// own:
//
//	exits STATUS certcheck ARG...   run and compare the exit status
//	mode OCTAL FILE                 compare the mode of a file
//	nothing-left DIR                there are no temporary files
//
// and a file "large" that is just beyond what is read.
func TestScripts(t *testing.T) {
	keyFile, err := os.ReadFile(repository("pki", "rsa2048", "key.pem"))
	if err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{
		Dir: filepath.Join("testdata", "script"), UpdateScripts: testutil.Updating(),
		Setup: func(env *testscript.Env) error {
			env.Setenv("TESTDATA", testdata)
			env.Setenv("PKI", repository("pki"))
			env.Setenv("DEMO", repository("demo"))
			env.Setenv("LAYOUTS", repository("layouts"))
			env.Setenv("FOLDERS", repository("folders"))
			env.Setenv("AT", testTime)
			env.Setenv("CHINESE128", strings.Repeat("证", 128))
			env.Setenv("KEYLINE", strings.Split(string(keyFile), "\n")[1])
			return writeSparse(filepath.Join(env.WorkDir, "large"), maxInput+1)
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"exits":        scriptExits,
			"mode":         scriptMode,
			"nothing-left": scriptNothingLeft,
		},
	})
}

func writeSparse(path string, size int64) error {
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	return errors.Join(file.Truncate(size), file.Close())
}

func scriptExits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits status command ...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	err = ts.Exec(args[1], args[2:]...)
	got := 0
	if exit := (*exec.ExitError)(nil); errors.As(err, &exit) {
		got = exit.ExitCode()
	} else {
		ts.Check(err)
	}
	if got != want {
		ts.Fatalf("exit status %d; want %d", got, want)
	}
}

func scriptMode(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: mode octal file")
	}
	info, err := os.Stat(ts.MkAbs(args[1]))
	ts.Check(err)
	if got := strconv.FormatUint(uint64(info.Mode().Perm()), 8); got != args[0] {
		ts.Fatalf("%s has mode %s; want %s", args[1], got, args[0])
	}
}

func scriptNothingLeft(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: nothing-left dir")
	}
	left, err := filepath.Glob(filepath.Join(ts.MkAbs(args[0]), ".certcheck-*"))
	ts.Check(err)
	if len(left) > 0 {
		ts.Fatalf("left behind: %v", left)
	}
}

// A ran is what a run in the process came to.
type ran struct {
	status         int
	stdout, stderr string
}

// runHere runs the command in the process, as on a terminal if terminal says so.
func runHere(t testing.TB, stdin string, terminal bool, args ...string) ran {
	t.Helper()
	var stdout, stderr bytes.Buffer
	status := run(args, environment{
		stdin: strings.NewReader(stdin), stdout: &stdout, stderr: &stderr,
		color: terminal, progress: terminal,
		now: func() time.Time {
			now, err := time.Parse(time.RFC3339, testTime)
			if err != nil {
				t.Fatal(err)
			}
			return now
		},
	})
	return ran{status, stdout.String(), stderr.String()}
}

func TestColor(t *testing.T) {
	args := []string{"-cert", repository("demo", "shop.example.com.pem"), "-key", repository("demo", "shop.example.com.key")}
	onTerminal := runHere(t, "", true, args...)
	if !strings.HasPrefix(onTerminal.stdout, "\x1b[1;31mrefused:\x1b[0m \x1b[1mCertificate.MissMatch\x1b[0m — the key ") {
		t.Errorf("no color on a terminal:\n%s", onTerminal.stdout)
	}
	piped := runHere(t, "", false, args...)
	if strings.Contains(piped.stdout, "\x1b") {
		t.Errorf("color elsewhere:\n%s", piped.stdout)
	}
	codes := strings.NewReplacer("\x1b[1;31m", "", "\x1b[1;32m", "", "\x1b[1m", "", "\x1b[2m", "", "\x1b[33m", "", "\x1b[0m", "")
	if got := codes.Replace(onTerminal.stdout); got != piped.stdout {
		t.Errorf("color is not the only difference:\n%s", got)
	}
	if got := runHere(t, "", false, append(args, "-color", "always")...); got.stdout != onTerminal.stdout {
		t.Errorf("-color always:\n%s", got.stdout)
	}
	if got := runHere(t, "", true, append(args, "-color", "never")...); got.stdout != piped.stdout {
		t.Errorf("-color never:\n%s", got.stdout)
	}
}

func TestProgressIsErased(t *testing.T) {
	got := runHere(t, "", true, "-dir", repository("layouts"))
	if !strings.Contains(got.stderr, labelSearching.EN) {
		t.Errorf("no progress on a terminal: %q", got.stderr)
	}
	if !strings.HasSuffix(got.stderr, cli.EraseLine) {
		t.Errorf("progress is left behind: %q", got.stderr)
	}
	if got := runHere(t, "", false, "-dir", repository("layouts")); got.stderr != "" {
		t.Errorf("progress elsewhere: %q", got.stderr)
	}
}

// brokenPipe takes nothing.
type brokenPipe struct{}

func (brokenPipe) Write([]byte) (int, error) { return 0, errors.New("no space left") }

func TestOutputFails(t *testing.T) {
	for _, args := range [][]string{
		{"-codes"},
		{"-h"},
		{"-cert", repository("pki", "p256", "chain3.pem"), "-format", "json"},
		{"-cert", repository("pki", "p256", "chain3.pem"), "-format", "sarif"},
		{"-dir", repository("layouts")},
	} {
		var stderr bytes.Buffer
		status := run(args, environment{stdin: strings.NewReader(""), stdout: brokenPipe{}, stderr: &stderr, now: time.Now})
		if status != exitUsage || !strings.Contains(stderr.String(), "no space left") {
			t.Errorf("run(%q) = %d, %q; want %d and the reason", args, status, stderr.String(), exitUsage)
		}
	}
}

func TestUsageNamesEveryFlag(t *testing.T) {
	flags := make(map[string]bool)
	for _, m := range []*mode{modePair, modeDir, modeALB, modeCodes} {
		for _, name := range m.allowed {
			flags[name] = true
		}
	}
	for name := range flags {
		for _, text := range []string{usage(errcodes.English), usage(errcodes.Chinese)} {
			if !strings.Contains(text, "\n  -"+name+" ") {
				t.Errorf("-%s is not described in %.20q", name, text)
			}
		}
	}
}
