package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"path/filepath"

	"github.com/alicert/alicert/internal/cli"
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdout, os.Stderr)) //nolint:gocritic // nothing waits for the signal any more
}

// run is the whole command. It returns the exit status.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	flags := flag.NewFlagSet("certpage", flag.ContinueOnError)
	out := flags.String("o", "", "write the page to `file` and end")
	address := flags.String("listen", "127.0.0.1:0", "serve at this `address` of this machine")
	version := flags.Bool("version", false, "print the version and end")
	err := cli.Parse(flags, "certpage [-o FILE | -listen ADDRESS]", args, stderr)
	if err == nil && flags.NArg() > 0 {
		err = fmt.Errorf("unexpected argument %q; to write a file use -o FILE", flags.Arg(0))
	}
	if err == nil {
		err = checkAddress(*address)
	}
	if err != nil {
		return cli.Refuse(stderr, "certpage", err)
	}
	if *version {
		_, _ = fmt.Fprintln(stdout, "certpage "+cli.Version())
		return cli.OK
	}
	page, err := build(ctx)
	switch {
	case err != nil:
	case *out != "":
		if err = write(*out, page.html); err == nil {
			_, _ = fmt.Fprintf(stdout, "certpage: %s is written (%d KB): open it in a browser, it needs no network\n", *out, len(page.html)/1000)
		}
	default:
		err = serve(ctx, *address, page, stdout)
	}
	if err != nil {
		_, _ = fmt.Fprintf(stderr, "certpage: %v\n", err)
		return cli.Failed
	}
	return cli.OK
}

// write writes a file whole or not at all.
func write(path string, data []byte) error {
	file, err := os.CreateTemp(filepath.Dir(path), ".certpage-*")
	if err != nil {
		return fmt.Errorf("-o %s: %w; give a name in a folder that can be written to", path, withoutName(err))
	}
	defer func() { _ = os.Remove(file.Name()) }() // gone already if all went well
	_, err = file.Write(data)
	if err == nil {
		err = file.Chmod(0o644)
	}
	err = errors.Join(err, file.Close())
	if err == nil {
		err = os.Rename(file.Name(), path)
	}
	if err != nil {
		return fmt.Errorf("-o %s: %w; give a name in a folder that can be written to", path, withoutName(err))
	}
	return nil
}

// withoutName returns what is wrong without the name of a temporary file.
func withoutName(err error) error {
	if of, ok := errors.AsType[*os.PathError](err); ok {
		return of.Err
	}
	if of, ok := errors.AsType[*os.LinkError](err); ok {
		return of.Err
	}
	return err
}
