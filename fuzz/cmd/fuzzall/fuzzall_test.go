package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/alicert/alicert/internal/cli"
)

// inModule makes a module of one package with fuzz targets, and works in it.
func inModule(t *testing.T, targets string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range map[string]string{
		"go.mod":    "module example.com/m\n\ngo 1.26\n",
		"m.go":      "package m\n",
		"m_test.go": "package m\n\nimport (\n\t\"os\"\n\t\"testing\"\n)\n\nvar _ = os.Getenv\n\n" + targets,
	} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	t.Chdir(dir)
	return dir
}

const twoTargets = `
func FuzzSound(f *testing.F) {
	f.Add("a")
	f.Fuzz(func(t *testing.T, s string) {
		if name := os.Getenv("ALICERT_FUZZ_CODES"); s == "a" {
			_ = os.WriteFile(name, []byte("ServiceBusy\nServiceBusy\n"), 0o600)
		}
	})
}

func FuzzUnsound(f *testing.F) {
	f.Add("a")
	f.Fuzz(func(t *testing.T, s string) {
		if len(s) > 3 {
			t.Error("too long")
		}
	})
}
`

func TestFuzzAll(t *testing.T) {
	if testing.Short() {
		t.Skip("builds and runs fuzz targets")
	}
	dir := inModule(t, twoTargets)
	var stdout, stderr bytes.Buffer
	status := run(t.Context(), []string{"-time", "6s", "-parallel", "1", "-ceiling", "1s", "-json"}, &stdout, &stderr, true)
	if status != cli.Failed {
		t.Errorf("exit status %d; want %d", status, cli.Failed)
	}
	var sum summary
	if err := json.Unmarshal(stdout.Bytes(), &sum); err != nil || len(sum.Targets) != 2 {
		t.Fatalf("%v in\n%s%s", err, &stdout, &stderr)
	}
	sound, unsound := sum.Targets[0], sum.Targets[1]
	if sound.Name != "FuzzSound" || sound.failed() || sound.Executions == 0 || sound.Ceiling == 0 || strings.Join(sound.Codes, " ") != "ServiceBusy" {
		t.Errorf("the sound one: %+v", sound)
	}
	if unsound.Name != "FuzzUnsound" || !strings.Contains(unsound.Failure, "too long") || unsound.Codes != nil {
		t.Errorf("the unsound one: %+v", unsound)
	}
	if _, err := os.Stat(filepath.Join(dir, unsound.Input)); err != nil || unsound.Input == "" {
		t.Errorf("the input is not kept: %v", err)
	}
	if shown := stderr.String(); !strings.Contains(shown, cli.EraseLine+"m.FuzzSound, 1 of 2: ") || !strings.Contains(shown, "--- FAIL: m.FuzzUnsound\n") {
		t.Errorf("the progress is\n%q", shown)
	}
	// The input fails at once now, without a terminal in silence but for that.
	stdout.Reset()
	stderr.Reset()
	if status := run(t.Context(), []string{"-each", "2s", "-target", "Unsound"}, &stdout, &stderr, false); status != cli.Failed {
		t.Errorf("again: exit status %d", status)
	}
	if strings.Contains(stderr.String(), cli.EraseLine) || !strings.Contains(stdout.String(), "FAIL: example.com/m.FuzzUnsound\n") {
		t.Errorf("again:\n%s%s", &stdout, &stderr)
	}
}

func TestInterrupt(t *testing.T) {
	if testing.Short() {
		t.Skip("builds and runs fuzz targets")
	}
	inModule(t, twoTargets)
	ctx, cancel := context.WithCancel(t.Context())
	var stdout bytes.Buffer
	seen := writerFunc(func(text []byte) {
		if strings.Contains(string(text), "executions") {
			time.AfterFunc(3*time.Second, cancel)
		}
	})
	begun := time.Now()
	if status := run(ctx, []string{"-each", "10m", "-target", "FuzzSound", "-parallel", "1"}, &stdout, seen, true); status != cli.OK {
		t.Errorf("exit status %d", status)
	}
	if took := time.Since(begun); took > 5*time.Minute || !strings.Contains(stdout.String(), "1 targets, 0 failed") {
		t.Errorf("after %v:\n%s", took, &stdout)
	}
}

type writerFunc func([]byte)

func (f writerFunc) Write(text []byte) (int, error) { f(text); return len(text), nil }

