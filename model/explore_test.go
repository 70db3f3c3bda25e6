package model_test

import (
	"fmt"
	"math/bits"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/alicert/alicert/model"
)

// jugs are two jugs of 3 and 5 liters. That 4 liters take six steps is a riddle
// that is older than computers.
type jugs struct{ small, large int }

func (j jugs) pour(input string) jugs {
	switch input {
	case "fill small":
		j.small = 3
	case "fill large":
		j.large = 5
	case "empty small":
		j.small = 0
	case "empty large":
		j.large = 0
	case "small to large":
		n := min(j.small, 5-j.large)
		j.small, j.large = j.small-n, j.large+n
	case "large to small":
		n := min(j.large, 3-j.small)
		j.small, j.large = j.small+n, j.large-n
	}
	return j
}

type jugsTransition = model.Transition[jugs, string, int]

func jugsSpace() model.Space[jugs, string, int] {
	return model.Space[jugs, string, int]{
		Machine: model.Func(jugs{}, func(j jugs, input string) (jugs, int) {
			j = j.pour(input)
			return j, j.large
		}),
		Inputs:  []string{"fill small", "fill large", "empty small", "empty large", "small to large", "large to small"},
		Key:     func(j jugs) string { return fmt.Sprint(j) },
		Outcome: func(liters int) string { return fmt.Sprint(liters, " liters") },
	}
}

func TestExploreJugs(t *testing.T) {
	space := jugsSpace()
	space.Invariants = []model.Invariant[jugs, string, int]{
		{Name: "no 4 liters", Holds: func(_ model.Machine[jugs, string, int], step jugsTransition) string {
			if step.To.large == 4 {
				return "4 liters are in the large jug"
			}
			return ""
		}},
		{Name: "no jug overflows", Holds: func(_ model.Machine[jugs, string, int], step jugsTransition) string {
			if step.To.small > 3 || step.To.large > 5 {
				return "an overflow"
			}
			return ""
		}},
		{Name: "filling twice is filling once", Holds: func(m model.Machine[jugs, string, int], step jugsTransition) string {
			if again, _ := m.Step(step.To, step.Input); (step.Input == "fill small" || step.Input == "fill large") && again != step.To {
				return "another state"
			}
			return ""
		}},
	}
	e := space.Explore(model.Limits{})
	if e.Len() != 16 || e.Transitions != 96 || !e.Complete {
		t.Errorf("%d states, %d transitions, complete %v; want 16, 96, true", e.Len(), e.Transitions, e.Complete)
	}
	if len(e.DeadEnds) != 0 {
		t.Errorf("dead ends %v", e.DeadEnds)
	}
	six := []string{"fill large", "large to small", "empty small", "large to small", "fill large", "large to small"}
	if diff := cmp.Diff([]model.Violation[string]{{Name: "no 4 liters", Why: "4 liters are in the large jug", Path: six}}, e.Broken); diff != "" {
		t.Errorf("breaches (-want +got)\n%s", diff)
	}
	if diff := cmp.Diff(shortestPaths(space, 7), paths(e)); diff != "" {
		t.Errorf("paths (-by trying everything +by Explore)\n%s", diff)
	}
}

// paths returns the shortest path to every outcome that was found.
func paths[S, I, O any](e *model.Exploration[S, I, O]) map[string][]I {
	all := map[string][]I{}
	for _, o := range e.Outcomes {
		all[o.Name] = o.Path
	}
	return all
}

// shortestPaths tries every sequence of inputs up to a length, and keeps for each
// outcome the first of the shortest ones that end in it.
func shortestPaths[S, I, O any](space model.Space[S, I, O], longest int) map[string][]I {
	found := map[string][]I{}
	for length := 1; length <= longest; length++ {
		sequences := 1
		for range length {
			sequences *= len(space.Inputs)
		}
		for n := range sequences {
			sequence := make([]I, length)
			for i, rest := length-1, n; i >= 0; i, rest = i-1, rest/len(space.Inputs) {
				sequence[i] = space.Inputs[rest%len(space.Inputs)]
			}
			steps := model.Run(space.Machine, sequence...)
			name := space.Outcome(steps[length-1].Output)
			if _, ok := found[name]; !ok {
				found[name] = sequence
			}
		}
	}
	return found
}

