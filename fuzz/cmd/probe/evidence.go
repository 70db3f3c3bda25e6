package main

import (
	"os"

	"github.com/alicert/alicert/fuzz/internal/probe"
	"github.com/alicert/alicert/internal/bilingual"
)

// evidence prints what the files in a folder of observations say about the tables, as Go
// source of package errcodes.
func (c *command) evidence(args []string) error {
	set := c.flags("evidence")
	out := set.String("out", "", "")
	if err := set.Parse(args); err != nil {
		return err
	}
	if set.NArg() != 1 {
		return bilingual.Fail("evidence takes a folder of observations", "evidence 需要观测记录目录")
	}
	weights, err := probe.WeighFolder(os.DirFS(set.Arg(0)))
	if err != nil {
		return err
	}
	source, err := probe.Source(weights)
	if err != nil {
		return err
	}
	if *out == "" {
		_, err = c.stdout.Write(source)
		return err
	}
	return os.WriteFile(*out, source, 0o644) //nolint:gosec // a source file for everybody
}
