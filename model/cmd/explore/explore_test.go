package main

import (
	"bytes"
	"strings"
	"sync"
	"testing"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/universe"
	"github.com/alicert/alicert/model"
)

// small has what the small universes hold, each explored once.
var small = map[string]func() *finding{
	"cdn":   sync.OnceValue(func() *finding { return mustExplore(cdnMachine(errcodes.SetDomainServerCertificate, universe.Small)) }),
	"alb":   sync.OnceValue(func() *finding { return mustExplore(albMachine(universe.Small, errcodes.Original)) }),
	"later": sync.OnceValue(func() *finding { return mustExplore(albMachine(universe.Small, errcodes.Current)) }),
}

func mustExplore(m machine) *finding {
	f, err := m.explore(model.Limits{})
	if err != nil {
		panic(err)
	}
	return f
}

// command runs the command away from a terminal.
func command(args ...string) (status int, stdout, stderr string) {
	var out, complaint bytes.Buffer
	status = run(args, &out, &complaint, false)
	return status, out.String(), complaint.String()
}

func contains(t *testing.T, text string, parts ...string) {
	t.Helper()
	for _, part := range parts {
		if !strings.Contains(text, part) {
			t.Errorf("no %q in:\n%.3000s", part, text)
		}
	}
}

// faulty is a counter whose invariant breaks at the third input, and that is stuck at five.
func faulty() *universeOf[int, int] {
	return &universeOf[int, int]{
		title: "counter",
		space: model.Space[int, int, model.Output]{
			Machine: model.Func(0, func(s, i int) (int, model.Output) { return min(s+i, 5), model.Output{} }),
			Inputs:  []int{1},
			Key:     func(s int) string { return string(rune('0' + s)) },
			Outcome: model.Output.Outcome,
			Invariants: []model.Invariant[int, int, model.Output]{
				{Name: "never three", Holds: func(_ model.Machine[int, int, model.Output], t model.Transition[int, int, model.Output]) string {
					if t.To == 3 {
						return "it is three"
					}
					return ""
				}},
				{Name: "never negative", Holds: func(model.Machine[int, int, model.Output], model.Transition[int, int, model.Output]) string {
					return ""
				}},
			},
		},
		action: func(i int) any { return struct{ N int }{i} },
		class:  func(s int) string { return "n" + string(rune('0'+s)) },
		kind:   func(int) string { return "add" },
	}
}