// randomSpace is a machine with a table of random transitions.
func randomSpace(random *rand.Rand, states, inputs int) model.Space[int, int, int] {
	type cell struct{ next, output int }
	table := make([]cell, states*inputs)
	for i := range table {
		table[i] = cell{random.IntN(states), random.IntN(2 * states)}
	}
	space := model.Space[int, int, int]{
		Machine: model.Func(0, func(s, i int) (int, int) { c := table[s*inputs+i]; return c.next, c.output }),
		Key:     func(s int) string { return fmt.Sprint(s) },
		Outcome: func(o int) string { return fmt.Sprint(o) },
	}
	for i := range inputs {
		space.Inputs = append(space.Inputs, i)
	}
	return space
}

// TestExploreRandomMachines compares with trying every sequence: what is found, at
// which depth, by which path, and where it ends.
func TestExploreRandomMachines(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	deadEnds, deep := 0, 0
	for machine := range 300 {
		states, inputs := 1+random.IntN(6), 1+random.IntN(3)
		space := randomSpace(random, states, inputs)
		e := space.Explore(model.Limits{})
		if diff := cmp.Diff(shortestPaths(space, states), paths(e)); diff != "" {
			t.Fatalf("machine %d: paths (-by trying everything +by Explore)\n%s", machine, diff)
		}
		for i := 1; i < len(e.Outcomes); i++ {
			if len(e.Outcomes[i].Path) < len(e.Outcomes[i-1].Path) {
				t.Errorf("machine %d: outcome %d has a shorter path than the one before", machine, i)
			}
		}
		for _, o := range e.Outcomes {
			if steps := model.Run(space.Machine, o.Path...); steps[len(steps)-1].Output != o.Output {
				t.Errorf("machine %d: the path to %s ends in %d", machine, o.Name, steps[len(steps)-1].Output)
			}
		}

		want := depths(space, states)
		got := map[int]int{}
		for s, depth := range e.States() {
			got[s] = depth
			if depth > 2 {
				deep++
			}
		}
		if diff := cmp.Diff(want, got); diff != "" || e.Len() != len(want) || !e.Complete {
			t.Fatalf("machine %d: depths, complete %v (-want +got)\n%s", machine, e.Complete, diff)
		}
		checkTransitions(t, fmt.Sprint("machine ", machine), space, e)
		deadEnds += len(e.DeadEnds)
	}
	if deadEnds < 20 || deep < 20 {
		t.Errorf("%d dead ends and %d deep states in all machines: that tests little", deadEnds, deep)
	}
}

// checkTransitions compares the transitions and dead ends of an exploration with the
// steps of the machine.
func checkTransitions(t *testing.T, name string, space model.Space[int, int, int], e *model.Exploration[int, int, int]) {
	t.Helper()
	transitions := slices.Collect(e.AllTransitions())
	if want := e.Len() * len(space.Inputs); len(transitions) != e.Transitions || e.Transitions != want {
		t.Errorf("%s: %d transitions, %d yielded; want %d", name, e.Transitions, len(transitions), want)
	}
	leaves := map[int]bool{}
	for _, step := range transitions {
		if next, output := space.Machine.Step(step.From, step.Input); next != step.To || output != step.Output {
			t.Fatalf("%s: %+v is no transition of it", name, step)
		}
		leaves[step.From] = leaves[step.From] || step.From != step.To
	}
	var stuck []int
	for s := range e.States() {
		if !leaves[s] {
			stuck = append(stuck, s)
		}
	}
	if !slices.Equal(stuck, e.DeadEnds) {
		t.Errorf("%s: dead ends %v; want %v", name, e.DeadEnds, stuck)
	}
}

// TestExploreSame: a glance at a state spares its key, and changes nothing that is
// found, even if it overlooks some.
func TestExploreSame(t *testing.T) {
	random := rand.New(rand.NewPCG(3, 4))
	spared := 0
	for machine := range 100 {
		space := randomSpace(random, 1+random.IntN(6), 1+random.IntN(3))
		keys := 0
		key := space.Key
		space.Key = func(s int) string { keys++; return key(s) }
		explore := func() (found []any, cost int) {
			keys = 0
			e := space.Explore(model.Limits{})
			return []any{e.Len(), e.Transitions, e.Complete, e.Outcomes, e.DeadEnds}, keys
		}
		want, all := explore()
		for name, same := range map[string]func(from, to int) bool{
			"==":              func(from, to int) bool { return from == to },
			"== in even ones": func(from, to int) bool { return from == to && from%2 == 0 },
		} {
			space.Same = same
			got, some := explore()
			if diff := cmp.Diff(want, got); diff != "" || some > all {
				t.Errorf("machine %d, %s: %d keys, %d without (-without +with)\n%s", machine, name, some, all, diff)
			}
			spared += all - some
		}
	}
	if spared < 100 {
		t.Errorf("%d keys were spared: that tests little", spared)
	}
}

