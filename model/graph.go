package model

import (
	"fmt"
	"slices"
	"strings"
)

// Graph is a diagram of an exploration: states are collapsed to classes, and an edge
// has the inputs that lead from one class to another. The first node is the class of
// the initial state. The zero value is empty.
type Graph struct {
	Nodes []string
	Edges []Edge
}

// Edge leads from node to node, by any of its labels.
type Edge struct {
	From, To int // indices of Graph.Nodes
	Labels   []string
}

// Graph collapses the states to classes. label names a transition from one class to
// another; transitions with the label "" are omitted.
func (e *Exploration[S, I, O]) Graph(class func(S) string, label func(Transition[S, I, O]) string) *Graph {
	g := &Graph{Nodes: []string{class(e.space.Machine.Init())}}
	for t := range e.AllTransitions() {
		from, to := class(t.From), class(t.To)
		if from == to {
			continue
		}
		if l := label(t); l != "" {
			g.add(from, to, l)
		}
	}
	return g
}

func (g *Graph) add(from, to, label string) {
	a, b := g.node(from), g.node(to)
	i := slices.IndexFunc(g.Edges, func(e Edge) bool { return e.From == a && e.To == b })
	if i < 0 {
		i = len(g.Edges)
		g.Edges = append(g.Edges, Edge{From: a, To: b})
	}
	if e := &g.Edges[i]; !slices.Contains(e.Labels, label) {
		e.Labels = append(e.Labels, label)
	}
}

func (g *Graph) node(class string) int {
	if i := slices.Index(g.Nodes, class); i >= 0 {
		return i
	}
	g.Nodes = append(g.Nodes, class)
	return len(g.Nodes) - 1
}

// Text returns the graph as text with a line for each edge.
func (g *Graph) Text() string {
	var b strings.Builder
	for _, e := range g.Edges {
		fmt.Fprintf(&b, "%s -> %s: %s\n", g.Nodes[e.From], g.Nodes[e.To], strings.Join(e.Labels, ", "))
	}
	return b.String()
}

// Dot returns the graph in the language of Graphviz.
func (g *Graph) Dot() string {
	var b strings.Builder
	b.WriteString("digraph model {\n\tnode [shape=box, style=rounded, fontname=\"sans-serif\"]\n" +
		"\tedge [fontname=\"sans-serif\", fontsize=10]\n\tstart [shape=point]\n")
	for i, name := range g.Nodes {
		fmt.Fprintf(&b, "\ts%d [label=%q]\n", i, name)
	}
	b.WriteString("\tstart -> s0\n")
	for _, e := range g.Edges {
		fmt.Fprintf(&b, "\ts%d -> s%d [label=%q]\n", e.From, e.To, strings.Join(e.Labels, "\n"))
	}
	b.WriteString("}\n")
	return b.String()
}

// Mermaid returns the graph as a Mermaid state diagram.
func (g *Graph) Mermaid() string {
	var b strings.Builder
	b.WriteString("stateDiagram-v2\n")
	for i, name := range g.Nodes {
		fmt.Fprintf(&b, "    state %q as s%d\n", name, i)
	}
	b.WriteString("    [*] --> s0\n")
	for _, e := range g.Edges {
		fmt.Fprintf(&b, "    s%d --> s%d: %s\n", e.From, e.To, strings.Join(e.Labels, ", "))
	}
	return b.String()
}
