package main

import (
	"context"
	"errors"
	"io"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/alicert/alicert/internal/cli"
)

func TestFuzzAll(t *testing.T) {
	t.Chdir(t.TempDir())
	if err := errors.Join(os.WriteFile("go.mod", []byte("module example.com/m\n\ngo 1.26\n"), 0o600), os.WriteFile("m_test.go", []byte("package m\n\nimport \"testing\"\n"+
		"func FuzzSound(f *testing.F) { f.Fuzz(func(t *testing.T, s string) {}) }\n"+
		"func FuzzUnsound(f *testing.F) { f.Fuzz(func(t *testing.T, s string) { if len(s) > 3 { t.Error() } }) }\n\nfunc FuzzIdle(f *testing.F) { f.Skip() }\n"), 0o600)); err != nil {
		t.Fatal(err)
	}
	for _, test := range []struct {
		args, want string // want is in the output
		status     int
	}{
		{"-list", "m.FuzzSound\nm.FuzzUnsound\nm.FuzzIdle\n", cli.OK},
		{"-each 2s -target Sound -ceiling 1s", "1 targets, 0 failed\n", cli.OK},
		{"-time 2s -target Unsound -parallel 1", "FAIL: example.com/m.FuzzUnsound testdata/fuzz/FuzzUnsound/", cli.Failed},
		{"-each 1s -target Idle -json", `no new input was executed`, cli.Failed},
		{"-each 1s -target Nonsense", "there is no such fuzz target", cli.Failed},
		{"-time 1m -each 1m", "fuzzall: give one of", cli.Usage},
		{"-each 1m -target (", "fuzzall: error parsing regexp", cli.Usage},
	} {
		if testing.Short() && test.status != cli.Usage {
			continue // it builds and runs fuzz targets
		}
		var out strings.Builder
		if status := run(t.Context(), strings.Fields(test.args), &out, &out, true); status != test.status || !strings.Contains(out.String(), test.want) {
			t.Errorf("%s: exit status %d, want %d and %q in\n%s", test.args, status, test.status, test.want, &out)
		}
	}
	ctx, cancel := context.WithTimeout(t.Context(), 3*time.Second)
	defer cancel() // as if interrupted
	var out strings.Builder
	if testing.Short() {
		return
	}
	if status := run(ctx, []string{"-each", "10m", "-target", "Sound|Unsound|Idle"}, &out, io.Discard, false); status != cli.OK || !strings.Contains(out.String(), "not executed: example.com/m.FuzzIdle\n3 targets, 0 failed, ") {
		t.Errorf("interrupted: exit status %d\n%s", status, &out)
	}
}

// TestRead: a target has passed only if the engine says that it executed new inputs.
func TestRead(t *testing.T) {
	const (
		start   = "fuzz: elapsed: 0s, gathering baseline coverage: 0/74 completed\n"
		slow    = "fuzz: elapsed: 3s, gathering baseline coverage: 12/74 completed\n"
		begun   = "fuzz: elapsed: 4s, gathering baseline coverage: 74/74 completed, now fuzzing with 2 workers\n"
		none    = "fuzz: elapsed: 6s, execs: 74 (24/sec), new interesting: 0 (total: 74)\n"
		some    = "fuzz: elapsed: 9s, execs: 574 (166/sec), new interesting: 3 (total: 77)\n"
		input   = "--- FAIL: FuzzX (9.12s)\n    --- FAIL: FuzzX (0.00s)\n        x_test.go:9: wrong\n    \n    Failing input written to testdata/fuzz/FuzzX/8a1b\n"
		clock   = "--- FAIL: FuzzX (9.12s)\n    context deadline exceeded\nFAIL\n"
		crashed = "panic: runtime error\n"
	)
	for _, test := range []struct {
		name, out  string
		failed     bool
		executions int
		failure    string // in the result; "" is a pass
	}{
		{"executed", start + begun + none + some + "PASS\n", false, 500, ""},
		{"cut short in known inputs", start + slow + "PASS\n", false, 0, "no new input was executed in 5 seconds, only 12 of 74 known ones: give it more time"},
		{"cut short by the clock", start + slow + clock, true, 0, "only 12 of 74 known ones"},
		{"known inputs only", start + begun + none + "PASS\n", false, 0, "no new input was executed in 5 seconds: give it more time"},
		{"silent", "PASS\n", false, 0, "no new input was executed"},
		{"the engine's own clock", start + begun + some + clock, true, 500, ""},
		{"wrong", start + begun + some + input, true, 500, "x_test.go:9: wrong"},
		{"crashed", crashed, true, 0, crashed},
	} {
		got := target{Package: "example.com/x", Name: "FuzzX", Seconds: 5}
		got.read(test.out, test.failed)
		got.judge(false)
		if got.Executions != test.executions || (got.Failure == "") != (test.failure == "") || !strings.Contains(got.Failure, test.failure) {
			t.Errorf("%s: %d executions, failure %q; want %d, %q", test.name, got.Executions, got.Failure, test.executions, test.failure)
		}
		var out strings.Builder
		if err := table(&out, []*target{&got}); err != nil || strings.Contains(out.String(), "1 targets, 0 failed\n") != (test.failure == "") {
			t.Errorf("%s: %v\n%s", test.name, err, &out)
		}
	}
}
