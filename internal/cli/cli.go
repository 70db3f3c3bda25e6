// Package cli reads the flags of the commands.
package cli

import (
	"errors"
	"flag"
	"fmt"
	"io"
)

// Parse parses flags. Help is written, behind a line that says how the command is
// called; errors are left to the caller, so that they are told once.
func Parse(flags *flag.FlagSet, usage string, args []string, stderr io.Writer) error {
	flags.SetOutput(io.Discard)
	err := flags.Parse(args)
	if errors.Is(err, flag.ErrHelp) {
		flags.SetOutput(stderr)
		_, _ = fmt.Fprintln(stderr, "Usage: "+usage)
		flags.PrintDefaults()
	}
	return err
}
