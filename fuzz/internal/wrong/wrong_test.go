package wrong

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/alicert/alicert/fuzz"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cdn"
)

// counted counts what a system is asked.
type counted struct {
	model.System[fuzz.Input, model.Output]
	inputs *int
}

func (c counted) Do(ctx context.Context, in fuzz.Input) (model.Output, error) {
	*c.inputs++
	return c.System.Do(ctx, in)
}

// A subject is one mistake, whatever the machine.
type subject struct {
	name string
	// needed returns after how many inputs of a seed the mistake is found.
	needed func(t *testing.T, seed uint64) int
	// shortest returns the failure that is printed.
	shortest func(t *testing.T) *fuzz.Failure[fuzz.Input, model.Output]
}

func subjects() []subject {
	var all []subject
	machine, options := fuzz.MachineOf(cdn.Machine{}, fuzz.Input.CDN), fuzz.CDN()
	for i, m := range CDN() {
		options.Program.Open = fmt.Sprintf("wrong.CDN()[%d].Open", i)
		all = append(all, subjectOf(machine, options, m))
	}
	albMachine, albOptions := fuzz.MachineOf(alb.Machine{}, fuzz.Input.ALB), fuzz.ALB()
	for i, m := range ALB() {
		albOptions.Program.Open = fmt.Sprintf("wrong.ALB()[%d].Open", i)
		all = append(all, subjectOf(albMachine, albOptions, m))
	}
	return all
}

func subjectOf[S any](machine model.Machine[S, fuzz.Input, model.Output], o fuzz.Options[S, fuzz.Input, model.Output], m Mistake[S]) subject {
	o.Program.Imports = append(slices.Clone(o.Program.Imports), "github.com/alicert/alicert/fuzz/internal/wrong")
	find := func(t *testing.T, seed uint64, o fuzz.Options[S, fuzz.Input, model.Output]) (*fuzz.Failure[fuzz.Input, model.Output], int) {
		t.Helper()
		inputs := 0
		open := func() model.System[fuzz.Input, model.Output] { return counted{m.Open(), &inputs} }
		for data := range fuzz.Bytes(seed, 10_000, 1024) {
			if failed := fuzz.Find(t.Context(), machine, open, o, data); failed != nil {
				return failed, inputs
			}
		}
		t.Fatalf("seed %d: not found in %d inputs", seed, inputs)
		return nil, 0
	}
	return subject{
		name: m.Name,
		needed: func(t *testing.T, seed uint64) int {
			o := o
			o.Attempts, o.Invariants = -1, nil // the machine's, which is right
			failed, inputs := find(t, seed, o)
			if failed.Broken != "" {
				t.Error(failed)
			}
			return inputs
		},
		shortest: func(t *testing.T) *fuzz.Failure[fuzz.Input, model.Output] {
			failed, _ := find(t, 1, o)
			return failed
		},
	}
}

// The harness finds every mistake, from nothing, within so many inputs in the
// median of ten seeds.
func TestMistakesAreFound(t *testing.T) {
	atMost := map[string]int{
		"bytes instead of characters":             500,
		"order of the leaf ignored":               6_000,
		"duplicates overwritten without ForceSet": 1_000,
		"an error that changes the state":         500,
		"stale configuring":                       15_000,
		"second message lost":                     500,
		"quota off by one":                        4_000,
		"partial association":                     12_000,
		"token ignored":                           1_000,
		"dry run that acts":                       5_000,
	}
	all := subjects()
	if len(all) != 10 {
		t.Errorf("%d mistakes", len(all))
	}
	for _, s := range all {
		t.Run(s.name, func(t *testing.T) {
			var needed []int
			for seed := range uint64(10) {
				needed = append(needed, s.needed(t, seed))
			}
			slices.Sort(needed)
			median := (needed[4] + needed[5]) / 2
			t.Logf("found after %d inputs (median of ten seeds; from %d to %d)", median, needed[0], needed[9])
			if most := atMost[s.name]; median > most {
				t.Errorf("want at most %d", most)
			}
		})
	}
}

// What is printed compiles, and fails in the same way.
func TestPrintedFailures(t *testing.T) {
	if testing.Short() {
		t.Skip("builds a test")
	}
	// The sources are laid over this package, without a file being written there.
	overlay := map[string]map[string]string{"Replace": {}}
	dir := t.TempDir()
	var failures []*fuzz.Failure[fuzz.Input, model.Output]
	for i, s := range subjects() {
		failed := s.shortest(t)
		t.Logf("%s, %v", s.name, failed)
		if len(failed.Inputs) > 12 {
			t.Errorf("%s: %d inputs are left", s.name, len(failed.Inputs))
		}
		failures = append(failures, failed)
		source := strings.NewReplacer(
			"package failure_test", "package wrong_test",
			"func TestFailure(", fmt.Sprintf("func TestFailure%d(", i),
		).Replace(failed.Source)
		file := filepath.Join(dir, fmt.Sprintf("failure%d_test.go", i))
		if err := os.WriteFile(file, []byte(source), 0o600); err != nil {
			t.Fatal(err)
		}
		virtual, err := filepath.Abs(filepath.Base(file))
		if err != nil {
			t.Fatal(err)
		}
		overlay["Replace"][virtual] = file
	}
	data, err := json.Marshal(overlay)
	if err != nil {
		t.Fatal(err)
	}
	config := filepath.Join(dir, "overlay.json")
	if err := os.WriteFile(config, data, 0o600); err != nil {
		t.Fatal(err)
	}
	output, err := exec.CommandContext(t.Context(), "go", "test", "-vet=off", "-overlay", config, "-run", "^TestFailure", ".").CombinedOutput()
	if err == nil {
		t.Fatalf("the printed tests pass:\n%s", output)
	}
	for i, failed := range failures {
		_, same, _ := strings.Cut(failed.Error(), "\n")
		if text := strings.ReplaceAll(string(output), "\n        ", "\n"); !strings.Contains(text, fmt.Sprintf("--- FAIL: TestFailure%d ", i)) || !strings.Contains(text, same) {
			t.Errorf("the printed test does not fail with\n%s\nbut:\n%s\n%s", same, output, failed.Source)
			break
		}
	}
}
