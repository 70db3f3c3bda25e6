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
	"github.com/alicert/alicert/model/alb"
	"github.com/alicert/alicert/model/cdn"
)

type options struct {
	machine, universe, format, page, out string
	operation                            string
	later                                bool
	subject                              subject            // that machine names
	chosen                               errcodes.Operation // that operation names
	limits                               model.Limits
}

// parse reads the flags. Its errors name the flag to blame.
func parse(args []string, stderr io.Writer) (*options, error) {
	var o options
	machines := strings.Join(names(subjects(), func(s subject) string { return s.name }), "|")
	flags := flag.NewFlagSet("explore", flag.ContinueOnError)
	flags.StringVar(&o.machine, "machine", "", "what to explore: `"+machines+"`")
	flags.StringVar(&o.operation, "operation", "", "whose universe of the cdn, nlb or ga machine, by `name`; empty for the first one")
	flags.BoolVar(&o.later, "later", false, "answer with the later table of the ALB operation")
	flags.StringVar(&o.universe, "universe", "small", "the inputs to try: `small|medium`")
	flags.IntVar(&o.limits.Depth, "depth", 0, "`length` of the longest sequence of inputs, 0 for no limit")
	flags.IntVar(&o.limits.States, "states", 0, "`number` of states to stop at, 0 for no limit")
	flags.StringVar(&o.format, "format", "text", "`text|json|dot|mermaid|svg`")
	flags.StringVar(&o.page, "page", "", "write this `file` with its parts about the machines brought up to date")
	flags.StringVar(&o.out, "out", "", "`file` to write; empty for the standard output")
	if err := cli.Parse(flags, "explore -machine "+machines+" [flags], or explore -page file [-out file]", args, stderr); err != nil {
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
	all := subjects()
	at := slices.IndexFunc(all, func(s subject) bool { return s.name == o.machine })
	if at < 0 {
		return unknown("machine", names(all, func(s subject) string { return s.name }), o.machine)
	}
	o.subject = all[at]
	if err := o.chooseOperation(); err != nil {
		return err
	}
	for _, choice := range []struct {
		flag, value string
		of          []string
	}{
		{"universe", o.universe, []string{"small", "medium"}},
		{"format", o.format, []string{"text", "json", "dot", "mermaid", "svg"}},
	} {
		if !slices.Contains(choice.of, choice.value) {
			return unknown(choice.flag, choice.of, choice.value)
		}
	}
	switch {
	case o.universe == string(universe.Medium) && !o.subject.medium:
		return fmt.Errorf("-universe: -machine %s has the small one only", o.machine)
	case o.later && !o.subject.later:
		return fmt.Errorf("-later: goes with -machine alb only")
	case o.limits.Depth < 0:
		return fmt.Errorf("-depth: want a number that is not negative, got %d", o.limits.Depth)
	case o.limits.States < 0:
		return fmt.Errorf("-states: want a number that is not negative, got %d", o.limits.States)
	default:
		return nil
	}
}

// chooseOperation finds the operation that is named among those of the machine.
func (o *options) chooseOperation() error {
	operations := o.subject.operations
	switch {
	case o.operation == "" && len(operations) > 0:
		o.chosen = operations[0]
	case o.operation == "":
	case len(operations) == 0:
		return fmt.Errorf("-operation: -machine %s has one universe for all", o.machine)
	default:
		known := names(operations, errcodes.Operation.String)
		at := slices.Index(known, o.operation)
		if at < 0 {
			return unknown("operation", known, o.operation)
		}
		o.chosen = operations[at]
	}
	return nil
}

func unknown(flag string, known []string, got string) error {
	return fmt.Errorf("-%s: want %s, got %q", flag, strings.Join(known, ", "), got)
}

func names[T any](all []T, name func(T) string) (list []string) {
	for _, one := range all {
		list = append(list, name(one))
	}
	return list
}

// A subject is a machine that the command knows by name.
type subject struct {
	name          string
	operations    []errcodes.Operation // with a universe each; none if there is one for all
	medium, later bool                 // whether it has a medium universe, and a later table
	machine       func(*options) machine
}

func subjects() []subject {
	ofProduct := func(product string) []errcodes.Operation { return slices.Collect(universe.OfProduct(product)) }
	return []subject{
		{"cdn", cdn.Operations(), true, false, func(o *options) machine { return cdnMachine(o.chosen, universe.Size(o.universe)) }},
		{"alb", nil, true, true, func(o *options) machine {
			version := errcodes.Original
			if o.later {
				version = errcodes.Current
			}
			return albMachine(universe.Size(o.universe), version)
		}},
		{"nlb", ofProduct(alb.NLB), false, false, func(o *options) machine { return nlbMachine(o.chosen) }},
		{"ga", ofProduct(alb.GA), false, false, func(o *options) machine { return gaMachine(o.chosen) }},
		{"clb", nil, false, false, func(*options) machine { return clbMachine() }},
		{"esa", nil, false, false, func(*options) machine { return esaMachine() }},
	}
}
