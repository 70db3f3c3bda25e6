package mutants

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/fuzz"
	"github.com/alicert/alicert/fuzz/inputs"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cas"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/model/clb"
	"github.com/alicert/alicert/model/esa"
)

// counted counts the inputs of a system.
type counted struct {
	model.System[inputs.Input, model.Output]
	inputs *int
}

func (c counted) Do(ctx context.Context, in inputs.Input) (model.Output, error) {
	*c.inputs++
	return c.System.Do(ctx, in)
}

// A target is one mutant of any machine.
type target struct {
	name string
	// needed returns the number of inputs of a seed until the mistake is found.
	needed func(t *testing.T, seed uint64) int
	// shortest returns the failure that is printed.
	shortest func(t *testing.T) *fuzz.Failure[inputs.Input, model.Output]
}

func targets() []target {
	var all []target
	machine, options := fuzz.MachineOf(cdn.Machine{}, inputs.Input.CDN), inputs.CDN()
	for i, m := range CDN() {
		options.Program.Open = fmt.Sprintf("mutants.CDN()[%d].Open", i)
		all = append(all, targetOf(machine, options, m))
	}
	albMachine, albOptions := fuzz.MachineOf(alb.Machine{}, inputs.Input.ALB), inputs.ALB()
	for i, m := range ALB() {
		albOptions.Program.Open = fmt.Sprintf("mutants.ALB()[%d].Open", i)
		all = append(all, targetOf(albMachine, albOptions, m))
	}
	clbMachine, clbOptions := fuzz.MachineOf(clb.Machine{}, inputs.Input.CLB), inputs.CLB()
	for i, m := range CLB() {
		clbOptions.Program.Open = fmt.Sprintf("mutants.CLB()[%d].Open", i)
		all = append(all, targetOf(clbMachine, clbOptions, m))
	}
	esaMachine, esaOptions := fuzz.MachineOf(esa.Machine{}, inputs.Input.ESA), inputs.ESA()
	for i, m := range ESA() {
		esaOptions.Program.Open = fmt.Sprintf("mutants.ESA()[%d].Open", i)
		all = append(all, targetOf(esaMachine, esaOptions, m))
	}
	return all
}

func targetOf[S any](machine model.Machine[S, inputs.Input, model.Output], o fuzz.Options[S, inputs.Input, model.Output], m Mutant[S]) target {
	o.Program.Imports = append(slices.Clone(o.Program.Imports), "github.com/alicert/alicert/fuzz/internal/mutants")
	find := func(t *testing.T, seed uint64, o fuzz.Options[S, inputs.Input, model.Output]) (*fuzz.Failure[inputs.Input, model.Output], int) {
		t.Helper()
		asked := 0
		open := func() model.System[inputs.Input, model.Output] { return counted{m.Open(), &asked} }
		for data := range fuzz.Bytes(seed, 10_000, 1024) {
			var failed *fuzz.Failure[inputs.Input, model.Output]
			if err := fuzz.Find(t.Context(), machine, open, o, data); errors.As(err, &failed) {
				return failed, asked
			} else if err != nil {
				t.Fatal(err)
			}
		}
		t.Fatalf("seed %d: not found in %d inputs", seed, asked)
		return nil, 0
	}
	return target{
		name: m.Name,
		needed: func(t *testing.T, seed uint64) int {
			t.Helper()
			o := o
			o.Attempts, o.Invariants = -1, nil // the original machine keeps them
			failed, asked := find(t, seed, o)
			if failed.Broken != "" {
				t.Error(failed)
			}
			return asked
		},
		shortest: func(t *testing.T) *fuzz.Failure[inputs.Input, model.Output] {
			t.Helper()
			failed, _ := find(t, 1, o)
			return failed
		},
	}
}

// The harness finds every mutant, from the empty state, within a number of inputs that is
// the median of ten seeds.
func TestMutantsAreFound(t *testing.T) {
	atMost := map[string]int{
		"bytes instead of characters":             500,
		"order of the leaf ignored":               6_000,
		"duplicates overwritten without ForceSet": 2_000,
		"an error that changes the state":         500,
		"stale configuring":                       15_000,
		"second message lost":                     500,
		"region ignored":                          3_000,
		"repeated content refused":                5_000,
		"quota off by one":                        4_000,
		"partial association":                     12_000,
		"token ignored":                           1_000,
		"dry run that acts":                       5_000,
		"product ignored":                         3_000,
		"accelerator without a lock":              8_000,
		"update that adds":                        4_000,
		"certificate of another region taken":     1_000,
		"certificate of an extension deleted":     8_000,
		"replacement that adds":                   5_000,
		"coverage of the site ignored":            2_000,
		"quota of a site":                         5_000,
	}
	all := targets()
	if len(all) != len(atMost) {
		t.Errorf("%d mutants", len(all))
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

// withListener is a state that a machine may begin with: a listener can take certificates,
// and two are the load balancer's quota.
var withListener = alb.Scenario{}.LoadBalancer("alb-7", alb.Basic).Quota(2).Certificates(6).Listener("lsn-7", alb.HTTPS).Default(cas.IDOf(6)).State()

// OpenWithListener opens the system with the quota off by one in that state.
func OpenWithListener() model.System[inputs.Input, model.Output] {
	return model.NewSystem(model.Func(withListener, quotaOffByOne))
}

// fromListener is the failure of a machine that does not begin empty, with other options
// than those of package inputs. Nothing tells how to print it.
func fromListener(t *testing.T) *fuzz.Failure[inputs.Input, model.Output] {
	t.Helper()
	o := inputs.ALB().Only("associate", "again", "job finished", "job failed")
	o.Invariants, o.Timeout = nil, time.Minute
	machine := fuzz.MachineOf(alb.Machine{Initial: withListener, Version: errcodes.Current}, inputs.Input.ALB)
	for data := range fuzz.Bytes(0, 100, 1024) {
		err := fuzz.Find(t.Context(), machine, OpenWithListener, o, data)
		if failed, ok := errors.AsType[*fuzz.Failure[inputs.Input, model.Output]](err); ok {
			return failed
		}
	}
	t.Fatal("not found in the default run")
	return nil
}

// A printed failure compiles, and fails in the same way.
func TestPrintedFailures(t *testing.T) {
	if testing.Short() {
		t.Skip("builds a test")
	}
	// An overlay adds the sources to this package without writing files there.
	overlay := map[string]map[string]string{"Replace": {}}
	dir := t.TempDir()
	var failures []*fuzz.Failure[inputs.Input, model.Output]
	for _, s := range append(targets(), target{name: "from a state", shortest: fromListener}) {
		i, failed := len(failures), s.shortest(t)
		t.Logf("%s, %v", s.name, failed)
		if len(failed.Inputs) > 12 {
			t.Errorf("%s: %d inputs are left", s.name, len(failed.Inputs))
		}
		failures = append(failures, failed)
		source := strings.NewReplacer(
			"package failure_test", "package mutants_test",
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
