package fuzz_test

import (
	"context"
	"strings"
	"testing"
	"time"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/fuzz"
	"github.com/alicert/alicert/fuzz/inputs"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cdn"
)

// silent answers everything with success.
type silent struct{}

func (silent) Do(context.Context, inputs.Input) (model.Output, error) { return model.Output{}, nil }

func openSilent() model.System[inputs.Input, model.Output] { return silent{} }

// printed returns the source of a failure.
func printed[S, I, O any](m model.Machine[S, I, O], open func() model.System[I, O], o fuzz.Options[S, I, O], in ...I) string {
	var f fataler
	fuzz.Replay(&f, m, open, o, in...)
	_, source, _ := strings.Cut(f.text, "\n\n")
	return source
}

var onOff = inputs.Input{Action: inputs.Set{Status: "on"}}

// The printed test has the machine, system and options that the test gave.
func TestPrintedMachineAndOptions(t *testing.T) {
	closure := func() model.System[inputs.Input, model.Output] { return silent{} }
	plain := inputs.CDN()
	changed := inputs.CDN()
	changed.Invariants, changed.IDs, changed.Timeout, changed.MaxStates = nil, nil, time.Second, 3
	changed.Seed, changed.Sequences, changed.Coverage = 7, 9, &fuzz.Coverage{} // Replay needs none of them
	compared := inputs.CDN()
	compared.Equal = sameStatus
	unnamed := inputs.CDN()
	unnamed.Equal = func(want, got model.Output) bool { return want.Error.Status == got.Error.Status }
	own := inputs.CDN()
	own.Program.Options = "myOptions()"
	own.Invariants = nil

	for _, test := range []struct {
		name       string
		source     string
		has, hasNo []string
	}{
		{
			"all have names", printed(cdnMachine, openSilent, plain, onOff),
			[]string{"package fuzz_test\n", "fuzz.Replay(t, fuzz.MachineOf(cdn.Machine{}, inputs.Input.CDN), openSilent, inputs.CDN(),"},
			[]string{"define", "options"},
		},
		{
			"a closure", printed(cdnMachine, closure, plain, onOff),
			[]string{"package failure_test\n", "does not compile before you define\n//\n//   - open: a function that", ", open, inputs.CDN(),"},
			[]string{"machine:"},
		},
		{
			"an initial state and a version", printed(fuzz.MachineOf(alb.Machine{
				Initial: alb.Scenario{}.LoadBalancer("alb-7", alb.Basic).State(), Version: errcodes.Current,
			}, inputs.Input.ALB), openSilent, inputs.ALB(), inputs.Input{Action: inputs.Change{}}),
			[]string{"alb.Machine{Initial: alb.State{Own: alb.Own{LoadBalancers: fuzz.FromJSON[table.Table[alb.LoadBalancer]](`{\"alb-7\":{", "Version: 2 /* current */}, inputs.Input.ALB)", "fuzz.Replay(t, machine, openSilent, inputs.ALB(),"},
			[]string{"define"},
		},
		{
			"a machine without source", printed(model.Func(cdn.State{}, cdnMachine.Step), openSilent, plain, onOff),
			[]string{"//   - machine: the machine of the test", "fuzz.Replay(t, machine, openSilent, inputs.CDN(),"},
			[]string{"open:"},
		},
		{
			"changed options", printed(cdnMachine, openSilent, changed, onOff),
			[]string{"options := inputs.CDN()\n\toptions.IDs = nil\n\toptions.Invariants = nil\n\toptions.Timeout = time.Duration(1000000000) /* 1s */\n\toptions.MaxStates = 3\n", "openSilent, options,"},
			[]string{"define", "Seed", "Coverage"},
		},
		{
			"a comparison with a name", printed(cdnMachine, openSilent, compared, onOff),
			[]string{"options.Equal = sameStatus\n"},
			[]string{"define"},
		},
		{
			"a comparison without", printed(cdnMachine, openSilent, unnamed, onOff),
			[]string{"//   - equal: the test's comparison of outputs", "options.Equal = equal\n"},
			nil,
		},
		{
			"an expression of the test", printed(cdnMachine, openSilent, own, onOff),
			[]string{"openSilent, myOptions(),"},
			[]string{"options :=", "define"},
		},
		{
			"an own machine", printed(turnstileMachine, openGate, fuzz.Options[turnstile, move, reply]{MaxStates: 2}, move{"coin"}, move{"kick"}, move{"repair"}, move{"push"}),
			[]string{"package fuzz_test\n", "options := fuzz.Options[turnstile, move, reply]{}\n\toptions.MaxStates = 2\n", "fuzz.Replay(t, machine, openGate, options,\n\t\tmove{Name: \"coin\"},"},
			[]string{"open:"},
		},
	} {
		for _, part := range test.has {
			if !strings.Contains(test.source, part) {
				t.Errorf("%s: no %q in\n%s", test.name, part, test.source)
			}
		}
		for _, part := range test.hasNo {
			if strings.Contains(test.source, part) {
				t.Errorf("%s: %q is in\n%s", test.name, part, test.source)
			}
		}
	}
}

func sameStatus(want, got model.Output) bool { return want.Error.Status == got.Error.Status }

// hidden is an output with what no field shows.
type hidden struct{ text string }