// depths returns the length of a shortest sequence to every state, by relaxing.
func depths(space model.Space[int, int, int], states int) map[int]int {
	depth := map[int]int{0: 0}
	for range states {
		for s, d := range depth {
			for _, i := range space.Inputs {
				next, _ := space.Machine.Step(s, i)
				if known, ok := depth[next]; !ok || d+1 < known {
					depth[next] = d + 1
				}
			}
		}
	}
	return depth
}

// line counts up to a number, or for 0 without end.
func line(end int) model.Space[int, int, string] {
	return model.Space[int, int, string]{
		Machine: model.Func(0, func(s, i int) (int, string) {
			if s == end && end > 0 {
				return s, "at the end"
			}
			return s + i, "on the way"
		}),
		Inputs:  []int{1},
		Key:     func(s int) string { return fmt.Sprint(s) },
		Outcome: same,
	}
}

func TestExploreLimits(t *testing.T) {
	tests := []struct {
		name                string
		end                 int
		limits              model.Limits
		states, transitions int
		complete            bool
		outcomes            int
		deadEnds            []int
	}{
		{"no limits", 5, model.Limits{}, 6, 6, true, 2, []int{5}},
		{"limits that are not reached", 5, model.Limits{Depth: 6, States: 6}, 6, 6, true, 2, []int{5}},
		{"depth just not reached", 5, model.Limits{Depth: 5}, 6, 5, false, 1, nil},
		{"depth", 0, model.Limits{Depth: 10}, 11, 10, false, 1, nil},
		{"states", 0, model.Limits{States: 10}, 10, 10, false, 1, nil},
		{"both, depth first", 0, model.Limits{Depth: 3, States: 10}, 4, 3, false, 1, nil},
		{"both, states first", 0, model.Limits{Depth: 10, States: 3}, 3, 3, false, 1, nil},
		{"one state", 0, model.Limits{States: 1}, 1, 1, false, 1, nil},
	}
	for _, test := range tests {
		e := line(test.end).Explore(test.limits)
		if e.Len() != test.states || e.Transitions != test.transitions || e.Complete != test.complete || len(e.Outcomes) != test.outcomes {
			t.Errorf("%s: %d states, %d transitions, complete %v, %d outcomes; want %d, %d, %v, %d", test.name,
				e.Len(), e.Transitions, e.Complete, len(e.Outcomes), test.states, test.transitions, test.complete, test.outcomes)
		}
		if diff := cmp.Diff(test.deadEnds, e.DeadEnds); diff != "" {
			t.Errorf("%s: dead ends (-want +got)\n%s", test.name, diff)
		}
		if got := len(slices.Collect(e.AllTransitions())); got != test.transitions {
			t.Errorf("%s: %d transitions are yielded; want %d", test.name, got, test.transitions)
		}
	}
}

// TestExploreWithoutRoom: where the number of states is at its limit, the inputs
// are tried nevertheless.
func TestExploreWithoutRoom(t *testing.T) {
	space := jugsSpace()
	e := space.Explore(model.Limits{States: 1})
	want := map[string][]string{"0 liters": {"fill small"}, "5 liters": {"fill large"}}
	if diff := cmp.Diff(want, paths(e)); diff != "" || e.Len() != 1 || e.Transitions != len(space.Inputs) || e.Complete {
		t.Errorf("%d states, %d transitions, complete %v (-want +got)\n%s", e.Len(), e.Transitions, e.Complete, diff)
	}
}

// TestExploreTellsEachBreachOnce: an invariant that breaks everywhere is told with
// the first way to break it, and keeps none from being looked at.
func TestExploreTellsEachBreachOnce(t *testing.T) {
	space := line(0)
	calls := 0
	below := func(name string, bound int) model.Invariant[int, int, string] {
		return model.Invariant[int, int, string]{Name: name, Holds: func(_ model.Machine[int, int, string], step model.Transition[int, int, string]) string {
			if calls++; step.To >= bound {
				return fmt.Sprint(step.To, " is not ", name)
			}
			return ""
		}}
	}
	space.Invariants = []model.Invariant[int, int, string]{below("small", 3), below("middling", 5)}
	e := space.Explore(model.Limits{Depth: 50})
	want := []model.Violation[int]{
		{Name: "small", Why: "3 is not small", Path: []int{1, 1, 1}},
		{Name: "middling", Why: "5 is not middling", Path: []int{1, 1, 1, 1, 1}},
	}
	if diff := cmp.Diff(want, e.Broken); diff != "" || calls != 3+5 {
		t.Errorf("%d calls; want %d (-want +got)\n%s", calls, 3+5, diff)
	}
}

