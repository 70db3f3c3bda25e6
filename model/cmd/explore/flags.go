package main

import (
	"flag"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/alicert/alicert/errcodes"
	"github.com/alicert/alicert/internal/cli"
	"github.com/alicert/alicert/internal/universe"
	"github.com/alicert/alicert/model"
	"github.com/alicert/alicert/model/cdn"
)

type options struct {
	machine, universe, format, page, out string
	operation                            string
	later                                bool
	limits                               model.Limits
}

// parse reads the flags. Its errors name the flag to blame.
func parse(args []string, stderr io.Writer) (*options, error) {
	var o options
	flags := flag.NewFlagSet("explore", flag.ContinueOnError)
	flags.StringVar(&o.machine, "machine", "", "what to explore: `cdn|alb|clb|esa`")
	flags.StringVar(&o.operation, "operation", cdn.Operations()[0].String(), "whose universe of the CDN machine: `"+strings.Join(operations(), "|")+"`")
	flags.BoolVar(&o.later, "later", false, "answer with the later table of the ALB operation")
	flags.StringVar(&o.universe, "universe", "small", "the inputs to try: `small|medium`")
	flags.IntVar(&o.limits.Depth, "depth", 0, "`length` of the longest sequence of inputs, 0 for no limit")
	flags.IntVar(&o.limits.States, "states", 0, "`number` of states to stop at, 0 for no limit")
	flags.StringVar(&o.format, "format", "text", "`text|json|dot|mermaid|svg`")
	flags.StringVar(&o.page, "page", "", "write this `file` with its parts about the machines brought up to date")
	flags.StringVar(&o.out, "out", "", "`file` to write; empty for the standard output")
	if err := cli.Parse(flags, "explore -machine cdn|alb|clb|esa [flags], or explore -page file [-out file]", args, stderr); err != nil {
		return nil, err
	}
	if flags.NArg() > 0 {
		return nil, fmt.Errorf("want flags only, got the argument %q", flags.Arg(0))
	}
	return &o, o.check(flags)
}

func (o *options) check(flags *flag.FlagSet) error {
	if o.page != "" {
		var err error
		flags.Visit(func(f *flag.Flag) {
			if f.Name != "page" && f.Name != "out" {
				err = fmt.Errorf("-%s: does not go with -page", f.Name)
			}
		})
		return err
	}
	for _, choice := range []struct {
		flag, value string
		of          []string
	}{
		{"machine", o.machine, []string{"cdn", "alb", "clb", "esa"}},
		{"operation", o.operation, operations()},
		{"universe", o.universe, []string{"small", "medium"}},
		{"format", o.format, []string{"text", "json", "dot", "mermaid", "svg"}},
	} {
		if !slices.Contains(choice.of, choice.value) {
			return fmt.Errorf("-%s: want %s, got %q", choice.flag, strings.Join(choice.of, ", "), choice.value)
		}
	}
	switch {
	case o.machine != "cdn" && o.operation != operations()[0]:
		return fmt.Errorf("-operation: goes with -machine cdn only")
	case o.machine == "esa" && o.universe != "small":
		return fmt.Errorf("-universe: -machine esa has the small one only")
	case o.later && o.machine != "alb":
		return fmt.Errorf("-later: goes with -machine alb only")
	case o.machine == "clb" && o.universe != "small":
		return fmt.Errorf("-universe: -machine clb has the small one only")
	case o.limits.Depth < 0:
		return fmt.Errorf("-depth: want a number that is not negative, got %d", o.limits.Depth)
	case o.limits.States < 0:
		return fmt.Errorf("-states: want a number that is not negative, got %d", o.limits.States)
	default:
		return nil
	}
}

// operations returns the names of the operations with a CDN universe.
func operations() (names []string) {
	for _, operation := range cdn.Operations() {
		names = append(names, operation.String())
	}
	return names
}

func (o *options) choose() machine {
	switch o.machine {
	case "cdn":
		return cdnMachine(cdn.Operations()[slices.Index(operations(), o.operation)], universe.Size(o.universe))
	case "clb":
		return clbMachine()
	}
	if o.machine == "esa" {
		return esaMachine()
	}
	version := errcodes.Original
	if o.later {
		version = errcodes.Current
	}
	return albMachine(universe.Size(o.universe), version)
}
