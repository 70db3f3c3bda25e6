package main

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"slices"
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cdn"
	"github.com/alicert/alicert/model/clb"
	"github.com/alicert/alicert/model/esa"
)

// cdnKind returns the kind of an input in the diagram of a domain, "" for inputs
// without one.
func cdnKind(in cdn.Input) string {
	switch a := in.Action.(type) {
	case cdn.SetCertificate:
		switch {
		case !a.Check.Accepted():
			return ""
		case a.On():
			return "Set on"
		default:
			return "Set off"
		}
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

// albKind returns the kind of an input in the diagram of a listener, "" for inputs
// without one.
func albKind(in alb.Input) string {
	switch a := in.Action.(type) {
	case alb.ChangeCertificates:
		verb, _, _ := strings.Cut(cmp.Or(a.Operation, errcodes.AssociateAdditionalCertificatesWithListener).String(), "Additional")
		return verb
	case alb.JobFinished, alb.JobFailed, alb.ListenerStopped, alb.ListenerStarted:
		return nameOf(a)
	default:
		return ""
	}
}

// clbKind returns the kind of an input in the diagram of a classic listener, "" for
// inputs without one.
func clbKind(in clb.Input) string {
	switch a := in.Action.(type) {
	case clb.BalancerListenerChanged:
		return string(a.Status)
	case clb.CreateDomainExtension, clb.DeleteDomainExtension:
		return nameOf(in.Action)
	default:
		return ""
	}
}

// esaKind returns the kind of an input in the diagram of a site, "" for inputs without one.
func esaKind(in esa.Input) string {
	switch a := in.Action.(type) {
	case esa.SetCertificate:
		if !a.Check.Accepted() {
			return ""
		}
		return "Set"
	case esa.DeleteCertificate:
		return "Delete"
	case esa.PlanStatusChanged:
		return "PlanStatusChanged " + string(a.Status)
	default:
		return ""
	}
}

// draw explores with the inputs that have a kind, and collapses the states to
// classes.
func (s *universeOf[S, I]) draw(limits model.Limits) *model.Graph {
	space := s.space
	space.Inputs = slices.DeleteFunc(slices.Clone(s.draws), func(in I) bool { return s.kind(in) == "" })
	space.Invariants = nil
	space.Machine = model.Func(s.drawn, space.Machine.Step)
	return space.Explore(limits).Graph(s.class, func(t model.Transition[S, I, model.Output]) string {
		label := s.kind(t.Input)
		if t.Output.Error.Code != "" {
			label += " (" + t.Output.Outcome() + ")"
		}
		return label
	})
}

// writeSVG draws the graph with Graphviz.
func writeSVG(w io.Writer, g *model.Graph) error {
	dot, err := exec.LookPath("dot")
	if err != nil {
		return errors.New(`-format svg needs Graphviz, and its command "dot" is not installed: ` +
			`install it (for example: apt-get install graphviz), or take -format mermaid`)
	}
	var complaint bytes.Buffer
	draw := exec.Command(dot, "-Tsvg") //nolint:gosec // the program that PATH names
	draw.Stdin, draw.Stdout, draw.Stderr = strings.NewReader(g.Dot()), w, &complaint
	if err := draw.Run(); err != nil {
		return fmt.Errorf("dot: %w: %s", err, strings.TrimSpace(complaint.String()))
	}
	return nil
}
