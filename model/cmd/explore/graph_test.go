package main

import (
	"encoding/xml"
	"errors"
	"io"
	"os/exec"
	"regexp"
	"strings"
	"testing"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/cli"
	"github.com/alicert/alicert/internal/universe"
	"github.com/alicert/alicert/model"
)

// The diagrams are small, connected, and have only arrows that lead elsewhere.
func TestGraphs(t *testing.T) {
	for name, m := range map[string]machine{
		"cdn": cdnMachine(errcodes.SetDomainServerCertificate, universe.Small), "alb": albMachine(universe.Small, errcodes.Original), "esa": esaMachine(),
		"nlb": nlbMachine(errcodes.NLBUpdateListenerAttribute), "ga": gaMachine(errcodes.UpdateListener),
	} {
		g := m.draw(model.Limits{})
		if len(g.Nodes) < 6 || len(g.Nodes) > 14 {
			t.Errorf("%s: %d nodes: %q", name, len(g.Nodes), g.Nodes)
		}
		reached := map[int]bool{0: true}
		for _, e := range g.Edges {
			if e.From == e.To || len(e.Labels) == 0 {
				t.Errorf("%s: edge %+v", name, e)
			}
			reached[e.To] = true
		}
		if len(reached) != len(g.Nodes) {
			t.Errorf("%s: nodes without a way to them", name)
		}
	}
}

func TestArrows(t *testing.T) {
	for _, c := range []struct {
		machine machine
		want    []string
	}{
		{cdnMachine(errcodes.SetDomainServerCertificate, universe.Small), []string{
			"off > Set on > on, configuring",
			"on, configuring > ConfigurationFinished > on",
			"on > Set off > off, configuring",
			"on, protected > Set on (SetNotEffective) > on, new one not in effect, protected",
			"bound, not in effect, protected > ProtectionChanged off > on",
		}},
		{albMachine(universe.Small, errcodes.Original), []string{
			"Running > Associate > Configuring, associating",
			"Configuring, associating > JobFinished > Running, associated",
			"Configuring, associating > JobFailed > Running",
			"Running, associated > Associate > Configuring, associating, associated", // the quota has room
			"Configuring, dissociating > ListenerStopped > Stopped, dissociating",
		}},
		{nlbMachine(errcodes.NLBUpdateListenerAttribute), []string{
			"Running > UpdateListenerAttribute > Configuring",
			"Configuring, associating > ListenerStopped > Stopped, associating",
			"Configuring, dissociating > JobFailed > Running, associated",
		}},
		{gaMachine(errcodes.UpdateListener), []string{
			"Running > UpdateListener > Configuring",
			"Running, associated > Update > Configuring, updating",
			"Running, associated > Dissociate > Configuring, dissociating",
			"Configuring, updating, associated > JobFailed > Running, associated", // of the other domain
		}},
	} {
		g := c.machine.draw(model.Limits{})
		has := map[string]bool{}
		for _, e := range g.Edges {
			for _, label := range e.Labels {
				has[g.Nodes[e.From]+" > "+label+" > "+g.Nodes[e.To]] = true
			}
		}
		for _, want := range c.want {
			if !has[want] {
				t.Errorf("no %s", want)
			}
		}
	}
}

func TestMermaid(t *testing.T) {
	status, stdout, stderr := command("-machine", "alb", "-format", "mermaid")
	if status != cli.OK || stderr != "" {
		t.Fatal(status, stderr)
	}
	line := regexp.MustCompile(`^    (state "[^":]+" as s\d+|\[\*\] --> s0|s\d+ --> s\d+: [A-Za-z, ()]+)$`)
	for i, text := range strings.Split(strings.TrimSuffix(stdout, "\n"), "\n") {
		if i == 0 && text == "stateDiagram-v2" {
			continue
		}
		if !line.MatchString(text) {
			t.Errorf("line %d: %q", i+1, text)
		}
	}
	contains(t, stdout, `state "Running" as s0`)
}

func TestDot(t *testing.T) {
	status, stdout, stderr := command("-machine", "cdn", "-format", "dot")
	if status != cli.OK || stderr != "" || strings.Count(stdout, "{") != 1 || !strings.HasSuffix(stdout, "\n}\n") {
		t.Fatal(status, stdout, stderr)
	}
	contains(t, stdout, "digraph model {\n", "\ts0 [label=\"off\"]\n", "\tstart -> s0\n", "\ts0 -> s1 [label=\"Set on\"]\n")
}

func TestSVG(t *testing.T) {
	if _, err := exec.LookPath("dot"); err != nil {
		t.Skip("Graphviz is not installed")
	}
	status, stdout, stderr := command("-machine", "alb", "-format", "svg")
	if status != cli.OK {
		t.Fatal(status, stderr)
	}
	decoder := xml.NewDecoder(strings.NewReader(stdout))
	for {
		_, err := decoder.Token()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	contains(t, stdout, "<svg", "Stopped")
}

func TestSVGWithoutGraphviz(t *testing.T) {
	t.Setenv("PATH", t.TempDir())
	status, stdout, stderr := command("-machine", "alb", "-format", "svg")
	if status != cli.Failed || stdout != "" {
		t.Error(status, stdout)
	}
	contains(t, stderr, "Graphviz", "install")
}