func TestList(t *testing.T) {
	inModule(t, twoTargets)
	var stdout bytes.Buffer
	if status := run(t.Context(), []string{"-list"}, &stdout, io.Discard, false); status != cli.OK {
		t.Errorf("exit status %d", status)
	}
	if got, want := stdout.String(), "m.FuzzSound\nm.FuzzUnsound\n"; got != want {
		t.Errorf("got %q; want %q", got, want)
	}
	if _, err := discover(t.Context(), []string{"./..."}, regexp.MustCompile("Nonsense")); err == nil {
		t.Error("no target, no error")
	}
}

func TestUsage(t *testing.T) {
	for _, args := range []string{"", "-time 1m -each 1m", "-time -1s", "-time 1m -parallel 0", "-time nonsense", "-time 1m -target (", "-nonsense"} {
		var stderr strings.Builder
		if status := run(t.Context(), strings.Fields(args), io.Discard, &stderr, false); status != cli.Usage || strings.Count(stderr.String(), "\n") != 1 {
			t.Errorf("%q: exit status %d, %q; want %d and one line", args, status, stderr.String(), cli.Usage)
		}
	}
}

func TestShares(t *testing.T) {
	for _, test := range []struct {
		each  time.Duration
		turns int
		d     time.Duration
	}{
		{0, 0, 0},
		{time.Second, 1, time.Second},
		{time.Minute, 1, time.Minute},
		{90 * time.Second, 2, 45 * time.Second},
		{time.Hour, 60, time.Minute},
	} {
		if turns, d := shares(test.each); turns != test.turns || d != test.d {
			t.Errorf("%v: %d turns of %v; want %d of %v", test.each, turns, d, test.turns, test.d)
		}
	}
}

func TestReadsTheEngine(t *testing.T) {
	s, ok := parseStatus("fuzz: elapsed: 1m3s, execs: 47992 (15902/sec), new interesting: 135 (total: 326)")
	if want := (status{47992, 135, 326}); !ok || s != want {
		t.Errorf("got %+v, %v; want %+v", s, ok, want)
	}
	if s, ok := parseStatus("fuzz: elapsed: 0s, gathering baseline coverage: 0/191 completed"); !ok || s != (status{}) {
		t.Errorf("got %+v, %v", s, ok)
	}
	if _, ok := parseStatus("PASS"); ok {
		t.Error("PASS is no status")
	}
	failed := "--- FAIL: FuzzX (0.10s)\n    x_test.go:1: no\n\n    Failing input written to testdata/fuzz/FuzzX/ab12\n    To re-run:\n"
	if got := crasher(failed); got != "testdata/fuzz/FuzzX/ab12" {
		t.Errorf("got %q", got)
	}
	ended := "--- FAIL: FuzzX (10.08s)\n    context deadline exceeded\nFAIL\n"
	for text, want := range map[string]bool{ended: true, failed: false, failed + ended: false, "x: context deadline exceeded\n": false} {
		if got := isEngineDeadline(text); got != want {
			t.Errorf("%q is the end of time: %v", text, got)
		}
	}
}

func TestBodyOf(t *testing.T) {
	const source = "package m\n\nfunc FuzzA(f *F) { f.Add(1); f.Fuzz(func(t *T, s string) { use(s) }) }\n\nfunc FuzzB(f *F) { f.Fuzz(body) }\n"
	at, err := bodyOf("FuzzA", []byte(source))
	if err != nil || !strings.HasPrefix(source[at:], " use(s)") {
		t.Errorf("got %q, %v", source[at:], err)
	}
	if _, err := bodyOf("FuzzB", []byte(source)); err != errNoBody { //nolint:errorlint // that very one
		t.Errorf("got %v", err)
	}
}

func TestSummary(t *testing.T) {
	sum := summary{Parallel: 2, Targets: []result{
		{Package: "example.com/m", Name: "FuzzA", Seconds: 10, Executions: 50000, Ceiling: 20000, Added: 3, Corpus: 40, Codes: []string{"A", "B"}},
		{Package: "example.com/m/n", Name: "FuzzB", Seconds: 2, Executions: 30, Corpus: 4, Codes: []string{"B", "C"}, Failure: "no", Input: "testdata/fuzz/FuzzB/ab"},
	}}
	var out strings.Builder
	if err := sum.write(&out, false); err != nil {
		t.Fatal(err)
	}
	const want = `   target  executions  a second  empty body  new inputs  inputs  codes
  m.FuzzA       50000      5000       20000           3      40      2
  n.FuzzB          30        15           -           0       4      2
      all       50030      4169           -           3      44      3
FAIL: example.com/m/n.FuzzB
	go test -run='^FuzzB$' example.com/m/n; the input is testdata/fuzz/FuzzB/ab
2 targets, 1 failed; 12s of fuzzing in 2 processes
`
	if got := out.String(); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}