// TestExploreProgress explores a binary tree, whose depths and counts are known.
func TestExploreProgress(t *testing.T) {
	const states = 1<<12 - 1
	space := model.Space[int, int, string]{
		Machine: model.Func(1, func(s, i int) (int, string) {
			if 2*s+i > states {
				return s, "leaf"
			}
			return 2*s + i, "node"
		}),
		Inputs:  []int{0, 1},
		Key:     func(s int) string { return fmt.Sprint(s) },
		Outcome: same,
	}
	var want, got []model.Progress
	for expanded, last := 0, -1; expanded < states; expanded++ {
		depth := bits.Len(uint(expanded)+1) - 1
		if depth > last || expanded%1000 == 0 {
			p := model.Progress{Depth: depth, Expanded: expanded, States: min(states, 2*expanded+1), Transitions: 2 * expanded, Outcomes: 1}
			if expanded == 0 {
				p.Outcomes = 0
			} else if expanded > states/2 {
				p.Outcomes = 2
			}
			want = append(want, p)
		}
		last = depth
	}
	e := space.Explore(model.Limits{Progress: func(p model.Progress) { got = append(got, p) }})
	if diff := cmp.Diff(want, got); diff != "" || e.Len() != states || len(want) != 12+4 {
		t.Errorf("%d states, %d reports (-want +got)\n%s", e.Len(), len(want), diff)
	}
}

// TestExploreDropsStates: states that are expanded take no memory, neither while exploring
// nor while the states are computed again.
func TestExploreDropsStates(t *testing.T) {
	type state struct {
		n     int
		large [4096]byte
	}
	const states = 5000
	space := model.Space[*state, int, string]{
		Machine: model.Func(&state{}, func(s *state, _ int) (*state, string) {
			if s.n == states-1 {
				return s, "end"
			}
			return &state{n: s.n + 1}, "step"
		}),
		Inputs:  []int{0},
		Key:     func(s *state) string { return fmt.Sprint(s.n) },
		Outcome: same,
	}
	least, most := uint64(1<<62), uint64(0)
	measure := func() {
		var memory runtime.MemStats
		runtime.GC()
		runtime.ReadMemStats(&memory)
		least, most = min(least, memory.HeapAlloc), max(most, memory.HeapAlloc)
	}
	e := space.Explore(model.Limits{Progress: func(p model.Progress) {
		if p.Expanded%1000 == 0 {
			measure()
		}
	}})
	for s := range e.States() {
		if s.n%1000 == 0 {
			measure()
		}
	}
	if all := uint64(states * len(state{}.large)); e.Len() != states || most-least > all/4 {
		t.Errorf("%d states of %d bytes together take %d", e.Len(), all, most-least)
	}
}

func TestExplorationIteratorsStop(t *testing.T) {
	e := jugsSpace().Explore(model.Limits{})
	states, transitions := 0, 0
	e.States()(func(jugs, int) bool { states++; return states < 2 })
	e.AllTransitions()(func(jugsTransition) bool { transitions++; return transitions < 9 })
	if states != 2 || transitions != 9 {
		t.Errorf("%d states and %d transitions to loops that stop after 2 and 9", states, transitions)
	}
}

func TestExplorationText(t *testing.T) {
	space := jugsSpace()
	space.Invariants = []model.Invariant[jugs, string, int]{
		{Name: "no 4 liters", Holds: func(_ model.Machine[jugs, string, int], step jugsTransition) string {
			if step.To.large == 4 {
				return "4 liters are in the large jug"
			}
			return ""
		}},
		{Name: "no more than 5", Holds: func(model.Machine[jugs, string, int], jugsTransition) string { return "" }},
	}
	text := space.Explore(model.Limits{}).Text(func(in string) string { return "to " + in })
	for _, part := range []string{
		"exploration  complete\n", "\n4 liters\n     1. to fill large\n     2. to large to small\n",
		"BROKEN  no 4 liters: 4 liters are in the large jug\n     1. to fill large\n", "     6. to ", "holds   no more than 5\n", "INVARIANTS (2)",
	} {
		if !strings.Contains(text, part) {
			t.Errorf("no %q in\n%s", part, text)
		}
	}
	if cut := space.Explore(model.Limits{States: 3}).Text(nil); !strings.Contains(cut, "exploration  cut short by a limit") {
		t.Error(cut)
	}
}
