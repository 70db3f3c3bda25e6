package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"slices"
	"strings"

	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cdn"
)

// A graph is a diagram of classes of states. The first node is where it begins.
type graph struct {
	nodes []string
	edges []edge
}

// An edge leads from node to node, by any of its labels.
type edge struct {
	from, to int
	labels   []string
}

// cdnKind names the kinds of inputs that a diagram of a domain is about.
func cdnKind(in cdn.Input) string {
	if a, isSet := cdn.SettingOf(in.Action); isSet {
		switch {
		case !a.Check.Accepted():
			return ""
		case a.On:
			return "Set on"
		default:
			return "Set off"
		}
	}
	switch a := in.Action.(type) {
	case cdn.ConfigurationFinished:
		return "ConfigurationFinished"
	case cdn.ProtectionChanged:
		if a.On {
			return "ProtectionChanged on"
		}
		return "ProtectionChanged off"
	default:
		return ""
	}
}

// albKind names the kinds of inputs that a diagram of a listener is about.
func albKind(in alb.Input) string {
	switch in.Action.(type) {
	case alb.AssociateAdditionalCertificatesWithListener:
		return "Associate"
	case alb.DissociateAdditionalCertificatesFromListener:
		return "Dissociate"
	case alb.JobFinished:
		return "JobFinished"
	case alb.JobFailed:
		return "JobFailed"
	case alb.ListenerStopped:
		return "ListenerStopped"
	case alb.ListenerStarted:
		return "ListenerStarted"
	default:
		return ""
	}
}

// draw explores with the inputs that have a kind, and collapses what it found to
// the classes.
func (s *subject[S, I]) draw(limits model.Limits) *graph {
	space := s.space
	space.Inputs = slices.DeleteFunc(slices.Clone(space.Inputs), func(in I) bool { return s.kind(in) == "" })
	space.Invariants = nil
	space.Machine = model.WithInitial(space.Machine, s.drawn)
	g := &graph{nodes: []string{s.class(s.drawn)}}
	for t := range model.Explore(space, limits).AllTransitions() {
		if from, to := s.class(t.From), s.class(t.To); from != to {
			label := s.kind(t.Input)
			if t.Output.Error.Code != "" {
				label += " (" + t.Output.Outcome() + ")"
			}
			g.add(from, to, label)
		}
	}
	return g
}

func (g *graph) add(from, to, label string) {
	a, b := g.node(from), g.node(to)
	i := slices.IndexFunc(g.edges, func(e edge) bool { return e.from == a && e.to == b })
	if i < 0 {
		i = len(g.edges)
		g.edges = append(g.edges, edge{from: a, to: b})
	}
	if e := &g.edges[i]; !slices.Contains(e.labels, label) {
		e.labels = append(e.labels, label)
	}
}

func (g *graph) node(class string) int {
	if i := slices.Index(g.nodes, class); i >= 0 {
		return i
	}
	g.nodes = append(g.nodes, class)
	return len(g.nodes) - 1
}

// writeDot writes the graph for Graphviz. Names are Go's: they need no escapes.
func writeDot(w io.Writer, g *graph) error {
	var b strings.Builder
	b.WriteString("digraph model {\n\tnode [shape=box, style=rounded, fontname=\"sans-serif\"]\n" +
		"\tedge [fontname=\"sans-serif\", fontsize=10]\n\tstart [shape=point]\n")
	for i, name := range g.nodes {
		fmt.Fprintf(&b, "\ts%d [label=%q]\n", i, name)
	}
	b.WriteString("\tstart -> s0\n")
	for _, e := range g.edges {
		fmt.Fprintf(&b, "\ts%d -> s%d [label=%q]\n", e.from, e.to, strings.Join(e.labels, "\n"))
	}
	b.WriteString("}\n")
	_, err := io.WriteString(w, b.String())
	return err
}

// writeMermaid writes the graph as a Mermaid state diagram.
func writeMermaid(w io.Writer, g *graph) error {
	var b strings.Builder
	b.WriteString("stateDiagram-v2\n")
	for i, name := range g.nodes {
		fmt.Fprintf(&b, "    state %q as s%d\n", name, i)
	}
	b.WriteString("    [*] --> s0\n")
	for _, e := range g.edges {
		fmt.Fprintf(&b, "    s%d --> s%d: %s\n", e.from, e.to, strings.Join(e.labels, ", "))
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// writeSVG has Graphviz draw the graph.
func writeSVG(w io.Writer, g *graph) error {
	dot, err := exec.LookPath("dot")
	if err != nil {
		return errors.New(`-format svg needs Graphviz, and its command "dot" is not installed: ` +
			`install it (for example: apt-get install graphviz), or take -format mermaid`)
	}
	var source, complaint bytes.Buffer
	if err := writeDot(&source, g); err != nil {
		return err
	}
	draw := exec.Command(dot, "-Tsvg")
	draw.Stdin, draw.Stdout, draw.Stderr = &source, w, &complaint
	if err := draw.Run(); err != nil {
		return fmt.Errorf("dot: %w: %s", err, strings.TrimSpace(complaint.String()))
	}
	return nil
}
