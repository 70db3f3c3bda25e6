// Package cli has what the commands share: how they read flags, what they show on a
// terminal while they work, and how they end.
package cli

import (
	"errors"
	"flag"
	"fmt"
	"io"
)

// The exit statuses.
const (
	OK     = 0
	Failed = 1
	Usage  = 2
)

// Refuse returns the exit status of a command whose flags are not followed: Usage,
// once the error is told, or OK if help was asked for.
func Refuse(stderr io.Writer, command string, err error) int {
	if errors.Is(err, flag.ErrHelp) {
		return OK
	}
	_, _ = fmt.Fprintf(stderr, "%s: %v\n", command, err)
	return Usage
}

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