// A failure names the parts that the comparison looks at, with both values.
func TestDifferences(t *testing.T) {
	type part struct {
		A int
		B string
	}
	type output struct {
		Code   string
		Target string // which nobody compares
		Part   part
		Body   any
	}
	compare := func(want, got output) bool {
		w, _ := want.Body.(map[string]any)
		g, _ := got.Body.(map[string]any)
		return want.Code == got.Code && want.Part == got.Part && w["name"] == g["name"]
	}
	body := func(name, time string) any { return map[string]any{"name": name, "time": time} }
	want := output{"ok", "x", part{1, "b"}, body("n", "1")}
	for name, test := range map[string]struct {
		got    output
		equal  func(want, got output) bool
		fields []string
	}{
		"a field":              {output{"no", "y", part{1, "b"}, body("n", "1")}, compare, []string{`Code: the system has "no", the machine "ok"`}},
		"part of a field":      {output{"ok", "y", part{2, "b"}, body("n", "1")}, compare, []string{`Part.A: the system has 2, the machine 1`}},
		"several":              {output{"no", "y", part{1, "c"}, body("n", "1")}, compare, []string{`Code: the system has "no", the machine "ok"`, `Part.B: the system has "c", the machine "b"`}},
		"part of a body":       {output{"ok", "y", part{1, "b"}, body("m", "2")}, compare, []string{`Body.name: the system has "m", the machine "n"`}},
		"nothing in a body":    {output{"ok", "y", part{1, "b"}, nil}, compare, []string{`Body: the system has nothing, the machine {"name":"n","time":"1"}`}},
		"deeply":               {output{"ok", "y", part{1, "b"}, body("n", "1")}, nil, []string{`Target: the system has "y", the machine "x"`}},
		"equal part for part":  {output{"no", "y", part{2, "b"}, body("n", "1")}, func(w, g output) bool { return w.Code == g.Code || w.Part == g.Part }, []string{"the whole: "}},
		"a body in two shapes": {output{"ok", "x", part{1, "b"}, struct{ X []int }{[]int{1, 3}}}, nil, []string{`Body.X: the system has [1,3], the machine nothing`, `Body.name: the system has nothing`, `Body.time`}},
	} {
		m := model.Func(0, func(int, int) (int, output) { return 0, want })
		var f fataler
		fuzz.Replay(&f, m, func() model.System[int, output] {
			return model.NewSystem(model.Func(0, func(int, int) (int, output) { return 0, test.got }))
		}, fuzz.Options[int, int, output]{Equal: test.equal}, 5)
		if n := strings.Count(f.text, "they differ in "); n != len(test.fields) {
			t.Errorf("%s: %d differences in\n%s", name, n, f.text)
		}
		for _, field := range test.fields {
			if !strings.Contains(f.text, field) {
				t.Errorf("%s: no %q in\n%s", name, field, f.text)
			}
		}
	}
	var f fataler
	fuzz.Replay(&f, model.Func(0, func(int, int) (int, hidden) { return 0, hidden{"a"} }), func() model.System[int, hidden] {
		return model.NewSystem(model.Func(0, func(int, int) (int, hidden) { return 0, hidden{"b"} }))
	}, fuzz.Options[int, int, hidden]{}, 5)
	if !strings.Contains(f.text, "the whole: the system has {text:b}, the machine {text:a}") {
		t.Error(f.text)
	}
}

// A failure shows no private key, wherever a system puts one.
func TestNoKeyInFailure(t *testing.T) {
	const key = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIA\n"
	m := model.Func(0, func(int, int) (int, any) { return 0, nil })
	for _, answer := range []any{key, map[string]any{"Key": key}, struct{ A []string }{[]string{key}}} {
		var f fataler
		fuzz.Replay(&f, m, func() model.System[int, any] {
			return model.NewSystem(model.Func(0, func(int, int) (int, any) { return 0, answer }))
		}, fuzz.Options[int, int, any]{}, 5)
		if !strings.Contains(f.text, "they differ in") || strings.Contains(f.text, "MC4C") {
			t.Error(f.text)
		}
	}
}

// Inputs without an answer are shown as such, and long sequences from their end.
func TestStepsOfAFailure(t *testing.T) {
	var f fataler
	m := model.Func(0, func(n, in int) (int, int) { return n + in, n + in })
	fuzz.Replay(&f, m, func() model.System[int, int] { return &forgets{} }, fuzz.Options[int, int, int]{}, append(make([]int, 24), 1, 2, 3)...)
	for _, part := range []string{"after 27 inputs, 1 of them without an answer\n     … 7 more\n     8 0 → 0\n", "    25 1 → 1\n    26 2 → no answer\n    27 3\nthe system answers   9", "machine answers  4", "machine answers  6"} {
		if !strings.Contains(f.text, part) {
			t.Errorf("no %q in\n%s", part, f.text)
		}
	}
}

// forgets adds, leaves 2 without an answer and answers 3 with 9.
type forgets struct{ n int }

func (f *forgets) Do(_ context.Context, in int) (int, error) {
	switch in {
	case 2:
		return 0, context.DeadlineExceeded
	case 3:
		return 9, nil
	default:
		f.n += in
		return f.n, nil
	}
}
