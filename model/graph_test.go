package model_test

import (
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/alicert/alicert/model"
)

// graphOf is the turnstile, drawn by its states. Kicks are left out.
func graphOf() *model.Graph {
	return turnstileSpace().Explore(model.Limits{}).Graph(
		func(s string) string { return "is " + s },
		func(t model.Transition[string, string, string]) string {
			if t.Input == "kick" {
				return ""
			}
			return t.Input
		})
}

func TestGraph(t *testing.T) {
	g := graphOf()
	want := &model.Graph{
		Nodes: []string{"is locked", "is unlocked"},
		Edges: []model.Edge{{From: 0, To: 1, Labels: []string{"coin"}}, {From: 1, To: 0, Labels: []string{"push"}}},
	}
	if diff := cmp.Diff(want, g); diff != "" {
		t.Errorf("(-want +got)\n%s", diff)
	}
}

// Of several labels all are written, and names need no care.
func TestDrawings(t *testing.T) {
	g := model.Graph{Nodes: []string{"a", `"b"`}, Edges: []model.Edge{{From: 0, To: 1, Labels: []string{"x", "y"}}}}
	for name, test := range map[string]struct{ got, want string }{
		"text": {g.Text(), "a -> \"b\": x, y\n"},
		"dot": {g.Dot(), "digraph model {\n\tnode [shape=box, style=rounded, fontname=\"sans-serif\"]\n" +
			"\tedge [fontname=\"sans-serif\", fontsize=10]\n\tstart [shape=point]\n" +
			"\ts0 [label=\"a\"]\n\ts1 [label=\"\\\"b\\\"\"]\n\tstart -> s0\n\ts0 -> s1 [label=\"x\\ny\"]\n}\n"},
		"mermaid": {g.Mermaid(), "stateDiagram-v2\n    state \"a\" as s0\n    state \"\\\"b\\\"\" as s1\n    [*] --> s0\n    s0 --> s1: x, y\n"},
	} {
		if diff := cmp.Diff(test.want, test.got); diff != "" {
			t.Errorf("%s (-want +got)\n%s", name, diff)
		}
	}
}

// A turnstile, drawn for a page that shows Mermaid.
func ExampleGraph() {
	found := turnstileSpace().Explore(model.Limits{})
	fmt.Print(found.Graph(same, func(t model.Transition[string, string, string]) string { return t.Input }).Mermaid())
	// Output:
	// stateDiagram-v2
	//     state "locked" as s0
	//     state "unlocked" as s1
	//     state "broken" as s2
	//     [*] --> s0
	//     s0 --> s1: coin
	//     s0 --> s2: kick
	//     s1 --> s0: push
	//     s1 --> s2: kick
}
