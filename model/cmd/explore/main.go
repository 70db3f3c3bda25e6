// Command explore visits every state that a universe of inputs reaches in one of the
// machines, and shows the result: every error code with a shortest sequence of
// inputs that reaches it, whether the invariants hold, and a diagram.
//
//	go run ./model/cmd/explore -machine cdn|alb|nlb|ga|clb|esa [-operation NAME] [-later] [-universe small|medium]
//	    [-depth N] [-states N] [-format text|json|dot|mermaid|svg] [-out FILE]
//	go run ./model/cmd/explore -page FILE [-out FILE]
//
// -operation selects one of cdn.Operations, whose requests the CDN machine gets, or one of
// the operations of NLB or GA, whose listeners the ALB machine has, too.
// -later selects the later table of the ALB machine. The CLB machine has one universe for
// all its operations, the small one, of seconds. That is the only one of NLB, GA and ESA, too. The other small universes take less
// than a second, the medium one of the ALB about ten, and that of the CDN minutes, with
// some 900,000 states; -depth and -states cut it short. On a terminal the command shows a
// line of progress.
//
// # Formats
//
// text is for people. Each input is one line: the name of the type, then the
// parameters. Certificates and public keys appear as the first digits of their
// digests, key=own is the certificate's own key, and a request that is refused in
// every state appears with the reason.
//
// json has the members machine, states, transitions, codes and invariants. codes has
// one entry for every condition that was reached, in the order of checking: its code
// and message template, and in path the inputs themselves, as cdn.Input, alb.Input
// and clb.Input encode them, depth of them. Decoded and sent to the machine of the universe, they
// reach the code again. A condition of another operation than the main one has the
// operation's name before it, "Operation: Condition", and comes last.
//
// dot, mermaid and svg draw the life of one domain or listener by its Class. The
// diagram omits the rest of the states and the inputs that do not change the class.
// The whole graph has too many nodes to read, so a diagram has only the inputs of a
// deployment. For a domain these are set on and off, protection, and the end of the
// roll-out; for a listener associate and dissociate, the end of a job, stop and
// start. It omits suspension, permissions, scheduling, offline domains, removals,
// default certificates and quotas. An arrow has the inputs that lead from class to
// class. A refused input that changes the class has its condition in parentheses. svg
// needs Graphviz.
//
// # The page
//
// -page updates the parts of a file, such as model/STATES.md. A part is between the
// lines <!-- explore:NAME --> and <!-- /explore -->. The parts domain, listener,
// network (of NLB) and accelerated (of GA) are the diagrams. The parts cdn, alb, operations,
// nlb, ga, esa and clb have one line for every row of
// an operation's table, with the condition that takes the fewest steps. operations
// has the other operations of the CDN machine; nlb, ga and clb have all of their product. If the difference to an earlier
// operation is shorter, it has only the difference. Steps omit the constant values:
// the domain, listener and load balancer, the ids of requests and jobs, and the
// certificate.
//
// # Exit status
//
// 0 for success, 1 if an invariant is broken or the output cannot be made, 2 for bad
// usage.
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
	var out strings.Builder // buffered, so that a failure leaves no partial file
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

// write writes the requested output. It reports whether the checked invariants hold.
func write(w *strings.Builder, opts *options) (sound bool, err error) {
	if opts.page != "" {
		return writePage(w, opts.page, opts.limits)
	}
	m := opts.subject.machine(opts)
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
		return os.WriteFile(file, []byte(output), 0o644) //nolint:gosec // a public page in a file that the user names
	}
	_, err := io.WriteString(stdout, output)
	return err
}
