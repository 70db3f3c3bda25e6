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
	if status := run(ctx, []string{"-each", "10m", "-target", "Sound"}, io.Discard, io.Discard, false); status != cli.OK && !testing.Short() {
		t.Errorf("interrupted: exit status %d", status)
	}
}
