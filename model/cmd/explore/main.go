// Command explore visits every state that a universe of inputs reaches in the CDN
// or the ALB machine, and shows what it found: every error code with a shortest
// sequence of inputs that earns it, whether the invariants hold, and a diagram.
//
//	go run ./model/cmd/explore -machine cdn|alb [-operation NAME] [-later] [-universe small|medium]
//	    [-depth N] [-states N] [-format text|json|dot|mermaid|svg] [-out FILE]
//	go run ./model/cmd/explore -page FILE [-out FILE]
//
// -operation names that of
// cdn.Operations whose requests the CDN machine gets; -later has the ALB machine
// answer with its later table. The small ones take less than a second, the medium
// one of the ALB some ten; explore that of the CDN within -depth or -states. On a
// terminal, a line of progress is shown meanwhile.
//
// # Formats
//
// text is for reading. Inputs are one line each: the name of the type, then the
// parameters that tell it from others. Certificates and public keys are known by
// the first digits of their digests, key=own is the certificate's own key, and a
// request that is refused whatever the state is known by what is wrong with it.
//
// json has the members machine, states, transitions, codes and invariants. codes
// has one entry for every condition that was reached, in the order of checking: its
// code and message template, and in path the inputs themselves, as cdn.Input and
// alb.Input encode them, depth of them. Decoded and sent to the machine of the
// universe, they earn the code again. A condition of another operation than the
// one that the machine is about has that one's name before it, "Operation:
// Condition", and comes last.
//
// dot, mermaid and svg draw the life of one domain or listener by its Class; all else in the states is left out, and so are inputs that do not
// change the class. The whole graph has too many nodes to read, so only what belongs
// to the deployment of a certificate is explored for a diagram. Of a domain: set on
// and off, protected or not, rolled out. Of a listener: associate and dissociate, a
// job's end, stopped and started. Suspension, permissions, scheduling, being
// offline, removals, default certificates and quotas are left out. An
// arrow has the inputs that lead from class to class; an input that is refused
// and changes the class all the same has its condition in parentheses. svg needs
// Graphviz.
//
// # The page
//
// -page brings the parts of a file up to date, such as model/STATES.md. A part
// stands between the lines <!-- explore:NAME --> and <!-- /explore -->. The parts
// domain and listener are the diagrams. cdn, alb and operations, which is about the
// other operations of the CDN machine, have one line for every row of an operation's
// table: of the conditions that map to it, the one that takes the fewest steps. Where
// half of the lines are those of an earlier operation, operations names that one and
// has only the lines that differ. Steps leave out what is the same throughout: the one domain, listener and load
// balancer, the ids of requests and jobs, and what the certificate is.
//
// # Exit status
//
// 0 if all went well, 1 if an invariant is broken or the output cannot be made, 2
// for bad usage.
package main

//go:generate go run . -page ../../STATES.md -out ../../STATES.md

import (
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/alicert/alicert/internal/cli"
	"github.com/alicert/alicert/model"
)

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr, cli.IsTerminal(os.Stderr))) }

// run is the whole command. It returns the exit status. Progress is shown if
// stderr is a terminal.
func run(args []string, stdout, stderr io.Writer, terminal bool) int {
	opts, err := parse(args, stderr)
	if err != nil {
		return cli.Refuse(stderr, "explore", err)
	}
	line := &cli.Line{W: stderr, On: terminal}
	if terminal {
		opts.limits.Progress = func(at model.Progress) {
			line.Show("depth %d, %d of %d states, %d transitions, %d outcomes", at.Depth, at.Expanded, at.States, at.Transitions, at.Outcomes)
		}
	}
	var out strings.Builder // whole, so that a failure leaves no half a file
	sound, err := write(&out, opts)
	line.Erase()
	if err == nil {
		err = deliver(out.String(), opts.out, stdout)
	}
	switch {
	case err != nil:
		_, _ = fmt.Fprintf(stderr, "explore: %v\n", err)
		return cli.Failed
	case !sound:
		_, _ = fmt.Fprintln(stderr, "explore: an invariant is broken; -format text tells how")
		return cli.Failed
	default:
		return cli.OK
	}
}

// write writes what is asked for. It reports whether the invariants hold, as far
// as they were looked at.
func write(w *strings.Builder, opts *options) (sound bool, err error) {
	if opts.page != "" {
		return writePage(w, opts.page, opts.limits)
	}
	m := opts.choose()
	switch opts.format {
	case "dot":
		w.WriteString(m.draw(opts.limits).Dot())
		return true, nil
	case "mermaid":
		w.WriteString(m.draw(opts.limits).Mermaid())
		return true, nil
	case "svg":
		return true, writeSVG(w, m.draw(opts.limits))
	}
	found, err := m.explore(opts.limits)
	if err != nil {
		return false, err
	}
	if opts.format == "json" {
		return found.sound(), writeJSON(w, found)
	}
	return found.sound(), writeText(w, found)
}

func deliver(output, file string, stdout io.Writer) error {
	if file != "" {
		return os.WriteFile(file, []byte(output), 0o644) //nolint:gosec // a page for everybody, in the file that the user names
	}
	_, err := io.WriteString(stdout, output)
	return err
}
