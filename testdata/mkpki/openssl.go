package main

import (
	"bytes"
	"errors"
	"fmt"
	"os/exec"
	"strings"
)

// openssl runs the openssl command with input on its standard input and
// returns its standard output.
func openssl(input []byte, args ...string) ([]byte, error) {
	cmd := exec.Command("openssl", args...) //nolint:gosec // the arguments are literals of this program
	var stdout, stderr bytes.Buffer
	cmd.Stdin = bytes.NewReader(input)
	cmd.Stdout = &stdout
	cmd.Stderr = &stderr
	err := cmd.Run()
	switch {
	case errors.Is(err, exec.ErrNotFound):
		return nil, fmt.Errorf("the openssl command, version 3.0 or later, is needed and was not found: %w", err)
	case err != nil:
		return nil, fmt.Errorf("openssl %s: %w\n%s", strings.Join(args, " "), err, stderr.Bytes())
	}
	return stdout.Bytes(), nil
}
