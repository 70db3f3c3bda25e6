// Package cli has the code that all commands share: flags, progress on a terminal and
// exit statuses.
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

// Refuse writes an error of the flags and returns the exit status Usage. If the error
// only says that help was requested, it returns OK and writes nothing.
func Refuse(stderr io.Writer, command string, err error) int {
	if errors.Is(err, flag.ErrHelp) {
		return OK
	}
	_, _ = fmt.Fprintf(stderr, "%s: %v\n", command, err)
	return Usage
}

// Parse parses flags. It writes help, after a line that shows the usage. It leaves errors
// to the caller, so that they are written once.
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
